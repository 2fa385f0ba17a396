"""The JSON row: exact both ways, its keys in their order, wrong rows refused."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfextract.errors import JfextractError
from jfextract.model import SCHEMA, Check, Document, Edit, Place
from jfextract.output.records import document_row, read_document

from .documents import small_document

KEYS = ["schema", "id", "date", "date_source", "article", "measures", "times", "places", "checks", "edits"]

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


def test_a_row_has_the_keys_of_the_record_in_their_order(reports: tuple[Document, ...]) -> None:
    row = json.loads(document_row(reports[2]))
    assert list(row) == KEYS
    assert row["schema"] == SCHEMA


def test_the_text_comes_last_and_only_when_asked_for(reports: tuple[Document, ...]) -> None:
    row = json.loads(document_row(reports[2], text=True))
    assert list(row) == [*KEYS, "text"]
    assert row["text"] == reports[2].text


def test_a_row_is_one_line(reports: tuple[Document, ...]) -> None:
    assert all(b"\n" not in document_row(doc, text=True) for doc in reports)


@pytest.mark.parametrize("index", range(5))
def test_reports_round_trip_exactly(reports: tuple[Document, ...], index: int) -> None:
    doc = reports[index]
    assert read_document(document_row(doc, text=True)) == doc
    assert read_document(document_row(doc).decode()) == replace(doc, text=None)


def test_values_are_plain_json_numbers_with_their_digits() -> None:
    row = document_row(small_document(value=Decimal("33.20"), low=Decimal("101943000000")))
    assert b'"value":33.20,"low":101943000000,"high":null' in row


@given(number=st.decimals(allow_nan=False, allow_infinity=False), text=ANY_TEXT, item=ANY_TEXT)
def test_any_decimal_and_any_text_come_back_as_they_were(number: Decimal, text: str, item: str) -> None:
    text, item = (re.sub("(?<=[\ud800-\udbff])[\udc00-\udfff]", "", part) for part in (text, item))
    doc = small_document(text=f"发文3759件{text}", value=number, item=item, title=text)
    again = read_document(document_row(doc, text=True))
    assert again == doc
    value = again.measures[0].value
    assert value is not None
    assert value.as_tuple().digits == number.as_tuple().digits


@given(text=st.text(st.sampled_from("\ud83d\ude003件😀")))
def test_offsets_hold_for_what_a_reader_of_json_gets(text: str) -> None:
    source = f"{text}3件{text}"
    doc = small_document(text=source, item=text, title=text)
    measure = replace(doc.measures[0], text=source[: len(text) + 2], start=0, end=len(text) + 2)
    for whole in (True, False):
        row = json.loads(document_row(replace(doc, measures=(measure,)), text=whole))
        (found,) = row["measures"]
        assert len(found["text"]) == found["end"] - found["start"]
        if whole:
            assert len(row["text"]) == len(source)
            assert row["text"][found["start"] : found["end"]] == found["text"]


def test_places_checks_and_edits_round_trip() -> None:
    doc = replace(
        small_document(),
        places=(Place("我市", 0, 2, None, None, None, "deictic", "r", evidence="title"),),
        checks=(Check("change", "fails", (0,), Decimal("-16"), Decimal("-18.2"), "2482→2031"),),
        edits=(Edit(3, 8, "", "gloss", certain=True),),
    )
    assert read_document(document_row(doc, text=True)) == doc


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"schema": "jfextract/document/2", "id": "a"}', "'jfextract/document/2' is unknown"),
        ('{"id": "a"}', "schema None is unknown"),
        ('{"schema": 7}', "schema 7 is unknown"),
        ("not JSON", "no JSON row"),
        ("[1]", "must be an object"),
        ('{"schema": "jfextract/document/1", "id": "a"}', "missing required field"),
        (b"\xff\xfe", "no JSON row"),
    ],
)
def test_what_is_no_row_of_this_schema_is_refused(row: str | bytes, reason: str) -> None:
    with pytest.raises(JfextractError, match=reason):
        read_document(row)
