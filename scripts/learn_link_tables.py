"""Learn from unlabelled news which words are verbs or nouns there, and which nouns each classifier counts.

    python scripts/learn_link_tables.py CORPUS.jsonl[.gz] [...] --source "what the corpus is" [--into FOLDER]

Every line of a corpus is a JSON object with a ``text``. Two tables of counts are written, none of the text:
``word_classes.tsv`` (how often a word stands where only a verb can, and where only a noun can) and
``affinity.tsv`` (how often a noun is counted with a classifier).
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from jfextract.link.learn import LEAST_PAIRS, count_pairs
from jfextract.text.normalise import normalise
from jfextract.text.segment import Word, segmenter

LEAST_EVIDENCE = 3
INTO = Path(__file__).parents[1] / "src" / "jfextract" / "link" / "data"
CLAUSE = re.compile(r"[^,，。!！?？;；:：、\n“”()（）《》]+")
BEFORE_VERBS = frozenset(
    [
        "已",
        "将",
        "要",
        "并",
        "可",
        "被",
        "不",
        "也",
        "都",
        "正在",
        "正",
        "先后",
        "累计",
        "会",
        "能",
        "能够",
        "可以",
        "可能",
        "应",
        "应当",
        "须",
        "必须",
        "需",
        "需要",
        "开始",
        "继续",
        "予以",
        "再",
        "又",
        "就",
        "才",
        "仍",
        "还",
        "没有",
        "未",
        "拟",
        "均",
    ]
)
BEHIND_VERBS = frozenset(["了", "过", "着", "出", "起", "成", "于"])
LEARNABLE = frozenset(
    ["n", "v", "vn", "vd", "a", "ad", "an", "l", "x", "d", "m", "b", "s", "t", "z", "i", "j", "nz"]
)
NUMERALS = frozenset("一二三四五六七八九十百千万亿两几数多每各")
WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield normalise(json.loads(line)["text"])


def count_classes(words: tuple[Word, ...], verbs: Counter[str], nouns: Counter[str]) -> None:
    """已|办理, 遭遇|了 are verbs; 12条|举措 and 新的|举措 at the end of a clause are nouns."""
    for at, word in enumerate(words):
        if word.tag not in LEARNABLE or not WORDS.fullmatch(word.text) or word.text[0] in NUMERALS:
            continue
        left = words[at - 1] if at else None
        right = words[at + 1] if at + 1 < len(words) else None
        if word.tag in ("d", "ad") and right is not None and right.tag[0] in "vd":
            continue  # 已|基本|完成: an adverb
        if (left and left.text in BEFORE_VERBS and not (right and right.tag[0] == "v")) or (
            right and right.text in BEHIND_VERBS
        ):
            verbs[word.text] += 1
        elif (
            left
            and (left.text == "的" or left.tag in ("m", "q"))
            and (right is None or right.tag[0] not in "nmrvbjlx")
        ):
            nouns[word.text] += 1


def write_table(path: Path, columns: str, rows: Iterable[str], source: str) -> None:
    head = (
        f"# source: counted in {source}\n# licence: Apache-2.0 (counts; no text of the corpus)\n"
        f"# date: {datetime.date.today():%Y-%m}\n# made by scripts/learn_link_tables.py\n"
    )
    path.write_text(head + columns + "\n" + "".join(row + "\n" for row in rows), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--source", required=True)
    parser.add_argument("--into", type=Path, default=INTO)
    arguments = parser.parse_args()
    segment = segmenter()
    verbs: Counter[str] = Counter()
    nouns: Counter[str] = Counter()
    pairs = count_pairs(read_texts(arguments.corpus), segment)
    for text in read_texts(arguments.corpus):
        for clause in CLAUSE.finditer(text):
            count_classes(segment(clause.group()), verbs, nouns)
    known = sorted(word for word in verbs | nouns if verbs[word] + nouns[word] >= LEAST_EVIDENCE)
    write_table(
        arguments.into / "word_classes.tsv",
        "word\tverb\tnoun",
        (f"{word}\t{verbs[word]}\t{nouns[word]}" for word in known),
        arguments.source,
    )
    write_table(
        arguments.into / "affinity.tsv",
        "unit\tnoun\tcount",
        (f"{unit}\t{noun}\t{count}" for (unit, noun), count in sorted(pairs.items()) if count >= LEAST_PAIRS),
        arguments.source,
    )


if __name__ == "__main__":
    main()
