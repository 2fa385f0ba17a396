"""分别: the first figure goes with the first name, the second with the second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from jfextract.link.scene import Scene, first_at
from jfextract.model import Span
from jfextract.units import Quantity

__all__ = ["partner"]

_RESPECTIVELY = re.compile(r"分别|依次|各自")
_JOINED = re.compile(r"\s*(?:、|和|与|及|以及|,)\s*")
_REACH = 80
_MOST = 12


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def partner(scene: Scene, mentions: Sequence[_Spanned], figure: Quantity, sentence: Span) -> int | None:
    """Index of the mention that ``figure`` goes with in 嘉义县、南投县分别为22.87%和22.5%, None without such a list.

    The list and the figures must be of one length.
    """
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
    if figure not in following:
        return None
    last = first_at(mentions, at) - 1
    first = last
    while first > 0 and _JOINED.fullmatch(scene.text, mentions[first - 1].end, mentions[first].start):
        first -= 1
    if (
        first < 0
        or last - first + 1 != len(following)
        or mentions[first].start < sentence[0]
        or first == last
    ):
        return None
    return first + following.index(figure)
