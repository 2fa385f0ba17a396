"""What an expression means: two dates, how finely they are known, and the EDTF that says so."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jfextract.model import Time

__all__ = ["Expression", "Grain", "Reading", "edtf_of", "interval"]

Grain = Literal["century", "decade", "year", "month", "day"]


@dataclass(frozen=True, slots=True)
class Reading:
    """The calendar meaning of an expression, both ends inclusive; None is an open or unknown end.

    ``first``/``last`` are the grains the two ends are written with. ``clock`` is the time of day in
    seconds from midnight of ``begin`` and of ``end`` (end exclusive, None for a point of time).
    """

    begin: datetime.date | None
    end: datetime.date | None
    first: Grain
    last: Grain
    approx: bool = False
    clock: tuple[int, int | None] | None = None
    edtf: str | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression of a text with its reading; ``reading`` is None when it cannot be resolved.

    ``start``/``end`` are offsets into the text that was searched.
    """

    text: str
    start: int
    end: int
    reading: Reading | None
    rule: str
    optional: bool = False

    def to_time(self) -> Time:
        """The record's form of this expression."""
        edtf = edtf_of(self.reading) if self.reading else None
        return Time(self.text, self.start, self.end, edtf, self.rule, self.optional)


def _write(day: datetime.date, grain: Grain) -> str:
    if grain == "century":
        return f"{day.year // 100:02d}XX"
    if grain == "decade":
        return f"{day.year // 10:03d}X"
    if grain == "year":
        return f"{day.year:04d}"
    return f"{day.year:04d}-{day.month:02d}" + (f"-{day.day:02d}" if grain == "day" else "")


@lru_cache(maxsize=4096)
def edtf_of(reading: Reading) -> str:
    """Write a reading as EDTF level 1.

    >>> edtf_of(Reading(datetime.date(2019, 9, 1), None, "month", "month"))
    '2019-09/..'
    """
    if reading.edtf is not None:
        return reading.edtf
    mark = "~" if reading.approx else ""
    left = _write(reading.begin, reading.first) + mark if reading.begin else ".."
    right = _write(reading.end, reading.last) + mark if reading.end else ".."
    # level 1 knows no unspecified digits inside an interval: 80年代以来 is 1980/..
    return left if left == right else f"{left.replace('X', '0')}/{right.replace('X', '9')}"


_POINT = re.compile(r"(\d{2,4}X{0,2})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")


def _bounds(point: str) -> tuple[datetime.date, datetime.date] | None:
    match = _POINT.fullmatch(point)
    if match is None or len(match[1]) != 4:
        return None
    low, high = int(match[1].replace("X", "0")), int(match[1].replace("X", "9"))
    month, day = match[2], match[3]
    try:
        if day:
            only = datetime.date(low, int(month), int(day))
            return only, only
        if month:
            last = monthrange(low, int(month))[1]
            return datetime.date(low, int(month), 1), datetime.date(low, int(month), last)
        return datetime.date(max(low, 1), 1, 1), datetime.date(high, 12, 31)
    except ValueError:
        return None


def interval(edtf: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Give the first and the last day of an EDTF string, for joins; None for an open or unreadable end.

    >>> interval("2018-01/2018-03")
    (datetime.date(2018, 1, 1), datetime.date(2018, 3, 31))
    >>> interval("2019-09/..")
    (datetime.date(2019, 9, 1), None)
    """
    left, slash, right = edtf.partition("/")
    first, last = _bounds(left), _bounds(right if slash else left)
    return (first[0] if first else None), (last[1] if last else None)
