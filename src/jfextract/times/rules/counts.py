"""Counted distances from the report: 近三年, 过去五年, 未来3年内, 三年来, 5年前, 三天后, 近年来, 每年."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from jfextract.times.clock import DAY
from jfextract.times.expression import Grain, Reading
from jfextract.times.frames import add_months, days_frame, month_frame, shift_day, year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.words import number

__all__ = ["RULES"]

_SECONDS = {"小时": 3600, "钟头": 3600, "分钟": 60, "秒": 1, "秒钟": 1, "分": 60, "刻钟": 900, "钟": 3600}
_UNITS = {"周年": "年", "个年头": "年", "载": "年", "日": "天", "星期": "周", "礼拜": "周", "季度": "季"}
_NUMBER = r"(?:[0-9]{1,3}(?:\.5)?|[一二两三四五六七八九十百半俩]{1,5}|[几数][十百]?|十[几多])"
_UNIT = (
    r"(?:个(?:半|多)?(?:小时|钟头|钟|月|季度|星期|礼拜|周)|(?:多|余)(?:个小时|小时|个月|个季度|个星期|年|天|周)"
    r"|(?<=半)月|小时|钟头|刻钟|分钟|秒钟|秒|周年|年多?|季度|星期|礼拜|周|天|(?<![0-9])日)"
)
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


def _amount(word: str, unit: str) -> float | None:
    """The count, 0.5 for 半; None for an indefinite one (几, 十多)."""
    if word == "半":
        return 0.5
    value = float(word) if word.replace(".", "", 1).isdigit() else number(word)
    if value is None:
        return None
    return value + 0.5 if "半" in unit else float(value)


def _split(match: re.Match[str]) -> tuple[float | None, str]:
    """The count and the unit, one of 年 季 月 周 天 or a unit of the clock."""
    unit = match["u"]
    count = _amount(match["n2"] or match["n"], unit)
    bare = re.sub("[个半多余]", "", unit)
    bare = _UNITS.get(bare, bare)
    if "多" in unit or "余" in unit or "多" in match["n"]:
        count = None
    if "half" in match.re.groupindex and match["half"] and count is not None:
        count += 0.5
    return _half_month(count, bare) if count is not None else (None, bare)


def _half_month(count: float, unit: str) -> tuple[float, str]:
    """半月 is fifteen days."""
    return (15, "天") if unit == "月" and count == 0.5 else (count, unit)


def _moved(day: datetime.date, count: float, unit: str) -> datetime.date | None:
    """Move a date by a count of units; halves are six months, two weeks, half a day."""
    if unit == "年":
        return add_months(day, round(count * 12))
    if unit == "季":
        return add_months(day, round(count * 3))
    if unit == "月":
        moved = add_months(day, int(count))
        half = count - int(count)
        return shift_day(moved, round(half * 30)) if moved and half else moved
    return shift_day(day, round(count * (7 if unit == "周" else 1)))


def _clock_window(scene: Scene, first: float, last: float) -> Reading | None:
    """The stretch between two distances in seconds from now."""
    if scene.reference is None:
        return None
    begin, end = scene.now + first, scene.now + last
    begin_day = shift_day(scene.reference, int(begin // DAY))
    end_day = shift_day(scene.reference, int(end // DAY))
    if begin_day is None or end_day is None:
        return None
    return Reading(begin_day, end_day, "day", "day", clock=(int(begin % DAY), int(end % DAY)))


def _whole_units(today: datetime.date, count: float, unit: str, forward: bool) -> Reading | None:
    """The last or next so many full calendar units: 上两个月 said in February is December and January."""
    number_of = max(1, round(count))
    first, last = (1, number_of) if forward else (-number_of, -1)
    if unit == "年":
        return year_frame(today.year + first, today.year + last)
    if unit == "月":
        return month_frame(today.year, today.month + first, today.month + last)
    if unit == "季":
        quarter = (today.month - 1) // 3 * 3 + 1
        return month_frame(today.year, quarter + 3 * first, quarter + 3 * last + 2)
    step = 7 if unit == "周" else 1
    origin = shift_day(today, -today.weekday()) if unit == "周" else today
    begin = shift_day(origin, step * first) if origin else None
    end = shift_day(origin, step * (last + 1) - 1) if origin else None
    return days_frame(begin, end) if begin and end else None


def _stretch(
    scene: Scene, count: float, unit: str, forward: bool, whole_units: bool = False
) -> Reading | None:
    """The last or next so many years, months, days: 近三年 of a report of 2022 is 2019/2022."""
    today = scene.reference
    if unit in _SECONDS:
        size = _SECONDS[unit]
        seconds = count * size
        if whole_units:
            past = scene.now % size
            return (
                _clock_window(scene, size - past, size - past + seconds)
                if forward
                else _clock_window(scene, -past - seconds, -past)
            )
        return _clock_window(scene, 0, seconds) if forward else _clock_window(scene, -seconds, 0)
    if today is None:
        return None
    other = _moved(today, count if forward else -count, unit)
    if other is None:
        return None
    if whole_units:
        return _whole_units(today, count, unit, forward)
    if unit in ("周", "天"):
        step = shift_day(today, 1 if forward else -1)
        if step is None:
            return None
        return days_frame(step, other) if forward else days_frame(other, step)
    grain: Grain = "year" if unit == "年" and count == int(count) else "month"
    tomorrow = shift_day(today, 1) or today
    if tomorrow.month != today.month:
        tomorrow = today
    begin, end = (tomorrow, other) if forward else (other, today)
    return Reading(begin, end, grain, grain)


def _recent(match: re.Match[str], scene: Scene) -> Piece | None:
    count, unit = _split(match)
    if match["w"] == "近" and not match.group().endswith("来") and not scene.whole:
        before = scene.text[max(0, match.start() - 1) : match.start()]
        if unit in _SECONDS or before not in _RECENT_AFTER or _is_duration(scene.text, match.start()):
            return None
    forward = match["w"] in ("未来", "今后", "往后", "接下来", "随后", "下", "后")
    if count is None or count > 300:
        return Piece(
            "recent_indefinite",
            match.start(),
            match.end(),
            Level.CLOCK,
            lambda _: None,
            follows=False,
            optional=True,
        )
    whole_units = (
        match["w"] in ("上", "下")
        or (match["w"], unit) == ("前", "年")
        or (match["w"] in "前后" and unit in _SECONDS)
    )
    reading = _stretch(scene, count, unit, forward, whole_units)
    if forward and match.group().endswith("内"):
        reading = _from_now(scene, reading)
    optional = bool(match["n2"])
    return Piece(
        "recent", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False, optional=optional
    )


def _since_count(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 三年来, 6个月来, 建交60年来."""
    count, unit = _split(match)
    if count is None or count > 200:
        return Piece(
            "recent_indefinite",
            match.start(),
            match.end(),
            Level.CLOCK,
            lambda _: None,
            follows=False,
            optional=True,
        )
    reading = _stretch(scene, count, unit, forward=False)
    return Piece("count_since", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


def _distance(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 5年前 as that year, 3个月前 as that month, 10天前 as that day."""
    if _is_duration(scene.text, match.start()):
        return None
    count, unit = _split(match)
    if count is None or count > 300:
        return Piece(
            "distance_indefinite",
            match.start(),
            match.end(),
            Level.CLOCK,
            lambda _: None,
            follows=False,
            optional=True,
        )
    forward = match["w"] in ("后", "之后", "以后", "过后")
    reading: Reading | None = None
    if unit in _SECONDS:
        seconds = count * _SECONDS[unit]
        reading = (
            _clock_window(scene, seconds, seconds) if forward else _clock_window(scene, -seconds, -seconds)
        )
    elif scene.reference is not None:
        day = _moved(scene.reference, count if forward else -count, unit)
        if day is not None and unit == "年" and count == int(count):
            reading = year_frame(day.year)
        elif day is not None and unit in ("年", "月", "季"):
            reading = Reading(day.replace(day=1), day, "month", "month")
        elif day is not None and unit == "周":
            monday = shift_day(day, -day.weekday())
            sunday = shift_day(monday, 6) if monday else None
            reading = days_frame(monday, sunday) if monday and sunday else None
        elif day is not None:
            reading = days_frame(day, day)
    if match["w"] == "以后" and reading is not None:
        reading = replace(reading, end=None)
    elif match["w"] == "以前" and reading is not None:
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
    """Read 17天内 of a text that is nothing else; inside a sentence it is a duration."""
    count, unit = _split(match)
    reading = _from_now(scene, _stretch(scene, count, unit, forward=True)) if count is not None else None
    return Piece("within", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


def _passing(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 过十周 as the time from then on."""
    count, unit = _split(match)
    day = None
    if count is not None and scene.reference is not None and unit not in _SECONDS:
        day = _moved(scene.reference, count, unit)
    reading = replace(days_frame(day, day), end=None) if day is not None else None
    return Piece("passing", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


def _vague(match: re.Match[str], _scene: Scene) -> Piece | None:
    return Piece(
        "vague", match.start(), match.end(), Level.CLOCK, lambda _: None, follows=False, optional=True
    )


def _frequency(match: re.Match[str], _scene: Scene) -> Piece | None:
    return Piece(
        "frequency", match.start(), match.end(), Level.CLOCK, lambda _: None, follows=False, optional=True
    )


_BODY = rf"(?P<n>{_NUMBER})(?:(?:到|至|[-—~～])(?P<n2>{_NUMBER}))?[ ]?(?P<u>{_UNIT})(?P<half>半)?"
_PLAIN = _BODY.replace("(?P<n2>", "(?P<n2>(?!)")
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
    Rule("within", rf"\A{_PLAIN}(?:以内|之内|内)\Z", _within),
    Rule("passing", rf"\A再?过{_PLAIN}\Z", _passing),
    Rule(
        "vague",
        r"近(?:些|几|十几|十多|数十|数|十余)?年(?:以来|来)?|[这近]几年(?:以来|来)?|这些年(?:以来|来)?(?!轻)|近代以来"
        r"|(?<![0-9一二三四五六七八九十百])(?:多|数|几十|数十|几|十几|十多|十余|上百|数百)年(?:以来|来)|往年|历年来?|常年|全年(?!龄)|往常",
        _vague,
    ),
    Rule("count_since", rf"(?<![0-9.第])(?<![0-9]多){_PLAIN}(?:以来|来(?![{_SINCE_NOT}]))", _since_count),
    Rule(
        "distance",
        rf"(?<![0-9.第每]){_PLAIN}(?P<w>以前|之前|前(?![{_BEFORE_NOT}])|以后|之后|过后|后(?![{_AFTER_NOT}]))",
        _distance,
    ),
    Rule(
        "frequency",
        rf"(?:每|逐|按)(?:隔)?(?:(?:{_NUMBER})?(?:个)?(?:年度|年|季度|季|月|周|星期|天|日|小时|半年)|晚|晨|半年)(?:年初|初|底|末)?",
        _frequency,
    ),
)
