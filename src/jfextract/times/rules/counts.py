"""Counted distances from the report: 近三年, 过去五年, 未来3年内, 三年来, 5年前, 三天后, 近年来, 每年."""

from __future__ import annotations

import re
from dataclasses import replace

from jfextract.times.clock import DAY
from jfextract.times.expression import Reading
from jfextract.times.frames import days_frame, month_frame, shift_day, year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.rules.amounts import (
    NUMBER,
    SECONDS,
    UNIT,
    at_least,
    clock_window,
    counted,
    moved,
    stretch,
)
from jfextract.times.words import number

__all__ = ["RULES"]

# these make a stretch of time a plain duration: 经过近1个月的漂移, 时隔近13年后
_DURATION_BEFORE = re.compile(
    r"(?:经过|历时|长达|持续|时隔|为期|历经|用时|耗时|有着?|需要?|超过|超|跨越|达到?|仅用)\Z"
)

# what 近三年 follows when it says when; behind other words (耗资近三年) it says how long
_RECENT_AFTER = frozenset(
    ("", *" \n\u3000,，。、；;:：(（“”《》!?！？是为创在比较于对从出自由与的和市县省我")
)


def _is_duration(text: str, start: int) -> bool:
    return bool(_DURATION_BEFORE.search(text, max(0, start - 4), start))


_AHEAD = ("未来", "今后", "往后", "接下来", "随后", "下", "后")


def _recent(match: re.Match[str], scene: Scene) -> Piece | None:
    count, unit = counted(match)
    if match["w"] == "近" and not match.group().endswith("来") and not scene.whole:
        before = scene.text[max(0, match.start() - 1) : match.start()]
        if unit in SECONDS or before not in _RECENT_AFTER or _is_duration(scene.text, match.start()):
            return None
    count = count if count is not None else _a_little_over(match)
    if count is None and (reading := _about_so_long(match, scene)) is not None:
        return _vague_piece("recent_indefinite", match, reading)
    forward = match["w"] in _AHEAD
    if count is None or count > 300:
        return _undated("recent_indefinite", match)
    whole_units = (
        match["w"] in ("上", "下")
        or (match["w"], unit) == ("前", "年")
        or (match["w"] in "前后" and unit in SECONDS)
    )
    if match["w"] == "过去" and (count, unit) == (1, "年") and scene.reference and scene.reference.month <= 3:
        whole_units = True  # what reports say early in a year of the one that is over
    reading = stretch(scene, count, unit, forward, whole_units)
    if not forward and at_least(match) is not None:
        reading = _from_the_first(reading)
    if forward and match.group().endswith("内"):
        reading = _from_now(scene, reading)
    optional = bool(match["n2"])
    return Piece(
        "recent", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False, optional=optional
    )


def _a_little_over(match: re.Match[str]) -> float | None:
    """The count that 三年多 exceeds; 50多年 may be 59 and stays without one."""
    least = at_least(match)
    return least if least is not None and least < 10 else None


_TENS_OF_YEARS = {"十几": 10, "十多": 10, "百余": 100, "百多": 100}


def _about_so_long(match: re.Match[str], scene: Scene) -> Reading | None:
    """Read 30多年来 and 近十几年 as since about thirty or ten years ago; None for what says no number (数十年)."""
    count = _TENS_OF_YEARS.get(match["n"]) or at_least(match)
    if (
        count is None
        or not match["u"].endswith(("年", "年多"))
        or match["w" if "w" in match.re.groupindex else "u"] in _AHEAD
    ):
        return None
    today = scene.reference
    first = year_frame(today.year - round(count)) if today else None
    if today is None or first is None or first.begin is None:
        return None
    told = f"{first.begin.year:04d}~/{today.year:04d}"
    return Reading(first.begin, today, "year", "year", edtf=told)


def _vague_piece(name: str, match: re.Match[str], reading: Reading) -> Piece:
    return Piece(
        name, match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False, optional=True
    )


def _from_the_first(reading: Reading | None) -> Reading | None:
    """Let a stretch of 三年多, whose first day nobody knows, begin with its first year or month."""
    if reading is None or reading.begin is None or reading.first == "day":
        return reading
    first = reading.begin.replace(day=1)
    return replace(reading, begin=first.replace(month=1) if reading.first == "year" else first)


