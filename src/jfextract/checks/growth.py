"""A stated change against the levels of its time and of the time before, wherever in the report they stand.

``2020年,文件2482件。2021年,文件2031件、同比压减16%``: 2482 → 2031 is −18.2 %.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jfextract.checks.change import compare_levels
from jfextract.checks.notes import is_comparable
from jfextract.model import Check, Measure

__all__ = ["check_growth", "time_before"]

_Key = tuple[str | None, str | None, str | None, bool, str | None]
"""Item, place, denominator, whether a percentage, time."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MONTHS = {"mom": 1, "qoq": 3, "yoy": 12}


def check_growth(measures: Sequence[Measure], source: str) -> Iterator[Check]:
    """Check each change of an item whose level is stated for its time and for the time it is held against.

    Changes are percentages (同比压减34%), amounts (比上年增加30件), multiples and percentage points. ``stated`` and
    ``computed`` carry the sign of the change. Growth that statistics measure otherwise than by the published
    levels (增加值 at constant prices) is reported only where it comes out.
    """
    levels = _levels(measures)
    for index, measure in enumerate(measures):
        earlier = time_before(measure.time, measure.basis)
        if measure.role != "by" or earlier is None or measure.change not in ("increase", "decrease"):
            continue
        series = (measure.item, measure.place, measure.per, measure.kind == "percentage_point")
        now, then = levels.get((*series, measure.time)), levels.get((*series, earlier))
        if now is None or then is None or now == then:
            continue
        found = compare_levels(measures, then, now, index, (earlier, measure.time or ""))
        if found is not None and (found.status != "fails" or is_comparable(measure, source)):
            yield found


def time_before(time: str | None, basis: str | None) -> str | None:
    """The EDTF time that a change is held against; None when basis or time do not tell it.

    >>> time_before("2021", "yoy"), time_before("2024-01/2024-03", "yoy"), time_before("2024-01", "mom")
    ('2020', '2023-01/2023-03', '2023-12')
    >>> time_before("2018", "vs:2015"), time_before("2018", "mom"), time_before(None, "yoy")
    ('2015', None, None)
    """
    if basis is None or time is None:
        return None
    if basis.startswith("vs:"):
        return basis.removeprefix("vs:")
    moved = [_moved(end, _MONTHS.get(basis, 0)) for end in time.split("/")]
    return "/".join(end for end in moved if end) if all(moved) and any(end != ".." for end in moved) else None


def _moved(end: str, months: int) -> str | None:
    """One end of an interval, some months back; days only by whole years."""
    if end == "..":
        return end
    date = _DATE.fullmatch(end)
    if date is None or not months or (months < 12 and (date[2] is None or date[3] is not None)):
        return None
    if date[2] is None:
        return f"{int(date[1]) - 1:04d}"
    at = int(date[1]) * 12 + int(date[2]) - 1 - months
    day = f"-{date[3]}" if date[3] else ""
    return f"{at // 12:04d}-{at % 12 + 1:02d}{day}"


def _levels(measures: Sequence[Measure]) -> Mapping[_Key, int]:
    """The one exact level of each item, place, denominator and time, percentages apart; what has several is left out."""
    found: dict[_Key, int] = {}
    several: set[_Key] = set()
    for index, measure in enumerate(measures):
        is_level = measure.role in ("level", "to", "share") and measure.mod == "exact"
        if (
            is_level
            and measure.value is not None
            and measure.item
            and measure.time
            and measure.kind != "duration"
        ):
            key = (measure.item, measure.place, measure.per, measure.kind == "percent", measure.time)
            first = measures[found.setdefault(key, index)]
            if (first.value, first.unit) != (measure.value, measure.unit):
                several.add(key)
    return {key: index for key, index in found.items() if key not in several}
