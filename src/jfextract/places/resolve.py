"""Which unit an ambiguous name means: adjacent parent, listed neighbours, the other places, the report's own, rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jfextract.places.gazetteer import Unit, chain
from jfextract.places.names import Reading
from jfextract.places.scan import Hit

__all__ = ["choose", "votes"]

_RANK = {"province": 3.0, "prefecture": 1.5}


def votes(hits: Sequence[Hit]) -> Counter[str]:
    """How often the unambiguous names speak for each province (2 digits) and prefecture (4 digits)."""
    found: Counter[str] = Counter()
    for hit in hits:
        unit = hit.options[0].unit
        if unit is not None and (
            len(hit.options) == 1 or len({option.unit.code[:4] for option in hit.options if option.unit}) == 1
        ):
            found[unit.code[:2]] += 1
            if unit.level != "province":
                found[unit.code[:4]] += 1
    return found


def _of_year(options: tuple[Reading, ...], year: int | None) -> tuple[Reading, ...]:
    for moment in (year, None):
        kept = tuple(option for option in options if option.unit is None or option.unit.in_force(moment))
        if kept:
            return kept
    newest = max(option.unit.until or 9999 for option in options if option.unit is not None)
    return tuple(option for option in options if option.unit is None or (option.unit.until or 9999) == newest)


def _support(unit: Unit, found: Counter[str], home: str | None, neighbour: Unit | None) -> float:
    score = min(found[unit.code[:2]], 3) * 0.5
    if unit.level != "province":
        score += min(found[unit.code[:4]], 3) * 1.0
    if home:
        if home[:4] == unit.code[:4] and not home.endswith("0000"):
            score += 3.0
        elif home[:2] == unit.code[:2]:
            score += 2.0
    if neighbour is not None and neighbour.level == unit.level:
        if neighbour.code[:4] == unit.code[:4] and unit.level == "county":
            score += 4.0
        elif neighbour.code[:2] == unit.code[:2] or unit.level == "province":
            score += 2.5
    return score


def choose(
    hit: Hit, found: Counter[str], home: str | None, neighbour: Unit | None, year: int | None
) -> tuple[Reading | None, tuple[Reading, ...], str | None]:
    """The reading meant, or None with the readings that remain; the third part says what decided."""
    options = _of_year(hit.options, year) if len(hit.options) > 1 else hit.options
    if len(options) == 1:
        return options[0], (), None
    if len({chain(option.unit) for option in options if option.unit is not None}) == 1:
        return options[0], (), None
    scored = []
    for option in options:
        score = _support(option.unit, found, home, neighbour) if option.unit is not None else 0.0
        scored.append((score + _RANK.get(option.level, 0.0), score, option))
    scored.sort(key=lambda item: -item[0])
    if scored[0][0] - scored[1][0] < 0.4:
        return None, options, None
    return scored[0][2], (), "other places of the report" if scored[0][1] else "higher rank"
