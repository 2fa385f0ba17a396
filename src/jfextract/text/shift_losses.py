"""Characters of which a byte was lost: what may have stood there, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import islice

from jfextract.text.doublebyte import by_lead, by_trail, char_of, is_unassigned, pair_of, plain
from jfextract.text.gloss import GLOSS, is_reading_of
from jfextract.text.shift_page import Page
from jfextract.text.statistics import bigrams

__all__ = [
    "Path",
    "anything",
    "char_at",
    "context",
    "lose_glossed",
    "lose_pair",
    "lose_trail",
    "lose_two_glossed",
    "lose_two_pairs",
    "lose_whole",
    "next_char",
    "path_score",
]

_LOST_PAIR = -2.0
_LOST_WHOLE = -9.0  # a character of which nothing is left
_LONGER = 1.5  # a character more is a chance more to be unlikely: the longer reading is the fuller one
_FOREIGN = -5.0  # a character of the script that the page is not in
_CONFIRMED = 6.0  # a gloss that reads the character it stands behind: one chance in some hundreds
_FEW = 4
_FIRSTS_TRIED = 10
_PAIRS_TRIED = 12
_TRAILS = 13  # characters tried for a lost second byte


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
        if char in self.page.foreign:
            more += _FOREIGN
        chance, ended = bigrams().step(self.last, self.ended, after)
        chance = self.page.more_likely(self.last, after, chance)
        score = self.score + chance + more + _LONGER
        evidence = self.evidence + more + _LONGER
        return Path(score, self.page, pending, after, ended, (*self.chars, (char, behind, lost)), evidence)


def path_score(path: Path) -> float:
    return path.score


def char_at(source: str, at: int) -> str:
    return plain(source[at]) if 0 <= at < len(source) else "\n"


def context(before: str) -> tuple[str, float]:
    """Return the last character of what stands before, and the chance that a word ends with it."""
    lm = bigrams()
    last, ended = char_at(before, len(before) - 5), 1.0
    for after in map(plain, before[-4:]):
        _, ended = lm.step(last, ended, after)
        last = after
    return last, ended


def anything(_trail: int, _char: str) -> bool:
    return True


@lru_cache(maxsize=4096)
def _ranked(
    last: str, ended: float, chars: tuple[tuple[int, str], ...], after: str | None
) -> list[tuple[int, str]]:
    """Return bytes and characters, the most likely to stand here first; nearly all paths of a place ask the same.

    ``after`` is the character behind, None when it is not known yet.
    """

    def chance(one: tuple[int, str]) -> float:
        char = plain(one[1])
        found, done = bigrams().step(last, ended, char)
        return found if after is None else found + bigrams().step(char, done, after)[0]

    return sorted(chars, key=chance, reverse=True)


def _best_next(
    path: Path,
    chars: tuple[tuple[int, str], ...],
    fits: Callable[[int, str], bool],
    most: int,
    after: str | None = None,
) -> Iterator[tuple[int, str]]:
    ranked = _ranked(path.last, round(path.ended, 1), chars, after)
    return islice((one for one in ranked if fits(*one)), most)


def lose_trail(
    path: Path, lead: int, fits: Callable[[int, str], bool], source: str, behind: int
) -> Iterator[tuple[int, Path]]:
    """Complete the pending character with every byte that may have been lost; then the text is in step."""
    for _, char in _best_next(
        path,
        _likely(lead),
        lambda trail, one: trail >= 0x80 and fits(trail, one),
        _TRAILS,
        next_char(source, behind),
    ):
        yield behind, path.add(char, behind, None, lost=True)


def next_char(source: str, at: int) -> str:
    """Return the character from an offset on, glosses skipped."""
    while (gloss := GLOSS.match(source, at)) is not None:
        at = gloss.end()
    return char_at(source, at)


def lose_glossed(path: Path, lead: int, reading: str, behind: int) -> Iterator[tuple[int, Path]]:
    """Complete the pending character with every byte that makes one of this reading."""
    for trail, char in by_lead(lead):
        if trail >= 0x80 and is_reading_of(reading, char, exact=True):
            yield behind, path.add(char, behind, None, _CONFIRMED + path.page.trust(char), lost=True)


def lose_two_glossed(path: Path, lead: int, reading: str, behind: int) -> Iterator[tuple[int, Path]]:
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


def lose_whole(path: Path, behind: int) -> Path:
    """Return the path with U+FFFD for a character of which no byte is left; then the text is in step."""
    return Path(
        path.score + _LOST_WHOLE,
        path.page,
        None,
        "\ufffd",
        1.0,
        (*path.chars, ("\ufffd", behind, True)),
        path.evidence + _LONGER,
    )


def lose_pair(
    path: Path, lead: int, pair: tuple[int, int | None], source: str, behind: int
) -> Iterator[tuple[int, Path]]:
    """Complete two characters between which an unassigned pair of bytes was dropped.

    ``pair``: the second half of the second one, and the byte that is pending behind it (None: in step). The two are
    chosen together, with the character that follows them.
    """
    trail, pending = pair
    if pending is not None and pending <= 0x80:
        return
    after = next_char(source, behind) if pending is None else _char_with(pending, source, behind)
    for first, second in _ranked_pairs(path.last, round(path.ended, 1), lead, trail, after):
        longer = path.add(first, behind - 1, trail, _LOST_PAIR, lost=True)
        yield behind, longer.add(second, behind - 1, pending, lost=True)


def _char_with(lead: int, source: str, at: int) -> str | None:
    """Return the character that a pending byte makes with what stands next, None when it makes none."""
    pair = pair_of(source[at]) if at < len(source) else None
    return None if pair is None else char_of(lead, pair[0])


@lru_cache(maxsize=4096)
def _ranked_pairs(
    last: str, ended: float, lead: int, trail: int, after: str | None
) -> tuple[tuple[str, str], ...]:
    """Return the likeliest pairs of characters, one of a lead byte and one of a trail byte, lost between them."""
    lm = bigrams()
    behind = {
        second: 0.0 if after is None else lm.logprob(plain(second), plain(after))
        for _, second in _likely_before(trail)
    }
    firsts = (
        (*lm.step(last, ended, plain(first)), gone, first)
        for gone, first in _likely(lead)
        if gone in _DROPPED
    )
    found: list[tuple[float, str, str]] = []
    for start, done, gone, first in nlargest(_FIRSTS_TRIED, firsts):
        for lost, second in _likely_before(trail):
            if is_unassigned(gone, lost):
                chance, _ = lm.step(plain(first), done, plain(second))
                found.append((start + chance + behind[second], first, second))
    return tuple((first, second) for _, first, second in nlargest(_PAIRS_TRIED, found))


def lose_two_pairs(
    path: Path, lead: int, pair: tuple[int, int], source: str, behind: int
) -> Iterator[tuple[int, Path]]:
    """Complete three characters between which two pairs were dropped: nothing is left of the middle one."""
    trail, pending = pair
    if pending <= 0x80:
        return
    after = _char_with(pending, source, behind)
    for first, middle, last in _ranked_triples(path.last, round(path.ended, 1), lead, trail, after):
        longer = path.add(first, behind - 1, trail, 3 * _LOST_PAIR, lost=True)
        longer = longer.add(middle, behind - 1, trail, lost=True)
        yield behind, longer.add(last, behind - 1, pending, lost=True)


@lru_cache(maxsize=1024)
def _ranked_triples(
    last: str, ended: float, lead: int, trail: int, after: str | None
) -> tuple[tuple[str, str, str], ...]:
    lm = bigrams()
    firsts = nlargest(
        _FIRSTS_TRIED,
        (
            (*lm.step(last, ended, plain(first)), gone, first)
            for gone, first in _likely(lead)
            if gone in _DROPPED
        ),
    )
    middles = nlargest(
        2 * _PAIRS_TRIED,
        (
            (start + chance, more, gone, first, middle)
            for start, done, lost, first in firsts
            for begun, gone, middle in _lost_between()
            if is_unassigned(lost, begun)
            for chance, more in (lm.step(plain(first), done, plain(middle)),)
        ),
    )
    found = nlargest(
        _PAIRS_TRIED,
        (
            (
                start
                + lm.step(plain(middle), done, plain(one))[0]
                + (0.0 if after is None else lm.logprob(plain(one), plain(after))),
                first,
                middle,
                one,
            )
            for start, done, lost, first, middle in middles
            for begun, one in _likely_before(trail)
            if is_unassigned(lost, begun)
        ),
    )
    return tuple((first, middle, one) for _, first, middle, one in found)


@lru_cache(maxsize=1)
def _lost_between() -> tuple[tuple[int, int, str], ...]:
    """Return both bytes and the character of what may be lost whole between two lost halves."""
    starts = bigrams().starts
    return tuple(
        (lead, trail, char)
        for lead in range(0x81, 0xFF)
        for trail, char in by_lead(lead)
        if trail in _DROPPED and (starts.get(plain(char), 0.0) > _USUAL or char in _PUNCTUATION)
    )


_USUAL = 3e-5
_DROPPED = frozenset((0xA2, *range(0xA4, 0xB0), *range(0xF8, 0xFF)))
