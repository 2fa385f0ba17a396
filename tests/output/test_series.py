"""Figures by item and year, and the series that charts are drawn of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from jfextract.model import Document
from jfextract.output.chart import axis_ticks, chart_html, short_number, year_series
from jfextract.output.series import series_rows, year_and_season

from .documents import small_document


def _stated(
    year: str, value: int, *, report: str = "a", date: str = "2022-03-15", **changes: Any
) -> Document:
    doc = small_document(value=Decimal(value), time=year, **changes)
    return replace(doc, id=report, date=date)


def test_documents_of_three_years_stand_in_one_series(reports: tuple[Document, ...]) -> None:
    rows = [row for row in series_rows(reports) if row.item == "发至县级以下文件" and row.aspect == "level"]
    assert [(row.year, row.value) for row in rows] == [(2019, 3759), (2020, 2482), (2021, 2031)]
    assert {row.place for row in rows} == {"六盘水市"}


def test_a_decrease_is_negative(reports: tuple[Document, ...]) -> None:
    rows = [row for row in series_rows(reports) if row.item == "会议" and row.aspect == "change"]
    assert [row.value for row in rows] == [Decimal("-40"), Decimal("-22.92"), Decimal("-3.6")]


def test_a_row_points_to_its_measure(reports: tuple[Document, ...]) -> None:
    known = {doc.id: doc for doc in reports}
    for row in series_rows(reports):
        assert abs(row.value) == known[row.document_id].measures[row.measure].value


@pytest.mark.parametrize(
    ("time", "held"),
    [
        ("2019", (2019, "")),
        ("2019-03", (2019, "-03")),
        ("2019-03-30", (2019, "-03-30")),
        ("2024-01/2024-10", (2024, "-01/-10")),
        ("../2021-11", (2021, "../-11")),
        ("../2018", (2018, "")),
        ("2019/2022", None),
        ("2019-09/..", None),
        ("2018/..", None),
        ("198X", None),
        ("2021?", None),
        ("", None),
        (None, None),
        ("٢٠١٩", None),
    ],
)
def test_only_a_time_within_one_year_has_a_year(time: str | None, held: tuple[int, str] | None) -> None:
    assert year_and_season(time) == held


def test_part_of_a_year_is_not_compared_with_a_whole_year() -> None:
    assert year_series([_stated("2019", 10), _stated("2020-01/2020-06", 5)]) == []


def test_a_later_report_revises_an_earlier_one() -> None:
    docs = [
        _stated("2019", 10),
        _stated("2020", 11, report="b", date="2021-01-01"),
        _stated("2020", 12, report="c", date="2022-01-01"),
    ]
    (series,) = year_series(docs)
    assert series.points == ((2019, Decimal(10)), (2020, Decimal(12)))


def test_different_figures_for_one_item_and_year_in_one_report_are_no_point() -> None:
    first = _stated("2020", 20000)
    both = replace(first, measures=(*first.measures, *_stated("2020", 332).measures))
    assert year_series([both, _stated("2019", 5, report="b")]) == []


def test_targets_and_ranges_are_not_plotted() -> None:
    docs = [_stated("2019", 10, role="target"), _stated("2020", 11, role="target")]
    assert year_series(docs) == []
    assert [row.aspect for row in series_rows(docs)] == ["target", "target"]
    assert series_rows([small_document(value=None, low=Decimal(3), high=Decimal(5))]) == []


def test_units_and_places_are_kept_apart() -> None:
    docs = [_stated("2019", 10), _stated("2020", 11, unit="份"), _stated("2020", 12, place="贵阳市")]
    assert year_series(docs) == []


def test_a_chart_has_its_text_as_text(reports: tuple[Document, ...]) -> None:
    page = chart_html(reports)
    assert page.count("<svg") == 6
    for words in ("3,759", "2019", "2021", "−33.2%"):
        assert f">{words}</text>" in page


def test_no_series_is_said() -> None:
    assert "No item has figures for two years" in chart_html([])


def test_many_years_do_not_write_all_their_labels() -> None:
    page = chart_html([_stated(str(year), year, report=str(year)) for year in range(1949, 2025)])
    assert page.count('class="value"') == 2  # first and last, which are least and greatest too
    assert page.count('class="year"') < 10


@pytest.mark.parametrize(
    ("least", "most"), [(0, 0), (0, 1e-9), (0, 1e15), (-5, 5), (-0.3, 0), (0, 97), (-1e12, 3e11), (0, 0.7)]
)
def test_axis_ticks_span_the_values_and_hold_zero(least: float, most: float) -> None:
    ticks = axis_ticks(least, most)
    assert ticks[0] <= least
    assert ticks[-1] >= most
    assert 0 in ticks
    assert 2 <= len(ticks) <= 7
    assert ticks == sorted(set(ticks))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (3759, "3,759"),
        (99999, "99,999"),
        (22.92, "22.92"),
        (1.5e8, "1.5亿"),
        (1429750000000, "1.43万亿"),
        (2.2e7, "2,200万"),
        (0.004, "0"),
    ],
)
def test_labels_are_short(number: float, words: str) -> None:
    assert short_number(number) == words
