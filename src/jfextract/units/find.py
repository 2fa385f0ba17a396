"""The verbs of the room: find all quantities of a text, parse one."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, localcontext

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.lexicon.user import Lexicon
from jfextract.model import Mod
from jfextract.numbers import approximators
from jfextract.numbers.compact import Compact, compact
from jfextract.numbers.evaluate import EXACT
from jfextract.numbers.numbering import without_numbering
from jfextract.units.context import is_cluster, is_optional, is_pay, settle_kind
from jfextract.units.exchange import exchange_base, is_exchanged
from jfextract.units.join import join
from jfextract.units.model import Quantity
from jfextract.units.piece import Piece
from jfextract.units.pieces import find_pieces
from jfextract.units.refusals import is_denominator, is_refused
from jfextract.units.tables import LOCAL_YUAN, Region, UnitTable, unit_table

__all__ = ["find", "parse"]

_NO_NOUN = frozenset(["", *"年月日号时岁,。，、;；:：!?)）」”》\n "])
_LEFT_OUT = "个個分米元块塊角毛斤"
_INSIDE = re.compile("[内內]")
_SCALE_LEAST = 1000
_COUNTED_NOUN = lazy_pattern(
    r"[\u4e00-\u9fff]{0,4}(?:民众|群众|市民|村民|居民|学生|学子|师生|员工|职工|工人|农民|抗议者|示威者|游客|旅客|观众|球迷|士兵|军人|官兵|警察|儿童|儿女|青年|嘉宾|代表|企业|商家|商户|网友|粉丝|选手|运动员|难民|平民|人员|家庭|用户)"
)
_SCALE = re.compile(r"(?:摄氏|攝氏|华氏|華氏)(?:温度|溫度)?\s?\Z")
_AGED = re.compile("大(?=[的了,，。、]|小孩|婴|嬰|$)")
_UP = re.compile(r"(?<![以之])上\Z")
_PAST = re.compile(r"(?<![通经經超不透渡难路])(?<!(?<![进速浓密热])度)[过過]\Z")  # 进度过三成, 度过
_TOGETHER = re.compile(r"成[千百]上\Z")
_RECORD = lazy_pattern(r"[^,，。;；、]{0,6}(?:[纪記紀]录|[纪記紀]錄|技术|瓶颈|难题|核心)")


def find(text: str, *, region: Region = "mainland", lexicon: Lexicon | None = None) -> tuple[Quantity, ...]:
    """Return the quantities of a text from left to right, without overlap.

    Offsets are code points of ``text``. Dates, ordinals and identifiers are no quantities.

    >>> for quantity in find("开展督查近50项,压减33.2%,资金约3.5亿元"):
    ...     print(quantity.text, quantity.kind, quantity.value, quantity.mod, quantity.unit)
    近50项 count 50 below 项
    33.2% percent 33.2 exact %
    约3.5亿元 money 350000000 approx CNY
    """
    return _find_spaced(without_numbering(text), unit_table(region, lexicon), region)


def _find_spaced(text: str, table: UnitTable, region: Region) -> tuple[Quantity, ...]:
    """Spaces next to Chinese characters are typography (177.1 亿元): search without, report with them."""
    short = compact(text)
    if short is None:
        return _find(text, table, region)
    return tuple(_restored(quantity, short, text) for quantity in _find(short.text, table, region))


def _restored(quantity: Quantity, short: Compact, text: str) -> Quantity:
    start, end = short.start(quantity.start), short.end(quantity.end)
    number_end = max(start, short.end(quantity.number_end))
    unit_start = min(end, short.start(quantity.unit_start)) if quantity.unit_start < quantity.end else end
    return replace(
        quantity, text=text[start:end], start=start, end=end, number_end=number_end, unit_start=unit_start
    )


def _find(text: str, table: UnitTable, region: Region) -> tuple[Quantity, ...]:
    with localcontext(EXACT):
        pieces = join(text, list(find_pieces(text, table)))
        out: list[Quantity] = []
        behind = 0
        for piece in pieces:
            quantity = _quantity(text, piece, table, behind, region)
            if quantity is not None:
                out.append(quantity)
                behind = quantity.end
    return tuple(out)


def parse(
    text: str, *, region: Region = "mainland", lexicon: Lexicon | None = None, kind: str | None = None
) -> Quantity | None:
    """Read a text that is one quantity as a whole; None if it is not.

    ``kind`` says what it is known to be and settles what is ambiguous: 五分 as ``money`` or ``duration``.

    >>> quantity = parse("2万余名")
    >>> quantity.value, quantity.mod, quantity.unit
    (Decimal('20000'), 'above', '名')
    """
    table = unit_table(region, lexicon, kind)
    stripped = text.strip()
    offset = len(text) - len(text.lstrip())
    for ahead in ("", "一") if kind else ("",):  # 米九 and 个半 leave 一 out
        if ahead and stripped[:1] not in _LEFT_OUT:
            break
        for quantity in _find_spaced(ahead + stripped, table, region):
            if quantity.text == ahead + stripped:
                return _moved(quantity, offset - len(ahead), stripped, offset)
    return None


def _moved(quantity: Quantity, by: int, text: str, start: int) -> Quantity:
    ends = (max(start, at + by) for at in (quantity.number_end, quantity.unit_start, quantity.end))
    number_end, unit_start, end = ends
    return replace(quantity, text=text, start=start, end=end, number_end=number_end, unit_start=unit_start)


def _quantity(text: str, piece: Piece, table: UnitTable, behind: int, region: Region) -> Quantity | None:
    start, end, reading = piece.start, piece.end, piece.reading
    unit, kind = (piece.unit.name if piece.unit else None), piece.kind
    if kind != "duration" and is_denominator(text, start):
        return None
    prefix = table.prefix(text, start)
    if prefix is not None and prefix[1] >= behind and (unit is None or kind == "money"):
        unit, start = prefix
        kind = "money"
    elif is_refused(text, piece):
        return None
    trailing = approximators.after(text, end)
    mod: Mod = reading.mod
    if trailing is not None and not (reading.form == "bare" and unit is None and trailing.mod == "approx"):
        end = trailing.at
        mod = trailing.mod if mod in ("exact", "approx") else mod
    elif kind in ("duration", "length") and _INSIDE.match(text, end):
        end, mod = end + 1, "below" if mod == "exact" else mod
    low, high, value = reading.low, reading.high, reading.value
    if kind in ("degree", "angle") and (scale := _SCALE.search(text, max(0, start - 5), start)) is not None:
        start, kind = scale.start(), "temperature"
        unit = "华氏度" if scale.group()[0] in "华華" else "摄氏度"
    elif kind == "duration" and (aged := _AGED.match(text, end)) is not None:
        end, kind = aged.end(), "age"
    leading = approximators.before(text, start)
    if leading is not None and leading.at >= behind and not _breaks_record(text, leading.at, start, end):
        start = leading.at
        vague = leading.mod == "approx" and mod == "above"  # 大概五百多个 is more than 500 all the same
        if mod != "range" and not vague and (value is not None or leading.mod == "approx" or low is None):
            mod = leading.mod
    elif mod == "exact" and (far := approximators.far_before(text, start)) is not None:
        mod = far
    elif reading.form == "bare":
        start, mod, low, value = _bare_lead(text, start, mod, low, value)
    elif kind == "percent" or _scaled(piece):
        past = _PAST.search(text[max(0, start - 3) : start])
        if past:
            start, mod = start - 1, "above"
    if unit is None and table.hint == "money":
        kind, unit = "money", LOCAL_YUAN[region]
    if unit is None and not _stands_alone(text, piece, mod) and not is_pay(text, piece):
        return None
    if start < behind:
        return None
    kind, unit, value, per = settle_kind(text, piece, kind, unit, value, region)
    optional, rule = piece.optional or is_optional(text, piece, start, end), piece.rule
    if is_exchanged(text, piece):
        optional, rule = True, "exchange"
    elif kind == "money":
        per = per or exchange_base(text, start, piece.end)
    return Quantity(
        text[start:end],
        start,
        end,
        piece.number_end,
        piece.unit_start,
        kind,
        _plain(value),
        _plain(low),
        _plain(high),
        mod,
        unit,
        per,
        optional,
        rule,
        0.6 if optional else 0.9,
    )


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that a scale word leaves behind the point: 1.06万 is 10600; 87.0% stays as written."""
    if value is None or abs(value) < _SCALE_LEAST or value != value.to_integral_value():
        return value
    return value.quantize(Decimal(1))


