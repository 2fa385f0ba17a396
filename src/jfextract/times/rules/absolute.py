"""Written dates: 2019-03-30 09:30:33, 2019年9月, 二〇一九年三月, 19年3月, 1-10月, 3月1-5日."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import lru_cache

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.times.expression import Reading
from jfextract.times.frames import add_months, day_frame, month_frame, pick, shift_day, year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.rules.fiscal import first_month
from jfextract.times.words import digits, number

__all__ = ["DASH", "MONTH", "RULES", "SMALL", "YEAR4"]

DASH = r"[ ]?(?:[-—–~～－‐]{1,2}|至|到)[ ]?"
# behind a comma four figures are no group of a number: 指数为50.1,2023年
YEAR4 = r"(?<![0-9.])(?:1[0-9]|20|21)[0-9]{2}"
# 指数3月 and 热点3月 are no numbers, 数3月 and 三点3月 would be
_NO_HAN_NUMBER = r"(?<![第一二三四五六七八九十百千万亿几两〇零])(?<![0-9一二三四五六七八九十]点)(?<![^指人次总件基户系倍分系参函]数)"
YEAR_HAN = _NO_HAN_NUMBER + (
    r"(?:[一二][〇零○Oo0一二三四五六七八九]{3}|[一二三四五六七八九][〇零一二三四五六七八九]{2}(?=年[一二三四五六七八九十]{1,2}月))"
)
_HAN4 = _NO_HAN_NUMBER + r"[一二][〇零○九八七][〇零○一二三四五六七八九]{2}"
MONTH = (
    r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|(?<![0-9万亿千百美欧日港澳台加公多余单状])元(?=月))"
)
SMALL = r"(?:[0-9]{1,2}|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])"
_ALONE = r"(?<![0-9.])(?:(?<![0-9],)|(?![0-9]{3}))" + _NO_HAN_NUMBER
# 级 and 龄 make a count or an attribute of the year; 2000年历史 is a duration
_NO_YEAR = r"(?!级|龄|轻|纪|均|薪|历史|代(?![表理码替]))"


def _full_year(value: int, reference_year: int | None) -> int:
    """Complete a year of two figures: the nearest that is not far in the future (19年 is 2019, 91年 1991)."""
    century = 100 * ((reference_year or 2025) // 100)
    full = century + value
    return full - 100 if full > (reference_year or 2025) + 10 else full


def _iso(match: re.Match[str], _scene: Scene) -> Piece | None:
    frame = day_frame(int(match["y"]), int(match["m"]), int(match["d"]))
    if frame is None:
        return None
    return Piece("iso_date", match.start(), match.end(), Level.DAY, lambda _: frame, follows=False)


def _iso_month(match: re.Match[str], _scene: Scene) -> Piece | None:
    frame = month_frame(int(match["y"]), int(match["m"]))
    return Piece("iso_month", match.start(), match.end(), Level.MONTH, lambda _: frame, follows=False)


def _slashed(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 3/30/2019 and 30/3/2019; the first number is the day unless only the other order is a date."""
    year = int(match["y"])
    if len(match["y"]) == 2:
        year = _full_year(year, scene.reference.year if scene.reference else None)
    frame = day_frame(year, int(match["b"]), int(match["a"])) or day_frame(
        year, int(match["a"]), int(match["b"])
    )
    if frame is None:
        return None
    return Piece("slashed_date", match.start(), match.end(), Level.DAY, lambda _: frame, follows=False)


# so many hundred years of history, rather than a year: 有1900年的历史, 绵延2000年, 早在1800年前
_LASTING_BEFORE = re.compile(
    r"(?:[近有达逾过超]|早在|距今|跨越|绵延|延续|传承|历经|历时|长达|建[城县市立])\Z"
)
_LASTING_AFTER = re.compile(
    r"以?来(?!看|说|讲)|[之以]?前|的?(?:悠久)?历史|的?(?:光阴|时间|岁月|文明|传承)|之久|左右的历史|[,，。]"
)


