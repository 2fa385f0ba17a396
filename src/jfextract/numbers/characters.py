"""The characters that write numbers, from ``data/characters.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table

__all__ = ["Character", "character_class", "characters"]


@dataclass(frozen=True, slots=True)
class Character:
    """A numeral character: what it does (see the header of the table) and its value."""

    role: str
    value: int
    style: str


@lru_cache(maxsize=1)
def characters() -> dict[str, Character]:
    """Return the numeral characters.

    >>> characters()["百"]
    Character(role='multiplier', value=100, style='plain')
    """
    rows = room_table("numbers", "characters.tsv", ("char", "role", "value", "style"), key="char")
    return {row["char"]: Character(row["role"], int(row["value"]), row["style"]) for row in rows}


def character_class(*roles: str, style: str | None = None) -> str:
    """Return the characters of these roles as one string, to stand between brackets in a pattern."""
    return "".join(
        char for char, entry in characters().items() if entry.role in roles and style in (None, entry.style)
    )
