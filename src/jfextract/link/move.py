"""How a figure moved, as a value: direction, role and basis."""

from __future__ import annotations

from dataclasses import dataclass

from jfextract.model import Change, Role

__all__ = ["DEGREES", "LEVEL", "Move"]

DEGREES = frozenset({"percent", "percentage_point", "multiple", "fraction"})
"""Kinds of measure that say how much of something, not how many."""


@dataclass(frozen=True, slots=True)
class Move:
    """Change, role and basis of a figure."""

    change: Change | None
    role: Role
    basis: str | None


LEVEL = Move(None, "level", None)
