"""One-character names of countries and provinces where the words around carry them: 中美关系, 来华, 京、沪、粤."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from jfextract.lexicon import room_table
from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Place
from jfextract.places.contexts import context_ends, context_words
from jfextract.places.words import Clauses

__all__ = ["find_abbreviations"]


@dataclass(frozen=True, slots=True)
class _Meaning:
    name: str
    code: str | None
    scope: str


# Countries of which one character alone names a side (俄方, 美外长); 土方, 老方, 白方 are other words.
_PARTY = "美俄日英法德韩朝印欧越泰缅蒙哈塞匈乌伊叙黎埃荷葡芬柬菲以巴"
_MAJOR = frozenset(
    "中美俄日英法德韩朝欧印以"
)  # without 中 a pair is of these: 纳吉, 德纳, 阿拉 are parts of names
_LISTED = "美俄日英法德韩朝印巴叙伊以越泰缅乌黎土"  # in a list with 、 before 两国, 三国 …
_SPEAKERS = "美俄英法德韩朝印叙乌巴日欧"  # before a verb of states at the head of a clause (俄称); 以称, 中将 are words
_PARTS = "美俄英法德韩印泰缅叙伊乌"  # of which 北部, 境内 … may be said; 以东部, 日中部 are other words
_DATE = frozenset("0123456789一二三四五六七八九十今昨明同当即近")
_NEEDED = {
    "abbreviation: toward": "对",
    "abbreviation: party": "方",
    "abbreviation: nationality": "籍",
    "abbreviation: list": "、",
}  # without it the pattern of a rule need not be tried

_GOVERNING = "(?<=以)[^,，。;；、\\n]{1,24}?(?:为|做|作)"  # 对以习近平同志为核心的党中央
_FORUM = lazy_pattern(r"(?:经贸|合作|部长级|商务){0,2}(?:论坛|峰会|基金|商会|联合会)")

_SCOPES = {"country": ("country", "named"), "pair": ("country",), "province": ("province",)}
_SCOPES |= {"run": ("province",)}


@lru_cache(maxsize=1)
def _meanings() -> dict[str, tuple[_Meaning, ...]]:
    found: dict[str, tuple[_Meaning, ...]] = {}
    for row in room_table("places", "abbreviations.tsv", ("char", "names", "code", "scope")):
        meanings = tuple(_Meaning(name, row["code"] or None, row["scope"]) for name in row["names"].split())
        found[row["char"]] = found.get(row["char"], ()) + meanings
    return found


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[re.Pattern[str], str, str]]:
    """Pattern, scope, and rule; every group of a match that took part is one place."""
    countries = "".join(
        char
        for char, found in _meanings().items()
        if {meaning.scope for meaning in found} & {"country", "named"} and char != "华"
    )
    named = "".join(
        char for char, found in _meanings().items() if {"named"} & {meaning.scope for meaning in found}
    )
    provinces = "".join(
        char for char, found in _meanings().items() if any(meaning.scope == "province" for meaning in found)
    )
    relation = _either(context_words("relation"))
    strong = "|".join(sorted(context_words("strong pair")))
    towards = "|".join(f"{entry[0]}[{entry[1:]}]" for entry in sorted(context_words("towards")))
    more = "".join(f"(?:、([{provinces}]))?" for _ in range(6))
    table = [
        (
            rf"([中美俄日欧])([{countries}])([{countries}])(?=三国|关系|自贸|三方|领导人|外长|合作|峰会|铁路)",
            "country",
            "group",
        ),
        (rf"([{countries}])([{countries}])(?={relation})", "country", "pair"),
        (rf"({strong})", "pair", "strong pair"),
        (rf"(中)([{countries}])(?=、中[{countries}](?:{relation}))", "country", "pair"),
        (
            rf"([中{_LISTED}])[、和与]([中{_LISTED}])(?:[、和与]([中{_LISTED}]))?(?:[、和与]([中{_LISTED}]))?"
            rf"(?=等?(?:[两三四五]国|双方|{_either(context_words('title'))}))",
            "country",
            "listed",
        ),
        (
            rf"([{countries}])、(?:([{countries}])|[一-龥]{{2,6}})(?:、(?:([{countries}])|[一-龥]{{2,6}})){{0,6}}"
            r"(?=[两三四五六七八]国|[两三]个?共和国)",
            "country",
            "listed",
        ),
        (rf"([{_LISTED}])、([{_LISTED}])(?=边境|边界|关系|矛盾|冲突|之间)", "country", "listed"),
        (rf"([中{_PARTY}])(?=对[华美俄日欧韩朝越伊台乌印中])(?<!以)", "country", "toward"),
        (
            # the character first: a pattern that begins with a look back is slow
            rf"([{_SPEAKERS}])(?<![^\n。;；:：，,“ ].)(?={_either(context_words('state verb'))})",
            "country",
            "speaker",
        ),
        (
            rf"([{_PARTS}])(?=[东南西北中]部(?!队|长|门|委)|境内|全境|北方邻国|南部边境|北部边境)",
            "country",
            "part",
        ),
        (rf"([中{_PARTY}])[—–-]+([中{_PARTY}])(?={relation})", "country", "group"),
        (rf"([中苏{_PARTY}{named}])方(?![面法案式向针位程圆形便才形言略])", "country", "party"),
        (
            rf"([{_PARTY}意加澳土])(?=前?(?:{_either(context_words('title'))}))(?!(?<=以)政府)",
            "country",
            "title",
        ),
        (r"([美日英法德俄韩加澳])(?=籍(?!贯))", "country", "nationality"),
        (rf"({towards})(?!{_GOVERNING})", "towards", "direction"),
        (rf"([{provinces}])、([{provinces}]){more}", "province", "list"),
        (
            rf"({_either(context_words('province run'))})(?=[、,，和与及]?{_either(context_words('run joint'))})",
            "run",
            "run",
        ),
    ]
    return [(lazy_pattern(pattern), scope, f"abbreviation: {rule}") for pattern, scope, rule in table]


def _either(words: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


def find_abbreviations(text: str, clauses: Clauses, places: Sequence[Place]) -> Iterator[Place]:
    """One-character places; ``places`` are the names found otherwise (they decide what 巴 or 乌 stands for).

    >>> from jfextract.places.words import Clauses
    >>> sentence = "中美两国元首会晤,俄方表示关注,代表团来华访问"
    >>> [(p.text, p.name) for p in find_abbreviations(sentence, Clauses(sentence), [])]
    [('中', '中国'), ('美', '美国'), ('俄', '俄罗斯'), ('华', '中国')]
    """
    named = Counter(place.name for place in places if place.name)
    taken: set[int] = set()
    for place in places:
        taken.update(range(place.start, place.end))
    found: list[Place] = []
    for pattern, scope, rule in _patterns():
        if _NEEDED.get(rule, "") not in text:
            continue
        for match in pattern.finditer(text):
            groups = _groups(match, scope)
            if any(start in taken for start, _ in groups):
                continue
            read = [(start, end, _meaning(text[start], scope, named)) for start, end in groups]
            if scope == "country" and any(meaning is None for _, _, meaning in read):
                continue  # 中科|合作: the text names no country that begins so
            if not _whole(text, clauses, match, rule):
                continue
            if rule == "abbreviation: party" and not _is_party(text[match.start()], read[0][2], named, found):
                continue
            for start, end, meaning in read:
                if meaning is not None:
                    taken.update(range(start, end))
                    level = "province" if meaning.scope == "province" else "country"
                    kind: Literal["named", "org"] = "org" if _FORUM.match(text, read[-1][1]) else "named"
                    found.append(
                        Place(text[start:end], start, end, meaning.name, meaning.code, level, kind, rule)
                    )
    yield from sorted(found, key=lambda place: place.start)


def _is_party(char: str, meaning: _Meaning | None, named: Counter[str], found: list[Place]) -> bool:
    """马方 is Malaysia's side only in a text that names it, or has 中马."""
    if char in _PARTY or char in "中苏":
        return True
    return meaning is not None and (
        named[meaning.name] > 0 or any(place.name == meaning.name for place in found)
    )


