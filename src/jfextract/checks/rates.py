"""A total, what it is spread over, and the rate: 518.9万人次 in three days is 173万人次 a day.

What a total is spread over is a count in the same sentence (惠及200户,户均5000元) or the days, months or years of the
time that both hold for. As with shares, a rate that does not come out is an error only where the words leave no
choice: the rate follows its total and names nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jfextract.checks.notes import words_between
from jfextract.checks.rounding import Bounds, bounds, judge, widest, written_like
from jfextract.model import Check, Measure
from jfextract.text.normalise import normalise
from jfextract.times import interval

__all__ = ["check_rates"]

_REACH = 4
"""Figures before the rate among which total and count are looked for."""

_PEOPLE, _HOUSEHOLDS = ("人", "名", "位", "口"), ("户", "家")
_DAYS, _MONTH_DAYS, _YEAR_DAYS = 1, Decimal("30.44"), Decimal("365.25")
_SPANS = {"day": Decimal(_DAYS), "month": _MONTH_DAYS, "year": _YEAR_DAYS}
_MOST_SPREAD = Decimal("0.1")
_LONGEST_FAILING = 62
_ONLY_THE_RATE = re.compile(
    r"[,，](?:平均)?(?:[人户亩日月]均|每[人户亩天日月])(?:约|为|达到?|旅客|投入|补助|发放|发送)*"
)
_GIVEN_OUT = re.compile("发放|补助|补贴|补偿|分红|兑现|拨付|赔付|救助|减免|奖励|返还|报销")
_NEAR = 16


@dataclass(frozen=True, slots=True)
class _Spread:
    """What a total is spread over: a count of the text (its index) or a length of time."""

    size: Decimal
    bounds: Bounds
    widest: Bounds
    words: str
    index: int | None = None


def check_rates(measures: Sequence[Measure], source: str) -> Iterator[Check]:
    """Report the rates (人均, 户均, 日均, 每个乡镇) that are the quotient of a total and a count or a time before them."""
    for at, rate in enumerate(measures):
        if (
            rate.per is not None
            and rate.value
            and rate.kind != "percent"
            and rate.role in ("level", "target", "to")
        ):
            near = [i for i in range(max(0, at - _REACH), at) if _is_near(measures[i], rate)]
            found = _find(measures, at, near, source)
            if found is not None:
                yield found


def _find(measures: Sequence[Measure], at: int, near: Sequence[int], source: str) -> Check | None:
    rate = measures[at]
    for total in reversed(near):
        if not _is_total(measures[total], rate):
            continue
        for spread in _spreads(measures, at, total, near):
            found = _check(measures, at, total, spread)
            if found is not None and (
                found.status != "fails" or _is_certain(measures, at, total, spread, source)
            ):
                return found
    return None


def _check(measures: Sequence[Measure], at: int, total: int, spread: _Spread) -> Check | None:
    rate, value = measures[at], measures[total].value
    could_be = _quotient(bounds(measures[total]), spread.bounds)
    at_most = _quotient(widest(measures[total]), spread.widest)
    if could_be is None or value is None or rate.value is None:
        return None
    computed = value / spread.size
    terms = [measures[total], *([measures[spread.index]] if spread.index is not None else [])]
    status = judge(rate, computed, could_be, at_most, terms)
    is_vague = could_be.high - could_be.low > _MOST_SPREAD * computed
    if status is None or (is_vague and status != "holds"):
        return None
    indices = (total, *([spread.index] if spread.index is not None else []), at)
    quotient = written_like(_short(computed, rate), rate)
    arithmetic = f"{measures[total].text} / {spread.words} is {quotient}, the report says {rate.text}"
    return Check(
        "per unit",
        status,
        tuple(sorted(indices)),
        rate.value,
        computed.quantize(Decimal("0.0001")),
        arithmetic,
    )


def _spreads(measures: Sequence[Measure], at: int, total: int, near: Sequence[int]) -> Iterator[_Spread]:
    rate = measures[at]
    day = _SPANS.get(rate.per or "")
    if day is not None:
        yield from _times(rate, measures[total], day)
        return
    for index in reversed(near):
        count = measures[index]
        span, most = bounds(count), widest(count)
        if index != total and _counts(count, rate.per or "") and count.value and span and most:
            yield _Spread(count.value, span, most, count.text, index)


def _times(rate: Measure, total: Measure, unit: Decimal) -> Iterator[_Spread]:
    """The days, months or years of the time that total and rate hold for, when both ends are known."""
    if rate.time is None or rate.time != total.time:
        return
    first, last = interval(rate.time)
    if first is None or last is None:
        return
    days = Decimal((last - first).days + 1)
    size = days if unit == 1 else (days / unit).to_integral_value()
    if size >= 2:
        yield _Spread(size, Bounds(size, size), Bounds(size, size), f"{size} {_named(unit)}")


def _quotient(total: Bounds | None, spread: Bounds) -> Bounds | None:
    if total is None or total.low <= 0 or spread.low <= 0:
        return None
    return Bounds(total.low / spread.high, total.high / spread.low)


def _named(unit: Decimal) -> str:
    return next(f"{name}s" for name, days in _SPANS.items() if days == unit)


def _is_near(measure: Measure, rate: Measure) -> bool:
    """Whether the figure stands in the sentence of the rate or in one that ends where it begins."""
    return measure.sentence == rate.sentence or 0 <= rate.sentence[0] - measure.sentence[1] <= 2


def _is_total(total: Measure, rate: Measure) -> bool:
    return (
        (total.unit, total.kind) == (rate.unit, rate.kind)
        and total.per is None
        and total.role in ("level", "to", "target")
        and total.value is not None
        and rate.value is not None
        and total.value > rate.value
    )


def _counts(count: Measure, per: str) -> bool:
    """Whether the figure counts what the rate is per."""
    if count.per is not None or count.role not in ("level", "to", "target", "by"):
        return False
    if per == "person":
        return count.unit in _PEOPLE
    if per == "household":
        return count.unit in _HOUSEHOLDS
    return per in (count.unit, count.item_head) or bool(count.item and count.item.endswith(per))


def _is_certain(measures: Sequence[Measure], at: int, total: int, spread: _Spread, source: str) -> bool:
    """Whether the words can mean nothing but the rate of this total."""
    rate, first = measures[at], min(total, at if spread.index is None else spread.index)
    last = max(total, -1 if spread.index is None else spread.index)
    if rate.sentence != measures[first].sentence or last != at - 1 or at - first > 2:
        return False
    if spread.index is None and (spread.size > _LONGEST_FAILING or (rate.time or "").count("-") < 4):
        return False
    if spread.index is not None and not _is_given_out(measures[total], source):
        return False
    return _ONLY_THE_RATE.fullmatch(words_between(measures[last], rate, source)) is not None


def _is_given_out(total: Measure, source: str) -> bool:
    """Whether the total is something that each gets a part of: 发放补助100万元, but not 投资100万元."""
    before = normalise(source[max(total.sentence[0], total.start - _NEAR) : total.start])
    return _GIVEN_OUT.search(before) is not None


def _short(computed: Decimal, rate: Measure) -> Decimal:
    """The quotient with one digit more than the rate has."""
    digits = len((rate.value or Decimal(1)).normalize().as_tuple().digits)
    return computed.quantize(Decimal(1).scaleb(computed.adjusted() - digits)) if computed else computed
