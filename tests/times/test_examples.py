"""Every phrase of the examples has the times it is said to have, however it is written."""

from __future__ import annotations

import datetime
import importlib.resources
from typing import get_args

import pytest

from jfextract import times
from jfextract.lexicon.tables import Row, read_table
from jfextract.times.piece import Region

COLUMNS = ("reference", "region", "text", "times")
ROOM = importlib.resources.files("jfextract") / "times"
EXAMPLES = read_table(ROOM / "examples.tsv", COLUMNS)
KNOWN_FAILURES = read_table(ROOM / "known_failures.tsv", COLUMNS)
WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
FULL = {ord(figure): ord(figure) + 0xFEE0 for figure in "0123456789"}


def answer(text: str, row: Row) -> str:
    reference = datetime.date.fromisoformat(row["reference"]) if row["reference"] else None
    region: Region = next((name for name in get_args(Region) if name == row["region"]), "mainland")
    found = times.find(text, reference, region=region)
    return " | ".join(f"{'?' * t.optional}{t.text}={t.edtf or 'null'}" for t in found)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_an_example_has_the_times_it_is_said_to_have(row: Row) -> None:
    assert answer(row["text"].translate(WIDTH), row) == row["times"].translate(WIDTH)


@pytest.mark.xfail(strict=True, reason="known to be read wrongly")
@pytest.mark.parametrize("row", KNOWN_FAILURES, ids=lambda row: row["text"])
def test_a_known_failure_still_fails(row: Row) -> None:
    assert answer(row["text"].translate(WIDTH), row) == row["times"].translate(WIDTH)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_traditional_text_and_full_width_figures_mean_the_same(row: Row) -> None:
    opencc = pytest.importorskip("opencc")
    traditional = opencc.OpenCC("s2t").convert(row["text"]).translate(FULL)
    folded = opencc.OpenCC("t2s").convert(traditional).translate(WIDTH)
    simple = row["text"].translate(WIDTH)
    assert [pair.partition("=")[2] for pair in answer(folded, row).split(" | ")] == [
        pair.partition("=")[2] for pair in answer(simple, row).split(" | ")
    ]


def test_the_examples_are_many_and_some_hold_no_time() -> None:
    assert len(EXAMPLES) >= 40
    assert sum(not row["times"] for row in EXAMPLES) >= 5


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2018", "2018"),
        ("20240307", "2024-03-07"),
        ("2022 11 23", "2022-11-23"),
        ("09-01", "2024-09-01"),
        ("十月31", "2023-10-31"),
        ("2008.03-2009", "2008-03/2009"),
        ("17天内", "2024-03-01/2024-03-18"),
        ("下半周", "2024-02-29/2024-03-03"),
        ("八月的第一个周二", "2024-08-06"),
        ("十月的第一个周二", "2023-10-03"),
        ("几十年后", "2044/2124"),
        ("2023年三月的第二周", "2023-03-13/2023-03-19"),
        ("初三", "2024-02-12"),
        ("二月十五", "2024-03-24"),
        ("60年代前期", "1960/1962"),
        ("前两个月", "2024-01/2024-02"),
        ("9月3日、4日和5日", "2023-09-03/2023-09-05"),
        ("60日内", "2024-03-01/2024-04-30"),
        ("20多个月之后", "2025-11/.."),
        ("还剩5分钟", "2024-03-01"),
        ("11/3号", "2024-11-03"),
    ],
)
def test_a_text_that_is_nothing_but_a_time_may_be_short(text: str, edtf: str) -> None:
    found = times.parse(text, datetime.date(2024, 3, 1))
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize("text", ["", "文件2031件", "2024年3月的文件", "会议"])
def test_parse_refuses_a_text_that_is_no_single_expression(text: str) -> None:
    assert times.parse(text, datetime.date(2024, 3, 1)) is None


@pytest.mark.parametrize(
    "counted",
    ["件", "人次", "多亩", "名干部", "余户", "个", "万元", "家企业", "多", "吨", "公里", "%", "平方米"],
)
@pytest.mark.parametrize(
    "before", ["文件", "共", "召开会议", "近", "约", "达", "，", "、1999件、", "增至", "由", "从"]
)
def test_a_count_of_four_figures_is_no_year(before: str, counted: str) -> None:
    for figure in range(1800, 2100, 17):
        assert times.find(f"{before}{figure}{counted}，同比下降", datetime.date(2024, 5, 1)) == ()
