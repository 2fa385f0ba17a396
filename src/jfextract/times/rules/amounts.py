"""How far a count of units reaches: 三个半月, 近三年, 上两周, 48小时, from the report's date."""

from __future__ import annotations

import datetime
import re

from jfextract.times.clock import DAY
from jfextract.times.expression import Grain, Reading
from jfextract.times.frames import add_months, days_frame, month_frame, shift_day, year_frame
from jfextract.times.piece import Scene
from jfextract.times.words import number

__all__ = ["NUMBER", "SECONDS", "UNIT", "at_least", "clock_window", "counted", "moved", "stretch"]

SECONDS = {"小时": 3600, "钟头": 3600, "分钟": 60, "秒": 1, "秒钟": 1, "分": 60, "刻钟": 900, "钟": 3600}
_UNITS = {"周年": "年", "个年头": "年", "载": "年", "日": "天", "星期": "周", "礼拜": "周", "季度": "季"}
NUMBER = r"(?:[0-9]{1,3}(?:\.5)?|[一二两三四五六七八九十百半俩]{1,5}|[几数][十百]?|十[几多])"
UNIT = (
    r"(?:个(?:半|多)?(?:小时|钟头|钟|月|季度|星期|礼拜|周)|(?:多|余)(?:个小时|小时|个月|个季度|个星期|年|天|周)"
    r"|(?<=半)月|小时|钟头|刻钟|分钟|秒钟|秒|周年|年多?|季度|星期|礼拜|周|天|(?<![0-9])日)"
)


def _amount(word: str, unit: str) -> float | None:
    """The count, 0.5 for 半; None for an indefinite one (几, 十多)."""
    if word == "半":
        return 0.5
    value = float(word) if word.replace(".", "", 1).isdigit() else number(word)
    if value is None:
        return None
    return value + 0.5 if "半" in unit else float(value)


def counted(match: re.Match[str]) -> tuple[float | None, str]:
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


def at_least(match: re.Match[str]) -> float | None:
    """The count that 三年多 or 20多个月 exceeds; None when the words do not say 多 behind a number."""
    more = match["u"].strip("个年月周天季度星期小时") in ("多", "余")
    return float(whole) if more and (whole := number(match["n"].rstrip("多"))) is not None else None


def _half_month(count: float, unit: str) -> tuple[float, str]:
    """半月 is fifteen days."""
    return (15, "天") if unit == "月" and count == 0.5 else (count, unit)


def moved(day: datetime.date, count: float, unit: str) -> datetime.date | None:
    """Move a date by a count of units; halves are six months, two weeks, half a day."""
    if unit == "年":
        return add_months(day, round(count * 12))
    if unit == "季":
        return add_months(day, round(count * 3))
    if unit == "月":
        other = add_months(day, int(count))
        half = count - int(count)
        return shift_day(other, round(half * 30)) if other and half else other
    return shift_day(day, round(count * (7 if unit == "周" else 1)))


def clock_window(scene: Scene, first: float, last: float) -> Reading | None:
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


def stretch(
    scene: Scene, count: float, unit: str, forward: bool, whole_units: bool = False
) -> Reading | None:
    """The last or next so many years, months, days: 近三年 of a report of 2022 is 2019/2022."""
    today = scene.reference
    if unit in SECONDS:
        size = SECONDS[unit]
        seconds = count * size
        if whole_units:
            past = scene.now % size
            return (
                clock_window(scene, size - past, size - past + seconds)
                if forward
                else clock_window(scene, -past - seconds, -past)
            )
        return clock_window(scene, 0, seconds) if forward else clock_window(scene, -seconds, 0)
    if today is None:
        return None
    other = moved(today, count if forward else -count, unit)
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
