"""A quantity while it is put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from jfextract.numbers.model import Reading
from jfextract.units.tables import Unit, UnitMatch

__all__ = ["HALF", "HALVED", "PER", "PERCENT", "Piece", "bare_piece", "more", "times", "unit_piece"]

HALF = Decimal("0.5")
HALVED = frozenset(
    ("age", "duration", "length", "mass", "area", "volume", "multiple", "money", "tenth", "percentage_point")
)
PERCENT = Unit("%", "percent", None, None)
PER = {
    "年": "year",
    "月": "month",
    "个月": "month",
    "天": "day",
    "日": "day",
    "周": "week",
    "季度": "quarter",
    "小时": "hour",
    "分钟": "minute",
    "分": "minute",
    "秒": "second",
    "人": "person",
    "户": "household",
}
"""Denominators that the record names in English; any other is the noun itself."""


@dataclass(slots=True)
class Piece:
    """A number and perhaps its unit; ``run`` is its numerals, ``rule`` how it was read."""

    start: int
    number_end: int
    unit_start: int
    end: int
    run: str
    reading: Reading
    unit: Unit | None
    kind: str
    rule: str
    per: str | None = None
    optional: bool = False
    joined: bool = False


def unit_piece(start: int, number_end: int, match: UnitMatch, run: str, reading: Reading, rule: str) -> Piece:
    """A piece whose unit was matched in the text."""
    return Piece(start, number_end, match.start, match.end, run, reading, match.unit, match.unit.kind, rule)


def bare_piece(start: int, end: int, run: str, reading: Reading, kind: str, rule: str) -> Piece:
    """A piece without a written unit."""
    return Piece(start, end, end, end, run, reading, None, kind, rule)


def times(reading: Reading, factor: Decimal) -> Reading:
    """Multiply value and bounds."""
    value, low, high = (None if x is None else x * factor for x in (reading.value, reading.low, reading.high))
    return replace(reading, value=value, low=low, high=high)


def more(reading: Reading, amount: Decimal) -> Reading:
    """Add to the value, as 半 does in 三斤半."""
    return reading if reading.value is None else replace(reading, value=reading.value + amount)
