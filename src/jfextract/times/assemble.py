"""Pieces into expressions: chains (2024年 + 3月), ranges (3月1日至5日) and the words behind them (以来)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from jfextract.model import Doubt
from jfextract.times.clock import DAY
from jfextract.times.expression import Expression, Reading, edtf_of
from jfextract.times.frames import day_frame, days_frame, month_frame, shift_day, year_frame
from jfextract.times.piece import Level, Piece, Rule, Scene
from jfextract.times.scan import candidates
from jfextract.times.suffix import with_suffix

__all__ = ["expressions", "one_of_days"]

Found = tuple[Rule, re.Match[str]]

_GAP = re.compile(r"[ \u3000]?的?[ \u3000]?")
_CLOCK_GAP = re.compile(r"[ \u3000T]{0,3}[-,，]?[ ]?的?")
_LINK = re.compile(r"[ \u3000]?(?:起[ ]?(?=至|到))?(?:[-—–~～－‐]{1,2}|至(?!今)|到|和|与)[ \u3000]?")
_AND = ("和", "与")
_BETWEEN = re.compile(r"之间|间")
_OPENING = re.compile(r"(?:\A|\n)[ \u3000]{0,8}(?:截至|截止到?|到|在)?\Z")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile(r"[。！？!?\n；;,，：:]")
_FUTURE_BEFORE = re.compile(
    r"将(?![军领士])|拟|预计|预期|计划|定于|有望|力争|即将|争取|确保|不迟于|展望|准备|推迟|延期|延长|持续至|待|下一步|未来|(?:(?<!截)至|排到了?|延续到|延长到|持续到)\Z"
)
# 17日宣布将… says what was done on the 17th; only what follows 将 is still to come
_FUTURE_AFTER = re.compile(
    r"(?:(?![宣称说示布表决透指强警证承定][布称说示定露出调告实诺,，]?|称)[^,，。；;\n]){0,6}?将(?![士军领近其它他此该以])"
    r"|[,，](?:(?![宣称说示布表决透指强警证承定])[^,，。；;\n]){0,8}?将(?=[在于迎举对正会开])"
    r"|[ ]?(?:各?地)?(?:计划(?!执|完|目|的|书|单|生)|拟|预计|有望|力争)"
)
_DEADLINE = re.compile(r"[底末初份]{0,2}(?:之)?前(?![三两后往来期夕段天0-9一二四五六七八九十])")
_COMPARED = re.compile(r"(?:[比较于与]|相比|相较)\Z")
_RECURRING = re.compile(r"每(?:年|月|周|天|日|晚|夜|晨|季度|周.和)的?\Z")
_SINCE = re.compile(r"(?:(?<!来)自|自从)\Z")
_ABOUT = re.compile(r"(?:大约|大概|约)[ ]?\Z")


def expressions(scene: Scene) -> Iterator[Expression]:
    """Yield the time expressions of ``scene.text`` from left to right, resolved against the scene."""
    found = list(candidates(scene.text, whole=scene.whole))
    at = seen = 0
    last: Expression | None = None  # the expression before, unless a line ends between
    near = False
    governing: Reading | None = None
    year: Reading | None = None
    months: Reading | None = None
    steady, opened = True, False
    while at < len(found):
        start = found[at][1].start()
        if start < seen:
            at += 1
            continue
        # each stretch is looked at once, however many pieces come to nothing in it
        between = scene.text[seen:start]
        if near and _SENTENCE_END.search(between):
            near, governing, steady = False, None, _is_steady(scene, year, opened)
        if "\n" in between:
            last, year, months, steady = None, _carried(scene, year), None, True
        seen = start
        deadline = not found[at][0].name.startswith(("holiday", "lunar", "solar"))
        future = _looks_forward(scene.text, start, found[at][1].end(), deadline)
        here = Scene(
            scene.text, scene.reference, scene.region, scene.whole, scene.now, last, governing, year, months,
            steady, near, future,
        )  # fmt: skip
        chain, at = _chain(here, found, at)
        if not any(piece.alone for piece in chain):
            continue
        expression, at = _expression(here, found, at, chain)
        governs = _governs(here, chain, expression)
        governing = governs or governing
        part = _part_of_year(here, chain, expression)
        if part is not None and part.begin is not None:
            of_part = year_frame(part.begin.year)
            opened = _opens(scene.text, start) or (opened and of_part == year)
            year, months, steady = of_part, part, True
        elif governs is not None:
            opened = _opens(scene.text, start) or (opened and governs == year)
            year, months, steady = governs, None if chain[-1].level == Level.YEAR else months, True
        # what a figure is compared with is not what the text goes on to speak of
        compared = scene.text[max(0, start - 1) : start] in ("比", "较")
        last, near, seen = last if compared else expression, True, expression.end
        yield expression


_LISTED = re.compile(r"[ ]?(?:[、,，和及与]|以及)[ ]?")


def one_of_days(text: str, found: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Make one expression of days in a row that a text lists and holds nothing else (3日、4日和5日)."""
    readings = [expression.reading for expression in found]
    for (left, before), (right, after) in pairwise(zip(found, readings, strict=True)):
        if before is None or after is None or before.end is None or after.begin is None:
            return found
        if (before.last, after.first, before.clock, after.clock) != ("day", "day", None, None):
            return found
        if (after.begin - before.end).days != 1 or not _LISTED.fullmatch(text, left.end, right.start):
            return found
    if len(found) < 2 or readings[0] is None or readings[-1] is None:
        return found
    start, end = found[0].start, found[-1].end
    reading = replace(readings[0], end=readings[-1].end, last="day")
    return (Expression(text[start:end], start, end, reading, "days"),)


