"""How likely a stretch is as a row of words, from how often words stand, and stand behind each other.

Slower than the character statistics and sharper: 习进步 is made of likely pairs, but of unlikely words. It
ranks the few readings that a search has left. Nothing is loaded before the first question.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import log

from jfextract.text.statistics import NEIGHBOURS, unpacked

__all__ = ["word_score"]

_LONGEST = 6
_UNKNOWN = -19.0
_FOREIGN = log(2e-5)
_DICTIONARY = log(0.4)  # what the dictionary's own words weigh among all
_START = -1  # what stands behind a mark or an unknown character


@dataclass(frozen=True, slots=True)
class _Words:
    """Logarithms of the chances of words; behind word ``n`` stand those of ``seconds[rows[n]:rows[n + 1]]``."""

    chances: dict[str, float]
    numbers: dict[str, int]
    unlisted: list[float]  # by how much a word is less likely behind one that does not list it
    rows: array[int]
    seconds: array[int]
    more: bytes  # 8ths by which a listed one is likelier than that

    def behind(self, before: int, word: str) -> float:
        """Return the logarithm of the chance of a word behind another, given by its number."""
        chance = self.chances[word]
        if before < 0:
            return chance
        chance += self.unlisted[before]
        number = self.numbers.get(word)
        if number is not None:
            end = self.rows[before + 1]
            at = bisect_left(self.seconds, number, self.rows[before], end)
            if at < end and self.seconds[at] == number:
                chance += self.more[at] / 8
        return chance


@lru_cache(maxsize=1)
def _words() -> _Words:
    """Load the words (some 0.5 s, once)."""
    columns = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").split()
    listed, counts = columns[::3], [max(int(count), 1) for count in columns[1::3]]
    total = log(sum(counts)) - _DICTIONARY
    chances = {
        word: log(count) - total for word, count in zip(listed, counts, strict=True) if len(word) <= _LONGEST
    }
    body = unpacked("words.bin")
    size, pairs = struct.unpack_from("<II", body)
    cuts = [8]
    for width in (4 * (size + 1), 4 * pairs, 2 * size, size, pairs):
        cuts.append(cuts[-1] + width)
    rows, seconds, own = array("I"), array("I"), array("H")
    for column, start, end in zip((rows, seconds, own), cuts, cuts[1:], strict=False):
        column.frombytes(body[start:end])
    words = body[cuts[-1] :].decode().split("\0")
    chances.update(zip(words, (-value / 64 for value in own), strict=True))
    return _Words(
        chances,
        {word: number for number, word in enumerate(words)},
        [-value / 32 for value in body[cuts[3] : cuts[4]]],
        rows,
        seconds,
        body[cuts[4] : cuts[5]],
    )


def _single(before: str, char: str) -> float | None:
    """Return the chance of what is no word, or has a chance of its own behind a mark; None for others."""
    chance = NEIGHBOURS.get((before, char))
    if chance is not None:
        return log(chance)
    if char in _words().chances:
        return None
    return _FOREIGN if ord(char) < 0x2E80 else _UNKNOWN


def word_score(text: str) -> float:
    """Return the logarithm of the chance of the best row of words (simplified characters, half-width marks).

    >>> word_score("服务贸易") > word_score("服务没易")
    True
    >>> word_score("贯彻落实") > word_score("贯彻落时")
    True
    """
    words = _words()
    rows: list[list[tuple[float, int]]] = [[(0.0, _START)]]
    for end in range(1, len(text) + 1):
        here: list[tuple[float, int]] = []
        for start in range(max(0, end - _LONGEST), end):
            word = text[start:end]
            if not rows[start]:
                continue
            alone = _single(text[start - 1 : start], word) if end - start == 1 else None
            if alone is not None:
                here.append((max(rows[start])[0] + alone, words.numbers.get(word, _START)))
            elif word in words.chances:
                best = max(score + words.behind(last, word) for score, last in rows[start])
                here.append((best, words.numbers.get(word, _START)))
        rows.append(here)
    return max(rows[-1])[0]
