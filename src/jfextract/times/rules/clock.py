"""Times of day: 上午, 9时30分, 下午3点半, 20:00, 8:30pm."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from jfextract.times.clock import DAY, day_parts, part_clock
from jfextract.times.expression import Reading
from jfextract.times.frames import days_frame
from jfextract.times.piece import Level, Narrow, Piece, Rule, Scene
from jfextract.times.words import either, number

__all__ = ["heads", "rules"]


def _today(scene: Scene) -> Reading | None:
    """The day of a bare clock time: the one spoken of before it, else the report's."""
    spoken = scene.last.reading if scene.last is not None else None
    if (
        spoken is not None
        and spoken.begin is not None
        and spoken.last == "day"
        and spoken.begin == spoken.end
    ):
        return days_frame(spoken.begin, spoken.begin)
    return days_frame(scene.reference, scene.reference) if scene.reference else None


def _part(match: re.Match[str], scene: Scene) -> Piece | None:
    word = match["p"]

    def narrow(frame: Reading | None) -> Reading | None:
        frame = frame or _today(scene)
        return part_clock(frame, word) if frame is not None else None

    return Piece("part_of_day", match.start(), match.end(), Level.PART, narrow, alone=scene.whole)


def _seconds(match: re.Match[str]) -> tuple[int, int] | None:
    """Seconds since midnight of what is written, and how long the last unit lasts."""
    hour = number(match["h"])
    if hour is None or hour > 24:
        return None
    minute, second = match["mi"] or match["mi2"] or "0", match["s"] or match["s2"] or "0"
    minutes, seconds = number(minute), number(second)
    if match["half"]:
        minutes = 30
    elif match["quarter"]:
        minutes = 45 if match["quarter"] == "三" else 15
    elif match["fives"]:  # 三点搭一 and 三点三个字 count five minutes each
        minutes = 30 if match["fives"] == "半" else 5 * (number(match["fives"]) or 0)
    if minutes is None or seconds is None or minutes > 59 or seconds > 59:
        return None
    told = match["mi"] or match["mi2"] or match["half"] or match["quarter"] or match["fives"]
    length = 1 if match["s"] or match["s2"] else 60 if told else 3600
    return hour * 3600 + minutes * 60 + seconds, length


def _afternoon(value: int, part: str | None, half_day: str) -> int:
    """Move an hour to the half of the day that 下午, 晚 or pm says."""
    if half_day.startswith("p") and value < DAY // 2:
        return value + DAY // 2
    if half_day.startswith("a") and DAY // 2 <= value < DAY // 2 + 3600:
        return value - DAY // 2
    if (
        part
        and value < DAY // 2
        and (day_parts()[part][2] or (part in ("中午", "午间") and value < 4 * 3600))
    ):
        return value + DAY // 2
    return value


def _at(scene: Scene, begin: int, end: int) -> Narrow:
    """Narrow a day to a stretch of it; behind 下午 an hour below 12 is one after noon."""

    def narrow(frame: Reading | None) -> Reading | None:
        inside = frame.clock if frame is not None else None
        frame = frame or _today(scene)
        if frame is None:
            return None
        afternoon = inside is not None and inside[0] >= DAY // 2 and begin < DAY // 2
        shift = DAY // 2 if afternoon else 0
        return replace(frame, clock=(begin + shift, end + shift))

    return narrow


def _clock(match: re.Match[str], scene: Scene) -> Piece | None:
    told = _seconds(match)
    if told is None:
        return None
    half_day = (match["ampm"] or "").lower()
    part = match["p"]
    begin = _afternoon(told[0], part, half_day)
    figure = match["h"][0] in "0123456789"
    sure = scene.whole or bool(
        part or half_day or (match["hour"] == "时" and figure) or (match["mi2"] and match["hour"])
    )
    level = Level.PART if part else Level.CLOCK
    narrow = _at(scene, begin, begin + told[1])
    return Piece("clock", match.start(), match.end(), level, narrow, alone=sure, closed=True)


def _hours(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 早上五到六点, 晚上9~11点 and 下午七八点."""
    first, last = number(match["h0"]), number(match["h"])
    if first is None or last is None or not first < last <= 24:
        return None
    begin, end = (_afternoon(hour * 3600, match["p"], "") for hour in (first, last))
    end += 0 if match["dash"] else 3600
    level = Level.PART if match["p"] else Level.CLOCK
    sure = scene.whole or bool(match["p"])
    return Piece("hours", match.start(), match.end(), level, _at(scene, begin, end), alone=sure, closed=True)


def heads() -> set[str]:
    """The first two characters of the parts of the day."""
    return {word[:2] for word in day_parts()}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of this module; the parts of the day come from ``data/day_parts.tsv``."""
    words = either(day_parts())
    small = r"(?:[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|[〇零]?[一二三四五六七八九])"
    hour = r"(?:[01]?[0-9]|2[0-4]|二?十[一二三四]?|十[一二三四五六七八九]|[零一二两三四五六七八九])"
    not_point, not_hour = "档赞位球名左半钟", "间速代期候尚刻常段而任有局区长隔钟半"
    digits_clock = r"[:：](?P<mi>[0-5][0-9])(?:[:：](?P<s>[0-5][0-9]))?(?![0-9:])"
    spoken = (
        rf"[ ]?(?P<hour>[点时])(?:钟(?!头)|整|许|(?P<half>半)|(?P<quarter>[一三1])刻|搭?(?P<fives>(?<=搭)半|(?<=搭)[一二三四五六七八九十]{{1,2}}|[一二三四五六七八九十]{{1,2}}(?=个字))(?:个字)?"
        rf"|[ ]?(?P<mi2>{small})(?:分(?!之)(?:(?P<s2>{small})秒)?|(?=$|[,，。、；至到]))"
        rf"|(?<=点)(?![0-9{not_point}])|(?<=时)(?![0-9{not_hour}]))"
    )
    ampm = r"(?:[ ]?(?P<ampm>[aApP](?:\.?[mM]\.?)?)(?![A-Za-z]))?"
    start = rf"(?<![0-9.:：])(?<![第几数百千万])(?P<h>{hour})"
    body = rf"{start}(?:{digits_clock}|{spoken}|(?=[ ]?[aApP]\.?[mM]))" + ampm
    hours = rf"(?<![0-9.:：])(?P<h0>{hour})(?:(?P<dash>[-—~～]|至|到)|(?<=[二三四五六七八九]))(?P<h>{hour})(?<![0-9][0-9][0-9])[点时](?!间|[0-9半一二三四五])"
    not_part = r"(?!报|会|辈|婚|稻|餐|饭|年|点|期|熟|市|宴|霞|班|景|色|读|高峰|盘|安|育|产|恋|秀|茶|自习|明|归|光|晚|曦|风|雾|练|跑|操|钟|校|经济|来|已|日|在|些)"
    return (
        Rule("part_hours", rf"(?P<p>{words}){hours}", _hours),
        Rule("hours_clock", rf"(?P<p>(?!))?{hours}", _hours),
        Rule("part_clock", rf"(?P<p>{words}){body}", _clock),
        Rule("clock", rf"(?P<p>(?!))?{body}", _clock),
        Rule("part_of_day", rf"(?P<p>{words}){not_part}", _part),
    )
