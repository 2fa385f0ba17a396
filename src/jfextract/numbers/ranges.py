"""Two numbers that say one thing: 5至8万, 大于100并且小于300, 20和30之间, 1000以上,1500以下."""

from __future__ import annotations

import re
from dataclasses import replace

from jfextract.model import Mod
from jfextract.numbers.evaluate import suffix_scales
from jfextract.numbers.model import Number

__all__ = ["join_ranges"]

_TO = re.compile(r"\s?(?:至|到|—+|-+|–|−|~+|～+|－)\s?")
_AND = re.compile(r"\s?(?:和|与|與|到|至)\s?")
_ALSO = re.compile(r"\s?(?:的?同时|的?同時|并且|並且|而且|且|并|並|而|[,，、])?\s?(?:要|又|还|也)?\s?")
_BETWEEN = re.compile(r"\s?(?:之间|之間|间|間)")
_THAN = re.compile(r"(?P<above>大|多|高|长|長|重|早)|(?P<below>小|少|低|短|轻|輕)")


def join_ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Return the numbers with pairs that bound one value joined, from left to right."""
    out: list[Number] = []
    for number in numbers:
        last = out[-1] if out else None
        if last is not None and number.start - last.end <= 5:
            gap = text[last.end : number.start]
            joined = _range(text, last, number, gap) or _bounds(text, last, number, gap)
            if joined is not None:
                out[-1] = joined
                continue
        out.append(_compared(text, number))
    return out


def _range(text: str, left: Number, right: Number, gap: str) -> Number | None:
    between = _AND.fullmatch(gap) is not None and _BETWEEN.match(text, right.end) is not None
    if not between and _TO.fullmatch(gap) is None:
        return None
    if left.value is None or right.value is None or left.mod == "range" or right.mod == "below":
        return None
    low = left.value
    scales = (
        () if between or suffix_scales(left.text) == suffix_scales(right.text) else suffix_scales(right.text)
    )
    for scale in scales:
        if low * scale < right.value:
            low *= scale
            break
    if low >= right.value:
        return None
    start, end = left.start, right.end
    return Number(text[start:end], start, end, None, low, right.value, "range", "range", "range")


def _bounds(text: str, left: Number, right: Number, gap: str) -> Number | None:
    """A lower and an upper bound of the same thing, in either order."""
    if {left.mod, right.mod} != {"above", "below"} or _ALSO.fullmatch(gap) is None:
        return None
    low, high = (left.value, right.value) if left.mod == "above" else (right.value, left.value)
    if low is None or high is None or low >= high:
        return None
    start, end = left.start, right.end
    return Number(text[start:end], start, end, None, low, high, "range", "range", "bounds")


def _compared(text: str, number: Number) -> Number:
    """比三十大: a bound as a comparison."""
    than = _THAN.match(text, number.end)
    start = number.start - 1
    if than is None or number.mod != "exact" or start < 0 or text[start] != "比":
        return number
    mod: Mod = "above" if than["above"] else "below"
    return replace(number, text=text[start : than.end()], start=start, end=than.end(), mod=mod)
