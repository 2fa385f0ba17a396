"""The verbs of the room: find all numbers of a text, parse one, find the ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, localcontext

from jfextract.numbers import approximators
from jfextract.numbers.evaluate import EXACT, divide, evaluate, suffix_scales
from jfextract.numbers.model import Number, Reading
from jfextract.numbers.scan import run_pattern, scan
from jfextract.numbers.traps import trap_spans

__all__ = ["find", "find_ordinals", "parse"]

_RANGE = re.compile(r"\s?(?:至|到|—+|-+|–|−|~+|～+|－)\s?\Z")
_SIGN = re.compile(r"(?:(?<![\w%％)）])[-－−+]|(?<![减減责責担擔胜勝自辜抱肩欺])[负負]) ?\Z")
_FRACTION = re.compile(rf"\s*分\s*之\s*[-负負]?\s*{run_pattern()}|分(?=[一二])[一二]")
_MIXED_FRACTION = re.compile(
    rf"\s*又\s*{run_pattern()}\s*分\s*之\s*{run_pattern()}|又{run_pattern()}分[一二]"
)
_SLASH = re.compile(r"[/／](\d{1,4})(?![\d/／])|[ ](\d{1,4})[/／](\d{1,4})(?![\d/／])")
_EXPONENT = re.compile(r"[eE]([-+]?\d{1,3})(?![\w.])|[*×x]10\^([-+]?\d{1,3})")
_FINANCIAL = "肆伍陆陸拾参參佰仟"
_NEXT_TO_TIME = re.compile(r"\s?[年月日号號时時](?![间間])")
_ORDINAL = re.compile(rf"第\s?({run_pattern()})")


def find(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text from left to right, without overlap; offsets are code points.

    Words with numerals in them, ordinals, dates and identifiers are no numbers; a single 一 in front of a
    word is one only where a unit can follow, which ``units.find`` knows better.

    >>> [(n.text, n.value, n.mod) for n in find("约3.5亿和一千二百多")]
    [('约3.5亿', Decimal('350000000.0'), 'approx'), ('一千二百多', Decimal('1200'), 'above')]
    """
    out: list[Number] = []
    with localcontext(EXACT):
        for start, end, run, reading in _readings(text):
            last = out[-1] if out else None
            if (
                last is not None
                and last.mod != "range"
                and (joined := _range(text, last, start, end, run, reading))
            ):
                out[-1] = joined
                continue
            out.append(_number(text, start, end, reading, last.end if last else 0))
    return tuple(out)


def parse(text: str) -> Number | None:
    """Read a text that is one number as a whole; None if it is not.

    >>> parse("一千五百五十八点二亿").value
    Decimal('155820000000.0')
    >>> parse("不是数") is None
    True
    """
    stripped = text.strip()
    offset = len(text) - len(text.lstrip())
    for number in find(text):
        if number.start == offset and number.text == stripped:
            return number
    with localcontext(EXACT):
        reading = evaluate(stripped)
    if reading is None:
        return None
    return _bare_number(stripped, offset, offset + len(stripped), reading)


def find_ordinals(text: str) -> tuple[Number, ...]:
    """Return the ordinals (第三, 第3万) of a text, form ``ordinal``.

    >>> [(n.text, int(n.value)) for n in find_ordinals("第十一届")]
    [('第十一', 11)]
    """
    out: list[Number] = []
    for match in _ORDINAL.finditer(text):
        reading = evaluate(match.group(1))
        if reading is not None and reading.value is not None:
            ordinal = replace(reading, form="ordinal")
            out.append(_bare_number(match.group(), match.start(), match.end(), ordinal))
    return tuple(out)


def _bare_number(written: str, start: int, end: int, reading: Reading) -> Number:
    return Number(
        written, start, end, reading.value, reading.low, reading.high, reading.mod, reading.form, reading.form
    )


def _readings(text: str) -> Iterator[tuple[int, int, str, Reading]]:
    traps = trap_spans(text)
    trap = 0
    behind = 0
    for run in scan(text):
        start, end = max(run.start, behind), run.end
        if run.kind not in ("run", "half") or start >= end:
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


def _reading(text: str, start: int, end: int) -> tuple[int, int, str, Reading] | None:
    run = text[start:end]
    if run == "半":
        return None
    if run in _FINANCIAL and len(text.strip()) > 1:
        return None
    if run in ("一", "百", "千", "万", "萬", "亿", "億") and text[end : end + 1] == "半":
        return start, end + 1, run, Reading(Decimal("0.5"), None, None, "exact", "fraction")
    tail = _FRACTION.match(text, end) or _MIXED_FRACTION.match(text, end)
    if tail is not None:
        reading = _signed_fraction(text[start : tail.end()])
        if reading is not None:
            return (*_signed(text, start, reading)[:1], tail.end(), run, _signed(text, start, reading)[1])
    reading = evaluate(run)
    while reading is None and run and run[-1] in "余餘多来來":
        end, run = end - 1, run[:-1]
        reading = evaluate(run)
    if reading is None or (reading.form == "bare" and len(run) == 1) or _NEXT_TO_TIME.match(text, end):
        return None
    if run[-1].isdigit() and reading.value is not None:
        end, reading = _latin_tail(text, end, reading, reading.value)
    start, reading = _signed(text, start, reading)
    return start, end, run, reading


def _latin_tail(text: str, end: int, reading: Reading, value: Decimal) -> tuple[int, Reading]:
    """1/3, 1 3/5, 21.2E0 behind a figure."""
    slash = _SLASH.match(text, end)
    if slash is not None:
        whole = value if slash.group(2) else Decimal(0)
        top = Decimal(slash.group(2)) if slash.group(2) else value
        bottom = Decimal(slash.group(1) or slash.group(3))
        if bottom:
            return slash.end(), Reading(
                divide(whole * bottom + top, bottom), None, None, "exact", "fraction", bottom
            )
    power = _EXPONENT.match(text, end)
    if power is not None:
        return power.end(), replace(reading, value=value.scaleb(int(power.group(1) or power.group(2))))
    return end, reading


def _signed_fraction(run: str) -> Reading | None:
    reading = evaluate(re.sub(r"[-负負\s]", "", run))
    if reading is not None and reading.value is not None and re.search("[-负負]", run):
        return replace(reading, value=-reading.value)
    return reading


def _signed(text: str, start: int, reading: Reading) -> tuple[int, Reading]:
    sign = _SIGN.search(text[max(0, start - 3) : start])
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
        start, mod = leading.at, (leading.mod if reading.value is not None else mod)
    return Number(
        text[start:end], start, end, reading.value, reading.low, reading.high, mod, reading.form, reading.form
    )


def _range(text: str, left: Number, start: int, end: int, run: str, right: Reading) -> Number | None:
    if (
        left.value is None
        or right.value is None
        or start - left.end > 4
        or not _RANGE.fullmatch(text[left.end : start])
    ):
        return None
    low = left.value
    for scale in suffix_scales(run):
        if low * scale < right.value and not suffix_scales(left.text):
            low *= scale
            break
    if low >= right.value:
        return None
    return Number(text[left.start : end], left.start, end, None, low, right.value, "range", "range", "range")
