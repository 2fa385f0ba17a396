"""Panels: cells with their evidence, conflicts kept, what is not taken, and the files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import jfextract
from jfextract.errors import InputError, JfextractError, OutputError
from jfextract.model import Document
from jfextract.output.codebook import Codebook
from jfextract.output.panel import panel
from jfextract.output.panel_table import COLUMNS, Panel
from jfextract.output.records import document_row

from .documents import small_document

BOOK = Codebook.from_toml(
    '[[variable]]\nname = "documents"\nhead = "文件"\nunits = {"件" = 1, "千件" = 1000}\ngrowth = "documents_growth"\n'
)
FIXTURES = Path(__file__).parents[1] / "fixtures"


def _stated(value: str | None = "3759", *, words: str = "", report: str = "a", **changes: Any) -> Document:
    """A report with one figure of documents; ``words`` is how the figure is written."""
    date = changes.pop("date", "2022-03-15")
    fields = {"item": "文件", "item_head": "文件", "time": "2019", "value": value and Decimal(value)}
    doc = small_document(**{**fields, **changes})
    measure = replace(doc.measures[0], text=words or f"{value}件")
    return replace(doc, id=report, date=date, measures=(measure,))


@pytest.fixture(scope="module")
def five() -> Panel:
    """The five reports through the extractor and the codebook of the package."""
    with (FIXTURES / "reports.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    extractor = jfextract.Extractor()
    return panel(
        (
            extractor.extract(
                (FIXTURES / "reports" / row["file"]).read_text(encoding="utf-8"),
                id=row["id"],
                date=row["date"],
            )
            for row in rows
        ),
        "grassroots-burden",
    )


@pytest.mark.parametrize(
    ("place", "year", "variable", "value"),
    [
        ("贵州省六盘水市", 2019, "documents", "3759"),
        ("贵州省六盘水市", 2020, "documents", "2482"),
        ("贵州省六盘水市", 2021, "documents", "2031"),
        ("贵州省六盘水市", 2021, "documents_growth", "-16"),
        ("贵州省六盘水市", 2019, "meetings", "144"),
        ("贵州省六盘水市", 2020, "meetings_growth", "-22.92"),
        ("贵州省六盘水市", 2021, "inspections", "64"),
        ("贵州省六盘水市", 2019, "inspections_growth", "-69.1"),
        ("陕西省宝鸡市", 2020, "inspections_growth", "-18"),
        ("山西省临汾市洪洞县", 2018, "documents_growth", "-28.4"),
        ("贵州省六盘水市", None, "veto_items_cancelled", "8"),
        ("陕西省宝鸡市", None, "cadres_adjusted", "1828"),
        ("青海省西宁市", None, "certificates_before", "182"),
    ],
)
def test_the_five_reports_give_the_cells_that_they_state(
    five: Panel, place: str, year: int | None, variable: str, value: str
) -> None:
    cells = [row for row in five.cells() if (row.place, row.year, row.variable) == (place, year, variable)]
    assert [row.value for row in cells] == [Decimal(value)]


def test_a_row_carries_what_it_rests_on(five: Panel) -> None:
    row = next(row for row in five if row.text == "3759件")
    assert (row.adcode, row.period, row.date_from, row.date_to) == (
        "520200",
        "2019",
        "2019-01-01",
        "2019-12-31",
    )
    assert (row.document_id, row.document_date, row.item, row.unit) == (
        "report-002",
        "2022-03-15",
        "发至县级以下文件",
        "件",
    )
    assert row.sentence is not None
    assert row.sentence.startswith("2019年,全市发至县级以下文件3759件")


def test_what_no_variable_takes_is_told_by_item(five: Panel) -> None:
    items = {item.head: item for item in five.untaken}
    assert "文件" not in items
    assert items["指南"].items == ("办事指南",)
    assert items["指南"].examples[0].document_id == "report-002"
    assert five.untaken[-1].head is None
    counts = [item.count for item in five.untaken[:-1]]
    assert counts == sorted(counts, reverse=True)


def test_values_that_compete_are_kept_and_one_is_preferred() -> None:
    docs = [
        _stated("3700", mod="approx", report="a"),
        _stated("3759", report="b", date="2020-01-01"),
        _stated("3795", report="c", date="2021-01-01"),
    ]
    rows = panel(docs, BOOK).rows
    assert [(row.document_id, row.preferred, row.competing) for row in rows] == [
        ("c", True, 2),
        ("a", False, 2),
        ("b", False, 2),
    ]
    assert [row.document_id for row in panel(docs, BOOK).cells()] == ["c"]


def test_the_same_number_again_and_its_rounding_do_not_compete() -> None:
    rounded, exact, more = _stated("10600", words="1.06万件"), _stated("10612"), _stated("10613")
    assert {row.competing for row in panel([rounded, rounded, exact, exact], BOOK)} == {1}
    assert {row.conflict for row in panel([rounded, exact], BOOK)} == {False}
    assert {row.competing for row in panel([rounded, exact, more], BOOK)} == {2}


def test_a_unit_is_converted_with_its_bounds() -> None:
    (row,) = panel(_stated(None, unit="千件", low=Decimal(3), high=Decimal(5), mod="range"), BOOK)
    assert (row.value, row.low, row.high, row.unit) == (None, 3000, 5000, "件")


def test_a_decrease_is_negative_and_its_bounds_change_places() -> None:
    fall = {"role": "by", "change": "decrease", "unit": "%", "kind": "percent", "mod": "range"}
    (row,) = panel(_stated(None, low=Decimal(30), high=Decimal(50), **fall), BOOK)
    assert (row.variable, row.low, row.high) == ("documents_growth", -50, -30)


@pytest.mark.parametrize(
    ("time", "held"),
    [
        ("2019", (2019, "year", "2019-01-01", "2019-12-31")),
        ("2024-01/2024-10", (2024, "part", "2024-01-01", "2024-10-31")),
        ("../2021-11", (2021, "until", None, "2021-11-30")),
        ("2019-09/..", (None, "since", "2019-09-01", None)),
        ("2019/2022", (None, "span", "2019-01-01", "2022-12-31")),
        (None, (None, None, None, None)),
    ],
)
def test_a_period_is_given_as_year_scope_and_dates(time: str | None, held: tuple[Any, ...]) -> None:
    (row,) = panel(_stated(time=time), BOOK)
    assert (row.year, row.scope, row.date_from, row.date_to) == held


def test_optional_figures_are_left_out() -> None:
    assert len(panel(_stated(optional=True), BOOK)) == 0


def test_documents_come_as_objects_rows_files_and_folders(tmp_path: Path) -> None:
    docs = [_stated(), _stated("5", time="2020")]
    file = tmp_path / "documents.jsonl"
    file.write_bytes(b"".join(document_row(doc) + b"\n" for doc in docs) + b"\n")
    want = [row.value for row in panel(docs, BOOK)]
    assert [row.value for row in panel(file, BOOK)] == want == [3759, 5]
    assert [row.value for row in panel(str(tmp_path), BOOK)] == want
    with file.open("rb") as lines:
        assert [row.value for row in panel(lines, BOOK)] == want
    assert panel(file, BOOK).rows[0].sentence is None
    file.write_bytes(b"\n{}\n")
    with pytest.raises(InputError, match=r"documents.jsonl:2: "):
        panel(file, BOOK)
    with pytest.raises(InputError, match="cannot be read: No such file"):
        panel(tmp_path / "none.jsonl", BOOK)


def test_documents_are_read_one_at_a_time() -> None:
    alive = 0

    def stream() -> Iterator[Document]:
        nonlocal alive
        for number in range(3):
            alive = number
            yield _stated(report=str(number))

    assert len(panel(stream(), BOOK)) == 3
    assert alive == 2


def test_the_table_as_arrow_parquet_and_csv(tmp_path: Path) -> None:
    found = panel(_stated(adcode="110000", place="北京市"), BOOK)
    table = found.to_arrow()
    assert table.column_names == list(COLUMNS)
    assert table.schema.metadata == {b"jfextract.schema": b"jfextract/panel/1"}
    assert (table["adcode"].to_pylist(), table["value"].to_pylist()) == (["110000"], [3759.0])
    found.write(tmp_path / "panel.parquet")
    assert pq.read_table(tmp_path / "panel.parquet").equals(table)
    found.write(tmp_path / "panel.csv")
    (row,) = csv.DictReader((tmp_path / "panel.csv").open(encoding="utf-8-sig", newline=""))
    assert (row["adcode"], row["value"], row["preferred"], row["low"]) == ("110000", "3759", "true", "")
    assert found.to_frame()["value"].tolist() == [3759.0]
    with pytest.raises(OutputError, match=r"written as \.csv or \.parquet"):
        found.write(tmp_path / "panel.xlsx")
    with pytest.raises(OutputError, match="cannot write to"):
        found.write(tmp_path / "none" / "panel.csv")


def test_the_untaken_items_as_csv(tmp_path: Path) -> None:
    panel(_stated(item="会议", item_head="会议"), BOOK).write_untaken(tmp_path / "u.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "u.csv").read_text(encoding="utf-8-sig")))
    assert (row["head"], row["count"], row["items"], row["text"]) == ("会议", "1", "会议", "3759件")


def test_without_pandas_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(JfextractError, match=r"pip install jfextract\[pandas\]"):
        panel(_stated(), BOOK).to_frame()
