"""Which time a figure holds for.

In order: a time before it in its sentence, a time that opens an earlier sentence of the paragraph (2019年, as the
opening of a paragraph), a time behind it in the sentence, one that opens an earlier paragraph or stands in the
title, the day an event report tells of. A time that only says what the figure is compared with (比上年, 较2017年),
or when something was made known (统计局今天发布), holds for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.contrast import Contrast, contrasts_of, side_of
from jfextract.link.events import day_of
from jfextract.link.move import Move
from jfextract.link.respective import partner, row_of
from jfextract.link.scene import Scene, first_at, span_at
from jfextract.model import Span, Time
from jfextract.times import find as find_times
from jfextract.units import Quantity

__all__ = ["Calendar", "Period", "period_of", "read_calendar"]


@dataclass(frozen=True, slots=True)
class Period:
    """EDTF of the time a figure holds for, the rule that linked it, and the time it is set against, if any."""

    edtf: str
    rule: str
    against: str | None = None


@lru_cache(maxsize=1)
def _vague_pattern() -> re.Pattern[str]:
    return re.compile(
        "|".join(row["word"] for row in room_table("link", "vague_times.tsv", ["word"], key="word"))
    )


_YEAR = re.compile(r"\d{4}")
_COMPARING = re.compile(r"(?:[比较与同按以]|相比|相当于|创下?|持平于?|[高低多少优好快慢]于|超[过越]?|达到)$")
_COMPARED = re.compile(
    r"(?:年)?(?:不变价|可比价|价格计算|为基期|为基数)|(?:确定|制定|预期|预算|设定|下达)的|[的来]?[最新首第][高低次多少大好一二三四五]"
)
_SAME_LEVEL = re.compile(r"(?:同期)?(?:水平|持平|相当|相若)")
_MADE_KNOWN = re.compile(
    r"[^,，。;；:：\d]{0,12}?(?:发布|公布|发表|披露|通报|透露|表示|介绍|获悉|指出|消息|数据|报告|的?新闻发布会)"
)
_UNTIL = re.compile(r"(?:截[至止](?:到|至)?)\s*$")
_YEAR_END = re.compile(r"年[末底终]$")
_WHOLE_YEAR = re.compile(r"全年|当年|年内")
_BOUND = re.compile(r"的\D{0,2}")
_LASTING = re.compile(r"全长|总长|线路|设计|距离?|相距|海拔|占地|长约?|宽约?|高约?|深约?|直径|库容|容量")
_LASTING_KINDS = frozenset({"length", "area", "speed", "volume"})
_CLAUSE = ",，;；。"
_OPENING_CHARACTERS = 8
_MOST_PERIODS = 2
_FIRST_TIMES = 40
_REACH = 1000
"""How far back, in characters, a time may stand that governs a figure of the same sentence or paragraph."""
_HEADLINE = 40
_CLOSING = frozenset("。!?！？”;；:：")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]部分)"
)
_JOINED = re.compile(r"\s*[和与及、]\s*")
_AMONG = re.compile(r"其中[^,，;；。]{0,4}$")
_POINT = re.compile(r"[零0]时?(?:整)?为(?:普查|调查)?(?:的)?(?:标准)?时点|为(?:普查|调查)?(?:的)?标准时点")
_OFFICIAL = re.compile(r"报告|公报|回顾|总结|白皮书|计划执行")
_DIGEST = re.compile(r"快讯|联播|简讯|要闻|短讯|一览")
_LONG = re.compile(r"\d{4}(?:-\d\d)?(?:/\d{4}(?:-\d\d)?)?|\.\./\d{4}-\d\d")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What governs the figures of a text that have no time of their own, read once for all of them.

    ``headings`` are the periods that open paragraphs (offset of the paragraph, EDTF), ``openings`` those that open
    later sentences, ``sections`` the headlines of parts (offset, EDTF, None without one); ``contrasts`` are pairs of years
    that are compared, ``compared`` the offsets of times that are only compared with. ``title`` is the one period of the title, ``event`` the day an event report tells of;
    ``lone`` says that the text names one time in all.
    """

    headings: tuple[tuple[int, str], ...]
    openings: tuple[tuple[int, str], ...]
    sections: tuple[tuple[int, str | None], ...]
    contrasts: tuple[Contrast, ...]
    compared: frozenset[int]
    title: str | None
    event: str | None
    lone: bool


def read_calendar(scene: Scene) -> Calendar:
    """Collect the periods that govern paragraphs and the whole text, for ``period_of``."""
    headings, openings = _headings_of(scene)
    return Calendar(
        headings,
        openings if scene.home is not None or _OFFICIAL.search(scene.title or "") else (),
        _sections_of(scene),
        contrasts_of(scene.text, scene.times),
        _compared_in(scene),
        _period_of_title(scene),
        day_of(scene),
        sum(1 for _ in _times(scene, 0, len(scene.text))) == 1,
    )


