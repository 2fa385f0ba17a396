"""Build the word and character statistics that text repair and decoding score with.

    python scripts/build_text_statistics.py --libime libime-1.0.16/data/lm_sc.arpa --news news.jsonl.gz
    python scripts/build_text_statistics.py --readings   # needs pypinyin

``--libime`` is the language model in the source package of libime (Debian has it as ``libime_1.0.16.orig.tar.xz``),
``--news`` news as JSON lines with a ``text``, of which every fifth is left out, so that a test can use it; only
counts are kept, and no pair of words that stands there once.

``words.bin``: a header line, then zlib: words with their chance and the chance that something not listed follows
(64ths and 32nds of a natural logarithm), and which words follow which, with how much likelier (8ths) than by chance.

``bigrams.bin``: a header line, then zlib: the characters, their counts as word starts, as whole words, as
word ends and in all, and each pair inside a word with its count (32-bit keys, 8-bit logarithms) and the
share of its uses that end the word (in 255ths); then what words that end with a character have to do with those
that begin with another. ``readings.tsv``: toned reading to the GBK characters that have it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import struct
import zlib
from array import array
from collections import Counter, defaultdict
from heapq import nlargest
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from math import log, log2
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/jfextract/text/data"
FEWEST = 3e-8 * 1.5  # pairs of a smaller share are noise of the dictionaries
COUNTED = 6e7  # the size of the running text that the shares are told as counts of
LONGEST = 6
NEWS = 0.35  # share of the news in what follows what
NEWS_MARKS = 0.7  # the same beside a mark or a figure
FIGURE = {"0", "%", "."}
REST = 20.0  # counts that all words weigh together beside those seen behind a word
FOLLOWERS = 300_000
SEAMS = 150_000


def dictionary() -> dict[str, float]:
    """Return the chances of jieba's words."""
    lines = files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()
    counts = {word: max(int(number), 1) for word, number, _ in (line.split(" ") for line in lines)}
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


def language_model(path: Path) -> tuple[dict[str, float], dict[str, float], dict[tuple[str, str], float]]:
    """Return the chances of words, of what is not listed behind each, and of what is, in an ARPA file."""
    words: dict[str, float] = {}
    unlisted: dict[str, float] = {}
    followers: dict[tuple[str, str], float] = {}
    order = 0
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.endswith("-grams:\n"):
                order = int(line[1])
            elif order > 2:
                break
            elif "\t" in line:
                chance, text, *back = line.rstrip("\n").split("\t")
                if order == 1:
                    words[text] = 10 ** float(chance)
                    unlisted[text] = 10 ** float(back[0]) if back else 1.0
                else:
                    one, two = text.split(" ")
                    followers[one, two] = 10 ** float(chance)
    return words, unlisted, followers


