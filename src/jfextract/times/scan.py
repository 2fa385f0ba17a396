"""One pass over a text for the pieces of time expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jfextract.times.piece import Rule
from jfextract.times.rules import absolute, clock, counts, named, periods, relative

__all__ = ["candidates", "inventory"]


@lru_cache(maxsize=1)
def inventory() -> tuple[Rule, ...]:
    """All rules in the order in which they are tried at a place; the first that matches wins."""
    written = {rule.name: rule for rule in absolute.RULES}
    return (
        *named.rules(),
        *(r for r in absolute.RULES if r.name not in ("day", "month", "roc_year", "year")),
        *counts.RULES[1:2],
        *(r for r in periods.RULES if r.name in ("first_months", "half_year")),
        *counts.RULES[:1],
        *counts.RULES[2:],
        written["roc_year"],
        written["year"],
        written["month"],
        *relative.rules(),
        *(r for r in periods.RULES if r.name not in ("first_months", "half_year")),
        *clock.rules(),
        written["day"],
    )


_GROUP = re.compile(r"\(\?P<\w+>")


@lru_cache(maxsize=1)
def _scanner() -> tuple[re.Pattern[str], dict[str, tuple[Rule, re.Pattern[str]]]]:
    parts = []
    detail = {}
    for rule in inventory():
        parts.append(f"(?P<{rule.name}>{_GROUP.sub('(?:', rule.pattern)})")
        detail[rule.name] = (rule, re.compile(rule.pattern))
    return re.compile("|".join(parts)), detail


def candidates(text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield the pieces in ``text`` from left to right, without overlap: the rule and its own match.

    >>> [(rule.name, match[0]) for rule, match in candidates("今年3月")]
    [('relative', '今年'), ('month', '3月')]
    """
    scanner, detail = _scanner()
    for found in scanner.finditer(text):
        name = found.lastgroup
        if name is not None:
            rule, pattern = detail[name]
            match = pattern.match(text, found.start())
            if match is not None:
                yield rule, match
