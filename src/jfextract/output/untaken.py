"""Figures that no variable of a codebook takes, by item: what the codebook may still lack."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from jfextract.model import Document, Measure

__all__ = ["Untaken", "UntakenExample", "UntakenItem"]

_MOST_EXAMPLES = 3
_MOST_NAMED = 5
_MOST_KEPT = 200
"""Different items kept for a head; a corpus has no end of them."""


@dataclass(frozen=True, slots=True)
class UntakenExample:
    """One figure with its document, words, item and sentence (None when the record came without its text)."""

    document_id: str
    text: str
    item: str | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class UntakenItem:
    """The figures of one head of item: how many in how many documents, their commonest items, units and roles.

    ``head`` is None for figures whose item the text does not name.
    """

    head: str | None
    count: int
    documents: int
    items: tuple[str, ...]
    units: tuple[str, ...]
    roles: tuple[str, ...]
    examples: tuple[UntakenExample, ...]


@dataclass(slots=True)
class _Tally:
    count: int = 0
    documents: int = 0
    last: str | None = None
    items: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    examples: list[UntakenExample] = field(default_factory=list)


class Untaken:
    """Collects figures one at a time; holds counts and a few examples, not the documents."""

    def __init__(self) -> None:
        self._heads: dict[str | None, _Tally] = {}

    def add(self, doc: Document, measure: Measure) -> None:
        """Count a figure of the document."""
        tally = self._heads.setdefault(measure.item_head, _Tally())
        tally.count += 1
        tally.units[measure.unit or ""] += 1
        tally.roles[measure.role] += 1
        if measure.item and (measure.item in tally.items or len(tally.items) < _MOST_KEPT):
            tally.items[measure.item] += 1
        if tally.last != doc.id or not tally.documents:
            tally.documents += 1
            tally.last = doc.id
            if len(tally.examples) < _MOST_EXAMPLES:
                start, end = measure.sentence
                sentence = None if doc.text is None else doc.text[start:end].strip()
                tally.examples.append(UntakenExample(doc.id, measure.text, measure.item, sentence))

    def items(self) -> tuple[UntakenItem, ...]:
        """The heads, commonest first; those of figures without an item last."""
        found = [
            UntakenItem(
                head,
                tally.count,
                tally.documents,
                _commonest(tally.items),
                _commonest(tally.units),
                _commonest(tally.roles),
                tuple(tally.examples),
            )
            for head, tally in self._heads.items()
        ]
        return tuple(sorted(found, key=lambda item: (item.head is None, -item.count, item.head or "")))


def _commonest(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in counts.most_common(_MOST_NAMED) if name)
