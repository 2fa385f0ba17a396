"""The segmenter's view of a text, cut only where a room asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from jfextract.text.segment import Word, segmenter

__all__ = ["Clauses"]

_STOP = re.compile(r"[\n。;!?；！？,，:：]")
_LONGEST = 400  # a line without any stop is cut into windows, so that one paragraph of 5 MB stays linear


class Clauses:
    """Words of a text, clause by clause, each clause cut at most once."""

    __slots__ = ("_cut", "_stops", "_text", "_words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._stops = [match.start() for match in _STOP.finditer(text)]
        self._words: dict[int, tuple[list[int], tuple[Word, ...]]] = {}
        self._cut = segmenter()

    def _clause(self, at: int) -> tuple[int, list[int], tuple[Word, ...]]:
        start, end = self.span(at)
        known = self._words.get(start)
        if known is None:
            words = self._cut(self._text[start:end])
            known = self._words[start] = ([word.start for word in words], words)
        return start, known[0], known[1]

    def span(self, at: int) -> tuple[int, int]:
        """The clause that holds position ``at``; a stop is a clause of its own."""
        index = bisect_right(self._stops, at)
        before = self._stops[index - 1] if index else -1
        if before == at:
            return at, at + 1
        start = before + 1 + (at - before - 1) // _LONGEST * _LONGEST
        end = self._stops[index] if index < len(self._stops) else len(self._text)
        return start, min(end, start + _LONGEST)

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
