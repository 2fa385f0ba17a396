"""Administrative units with the code and the name they had in each year, 1980 to today."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from jfextract.lexicon import room_cells

__all__ = ["Unit", "at", "chain", "code_of", "current", "lookup", "parent", "units"]

FIRST_YEAR = 1980
_OPEN = 9999
_COLUMNS = ("code", "name", "level", "since", "until", "next", "lon", "lat")


class Unit(NamedTuple):
    """A unit under one name: its GB/T 2260 code, years, successors and seat.

    ``since`` is the first year at whose end the name was in force (1980: then or before), ``until`` the
    first year at whose end it no longer was (None: in force today). ``successors`` are the codes that
    followed. ``lon``/``lat`` are degrees, good to about 1 km, None where unknown.
    No dataclass: there are thousands, and a frozen one takes four times as long to make.
    """

    code: str
    name: str
    level: str
    since: int
    until: int | None
    successors: tuple[str, ...]
    lon: float | None
    lat: float | None

    @property
    def full_name(self) -> str:
        """The name with its ancestors: 山西省临汾市洪洞县."""
        return chain(self)

    def in_force(self, year: int | None) -> bool:
        """Whether the name stood at the end of ``year`` (None: today)."""
        if year is None:
            return self.until is None
        return (self.since <= year or self.since == FIRST_YEAR) and year < (self.until or _OPEN)


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    """Every unit under every name it has had, sorted by code and year."""
    return tuple(
        Unit(
            code,
            name,
            level,
            int(since),
            int(until) if until else None,
            tuple(following.split()) if following else (),
            float(lon) if lon else None,
            float(lat) if lat else None,
        )
        for code, name, level, since, until, following, lon, lat in room_cells(
            "places", "admin.tsv", _COLUMNS
        )
    )


@lru_cache(maxsize=1)
def _by_code() -> dict[str, tuple[Unit, ...]]:
    grouped: dict[str, list[Unit]] = defaultdict(list)
    for unit in units():
        grouped[unit.code].append(unit)
    return {code: tuple(group) for code, group in grouped.items()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Unit, ...]]:
    grouped: dict[str, list[Unit]] = defaultdict(list)
    for unit in units():
        grouped[unit.name].append(unit)
    return {name: tuple(group) for name, group in grouped.items()}


def at(adcode: str, year: int | None = None) -> Unit | None:
    """The unit that had the code at the end of ``year`` (None: today, or else the last that had it).

    >>> at("110113", 1990), at("110222", 1990).name
    (None, '顺义县')
    """
    group = _by_code().get(adcode, ())
    for unit in group:
        if unit.in_force(year):
            return unit
    return group[-1] if group and year is None else None


def _parent_codes(code: str) -> tuple[str, ...]:
    return (code[:4] + "00", code[:2] + "0000") if not code.endswith("00") else (code[:2] + "0000",)


def _parent_unit(unit: Unit, year: int | None) -> Unit | None:
    if unit.code.endswith("0000"):
        return None
    for code in _parent_codes(unit.code):
        for candidate in _by_code().get(code, ()):
            if candidate.in_force(year) and candidate.code != unit.code:
                return candidate
    return None


_TAIWAN = "710000"
_SPOKEN = {"台湾省": "台湾"}
"""How reports of both sides call the island; 台湾省, the name of the code table, is understood as well."""


def chain(unit: Unit, year: int | None = None) -> str:
    """The full name of ``unit`` with the ancestors of ``year`` (None: today, or its last year).

    >>> chain(lookup("洪洞县")[0])
    '山西省临汾市洪洞县'
    >>> chain(lookup("顺义县")[0])
    '北京市顺义县'
    """
    if unit.code == _TAIWAN:
        return _SPOKEN[unit.name]
    if year is None or not unit.in_force(year):
        year = None if unit.until is None else unit.until - 1
    above = _parent_unit(unit, year)
    names = [unit.name]
    while above is not None:
        names.append(_SPOKEN.get(above.name, above.name))
        above = _parent_unit(above, year)
    return "".join(reversed(names))


def current(unit: Unit) -> Unit | None:
    """The unit of today that ``unit`` became; None when it was split up or its fate is not recorded.

    >>> current(lookup("襄樊市")[0]).name
    '襄阳市'
    """
    for _ in range(12):
        if unit.until is None:
            return unit
        heirs = {code for code in unit.successors if code != unit.code} or {unit.code}
        renamed = [other for other in _by_code().get(unit.code, ()) if other.since >= unit.until]
        if len(heirs) == 1 and next(iter(heirs)) != unit.code:
            later = [
                other
                for other in _by_code().get(next(iter(heirs)), ())
                if (other.until or _OPEN) > unit.until
            ]
        elif unit.code in heirs and renamed:
            later = renamed
        else:
            later = _same_name_later(unit)
        if not later:
            return None
        unit = _seat_district(unit, later[0]) or later[0]
    return None


def _seat_district(old: Unit, heir: Unit) -> Unit | None:
    """The one new district that a county-level city became when the prefecture took over its name (毕节市 → 七星关区)."""
    if old.level != "county" or heir.level != "prefecture" or old.name != heir.name:
        return None
    districts = [
        unit
        for number in range(2, 20)
        for unit in _by_code().get(f"{heir.code[:4]}{number:02}", ())
        if unit.name.endswith("区") and old.until is not None and abs(unit.since - old.until) <= 1
    ]
    return districts[0] if len(districts) == 1 else None


def _same_name_later(unit: Unit) -> list[Unit]:
    """The unit under a new code, where only the code changed and no event says so; empty unless it is one."""
    found = [
        other
        for other in _by_name()[unit.name]
        if other.code[:2] == unit.code[:2]
        and other.code != unit.code
        and (other.until or _OPEN) > (unit.until or 0)
    ]
    return found if len({other.code for other in found}) == 1 else []


def lookup(name: str, year: int | None = None) -> tuple[Unit, ...]:
    """Units of that official name: those in force at the end of ``year``; without a year those of
    today, or else the abolished ones, newest first. A full chain (山西省临汾市洪洞县) is accepted.

    >>> [unit.code for unit in lookup("洪洞县", year=1998)]
    ['142625']
    >>> len(lookup("鼓楼区"))
    4
    """
    group = _by_name().get(name, ())
    if not group:
        code = code_of(name, year)
        unit = at(code, year) if code else None
        return (unit,) if unit else ()
    chosen = tuple(unit for unit in group if unit.in_force(year))
    if not chosen and year is None:
        chosen = tuple(sorted(group, key=lambda unit: -(unit.until or _OPEN)))
    return chosen


_TAIL = re.compile(r".+?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|县|区|州|盟|旗)")


def code_of(full_name: str, year: int | None = None) -> str | None:
    """The code of a unit by its full name, or by a bare name that only one unit has.

    With ``year`` the code it had at the end of that year: units that bore the same code later count.

    >>> code_of("陕西省宝鸡市眉县"), code_of("北京市朝阳区"), code_of("鼓楼区")
    ('610326', '110105', None)
    >>> code_of("台湾省高雄市") == code_of("台湾高雄市")
    True
    """
    for official, spoken in _SPOKEN.items():
        if full_name.startswith(official):
            full_name = spoken + full_name[len(official) :]
    for size in range(2, min(len(full_name), 14) + 1):
        for unit in _by_name().get(full_name[-size:], ()):
            if unit.in_force(year) and chain(unit, year) == full_name:
                return unit.code
    bare = [unit for unit in _by_name().get(full_name, ()) if unit.in_force(year)]
    if len(bare) == 1:
        return bare[0].code
    if year is None:
        for unit in sorted(_by_name().get(full_name, ()), key=lambda unit: -(unit.until or _OPEN))[:1]:
            return unit.code if not bare else None
    return None


def parent(name_or_adcode: str, year: int | None = None) -> Unit | None:
    """The unit above one that is given by code, full name or unambiguous bare name.

    >>> parent("610326").full_name, parent("陕西省宝鸡市").name, parent("鼓楼区")
    ('陕西省宝鸡市', '陕西省', None)
    """
    code = name_or_adcode if name_or_adcode.isdigit() else code_of(name_or_adcode, year)
    unit = at(code, year) if code else None
    return _parent_unit(unit, year if unit.in_force(year) else None) if unit else None
