"""What the numbers room reads, and what it leaves alone."""

from __future__ import annotations

import time
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract import numbers
from jfextract.lexicon import read_table
from jfextract.numbers import Number, approximators
from jfextract.numbers.evaluate import evaluate

ROOM = files("jfextract") / "numbers"
EXAMPLES = read_table(ROOM / "examples.tsv", ("phrase", "answer"), key="phrase")
FAILURES = read_table(ROOM / "known_failures.tsv", ("phrase", "answer", "why"), key="phrase")

SOUP = st.text(
    alphabet="一二两三十百千万亿几数多余半分之点零第约近超0123456789.,-+/:%％ 至到个年月日元\n“”《》aA\ud800\x00😀"
)


def _written(number: Decimal | None) -> str:
    if number is None:
        return ""
    return format(number.normalize(), "f")


def _answer(found: tuple[Number, ...]) -> str:
    def said(number: Number) -> str:
        bounds = f"{_written(number.low)}..{_written(number.high)}"
        return f"{number.text} = {bounds if number.value is None else _written(number.value)} {number.mod}"

    return "; ".join(map(said, found)) or "-"


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["phrase"])
def test_a_phrase_has_the_numbers_of_the_examples(row):
    assert _answer(numbers.find(row["phrase"])) == row["answer"]


@pytest.mark.parametrize("row", [pytest.param(row, marks=pytest.mark.xfail(strict=True)) for row in FAILURES])
def test_a_known_failure_still_fails(row):
    assert _answer(numbers.find(row["phrase"])) == row["answer"]


def test_parse_wants_the_whole_text_to_be_one_number():
    assert numbers.parse(" 一百二十 ").value == 120
    assert numbers.parse("一百二十人") is None
    assert numbers.parse("") is None


@given(st.one_of(SOUP, st.text()))
@settings(max_examples=200, deadline=None)
def test_parse_takes_any_text(text):
    number = numbers.parse(text)
    assert number is None or number.text == text.strip()


@pytest.mark.parametrize(("text", "value"), [("①", 1), ("⑳", 20), ("²", None), ("①②", None)])
def test_a_circled_digit_is_a_whole_number(text, value):
    number = numbers.parse(text)
    assert (number and number.value) == value


@pytest.mark.parametrize(("text", "value"), [("第三版", 3), ("第3万回", 30000), ("第 十一届", 11)])
def test_ordinals_are_found_by_their_own_verb(text, value):
    (ordinal,) = numbers.find_ordinals(text)
    assert (ordinal.value, ordinal.form) == (value, "ordinal")
    assert numbers.find(text) == ()


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_every_integer_survives_being_written_in_characters(number):
    assert evaluate(_spell(number)).value == number


def _spell(number: int) -> str:
    if number == 0:
        return "零"
    digits, small = "零一二三四五六七八九", ("", "十", "百", "千")
    out = ""
    for power, scale in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        section = number // 10**power % 10**4
        if not section:
            continue
        if out and section < 1000:
            out += "零"
        gap = False
        for place in (3, 2, 1, 0):
            digit = section // 10**place % 10
            if digit:
                out += ("零" if gap else "") + digits[digit] + small[place]
                gap = False
            elif section >= 10 ** (place + 1) and section % 10 ** (place + 1):
                gap = True
        # 万亿 belongs to its section only when the 亿 section is empty; otherwise it is 万 of 亿
        out += scale if scale != "万亿" or number // 10**8 % 10**4 == 0 else "万"
    return out


@given(st.one_of(SOUP, st.text()))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_slices_of_itself(text):
    found = numbers.find(text)
    assert found == numbers.find(text)
    behind = 0
    for number in found:
        assert behind <= number.start < number.end
        assert text[number.start : number.end] == number.text
        assert number.value is not None or number.low is not None or number.high is not None
        behind = number.end


@pytest.mark.parametrize(
    "unit", ["1", "一", "万", "1万", "1-", "1、", "1 ", "十 ", "1.1.", "1:1:", "分之", "第1", "一月至"]
)
def test_time_grows_with_the_length(unit):
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        begin = time.process_time()
        numbers.find(text)
        return time.process_time() - begin

    def least(size: int) -> float:  # of three: a busy machine tells longer times, never shorter ones
        return min(seconds(size) for _ in range(3))

    numbers.find("1")
    assert least(200_000) < 12 * max(least(50_000), 0.02)


def test_an_approximator_inside_another_word_is_none():
    assert approximators.before("附近50", 2) is None
    assert approximators.before("签约50", 2) is None
    assert approximators.before("不超过50", 3).mod == "below"
