"""What holds for every text: offsets, order, EDTF, no surprises, linear time."""

from __future__ import annotations

import datetime
import importlib.resources
import itertools
import time

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract import times
from jfextract.times.scan import matches, scanner

WORDS = [
    "2024",
    "19",
    "3",
    "12",
    "31",
    "2031件",
    "年",
    "月",
    "日",
    "号",
    "时",
    "点",
    "分",
    "至",
    "到",
    "-",
    "—",
    "~",
    "、",
    "的",
    "第",
    "一",
    "二",
    "三",
    "十",
    "十四五",
    "个",
    "周",
    "星期",
    "上",
    "下",
    "本",
    "今",
    "去",
    "明",
    "前",
    "后",
    "半",
    "近",
    "过去",
    "未来",
    "来",
    "以来",
    "以前",
    "以后",
    "之前",
    "起",
    "底",
    "初",
    "末",
    "中",
    "上旬",
    "下旬",
    "季度",
    "半年",
    "世纪",
    "80年代",
    "春",
    "夏",
    "秋",
    "冬",
    "春节",
    "国庆",
    "假期",
    "期间",
    "农历",
    "正月",
    "初五",
    "闰",
    "大年",
    "除夕",
    "清明",
    "今天",
    "昨天",
    "当天",
    "今年",
    "去年",
    "上年",
    "同期",
    "每",
    "约",
    "左右",
    "民国",
    "公元前",
    "康熙",
    "党的十八大",
    "改革开放",
    "将",
    "截至",
    ",",
    "。",
    "\n",
    "（",
    "）",
    "“",
    "”",
    "2:30",
    "上午",
    "凌晨",
    "晚上",
    "2019-03-30",
    "2019/3/30",
    "9999年",
    "0年",
    "13月",
    "30日",
]
PHRASES = st.lists(st.sampled_from(WORDS), max_size=14).map("".join)
DATES = st.none() | st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
REGIONS = st.sampled_from(("mainland", "taiwan", "hongkong"))


def check(text: str, reference: datetime.date | None, region: times.Region) -> None:
    found = times.find(text, reference, region=region)
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        assert mention.text
        if mention.edtf is not None:
            begin, end = times.interval(mention.edtf)
            assert begin is None or end is None or begin <= end
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert found == times.find(text, reference, region=region)


@settings(max_examples=250, deadline=None)
@given(PHRASES, DATES, REGIONS)
def test_phrases_of_time_words_give_ordered_exact_spans(
    text: str, reference: datetime.date | None, region: times.Region
) -> None:
    check(text, reference, region)
    times.parse(text, reference, region=region)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=60), DATES, REGIONS)
def test_any_unicode_is_survived(text: str, reference: datetime.date | None, region: times.Region) -> None:
    check(text, reference, region)


@settings(max_examples=150, deadline=None)
@given(PHRASES, st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_edtf_is_valid(text: str, reference: datetime.date) -> None:
    for mention in times.find(text, reference):
        if mention.edtf is not None:
            assert parse_edtf(mention.edtf)


@pytest.mark.parametrize("text", ["今年\ud800去年", "\x00今年\x00", "今年😀去年"])
def test_odd_characters_beside_a_time_do_not_hide_it(text: str) -> None:
    assert "今年" in [mention.text for mention in times.find(text, datetime.date(2024, 1, 1))]


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "年",
        "月",
        "十",
        "今",
        "上",
        "以来",
        "2024年",
        "1-",
        "第",
        "“",
        "每年",
        " ",
        "8日8日",
        "3月",
        "今年去年",
    ],
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begin = time.perf_counter()
        times.find(text, datetime.date(2024, 1, 1))
        return time.perf_counter() - begin

    seconds(1000)
    short, long = seconds(10_000), seconds(80_000)
    assert long < 8 * short * 4 + 0.5


def test_the_quick_look_at_the_first_characters_loses_no_piece() -> None:
    plain = scanner()
    examples = (importlib.resources.files("jfextract") / "times" / "examples.tsv").read_text(encoding="utf-8")
    for line in examples.splitlines():
        assert [match.span() for match in matches(line)] == [match.span() for match in plain.finditer(line)]
