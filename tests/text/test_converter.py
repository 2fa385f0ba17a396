"""Pages spoiled by a second converter: what is put right, and that nothing else changes."""

from __future__ import annotations

import gzip
import json
from itertools import product
from pathlib import Path

import opencc
import pytest

from tests.text.converter import Manner, Score, spoil
from tests.text.test_repair import CLEAN

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "news-2024h1.jsonl.gz"
MANNERS = [
    Manner(glossed, share, style, 1.0, shown, swallows, by_pair)
    for (glossed, share, style), (shown, swallows), by_pair in product(
        [
            (0, 1.0, "toned"),
            (12, 1.0, "toned"),
            (60, 0.5, "toned"),
            (12, 1.0, "toneless"),
            (12, 1.0, "doubled"),
        ],
        [("", False), ("?", False), ("?", True), ("\ufffd", False), ("\ufffd", True)],
        [True, False],
    )
]


def score(texts: list[str], seed: int) -> Score:
    total = Score()
    for i, text in enumerate(texts):
        total.add(spoil(text, MANNERS[(i + seed) % len(MANNERS)], seed + i))
    return total


@pytest.mark.parametrize("script", ["none", "s2t"])
def test_a_spoiled_page_is_put_right_and_nothing_else_changes(script: str) -> None:
    page = CLEAN[: CLEAN.rindex("\n")]
    text = page if script == "none" else opencc.OpenCC(script).convert(page)
    total = score([text] * (len(MANNERS) // 3), 1)
    assert total.restored >= {"none": 0.94, "s2t": 0.86}[script] * total.damaged
    assert total.exact >= 0.78 * total.paragraphs
    assert total.right >= 0.99 * total.certain
    assert total.changed == 0, total.notes


def test_corner_quotes_are_put_right_as_curly_ones_are() -> None:
    page = CLEAN[: CLEAN.rindex("\n")]
    text = opencc.OpenCC("s2twp").convert(page).translate(str.maketrans("“”", "「」"))
    total = score([text] * len(MANNERS), 1)
    assert total.restored >= 0.88 * total.damaged
    assert total.changed == 0, total.notes


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("script", ["none", "s2t"])
def test_spoiled_news_is_put_right(script: str) -> None:
    texts = [json.loads(line)["text"] for line in gzip.decompress(CORPUS.read_bytes()).splitlines()]
    texts = texts[4::5]  # the statistics count the others
    texts = [text for text in texts if 80 <= len(text) < 700][: 2 * len(MANNERS)]
    if script != "none":
        texts = [opencc.OpenCC(script).convert(text) for text in texts]
    total = score(texts, 2)
    assert total.restored >= {"none": 0.90, "s2t": 0.86}[script] * total.damaged
    assert total.exact >= 0.93 * total.paragraphs
    assert total.right >= 0.99 * total.certain
    assert total.changed == 0, total.notes
