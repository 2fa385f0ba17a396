"""From the automaton's matches to the hits that are places, chains joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jfextract.places.contexts import context_words
from jfextract.places.gazetteer import Unit
from jfextract.places.mistaken import SOUNDS, is_no_place
from jfextract.places.names import Reading, automaton, readings
from jfextract.places.words import Clauses

__all__ = ["Hit", "scan", "within"]

_PLACE_TAGS = {"ns", "nt", "nz"}
_NEVER_TAGS = {"i", "l", "z", "d", "v", "a", "ad", "vn", "t", "c", "r", "m", "p"}
_CLEAR_BEFORE = frozenset("\n 、,，。:：;；(（)）“”《》[]【】|—-的在与及从到对向于")
_CLEAR_AFTER = frozenset("\n 、,，。:：;；(（)）“”《》[]【】|的在与及和等是将")
_TOWARDS = frozenset("赴访驻来抵返离援旅留对去")
_PREPOSITIONS = frozenset("从和于向经由至自到在对与及同")
_DIRECTIONS = frozenset("东西南北中海江山")  # 河|南岸, 江|西侧
_LONGEST = 8  # characters of a name looked for behind a preposition
_FIRM = frozenset(("sure", "word", "cut"))
_CITIZENS = re.compile("民(?![政族间营生兵办警用主权国委宗])|区(?![县划委域级政人法])")
_JOINTS = "、,，和与及至到—-"


@dataclass(slots=True)
class Hit:
    """A name found at ``start``–``end``; ``options`` are its readings, ``above`` the unit a chain named before it."""

    start: int
    end: int
    options: tuple[Reading, ...]
    head: int = 0  # where the last unit of the chain begins
    joined: bool = False


def within(unit: Unit, above: Unit) -> bool:
    """Whether ``above`` is an ancestor of ``unit`` by their codes.

    >>> from jfextract.places.gazetteer import at
    >>> within(at("610326"), at("610300")), within(at("610300"), at("610326"))
    (True, False)
    """
    if above.level == "province":
        return unit.level != "province" and unit.code[:2] == above.code[:2]
    return above.level == "prefecture" and unit.level == "county" and unit.code[:4] == above.code[:4]


def _cut(text: str, clauses: Clauses, start: int, end: int) -> tuple[str, str]:
    """How the segmenter cuts a span (exact, head, inside, joined, broken) and the tag of the word that covers its start."""
    word_start, word_end, tag = clauses.word(start)
    if (
        word_start == start - 1
        and word_end == end
        and tag.startswith("nr")
        and text[word_start] in _PREPOSITIONS
    ):
        return "exact", "ns"  # 从金华, 和永宁 stand as persons in the segmenter's dictionary
    if word_start == start:
        if word_end == end:
            return "exact", tag
        if word_end > end:
            return "head", tag
        return ("joined" if clauses.word(end - 1)[1] == end else "broken"), tag
    return ("inside" if word_end >= end else "broken"), tag


def _stands_clear(text: str, start: int, end: int) -> bool:
    """Whether the neighbours alone show where the name begins and ends: no need to ask the segmenter."""
    if start and text[start - 1] not in _CLEAR_BEFORE:
        return False
    if end < len(text) and text[end] in SOUNDS:
        return False  # 马里|奥, 古巴|比伦
    return text[end - 1] not in _DIRECTIONS or end == len(text) or text[end] in _CLEAR_AFTER


def _stands(text: str, clauses: Clauses, start: int, end: int, grade: str) -> bool:
    """Whether a name of grade sure or word may stand here without further support."""
    if grade == "sure" and (end - start > 3 or _stands_clear(text, start, end)):
        return True
    cut, tag = _cut(text, clauses, start, end)
    if cut == "exact" and grade == "cut":
        return True
    if grade == "sure":
        if end - start == 3:
            last = clauses.word(end - 1)[0]
            behind = last > start and bool(readings(text[last:end]))  # 同新|中国
            return cut != "broken" or clauses.word(start)[0] == start or behind
        if cut in ("exact", "joined") or (text[end - 1] == "国" and text[start - 1] in _TOWARDS):
            return True  # 赴美|国 is the segmenter's slip
        return cut != "broken" and (tag in _PLACE_TAGS if cut == "inside" else tag not in _NEVER_TAGS)
    if cut == "exact":
        return tag not in _NEVER_TAGS
    return cut in ("head", "inside") and tag in ("ns", "nt")


def _narrow(options: tuple[Reading, ...], before: Hit) -> tuple[Reading, ...]:
    """The readings of a name that fit under the name right before it (same chain)."""
    return tuple(
        option
        for option in options
        if any(
            (option.unit is not None and above.unit is not None and within(option.unit, above.unit))
            or (
                option.unit is None
                and above.level == "country"
                and option.country == above.usual
                and option.level != "country"
            )
            or (
                option.unit is None
                and above.unit is not None
                and option.usual.startswith(above.unit.full_name)
            )
            or (option.unit is None and above.unit is None and _same_country(option.usual, above.usual))
            or (option.level == "province" and above.usual == "中国" and option.unit is not None)
            for above in before.options
        )
    )


def _located(text: str, clauses: Clauses, start: int, end: int, hits: Sequence[Hit]) -> bool:
    """Whether the words around say that this is a place: 在日照, 来宾等地, 青岛、日照."""
    if _cut(text, clauses, start, end)[0] != "exact":
        return False
    before = clauses.before(start)
    if before is not None and before[0] in context_words("before place"):
        return True
    if hits and text[start - 1] in "、和与" and hits[-1].end == start - 1:
        return True
    after = clauses.after(end)
    return bool(after) and after[0][3] in context_words("after place")


def _same_country(inner: str, outer: str) -> bool:
    """美国|加州 (美国加利福尼亚州), 缅北|果敢 (缅甸北部, 缅甸果敢)."""
    return inner != outer and (inner.startswith(outer) or (outer[-1] == "部" and inner[:2] == outer[:2]))


def _trimmed(text: str, clauses: Clauses, start: int, end: int) -> int:
    """Where a name ends whose last character begins the next word: 太原|市民, 以色列|国防部."""
    if end - start < 3 or not readings(text[start : end - 1]):
        return end
    if end - start > 3 and text.startswith(("国防", "国会", "国务"), end - 1):
        return end - 1
    firm = readings(text[start : end - 1])[0].grade in _FIRM
    if firm and text[end - 1] == "市" and _CITIZENS.match(text, end):
        return end - 1  # 北京|市民, 拉萨|市区: the segmenter may cut 北京市|民冒
    if firm and text[end - 1] in "省市" and text.startswith("长", end):
        after = any(readings(text[end : end + size]) for size in (2, 3, 4))  # 湖南省|长沙市, 高雄|市长
        return end if after else end - 1
    word_start, word_end, _ = clauses.word(end - 1)
    if word_start != end - 1 or word_end == end:
        return end
    return end - 1 if text[word_start:word_end] in context_words("tail word") else end


def _foreign_to(options: tuple[Reading, ...], before: Hit) -> bool:
    """四川|锦屏: a short name right behind a province that its county does not lie in is another place's."""
    above = before.options[0].unit
    return (
        above is not None
        and above.level == "province"
        and bool(options)
        and all(
            option.unit is not None and option.unit.level == "county" and option.grade != "sure"
            for option in options
        )
    )


