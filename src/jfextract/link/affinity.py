"""How readily news counts a noun with a classifier: 件 goes with 文件, 座 with 城市 and not with 负责人."""

from __future__ import annotations

from functools import lru_cache

from jfextract.lexicon import room_table

__all__ = ["affinity"]


@lru_cache(maxsize=1)
def _counts() -> dict[tuple[str, str], int]:
    rows = room_table("link", "affinity.tsv", ["unit", "noun", "count"])
    return {(row["unit"], row["noun"]): int(row["count"]) for row in rows}


def affinity(unit: str | None, noun: str) -> int:
    """How often unlabelled news counted ``noun``, or the word it ends in (大中|城市), with ``unit``; 0 when never met.

    >>> affinity("座", "城市") > affinity("座", "负责人")
    True
    """
    counts = _counts()
    return counts.get((unit or "", noun)) or counts.get((unit or "", noun[-2:]), 0)
