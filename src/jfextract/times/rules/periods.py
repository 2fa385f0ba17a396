"""Parts of a year: 第一季度, 上半年, 前三季度, 前4个月, 春季, 第二周."""

from __future__ import annotations

import re
from collections.abc import Callable

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.times.expression import Reading
from jfextract.times.frames import days_frame, month_frame, pick, shift_day, year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.rules.absolute import DASH, SMALL
from jfextract.times.rules.fiscal import inside
from jfextract.times.words import number

__all__ = ["RULES"]

_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}


def _within_year(
    scene: Scene, first: int, last: int, ahead: int = 0
) -> Callable[[Reading | None], Reading | None]:
    def narrow(frame: Reading | None) -> Reading | None:
        if frame is not None:
            return inside(frame, first, last)
        return pick(scene, lambda year: month_frame(year, first, last), ahead)

    return narrow


def _over(scene: Scene, first: int, last: int) -> Callable[[Reading | None], Reading | None]:
    """Like ``_within_year``, for periods that are told of when they are over (前三季度)."""

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is not None:
            return inside(frame, first, last)
        if scene.governing is not None and scene.governing.begin is not None:
            return month_frame(scene.governing.begin.year, first, last)
        if scene.reference is None:
            return None
        this = month_frame(scene.reference.year, first, last)
        if this is None or this.end is None or scene.future or (this.end - scene.reference).days <= 10:
            return this
        return month_frame(_year_told(scene) or scene.reference.year - 1, first, last)

    return narrow


def _year_told(scene: Scene) -> int | None:
    """The year past that the paragraph keeps to: 2023年，… 。其中一季度增长5.1%."""
    told = scene.year.begin if scene.year is not None and scene.steady else None
    past = told is not None and scene.reference is not None and told.year < scene.reference.year
    return told.year if told is not None and past else None


_UNDER_WAY = re.compile(r"以来|至今|起(?!步)|开始|已过|过半")


def _quarter(match: re.Match[str], scene: Scene) -> Piece | None:
    word = match["q"] or match["q2"]
    first = 4 if word in ("末", "四") else number(word)
    last = number(match["r"]) if match["r"] else first
    if first is None or last is None or not 1 <= first <= last <= 4:
        return None
    under_way = scene.whole or _UNDER_WAY.match(scene.text, match.end()) is not None
    narrow = (_within_year if under_way else _over)(scene, 3 * first - 2, 3 * last)
    sure = scene.whole or bool(match["full"] or match["q2"] or word == "首" or scene.region != "mainland")
    return Piece("quarter", match.start(), match.end(), Level.PERIOD, narrow, alone=sure)


def _half(match: re.Match[str], scene: Scene) -> Piece | None:
    first, last = (1, 6) if match["h"] in "上前" else (7, 12)

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None and scene.governing is None and scene.reference is not None:
            # 下半年 in spring is this year's plan, in January still the news of last year
            past = first == 7 and scene.reference.month == 1 and not scene.future
            told = _year_told(scene) if scene.reference.month <= last - 1 and not scene.future else None
            return month_frame(told or scene.reference.year - past, first, last)
        return _within_year(scene, first, last)(frame)

    return Piece("half_year", match.start(), match.end(), Level.PERIOD, narrow)


def _first(match: re.Match[str], scene: Scene) -> Piece | None:
    count = number(match["n"])
    if count is None or count < 1:
        return None
    months = count * (3 if "季" in match["unit"] else 1)
    if months > 12:
        return None
    first, last = (13 - months, 12) if match["w"] == "后" else (1, months)
    today = scene.reference
    if (
        scene.whole
        and match["w"] == "前"
        and months <= 3
        and match.start() == 0
        and today
        and today.month <= months
    ):
        # 前两个月 said in February cannot be the first two of the year: the two before
        before = month_frame(today.year, today.month - months, today.month - 1)
        return Piece("first_months", match.start(), match.end(), Level.PERIOD, lambda _: before)
    return Piece("first_months", match.start(), match.end(), Level.PERIOD, _over(scene, first, last))