# 几十年后 is at least 20 and less than 100 years later, as 几十 is from 20 to 99
_LOOSE = {"几": (2, 10), "数": (2, 10), "十几": (11, 20), "几十": (20, 100), "数十": (20, 100)}


def _loosely_distant(match: re.Match[str], scene: Scene) -> Reading | None:
    """The years that 几十年后 of a text that is nothing else may be; None for any other count."""
    if match["n"] not in _LOOSE or match["u"] != "年" or scene.reference is None:
        return None
    near, far = _LOOSE[match["n"]]
    year = scene.reference.year
    return year_frame(year + near, year + far) if "后" in match["w"] else year_frame(year - far, year - near)


def _since_count(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 三年来, 6个月来, 建交60年来, and 三年多来 as the three years that it exceeds."""
    count, unit = counted(match)
    count = count if count is not None else _a_little_over(match)
    if count is None and (reading := _about_so_long(match, scene)) is not None:
        return _vague_piece("recent_indefinite", match, reading)
    if count is None or count > 200:
        return _undated("recent_indefinite", match)
    reading = stretch(scene, count, unit, forward=False)
    if at_least(match) is not None:
        reading = _from_the_first(reading)
    return Piece("count_since", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


def _distance(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 5年前 as that year, 3个月前 as that month, 10天前 as that day."""
    if _is_duration(scene.text, match.start()):
        return None
    count, unit = counted(match)
    least = at_least(match) if scene.whole and count is None else None
    count = least if least is not None else count
    if count is None or count > 300:
        return Piece(
            "distance_indefinite",
            match.start(),
            match.end(),
            Level.CLOCK,
            lambda _: _loosely_distant(match, scene) if scene.whole else None,
            follows=False,
            optional=True,
        )
    forward = match["w"] in ("后", "之后", "以后", "过后")
    reading: Reading | None = None
    if unit in SECONDS:
        seconds = count * SECONDS[unit]
        reading = (
            clock_window(scene, seconds, seconds) if forward else clock_window(scene, -seconds, -seconds)
        )
    elif scene.reference is not None:
        day = moved(scene.reference, count if forward else -count, unit)
        if day is not None and unit == "年" and count == int(count):
            reading = year_frame(day.year)
        elif day is not None and unit in ("年", "月", "季"):
            reading = month_frame(day.year, day.month)
        elif day is not None and unit == "周":
            monday = shift_day(day, -day.weekday())
            sunday = shift_day(monday, 6) if monday else None
            reading = days_frame(monday, sunday) if monday and sunday else None
        elif day is not None:
            reading = days_frame(day, day)
    if (match["w"] == "以后" or (least is not None and forward)) and reading is not None:
        reading = replace(reading, end=None)
    elif (match["w"] == "以前" or least is not None) and reading is not None:
        reading = replace(reading, begin=None)
    # 13天后抵达 counts from the event told of, which only looking forward shows to be the report
    optional = forward and not scene.future
    return Piece(
        "distance",
        match.start(),
        match.end(),
        Level.CLOCK,
        lambda _: reading,
        follows=False,
        optional=optional,
    )


def _from_now(scene: Scene, reading: Reading | None) -> Reading | None:
    """Let a stretch that is said with 内 begin at once rather than tomorrow."""
    if reading is None or scene.reference is None or reading.clock is not None:
        return reading
    return replace(reading, begin=scene.reference, clock=(scene.now, DAY))


def _within(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 17天内 or 还剩5分钟 of a text that is nothing else; inside a sentence it is a duration."""
    count, unit = counted(match)
    reading = _from_now(scene, stretch(scene, count, unit, forward=True)) if count is not None else None
    return Piece("within", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


def _passing(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 过十周 as the time from then on."""
    count, unit = counted(match)
    day = None
    if count is not None and scene.reference is not None and unit not in SECONDS:
        day = moved(scene.reference, count, unit)
    reading = replace(days_frame(day, day), end=None) if day is not None else None
    return Piece("passing", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


def _these_years(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 这五年 and 上一个五年 from the years spoken of before (2019至2023的五年间), or from the report."""
    count = number(match["n"] or match["n2"])
    if not count or count > 100:
        return None
    spoken = scene.last.reading if scene.last is not None else None
    reading = None
    if spoken and spoken.begin and spoken.end and spoken.end.year - spoken.begin.year + 1 == count:
        reading = year_frame(spoken.begin.year, spoken.end.year)
    elif match["n"] and scene.reference is not None:
        reading = year_frame(scene.reference.year - count, scene.reference.year)
    if match["n2"] and reading is not None and reading.begin is not None:
        reading = year_frame(reading.begin.year - count, reading.begin.year - 1)
    # 这两年 says "lately" as often as two years, and 上一个五年 alone leaves open which
    optional = reading is None or match["n"] in ("两", "2", "二")
    return Piece(
        "these_years",
        match.start(),
        match.end(),
        Level.CLOCK,
        lambda _: reading,
        follows=False,
        optional=optional,
    )


def _undated(rule: str, match: re.Match[str]) -> Piece:
    """A time that says no dates: one of the cases that the definition leaves open."""
    return Piece(rule, match.start(), match.end(), Level.CLOCK, lambda _: None, follows=False, optional=True)


def _vague(match: re.Match[str], _scene: Scene) -> Piece | None:
    return _undated("vague", match)


def _frequency(match: re.Match[str], _scene: Scene) -> Piece | None:
    return _undated("frequency", match)


_BODY = rf"(?P<n>{NUMBER})(?:(?:到|至|[-—~～])(?P<n2>{NUMBER}))?[ ]?(?P<u>{UNIT})(?P<half>半)?"
_PLAIN = _BODY.replace("(?P<n2>", "(?P<n2>(?!)")
# alone, 60日内 cannot be a day of the month
_ALSO_DAYS = _PLAIN.replace("(?<![0-9])日", "日")
_TAIL = r"(?:以来|来|里|内|间|期间|之内|以内)?(?!度|级|龄|份)"
_SINCE_NOT = "自到临华访往看说源电客者历年"
_BEFORE_NOT = "线方台端言辈锋往来期提景列沿进后夕三两任首总0-9一二四五六七八九十"
_AFTER_NOT = "期来续勤者备卫方面台果代世市段遗盾半宫院患"
RULES: tuple[Rule, ...] = (
    Rule(
        "recent", rf"(?P<w>最近|近|过去|未来|今后|往后|往前|接下来|随后)(?:的)?(?:这)?{_BODY}{_TAIL}", _recent
    ),
    # 前两个月 and 前三季度 are the first of the year, 上半年 the first half: not counted back
    Rule(
        "recent_bare",
        rf"\A(?P<w>上(?!百)|下|前(?!.{{1,3}}[月季])|后|之前|此前)(?:的)?(?:这)?(?!半[周年月]){_BODY}{_TAIL}",
        _recent,
    ),
    Rule(
        "these_years",
        r"(?:这(?P<n>[二两三四五六七八九十]|[0-9]{1,2})|上一?个(?P<n2>五|十|5|10))年(?:以来|来|里|间)?(?!代|级|龄|计划|规划|前|后|多)",
        _these_years,
    ),
    Rule("within", rf"\A{_ALSO_DAYS}(?:以内|之内|内)\Z", _within),
    Rule("remaining", rf"\A还剩[ ]?{_PLAIN}\Z", _within),
    Rule("passing", rf"\A再?过{_PLAIN}\Z", _passing),
    Rule(
        "vague",
        r"近(?:些|几|十几|十多|数十|数|十余)?年(?:以来|来)?|[这近]几年(?:以来|来)?|这些年(?:以来|来)?(?!轻)|近代以来|近?(?:半个?|一个|[两二三四五]个)多?世纪(?:以来|来)"
        r"|(?<![0-9一二三四五六七八九十百])(?:多|数|几十|数十|几|十几|十多|十余|上百|数百)年(?:以来|来)|往年|历年来?|常年|往常",
        _vague,
    ),
    # 二季度以来 is since the second quarter
    Rule(
        "count_since",
        rf"(?<![0-9.第上下])(?<![0-9]多)(?![一二三四]季){_PLAIN}(?:以来|来(?![{_SINCE_NOT}]))",
        _since_count,
    ),
    Rule(
        "distance",
        rf"(?<![0-9.第每]){_PLAIN}(?P<w>以前|之前|前(?![{_BEFORE_NOT}])|以后|之后|过后|后(?![{_AFTER_NOT}]))",
        _distance,
    ),
    Rule(
        "frequency",
        rf"(?:每|逐|按)(?:隔)?(?:(?:{NUMBER})?(?:个)?(?:年度|年|季度|季|月|周|星期|天|日|小时|半年)|晚|晨|半年)(?:年初|初|底|末)?",
        _frequency,
    ),
)
