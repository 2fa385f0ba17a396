"""Numbers with units that state no quantity: denominators, mileposts, units in English prose."""

from __future__ import annotations

import re

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.units.piece import Piece

__all__ = ["is_denominator", "is_refused", "is_step"]

_EACH = re.compile(r"每(?:隔|满|滿|超过?|逾|达|達|有)? ?\Z")
_STEP = lazy_pattern(
    r"每(?:新?增加?|增长|增長|提高|提升|上升|下降|减少|減少|降低|投入|投资|投資|消费|生产|完成|推进|落户) ?\Z"
)

_MILEPOST = lazy_pattern(r"(?:加|\+)?(?:\d+(?:\.\d+)?(?:米|公尺))?(?:左右|附近)?(?:处|處|路段|里程碑)")
_MILES = frozenset(("公里", "米", "里", "千米"))
# a road by its name or number, and nothing since that makes the figure a distance
_ROAD = lazy_pattern(
    r"(?:高速|公路|国道|省道|县道|乡道|国道\d+[号线]?|(?<![A-Za-z])[GSX台苗竹投]\d{1,4}线?|快速路|[一-龥](?<![岸前防战边视航光热])线|隧道|铁路|匝道|路段|[上下]行)"
    r"[^,，。;；\n距离離外相全长長驶深高约約]{0,14}\Z"
)
_FAR_OFF = re.compile(r"[距离離]|以?[东南西北外]约?\Z")

_LETTERS = lazy_pattern(r"[A-Za-z]+(?:[/²³][A-Za-z]+)?\d?\Z")
_HAN = lazy_pattern(r"[\u3400-\u9fff]")
_WORD = lazy_pattern(r"(?<![A-Za-z])[A-Za-z]?[a-z]{2,}(?![A-Za-z])")
_AROUND = 48
_SENTENCE_WORDS = 3


def is_denominator(text: str, start: int) -> bool:
    """Whether 每 stands before the number: 每10万人, 每满100元 say what another figure is divided by.

    >>> is_denominator("每10股派3元", 1), is_denominator("每股派3元", 3)
    (True, False)
    """
    return _EACH.search(text, max(0, start - 4), start) is not None


def is_step(text: str, start: int) -> bool:
    """Whether the number is the step of a rule: 每增加1个百分点.

    >>> is_step("经济每增长1个百分点", 5)
    True
    """
    return _STEP.search(text, max(0, start - 5), start) is not None


def is_refused(text: str, piece: Piece) -> bool:
    """Whether a number with its unit is a place on a road or stands in English prose."""
    if piece.unit is None:
        return False
    if piece.unit.name in _MILES and _MILEPOST.match(text, piece.end) is not None:
        before = text[max(0, piece.start - 24) : piece.start]
        road = _ROAD.search(before)
        return road is not None and _FAR_OFF.search(road.group()) is None
    form = text[piece.unit_start : piece.end]
    return _LETTERS.match(form) is not None and _in_english(text, piece.start, piece.end)


def _in_english(text: str, start: int, end: int) -> bool:
    """Whether the words on both sides are English ones, up to the next Chinese character.

    >>> _in_english("walked 12 m into the cave", 7, 11), _in_english("速度达 12 m 以上", 4, 8)
    (True, False)
    """
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    behind = _HAN.search(after)
    after = after[: behind.start()] if behind else after
    before = _HAN.split(before)[-1]
    return len(_WORD.findall(before)) + len(_WORD.findall(after)) >= _SENTENCE_WORDS
