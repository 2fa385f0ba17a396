"""Stated growth against the levels of two years."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jfextract import extract


def _sentence(old: str, new: str, stated: str) -> str:
    return f"2019年,全市印发文件{old}。2020年,全市印发文件{new}、同比{stated}。"


@pytest.mark.parametrize(
    ("old", "new", "stated", "status", "computed"),
    [
        ("3759件", "2482件", "压减34%", "holds", "-33.9718"),
        ("3759件", "2482件", "压减33.97%", "holds", "-33.9718"),
        ("2482件", "2031件", "压减16%", "fails", "-18.1708"),
        ("100件", "150件", "增长50%", "holds", "50.0000"),
        ("100件", "150件", "减少50%", "fails", "50.0000"),
        ("1.2万件", "1.3万件", "增长10.5%", "within rounding", "8.3333"),
    ],
)
def test_a_stated_change_is_held_against_its_levels(
    old: str, new: str, stated: str, status: str, computed: str
) -> None:
    doc = extract(_sentence(old, new, stated), date="2021-03-01", place="六盘水市")
    (check,) = doc.checks
    assert (check.kind, check.status, check.computed) == ("growth", status, Decimal(computed))
    assert [doc.measures[at].text for at in check.measures][:2] == [old, new]


def test_the_arithmetic_is_spelt_out() -> None:
    doc = extract(_sentence("3759件", "2482件", "压减34%"), date="2021-03-01", place="六盘水市")
    assert doc.checks[0].arithmetic == "文件: 3759件 (2019) → 2482件 (2020) is -34.0%, the report says -34%"


@pytest.mark.parametrize(
    "text",
    [
        "2020年,全市印发文件2482件、同比压减34%。",
        "2019年,印发文件约3759件。2020年,印发文件2482件、同比压减34%。",
        "2019年,印发文件3759件,印发文件3000件。2020年,印发文件2482件、同比压减34%。",
        "2018年,印发文件3759件。2020年,印发文件2482件、同比压减34%。",
    ],
    ids=["no level before", "a rough level", "two levels", "the wrong year"],
)
def test_without_two_plain_levels_there_is_no_check(text: str) -> None:
    assert extract(text, date="2021-03-01").checks == ()
