"""Times of day: the parts of the day and how an hour is read inside them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.times.expression import Reading

__all__ = ["DAY", "day_parts", "part_clock"]

DAY = 86400


@lru_cache(maxsize=1)
def day_parts() -> dict[str, tuple[int, int, bool]]:
    """Name of a part of the day -> its first and last second, and whether its hours count from noon."""
    rows = room_table("times", "day_parts.tsv", ("word", "from", "to", "afternoon"), key="word")
    return {r["word"]: (int(r["from"]) * 3600, int(r["to"]) * 3600, r["afternoon"] == "yes") for r in rows}


def part_clock(reading: Reading, word: str) -> Reading:
    """Narrow a day to a part of it (今天 + 上午)."""
    first, last, _ = day_parts()[word]
    return replace(reading, clock=(first, last))
