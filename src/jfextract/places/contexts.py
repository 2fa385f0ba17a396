"""The lists of context words (data/contexts.tsv)."""

from __future__ import annotations

from functools import lru_cache

from jfextract.lexicon import room_table

__all__ = ["context_ends", "context_words"]


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    rows = room_table("places", "contexts.tsv", ("list", "purpose", "words"), key="list")
    return {row["list"]: frozenset(row["words"].split()) for row in rows}


def context_words(name: str) -> frozenset[str]:
    """The words of a list.

    >>> "赴" in context_words("before place")
    True
    """
    return _lists()[name]


@lru_cache(maxsize=32)
def context_ends(name: str) -> tuple[str, ...]:
    """The same as str.startswith and str.endswith take them.

    >>> "镇长".endswith(context_ends("before person"))
    True
    """
    return tuple(sorted(context_words(name)))