def period_of(
    scene: Scene, calendar: Calendar, figure: Quantity, move: Move, sentence: Span
) -> Period | None:
    """Find the time that a figure of the sentence holds for; None when the text gives none."""
    start, end, text = figure.start, figure.end, scene.text
    opened = max(sentence[0], start - _REACH)
    before = [one for one in _times(scene, opened, start) if _governs(scene, one, start)]
    if before and _BOUND.fullmatch(text, before[-1].end, start):
        return Period(_bounded(text, before[-1]), "bound")
    before = [one for one in before if one.start not in calendar.compared]
    before = [one for one in before if not _is_among(text, one, start)]
    if _speaks_unresolved(scene, before[-1].end if before else opened, start):
        return None
    pair = partner(scene, before, figure, sentence)
    if pair is not None:
        return Period(_bounded(text, before[pair]), "partner")
    dealt = _dealt_year(scene, before[-1], figure, sentence) if before else None
    if dealt is not None:
        return Period(dealt, "partner")
    since = before[-1].end if before else opened
    if _vague_pattern().search(text, since, start):
        return None
    if _WHOLE_YEAR.search(text, since, start):
        year = _year_spoken_of(scene, start)
        if year is not None:
            return Period(year, "whole-year")
    clause = max(text.rfind(mark, since, start) for mark in _CLAUSE) + 1
    lasting = figure.kind in _LASTING_KINDS and _LASTING.search(text, clause or since, start) is not None
    if lasting and (clause or not before):
        return None  # 线路全长约|194.3公里: it did not become so at a time
    paragraph = _paragraph(scene, start)
    contrast = _contrast_over(calendar, paragraph[0], start, before[-1].start if before else 0)
    if contrast is not None:
        return Period(side_of(contrast, move, text[clause:start]), "contrast", contrast.base)
    if before:
        return Period(_bounded(text, before[-1]), "same-sentence")
    earlier = [
        one
        for one in _times(scene, max(paragraph[0], start - _REACH), sentence[0])
        if _governs(scene, one, start)
    ]
    if calendar.event is not None:
        return Period(calendar.event, "event")
    for time in reversed(earlier):
        if time.start not in calendar.compared and (
            _opens_sentence(scene, time) or _gap_is_one_sentence(scene, time, sentence)
        ):
            return Period(_governed(text, time), "paragraph")
    for time in _times(scene, end, min(sentence[1], end + _REACH)):
        if any(mark in text[end : time.start] for mark in _CLAUSE) and (
            not calendar.lone or _has_figure(scene, time, sentence)
        ):
            break
        if time.start not in calendar.compared and not _is_made_known(text, time):
            return Period(_bounded(text, time), "behind")
    return _heading(calendar, paragraph)


def _dealt_year(scene: Scene, time: Time, figure: Quantity, sentence: Span) -> str | None:
    """2021年至2023年,新增就业分别为3.2万人、|3.5万人和3.8万人: a year for each, where they are as many."""
    years = _YEARS.fullmatch(time.edtf or "")
    row = row_of(scene, figure, sentence) if years is not None else None
    if years is None or row is None or time.start > row.at:
        return None
    first, last = int(years[1]), int(years[2])
    return str(first + row.rank) if last - first + 1 == row.length else None


def _has_figure(scene: Scene, time: Time, sentence: Span) -> bool:
    """Whether a figure follows the time in its own clause: 就业率85%,|去年为80%."""
    index = first_at(scene.figures, time.end)
    if index >= len(scene.figures) or scene.figures[index].start >= sentence[1]:
        return False
    return not any(mark in scene.text[time.end : scene.figures[index].start] for mark in _CLAUSE)


def _contrast_over(calendar: Calendar, first: int, start: int, later: int) -> Contrast | None:
    """The last contrast of the paragraph before the figure, unless another time stands between them."""
    for contrast in reversed(calendar.contrasts):
        if first <= contrast.start < start:
            return contrast if contrast.start >= later else None
    return None


def _speaks_unresolved(scene: Scene, since: int, start: int) -> bool:
    """Whether the figure has a time of its own that nothing resolves: 去年 in a text without a date."""
    return scene.reference is None and any(
        one.edtf is None and not one.optional and one.start < start
        for one in scene.times[first_at(scene.times, since) : first_at(scene.times, start)]
    )


def _governs(scene: Scene, time: Time, start: int) -> bool:
    """Whether a time reaches past its own words: not 上年的 in front of its figure, not 今天 of 今天发布."""
    bound = _BOUND.match(scene.text, time.end)
    if bound is not None:
        index = first_at(scene.figures, time.end)
        following = scene.figures[index] if index < len(scene.figures) else None
        held = following.start if following is not None and following.kind != "duration" else -1
        if time.end < held <= bound.end():
            return held == start  # 上年的|10.2:49.1:40.7调整为9.9:48.8:41.3
    return not (_compares(scene.text, time) or _is_made_known(scene.text, time))


def _is_among(text: str, time: Time, start: int) -> bool:
    """其中十二月增加48.8%;工资支出增加|22.3%: a part named with 其中 ends with its stretch of the sentence."""
    return _AMONG.search(text, max(0, time.start - 6), time.start) is not None and (
        ";" in text[time.end : start] or "；" in text[time.end : start]
    )


