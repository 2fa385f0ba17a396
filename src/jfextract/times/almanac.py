"""The lunar calendar, the solar terms and the holidays, from tables; nothing is loaded before it is asked for."""

from __future__ import annotations

import datetime
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.times.expression import Reading
from jfextract.times.frames import day_frame, days_frame, shift_day

__all__ = [
    "TERMS",
    "holiday_day",
    "holiday_names",
    "holiday_period",
    "lunar_day",
    "lunar_month",
    "near_period",
    "term_day",
]

TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip


@lru_cache(maxsize=1)
def _lunar_years() -> dict[int, tuple[datetime.date, int, str]]:
    rows = room_table("times", "lunar_years.tsv", ("year", "first", "leap", "months"), key="year")
    return {
        int(r["year"]): (datetime.date.fromisoformat(r["first"]), int(r["leap"]), r["months"]) for r in rows
    }


@lru_cache(maxsize=1)
def _term_days() -> dict[int, list[int]]:
    rows = room_table("times", "solar_terms.tsv", ("year", "days"), key="year")
    return {int(r["year"]): [int(day) for day in r["days"].split()] for r in rows}


def lunar_month(year: int, month: int, leap: bool = False) -> Reading | None:
    """The days of a month of a lunar year (1900–2100); None when the year has no such month.

    >>> lunar_month(2024, 1).begin
    datetime.date(2024, 2, 10)
    """
    known = _lunar_years().get(year)
    if known is None or not 1 <= month <= 12:
        return None
    first, leap_month, lengths = known
    if leap and month != leap_month:
        return None
    index = month - 1 + (1 if leap or 0 < leap_month < month else 0)
    days = [29 + int(long) for long in lengths]
    begin = first + datetime.timedelta(days=sum(days[:index]))
    return days_frame(begin, begin + datetime.timedelta(days=days[index] - 1))


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> Reading | None:
    """A day of the lunar calendar; 30 of a month of 29 days is its last, as 大年三十 is said.

    >>> lunar_day(2020, 1, 2).begin
    datetime.date(2020, 1, 26)
    """
    inside = lunar_month(year, month, leap)
    if inside is None or inside.begin is None or inside.end is None or not 1 <= day <= 30:
        return None
    found = min(inside.begin + datetime.timedelta(days=day - 1), inside.end)
    return days_frame(found, found)


def term_day(year: int, name: str) -> Reading | None:
    """The day of a solar term in China Standard Time.

    >>> term_day(2024, "清明").begin
    datetime.date(2024, 4, 4)
    """
    days = _term_days().get(year)
    index = TERMS.index(name)
    return day_frame(year, index // 2 + 1, days[index]) if days else None


def _easter(year: int, orthodox: bool) -> datetime.date:
    """Easter Sunday after Butcher's (Gregorian) and Meeus' (Julian) algorithms."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return datetime.date(year, month, day + 1) + datetime.timedelta(days=year // 100 - year // 400 - 2)
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def _by_rule(rule: str, year: int) -> Reading | None:
    kind, *words = rule.split()
    if kind == "lunar":
        month, day = words[0].split("-")
        # a holiday of the twelfth lunar month lies in the year that the report says
        return lunar_day(year - 1 if month == "12" else year, int(month), int(day))
    if kind == "eve":
        new_year = lunar_day(year, 1, 1)
        eve = shift_day(new_year.begin, -1) if new_year and new_year.begin else None
        return days_frame(eve, eve) if eve else None
    if kind == "term":
        return term_day(year, words[0])
    if kind in ("easter", "orthodox"):
        if not 1583 <= year <= 4000:
            return None
        found = _easter(year, kind == "orthodox") + datetime.timedelta(days=int(words[0]))
        return days_frame(found, found)
    if kind == "nth":
        of_month, count, weekday = (int(word) for word in words)
        first = datetime.date(year, of_month, 1)
        found = first + datetime.timedelta(days=(weekday - 1 - first.weekday()) % 7 + 7 * (count - 1))
        return days_frame(found, found)
    month, day = kind.split("-")
    return day_frame(year, int(month), int(day))


@lru_cache(maxsize=1)
def _holidays() -> dict[tuple[str, str], tuple[str, str, bool]]:
    rows = room_table("times", "holidays.tsv", ("name", "rule", "period", "region", "bare"))
    return {(r["name"], r["region"]): (r["rule"], r["period"], r["bare"] == "yes") for r in rows}


@lru_cache(maxsize=1)
def _periods() -> dict[tuple[str, int], Reading]:
    rows = room_table("times", "holiday_periods.tsv", ("name", "year", "first", "last"))
    days = datetime.date.fromisoformat
    return {(r["name"], int(r["year"])): days_frame(days(r["first"]), days(r["last"])) for r in rows}


def _row(name: str, region: str) -> tuple[str, str, bool] | None:
    return _holidays().get((name, region)) or _holidays().get((name, ""))


@lru_cache(maxsize=4)
def holiday_names(region: str) -> dict[str, bool]:
    """The names that are holidays in a region, and whether each is a time when it stands alone."""
    return {name: row[2] for (name, of), row in _holidays().items() if of in ("", region)}


def holiday_day(name: str, year: int, region: str) -> Reading | None:
    """The day of a holiday in a year; None when the name is unknown there or the year out of the tables."""
    row = _row(name, region)
    return _by_rule(row[0], year) if row and 1 <= year <= 9999 else None


def holiday_period(name: str, year: int, region: str) -> Reading | None:
    """The days off that belong to a holiday: the official ones on the mainland where known, else its day."""
    row = _row(name, region)
    if row is None:
        return None
    period = row[1]
    if period and not period.startswith("+") and region == "mainland":
        known = _periods().get((period, year))
        if known is not None:
            return known
    day = holiday_day(name, year, region)
    more = (
        6
        if period in ("春节", "国庆")
        else 39
        if period == "春运"
        else int(period)
        if period.startswith("+")
        else 0
    )
    last = shift_day(day.begin, more) if day and day.begin else None
    return days_frame(day.begin, last) if day and day.begin and last else None


def near_period(today: datetime.date) -> Reading | None:
    """The official holiday period that a bare 假期 means: under way, or over for at most a week."""
    for (name, _), days in _periods().items():
        if (
            name != "春运"
            and days.begin
            and days.end
            and days.begin <= today <= days.end + datetime.timedelta(days=7)
        ):
            return days
    return None
