"""Arithmetic between the measures of one report."""

from __future__ import annotations

from collections.abc import Sequence

from jfextract.checks.growth import check_growth
from jfextract.checks.parts import check_parts
from jfextract.checks.rates import check_rates
from jfextract.checks.restated import check_restated
from jfextract.checks.shares import check_shares
from jfextract.checks.steps import check_steps
from jfextract.model import Check, Measure

__all__ = ["check"]


def check(measures: Sequence[Measure], source: str) -> tuple[Check, ...]:
    """Return the relations that the report's own figures allow, in the order of their last measure.

    ``Check.measures`` index into ``measures``, whose offsets refer to ``source``.
    """
    found = [
        *check_growth(measures, source),
        *check_steps(measures, source),
        *check_parts(measures, source),
        *check_shares(measures, source),
        *check_rates(measures, source),
        *check_restated(measures, source),
    ]
    return tuple(sorted(found, key=lambda one: (max(one.measures), one.measures, one.kind)))
