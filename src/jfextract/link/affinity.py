"""How readily news counts a noun with a classifier: 件 goes with 文件, 座 with 城市 and not with 负责人."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import Lexicon, room_table

__all__ = ["Affinity", "affinity_with"]


@dataclass(frozen=True, slots=True)
class Affinity:
    """How often unlabelled news counted a noun with a unit: counts by unit and noun."""

    counts: Mapping[tuple[str, str], int]
    countable: frozenset[str]

    def counts_at_all(self, noun: str) -> bool:
        """Whether any unit was met with ``noun`` or the word it ends in."""
        return noun in self.countable or noun[-2:] in self.countable

    def of(self, unit: str | None, noun: str) -> int:
        """How often ``noun``, or the word it ends in (大中|城市), was counted with ``unit``; 0 when never met.

        >>> bundled = affinity_with(None)
        >>> bundled.of("座", "城市") > bundled.of("座", "负责人")
        True
        """
        return self.counts.get((unit or "", noun)) or self.counts.get((unit or "", noun[-2:]), 0)


@lru_cache(maxsize=8)
def affinity_with(lexicon: Lexicon | None) -> Affinity:
    """The counts of the package, with those of the caller's lexicon added."""
    rows = room_table("link", "affinity.tsv", ["unit", "noun", "count"])
    counts = {(row["unit"], row["noun"]): int(row["count"]) for row in rows}
    for pair in lexicon.pairs if lexicon is not None else ():
        counts[pair.unit, pair.noun] = counts.get((pair.unit, pair.noun), 0) + pair.count
    return Affinity(counts, frozenset(noun for _, noun in counts))
