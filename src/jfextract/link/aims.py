"""What is planned, and where a report turns to it from what was done.

A work report says ``建议今年发展主要预期目标为:…`` once; the figures that follow are aims, whatever their verbs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.move import Move
from jfextract.link.scene import Phrase, Scene, Sentence, Token

__all__ = ["aims_begin", "aims_from", "as_aim", "is_ahead", "is_target"]

_PLANNING = re.compile(r"工作报告|计划|规划|纲要|工作要点|实施方案|行动方案")
_TURN = re.compile(r"(?:预期|主要|奋斗|工作|发展)目标|目标任务|工作安排|重点任务|重点工作|国民经济计划")
_DONE = re.compile(r"[了过]|已|完成率|累计|去年|同比|比上年|较上年")
_YEAR = re.compile(r"\d{4}")
_HEAD = 60
_CLAUSE = 120
"""Characters in front of a figure in which its clause begins."""
_AIMS_AS = frozenset({"为", "是"})
_AIM_NOUNS = ("预期目标", "主要目标", "奋斗目标", "工作目标", "发展目标", "经营目标", "目标任务")
_AHEAD = frozenset({"展望", "预测", "预估"})
_FORECASTS = frozenset({"预计", "预估", "预测", "估计", "料将", "预期"})
_PLANNED = frozenset({"计划", "提议", "方案", "设想"})
_STRIVING = frozenset({"力争", "争取"})
_RULES = ("方案》", "计划》", "规划》", "纲要》", "意见》", "通知》", "办法》")
_LAYING_DOWN = frozenset({"提出", "明确", "要求", "规定"})
_MEASURED_BY = frozenset({"较", "比", "超", "超过", "高于", "低于", "符合", "好于"})
_DONE_WORDS = frozenset({"已", "已达", "已有", "已经", "已达到"})
_PLAN_NOUNS = frozenset({"预期", "目标", "计划", "规划", "要求", "上限", "下限", "预测", "估计"})


def aims_from(scene: Scene) -> int | None:
    """The offset of the sentence that announces the aims of a work report or plan, None in other texts."""
    head = (scene.title or "") + scene.text[:_HEAD]
    turn = _TURN.search(scene.text) if _PLANNING.search(head) else None
    if turn is None:
        return None
    return next((span[0] for span in scene.sentences if span[0] <= turn.start() < span[1]), None)


def as_aim(scene: Scene, move: Move, start: int, end: int, edtf: str | None) -> Move:
    """The move of a planned figure at ``start``–``end`` behind the turn; unchanged where the clause tells of the past."""
    near = max(0, start - _CLAUSE)
    clause = max(near, *(scene.text.rfind(mark, near, start) + 1 for mark in ",;。:\n、"))
    year = _YEAR.search(edtf or "")
    past = scene.reference is not None and year is not None and int(year.group()) < scene.reference.year
    if (
        past
        or move.role in ("from", "target")
        or _DONE.search(scene.text, clause, min(end + 1, len(scene.text)))
    ):
        return move
    return replace(move, role="target")


def is_ahead(scene: Scene, edtf: str) -> bool:
    """Whether a time begins after the report's date, so that its figures can only be planned or foreseen."""
    if scene.reference is None or not _YEAR.match(edtf):
        return False
    begin = edtf.split("/")[0]
    return begin > scene.reference.isoformat()[: len(begin)]


def aims_begin(sentence: Sentence) -> int | None:
    """The offset from which a forecast or plan governs the figures of the sentence, None without one.

    财政部预估,8月出口约在535亿美元之间; 经营目标是营业总收入增长15%左右,完成固定资产投资71亿元.
    """
    last: Token | None = None
    for phrase in sentence.phrases:
        for token in phrase.tokens:
            if last is not None and _names_aims(last, token):
                return token.start
            last = token
        if _opens_aims(phrase):
            return phrase.tokens[-1].end
    return None


def _names_aims(token: Token, following: Token) -> bool:
    """目标是, 目标为, 计划规定, 明年预测: words that make aims of all figures behind them."""
    if token.text.endswith(("目标", "指标")) and following.text in _AIMS_AS:
        return token.text.endswith("目标") or following.text == "是"
    if token.tag == "time" and following.text in ("计划", "规划", "拟", "力争"):
        return True
    return token.text.endswith("计划") and following.text in ("规定", "安排")