def news_counts(path: Path) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Return how often words, marks and figures, and pairs of them, stand in four fifths of the news."""
    import jieba

    from jfextract.text.doublebyte import plain

    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 5 == 4:
                continue
            text = "".join(map(plain, json.loads(line)["text"]))
            row = [
                word
                for run in re.findall("[\u4e00-\u9fff]+|.|\n", text)
                for word in jieba.lcut(run, HMM=False)
            ]
            words.update(row)
            pairs.update(pairwise(row))
    return words, Counter({pair: count for pair, count in pairs.items() if count > 1})


class Words:
    """The chances of words and of what follows them, mixed from a dictionary, a language model and news."""

    def __init__(self, libime: Path, news: Path) -> None:
        from jfextract.text.doublebyte import plain
        from jfextract.text.statistics import PUNCTUATION

        known = dictionary()
        model, unlisted, followers = language_model(libime)
        words, pairs = news_counts(news)
        size = sum(count for word, count in words.items() if word >= "\u3400")
        self.chances: dict[str, float] = {}
        for word in sorted(known.keys() | model.keys() | words.keys()):
            if len(word) <= LONGEST and all(
                0x3400 <= ord(char) <= 0xFFFF and plain(char) == char for char in word
            ):
                general = (known.get(word, 0.0) + model.get(word, 0.0)) / 2
                self.chances[word] = (1 - NEWS) * general + NEWS * words[word] / size
        self.marks = {mark: chance for mark, chance in PUNCTUATION.items() if plain(mark) == mark}
        self.chances.update(self.marks)
        mixed: dict[tuple[str, str], float] = {}
        for pair in sorted(followers.keys() | pairs.keys()):
            one, two = pair
            if one not in self.chances or two not in self.chances:
                continue
            general = followers.get(pair) or unlisted.get(one, 1.0) * self.chances[two]
            seen = (pairs[pair] + REST * self.chances[two]) / (words[one] + REST)
            share = self._share(one, two)
            mixed[pair] = (1 - share) * general + share * seen
        self.unlisted = self._rest(mixed)
        best = nlargest(FOLLOWERS, mixed, key=lambda pair: self._worth(pair, mixed[pair]))
        self.followers = {pair: mixed[pair] for pair in best if self._worth(pair, mixed[pair]) > 0.0}
        self.unlisted = self._rest(self.followers)

    def _share(self, one: str, two: str) -> float:
        """Return what the news count in what follows what: libime has no marks, and 。” is rare on air."""
        marks = [word in self.marks for word in (one, two)]
        if all(marks) and not {one, two} & FIGURE:
            return 0.0
        return NEWS_MARKS if any(marks) else NEWS

    def _rest(self, listed: dict[tuple[str, str], float]) -> dict[str, float]:
        """Return by how much the chances of what is not listed behind a word are to be lowered."""
        taken: dict[str, float] = defaultdict(float)
        alone: dict[str, float] = defaultdict(float)
        for (one, two), chance in listed.items():
            taken[one] += chance
            alone[one] += self.chances[two]
        return {word: max(1 - taken[word], 0.01) / max(1 - alone[word], 0.01) for word in taken}

    def _worth(self, pair: tuple[str, str], chance: float) -> float:
        one, two = pair
        return self.chances[one] * chance * log(chance / (self.unlisted[one] * self.chances[two]))


def build_words(words: Words) -> None:
    known = dictionary()
    told = {one for pair in words.followers for one in pair}
    told |= {word for word, chance in words.chances.items() if chance > 3.0 * known.get(word, 0.0)}
    listed = sorted(told)
    number = {word: i for i, word in enumerate(listed)}
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (one, two), chance in words.followers.items():
        more = log(chance / (words.unlisted[one] * words.chances[two]))
        rows[one].append((number[two], min(255, max(1, round(8 * more)))))
    starts, seconds, more = array("I", [0]), array("I"), bytearray()
    for word in listed:
        for second, value in sorted(rows[word]):
            seconds.append(second)
            more.append(value)
        starts.append(len(seconds))
    body = b"".join(
        (
            struct.pack("<II", len(listed), len(seconds)),
            starts.tobytes(),
            seconds.tobytes(),
            array("H", (round(-64 * log(words.chances[word])) for word in listed)).tobytes(),
            bytes(min(255, max(0, round(-32 * log(words.unlisted.get(word, 1.0))))) for word in listed),
            bytes(more),
            "\0".join(listed).encode(),
        )
    )
    write("words.bin", body)


def build_bigrams(words: Words) -> None:
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    starts: dict[str, float] = defaultdict(float)
    ends: dict[str, float] = defaultdict(float)
    wholes: dict[str, float] = defaultdict(float)
    last_pairs: dict[tuple[str, str], float] = defaultdict(float)
    alone: dict[str, float] = defaultdict(float)
    for word, chance in sorted(words.chances.items()):
        if word in words.marks:
            alone[word] = 0.0
            continue
        starts[word[0]] += chance
        ends[word[-1]] += chance
        if len(word) == 1:
            wholes[word] += chance
        else:
            last_pairs[word[-2], word[-1]] += chance
        for char in word:
            alone[char] += chance
        for pair in pairwise(word):
            pairs[pair] += chance
    characters = sorted(alone)
    keys = sorted(
        (ord(a) << 16 | ord(b), chance, round(255 * last_pairs[a, b] / chance))
        for (a, b), chance in pairs.items()
        if chance >= FEWEST
    )
    seams: dict[tuple[str, str], float] = defaultdict(float)
    spared: dict[str, float] = defaultdict(float)
    for word, chance in words.chances.items():
        spared[word[-1]] += chance * words.unlisted.get(word, 1.0)
    for (one, two), chance in words.followers.items():
        more = chance - words.unlisted[one] * words.chances[two]
        if more > 0.0:
            seams[one[-1], two[0]] += words.chances[one] * more
    total = sum(starts.values())
    before, after = {**ends, **words.marks}, {**starts, **words.marks}
    best = nlargest(
        SEAMS,
        seams,
        key=lambda seam: seams[seam] * log(1 + seams[seam] * total / (before[seam[0]] * after[seam[1]])),
    )
    sewn = sorted((ord(a) << 16 | ord(b), seams[a, b] / before[a]) for a, b in best)
    body = b"".join(
        (
            struct.pack("<III", len(characters), len(keys), len(sewn)),
            array("H", map(ord, characters)).tobytes(),
            bytes(logarithm(starts[char]) for char in characters),
            bytes(logarithm(wholes[char]) for char in characters),
            bytes(logarithm(ends[char]) for char in characters),
            bytes(logarithm(alone[char]) for char in characters),
            bytes(
                round(255 * spared[char] / before[char]) if before.get(char) else 255 for char in characters
            ),
            array("I", (key for key, _, _ in keys)).tobytes(),
            bytes(logarithm(chance) for _, chance, _ in keys),
            bytes(share for _, _, share in keys),
            array("I", (key for key, _ in sewn)).tobytes(),
            bytes(min(255, round(-12 * log(chance))) for _, chance in sewn),
        )
    )
    write("bigrams.bin", body)


def logarithm(chance: float) -> int:
    """Return the count of a share as eighths of its binary logarithm, in one byte."""
    return min(255, max(0, round(8 * log2(COUNTED * chance)))) if chance else 0


def write(name: str, body: bytes) -> None:
    header = (
        f"# counts of words and their neighbours; from jieba {version('jieba')} (MIT), libime 1.0.16 (LGPL-2.1-or-later) "
        "and broadcast news of 2024 (counts only); licence LGPL-2.1-or-later; date 2026-11; "
        "scripts/build_text_statistics.py\n"
    )
    packed = zlib.compress(body, 9)
    (DATA / name).write_bytes(header.encode() + packed)
    print(name, len(packed), "bytes")


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
        "# regenerate: scripts/build_text_statistics.py --readings",
        "reading\tcharacters",
        *(f"{reading}\t{''.join(chars)}" for reading, chars in sorted(by_reading.items())),
    ]
    (DATA / "readings.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--libime", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--readings", action="store_true")
    chosen = parser.parse_args()
    if chosen.readings:
        build_readings()
    if chosen.libime and chosen.news:
        mixed = Words(chosen.libime, chosen.news)
        build_words(mixed)
        build_bigrams(mixed)
