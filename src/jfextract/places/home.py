"""The report's own place: what 我市, 全县 and 我省 stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.model import Place
from jfextract.places.gazetteer import Unit, at, chain, code_of, current, lookup

__all__ = ["Home", "home_of", "infer_home", "unit_of"]


@dataclass(frozen=True, slots=True)
class Home:
    """The report's own place: full name, GB/T 2260 code (None without one), level, and how it is known."""

    name: str
    adcode: str | None
    level: str | None
    evidence: str


def unit_of(given: str, year: int | None = None) -> Unit | None:
    """The unit meant by a code, a full chain, or a name that is clear by itself (宝鸡, 眉县).

    >>> unit_of("贵州省六盘水市").code, unit_of("610300").name, unit_of("鼓楼区")
    ('520200', '宝鸡市', None)
    """
    from jfextract.places.names import readings

    if given.isdigit():
        return at(given, year) or at(given)
    code = code_of(given, year) or code_of(given)
    if code:
        return at(code, year) or at(code)
    found = [reading.unit for reading in readings(given) if reading.unit is not None]
    if found and (len(found) == 1 or found[0].level != found[1].level):
        return found[0]
    full = [unit for unit in lookup(_last_unit(given), year) if _same_chain(given, unit)]
    return full[0] if len(full) == 1 else None


def _last_unit(name: str) -> str:
    """The last unit of a loosely written chain: 宝鸡眉县 → 眉县."""
    from jfextract.places.names import readings

    for size in range(min(len(name), 12), 1, -1):
        if any(reading.unit for reading in readings(name[-size:])):
            return name[-size:]
    return name


def _same_chain(given: str, unit: Unit) -> bool:
    """Whether the characters of ``given`` occur in that order in the unit's chain (宝鸡眉县 in 陕西省宝鸡市眉县)."""
    rest = iter(chain(unit))
    return all(char in rest for char in given)


def home_of(unit: Unit, evidence: str) -> Home:
    """The unit as the place of a report, under the code it has today."""
    now = current(unit)
    return Home(chain(unit), (now or unit).code, unit.level, evidence)


_PUBLISHER = re.compile(
    r"(?:日报|晚报|晨报|早报|时报|都市报|商报|周报|新闻网|新闻|网|发布|电视台|广播|卫视|在线|融媒|头条|政府|宣传部|市委|县委|区委|报)"
)
_AGENCY = re.compile(r"新华社|人民日报|中新社|中新网|央视|光明日报|经济日报|本报北京")
_TAIPEI = re.compile(r"[台臺]北\d{0,2}日?[电電]|[台臺]北[报報][导導]")
# 京ICP备 is missing: half of the national sites have it.
_PLATE = re.compile(
    r"([津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕甘陇青宁新])(?:ICP[备证]|公网安备)"
)
_SIGNATURE = re.compile(
    r"作者(?:系|为|单位|是)?[::]?([^\n。)）]{2,40})|[(（]([^()（）\n]{2,30}(?:供稿|报道))[)）]"
)
_FIRST_PERSON = {
    "county": re.compile("我[县区旗]|[全本]县"),
    "prefecture": re.compile("我[市州盟]|[全本][市州盟]"),
}
_FOOT = 700  # characters at the end of a page that may hold the publisher's imprint
_MANY_PLACES = re.compile(r"快讯|联播|简讯|要闻|全国|我国|各地|多地")
_LEVELS = ("province", "prefecture", "county")


def infer_home(
    text: str,
    *,
    title: str | None = None,
    source: str | None = None,
    dateline: str | None = None,
    signature: str | None = None,
    places: Iterable[Place] = (),
    given: str | None = None,
) -> Home | None:
    """The report's own place, or None when nothing speaks for one (a national commentary).

    ``places`` are what ``find`` said without a home. Evidence in order: the caller (``given``: a name or a code;
    InputError when it is none, or one of several places), dateline, signature, title, publisher, the vote of the named places and institutions. Where the text says 我县 and the
    evidence is a city or province, the county that the text names most within it is taken.

    >>> infer_home("", source="宝鸡日报").name, infer_home("我市…", title="六盘水市减负综述").adcode
    ('陕西省宝鸡市', '520200')
    """
    if given:
        from jfextract.places.given import read_given

        return read_given(given)
    places = tuple(places)
    counts = _count(places)
    for evidence, unit in _spoken(text, title, source, dateline, signature, places):
        return home_of(_descend(unit, text, counts), evidence)
    if title and _MANY_PLACES.search(title):
        return None  # a digest or a national survey is of no one place, however often one is named
    return _vote(text, counts)


