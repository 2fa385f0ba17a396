"""Times of day: 上午, 9时30分, 下午3点半, 20:00, 8:30pm."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from jfextract.times.clock import DAY, day_parts, part_clock
from jfextract.times.expression import Reading
from jfextract.times.frames import days_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.words import either, number

__all__ = ["rules"]


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
    minute, second = match["mi"] or match["mi2"], match["s"] or match["s2"]
    if hour is None or hour > 24:
        return None
    length = 3600
    value = hour * 3600
    if match["half"]:
        value, length = value + 1800, 60
    elif match["quarter"]:
        value, length = value + 900 * (3 if match["quarter"] == "三" else 1), 60
    elif minute:
        minutes = number(minute)
        if minutes is None or minutes > 59:
            return None
        value, length = value + 60 * minutes, 60
    if second:
        seconds = number(second)
        if seconds is None or seconds > 59:
            return None
        value, length = value + seconds, 1
    return value, length


def _clock(match: re.Match[str], scene: Scene) -> Piece | None:
    told = _seconds(match)
    if told is None:
        return None
    value, length = told
    half = (match["ampm"] or "").lower()
    part = match["p"]
    if half.startswith("p") and value < DAY // 2:
        value += DAY // 2
    elif half.startswith("a") and DAY // 2 <= value < DAY // 2 + 3600:
        value -= DAY // 2
    elif (
        part and value < DAY // 2 and (day_parts()[part][2] or part in ("中午", "午间") and value < 4 * 3600)
    ):
        value += DAY // 2

    def narrow(frame: Reading | None) -> Reading | None:
        inside = frame.clock if frame is not None else None
        frame = frame or _today(scene)
        if frame is None:
            return None
        afternoon = inside is not None and inside[0] >= DAY // 2 and value < DAY // 2
        begin = value + DAY // 2 if afternoon else value
        return replace(frame, clock=(begin, begin + length))

    sure = scene.whole or bool(
        part
        or half
        or (match["hour"] == "时" and match["h"][0] in "0123456789")
        or (match["mi2"] and match["hour"])
    )
    level = Level.PART if part else Level.CLOCK
    return Piece("clock", match.start(), match.end(), level, narrow, alone=sure, closed=True)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of this module; the parts of the day come from ``data/day_parts.tsv``."""
    words = either(day_parts())
    small = r"(?:[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]?|[〇零]?[一二三四五六七八九])"
    hour = r"(?:[01]?[0-9]|2[0-4]|二?十[一二三四]?|十[一二三四五六七八九]|[零一二两三四五六七八九])"
    body = (
        rf"(?<![0-9.:：])(?<![第几数百千万])(?P<h>{hour})"
        rf"(?:[:：](?P<mi>[0-5][0-9])(?:[:：](?P<s>[0-5][0-9]))?(?![0-9:：])"
        rf"|[ ]?(?P<hour>[点时])(?:钟(?!头)|整|许|(?P<half>半)|(?P<quarter>[一三1])刻|[ ]?(?P<mi2>{small})(?:分(?!之)(?:(?P<s2>{small})秒)?|(?=$|[,，。、；至到]))|(?!间|速|代|期|候|尚|刻|常|段|而|任|有|局|区|长|隔|钟|左|半|赞|位|球|名|[0-9])))"
        rf"(?:[ ]?(?P<ampm>[aApP]\.?[mM]\.?))?"
    )
    return (
        Rule("part_clock", rf"(?P<p>{words}){body}", _clock),
        Rule("clock", rf"(?P<p>(?!)x)?{body}", _clock),
        Rule(
            "part_of_day",
            rf"(?P<p>{words})(?!报|会|辈|婚|稻|餐|饭|年|点|期|熟|市|宴|霞|班|景|色|读|高峰|盘|安|育|产|恋|秀|茶|自习|明|归|光|晚|曦|风|雾|练|跑|操|钟|校|经济|来|已|日|在)",
            _part,
        ),
    )
