"""The table of a panel: its rows, and the rows as Arrow, pandas, CSV and Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from jfextract.errors import JfextractError, OutputError
from jfextract.model import DateSource, Mod
from jfextract.output.codebook import Codebook
from jfextract.output.frames import Cell
from jfextract.output.tables import csv_cell
from jfextract.output.untaken import UntakenItem

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["COLUMNS", "PANEL_SCHEMA", "Panel", "PanelRow", "Scope"]

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
    document_date_source: DateSource | None
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

                with _whole(path) as aside:
                    pq.write_table(self.to_arrow(), aside)
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


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Where to write a file so that it appears whole or not at all; what is no regular file is written as it is."""
    if path.exists() and not path.is_file():
        yield path
        return
    aside = path.with_name(f".{path.name}.partial")
    try:
        yield aside
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _write_csv(target: Path | TextIO, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    if isinstance(target, Path):
        with (
            _whole(target) as aside,
            aside.open("w", encoding="utf-8-sig", errors="replace", newline="") as file,
        ):
            _write_csv(file, names, rows)
        return
    written = csv.writer(target)
    written.writerow(names)
    written.writerows([csv_cell(cell) for cell in row] for row in rows)


COLUMNS = tuple(field.name for field in fields(PanelRow))


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
