"""Parts, shares and steps inside one sentence."""

from __future__ import annotations

import pytest

from jfextract import extract


def _checks(text: str) -> list[tuple[str, str]]:
    return [(check.kind, check.status) for check in extract(text, date="2021-03-01").checks]


def test_parts_that_add_up_are_told() -> None:
    doc = extract("全市调整干部1828人次,其中鼓励激励1567人次,容错纠错92人次,“能下”调整169人次。")
    (check,) = doc.checks
    assert (check.kind, check.status, check.measures) == ("parts", "holds", (0, 1, 2, 3))
    assert check.arithmetic == "1567人次 + 92人次 + 169人次 is 1828, the report says 1828人次"


@pytest.mark.parametrize(
    "text",
    [
        "调整干部1828人次,其中鼓励激励1567人次,容错纠错92人次。",
        "调整干部1828人次,其中鼓励激励1567人次。",
        "鼓励激励1567人次,容错纠错92人次,“能下”调整169人次。",
        "调整干部约1828人次,其中鼓励激励1567人次,容错纠错92人次,“能下”调整169人次。",
    ],
    ids=["not all parts", "one part", "no whole", "a rough whole"],
)
def test_parts_that_need_not_add_up_are_passed_over(text: str) -> None:
    assert _checks(text) == []


def test_a_rate_of_two_counts_is_told() -> None:
    doc = extract("形成事项434项,可在线办理393项,总体网办率达90.55%。")
    (check,) = doc.checks
    assert (check.kind, check.status) == ("share", "holds")
    assert check.arithmetic == "393项 / 434项 is 90.55%, the report says 90.55%"


def test_a_rate_of_something_else_is_passed_over() -> None:
    assert _checks("形成事项434项,可在线办理393项,群众满意率达98.2%。") == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("工作群由500个减至140个,减少72%。", [("growth", "holds")]),
        ("工作群由500个减至140个,减少70%。", [("growth", "fails")]),
        ("工作群由4500余个减至140余个,减少96.8%。", [("growth", "within rounding")]),
        ("工作群由4500余个减至140余个,减少90%。", []),
    ],
)
def test_a_step_is_held_against_its_rate(text: str, want: list[tuple[str, str]]) -> None:
    assert _checks(text) == want
