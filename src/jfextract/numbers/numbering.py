"""The numbers of lists (1.2024年全市…, 3.50个项目…), whose point is no decimal point."""

from __future__ import annotations

import re

__all__ = ["without_numbering"]

# A mark stands where a line or a member of a list begins; what follows begins with a figure of its own.
_MARK = re.compile(
    r"(?:\A|[\n。;；:：!！?？])[ \t\u3000]*(?P<mark>(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[.．、])"
    r"(?=[ \u3000]?(?P<next>\d+|[一二两三四五六七八九十百千]+))"
)
_DATED = re.compile(
    r"[ \u3000]?(?:(?:19|20)\d\d\s?[-—–~～至到]?(?:(?:19|20)\d\d)?\s?年|\d{1,2}月(?:\d|[份底初末]|以?来))"
)
_DATED_ANYWHERE = re.compile(r"(?<![\d.．A-Za-z])\d{1,2}[.．](?=(?:19|20)\d\d年)")
_PLAIN = re.compile(
    r"(?:\A|[\n。;；])[ \t\u3000]*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})[.．、]"
    r"(?=[ \u3000]?(?![一二两三四五六七八九十百千])[\u4e00-\u9fff“《])"
)
_ONES = {char: value for value, char in enumerate("一二三四五六七八九", 1)}


def _place(mark: str) -> tuple[bool, int]:
    """Which style of numbering a mark is of (12 or 十二), and its value."""
    if mark.isdecimal():
        return True, int(mark)
    tens, ten, ones = mark.rpartition("十")
    return False, (_ONES.get(tens, 1) * 10 if ten else 0) + _ONES.get(ones, 0)


def without_numbering(text: str) -> str:
    """Return the text with spaces for the numbers of its lists, so that every offset stays.

    A mark is taken when a date stands behind it, or when the list has a neighbour that no figure follows.
    In 投资1.5亿元 and in a column of decimals nothing is one.

    >>> without_numbering("1.2024年投资3亿元")
    '  2024年投资3亿元'
    >>> without_numbering("1.5亿元")
    '1.5亿元'
    """
    plain: set[tuple[bool, int]] | None = None
    spans: list[tuple[int, int]] = [match.span() for match in _DATED_ANYWHERE.finditer(text)]
    for match in _MARK.finditer(text):
        start, end = match.span("mark")
        number, following = _place(match["number"]), _place(match["next"])
        dated = _DATED.match(text, end)
        if text[end - 1] == "、" and following == (number[0], number[1] + 1):
            continue  # 1、2月
        if not dated:
            if plain is None:
                plain = {_place(found["number"]) for found in _PLAIN.finditer(text)}
            style, place = number
            if text[match.start()] in ":：!！?？" or not plain & {(style, place - 1), (style, place + 1)}:
                continue
        spans.append((start, end))
    parts: list[str] = []
    behind = 0
    for start, end in sorted(set(spans)):
        if start < behind:
            continue
        parts += (text[behind:start], " " * (end - start))
        behind = end
    return "".join(parts) + text[behind:]
