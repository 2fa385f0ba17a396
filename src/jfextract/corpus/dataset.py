"""A written corpus: its tables in pandas, polars, DuckDB and Arrow, its documents and failures one at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from jfextract.corpus.durable import refusal, written_whole
from jfextract.corpus.job import LAYOUT, read_manifest
from jfextract.corpus.parts import part_name, read_marker, records_suffix
from jfextract.corpus.report import Failure
from jfextract.corpus.streams import kind_of, open_plain
from jfextract.errors import InputError, JfextractError
from jfextract.model import Document
from jfextract.output.records import read_document
from jfextract.output.tables import csv_cell
from jfextract.output.wording import counted
from jfextract.schema.tables import TABLES, arrow_schema

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    import pyarrow.dataset as pads

__all__ = ["COMPLETE", "Corpus"]

COMPLETE = "complete.json"
"""The file that a run writes last, with its totals."""


class Corpus:
    """The output of ``extract_corpus``, opened by its folder; nothing is loaded until it is asked for.

    ``complete`` says whether the run came to its end; before that, the shards that are done are there.
    ``documents``, ``measures`` and ``quarantined`` are counts, and so are ``guessed_dates``, of the documents whose date
    is but the newest in their text, and ``dates_left_open``, of those without date whose times would need one. Iterating gives the Documents in their order.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        manifest = read_manifest(self.path)
        if manifest is None or manifest.get("layout") != LAYOUT:
            raise InputError(f"{self.path} holds no corpus of this version; jfextract run writes one")
        self._records = records_suffix(manifest["compression"])
        self.complete = (self.path / COMPLETE).exists()
        if self.complete:
            totals = json.loads((self.path / COMPLETE).read_bytes())
            self._numbers: Sequence[int] = range(totals["shards"])
        else:
            found = [marker.stem.rpartition("-")[2] for marker in self.path.glob("shards/part-*.json")]
            self._numbers = sorted(map(int, found))
            markers = [read_marker(self.path, number) or {} for number in self._numbers]
            totals = {
                name: sum(marker.get(name, 0) for marker in markers)
                for name in ("documents", "measures", "failures", "guessed_dates", "dates_left_open")
            }
        self.documents: int = totals.get("documents", 0)
        self.measures: int = totals.get("measures", 0)
        self.quarantined: int = totals.get("failures", 0)
        self.guessed_dates: int = totals.get("guessed_dates", 0)
        self.dates_left_open: int = totals.get("dates_left_open", 0)

    def __repr__(self) -> str:
        state = "" if self.complete else ", not complete"
        return (
            f"<Corpus {str(self.path)!r}: {counted(self.documents, 'document')}, {counted(self.measures, 'measure')}, "
            f"{self.quarantined:,} quarantined{state}>"
        )

    def intact(self) -> bool:
        """Whether all files that the shards wrote are there with their sizes."""
        return all(read_marker(self.path, number) is not None for number in self._numbers)

    def files(self, table: str = "measures") -> list[Path]:
        """The Parquet files of a table (documents, measures, times, places, checks), in order."""
        if table not in TABLES:
            raise InputError(f"there is no table {table!r}; choose {', '.join(TABLES)}")
        return [self.path / table / f"{part_name(number)}.parquet" for number in self._numbers]

    def scan(self, table: str = "measures") -> pads.Dataset:
        """The table as a pyarrow dataset, which reads what a query needs when it needs it."""
        import pyarrow.dataset as pads

        files = [str(path) for path in self.files(table)]
        if not files:
            return pads.dataset(arrow_schema(table).empty_table())
        return pads.dataset(files, schema=arrow_schema(table), format="parquet")

    def to_arrow(
        self, table: str = "measures", *, columns: Sequence[str] | None = None, where: Any = None
    ) -> pa.Table:
        """The table in memory; ``columns`` and ``where`` (a pyarrow expression) keep it small."""
        return self.scan(table).to_table(columns=None if columns is None else [*columns], filter=where)

    def to_pandas(
        self, table: str = "measures", *, columns: Sequence[str] | None = None, where: Any = None
    ) -> pd.DataFrame:
        """The table as a pandas DataFrame; ``columns`` and ``where`` as in ``to_arrow``."""
        if find_spec("pandas") is None:
            raise JfextractError("a DataFrame needs pandas: pip install 'jfextract[pandas]'")
        return self.to_arrow(table, columns=columns, where=where).to_pandas()

    def to_polars(self, table: str = "measures") -> pl.LazyFrame:
        """The table as a polars LazyFrame: nothing is read before ``collect``."""
        try:
            import polars as pl
        except ImportError:
            raise JfextractError("a LazyFrame needs polars: pip install polars") from None
        files = self.files(table)
        if not files:
            return pl.LazyFrame(arrow_schema(table).empty_table())
        return pl.scan_parquet(files, glob=False)

    def to_duckdb(
        self, table: str = "measures", connection: duckdb.DuckDBPyConnection | None = None
    ) -> duckdb.DuckDBPyRelation:
        """The table as a DuckDB relation, to be filtered and joined without loading it all."""
        try:
            import duckdb
        except ImportError:
            raise JfextractError("a relation needs DuckDB: pip install duckdb") from None
        session = connection or duckdb.connect()
        files = [str(path) for path in self.files(table)]
        if not files:
            return session.from_arrow(arrow_schema(table).empty_table())
        return session.read_parquet(files)

    def __iter__(self) -> Iterator[Document]:
        for row in self.records():
            yield read_document(row)

    def records(self) -> Iterator[bytes]:
        """The JSON rows of the documents, in order."""
        for number in self._numbers:
            path = self.path / "records" / f"{part_name(number)}{self._records}"
            kind = kind_of(path.name)
            with path.open("rb") as raw:
                yield from open_plain(raw, kind.compression if kind else None)

    def failures(self) -> Iterator[Failure]:
        """The reports that could not be done, in order: where each is, its id, the stage, the reason."""
        for number in self._numbers:
            path = self.path / "quarantine" / f"{part_name(number)}.jsonl"
            if path.exists():
                with path.open("rb") as rows:
                    for row in rows:
                        yield msgspec.json.decode(row, type=Failure)

    def write_csv(self, path: str | Path, table: str = "measures") -> None:
        """Write a table as one CSV file that opens in Excel; for what people look at, not for millions of rows."""
        names = arrow_schema(table).names
        try:
            with written_whole(Path(path)) as file:
                text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
                rows = csv.writer(text)
                rows.writerow(names)
                for batch in self.scan(table).to_batches():
                    for row in batch.to_pylist():
                        rows.writerow([csv_cell(_plain(row[name])) for name in names])
                text.detach()
        except OSError as error:
            raise refusal(Path(path), error) from None


def _plain(cell: Any) -> Any:
    """A cell of Parquet for CSV: whole floats without a point, lists as JSON."""
    if isinstance(cell, float):
        number = Decimal(repr(cell))
        return int(number) if number == number.to_integral_value() else number
    if isinstance(cell, list):
        return json.dumps(cell, ensure_ascii=False) if cell else None
    return cell
