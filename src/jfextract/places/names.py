"""Everything a text may call a place, as one automaton."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from jfextract.lexicon import room_table
from jfextract.places.gazetteer import Unit, at, units

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

__all__ = ["Reading", "automaton", "readings"]

@dataclass(frozen=True, slots=True)
class Reading:
    """What a surface may mean: a unit, or (``unit`` None) a place without a Chinese code."""

    surface: str
    usual: str
    level: str
    unit: Unit | None
    grade: str
    country: str = ""


_LEVEL_ORDER = {"province": 0, "prefecture": 1, "county": 2}


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[Reading, ...]]:
    table: dict[str, list[Reading]] = {}

    def add(reading: Reading) -> None:
        table.setdefault(reading.surface, []).append(reading)

    fixed = set()
    for row in room_table("places", "names.tsv", ("name", "usual", "level", "units", "grade"), key="name"):
        fixed.add(row["name"])
        if row["grade"] == "never":
            continue
        codes = row["units"].split()
        for code in codes:
            add(Reading(row["name"], row["usual"], row["level"], at(code), row["grade"]))
        if not codes:
            add(Reading(row["name"], row["usual"], row["level"], None, row["grade"]))
    for unit in units():
        if unit.name not in fixed:
            add(Reading(unit.name, unit.name, unit.level, unit, _grade_full(unit.name)))
    wanted = {(unit.code, unit.name): unit for unit in units()}
    for row in room_table("places", "shorts.tsv", ("short", "grade", "units"), key="short"):
        if row["short"] not in fixed:
            for cell in row["units"].split():
                unit = wanted[cell[:6], cell[6:]]
                add(Reading(row["short"], unit.name, unit.level, unit, row["grade"]))
    for row in room_table("places", "world.tsv", ("name", "usual", "level", "country"), key="name"):
        if row["name"] not in fixed and row["name"] not in table:
            add(Reading(row["name"], row["usual"], row["level"], None, "sure", row["country"]))
    for row in room_table("places", "nature.tsv", ("name", "level"), key="name"):
        if row["name"] not in fixed and row["name"] not in table:
            add(Reading(row["name"], row["name"], row["level"], None, "sure"))
    return {
        surface: tuple(sorted(found, key=lambda reading: _LEVEL_ORDER.get(reading.level, 3)))
        for surface, found in table.items()
    }


def _grade_full(name: str) -> str:
    """城区 and 郊区 are units of some cities and words everywhere; 和县 needs the segmenter's consent."""
    if name in ("城区", "郊区", "矿区", "市中区", "城中区", "新城区", "开发区", "市郊区", "东区", "西区", "南区", "北区", "湖区"):
        return "backed"
    return "word" if len(name) == 2 else "sure"


@lru_cache(maxsize=1)
def _index() -> tuple[AhoCorasick, tuple[str, ...], int]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    surfaces = list(_table())
    blockers = [row["word"] for row in room_table("places", "blockers.tsv", ("word",), key="word")]
    blockers += [row["word"] for row in room_table("places", "traps.tsv", ("word", "note"), key="word")]
    blockers = [word for word in blockers if word not in _table()]
    patterns = surfaces + blockers
    machine = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    return machine, tuple(patterns), len(surfaces)


def automaton() -> tuple[AhoCorasick, tuple[str, ...], int]:
    """The automaton, its patterns, and how many of them are names (the rest only block)."""
    return _index()


def readings(surface: str) -> tuple[Reading, ...]:
    """Readings of a surface, highest unit first; empty when it is no name."""
    return _table().get(surface, ())
