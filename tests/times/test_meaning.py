"""The reference date, the interval of an EDTF string, and the almanac behind the names."""

from __future__ import annotations

import datetime
from datetime import date

import pytest

from jfextract import times
from jfextract.times.almanac import holiday_day, holiday_period, lunar_day, lunar_month, term_day


@pytest.mark.parametrize(
    ("text", "published", "dateline", "day", "source"),
    [
        ("去年", "2024-03-05", None, date(2024, 3, 5), "page"),
        ("去年", "2024-03-05T08:30", "新华社西宁3月2日电", date(2024, 3, 5), "page"),
        ("去年", "2024", "新华社西宁3月2日电", date(2024, 3, 2), "dateline"),
        ("2023年全年", None, "新华社西宁2024年3月2日电", date(2024, 3, 2), "dateline"),
        ("2022年，2023年12月，到2035年基本实现", None, None, date(2023, 12, 31), "newest"),
        ("2023年。二〇二三年。发布于2024-03-30 09:30", None, None, date(2024, 3, 30), "newest"),
    ],
)
def test_the_reference_date_is_the_page_s_then_the_dateline_s_then_the_newest(
    text: str, published: str | None, dateline: str | None, day: date, source: str
) -> None:
    assert times.anchor(text, published=published, dateline=dateline) == (day, source)


@pytest.mark.parametrize("text", ["", "去年以来召开会议144次", "文件2031件", "力争2030年前碳达峰"])
def test_a_text_without_a_date_has_no_reference(text: str) -> None:
    assert times.anchor(text, published=None, dateline=None) is None


@pytest.mark.parametrize(
    ("edtf", "begin", "end"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
        ("20XX", date(2000, 1, 1), date(2099, 12, 31)),
        ("2010~", date(2010, 1, 1), date(2010, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("../2018", None, date(2018, 12, 31)),
        ("2019-09/..", date(2019, 9, 1), None),
        ("2018-01/2018-03", date(2018, 1, 1), date(2018, 3, 31)),
        ("2024-13", None, None),
        ("nonsense", None, None),
    ],
)
def test_the_interval_of_an_edtf_string_runs_from_its_first_to_its_last_day(
    edtf: str, begin: date | None, end: date | None
) -> None:
    assert times.interval(edtf) == (begin, end)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2019, (2, 5)), (2020, (1, 25)), (2023, (1, 22)), (2024, (2, 10)), (2025, (1, 29)), (2033, (1, 31))],
)
def test_the_lunar_new_year_falls_on_its_known_day(year: int, day: tuple[int, int]) -> None:
    found = lunar_day(year, 1, 1)
    assert found is not None
    assert found.begin == date(year, *day)


def test_every_lunar_year_follows_the_one_before_without_a_gap() -> None:
    for year in range(1900, 2100):
        last, following = lunar_month(year, 12), lunar_month(year + 1, 1)
        assert last is not None
        assert last.end is not None
        assert following is not None
        assert following.begin == last.end + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "year", "region", "day"),
    [
        ("清明节", 2024, "mainland", date(2024, 4, 4)),
        ("端午节", 2024, "mainland", date(2024, 6, 10)),
        ("中秋节", 2023, "mainland", date(2023, 9, 29)),
        ("除夕", 2024, "mainland", date(2024, 2, 9)),
        ("母亲节", 2024, "mainland", date(2024, 5, 12)),
        ("父亲节", 2024, "mainland", date(2024, 6, 16)),
        ("父亲节", 2024, "taiwan", date(2024, 8, 8)),
        ("国庆日", 2024, "taiwan", date(2024, 10, 10)),
        ("复活节", 2024, "hongkong", date(2024, 3, 31)),
        ("东正教复活节", 2024, "mainland", date(2024, 5, 5)),
        ("佛诞", 2024, "hongkong", date(2024, 5, 15)),
        ("国庆日", 2024, "hongkong", date(2024, 10, 1)),
        ("民族扫墓节", 2025, "taiwan", date(2025, 4, 4)),
        ("孔子诞辰纪念日", 2025, "taiwan", date(2025, 9, 28)),
        ("农历年初三", 2025, "hongkong", date(2025, 1, 31)),
        ("中秋节翌日", 2025, "hongkong", date(2025, 10, 7)),
    ],
)
def test_a_holiday_falls_on_its_known_day(name: str, year: int, region: str, day: date) -> None:
    found = holiday_day(name, year, region)
    assert found is not None
    assert found.begin == day


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("国庆", 2008, date(2008, 9, 29), date(2008, 10, 5)),
        ("中秋", 2012, date(2012, 9, 30), date(2012, 10, 7)),
        ("五一", 2003, date(2003, 5, 1), date(2003, 5, 7)),
        ("元旦", 2006, date(2006, 1, 1), date(2006, 1, 3)),
        ("春节", 2020, date(2020, 1, 24), date(2020, 2, 2)),
        ("中秋", 2020, date(2020, 10, 1), date(2020, 10, 8)),
    ],
)
def test_days_off_are_those_of_the_notice_of_the_year(name: str, year: int, first: date, last: date) -> None:
    found = holiday_period(name, year, "mainland")
    assert found is not None
    assert (found.begin, found.end) == (first, last)


def test_days_off_are_the_official_ones_where_known_and_computed_elsewhere() -> None:
    official, computed = holiday_period("春节", 2024, "mainland"), holiday_period("春节", 2030, "mainland")
    assert official is not None
    assert (official.begin, official.end) == (date(2024, 2, 10), date(2024, 2, 17))
    assert computed is not None
    assert (computed.begin, computed.end) == (date(2030, 2, 3), date(2030, 2, 9))


def test_names_and_years_outside_the_tables_have_no_day() -> None:
    assert holiday_day("无此节", 2024, "mainland") is None
    assert term_day(1800, "清明") is None
    assert lunar_day(2023, 1, 31) is None
    assert lunar_month(2024, 2, leap=True) is None
