"""The segmenter's view of a text, cut only where a room asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from jfextract.text.segment import Word, segmenter

__all__ = ["Clauses"]

# 400: a line without any stop is cut into windows, so that one paragraph of 5 MB stays linear.
_CLAUSE = re.compile(r"[^\n。;!?；！？,，:：]{1,400}|[\n。;!?；！？,，:：]")


class Clauses:
    """Words of a text, clause by clause, each clause cut at most once."""

    __slots__ = ("_cut", "_spans", "_starts", "_text", "_words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _CLAUSE.finditer(text)]
        self._starts = [start for start, _ in self._spans]
        self._words: dict[int, tuple[list[int], tuple[Word, ...]]] = {}
        self._cut = segmenter()

    def _clause(self, at: int) -> tuple[int, list[int], tuple[Word, ...]]:
        index = bisect_right(self._starts, at) - 1
        start, end = self._spans[index]
        if index not in self._words:
            words = self._cut(self._text[start:end])
            self._words[index] = ([word.start for word in words], words)
        return (start, *self._words[index])

    def span(self, at: int) -> tuple[int, int]:
        """The clause that holds position ``at``."""
        return self._spans[bisect_right(self._starts, at) - 1]

    def word(self, at: int) -> tuple[int, int, str]:
        """Start, end and tag of the word that covers position ``at``."""
        base, starts, words = self._clause(at)
        word = words[bisect_right(starts, at - base) - 1]
        return base + word.start, base + word.end, word.tag

    def after(self, at: int) -> list[tuple[int, int, str, str]]:
        """Words from position ``at`` to the end of its clause: start, end, tag, text.

        A word that begins before ``at`` counts with the part that follows it.
        """
        return list(self.words(at))

    def words(self, at: int) -> Iterator[tuple[int, int, str, str]]:
        """The same one by one, for who seldom looks further than the first."""
        if at >= len(self._text):
            return
        base, starts, words = self._clause(at)
        index = bisect_right(starts, at - base) - 1
        for word in words[index : index + 14]:
            start = max(base + word.start, at)
            yield start, base + word.end, word.tag, self._text[start : base + word.end]

    def before(self, at: int) -> tuple[str, str] | None:
        """Text and tag of the word that ends at ``at`` in the same clause; None when there is none."""
        if at <= 0 or self.span(at - 1) != self.span(min(at, len(self._text) - 1)):
            return None
        start, end, tag = self.word(at - 1)
        return (self._text[start:end], tag) if end == at else None
