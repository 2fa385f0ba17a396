"""Normalising: same length whatever comes, the right characters, script and region told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfextract.errors import OptionsError
from jfextract.text.normalise import fold_width, normalise, region, script

ANY = st.text(st.characters(exclude_categories=()), max_size=80)


@given(ANY)
def test_the_length_never_changes_and_nothing_unsafe_is_left(text: str) -> None:
    plain = normalise(text)
    assert len(plain) == len(text)
    plain.encode("utf-8")
    assert "\x00" not in plain
    assert normalise(text) == plain


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_width(fold_width(text)) == fold_width(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("數量增長５０％", "数量增长50%"),
        ("隨著名單公布", "随着名单公布"),
        ("著名作家的顯著成就，他著有《長路》", "著名作家的显著成就,他著有《长路》"),
        ("看著著作，坐著等車", "看着著作,坐着等车"),
        ("郑和著《航海》", "郑和著《航海》"),
        ("面积３００㎡、½、Ⅲ", "面积300㎡、½、Ⅲ"),
        ("⾦額，豈", "金额,岂"),
        ("甲\r\n乙\r丙\u2028丁", "甲 \n乙\n丙\n丁"),
        ("空　格\u00a0与\u200b零宽", "空 格 与 零宽"),
        ("“引号”。、《书》「角」", "“引号”。、《书》「角」"),
        ("文\ud800件\x00", "文\ufffd件 "),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


def test_an_unknown_variant_is_refused() -> None:
    unknown: Any = "s2tw"
    with pytest.raises(OptionsError, match="variant"):
        normalise("文", unknown)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("数量明显减少了", "simplified"),
        ("數量明顯減少了", "traditional"),
        ("一二三", "none"),
        ("abc", "none"),
    ],
)
def test_script(text: str, name: str) -> None:
    assert script(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新竹縣政府編列預算新台幣2億元，縣府社會處指出", "taiwan"),
        ("行政長官在立法會表示，港府將撥款50億港元", "hongkong"),
        ("我市持续深化基层减负，市委办公室印发通知", "mainland"),
        ("青海省委多次就整治形式主義為基層減負作出部署，群眾很滿意", "mainland"),
        ("2024", "mainland"),
    ],
)
def test_region(text: str, name: str) -> None:
    assert region(text)[0] == name


def test_without_evidence_the_margin_is_nothing() -> None:
    assert region("2024")[1] == 0.0
