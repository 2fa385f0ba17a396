"""The figures of many reports by item and year, for the charts: what one report says of 2019 beside another's 2020."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from jfextract.model import Document, Measure, Mod

__all__ = ["Aspect", "SeriesRow", "series_rows", "year_and_season"]

Aspect = Literal["level", "change", "share", "target"]

_ASPECTS: dict[str, Aspect] = {
    "level": "level",
    "to": "level",
    "from": "level",
    "by": "change",
    "share": "share",
    "target": "target",
}
# 全市文件 of 六盘水市 is 文件 of 六盘水市: the place has a column of its own.
_OWN_PLACE = re.compile(r"[全我本该](?:国|省|市|州|县|区|旗|乡|镇|村)(?:的)?(?=.)")
_YEAR = re.compile(r"(\d{4})((?:-\d\d){0,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A figure that holds for one year.

    ``item``, ``unit``, ``per``, ``place``, ``aspect`` and ``season`` together name the series. ``season`` is
    the part of the year, as EDTF without the year: empty for the whole of it, ``-12`` for December,
    ``-01/-10`` for January to October. ``aspect`` keeps levels, changes, shares and targets apart; the
    value of a change is negative for a decrease. ``measure`` is the index in the document's measures.
    """

    item: str
    unit: str | None
    per: str | None
    place: str | None
    aspect: Aspect
    season: str
    year: int
    value: Decimal
    mod: Mod
    document_id: str
    document_date: str | None
    measure: int


def series_rows(docs: Iterable[Document]) -> list[SeriesRow]:
    """The figures of the documents that have an item, a value and a year, sorted by series and year.

    Ranges and indefinite figures have no value and are left out, as are times that span years.
    """
    return sorted(_rows(docs), key=_order)


def year_and_season(time: str | None) -> tuple[int, str] | None:
    """The year of an EDTF time and the part of the year it means; None when it spans years or is open.

    >>> year_and_season("2019"), year_and_season("2024-01/2024-10"), year_and_season("../2021-11")
    ((2019, ''), (2024, '-01/-10'), (2021, '../-11'))
    >>> year_and_season("2019/2022"), year_and_season("2018/..")
    (None, None)
    """
    start, slash, end = (time or "").partition("/")
    last = _YEAR.fullmatch(end if slash else start)
    if last is None:
        return None
    year, part = int(last[1]), last[2]
    if not slash:
        return year, part
    if start == "..":
        return year, f"../{part}" if part else ""
    first = _YEAR.fullmatch(start)
    if first is None or first[1] != last[1]:
        return None
    return year, f"{first[2]}/{part}"


def _rows(docs: Iterable[Document]) -> Iterator[SeriesRow]:
    for doc in docs:
        for index, measure in enumerate(doc.measures):
            held = year_and_season(measure.time)
            if held is not None and measure.item and measure.value is not None and not measure.optional:
                aspect = _ASPECTS[measure.role]
                yield SeriesRow(
                    _bare_item(measure),
                    measure.unit,
                    measure.per,
                    measure.place,
                    aspect,
                    held[1],
                    held[0],
                    -measure.value if aspect == "change" and measure.change == "decrease" else measure.value,
                    measure.mod,
                    doc.id,
                    doc.date,
                    index,
                )


def _bare_item(measure: Measure) -> str:
    item = measure.item or ""
    return _OWN_PLACE.sub("", item, count=1) if measure.place and _OWN_PLACE.match(item) else item


def _order(row: SeriesRow) -> tuple[str, ...]:
    series = (row.item, row.unit or "", row.per or "", row.place or "", row.aspect, row.season)
    return (*series, f"{row.year:04}", row.document_date or "", row.document_id)
