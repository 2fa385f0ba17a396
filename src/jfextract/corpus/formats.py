"""The reports in one file of a known format; what is broken becomes a Failure and the rest goes on."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from jfextract.corpus.columns import Columns, read_row
from jfextract.corpus.report import Failure, Input
from jfextract.corpus.streams import BROKEN, LONGEST, Format, no_text, read_at_most

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

__all__ = ["csv_header", "parquet_columns", "parse_line", "read_format", "read_lines"]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # also within a file, where files were joined by cat
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAMPLE = 100_000  # bytes that tell the encoding of a CSV file
_BATCH = 64  # rows of Parquet held at once; a row may be long
_TOO_LONG = f"is longer than {LONGEST // 1_000_000} MB"


def read_format(
    form: Format, stream: io.BufferedReader, name: str, stem: str, columns: Columns
) -> Iterator[Input | Failure]:
    """The reports of a stream. ``name`` says where it comes from, ``stem`` is the id of a file that is one report."""
    if form in ("text", "page"):
        yield _read_whole(stream, name, stem, html=form == "page")
    elif form == "json":
        yield from _read_json(stream, name, stem, columns)
    elif form == "lines":
        yield from read_lines(_lines(stream), name, columns)
    elif form in ("csv", "tsv"):
        yield from _read_csv(stream, name, columns, "," if form == "csv" else "\t")
    elif form == "parquet":
        yield from _read_parquet(stream, name, columns)
    else:
        yield Failure(name, None, "read", "is an archive inside an archive; unpack it first")


def _read_whole(stream: io.BufferedReader, name: str, report_id: str, *, html: bool) -> Input | Failure:
    data = read_at_most(stream)
    if data is None:
        return Failure(name, report_id, "read", _TOO_LONG)
    if not data.strip():
        return Failure(name, report_id, "read", "is empty")
    if (reason := no_text(data)) is not None:
        return Failure(name, report_id, "read", reason)
    return Input(report_id, data, name, html=html)


def _read_json(
    stream: io.BufferedReader, name: str, stem: str, columns: Columns
) -> Iterator[Input | Failure]:
    """A file of one object or of a list of objects."""
    data = read_at_most(stream)
    if data is None:
        yield Failure(name, stem, "read", f"{_TOO_LONG}; give it as JSON lines")
        return
    rows, reason = _parse(data.removeprefix(_BYTE_ORDER_MARK))
    if isinstance(rows, list):
        for number, row in enumerate(rows, start=1):
            yield _object_of(row, f"{name}:{number}", columns)
    elif isinstance(rows, dict):
        # a file that is one report is known by its name, as a text file is
        key = columns.id or "id"
        yield _object_of(rows if columns.id or rows.get(key) else {**rows, key: stem}, name, columns)
    else:
        yield Failure(name, stem, "read", reason or "is no JSON object with id and text")


def _lines(stream: io.BufferedReader) -> Iterator[bytes | None]:
    """The lines of a stream, UTF-16 as UTF-8; None for one that is too long to be held."""
    if stream.peek(2)[:2] in _UTF16:
        text = io.TextIOWrapper(stream, "utf-16", errors="replace")
        while line := text.readline(LONGEST):
            yield line.encode("utf-8", "replace")
        return
    while row := stream.readline(LONGEST):
        if len(row) == LONGEST and not row.endswith(b"\n"):
            while row and not row.endswith(b"\n"):
                row = stream.readline(1_000_000)
            yield None
        else:
            yield row


def read_lines(lines: Iterable[bytes | None], name: str, columns: Columns) -> Iterator[Input | Failure]:
    """The reports of JSON lines; blank lines are skipped, lines count from 1; no line at all is a Failure."""
    number, empty = 0, True
    try:
        for number, line in enumerate(lines, start=1):
            if line is None:
                empty = False
                yield Failure(f"{name}:{number}", None, "read", _TOO_LONG)
            elif row := line.removeprefix(_BYTE_ORDER_MARK).strip():
                empty = False
                yield parse_line(row, f"{name}:{number}", columns)
    except BROKEN as error:
        empty = False
        yield Failure(f"{name}:{number + 1}", None, "read", f"breaks off here: {_told(error)}")
    if empty:
        yield Failure(name, None, "read", "is empty")


def parse_line(line: bytes, source: str, columns: Columns) -> Input | Failure:
    """The report in one line of JSON."""
    row, reason = _parse(line)
    return Failure(source, None, "read", reason) if reason is not None else _object_of(row, source, columns)


def _parse(data: bytes) -> tuple[Any, str | None]:
    """What JSON text says, or why it is none; text in another encoding than UTF-8 is decoded as reports are."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        from jfextract.text.decode import decode

        decoded = decode(data)
        text = decoded.text
        if not decoded.decided or not text.lstrip().startswith(("{", "[")):
            return None, f"is not UTF-8 at byte {error.start + 1}"
    try:
        return json.loads(text), None
    except json.JSONDecodeError as error:
        return None, f"is no JSON: {error.msg} at column {error.colno}"
    except (ValueError, RecursionError) as error:  # a number of 5000 digits, brackets 10000 deep
        return None, f"is no JSON that can be read: {error}"


