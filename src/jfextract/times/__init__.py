"""Times: every date, period and relative expression of a text, as EDTF against the report's date.

``find`` searches a text, ``parse`` reads one expression, ``anchor`` picks the date to read against,
and ``interval`` and ``days_of`` turn an EDTF string into its first and last day.
"""

from __future__ import annotations

import datetime

from jfextract.model import Time
from jfextract.numbers.numbering import without_numbering
from jfextract.times.anchor import anchor
from jfextract.times.assemble import expressions, one_of_days
from jfextract.times.expression import Expression
from jfextract.times.interval import days_of, interval
from jfextract.times.piece import Region, Scene
from jfextract.times.reference import as_day

__all__ = ["Region", "anchor", "as_day", "days_of", "expressions_in", "find", "interval", "parse"]


def find(
    text: str, reference: str | datetime.date | None = None, *, region: Region = "mainland"
) -> tuple[Time, ...]:
    """Find the times of a simplified, width-folded text; offsets are code points into ``text``.

    They come in order and do not overlap. ``reference`` is the date that relative words count from (a date
    or an ISO 8601 string); without it their ``edtf`` is None. Vague ones (近年来, 每年) are marked ``optional``.

    >>> [(t.text, t.edtf) for t in find("2019年9月以来，今年前4个月", "2022-06-01")]
    [('2019年9月以来', '2019-09/..'), ('今年前4个月', '2022-01/2022-04')]
    """
    scene = Scene(without_numbering(text), as_day(reference), region)
    return tuple(expression.to_time() for expression in expressions(scene))


def parse(
    text: str, reference: str | datetime.date | None = None, *, region: Region = "mainland"
) -> Time | None:
    """Read a text that is one expression; None when it is none.

    >>> parse("去年12月", datetime.date(2024, 3, 1)).edtf
    '2023-12'
    """
    whole = expressions_in(text.strip(), reference, region=region, whole=True)
    return whole[0].to_time() if len(whole) == 1 and whole[0].text == text.strip() else None


def expressions_in(
    text: str,
    reference: str | datetime.date | None = None,
    *,
    region: Region = "mainland",
    whole: bool = False,
    now: int = 0,
) -> tuple[Expression, ...]:
    """Like ``find``, with the dates and clock times behind the EDTF; ``now`` is the second of the day."""
    found = tuple(expressions(Scene(text, as_day(reference), region, whole, now)))
    return one_of_days(text, found) if whole else found
