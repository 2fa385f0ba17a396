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
from math import log

from jfextract.lexicon import room_table

__all__ = ["Bigrams", "bigrams", "plain_readings", "readings"]

_EIGHTH = log(2) / 8
_SEAM = 0.85  # share of word starts among what follows a word; the rest is punctuation and figures
_UNKNOWN = 1e-9
_PUNCTUATION = {
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
    """The counts, as natural logarithms where they are used alone."""

    starts: dict[str, float]
    stays: dict[str, float]  # logarithm of the share of a character's uses that end a word
    alone: dict[str, float]
    keys: array[int]
    counts: bytes
    total: float

    def logprob(self, before: str, after: str) -> float:
        """Return the logarithm of the chance that ``after`` follows ``before`` (simplified characters)."""
        special = _PAIRS.get((before, after))
        if special is not None:
            return log(special)
        ends = self.stays.get(before)
        seam = 1.0 if ends is None else ends
        start = self.starts.get(after)
        chance = seam * (_SEAM * start if start is not None else _PUNCTUATION.get(after, 0.0))
        if start is not None and ends is not None:
            key = ord(before) << 16 | ord(after)
            at = bisect_left(self.keys, key)
            if at < len(self.keys) and self.keys[at] == key:
                chance += 2.718281828459045 ** (self.counts[at] * _EIGHTH - self.alone[before])
        if chance <= 0.0:
            chance = _OTHER if ord(after) < 0x2E80 else _UNKNOWN
        return log(max(chance, _UNKNOWN))

    def score(self, text: str) -> float:
        """Return the sum over all neighbours in a text.

        >>> bigrams().score("基层减负") > bigrams().score("盎鶎訙負")
        True
        """
        return sum(map(self.logprob, text, text[1:]))


@lru_cache(maxsize=1)
def bigrams() -> Bigrams:
    """Load the counts (20 ms, once)."""
    raw = files("jfextract").joinpath("text", "data", "bigrams.bin").read_bytes()
    body = zlib.decompress(raw[raw.index(b"\n") + 1 :])
    size, pairs = struct.unpack_from("<II", body)
    at = 8 + 2 * size
    characters = "".join(map(chr, _array("H", body[8:at])))
    starts, ends, alone = (body[at + i * size : at + (i + 1) * size] for i in range(3))
    at += 3 * size
    total = sum(2 ** (count / 8) for count in starts)
    return Bigrams(
        {char: 2 ** (count / 8) / total for char, count in zip(characters, starts, strict=True) if count},
        {
            char: 2 ** ((end - count) / 8) if end else 0.0
            for char, end, count in zip(characters, ends, alone, strict=True)
        },
        {char: count * _EIGHTH for char, count in zip(characters, alone, strict=True)},
        _array("I", body[at : at + 4 * pairs]),
        body[at + 4 * pairs :],
        total,
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
