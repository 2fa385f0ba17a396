"""Items, changes, bases and rates of figures, by example and on any text."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract import Extractor
from jfextract.lexicon import read_table
from jfextract.model import Measure

COLUMNS = ("sentence", "item", "change", "role", "basis", "per")
EXAMPLES = read_table(Path(str(files("jfextract") / "link" / "examples.tsv")), COLUMNS, key="sentence")
KNOWN_FAILURES = read_table(
    Path(str(files("jfextract") / "link" / "known_failures.tsv")), COLUMNS, key="sentence"
)
PERIODS = read_table(
    Path(str(files("jfextract") / "link" / "period_examples.tsv")), ("sentence", "time"), key="sentence"
)
EXTRACTOR = Extractor()


def _marked(sentence: str) -> Measure:
    """The measure at the mark 【…】; the text is read without the mark."""
    start, end = sentence.index("【"), sentence.index("】") - 1
    doc = EXTRACTOR.extract(sentence.replace("【", "").replace("】", ""), date="2022-03-15")
    return next(measure for measure in doc.measures if (measure.start, measure.end) == (start, end))


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["sentence"])
def test_a_figure_is_linked_as_its_example_says(row: dict[str, str]) -> None:
    _check(row)


@pytest.mark.xfail(strict=True, reason="a verb inside the noun phrase is taken for the verb that governs it")
@pytest.mark.parametrize("row", KNOWN_FAILURES, ids=lambda row: row["sentence"])
def test_a_known_failure_still_fails(row: dict[str, str]) -> None:
    _check(row)


def _check(row: dict[str, str]) -> None:
    measure = _marked(row["sentence"])
    linked = (measure.item, measure.change, measure.role, measure.basis, measure.per)
    assert linked == tuple(row[name] or None for name in COLUMNS[1:])


@pytest.mark.parametrize("row", PERIODS, ids=lambda row: row["sentence"])
def test_a_figure_holds_at_the_time_of_its_example(row: dict[str, str]) -> None:
    assert _marked(row["sentence"].replace("¶", "\n")).time == (row["time"] or None)


@pytest.mark.parametrize("sentence", ["2019年,全市召开会议144次。", "全市全年召开会议144次,这是2019年的事。"])
def test_a_figure_takes_the_time_of_its_sentence(sentence: str) -> None:
    (measure,) = EXTRACTOR.extract(sentence, date="2022-03-15").measures
    assert measure.time == "2019"


def test_a_time_that_is_only_compared_with_is_not_the_time_of_the_figure() -> None:
    (measure,) = EXTRACTOR.extract("2018年,文件数量较2017年减少28.4%。", date="2019-03-30").measures
    assert (measure.time, measure.basis) == ("2018", "vs:2017")


def test_a_time_that_opens_a_paragraph_governs_its_sentences() -> None:
    doc = EXTRACTOR.extract("2021年,全市继续减负。召开会议107次。", date="2022-03-15")
    assert [measure.time for measure in doc.measures] == ["2021"]


def test_up_to_a_month_bounds_the_figure() -> None:
    doc = EXTRACTOR.extract("截至11月底,共办结事项15039件。", date="2021-12-15")
    assert [measure.time for measure in doc.measures] == ["../2021-11"]


def test_a_place_that_is_only_compared_with_is_not_the_place_of_the_figure() -> None:
    doc = EXTRACTOR.extract("宝鸡市在全省率先建成服务站1101个。", place="宝鸡市")
    assert [measure.place for measure in doc.measures] == ["陕西省宝鸡市"]


@settings(deadline=None)
@given(
    st.text(alphabet="12千百万亿年月日件次%,、。“”()的同比增长从至占每人均宝鸡市目标将《》a\n ", max_size=60)
)
def test_linking_never_fails_and_is_the_same_twice(text: str) -> None:
    first = EXTRACTOR.extract(text, date="2022-03-15")
    assert first == EXTRACTOR.extract(text, date="2022-03-15")
    for measure in first.measures:
        assert text[measure.start : measure.end] == measure.text
        assert 0 <= measure.confidence <= 1


def test_figures_behind_the_aims_of_a_work_report_are_targets() -> None:
    text = (
        "政府工作报告\n过去一年,全市新增就业6.5万人。\n今年发展主要预期目标为:生产总值增长6%。\n"
        "——畅通循环。建成农村公路600公里。去年已完成500公里。"
    )
    doc = EXTRACTOR.extract(text, date="2025-01-08")
    roles = {measure.text: measure.role for measure in doc.measures}
    assert roles == {"6.5万人": "by", "6%": "target", "600公里": "target", "500公里": "level"}


def test_figures_of_other_texts_are_no_targets_for_the_word_alone() -> None:
    doc = EXTRACTOR.extract("围绕重点任务,全市建成农村公路600公里。", date="2025-01-08")
    assert [measure.role for measure in doc.measures] == ["level"]


@pytest.mark.parametrize(
    ("text", "place", "unit"),
    [
        (
            "政府統計處今日發表數字,零售業總銷貨價值為289億元,訪港旅客5萬人次。恒指升354點。",
            "香港特别行政区",
            "HKD",
        ),
        ("(中央社記者林宥廷台北8日電)財政部公布,對美國出口186.3億元,新台幣升值。", "台湾", "TWD"),
        ("霍山县实现地区生产总值243.6亿元,比上年增长6.3%。", "安徽省六安市霍山县", "CNY"),
    ],
)
def test_the_region_decides_over_place_and_currency(text: str, place: str, unit: str) -> None:
    measure = EXTRACTOR.extract(text, date="2025-06-03").measures[0]
    assert (measure.place, measure.unit) == (place, unit)


@pytest.mark.parametrize(
    "head",
    [
        "减负工作综述(2023)",
        "稳住经济大盘,新增A股上市公司三家",
        "工作队由浅入深指导基层",
        "举办龙舟赛,参赛队伍32支",
    ],
)
def test_a_report_of_a_county_is_no_report_of_a_match_or_market(head: str) -> None:
    doc = EXTRACTOR.extract(f"宝鸡日报讯 {head}。我市推进减负。\n召开会议144次。", date="2024-03-15")
    assert doc.measures[-1].place == "陕西省宝鸡市"


def test_the_figures_of_a_market_are_of_no_place() -> None:
    doc = EXTRACTOR.extract("A股三大指数冲高回落。我国央行表态。\n成交额1.83万亿元。", date="2024-02-13")
    assert [measure.place for measure in doc.measures] == [None]
