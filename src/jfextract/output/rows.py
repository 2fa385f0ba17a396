"""Documents as the rows of the tables of a corpus, and rows as Arrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jfextract.model import Document
from jfextract.output.frames import measure_rows
from jfextract.schema.tables import arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["arrow_table", "table_rows"]

Row = Mapping[str, Any]

_OF_ARTICLE = (
    "title", "subtitle", "authors", "source", "published", "editor", "dateline", "page", "place", "adcode",
    "place_evidence",
)  # fmt: skip
_COUNTED = ("measures", "times", "places", "checks", "edits")
_OF_TIME = ("text", "start", "end", "edtf", "rule", "optional", "date_from", "date_to", "doubt")
_OF_PLACE = (
    "text", "start", "end", "name", "adcode", "level", "kind", "rule", "evidence", "optional", "adcode_at",
)  # fmt: skip
_OF_CHECK = ("kind", "status", "measures", "stated", "computed", "arithmetic")


def table_rows(table: str, doc: Document, *, text: bool = False) -> list[Row]:
    """The rows of a document in a table of a corpus; ``text`` puts the source text into its ``documents`` row.

    >>> import jfextract
    >>> [row["edtf"] for row in table_rows("times", jfextract.extract("2019年召开会议144次"))]
    ['2019']
    """
    return [*_ROWS[table](doc, text)]


def _document_row(doc: Document, text: bool) -> Iterator[Row]:
    row = {"id": doc.id, "date": doc.date, "date_source": doc.date_source}
    row.update((name, getattr(doc.article, name)) for name in _OF_ARTICLE)
    counts = {name: len(getattr(doc, name)) for name in _COUNTED}
    length = None if doc.text is None else len(doc.text)
    yield {**row, **counts, "characters": length, "text": doc.text if text else None}


def _time_rows(doc: Document, _: bool) -> Iterator[Row]:
    for time in doc.times:
        yield {"document_id": doc.id, **{name: getattr(time, name) for name in _OF_TIME}}


def _place_rows(doc: Document, _: bool) -> Iterator[Row]:
    for place in doc.places:
        longitude, latitude = place.centroid or (None, None)
        candidates = [{"name": one.name, "adcode": one.adcode} for one in place.candidates]
        row = {"document_id": doc.id, **{name: getattr(place, name) for name in _OF_PLACE}}
        yield {**row, "candidates": candidates, "longitude": longitude, "latitude": latitude}


def _check_rows(doc: Document, _: bool) -> Iterator[Row]:
    for check in doc.checks:
        yield {"document_id": doc.id, **{name: getattr(check, name) for name in _OF_CHECK}}


_ROWS: dict[str, Callable[[Document, bool], Iterable[Row]]] = {
    "documents": _document_row,
    "measures": lambda doc, _: measure_rows((doc,)),
    "times": _time_rows,
    "places": _place_rows,
    "checks": _check_rows,
}


def arrow_table(table: str, rows: Sequence[Row]) -> pa.Table:
    """The rows as an Arrow table: Decimals as floats, lone surrogates (no UTF-8 form) as ``?``."""
    import pyarrow as pa

    schema = arrow_schema(table)
    columns = [_column([row[field.name] for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _column(cells: list[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if pa.types.is_floating(kind):
        cells = [float(cell) if isinstance(cell, Decimal) else cell for cell in cells]
    try:
        return pa.array(cells, kind)
    except UnicodeEncodeError:
        return pa.array([_without_surrogates(cell) for cell in cells], kind)


def _without_surrogates(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode("utf-8")
    if isinstance(cell, (list, tuple)):
        return [_without_surrogates(part) for part in cell]
    return cell
