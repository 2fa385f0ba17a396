"""Decades and centuries: 上世纪80年代, 90年代末, 本世纪初, 20世纪."""

from __future__ import annotations

import re

from jfextract.times.expression import Reading
from jfextract.times.frames import year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.words import number

__all__ = ["RULES"]


def _century_years(word: str | None, scene: Scene) -> int | None:
    """First year of the century named: 20世纪 is 1900, 上世纪 the one before the report's."""
    if word is None:
        return None
    today = scene.reference.year if scene.reference else 2025
    if word in ("上", "上个"):
        return today // 100 * 100 - 100
    if word in ("本", "这个"):
        return today // 100 * 100
    value = number(word)
    return None if value is None or not 2 <= value <= 22 else 100 * value - 100


def _decade(match: re.Match[str], scene: Scene) -> Piece | None:
    century = _century_years(match["c"], scene)
    value = number(match["d"])
    if value is None or (match["c"] and century is None):
        return None
    if value >= 1000:
        year = value
    else:
        year = (century if century is not None else 1900 if value >= 30 else 2000) + value
    if match["d0"]:
        first = (century if century is not None else 1900) + 10 * (number(match["d0"]) or 0)
        last = year + 9
        pair = year_frame(first, last, "decade") if first < year else None
        return Piece("decade", match.start(), match.end(), Level.DECADE, lambda _: pair, follows=False)
    if century is None and value < 100 and not scene.whole and value < 20:
        return None
    frame = year_frame(year, year + 9, "decade")
    if scene.whole and match["part"]:
        first, last = {"初": (0, 2), "前": (0, 2), "中": (3, 6)}.get(match["part"], (7, 9))
        frame = year_frame(year + first, year + last)
    return Piece("decade", match.start(), match.end(), Level.DECADE, lambda _: frame, follows=False)


def _century(match: re.Match[str], scene: Scene) -> Piece | None:
    century = _century_years(match["c"], scene)
    if century is None:
        return None
    edge = match["edge"]
    frame = year_frame(century or 1, century + 99, "century")
    if edge == "初":
        frame = year_frame(century, century + 9, "decade")
    elif edge in ("末", "末期"):
        frame = year_frame(century + 90, century + 99, "decade")
    elif edge == "中叶":
        frame = Reading(None, None, "year", "year", edtf=f"{century + 50}~")
    elif edge == "上半叶":
        frame = year_frame(century, century + 49)
    elif edge == "下半叶":
        frame = year_frame(century + 50, century + 99)
    return Piece(
        "century", match.start(), match.end(), Level.CENTURY, lambda _: frame, follows=False, closed=True
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "decade",
        r"(?:(?P<c>上个|上|本|[0-9]{1,2}|十[一二三四五六七八九]|二十一?)世纪)?(?<![0-9])(?:(?P<d0>[二三四五六七八])(?=[三四五六七八九]十年代))?(?P<d>2000|(?:1[0-9]|20)?[1-9]0|[二三四五六七八九]十)年代(?!表)(?:中后期|(?P<part>[初末]|[前中后](?=期)|中(?=叶))[期叶]?|)",
        _decade,
    ),
    Rule(
        "century",
        r"(?<![0-9个半几数百])(?P<c>上个|上|本|这个|[0-9]{1,2}|十[一二三四五六七八九]|二十一?)世纪(?!海上|马克思|公园|广场|大道|[0-9一二三四五六七八九]{1,2}[0十]年代)(?P<edge>初|末期?|中叶|上半叶|下半叶)?",
        _century,
    ),
)
