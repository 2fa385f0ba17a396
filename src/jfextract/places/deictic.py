"""我市, 全省, 我国: words that point at the report's own place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.model import Candidate, Place
from jfextract.places.gazetteer import Unit, at, chain, parent
from jfextract.places.home import Home
from jfextract.places.years import with_year

__all__ = ["find_deictic", "with_home"]

# 全市场, 完全国产, 我市场部: the word runs on, or began earlier.
_NOT_BEFORE = {"全": "完安健齐周成保", "我": "敌自忘本", "本": "日基根资成版剧脚书文样标"}
_NOT_AFTER = {
    "市": "场值",
    "省": "钱心",
    "国": "际",
    "县": "",
    "区": "域间块",
    "州": "县",
    "球": "化",
    "村": "庄",
    "镇": "静",
    "乡": "亲愁村",
    "旗": "帜",
    "港": "口",
    "台": "湾词账阶",
    "内": "",
    "性": "",
    "盟": "友",
    "澳": "洲",
    "疆": "域",
}
_FIXED = {"globe": ("全球", None, "region"), "sar": ("香港特别行政区", "810000", "province")}
_FIXED |= {"macau": ("澳门特别行政区", "820000", "province"), "taiwan": ("台湾", "710000", "province")}
_FIXED |= {"xinjiang": ("新疆维吾尔自治区", "650000", "province")}
_ENDING = {"province": ("省", "自治区", "市"), "city": ("市",), "county": ("县",), "district": ("区",)}
_ENDING |= {"state": ("州",), "league": ("盟",), "banner": ("旗",)}
_FROM_OUTSIDE = ("vote", "title")  # evidence of what a report is about, not of who wrote it
_TOWN_LEVELS = {"town": "township", "village": "village"}


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    rows = {
        row["word"]: row
        for row in room_table("places", "deictic.tsv", ("word", "scope", "optional"), key="word")
    }
    longest_first = sorted(rows, key=len, reverse=True)
    return re.compile("|".join(longest_first)), rows


def find_deictic(text: str) -> Iterator[Place]:
    """Unresolved mentions: ``name`` None, ``rule`` says the scope (``deictic:city``).

    >>> [place.text for place in find_deictic("我市开拓全国市场,放开全市场准入")]
    ['我市', '全国']
    """
    pattern, rows = _words()
    for match in pattern.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if text[start - 1 : start] in _NOT_BEFORE.get(word[0], "") and start:
            continue
        if end < len(text) and text[end] in _NOT_AFTER[word[-1]]:
            continue
        row = rows[word]
        yield Place(
            word,
            start,
            end,
            None,
            None,
            None,
            "deictic",
            f"deictic:{row['scope']}",
            optional=bool(row["optional"]),
        )


def _fits(unit: Unit, scope: str) -> bool:
    if scope == "province":
        return unit.level == "province"
    if scope == "city":
        return unit.name.endswith("市")
    return unit.name.endswith(_ENDING[scope]) and (unit.level != "province" or scope == "district")


def _lines(unit: Unit) -> Iterator[Unit]:
    """The unit and its ancestors."""
    step: Unit | None = unit
    while step is not None:
        yield step
        step = parent(step.code)


def _from_home(home: Home | None, scope: str) -> tuple[Unit, str] | None:
    unit = at(home.adcode) if home and home.adcode else None
    if unit is None or home is None:
        return None
    for step in _lines(unit):
        if _fits(step, scope):
            return step, f"the report's own place ({home.evidence})"
    return None


def with_home(places: Sequence[Place], home: Home | None, year: int | None = None) -> tuple[Place, ...]:
    """Resolve the deictic mentions among ``places`` (in text order).

    我市 and 全市 take the report's own place or its ancestor of that level (全市 in a report of 洪洞县 is 临汾市);
    failing that, 全市, 全县 … take the nearest place of that level named before. What stays open keeps
    ``name`` None. 该县 and 该市 stand for the nearest before them alone and are dropped without one. An
    undecided name with one candidate in the report's own area is decided. ``year`` is that of the report:
    what is resolved here gets the code of that year.
    """
    seen: list[Place] = []
    resolved: list[Place] = []
    for place in places:
        if place.kind == "deictic":
            place_now = with_year(_resolve(place, home, seen), year)
        else:
            place_now = with_year(_decided(place, home), year) if place.candidates else place
            if place_now.name is not None:
                seen.append(place_now)
        if place_now.name is not None or not place.rule.endswith(":that"):
            resolved.append(place_now)
    return tuple(resolved)


def _decided(place: Place, home: Home | None) -> Place:
    """An undecided name read as the one candidate in the report's own prefecture, or else province."""
    code = home.adcode if home else None
    for size in (4, 2) if code and not code.endswith("0000") else (2,):
        inside = [one for one in place.candidates if code and one.adcode and one.adcode[:size] == code[:size]]
        if len(inside) == 1:
            only = inside[0]
            return replace(
                place, name=only.name, adcode=only.adcode, candidates=(), evidence="the report's own area"
            )
    return place


def _resolve(place: Place, home: Home | None, seen: Sequence[Place]) -> Place:
    scope = place.rule.partition(":")[2]
    if scope in _FIXED:
        name, code, level = _FIXED[scope]
        return replace(place, name=name, adcode=code, level=level, evidence="the word itself")
    if scope == "country":
        if home is not None and (home.adcode or "").startswith("71"):
            if place.text == "我国" and home.evidence.startswith(_FROM_OUTSIDE):
                # a report on Taiwan may come from anywhere; 我国 asks who is speaking
                return replace(place, name="中国", adcode=None, level="country", evidence="the word itself")
            others = (Candidate("台湾", "710000"), Candidate("中国", None)) if place.text == "我国" else ()
            return replace(
                place,
                name="台湾",
                adcode="710000",
                level="province",
                evidence=f"a report from Taiwan ({home.evidence})",
                candidates=others,
            )
        return replace(place, name="中国", adcode=None, level="country", evidence="the word itself")
    if scope.partition(":")[0] in _TOWN_LEVELS:
        return _nearest_tail(place, _TOWN_LEVELS[scope.partition(":")[0]], seen)
    scope, _, that = scope.partition(":")
    found = None if that else _from_home(home, scope)
    if found is None and not place.text.startswith("我"):
        found = _nearest(scope, seen)
    if found is None:
        return replace(place, name=None, adcode=None, level=None, evidence=None)
    unit, evidence = found
    return replace(place, name=chain(unit), adcode=unit.code, level=unit.level, evidence=evidence)


def _nearest(scope: str, seen: Sequence[Place]) -> tuple[Unit, str] | None:
    for place in reversed(seen[-40:]):
        unit = at(place.adcode) if place.adcode else None
        for step in _lines(unit) if unit else ():
            if _fits(step, scope):
                return step, f"named before: {place.text}"
    return None


def _nearest_tail(place: Place, level: str, seen: Sequence[Place]) -> Place:
    for other in reversed(seen[-40:]):
        if other.level == level:
            return replace(
                place,
                name=other.name,
                adcode=other.adcode,
                level=level,
                evidence=f"named before: {other.text}",
            )
    return place
