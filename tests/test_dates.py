"""Dates as people, spreadsheets and data frames write them."""

from __future__ import annotations

import contextlib
import datetime
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jfextract
from jfextract.dates import read_date
from jfextract.errors import InputError

THE_DAY = datetime.date(2022, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        THE_DAY,
        datetime.datetime(2022, 3, 5, 23, 59),
        pd.Timestamp("2022-03-05 10:00"),
        np.datetime64("2022-03-05T10:00"),
        np.int64(20220305),
        20220305,
        20220305.0,
        "20220305",
        "2022-03-05",
        "2022-3-5",
        "2022/3/5",
        "2022/03/05 0:00",
        "2022.3.5",
        "2022-03-05T10:00:00+08:00",
        "2022-03-05 10:00:00.123456",
        "2022年3月5日",
        "2022年03月05日 星期六",
        "2022年3月5日10时30分",
        "２０２２年３月５日",
        "民國111年3月5日",
        "中華民國111年3月5日",
        " 2022-03-05\n",
    ],
    ids=repr,
)
def test_a_day_is_read_however_it_is_written(written: Any) -> None:
    assert read_date(written) == THE_DAY
    assert jfextract.extract("召开会议3次", date=written).date == "2022-03-05"


@pytest.mark.parametrize(
    "empty", [None, "", " ", float("nan"), pd.NaT, pd.NA, np.datetime64("NaT")], ids=repr
)
def test_what_data_frames_write_for_nothing_is_no_date(empty: object) -> None:
    assert read_date(empty) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("3/5/2022", "does not say which is the month"),
        ("05-03-22", "does not say which is the month"),
        ("2022-02-30", "is no date"),
        ("2022", "is no date"),
        ("2022-03", "is no date"),
        ("111年3月5日", "is no date"),
        ("44635", "is no date"),
        (44635, "is no date"),
        ("2022-3/5", "is no date"),
        (True, "is no date"),
        ([2022, 3, 5], "is no date"),
        ("昨天", "is no date"),
    ],
)
def test_what_could_be_two_days_or_none_is_refused(written: object, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as refused:
        read_date(written)
    assert str(refused.value).endswith("write it as 2022-03-15")


@given(st.text(max_size=20) | st.integers() | st.floats() | st.binary(max_size=9))
def test_anything_is_read_or_refused(value: object) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(read_date(value), (datetime.date, type(None)))
