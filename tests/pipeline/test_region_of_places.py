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
