"""分别: the first figure goes with the first name, the second with the second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from jfextract.link.scene import Scene, first_at
from jfextract.model import Span
from jfextract.units import Quantity

__all__ = ["Row", "partner", "row_of"]

_RESPECTIVELY = re.compile(r"分别|依次|各自")
_JOINED = re.compile(r"\s*(?:、|和|与|及|以及|,)\s*")
_REACH = 80
_MOST = 12


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Row(NamedTuple):
    """The figures that 分别 deals out: where the word stands, which of them this one is, how many they are."""

    at: int
    rank: int
    length: int


def row_of(scene: Scene, figure: Quantity, sentence: Span) -> Row | None:
    """The row of alike figures behind 分别 that ``figure`` stands in, None without the word."""
    words = list(_RESPECTIVELY.finditer(scene.text, max(sentence[0], figure.start - _REACH), figure.start))
    if not words:
        return None
    at = words[-1].start()
    begin = first_at(scene.figures, at)
    following = [
        one
        for one in scene.figures[begin : begin + _MOST]
        if one.start < sentence[1] and one.kind == figure.kind and one.unit == figure.unit
    ]
    return Row(at, following.index(figure), len(following)) if figure in following else None


def partner(scene: Scene, mentions: Sequence[_Spanned], figure: Quantity, sentence: Span) -> int | None:
    """Index of the mention that ``figure`` goes with in 嘉义县、南投县分别为22.87%和22.5%, None without such a list.

    The list and the figures must be of one length.
    """
    row = row_of(scene, figure, sentence)
    if row is None:
        return None
    last = first_at(mentions, row.at) - 1
    first = last
    while first > 0 and _JOINED.fullmatch(scene.text, mentions[first - 1].end, mentions[first].start):
        first -= 1
    if first < 0 or last - first + 1 != row.length or mentions[first].start < sentence[0] or first == last:
        return None
    return first + row.rank
