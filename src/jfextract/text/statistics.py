"""How likely one character follows another in Chinese, from the counts of words and of what stands behind them.

A pair is either inside a word or at the seam of two words: both are counted. Nothing is loaded before the first
question.
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
from math import exp, log

from jfextract.lexicon import room_table

__all__ = ["NEIGHBOURS", "PUNCTUATION", "Bigrams", "bigrams", "plain_readings", "readings", "unpacked"]

_SEAM = 0.85  # share of word starts among what follows a word; the rest is punctuation and figures
_UNKNOWN = 1e-9
_LOG_UNKNOWN = log(_UNKNOWN)
PUNCTUATION = {
    **dict.fromkeys(",，", 0.05),
    **dict.fromkeys("。", 0.025),
    **dict.fromkeys("、", 0.02),
    **dict.fromkeys("“”「」", 0.006),
    **dict.fromkeys("：:（）()《》\n", 0.004),
    **dict.fromkeys("；;", 0.002),
    **dict.fromkeys("！!？?…—‘’『』·〔〕【】〈〉", 0.0008),
    "0": 0.06,
    **dict.fromkeys("%.", 0.002),
    " ": 0.003,
}
NEIGHBOURS = {
    **{(one, two): 1e-6 for one in "。,，、;；:：" for two in "。,，、;；:：!！?？·—"},
    **{(end, "”"): 0.08 for end in "。！？!?…"},
    **{(stop, "“"): 0.02 for stop in ",，。：:、\n"},
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
    loose: dict[str, float]  # chance that what follows a word with this end has nothing to do with it
    keys: array[int]
    counts: bytes
    last: bytes  # 255ths of a pair's uses that end the word
    seams: array[int]  # pairs of a word's end and the next one's start that are likelier than by chance
    sewn: bytes  # their chances, as 12ths of a natural logarithm

    def step(self, before: str, ended: float, after: str) -> tuple[float, float]:
        """Return the logarithm of the chance that ``after`` comes next, and the chance that a word ends with it.

        ``ended`` is the chance that a word ended with ``before``: 平原 is a word, so in 平原谅 the pair 原谅 is
        hardly one.
        """
        special = NEIGHBOURS.get((before, after))
        if special is not None:
            return log(special), 1.0
        start = self.starts.get(after)
        mark = start is None
        if start is None:
            start = PUNCTUATION.get(after) or (_OTHER if ord(after) < 0x2E80 else _UNKNOWN)
        key = ord(before) << 16 | ord(after)
        seam = start * self.loose.get(before, 1.0)
        if ended:
            at = bisect_left(self.seams, key)
            if at < len(self.seams) and self.seams[at] == key:
                seam += exp(-self.sewn[at] / 12)
        if mark:
            return log(max(ended * seam, _UNKNOWN)), 1.0
        new = ended * _SEAM * seam
        whole = new * self.wholes[after]
        total, done = new, whole
        goes_on = self.goes_on.get(before)
        if goes_on and ended < 1.0:
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
    body = unpacked("bigrams.bin")
    size, pairs, seams = struct.unpack_from("<III", body)
    cuts = [12]
    for width in (2 * size, *(5 * [size]), 4 * pairs, pairs, pairs, 4 * seams, seams):
        cuts.append(cuts[-1] + width)
    columns = [body[start:end] for start, end in pairwise(cuts)]
    characters = "".join(map(chr, _array("H", columns[0])))
    starts, wholes, ends, alone, loose = columns[1:6]
    total = sum(2.0 ** (count / 8) for count in starts)
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
        {char: share / 255 for char, share in zip(characters, loose, strict=True)},
        _array("I", columns[6]),
        columns[7],
        columns[8],
        _array("I", columns[9]),
        columns[10],
    )


def unpacked(name: str) -> bytes:
    """Return the content of a packed table of this room, without its header line."""
    raw = (files("jfextract") / "text" / "data" / name).read_bytes()
    return zlib.decompress(raw[raw.index(b"\n") + 1 :])


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
