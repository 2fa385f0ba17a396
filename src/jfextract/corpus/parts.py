"""The files of one shard: written under temporary names, put in place together, then marked as complete."""

from __future__ import annotations

import gzip
import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from jfextract.corpus.durable import Pending, sync_folder, write_json
from jfextract.corpus.report import Failure, failure_row
from jfextract.model import Document
from jfextract.output.dating import is_guessed, is_left_open
from jfextract.output.records import document_row
from jfextract.output.rows import Row, arrow_table, table_rows
from jfextract.schema.tables import TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow.parquet as pq

    from jfextract.corpus.job import Compression

__all__ = ["FOLDERS", "Marker", "PartWriter", "part_name", "read_marker", "records_suffix"]

FOLDERS = ("records", *TABLES, "quarantine", "shards")
"""The folders of an output: JSON rows, the tables, the failures, the markers."""

Marker = dict[str, Any]
"""What a shard's marker says: ``digest`` of its reports, its counts, and ``files`` with their sizes."""

_ROW_GROUP = 50_000
_COUNTED = (
    "documents",
    "measures",
    "times",
    "places",
    "checks",
    "failures",
    "guessed_dates",
    "dates_left_open",
    "size",
)


def part_name(number: int) -> str:
    """The name that all files of a shard have, without suffix; in the order of the shards up to a million.

    >>> part_name(7)
    'part-000007'
    """
    return f"part-{number:06}"


def records_suffix(compression: Compression) -> str:
    return ".jsonl" if compression == "none" else f".jsonl.{compression}"


class PartWriter:
    """Takes the documents and failures of a shard; ``finish`` puts its files in place and marks it."""

    def __init__(self, out: Path, number: int, compression: Compression, *, text: bool) -> None:
        self._out = out
        self._name = part_name(number)
        self._text = text
        self._counts = dict.fromkeys(_COUNTED, 0)
        self._pending: list[Pending] = []
        self._failures: list[bytes] = []
        self._rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._records = _compressed(self._open("records", records_suffix(compression)), compression)
        self._tables = {table: self._open_table(table) for table in TABLES}

    @property
    def measures(self) -> int:
        return self._counts["measures"]

    def _open(self, folder: str, suffix: str) -> Pending:
        pending = Pending(self._out / folder / f"{self._name}{suffix}")
        self._pending.append(pending)
        return pending

    def _open_table(self, table: str) -> pq.ParquetWriter:
        import pyarrow.parquet as pq

        file = _KeptOpen(self._open(table, ".parquet").file)
        return pq.ParquetWriter(file, arrow_schema(table), compression="zstd")

    def add(self, doc: Document) -> None:
        """Take a document."""
        self._records.write(document_row(doc, text=self._text) + b"\n")
        self._counts["guessed_dates"] += is_guessed(doc)
        self._counts["dates_left_open"] += is_left_open(doc)
        for table in TABLES:
            rows = table_rows(table, doc, text=self._text)
            self._counts[table] += len(rows)
            self._rows[table] += rows
            if len(self._rows[table]) >= _ROW_GROUP:
                self._write_rows(table)

    def add_failure(self, failure: Failure) -> None:
        """Take a report that could not be done."""
        self._counts["failures"] += 1
        self._failures.append(failure_row(failure) + b"\n")

    def _write_rows(self, table: str) -> None:
        if self._rows[table]:
            self._tables[table].write_table(arrow_table(table, self._rows[table]))
            self._rows[table].clear()

    def finish(self, digest: str, size: int) -> Marker:
        """Put the files in place and mark the shard as complete; return what the marker says."""
        for table in TABLES:
            self._write_rows(table)
            self._tables[table].close()
        if self._records is not self._pending[0].file:
            self._records.close()
        if self._failures:
            self._open("quarantine", ".jsonl").file.writelines(self._failures)
        with ThreadPoolExecutor(
            len(self._pending)
        ) as threads:  # the disk syncs several files in the time of one
            sizes = list(threads.map(Pending.close, self._pending))
            for pending in self._pending:
                pending.publish()
            list(threads.map(sync_folder, [pending.path.parent for pending in self._pending]))
        names = [f"{pending.path.parent.name}/{pending.path.name}" for pending in self._pending]
        if not self._failures:  # one that an interrupted run has left
            (self._out / "quarantine" / f"{self._name}.jsonl").unlink(missing_ok=True)
        marker = {
            "digest": digest,
            **self._counts,
            "size": size,
            "files": dict(zip(names, sizes, strict=True)),
        }
        write_json(self._out / "shards" / f"{self._name}.json", marker)
        return marker

    def discard(self) -> None:
        """Forget all of it."""
        for pending in self._pending:
            pending.discard()


class _KeptOpen(io.RawIOBase):
    """Passes writes on and leaves the file open when it is closed: its writer must still sync it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._file.write(data)


def _compressed(pending: Pending, compression: Compression) -> Any:
    """The file to write rows to; what is written does not depend on the day or on the file's name."""
    if compression == "gz":
        return gzip.GzipFile(fileobj=pending.file, mode="wb", compresslevel=5, mtime=0, filename="")
    if compression == "zst":
        import pyarrow as pa

        return pa.CompressedOutputStream(pa.PythonFile(_KeptOpen(pending.file), mode="w"), "zstd")
    return pending.file


def read_marker(out: Path, number: int) -> Marker | None:
    """What the marker of a shard says; None when the shard is not complete, or its files are not those it names."""
    try:
        marker: Marker = json.loads((out / "shards" / f"{part_name(number)}.json").read_bytes())
        for name, size in marker["files"].items():
            if (out / name).stat().st_size != size:
                return None
    except (OSError, ValueError, KeyError, AttributeError):
        return None
    return marker
