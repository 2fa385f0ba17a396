"""The same fact stated twice: 超540亿元 in the lead and 549.15亿元 below agree, 3759件 and 3795件 do not.

Two figures with the same item, time, place and unit may still be of two things (旅客运输量 of two railways), so a
difference is reported only between figures led to by the same words, and when it looks like a slip: one digit, two
digits changed over, a power of ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jfextract.checks.rounding import bounds, is_slip, last_digit, widest
from jfextract.model import Check, Measure
from jfextract.text.normalise import normalise

__all__ = ["check_restated"]

_Fact = tuple[object, ...]

_BREAK = re.compile(r"[,，、;；:：。!！?？\n()（）]")
_PEOPLE = ("人", "名", "位")
_SHORTEST_WORDS, _LONGEST_WORDS = 4, 60
_NO_FACTS = ("percent", "percentage_point", "multiple", "duration", "age")


def check_restated(measures: Sequence[Measure], source: str) -> Iterator[Check]:
    """Report each level that is stated anew in a later sentence with another number of digits or another number."""
    first: dict[_Fact, int] = {}
    for at, measure in enumerate(measures):
        if measure.role != "level" or None in (measure.item, measure.time, measure.value):
            continue
        if measure.kind in _NO_FACTS:
            continue
        unit = "人" if measure.unit in _PEOPLE else measure.unit
        fact = (measure.item, measure.time, measure.place, unit, measure.per, measure.kind)
        earlier = first.setdefault(fact, at)
        if measures[earlier].sentence != measure.sentence:
            found = _compare(measures, earlier, at, source)
            if found is not None:
                yield found


def _compare(measures: Sequence[Measure], earlier: int, at: int, source: str) -> Check | None:
    one, other = measures[earlier], measures[at]
    if one.value is None or other.value is None:
        return None
    if (one.value, one.mod, last_digit(one)) == (other.value, other.mod, last_digit(other)):
        return None  # the same number again tells nothing
    spans = bounds(one), bounds(other)
    if spans[0] is None or spans[1] is None:
        return None
    if spans[0].meets(spans[1]):
        return _found(measures, earlier, at, "agree within rounding")
    most = widest(one), widest(other)
    if (
        one.mod == other.mod == "exact"
        and not (most[0] and most[1] and most[0].meets(most[1]))
        and is_slip(one.value, other.value)
        and _same_words(one, other, source)
    ):
        return _found(measures, earlier, at, "differ")
    return None


def _found(measures: Sequence[Measure], earlier: int, at: int, verdict: str) -> Check:
    one, other = measures[earlier], measures[at]
    arithmetic = f"{other.item} ({other.time}): {one.text} and {other.text} {verdict}"
    return Check(
        "restated",
        "fails" if verdict == "differ" else "within rounding",
        (earlier, at),
        one.value or Decimal(0),
        other.value or Decimal(0),
        arithmetic,
    )


def _same_words(one: Measure, other: Measure, source: str) -> bool:
    """Whether the words of one figure's clause, up to the figure, end those of the other's."""
    leads = sorted((_lead(one, source), _lead(other, source)), key=len)
    return len(leads[0]) >= _SHORTEST_WORDS and leads[1].endswith(leads[0])


def _lead(measure: Measure, source: str) -> str:
    before = normalise(source[max(measure.sentence[0], measure.start - _LONGEST_WORDS) : measure.start])
    return "".join(_BREAK.split(before)[-1].split())
