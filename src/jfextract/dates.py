"""A date as people, spreadsheets and data frames write it; what could be two dates is none."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata

from jfextract.errors import InputError

__all__ = ["iso_date", "read_date"]

_TIME = (
    r"(?:[T ]{0,3}\d{1,2}[:时時点點]\d{2}分?(?::\d{2}(?:[.,]\d{1,9})?)? {0,2}(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?: {0,3}\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?)?"
_SEPARATED = re.compile(
    rf"(?P<y>\d{{4}})(?:(?P<sign>[-/.])(?P<m>\d{{1,2}})(?P=sign)(?P<d>\d{{1,2}})"
    rf"|年 ?(?P<m2>\d{{1,2}})月 ?(?P<d2>\d{{1,2}})[日号號]){_WEEKDAY}{_TIME}"
)
_REPUBLIC = re.compile(
    rf"(?:中[华華])?民[国國] ?(?P<y>\d{{1,3}})年 ?(?P<m>\d{{1,2}})月 ?(?P<d>\d{{1,2}})[日号號]{_WEEKDAY}{_TIME}"
)
_COMPACT = re.compile(rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){_TIME}")
_UNCLEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})")
_FIRST_REPUBLIC_YEAR = 1911
_HOW = "write it as 2022-03-15"


def read_date(value: object) -> datetime.date | None:
    """The day that a value names; None for an empty one. Raises InputError, which says why, for what is no day.

    Taken are dates and times of Python, pandas and numpy (NaT and NaN are empty), ISO 8601 with or without a time,
    what Excel makes of it (2022/3/15, 2022-3-5), 20220315 as text or number, 2022年3月15日 and 民國111年3月15日. Day
    and month before the year (3/15/2022) are not, as nobody can tell 3/5/2022 from 5/3/2022.

    >>> read_date("2022/3/5"), read_date("2022年3月15日"), read_date(20220315), read_date("")
    (datetime.date(2022, 3, 5), datetime.date(2022, 3, 15), datetime.date(2022, 3, 15), None)
    >>> read_date("3/5/2022")
    Traceback (most recent call last):
    jfextract.errors.InputError: '3/5/2022' does not say which is the month; write it as 2022-03-15
    """
    if value is None or _is_missing(value):
        return None
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    words = _words(value)
    if words == "":
        return None
    if words is None:
        raise InputError(f"{value!r} is no date; {_HOW}")
    found = _SEPARATED.fullmatch(words) or _COMPACT.fullmatch(words) or _REPUBLIC.fullmatch(words)
    if found is None:
        unclear = _UNCLEAR.match(words)
        raise InputError(
            f"{value!r} {'does not say which is the month' if unclear else 'is no date'}; {_HOW}"
        )
    parts = found.groupdict()
    year = int(parts["y"]) + (_FIRST_REPUBLIC_YEAR if found.re is _REPUBLIC else 0)
    try:
        return datetime.date(year, int(parts["m"] or parts["m2"]), int(parts["d"] or parts["d2"]))
    except ValueError:
        raise InputError(f"{value!r} is no date; {_HOW}") from None


def iso_date(value: object, name: str) -> str | None:
    """The day that a value names as 2022-03-15; the InputError for what is no day begins with ``name``.

    >>> iso_date("2022/3/5", "--date ")
    '2022-03-05'
    """
    try:
        day = read_date(value)
    except InputError as error:
        raise InputError(f"{name}{error}") from None
    return None if day is None else day.isoformat()


def _is_missing(value: object) -> bool:
    """Whether this is what data frames write for nothing: NaN, NaT."""
    return (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>")


def _words(value: object) -> str | None:
    """The value as text: full-width characters as half-width, whole numbers as digits; None for what cannot be a date."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int)) or type(value).__module__ == "numpy":
        return unicodedata.normalize("NFKC", str(value)).strip()
    return None
