"""Years that need not begin in January: 財政年度 and 差餉 of Hong Kong, 会计年度, the semesters of a school year."""

from __future__ import annotations

import datetime
import re

from jfextract.times.expression import Reading
from jfextract.times.frames import month_frame, pick, year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.words import number

__all__ = ["RULES", "first_month", "inside"]

_FISCAL_APRIL = 4
_SCHOOL_SEPTEMBER = 9


def first_month(region: str, kind: str) -> int | None:
    """The month that a double year (2024-25年度) begins with there; None where it is two calendar years.

    >>> first_month("hongkong", "财政年度"), first_month("hongkong", "学年"), first_month("mainland", "财年")
    (4, 9, None)
    """
    if region != "hongkong" or "年" not in kind or kind == "年":
        return None
    return _SCHOOL_SEPTEMBER if "学年" in kind else _FISCAL_APRIL


def inside(frame: Reading | None, first: int, last: int) -> Reading | None:
    """The months of a year, counted from where it begins: the first quarter of 2024-04/2025-03 is 2024-04/2024-06.

    >>> inside(month_frame(2024, 4, 15), 1, 3).begin
    datetime.date(2024, 4, 1)
    """
    if frame is None or frame.begin is None:
        return None
    begin, end = frame.begin, frame.end
    whole = frame.first == "month" and end is not None and (end - begin).days in (364, 365)
    ahead = begin.month - 1 if whole else 0  # of any other frame only the year is said
    return month_frame(begin.year, first + ahead, last + ahead)


def _begun(today: datetime.date, first: int) -> int:
    """The calendar year in which the year under way began that begins with the month ``first``."""
    return today.year - (today.month < first)


def _this_fiscal(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 本財政年度 and 下個會計年度 from the report's date; a law's 上一会计年度 says nothing of when."""
    first = _FISCAL_APRIL if scene.region == "hongkong" else 1
    offset = {"上": -1, "下": 1}.get(match["w"][0], 0)
    reading = None
    if scene.reference is not None:
        year = _begun(scene.reference, first) + offset
        reading = year_frame(year) if first == 1 else month_frame(year, first, first + 11)
    return Piece(
        "this_fiscal",
        match.start(),
        match.end(),
        Level.YEAR,
        lambda _: reading,
        follows=False,
        optional=scene.region == "mainland",
    )


def _rates_quarter(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 差餉首季: rates are due by quarters of the fiscal year."""
    word = match["q"] or match["q2"]
    count = 1 if word == "首" else number(word)
    if scene.region != "hongkong" or count is None:
        return None
    first = 3 * count + 1

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is not None:
            return inside(frame, first - 3, first - 1)
        return pick(scene, lambda year: month_frame(year, first, first + 2), 90)

    return Piece("rates_quarter", match.start(), match.end(), Level.PERIOD, narrow)


def _semester(match: re.Match[str], _scene: Scene) -> Piece | None:
    """Read 第一学期 of a school year: up to January, and from February."""
    second = match["n"] in ("二", "2", "下")

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None or frame.begin is None:
            return None
        begin = frame.begin.month if frame.first == "month" else _SCHOOL_SEPTEMBER
        year = frame.begin.year
        return month_frame(year, 14, begin + 11) if second else month_frame(year, begin, 13)

    return Piece("semester", match.start(), match.end(), Level.PERIOD, narrow, alone=False)


_QUARTER = "第?[一二三四1-4]|首"
RULES: tuple[Rule, ...] = (
    Rule(
        "this_fiscal",
        r"(?P<w>本个?|今个?|这个?|上一?个?|下一?个?)(?:财政|会计)年度",
        _this_fiscal,
    ),
    Rule(
        "rates_quarter",
        rf"(?<=差饷)(?:的)?(?P<q>{_QUARTER})季度?|(?P<q2>{_QUARTER})季度?(?=的?差饷)",
        _rates_quarter,
    ),
    Rule("semester", r"(?<=[年度])第?(?P<n>(?<=第)[一二12]|[上下])学期", _semester),
)