def _groups(match: re.Match[str], scope: str) -> list[tuple[int, int]]:
    if scope == "towards":
        return [(match.end(1) - 1, match.end(1))]
    if scope in ("run", "pair"):
        start, end = next(match.span(group) for group in range(1, match.re.groups + 1) if match[group])
        return [(position, position + 1) for position in range(start, end)]
    return [match.span(group) for group in range(1, match.re.groups + 1) if match[group]]


def _whole(text: str, clauses: Clauses, match: re.Match[str], rule: str) -> bool:
    """Whether the segmenter lets the characters stand: not the end of one word and the start of the next."""
    spans = [match.span(group) for group in range(1, match.re.groups + 1) if match[group]]
    start, end = spans[0][0], spans[-1][1]
    if text[start] == "日" and start and text[start - 1] in _DATE:
        return False
    pair = text[start:end]
    if rule == "abbreviation: pair" and "中" not in pair and not _MAJOR.issuperset(pair):
        return False
    first, last = clauses.word(start), clauses.word(end - 1)
    if rule in ("abbreviation: party", "abbreviation: speaker", "abbreviation: toward"):
        return first[0] == start and first[1] <= end + 1  # 俄方, 俄称 and 美对 as one word
    if rule == "abbreviation: listed":
        return first[0] == start
    if rule == "abbreviation: title" and text[end : first[1]] in context_words("title"):
        return first[0] == start  # 俄总统 as one word
    if rule == "abbreviation: title" and first[2].startswith("nr") and first[1] > end + 1:
        return first[0] == start  # 英首相 as one word, a person's
    if rule == "abbreviation: strong pair":
        # 中美关系 may be one word of the segmenter's
        whole = first[1] > end and text.startswith(context_ends("relation"), end)
        return first[0] == start and (last[1] == end or first[1] == end - 1 or whole)
    if rule == "abbreviation: direction" and first[:2] == (start - 1, start + 1) and last[1] == end:
        return text[start - 1] in _PARTY  # 美对|日
    if (
        rule == "abbreviation: direction"
        and first[0] == start
        and (first[2][0] in "vl" or text[end - 1] == "华")
    ):
        return True  # 来华访问 as one word
    if rule == "abbreviation: list" and len(spans) > 2:
        return first[0] == start  # 京、津、|冀三地
    return first[0] == start and last[1] == end


def _meaning(char: str, scope: str, named: Counter[str]) -> _Meaning | None:
    wanted = _SCOPES.get(scope, ())
    options = [
        meaning
        for meaning in _meanings().get(char, ())
        if (not wanted or meaning.scope in wanted) and (meaning.scope != "named" or named[meaning.name])
    ]
    if not options:
        return None
    if scope == "towards" and char == "澳":
        return next((meaning for meaning in options if meaning.code), options[0])
    best = max(options, key=lambda meaning: named[meaning.name])
    return best if named[best.name] else options[0]
