"""The numbers of lists are no part of the figures behind them, and decimals are."""

from __future__ import annotations

import pytest

from jfextract.numbers.numbering import without_numbering


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("1.2024年投资", "  2024年投资"),
        ("如下:2.3月15日召开", "如下:  3月15日召开"),
        ("1.50个项目完成\n2.加强领导", "  50个项目完成\n2.加强领导"),
        ("一、五项措施\n二、加强领导", "  五项措施\n二、加强领导"),
        ("1.5亿元\n2.3亿元", "1.5亿元\n2.3亿元"),
        ("投资1.5亿元", "投资1.5亿元"),
        ("1、2月份产量\n2、加强领导", "1、2月份产量\n2、加强领导"),
        ("一是投资:1.5亿元\n2.加强领导", "一是投资:1.5亿元\n2.加强领导"),
    ],
)
def test_only_the_marks_of_a_list_are_taken_out(text, without):
    assert without_numbering(text) == without
