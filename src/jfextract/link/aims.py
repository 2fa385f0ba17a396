"""Where a report turns from what was done to what is planned.

A work report says ``建议今年发展主要预期目标为:…`` once; the figures that follow are aims, whatever their verbs.
"""

from __future__ import annotations

import re
from dataclasses import replace

from jfextract.link.change import Move
from jfextract.link.scene import Scene

__all__ = ["aims_from", "as_aim"]

_PLANNING = re.compile(r"工作报告|计划|规划|纲要|工作要点|实施方案|行动方案")
_TURN = re.compile(r"(?:预期|主要|奋斗|工作|发展)目标|目标任务|工作安排|重点任务|重点工作|国民经济计划")
_DONE = re.compile(r"[了过]|已|完成率|累计|去年|同比|比上年|较上年")
_YEAR = re.compile(r"\d{4}")
_HEAD = 60


def aims_from(scene: Scene) -> int | None:
    """The offset of the sentence that announces the aims of a work report or plan, None in other texts."""
    head = (scene.title or "") + scene.text[:_HEAD]
    turn = _TURN.search(scene.text) if _PLANNING.search(head) else None
    if turn is None:
        return None
    return next((span[0] for span in scene.sentences if span[0] <= turn.start() < span[1]), None)


def as_aim(scene: Scene, move: Move, start: int, end: int, edtf: str | None) -> Move:
    """The move of a planned figure at ``start``–``end`` behind the turn; unchanged where the clause tells of the past."""
    clause = max(scene.text.rfind(mark, 0, start) for mark in ",;。:\n、") + 1
    year = _YEAR.search(edtf or "")
    past = scene.reference is not None and year is not None and int(year.group()) < scene.reference.year
    if (
        past
        or move.role in ("from", "target")
        or _DONE.search(scene.text, clause, min(end + 1, len(scene.text)))
    ):
        return move
    return replace(move, role="target")
