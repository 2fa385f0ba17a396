"""Words that only look like numbers (统一, 十分, 四川, 万众一心), from ``data/traps.tsv``."""

from __future__ import annotations

import re
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from jfextract.lexicon import room_cells
from jfextract.model import Span

__all__ = ["trap_spans"]

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=1)
def _automaton() -> AhoCorasick:
    words = [word for (word,) in room_cells("numbers", "traps.tsv", ("word",), key="word")]
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def trap_spans(text: str) -> list[Span]:
    """Return the spans of words with numerals that count nothing, in order, without overlap.

    >>> trap_spans("统一部署十分重要")
    [(0, 2), (4, 6)]
    """
    if _LONE_SURROGATE.search(text):
        text = _LONE_SURROGATE.sub("\ufffd", text)  # the automaton takes UTF-8 only
    return [(start, end) for _, start, end in _automaton().find_matches_as_indexes(text)]
