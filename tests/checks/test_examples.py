"""The relations of whole sentences, by example, and on any text."""

from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract import Extractor
from jfextract.checks import check
from jfextract.checks.rounding import bounds, is_slip, last_digit, widest
from jfextract.lexicon import read_table
from jfextract.model import Document

EXAMPLES = read_table(
    Path(str(files("jfextract") / "checks" / "examples.tsv")), ("text", "checks"), key="text"
)
EXTRACTOR = Extractor()


def _read(text: str) -> Document:
    return EXTRACTOR.extract(text, date="2022-03-15", place="六盘水市")


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_a_text_has_the_checks_of_its_example(row: dict[str, str]) -> None:
    found = [f"{check.kind} {check.status}" for check in _read(row["text"]).checks]
    assert "; ".join(found) == row["checks"]


@pytest.mark.parametrize(
    ("text", "arithmetic"),
    [
        (
            "调整干部1828人次,其中鼓励激励1567人次,容错纠错92人次,“能下”调整169人次。",
            "1567人次 + 92人次 + 169人次 is 1828人次, the report says 1828人次",
        ),
        ("形成事项434项,可在线办理393项,网办率达90.55%。", "393项 / 434项 is 90.55%, the report says 90.55%"),
        (
            "证明事项由182项减少到5项,减少167项。",
            "证明事项: 182项 (from) → 5项 (to) is -177项, the report says 167项",
        ),
        (
            "就业率由85.2%提高到91.4%,提高7.2个百分点。",
            "就业率: 85.2% (from) → 91.4% (to) is +6.2 points, the report says 7.2个百分点",
        ),
        ("发放资金100万元,惠及200户,户均6000元。", "100万元 / 200户 is 5000元, the report says 6000元"),
        (
            "会议应出席代表1万8607人,出席1万8600人,缺席70人。",
            "1万8600人 + 70人 is 18670人, the report says 1万8607人",
        ),
    ],
)
def test_the_arithmetic_is_spelt_out(text: str, arithmetic: str) -> None:
    assert [found.arithmetic for found in _read(text).checks] == [arithmetic]


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        ("1.06万件", "10550", "10650"),
        ("3759件", "3759", "3759"),
        ("500个", "500", "500"),
        ("1200件", "1200", "1200"),
        ("13000人次", "13000", "13000"),
        ("一千二百件", "1200", "1200"),
        ("1.2千件", "1150", "1250"),
        ("约1200件", "1150", "1250"),
        ("1200多件", "1200", "1300"),
        ("近1200件", "1100", "1200"),
        ("4500余个", "4500", "4600"),
        ("2万余名", "20000", "30000"),
        ("近50项", "45", "50"),
        ("不到50项", "40", "50"),
        ("约500项", "450", "550"),
        ("约3500人", "3450", "3550"),
        ("约2万人", "18000", "22000"),
        ("两万件", "19000", "21000"),
        ("二百五十万人", "2495000", "2505000"),
        ("一万二千件", "12000", "12000"),
        ("1万8607人", "18607", "18607"),
        ("3亿5000万元", "349995000", "350005000"),
        ("十余名", "10", "19"),
        ("33.20%", "33.195", "33.205"),
        ("1万吨", "9500", "10500"),
    ],
)
def test_a_figure_is_as_exact_as_it_is_written(figure: str, low: str, high: str) -> None:
    (measure,) = _read(f"共有{figure}").measures
    span = bounds(measure)
    assert span is not None
    assert (span.low, span.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        ("500个", "500", "500"),
        ("1200件", "1200", "1200"),
        ("1000件", "950", "1050"),
        ("13000人次", "12500", "13500"),
        ("约1200件", "1100", "1300"),
        ("近50项", "40", "50"),
        ("4500余个", "4500", "4600"),
    ],
)
def test_a_writer_who_is_not_strict_may_mean_more(figure: str, low: str, high: str) -> None:
    (measure,) = _read(f"共有{figure}").measures
    span = widest(measure)
    assert span is not None
    assert (span.low, span.high) == (Decimal(low), Decimal(high))


def test_an_open_figure_has_no_bounds() -> None:
    (measure,) = _read("开展活动上千次").measures
    assert bounds(measure) is None


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("3759", "3795", True),
        ("3759", "3758", True),
        ("3.5E+6", "3.5E+7", True),
        ("3759", "2482", False),
        ("12", "13", False),
        ("1000", "100", True),
        ("0", "100", False),
    ],
)
def test_a_slip_is_one_digit_two_that_changed_places_or_a_power_of_ten(
    one: str, other: str, slip: bool
) -> None:
    assert is_slip(Decimal(one), Decimal(other)) is slip
    assert is_slip(Decimal(other), Decimal(one)) is slip


def test_all_true_relations_of_the_reports_are_found(gold_reports: tuple[Document, ...]) -> None:
    told = [f"{one.kind} {one.status}" for doc in gold_reports for one in doc.checks]
    assert told == [
        "parts holds",
        "share holds",
        "share holds",
        *["growth holds"] * 3,
        "growth fails",
        *["growth holds"] * 2,
    ]


_PIECES = st.sampled_from(
    [
        *"从由至到为，。；",
        "其中",
        "共计",
        "占",
        "户均",
        "日均",
        "年均",
        "增长",
        "减少",
        "增加到",
        "是去年的",
        "文件",
        "2020年",
    ]
)
_FIGURES = st.sampled_from(
    [
        "3759件",
        "2482件",
        "34%",
        "4500余个",
        "0件",
        "0%",
        "2倍",
        "1.5个百分点",
        "近50项",
        "1万元",
        "200户",
        "上千次",
        "-5%",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES | _FIGURES, max_size=30).map("".join))
def test_any_row_of_figures_is_checked_without_failing_and_the_same_each_time(text: str) -> None:
    doc = _read(text)
    assert doc.checks == check(doc.measures, doc.text or "")
    for found in doc.checks:
        assert len(set(found.measures)) == len(found.measures) >= 2
        assert all(0 <= at < len(doc.measures) for at in found.measures)
        assert found.stated.is_finite()
        assert found.computed.is_finite()


def test_last_digits_are_those_written() -> None:
    digits = [last_digit(measure) for measure in _read("共1.06万件,3759件,16%,33.20%,两个,2万元").measures]
    assert digits == [100, 0, 1, Decimal("0.01"), 0, 10000]


def test_a_sentence_of_very_many_figures_takes_linear_time() -> None:
    text = "文件12件,其中,占34%,"
    doc = _read(text)
    seconds = []
    for size in (1_000, 4_000):
        measures = [
            replace(
                measure,
                start=measure.start + turn * len(text),
                end=measure.end + turn * len(text),
                sentence=(0, size * len(text)),
            )
            for turn in range(size)
            for measure in doc.measures
        ]
        start = time.process_time()
        check(measures, text * size)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 10 * max(seconds[0], 0.02)
