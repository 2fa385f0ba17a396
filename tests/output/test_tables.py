"""CSV for Excel and Parquet."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jfextract.model import Document
from jfextract.output.frames import COLUMNS, Cell
from jfextract.output.tables import csv_cell, write_csv, write_parquet
from jfextract.schema import MEASURES_SCHEMA

from .documents import small_document


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_opens_in_excel_with_one_row_a_measure(reports: tuple[Document, ...], tmp_path: Path) -> None:
    write_csv(reports, tmp_path / "measures.csv")
    data = (tmp_path / "measures.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdocument_id,document_title,")
    assert data.count(b"\xef\xbb\xbf") == 1
    rows = _rows(tmp_path / "measures.csv")
    assert len(rows) == sum(len(doc.measures) for doc in reports)
    (row,) = [row for row in rows if row["text"] == "3759件"]
    assert (row["value"], row["unit"], row["item_head"], row["time"]) == ("3759", "件", "文件", "2019")


def test_csv_keeps_line_breaks_and_quotes_inside_cells(tmp_path: Path) -> None:
    write_csv([small_document(title='甲"乙\n丙,丁')], tmp_path / "t.csv")
    assert _rows(tmp_path / "t.csv")[0]["document_title"] == '甲"乙\n丙,丁'


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("+A1", "'+A1"),
        ("\t=1", "'\t=1"),
        ("-18.2%", "-18.2%"),
        ("-5℃", "-5℃"),
        ("+3个百分点", "+3个百分点"),
        ("——我市综述", "——我市综述"),
        ("“一票否决”事项", "“一票否决”事项"),
        ("a\0b", "a\ufffdb"),
        (Decimal("1E+12"), "1000000000000"),
        (Decimal("-0.50"), "-0.50"),
        (None, ""),
        (True, "true"),
        (7, 7),
    ],
)
def test_cells_are_data_never_formulas(cell: Cell, written: str | int) -> None:
    assert csv_cell(cell) == written


def test_csv_survives_what_utf8_cannot_hold(tmp_path: Path) -> None:
    write_csv([small_document(item="文\ud800件")], tmp_path / "t.csv")
    assert _rows(tmp_path / "t.csv")[0]["item"] == "文?件"


def test_parquet_carries_schema_version_and_all_measures(
    reports: tuple[Document, ...], tmp_path: Path
) -> None:
    write_parquet(reports, tmp_path / "measures.parquet")
    table = pq.read_table(tmp_path / "measures.parquet")
    assert table.schema.metadata[b"jfextract.schema"] == MEASURES_SCHEMA.encode()
    assert table.column_names == list(COLUMNS)
    assert table.num_rows == sum(len(doc.measures) for doc in reports)


def test_parquet_without_documents_is_a_readable_empty_table(tmp_path: Path) -> None:
    write_parquet([], tmp_path / "measures.parquet")
    assert pq.read_table(tmp_path / "measures.parquet").num_rows == 0
