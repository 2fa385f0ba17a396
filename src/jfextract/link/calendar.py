"""The periods that govern a text from its headings, its title and its event, read once for all its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jfextract.link.contrast import Contrast, contrasts_of
from jfextract.link.events import day_of
from jfextract.link.scene import Scene, first_at, span_at
from jfextract.model import Time
from jfextract.times import find as find_times

__all__ = ["Calendar", "bounded", "compares", "governed", "opens_sentence", "read_calendar", "times_in"]

_YEAR = re.compile(r"\d{4}")
_COMPARING = re.compile(
    r"(?:[比较与同按以离]|距离?|相比|相当于|创下?|持平于?|[高低多少优好快慢]于|超[过越]?|达到)$"
)
_COMPARED = re.compile(
    r"(?:年)?(?:不变价|可比价|价格计算|为基期|为基数)|(?:确定|制定|预期|预算|设定|下达)的|[的来]?[最新首第][高低次多少大好一二三四五]"
)
_SAME_LEVEL = re.compile(r"(?:同期)?(?:水平|持平|相当|相若)")
_UNTIL = re.compile(r"截[至止](?:到|至)?\s*(?:(?:今[天日]|目前|当[天日]|昨[天日])[（(])?$")
_YEAR_END = re.compile(r"(?:年[末底终]|12月(?:[末底]|31日))$")
_OPENING_CHARACTERS = 8
_FIRST_TIMES = 40
_HEADLINE = 40
_CLOSING = frozenset("。!?！？”;；:：")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]部分)"
)
_JOINED = re.compile(r"\s*[和与及、]\s*")
_POINT = re.compile(r"[零0]时?(?:整)?为(?:普查|调查)?(?:的)?(?:标准)?时点|为(?:普查|调查)?(?:的)?标准时点")
_OFFICIAL = re.compile(r"报告|公报|回顾|总结|白皮书|计划执行")
_DIGEST = re.compile(r"快讯|联播|简讯|要闻|短讯|一览")
_LONG = re.compile(r"\d{4}(?:-\d\d)?(?:/\d{4}(?:-\d\d)?)?|\.\./\d{4}-\d\d")
_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")


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
        sum(1 for _ in times_in(scene, 0, len(scene.text))) == 1,
    )


def _compared_in(scene: Scene) -> frozenset[int]:
    """Where times begin that are only compared with, also the second of two (比上月末和|上年同期)."""
    found: set[int] = set()
    end = -1
    for time in scene.times:
        joined = 0 <= end <= time.start and _JOINED.fullmatch(scene.text, end, time.start) is not None
        if joined or compares(scene.text, time):
            found.add(time.start)
            end = time.end
    return frozenset(found)


def _headings_of(scene: Scene) -> tuple[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]:
    """The periods that open a paragraph, and those that open another sentence and are a year.

    A line without a full stop is a headline and opens nothing.
    """
    headings: list[tuple[int, str]] = []
    openings: list[tuple[int, str]] = []
    for time in times_in(scene, 0, len(scene.text)):
        if not opens_sentence(scene, time) or compares(scene.text, time):
            continue
        opened = span_at(scene.paragraphs, time.start)
        edtf = governed(scene.text, time)
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
        named = {time.edtf for time in times_in(scene, start, end) if _LONG.fullmatch(time.edtf or "")}
        found.append((start, named.pop() if len(named) == 1 else None))
    return tuple(found)


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
        if time.edtf and not time.optional and not compares(scene.title, time)
    }
    if len(named) != 1:
        return None
    (edtf,) = named
    ahead = scene.reference is not None and edtf[:4] > f"{scene.reference.year:04d}"
    return edtf if (_LONG.fullmatch(edtf) or _DAYS.fullmatch(edtf)) and not ahead else None


def governed(text: str, time: Time) -> str:
    """What a time lends to later sentences: the end of a year (2023年末) lends the year it closes."""
    year = _YEAR.match(time.edtf or "")
    if year is not None and _YEAR_END.search(time.text):
        return year.group()
    return bounded(text, time)


def times_in(scene: Scene, start: int, end: int) -> Iterator[Time]:
    for index in range(first_at(scene.times, start), len(scene.times)):
        time = scene.times[index]
        if time.start >= end:
            return
        if time.edtf and not time.optional and not _in_title(scene.text, time):
            yield time


def _in_title(text: str, time: Time) -> bool:
    opened = text.rfind("《", max(0, time.start - 60), time.start)
    return opened >= 0 and text.find("》", opened, time.start) < 0


def compares(text: str, time: Time) -> bool:
    """Whether the text only compares with the time: 较2017年, 按1980年不变价, 年初确定的, 36年来最高, 2018年同期水平."""
    if _COMPARING.search(text, max(0, time.start - 4), time.start):
        return True
    if _COMPARED.match(text, time.end):
        return True
    return _SAME_LEVEL.match(text, time.end) is not None


def bounded(text: str, time: Time) -> str:
    """截至11月底 bounds what it counts: the measure holds up to that month."""
    edtf = time.edtf or ""
    until = _UNTIL.search(text, max(0, time.start - 8), time.start) is not None
    return f"../{edtf}" if until and "/" not in edtf else edtf


def opens_sentence(scene: Scene, time: Time) -> bool:
    """Whether the time stands at the head of its sentence, where it governs what follows."""
    span = span_at(scene.sentences, time.start)
    if span is None:
        return False
    lead = scene.text[span[0] : time.start].strip(" \u3000—-“")
    return len(lead) <= _OPENING_CHARACTERS and not any(mark in lead for mark in ",，;；")
