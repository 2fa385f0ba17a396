"""What the units room finds, and what it leaves alone."""

from __future__ import annotations

import time
from dataclasses import FrozenInstanceError
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract import units
from jfextract.lexicon import read_table
from jfextract.units import Quantity

ROOM = files("jfextract") / "units"
EXAMPLES = read_table(ROOM / "examples.tsv", ("phrase", "answer"), key="phrase")
FAILURES = read_table(ROOM / "known_failures.tsv", ("phrase", "answer", "why"), key="phrase")
COLUMNS = ("unit", "forms", "kind", "base", "scale", "region", "source")
KINDS = frozenset(
    (
        "count",
        "percent",
        "percentage_point",
        "money",
        "multiple",
        "fraction",
        "duration",
        "age",
        "length",
        "area",
        "volume",
        "mass",
        "temperature",
        "speed",
        "energy",
        "power",
        "data",
        "index",
        "score",
        "ratio",
        "other",
    )
)
SOUP = st.text(
    alphabet="一二两三十百千万亿几数多余半分之点零第约近超过0123456789.,-+/:%％ 至到个项名元块米斤年月日时度成折倍番\n“”《》$￥aA\ud800\x00😀"
)


def _written(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")


def _answer(found: tuple[Quantity, ...]) -> str:
    def said(quantity: Quantity) -> str:
        bounds = f"{_written(quantity.low)}..{_written(quantity.high)}"
        value = bounds if quantity.value is None else _written(quantity.value)
        per = f" /{quantity.per}" if quantity.per else ""
        optional = " optional" if quantity.optional else ""
        return f"{quantity.text} = {value} {quantity.unit} {quantity.kind} {quantity.mod}{per}{optional}"

    return "; ".join(map(said, found)) or "-"


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["phrase"])
def test_a_phrase_has_the_quantities_of_the_examples(row):
    assert _answer(units.find(row["phrase"])) == row["answer"]


@pytest.mark.parametrize("row", [pytest.param(row, marks=pytest.mark.xfail(strict=True)) for row in FAILURES])
def test_a_known_failure_still_fails(row):
    assert _answer(units.find(row["phrase"])) == row["answer"]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("五分", "money", "0.05", "CNY"),
        ("五分", "duration", "5", "分钟"),
        ("五分半钟", "duration", "5.5", "分钟"),
        ("个半", "money", "1.5", "CNY"),
        ("7块", "money", "7", "CNY"),
        ("米九", "length", "1.9", "米"),
        ("3个字", "duration", "15", "分钟"),
        ("15k左右", "money", "15000", "CNY"),
        ("伍仟元整", "money", "5000", "CNY"),
        ("37度5", "temperature", "37.5", "度"),
        ("1岁3个月", "age", "15", "个月"),
        ("三个月零五天", "duration", "95", "天"),
    ],
)
def test_parse_takes_a_hint_of_the_kind(text, kind, value, unit):
    quantity = units.parse(text, kind=kind)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.text) == (Decimal(value), unit, text)


def test_parse_wants_the_whole_text_to_be_one_quantity():
    assert units.parse(" 近50项 ").value == 50
    assert units.parse("近50项工作") is None
    assert units.parse("") is None


@pytest.mark.parametrize(("region", "code"), [("mainland", "CNY"), ("taiwan", "TWD"), ("hongkong", "HKD")])
def test_a_bare_yuan_is_the_currency_of_the_region(region, code):
    assert units.find("补助4333元", region=region)[0].unit == code


def test_mega_is_a_unit_of_lines_on_the_mainland_and_a_scale_elsewhere():
    assert [(q.value, q.unit) for q in units.find("带宽100兆")] == [(100, "兆")]
    assert units.find("投资1.2兆", region="taiwan")[0].value == Decimal("1.2e12")


def test_offsets_divide_number_and_unit():
    text = "资金约 3.5 亿元左右"
    (quantity,) = units.find(text)
    assert quantity.text == text[2:]
    assert text[quantity.unit_start : quantity.end] == "元左右"
    assert text[: quantity.number_end].endswith("亿")


def test_a_quantity_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        units.find("3件")[0].value = Decimal(4)


def test_the_table_is_large_and_has_no_form_twice():
    rows = read_table(ROOM / "data" / "units.tsv", COLUMNS, key="unit")
    forms = [form for row in rows for form in (row["unit"], *row["forms"].split())]
    assert len(rows) >= 400
    assert len(set(forms)) == len(forms)
    assert all(row["source"] for row in rows)
    assert all(Decimal(row["scale"]) > 0 for row in rows if row["scale"])


@given(st.one_of(SOUP, st.text()))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_ordered_slices_of_itself(text):
    found = units.find(text)
    assert found == units.find(text)
    behind = 0
    for quantity in found:
        assert behind <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start <= quantity.number_end <= quantity.end
        assert quantity.start <= quantity.unit_start <= quantity.end
        assert quantity.kind in KINDS
        assert (quantity.mod == "range") <= (quantity.low is not None and quantity.high is not None)
        behind = quantity.end


@given(st.integers(0, 10**9), st.sampled_from(["项", "名", "万元", "公里", "%", "个百分点", "亿立方米"]))
def test_a_written_count_comes_back_exactly(number, unit):
    (quantity,) = units.find(f"共有{number}{unit}。") if number else units.find(f"共有1{unit}。")
    scale = 10000 if unit == "万元" else 10**8 if unit == "亿立方米" else 1
    assert quantity.value == (number or 1) * scale


@pytest.mark.parametrize(
    "unit", ["1", "一", "万", "1万", "1个", "1-", "1、", "多", "半", "“1", "《1", "千上", "打1", "约1%到"]
)
def test_time_grows_with_the_length(unit):
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        begin = time.process_time()
        units.find(text)
        return time.process_time() - begin

    units.find("1个")
    assert seconds(120_000) < 12 * max(seconds(30_000), 0.02)
