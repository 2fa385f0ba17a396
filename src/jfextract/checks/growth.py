"""A stated year-on-year percentage against the two levels it relates: 3759 → 2482 really is −34 %."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from jfextract.model import Check, Measure

__all__ = ["check_growth", "check_steps"]

_Key = tuple[str, str | None, str | None, str]
_YEAR = re.compile(r"\d{4}")
_WRITTEN = re.compile(r"\d[\d,]*(?:\.\d+)?")


def check_growth(measures: Sequence[Measure]) -> Iterator[Check]:
    """Check each percentage change of an item whose level is stated for its year and the year before.

    ``stated`` and ``computed`` are signed percentages. A check holds when the computed figure, rounded to
    the digits of the stated one, is the stated one; it is within rounding when the levels, themselves
    rounded, allow it.
    """
    levels = _levels(measures)
    for index, measure in enumerate(measures):
        before_year = _year_before(measure)
        if before_year is None or measure.value is None or measure.item is None:
            continue
        for unit in {key[2] for key in levels if key[0] == measure.item and key[1] == measure.place}:
            now = levels.get((measure.item, measure.place, unit, measure.time or ""))
            then = levels.get((measure.item, measure.place, unit, before_year))
            if now is not None and then is not None:
                found = _compare(measures, then, now, index, (before_year, measure.time or ""))
                if found is not None:
                    yield found


def _levels(measures: Sequence[Measure]) -> Mapping[_Key, int]:
    """The one level of each item, place, unit and year; items with several are left out."""
    found: dict[_Key, int] = {}
    several: set[_Key] = set()
    for index, measure in enumerate(measures):
        exact_level = measure.role == "level" and measure.mod == "exact" and measure.value is not None
        if exact_level and measure.item and measure.time and measure.kind not in ("percent", "duration"):
            key = (measure.item, measure.place, measure.unit, measure.time)
            if key in found and measures[found[key]].value != measure.value:
                several.add(key)
            found.setdefault(key, index)
    return {key: index for key, index in found.items() if key not in several}


def _year_before(measure: Measure) -> str | None:
    """The year that a percentage change is measured against, None when the figure is no such change."""
    if measure.kind != "percent" or measure.role != "by" or measure.change not in ("increase", "decrease"):
        return None
    if measure.basis is None or measure.time is None or not _YEAR.fullmatch(measure.time):
        return None
    if measure.basis == "yoy":
        return f"{int(measure.time) - 1:04d}"
    named = measure.basis.removeprefix("vs:")
    return named if _YEAR.fullmatch(named) else None


def check_steps(measures: Sequence[Measure]) -> Iterator[Check]:
    """Check 由4500余个减至140余个,减少96.8%: a rate of change behind the two levels it is about.

    With a rough level (4500余) the relation is reported only where it comes out, and then as rounding.
    """
    for index in range(2, len(measures)):
        then, now, change = measures[index - 2 : index + 1]
        if (then.role, now.role, change.role, change.kind) != ("from", "to", "by", "percent"):
            continue
        if then.sentence != change.sentence or then.unit != now.unit:
            continue
        found = _compare(measures, index - 2, index - 1, index, ("from", "to"))
        if found is None:
            continue
        if then.mod == now.mod == "exact":
            yield found
        elif abs(found.computed - found.stated) <= 1:
            yield replace(found, status="within rounding")


def _compare(
    measures: Sequence[Measure], then: int, now: int, change: int, labels: tuple[str, str]
) -> Check | None:
    """Hold the change at index ``change`` against the levels ``then`` and ``now``; ``labels`` tell the two apart."""
    old, new, stated = measures[then].value, measures[now].value, measures[change].value
    if old is None or new is None or stated is None or old <= 0:
        return None
    if measures[change].change == "decrease":
        stated = -stated
    computed = (new - old) / old * 100
    digits = stated.as_tuple().exponent
    rounded = computed.quantize(Decimal(1).scaleb(min(0, digits if isinstance(digits, int) else 0)))
    status: Literal["holds", "within rounding", "fails"] = "fails"
    if rounded == stated:
        status = "holds"
    else:
        half_new, half_old = _half_step(measures[now]), _half_step(measures[then])
        low = ((new - half_new) / (old + half_old) - 1) * 100
        high = ((new + half_new) / (old - half_old) - 1) * 100 if old > half_old else computed
        slack = Decimal(1).scaleb(digits if isinstance(digits, int) else 0) / 2
        if low - slack <= stated <= high + slack:
            status = "within rounding"
    item = measures[change].item
    shown = computed.quantize(Decimal(1).scaleb(min(-1, digits if isinstance(digits, int) else 0)))
    arithmetic = (
        f"{item}: {measures[then].text} ({labels[0]}) → {measures[now].text} ({labels[1]}) "
        f"is {shown:+}%, the report says {stated:+}%"
    )
    return Check(
        "growth", status, (then, now, change), stated, computed.quantize(Decimal("0.0001")), arithmetic
    )


def _half_step(measure: Measure) -> Decimal:
    """Half of the last written digit, in base units: 1.06万 is known to ±50; a whole count is exact."""
    written = _WRITTEN.search(measure.text)
    if written is None or measure.value is None:
        return Decimal(0)
    number = Decimal(written.group().replace(",", ""))
    exponent = number.as_tuple().exponent
    if number == 0 or not isinstance(exponent, int) or (measure.value == number and exponent >= 0):
        return Decimal(0)
    return measure.value / number * Decimal(1).scaleb(exponent) / 2
