"""What an expression means: two dates, how finely they are known, and the EDTF that says so."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jfextract.model import Doubt, Time
from jfextract.times.interval import days_of

__all__ = ["Expression", "Grain", "Reading", "edtf_of"]

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

    ``start``/``end`` are offsets into the text that was searched; ``doubt`` is that of ``Time``.
    """

    text: str
    start: int
    end: int
    reading: Reading | None
    rule: str
    optional: bool = False
    doubt: Doubt | None = None

    def to_time(self) -> Time:
        """The record's form of this expression."""
        edtf = edtf_of(self.reading) if self.reading else None
        first, last = days_of(edtf)
        return Time(self.text, self.start, self.end, edtf, self.rule, self.optional, first, last, self.doubt)


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
