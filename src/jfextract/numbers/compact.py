"""Spaces inside written numbers (177.1 亿元, 三千 九百, 个 百 分 点): read without them, report with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["Compact", "compact"]

_HAN = "\u3007\u4e00-\u9fff"
_SPACE = r"[ \t\u3000\xa0]"
_GAP = re.compile(  # the space first: a pattern that begins with a look back is slow
    rf"{_SPACE}(?:(?<=[{_HAN}].){_SPACE}*(?=[{_HAN}\d%％.])|(?<=[\d%％.].){_SPACE}*(?![零〇一二三四五六七八九])(?=[{_HAN}])"
    r"|(?<=\d )(?=\d ?折))"
)


@dataclass(frozen=True, slots=True)
class Compact:
    """A text without the spaces next to Chinese characters, and the way back to the offsets of the original."""

    text: str
    starts: tuple[int, ...]
    removed: tuple[int, ...]

    def start(self, at: int) -> int:
        """Offset in the original of the character at ``at``."""
        index = bisect_right(self.starts, at)
        return at + (self.removed[index - 1] if index else 0)

    def end(self, at: int) -> int:
        """Offset in the original behind the character that ends at ``at``."""
        return self.start(at - 1) + 1 if at else 0


def compact(text: str) -> Compact | None:
    """Return the text without spaces between Chinese characters and figures; None if there are none.

    >>> short = compact("约 3.5 亿元")
    >>> short.text, short.start(1), short.end(6)
    ('约3.5亿元', 2, 8)
    """
    gaps = [match.span() for match in _GAP.finditer(text)]
    if not gaps:
        return None
    parts: list[str] = []
    starts: list[int] = []
    removed: list[int] = []
    behind = gone = 0
    for start, end in gaps:
        parts.append(text[behind:start])
        gone += end - start
        starts.append(end - gone)
        removed.append(gone)
        behind = end
    parts.append(text[behind:])
    return Compact("".join(parts), tuple(starts), tuple(removed))
