"""From runs of numerals to numbers with their units, before ranges and approximators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jfextract.numbers.evaluate import evaluate
from jfextract.numbers.model import Reading
from jfextract.numbers.scan import Run, run_pattern, scan
from jfextract.numbers.traps import trap_spans
from jfextract.units.tables import Unit, UnitMatch, UnitTable

__all__ = ["Piece", "find_pieces"]


@dataclass(slots=True)
class Piece:
    """A number and perhaps its unit while it is put together; ``run`` is what the numerals say."""

    start: int
    number_end: int
    unit_start: int
    end: int
    run: str
    reading: Reading
    unit: Unit | None
    kind: str
    rule: str
    per: str | None = None
    optional: bool = False
    joined: bool = False


HALF = Decimal("0.5")
_HALVED = frozenset(
    ("duration", "length", "mass", "area", "volume", "multiple", "money", "tenth", "percentage_point")
)
_FRACTION_TAIL = re.compile(rf"\s?分\s?之\s?(?P<top>[-负負]?{run_pattern()})")
_WHOLE_TAIL = re.compile(rf"\s?又\s?{run_pattern()}\s?分\s?之\s?{run_pattern()}")
_SIGN = re.compile(r"(?:(?<![\w%％)）])[-－−+]|(?<![减減责責担擔胜勝自辜抱肩欺])[负負]|零下) ?\Z")
_ODD_TAIL = re.compile(r"[多余餘](?![少种样元次])")
_MONTH_NEXT = re.compile(r"\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月")
_DAY_COUNT = re.compile(r"(?:连续|連續|为期|為期|历时|长达|持续|[仅满滿达達共近超每])\Z")
_NOTES = re.compile(r"(?:意见|建议|要求|主张|共识|举措|措施|内容|原因|希望|倡议)")
_NUMBERED = re.compile(r"0\d")  # 01版
_SCORED = re.compile(r"(?:[涨跌漲升降报報收]|上涨|下跌|指数为)\Z")


def find_pieces(text: str, table: UnitTable) -> Iterator[Piece]:
    """Yield the numbers of a text with their units; ordinals, dates, traps and identifiers are left out."""
    traps = trap_spans(text)
    trap = 0
    behind = 0
    for run in scan(text, tuple(table.words)):
        start, end = run.start, run.end
        if start < behind:
            if end <= behind or run.kind != "run":
                continue
            start = behind
        while trap < len(traps) and traps[trap][1] <= start:
            trap += 1
        if trap < len(traps) and traps[trap][0] <= start and run.kind != "ratio":
            first, last = traps[trap]
            if last >= end:
                continue
            start = last if first < start else start
        piece = _piece(text, Run(run.kind, start, end), table)
        if piece is not None:
            behind = piece.end
            yield piece


def _piece(text: str, run: Run, table: UnitTable) -> Piece | None:
    if run.kind == "run":
        return _number(text, run.start, run.end, table)
    if run.kind == "half":
        return _half(text, run.start, table)
    if run.kind == "vague":
        return _vague(text, run.start, run.end, table)
    if run.kind == "word":
        return _word(text, run.start, run.end, table)
    return _relation(text, run)


def _word(text: str, start: int, end: int, table: UnitTable) -> Piece | None:
    """A number word of the user's lexicon, with or without a unit."""
    run = text[start:end]
    reading = Reading(table.words[run], None, None, "exact", "word")
    match = table.match(text, end)
    if match is None:
        return Piece(start, end, end, end, run, reading, None, "count", "word")
    piece = Piece(start, end, match.start, match.end, run, reading, match.unit, match.unit.kind, "word")
    return _with_unit(text, piece)


def _relation(text: str, run: Run) -> Piece:
    """91比79 is a score, 25.72:26.84:47.44 a ratio, 1+6 a name for a scheme."""
    written = text[run.start : run.end]
    kind = "other"
    if run.kind == "ratio":
        several = "." in written or len(re.findall("[:：∶比]", written)) > 1
        named = re.search(
            r"比(?:例|值|率)?[为為是约約達达]?\Z|[按以]\Z", text[max(0, run.start - 4) : run.start]
        )
        kind = "ratio" if several or named else "score"
    reading = Reading(None, None, None, "exact", run.kind)
    end = run.end
    return Piece(run.start, end, end, end, written, reading, None, kind, run.kind, optional=run.kind == "sum")


