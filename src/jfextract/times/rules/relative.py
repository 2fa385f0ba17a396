"""Words that point from the report's date: 今年, 去年, 上月, 昨晚, 本周三, 上周末, 年底."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.times.clock import part_clock
from jfextract.times.expression import Reading
from jfextract.times.frames import add_months, day_frame, days_frame, month_frame, shift_day, year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.words import either

__all__ = ["heads", "rules"]

_LEVELS = {
    "day": Level.DAY,
    "month": Level.MONTH,
    "quarter": Level.PERIOD,
    "week": Level.WEEK,
    "year": Level.YEAR,
}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {
    "天": 6,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
    "7": 6,
}


def shifted(base: datetime.date, unit: str, offset: int) -> Reading | None:
    """The day, month, quarter or year that is ``offset`` units from the one ``base`` lies in."""
    if unit == "year":
        return year_frame(base.year + offset)
    if unit == "month":
        return month_frame(base.year, base.month + offset)
    if unit == "quarter":
        first = (base.month - 1) // 3 * 3 + 1 + 3 * offset
        return month_frame(base.year, first, first + 2)
    if unit == "week":
        monday = shift_day(base, -base.weekday() + 7 * offset)
        sunday = shift_day(monday, 6) if monday else None
        return days_frame(monday, sunday) if monday and sunday else None
    day = shift_day(base, offset)
    return days_frame(day, day) if day else None


_COMPARED_BEFORE = re.compile(r"[比较与和同由从于跟超逊似平]\Z|超过\Z|相当\Z")
_COMPARED_AFTER = re.compile(r"(?:同期|末|底)?的?(?:为|是|[0-9.]+[%个点])")


def _is_compared(text: str, start: int, end: int) -> bool:
    """Whether something is measured against the words: 较上月, 由上月的49.2%, 上月为49.2%."""
    return bool(_COMPARED_BEFORE.search(text, max(0, start - 2), start) or _COMPARED_AFTER.match(text, end))


def _base(scene: Scene, of: str, unit: str, offset: int, start: int, end: int) -> datetime.date | None:
    """The date a word counts from: the report's, or for 上年, 次日, 当天, 较上月 what governs them."""
    spoken = scene.last.reading if scene.last is not None else None
    if of == "context":
        if (
            unit in ("day", "week")
            and spoken is not None
            and spoken.last == "day"
            and (spoken.begin == spoken.end or unit == "week")
        ):
            return spoken.begin or spoken.end
        if (
            unit == "month"
            and spoken is not None
            and spoken.last in ("month", "day")
            and spoken.begin is not None
        ):
            return spoken.begin
        if unit == "month" and offset == 0 and scene.months is not None:
            return scene.months.end
        # 次年 follows whatever year was named; 上年 only one that the text keeps to (园区始建于2010年。产值比上年…)
        if unit in ("quarter", "half", "year") and scene.year is not None and (scene.steady or offset >= 0):
            return scene.year.begin
    if of == "compared" and scene.months is not None and _is_compared(scene.text, start, end):
        return scene.months.end
    today = scene.reference
    if (
        unit == "month"
        and today is not None
        and today.day <= 5
        and spoken is not None
        and spoken.last == "day"
    ):
        # 1月31日称，本月28日 in a report of the 1st of February: the month of the one who speaks
        return spoken.begin if spoken.begin and 0 < (today - spoken.begin).days <= 10 else today
    return today


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, int, str, str, bool]]:
    rows = room_table(
        "times", "relative.tsv", ("word", "unit", "offset", "base", "part", "optional"), key="word"
    )
    return {
        r["word"]: (r["unit"], int(r["offset"]), r["base"], r["part"], r["optional"] == "yes") for r in rows
    }


def _word(match: re.Match[str], scene: Scene) -> Piece | None:
    unit, offset, of, part, optional = _words()[match["w"]]
    base = _base(scene, of, unit, offset, match.start(), match.end())
    reading = shifted(base, unit, offset) if base else None
    if reading is not None and part:
        reading = part_clock(reading, part)
    level = Level.PART if part else _LEVELS[unit]
    return Piece(
        f"relative_{unit}",
        match.start(),
        match.end(),
        level,
        lambda _: reading,
        follows=False,
        optional=optional,
    )


