"""A stated change against two levels: by a percentage, an amount, a multiple, percentage points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import product

from jfextract.checks.rounding import Bounds, bounds, judge, shown, widest, written_like
from jfextract.model import Check, Measure

__all__ = ["compare_levels", "compare_yearly"]

_HUNDRED = Decimal(100)
_FOUR = Decimal("0.0001")
_MOST_SPREAD = Decimal("0.3")
_FINE = Decimal(1)  # a percentage known to one point is never too rough


@dataclass(frozen=True, slots=True)
class _Formula:
    """How a kind of change follows from the old and the new level; ``signed``: a decrease is negative."""

    kind: str
    unit: str
    signed: bool = True

    def of(self, old: Decimal, new: Decimal) -> Decimal:
        if self.kind == "growth":
            return (new - old) / old * _HUNDRED
        if self.kind == "multiple":
            return new / old
        if self.kind == "increase in multiples":
            return (new - old) / old
        return new - old


def compare_levels(
    measures: Sequence[Measure],
    then: int,
    now: int,
    change: int,
    labels: tuple[str, str],
    *,
    times_as_much: bool = False,
) -> Check | None:
    """Hold the change at index ``change`` against the levels ``then`` and ``now``; ``labels`` tell the two apart.

    ``times_as_much``: the multiple compares the levels themselves (是…的2倍, 翻了一番), not their difference
    (增长2倍). None when no arithmetic relates the three, or when the levels are too rough to tell anything.
    """
    old, new, stated = measures[then], measures[now], measures[change]
    formula = _formula(old, new, stated, times_as_much)
    if formula is None:
        return None
    sign = -1 if stated.change == "decrease" and formula.signed else 1
    spans = bounds(old), bounds(new)
    ends = _ends(formula, *spans)
    # a range or an indefinite number has no value: its middle stands for it
    before, after = (_middle(level, span) for level, span in zip((old, new), spans, strict=True))
    if ends is None or before is None or after is None or before <= 0:
        return None
    computed = formula.of(before, after)
    status = judge(stated, computed, ends, _ends(formula, widest(old), widest(new)), (old, new), sign)
    if status is None or stated.value is None:
        return None
    if (old.mod, new.mod) != ("exact", "exact") and _is_vague(ends, computed, formula.unit):
        return None
    item = stated.item or new.item or old.item
    arithmetic = (
        f"{f'{item}: ' if item else ''}{old.text} ({labels[0]}) → {new.text} ({labels[1]}) "
        f"is {_signed(computed, stated, formula)}, the report says {_said(stated, sign, formula)}"
    )
    kind = "multiple" if formula.unit == "倍" else formula.kind
    return Check(kind, status, (then, now, change), sign * stated.value, computed.quantize(_FOUR), arithmetic)


def compare_yearly(
    measures: Sequence[Measure], then: int, now: int, change: int, years: tuple[int, int]
) -> Check | None:
    """Hold a stated yearly average (年均增长4.5%) against the first and the last level; ``years`` are theirs.

    >>> from jfextract import extract
    >>> text = "进出口额从2015年的886.6亿元增长到2023年的1257.8亿元,年均增长4.5%。"
    >>> compare_yearly(extract(text).measures, 0, 1, 2, (2015, 2023)).status
    'holds'
    """
    old, new, stated = measures[then], measures[now], measures[change]
    spans = bounds(old), bounds(new)
    length = years[1] - years[0]
    if stated.kind != "percent" or stated.value is None or length < 2 or old.unit != new.unit:
        return None
    ends = _yearly_ends(length, *spans)
    if old.value is None or new.value is None or ends is None:
        return None
    sign = -1 if stated.change == "decrease" else 1

    computed = _yearly(length, old.value, new.value)
    at_most = _yearly_ends(length, widest(old), widest(new))
    status = judge(stated, computed, ends, at_most, (old, new), sign)
    if status is None or _is_vague(ends, computed):
        return None
    item = stated.item or new.item or old.item
    arithmetic = (
        f"{f'{item}: ' if item else ''}{old.text} ({years[0]}) → {new.text} ({years[1]}) "
        f"is {shown(computed, stated)}% a year, the report says {sign * stated.value:+}%"
    )
    return Check(
        "yearly growth",
        status,
        (then, now, change),
        sign * stated.value,
        computed.quantize(_FOUR),
        arithmetic,
    )


def _formula(old: Measure, new: Measure, stated: Measure, times_as_much: bool) -> _Formula | None:
    if old.unit != new.unit or old.kind != new.kind:
        return None
    if stated.kind == "percent" and old.kind != "percent":
        return _Formula("growth", "%")
    if stated.kind == "multiple" and old.kind != "percent":
        return _Formula("multiple", "倍", signed=False) if times_as_much else _increase(stated)
    if stated.kind == "percentage_point":
        return _Formula("points", " points") if old.kind == "percent" else None
    if stated.unit == old.unit and stated.kind == old.kind and stated.kind != "percent":
        return _Formula("difference", f" {stated.unit}" if stated.unit else "")
    return None


def _increase(stated: Measure) -> _Formula | None:
    """增长2倍; 减少2倍 has no arithmetic that all agree on."""
    return _Formula("increase in multiples", "倍") if stated.change == "increase" else None


def _ends(formula: _Formula, old: Bounds | None, new: Bounds | None) -> Bounds | None:
    if old is None or new is None or (formula.unit in ("%", "倍") and old.low <= 0):
        return None
    try:
        corners = [formula.of(*pair) for pair in product((old.low, old.high), (new.low, new.high))]
    except InvalidOperation:
        return None
    return Bounds(min(corners), max(corners))


def _middle(level: Measure, span: Bounds | None) -> Decimal | None:
    if level.value is not None or span is None:
        return level.value
    return (span.low + span.high) / 2


def _yearly(length: int, before: Decimal, after: Decimal) -> Decimal:
    return ((after / before) ** (Decimal(1) / length) - 1) * _HUNDRED


def _yearly_ends(length: int, old: Bounds | None, new: Bounds | None) -> Bounds | None:
    if old is None or new is None or min(old.low, new.low) <= 0:
        return None
    return Bounds(_yearly(length, old.high, new.low), _yearly(length, old.low, new.high))


def _is_vague(ends: Bounds, computed: Decimal, unit: str = "%") -> bool:
    """Whether the levels are so rough that nearly any change would fit."""
    fine = _FINE if unit in ("%", " points") else Decimal(0)
    return ends.high - ends.low > max(_MOST_SPREAD * abs(computed), fine)


def _signed(computed: Decimal, stated: Measure, formula: _Formula) -> str:
    if formula.kind == "difference":
        return f"{'+' if computed > 0 else ''}{written_like(computed, stated)}"
    more = " more" if formula.kind == "increase in multiples" else ""
    plus = "+" if formula.signed and computed > 0 and not more else ""
    return f"{plus}{shown(computed, stated)}{formula.unit}{more}"


def _said(stated: Measure, sign: int, formula: _Formula) -> str:
    if stated.mod != "exact" or formula.unit != "%":
        return stated.text
    return f"{sign * (stated.value or 0):+}%"
