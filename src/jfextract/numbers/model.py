"""The value that this room returns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jfextract.model import Mod

__all__ = ["Number", "Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a numeral says, apart from where it stands.

    ``value`` is None for an indefinite number or a range; ``low`` and ``high`` are its bounds (None:
    open, or not needed). ``form`` is ``figure``, ``hanzi``, ``mixed``, ``bare`` (百, 万 with no digit before),
    ``digits`` (二〇二四, read digit by digit), ``indefinite``, ``estimate`` (两三, 七八十), ``fraction``,
    ``range`` or ``ordinal``.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    mod: Mod
    form: str
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; ``text[start:end]`` of the searched text is ``text``.

    ``value``, ``low``, ``high`` and ``mod`` follow the measures of the record: scale words are folded in,
    ranges are never averaged. ``rule`` names the rule that made it.
    """

    text: str
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    mod: Mod
    form: str
    rule: str