def _object_of(row: object, source: str, columns: Columns) -> Input | Failure:
    if not isinstance(row, dict):
        return Failure(source, None, "read", "is no JSON object with id and text")
    return read_row(row, source, columns)


def _csv_text(stream: io.BufferedReader) -> io.TextIOWrapper:
    """The file as text in the encoding of its beginning; bytes that are none of UTF-8 are kept as surrogates."""
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    if sample[:2] in _UTF16:
        return io.TextIOWrapper(stream, "utf-16", errors="replace", newline="")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        from jfextract.text.decode import decode

        encoding = decode(sample[: sample.rfind(b"\n") + 1] or sample).encoding
        if encoding != "utf-8":
            return io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    return io.TextIOWrapper(stream, "utf-8-sig", errors="surrogateescape", newline="")


def _decoded(cell: str) -> str | None:
    """A cell whose bytes were perhaps not in the encoding of its file; None when it cannot be told in which."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        from jfextract.text.decode import decode

        decoded = decode(cell.encode("utf-8", "surrogateescape"))
        return decoded.text if decoded.decided else None
    return cell


def _read_csv(
    stream: io.BufferedReader, name: str, columns: Columns, delimiter: str
) -> Iterator[Input | Failure]:
    rows = _csv_rows(stream, delimiter)
    begun = 1
    header: list[str] | None = None
    while True:
        begun = rows.line_num + 1
        source = f"{name}:{begun}"
        try:
            cells = next(rows)
        except StopIteration:
            if header is None:
                yield Failure(name, None, "read", "is empty")
            return
        except csv.Error as error:
            yield Failure(source, None, "read", f"is no CSV: {error}")
            continue
        except BROKEN as error:
            yield Failure(source, None, "read", f"breaks off here: {_told(error)}")
            return
        if header is None:
            header = [cell.strip() for cell in cells]
            if (fault := columns.missing(header)) is not None:
                yield Failure(name, None, "read", fault)
                return
        elif len(cells) > len(header):
            reason = f"has {len(cells)} cells, but there are {len(header)} columns"
            yield Failure(source, None, "read", reason)
        elif any(cells):
            row: dict[str, object] = dict.fromkeys(header)
            row.update(zip(header, map(_decoded, cells), strict=False))
            undecided = None in map(row.get, header[: len(cells)])
            reason = "is not UTF-8, nor in another encoding that can be told for certain"
            yield Failure(source, None, "read", reason) if undecided else read_row(row, source, columns)


def _csv_rows(stream: io.BufferedReader, delimiter: str) -> Any:
    csv.field_size_limit(
        max(csv.field_size_limit(), LONGEST)
    )  # its default, 128 kB, is less than a long report
    return csv.reader(_csv_text(stream), delimiter=delimiter, strict=True)


def csv_header(stream: io.BufferedReader, delimiter: str) -> list[str]:
    """The names of the columns of a CSV file; empty when it has none."""
    try:
        return [cell.strip() for cell in next(_csv_rows(stream, delimiter), [])]
    except csv.Error:
        return []


def _read_parquet(stream: io.BufferedReader, name: str, columns: Columns) -> Iterator[Input | Failure]:
    import pyarrow.parquet as pq

    number = 0
    try:
        source: Any = stream
        if not isinstance(stream.raw, io.FileIO):  # a Parquet file is read from its end
            data = read_at_most(stream)
            if data is None:
                yield Failure(name, None, "read", f"{_TOO_LONG}, which is too much inside an archive")
                return
            source = io.BytesIO(data)
        file = pq.ParquetFile(source)
        there = parquet_columns(file)
        if (fault := columns.missing(there)) is not None:
            yield Failure(name, None, "read", fault)
            return
        for batch in file.iter_batches(_BATCH, columns=columns.wanted(there), use_threads=False):
            for row in _parquet_rows(batch):
                number += 1
                place = f"{name}:{number}"
                yield (
                    Failure(place, None, "read", f"cannot be read: {_told(row)}")
                    if isinstance(row, Exception)
                    else read_row(row, place, columns)
                )
    except Exception as error:  # damaged pages make the reader raise nearly anything
        yield Failure(f"{name}:{number + 1}", None, "read", f"cannot be read from here: {_told(error)}")


def _parquet_rows(batch: pa.RecordBatch) -> Iterator[dict[str, object] | Exception]:
    """The rows of a batch; in the place of one with a value that Python cannot hold, what is wrong with it."""
    try:
        rows = batch.to_pylist()
    except Exception:  # bytes that are no UTF-8, dates beyond the year 9999, unknown time zones
        for number in range(batch.num_rows):
            try:
                yield batch.slice(number, 1).to_pylist()[0]
            except Exception as error:
                yield error
        return
    yield from rows


def parquet_columns(file: pq.ParquetFile) -> list[str]:
    """The names of the columns of a Parquet file."""
    return list(file.schema_arrow.names)


def _told(error: BaseException) -> str:
    """An error in one line, without what differs from run to run."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return (reason or type(error).__name__).strip().splitlines()[0]
