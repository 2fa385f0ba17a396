"""Read on, byte by byte: each way in which a pending lead byte and what stands next make a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from heapq import nlargest

from jfextract.text.doublebyte import by_lead, by_trail, char_of, is_unassigned, pair_of
from jfextract.text.gloss import GLOSS, is_reading_of
from jfextract.text.shift_losses import (
    Path,
    anything,
    lose_glossed,
    lose_pair,
    lose_trail,
    lose_two_glossed,
    lose_two_pairs,
    lose_whole,
)
from jfextract.text.shift_sites import LOST_MARKS, site_pattern

__all__ = ["extend", "open_gloss", "open_pair", "start_of_pair"]

_PAIR_TRAIL = {"!": 0xA1, ",": 0xAC, "?": 0xBF}  # A3 A1, A3 AC, A3 BF: the pairs a converter replaces
_READING_END = re.compile(r"\(?([a-züɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,7})\)")
_FOLDED = -3.0
_UNMARKED = -3.0  # a lost byte without a mark on a page that has marks
_STILL_OUT = -3.0  # behind a mark the text is more often back in step
_BY_CHANCE = -14.0  # a gloss nearly always reads a character of the text
_SWALLOWED = -2.0  # a comma that a mark took along


def start_of_pair(source: str, at: int, done: int) -> int:
    """Return where the damage of a pair site begins: at the mark of a lost byte before it, if there is one."""
    return at - 1 if at > done and source[at - 1] in LOST_MARKS else at


def open_pair(source: str, at: int, start: int, empty: Path) -> list[tuple[int, Path]]:
    """Try every character whose second half a replaced pair took: 。 before ”, 海 before ” …"""
    mark = start < at
    trails = [_PAIR_TRAIL[source[at]]] if source[at] in _PAIR_TRAIL else []
    if (
        source[at] in LOST_MARKS and not mark
    ):  # the mark of the lost byte may have swallowed the ! or , as well
        trails = list(_PAIR_TRAIL.values())
    opened = [
        (at + 1, replace(path, pending=trail))
        for trail in trails
        for path in _firsts(source, at, trail, empty)
    ]
    if mark and source[at] == "?":  # two marks: the first swallowed the ! or , and the second is another loss
        opened += [
            (at, replace(path, pending=trail))
            for trail in _PAIR_TRAIL.values()
            for path in _firsts(source, at, trail, empty)
        ]
    return opened


def _firsts(source: str, at: int, trail: int, empty: Path) -> list[Path]:
    """Return the likeliest characters that lost their second byte, seen with the one that the other half begins."""
    pair = pair_of(source[at + 1]) if at + 1 < len(source) else None
    after = char_of(trail, pair[0]) if pair else None

    def chance(path: Path) -> float:
        return path.score if after is None else path.add(after, at, None).score

    return nlargest(_WIDTH, (empty.add(char, at, 0, lost=True) for _, char in by_trail(0xA3)), key=chance)


def open_gloss(source: str, at: int, empty: Path) -> list[tuple[int, Path]]:
    """Try every character that has the reading and begins with the last byte of the character before."""
    match = site_pattern().match(source, at)
    pair = pair_of(source[at - 1])
    if match is None or pair is None:
        return []
    behind = _behind_repeats(source, match.end(), match[1])
    return [
        (behind, replace(empty, score=trust, pending=trail, evidence=trust))
        for trail, char in by_lead(pair[1])
        if trail > 0x80 and is_reading_of(match[1], char, exact=True)
        for trust in (empty.page.trust(char),)
    ]


def _behind_repeats(source: str, at: int, reading: str) -> int:
    """Return the offset behind a gloss that is repeated: 常(chang)(chang)."""
    again = f"({reading})"
    while source.startswith(again, at):
        at += len(again)
    return at


_WIDTH = 40


def extend(source: str, here: int, limit: int, path: Path, rank: int) -> Iterator[tuple[int, Path]]:
    """Yield each way to read on: the offset behind what was used, and the longer path."""
    lead = path.pending
    if lead is None:
        return
    char = source[here] if here < limit else "\n"
    pair = pair_of(char)
    if pair is not None:
        yield from _pair_up(path, lead, pair, here)
        unmarked = replace(path, score=path.score + _UNMARKED) if path.page.marked else path
        if rank < 2 * _FEW:
            yield from lose_trail(
                unmarked, lead, lambda trail, _: is_unassigned(trail, pair[0]), source, here
            )
        if rank < (_FIRSTS if len(path.chars) == 1 else _FEW):
            yield from lose_pair(unmarked, lead, pair, source, here + 1)
        return
    if char in LOST_MARKS and not source.startswith("?”", here):  # a quoted question ends so: the mark stays
        written = char == "?" and not path.page.marked
        marked = replace(path, score=path.score + _UNMARKED) if written else path
        yield from _read_mark(source, here, limit, marked, rank)
    if "@" <= char <= "~" and (whole := char_of(lead, ord(char))):
        yield here + 1, path.add(whole, here + 1, None)
    if "@" <= char <= "~" and rank < _FEW:
        yield from lose_pair(path, lead, (ord(char), None), source, here + 1)
    if (char in _PAIR_TRAIL or char.isalpha()) and (whole := char_of(lead, 0xA3)):
        more = _FOLDED if char in _PAIR_TRAIL else 3 * _FOLDED
        yield here + 1, path.add(whole, here, ord(char) + 0x80, more, lost=True)
    if char in _PAIR_TRAIL and rank < _FEW:
        yield from lose_pair(path, lead, (0xA3, _PAIR_TRAIL[char]), source, here + 1)
    gloss = GLOSS.match(source, here) if char == "(" else None
    if gloss is not None and here and is_reading_of(gloss[1], source[here - 1]):
        # a gloss that was put in across two characters, while the text was out of step
        yield _behind_repeats(source, gloss.end(), gloss[1]), replace(path, score=path.score + _BY_CHANCE)
    if char < "@":
        if gloss is not None:
            yield from lose_glossed(path, lead, gloss[1], here)
            yield from lose_two_glossed(path, lead, gloss[1], here)
        yield from lose_trail(path, lead, anything, source, here)


_FEW = 4
_FIRSTS = 12


def _pair_up(path: Path, lead: int, pair: tuple[int, int], here: int) -> Iterator[tuple[int, Path]]:
    char = char_of(lead, pair[0])
    if char is None:
        return
    if pair[1] > 0x80:
        yield here + 1, path.add(char, here, pair[1])
    elif pair[1] < 0x80:  # the second byte is a letter of the true text: back in step
        yield here + 1, path.add(char, here + 1, pair[1]).add(chr(pair[1]), here + 1, None)


def _read_mark(source: str, here: int, limit: int, path: Path, rank: int) -> Iterator[tuple[int, Path]]:
    """A ``?`` or U+FFFD stands for a lost byte, a lost pair, or a lost byte and the ASCII that it swallowed."""
    lead = path.pending
    if lead is None:
        return
    gloss = _READING_END.match(source, here + 1)
    if gloss is not None:
        yield from lose_glossed(path, lead, gloss[1], gloss.end())
        yield from lose_two_glossed(path, lead, gloss[1], gloss.end())
    behind = here + 1
    pair = pair_of(source[behind]) if behind < limit else None
    fits = anything if pair is None else lambda trail, _: is_unassigned(trail, pair[0])
    yield from lose_trail(path, lead, fits, source, behind)
    for _, longer in lose_trail(path, lead, anything, source, behind):
        yield behind, longer.add(",", behind, None, _SWALLOWED)
    still_out = _STILL_OUT
    if behind < limit and source[behind] in LOST_MARKS:
        behind += 1
        still_out *= 3
        for _, longer in lose_trail(path, lead, anything, source, behind):
            whole = lose_whole(longer, behind)
            yield behind, whole
            yield behind, whole.add(",", behind, None, _SWALLOWED)
        pair = pair_of(source[behind]) if behind < limit else None
        if pair is not None and rank < _FEW:
            yield from lose_two_pairs(path, lead, pair, source, behind + 1)
    if pair is not None:
        doubted = replace(path, score=path.score + still_out)
        yield from lose_pair(doubted, lead, pair, source, behind + 1)
