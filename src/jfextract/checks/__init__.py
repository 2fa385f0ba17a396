"""Arithmetic between the measures of one report."""

from __future__ import annotations

from collections.abc import Sequence

from jfextract.checks.growth import check_growth
from jfextract.model import Check, Measure

__all__ = ["check"]


def check(measures: Sequence[Measure]) -> tuple[Check, ...]:
    """Return the relations that the report's own figures allow, in the order of their last measure.

    ``Check.measures`` index into ``measures``.
    """
    return tuple(sorted(check_growth(measures), key=lambda found: (max(found.measures), found.measures)))
