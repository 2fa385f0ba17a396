"""Quantities that are no plain number with a unit: 91比79, 半小时, 数名, 翻两番, 八成, 三分之二."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Mod
from jfextract.numbers import approximators
from jfextract.numbers.evaluate import LONGEST, divide, evaluate
from jfextract.numbers.model import Reading
from jfextract.numbers.scan import Run, run_pattern
from jfextract.units.piece import HALF, HALVED, PERCENT, Piece, bare_piece, times, unit_piece
from jfextract.units.tables import Unit, UnitMatch, UnitTable

__all__ = [
    "read_fraction",
    "read_half",
    "read_relation",
    "read_slash",
    "read_tenth",
    "read_turn",
    "read_vague",
]

_RATIO_NAMED = re.compile(r"比(?:例|值|率)?[为為是约約達达]?\Z|按\Z")
_SEVERAL = re.compile("[:：∶比]")


def read_relation(text: str, run: Run) -> Piece:
    """91比79 is a score, 25.72:26.84:47.44 a ratio, 1+6 the name of a scheme."""
    written = text[run.start : run.end]
    kind = "other"
    if run.kind == "ratio":
        several = "." in written or len(_SEVERAL.findall(written)) > 1
        named = _RATIO_NAMED.search(text, max(0, run.start - 4), run.start)
        kind = "ratio" if several or named else "score"
    reading = Reading(None, None, None, "exact", run.kind)
    piece = bare_piece(run.start, run.end, written, reading, kind, run.kind)
    piece.optional = run.kind == "sum"
    return piece


_HALF_OF = lazy_pattern(
    r"[,，。;；、!！?？\s的为是来由]|企业|民众|人口|受访|网民|用户|家庭|居民|学生|员工|市场|城市|地区|国家|省份|上市|公司|以上|\Z"
)


def read_half(text: str, start: int, table: UnitTable) -> Piece | None:
    """半小时, 半日, 半个多世纪, 半数, 过半, 对折; 上半年 is a time."""
    if text[start] != "半":
        reading = Reading(Decimal(50), None, None, "exact", "half")
        return replace(bare_piece(start, start + 2, "对折", reading, "percent", "tenth"), unit=PERCENT)
    before = text[start - 1] if start else " "
    if text.startswith(("数", "數"), start + 1) and before not in "大多":
        past = before in "过過"
        return half_part(start - past, start + 2, above=past)
    reading = Reading(HALF, None, None, "exact", "half")
    if text.startswith(("个多", "個多"), start + 1) and (match := table.match(text, start + 3)) is not None:
        return unit_piece(start, start + 1, match, "半", replace(reading, mod="above"), "half")
    match = table.match(text, start + 1)
    if (
        (match is None or match.unit.kind == "noun")
        and before in "近超逾"
        and _HALF_OF.match(text, start + 1) is not None
    ):
        return half_part(start, start + 1, above=False)  # 近半企业
    if match is None and before in "过過":
        return half_part(start - 1, start + 1, above=True)
    if match is None or match.unit.kind not in HALVED or before in "上下前后後大多一對对各另东西南北":
        return None
    piece = unit_piece(start, start + 1, match, "半", reading, "half")
    return read_tenth(text, piece) if match.unit.kind == "tenth" else piece


def half_part(start: int, end: int, *, above: bool) -> Piece:
    """一半, 半数, 过半: the fraction one half."""
    reading = Reading(HALF, None, None, "above" if above else "exact", "fraction")
    return bare_piece(start, end, "半", reading, "fraction", "half")


_DOUBLED = {"": 2, "一": 2, "二": 4, "两": 4, "兩": 4, "三": 8, "四": 16, "1": 2, "2": 4, "3": 8}


_TURN = re.compile(r"翻了?\D{0,2}?(?P<times>[一二两兩三四1-3]?)番")


def read_turn(text: str, start: int, end: int) -> Piece:
    """翻一番 is twice, 翻两番 four times."""
    turn = _TURN.fullmatch(text, start, end)
    doubled = _DOUBLED[turn["times"] if turn is not None else ""]
    more = text.startswith("多", end)
    leading = approximators.before(text, turn.start("times")) if turn is not None else None
    mod: Mod = "above" if more else "exact" if leading is None else leading.mod
    reading = Reading(Decimal(doubled), None, None, mod, "hanzi")
    piece = bare_piece(start, end + more, text[start:end], reading, "multiple", "turn")
    piece.unit = Unit("倍", "multiple", None, None)
    return piece


_NOT_AFTER = {
    "数": "人户次总件指半多少倍基分系参约无对个字函量计点读岁度变常负正整单双代",
    "數": "人戶次總件指半多少倍基分系參約無對個字函量計點讀歲度變常負正整單雙代",
    "多": "许許更较較很最大众眾诸諸不差好太再没增繁几越",
    "几": "茶第",
    "幾": "茶第",
}
_ASKED = re.compile(r"[^。,，;；!！\n]{0,15}[?？]")  # 影片有几部?
_MONTHS = lazy_pattern("月(?![亮球饼薪份刊票])")
_VAGUE_KINDS = frozenset(("count", "duration", "length", "mass", "area", "volume", "multiple"))


def read_vague(text: str, start: int, end: int, table: UnitTable) -> Piece | None:
    """几个, 数名, 多次, 若干项: some, with bounds by convention; 多 is kept for request only."""
    char = text[start]
    if start and text[start - 1] in _NOT_AFTER.get(char, ""):
        return None
    match = None if text.startswith("字", end) else table.match(text, end)
    if match is None and char in "数數" and _MONTHS.match(text, end) is not None:
        match = UnitMatch(table.forms["个月"], end, end + 1)  # 连续数月
    if match is None or match.unit.kind not in _VAGUE_KINDS or _ASKED.match(text, match.end) is not None:
        return None
    bounded = char not in "多若"
    low, high = (Decimal(2), Decimal(9)) if bounded else (None, None)
    piece = unit_piece(start, end, match, char, Reading(None, low, high, "approx", "indefinite"), "vague")
    piece.optional = char == "多"
    return piece


_TAIL_DIGIT = re.compile(r" ?(?P<digit>[一二三四五六七八九1-9])(?![十百千万亿成個个年月日\d.%％])")


def read_tenth(text: str, piece: Piece) -> Piece | None:
    """八成 is 80 %, 三成半 35 %, 七成六 76 %, 七五折 75 %, 75折 75 %, 9.9折 99 %."""
    reading, end = piece.reading, piece.end
    sharp = text[piece.unit_start] == "折"
    if reading.form in ("estimate", "digits") and sharp:
        digits = evaluate_digits(piece.run)
        reading = Reading(digits, None, None, "exact", "digits")
    elif not (piece.run.isdigit() and reading.value is not None and reading.value > 10):
        reading = times(reading, Decimal(100 if piece.run == "半" and sharp else 10))
    value = reading.value
    if value is not None:
        if text.startswith("半", end):
            value, end = value + 5, end + 1
        elif (digit := _TAIL_DIGIT.match(text, end)) is not None and not sharp:
            value, end = value + (evaluate_digits(digit["digit"]) or 0), digit.end()
        if value > 100:
            return None
        reading = replace(reading, value=value)
    return replace(piece, reading=reading, unit=PERCENT, kind="percent", end=end, rule="tenth")


def evaluate_digits(run: str) -> Decimal | None:
    """七五 digit by digit: 75."""
    value = Decimal(0)
    for char in run:
        digit = evaluate(char)
        if digit is None or digit.value is None:
            return None
        value = value * 10 + digit.value
    return value


_SLASH = re.compile(r"[/／](\d{1,3})(?![\d/／.年月])")


def read_slash(text: str, start: int, end: int, run: str) -> Piece | None:
    """约1/4: a proper fraction."""
    slash = _SLASH.match(text, end)
    if slash is None or not 0 < int(run) < int(slash.group(1)) <= 100:
        return None
    value = divide(Decimal(run), Decimal(slash.group(1)))
    reading = Reading(value, None, None, "exact", "fraction")
    return bare_piece(start, slash.end(), text[start : slash.end()], reading, "fraction", "slash")


_ROUND = frozenset(10**power for power in (2, 3, 4, 5, 6, 7, 8, 10, 12))


@lru_cache(maxsize=1)
def _fraction_tail() -> re.Pattern[str]:
    run = run_pattern()
    return re.compile(
        rf"\s?分\s?之\s?(?P<sign>[-负負]?)(?P<top>{run}|几|幾)|分(?P<one>一)(?=\w)"
        rf"|\s?又\s?{run}\s?分\s?之\s?(?P<mixed>{run})"
    )


def read_fraction(text: str, start: int, number_end: int, table: UnitTable) -> Piece | None:
    """三分之二 is a fraction, 百分之三 percent, 千分之五 per mille, 四分之一公升 a volume."""
    tail = _fraction_tail().match(text, number_end)
    if tail is None:
        return None
    end, top = tail.end(), tail["top"] or tail["mixed"] or "一"
    if tail["one"] and table.match(text, end) is None:
        return None
    parts = evaluate(top)
    while parts is None and 1 < len(top) <= LONGEST:
        top, end = top[:-1], end - 1
        parts = evaluate(top)
    whole = evaluate(re.sub(r"[-负負\s]", "", text[start:end]))
    if parts is None or whole is None or whole.denominator is None:
        return None
    if tail["sign"]:
        parts, whole = times(parts, Decimal(-1)), times(whole, Decimal(-1))
    run = text[start:end]
    if not tail["mixed"] and whole.denominator in _ROUND:
        if whole.denominator == 1000:
            mille = bare_piece(start, end, run, parts, "per_mille", "per mille")
            return replace(mille, unit=Unit("‰", "per_mille", None, None))
        if whole.denominator == 100:
            return replace(bare_piece(start, end, run, parts, "percent", "percent"), unit=PERCENT)
        percent = times(parts, Decimal(100) / whole.denominator)
        return replace(bare_piece(start, end, run, percent, "percent", "percent"), unit=PERCENT)
    match = table.match(text, end)
    if match is not None and match.unit.kind in ("length", "mass", "area", "volume", "duration", "money"):
        return unit_piece(start, end, match, run, whole, "fraction")
    return bare_piece(start, end, run, whole, "fraction", "fraction")