def _looks_forward(text: str, start: int, end: int, deadline: bool) -> bool:
    """Whether the words around look forward: 将于7月, 预计12月, 3月将, and, for a ``deadline``, 3月前."""
    low = max(0, start - 16)
    before = text[low:start]
    for stop in _CLAUSE_END.finditer(before):
        low = max(0, start - 16) + stop.end()
    return bool(
        _FUTURE_BEFORE.search(text[low:start])
        or _FUTURE_AFTER.match(text, end, end + 14)
        or (deadline and _DEADLINE.match(text, end))
    )


def _governs(scene: Scene, chain: list[Piece], expression: Expression) -> Reading | None:
    """The year that bare months after this expression belong to; compared and open years govern nothing."""
    reading = expression.reading
    if reading is None or reading.begin is None or reading.end is None or chain[0].level > Level.DAY:
        return None
    if chain[0].level > Level.YEAR and not chain[0].rule.startswith(("iso", "slashed", "whole_year")):
        return None
    if reading.begin.year != reading.end.year or _COMPARED.search(
        scene.text, max(0, expression.start - 2), expression.start
    ):
        return None
    if scene.reference is not None and reading.begin.year > scene.reference.year and not scene.future:
        return None
    return year_frame(reading.begin.year)


def _part_of_year(scene: Scene, chain: list[Piece], expression: Expression) -> Reading | None:
    """The months of one year that an expression names and that nothing is compared with, or None."""
    reading = expression.reading
    if reading is None or reading.begin is None or reading.end is None or reading.clock is not None:
        return None
    if (reading.first, reading.last) != ("month", "month") or reading.begin.year != reading.end.year:
        return None
    if (
        chain[-1].level > Level.EDGE
        or scene.future
        or expression.text.startswith(("上月", "上个", "上季", "上一"))
        or expression.text.endswith(("同期", "同月"))
    ):
        return None
    low = max(0, expression.start - 2)
    return None if _COMPARED.search(scene.text, low, expression.start) else reading


def _opens(text: str, start: int) -> bool:
    """Whether a paragraph begins with an expression: 2010年末，全国…, not 公司2010年成立."""
    low = max(0, start - 12)
    return bool(_OPENING.search(text, low, start)) if low or start else True


def _is_steady(scene: Scene, year: Reading | None, opened: bool) -> bool:
    """Whether a year goes on after its sentence: one that opened the paragraph, or none that is long past."""
    if year is None or year.begin is None or scene.reference is None:
        return True
    return opened or year.begin.year >= scene.reference.year - 1


def _carried(scene: Scene, year: Reading | None) -> Reading | None:
    """The year that a next paragraph still speaks of: early in a year, reports look back on the one before."""
    today = scene.reference
    if year is None or year.begin is None or today is None:
        return None
    return year if today.month <= 3 and year.begin.year == today.year - 1 else None


def _chain(scene: Scene, found: list[Found], at: int) -> tuple[list[Piece], int]:
    """Join the pieces that stand together, each finer than the one before; give them and the next place."""
    rule, match = found[at]
    piece = rule.build(match, scene)
    at += 1
    chain: list[Piece] = []
    while piece is not None:
        chain.append(piece)
        if at == len(found) or (piece.closed and piece.level == Level.CLOCK):
            break
        rule, match = found[at]
        gap = _CLOCK_GAP if piece.level >= Level.DAY - 1 and rule.name.endswith("clock") else _GAP
        if match.start() - piece.end > 4 or not gap.fullmatch(scene.text, piece.end, match.start()):
            break
        piece = rule.build(match, scene)
        if piece is None or not piece.follows or piece.level <= chain[-1].level or chain[-1].closed:
            break
        at += 1
    return chain, at


def _resolve(chain: list[Piece], frame: Reading | None) -> Reading | None:
    for index, piece in enumerate(chain):
        frame = piece.narrow(frame)
        if frame is None and index + 1 < len(chain):
            return None
        if frame is not None and frame.begin and frame.end and frame.end < frame.begin:
            return None  # 除夕下旬
    return frame


