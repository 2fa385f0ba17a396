"""How a figure and its change are written for people, on the page and on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jfextract.model import Check, Measure

__all__ = ["change_words", "check_counts", "counted", "figure_words", "number_words", "unit_words"]

_BOUND_SIGNS = {"approx": "≈ ", "above": "≥ ", "below": "≤ "}
_ARROWS = {"increase": "↑", "decrease": "↓", "none": "＝"}


def number_words(number: Decimal) -> str:
    """The number in full with thousands marked; a fraction as stated, but none for a whole number.

    >>> [number_words(Decimal(number)) for number in ("1.0193E+7", "10600.00", "33.20")]
    ['10,193,000', '10,600', '33.20']
    """
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,f}"


def unit_words(figure: str, unit: str | None) -> str:
    """A written figure with its unit: a percent sign stands close, others apart."""
    if unit is None:
        return figure
    return f"{figure}{unit}" if unit in ("%", "‰", "℃") else f"{figure} {unit}"


def figure_words(measure: Measure) -> str:
    """The value or the bounds of a measure, with its approximation and its unit.

    30%至50% is ``30–50%``, 2万余名 ``≥ 20,000 名``, 十余名 ``≈ 10–19 名``, 上千次 ``≥ 1,000 次``.
    """
    low, high = measure.low, measure.high
    sign = _BOUND_SIGNS.get(measure.mod, "")
    if measure.value is not None:
        figure = sign + number_words(measure.value)
    elif low is not None and high is not None:
        figure = f"{'≈ ' if measure.mod == 'approx' else ''}{number_words(low)}–{number_words(high)}"
    elif low is not None:
        figure = f"≥ {number_words(low)}"
    elif high is not None:
        figure = f"≤ {number_words(high)}"
    else:  # a score (91比79) or a ratio has no single value: its own words say it
        return measure.text
    return unit_words(figure, measure.unit)


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(1200, "figure")
    ('1 report', '1,200 figures')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def check_counts(checks: Iterable[Check]) -> str:
    """How many checks have which status, worst last; empty when there are none.

    >>> check_counts([])
    ''
    """
    told = [check.status for check in checks]
    words = (
        ("holds", "holds" if told.count("holds") == 1 else "hold"),
        ("within rounding", "within rounding"),
        ("fails", "fails" if told.count("fails") == 1 else "fail"),
    )
    return ", ".join(f"{told.count(status)} {word}" for status, word in words if status in told)


def change_words(measure: Measure) -> str:
    """How the figure moved and what it is of the movement: ``↓ by``, ``↑ to``, ``target``; empty for a level."""
    role = "" if measure.role == "level" else measure.role
    arrow = "" if measure.change is None else _ARROWS[measure.change]
    return f"{arrow} {role}".strip()
