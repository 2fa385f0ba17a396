"""Which mentions stand when rooms claim the same characters, or the place of a mention forbids it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from jfextract.model import Place, Span, Time
from jfextract.units import Quantity

__all__ = ["Mentions", "covered", "resolve"]


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Mention = TypeVar("_Mention", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the rooms found in one text, sorted, free of overlaps between figures and times or places."""

    figures: tuple[Quantity, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]


def resolve(
    figures: Sequence[Quantity],
    times: Sequence[Time],
    places: Sequence[Place],
    *,
    forbidden: Sequence[Span],
) -> Mentions:
    """Settle overlaps: the longer mention wins, and of two as long the time before the figure before the place.

    Mentions that touch a ``forbidden`` span (page chrome, text under a guess) are dropped. An optional
    mention never displaces one that is not. A place may share characters with a time (长征时期), never with
    a figure.
    """
    figures, times, places = (
        outside(figures, forbidden),
        outside(times, forbidden),
        outside(places, forbidden),
    )
    sure_figures = [figure for figure in figures if not figure.optional]
    kept_times = tuple(
        time for time in times if not _beaten(time, sure_figures if not time.optional else figures)
    )
    sure_places = [place for place in places if not place.optional]
    kept_figures = tuple(
        figure for figure in figures if not _touches(figure, kept_times) and not _beaten(figure, sure_places)
    )
    sure_figures = [figure for figure in kept_figures if not figure.optional]
    return Mentions(
        kept_figures,
        kept_times,
        tuple(
            place
            for place in places
            if not _touches(place, sure_figures if not place.optional else kept_figures)
        ),
    )


def covered(mentions: Sequence[_Mention], start: int, end: int) -> Sequence[_Mention]:
    """The mentions that overlap ``start``–``end``; ``mentions`` are sorted and do not overlap each other."""
    low, high = 0, len(mentions)
    while low < high:
        middle = (low + high) // 2
        if mentions[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    last = low
    while last < len(mentions) and mentions[last].start < end:
        last += 1
    return mentions[low:last]


def outside(mentions: Sequence[_Mention], forbidden: Sequence[Span]) -> tuple[_Mention, ...]:
    """The mentions that touch none of the spans; both are sorted."""
    kept: list[_Mention] = []
    at = 0
    for mention in mentions:
        while at < len(forbidden) and forbidden[at][1] <= mention.start:
            at += 1
        if at == len(forbidden) or mention.end <= forbidden[at][0]:
            kept.append(mention)
    return tuple(kept)


def _touches(mention: _Spanned, others: Sequence[_Spanned]) -> bool:
    return bool(covered(others, mention.start, mention.end))


def _beaten(mention: _Spanned, others: Sequence[_Spanned]) -> bool:
    """Whether a longer mention claims some of the same characters."""
    length = mention.end - mention.start
    return any(other.end - other.start > length for other in covered(others, mention.start, mention.end))
