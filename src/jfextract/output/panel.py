"""Figures of many reports as a panel: place, period and variable of a codebook, one row for each figure behind a cell."""

from __future__ import annotations

import datetime
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from jfextract.checks.rounding import Bounds, widest
from jfextract.errors import InputError, JfextractError
from jfextract.model import Document, Measure
from jfextract.output.codebook import Codebook, Variable
from jfextract.output.panel_table import Panel, PanelRow, Scope
from jfextract.output.records import read_document
from jfextract.output.untaken import Untaken
from jfextract.times import interval

__all__ = ["panel", "read_results"]


def panel(
    documents: Document | Iterable[Document | str | bytes] | str | Path, codebook: Codebook | str | Path
) -> Panel:
    """The figures of the documents that the codebook names, one row for each, with what they rest on.

    ``documents`` are Documents, JSON rows of documents (an open ``documents.jsonl`` will do), or the path of such a
    file or of the folder with it; they are read one at a time. ``codebook`` is a TOML file, the name of one that comes
    with the package, or a Codebook.

    >>> from jfextract import extract
    >>> text = "2020年,全市召开会议111次、同比压减22.92%。"
    >>> for row in panel(extract(text, place="六盘水市"), "grassroots-burden"):
    ...     print(row.place, row.adcode, row.year, row.variable, row.value, row.unit)
    贵州省六盘水市 520200 2020 meetings 111 次
    贵州省六盘水市 520200 2020 meetings_growth -22.92 %
    """
    book = Codebook.load(codebook)
    untaken = Untaken()
    cells: dict[tuple[object, ...], list[tuple[PanelRow, Bounds | None]]] = defaultdict(list)
    for doc in _documents(documents):
        for index, measure in enumerate(doc.measures):
            if measure.optional:
                continue
            variable = book.variable_of(measure)
            if variable is None:
                untaken.add(doc, measure)
                continue
            row = _row(doc, index, variable)
            span = widest(measure)
            cells[row.place, row.adcode, row.period, row.variable].append(
                (row, span and _scaled(span, variable, measure))
            )
    rows = [row for cell in cells.values() for row in _decided(cell)]
    order = {variable.name: number for number, variable in enumerate(book.variables)}
    rows.sort(
        key=lambda row: (
            row.adcode or "~",
            row.place or "~",
            order[row.variable],
            row.period or "~",
            not row.preferred,
        )
    )
    return Panel(tuple(rows), untaken.items(), book)


def _documents(given: Document | Iterable[Document | str | bytes] | str | Path) -> Iterator[Document]:
    if isinstance(given, Document):
        yield given
    elif isinstance(given, (str, Path)):
        yield from read_results(Path(given))
    else:
        for one in given:
            if isinstance(one, Document):
                yield one
            elif one.strip():
                yield read_document(one)


def read_results(path: Path) -> Iterator[Document]:
    """The documents of a file of JSON rows, or of the one in a folder that jfextract extract wrote."""
    file = path / "documents.jsonl" if path.is_dir() else path
    try:
        with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as rows:
            for number, row in enumerate(rows, 1):
                if row.strip():
                    try:
                        yield read_document(row)
                    except JfextractError as error:
                        raise InputError(f"{file}:{number}: {error}") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from None


def _row(doc: Document, index: int, variable: Variable) -> PanelRow:
    measure = doc.measures[index]
    first, last = interval(measure.time) if measure.time else (None, None)
    year, scope = _held(first, last)
    factor = variable.factor(measure) * (-1 if variable.signed and measure.change == "decrease" else 1)
    value, *ends = (
        None if part is None else part * factor for part in (measure.value, measure.low, measure.high)
    )
    low, high = ends if factor > 0 else ends[::-1]
    start, end = measure.sentence
    return PanelRow(
        place=measure.place,
        adcode=measure.adcode,
        period=measure.time,
        year=year,
        scope=scope,
        date_from=first.isoformat() if first else None,
        date_to=last.isoformat() if last else None,
        variable=variable.name,
        value=value,
        unit=variable.unit or measure.unit,
        low=low,
        high=high,
        mod=measure.mod,
        preferred=False,
        conflict=False,
        competing=1,
        document_id=doc.id,
        document_date=doc.date,
        document_date_source=doc.date_source,
        measure=index,
        start=measure.start,
        end=measure.end,
        text=measure.text,
        sentence=None if doc.text is None else doc.text[start:end].strip(),
        item=measure.item,
        role=measure.role,
        change=measure.change,
        basis=measure.basis,
        per=measure.per,
        confidence=measure.confidence,
    )


def _held(first: datetime.date | None, last: datetime.date | None) -> tuple[int | None, Scope | None]:
    """The year that a period lies in, and how."""
    if first is None and last is None:
        return None, None
    if first is None or last is None:
        return (None, "since") if last is None else (last.year, "until")
    if first.year != last.year:
        return None, "span"
    is_whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return first.year, "year" if is_whole else "part"


def _scaled(span: Bounds, variable: Variable, measure: Measure) -> Bounds:
    factor = variable.factor(measure) * (-1 if variable.signed and measure.change == "decrease" else 1)
    return Bounds(*sorted((span.low * factor, span.high * factor)))


def _decided(cell: list[tuple[PanelRow, Bounds | None]]) -> Iterator[PanelRow]:
    """The rows of a cell with the preferred one marked, and how many different values compete."""
    values: list[tuple[Decimal | None, Bounds | None]] = []
    # the sharpest first: 约3700 may be 3759 or 3795, but these two are not one
    for row, span in sorted(cell, key=lambda one: one[1].high - one[1].low if one[1] else Decimal(0)):
        same = (
            row.value == value
            if None in (span, other)
            else span is not None and other is not None and span.meets(other)
            for value, other in values
        )
        if not any(same):
            values.append((row.value, span))
    best = max(
        range(len(cell)),
        key=lambda at: (
            cell[at][0].value is not None,
            cell[at][0].mod == "exact",
            cell[at][0].confidence,
            cell[at][0].document_date or "",
            -at,
        ),
    )
    for at, (row, _) in enumerate(cell):
        yield replace(row, preferred=at == best, conflict=len(values) > 1, competing=len(values))