def _same_period(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 同期 behind a year as the months that the paragraph speaks of, in that year; else as the year."""

    def narrow(frame: Reading | None) -> Reading | None:
        months = scene.months
        if frame is None or frame.begin is None or frame.first != "year" or months is None:
            return frame
        if months.begin is None or months.end is None:
            return frame
        # 12月比去年同期 said in January compares with the year before that December
        further = months.begin.year == frame.begin.year and scene.text.endswith("去年", 0, match.start())
        return month_frame(frame.begin.year - further, months.begin.month, months.end.month)

    return Piece("same_period", match.start(), match.end(), Level.EDGE, narrow, alone=False)


_SUMMED_UP = re.compile(r"(?:\A|[,，。；;\n]|圆满完成|顺利完成|圆满实现)[ \u3000]*\Z")


# what the sentences before ask for is of the year at hand: 要保持税率不变。全年减轻负担近2万亿元
_PLANNED = lazy_pattern(r"(?:今年|将(?!近)|要(?![求素点闻])|确保|力争|继续|保持[^,，。\n]{0,12}不变)[^\n]*\Z")


def _whole_year(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 全年 and 当年 as the year spoken of; 当年 without one tells of old times (当年的战友).

    Without a year a clause that begins with it sums up a year that is over (全年粮食产量69541万吨), and other
    words lead to the year of the report (为全年丰收打下基础).
    """
    year = scene.governing or (scene.year if scene.steady else None)
    if match["w"] == "当年" and scene.governing is None:
        return None
    heads = bool(_SUMMED_UP.search(scene.text, max(0, match.start() - 4), match.start()))
    if year is None and scene.reference is not None:
        planned = _PLANNED.search(scene.text, max(0, match.start() - 80), match.start())
        over = heads and not scene.future and planned is None
        year = year_frame(scene.reference.year - over)
    return Piece(
        "whole_year",
        match.start(),
        match.end(),
        Level.PERIOD,
        lambda frame: frame or year,
        optional=not (heads and match["w"] == "全年"),
    )


def _season(match: re.Match[str], scene: Scene) -> Piece | None:
    first, last = _SEASONS[match["s"]]
    narrow = _within_year(scene, first, last, ahead=45)
    return Piece("season", match.start(), match.end(), Level.PERIOD, narrow, alone=scene.whole)


def _school_break(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 2024年暑期 and 寒假期间 as July and August, January and February."""
    first, last = (7, 8) if match["s"] == "暑" else (1, 2)
    narrow = _within_year(scene, first, last, ahead=60)
    sure = scene.whole or match.group().endswith("期间")
    return Piece("school_break", match.start(), match.end(), Level.PERIOD, narrow, alone=sure)


def _half_month(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 3月上半月 and 下半月 as days."""
    later = match["h"] == "下"

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None and scene.reference is not None:
            frame = month_frame(scene.reference.year, scene.reference.month)
        if frame is None or frame.begin is None or frame.end is None:
            return None
        return days_frame(
            frame.begin.replace(day=16 if later else 1), frame.end if later else frame.end.replace(day=15)
        )

    return Piece("half_month", match.start(), match.end(), Level.WEEK, narrow)


def _this_season(match: re.Match[str], scene: Scene) -> Piece | None:
    offset = {"今": 0, "去": -1, "明": 1}[match["y"]]
    first, last = _SEASONS[match["s"]]
    today = scene.reference
    if today is None:
        reading = None
    else:
        year = today.year + offset
        if match["s"] == "冬" and match["y"] == "今" and today.month <= 4:
            year -= 1  # 今冬 said in January began last December
        if match["t"]:
            last = {"春": 17, "夏": 20}[match["t"]]
        reading = month_frame(year, first, last)
    return Piece("this_season", match.start(), match.end(), Level.PERIOD, lambda _: reading, follows=False)


def _nth(match: re.Match[str], _scene: Scene) -> Piece | None:
    """Read 第二周, 第一个周二, 第三个月, 第一天 inside a year or month."""
    count = number(match["n"])
    unit, day = match["unit"], match["d"]
    if count is None or count < 1:
        return None

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None or frame.begin is None or frame.end is None:
            return None
        if unit == "月":
            return month_frame(frame.begin.year, count) if frame.first == "year" and count <= 12 else None
        if unit == "天":
            begin = shift_day(frame.begin, count - 1)
            return days_frame(begin, begin) if begin and begin <= frame.end else None
        wanted = "一二三四五六日".find(day if day != "天" else "日") if day else 0
        begin = shift_day(frame.begin, (wanted - frame.begin.weekday()) % 7 + 7 * (count - 1))
        end = shift_day(begin, 0 if day else 6) if begin else None
        return days_frame(begin, end) if begin and end else None

    level = Level.MONTH if unit == "月" else Level.DAY if unit == "天" or day else Level.WEEK
    return Piece("nth_in_period", match.start(), match.end(), level, narrow, alone=False)


def _last_in(match: re.Match[str], _scene: Scene) -> Piece | None:
    unit = match["unit"]

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None or frame.end is None:
            return None
        if unit in ("月", "季度"):
            return month_frame(
                frame.end.year, frame.end.month - (2 if unit == "季度" else 0), frame.end.month
            )
        if match["d"]:
            weekday = "一二三四五六日".find(match["d"].replace("天", "日"))
            found = shift_day(frame.end, -((frame.end.weekday() - weekday) % 7))
            return days_frame(found, found) if found else None
        begin = shift_day(frame.end, -6 if unit in ("周", "星期") else 0)
        return days_frame(begin, frame.end) if begin else None

    level = Level.PERIOD if unit == "季度" else Level.MONTH if unit == "月" else Level.DAY
    return Piece("last_in_period", match.start(), match.end(), level, narrow, alone=False)


_N4 = "[一二三四1-4]"
RULES: tuple[Rule, ...] = (
    Rule(
        "quarter",
        rf"(?:(?<![个前后头0-9一二三四五六七八九十几两数每])|(?<=20[0-9][0-9])(?=第?[一二三四]季度))第?(?P<q>{_N4}|首|末)(?:(?:{DASH}|[、])第?(?P<r>{_N4}))?(?:个)?季(?P<full>度)?(?!节|报|后|军|军|候|风|赛|播|子|年|莫|前赛|更|[0-9])|(?<![A-Za-z])[Qq](?P<q2>[1-4])(?:季度|季)?(?![0-9A-Za-z])",
        _quarter,
    ),
    Rule(
        "half_year",
        r"(?P<h>[上下]|[前后](?!半年(?:以来|来)))半年(?!度报|后|前(?!往|来|夕)|级|内|间)(?:度)?",
        _half,
    ),
    Rule(
        "first_months",
        r"(?P<w>[前头首后])(?P<n>[2-9]|1[0-2]|[二两三四五六七八九]|十[一二]?|1(?=月)|(?<!前)一(?=季))(?P<unit>个季度|季度?|个月|月)(?!内|前|后|来|以|的时间|之)",
        _first,
    ),
    Rule("same_period", r"(?<=[年度月季期节假”\"’」』])[ ]?同(?:期|月|季度?)", _same_period),
    Rule("whole_year", r"(?P<w>全年|当年)(?!龄|无休|不打|开放|候|无霜)", _whole_year),
    Rule(
        "this_season",
        r"(?P<y>(?<![古如当至于])今|(?<!过)去|明)(?P<s>[春夏秋冬])(?:明(?P<t>[春夏]))?(?![晚节耕运])",
        _this_season,
    ),
    Rule(
        "season",
        r"[早仲暮晚盛深隆寒初]?(?P<s>[春夏秋冬])(?:(?<=[早仲暮晚盛深隆寒初].)(?![节耕运季])|季(?:学期)?|天|(?=[,，。、；的至]|$))(?!运动|奥|节)",
        _season,
    ),
    Rule(
        "nth_in_period",
        rf"第(?P<n>{SMALL})(?:个)?(?P<unit>周(?!年|期|岁|[一二三四五六日])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|月(?<=个月)|天|(?:周|星期|礼拜)(?P<d>[一二三四五六日天]))",
        _nth,
    ),
    Rule("school_break", r"(?P<s>[暑寒])(?:假|期)(?:期间)?(?![间日])", _school_break),
    Rule("half_month", r"(?P<h>[上下])半月(?!刊|谈|板)", _half_month),
    Rule(
        "last_in_period",
        r"最后一(?:个)?(?:(?P<unit>周|星期|天|月|季度)(?![一二三四五六日])|(?:周|星期|礼拜)(?P<d>[一二三四五六日天]))",
        _last_in,
    ),
)
