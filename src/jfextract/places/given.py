"""The report's place as the caller gives it: one place, or an error that names those it may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from jfextract.errors import InputError
from jfextract.lexicon.lazy import lazy_pattern
from jfextract.places.gazetteer import Unit, at, chain, current
from jfextract.places.home import Home, home_of, unit_of
from jfextract.places.names import readings, surfaces
from jfextract.text.normalise import normalise

__all__ = ["read_given"]

_CODE = lazy_pattern(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
# smaller than any table lists them
_LOCALITY = lazy_pattern(
    r".{2,}(?:村|屯|寨|社区|街道|镇|乡|苏木|园区|新区|开发区|示范区|林场|农场|牧场|团|景区|片区)\Z"
)
_JOINT = lazy_pattern(r"[\s\-—/\\|·,，、>]+")  # 贵州省-六盘水市, 北京 / 朝阳区
_COUNTRY_AND_MORE = 3
_MOST_CANDIDATES = 6


def read_given(given: str, argument: str = "place") -> Home:
    """Return the place that a name or a code means; traditional characters and loose chains are read too.

    ``argument`` is what the caller calls it. Raises InputError for a name of several places, one of none, and an unknown code. A village, township or zone
    that no table has is taken at its word, without a code.

    >>> read_given("贵州六盘水").adcode, read_given("5202").name, read_given("新土村").adcode
    ('520200', '贵州省六盘水市', None)
    >>> read_given("朝阳区")
    Traceback (most recent call last):
    jfextract.errors.InputError: place='朝阳区' may be 北京市朝阳区 (110105) or 吉林省长春市朝阳区 (220104); give the full name or the code
    """
    from jfextract.places.finder import parse

    name = _JOINT.sub("", normalise(given))
    if len(name) > _COUNTRY_AND_MORE and name.startswith("中国"):
        name = name[2:]
    if name.isdecimal():
        return _by_code(given, name, argument)
    unit = unit_of(name)
    if unit is not None:
        return home_of(unit, "given")
    units = {now.code: now for reading in readings(name) if reading.unit and (now := current(reading.unit))}
    if len(units) == 1:
        return home_of(next(iter(units.values())), "given")
    place = parse(name)
    if place is not None and place.name:
        return Home(place.name, place.adcode, place.level, "given")
    said = [_said(candidate.name, candidate.adcode) for candidate in place.candidates] if place else []
    said = said or [_said(chain(unit), unit.code) for unit in units.values()]
    if said:
        raise InputError(f"{argument}={given!r} may be {_listed(said)}; give the full name or the code")
    if _LOCALITY.match(name):
        return Home(name, None, None, "given")
    near = _listed(_said(chain(unit), unit.code) for unit in _similar(name))
    hint = (
        f"; did you mean {near}?" if near else "; give a name such as 贵州省六盘水市 or a code such as 520200"
    )
    raise InputError(f"{argument}={given!r} is no place that is known{hint}")


def _by_code(given: str, code: str, argument: str) -> Home:
    """520200, and 52, 5202 and 520221000000, which say the same at other lengths."""
    unit = at(code[:6].ljust(6, "0")) if _CODE.fullmatch(code) else None
    if unit is None:
        raise InputError(f"{argument}={given!r} is no code of a province, city or county; write it as 520200")
    return home_of(unit, "given")


def _said(name: str | None, adcode: str | None) -> str:
    return f"{name} ({adcode})" if adcode else str(name)


def _listed(said: Iterable[str]) -> str:
    every = list(dict.fromkeys(said))
    shown = every[:_MOST_CANDIDATES]
    if len(every) > len(shown):
        return f"{', '.join(shown)} or another"
    return " or ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def _similar(name: str) -> list[Unit]:
    """Units whose name the text begins or ends with, else those that are written much like it."""
    ends = [name[at:] for at in range(len(name) - 1)] + [name[:size] for size in range(len(name) - 1, 1, -1)]
    surface = next((part for part in ends if any(one.unit for one in readings(part))), None)
    alike = [surface] if surface else get_close_matches(name, surfaces(), n=3, cutoff=0.6)
    found = (one.unit for word in alike for one in readings(word) if one.unit is not None)
    units = {now.code: now for unit in found if (now := current(unit)) is not None}
    return list(units.values())