def scan(text: str, clauses: Clauses, seed: frozenset[str]) -> list[Hit]:
    """All names of the text in order, chains joined; ``seed`` are codes known to matter (the report's own place)."""
    pending: list[tuple[int, int, tuple[Reading, ...]]] = []
    hits: list[Hit] = []
    for start, matched in _matches(text, clauses):
        end = _trimmed(text, clauses, start, matched)
        every = readings(text[start:end])
        if every[0].level not in ("country", "province") and _in_foreign_name(text, start, end):
            continue
        before = hits[-1] if hits else None
        chained = _narrow(every, before) if before is not None and before.end == start else ()
        if (
            chained
            and before is not None
            and (chained[0].grade == "sure" or _cut(text, clauses, start, end)[0] != "broken")
        ):
            before.end, before.options, before.head, before.joined = end, chained, start, True
            continue
        options = every
        if every[0].grade == "chained" or len(every) > 1:
            options = tuple(option for option in every if option.grade != "chained")
        grade = options[0].grade if options else "chained"
        if before is not None and before.end == start and _foreign_to(options, before):
            continue
        if grade in ("sure", "word", "cut"):
            if _stands(text, clauses, start, end, grade) and not is_no_place(text, clauses, start, end):
                hits.append(Hit(start, end, options, start))
        elif grade == "placed" and _located(text, clauses, start, end, hits):
            if not is_no_place(text, clauses, start, end):
                hits.append(Hit(start, end, options, start))
        elif options:
            pending.append((start, end, options))
    return _with_backed(text, clauses, hits, pending, seed)


