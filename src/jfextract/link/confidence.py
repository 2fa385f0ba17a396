"""How often a figure linked by a rule proved right in annotated reports."""

from __future__ import annotations

from functools import lru_cache

from jfextract.lexicon import room_table

__all__ = ["confidence_of", "group_of"]

_DEGREES = frozenset({"percent", "percentage_point", "multiple", "fraction"})


def group_of(kind: str) -> str:
    """The kinds of measure that are counted together: count, degree, other."""
    return "count" if kind == "count" else "degree" if kind in _DEGREES else "other"


@lru_cache(maxsize=1)
def _rates() -> dict[tuple[str, str], float]:
    rows = room_table("link", "confidence.tsv", ["rule", "group", "right", "seen"])
    # one success and one failure more than counted: a rule met three times is not certain
    return {(row["rule"], row["group"]): (int(row["right"]) + 1) / (int(row["seen"]) + 2) for row in rows}


def confidence_of(rule: str | None, kind: str) -> float:
    """The share of figures of that kind, whose item this rule gave (None: no item), that were right as a whole.

    >>> 0 < confidence_of("noun-after", "count") < 1
    True
    """
    return round(_rates().get((rule or "none", group_of(kind)), 0.5), 3)
