"""One row a measure: the document's columns first, values as floats, versioned."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

import jfextract
from jfextract.errors import JfextractError
from jfextract.model import Document
from jfextract.output.frames import CHECK_COLUMNS, COLUMNS, check_rows, measure_rows, to_arrow, to_frame
from jfextract.schema import MEASURES_SCHEMA, measures_arrow_schema

from .documents import small_document


def test_a_row_begins_with_its_document(reports: tuple[Document, ...]) -> None:
    row = next(measure_rows(reports[2:3]))
    assert list(row) == list(COLUMNS)
    assert list(row.values())[:6] == [
        *("report-002", "让基层减中有为", "2022-03-15", "given", "贵州省六盘水市", "三张"),
    ]


def test_every_measure_of_every_document_has_a_row(reports: tuple[Document, ...]) -> None:
    assert len(list(measure_rows(reports))) == sum(len(doc.measures) for doc in reports)


def test_the_sentence_of_a_row_holds_its_figure(reports: tuple[Document, ...]) -> None:
    for row in measure_rows(reports):
        assert str(row["text"]) in str(row["sentence_text"])


def test_a_document_without_text_has_rows_without_sentence() -> None:
    (row,) = measure_rows([replace(small_document(), text=None)])
    assert row["sentence_text"] is None


def test_arrow_has_the_versioned_schema_and_float_values(reports: tuple[Document, ...]) -> None:
    table = to_arrow(reports)
    assert table.schema.equals(measures_arrow_schema(), check_metadata=True)
    assert table.schema.metadata[b"jfextract.schema"] == MEASURES_SCHEMA.encode()
    figures = dict(zip(table["text"].to_pylist(), table["value"].to_pylist(), strict=True))
    assert figures["3759件"] == 3759.0
    assert figures["33.2%"] == 33.2
    assert figures["30%至50%"] is None


def test_no_document_is_an_empty_table_of_the_same_schema() -> None:
    assert to_arrow([]).schema.equals(measures_arrow_schema())
    assert list(to_frame([]).columns) == list(COLUMNS)


def test_a_frame_is_made_of_one_document_or_of_many(reports: tuple[Document, ...]) -> None:
    frame = to_frame(reports[2])
    assert list(frame.columns) == list(COLUMNS)
    assert str(frame["value"].dtype) == "float64"
    assert len(to_frame(reports)) == sum(len(doc.measures) for doc in reports)


def test_text_that_utf8_cannot_hold_does_not_stop_a_table() -> None:
    table = to_arrow(small_document(item="文\ud800件", value=Decimal("0.1")))
    assert table["item"].to_pylist() == ["文?件"]


def test_without_pandas_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = builtins.__import__

    def without_pandas(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    with pytest.raises(JfextractError, match=r"pip install jfextract\[pandas\]"):
        to_frame([])


def test_checks_times_and_places_are_tables_too(reports: tuple[Document, ...]) -> None:
    doc = jfextract.extract("召开会议由144次减少到111次,减少40%。", id="a")
    (row,) = doc.to_frame("checks").to_dict("records")
    assert (row["document_id"], row["kind"], row["status"], list(row["measures"])) == (
        "a",
        "growth",
        "fails",
        [0, 1, 2],
    )
    assert to_arrow(reports, "places").num_rows == sum(len(one.places) for one in reports)
    with pytest.raises(JfextractError, match="there is no table 'check'; choose documents, measures, times"):
        doc.to_arrow("check")


def test_check_rows_are_for_people() -> None:
    (row,) = check_rows([jfextract.extract("召开会议由144次减少到111次,减少40%。", id="a")])
    assert list(row) == list(CHECK_COLUMNS)
    assert (row["measures"], row["sentences"]) == (
        "144次; 111次; 40%",
        "召开会议由144次减少到111次,减少40%。",
    )
