"""Provinces, states and districts abroad that no table has: transliterated names with a unit's ending (巴格兰省)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from jfextract.model import Place
from jfextract.places.contexts import context_words
from jfextract.places.words import Clauses

__all__ = ["with_abroad"]

_ENDINGS = "大区|地区|[省州邦郡县市]"
_SHORTEST = 3  # characters of a name that no foreign name stands right before
_LONGEST = 10
_NOT_AFTER = frozenset("长委民府场级区内外际")  # 州长, 市民, 省级


@lru_cache(maxsize=1)
def _sounds() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """Characters that write sounds and little else; the patterns of a whole unit's name and of an ending alone."""
    firm, loose = ("".join(context_words(name)) for name in ("sound", "sound too"))
    whole = rf"[{firm}{loose}·]{{2,{_LONGEST}}}({_ENDINGS})"
    return frozenset(firm), re.compile(whole), re.compile(_ENDINGS)


def with_abroad(text: str, clauses: Clauses, places: list[Place]) -> list[Place]:
    """``places`` with names abroad made whole (扎波罗热|州) and those added that only their form betrays.

    A name is added right after a country (阿富汗巴格兰省, one mention), or in a text that names a place abroad.

    >>> sentence = "阿富汗巴格兰省和艾伯塔省"
    >>> country = Place("阿富汗", 0, 3, "阿富汗", None, "country", "named", "gazetteer")
    >>> [place.text for place in with_abroad(sentence, Clauses(sentence), [country])]
    ['阿富汗巴格兰省', '艾伯塔省']
    """
    if not any(_is_abroad(place) for place in places):
        return places
    longer = [_extended(text, clauses, place) for place in places]
    taken = {position for place in longer for position in range(place.start, place.end)}
    ends = {place.end: index for index, place in enumerate(longer) if _is_abroad(place)}
    added: list[Place] = []
    for match in _sounds()[1].finditer(text):
        if any(position in taken for position in range(match.end() - 2, match.end())):
            continue
        start = next(
            (at + 1 for at in range(match.end() - 3, match.start() - 1, -1) if at in taken), match.start()
        )
        found = _name(text, clauses, start, match.end(), match[1], start in ends)
        if found is None:
            continue
        index = ends.get(found.start)
        if index is not None:
            longer[index] = _joined(text, longer[index], found)
        else:
            added.append(found)
    return sorted([*longer, *added], key=lambda place: place.start)


def _is_abroad(place: Place) -> bool:
    return (
        place.adcode is None
        and not place.candidates
        and place.level in ("country", "city", "region")
        and place.name not in (None, "中国")
    )


def _extended(text: str, clauses: Clauses, place: Place) -> Place:
    """A transliterated name with the ending that stands right behind it as a word of its own.

    地区 is no part of a name that stands without it: 中东|地区, 扎波罗热|地区.
    """
    firm, _, ending = _sounds()
    match = ending.match(text, place.end) if place.level in ("city", "region") and _is_abroad(place) else None
    if (
        match is None
        or match[0] == "地区"
        or place.text[-1] in "省州邦郡县市区"
        or sum(char in firm for char in place.text) < 2
    ):
        return place
    end = clauses.word(place.end)[1]
    if end != match.end() or not _ends_well(text, end):
        return place
    return replace(
        place,
        text=text[place.start : end],
        end=end,
        name=f"{place.name}{match[0]}",
        level="city" if match[0] == "市" else "region",
        rule="abroad",
    )


def _ends_well(text: str, end: int) -> bool:
    return text[end : end + 1] not in _NOT_AFTER or text[end - 2 : end] == "地区"


def _name(text: str, clauses: Clauses, start: int, end: int, ending: str, after: bool) -> Place | None:
    """The name that ends at ``end``, from the first word at or behind ``start``; None when it is not sound alone."""
    while clauses.word(start)[0] < start and not after:
        start = clauses.word(start)[1]
    stem = text[start : end - len(ending)]
    firm = sum(char in _sounds()[0] for char in stem)
    if len(stem) < (2 if after else _SHORTEST) or firm < len(stem) - len(stem) // 3 or stem[0] in "·":
        return None
    if clauses.word(end - 1)[1] != end or not _ends_well(text, end):
        return None
    tags = {tag for begin, _, tag, _ in clauses.after(start)[:_LONGEST] if begin < end - len(ending)}
    if tags & {"v", "d", "p", "c", "r", "m", "t", "u", "a"} and len(stem) < 4:
        return None
    level = "city" if ending == "市" else "region"
    surface = text[start:end]
    return Place(surface, start, end, surface, None, level, "named", "abroad")


def _joined(text: str, before: Place, inner: Place) -> Place:
    """阿富汗|巴格兰省, 第聂伯罗|彼得罗夫斯克州."""
    surface, name = text[before.start : inner.end], f"{before.name}{inner.name}"
    return replace(before, text=surface, end=inner.end, name=name, level=inner.level, rule="abroad")
