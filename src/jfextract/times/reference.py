"""The date that a caller gives for relative words to count from, in any of its usual forms."""

from __future__ import annotations

import datetime

from jfextract.dates import read_date
from jfextract.errors import InputError

__all__ = ["as_day"]


def as_day(given: str | datetime.date | None, name: str = "reference") -> datetime.date | None:
    """Return the day meant by a date, a date with time or a string (see ``read_date``); None for None and "".

    ``name`` is what the caller calls it. Raises InputError for what is no date.

    >>> as_day("2024-06-15"), as_day(datetime.datetime(2024, 6, 15, 8, 30))
    (datetime.date(2024, 6, 15), datetime.date(2024, 6, 15))
    >>> as_day("15 June 2024")
    Traceback (most recent call last):
    jfextract.errors.InputError: reference='15 June 2024' is no date; write it as 2022-03-15
    """
    try:
        return read_date(given)
    except InputError as error:
        raise InputError(f"{name}={error}") from None