def _is_count_of_years(match: re.Match[str], year: int) -> bool:
    """Whether a round figure before 年 counts years: the words on both sides say how long, or 来 alone does."""
    after = _LASTING_AFTER.match(match.string, match.end())
    if year % 100 or after is None:
        return False
    low = max(0, match.start() - 2)
    if match.string[match.start() - 1 : match.start()] in ("自", "从", "于"):
        return False
    return after.group() == "来" or _LASTING_BEFORE.search(match.string, low, match.start()) is not None


def _year(match: re.Match[str], _scene: Scene) -> Piece | None:
    year = digits(match["y"].replace("○", "零").replace("O", "0").replace("o", "0"))
    if year is None or (
        year < 1800 and match.string[match.end() : match.end() + 1] in ("来", "前", "后", "多")
    ):
        return None  # 1500年前 counts years
    if _is_count_of_years(match, year):
        return None
    frame = year_frame(year)
    return Piece("year", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False)


def _short_year(match: re.Match[str], scene: Scene) -> Piece | None:
    value = digits(match["y"] or match["y0"])
    if value is None:
        return None
    if scene.region == "taiwan" and value >= 50:
        value += 11  # 99年 is a year of the Republic there
    frame = year_frame(_full_year(value, scene.reference.year if scene.reference else None))
    return Piece("short_year", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False)


def _years(match: re.Match[str], scene: Scene) -> Piece | None:
    named = match.groupdict()
    first = digits(match["y"] or named["y2"]) or 0
    last = digits(match["z"] or named["z2"]) or 0
    if last < 100:
        last += first // 100 * 100
    frame = year_frame(first, last)
    if frame is None or last - first > 300:
        return None
    begin = first_month(scene.region, named.get("k") or "") if last == first + 1 else None
    if begin is not None:
        frame = month_frame(first, begin, begin + 11)
    return Piece("years", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False)


def _bc(match: re.Match[str], _scene: Scene) -> Piece | None:
    value = number(match["y"])
    if value is None or value < 1:
        return None
    if match["bc"]:
        reading = Reading(None, None, "year", "year", edtf=f"-{value - 1:04d}" if value > 1 else "0000")
        return Piece("year_bc", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)
    frame = year_frame(value)
    return Piece("year_ad", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False)


def _roc(match: re.Match[str], _scene: Scene) -> Piece | None:
    value = 1 if match["n"] == "元" else number(match["n"])
    if value is None:
        return None
    frame = year_frame(1911 + value, 1911 + value + 9 * bool(match["decade"]))
    return Piece("roc_year", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False)


