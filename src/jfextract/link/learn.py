"""Learn from unlabelled text which nouns each classifier counts, for ``affinity.tsv`` or a caller's lexicon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from jfextract import units
from jfextract.link.scene import class_of
from jfextract.text.normalise import normalise
from jfextract.text.segment import Segmenter

__all__ = ["LEAST_PAIRS", "count_pairs", "lexicon_rows"]

LEAST_PAIRS = 2
"""How often a pair must be met to be kept."""
_CLAUSE = re.compile(r"[^,，。!！?？;；:：、\n“”()（）《》]+")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_REACH = 24
_MOST_WORDS = 4


def count_pairs(texts: Iterable[str], segment: Segmenter) -> Counter[tuple[str, str]]:
    """Count (unit, noun) in texts: the noun that closes the clause behind a counted figure, or ends before a function word.

    >>> from jfextract.text.segment import segmenter
    >>> count_pairs(["印发3份文件。收到5份文件。"], segmenter())
    Counter({('份', '文件'): 2})
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        _count_in(normalise(text), segment, pairs)
    return pairs


def _count_in(text: str, segment: Segmenter, pairs: Counter[tuple[str, str]]) -> None:
    for figure in units.find(text):
        if figure.kind != "count" or figure.unit is None or figure.optional:
            continue
        clause = _CLAUSE.match(text, figure.end)
        if clause is None:
            continue
        words = segment(clause.group()[:_REACH])
        tags = [class_of(word.text, word.tag) for word in words]
        run = 0
        while run < len(words) and tags[run][0] in "nbasjlx" and tags[run] not in ("nr", "action"):
            run += 1
        ends = run == len(words) < _REACH or (run < len(words) and tags[run][0] in "dpcurva")
        if 0 < run <= _MOST_WORDS and ends and tags[run - 1][0] in "njlx":
            noun = words[run - 1].text
            if _WORD.fullmatch(noun):
                pairs[figure.unit, noun] += 1


def lexicon_rows(pairs: Counter[tuple[str, str]]) -> list[str]:
    """The pairs as lines of a lexicon file, most frequent first, with its header line."""
    kept = sorted((-count, unit, noun) for (unit, noun), count in pairs.items() if count >= LEAST_PAIRS)
    return ["type\tform\tvalue\tkind\tscale", *(f"noun\t{noun}\t{unit}\t\t{-n}" for n, unit, noun in kept)]
