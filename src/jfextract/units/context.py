"""What the words around a figure decide: the kind of 度 and 分, money without a currency, what is optional."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.lexicon.lazy import lazy_pattern
from jfextract.units.piece import Piece
from jfextract.units.refusals import is_denominator, is_step
from jfextract.units.tables import LOCAL_YUAN, Region

__all__ = ["is_cluster", "is_optional", "is_pay", "settle_kind"]

_WARM = re.compile("气温|氣溫|温度|溫度|高温|低温|零下|摄氏|体温|水温|室温|升温|降温|最高|最低|恒温")
_POWER = re.compile("电|電")
_MONEY = lazy_pattern(
    "(?:资金|投资|产值|营收|收入|金额|贷款|融资|销售额|交易额|成交额|总额|利润|市值|财政|补贴|补助|经费|债券|债务|税收|税费|消费|贸易额|增加值|奖金|存款|支出|余额|预算|市场规模|规模|薪资|薪酬|月薪|年薪|工资|房价|捐款|赔偿|罚款|票房|利税|资产|负债|营业额|授信|保费|注资|增资|筹资|募资|利息|盈利|亏损|净利|销售|财力|让利|减税|退税|降费|订单金额|签约额|总值|身价|成本|外汇|本金|欠款|单价|总价|楼价|均价|呎价|租金|售价|保证金|押金|学费)"
    "[^,，。;；、:：人次量数]{0,6}\\Z"
)
_DATA_RATE = lazy_pattern("带宽|寬頻|宽带|速率|网速|传输|码率|下行|上行|下载|比特|波特")
_INTEREST = lazy_pattern(r"[升降加减]息[^,，。;；]{0,6}\Z|利率[^,，。;；]{0,6}\Z|降准[^,，。;；]{0,4}\Z")
_EXCHANGE = re.compile("中间价|中間價|汇率|匯率|汇价|[对兑兌][美欧日]元")
_MEASURED = re.compile("[温溫热冷角纬緯经斜倾电電低高]|零下")
_FORCE = re.compile("(?:以上)?的?[大阵强狂台余]?(?:风|震|地震)")
_CLUSTER = re.compile(r"(?:以上|级)?(?:的)?(?:产业|产值|企业|市场|集群|规模|投资|项目|元)")
_PAID = re.compile(r"(?:[花卖賣赚賺付]|花费|花費|收费|便宜|涨价)[了我你他她]?\Z")
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
    if unit == "bps" and _DATA_RATE.search(text, max(0, piece.start - 8), piece.end + 2) is None:
        kind, unit = "percentage_point", "基点"
    if unit == "码" and _INTEREST.search(near) is not None:
        return "percentage_point", unit, value, per  # 升息1碼: a quarter of a point
    if unit == "基点":
        return (
            ("other" if _EXCHANGE.search(text, max(0, piece.start - 40), piece.start) else kind),
            unit,
            value,
            per,
        )
    if unit == "级":
        force = piece.run[:1].isdigit() or _FORCE.match(text, piece.end) is not None
        return ("other" if force else "count"), unit, value, per
    if unit == "块" and (piece.rule == "compound" or _PAID.search(near)):
        return "money", LOCAL_YUAN[region], value, per
    money = unit is None and kind == "count" and piece.rule != "casualties"
    if money and (
        _MONEY.search(near)
        or is_pay(text, piece)
        or (piece.rule == "bare" and _CLUSTER.match(text, piece.end))
    ):
        return "money", LOCAL_YUAN[region], value, per
    return kind, unit, value, per


def is_cluster(text: str, piece: Piece) -> bool:
    """千亿产业集群, 万亿市场: what is worth so much."""
    return _CLUSTER.match(text, piece.end) is not None


def is_pay(text: str, piece: Piece) -> bool:
    """薪酬10k~15k: thousands in the way of job advertisements."""
    return (
        piece.run[-1:] in ("k", "K", "w", "W")
        and _MONEY.search(text[max(0, piece.start - 12) : piece.start]) is not None
    )


_BESIDE = re.compile(r"[\d一二两三四五六七八九十](?:省|市|县|区|乡|镇|村|州|盟|旗|街道)\Z")
_PLAN = re.compile("行动|计划|规划|禁渔|禁捕")
_PER_OUTPUT = re.compile("GDP|国内生产总值|地区生产总值|生产总值|工业增加值|增加值|产值|投资")
_TALLIED = tuple("金银铜死伤")  # 一金两银
_POSTPOSED = frozenset("个件名人项户家条次例处座台所起份篇辆架艘部宗")
_ARTICLE_END = re.compile(r"[。；;,，、]|\Z")
_POINTING = re.compile("[这那每某任何哪另同第有为是的成作了新一去后]\\Z")
_HANZI_SMALL = frozenset("一二两三四五六七八九十多双")


@lru_cache(maxsize=1)
def _fixed() -> tuple[str, ...]:
    return tuple(row["phrase"] for row in room_table("units", "fixed.tsv", ("phrase",), key="phrase"))


def is_optional(text: str, piece: Piece, start: int, end: int) -> bool:
    """Whether the record keeps the quantity for request only: an article, a slogan, a figure in a title."""
    if (
        piece.run == "一"
        and piece.kind in ("count", "noun", "index", "degree", "length", "energy")
        and start == piece.start
        and piece.rule != "compound"  # 一米四
        and not (piece.rule == "casualties" and text[end : end + 1] in _TALLIED)
    ):
        if piece.kind == "noun" and _BESIDE.search(text[max(0, start - 3) : start]):
            return _in_slogan(text, piece)  # 九乡一镇
        before = text[start - 1 : start]
        listed = piece.unit is not None and piece.unit.name in _POSTPOSED and _ARTICLE_END.match(text, end)
        postposed = listed and before and not _POINTING.search(before)
        if not postposed:
            return True
    if (
        piece.kind == "degree"
        and piece.run in _HANZI_SMALL
        and not _MEASURED.search(text[max(0, start - 12) : start])
    ):
        return True  # 两度会晤
    if piece.run[:1] in _HANZI_SMALL and text.startswith(_fixed(), piece.start):
        return True
    if piece.unit is not None and piece.unit.name == "型":
        return True  # 19型火箭 counts, 99型坦克 names
    if is_denominator(text, start) or is_step(text, start):
        return True  # 每3个月, 每增长1个百分点
    if piece.rule == "bare" and piece.kind == "money" and _PER_OUTPUT.match(text, end):
        return True  # 万元GDP能耗
    if piece.kind == "duration" and text[max(0, start - 1) : start] in ("这", "那"):
        return True  # 这两天, 那几天 say when
    if piece.kind == "length" and piece.reading.form == "bare" and text.startswith(("之外", "之遥"), end):
        return True  # 千里之外
    if piece.kind == "duration" and _PLAN.match(text, end):
        return True  # 三年行动计划
    if piece.run == "一" and piece.kind == "duration" and _POINTING.search(text[max(0, start - 2) : start]):
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
    if opened < 0 or piece.reading.value is None or (piece.reading.value > 30 and piece.rule != "bare"):
        return False
    closed = re.compile("[”」]").search(text, opened, opened + 18)
    return closed is not None and closed.start() >= piece.end
