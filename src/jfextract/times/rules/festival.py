"""Holidays, solar terms and lunar dates: 春节假期前三天, 清明节, 正月十五, 大年初二, 立春当天."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from jfextract.times.almanac import (
    TERMS,
    holiday_day,
    holiday_names,
    holiday_period,
    lunar_day,
    lunar_month,
    near_period,
    term_day,
)
from jfextract.times.expression import Reading
from jfextract.times.frames import days_frame, pick, shift_day
from jfextract.times.piece import Level, Narrow, Piece, Rule, Scene
from jfextract.times.words import either, number

__all__ = ["heads", "rules"]

_STEMS = "甲乙丙丁戊己庚辛壬癸"
# behind 元旦 or 春节 these show that the day is meant and not the festivities
_POINTED = re.compile(r"以来|之?后(?![期台])|之?前(?![夕往景])|前后|当[天日]")
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _in_year(scene: Scene, of_year: Callable[[int], Reading | None], year: int | None = None) -> Narrow:
    """Resolve a day in the year before it, or in the year that the report suggests."""

    def narrow(frame: Reading | None) -> Reading | None:
        if year is not None:
            return of_year(year)
        if frame is not None:
            return of_year(frame.begin.year) if frame.begin else None
        return pick(scene, of_year, ahead=100)

    return narrow


def _holiday(match: re.Match[str], scene: Scene) -> Piece | None:
    first, second, tail = match["h"], match["h2"], match["tail"] or ""
    names = holiday_names(scene.region)
    if first not in names or (second and second not in names):
        return None
    off = (
        (tail != "" and tail[0] in "假期长小连黄")
        or first == "春运"
        or scene.text.startswith("同期", match.end())
    )
    year = int(match["y"]) if match["y"] else None

    def of_year(wanted: int) -> Reading | None:
        find = holiday_period if off or second else holiday_day
        # the golden weeks are the mainland's, whoever writes of them
        region = "mainland" if tail.startswith("黄金") else scene.region
        found = find(first, wanted, region)
        also = find(second, wanted, region) if second else found
        if found is None or also is None or not (found.begin and found.end and also.begin and also.end):
            return None
        return days_frame(min(found.begin, also.begin), max(found.end, also.end))

    sure = (
        scene.whole
        or names[first]
        or bool(tail)
        or year is not None
        or bool(_POINTED.match(scene.text, match.end()))
    )
    return Piece(
        "holiday",
        match.start(),
        match.end(),
        Level.MONTH,
        _in_year(scene, of_year, year),
        alone=sure,
        follows=year is None,
    )


def _days_off(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 假期前三天 and 节日期间 as days of the holiday spoken of before, else of the one under way."""
    spoken = scene.last.reading if scene.last is not None and scene.last.rule.startswith("holiday") else None
    reading = spoken or (near_period(scene.reference) if scene.reference else None)
    sure = match["w"] == "假期" and not match["tail"]
    return Piece(
        "holiday_time",
        match.start(),
        match.end(),
        Level.MONTH,
        lambda _: reading,
        follows=False,
        optional=not sure,
    )


def _first_days(match: re.Match[str], _scene: Scene) -> Piece | None:
    count = 1 if match["one"] else number(match["n"] or "")
    if not count:
        return None

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None or frame.begin is None or frame.end is None:
            return None
        begin = shift_day(frame.end, 1 - count) if match["w"] == "后" else frame.begin
        end = frame.end if match["w"] == "后" else shift_day(frame.begin, count - 1)
        return days_frame(begin, end) if begin and end and begin <= end <= frame.end else None

    return Piece("first_days", match.start(), match.end(), Level.DAY, narrow, alone=False)


def _term(match: re.Match[str], scene: Scene) -> Piece | None:
    name = match["term"]
    sure = scene.whole or bool(match["tail"])
    narrow = _in_year(scene, lambda year: term_day(year, name))
    return Piece("solar_term", match.start(), match.end(), Level.MONTH, narrow, alone=sure)


