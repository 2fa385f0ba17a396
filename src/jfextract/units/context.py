"""What the words around a figure decide: the kind of 度 and 分, money without a currency, what is optional."""

from __future__ import annotations

import re
from decimal import Decimal

from jfextract.units.pieces import Piece
from jfextract.units.tables import LOCAL_YUAN, Region

__all__ = ["is_optional", "settle_kind"]

_WARM = re.compile("气温|氣溫|温度|溫度|高温|低温|零下|摄氏|体温|水温|室温|升温|降温|最高|最低|恒温")
_POWER = re.compile("电|電")
_MONEY = re.compile(
    "资金|資金|投资|投資|产值|產值|营收|營收|收入|金额|金額|贷款|貸款|融资|销售额|交易额|成交|利润|利潤|市值|财政|补贴|补助|经费|债|税|费|消费|贸易|进出口|增加值|奖金|产业|千亿级|规模|补偿|身家|捐"
)
_PER = {
    "年": "year",
    "月": "month",
    "天": "day",
    "日": "day",
    "周": "week",
    "季度": "quarter",
    "季": "quarter",
    "小时": "hour",
    "时": "hour",
    "分钟": "minute",
    "秒": "second",
    "人": "person",
    "户": "household",
}
_RATE = re.compile(r"[/／每](?P<per>[\u4e00-\u9fff]{1,3})")
_SPEED = re.compile(r"(?:时速|時速)(?:约|約|为|為|达|達|超过|超|近|可达|最高)*\Z")


def settle_kind(
    text: str, piece: Piece, kind: str, unit: str | None, value: Decimal | None, region: Region
) -> tuple[str, str | None, Decimal | None, str | None]:
    """Return kind, unit, value and per of a piece, as its surroundings decide."""
    near = text[max(0, piece.start - 12) : piece.start]
    per = piece.per
    if kind == "length" and _SPEED.search(near):
        return "speed", unit, value, "hour"
    if kind == "degree":
        if _WARM.search(near) or text[piece.start : piece.start + 2] == "零下":
            return "temperature", unit, value, per
        after = text[piece.end : piece.end + 4]
        return ("energy" if _POWER.search(near + after) else "other"), unit, value, per
    if kind in ("angle", "per_mille"):
        return ("other" if kind == "angle" else "percent"), unit, value, per
    if kind == "noun":
        return "count", unit, value, per
    if kind == "money_part":
        scale = Decimal("0.1") if unit == "角" else Decimal("0.01")
        return "money", LOCAL_YUAN[region], None if value is None else value * scale, per
    if unit == "级":
        return ("count" if not piece.run[:1].isdigit() else "other"), unit, value, per
    if unit == "块" and (text.startswith("钱", piece.end) or piece.rule == "compound"):
        return "money", LOCAL_YUAN[region], value, per
    if unit is None and kind == "count" and _MONEY.search(text[max(0, piece.start - 8) : piece.end + 8]):
        return "money", LOCAL_YUAN[region], value, per
    return kind, unit, value, per


_ARTICLE_END = re.compile(r"[。；;,，、]|\Z")
_POINTING = re.compile(r"[这那每某任何哪另同第有为是的成作了新这一]\Z")
_SLOGAN_UNIT = frozenset(("项", "个", "条", "度", "张", "套", "级", "化", "网"))


def is_optional(text: str, piece: Piece, start: int, end: int) -> bool:
    """Whether the record keeps the quantity for request only: an article, a slogan, a figure in a title."""
    if (
        piece.run == "一"
        and piece.kind in ("count", "noun", "index", "degree", "length")
        and start == piece.start
    ):
        before = text[start - 1 : start]
        postposed = _ARTICLE_END.match(text, end) and before and not _POINTING.search(before)
        if not postposed:
            return True
    if text.startswith("大", end - 1) and piece.unit is None:
        return True
    return _in_title(text, start, end) or (
        piece.kind in ("count", "noun", "degree", "index") and _in_slogan(text, piece)
    )


def _in_title(text: str, start: int, end: int) -> bool:
    opened = text.rfind("《", max(0, start - 60), start)
    return opened >= 0 and text.find("》", opened, start) < 0 and text.find("》", end, end + 60) >= 0


def _in_slogan(text: str, piece: Piece) -> bool:
    """“三项机制”, “四个意识”: a small number in a short quotation."""
    opened = max(
        text.rfind("“", max(0, piece.start - 12), piece.start),
        text.rfind("「", max(0, piece.start - 12), piece.start),
    )
    if opened < 0 or piece.reading.value is None or piece.reading.value > 30:
        return False
    closed = re.compile("[”」]").search(text, opened, opened + 18)
    return closed is not None and closed.start() >= piece.end
