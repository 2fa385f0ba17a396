"""Measures as files: CSV that opens in Excel, and Parquet; both take documents one at a time."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from jfextract.model import Document
from jfextract.output.frames import CHECK_COLUMNS, COLUMNS, Cell, check_rows, measure_rows, to_arrow
from jfextract.schema import measures_arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["CsvTable", "ParquetTable", "csv_cell", "write_csv", "write_parquet"]

_ROW_GROUP = 50_000
"""Measures held before a Parquet row group is written: some 20 MB."""

# Excel runs a cell that begins with one of these as a formula, the full-width ones in Chinese editions.
_FORMULA_STARTS = ("=", "@", "+", "-", "＝", "＠", "＋", "－", "\t", "\r")
# A signed figure with its unit (-18.2%, +3℃) is no formula: it neither calls nor refers to anything.
_SIGNED_FIGURE = re.compile(r"[+\-＋－][\d.,]+[^\W\d_]{0,8}[%％‰℃°]?", re.UNICODE)


def csv_cell(cell: Cell) -> str | int | float:
    """A cell as it stands in the CSV file: None is empty, a Decimal is written out without exponent.

    Text that a spreadsheet would run as a formula gets a leading apostrophe, its sign for plain text.

    >>> csv_cell(Decimal("1E+10")), csv_cell("-18.2%"), csv_cell("=HYPERLINK(A1)")
    ('10000000000', '-18.2%', "'=HYPERLINK(A1)")
    """
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if not isinstance(cell, str):
        return cell
    clean = cell.replace("\0", "\ufffd")
    if clean.startswith(_FORMULA_STARTS) and not _SIGNED_FIGURE.fullmatch(clean):
        return f"'{clean}"
    return clean


class CsvTable:
    """A measures.csv or checks.csv being written: UTF-8 with a byte order mark, as Excel needs to see the Chinese."""

    def __init__(self, path: Path, table: Literal["measures", "checks"] = "measures") -> None:
        self._columns = COLUMNS if table == "measures" else CHECK_COLUMNS
        self._rows_of = measure_rows if table == "measures" else check_rows
        self._file = path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow(self._columns)

    def add(self, doc: Document) -> None:
        self._rows.writerows([csv_cell(row[name]) for name in self._columns] for row in self._rows_of((doc,)))

    def __enter__(self) -> CsvTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class ParquetTable:
    """A measures.parquet being written in row groups; the schema's version is in its metadata."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._writer = pq.ParquetWriter(path, measures_arrow_schema(), compression="zstd")
        self._pending: list[pa.Table] = []
        self._pending_rows = 0

    def add(self, doc: Document) -> None:
        self._pending.append(to_arrow(doc))
        self._pending_rows += len(doc.measures)
        if self._pending_rows >= _ROW_GROUP:
            self._write_pending()

    def _write_pending(self) -> None:
        import pyarrow as pa

        if self._pending:
            self._writer.write_table(pa.concat_tables(self._pending))
            self._pending.clear()
            self._pending_rows = 0

    def __enter__(self) -> ParquetTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._write_pending()
        self._writer.close()


def write_csv(docs: Iterable[Document], path: str | Path) -> None:
    """Write the measures of the documents as a CSV file."""
    with CsvTable(Path(path)) as table:
        for doc in docs:
            table.add(doc)


def write_parquet(docs: Iterable[Document], path: str | Path) -> None:
    """Write the measures of the documents as a Parquet file."""
    with ParquetTable(Path(path)) as table:
        for doc in docs:
            table.add(doc)
