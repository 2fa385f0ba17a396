"""Numbers that belong together: ranges (30%至50%, 5至8万), lists with one unit (2.16和1.66个百分点), 三块六, 两年零三个月."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext

from jfextract.numbers.evaluate import EXACT, divide, suffix_scales
from jfextract.numbers.model import Reading
from jfextract.units.piece import Piece

__all__ = ["join"]

_RANGE = re.compile(r"\s?(?:至|到|—+|-+|–|−|~+|～+|－|〜|∼)\s?(?:约|近|超)?\Z")
_LIST = re.compile(r"\s?[、和与與及或,，]\s?\Z")
_BRIDGE = re.compile(r"[零又]?\s?\Z")
_SMALLER: dict[tuple[str, str], int] = {
    ("年", "个月"): 12,
    ("年", "天"): 365,
    ("个月", "天"): 30,
    ("岁", "个月"): 12,
    ("小时", "分钟"): 60,
    ("小时", "分"): 60,
    ("小时", "秒"): 3600,
    ("分钟", "秒"): 60,
    ("分", "秒"): 60,
    ("天", "小时"): 24,
    ("周", "天"): 7,
    ("公斤", "克"): 1000,
    ("斤", "两"): 10,
    ("里", "丈"): 150,
    ("尺", "寸"): 10,
    ("丈", "尺"): 10,
    ("英尺", "英寸"): 12,
    ("米", "厘米"): 100,
    ("公里", "米"): 1000,
    ("角", "分"): 10,
}
_NEAR = 8
_TENTHS = 10
_SHORT = frozenset(("米", "斤", "角", "块", "尺", "丈", "度"))


def join(text: str, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with ranges, lists and compounds joined, from left to right."""
    return _joined(text, _joined(text, pieces, _compound), _range)


def _joined(text: str, pieces: list[Piece], rule: Callable[[Piece, Piece, str], Piece | None]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        if last is not None and piece.start - last.end < _NEAR:
            joined = rule(last, piece, text[last.end : piece.start])
            if joined is not None:
                out[-1] = joined
                continue
            if last.unit is None and rule is _range:
                _share(out, piece, text)
        out.append(piece)
    return out


def _range(left: Piece, right: Piece, gap: str) -> Piece | None:
    if left.joined or _RANGE.fullmatch(gap) is None or left.kind in ("score", "ratio", "other"):
        return None
    low, high = left.reading, right.reading
    if low.value is None or high.value is None:
        return None
    if left.unit is not None and (right.unit is None or left.unit.name != right.unit.name):
        return None
    if left.unit is None and right.unit is None and left.kind != "fraction" and not suffix_scales(right.run):
        return None
    bottom = low.value
    if left.unit is None:
        with localcontext(EXACT):
            for scale in suffix_scales(right.run):
                if bottom * scale < high.value:
                    bottom *= scale
                    break
        if right.rule == "tenth" and bottom <= _TENTHS:
            bottom *= 10  # 二至三成
    if bottom > high.value and "-" in gap:
        return None
    kind = right.kind
    if right.unit is not None and right.unit.kind == "noun" and "-" in gap:
        return None
    reading = Reading(None, bottom, high.value, "range", "range")
    return Piece(
        left.start,
        right.number_end,
        right.unit_start,
        right.end,
        right.run,
        reading,
        right.unit,
        kind,
        "range",
        right.per,
        left.optional or right.optional,
        True,
    )


def _share(out: list[Piece], right: Piece, text: str) -> None:
    """Give the unit of the last member to the bare ones before it: 2.16和1.66个百分点, 5、8万元."""
    if right.unit is None or right.reading.value is None or right.kind in ("noun", "other", "degree"):
        return
    scales = suffix_scales(right.run)
    end = right.start
    for left in reversed(out):
        if (
            left.unit is not None
            or left.kind == "fraction"
            or _LIST.fullmatch(text[left.end : end]) is None
            or left.reading.value is None
        ):
            return
        sign = text[left.end : end].strip()
        plain = left.run.isdigit() and right.kind == "count"
        if plain and sign in ("、", ",", "，"):
            return
        if sign in (",", "，") and bool(suffix_scales(left.run)) != bool(scales):
            return  # 投资6000亿,1.2吨
        value = left.reading.value
        if scales and not suffix_scales(left.run) and value < right.reading.value / scales[0] * 100:
            left.reading = replace(left.reading, value=value * scales[0])
        elif right.rule == "tenth" and value <= _TENTHS:
            left.reading = replace(left.reading, value=value * 10)
        left.unit, left.kind, left.rule = right.unit, right.kind, "list"
        end = left.start


def _compound(left: Piece, right: Piece, gap: str) -> Piece | None:
    """两年零三个月 (27 months), 1小时30分钟, 123元1角1分, 三斤二两, 五块六, 三米九."""
    if left.unit is None or _BRIDGE.fullmatch(gap) is None or left.reading.mod != "exact" or left.joined:
        return None
    big, small = left.reading.value, right.reading.value
    if big is None or small is None:
        return None
    with localcontext(EXACT):
        if right.unit is None:
            last = right.run[1:] if right.run[0] in "零〇" else right.run
            digit = len(last) == 1 and not gap and left.rule != "bare"
            short = left.unit.kind == "money" or left.unit.name in _SHORT
            if not (digit and short and small < 10) or (left.unit.kind == "money" and "元" in left.run):
                return None
            return _grown(
                left,
                right,
                big + small / (10 if last == right.run and left.rule != "compound" else 100),
                left,
            )
        if left.unit.kind == "money" and right.unit.name == left.unit.name and right.unit.factor is not None:
            return _grown(left, right, big + small, left)
        if (left.unit.kind == "money" or left.unit.name == "块") and right.kind in ("money_part", "index"):
            part = {"角": Decimal(10), "分钱": Decimal(100), "分": Decimal(100)}.get(right.unit.name)
            return None if part is None else _grown(left, right, big + small / part, left)
        factor = _SMALLER.get((left.unit.name, right.unit.name))
        if factor is None:
            return None
        if right.kind == "duration" or left.kind == "duration":
            grown = _grown(left, right, big * factor + small, right)
            grown.kind = "age" if left.kind == "age" else "duration"
            if right.unit.name == "分":
                grown.unit = replace(right.unit, name="分钟", kind="duration")
            return grown
        return _grown(left, right, divide(big * factor + small, Decimal(factor)), left)


def _grown(left: Piece, right: Piece, value: Decimal, unit_of: Piece) -> Piece:
    reading = replace(left.reading, value=value)
    return Piece(
        left.start,
        left.number_end,
        left.unit_start,
        right.end,
        left.run,
        reading,
        unit_of.unit,
        unit_of.kind,
        "compound",
    )
