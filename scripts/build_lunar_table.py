"""Rebuild the lunar calendar tables of the times room from lunar-python.

usage: python scripts/build_lunar_table.py

Writes ``lunar_years.tsv`` (new year's day, leap month and month lengths of every lunar year) and
``solar_terms.tsv`` (the day of each of the 24 solar terms) for 1900–2100, in China Standard Time.
Needs ``lunar-python``, which the package itself does not.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from lunar_python import LunarYear, Solar

DATA = Path(__file__).parent.parent / "src" / "jfextract" / "times" / "data"
YEARS = range(1900, 2101)
TERMS = [
    "小寒",
    "大寒",
    "立春",
    "雨水",
    "惊蛰",
    "春分",
    "清明",
    "谷雨",
    "立夏",
    "小满",
    "芒种",
    "夏至",
    "小暑",
    "大暑",
    "立秋",
    "处暑",
    "白露",
    "秋分",
    "寒露",
    "霜降",
    "立冬",
    "小雪",
    "大雪",
    "冬至",
]
SOURCE = "# source: lunar-python 1.4.8 (MIT), https://github.com/6tail/lunar-python; computed, in China Standard Time"


def lunar_years() -> list[str]:
    """One row a lunar year: its first day, its leap month (0: none) and the lengths of its months in order."""
    rows = []
    for year in YEARS:
        months = [month for month in LunarYear.fromYear(year).getMonths() if month.getYear() == year]
        first = Solar.fromJulianDay(months[0].getFirstJulianDay())
        leap = next((-month.getMonth() for month in months if month.getMonth() < 0), 0)
        lengths = "".join("1" if month.getDayCount() == 30 else "0" for month in months)
        rows.append(f"{year}\t{first.toYmd()}\t{leap}\t{lengths}")
    return rows


def solar_terms() -> list[str]:
    """One row a year: the days of the month of the 24 terms, two to a month from January."""
    rows = []
    for year in YEARS:
        found = {}
        day = datetime.date(year, 1, 1)
        while day.year == year:
            name = Solar.fromYmd(day.year, day.month, day.day).getLunar().getJieQi()
            if name:
                found[name] = day.day
            day += datetime.timedelta(days=1)
        rows.append(f"{year}\t" + " ".join(str(found[name]) for name in TERMS))
    return rows


def main() -> None:
    """Write both tables."""
    header = f"{SOURCE}\n# regenerate: python scripts/build_lunar_table.py\n"
    (DATA / "lunar_years.tsv").write_text(
        "# The lunar years: first day, leap month (0: none), months in order (1: 30 days, 0: 29 days).\n"
        + header
        + "year\tfirst\tleap\tmonths\n"
        + "\n".join(lunar_years())
        + "\n",
        encoding="utf-8",
    )
    (DATA / "solar_terms.tsv").write_text(
        "# The days of the month of the solar terms, two to a month from January:\n# "
        + " ".join(TERMS)
        + "\n"
        + header
        + "year\tdays\n"
        + "\n".join(solar_terms())
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
