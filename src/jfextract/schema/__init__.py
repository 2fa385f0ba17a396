"""The shape of what jfextract writes: the JSON Schema of a document row and the Arrow schema of measures.

The JSON Schema is generated from ``model.py`` and committed as ``document.schema.json`` beside this file,
for readers in other languages: ``python -m jfextract.schema`` prints it anew.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

import msgspec

from jfextract.model import SCHEMA, Document

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "MEASURES_SCHEMA",
    "MEASURE_COLUMNS",
    "SCHEMA",
    "committed_json_schema",
    "document_json_schema",
    "measures_arrow_schema",
]

MEASURES_SCHEMA = "jfextract/measures/1"
"""Version of the table with one row a measure; Parquet and Arrow carry it as ``jfextract.schema``."""

MEASURE_COLUMNS: tuple[tuple[str, str, bool], ...] = (
    ("document_id", "text", False),
    ("document_title", "text", True),
    ("document_date", "text", True),
    ("document_date_source", "text", True),
    ("document_place", "text", True),
    ("text", "text", False),
    ("start", "position", False),
    ("end", "position", False),
    ("kind", "text", False),
    ("value", "number", True),
    ("low", "number", True),
    ("high", "number", True),
    ("mod", "text", False),
    ("unit", "text", True),
    ("item", "text", True),
    ("item_head", "text", True),
    ("change", "text", True),
    ("role", "text", False),
    ("basis", "text", True),
    ("per", "text", True),
    ("time", "text", True),
    ("date_from", "text", True),
    ("date_to", "text", True),
    ("place", "text", True),
    ("adcode", "text", True),
    ("sentence_start", "position", False),
    ("sentence_end", "position", False),
    ("sentence_text", "text", True),
    ("rule", "text", False),
    ("confidence", "number", False),
    ("optional", "flag", False),
)
"""Name, type and whether it may be null, of the columns of the table of measures, in their order."""

_DECIMAL = {"type": "string", "format": "decimal"}


def document_json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a document row, generated from the dataclasses of ``model.py``.

    >>> document_json_schema()["properties"]["schema"]
    {'const': 'jfextract/document/1'}
    """
    generated = msgspec.json.schema(Document)
    definitions = _with_plain_numbers(generated["$defs"])
    document = definitions.pop("Document")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "A report and everything jfextract found in it",
        "description": document["description"],
        "type": "object",
        "properties": {"schema": {"const": SCHEMA}, **document["properties"]},
        "required": ["schema", *document["required"]],
        "$defs": definitions,
    }


def committed_json_schema() -> dict[str, Any]:
    """The JSON Schema as shipped in ``document.schema.json``."""
    committed = resources.files(__name__).joinpath("document.schema.json")
    return cast("dict[str, Any]", json.loads(committed.read_text(encoding="utf-8")))


def measures_arrow_schema() -> pa.Schema:
    """The Arrow schema of the table of measures: the document's columns first, then the record's fields.

    Values and bounds are float64; the exact Decimals are in the JSON rows.

    >>> measures_arrow_schema().field("value").type
    DataType(double)
    """
    import pyarrow as pa

    types = {"text": pa.string(), "position": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
    fields = [pa.field(name, types[kind], nullable) for name, kind, nullable in MEASURE_COLUMNS]
    return pa.schema(fields, metadata={"jfextract.schema": MEASURES_SCHEMA})


def _with_plain_numbers(value: Any) -> Any:
    """The schema with Decimals as JSON numbers, which is how rows write them; docstrings unindented."""
    if isinstance(value, dict):
        if value == _DECIMAL:
            return {"type": "number"}
        return {
            key: " ".join(part.split())
            if key == "description" and isinstance(part, str)
            else _with_plain_numbers(part)
            for key, part in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_with_plain_numbers(part) for part in value]
    return value
