"""How likely one character follows another in Chinese, from the counts of jieba's dictionary.

A pair is either inside a word or at the seam of two words; the dictionary counts the first and gives, by
its word ends and starts, the second. Nothing is loaded before the first question.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import log

from jfextract.lexicon import room_table

__all__ = ["PUNCTUATION", "Bigrams", "bigrams", "plain_readings", "readings"]

_SEAM = 0.85  # share of word starts among what follows a word; the rest is punctuation and figures
_UNKNOWN = 1e-9
_LOG_UNKNOWN = log(_UNKNOWN)
PUNCTUATION = {
    **dict.fromkeys(",，", 0.05),
    **dict.fromkeys("。", 0.025),
    **dict.fromkeys("、", 0.02),
    **dict.fromkeys("“”", 0.006),
    **dict.fromkeys("：:（）()《》\n", 0.004),
    **dict.fromkeys("；;", 0.002),
    **dict.fromkeys("！!？?…—‘’·", 0.0008),
    **dict.fromkeys("0123456789", 0.006),
    **dict.fromkeys("%.", 0.002),
    " ": 0.003,
}
_PAIRS = {
    **{(one, two): 1e-6 for one in "。,，、;；:：" for two in "。,，、;；:：!！?？·—"},
    **{(end, "”"): 0.12 for end in "。！？!?…"},
    **{(stop, "“"): 0.05 for stop in ",，。：:、\n"},
    **{("”", stop): 0.1 for stop in ",，。、"},
    ("—", "—"): 0.5,
    ("…", "…"): 0.5,
    ("》", "《"): 0.1,
    ("”", "“"): 0.03,
}
_OTHER = 2e-5


@dataclass(frozen=True, slots=True)
class Bigrams:
    """The counts: shares of a character's uses, and pairs inside words by 32-bit key."""

    starts: dict[str, float]  # chance that a word begins with the character
    wholes: dict[str, float]  # share of those words that are the character alone
    goes_on: dict[str, float]  # count of the character's uses that do not end a word
    keys: array[int]
    counts: bytes
    last: bytes  # 255ths of a pair's uses that end the word

    def step(self, before: str, ended: float, after: str) -> tuple[float, float]:
        """Return the logarithm of the chance that ``after`` comes next, and the chance that a word ends with it.

        ``ended`` is the chance that a word ended with ``before``: 平原 is a word, so in 平原谅 the pair 原谅 is
        hardly one.
        """
        special = _PAIRS.get((before, after))
        if special is not None:
            return log(special), 1.0
        start = self.starts.get(after)
        if start is None:
            chance = PUNCTUATION.get(after) or (_OTHER if ord(after) < 0x2E80 else _UNKNOWN)
            return log(max(chance * ended, _UNKNOWN)), 1.0
        new = ended * _SEAM * start
        whole = new * self.wholes[after]
        total, done = new, whole
        goes_on = self.goes_on.get(before)
        if goes_on and ended < 1.0:
            key = ord(before) << 16 | ord(after)
            at = bisect_left(self.keys, key)
            if at < len(self.keys) and self.keys[at] == key:
                inside = (1.0 - ended) * 2.0 ** (self.counts[at] / 8) / goes_on
                total += inside
                done += inside * self.last[at] / 255
        if total < _UNKNOWN:
            return _LOG_UNKNOWN, 0.7
        return log(total), min(1.0, done / total)

    def logprob(self, before: str, after: str) -> float:
        """Return the logarithm of the chance that ``after`` follows ``before``, without more context."""
        return self.step(before, self.ended(before), after)[0]

    def ended(self, char: str) -> float:
        """Return the chance that a word ends with a character of which nothing else is known."""
        start = self.starts.get(char)
        return 1.0 if start is None else 0.5 + 0.5 * self.wholes[char]

    def score(self, text: str) -> float:
        """Return the sum over all neighbours in a text (simplified characters).

        >>> bigrams().score("基层减负") > bigrams().score("盎鶎訙負")
        True
        """
        total, ended = 0.0, self.ended(text[:1])
        for before, after in pairwise(text):
            chance, ended = self.step(before, ended, after)
            total += chance
        return total


@lru_cache(maxsize=1)
def bigrams() -> Bigrams:
    """Load the counts (some 50 ms, once)."""
    raw = (files("jfextract") / "text" / "data" / "bigrams.bin").read_bytes()
    body = zlib.decompress(raw[raw.index(b"\n") + 1 :])
    size, pairs = struct.unpack_from("<II", body)
    at = 8 + 2 * size
    characters = "".join(map(chr, _array("H", body[8:at])))
    starts, wholes, ends, alone = (body[at + i * size : at + (i + 1) * size] for i in range(4))
    at += 4 * size
    total = sum(2.0 ** (count / 8) for count in starts)
    behind = at + 4 * pairs
    return Bigrams(
        {char: 2.0 ** (count / 8) / total for char, count in zip(characters, starts, strict=True) if count},
        {
            char: 2.0 ** ((whole - count) / 8) if whole else 0.0
            for char, whole, count in zip(characters, wholes, starts, strict=True)
        },
        {
            char: max(2.0 ** (count / 8) - 2.0 ** (end / 8), 1.0)
            for char, end, count in zip(characters, ends, alone, strict=True)
        },
        _array("I", body[at:behind]),
        body[behind : behind + pairs],
        body[behind + pairs :],
    )


def _array(code: str, data: bytes) -> array[int]:
    values = array(code)
    values.frombytes(data)
    return values


@lru_cache(maxsize=1)
def readings() -> dict[str, frozenset[str]]:
    """Return the toned readings of each Han character of GBK.

    >>> sorted(readings()["發"])
    ['bō', 'fā']
    """
    found: dict[str, set[str]] = {}
    for row in room_table("text", "readings.tsv", ("reading", "characters"), key="reading"):
        for char in row["characters"]:
            found.setdefault(char, set()).add(row["reading"])
    return {char: frozenset(some) for char, some in found.items()}


_PLAIN = str.maketrans(
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿüɑɡ",
    "aaaaeeeeiiiioooouuuuvvvvnnnmvag",
)


def plain_readings(reading: str) -> str:
    """Return a reading without tones, ü as v, and without the digit of a tone.

    >>> plain_readings("nǚ"), plain_readings("fā"), plain_readings("shu4")
    ('nv', 'fa', 'shu')
    """
    return reading.translate(_PLAIN).rstrip("12345")
