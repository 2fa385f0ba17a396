"""Figures of many reports as a panel: place, period and variable of a codebook, one row for each figure behind a cell."""

from __future__ import annotations

import csv
import datetime
import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from jfextract.checks.rounding import Bounds, bounds
from jfextract.errors import InputError, JfextractError, OutputError
from jfextract.model import Document, Measure, Mod
from jfextract.output.codebook import Codebook, Variable
from jfextract.output.frames import Cell
from jfextract.output.records import read_document
from jfextract.output.tables import csv_cell
from jfextract.output.untaken import Untaken, UntakenItem
from jfextract.times import interval

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["COLUMNS", "PANEL_SCHEMA", "Panel", "PanelRow", "Scope", "panel", "read_results"]

PANEL_SCHEMA = "jfextract/panel/1"
"""Version of the table; the Arrow schema carries it as ``jfextract.schema``."""

Scope = Literal["year", "part", "until", "since", "span"]


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One figure in a cell of the panel; the cell is place, adcode, period and variable.

    ``period`` is EDTF as the report states it, None when it does not; ``date_from`` and ``date_to`` are its first and
    last day (None: open). ``year`` is set where the period lies in one year, and ``scope`` says how: the whole
    ``year``, a ``part`` of it, ``until`` (up to then) or ``since``; ``span`` covers several years. ``value`` is in
    ``unit``, None for a range or an indefinite number, whose bounds are ``low`` and ``high``.

    ``competing`` counts the different values of the cell and ``conflict`` says that there is more than one;
    ``preferred`` marks the row that stands for the cell: exact before approximate, sure before unsure, a later report
    before an earlier one.

    The rest is evidence: the document, the index of the figure among its measures, its span and words, the sentence
    (None when the record was written without its text), and what the extraction made of it.
    """

    place: str | None
    adcode: str | None
    period: str | None
    year: int | None
    scope: Scope | None
    date_from: str | None
    date_to: str | None
    variable: str
    value: Decimal | None
    unit: str | None
    low: Decimal | None
    high: Decimal | None
    mod: Mod
    preferred: bool
    conflict: bool
    competing: int
    document_id: str
    document_date: str | None
    measure: int
    start: int
    end: int
    text: str
    sentence: str | None
    item: str | None
    role: str
    change: str | None
    basis: str | None
    per: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Panel:
    """The rows of a panel, sorted by place, variable and period, and the items that no variable took."""

    rows: tuple[PanelRow, ...]
    untaken: tuple[UntakenItem, ...]
    codebook: Codebook

    def __iter__(self) -> Iterator[PanelRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self) -> Panel:
        """The panel with one row a cell, the preferred one."""
        return replace(self, rows=tuple(row for row in self.rows if row.preferred))

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table; values and bounds are float64."""
        import pyarrow as pa

        schema = _arrow_schema()
        columns = [
            pa.array([_storable(getattr(row, name)) for row in self.rows], kind)
            for name, kind in _typed(schema)
        ]
        return pa.Table.from_arrays(columns, schema=schema)

    def to_frame(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame; needs the extra ``jfextract[pandas]``."""
        try:
            import pandas as pd
        except ImportError:
            raise JfextractError("a DataFrame needs pandas: pip install jfextract[pandas]") from None
        table = self.to_arrow()
        return pd.DataFrame({name: table[name].to_pandas() for name in table.column_names})

    def write(self, path: str | Path) -> None:
        """Write the rows as a .csv or a .parquet file; raises OutputError where that cannot be."""
        path = Path(path)
        if path.suffix.lower() not in (".csv", ".parquet"):
            raise OutputError(f"{path}: a panel is written as .csv or .parquet")
        try:
            if path.suffix.lower() == ".csv":
                self.write_csv(path)
            else:
                import pyarrow.parquet as pq

                pq.write_table(self.to_arrow(), path)
        except OSError as error:
            raise OutputError(f"cannot write to {path}: {error.strerror or error}") from None

    def write_csv(self, target: Path | TextIO) -> None:
        """Write the rows as CSV that opens in Excel; codes stay text and values keep all their digits."""
        _write_csv(target, COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in self.rows))

    def write_untaken(self, path: str | Path) -> None:
        """Write the items that no variable took as a .csv file, with an example each."""
        names = ("head", "count", "documents", "items", "units", "roles", "document_id", "text", "sentence")
        rows = (
            [
                item.head,
                item.count,
                item.documents,
                *("; ".join(words) for words in (item.items, item.units, item.roles)),
                *(item.examples[0].document_id, item.examples[0].text, item.examples[0].sentence),
            ]
            for item in self.untaken
        )
        try:
            _write_csv(Path(path), names, rows)
        except OSError as error:
            raise OutputError(f"cannot write to {path}: {error.strerror or error}") from None


def _write_csv(target: Path | TextIO, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    if isinstance(target, Path):
        with target.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            _write_csv(file, names, rows)
        return
    written = csv.writer(target)
    written.writerow(names)
    written.writerows([csv_cell(cell) for cell in row] for row in rows)


COLUMNS = tuple(field.name for field in fields(PanelRow))


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
            span = bounds(measure)
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


def _arrow_schema() -> pa.Schema:
    import pyarrow as pa

    types = {"value": pa.float64(), "low": pa.float64(), "high": pa.float64(), "confidence": pa.float64()}
    types.update(dict.fromkeys(("year", "competing", "measure", "start", "end"), pa.int64()))
    types.update(dict.fromkeys(("preferred", "conflict"), pa.bool_()))
    columns = [pa.field(name, types.get(name, pa.string())) for name in COLUMNS]
    return pa.schema(columns, metadata={"jfextract.schema": PANEL_SCHEMA})


def _typed(schema: pa.Schema) -> Iterator[tuple[str, pa.DataType]]:
    return ((field.name, field.type) for field in schema)


def _storable(cell: object) -> object:
    """A cell as Arrow can hold it: Decimals as floats, lone surrogates (no UTF-8 form) as ``?``."""
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.encode("utf-8", "replace").decode("utf-8") if isinstance(cell, str) else cell
