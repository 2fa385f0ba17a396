"""The tables that a corpus is written as: one Arrow schema each, with its version in the metadata."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jfextract.schema import measures_arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["TABLES", "arrow_schema"]

# name and type of the columns; ! marks those that are never null
_COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": (
        "id:text!", "date:text", "date_source:text", "title:text", "subtitle:text", "authors:texts!", "source:text",
        "published:text", "editor:text", "dateline:text", "page:text", "place:text", "adcode:text",
        "place_evidence:text", "characters:position", "measures:position!", "times:position!", "places:position!",
        "checks:position!", "edits:position!", "text:text",
    ),
    "times": (
        "document_id:text!", "text:text!", "start:position!", "end:position!", "edtf:text", "rule:text!",
        "optional:flag!", "date_from:text", "date_to:text", "doubt:text",
    ),
    "places": (
        "document_id:text!", "text:text!", "start:position!", "end:position!", "name:text", "adcode:text",
        "level:text", "kind:text!", "rule:text!", "candidates:candidates!", "evidence:text", "optional:flag!",
        "adcode_at:text", "longitude:number", "latitude:number",
    ),
    "checks": (
        "document_id:text!", "kind:text!", "status:text!", "measures:positions!", "stated:number!",
        "computed:number!", "arithmetic:text!",
    ),
}  # fmt: skip

TABLES = ("documents", "measures", "times", "places", "checks")
"""The tables of a corpus; each has ``jfextract.schema`` = ``jfextract/NAME/1`` in its metadata."""


@lru_cache(maxsize=8)
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of one of ``TABLES``.

    >>> arrow_schema("times").names
    ['document_id', 'text', 'start', 'end', 'edtf', 'rule', 'optional', 'date_from', 'date_to', 'doubt']
    >>> arrow_schema("times").metadata
    {b'jfextract.schema': b'jfextract/times/1'}
    """
    import pyarrow as pa

    if table == "measures":
        return measures_arrow_schema()
    candidate = pa.struct([pa.field("name", pa.string(), False), pa.field("adcode", pa.string())])
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "position": pa.int64(),
        "positions": pa.list_(pa.int64()),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "candidates": pa.list_(candidate),
    }
    fields = []
    for column in _COLUMNS[table]:
        name, _, kind = column.partition(":")
        fields.append(pa.field(name, types[kind.rstrip("!")], not kind.endswith("!")))
    return pa.schema(fields, metadata={"jfextract.schema": f"jfextract/{table}/1"})
