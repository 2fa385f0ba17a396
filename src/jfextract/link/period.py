"""Which time a figure holds for.

In order: a time before it in its sentence, a time that opens an earlier sentence of the paragraph (2019年, as the
opening of a paragraph), one that opens an earlier paragraph, a time behind it in the sentence. A time that only
says what the figure is compared with (比上年, 较2017年) holds for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.scene import Scene, first_at, span_at
from jfextract.model import Span, Time

__all__ = ["Period", "headings_of", "period_of"]


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
_COMPARING = ("比", "较", "与", "同", "相比", "相当于", "按", "以", "创", "创下")
_COMPARED = re.compile(
    r"(?:年)?(?:不变价|可比价|价格计算|为基期|为基数)|(?:确定|制定|预期|预算|设定|下达)的|[的来]?[最新首][高低次多少大]"
)
_UNTIL = ("截至", "截止", "截止到", "截至到", "截止至")
_YEAR_END = re.compile(r"年[末底终]$")
_WHOLE_YEAR = re.compile(r"全年|当年|年内")
_OPENING_CHARACTERS = 8
_MOST_PERIODS = 2
_LONG = re.compile(r"\d{4}(?:-\d\d)?(?:/\d{4}(?:-\d\d)?)?|\.\./\d{4}-\d\d")
_TITLE_YEAR = re.compile(r"(\d{4})年(?!代|前|后|以来)")


def period_of(
    scene: Scene, headings: Sequence[tuple[int, str]], start: int, end: int, sentence: Span
) -> Period | None:
    """Find the time for the figure at ``start``–``end`` of the normalised text; None when the text gives none."""
    before = [time for time in _times(scene, sentence[0], start) if not _compares(scene.text, time)]
    since = before[-1].end if before else sentence[0]
    if _vague_pattern().search(scene.text, since, start):
        return None
    if _WHOLE_YEAR.search(scene.text, since, start):
        year = _year_spoken_of(scene, start)
        if year is not None:
            return Period(year, "whole-year", 0.6)
    if before:
        return Period(_bounded(scene.text, before[-1]), "same-sentence", 0.9)
    paragraph = _paragraph(scene, start)
    earlier = [time for time in _times(scene, paragraph[0], sentence[0]) if not _compares(scene.text, time)]
    for time in reversed(earlier):
        if _opens_sentence(scene, time) or _gap_is_one_sentence(scene, time, sentence):
            return Period(_governed(scene.text, time), "paragraph", 0.6)
    for time in _times(scene, end, sentence[1]):
        if not _compares(scene.text, time):
            return Period(_bounded(scene.text, time), "behind", 0.5)
    return _heading(scene, headings, paragraph)


def headings_of(scene: Scene) -> tuple[tuple[int, str], ...]:
    """The periods that open a paragraph and may govern those below: offset of the paragraph, and EDTF.

    A line without a full stop is a headline and opens nothing.
    """
    found: list[tuple[int, str]] = []
    for time in _times(scene, 0, len(scene.text)):
        opened = span_at(scene.paragraphs, time.start)
        if opened is None or opened[0] < time.start - _OPENING_CHARACTERS:
            continue
        edtf = _governed(scene.text, time)
        closed = scene.text[opened[0] : opened[1]].rstrip().endswith(("。", "!", "?", "”", ";", ":"))
        if closed and _LONG.fullmatch(edtf):
            found.append((opened[0], edtf))
    return tuple(found)


def _heading(scene: Scene, headings: Sequence[tuple[int, str]], paragraph: Span) -> Period | None:
    """The period that opens earlier paragraphs and governs those below: 2025年,中央纪委国家监委…

    A text whose paragraphs open with many periods tells of each in turn and lends none to the rest. Without
    any, the year of the title governs (2023年统计公报).
    """
    different: set[str] = set()
    last: str | None = None
    for start, last_edtf in headings:
        if start >= paragraph[0] or len(different) > _MOST_PERIODS:
            break
        different.add(last_edtf)
        last = last_edtf
    if last is not None:
        return Period(last, "heading", 0.4) if len(different) <= _MOST_PERIODS else None
    year = _TITLE_YEAR.findall(scene.title or "")
    if len(year) == 1 and (scene.reference is None or int(year[0]) <= scene.reference.year):
        return Period(year[0], "title", 0.4)
    return None


def _year_spoken_of(scene: Scene, start: int) -> str | None:
    """The year that 全年 stands for: the last one named before, of a time that is not only compared with."""
    for index in range(first_at(scene.times, start) - 1, -1, -1):
        time = scene.times[index]
        year = _YEAR.match(time.edtf or "")
        if year is not None and not time.optional and not _compares(scene.text, time):
            return year.group()
    return None


def _governed(text: str, time: Time) -> str:
    """What a time lends to later sentences: the end of a year (2023年末) lends the year it closes."""
    year = _YEAR.match(time.edtf or "")
    if year is not None and _YEAR_END.search(time.text):
        return year.group()
    return _bounded(text, time)


def _gap_is_one_sentence(scene: Scene, time: Time, sentence: Span) -> bool:
    """Whether the time stands in the sentence right before this one."""
    span = span_at(scene.sentences, time.start)
    return span is not None and span[1] <= sentence[0] < span[1] + 3


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
    """Whether the text only compares with the time: 较2017年, 按1980年不变价, 年初确定的, 36年来最高."""
    if text[max(0, time.start - 3) : time.start].endswith(_COMPARING):
        return True
    return _COMPARED.match(text, time.end) is not None


def _bounded(text: str, time: Time) -> str:
    """截至11月底 bounds what it counts: the measure holds up to that month."""
    edtf = time.edtf or ""
    until = text[max(0, time.start - 3) : time.start].rstrip().endswith(_UNTIL)
    return f"../{edtf}" if until and "/" not in edtf else edtf


def _paragraph(scene: Scene, at: int) -> Span:
    return span_at(scene.paragraphs, at) or (at, at)


def _opens_sentence(scene: Scene, time: Time) -> bool:
    """Whether the time stands at the head of its sentence, where it governs what follows."""
    span = span_at(scene.sentences, time.start)
    if span is None:
        return False
    lead = scene.text[span[0] : time.start].strip(" \u3000—-“")
    return len(lead) <= _OPENING_CHARACTERS and not any(mark in lead for mark in ",，;；")