def _week(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 本周, 上上周, 下周三, 上个星期天, 这周末; a week begins on Monday."""
    word = match["w"] or ""
    offset = -word.count("上") + word.count("下")
    week = shifted(scene.reference, "week", offset) if scene.reference else None
    if match["half"]:
        reading = _weekdays(week, 0, 2) if match["half"] == "上" else _weekdays(week, 3, 6)
    elif match["d"] is None:
        reading = week
    elif match["d"] == "末":
        reading = _weekdays(week, 5, 6)
    else:
        day = _WEEKDAYS[match["d"]]
        reading = _weekdays(week, day, day)
    level = Level.DAY if match["d"] else Level.WEEK
    return Piece("week", match.start(), match.end(), level, lambda _: reading, follows=False)


def _weekdays(week: Reading | None, first: int, last: int) -> Reading | None:
    if week is None or week.begin is None:
        return None
    begin, end = shift_day(week.begin, first), shift_day(week.begin, last)
    return days_frame(begin, end) if begin and end else None


def _weekday(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read a bare 周一 as the latest, or the next one when the words look forward; after a date it repeats it."""
    first = 5 if match["d"] == "末" else _WEEKDAYS[match["d"]]
    last = 6 if match["d"] == "末" else first

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is not None and frame.begin is not None and frame.end is not None:
            if (frame.end - frame.begin).days != 6:
                return frame
            found = shift_day(frame.begin, (first - frame.begin.weekday()) % 7)  # 周一至周五
            end = shift_day(found, last - first) if found else None
            return days_frame(found, end) if found and end else None
        today = scene.reference
        if today is None:
            return None
        week = shifted(today, "week", 0)
        if scene.future and today.weekday() > last:
            week = shifted(today, "week", 1)
        elif not scene.future and today.weekday() < first:
            week = shifted(today, "week", -1)
        return _weekdays(week, first, last)

    vague = match["d"] == "末" and not scene.whole
    return Piece("weekday", match.start(), match.end(), Level.WEEKDAY, narrow, optional=vague)


def _edge(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 年底, 年初, 月末 and, behind a year or month, 底, 初, 末: the month they fall in (ruling 20, 25)."""
    unit, edge = match["unit"], match["edge"]

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None:
            compared = _is_compared(scene.text, match.start(), match.end())
            aimed = scene.text[max(0, match.start() - 1) : match.start()] in (
                "到",
                "至",
            ) or scene.text.startswith("前", match.end())
            frame = _bare_edge(scene, unit, edge, compared, aimed)
        if frame is None or frame.begin is None or frame.end is None:
            return None
        if frame.first in ("century", "decade"):
            return frame
        if edge == "初":
            return month_frame(frame.begin.year, frame.begin.month)
        if edge == "中" and frame.first == "year":
            return month_frame(frame.begin.year, 6, 7)
        if edge == "中":
            return frame
        return month_frame(frame.end.year, frame.end.month)

    return Piece("edge", match.start(), match.end(), Level.EDGE, narrow, alone=bool(unit))


def _bare_edge(scene: Scene, unit: str | None, edge: str, compared: bool, aimed: bool) -> Reading | None:
    """Which year a bare 年底 means: the governing one, else this year; in January the one just over.

    ``compared`` is for 较年初 and 从年初, which are of the year that the paragraph speaks of; ``aimed`` for
    到年末 and 年末前, which are still to come.
    """
    if scene.governing is not None and scene.governing.begin is not None and unit != "月":
        return year_frame(scene.governing.begin.year)
    if compared and unit != "月" and scene.year is not None and scene.steady:
        return scene.year
    today = scene.reference
    if today is None:
        return None
    if unit == "月":
        spoken = scene.last.reading if scene.last is not None else None
        if scene.near and spoken is not None and spoken.begin is not None and spoken.last == "month":
            return month_frame(spoken.begin.year, spoken.begin.month)
        before = add_months(today, -1) if edge in "底末" and today.day <= 10 and not scene.future else today
        return month_frame(before.year, before.month) if before else None
    # 年末 counts what there was at the end of a year: news has it only when that year is over
    latest = 11 if edge == "末" and not aimed else 2
    looks_back = edge in "底末" and today.month <= latest and not scene.future
    return year_frame(today.year - 1 if looks_back else today.year)


def _from_now_on(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 今起, 明起 and 即日起 as the time from that day on."""
    day = shifted(scene.reference, "day", int(match["w"] == "明")) if scene.reference else None
    reading = replace(day, end=None) if day is not None else None
    return Piece("from_now_on", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


_GLOSSED = {"大前": -3, "前": -2, "昨": -1, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1, "下": 1, "后": 2}


def _glossed(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 昨(5)日, 今(6)月 and 去(112)年 of reports of Taiwan: the bracket says which day, month or year it is."""
    today, count, unit = scene.reference, int(match["n"]), match["u"]
    if unit == "年":
        year = count if count >= 1000 else count + 1911
        told = year_frame(year)
        level = Level.YEAR
    elif unit == "月":
        near = (
            [month_frame(today.year + shift, count) for shift in (-1, 0, 1)] if today and count <= 12 else []
        )
        told = _closest(near, today, 31 * _GLOSSED[match["w"]])
        level = Level.MONTH
    else:
        months = [add_months(today, shift) for shift in (-1, 0, 1)] if today else []
        told = _closest(
            [day_frame(month.year, month.month, count) for month in months if month],
            today,
            _GLOSSED[match["w"]],
        )
        level = Level.DAY
    return Piece(
        f"glossed_{'year' if unit == '年' else 'month' if unit == '月' else 'day'}",
        match.start(), match.end(), level, lambda _: told, follows=unit in "日天",
    )  # fmt: skip


def _closest(readings: list[Reading | None], today: datetime.date | None, days: int) -> Reading | None:
    """The reading that begins nearest to so many days from today; None without any."""
    aim = shift_day(today, days) if today else None
    found = [(abs((r.begin - aim).days), r) for r in readings if r is not None and r.begin and aim]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _xun(match: re.Match[str], _scene: Scene) -> Piece | None:
    """Read 上旬, 中旬, 下旬, 中下旬 behind a month as days (ruling 25)."""
    words = match["x"]
    first = 1 if words[0] == "上" else 11 if words[0] == "中" else 21
    last = 10 if words[-1] == "上" else 20 if words[-1] == "中" else 31

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is None or frame.begin is None or frame.end is None:
            return None
        begin = day_frame(frame.begin.year, frame.begin.month, first)
        end = frame.end if last == 31 else frame.end.replace(day=last)
        return days_frame(begin.begin, end) if begin and begin.begin else None

    return Piece("ten_days", match.start(), match.end(), Level.WEEK, narrow, alone=False)


def _this_year(match: re.Match[str], scene: Scene) -> Piece | None:
    reading = year_frame(scene.reference.year) if scene.reference else None
    return Piece(
        "within_year", match.start(), match.end(), Level.YEAR, lambda _: reading, follows=False, closed=True
    )


def _two_years(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 今明两年, 去今两年 and 明后两天."""
    offsets = {"前": -2, "昨": -1, "去": -1, "今": 0, "明": 1, "后": 2}
    first, last = offsets[match["a"] or match["a2"]], offsets[match["b"] or match["b2"]]
    today = scene.reference
    if match.group()[-1] in "天日":
        begin, end = (shift_day(today, offset) if today else None for offset in (first, last))
        days = days_frame(begin, end) if begin and end and begin < end else None
        return Piece("two_days", match.start(), match.end(), Level.DAY, lambda _: days, follows=False)
    reading = year_frame(today.year + first, today.year + last) if today and first < last else None
    return Piece("two_years", match.start(), match.end(), Level.YEAR, lambda _: reading, follows=False)


_AFTER_EDGE_WORD = {
    "初": r"初(?!中|创|步|心|级|衷|始|次|审|试|赛|恋|见|识|露|学|一|二|三|四|五|六|七|八|九|十|夏|秋|冬|春|选|衷|稿|期|具|显|现|加工)",
    "末": r"末(?!端|日|班|梢|路|位)",
    "底": r"底(?!特律|线|层|部|盘|蕴|座|气(?![候温象])|色|数|下|片|仓|价|薪|图|栖|泥|肥|水)",
    "中": r"中(?=[,，。、；;：:）)的时将和至\s]|$)(?!的)",
}
EDGES = "|".join(_AFTER_EDGE_WORD.values())


def heads() -> set[str]:
    """The first three characters of the words of this module."""
    return {word[:3] for word in _words()}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of this module; the words come from ``data/relative.tsv``."""
    words = either(_words())
    # characters that make another word with the first one of a word: 目前|年, 人次|年, 说明|天, 过去|年, 日本|月
    swallowed = {
        "次": "人层梯本首此该每届批车班架户频单依多再逐", "前": "目此以之提日", "后": "今以此之往然随最", "来": "未近以本年起原历",
        "明": "说表证声文透阐分光发", "当": "相应每正适恰该", "同": "相共如不合协", "本": "日基成资版样根课剧脚标文",
        "上": "以线水海网马路晚", "下": "以天地线", "去": "下出失",
    }  # fmt: skip
    parts = "|".join(f"(?<=[{before}]){first}" for first, before in swallowed.items())
    parts += "|(?<=[^超胜不通]过)去"
    guard = rf"(?!{parts})(?<!美好)(?<!美好的)(?<!更好的)(?<!灿烂的)"
    return (
        Rule(
            "two_years",
            r"(?P<a>[前去今明])(?P<b>[今明后])(?:[二两]年|年)(?!级)|(?P<a2>[前昨今明])(?P<b2>[昨今明后])(?:[两二][天日]|(?<=明后)天(?!气))",
            _two_years,
        ),
        Rule(
            "relative",
            rf"{guard}(?P<w>{words})(?!级|龄|轻|夜饭|画|货|味|节目|头条|说法|话|代(?!表|理|码|替|工)|见|一定|更|会更|必)",
            _word,
        ),
        Rule(
            "week",
            r"(?:(?P<w>上上|下下|上|下|本|这|今)(?:一|个)?(?:个)?|(?P<half>[上下])半)(?:周|星期|礼拜)(?:(?P<d>[一二三四五六日天末1-6])(?!年|期|天)|(?!年|边|岁|期|刊|报|转|密|全|到|遭|围|长|折|游|庄|口|村|线))",
            _week,
        ),
        Rule(
            "weekday",
            r"(?<![上下本这每一二三四五六七八九十两几0-9])(?:周|星期|礼拜)(?P<d>[一二三四五六日天末1-6])(?!年|天|个|刊|报|届|次|岁|期|家|组|[0-9])",
            _weekday,
        ),
        Rule(
            "within_year",
            r"(?<![0-9一二三四五六七八九十两几多半去今前后明同])年内(?!蒙|涵|部|容|在|生|外|罗|阁|政|战)",
            _this_year,
        ),
        Rule(
            "year_edge",
            rf"(?<![0-9一二三四五六七八九十两几多半〇零])(?:岁末(?=年初))?(?P<unit>年)(?P<edge>{EDGES})",
            _edge,
        ),
        Rule(
            "month_edge",
            rf"(?<![0-9一二三四五六七八九十两几个])(?P<unit>月)(?P<edge>{_AFTER_EDGE_WORD['初']}|{_AFTER_EDGE_WORD['底']}|{_AFTER_EDGE_WORD['末']})",
            _edge,
        ),
        Rule("edge", rf"(?P<unit>(?!))?(?<=[年月度半代纪期])(?P<edge>{EDGES})", _edge),
        Rule(
            "from_now_on",
            r"(?:(?<![古当如至于从])(?P<w>[今明])|即日)起(?![码步来床伏诉源点])",
            _from_now_on,
        ),
        Rule(
            "glossed",
            r"(?P<w>大前|[前昨今明后去上本下])[ ]?[(（](?P<n>[0-9]{1,4})[)）][ ]?(?P<u>[年月日天])(?!前|后|来|内)",
            _glossed,
        ),
        Rule("ten_days", r"(?P<x>[上中][、]?[中下]|[上中下])旬", _xun),
    )
