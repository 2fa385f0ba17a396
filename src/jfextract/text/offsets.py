"""From the source to the cleaned text and back: one sorted list of edits, searched by bisection.

The *source* is what the caller gave, the *clean* text is the source with some stretches replaced. All
offsets are 0-based code points, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jfextract.model import Span

__all__ = ["IDENTITY", "OffsetMap", "Replacement", "apply_edits", "offset_map"]

Replacement = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each edit lies in the source and in the clean text; build it with ``offset_map``.

    The four tuples run in parallel and rise: edit ``i`` replaced ``source[starts[i]:ends[i]]`` by
    ``clean[clean_starts[i]:clean_ends[i]]``. All empty: source and clean text are the same.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    clean_starts: tuple[int, ...] = ()
    clean_ends: tuple[int, ...] = ()

    def to_source(self, start: int, end: int) -> Span:
        """Map a span of the clean text to the smallest stretch of the source that holds all of it.

        What was removed stays inside the stretch only when the span has text on both sides of it, so
        a name that ends before a removed gloss ends before it in the source too:

        >>> offsets = offset_map([(2, 9, "")])  # 九鄉(xiāng)一鎮 -> 九鄉一鎮
        >>> offsets.to_source(0, 2), offsets.to_source(0, 3), offsets.to_source(2, 3)
        ((0, 2), (0, 10), (9, 10))

        A span that touches a replaced stretch covers that stretch whole. An empty span gives an empty
        span.
        """
        return _map_span(start, end, self.clean_starts, self.clean_ends, self.starts, self.ends)

    def to_clean(self, start: int, end: int) -> Span:
        """Map a span of the source to the smallest stretch of the clean text that holds what is left of it.

        >>> offset_map([(2, 9, "")]).to_clean(0, 10)
        (0, 3)
        """
        return _map_span(start, end, self.starts, self.ends, self.clean_starts, self.clean_ends)


IDENTITY = OffsetMap()


def _map_span(
    start: int,
    end: int,
    from_starts: Sequence[int],
    from_ends: Sequence[int],
    to_starts: Sequence[int],
    to_ends: Sequence[int],
) -> Span:
    if not from_starts:
        return (start, end)
    before = bisect_right(from_ends, start)  # edits that lie wholly before the first character
    inside = before < len(from_starts) and from_starts[before] < start
    if inside or _opens(before, start, end, from_starts):
        new_start = to_starts[before]
    else:
        new_start = start + (to_ends[before - 1] - from_ends[before - 1] if before else 0)
    if end <= start:
        return (new_start, new_start)
    begun = bisect_left(from_starts, end)  # edits that begin before the last character ends
    if begun and end <= from_ends[begun - 1]:
        return (new_start, to_ends[begun - 1])
    return (new_start, end + (to_ends[begun - 1] - from_ends[begun - 1] if begun else 0))


def _opens(edit: int, start: int, end: int, from_starts: Sequence[int]) -> bool:
    """Tell whether a span that is not empty begins exactly where the edit begins."""
    return start < end and edit < len(from_starts) and from_starts[edit] == start


def offset_map(edits: Iterable[Replacement]) -> OffsetMap:
    """Build the map from ``(start, end, replacement)`` edits of the source.

    They must be in order and must not overlap; ValueError otherwise.

    >>> offset_map([(4, 6, "。”談")]).to_source(0, 6)
    (0, 6)
    """
    starts: list[int] = []
    ends: list[int] = []
    clean_starts: list[int] = []
    clean_ends: list[int] = []
    shift = last = 0
    for start, end, replacement in edits:
        if not last <= start <= end:
            raise ValueError(f"edits must be sorted and apart: ({start}, {end}) comes after {last}")
        starts.append(start)
        ends.append(end)
        clean_starts.append(start + shift)
        clean_ends.append(start + shift + len(replacement))
        shift += len(replacement) - (end - start)
        last = end
    return (
        OffsetMap(tuple(starts), tuple(ends), tuple(clean_starts), tuple(clean_ends)) if starts else IDENTITY
    )


def apply_edits(source: str, edits: Iterable[Replacement]) -> str:
    """Replace the edits' stretches of the source; they must be in order and must not overlap.

    >>> apply_edits("數(shù)量", [(1, 6, "")])
    '數量'
    """
    parts: list[str] = []
    at = 0
    for start, end, replacement in edits:
        parts += (source[at:start], replacement)
        at = end
    parts.append(source[at:])
    return "".join(parts)