def _lunar(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 正月十五, 腊月, 农历八月初三, 闰二月, 大年初二."""
    named = match.groupdict()
    month = 1 if "big" in named and match["big"] is not None else number(match["m"] or named["m2"])
    day = number((match["d"] or "").removeprefix("初")) if match["d"] else None
    leap = bool(match["leap"])
    if month is None or (match["d"] and (day is None or day > 30)):
        return None
    year = number(match["y"]) if match["y"] else None

    def of_year(wanted: int) -> Reading | None:
        return lunar_day(wanted, month, day, leap) if day else lunar_month(wanted, month, leap)

    level = Level.DAY if day else Level.MONTH
    return Piece(
        "lunar", match.start(), match.end(), level, _in_year(scene, of_year, year), follows=year is None
    )


def _lunar_day(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read a bare 初三 or 廿一, which only a text that is nothing else may be."""
    day = number(match["d"].removeprefix("初"))
    if not scene.whole or scene.reference is None or day is None:
        return None
    today = scene.reference
    for year in (today.year - 1, today.year):
        for month in range(1, 13):
            inside = lunar_month(year, month)
            if inside and inside.begin and inside.end and inside.begin <= today <= inside.end:
                return _fixed_day(match, lunar_day(year, month, day))
    return None


def _fixed_day(match: re.Match[str], reading: Reading | None) -> Piece:
    return Piece("lunar_day", match.start(), match.end(), Level.DAY, lambda _: reading, follows=False)


def _stem_year(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 农历甲辰年 as the lunar year of that name nearest to the report."""
    if scene.reference is None:
        return None
    stem, branch = _STEMS.index(match["stem"]), _BRANCHES.index(match["branch"])
    if (stem - branch) % 2:
        return None
    cycle = next(n for n in range(60) if n % 10 == stem and n % 12 == branch)
    past = (scene.reference.year - 4 - cycle) % 60
    year = scene.reference.year - past if past < 50 else scene.reference.year + 60 - past
    first, last = lunar_month(year, 1), lunar_month(year, 12)
    reading = days_frame(first.begin, last.end) if first and last and first.begin and last.end else None
    return Piece("stem_year", match.start(), match.end(), Level.YEAR, lambda _: reading, follows=False)


def heads() -> set[str]:
    """The first three characters of the names of this module."""
    names = set().union(*(holiday_names(region) for region in ("mainland", "taiwan", "hongkong")))
    return {name[:3] for name in (*names, *TERMS)}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of this module; the names come from ``data/holidays.tsv``."""
    names = set().union(*(holiday_names(region) for region in ("mainland", "taiwan", "hongkong")))
    name = either(names)
    yearless = rf"[“\"‘「『]?(?<![0-9一二三四五六七八九])(?P<h>{name})[”\"’」』]?(?:[、和]?[“\"‘「『]?(?P<h2>{name})[”\"’」』]?)?"
    not_name = r"(?![日月届点时人名个位亿万千百%条项大次章一二三四五六七八九十]|设立|联欢|晚会|戏曲|团拜|招待|档|档期|序曲|民俗|习俗|文化|元素|年货|氛围|书|路|村|街|小学|大戏|海|特别|献词|贺|快乐|致辞|祝|音乐|行业|[0-9]|礼|期货|黄金周期|广场|舰|建军|式)"
    tail = r"(?:(?:小长|长|连)?假(?:期|(?![期日]))(?:期间)?|黄金周|期间)"
    term = "|".join(TERMS)
    month = r"(?:[正冬腊]|十[一二]?|[一二三四五六七八九]|1[0-2]|[1-9])"
    lunar_days = r"初[一二三四五六七八九十]|二十[一二三四五六七八九]?|三十|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅|[一二三四五六七八九](?![一二三四五六七八九十])|[12]?[0-9](?![0-9])"
    return (
        Rule("holiday", rf"(?P<y>(?!))?{yearless}{not_name}(?P<tail>{tail})?", _holiday),
        Rule(
            "holiday_of_year",
            rf"(?<![0-9.])(?P<y>20[0-9]{{2}}){yearless}{not_name}(?P<tail>{tail})?",
            _holiday,
        ),
        Rule(
            "holiday_time",
            r"(?P<w>假期|节日|假日|长假|佳节|双节)(?:(?P<tail>期间)|(?=前[一二两三四五六七八0-9]{1,2}[天日]|后[一二两三四五六七0-9]天|第[一二三四五六七]天|首日|最后一天))",
            _days_off,
        ),
        Rule(
            "first_days",
            r"(?P<w>[前后头])(?!(?<=前)[一1][天日])(?P<n>[0-9]{1,2}|[一二两三四五六七八九十])[天日]|(?P<one>首[日天])",
            _first_days,
        ),
        Rule("solar_term", rf"(?P<term>{term})(?P<tail>节气|时节|当天|当日|这天|这一天|日)?", _term),
        Rule(
            "lunar",
            rf"(?P<cal>农历|阴历|夏历|旧历)(?:(?P<y>[12][0-9]{{3}}|[一二][〇零一二三四五六七八九]{{3}})年)?(?P<leap>闰)?(?P<m>{month})月(?:份)?(?:(?P<d>{lunar_days})[日号]?)?",
            _lunar,
        ),
        Rule(
            "lunar_plain",
            rf"(?P<cal>(?!))?(?P<y>(?!))?(?:大年(?P<big>(?=初|三十))|(?<![0-9一二三四五六七八九十])(?:(?P<leap>闰)(?P<m>{month})|(?P<m2>[正冬腊]|{month}(?=月初[一二三四五六七八九十]|月廿)))月)(?:(?P<d>{lunar_days})[日号]?)?",
            _lunar,
        ),
        Rule("lunar_day", r"\A(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]?)\Z", _lunar_day),
        Rule(
            "stem_year",
            rf"(?:农历)?(?P<stem>[{_STEMS}])(?P<branch>[{_BRANCHES}])[鼠牛虎兔龙蛇马羊猴鸡狗猪]?年",
            _stem_year,
        ),
    )