def _matches(text: str, clauses: Clauses) -> Iterator[tuple[int, int]]:
    """Spans of the automaton's names, in order."""
    machine, _, count = automaton()
    reached = 0
    for index, start, end in machine.find_matches_as_indexes(text):
        if index >= count or start < reached:
            continue
        behind = _behind(text, clauses, start, end) if text[start] in _PREPOSITIONS else None
        if behind is None:
            yield start, end
        else:
            yield start + 1, behind
            reached = behind


def _behind(text: str, clauses: Clauses, start: int, end: int) -> int | None:
    """Where a name ends that begins behind a preposition which a shorter name swallowed: 从|江苏 (从江), 和|顺义区 (和顺)."""
    if _cut(text, clauses, start, end)[0] == "exact":
        return None
    for stop in range(min(start + 1 + _LONGEST, len(text)), start + 2, -1):
        found = readings(text[start + 1 : stop])
        if (
            found
            and found[0].grade == "sure"
            and (stop > end or readings(text[start:end])[0].grade != "sure")
        ):
            return stop
    return None


def _in_foreign_name(text: str, start: int, end: int) -> bool:
    """伊丽莎白·史密斯, 穆罕默德·阿里: parts of a person's name."""
    return text[end : end + 1] in ("·", "•") or (start > 0 and text[start - 1] in "·•")


def _with_backed(
    text: str,
    clauses: Clauses,
    hits: list[Hit],
    pending: Sequence[tuple[int, int, tuple[Reading, ...]]],
    seed: frozenset[str],
) -> list[Hit]:
    """Add the short names that something in the document supports: 洪洞 after 洪洞县, 扶风 in 眉县、扶风."""
    if not pending:
        return hits
    full = {option.unit.code for hit in hits for option in hit.options if option.unit is not None} | seed
    areas = {code[:4] for code in seed if not code.endswith("0000")}
    ends = {hit.end: hit for hit in hits}
    added: list[Hit] = []
    for start, end, options in pending:
        units = [option for option in options if option.unit is not None]
        named = tuple(option for option in units if option.unit and option.unit.code in full)
        near = tuple(option for option in units if option.unit and option.unit.code[:4] in areas)
        listed = start and text[start - 1] in _JOINTS and start - 1 in ends
        beside = _siblings(options, ends[start - 1]) if listed else ()
        if not (named or near or beside):
            continue
        cut, tag = _cut(text, clauses, start, end)
        if (
            cut == "broken"
            or (cut != "joined" and tag in _NEVER_TAGS)
            or (cut == "head" and tag not in _PLACE_TAGS)
        ):
            continue
        fit = named or (near if cut == "exact" else ()) or beside
        if fit:
            hit = Hit(start, end, fit, start)
            ends[end] = hit
            added.append(hit)
    return sorted([*hits, *added], key=lambda hit: hit.start)


def _siblings(options: tuple[Reading, ...], neighbour: Hit) -> tuple[Reading, ...]:
    """Readings of the same level and under the same parent as a name listed right before."""
    return tuple(
        option
        for option in options
        for other in neighbour.options
        if option.unit is not None
        and other.unit is not None
        and option.unit.level == other.unit.level
        and option.unit.code[:4] == other.unit.code[:4]
    )
