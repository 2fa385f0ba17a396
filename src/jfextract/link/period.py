"""Which time a figure holds for.

In order: a time before it in its sentence, a time that opens an earlier sentence of the paragraph (2019年, as the
opening of a paragraph), one that opens an earlier paragraph, a time behind it in the sentence. A time that only
says what the figure is compared with (比上年, 较2017年) holds for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.scene import Scene, first_at
from jfextract.model import Span, Time

__all__ = ["Period", "period_of"]


@dataclass(frozen=True, slots=True)
class Period:
    """EDTF of the time a figure holds for, the rule that linked it, a score in 0–1."""

    edtf: str
    rule: str
    score: float


@lru_cache(maxsize=1)
def _vague_pattern() -> re.Pattern[str]:
    return re.compile(
        "|".join(row["word"] for row in room_table("link", "vague_times.tsv", ["word"], key="word"))
    )


_YEAR = re.compile(r"\d{4}")
_COMPARING = ("比", "较", "与", "同", "相比")
_UNTIL = ("截至", "截止", "截止到", "截至到", "截止至")
_OPENING_CHARACTERS = 8


def period_of(scene: Scene, start: int, end: int, sentence: Span) -> Period | None:
    """Find the time for the figure at ``start``–``end`` of the normalised text; None when the text gives none."""
    before = [time for time in _times(scene, sentence[0], start) if not _compares(scene.text, time)]
    if _vague_pattern().search(scene.text, before[-1].end if before else sentence[0], start):
        return None
    if before:
        return Period(_bounded(scene.text, before[-1]), "same-sentence", 0.9)
    paragraph = _paragraph(scene, start)
    earlier = [time for time in _times(scene, paragraph[0], sentence[0]) if not _compares(scene.text, time)]
    for time in reversed(earlier):
        if _opens_sentence(scene, time) or _gap_is_one_sentence(scene, time, sentence):
            return Period(_bounded(scene.text, time), "paragraph", 0.6)
    for time in _times(scene, end, sentence[1]):
        if not _compares(scene.text, time):
            return Period(_bounded(scene.text, time), "behind", 0.5)
    return _heading(scene, paragraph)


def _heading(scene: Scene, paragraph: Span) -> Period | None:
    """The one year that opens earlier paragraphs and governs those below: 2025年,中央纪委国家监委…

    A text whose paragraphs open with several years tells of each in turn and lends none to the rest.
    """
    years = {
        time.edtf
        for time in _times(scene, 0, paragraph[0])
        if _YEAR.fullmatch(time.edtf or "")
        and _paragraph(scene, time.start)[0] >= time.start - _OPENING_CHARACTERS
        and scene.text[time.end : time.end + 1] in (",", "，")
    }
    return Period(years.pop() or "", "heading", 0.4) if len(years) == 1 else None


def _gap_is_one_sentence(scene: Scene, time: Time, sentence: Span) -> bool:
    """Whether the time stands in the sentence right before this one."""
    return any(
        span[0] <= time.start < span[1] <= sentence[0] and sentence[0] - span[1] < 3
        for span in scene.sentences
    )


def _times(scene: Scene, start: int, end: int) -> Iterator[Time]:
    for index in range(first_at(scene.times, start), len(scene.times)):
        time = scene.times[index]
        if time.start >= end:
            return
        if time.edtf and not time.optional and not _in_title(scene.text, time):
            yield time


def _in_title(text: str, time: Time) -> bool:
    opened = text.rfind("《", max(0, time.start - 60), time.start)
    return opened >= 0 and text.find("》", opened, time.start) < 0


def _compares(text: str, time: Time) -> bool:
    return text[max(0, time.start - 2) : time.start].endswith(_COMPARING)


def _bounded(text: str, time: Time) -> str:
    """截至11月底 bounds what it counts: the measure holds up to that month."""
    edtf = time.edtf or ""
    until = text[max(0, time.start - 3) : time.start].rstrip().endswith(_UNTIL)
    return f"../{edtf}" if until and "/" not in edtf else edtf


def _paragraph(scene: Scene, at: int) -> Span:
    for span in scene.paragraphs:
        if span[0] <= at < span[1]:
            return span
    return (at, at)


def _opens_sentence(scene: Scene, time: Time) -> bool:
    """Whether the time stands at the head of its sentence, where it governs what follows."""
    for span in scene.sentences:
        if span[0] <= time.start < span[1]:
            lead = scene.text[span[0] : time.start].strip(" \u3000—-“")
            return len(lead) <= _OPENING_CHARACTERS and not any(mark in lead for mark in ",，;；")
    return False
