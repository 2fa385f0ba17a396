"""The units and currencies, from ``data/*.tsv``, with those of a user's lexicon."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from jfextract.lexicon import room_table
from jfextract.lexicon.user import Lexicon

__all__ = ["LOCAL_YUAN", "Region", "Unit", "UnitMatch", "UnitTable", "unit_table"]

Region = Literal["mainland", "taiwan", "hongkong"]

LOCAL_YUAN: dict[str, str] = {"mainland": "CNY", "taiwan": "TWD", "hongkong": "HKD"}
_YUAN = ("元", "元整", "元正", "圆整", "块钱", "塊錢", "块", "塊", "圆", "圓", "元钱", "蚊")
_SPACES = " \u3000\xa0"


@dataclass(frozen=True, slots=True)
class Unit:
    """``name`` is the unit of the record; one is ``scale`` of ``base``, None without a fixed relation.

    ``factor`` is what a written number is multiplied with to be in this unit; only a user's unit has one.
    """

    name: str
    kind: str
    base: str | None
    scale: Decimal | None
    factor: Decimal | None = None


class UnitMatch(NamedTuple):
    """A unit at ``text[start:end]``; ``start`` is behind spaces."""

    unit: Unit
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class UnitTable:
    """Forms of units, found by the longest form at a place."""

    forms: dict[str, Unit]
    words: dict[str, Decimal]
    lengths: dict[str, tuple[int, ...]]
    followers: dict[str, tuple[str, ...]]
    prefixes: dict[str, str]
    prefix_ends: frozenset[str]
    hint: str | None

    def match(self, text: str, at: int) -> UnitMatch | None:
        """Return the longest unit that starts at ``at`` (or after two spaces) and ends with its word."""
        size = len(text)
        start = at
        while start < size and start < at + 2 and text[start] in _SPACES:
            start += 1
        if start >= size:
            return None
        for length in self.lengths.get(text[start], ()):
            form = text[start : start + length]
            unit = self.forms.get(form)
            if unit is None or len(form) < length:
                continue
            end = start + length
            if (
                form[-1].isascii()
                and form[-1].isalnum()
                and end < size
                and text[end].isascii()
                and text[end].isalnum()
            ):
                continue
            unless = self.followers.get(form)
            if unless is not None and text.startswith(unless, end):
                continue
            return UnitMatch(unit, start, end)
        return None

    def prefix(self, text: str, start: int) -> tuple[str, int] | None:
        """Return code and start of a currency sign or name that ends at ``start`` (￥100, 新台币 177.1亿)."""
        end = start
        while end and end > start - 2 and text[end - 1] in _SPACES:
            end -= 1
        if not end or text[end - 1] not in self.prefix_ends:
            return None
        for length in range(min(5, end), 0, -1):
            code = self.prefixes.get(text[end - length : end])
            if code is not None:
                return code, end - length
        return None


def _read_units(region: Region) -> dict[str, Unit]:
    forms: dict[str, Unit] = {}
    columns = ("unit", "forms", "kind", "base", "scale", "region", "source")
    for row in room_table("units", "units.tsv", columns, key="unit"):
        if row["region"] == "mainland" != region:
            continue  # 兆 of a line is 10^6 there, a scale word elsewhere
        scale = Decimal(row["scale"]) if row["scale"] else None
        unit = Unit(row["unit"], row["kind"], row["base"] or None, scale)
        for form in (row["unit"], *row["forms"].split()):
            forms[form] = unit
    return forms


def _hinted(forms: dict[str, Unit], hint: str) -> dict[str, Unit]:
    hinted: dict[str, Unit] = {}
    for row in room_table("units", "hints.tsv", ("kind", "form", "unit", "factor")):
        if row["kind"] == hint:
            unit = forms[row["unit"]]
            hinted[row["form"]] = replace(unit, factor=Decimal(row["factor"])) if row["factor"] else unit
    return hinted


@lru_cache(maxsize=8)
def unit_table(
    region: Region = "mainland", lexicon: Lexicon | None = None, hint: str | None = None
) -> UnitTable:
    """Return the table of a region: there a bare 元 is the local currency.

    ``hint`` is the kind that the caller knows the text to be of; ambiguous forms are read as that.
    """
    forms = _read_units(region)
    prefixes: dict[str, str] = {}
    one = Decimal(1)
    for row in room_table("units", "currencies.tsv", ("code", "names", "prefixes", "local"), key="code"):
        code = row["code"]
        for name in row["names"].split():
            forms[name] = money = Unit(code, "money", code, one)
            if name[0] != "元" and not name[0].isascii():
                forms["元" + name] = forms["块" + name] = money  # 9000元日币
        for name in row["prefixes"].split():
            prefixes[name] = code
    if region != "mainland":
        prefixes["$"] = prefixes["＄"] = LOCAL_YUAN[region]  # 每呎$12.5
    for row in room_table("units", "subunits.tsv", ("form", "code", "factor"), key="form"):
        forms[row["form"]] = Unit(row["code"], "money", row["code"], one, Decimal(row["factor"]))
    for name in _YUAN:
        if name not in ("块", "塊"):
            forms[name] = Unit(LOCAL_YUAN[region], "money", LOCAL_YUAN[region], one)
    for entry in lexicon.units if lexicon else ():
        factor = None if entry.scale == 1 else entry.scale
        forms[entry.form] = Unit(entry.unit, entry.kind, None, None, factor)
    forms.update(_hinted(forms, hint) if hint else {})
    lengths: dict[str, set[int]] = {}
    for form in forms:
        lengths.setdefault(form[0], set()).add(len(form))
    unless: dict[str, set[str]] = {}
    for row in room_table("units", "followers.tsv", ("unit", "unless_before")):
        unless.setdefault(row["unit"], set()).update(row["unless_before"].split())
    for entry in lexicon.units if lexicon else ():
        unless.pop(entry.form, None)  # a user's unit counts whatever follows
    return UnitTable(
        forms,
        {entry.form: entry.value for entry in lexicon.numbers} if lexicon else {},
        {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
        {unit: tuple(sorted(words)) for unit, words in unless.items()},
        prefixes,
        frozenset(name[-1] for name in prefixes),
        hint,
    )
