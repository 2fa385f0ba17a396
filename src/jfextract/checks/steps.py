"""A change behind the two levels it is about, in one sentence: 由4500余个减至140余个,减少96.8%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jfextract.checks.change import compare_levels, compare_yearly
from jfextract.checks.growth import time_before
from jfextract.checks.notes import is_comparable, is_yearly_average, words_between
from jfextract.model import Check, Measure

__all__ = ["check_steps"]

_LONGEST_LEAD = 14
"""Characters between the levels and their change (,总降幅达到); what is further away has a subject of its own."""

_OTHER_AVERAGE = re.compile(r"[月日季周人户]均|平均|累计|高于|低于|其中|分别|[;；。]")
_TIMES_AS_MUCH = re.compile(r"(?:是|为|达|相当于)[^,，]*的?$")
_DOUBLED = re.compile(r"翻|的[^的]*倍")
_GROSS = re.compile("新[增建设]")
"""从100家增加到150家,新增60家: what was added may be more than what it grew by."""
_YEAR = re.compile(r"(?:\.\./)?(\d{4})(?:-\d\d){0,2}")


def check_steps(measures: Sequence[Measure], source: str) -> Iterator[Check]:
    """Check the changes that follow a level 由… and a level 减至… in the same sentence.

    The change may be a percentage, an amount, a multiple, percentage points, or a yearly average when both levels
    have a year.
    """
    for at in range(1, len(measures)):
        old, new = measures[at - 1], measures[at]
        if (old.role, new.role) != ("from", "to") or old.unit != new.unit or old.sentence != new.sentence:
            continue
        for index in range(at + 1, min(at + 3, len(measures))):
            change = measures[index]
            if change.sentence != new.sentence or change.role not in ("by", "level"):
                break  # what follows a figure that is no change of these two levels is about something else
            found = _check_step(measures, at, index, source)
            if found is None and change.role != "by":
                break
            if found is not None and (found.status != "fails" or is_comparable(change, source)):
                yield found


def _check_step(measures: Sequence[Measure], now: int, index: int, source: str) -> Check | None:
    old, new, change = measures[now - 1], measures[now], measures[index]
    lead = words_between(measures[index - 1], change, source)
    if len(lead) > _LONGEST_LEAD or _OTHER_AVERAGE.search(lead) or not _is_of_same(new, change):
        return None
    if is_yearly_average(lead):
        years = _year_of(old), _year_of(new)
        if years[0] is None or years[1] is None:
            return None
        found = compare_yearly(measures, now - 1, now, index, (years[0], years[1]))
        # an average may leave out the first year, or be one of real growth: it is told only where it comes out
        return found if found is not None and found.status != "fails" else None
    compares = _TIMES_AS_MUCH.search(lead) is not None or _DOUBLED.search(change.text) is not None
    ratio = compares and change.kind == "multiple"
    if not ratio and (change.role != "by" or change.change not in ("increase", "decrease")):
        return None
    found = compare_levels(measures, now - 1, now, index, ("from", "to"), times_as_much=ratio)
    if found is None or found.status != "fails":
        return found
    if _GROSS.search(lead) or not _is_held_against(old, new, change):
        return None
    return found


def _is_of_same(new: Measure, change: Measure) -> bool:
    """Whether nothing says that the change is of another item."""
    return None in (new.item, change.item) or new.item == change.item or new.item_head == change.item_head


def _is_held_against(old: Measure, new: Measure, change: Measure) -> bool:
    """Whether the change says nothing of another time than that of the first level."""
    return change.basis is None or (old.time is not None and old.time == time_before(new.time, change.basis))


def _year_of(measure: Measure) -> int | None:
    year = _YEAR.fullmatch(measure.time or "")
    return int(year[1]) if year else None
