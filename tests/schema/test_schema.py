"""The published schemas say what is written."""

from __future__ import annotations

from jfextract.model import SCHEMA
from jfextract.schema import (
    MEASURE_COLUMNS,
    MEASURES_SCHEMA,
    committed_json_schema,
    document_json_schema,
    measures_arrow_schema,
)


def test_the_committed_schema_is_that_of_the_model() -> None:
    # When this fails: python -m jfextract.schema > document.schema.json, and mind the version.
    assert committed_json_schema() == document_json_schema()


def test_values_are_numbers_and_the_version_is_fixed() -> None:
    schema = document_json_schema()
    assert schema["properties"]["schema"] == {"const": SCHEMA}
    assert schema["required"][:2] == ["schema", "id"]
    assert {"type": "number"} in schema["$defs"]["Measure"]["properties"]["value"]["anyOf"]


def test_the_arrow_schema_has_the_columns_and_the_version() -> None:
    schema = measures_arrow_schema()
    assert schema.names == [name for name, _, _ in MEASURE_COLUMNS]
    assert schema.metadata == {b"jfextract.schema": MEASURES_SCHEMA.encode()}
