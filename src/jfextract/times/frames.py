"""Calendar arithmetic on readings: years, months, days, and which year a bare month means."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Callable
from functools import lru_cache

from jfextract.times.expression import Grain, Reading
from jfextract.times.piece import Scene

__all__ = ["add_months", "day_frame", "days_frame", "month_frame", "pick", "shift_day", "year_frame"]


@lru_cache(maxsize=4096)
def year_frame(first: int, last: int | None = None, grain: Grain = "year") -> Reading | None:
    """The reading of a year, or of the years from ``first`` to ``last``; None outside 1–9999."""
    last = first if last is None else last
    if not 1 <= first <= last <= 9999:
        return None
    return Reading(datetime.date(first, 1, 1), datetime.date(last, 12, 31), grain, grain)


@lru_cache(maxsize=4096)
def month_frame(year: int, first: int, last: int | None = None) -> Reading | None:
    """The reading of months of a year; numbers past 12 (or below 1) run into the neighbouring year.

    >>> month_frame(2023, 12, 14).end
    datetime.date(2024, 2, 29)
    """
    last = first if last is None else last
    begin_year, begin_month = divmod(year * 12 + first - 1, 12)
    end_year, end_month = divmod(year * 12 + last - 1, 12)
    if not (1 <= begin_year <= end_year <= 9999) or first > last:
        return None
    days = monthrange(end_year, end_month + 1)[1]
    return Reading(
        datetime.date(begin_year, begin_month + 1, 1),
        datetime.date(end_year, end_month + 1, days),
        "month",
        "month",
    )


@lru_cache(maxsize=4096)
def day_frame(year: int, month: int, day: int) -> Reading | None:
    """The reading of one day; None when the calendar has no such day (2月30日)."""
    try:
        only = datetime.date(year, month, day)
    except ValueError:
        return None
    return Reading(only, only, "day", "day")


def days_frame(begin: datetime.date, end: datetime.date) -> Reading:
    """The reading of the days from ``begin`` to ``end``."""
    return Reading(begin, end, "day", "day")


def shift_day(day: datetime.date, days: int) -> datetime.date | None:
    """Move a date by days; None where the calendar ends."""
    try:
        return day + datetime.timedelta(days=days)
    except OverflowError:
        return None


@lru_cache(maxsize=4096)
def add_months(day: datetime.date, months: int) -> datetime.date | None:
    """Move a date by months, to the last day of the month when it is shorter; None where the calendar ends.

    >>> add_months(datetime.date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def pick(scene: Scene, of_year: Callable[[int], Reading | None], ahead: int) -> Reading | None:
    """Choose the year that a month, day or holiday without one belongs to.

    ``of_year`` gives its reading in a year. The year that governs the sentence wins; else, when the
    words look forward, the first that is not over; else the latest that has begun, for news looks
    back (12月 in March is last December), unless the next begins within ``ahead`` days.
    """
    if scene.governing is not None and scene.governing.begin is not None:
        return of_year(scene.governing.begin.year)
    if scene.reference is None:
        return None
    year, today = scene.reference.year, scene.reference
    readings = [reading for y in (year - 1, year, year + 1) if (reading := of_year(y)) is not None]
    readings = [r for r in readings if r.begin is not None and r.end is not None]
    if scene.future:
        for reading in readings:
            # 预计2月 said early in March is the month just over
            over = 31 if reading.first == "month" else 0
            if reading.end is not None and (today - reading.end).days <= over:
                return reading
    latest: Reading | None = None
    for reading in readings:
        if reading.begin is not None and (reading.begin - today).days <= ahead:
            latest = reading
    told = scene.year.begin.year if scene.year is not None and scene.year.begin is not None else year
    if latest is not None and latest.begin is not None and latest.begin > today and told < year - 1:
        return of_year(told)  # a day still to come, in a paragraph that tells of years ago
    return latest or (readings[0] if readings else None)
