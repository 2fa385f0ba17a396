"""The table on a terminal: figures whole, width kept, Chinese aligned."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from jfextract.model import Check, Document
from jfextract.output.terminal import measure_table
from jfextract.output.wording import change_words, figure_words

from .documents import small_document


def _printed(doc: Document, width: int, limit: int = 25) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width).print(measure_table(doc, width=width, limit=limit))
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(reports: tuple[Document, ...], width: int) -> None:
    for doc in reports:
        assert all(cell_len(line) <= width for line in _printed(doc, width))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_figures_are_never_cut(reports: tuple[Document, ...], width: int) -> None:
    for doc in reports:
        printed = "\n".join(_printed(doc, width, limit=99))
        assert all(figure_words(measure) in printed for measure in doc.measures)


def test_columns_line_up_under_their_names(reports: tuple[Document, ...]) -> None:
    lines = _printed(reports[2], 100)
    column = cell_len(lines[1][: lines[1].index("time")])
    for line in lines[2:10]:
        assert cell_len(line.split("20", 1)[0]) == column or "20" not in line


def test_the_rest_is_counted(reports: tuple[Document, ...]) -> None:
    lines = _printed(reports[2], 80, limit=25)
    assert "and 16 more" in lines
    assert sum("yoy" in line for line in lines) == 9


def test_a_report_without_measures_says_so() -> None:
    assert "no measures" in "\n".join(_printed(replace(small_document(), measures=()), 80))


def test_report_text_can_neither_style_nor_steer_the_terminal() -> None:
    printed = "\n".join(_printed(small_document(item="[bold red]文件[/]\x1b[31m\n件"), 80))
    assert "[bold red]文件[/]" in printed
    assert "\x1b" not in printed
    assert " [31m 件" in printed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "3,759 件"),
        ({"value": Decimal("33.2"), "unit": "%"}, "33.2%"),
        ({"value": Decimal(50), "mod": "below", "unit": "项"}, "≤ 50 项"),
        ({"value": Decimal(20000), "mod": "above"}, "≥ 20,000 件"),
        ({"value": None, "low": Decimal(30), "high": Decimal(50), "mod": "range", "unit": "%"}, "30–50%"),
        ({"value": None, "low": Decimal(10), "high": Decimal(19), "mod": "approx"}, "≈ 10–19 件"),
        ({"value": None, "low": Decimal(1000), "mod": "above"}, "≥ 1,000 件"),
        ({"value": None, "high": Decimal(5), "mod": "below", "unit": None}, "≤ 5"),
        ({"value": None, "kind": "score", "unit": None}, "91比79"),
        ({"value": Decimal("1E+9"), "unit": "CNY"}, "1,000,000,000 CNY"),
    ],
)
def test_figures_are_written_with_bounds_and_unit(changes: dict[str, Any], words: str) -> None:
    measure = replace(small_document(value=None).measures[0], text="91比79")
    measure = replace(measure, **{"value": Decimal(3759), **changes})
    assert figure_words(measure) == words


@pytest.mark.parametrize(
    ("change", "role", "words"),
    [
        ("decrease", "by", "↓ by"),
        ("increase", "to", "↑ to"),
        (None, "target", "target"),
        ("none", "level", "＝"),
        (None, "level", ""),
    ],
)
def test_changes_are_written_with_direction_and_role(change: str | None, role: str, words: str) -> None:
    assert change_words(small_document(change=change, role=role).measures[0]) == words


def test_checks_are_counted_and_those_that_fail_spelt_out() -> None:
    fails = Check(
        "growth", "fails", (0,), Decimal(-16), Decimal(-18), "3759件 → [red]2031件 is -18%\n, says -16%"
    )
    holds = Check("growth", "holds", (0,), Decimal(1), Decimal(1), "1 is 1")
    lines = _printed(replace(small_document(), checks=(fails, holds)), 100)
    assert lines[-3:] == ["checks: 1 holds, 1 fails", "  fails  3759件 → [red]2031件 is -18% , says -16%", ""]
    assert not any("checks:" in line for line in _printed(small_document(), 100))
