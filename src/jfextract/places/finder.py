"""Finding the places of a text and saying which they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Candidate, Place
from jfextract.places.abbreviations import find_abbreviations
from jfextract.places.abroad import with_abroad
from jfextract.places.contexts import context_ends, context_words
from jfextract.places.deictic import find_deictic, with_home
from jfextract.places.gazetteer import Unit, at, chain, current
from jfextract.places.home import Home, unit_of
from jfextract.places.kinds import org_end
from jfextract.places.localities import find_localities
from jfextract.places.names import Reading
from jfextract.places.proposals import propose
from jfextract.places.resolve import choose, votes
from jfextract.places.scan import Hit, scan
from jfextract.places.tails import find_tail, zone_name
from jfextract.places.words import Clauses
from jfextract.places.years import seat_abroad, with_year

__all__ = ["find", "parse"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
_LINE_NAME = lazy_pattern(r"[一-龥]{0,2}?(?:铁路|高铁|班列|公路|高速|航线|快线)")  # 中|老铁路, 中吉|乌铁路
_PLAYING = frozenset(("city", "county", "prefecture", "province"))
_SCORE = re.compile(r"\d{1,3}([比:：-])\d{1,3}")
_LIST_JOINT = re.compile(r"[、,，和与及]")


def find(
    text: str,
    *,
    year: int | None = None,
    home: Home | None = None,
    near: str | None = None,
    lexicon: Mapping[str, str] | None = None,
    ner: bool = False,
) -> tuple[Place, ...]:
    """Find the places of a text, in order, without overlaps; offsets into ``text``.

    ``year`` decides which units were in force (None: today); ``home`` is the report's own place, which
    我市, 全省 … stand for and which decides between units of one name; ``near`` is a name or code that
    decides likewise without being the report's place. ``lexicon`` adds names of one's own: the name as
    written to the full name or code of what it means; they win over the tables. ``ner`` also takes names
    that only a tagger knows; it needs ``jfextract[ner]`` (JfextractError without) and much time.

    >>> [(place.text, place.name) for place in find("宝鸡眉县和金台区")]
    [('宝鸡眉县', '陕西省宝鸡市眉县'), ('金台区', '陕西省宝鸡市金台区')]
    """
    from jfextract.places.given import read_given

    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    clauses = Clauses(text)
    anchor = read_given(near, "near") if near else None
    code = (home.adcode if home else None) or (anchor.adcode if anchor else None)
    hits = scan(text, clauses, frozenset([code] if code else []))
    own = list(_own_names(text, lexicon, year)) if lexicon else []
    tabled = with_abroad(text, clauses, _describe(text, clauses, hits, code, year))
    named = _without_overlap(own, tabled)
    known = _without_overlap(named, list(find_localities(text, clauses, named, code)))
    known = _without_overlap(known, list(find_deictic(text)))
    free = _without_overlap(known, list(find_abbreviations(text, clauses, known)))
    if ner:
        free = _without_overlap(free, list(propose(text, clauses, free)))
    quoted = [match.span() for match in _TITLE.finditer(text)]
    marked = _with_kinds(text, free, clauses, quoted)
    return with_home([with_year(place, year) for place in marked], home, year)


def parse(text: str, *, year: int | None = None, near: str | None = None) -> Place | None:
    """Read one place name, None when the whole text is no single name.

    >>> parse("宝鸡眉县").adcode, parse("洪洞县在山西")
    ('610326', None)
    """
    found = find(text, year=year, near=near)
    return found[0] if len(found) == 1 and found[0].text == text else None


def _own_names(text: str, lexicon: Mapping[str, str], year: int | None) -> Iterator[Place]:
    longest_first = sorted(filter(None, lexicon), key=len, reverse=True)
    for match in re.finditer("|".join(map(re.escape, longest_first)), text):
        meaning = lexicon[match[0]]
        unit = unit_of(meaning, year)
        name, code = (chain(unit, year), _code(unit)) if unit else (meaning, None)
        level = unit.level if unit else None
        yield Place(match[0], match.start(), match.end(), name, code, level, "named", "lexicon")


def _describe(
    text: str, clauses: Clauses, hits: Sequence[Hit], home: str | None, year: int | None
) -> list[Place]:
    found = votes(hits)
    places: list[Place] = []
    before: tuple[int, Unit] | None = None
    reached = 0
    for hit in hits:
        if hit.start < reached:
            continue  # swallowed by the tail of the chain before
        neighbour = (
            before[1]
            if before and hit.start - before[0] == 1 and _LIST_JOINT.match(text[before[0]])
            else None
        )
        reading, left, evidence = choose(hit, found, home, neighbour, year)
        if reading is None:
            places.append(_undecided(text, hit, left, year))
        elif reading.unit is None:
            surface = text[hit.start : hit.end]
            seat = seat_abroad(reading.usual, reading.level)
            places.append(
                Place(
                    surface,
                    hit.start,
                    hit.end,
                    reading.usual,
                    None,
                    reading.level,
                    "named",
                    "gazetteer",
                    centroid=seat,
                )
            )
        else:
            place = _of_unit(text, clauses, hit, reading, evidence, year)
            places.append(place)
            before = (place.end, reading.unit)
        reached = places[-1].end
    return places


def _undecided(text: str, hit: Hit, left: Sequence[Reading], year: int | None) -> Place:
    candidates = tuple(
        Candidate(chain(option.unit, year), _code(option.unit))
        if option.unit
        else Candidate(option.usual, None)
        for option in left
    )
    surface = text[hit.start : hit.end]
    return Place(surface, hit.start, hit.end, None, None, left[0].level, "named", "ambiguous", candidates)


def _of_unit(
    text: str, clauses: Clauses, hit: Hit, reading: Reading, evidence: str | None, year: int | None
) -> Place:
    unit = reading.unit
    assert unit is not None
    name, end, level, code = chain(unit, year), hit.end, unit.level, _code(unit)
    tails = find_tail(text, hit.end, unit, clauses)
    rule = "chain" if hit.joined or tails else "gazetteer"
    for tail in tails:
        if tail.level == "zone":
            evidence = f"a zone of {name}"
            name, code = name + zone_name(unit, tail.name), None
        else:
            name += tail.name
            if tail.code and unit.level != "county":  # the county between is known from the township
                county = at(tail.code[:6])
                if county is not None:
                    name, code = chain(county, year) + tail.name, county.code
        end, level = tail.end, tail.level
    return Place(text[hit.start : end], hit.start, end, name, code, level, "named", rule, evidence=evidence)


def _code(unit: Unit) -> str | None:
    now = current(unit)
    return now.code if now else None


def _without_overlap(first: list[Place], second: list[Place]) -> list[Place]:
    """Both lists in order; where two overlap the earlier list wins."""
    if not first or not second:
        return first or second
    taken: set[int] = set()
    for place in first:
        taken.update(range(place.start, place.end))
    kept = [place for place in second if taken.isdisjoint(range(place.start, place.end))]
    return sorted([*first, *kept], key=lambda place: place.start)


def _with_kinds(
    text: str, places: list[Place], clauses: Clauses, quoted: list[tuple[int, int]]
) -> list[Place]:
    """Mark the names that stand inside a title 《…》 or open the name of an institution."""
    spans = {place.start: place.end for place in places}
    marked: list[Place] = []
    index = 0
    for place in places:
        while index < len(quoted) and quoted[index][1] <= place.start:
            index += 1
        inside = index < len(quoted) and quoted[index][0] <= place.start
        marked.append(replace(place, kind="org") if inside or _in_org(text, place, clauses, spans) else place)
    return marked


def _plays(text: str, place: Place) -> bool:
    """利物浦2比1战胜…, 客场战平塞维利亚: the name of a place stands for its team."""
    score = _SCORE.match(text, place.end)
    after = score.end() if score else place.end  # 北京10:30 is a time, 锦州9-3 an oil field
    if (score and score[1] == "比") or text.startswith(context_ends("play"), after):
        return True
    return text.endswith(context_ends("play"), 0, place.start)


def _in_org(text: str, place: Place, clauses: Clauses, spans: dict[int, int]) -> bool:
    if place.rule.startswith("abbreviation") and not place.rule.endswith("title"):
        return bool(_LINE_NAME.match(text, place.end))
    if text.startswith("班列", place.end):
        return True
    if place.kind == "named" and place.level in _PLAYING and _plays(text, place):
        return True
    if place.kind == "named":
        return org_end(text, clauses, place.start, place.end, spans) is not None
    if place.text != "全国":
        return False
    if any(text.startswith(word, place.end) for word in context_words("national body")):
        return True
    end = org_end(text, clauses, place.start, place.end, spans)
    return end is not None and text[:end].endswith(("运动会", "锦标赛", "联赛", "冠军赛"))