def _half(text: str, start: int, table: UnitTable) -> Piece | None:
    """半小时, 半日, 半数, 过半; 上半年 is a time."""
    before = text[start - 1] if start else ""
    if text.startswith(("数", "數"), start + 1) and before not in ("大", "多"):
        return _part(start, start + 2, "exact")
    match = table.match(text, start + 1)
    if match is None and before in ("过", "過"):
        return _part(start - 1, start + 1, "above")
    if (
        match is None
        or match.unit.kind not in _HALVED
        or (before and before in "上下前后後大多一对對各另东西南北")
    ):
        return None
    reading = Reading(HALF, None, None, "exact", "half")
    return Piece(start, start + 1, match.start, match.end, "半", reading, match.unit, match.unit.kind, "half")


def _part(start: int, end: int, mod: str) -> Piece:
    reading = Reading(HALF, None, None, "above" if mod == "above" else "exact", "fraction")
    return Piece(start, end, end, end, "半", reading, None, "fraction", "half")


_NOT_SOME = "人户次总件指半多少倍基分系参约无对个字函量计点读岁度变常负正整单双代戶總係參無對個讀歲變負單雙"
_NOT_MANY = "许許更较較很最大众眾诸諸不差好太再没增繁几越"


def _vague(text: str, start: int, end: int, table: UnitTable) -> Piece | None:
    """几个, 数名, 多次, 若干项: some, with bounds by convention; 多 is kept for request only."""
    char = text[start]
    before = text[start - 1] if start else " "
    if before in {"数": _NOT_SOME, "數": _NOT_SOME, "多": _NOT_MANY, "几": "茶第", "幾": "茶第"}.get(
        char, ""
    ):
        return None
    match = None if text.startswith("字", end) else table.match(text, end)
    if match is None or match.unit.kind not in (
        "count",
        "duration",
        "length",
        "mass",
        "area",
        "volume",
        "multiple",
    ):
        return None
    bounded = char not in "多若"
    low, high = (Decimal(2), Decimal(9)) if bounded else (None, None)
    reading = Reading(None, low, high, "approx", "indefinite")
    unit = match.unit
    return Piece(
        start, end, match.start, match.end, char, reading, unit, unit.kind, "vague", optional=char == "多"
    )


def _number(text: str, start: int, end: int, table: UnitTable) -> Piece | None:
    if start and (text[start - 1] == "第" or text.startswith("第 ", start - 2)):
        return None
    run = text[start:end]
    match = table.match(text, end)
    if run[-1] in "千兆百" and len(run) > 1:
        kilo = table.match(text, end - 1)
        if (
            kilo is not None
            and kilo.start == end - 1
            and not (match and match.unit.name == "米" and not run[0].isdigit())
        ):
            end, run, match = end - 1, run[:-1].rstrip(), kilo
    reading = evaluate(run)
    while reading is None and run and run[-1] in "余餘多来來":
        end, run = end - 1, run[:-1]
        reading, match = evaluate(run), table.match(text, end - 1)
    if reading is None:
        return None
    follower = text[end : end + 1]
    if follower and follower in "分又 ":
        tail = _FRACTION_TAIL.match(text, end) or _WHOLE_TAIL.match(text, end)
        if tail is not None:
            return _fraction(text, start, end, tail.end(), table)
    if run == "一" and follower == "半" and table.match(text, end + 1) is None:
        return _part(start, end + 1, "exact")
    rule = reading.form
    inside = text[end + 1 : end + 2] if follower and follower in "个個" else ""
    if inside and inside in "半多余餘":
        match = table.match(text, end + 2)
        if match is None and inside == "半" and (next_month := table.match(text, end + 2)):
            match = next_month
        if text.startswith("月", end + 2):
            unit = table.forms["个月"]
            match = UnitMatch(unit, end, end + 3)
        if match is not None and match.unit.kind == "duration":
            more = (
                replace(reading, value=_plus(reading.value, HALF))
                if inside == "半"
                else replace(reading, mod="above")
            )
            return Piece(start, end, end, match.end, run, more, match.unit, "duration", rule)
        match = table.match(text, end)
    start, reading = _signed(text, start, reading)
    if match is None:
        return Piece(start, end, end, end, run, reading, None, "count", rule)
    return _with_unit(
        text, Piece(start, end, match.start, match.end, run, reading, match.unit, match.unit.kind, rule)
    )


def _plus(value: Decimal | None, more: Decimal) -> Decimal | None:
    return None if value is None else value + more


def _times(reading: Reading, factor: Decimal) -> Reading:
    value, low, high = (None if x is None else x * factor for x in (reading.value, reading.low, reading.high))
    return replace(reading, value=value, low=low, high=high)


def _signed(text: str, start: int, reading: Reading) -> tuple[int, Reading]:
    """-3.2%, 负0.2千米, 零下5度; 下降 is a change and no sign."""
    if not start or text[start - 1] not in "-－−+负負下 ":
        return start, reading
    sign = _SIGN.search(text[max(0, start - 4) : start])
    if sign is None or reading.value is None:
        return start, reading
    value = reading.value if "+" in sign.group() else -reading.value
    return start - len(sign.group()), replace(reading, value=value)