def _scaled(piece: Piece) -> bool:
    """Whether the numeral ends in 万, 亿 or 兆."""
    return piece.run[-1:] in ("万", "萬", "亿", "億", "兆")


def _breaks_record(text: str, at: int, start: int, end: int) -> bool:
    """超15项世界纪录 and 突破10项关键技术 are verbs with their objects, no bounds."""
    return text[at:start].strip() in ("超", "破", "突破") and _RECORD.match(text, end) is not None


def _bare_lead(
    text: str, start: int, mod: Mod, low: Decimal | None, value: Decimal | None
) -> tuple[int, Mod, Decimal | None, Decimal | None]:
    """上千次 (1000 and open), 成千上万, 过亿 (a plain value, above): start, mod, low, value."""
    window = text[max(0, start - 3) : start]
    together = _TOGETHER.search(window)
    if together:
        return start - 3, "above", value, None
    if _UP.search(window):
        return start - 1, "above", value, None
    if _PAST.search(window):
        return start - 1, "above", low, value
    return start, mod, low, value


def _stands_alone(text: str, piece: Piece, mod: Mod) -> bool:
    """Whether a number without a unit counts something: 3.7万, 过半, 三分之一, a score."""
    if piece.kind in ("fraction", "score", "ratio", "other") or piece.rule in (
        "word",
        "linked",
        "casualties",
        "great",
    ):
        return True
    if (
        piece.rule in ("odd", "indefinite")
        and piece.run[0].isdigit()
        and text[piece.end : piece.end + 1] not in _NO_NOUN
    ):
        return True  # 1000多村民
    loose = piece.reading.form == "indefinite" or (piece.reading.form == "bare" and mod != "exact")
    if loose and not _scaled(piece) and _COUNTED_NOUN.match(text, piece.end) is not None:
        return True  # 数百民众, 近千学生
    if piece.reading.form == "bare" and _scaled(piece) and is_cluster(text, piece):
        return True  # 千亿产业集群
    if _scaled(piece) or piece.run[-2:-1] in ("万", "亿"):
        return piece.reading.form != "bare" or mod != "exact"
    return False