def _spoken(
    text: str,
    title: str | None,
    source: str | None,
    dateline: str | None,
    signature: str | None,
    places: tuple[Place, ...],
) -> Iterator[tuple[str, Unit]]:
    """What the page says about its place, the most reliable first."""
    if dateline and _TAIPEI.search(dateline):
        # the seat of the agencies and ministries of Taiwan: news from there is of the whole island
        yield f"dateline: {dateline.strip()[:30]}", _unit("710000")
    elif dateline and not _AGENCY.search(dateline):
        yield from _named_in(dateline, f"dateline: {dateline.strip()[:30]}")
    for match in _SIGNATURE.finditer(signature or text[-_FOOT:]):
        yield from _named_in(match[1] or match[2], f"signature: {match[0][:30]}")
    if signature:
        yield from _named_in(signature, f"signature: {signature[:30]}")
    if title:
        yield from _named_in(title, f"title: {title[:30]}")
    if source:
        yield from _named_in(source, f"publisher: {source[:30]}")
    for place in places:
        tail = _PUBLISHER.match(text, place.end) if place.start >= len(text) - _FOOT else None
        if tail and place.adcode and place.kind == "org":
            yield f"publisher: {text[place.start : tail.end()]}", _unit(place.adcode)
    plate = _PLATE.search(text[-_FOOT:])
    if plate:
        unit = _unit(_plates()[plate[1]])
        most = _best("", 2, _count(places))
        if most is None or unit.code.startswith(most[0]):  # a site may be hosted far from what it reports on
            yield f"publisher: {plate[0]}", unit


@lru_cache(maxsize=512)
def _find(text: str) -> tuple[Place, ...]:
    """The places of a short phrase; publishers and datelines come again with every report."""
    from jfextract.places.finder import find

    return find(text)


def _unit(code: str) -> Unit:
    unit = at(code)
    assert unit is not None
    return unit


def _named_in(phrase: str, evidence: str) -> Iterator[tuple[str, Unit]]:
    """The place of a phrase, if it names one or several inside one another."""
    units = [_unit(place.adcode) for place in _find(phrase) if place.adcode]
    if units and len({unit.code[:2] for unit in units}) == 1:
        prefectures = {unit.code[:4] for unit in units if unit.level != "province"}
        if len(prefectures) <= 1:
            yield evidence, max(units, key=lambda unit: _LEVELS.index(unit.level))
        else:
            yield evidence, _unit(units[0].code[:2] + "0000")


@lru_cache(maxsize=1)
def _plates() -> dict[str, str]:
    return {
        row["char"]: row["code"] for row in room_table("places", "plates.tsv", ("char", "code"), key="char")
    }


def _count(places: Iterable[Place]) -> Counter[str]:
    """Mentions by province (2 digits), prefecture (4) and county (6)."""
    counts: Counter[str] = Counter()
    for place in places:
        code = place.adcode or (_seat_of(place.name) if place.level == "zone" else None)
        if code and place.kind != "deictic":
            counts[code[:2]] += 1
            if not code.endswith("0000"):
                counts[code[:4]] += 1
            if not code.endswith("00"):
                counts[code] += 1
    return counts


def _seat_of(zone: str | None) -> str | None:
    """The code of the city or county that a functional zone lies in (江苏省苏州市|苏州工业园区)."""
    for size in range(len(zone or "") - 1, 5, -1):
        code = code_of((zone or "")[:size])
        if code is not None:
            return code
    return None


def _best(prefix: str, size: int, counts: Counter[str]) -> tuple[str, int] | None:
    inside = [
        (number, code) for code, number in counts.items() if len(code) == size and code.startswith(prefix)
    ]
    return (max(inside)[1], max(inside)[0]) if inside else None


def _needs(text: str) -> int:
    """Digits of the code that the text's own 我县 (6) or 我市 (4) asks for."""
    if _FIRST_PERSON["county"].search(text):
        return 6
    return 4 if _FIRST_PERSON["prefecture"].search(text) else 2


def _descend(unit: Unit, text: str, counts: Counter[str]) -> Unit:
    """From the unit the page names down to the one the text is about, if it clearly is about one."""
    need = _needs(text)
    for size, level in ((4, "province"), (6, "prefecture")):
        if unit.level != level:
            continue
        prefix = unit.code[: size - 2]
        best = _best(prefix, size, counts)
        if best is None:
            continue
        share = best[1] / max(counts[prefix], 1)
        if share >= (0.4 if need >= size else 0.8) and (need >= size or best[1] >= 4):
            lower = at(best[0].ljust(6, "0"))
            unit = lower or unit
    return unit


def _vote(text: str, counts: Counter[str]) -> Home | None:
    need = _needs(text)
    total = sum(number for code, number in counts.items() if len(code) == 2)
    best = _best("", 2, counts)
    if best is None or best[1] < 0.6 * total or (best[1] < 2 and need == 2):
        return None
    unit = _unit(best[0] + "0000")
    for size in (4, 6):
        lower = _best(best[0], size, counts)
        if lower is None:
            break
        found = at(lower[0].ljust(6, "0"))
        if found is None or lower[1] < (0.4 if need >= size else 0.7) * counts[best[0]]:
            break
        unit = found
        best = (lower[0], lower[1])
    return home_of(unit, f"vote: {counts[unit.code[:2]]} of {total} names in {chain(unit)[:12]}")
