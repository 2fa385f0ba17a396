"""The verbs of the room: find all numbers of a text, parse one, find the ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext
from functools import lru_cache

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.lexicon.user import Lexicon
from jfextract.numbers import approximators
from jfextract.numbers.compact import compact
from jfextract.numbers.evaluate import EXACT, LONGEST, divide, evaluate, longest_reading
from jfextract.numbers.model import Number, Reading
from jfextract.numbers.numbering import without_numbering
from jfextract.numbers.ranges import join_ranges
from jfextract.numbers.scan import run_pattern, scan
from jfextract.numbers.traps import trap_spans

__all__ = ["find", "find_ordinals", "parse"]

_SIGN = lazy_pattern(r"(?:(?<![\w%％)）\-—])[-－−+]|(?<![减減责責担擔胜勝自辜抱肩欺])[负負])\s{0,2}\Z")
_PERCENT = re.compile(r"\s*分\s*之")
_SLASH = re.compile(r"[/／](\d{1,4})(?![\d/／])|[ ](\d{1,4})[/／](\d{1,4})(?![\d/／])")
_EXPONENT = re.compile(r"[eE]([-+]?\d{1,3})(?![\w.])|[*×x]10\^([-+]?\d{1,3})")
_POWER = re.compile(r"\^([-+]{0,2})(\d{1,3})(?!\d)")
_DOZEN = re.compile("打(?![击擊开開造算破印响響通折包败敗倒工仗架扮扫掃动動的断斷击掉乱亂])")
_FINANCIAL = "肆伍陆陸拾参參佰仟"
_HALVES = frozenset("一百千万萬亿億")
_NO_NUMBER = re.compile(r"[年月日号號时時](?![间間])|折(?![射叠合])")
_AFTER_ONE = lazy_pattern(
    r"[^\u4e00-\u9fff]|\Z|[个個种種位名件次条條只隻项項本张張台臺部份层層座家间間篇块塊辆輛首场場群杯瓶双雙对對颗顆滴束枝根串"
    r"棵株头頭匹条艘架所栋棟幢户戶批套组組支门門笔筆款起宗桩樁年月天日小分秒周星点點元米千公斤克吨噸升里亩畝度岁歲倍成折是和与與不]"
)


@lru_cache(maxsize=1)
def _fraction_tail() -> re.Pattern[str]:
    run = run_pattern()
    simple = rf"\s*分\s*之\s*[-负負]?\s*{run}|分(?=[一二])[一二]"
    return re.compile(rf"{simple}|\s*又\s*{run}\s*分\s*之\s*{run}|又{run}分[一二]")


@lru_cache(maxsize=1)
def _ordinal() -> re.Pattern[str]:
    return re.compile(rf"第\s?({run_pattern()})")


def find(text: str, *, lexicon: Lexicon | None = None) -> tuple[Number, ...]:
    """Return the numbers of a text from left to right, without overlap; offsets are code points.

    Words with numerals in them, ordinals, dates and identifiers are no numbers; a single 一 counts only
    where a classifier or no word at all follows. The number words of ``lexicon`` count like our own.

    >>> [(n.text, n.value, n.mod) for n in find("约3.5亿和一千二百多")]
    [('约3.5亿', Decimal('350000000.0'), 'approx'), ('一千二百多', Decimal('1200'), 'above')]
    """
    words = {entry.form: entry.value for entry in lexicon.numbers} if lexicon else {}
    text = without_numbering(text)
    short = compact(text)
    if short is None:
        return _find(text, words)
    restored = []
    for number in _find(short.text, words):
        start, end = short.start(number.start), short.end(number.end)
        restored.append(replace(number, text=text[start:end], start=start, end=end))
    return tuple(restored)


def _find(text: str, words: dict[str, Decimal]) -> tuple[Number, ...]:
    out: list[Number] = []
    with localcontext(EXACT):
        for start, end, reading in _readings(text, words):
            out.append(_number(text, start, end, reading, out[-1].end if out else 0))
        return tuple(join_ranges(text, out))


def parse(text: str, *, lexicon: Lexicon | None = None) -> Number | None:
    """Read a text that is one number as a whole; None if it is not.

    >>> parse("一千五百五十八点二亿").value
    Decimal('155820000000.0')
    >>> parse("不是数") is None
    True
    """
    stripped = text.strip()
    offset = len(text) - len(text.lstrip())
    for number in find(text, lexicon=lexicon):
        if number.start == offset and number.text == stripped:
            return number
    with localcontext(EXACT):
        reading = evaluate(stripped)
    if reading is None:
        return None
    return _as_number(stripped, offset, offset + len(stripped), reading)


def find_ordinals(text: str) -> tuple[Number, ...]:
    """Return the ordinals (第三, 第3万) of a text, form ``ordinal``.

    >>> [(n.text, int(n.value)) for n in find_ordinals("第十一届")]
    [('第十一', 11)]
    """
    out: list[Number] = []
    for match in _ordinal().finditer(text):
        reading = evaluate(match.group(1))
        if reading is not None and reading.value is not None:
            out.append(
                _as_number(match.group(), match.start(), match.end(), replace(reading, form="ordinal"))
            )
    return tuple(out)


def _as_number(written: str, start: int, end: int, reading: Reading) -> Number:
    value, form = reading.value, reading.form
    return Number(written, start, end, value, reading.low, reading.high, reading.mod, form, form)


def _readings(text: str, words: dict[str, Decimal]) -> Iterator[tuple[int, int, Reading]]:
    traps = trap_spans(text)
    trap = 0
    behind = 0
    for run in scan(text, tuple(words)):
        start, end = max(run.start, behind), run.end
        if run.kind == "word" and start == run.start:
            behind = end
            yield start, end, Reading(words[text[start:end]], None, None, "exact", "word")
            continue
        if run.kind not in ("run", "half") or start >= end or end - start > LONGEST:
            continue
        while trap < len(traps) and traps[trap][1] <= start:
            trap += 1
        if trap < len(traps) and traps[trap][0] <= start:
            first, last = traps[trap]
            if last >= end:
                continue
            start = last if first < start else start
        if start and text[start - 1] == "第":
            continue
        found = _reading(text, start, end)
        if found is not None:
            behind = found[1]
            yield found


def _reading(text: str, start: int, end: int) -> tuple[int, int, Reading] | None:
    run = text[start:end]
    if run in ("半", "对折", "對折") or (run in _FINANCIAL and len(text.strip()) > 1):
        return None
    if run in _HALVES and text[end : end + 1] == "半":
        return start, end + 1, Reading(Decimal("0.5"), None, None, "exact", "fraction")
    if run == "一" and not (_AFTER_ONE.match(text, end) or _DOZEN.match(text, end) or text[end] in "分又"):
        return None
    if run == "百" and _PERCENT.match(text, end):
        return None  # 百分之五十五: the number is 55, units make percent of it
    tail = _fraction_tail().match(text, end)
    if tail is not None and (fraction := _fraction(text[start : tail.end()])) is not None:
        start, fraction = _signed(text, start, fraction)
        return start, tail.end(), fraction
    reading = evaluate(run)
    if reading is None:
        run, reading = longest_reading(run)
        end = start + len(run)
    if reading is None or (reading.form == "bare" and len(set(run)) == 1) or _NO_NUMBER.match(text, end):
        return None
    if reading.form == "digits" and "零" not in run and "〇" not in run and _inside_words(text, start, end):
        return None
    if reading.value is not None:
        end, reading = _tail(text, end, reading, reading.value, figure=run[-1].isdigit())
    start, reading = _signed(text, start, reading)
    return start, end, reading


def _inside_words(text: str, start: int, end: int) -> bool:
    """Whether Chinese characters stand on both sides (阳光九九是食品)."""
    return (
        start > 0
        and end < len(text)
        and "\u4e00" <= text[start - 1] <= "\u9fff"
        and "\u4e00" <= text[end] <= "\u9fff"
    )


def _tail(text: str, end: int, reading: Reading, value: Decimal, *, figure: bool) -> tuple[int, Reading]:
    """What may follow a number: 十打, 1/3, 1 3/5, 21.2E0, 1.1^23."""
    dozen = _DOZEN.match(text, end)
    if dozen is not None:
        return dozen.end(), replace(reading, value=value * 12)
    if not figure:
        return end, reading
    slash = _SLASH.match(text, end)
    if slash is not None:
        whole = value if slash.group(2) else Decimal(0)
        top = Decimal(slash.group(2)) if slash.group(2) else value
        bottom = Decimal(slash.group(1) or slash.group(3))
        if bottom:
            exact = divide(whole * bottom + top, bottom)
            return slash.end(), Reading(exact, None, None, "exact", "fraction", bottom)
    scientific = _EXPONENT.match(text, end)
    if scientific is not None:
        return scientific.end(), replace(reading, value=value.scaleb(int(scientific[1] or scientific[2])))
    power = _POWER.match(text, end)
    if power is not None:
        exponent = int(power[2]) * (-1 if power[1] == "-" else 1)
        return power.end(), replace(reading, value=divide(value**exponent, Decimal(1)))
    return end, reading


def _fraction(run: str) -> Reading | None:
    reading = evaluate(re.sub(r"[-负負\s]", "", run))
    if reading is not None and reading.value is not None and re.search("[-负負]", run):
        return replace(reading, value=-reading.value)
    return reading


def _signed(text: str, start: int, reading: Reading) -> tuple[int, Reading]:
    sign = _SIGN.search(text[max(0, start - 4) : start])
    if sign is None or reading.value is None:
        return start, reading
    value = reading.value if "+" in sign.group() else -reading.value
    return start - len(sign.group()), replace(reading, value=value)


def _number(text: str, start: int, end: int, reading: Reading, behind: int) -> Number:
    mod = reading.mod
    trailing = approximators.after(text, end)
    if trailing is not None:
        end, mod = trailing.at, trailing.mod
    leading = approximators.before(text, start)
    if leading is not None and leading.at >= behind:
        start = leading.at
        if reading.value is not None and not (leading.mod == "approx" and mod != "exact"):
            mod = leading.mod
    return _as_number(text[start:end], start, end, replace(reading, mod=mod))
