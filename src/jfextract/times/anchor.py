"""The date a report is read against when the caller gives none."""

from __future__ import annotations

import datetime
import re

from jfextract.model import DateSource
from jfextract.times.interval import interval

__all__ = ["anchor"]

_DAY = re.compile(
    r"(?<![0-9])(?:(?P<y>(?:19|20)[0-9]{2})年)?(?P<m>1[0-2]|0?[1-9])月(?P<d>[12][0-9]|3[01]|0?[1-9])日"
)
_YEAR = re.compile(r"(?<![0-9.])((?:19|20)[0-9]{2})(?:年(?![级龄])|[-/.](?=[01]?[0-9][-/.]))")
_FULL = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[-/.年](1[0-2]|0?[1-9])[-/.月](3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_NOT_PAST = re.compile(r"到|至|前|底前|力争|实现|规划|将|目标|计划")

_COMPARED = re.compile(r"[比较與与据據]$")


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def anchor(
    text: str, *, published: str | None, dateline: str | None
) -> tuple[datetime.date, DateSource] | None:
    """Pick the reference date: the page's, the dateline's, or the newest that the text states.

    ``published`` is the EDTF day the page states, ``dateline`` the line such as 新华社西宁3月2日电, whose
    year comes from the page or else from the newest year of the text. None when nothing gives a date.

    >>> anchor("2023年全年", published="2024-03-05T08:00", dateline=None)
    (datetime.date(2024, 3, 5), 'page')
    >>> anchor("2023年全年", published="2024", dateline="新华社西宁3月2日电")
    (datetime.date(2024, 3, 2), 'dateline')
    """
    page = interval((published or "")[:10])
    if page[0] is not None and page[0] == page[1]:
        return page[0], "page"
    newest = _newest(text)
    line = _DAY.search(dateline or "")
    if line is not None:
        year = int(line["y"]) if line["y"] else page[0].year if page[0] else newest.year if newest else None
        day = _date(year, int(line["m"]), int(line["d"])) if year else None
        if day is not None:
            return day, "dateline"
    return (newest, "newest") if newest else None


def _newest(text: str) -> datetime.date | None:
    """The latest day that the text writes in full, or the last day of its latest year, whichever is later.

    Years that are aims (力争到2030年, 2035年远景目标) and years that are only compared with (比2020年) do not date a report.
    """
    days = [day for m in _FULL.finditer(text) if (day := _date(int(m[1]), int(m[2]), int(m[3])))]
    years = []
    for match in _YEAR.finditer(text):
        around = text[max(0, match.start() - 8) : match.start()] + text[match.end() : match.end() + 4]
        if not _NOT_PAST.search(around) and not _COMPARED.search(
            text, max(0, match.start() - 2), match.start()
        ):
            years.append(int(match[1]))
    newest_year = max(years, default=None)
    newest_day = max((d for d in days if newest_year is None or d.year <= newest_year), default=None)
    if newest_year is None or (newest_day is not None and newest_day.year >= newest_year):
        return newest_day
    return datetime.date(newest_year, 12, 31)
