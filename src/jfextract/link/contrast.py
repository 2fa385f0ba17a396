"""Two times that a passage sets against each other: 2002年与1997年相比, 从1997年的7.4万亿元增加到2002年的10.2万亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jfextract.link.move import Move
from jfextract.model import Time

__all__ = ["Contrast", "contrasts_of", "side_of"]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Where the passage begins, and the EDTF of the time before and the time after the change."""

    start: int
    base: str
    current: str


_AGAINST = re.compile(r"(?:同|与|和|比|较)")
_COMPARED = re.compile(r"(?:相比|对比|比较|比)")
_FROM = re.compile(r"(?:从|由)$")
_ONTO = re.compile(r"的[^,，。;；]{1,16}[到至成为]$")
_YEARLY = re.compile(r"平均每年|年均|每年")
_YEAR = re.compile(r"\d{4}")


def contrasts_of(text: str, times: Sequence[Time]) -> tuple[Contrast, ...]:
    """The pairs of times that ``text`` compares outright, in order; the later year is the one after the change.

    >>> from jfextract.times import find
    >>> text = "2002年与1997年相比,收入由5160元增加到7703元"
    >>> [(one.base, one.current) for one in contrasts_of(text, find(text))]
    [('1997', '2002')]
    """
    found: list[Contrast] = []
    for first, second in pairwise(times):
        if not (first.edtf and second.edtf and _YEAR.fullmatch(first.edtf) and _YEAR.fullmatch(second.edtf)):
            continue
        gap = text[first.end : second.start]
        outright = _AGAINST.fullmatch(gap) and _COMPARED.match(text, second.end)
        stated = _FROM.search(text, max(0, first.start - 1), first.start) and _ONTO.search(gap)
        if first.edtf != second.edtf and (outright or stated):
            base, current = sorted((first.edtf, second.edtf))
            found.append(Contrast(first.start, base, current))
    return tuple(found)


def side_of(contrast: Contrast, move: Move, clause: str) -> str:
    """The EDTF of a figure that stands under a contrast: the time before, the time after, or all between.

    ``clause`` holds the words in front of the figure: 平均每年增长|7.7% is an average over the years between.
    """
    if move.role == "from":
        return contrast.base
    if move.role == "by" and _YEARLY.search(clause):
        return f"{contrast.base}/{contrast.current}"
    return contrast.current
