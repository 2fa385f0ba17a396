"""Parts that make up a whole.

``调整干部1828人次,其中鼓励激励1567人次,容错纠错92人次,“能下”调整169人次``: 1567 + 92 + 169 = 1828.

Parts that a report names need not be all the parts, so a sum is reported when it comes out; that it does not is an
error only where the parts are known to be all (进出口 is 进口 and 出口).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, permutations

from jfextract.checks.notes import by_sentence, words_between
from jfextract.checks.rounding import Bounds, Status, bounds, is_slip, last_digit, widest, written_like
from jfextract.lexicon import room_table
from jfextract.model import Check, Measure

__all__ = ["check_parts"]

_OF_WHICH = re.compile("其中|包括")
_TOTAL = re.compile(r"[,，、;；:：]?(?:总共|一共|共计|合计|总计|共)")
_STOP = re.compile("[;；]")
_APART = re.compile(r"[,，、;；。和与]")
_FEWEST_PARTS, _MOST_FIGURES = 2, 40
_MARKED, _UNMARKED = 10, 20
"""How large a whole must be, in units of its last digit, so that a sum is no chance: with 其中 or 共, without."""


def check_parts(measures: Sequence[Measure], source: str) -> Iterator[Check]:
    """Report the figures of one sentence that add up to another of the same unit before or behind them.

    Behind 其中 the parts follow their whole; before 共计 they precede it; with neither, a whole is followed by its
    parts and nothing else of its unit. A whole must be so large that chance is out of the question.
    """
    groups = list(by_sentence(measures))
    for number, group in enumerate(groups):
        if len(group) > _MOST_FIGURES:
            continue  # a table, or no prose at all
        start, end = measures[group[0]].sentence
        marker = _OF_WHICH.search(source, start, end)
        if marker is None:
            found = _total_behind(measures, group, source) or _total_before(measures, group, source)
        else:
            before = [at for at in group if measures[at].end <= marker.start()]
            if not before and number and not source[start : marker.start()].strip():
                before = groups[number - 1][-_MOST_FIGURES:]  # 其中 opens the next sentence
            found = _of_which(measures, before, group, marker.start(), source)
        if found is not None:
            yield found


def _of_which(
    measures: Sequence[Measure], before: Sequence[int], group: Sequence[int], marker: int, source: str
) -> Check | None:
    """The whole is the last figure before 其中 that has the unit of the parts, which end at a semicolon or later."""
    stop = _STOP.search(source, marker, measures[group[-1]].end)
    ends = [stop.start()] if stop else []
    for whole in reversed(before):
        for end in (*ends, measures[group[-1]].end):
            parts = _alike(measures, whole, [at for at in group if marker < measures[at].start < end])
            found = (
                _sum(measures, whole, parts, _MARKED, source) if _are_apart(measures, parts, source) else None
            )
            if found is not None:
                return found
    return None


def _total_behind(measures: Sequence[Measure], group: Sequence[int], source: str) -> Check | None:
    for place in range(_FEWEST_PARTS, len(group)):
        whole = group[place]
        if _TOTAL.match(words_between(measures[whole - 1], measures[whole], source)):
            found = _sum(measures, whole, _alike(measures, whole, group[:place]), _MARKED, source)
            if found is not None:
                return found
    return None


def _total_before(measures: Sequence[Measure], group: Sequence[int], source: str) -> Check | None:
    for place, whole in enumerate(group):
        if not _alike(measures, whole, group[:place]):
            found = _sum(measures, whole, _alike(measures, whole, group[place + 1 :]), _UNMARKED, source)
            if found is not None:
                return found
    return None


def _alike(measures: Sequence[Measure], whole: int, others: Sequence[int]) -> list[int]:
    """The plain figures among the others that have kind and unit of the whole."""
    kind, unit = measures[whole].kind, measures[whole].unit
    return [
        at
        for at in others
        if measures[at].kind == kind and measures[at].unit == unit and _is_plain(measures[at])
    ]


def _are_apart(measures: Sequence[Measure], parts: Sequence[int], source: str) -> bool:
    """Whether something parts each figure from the next: 57个城市162个项目 are not two parts of anything."""
    pairs = pairwise(parts)
    return all(_APART.search(source, measures[one].end, measures[two].start) for one, two in pairs)


def _is_plain(measure: Measure) -> bool:
    """Whether the figure is an exact level that can be added."""
    return (
        measure.value is not None
        and measure.mod == "exact"
        and measure.role in ("level", "to")
        and measure.per is None
        and measure.kind not in ("percent", "multiple", "fraction", "duration", "age", "index")
    )


def _sum(
    measures: Sequence[Measure], whole: int, parts: Sequence[int], least: int, source: str
) -> Check | None:
    """The check of a whole with its parts; None when nothing can be said."""
    stated, terms = measures[whole], [measures[at] for at in parts]
    if len(parts) < _FEWEST_PARTS or stated.value is None or not _is_plain(stated):
        return None
    digit = min(last_digit(term) or Decimal(1) for term in (stated, *terms))
    if stated.value < least * digit:
        return None
    total = sum((term.value or Decimal(0) for term in terms), Decimal(0))
    status = _status(stated, terms, total)
    if status is None:
        return None
    if status == "fails" and not (
        _are_all(measures, whole, parts, source) or (least == _MARKED and _is_too_much(total, stated.value))
    ):
        return None
    words = " + ".join(term.text for term in terms)
    arithmetic = f"{words} is {written_like(total, stated)}, the report says {stated.text}"
    return Check("parts", status, (whole, *parts), stated.value, total, arithmetic)


def _status(whole: Measure, parts: Sequence[Measure], total: Decimal) -> Status | None:
    """How the parts stand to their whole; None where it takes an unsaid rounding to make them one."""
    if total == whole.value:
        return "holds"
    if _meet(bounds(whole), [bounds(part) for part in parts]):
        return "within rounding"
    return None if _meet(widest(whole), [widest(part) for part in parts]) else "fails"


def _meet(whole: Bounds | None, parts: Sequence[Bounds | None]) -> bool:
    spans = [span for span in parts if span is not None]
    least, most = (
        sum((span.low for span in spans), Decimal(0)),
        sum((span.high for span in spans), Decimal(0)),
    )
    return whole is not None and len(spans) == len(parts) and whole.meets(Bounds(least, most))


def _is_too_much(total: Decimal, whole: Decimal) -> bool:
    """Whether the parts are more than the whole by a slip of the pen: parts may be missing, but not in excess."""
    return total > whole and is_slip(total, whole)


def _are_all(measures: Sequence[Measure], whole: int, parts: Sequence[int], source: str) -> bool:
    """Whether words and items say that these are all the parts of the whole, each once, at the same time."""
    times = {measures[at].time for at in (whole, *parts)} - {None}
    if len(times) > 1:
        return False
    told = [words_between(measures[at - 1], measures[at], source) + (measures[at].item or "") for at in parts]
    for row in _known_wholes():
        names = row["parts"].split()
        if len(told) == len(names) and row["whole"].removeprefix("*") in (measures[whole].item or ""):
            for order in permutations(told):
                if all(name in words for name, words in zip(names, order, strict=True)):
                    return True
    return False


@lru_cache(maxsize=1)
def _known_wholes() -> tuple[dict[str, str], ...]:
    return tuple(room_table("checks", "wholes.tsv", ["whole", "parts"]))
