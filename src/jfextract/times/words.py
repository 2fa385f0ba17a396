"""The small whole numbers that dates are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["digits", "either", "number"]

_DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "俩": 2, "仨": 3}
_SCALE = {"十": 10, "百": 100, "千": 1000}
_TENS = {"廿": "二十", "卅": "三十", "元": "一", "首": "一", "正": "一", "冬": "十一", "腊": "十二"}


def digits(word: str) -> int | None:
    """Read digits written one by one, as years are: 二〇一九 is 2019.

    >>> digits("二〇一九"), digits("2019"), digits("十九")
    (2019, 2019, None)
    """
    value = 0
    for char in word:
        digit = int(char) if "0" <= char <= "9" else _DIGIT.get(char)
        if digit is None:
            return None
        value = value * 10 + digit
    return value if word else None


def number(word: str) -> int | None:
    """Read a whole number below 10000 in figures or Chinese words: 三十一 is 31; None if it is none.

    >>> number("十二"), number("廿一"), number("一百一十"), number("07"), number("几")
    (12, 21, 110, 7, None)
    """
    word = "".join(_TENS.get(char, char) for char in word)
    plain = digits(word)
    if plain is not None:
        return plain
    total, digit = 0, None
    for char in word:
        if char in _SCALE:
            total += (1 if digit is None else digit) * _SCALE[char]
            digit = None
        elif char in _DIGIT and digit in (None, 0):
            digit = _DIGIT[char]
        else:
            return None
    return total + (digit or 0) if word else None


def either(words: Iterable[str]) -> str:
    """A pattern for the longest of the words, as a tree of prefixes, so that a miss costs one step.

    >>> either(["上月", "上年", "上年度"])
    '上(?:年(?:度)?|月)'
    """
    tree: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        tree.setdefault(word[:1], []).append(word[1:])
    optional = tree.pop("", None) is not None
    branches = [
        re.escape(head) + either(rests) if rests != [""] else re.escape(head) for head, rests in tree.items()
    ]
    if not branches:
        return ""
    if len(branches) == 1 and not optional:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if optional else "")
