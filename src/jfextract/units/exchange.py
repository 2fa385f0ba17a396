"""Exchange rates: 1美元兑7.2元 states 7.2元 per 美元, and the one dollar is no fact of its own."""

from __future__ import annotations

from decimal import Decimal

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.units.piece import Piece

__all__ = ["exchange_base", "is_exchanged"]

_BASES = frozenset((Decimal(1), Decimal(100)))
_LINK = (
    r"(?:可?[兑兌](?:换|換)?|对|等于|(?:大约|约)?(?:折合|合))"
    r"(?:人民币|美元|港元|港币|新台币|日元)?(?:约|大约)?"
)
_FOLLOWED = lazy_pattern(_LINK + r"(?=\d)")
_BASE = r"(?<![\d.])(?P<number>1|100|一|一百)(?P<name>[\u4e00-\u9fff]{1,4}?[元圆磅郎币布镑里亚索特盾铢])"
_BEFORE = lazy_pattern(rf"{_BASE}{_LINK}\Z")
_BEHIND = lazy_pattern(rf"[兑兌](?:换|換)?{_BASE}")
_QUOTED = lazy_pattern(r"[元圆磅郎币布镑里亚索特盾铢][兑兌](?:换|換)?\Z")
_WINDOW = 16


def exchange_base(text: str, start: int, end: int) -> str | None:
    """Return what the amount at ``start``–``end`` is the price of, None if it is no exchange rate.

    >>> (
    ...     exchange_base("1美元兑7.2元", 4, 8),
    ...     exchange_base("155日元兑1美元", 0, 5),
    ...     exchange_base("投资7.2元", 2, 6),
    ... )
    ('美元', '美元', None)
    """
    found = _BEFORE.search(text, max(0, start - _WINDOW), start) or _BEHIND.match(text, end)
    if found is None:
        return None
    return found["name"] if found["number"] in ("1", "一") else found["number"] + found["name"]


def is_exchanged(text: str, piece: Piece) -> bool:
    """Whether an amount is what a rate is quoted for: 1美元兑7.2元, 155日元兑1美元."""
    if piece.kind != "money" or piece.reading.value not in _BASES:
        return False
    if _FOLLOWED.match(text, piece.end) is not None:
        return True
    start = piece.start
    quoted = _QUOTED.search(text, max(0, start - 4), start) is not None
    return quoted and _BEFORE.search(text, max(0, start - _WINDOW), start) is None
