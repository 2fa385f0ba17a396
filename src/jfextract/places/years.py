"""The code a place had in the year of the report, and where it lies."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.model import Place
from jfextract.places.gazetteer import Unit, at, code_of, current, units

__all__ = ["code_then", "seat_abroad", "with_year"]

_ABROAD = frozenset(("country", "city"))
_SEATED = frozenset(("province", "prefecture", "county"))  # levels whose own seat the gazetteer knows


@lru_cache(maxsize=1)
def _forerunners() -> dict[str, tuple[Unit, ...]]:
    """Today's codes and the abolished units and names that became them."""
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units():
        now = current(unit) if unit.until is not None else None
        if now is not None:
            found[now.code].append(unit)
    return {code: tuple(group) for code, group in found.items()}


@lru_cache(maxsize=4096)
def code_then(adcode: str, year: int) -> str | None:
    """The code that a unit of today had at the end of ``year``; None when no single unit stood for it then.

    >>> code_then("110113", 1990), code_then("460000", 1985), code_then("659006", 2000)
    ('110222', '442100', None)
    """
    forerunners = [unit for unit in _forerunners().get(adcode, ()) if unit.in_force(year)]
    then, seat = at(adcode, year), at(adcode)
    heir = current(then) if then else None
    if heir is not None and heir.code == adcode:
        return adcode
    level, stem = (seat.level, seat.name[:2]) if seat else (None, "")
    peers = [unit for unit in forerunners if unit.level == level] or forerunners
    named = [unit for unit in peers if unit.name[:2] == stem] or peers
    codes = {unit.code for unit in named}
    return codes.pop() if len(codes) == 1 else None


@lru_cache(maxsize=1)
def _seats_abroad() -> dict[str, tuple[float, float]]:
    """Cities and countries, by every name they have, and where they (of a country: its capital) lie."""
    found: dict[str, tuple[float, float]] = {}
    for row in room_table(
        "places", "world.tsv", ("name", "usual", "level", "country", "lon", "lat"), key="name"
    ):
        if row["lon"]:
            point = (float(row["lon"]), float(row["lat"]))
            found[row["name"]] = point
            found.setdefault(row["usual"], point)
    peking = at("110000")
    if peking is not None and peking.lon is not None and peking.lat is not None:
        found["中国"] = (peking.lon, peking.lat)
    return found


def seat_abroad(name: str, level: str | None) -> tuple[float, float] | None:
    """Where a city abroad or the capital of a country lies.

    >>> seat_abroad("巴黎", "city"), seat_abroad("巴黎盆地", "region")
    ((2.35, 48.85), None)
    """
    return _seats_abroad().get(name) if level in _ABROAD else None


@lru_cache(maxsize=8192)
def _told(
    name: str | None, adcode: str, level: str | None, year: int | None
) -> tuple[str | None, tuple[float, float] | None]:
    seat = at(adcode) if level in _SEATED else None
    centroid = (seat.lon, seat.lat) if seat and seat.lon is not None and seat.lat is not None else None
    if year is None:
        return None, centroid
    code = code_of(name, year) if name and level in _SEATED else None
    return code or code_then(adcode, year), centroid


def with_year(place: Place, year: int | None) -> Place:
    """The place with ``adcode_at`` (its code at the end of ``year``) and ``centroid``.

    >>> place = Place("顺义县", 0, 3, "北京市顺义县", "110113", "county", "named", "gazetteer")
    >>> with_year(place, 1990).adcode_at, with_year(place, 1990).centroid
    ('110222', (116.65, 40.13))
    >>> with_year(Place("巴黎", 0, 2, "巴黎", None, "city", "named", "gazetteer"), 1990).centroid
    (2.35, 48.85)
    """
    code, centroid = None, None
    if place.adcode is not None:
        code, centroid = _told(place.name, place.adcode, place.level, year)
    elif place.name is not None:
        centroid = seat_abroad(place.name, place.level)
    if code == place.adcode_at and centroid == place.centroid:
        return place
    # spelt out: dataclasses.replace takes twice the time, and every place of a report comes by here
    return Place(
        place.text,
        place.start,
        place.end,
        place.name,
        place.adcode,
        place.level,
        place.kind,
        place.rule,
        place.candidates,
        place.evidence,
        place.optional,
        code,
        centroid,
    )
