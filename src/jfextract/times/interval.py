"""The first and the last day of an EDTF string, which tables are joined on."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from functools import lru_cache

__all__ = ["days_of", "interval"]

_POINT = re.compile(r"(\d{2,4}X{0,2})(?:-(\d\d))?(?:-(\d\d))?[~?%]?")


def _bounds(point: str) -> tuple[datetime.date, datetime.date] | None:
    match = _POINT.fullmatch(point)
    if match is None or len(match[1]) != 4:
        return None
    low, high = int(match[1].replace("X", "0")), int(match[1].replace("X", "9"))
    month, day = match[2], match[3]
    try:
        if day:
            only = datetime.date(low, int(month), int(day))
            return only, only
        if month:
            last = monthrange(low, int(month))[1]
            return datetime.date(low, int(month), 1), datetime.date(low, int(month), last)
        return datetime.date(max(low, 1), 1, 1), datetime.date(high, 12, 31)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def interval(edtf: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Give the first and the last day of an EDTF string, for joins; None for an open or unreadable end.

    >>> interval("2018-01/2018-03")
    (datetime.date(2018, 1, 1), datetime.date(2018, 3, 31))
    >>> interval("2019-09/..")
    (datetime.date(2019, 9, 1), None)
    """
    left, slash, right = edtf.partition("/")
    first, last = _bounds(left), _bounds(right if slash else left)
    return (first[0] if first else None), (last[1] if last else None)


def days_of(edtf: str | None) -> tuple[str | None, str | None]:
    """``interval`` as ISO dates; both are None where there is no EDTF, and before the year 1.

    >>> days_of("198X"), days_of("../2021-11"), days_of(None)
    (('1980-01-01', '1989-12-31'), (None, '2021-11-30'), (None, None))
    """
    if edtf is None:
        return None, None
    first, last = interval(edtf)
    return first.isoformat() if first else None, last.isoformat() if last else None
