"""A corpus on Apache Spark: the same extraction in ``mapInArrow``, Spark's own scheduling, retries and commits.

Needs the extra ``spark``, and jfextract on every machine of the cluster.

    frame = spark.read.json("hdfs:///news/*.jsonl.gz")
    extract_corpus(frame, "hdfs:///news-extracted", date="2024-01-01")
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from jfextract.corpus.batches import batch_schema, extract_batches
from jfextract.corpus.columns import Columns
from jfextract.corpus.job import Job
from jfextract.errors import InputError, JfextractError
from jfextract.options import Options
from jfextract.schema.tables import TABLES

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["extract_corpus", "extract_frame", "table_of"]


def extract_frame(
    frame: DataFrame,
    *,
    options: Options | None = None,
    columns: Columns | None = None,
    date: str | None = None,
    text: bool = False,
) -> DataFrame:
    """A frame of reports as a frame of what is in them, lazily, a row for each report; see ``batch_schema``.

    The arguments are those of ``jfextract.extract_corpus``. ``frame`` must have the columns of text and id; ids
    must be different (``frame.dropDuplicates(["id"])``), which is not looked at.
    """
    job = Job(options or Options(), columns or Columns(), date, text)
    wanted = [job.columns.text, job.columns.id or "id"]
    fault = job.columns.missing(frame.columns)
    if fault is None and wanted[1] not in frame.columns:
        fault = f"has no field {wanted[1]!r}; it has {', '.join(frame.columns)}"
    if fault is not None:
        raise InputError(f"the frame {fault}; name the columns with columns=Columns(text=..., id=...)")
    told = msgspec.to_builtins(job)

    def extract(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return extract_batches(batches, told)

    return frame.select(*job.columns.wanted(frame.columns)).mapInArrow(extract, _spark_schema())


def table_of(extracted: DataFrame, table: str) -> DataFrame:
    """A table (documents, measures, times, places, checks) out of what ``extract_frame`` gave."""
    from pyspark.sql import functions

    if table not in TABLES:
        raise InputError(f"there is no table {table!r}; choose {', '.join(TABLES)}")
    return extracted.select(functions.explode(table).alias("row")).select("row.*")


def extract_corpus(frame: DataFrame, out: str, **choices: Any) -> DataFrame:
    """Extract a frame of reports into the folder ``out`` of the cluster's file system; return what was extracted.

    ``out/extracted`` holds a row for each report, and ``out/measures`` and the other tables are made from it;
    ``out/quarantine`` holds the failures as JSON lines. ``choices`` are those of ``extract_frame``. A folder that
    exists is refused by Spark; a task that fails is done again by Spark, and its rows are there once.
    """
    extract_frame(frame, **choices).write.parquet(f"{out}/extracted")
    extracted = frame.sparkSession.read.parquet(f"{out}/extracted")
    for table in TABLES:
        table_of(extracted, table).write.parquet(f"{out}/{table}")
    extracted.where("failure is not null").select("failure.*").write.json(f"{out}/quarantine")
    return extracted


def _spark_schema() -> Any:
    try:
        from pyspark.sql.pandas.types import from_arrow_schema
    except ImportError:
        raise JfextractError("this needs Spark: pip install 'jfextract[spark]'") from None
    return from_arrow_schema(batch_schema())
