"""Everything a text may call a place, as one automaton."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from jfextract.lexicon import room_cells
from jfextract.places.gazetteer import Unit, at, units

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

__all__ = ["Reading", "automaton", "readings"]


class Reading(NamedTuple):
    """What a surface may mean: a unit, or (``unit`` None) a place without a Chinese code.

    ``grade`` says how far the surface can be trusted: ``sure`` on sight, ``word`` when the segmenter cuts
    it out as a name, ``cut`` when it cuts it out at all, ``placed`` after 在, 赴 … or with support in the
    document, ``backed`` only with such support, ``chained`` only right after the unit above it.
    No dataclass, for the reason that ``Unit`` is none.
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
    grades = dict(room_cells("places", "grades.tsv", ("name", "grade"), key="name"))
    kept = set()  # hand-kept names: of the other tables only what a chain may select is added to them

    def add(surface: str, usual: str, level: str, unit: Unit | None, grade: str, country: str = "") -> None:
        reading = Reading(surface, usual, level, unit, grade, country)
        known = table.get(surface)
        if known is None:
            table[surface] = [reading]
        else:
            known.append(reading)

    names = ("name", "usual", "level", "units", "grade")
    for name, usual, level, code, grade in room_cells("places", "names.tsv", names, key="name"):
        kept.add(name)
        unit = at(code) if code else None
        if grade != "never":
            add(name, usual, unit.level if unit else level, unit, grade)
    by_code: dict[str, Unit] = {}
    for unit in units():
        name = unit.name
        by_code[unit.code + name] = unit
        add(name, name, unit.level, unit, grades.get(name) or _grade_full(name))
    for short, usual_grade, cells in room_cells(
        "places", "shorts.tsv", ("short", "grade", "units"), key="short"
    ):
        mark = "chained" if short in kept else grades.get(short, usual_grade)
        if mark == "never":
            continue
        taken = [reading.unit for reading in table.get(short, ())]
        for cell in cells.split():
            unit = by_code[cell]
            if unit not in taken:
                # 清远 is an adjective to the segmenter: no tag of its speaks against a prefecture
                whole = mark == "word" and unit.level == "prefecture"
                add(short, unit.name, unit.level, unit, "cut" if whole else mark)
    world = ("name", "usual", "level", "country", "lon", "lat")
    for name, usual, level, country, _, _ in room_cells("places", "world.tsv", world, key="name"):
        mark = grades.get(name, "sure")
        if name not in table and mark != "never":
            add(name, usual, level, None, mark, country)
    for country, level, cells in room_cells("places", "abroad.tsv", ("country", "level", "names")):
        for cell in cells.split():
            name, _, usual = cell.partition("=")
            mark = grades.get(name, "word" if len(name) == 2 else "sure")
            known = table.get(name, ())
            if not known and mark != "never":
                add(name, usual or name, level, None, mark, country)
            elif country and len(known) == 1 and known[0].unit is None and not known[0].country:
                table[name] = [known[0]._replace(country=country)]
    for name, level in room_cells("places", "nature.tsv", ("name", "level"), key="name"):
        mark = grades.get(name, "sure")
        if name not in table and mark != "never":
            add(name, name, level, None, mark)
    return {
        surface: tuple(found if len(found) == 1 else sorted(found, key=_by_level))
        for surface, found in table.items()
    }


def _by_level(reading: Reading) -> int:
    return _LEVEL_ORDER.get(reading.level, 3)


def _grade_full(name: str) -> str:
    """东区 and 郊区 are units of some cities and words everywhere; 和县 needs the segmenter's consent."""
    if len(name) == 2:
        return "chained" if name[1] in "区市" else "word"
    return "chained" if name in ("城中区", "新城区", "市中区", "市郊区", "开发区") else "sure"


@lru_cache(maxsize=1)
def _index() -> tuple[AhoCorasick, tuple[str, ...], int]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    surfaces = list(_table())
    blockers = [
        word
        for file in ("blockers.tsv", "traps.tsv")
        for (word,) in room_cells("places", file, ("word",), key="word")
        if word not in _table()
    ]
    patterns = surfaces + blockers
    machine = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)
    return machine, tuple(patterns), len(surfaces)


def automaton() -> tuple[AhoCorasick, tuple[str, ...], int]:
    """The automaton, its patterns, and how many of them are names (the rest only block)."""
    return _index()


def surfaces() -> tuple[str, ...]:
    """All names of the tables, as they may be written."""
    return tuple(_table())


def readings(surface: str) -> tuple[Reading, ...]:
    """Readings of a surface, highest unit first; empty when it is no name."""
    return _table().get(surface, ())