def _opens_aims(phrase: Phrase) -> bool:
    """Whether a phrase without figures ends in a forecast (预计,), names aims (预期目标为:) or looks ahead (展望明年)."""
    last = phrase.tokens[-1]
    if phrase.figure_positions():
        return False
    if last.text in _LAYING_DOWN and any(token.text.endswith(_RULES) for token in phrase.tokens):
        return True  # 《行动方案》提出,
    if last.tag == "time" and any(token.text in _STRIVING for token in phrase.tokens):
        return True  # 力争到2025年,
    if "".join(token.text for token in phrase.tokens[-2:]).endswith(_AIM_NOUNS):
        return True
    named = any(token.text.endswith(("目标", "指标")) for token in phrase.tokens[-3:])
    return last.text in _FORECASTS or phrase.tokens[0].text in _AHEAD or (named and last.text in _AIMS_AS)


def is_target(tokens: Sequence[Token], at: int, left: int) -> bool:
    """Whether words of planning govern the figure at ``at``; ``left`` is where its own stretch begins."""
    if any(tokens[position].tag == "target" and _aims(tokens, position, at) for position in range(left, at)):
        return True
    if _of_a_plan(tokens, at):
        return True
    after = "".join(token.text for token in tokens[at + 1 : at + 3])
    return after.startswith(_targets_after()) and not (at + 1 < len(tokens) and tokens[at + 1].tag == "n")


def _of_a_plan(tokens: Sequence[Token], at: int) -> bool:
    """交付|100万枚炮弹的计划: the noun that closes the phrase makes a plan of the figure."""
    for position in range(at + 1, len(tokens) - 1):
        if tokens[position].tag == "fig":
            return False
        if tokens[position].text == "的":
            return tokens[position + 1].text in _PLANNED
    return False


def _is_described(tokens: Sequence[Token], position: int, at: int) -> bool:
    """Whether the figure only describes what is planned for: 将为来自|35个代表团的运动员提供服务."""
    behind = [token.text for token in tokens[at + 1 :]]
    return "的" in behind and (
        tokens[position + 1].tag == "p"
        or tokens[position + 1].text == "为"
        or tokens[position].text == "确保"
    )


_DUE = frozenset(("出席", "到会", "到", "参加", "参会", "收", "发", "付", "缴", "交"))


def _aims(tokens: Sequence[Token], position: int, at: int) -> bool:
    """Whether a word of planning is one here: not 将 before an object, not 目标 and 计划 as plain nouns."""
    word, following = tokens[position].text, tokens[position + 1]
    if position > 0 and tokens[position - 1].text in _MEASURED_BY:
        return False  # 较|预期多一成
    if word == "应" and following.text in _DUE:
        return False  # 应|出席代表2956人 is how many there are, whoever comes
    if any(token.text in _DONE_WORDS for token in tokens[position + 1 : at]):
        return False  # 规划的中心|已达十余个
    if word in ("将", "应"):
        return _moves(following) and not _is_described(tokens, position, at)
    if word == "确保":
        return not _is_described(tokens, position, at)
    if word in ("计划", "规划") and position == 0:
        return (
            following.text not in ("的", "、", "中") and following.tag != "n"
        )  # 计划节前日均安排|近1.28万列
    if word in _PLAN_NOUNS:
        named = position > 0 and tokens[position - 1].tag[0] == "n"
        if following.text.startswith("已"):
            return False  # 计划|已经吸引10多个国家加入
        return following.tag in ("fig", "stative", "change", "time", "p") or (
            following.tag in ("action", "v") and not named
        )
    return True


def _moves(token: Token) -> bool:
    """Whether 将 stands before a verb (将达到) and not before its object (将173项事项纳入)."""
    return token.tag in ("v", "action", "change", "stative", "d", "p") and token.text != "把"


@lru_cache(maxsize=1)
def _targets_after() -> tuple[str, ...]:
    rows = room_table("link", "targets.tsv", ["word", "place"])
    return tuple(row["word"] for row in rows if row["place"] == "after")
