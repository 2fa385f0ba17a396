"""Townships and villages that stand without the unit above: 凤州镇党委, 北商业巷社区, 小岗村."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Candidate, Place
from jfextract.places.contexts import context_words
from jfextract.places.gazetteer import at, chain
from jfextract.places.townships import LONGEST, township_codes
from jfextract.places.words import Clauses

__all__ = ["find_localities"]

_END = re.compile(
    # the ending first, then a look back: a pattern that begins with any character is slow
    r"街道(?![口上两旁边])|[镇乡](?<=[一-龥].)(?![村镇亲级域土愁贤里上党直政企])|社区|嘎查"
    r"|村(?<=[一-龥].)(?![民干官级支两务里落镇庄委域企口])"
)
_OWN = lazy_pattern(r"(?:街道|苏木|[省市县区州盟旗镇乡])([一-龥]{1,8}(?:社区|嘎查|街道|苏木|[村屯镇乡]))$")
_VILLAGE_TAGS = {"ns", "nr", "nz", "nrt", "nrfg"}
_LEADS = frozenset("于比在对从向按占为到使让被由与和及或非各全每该本进离出入建管治住归回赴驻以")
_MOST = 8  # readings listed for a name that many townships have


def find_localities(
    text: str, clauses: Clauses, places: Sequence[Place], home: str | None
) -> Iterator[Place]:
    """Mentions outside ``places``; townships of the counties named in the text or of the report's own come first.

    >>> sentence = "小岗村的故事"
    >>> [(place.text, place.level) for place in find_localities(sentence, Clauses(sentence), [], None)]
    [('小岗村', 'village')]
    """
    ends = [match.end() for match in _END.finditer(text)]
    if not ends:
        return
    taken = {position for place in places for position in range(place.start, place.end)}
    known = {place.text: place for place in places}
    tails = _seen_tails(places)
    areas = _areas(places, home)
    for end in ends:
        if end - 1 in taken:
            continue
        found = _seen(text, end, tails, known) or _one(text, end, clauses, areas)
        if found is not None and not any(position in taken for position in range(found.start, found.end)):
            yield found


def _seen_tails(places: Sequence[Place]) -> dict[str, Place]:
    """Own names of the villages and townships that chains of the text have named already."""
    return {
        own[1]: place
        for place in places
        if place.level in ("township", "village") and place.name and (own := _OWN.search(place.text))
    }


def _areas(places: Sequence[Place], home: str | None) -> list[str]:
    """Code prefixes whose townships are meant before others: counties of the text, then the report's own area."""
    counties = dict.fromkeys(
        place.adcode for place in reversed(places) if place.adcode and place.adcode[4:] != "00"
    )
    own = [home[:4] if home.endswith("00") else home] if home and not home.endswith("0000") else []
    return [*counties, *own, *dict.fromkeys(code[:4] for code in counties)]


def _seen(text: str, end: int, tails: dict[str, Place], known: dict[str, Place]) -> Place | None:
    for own, place in tails.items():
        start = end - len(own)
        if start >= 0 and text.startswith(own, start) and own not in known:
            name = place.name
            return Place(
                own,
                start,
                end,
                name,
                place.adcode,
                place.level,
                "named",
                "locality",
                evidence=f"named before: {place.text}",
            )
    return None


def _one(text: str, end: int, clauses: Clauses, areas: Sequence[str]) -> Place | None:
    if text[end - 1] in "镇乡道":
        return _township(text, end, clauses, areas)
    return _village(text, end, clauses) if text[end - 1] == "村" else None


def _cut_at(clauses: Clauses, start: int, end: int) -> bool:
    return clauses.word(start)[0] == start and clauses.word(end - 1)[1] == end


def _township(text: str, end: int, clauses: Clauses, areas: Sequence[str]) -> Place | None:
    for size in range(min(LONGEST, end), 1, -1):
        start = end - size
        name = text[start:end]
        codes = township_codes(name) if "\n" not in name else []
        if not codes or name[:-1] in context_words("generic stem") or not _cut_at(clauses, start, end):
            continue
        if name[0] in _LEADS and name[1:] in ("城镇", "乡镇", "村镇", "集镇"):
            continue  # 快|于城镇: 于城镇 is a town as well, but then its county stands before it
        if clauses.word(start)[2][0] in "pcuvdr" and clauses.word(start)[1] == start + 1:
            continue  # 于|城镇, 和|村镇
        for area in areas:
            inside = [code for code in codes if code.startswith(area)]
            if len(inside) == 1:
                codes = inside
                break
        if size == 2 and len(codes) > 1:
            continue
        readings = [
            (chain(county) + name, county.code) for code in codes if (county := at(code[:6])) is not None
        ]
        if len(readings) == 1:
            full, code = readings[0]
            return Place(name, start, end, full, code, "township", "named", "locality")
        candidates = tuple(Candidate(full, code) for full, code in readings[:_MOST])
        return Place(name, start, end, None, None, "township", "named", "locality", candidates)
    return None


def _village(text: str, end: int, clauses: Clauses) -> Place | None:
    """小岗村: a word of its own that the segmenter knows or takes for a name."""
    start, stop, tag = clauses.word(end - 1)
    if stop != end:
        return None
    if start == end - 1 and start > 0:  # 十八洞|村
        start, _, tag = clauses.word(start - 1)
    name = text[start:end]
    stem = name[:-1]
    if (
        tag not in _VILLAGE_TAGS
        or not 2 <= len(stem) <= 4
        or stem in context_words("generic stem")
        or not stem.isalpha()
    ):
        return None
    return Place(name, start, end, name, None, "village", "named", "locality")