def _is_made_known(text: str, time: Time) -> bool:
    """统计局今天发布, 25日公布数据显示: when something was told, not when it held."""
    return _DAY.fullmatch(time.edtf or "") is not None and _MADE_KNOWN.match(text, time.end) is not None


def _compared_in(scene: Scene) -> frozenset[int]:
    """Where times begin that are only compared with, also the second of two (比上月末和|上年同期)."""
    found: set[int] = set()
    end = -1
    for time in scene.times:
        joined = 0 <= end <= time.start and _JOINED.fullmatch(scene.text, end, time.start) is not None
        if joined or _compares(scene.text, time):
            found.add(time.start)
            end = time.end
    return frozenset(found)


def _headings_of(scene: Scene) -> tuple[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]:
    """The periods that open a paragraph, and those that open another sentence and are a year.

    A line without a full stop is a headline and opens nothing.
    """
    headings: list[tuple[int, str]] = []
    openings: list[tuple[int, str]] = []
    for time in _times(scene, 0, len(scene.text)):
        if not _opens_sentence(scene, time) or _compares(scene.text, time):
            continue
        opened = span_at(scene.paragraphs, time.start)
        edtf = _governed(scene.text, time)
        if opened is None or not _LONG.fullmatch(edtf):
            continue
        if opened[0] < time.start - _OPENING_CHARACTERS:
            if _YEAR.fullmatch(edtf):
                openings.append((opened[0], edtf))
        elif scene.text[opened[0] : opened[1]].rstrip().endswith(("。", "!", "?", "”", ";", ":")):
            headings.append((opened[0], edtf))
    return tuple(headings), tuple(openings)


def _sections_of(scene: Scene) -> tuple[tuple[int, str | None], ...]:
    """The headlines that part a text, with the period each names (一、2022年工作回顾).

    Numbered ones part any text, all of them a digest of several news items.
    """
    digest = _DIGEST.search(scene.title or "") is not None
    found: list[tuple[int, str | None]] = []
    for start, end in scene.paragraphs:
        if end - start > _HEADLINE or scene.text[end - 1 : end] in _CLOSING:
            continue
        if not digest and not _NUMBERED.match(scene.text, start):
            continue
        named = {time.edtf for time in _times(scene, start, end) if _LONG.fullmatch(time.edtf or "")}
        found.append((start, named.pop() if len(named) == 1 else None))
    return tuple(found)


def _heading(calendar: Calendar, paragraph: Span) -> Period | None:
    """The period that opens earlier paragraphs and governs those below: 2025年,中央纪委国家监委…

    A text whose paragraphs open with many periods tells of each in turn and lends none to the rest. Without any, the
    period of the title governs (2023年统计公报), then the day of an event report, then the year that opens a sentence.
    """
    section = next((one for one in reversed(calendar.sections) if one[0] <= paragraph[0]), None)
    first = section[0] if section is not None else 0
    last, many = _last_opened(calendar.headings, first, paragraph[0])
    if last is not None and not many:
        return Period(last, "heading")
    if section is not None and section[1] is not None:
        return Period(section[1], "section")
    if calendar.title is not None:
        return Period(calendar.title, "title")
    if many:
        return None
    last, many = _last_opened(calendar.openings, first, paragraph[0])
    return Period(last, "opening") if last is not None and not many else None


def _last_opened(openings: Sequence[tuple[int, str]], first: int, end: int) -> tuple[str | None, bool]:
    """The last period opened between ``first`` and ``end``, and whether too many different ones were."""
    different: set[str] = set()
    last: str | None = None
    for start, edtf in openings[bisect_left(openings, (first, "")) :]:
        if start >= end or len(different) > _MOST_PERIODS:
            break
        different.add(edtf)
        last = edtf
    return last, len(different) > _MOST_PERIODS


def _period_of_title(scene: Scene) -> str | None:
    """The day a census counts at, or the one period longer than a day that the title names, not ahead of the report."""
    for time in scene.times[:_FIRST_TIMES]:
        if time.edtf and _POINT.match(scene.text, time.end - 2):
            return time.edtf
    if scene.title is None:
        return None
    named = {
        time.edtf
        for time in find_times(scene.title, scene.reference)
        if time.edtf and not time.optional and not _compares(scene.title, time)
    }
    if len(named) != 1:
        return None
    (edtf,) = named
    ahead = scene.reference is not None and edtf[:4] > f"{scene.reference.year:04d}"
    return edtf if (_LONG.fullmatch(edtf) or _DAYS.fullmatch(edtf)) and not ahead else None


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
    """Whether the text only compares with the time: 较2017年, 按1980年不变价, 年初确定的, 36年来最高, 2018年同期水平."""
    if _COMPARING.search(text, max(0, time.start - 4), time.start):
        return True
    if _COMPARED.match(text, time.end):
        return True
    return _SAME_LEVEL.match(text, time.end) is not None


def _bounded(text: str, time: Time) -> str:
    """截至11月底 bounds what it counts: the measure holds up to that month."""
    edtf = time.edtf or ""
    until = _UNTIL.search(text, max(0, time.start - 4), time.start) is not None
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
