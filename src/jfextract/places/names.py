"""Everything a text may call a place, as one automaton."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from jfextract.lexicon import room_table
from jfextract.places.gazetteer import Unit, at, units

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

__all__ = ["Reading", "automaton", "readings"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a surface may mean: a unit, or (``unit`` None) a place without a Chinese code.

    ``grade`` says how far the surface can be trusted: ``sure`` on sight, ``word`` when the segmenter cuts
    it out as a name, ``cut`` when it cuts it out at all, ``placed`` after 在, 赴 … or with support in the
    document, ``backed`` only with such support, ``chained`` only right after the unit above it.
    """

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
    grades = {
        row["name"]: row["grade"] for row in room_table("places", "grades.tsv", ("name", "grade"), key="name")
    }
    kept = set()  # hand-kept names: of the other tables only what a chain may select is added to them

    def add(reading: Reading) -> None:
        table.setdefault(reading.surface, []).append(reading)

    for row in room_table("places", "names.tsv", ("name", "usual", "level", "units", "grade"), key="name"):
        kept.add(row["name"])
        unit = at(row["units"]) if row["units"] else None
        if row["grade"] != "never":
            add(Reading(row["name"], row["usual"], unit.level if unit else row["level"], unit, row["grade"]))
    for unit in units():
        add(Reading(unit.name, unit.name, unit.level, unit, grades.get(unit.name) or _grade_full(unit.name)))
    by_code = {(unit.code, unit.name): unit for unit in units()}
    for row in room_table("places", "shorts.tsv", ("short", "grade", "units"), key="short"):
        short = row["short"]
        mark = "chained" if short in kept else grades.get(short, row["grade"])
        taken = {reading.unit for reading in table.get(short, ())}
        for cell in row["units"].split():
            unit = by_code[cell[:6], cell[6:]]
            if mark != "never" and unit not in taken:
                # 清远 is an adjective to the segmenter: no tag of its speaks against a prefecture
                whole = mark == "word" and unit.level == "prefecture"
                add(Reading(short, unit.name, unit.level, unit, "cut" if whole else mark))
    for row in room_table(
        "places", "world.tsv", ("name", "usual", "level", "country", "lon", "lat"), key="name"
    ):
        mark = grades.get(row["name"], "sure")
        if row["name"] not in table and mark != "never":
            add(Reading(row["name"], row["usual"], row["level"], None, mark, row["country"]))
    for row in room_table("places", "abroad.tsv", ("country", "level", "names")):
        for cell in row["names"].split():
            name, _, usual = cell.partition("=")
            mark = grades.get(name, "word" if len(name) == 2 else "sure")
            known = table.get(name, ())
            if not known and mark != "never":
                add(Reading(name, usual or name, row["level"], None, mark, row["country"]))
            elif row["country"] and len(known) == 1 and known[0].unit is None and not known[0].country:
                table[name] = [replace(known[0], country=row["country"])]
    for row in room_table("places", "nature.tsv", ("name", "level"), key="name"):
        mark = grades.get(row["name"], "sure")
        if row["name"] not in table and mark != "never":
            add(Reading(row["name"], row["name"], row["level"], None, mark))
    return {
        surface: tuple(sorted(found, key=lambda reading: _LEVEL_ORDER.get(reading.level, 3)))
        for surface, found in table.items()
    }


def _grade_full(name: str) -> str:
    """东区 and 郊区 are units of some cities and words everywhere; 和县 needs the segmenter's consent."""
    if name in ("城中区", "新城区", "市中区", "市郊区", "开发区") or re.fullmatch(".[区市]", name):
        return "chained"
    return "word" if len(name) == 2 else "sure"


@lru_cache(maxsize=1)
def _index() -> tuple[AhoCorasick, tuple[str, ...], int]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    surfaces = list(_table())
    blockers = [row["word"] for row in room_table("places", "blockers.tsv", ("word",), key="word")]
    blockers += [row["word"] for row in room_table("places", "traps.tsv", ("word",), key="word")]
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
