"""A report of the first or the last day of the calendar is read like any other, and a reference may be a string."""

from __future__ import annotations

import datetime

import pytest

from jfextract import times
from jfextract.errors import InputError
from tests.times.test_examples import EXAMPLES

ENDS = (
    datetime.date.min,
    datetime.date(1, 12, 31),
    datetime.date(9998, 12, 31),
    datetime.date(9999, 12, 1),
    datetime.date.max,
)
TAILS = ("", "以来", "至今", "前", "后", "起", "底", "至明年", "至12月31日")


@pytest.mark.parametrize("reference", ENDS, ids=str)
def test_no_expression_runs_over_the_end_of_the_calendar(reference: datetime.date) -> None:
    phrases = [row["text"] for row in EXAMPLES] + ["元旦假期", "明年除夕", "下下周五", "1000年前", "后年起"]
    for text in phrases:
        for found in times.find(text, reference):
            for tail in TAILS:
                times.find(found.text + tail, reference)
                times.parse(found.text + tail, reference)


def test_a_reference_may_be_a_string_or_a_date_with_time() -> None:
    day = datetime.date(2024, 3, 1)
    for given in ("2024-03-01", "2024-03-01T08:30", datetime.datetime(2024, 3, 1, 8, 30), day):
        found = times.parse("去年12月", given)
        assert found is not None
        assert found.edtf == "2023-12"
        assert times.find("去年12月", given) == times.find("去年12月", day)


@pytest.mark.parametrize("given", ["去年", "2024-13-01", 2024])
def test_what_is_no_date_is_said_to_be_none(given: str) -> None:
    with pytest.raises(InputError, match="is no date; write it as 2022-03-15"):
        times.find("去年12月", given)
