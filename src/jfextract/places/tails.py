"""What follows a unit in a chain: townships, villages, development zones (西宁市城西区|胜利路街道|北商业巷社区)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.places.contexts import context_words
from jfextract.places.gazetteer import Unit
from jfextract.places.townships import LONGEST, township_codes
from jfextract.places.words import Clauses

__all__ = ["Tail", "find_tail", "zone_name"]

# Characters that no name of a township, village or zone begins with or holds; 是, 的 … end the look-ahead.
_STOP = '的在和与是了各个等及对把为向从到全某每该本我其以将有被由让使、,，。;；:：《》“”"()（）\\s'
_TOWN = re.compile(rf"([^{_STOP}A-Za-z0-9]{{1,6}}?)(街道|民族乡|苏木|镇|乡)(?![村镇亲])")
_VILLAGE = re.compile(rf"([^{_STOP}A-Za-z]{{1,8}}?)(社区|嘎查|村(?:社区)?|屯)(?![民干官级支两务里落镇庄])")
_UNDIVIDED = frozenset(("4419", "4420", "4604", "6202"))  # cities without counties: 东莞, 中山, 儋州, 嘉峪关
_NAME_TAGS = {
    "n",
    "nr",
    "ns",
    "nz",
    "nt",
    "nrt",
    "nrfg",
    "x",
    "g",
    "ng",
    "s",
    "f",
    "b",
    "j",
    "m",
    "a",
    "q",
    "t",
    "zg",
    "l",
    "i",
}


@dataclass(frozen=True, slots=True)
class Tail:
    """A part of a chain below the units: where it ends, its own name, level and (townships) nine-digit code."""

    end: int
    name: str
    level: str
    code: str | None = None


@lru_cache(maxsize=1)
def _zones() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {
        row["ending"]: row["official"]
        for row in room_table("places", "zones.tsv", ("ending", "official"), key="ending")
    }
    endings = "|".join(sorted(table, key=len, reverse=True))
    return re.compile(rf"([^{_STOP}]{{0,8}}?)({endings})(?![域内外])"), table


@lru_cache(maxsize=1)
def _outlook() -> re.Pattern[str]:
    """Ahead there is a character that ends the name of a township, village or zone: most places have none."""
    finals = "".join(sorted({ending[-1] for ending in _zones()[1]} | set("镇乡道木区查村屯")))
    return re.compile(rf"[^，,。;；:：、《》“”()（）\s]{{0,{LONGEST + 8}}}?[{finals}]")


def _is_name(clauses: Clauses, start: int, end: int) -> bool:
    """Whether the words of a span may form a name: it is cut at both ends and holds no verb."""
    for begin, stop, tag, word in clauses.after(start):
        if begin >= end:
            return False
        if tag not in _NAME_TAGS and not (tag == "v" and len(word) == 1) and word[-1:] not in "村镇乡区":
            return False
        if stop == end:
            return True
        if stop > end:
            return begin == end - 1  # 罗东|镇公所
    return False


def _township(text: str, at: int, area: str, clauses: Clauses) -> Tail | None:
    for size in range(min(LONGEST, len(text) - at), 1, -1):
        piece = text[at : at + size]
        if piece[-1] not in "镇乡道木":
            continue
        codes = township_codes(piece, area)
        if codes:
            return Tail(at + size, piece, "township", codes[0] if len(codes) == 1 else None)
    match = _TOWN.match(text, at)
    if (
        match
        and match[1] not in context_words("generic stem")
        and (len(area) == 6 or area in _UNDIVIDED)
        and _is_name(clauses, at, match.end())
    ):
        return Tail(match.end(), match[0], "township")
    return None


def _village(text: str, at: int, clauses: Clauses) -> Tail | None:
    match = _VILLAGE.match(text, at)
    if match is None or match[1] in context_words("generic stem") or match[1][-1] in "乡农山渔":
        return None
    return Tail(match.end(), match[0], "village") if _is_name(clauses, at, match.end()) else None


def _is_known(clauses: Clauses, at: int) -> bool:
    """Whether a word that the segmenter takes for a name begins at ``at`` (安徽|小岗|村, not 江西|山|村)."""
    start, end, tag = clauses.word(at)
    return start == at and end - start > 1 and tag in ("ns", "nr", "nz", "nrt", "nrfg", "x")


def find_tail(text: str, at: int, unit: Unit, clauses: Clauses) -> list[Tail]:
    """The parts of a chain that follow a unit's name at ``at``: a zone, or township and village."""
    if _outlook().match(text, at) is None:
        return []
    area = (
        unit.code.rstrip("0")
        if unit.level == "province"
        else unit.code[:4]
        if unit.level == "prefecture"
        else unit.code
    )
    zone = _zone(text, at, clauses)
    if zone is not None:
        return [zone]
    parts: list[Tail] = []
    town = _township(text, at, area, clauses)
    if town is not None:
        parts.append(town)
        at = town.end
    village = _village(text, at, clauses)
    if village is not None and (town is not None or unit.level == "county" or _is_known(clauses, at)):
        parts.append(village)
    return parts


def _zone(text: str, at: int, clauses: Clauses) -> Tail | None:
    pattern, _ = _zones()
    match = pattern.match(text, at)
    if match is None or not _is_zone_stem(match[1], clauses, at):
        return None
    return Tail(match.end(), match[0], "zone")


def _is_zone_stem(stem: str, clauses: Clauses, at: int) -> bool:
    if not stem:
        return True
    words = [word for word in clauses.after(at) if word[0] < at + len(stem)]
    verbs = context_words("zone verb")
    return stem not in context_words("generic stem") and all(
        (tag in _NAME_TAGS or tag in ("v", "vn")) and word not in verbs for _, _, tag, word in words
    )


def zone_name(unit: Unit, tail: str) -> str:
    """The official name of a zone: 宝鸡|高新区 → 宝鸡高新技术产业开发区."""
    _, table = _zones()
    ending = max((known for known in table if tail.endswith(known)), key=len)
    stem = (
        re.sub(r"(特别行政区|自治区|新区|省|市|县|区)$", "", unit.name) if len(unit.name) > 2 else unit.name
    )
    return stem + tail[: -len(ending)] + table[ending]
