"""Read on, byte by byte: each way in which a pending lead byte and what stands next make a character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from itertools import islice

from jfextract.text.doublebyte import by_lead, by_trail, char_of, is_unassigned, pair_of, plain
from jfextract.text.gloss import GLOSS, is_reading_of
from jfextract.text.shift_page import Page
from jfextract.text.shift_sites import LOST_MARKS, site_pattern
from jfextract.text.statistics import bigrams

__all__ = ["Path", "char_at", "context", "extend", "open_gloss", "open_pair", "path_score"]

_PAIR_TRAIL = {"!": 0xA1, ",": 0xAC, "?": 0xBF}  # A3 A1, A3 AC, A3 BF: the pairs a converter replaces
_READING_END = re.compile(r"\(?([a-züɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,7})\)")
_LOST_PAIR = -2.0
_LONGER = 1.5  # a character more is a chance more to be unlikely: the longer reading is the fuller one
_FOLDED = -3.0
_CONFIRMED = 6.0  # a gloss that reads the character it stands behind: one chance in some hundreds


@dataclass(frozen=True, slots=True)
class Path:
    """A reading of the zone so far: ``pending`` is the lead byte that waits for its trail, None in step."""

    score: float
    page: Page
    pending: int | None
    last: str
    ended: float  # chance that a word ends with ``last``
    chars: tuple[tuple[str, int, bool], ...]  # character, source offset behind it, was a byte of it lost
    evidence: float = 0.0  # the part of the score that the statistics of Chinese did not give

    def add(
        self, char: str, behind: int, pending: int | None, more: float = 0.0, *, lost: bool = False
    ) -> Path:
        after = plain(char)
        chance, ended = bigrams().step(self.last, self.ended, after)
        chance = self.page.more_likely(self.last, after, chance)
        score = self.score + chance + more + _LONGER
        evidence = self.evidence + more + _LONGER
        return Path(score, self.page, pending, after, ended, (*self.chars, (char, behind, lost)), evidence)


def path_score(path: Path) -> float:
    return path.score


def char_at(source: str, at: int) -> str:
    return plain(source[at]) if 0 <= at < len(source) else "\n"


def context(source: str, start: int) -> tuple[str, float]:
    """Return the character before an offset and the chance that a word ends with it."""
    lm = bigrams()
    first = max(0, start - 4)
    last, ended = char_at(source, first - 1), 1.0
    for at in range(first, start):
        after = char_at(source, at)
        _, ended = lm.step(last, ended, after)
        last = after
    return last, ended


def open_pair(source: str, at: int, done: int, page: Page) -> tuple[int, list[tuple[int, Path]]]:
    """Try every character whose second half a replaced pair took: 。 before ”, 海 before ” …"""
    mark = at > done and source[at - 1] in LOST_MARKS
    start = at - 1 if mark else at
    empty = Path(0.0, page, None, *context(source, start), ())
    trails = [_PAIR_TRAIL[source[at]]]
    if source[at] == "?" and not mark:  # the mark of the lost byte may have swallowed the ! or , as well
        trails = list(_PAIR_TRAIL.values())
    firsts = nlargest(
        _WIDTH, (empty.add(char, at, 0, lost=True) for _, char in by_trail(0xA3)), key=path_score
    )
    return start, [(at + 1, replace(path, pending=trail)) for path in firsts for trail in trails]


def open_gloss(source: str, at: int, page: Page) -> tuple[int, list[tuple[int, Path]]]:
    """Try every character that has the reading and begins with the last byte of the character before."""
    match = site_pattern().match(source, at)
    pair = pair_of(source[at - 1])
    if match is None or pair is None:
        return at, []
    before = context(source, at)
    behind = _behind_repeats(source, match.end(), match[1])
    opened = [
        (behind, Path(trust, page, trail, *before, (), trust))
        for trail, char in by_lead(pair[1])
        if trail > 0x80 and is_reading_of(match[1], char, exact=True)
        for trust in (page.trust(char),)
    ]
    return at, opened


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
        if rank < 2 * _FEW:
            yield from _lose_trail(path, lead, lambda trail, _: is_unassigned(trail, pair[0]), here)
        if rank < (_FIRSTS if len(path.chars) == 1 else _FEW):
            yield from _lose_pair(path, lead, pair, here + 1)
        return
    if char in LOST_MARKS:
        yield from _read_mark(source, here, limit, path, lead)
    if "@" <= char <= "~" and (whole := char_of(lead, ord(char))):
        yield here + 1, path.add(whole, here + 1, None)
    if "@" <= char <= "~" and rank < _FEW:
        yield from _lose_pair(path, lead, (ord(char), None), here + 1)
    if (char in _PAIR_TRAIL or char.isalpha()) and (whole := char_of(lead, 0xA3)):
        more = _FOLDED if char in _PAIR_TRAIL else 3 * _FOLDED
        yield here + 1, path.add(whole, here, ord(char) + 0x80, more, lost=True)
    if char in _PAIR_TRAIL and rank < _FEW:
        yield from _lose_pair(path, lead, (0xA3, _PAIR_TRAIL[char]), here + 1)
    gloss = GLOSS.match(source, here) if char == "(" else None
    if gloss is not None and here and is_reading_of(gloss[1], source[here - 1]):
        yield (
            _behind_repeats(source, gloss.end(), gloss[1]),
            path,
        )  # a gloss that was put in while the text was out of step
    if char < "@":
        if gloss is not None:
            yield from _lose_glossed(path, lead, gloss[1], here)
            yield from _lose_two_glossed(path, lead, gloss[1], here)
        yield from _lose_trail(path, lead, _anything, here)


_FEW = 4
_FIRSTS = 12


def _anything(_trail: int, _char: str) -> bool:
    return True


def _pair_up(path: Path, lead: int, pair: tuple[int, int], here: int) -> Iterator[tuple[int, Path]]:
    char = char_of(lead, pair[0])
    if char is None:
        return
    if pair[1] > 0x80:
        yield here + 1, path.add(char, here, pair[1])
    elif pair[1] < 0x80:  # the second byte is a letter of the true text: back in step
        yield here + 1, path.add(char, here + 1, pair[1]).add(chr(pair[1]), here + 1, None)


@lru_cache(maxsize=4096)
def _ranked(last: str, ended: float, chars: tuple[tuple[int, str], ...]) -> list[tuple[int, str]]:
    """Return bytes and characters, the most likely to come next first; nearly all paths of a place ask the same."""
    step = bigrams().step
    return sorted(chars, key=lambda one: -step(last, ended, plain(one[1]))[0])


def _best_next(
    path: Path, chars: tuple[tuple[int, str], ...], fits: Callable[[int, str], bool], most: int
) -> Iterator[tuple[int, str]]:
    ranked = _ranked(path.last, round(path.ended, 1), chars)
    return islice((one for one in ranked if fits(*one)), most)


def _lose_trail(
    path: Path, lead: int, fits: Callable[[int, str], bool], behind: int
) -> Iterator[tuple[int, Path]]:
    """Complete the pending character with every byte that may have been lost; then the text is in step."""
    for _, char in _best_next(
        path, _likely(lead), lambda trail, one: trail >= 0x80 and fits(trail, one), _WIDTH // 3
    ):
        yield behind, path.add(char, behind, None, lost=True)


def _lose_glossed(path: Path, lead: int, reading: str, behind: int) -> Iterator[tuple[int, Path]]:
    """Complete the pending character with every byte that makes one of this reading."""
    for trail, char in by_lead(lead):
        if trail >= 0x80 and is_reading_of(reading, char, exact=True):
            yield behind, path.add(char, behind, None, _CONFIRMED + path.page.trust(char), lost=True)


def _lose_two_glossed(path: Path, lead: int, reading: str, behind: int) -> Iterator[tuple[int, Path]]:
    """Complete two characters, the second glossed, of which only the first byte is left: 近平(píng)."""
    for char in path.page.glossed:
        pair = pair_of(char)
        if pair is None or not is_reading_of(reading, char, exact=True):
            continue
        fits = _dropped_with(pair[0])
        for _, one in _best_next(path, _likely(lead), fits, _FEW):
            first = path.add(one, behind, None, _LOST_PAIR, lost=True)
            yield behind, first.add(char, behind, None, _CONFIRMED + path.page.trust(char), lost=True)


def _dropped_with(trail: int) -> Callable[[int, str], bool]:
    return lambda lead, _: is_unassigned(lead, trail)


@lru_cache(maxsize=256)
def _likely(lead: int) -> tuple[tuple[int, str], ...]:
    """Return the characters of a lead byte that are not rare; a lost byte is not worth a rare one."""
    starts = bigrams().starts
    return tuple(
        (trail, char)
        for trail, char in by_lead(lead)
        if starts.get(plain(char), 0.0) > _RARE or char in _PUNCTUATION
    )


@lru_cache(maxsize=256)
def _likely_before(trail: int) -> tuple[tuple[int, str], ...]:
    starts = bigrams().starts
    return tuple(
        (lead, char)
        for lead, char in by_trail(trail)
        if starts.get(plain(char), 0.0) > _RARE or char in _PUNCTUATION
    )


_RARE = 3e-7
_PUNCTUATION = "，。、：；！？“”‘’（）《》—…·"


def _lose_pair(
    path: Path, lead: int, pair: tuple[int, int | None], behind: int
) -> Iterator[tuple[int, Path]]:
    """Complete two characters between which an unassigned pair of bytes was dropped.

    ``pair``: the second half of the second one, and the byte that is pending behind it (None: in step).
    """
    if pair[1] is not None and pair[1] <= 0x80:
        return
    for trail, char in _best_next(path, _likely(lead), lambda trail, _: trail in _DROPPED, _FEW):
        first = path.add(char, behind - 1, trail, _LOST_PAIR, lost=True)
        fits = _lost_before(trail)
        for _, one in _best_next(first, _likely_before(pair[0]), fits, _FEW):
            yield behind, first.add(one, behind - 1, pair[1], lost=True)


def _lost_before(lead: int) -> Callable[[int, str], bool]:
    return lambda trail, _: is_unassigned(lead, trail)


_DROPPED = frozenset((0xA2, *range(0xA4, 0xB0), *range(0xF8, 0xFF)))


def _read_mark(source: str, here: int, limit: int, path: Path, lead: int) -> Iterator[tuple[int, Path]]:
    """A ``?`` or U+FFFD stands for a lost byte, a lost pair, or a lost byte and the ASCII that it swallowed."""
    gloss = _READING_END.match(source, here + 1)
    if gloss is not None:
        yield from _lose_glossed(path, lead, gloss[1], gloss.end())
        yield from _lose_two_glossed(path, lead, gloss[1], gloss.end())
    behind = here + 1
    pair = pair_of(source[behind]) if behind < limit else None
    fits = _anything if pair is None else lambda trail, _: is_unassigned(trail, pair[0])
    yield from _lose_trail(path, lead, fits, behind)
    if source[here] == "?":
        for _, longer in _lose_trail(path, lead, _anything, behind):
            yield behind, longer.add(",", behind, None)
    if behind < limit and source[behind] in LOST_MARKS:
        behind += 1
        pair = pair_of(source[behind]) if behind < limit else None
    if pair is not None:
        yield from _lose_pair(path, lead, pair, behind + 1)
