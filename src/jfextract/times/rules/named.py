"""Plans, eras and events by name: “十四五”时期, 改革开放以来, 党的十八大以来, 抗战时期."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.times.expression import Reading
from jfextract.times.frames import month_frame, year_frame
from jfextract.times.interval import interval
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.words import either, number

__all__ = ["heads", "rules"]


@lru_cache(maxsize=1)
def _plans() -> dict[str, tuple[int, int, bool]]:
    rows = room_table("times", "plans.tsv", ("name", "first", "last", "clear"), key="name")
    return {r["name"]: (int(r["first"]), int(r["last"]), r["clear"] == "yes") for r in rows}


@lru_cache(maxsize=1)
def _event_rows() -> tuple[dict[str, str], ...]:
    return tuple(room_table("times", "events.tsv", ("name", "from", "to", "since"), key="name"))


@lru_cache(maxsize=1)
def _events() -> tuple[tuple[re.Pattern[str], str, str, bool], ...]:
    return tuple(
        (re.compile(_event_pattern(r["name"])), r["from"], r["to"], r["since"] == "end")
        for r in _event_rows()
    )


def _event_pattern(name: str) -> str:
    """Turn the notation of the table into a pattern: 〔中共|党的〕 may be left out."""
    return name.replace("〔", "(?:").replace("〕", ")?")


def _plan(match: re.Match[str], _scene: Scene) -> Piece | None:
    first, last, clear = _plans()[match["name"]]
    tail = match["tail"] or ""
    if not (clear or tail):
        return None
    count = number(match["count"]) if match["count"] else None
    if count is not None and count > last - first + 1:
        return None
    frame = year_frame(*_years_of_plan(first, last, match["side"] or tail, count or 1))
    if tail == "以来":
        frame = replace(frame, end=None) if frame is not None else None
    # a plan's bare name names the document as often as the years (ruling 10)
    return Piece(
        "plan", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False, optional=not tail
    )


def _years_of_plan(first: int, last: int, part: str, count: int) -> tuple[int, int]:
    """The years of a plan that the words behind its name leave: 末, 前三年, 第二年, 开局之年.

    >>> _years_of_plan(2021, 2025, "前", 3), _years_of_plan(2021, 2025, "末", 1)
    ((2021, 2023), (2025, 2025))
    """
    if part in ("末", "期末", "时期末", "收官之年"):
        return last, last
    if part in ("初", "首年", "开局之年"):
        return first, first
    if part == "第":
        return first + count - 1, first + count - 1
    if part == "后":
        return last - count + 1, last
    return (first, first + count - 1) if part in ("前", "头") else (first, last)


def _event(match: re.Match[str], _scene: Scene) -> Piece | None:
    found = next((event[1:] for event in _events() if event[0].fullmatch(match["name"])), None)
    if found is None:
        return None
    begin, end, since_end = found
    tail = "以来" if match["years"] else match["tail"]
    # 二战以来 and 新冠疫情后 are after the end, 抗战以来 is after the beginning
    if (
        end
        and not match["began"]
        and (match["over"] or tail in ("之后", "以后", "后") or (since_end and tail == "以来"))
    ):
        begin, end = end, ""
    first = interval(begin)[0]
    at = (
        (year_frame(first.year) if len(begin) == 4 else month_frame(first.year, first.month))
        if first
        else None
    )
    reading: Reading | None = at
    if at is None:
        return None
    if tail in ("以来", "之后", "以后", "后", "来"):
        reading = replace(at, end=None)
    elif tail in ("以前", "之前", "前"):
        reading = replace(at, begin=None)
    elif tail in ("初期", "之初", "初"):
        reading = replace(at, approx=True)
    elif end:
        over = interval(end)[1]
        grain = at.first
        reading = Reading(at.begin, over, grain, "year" if len(end) == 4 else "month")
    elif tail in ("期间", "时期", "年代"):
        reading = replace(at, end=None)
    return Piece("event", match.start(), match.end(), Level.CLOCK, lambda _: reading, follows=False)


@lru_cache(maxsize=1)
def _reigns() -> dict[str, int]:
    rows = room_table("times", "reigns.tsv", ("name", "first"), key="name")
    return {r["name"]: int(r["first"]) for r in rows}


def _reign(match: re.Match[str], _scene: Scene) -> Piece | None:
    """Read 康熙二十年 as the year it began in; the lunar months of a reign year are not converted."""
    count = 1 if match["n"] == "元" else number(match["n"])
    if count is None or count > 64:
        return None
    frame = year_frame(_reigns()[match["name"]] + count - 1)
    return Piece("reign", match.start(), match.end(), Level.YEAR, lambda _: frame, follows=False)


def heads() -> set[str]:
    """The first three characters of the names of this module, with and without what may be left out."""
    bare = {re.sub("〔.*?〕", "", r["name"])[:3] for r in _event_rows()}
    told = {
        (word + re.sub("〔.*?〕", "", r["name"]))[:3]
        for r in _event_rows()
        if r["name"].startswith("〔")
        for word in r["name"][1:].partition("〕")[0].split("|")
    }
    return bare | told | {name[:3] for name in _reigns()}


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules of this module; names come from ``data/plans.tsv`` and ``data/events.tsv``."""
    plans = either(_plans())
    events = "|".join(_event_pattern(r["name"]) for r in sorted(_event_rows(), key=lambda r: -len(r["name"])))
    return (
        Rule(
            "reign",
            rf"(?P<name>{either(_reigns())})(?P<n>元|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})年",
            _reign,
        ),
        Rule(
            "event",
            rf"“?(?P<name>{events})(?:(?P<over>闭幕|结束|胜利(?!召))|(?P<began>(?:胜利)?召开|开幕|[爆暴]发|发生|提出|实施|启动))?(?P<tail>以来|以后|之后|后(?!期|续|勤)|以前|之前|前(?!夕|后)|期间|时期|初期|之初|年代|(?P<years>(?:[0-9]{{1,3}}|[一二三四五六七八九十百]{{1,4}})[多余]?年(?:以?来|间)))",
            _event,
        ),
        Rule(
            "plan",
            rf"(?<![第一二三四五六七八九十百])(?P<q>[“\"‘「『])?(?P<name>{plans})[”\"’」』]?(?:[ ]?(?P<tail>时期末?|期间|期末|末|初|首年|开局之年|收官之年|以来|(?P<side>[前头后第])(?P<count>[一二两三四1-4])年(?![级龄]))|(?![一二三四五六七八九十个名位年月日时届条项]))",
            _plan,
        ),
    )
