"""Build the character statistics that text repair and decoding score with.

    python scripts/build_text_statistics.py            # bigrams, from jieba's dictionary
    python scripts/build_text_statistics.py readings   # readings too; needs pypinyin

``bigrams.bin``: a header line, then zlib: the characters, their counts as word starts, as whole words, as
word ends and in all, and each pair inside a word with its count (32-bit keys, 8-bit logarithms) and the
share of its uses that end the word (in 255ths). ``readings.tsv``: toned
reading to the GBK characters that have it.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/jfextract/text/data"
FEWEST = 3  # pairs counted less often are noise of the dictionary


def logarithm(count: int) -> int:
    """Return a count as eighths of its binary logarithm, in one byte."""
    return min(255, round(8 * math.log2(count))) if count else 0


def build_bigrams() -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    starts: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    last_pairs: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, number, _ = line.split(" ")
        count = int(number)
        if any(ord(char) > 0xFFFF for char in word):
            continue
        starts[word[0]] += count
        ends[word[-1]] += count
        if len(word) == 1:
            wholes[word] += count
        else:
            last_pairs[word[-2], word[-1]] += count
        for char in word:
            alone[char] += count
        for pair in pairwise(word):
            pairs[pair] += count
    characters = sorted(alone)
    keys = sorted(
        (ord(a) << 16 | ord(b), count, round(255 * last_pairs[a, b] / count))
        for (a, b), count in pairs.items()
        if count >= FEWEST
    )
    body = b"".join(
        (
            struct.pack("<II", len(characters), len(keys)),
            array("H", map(ord, characters)).tobytes(),
            bytes(logarithm(starts[char]) for char in characters),
            bytes(logarithm(wholes[char]) for char in characters),
            bytes(logarithm(ends[char]) for char in characters),
            bytes(logarithm(alone[char]) for char in characters),
            array("I", (key for key, _, _ in keys)).tobytes(),
            bytes(logarithm(count) for _, count, _ in keys),
            bytes(share for _, _, share in keys),
        )
    )
    header = f"# counts of jieba {version('jieba')} dict.txt (MIT); scripts/build_text_statistics.py\n"
    (DATA / "bigrams.bin").write_bytes(header.encode() + zlib.compress(body, 9))


def build_readings() -> None:
    from pypinyin.pinyin_dict import pinyin_dict

    by_reading: dict[str, list[str]] = defaultdict(list)
    for code, readings in sorted(pinyin_dict.items()):
        char = chr(code)
        try:
            if len(char.encode("gbk")) != 2:
                continue
        except UnicodeEncodeError:
            continue
        for reading in readings.split(","):
            by_reading[reading].append(char)
    lines = [
        "# Toned readings of the Han characters of GBK.",
        f"# source: pypinyin {version('pypinyin')}, pinyin_dict (MIT), after pinyin-data (MIT) and Unihan; date 2026-01",
        "# regenerate: scripts/build_text_statistics.py readings",
        "reading\tcharacters",
        *(f"{reading}\t{''.join(chars)}" for reading, chars in sorted(by_reading.items())),
    ]
    (DATA / "readings.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build_bigrams()
    if "readings" in sys.argv[1:]:
        build_readings()
