"""Forms that mean a time only when a text is nothing else: 2018, 09-01, 十月31, 后日, 此刻."""

from __future__ import annotations

import re
from dataclasses import replace

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.times.almanac import lunar_day
from jfextract.times.expression import Reading
from jfextract.times.frames import day_frame, days_frame, pick, shift_day, year_frame
from jfextract.times.piece import Level, Narrow, Piece, Rule, Scene
from jfextract.times.rules.absolute import MONTH, SMALL
from jfextract.times.words import digits, number

__all__ = ["RULES"]


def _fixed(name: str, match: re.Match[str], level: int, reading: Reading | None) -> Piece:
    return Piece(name, match.start(), match.end(), level, lambda _: reading, follows=False)


def _bare_year(match: re.Match[str], _scene: Scene) -> Piece | None:
    return _fixed("bare_year", match, Level.YEAR, year_frame(int(match["y"])))


def _han_year(match: re.Match[str], scene: Scene) -> Piece | None:
    """Read 三三年 as the latest year with those two figures."""
    value = digits(match["y"])
    today = scene.reference.year if scene.reference else 2025
    full = None if value is None else today // 100 * 100 + value
    if full is None:
        return None
    return _fixed("han_year", match, Level.YEAR, year_frame(full - 100 if full > today + 10 else full))


def _compact(match: re.Match[str], _scene: Scene) -> Piece | None:
    reading = day_frame(int(match["y"]), int(match["m"]), int(match["d"]))
    return _fixed("compact_date", match, Level.DAY, reading) if reading else None


# a day past the tenth without 日, in a month that the lunar calendar calls by its number: 八月十五
_LUNAR_DAY = lazy_pattern(
    r"(?:[二三四五六七八九]|十)月(?:十[一二三四五六七八九]|二十[一二三四五六七八九]?|三十)"
)


def _month_day(match: re.Match[str], scene: Scene) -> Piece | None:
    month, day = number(match["m"]), number(match["d"])
    if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None

    def narrow(frame: Reading | None) -> Reading | None:
        if frame is not None:
            return day_frame(frame.begin.year, month, day) if frame.begin else None
        if frame is None and _LUNAR_DAY.fullmatch(match.group()):
            return pick(scene, lambda year: lunar_day(year, month, day), ahead=45)
        if "月" not in match.group() and scene.reference is not None:
            return day_frame(scene.reference.year, month, day)
        return pick(scene, lambda year: day_frame(year, month, day), ahead=45)

    inside: Narrow = narrow
    return Piece("month_day_bare", match.start(), match.end(), Level.DAY - 1, inside)


def _near_day(match: re.Match[str], scene: Scene) -> Piece | None:
    offset = {"前": -2, "后": 2}[match["w"]]
    day = shift_day(scene.reference, offset) if scene.reference else None
    return _fixed("near_day", match, Level.DAY, days_frame(day, day) if day else None)


def _now(match: re.Match[str], scene: Scene) -> Piece | None:
    today = scene.reference
    reading = days_frame(today, today) if today else None
    if reading is not None and match["day"] is None:
        reading = replace(reading, clock=(scene.now, scene.now + 1))
    return _fixed("now", match, Level.CLOCK, reading)


RULES: tuple[Rule, ...] = (
    Rule("compact_date", r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9])", _compact),
    Rule("spaced_date", r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?:[ ]|[-./])(?P<m>[01]?[0-9])(?:[ ]|[-./])(?P<d>[0-3]?[0-9])(?![0-9])", _compact),
    Rule("month_day_bare", rf"(?<![0-9./-])(?P<m>{MONTH})(?:月|·(?=[0-9])|[-/.](?=[0-9]{{2}}(?![0-9:])|[0-9]{{1,2}}[日号]))(?!廿)(?P<d>{SMALL})(?:(?<![月一二三四五六七八九十])[日号]|(?![0-9一二三四五六七八九十个/.日号-]))", _month_day),
    Rule("han_year", r"(?P<y>[三四五六七八九][〇零一二三四五六七八九])年", _han_year),
    Rule("bare_year", r"(?<![0-9./])(?P<y>(?:19|20)[0-9]{2})(?![0-9年./:]|-[01]?[0-9](?![0-9]))", _bare_year),
    Rule("near_day", r"(?P<w>[前后])日", _near_day),
    Rule("now", r"此时|此刻|现在|当前|目前|而家|宜家|(?P<day>最近)$", _now),
)  # fmt: skip
