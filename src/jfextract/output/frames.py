"""Documents as a table with one row a measure: plain rows, Arrow, pandas (imported only here)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from jfextract.errors import JfextractError
from jfextract.model import Document, Measure
from jfextract.schema import MEASURE_COLUMNS, measures_arrow_schema
from jfextract.times import days_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["CHECK_COLUMNS", "COLUMNS", "Cell", "check_rows", "measure_rows", "to_arrow", "to_frame"]

Cell = str | int | float | bool | Decimal | None

COLUMNS = tuple(name for name, _, _ in MEASURE_COLUMNS)
"""The columns of a row, in their order; ``jfextract.schema`` says their types."""

CHECK_COLUMNS = (
    "document_id", "document_title", "kind", "status", "stated", "computed", "arithmetic", "measures", "sentences",
)  # fmt: skip
"""The columns of checks.csv: ``measures`` are the figures as written, ``sentences`` where they stand."""

_FIELDS = tuple(
    name for name in COLUMNS if not name.startswith(("document_", "sentence_", "date_"))
)  # columns that are fields of Measure under the same name


def measure_rows(docs: Iterable[Document]) -> Iterator[dict[str, Cell]]:
    """One row for each measure of each document, in their order; keys are ``COLUMNS``.

    ``document_date_source`` says where the report's date comes from; ``document_place`` is the report's own place,
    ``place`` the measure's; ``sentence_text`` is None when the document came without its text. ``date_from`` and ``date_to`` are the first and the last day of
    ``time``, None for an open end. Values stay exact Decimals.
    """
    for doc in docs:
        for measure in doc.measures:
            yield _measure_row(doc, measure)


def _measure_row(doc: Document, measure: Measure) -> dict[str, Cell]:
    start, end = measure.sentence
    row: dict[str, Cell] = dict.fromkeys(COLUMNS)
    row["document_id"] = doc.id
    row["document_title"] = doc.article.title
    row["document_date"], row["document_date_source"] = doc.date, doc.date_source
    row["document_place"] = doc.article.place
    row.update((name, getattr(measure, name)) for name in _FIELDS)
    row["date_from"], row["date_to"] = days_of(measure.time)
    row["sentence_start"], row["sentence_end"] = start, end
    row["sentence_text"] = None if doc.text is None else doc.text[start:end].strip()
    return row


def check_rows(docs: Iterable[Document]) -> Iterator[dict[str, Cell]]:
    """One row for each check of each document, to be read by people; keys are ``CHECK_COLUMNS``."""
    for doc in docs:
        for check in doc.checks:
            figures = [doc.measures[at] for at in check.measures]
            spans = dict.fromkeys(figure.sentence for figure in figures)
            text = doc.text or ""
            yield {
                "document_id": doc.id,
                "document_title": doc.article.title,
                "kind": check.kind,
                "status": check.status,
                "stated": check.stated,
                "computed": check.computed,
                "arithmetic": check.arithmetic,
                "measures": "; ".join(figure.text for figure in figures),
                "sentences": " ".join(text[start:end].strip() for start, end in spans) or None,
            }


def to_arrow(docs: Document | Iterable[Document], table: str = "measures") -> pa.Table:
    """A table of the documents (``measures``, ``times``, ``places``, ``checks``, ``documents``) as Arrow.

    The schema and its version are those of ``jfextract.schema``.
    """
    import pyarrow as pa

    if table != "measures":
        from jfextract.output.rows import arrow_table, table_rows
        from jfextract.schema.tables import TABLES

        if table not in TABLES:
            raise JfextractError(f"there is no table {table!r}; choose {', '.join(TABLES)}")
        return arrow_table(table, [row for doc in _as_documents(docs) for row in table_rows(table, doc)])

    rows = [_storable(row) for row in measure_rows(_as_documents(docs))]
    return pa.Table.from_pylist(rows, schema=measures_arrow_schema())


def to_frame(docs: Document | Iterable[Document], table: str = "measures") -> pd.DataFrame:
    """A table of the documents as a pandas DataFrame, one row a measure (time, place, check), values as float64."""
    try:
        import pandas as pd
    except ImportError:
        raise JfextractError("a DataFrame needs pandas: pip install jfextract[pandas]") from None

    found = to_arrow(docs, table)
    return pd.DataFrame(
        {name: found[name].to_pandas() for name in found.column_names}, columns=found.column_names
    )


def _as_documents(docs: Document | Iterable[Document]) -> Iterable[Document]:
    return (docs,) if isinstance(docs, Document) else docs


def _storable(row: dict[str, Cell]) -> dict[str, Cell]:
    """The row as Arrow can hold it: Decimals as floats, lone surrogates (no UTF-8 form) as ``?``."""
    return {
        name: float(cell)
        if isinstance(cell, Decimal)
        else cell.encode("utf-8", "replace").decode("utf-8")
        if isinstance(cell, str)
        else cell
        for name, cell in row.items()
    }
