"""A share beside the part and the whole it is of: 事项434项,可在线办理393项,总体网办率达90.55%.

A rate may be of something else, so it is reported when it comes out; that it does not is an error only where the
words leave no choice: 事项434项,其中可在线办理393项,占比80%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jfextract.checks.notes import by_sentence, words_between
from jfextract.checks.rounding import Bounds, bounds, judge, last_digit, shown, widest
from jfextract.model import Check, Measure

__all__ = ["check_shares"]

_OF_WHICH = "其中"
_HUNDRED = Decimal(100)
_REACH = 8
"""Figures before a share among which part and whole are looked for."""
_MOST_SPREAD = Decimal(6)
"""Percentage points that rounding may leave open; beyond, a match says nothing."""
_SHARE_WORDS = re.compile(r"占|[率比]")
_OF_THAT_WHOLE = re.compile(r"[,，]?(?:占比|占(?:总数|总量|总额|全部|其中)的?(?:比重|比例)?)(?:为|达到?|约)*")


def check_shares(measures: Sequence[Measure], source: str) -> Iterator[Check]:
    """Report a percentage or fraction that is the quotient of two figures of one unit before it in the sentence."""
    previous: list[int] = []
    for group in by_sentence(measures):
        start = measures[group[0]].sentence[0]
        opens = source[start : start + 4].strip().startswith(_OF_WHICH)
        for place, at in enumerate(group):
            if _is_share(measures[at]):
                before = [*(previous if opens else ()), *group[max(0, place - _REACH) : place]]
                found = _find_quotient(measures, at, before, source)
                if found is not None:
                    yield found
        previous = group[-_REACH:]


def _find_quotient(
    measures: Sequence[Measure], rate: int, before: Sequence[int], source: str
) -> Check | None:
    """The quotient that comes out, of figures as near as can be; else one that should have."""
    levels = [at for at in before if _is_level(measures[at])]
    lead = words_between(measures[rate - 1], measures[rate], source)
    pairs = [
        (part, whole)
        for part in reversed(levels)
        for whole in reversed(levels)
        if part != whole and measures[part].unit == measures[whole].unit
    ]
    told = _SHARE_WORDS.search(lead) is not None or _is_said_share(measures[rate])
    checks = [found for pair in pairs if (found := _check(measures, *pair, rate)) and found.status != "fails"]
    checks = [found for found in checks if found.status == "holds" or told]
    if checks:
        return min(checks, key=lambda found: (found.status != "holds", abs(found.computed - found.stated)))
    if len(levels) > 1 and levels[-1] == rate - 1 and _OF_THAT_WHOLE.fullmatch(lead):
        whole, part = levels[-2], levels[-1]
        if words_between(measures[whole], measures[part], source).lstrip(",，").startswith(_OF_WHICH):
            return _check(measures, part, whole, rate)
    return None


def _check(measures: Sequence[Measure], part: int, whole: int, rate: int) -> Check | None:
    stated, terms = measures[rate], (measures[part], measures[whole])
    scale = _HUNDRED if stated.kind == "percent" else Decimal(1)
    could_be = _quotient(bounds(terms[0]), bounds(terms[1]), scale)
    at_most = _quotient(widest(terms[0]), widest(terms[1]), scale)
    if could_be is None or terms[0].value is None or terms[1].value is None:
        return None
    computed = terms[0].value / terms[1].value * scale
    if not 0 < computed <= scale or stated.value is None:
        return None
    is_near = abs(computed - stated.value) <= last_digit(stated)
    if not is_near and could_be.high - could_be.low > _MOST_SPREAD * scale / _HUNDRED:
        return None
    status = judge(stated, computed, could_be, at_most, terms)
    if status is None:
        return None
    quotient = f"{shown(computed, stated)}%" if stated.kind == "percent" else f"{computed:.1%}"
    arithmetic = f"{terms[0].text} / {terms[1].text} is {quotient}, the report says {stated.text}"
    return Check(
        "share", status, (whole, part, rate), stated.value, computed.quantize(Decimal("0.0001")), arithmetic
    )


def _quotient(part: Bounds | None, whole: Bounds | None, scale: Decimal) -> Bounds | None:
    if part is None or whole is None or whole.low <= 0:
        return None
    return Bounds(part.low / whole.high * scale, part.high / whole.low * scale)


def _is_share(measure: Measure) -> bool:
    return (
        measure.kind in ("percent", "fraction")
        and measure.role in ("level", "share")
        and measure.change is None
        and measure.value is not None
    )


def _is_said_share(measure: Measure) -> bool:
    return measure.role == "share" and last_digit(measure) > 0


def _is_level(measure: Measure) -> bool:
    return (
        measure.value is not None
        and measure.value > 0
        and measure.role in ("level", "to")
        and measure.per is None
        and measure.kind
        not in ("percent", "percentage_point", "fraction", "multiple", "duration", "age", "index")
    )
