"""A place that the caller gives is one place, or an error that names those it may be."""

from __future__ import annotations

import pytest

import jfextract
from jfextract import places
from jfextract.errors import InputError


@pytest.mark.parametrize(
    ("given", "name", "adcode"),
    [
        ("六盘水市", "贵州省六盘水市", "520200"),
        ("贵州六盘水", "贵州省六盘水市", "520200"),
        ("贵州省-六盘水市", "贵州省六盘水市", "520200"),
        ("中国贵州省六盘水市", "贵州省六盘水市", "520200"),
        ("5202", "贵州省六盘水市", "520200"),
        ("520200000000", "贵州省六盘水市", "520200"),
        ("臺北市", "台湾台北市", "710100"),
        ("苏州工业园区", "江苏省苏州市苏州工业园区", None),
        ("新土村", "新土村", None),
        ("巴黎", "巴黎", None),
        ("济源", "河南省济源市", "419001"),
    ],
)
def test_a_name_or_a_code_means_one_place(given: str, name: str, adcode: str | None) -> None:
    home = places.infer_home("", given=given)
    assert home is not None
    assert (home.name, home.adcode, home.evidence) == (name, adcode, "given")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("朝阳区", "may be 北京市朝阳区 (110105) or 吉林省长春市朝阳区 (220104)"),
        ("鼓楼区", "江苏省徐州市鼓楼区 (320302)"),
        ("洪洞縣縣", "place='洪洞縣縣' is no place that is known; did you mean 山西省临汾市洪洞县"),
        ("陕西省西安市朝阳区", "did you mean 北京市朝阳区"),
        ("六盘水时", "did you mean 贵州省六盘水市"),
        ("unknown", "give a name such as"),
        ("我市", "give a name such as"),
        ("999999", "no code of a province"),
        ("1" * 40, "no code of a province"),
        ("\ud800", "give a name such as"),
    ],
)
def test_anything_else_is_an_error_that_names_what_is_near(given: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        jfextract.extract("全市建成30个", place=given)
    assert said in str(caught.value)


def test_near_is_read_like_a_place() -> None:
    assert places.find("鼓楼区", near="江苏徐州")[0].adcode == "320302"
    with pytest.raises(
        InputError, match=r"near='徐洲市' is no place that is known; did you mean .*江苏省徐州市"
    ):
        places.find("鼓楼区", near="徐洲市")