def _with_unit(text: str, piece: Piece) -> Piece | None:
    """Settle what the unit says: dates are given up, 成 and 折 become percent, 半 and 多 behind it count."""
    unit, reading = piece.unit, piece.reading
    if unit is None or _is_date(text, piece, unit) or _NUMBERED.match(piece.run):
        return None
    if unit.kind == "tenth":
        return _tenth(text, piece)
    if unit.factor is not None:
        reading = piece.reading = _times(reading, unit.factor)
    if text.startswith("半", piece.end) and piece.kind in _HALVED:
        piece.reading = replace(reading, value=_plus(reading.value, HALF))
        piece.end += 1
    elif piece.kind in _HALVED and reading.form != "indefinite" and (odd := _ODD_TAIL.match(text, piece.end)):
        piece.reading = replace(reading, mod="above")
        piece.end = odd.end()
    elif unit.kind == "noun" and reading.form == "bare":
        return None
    return piece


def _is_date(text: str, piece: Piece, unit: Unit) -> bool:
    value = piece.reading.value
    if value is None:
        return False
    name, before = unit.name, text[max(0, piece.start - 4) : piece.start]
    if name == "年":
        whole = piece.run.isdigit()
        calendar = (
            (whole and 1000 <= value <= 2200)
            or piece.reading.form == "digits"
            or before.endswith(("民国", "民國"))
        )
        return calendar or _MONTH_NEXT.match(text, piece.end) is not None
    if name == "日":
        counted = text.startswith(("内", "內", "以内", "之内"), piece.end) or _DAY_COUNT.search(before)
        return value <= 31 and not counted
    if name == "点":
        whole = value == value.to_integral_value() and value <= 24
        return whole and not _SCORED.search(before) and not _NOTES.match(text, piece.end)
    return False


def _tenth(text: str, piece: Piece) -> Piece | None:
    """八成 is 80 %, 三成半 35 %, 七五折 75 %, 75折 75 %."""
    reading, end = piece.reading, piece.end
    whole = piece.run.isdigit() or reading.form in ("digits", "estimate")
    value, low, high = reading.value, reading.low, reading.high
    if reading.form == "estimate" and text[piece.unit_start] == "折":
        value, low, high = low * 10 + high if low is not None and high is not None else None, None, None
        reading = replace(reading, mod="exact")
    elif value is not None:
        value = value if whole and value > 10 else value * 10
        if text.startswith("半", end):
            value, end = value + 5, end + 1
    if value is not None and value > 100:
        return None
    low, high = (None if bound is None else bound * 10 for bound in (low, high))
    piece.reading = replace(reading, value=value, low=low, high=high)
    piece.unit, piece.kind, piece.end, piece.rule = Unit("%", "percent", None, None), "percent", end, "tenth"
    return piece


def _fraction(text: str, start: int, number: int, end: int, table: UnitTable) -> Piece | None:
    """三分之二 is a fraction, 百分之三 percent, 四分之一公升 a volume."""
    run = text[start:end]
    negative = re.search("[-负負]", run) is not None
    reading = evaluate(re.sub(r"[-负負\s]", "", run))
    while reading is None and run and run[-1] in "余餘多来來":
        run, end = run[:-1], end - 1
        reading = evaluate(re.sub(r"[-负負\s]", "", run))
    if reading is None or reading.denominator is None:
        return None
    if negative and reading.value is not None:
        reading = replace(reading, value=-reading.value)
    start, reading = _signed(text, start, reading)
    if reading.denominator in (100, 1000, 10000, 10**6, 10**8) and "又" not in run:
        top = evaluate(re.sub(r"\s", "", text[number:end]).rpartition("之")[2].lstrip("-负負"))
        if top is not None and reading.denominator == 100:
            value = -top.value if negative and top.value is not None else top.value
            percent = Unit("%", "percent", None, None)
            return Piece(start, end, end, end, run, replace(top, value=value), percent, "percent", "percent")
        if top is not None and reading.denominator == 1000:
            mille = Unit("‰", "per_mille", None, None)
            return Piece(start, end, end, end, run, top, mille, "per_mille", "per mille")
    match = table.match(text, end)
    if match is not None and match.unit.kind in ("length", "mass", "area", "volume", "duration", "money"):
        return Piece(
            start, end, match.start, match.end, run, reading, match.unit, match.unit.kind, "fraction"
        )
    return Piece(start, end, end, end, run, reading, None, "fraction", "fraction")