def _roc_date(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 113/07/20 of a report of Taiwan."""
    frame = day_frame(1911 + int(match["y"]), int(match["m"]), int(match["d"]))
    if scene.region != "taiwan" or frame is None:
        return None
    return Piece("iso_date", match.start(), match.end(), Level.DAY, lambda _: frame, follows=False)


def _fiscal(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 2024Q1, 24H1 and 1Q24, as brokers write quarters and halves."""
    year = int(match["y"] or match["y2"])
    count = int(match["n"] or match["n2"])
    months = 3 if (match["k"] or match["k2"]) in "qQ" else 6
    if year < 100:
        year = _full_year(year, scene.reference.year if scene.reference else None)
    if months * count > 12:
        return None
    frame = month_frame(year, months * (count - 1) + 1, months * count)
    return Piece("fiscal", match.start(), match.end(), Level.PERIOD, lambda _: frame, follows=False)


def _roc_bare(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 115年 and 114学年度 of a report of Taiwan; elsewhere 115年 counts years."""
    if scene.region != "taiwan":
        return None
    year = 1911 + int(match["n"])
    frame = month_frame(year, 8, 19) if "学年" in match.group() else year_frame(year)
    return Piece("roc_year", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False)


# 11月的第一个星期二 dates what is planned, so its month is the nearest rather than the latest
_PLANNED_DAY = lazy_pattern(rf"份?的?第{SMALL}个?(?:周|星期|礼拜)[一二三四五六日天]")


def _months_of(scene: Scene, first: int, last: int, end: int) -> Callable[[Reading | None], Reading | None]:
    ahead = 180 if _PLANNED_DAY.match(scene.text, end) else 45 if last > first else 20

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is not None:
            return month_frame(frame.begin.year, first, last) if frame.begin else None
        told = pick(scene, lambda year: month_frame(year, first, last), ahead)
        if first == 1 < last and told is not None and told.end is not None and told.begin is not None:
            # 1-10月 sums up what is over: said in January, it is of last year
            today = scene.reference
            if scene.governing is None and not scene.future and today and (told.end - today).days > 10:
                return month_frame(told.begin.year - 1, first, last)
        return told

    return narrow


def _month(match: re.Match[str], scene: Scene) -> Piece | None:
    month = number(match["m"])
    if month is None or not 1 <= month <= 12:
        return None
    return Piece(
        "month", match.start(), match.end(), Level.MONTH, _months_of(scene, month, month, match.end())
    )


def _months(match: re.Match[str], scene: Scene) -> Piece | None:
    first, last = number(match["m"]), number(match["n"])
    if first is None or last is None or first == last:
        return None
    last = last if last > first else last + 12
    return Piece(
        "months", match.start(), match.end(), Level.MONTH, _months_of(scene, first, last, match.end())
    )


def _pick_month(scene: Scene, first: int, last: int) -> Reading | None:
    """Find the month of a bare day (8日): near the day spoken of before it, else near the report's date."""
    spoken = scene.last.reading if scene.last is not None else None
    today = scene.reference
    if spoken is not None and spoken.begin is not None and spoken.end is not None:
        far = today is None or abs((today - spoken.begin).days) > 60
        if spoken.last == "month" and spoken.begin.month == spoken.end.month and (far or scene.near):
            return _in_month(spoken.begin.year, spoken.begin.month, first, last)
        if spoken.last == "day" and (far or scene.near):
            return _nearest(_around(spoken.begin, first, last), spoken.begin)
    if today is None:
        return None
    # news looks back, but 26日 said on the 24th without more is two days ahead
    limit = shift_day(today, 31 if scene.future else 6)
    inside = [r for r in _around(today, first, last) if r.begin and limit and r.begin <= limit]
    ahead = [r for r in inside if r.end and r.end >= today]
    if scene.future and ahead:
        return ahead[0]
    return inside[-1] if inside else None


@lru_cache(maxsize=4096)
def _around(day: datetime.date, first: int, last: int) -> tuple[Reading, ...]:
    """The readings of a day of the month in the months around a date, earliest first."""
    months = [add_months(day.replace(day=1), shift) for shift in (-2, -1, 0, 1)]
    found = [_in_month(month.year, month.month, first, last) for month in months if month]
    return tuple(reading for reading in found if reading is not None)


def _nearest(readings: tuple[Reading, ...], day: datetime.date) -> Reading | None:
    return min(readings, key=lambda r: abs((r.begin - day).days) if r.begin else 0, default=None)


def _months_pair(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 七八月 as July and August."""
    first = number(match["pair"][0]) or 1
    return Piece(
        "months", match.start(), match.end(), Level.MONTH, _months_of(scene, first, first + 1, match.end())
    )


def _in_month(year: int, month: int, first: int, last: int) -> Reading | None:
    begin, end = day_frame(year, month, first), day_frame(year, month, last)
    if begin is None or end is None or begin.begin is None or end.begin is None or last < first:
        return None
    return Reading(begin.begin, end.begin, "day", "day")


def _days_of(scene: Scene, first: int, last: int) -> Callable[[Reading | None], Reading | None]:
    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None:
            return _pick_month(scene, first, last)
        if frame.begin is None:
            return None
        return _in_month(frame.begin.year, frame.begin.month, first, last)

    return narrow


def _month_day(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read month and day as one piece, for the year of a bare 2月29日 depends on both."""
    month, first = number(match["m"]), number(match["d"])
    last = number(match["e"]) if match["e"] else first
    if month is None or first is None or last is None or not (1 <= first <= 31 and 1 <= last <= 31):
        return None

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is not None:
            return _in_month(frame.begin.year, month, first, last) if frame.begin else None
        return pick(scene, lambda year: _in_month(year, month, first, last), ahead=45)

    apart = _are_apart(match, first, last)
    return Piece("month_day", match.start(), match.end(), Level.DAY - 1, narrow, optional=apart)


def _are_apart(match: re.Match[str], first: int, last: int) -> bool:
    """Whether two days are listed (3、7日) that no interval holds without others."""
    return last - first > 1 and bool(re.search("[、和]", match.group()))


def _day(match: re.Match[str], scene: Scene) -> Piece | None:
    first = number(match["d"])
    last = number(match["e"]) if match["e"] else first
    if first is None or last is None or not (1 <= first <= 31 and first <= last <= 31):
        return None
    sure = scene.whole or (match["d"][0].isdigit() and match["unit"] == "日")
    return Piece(
        "day",
        match.start(),
        match.end(),
        Level.DAY,
        _days_of(scene, first, last),
        alone=sure,
        optional=_are_apart(match, first, last),
    )


_TWO_HAN = r"(?:[〇零九八七六][〇零一二三四五六七八九]|一[〇零一二三四五六七八九]|二[〇零一二三四五六])"
_DURATION = r"来|前|后|间|的历史|历史|以上|多"
# 15、16日 and 11日和12日 are days in a row
_PAIR = r"[、和](?=[0-9])"
_PAIRS = ("一二", "二三", "三四", "四五", "五六", "六七", "七八", "八九")
_UNIT_MONTH = r"[ ]?月(?:份)?(?!龄|薪|球|亮|光|饼|租|嫂|牙|票|息(?!差)|影|食|色|壤|背|面|刊|报|台|嫂|供|活)"
_UNIT_DAY = r"[ ]?(?P<unit>日(?!本(?![报台社网刊])|[元内间游龄子常])|号(?![楼线机院店文桥井车馆厅门坑墓沟称召角码令]))"

RULES: tuple[Rule, ...] = (
    Rule(
        "iso_date",
        r"(?<![0-9A-Za-z./])(?<![A-Za-z]-)(?P<y>[12][0-9]{3})[ ]?(?P<sep>[-/.])[ ]?(?P<m>[0-9]{1,2})[ ]?[-/.][ ]?(?P<d>[0-9]{1,2})(?![0-9]|[./-][0-9]{1,2}(?![0-9:：]))",
        _iso,
    ),
    Rule(
        "iso_month",
        r"(?:(?<![0-9A-Za-z./-])|(?<=[./][01][0-9]-))(?P<y>(?:19|20)[0-9]{2})[-/.](?P<m>0[1-9]|1[0-2])(?![0-9%年个万亿元]|[./][0-9]|-[0-9]{1,2}(?![0-9]))",
        _iso_month,
    ),
    Rule(
        "slashed_date",
        r"(?<![0-9A-Za-z./])(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>[0-9]{4}|[0-9]{2})(?![0-9/])",
        _slashed,
    ),
    Rule(
        "years",
        f"(?P<y>{YEAR4}|{_HAN4})[ ]?年?(?:{DASH}|[、/])(?P<z>(?:1[0-9]|20|21)[0-9]{{2}}|{_HAN4}|(?<=[-/])[0-9]{{2}}|(?<=至)(?:[0-9]{{2}}|[二三][〇零○一二三四五六七八九])(?=财政|会计|学?年度))[ ]?(?P<k>(?:财政|会计|财务)年度|财年|学年度?|年(?:度|间)?|赛季|冰?雪季|榨季|[供采]暖季)",
        _years,
    ),
    Rule(
        "years_bare",
        f"(?:(?<=从)(?P<y>{YEAR4})(?:到|至)(?P<z>{YEAR4})(?![0-9年万亿元个人件名次户.])|(?P<y2>{YEAR4}){DASH}(?P<z2>{YEAR4})(?=[的这][二两三四五六七八九十0-9]{{1,2}}年))",
        _years,
    ),
    Rule(
        "year",
        f"(?P<y>{YEAR4}|{YEAR_HAN})[ ]?(?:财年|(?:财政|会计|财务)年度|年度?(?:财报)?(?!份)|年份){_NO_YEAR}",
        _year,
    ),
    Rule(
        "year_short",
        r"(?<![0-9.A-Za-z-])(?P<y>(?:19|20)[0-9]{2})(?=[ ]?(?:全年|[上下]半年|前三季度|第?[一二三四]季度))",
        _year,
    ),
    Rule("year_ad", r"公元(?P<bc>前)?(?P<y>[0-9]{1,4}|[一二三四五六七八九十百千〇零]{1,7})年", _bc),
    Rule(
        "roc_year",
        rf"民[ ]?国(?P<n>{_ALONE}[0-9]{{1,3}}|元|[一二三四五六七八九十百]{{1,5}})[ ]?年(?:度|(?P<decade>代))?",
        _roc,
    ),
    Rule(
        "roc_date",
        r"(?<![0-9A-Za-z./-])(?P<y>1[01][0-9])[./-](?P<m>[01]?[0-9])[./-](?P<d>[0-3]?[0-9])(?![0-9./-])",
        _roc_date,
    ),
    Rule(
        "fiscal",
        r"(?<![0-9A-Za-z.])(?:(?P<y>20[0-9]{2}|[12][0-9])年?[ ]?(?P<k>[QqHh])(?P<n>[1-4])|(?P<n2>[1-4])(?P<k2>[QH])(?P<y2>20[0-9]{2}|[12][0-9]))(?![0-9A-Za-z])",
        _fiscal,
    ),
    Rule("roc_bare", rf"{_ALONE}(?P<n>1[0-4][0-9])[ ]?(?:年度?|学年度?|会计年度)(?!{_DURATION})", _roc_bare),
    Rule(
        "short_year",
        rf"(?:(?<=['’‘`])|{_ALONE})(?:(?P<y>[0-9]{{2}}|{_TWO_HAN})[ ]?年(?=[ ]?{MONTH}月|底|初|末|上半年|下半年|第|春|夏|秋|冬)|(?P<y0>0[0-9]|(?<=['’‘`])[0-9]{{2}})[ ]?年)(?!级|代)",
        _short_year,
    ),
    Rule(
        "months",
        rf"{_ALONE}(?P<m>{MONTH})(?:(?:[ ]?月)?{DASH}|、)(?P<n>{MONTH}){_UNIT_MONTH}(?!{SMALL}[日号])",
        _months,
    ),
    Rule("months_pair", rf"{_ALONE}(?P<pair>{'|'.join(_PAIRS)})月份?(?!{SMALL}[日号])", _months_pair),
    Rule(
        "month_day",
        rf"{_ALONE}(?P<m>{MONTH})[ ]?月[ ]?(?P<d>{SMALL})(?:(?:{DASH}|{_PAIR})(?P<e>{SMALL}))?[ ]?[日号]",
        _month_day,
    ),
    Rule("month", rf"{_ALONE}(?!一月一[^日号])(?P<m>{MONTH}){_UNIT_MONTH}", _month),
    Rule("day", rf"{_ALONE}(?P<d>{SMALL})(?:(?:{DASH}|{_PAIR})(?P<e>{SMALL}))?{_UNIT_DAY}", _day),
)
