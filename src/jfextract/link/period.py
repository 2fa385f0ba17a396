"""Which time a figure holds for.

In order: a time before it in its sentence, a time that opens an earlier sentence of the paragraph (2019年, as the
opening of a paragraph), a time behind it in the sentence, one that opens an earlier paragraph or stands in the
title, the day an event report tells of. A time that only says what the figure is compared with (比上年, 较2017年),
or when something was made known (统计局今天发布), holds for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.calendar import Calendar, bounded, compares, governed, opens_sentence, times_in
from jfextract.link.contrast import Contrast, side_of
from jfextract.link.move import Move
from jfextract.link.rate import yearly
from jfextract.link.respective import partner, row_of
from jfextract.link.scene import Scene, first_at, span_at
from jfextract.model import Span, Time
from jfextract.units import Quantity

__all__ = ["Period", "period_of"]

_YEAR = re.compile(r"\d{4}")
_MADE_KNOWN = re.compile(
    r"(?:[（(][^）)]{0,12}[）)])?[^,，。;；:：\d]{0,12}?(?:发布|公布|发表|披露|通报|获悉|消息|数据|报告|的?新闻发布会)"
)
_STANDING = re.compile(r"已[造有]|升至|增至|仍[有在]|尚有")
"""Words of a state that holds on the day it is told: 27日发布消息说,遇难人数升至|143人."""
_WHOLE_YEAR = re.compile(r"全年|当年|年内")
_BOUND = re.compile(r"的\D{0,2}")
_LASTING = re.compile(r"全长|总长|线路|设计|距离?|相距|海拔|占地|长约?|宽约?|高约?|深约?|直径|库容|容量")
_LASTING_KINDS = frozenset({"length", "area", "speed", "volume"})
_PARTS_OF_WRITINGS = frozenset({"章", "篇", "节", "卷", "册", "字"})
_WRITING = re.compile(r"(?:》|条例|草案|办法|规定|细则|章程)[^,，。;；]{0,6}[共有分含](?:\d+章)?$|\d章$")
_NOW = re.compile(r"现有|现已")
_STARTING = re.compile(r"[从由]$")
_START_OF = re.compile(r"[^,，。;；起]{0,12}?的")
_PLANNED_AT = re.compile(r"(?:计划|将|预计|拟|定)于$")
_FOUNDED = re.compile(
    r"[^,，。;；]{0,4}?(?:建成|成立|创办|创建|创立|设立|落成|诞生|始建|投用|投入使用|开业|出生|开通|动工|开工)"
)
_EVENT_NAME = re.compile(
    r"[“《「]|[^,，。;；:：]{0,12}?(?:博览会|世界杯|世锦赛|奥运会|亚运会|年会|车展|锦标赛)"
)
_DESCRIBED = re.compile(r"[^,，。;；:：]{0,24}?(?:发生|导致|引发|造成|举行)的")
_PART = re.compile(r"[;；]在")
"""Where another part of a list of places begins: 在浙江,…;在广东,…"""
_CLAUSE = ",，;；。"
_MOST_PERIODS = 2
_REACH = 1000
"""How far back, in characters, a time may stand that governs a figure of the same sentence or paragraph."""
_AMONG = re.compile(r"其中[^,，;；。]{0,4}$")
_YEARS = re.compile(r"(\d{4})/(\d{4})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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


def period_of(
    scene: Scene, calendar: Calendar, figure: Quantity, move: Move, sentence: Span
) -> Period | None:
    """Find the time that a figure of the sentence holds for; None when the text gives none."""
    start, end, text = figure.start, figure.end, scene.text
    opened = max(sentence[0], start - _REACH)
    before = [one for one in times_in(scene, opened, start) if _governs(scene, one, start)]
    if before and _BOUND.fullmatch(text, before[-1].end, start):
        return Period(bounded(text, before[-1]), "bound")
    before = [one for one in before if one.start not in calendar.compared]
    before = [one for one in before if not _is_among(text, one, start)]
    if move.role == "to":  # 从2021年设立之初的50只增长到|70只
        before = [one for one in before if not _is_start(text, one)]
    if _speaks_unresolved(scene, before[-1].end if before else opened, start):
        return None
    pair = partner(scene, before, figure, sentence)
    if pair is not None:
        return Period(bounded(text, before[pair]), "partner")
    dealt = _dealt_year(scene, before[-1], figure, sentence) if before else None
    if dealt is not None:
        return Period(dealt, "partner")
    since = before[-1].end if before else opened
    spanned = _spanned(scene, calendar, before, start, sentence)
    if spanned is not None:
        return Period(spanned, "span")
    if _is_vague(scene, since, start):
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
    if move.role == "from" and not (
        before and _STARTING.search(text, max(0, before[-1].start - 1), before[-1].start)
    ):
        return None  # 2021年产量由|9.28亿吨增加到11.16亿吨: how much it was before then
    if before:
        return Period(bounded(text, before[-1]), "same-sentence")
    earlier = [
        one
        for one in times_in(scene, max(paragraph[0], start - _REACH), sentence[0])
        if _governs(scene, one, start)
    ]
    if calendar.event is not None:
        return Period(calendar.event, "event")
    if _is_timeless(scene, figure) or _NOW.search(text, sentence[0], start):
        return None
    lent = figure.kind != "duration" or move.change is not None  # 为期6周 takes no time of a sentence before
    for time in reversed(earlier):
        edtf = time.edtf or ""
        if not (lent or _DAY.fullmatch(edtf)) or (edtf.endswith("/..") and not opens_sentence(scene, time)):
            continue  # what goes on since a time is lent only by its head: 今年以来,…。
        lasting = _YEAR.fullmatch(edtf) is None or text.startswith("报告期", sentence[0])
        near = lasting and _gap_is_one_sentence(scene, time, sentence)
        if time.start not in calendar.compared and (opens_sentence(scene, time) or near):
            stock = "年末" in text[sentence[0] : start]  # 常住人口…。城镇化率…,比上年末提高
            return Period(bounded(text, time) if stock else governed(text, time), "paragraph")
    for time in times_in(scene, end, min(sentence[1], end + _REACH)):
        if any(mark in text[end : time.start] for mark in _CLAUSE) and (
            not calendar.lone or _has_figure(scene, time, sentence)
        ):
            break
        if time.start not in calendar.compared and not _is_made_known(text, time):
            return Period(bounded(text, time), "behind")
    return _heading(calendar, paragraph)


def _is_vague(scene: Scene, since: int, start: int) -> bool:
    """Whether words between the last time and the figure place it in no period; 每年 of a figure before it does not."""
    found = _vague_pattern().search(scene.text, since, start)
    if found is None:
        return False
    index = first_at(scene.figures, found.end())
    return found.group() != "每年" or scene.figures[index].start >= start


def _spanned(
    scene: Scene, calendar: Calendar, before: Sequence[Time], start: int, sentence: Span
) -> str | None:
    """从1997年的7.4万亿元增加到2002年的10.2万亿元,平均每年增长|7.7%: from the first year to the last."""
    if yearly(scene.text, start) is None:
        return None
    contrast = _contrast_over(calendar, sentence[0], start, 0)
    if contrast is not None:
        return f"{contrast.base}/{contrast.current}"
    years = [time for time in before if _YEAR.fullmatch(time.edtf or "")]
    if len(years) < 2 or not _STARTING.search(scene.text, max(0, years[-2].start - 1), years[-2].start):
        return None
    first, last = years[-2].edtf or "", years[-1].edtf or ""
    return f"{first}/{last}" if first < last else None


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


def _is_timeless(scene: Scene, figure: Quantity) -> bool:
    """Whether the figure takes no time from other sentences: 建交50周年, 《条例》共8章52条."""
    if figure.unit in _PARTS_OF_WRITINGS or figure.unit == "周年":
        return True
    return (
        figure.unit == "条"
        and _WRITING.search(scene.text, max(0, figure.start - 24), figure.start) is not None
    )


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
    between = scene.text[time.end : start]
    if compares(scene.text, time) or (_is_made_known(scene.text, time) and not _STANDING.search(between)):
        return False
    apart = bool(set(between) & set(_CLAUSE))
    if apart and _PLANNED_AT.search(scene.text, max(0, time.start - 4), time.start):
        return False  # 计划于25日发射飞船,乘组|三名航天员亮相
    if apart and _FOUNDED.match(between):
        return False  # 于1844年建成,拥有|40多万件藏品
    if _YEAR.fullmatch(time.edtf or "") and _EVENT_NAME.match(between):
        return False  # 当选2023年“年度人物”
    if _DESCRIBED.match(between):
        return False  # 1日发生的强震导致的死亡人数上升至|215人
    return not (_PART.search(between) and not opens_sentence(scene, time))


def _is_start(text: str, time: Time) -> bool:
    """Whether the time belongs to the figure that a change began with."""
    starting = _STARTING.search(text, max(0, time.start - 1), time.start) is not None
    return starting and _START_OF.match(text, time.end) is not None


def _is_among(text: str, time: Time, start: int) -> bool:
    """其中十二月增加48.8%;工资支出增加|22.3%: a part named with 其中 ends with its stretch of the sentence."""
    return _AMONG.search(text, max(0, time.start - 6), time.start) is not None and (
        ";" in text[time.end : start] or "；" in text[time.end : start]
    )


def _is_made_known(text: str, time: Time) -> bool:
    """统计局今天发布, 25日公布数据显示: when something was told, not when it held."""
    return _DAY.fullmatch(time.edtf or "") is not None and _MADE_KNOWN.match(text, time.end) is not None


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


def _year_spoken_of(scene: Scene, start: int) -> str | None:
    """The year that 全年 stands for: the last one named before, of a time that is not only compared with."""
    for index in range(first_at(scene.times, start) - 1, -1, -1):
        time = scene.times[index]
        year = _YEAR.match(time.edtf or "")
        if year is not None and not time.optional and not compares(scene.text, time):
            return year.group()
    return None


def _gap_is_one_sentence(scene: Scene, time: Time, sentence: Span) -> bool:
    """Whether the time stands in the sentence right before this one."""
    span = span_at(scene.sentences, time.start)
    return span is not None and span[1] <= sentence[0] < span[1] + 3


def _paragraph(scene: Scene, at: int) -> Span:
    return span_at(scene.paragraphs, at) or (at, at)
