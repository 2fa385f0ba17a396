"""From runs of numerals to numbers with their units, before ranges and approximators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.numbers import approximators
from jfextract.numbers.characters import characters
from jfextract.numbers.evaluate import LONGEST, evaluate, longest_reading
from jfextract.numbers.model import Reading
from jfextract.numbers.scan import Run, scan
from jfextract.numbers.traps import trap_spans
from jfextract.units.linked import linked_kind
from jfextract.units.piece import HALF, HALVED, PER, Piece, bare_piece, more, times, unit_piece
from jfextract.units.shapes import (
    half_part,
    read_fraction,
    read_half,
    read_relation,
    read_slash,
    read_tenth,
    read_turn,
    read_vague,
)
from jfextract.units.tables import Unit, UnitMatch, UnitTable

__all__ = ["find_pieces"]

_SIGN = lazy_pattern(
    # a dash with a space behind it that begins a line or a member of a list is a bullet
    r"(?:(?<![\w%％)）\-—－])(?<!\d )[-－−+](?:(?<=[^\n>] [-－−+]) )?|(?<![减減责責担擔胜勝自辜抱肩欺正])[负負] ?|零下 ?)\Z"
)
_HYPHENED = re.compile(r"(?![年月日号號时])[\u4e00-\u9fff][-－−]")
_SIGNED_UNIT = lazy_pattern(
    r"[%％‰℃°度倍]|(?:个|個)?百分[点點]|摄氏|[万萬亿億]*(?:[元圆圓]|[美欧日港英]元|[,，。、;；)）]|\Z)"
)
_ODD_TAIL = re.compile(
    # the other readings of 多: 50%多为女性, 5亿元多用于科研
    r"多(?![少种样元次是为由属于於數数半]|来自|位于|见于|集中|用[于於来在]|以(?![来前后内]))|[余餘](?![额額热熱地下款])"
)
_STRONG = lazy_pattern(r"(?:(?P<more>强|還多|还多)|(?P<less>弱))(?![度化烈势者盗调制力壮大小项在于的])")
_MONEY_SCALE = re.compile(r" ?([mbtkMBTK])(?![A-Za-z0-9])")  # £300m
_MONEY_SCALES = {"k": Decimal(1000), "m": Decimal(10**6), "b": Decimal(10**9), "t": Decimal(10**12)}
_PROJECTS = lazy_pattern("项目(?!标)")
_PLUS = re.compile(r"[+＋](?![\dA-Za-z+＋])")
_ORDINAL = re.compile(r"第\s?(?:[\d一二三四五六七八九十]{1,3}[、和至到—~-])*\Z")
_ORDINAL_ENDS = "第 、和至到—~-"
_MONTH_NEXT = re.compile(r"\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月")
_DAY_COUNT = re.compile(r"(?:连续|連續|为期|為期|历时|长达|持续|[仅满滿达達共超每]|(?<![附最])近)\Z")
_NOTES = re.compile(r"(?:意见|建议|要求|主张|共识|举措|措施|内容|原因|希望|倡议)")
_DATA = re.compile("宽带|带宽|寬頻|网速|网络|流量|速率|内存|下载|上传|光纤|光网|硬盘|文件|存储")
_SCORED = re.compile(r"(?:[涨跌漲升降报報收]|上涨|下跌|指数为)\Z")
_NUMBERED = re.compile(r"0\d")  # 01版
_CASUALTIES = lazy_pattern(
    r"[死伤傷](?![亡者员])|[金银铜男女](?=[\d一二两三四五六七八九十的共和,，。、;；)）!！\s]|\Z)"
)
_GREAT = re.compile("大(?![于於约約概致小量关關多部会會学學连連坝型前后])")
_GREAT_MOST = 100
_MOST_STARS = 7
_ZERO = re.compile("[零〇○]")
_UNIT_LINE = re.compile(r"(?:单位|單位)\s?[:：]\s?\Z|[(（]\Z")
_PHASE = re.compile(r"(?:工程|扩建|项目|建设|改造)")
_SESSION = re.compile(r"[届屆]\Z")
_NTH = re.compile(r"第[一二三四五六七八九十\d]{1,3}[个個]\Z")
_COUNTED_BY_TWO = frozenset(("人", "位", "字"))
_LEVEL_END = re.compile(r"[,，。;；、)）]|\Z")
_TIERS = frozenset("省市縣县區区乡鄉镇鎮村组組分这那家的了等")
_BUREAUS = frozenset("铁交建冶电水航")
_WIND = re.compile("(?:以上)?的?(?:[大阵强狂台北南东西]{0,2}风|[强余]?震|地震|海浪)")
_HELD = re.compile("[办辦共训訓开開印了满滿出]|举行|连续")
_RESULT = re.compile(r"(\d{1,3})(?![\d.:：%％年月日])")
_RESULT_DIGITS = {"秒": (1, 2, 3), "米": (2,)}
_NEXT_ONE = re.compile(r"(?<![以之])[上下]\Z")
_PLACES = ("市", "县", "州", "镇", "乡", "土家族")
_SCALED_RATE = re.compile(r"\d{0,4}[十百千万萬亿億]{0,2}")
_IN_MANY = re.compile(r"[/／]((?:1|10|100)?[十百千万萬]{1,2})(?=人?[,，。、;；)）\s]|\Z)")
_RATE = re.compile(
    r"\s?[/／]\s?|每(?=(?:秒|小时|小時|分|天|日|年|月|人|户|戶|亩|畝|吨|噸|公斤|千克|斤|平方米|立方米|升|股|桶)(?!\d))"
)


def find_pieces(text: str, table: UnitTable) -> Iterator[Piece]:
    """Yield the numbers of a text with their units; ordinals, dates, traps and identifiers are left out."""
    traps = trap_spans(text)
    trap = 0
    behind = 0
    for run in scan(text, tuple(table.words)):
        start, end = run.start, run.end
        if end - start > LONGEST:
            continue
        if start < behind:
            if end <= behind or run.kind != "run":
                continue
            start = behind
        while trap < len(traps) and traps[trap][1] <= start:
            trap += 1
        if trap < len(traps) and traps[trap][0] <= start and run.kind != "ratio":
            first, last = traps[trap]
            if last >= end and not (first == start and _is_counted(text, start, end, last, table)):
                continue
            start = last if first < start and last < end else start
        hyphened = run.kind == "run" and start > behind + 1 and _HYPHENED.match(text, start - 2) is not None
        if hyphened and not _is_signed(text, start, end):
            continue
        piece = _piece(text, Run(run.kind, start, end), table)
        if piece is not None:
            if hyphened and piece.start == start:
                piece.start, piece.reading = start - 1, times(piece.reading, Decimal(-1))
            behind = piece.end
            yield piece


def _is_signed(text: str, start: int, end: int) -> bool:
    """Whether a hyphen behind a word is a minus: 净利润-1.35亿元, unlike 苏-27 and 山毛榉-2."""
    while end > start + 1 and text[end - 1] in "万萬亿億":
        end -= 1
    return "." in text[start:end] or _SIGNED_UNIT.match(text, end) is not None


_COUNTING = lazy_pattern(r"(?:为期|历时|持续|连续|长达|时隔|耗时|(?<![以之])上)\Z")


def _is_counted(text: str, start: int, end: int, trap_end: int, table: UnitTable) -> bool:
    """Whether the word with numerals is a quantity here.

    A unit reaches beyond it (三公升 is no 三公, 千万分之一 no 千万), or the words before it count (近万家, 为期四周).
    """
    if text.startswith("分之", end):
        return True
    match = table.match(text, end)
    if match is None or match.end < trap_end:
        return False
    counted = _COUNTING.search(text, max(0, start - 2), start) or approximators.before(text, start)
    return match.end > trap_end or bool(counted)


def _piece(text: str, run: Run, table: UnitTable) -> Piece | None:
    if run.kind == "run":
        return _number(text, run.start, run.end, table)
    if run.kind == "half":
        return read_half(text, run.start, table)
    if run.kind == "vague":
        return read_vague(text, run.start, run.end, table)
    if run.kind == "word":
        reading = Reading(table.words[text[run.start : run.end]], None, None, "exact", "word")
        return _counted(text, run.start, run.end, reading, table)
    if run.kind == "turn":
        return read_turn(text, run.start, run.end)
    return read_relation(text, run)


def _number(text: str, start: int, end: int, table: UnitTable) -> Piece | None:
    if start and text[start - 1] in _ORDINAL_ENDS and _ORDINAL.search(text, max(0, start - 8), start):
        return None
    end = _numeral_end(text, start, end, table)
    run = text[start:end]
    reading = evaluate(run)
    if reading is None:
        run, reading = longest_reading(run)
        end = start + len(run)
    if reading is None:
        return None
    follower = text[end : end + 1]
    if follower and follower in "分又 " and (fraction := read_fraction(text, start, end, table)) is not None:
        return _grown_by_tail(text, fraction)
    if run == "一" and follower == "半" and table.match(text, end + 1) is None:
        return half_part(start, end + 1, above=False)
    if (
        follower
        and follower in "/／"
        and run.isdigit()
        and (slash := read_slash(text, start, end, run)) is not None
    ):
        return slash
    if run == "一" and _NEXT_ONE.search(text, max(0, start - 2), start):
        return None  # 上一交易日
    start, reading = _signed(text, start, reading)
    if reading.value is not None and end - start > 1 and (plus := _PLUS.match(text, end)) is not None:
        end, reading = plus.end(), replace(reading, mod="above", form="odd")  # 100+家企业
    return _counted(text, start, end, reading, table)


def _numeral_end(text: str, start: int, end: int, table: UnitTable) -> int:
    """Where the numeral of 一百千瓦, 50兆瓦 or 100兆宽带 ends: the last character belongs to the unit.

    三千米 in characters stays three thousand metres.
    """
    if end - start < 2 or text[end - 1] not in "千兆百":
        return end
    kilo = table.match(text, end - 1)
    if kilo is None or kilo.start != end - 1 or (text[end : end + 1] == "米" and not text[start].isdigit()):
        return end
    if kilo.unit.name == "兆" and not (
        text[start].isdigit() and _DATA.search(text[max(0, start - 8) : end + 6])
    ):
        return end
    return end - 1


def _signed(text: str, start: int, reading: Reading) -> tuple[int, Reading]:
    """-3.2%, 负0.2千米, 零下5度; 下降 is a change and no sign, 苏-27 a name (see ``_is_signed``)."""
    if not start or text[start - 1] not in "-－−+负負下 ":
        return start, reading
    sign = _SIGN.search(text[max(0, start - 4) : start])
    if sign is None or (reading.value is None and sign.group().strip() != "零下"):
        return start, reading
    if text[start - 1] in "-－−" and text[start - 2 : start - 1] in ("", "\n"):
        end = start
        while end < len(text) and (text[end].isdecimal() or text[end] in ".,"):
            end += 1
        if not _is_signed(text, start, end):
            return start, reading  # a bullet: -5个项目
    if reading.value is None or reading.low is not None:  # 零下十几度
        low, high = (None if bound is None else -bound for bound in (reading.high, reading.low))
        return start - len(sign.group()), replace(reading, low=low, high=high)
    value = reading.value if "+" in sign.group() else -reading.value
    return start - len(sign.group()), replace(reading, value=value)


def _counted(text: str, start: int, end: int, reading: Reading, table: UnitTable) -> Piece | None:
    """A number that is read, with the unit behind it."""
    run, rule = text[start:end], reading.form
    inside = text[end + 1 : end + 2] if text[end : end + 1] in ("个", "個") else ""
    if inside and inside in "半多余餘":
        if text.startswith("月", end + 2):
            match: UnitMatch | None = UnitMatch(table.forms["个月"], end, end + 3)
        else:
            match = table.match(text, end + 2)
        if match is not None and match.unit.kind == "duration":
            reading = more(reading, HALF) if inside == "半" else replace(reading, mod="above")
            return Piece(start, end, end, match.end, run, reading, match.unit, "duration", rule)
    if (scaled := _MONEY_SCALE.match(text, end)) is not None and table.prefix(text, start) is not None:
        reading, end = times(reading, _MONEY_SCALES[scaled[1].lower()]), scaled.end()
    match = table.match(text, end)
    if match is not None and reading.form == "bare" and _PROJECTS.match(text, match.start) is not None:
        match = None  # 百亿项目
    alone = characters().get(run)
    if alone is not None and alone.style == "financial" and (match is None or match.unit.kind != "money"):
        return None  # 着陆场
    few = reading.value is not None and reading.value <= _GREAT_MOST
    if match is None and few and (great := _GREAT.match(text, end)) is not None:
        return _great(text, start, end, great.end(), reading, table)
    if match is None and (many := _IN_MANY.match(text, end)) is not None:
        piece = bare_piece(start, many.end(), run, reading, "other", "rate")  # 死亡率15.7/10万
        piece.per = many[1]
        return piece
    if match is None:
        return _without_unit(text, bare_piece(start, end, run, reading, "count", rule))
    if reading.form == "digits" and match.unit.kind in ("count", "noun") and not _ZERO.search(run):
        return None  # 马英九一行
    return _with_unit(text, unit_piece(start, end, match, run, reading, rule), match.unit, table)


def _great(text: str, start: int, number_end: int, end: int, reading: Reading, table: UnitTable) -> Piece:
    """三大行动, 8大类问题: kept for request only."""
    match = table.match(text, end)
    if match is not None and match.start == end and match.unit.kind == "count":
        piece = unit_piece(start, number_end, match, text[start:number_end], reading, "great")
    else:
        piece = bare_piece(start, number_end, text[start:number_end], reading, "count", "great")
        piece.end = end
    piece.optional = True
    return piece


def _without_unit(text: str, piece: Piece) -> Piece:
    """中间价报7.1719 is a rate, 5死7伤 counts people; the rest waits for a range or a list to lend a unit."""
    if (kind := linked_kind(text, piece.start, piece.run)) is not None:
        piece.kind, piece.rule = kind, "linked"
    elif _CASUALTIES.match(text, piece.end):
        piece.rule = "casualties"
    return piece


def _with_unit(text: str, piece: Piece, unit: Unit, table: UnitTable) -> Piece | None:
    """Settle what the unit says: dates are given up, 成 and 折 become percent, 半 and 多 behind it count."""
    if (_NUMBERED.match(piece.run) and unit.name not in ("秒", "分")) or (
        table.hint is None and _is_date(text, piece, unit)
    ):
        return None
    if unit.kind == "tenth":
        tenth = read_tenth(text, piece)
        return None if tenth is None else _grown_by_tail(text, tenth)
    if _is_ordinal(text, piece, unit):
        return None
    if unit.factor is not None:
        piece.reading = times(piece.reading, unit.factor)
    elif (digits := _RESULT_DIGITS.get(unit.name)) is not None:
        piece = _result(text, piece, digits, table)
    if piece.kind in HALVED:
        if text.startswith("半", piece.end):
            piece.reading = more(piece.reading, HALF)
            piece.end += 1 + text.startswith(("钟", "鐘"), piece.end + 1)
        else:
            piece = _grown_by_tail(text, piece)
    elif piece.kind in _TAILED:
        piece = _grown_by_tail(text, piece)
    return _rated(text, piece, table)


_TAILED = frozenset(
    ("percent", "per_mille", "temperature", "speed", "energy", "power", "data", "degree", "other")
)


def _grown_by_tail(text: str, piece: Piece) -> Piece:
    """三年多, 七成多, 50%多, 三成强: the word behind the unit says that it is more, or less."""
    if piece.reading.form == "indefinite":
        return piece
    if (odd := _ODD_TAIL.match(text, piece.end)) is not None:
        return replace(piece, reading=replace(piece.reading, mod="above"), end=odd.end())
    if piece.kind not in ("percent", "fraction") or (strong := _STRONG.match(text, piece.end)) is None:
        return piece
    reading = replace(piece.reading, mod="above" if strong["more"] else "below")
    return replace(piece, reading=reading, end=strong.end())


def _result(text: str, piece: Piece, digits: tuple[int, ...], table: UnitTable) -> Piece:
    """9秒77 and 20米06: hundredths behind the unit, as sport writes results."""
    tail = _RESULT.match(text, piece.end) if piece.run.isdigit() else None
    value = piece.reading.value
    if (
        tail is None
        or value is None
        or len(tail[1]) not in digits
        or table.match(text, tail.end()) is not None
    ):
        return piece
    return replace(piece, end=tail.end(), reading=more(piece.reading, Decimal(f"0.{tail[1]}")), rule="result")


def _rated(text: str, piece: Piece, table: UnitTable) -> Piece:
    """元/吨, 公里/小时, 立方米每秒: the denominator belongs to the quantity."""
    rate = _RATE.match(text, piece.end)
    below = table.match(text, rate.end()) if rate is not None else None
    if rate is not None and below is None and (scaled := _SCALED_RATE.match(text, rate.end())) is not None:
        below = table.match(text, scaled.end())  # 吨标准煤/万元
        if below is not None:
            piece.per, piece.end = text[rate.end() : below.end], below.end
    elif below is not None:
        piece.per, piece.end = PER.get(below.unit.name, below.unit.name), below.end
        if piece.kind == "length" and below.unit.kind == "duration":
            piece.kind = "speed"
    return piece


def _is_ordinal(text: str, piece: Piece, unit: Unit) -> bool:
    """十四届二次会议, 第二个百年, 三期工程, 二级发动机, 响应提升至三级, 七尾市."""
    if piece.reading.form == "hanzi" and len(piece.run) == 1 and _names_one(text, piece, unit):
        return True
    before = text[max(0, piece.start - 5) : piece.start]
    if unit.name == "星" and (piece.reading.value or 0) > _MOST_STARS and not before.endswith("箭"):
        return True  # 天启星座25星
    if unit.name == "次" and _SESSION.search(before):
        return True
    if (
        piece.reading.form == "bare"
        and _UNIT_LINE.search(before)
        and text[piece.end : piece.end + 1] in "))，,、/\n"
    ):
        return True  # GDP(亿元), 单位:万元: the head of a table, no figure
    if piece.reading.form == "bare" and (unit.kind == "noun" or _NTH.search(before)):
        return True
    return unit.name == "期" and not piece.run[:1].isdigit() and _PHASE.match(text, piece.end) is not None


def _names_one(text: str, piece: Piece, unit: Unit) -> bool:
    """Whether a single character and its unit name one thing; two things would be 两, never 二."""
    if piece.run == "二":
        return unit.kind in ("count", "noun", "other", "index") and unit.name not in _COUNTED_BY_TWO
    if unit.name == "期":
        return _HELD.search(text, max(0, piece.start - 4), piece.start) is None
    if unit.name == "级" and _WIND.match(text, piece.end) is not None:
        return False
    if unit.name == "级":
        return (
            _LEVEL_END.match(text, piece.end) is not None or text[piece.start - 1 : piece.start] not in _TIERS
        )
    if unit.name in ("环", "手"):
        return True  # 南四环, 二手
    if unit.name == "局":
        return text[piece.start - 1 : piece.start] in _BUREAUS
    # a place of that name; 两个市 has a classifier that cannot begin a name
    return unit.kind == "count" and unit.name not in "个座条位名" and text.startswith(_PLACES, piece.end)


def _is_date(text: str, piece: Piece, unit: Unit) -> bool:
    value, name = piece.reading.value, unit.name
    if value is None or name not in ("年", "日", "点", "世纪"):
        return False
    if name == "世纪":
        return text.startswith(("世纪", "世紀"), piece.unit_start)  # 18世纪; a length of time is 个世纪
    before = text[max(0, piece.start - 4) : piece.start]
    if name == "年":
        calendar = (piece.run.isdigit() and 1000 <= value <= 2200) or piece.reading.form == "digits"
        return calendar or before.endswith(("民国", "民國")) or _MONTH_NEXT.match(text, piece.end) is not None
    if name == "日":
        counted = text.startswith(("内", "內", "以内", "之内"), piece.end) or _DAY_COUNT.search(before)
        return value <= 31 and not counted
    whole = value == value.to_integral_value() and value <= 24
    return whole and not _SCORED.search(before) and not _NOTES.match(text, piece.end)
