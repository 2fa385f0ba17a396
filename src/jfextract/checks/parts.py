"""Parts that make up a whole, and shares of it, inside one sentence.

``调整干部1828人次,其中鼓励激励1567人次,容错纠错92人次,“能下”调整169人次``: 1567 + 92 + 169 = 1828.
``事项434项,可在线办理393项,总体网办率达90.55%``: 393 / 434 = 90.55 %.

Parts need not be all the parts and a rate may be of something else, so a relation is reported only when it
holds: silence says nothing, and a false alarm is worse than a miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from jfextract.model import Check, Measure

__all__ = ["check_parts", "check_shares"]

_OF_WHICH = "其中"
_FEWEST_PARTS = 2
_HUNDRED = Decimal(100)


def check_parts(measures: Sequence[Measure], source: str) -> Iterator[Check]:
    """Report the parts behind 其中 that add up to the figure before it, of the same unit."""
    for group in _by_sentence(measures):
        start, end = measures[group[0]].sentence
        marker = source.find(_OF_WHICH, start, end)
        before = [at for at in group if measures[at].end <= marker]
        if marker < 0 or not before:
            continue
        whole = before[-1]
        parts = [
            at
            for at in group
            if measures[at].start > marker and _is_plain(measures[at], measures[whole].unit)
        ]
        if len(parts) >= _FEWEST_PARTS and _is_plain(measures[whole], measures[whole].unit):
            total = sum((measures[at].value or Decimal(0) for at in parts), Decimal(0))
            stated = measures[whole].value or Decimal(0)
            if total == stated:
                terms = " + ".join(measures[at].text for at in parts)
                arithmetic = f"{terms} is {_digits(total)}, the report says {measures[whole].text}"
                yield Check("parts", "holds", (whole, *parts), stated, total, arithmetic)


def check_shares(measures: Sequence[Measure]) -> Iterator[Check]:
    """Report a percentage that is the quotient of the two figures of one unit before it in the sentence."""
    for group in _by_sentence(measures):
        for place, at in enumerate(group):
            rate = measures[at]
            if rate.kind != "percent" or rate.value is None or rate.change is not None or rate.mod != "exact":
                continue
            levels = [i for i in group[:place] if measures[i].kind == "count"]
            if len(levels) < _FEWEST_PARTS:
                continue
            whole, part = levels[-2], levels[-1]
            unit = measures[whole].unit
            if not all(_is_plain(measures[i], unit) for i in (whole, part)):
                continue
            old, new = measures[whole].value or Decimal(0), measures[part].value or Decimal(0)
            if not 0 < new <= old:
                continue
            quotient = new / old * _HUNDRED
            if quotient.quantize(_step(rate.value)) == rate.value:
                arithmetic = f"{measures[part].text} / {measures[whole].text} is {quotient:.2f}%, the report says {rate.text}"
                yield Check(
                    "share",
                    "holds",
                    (whole, part, at),
                    rate.value,
                    quotient.quantize(Decimal("0.0001")),
                    arithmetic,
                )


def _by_sentence(measures: Sequence[Measure]) -> Iterator[list[int]]:
    for _, group in groupby(range(len(measures)), key=lambda at: measures[at].sentence):
        yield list(group)


def _is_plain(measure: Measure, unit: str | None) -> bool:
    """Whether the figure is an exact level with this unit."""
    return (
        measure.unit == unit
        and measure.value is not None
        and measure.mod == "exact"
        and measure.role == "level"
    )


def _step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)


def _digits(value: Decimal) -> str:
    return f"{value:f}"
