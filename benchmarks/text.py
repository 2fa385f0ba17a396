"""How fast the text stages are: ``python benchmarks/text.py TEXTS.jsonl[.gz]`` prints a table.

Each line of the file is an object with a ``text``. Every stage runs over all texts, as UTF-8 bytes first; OpenCC alone
is timed in turn with them, so that the ratio hardly depends on the machine. The texts are read as they are, and
once more with a toned gloss behind every tenth Han character. Seconds are those of the processor, the least of ROUNDS.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import opencc

from jfextract.text.article import read_article
from jfextract.text.decode import decode
from jfextract.text.normalise import normalise
from jfextract.text.repair import repair
from jfextract.text.statistics import readings

ROUNDS = 5
GLOSSED_EVERY = 10


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    path = Path(sys.argv[1])
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    texts = [json.loads(line)["text"] for line in data.splitlines()]
    print_table("clean", texts)
    print_table("full of glosses", [add_glosses(text) for text in texts[: len(texts) // 4 or 1]])


def add_glosses(text: str) -> str:
    """The text in traditional characters, with the reading behind all occurrences of every tenth character."""
    full: str = opencc.OpenCC("s2t").convert(text)
    changed = sorted({char for char in full if char in readings()})[::GLOSSED_EVERY]
    for char in changed:
        full = full.replace(char, f"{char}({min(readings()[char])})")
    return full


@lru_cache(maxsize=1)
def converter() -> Any:
    return opencc.OpenCC("t2s")


def print_table(name: str, texts: Sequence[str]) -> None:
    pages = [text.encode() for text in texts]
    repaired = [repair(text).text for text in texts]
    plain = [normalise(text) for text in repaired]
    stages: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]] = {
        "decode": (decode, pages),
        "repair": (repair, texts),
        "normalise": (normalise, repaired),
        "article": (read_article, plain),
        "all four": (
            lambda page: read_article(normalise(repair(decode(page).text, decoded=True).text)),
            pages,
        ),
        "OpenCC alone": (converter().convert, texts),
    }
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for stage, (function, given) in stages.items():
            begun = time.process_time()
            for one in given:
                function(one)
            took = time.process_time() - begun
            best[stage] = min(took, best.get(stage, took))
    megabytes = sum(map(len, pages)) / 1e6
    print(f"{name}: {len(texts)} texts, {megabytes:.2f} MB as UTF-8\n")
    print("| stage | MB/s | ratio to OpenCC alone |\n|---|--:|--:|")
    for stage, seconds in best.items():
        print(f"| {stage} | {megabytes / seconds:.1f} | {best['OpenCC alone'] / seconds:.2f} |")
    print()


if __name__ == "__main__":
    main()
