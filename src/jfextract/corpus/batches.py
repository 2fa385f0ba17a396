"""Record batches of reports into record batches of what is in them: the form in which engines take a function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

from jfextract.corpus.columns import read_row
from jfextract.corpus.each import SupportsExtract, extract_each
from jfextract.corpus.job import Job
from jfextract.corpus.report import Failure, Input, failure_row
from jfextract.corpus.worker import make_extractor
from jfextract.model import Document
from jfextract.output.records import document_row
from jfextract.output.rows import arrow_table, table_rows
from jfextract.schema.tables import TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["batch_schema", "extract_batches"]

_AT_ONCE = 200  # reports in a batch that goes out
_FAILURE = ("source", "id", "stage", "reason")


def batch_schema() -> pa.Schema:
    """The schema of the batches that come out: a row for each report.

    ``record`` is its JSON row, ``documents`` to ``checks`` are its rows of those tables as lists, ``failure`` says
    why there is none of all that; either ``record`` or ``failure`` is null.

    >>> batch_schema().names
    ['record', 'documents', 'measures', 'times', 'places', 'checks', 'failure']
    """
    import pyarrow as pa

    tables = [pa.field(table, pa.list_(pa.struct(list(arrow_schema(table))))) for table in TABLES]
    failure = pa.struct([pa.field(name, pa.string()) for name in _FAILURE])
    return pa.schema([pa.field("record", pa.string()), *tables, pa.field("failure", failure)])


def extract_batches(batches: Iterable[pa.RecordBatch], told: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    """The reports of the batches, extracted; ``told`` is a ``Job`` as plain values.

    The rows hold text and id, and what else is known, in the columns that the job names.
    """
    job = msgspec.convert(told, Job)
    extractor = _extractor(msgspec.json.encode(told))
    for batch in batches:
        for start in range(0, batch.num_rows, _AT_ONCE):
            rows = batch.slice(start, _AT_ONCE).to_pylist()
            reports = [_with_id(read_row(row, "", job.columns)) for row in rows]
            yield _as_batch([*extract_each(reports, extractor, date=job.date)], text=job.text)


@lru_cache(maxsize=1)
def _extractor(told: bytes) -> SupportsExtract:
    """One for each process and its job: tables and dictionary are loaded once."""
    return make_extractor(msgspec.json.decode(told, type=Job))


def _with_id(report: Input | Failure) -> Input | Failure:
    if isinstance(report, Input) and not report.id:
        return Failure("", None, "read", "has no id; an engine has no lines to know it by")
    return report


def _as_batch(outcomes: list[Document | Failure], *, text: bool) -> pa.RecordBatch:
    import pyarrow as pa

    schema = batch_schema()
    records = [
        None if isinstance(one, Failure) else document_row(one, text=text).decode() for one in outcomes
    ]
    failures = [
        msgspec.json.decode(failure_row(one)) if isinstance(one, Failure) else None for one in outcomes
    ]
    columns = [pa.array(records, pa.string())]
    for table in TABLES:
        rows = [[] if isinstance(one, Failure) else table_rows(table, one, text=text) for one in outcomes]
        flat = arrow_table(table, [row for some in rows for row in some])
        structs = pa.StructArray.from_arrays(
            [column.combine_chunks() for column in flat.columns], fields=list(flat.schema)
        )
        offsets = pa.array([0, *accumulate(map(len, rows))], pa.int32())
        columns.append(pa.ListArray.from_arrays(offsets, structs, type=schema.field(table).type))
    columns.append(pa.array(failures, schema.field("failure").type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)
