"""The value that this room returns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jfextract.model import Mod

__all__ = ["Quantity"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; ``text[start:end]`` of the searched text is ``text``.

    The span runs from the first approximator or currency sign to the last character of the unit or
    of a trailing approximator; ``number_end`` and ``unit_start`` are offsets into the same text (equal to
    ``end`` where no unit is written). ``value``, ``low``, ``high``, ``mod``, ``kind`` and ``unit`` are those of a
    measure: base units with scale words folded in, money as ISO 4217 code. ``per`` is the denominator if
    the quantity itself states one (元/吨, 时速350公里), else None. ``optional`` marks what counts only on
    request: an article (一个缩影), a slogan (“三项机制”), a figure inside a title.
    """

    text: str
    start: int
    end: int
    number_end: int
    unit_start: int
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    mod: Mod
    unit: str | None
    per: str | None
    optional: bool
    rule: str
    confidence: float