def _expression(scene: Scene, found: list[Found], at: int, chain: list[Piece]) -> tuple[Expression, int]:
    text = scene.text
    reading = _resolve(chain, None)
    start, end, rule = chain[0].start, chain[-1].end, chain[0].rule
    ranged = _range(scene, found, at, chain, reading)
    if ranged is not None:
        reading, end, at = ranged
        rule = "range"
    if _RECURRING.search(text, max(0, start - 4), start):
        return Expression(text[start:end], start, end, None, "recurring", True), at
    reading, end, suffix = with_suffix(scene, end, reading)
    if (
        not suffix
        and ranged is None
        and reading is not None
        and _is_single(reading)
        and _SINCE.search(text, max(0, start - 3), start)
    ):
        reading = replace(reading, end=None)
    about = _ABOUT.search(text, max(0, start - 3), start)
    if about is not None:
        start = about.start()
        reading = replace(reading, approx=True) if reading is not None else None
    optional = chain[0].optional
    doubt: Doubt | None = "future" if _is_ahead_unsaid(scene, chain, reading) else None
    rule = f"{rule}_{suffix}" if suffix else rule
    return Expression(text[start:end], start, end, reading, rule, optional, doubt), at


_YEARLESS = frozenset(
    {"month", "months", "month_day", "day", "quarter", "half_year", "first_months", "season", "edge",
     "ten_days", "holiday", "lunar", "solar_term", "weekday", "school_break", "half_month"}
)  # fmt: skip


# a day without a year may be this near ahead: 3月1日 in a report of the end of February
_AT_HAND = 45


def _is_ahead_unsaid(scene: Scene, chain: list[Piece], reading: Reading | None) -> bool:
    """Whether 今年4月 or 4月 begins after the report although nothing said looks forward."""
    today = scene.reference
    if today is None or reading is None or reading.begin is None or reading.begin <= today or scene.future:
        return False
    first = chain[0].narrow(None)
    # 到今年年底 and 6月底前 are aims and need no 将
    aimed = scene.text[max(0, chain[0].start - 1) : chain[0].start] in ("到", "至")
    if first is None or first.begin is None or aimed:
        return False
    if chain[0].rule in _YEARLESS:
        if (reading.begin - today).days <= _AT_HAND:
            return False
        # a year that the sentence names is the reader's to judge, as it is when it stands in the expression
        return scene.governing is None or scene.governing.begin is None or scene.governing.begin <= today
    return chain[0].rule.startswith(("relative", "week")) and len(chain) > 1 and first.begin <= today


def _is_single(reading: Reading) -> bool:
    """Whether a reading is one year, month or day rather than a stretch of them."""
    return "/" not in edtf_of(reading)


def _range(
    scene: Scene, found: list[Found], at: int, chain: list[Piece], left: Reading | None
) -> tuple[Reading | None, int, int] | None:
    """Read what follows 至, 到 or a dash; answer the whole range, its end and the next place, or None."""
    if at == len(found):
        return None
    link = _LINK.match(scene.text, chain[-1].end)
    if link is None or found[at][1].start() != link.end():
        return None
    told = Expression(
        scene.text[chain[0].start : chain[-1].end], chain[0].start, chain[-1].end, left, chain[0].rule
    )
    year = year_frame(left.begin.year) if left is not None and left.begin is not None else scene.governing
    pieces, after = _chain(replace(scene, last=told, near=True, governing=year, year=year), found, at)
    if pieces and link.group() in _AND and not _BETWEEN.match(scene.text, pieces[-1].end):
        return None
    if not pieces or (not pieces[0].follows and not pieces[0].alone) or pieces[0].rule in _NO_RANGE:
        return None
    end = pieces[-1].end
    if left is None or left.begin is None:
        return (None, end, after) if left is None else None
    for later in (0, 1):
        upper = _upper(left, pieces[0], later) if pieces[0].follows else None
        right = _resolve(pieces, upper)
        if right is None:
            return (None, end, after)
        if right.end is None:
            return None
        if right.end >= left.begin and not (right.end == left.begin and _before(right, left)):
            return _joined(left, right, pieces[-1].rule == "clock"), end, after
    return None


_NO_RANGE = frozenset(
    {"frequency", "vague", "recent", "recent_indefinite", "distance_indefinite", "count_since"}
)


def _before(right: Reading, left: Reading) -> bool:
    return right.clock is not None and left.clock is not None and right.clock[0] < left.clock[0]


def _upper(left: Reading, piece: Piece, later: int) -> Reading | None:
    """The frame that the right side of a range shares with the left; ``later`` is one unit further."""
    begin = left.begin
    if begin is None:
        return None
    if piece.rule == "weekday":
        sunday = shift_day(begin, 6)
        return days_frame(begin, sunday) if sunday else None
    if piece.level >= Level.PART:
        day = day_frame(begin.year, begin.month, begin.day)
        return replace(day, clock=left.clock) if day is not None and not later else day
    if piece.level >= Level.WEEK:
        return month_frame(begin.year, begin.month + later)
    return year_frame(begin.year + later)


def _joined(left: Reading, right: Reading, point: bool) -> Reading:
    """The range from left to right; one that ends with a clock time ends at it."""
    clock = None
    if left.clock is not None or right.clock is not None:
        begin = left.clock[0] if left.clock else 0
        clock = (begin, right.clock[0 if point else 1] if right.clock else DAY)
    return Reading(left.begin, right.end, left.first, right.last, left.approx or right.approx, clock)
