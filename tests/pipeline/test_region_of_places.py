"""Whose currency 元 is, when the words do not say but the places do."""

from __future__ import annotations

import pytest

import jfextract


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("新北市板橋區公所表示，補助3千元，共計20萬元", "TWD"),
        ("高雄市衛生局指出，罰款6萬元。", "TWD"),
        ("沙田区拨款3千元", "HKD"),
        ("台湾居民在当地投资3000元", "CNY"),
        ("高雄市和厦门市各投资3000元", "CNY"),
    ],
)
def test_a_bare_yuan_is_that_of_the_places(text, unit):
    assert {measure.unit for measure in jfextract.extract(text).measures} == {unit}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("特首李家超表示，租金每呎$12.5，全港共3萬伙", "HKD"),
        ("油價每公升調漲0.3元", "TWD"),
        ("民國113年3月1日起，基本工資調升至27,470元", "TWD"),
        ("全市投入3元", "CNY"),
    ],
)
def test_words_of_a_region_say_whose_money_it_is(text, unit):
    assert jfextract.extract(text).measures[0].unit == unit
