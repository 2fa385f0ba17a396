"""Paragraphs and sentences as spans, in text whose lines may have been wrapped by hand."""

from __future__ import annotations

import re

from jfextract.model import Span

__all__ = ["paragraphs", "sentences", "trim"]

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"[。!?！？]+[”’」』）)】》\"']*|……?[”’」』]")
_CONTINUES = re.compile(r"[,、，]$")
_TERMINAL = re.compile(r"[。!?！？;；:：…—][”’」』)）】\"']*$")
_WRAP_MIN, _WRAP_MAX = 24, 120  # columns: a Chinese character takes two
_SHORT = 8  # columns that may lack at the end of a full line


_SPACE = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())


def trim(text: str, start: int, end: int) -> Span:
    """Shrink a span so that it neither begins nor ends with white space.

    >>> trim("  文件 ", 0, 5)
    (2, 4)
    """
    if start < end and text[start] not in _SPACE and text[end - 1] not in _SPACE:
        return (start, end)
    piece = text[start:end]
    bare = piece.strip()
    if len(bare) == len(piece):
        return (start, end)
    start = start + len(piece) - len(piece.lstrip()) if bare else end
    return (start, start + len(bare))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Return the lines that are not blank: trimmed span, and whether a blank line or indent precedes."""
    lines: list[tuple[int, int, bool]] = []
    last_end = start
    for match in _LINE.finditer(text, start, end):
        line_start, line_end = trim(text, match.start(), match.end())
        if line_start < line_end:
            gap = text.count("\n", last_end, line_start) > 1 or line_start - match.start() >= 2
            lines.append((line_start, line_end, gap))
            last_end = line_end
    return lines


def _columns(text: str, start: int, end: int) -> int:
    """Return how wide a stretch is when printed, with the indent before it."""
    line_start = text.rfind("\n", 0, start) + 1
    return len(text[line_start:end].encode("gbk", "replace"))  # GBK has a byte for each column


def _wrap_width(text: str, lines: list[tuple[int, int, bool]]) -> int | None:
    """Return the columns at which the lines were wrapped by hand, None when every line is a paragraph."""
    if len(lines) < 3:
        return None
    most = max(1, len(lines) // 10)
    if sum(end - start > _WRAP_MAX for start, end, _ in lines) >= most:
        return None
    widths = [
        _columns(text, start, end) if end - start <= _WRAP_MAX else _WRAP_MAX + 1 for start, end, _ in lines
    ]
    width = sorted(widths)[-most]
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return None
    full = [line for line, one in zip(lines, widths, strict=True) if one >= width - _SHORT]
    open_ended = sum(not _TERMINAL.search(text, max(start, end - 3), end) for start, end, _ in full)
    return width if len(full) * 2 >= len(lines) and open_ended * 2 >= len(full) else None


def paragraphs(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """Split a stretch into paragraphs: lines, hard-wrapped lines and lines that end in a comma joined.

    >>> paragraphs("攥指成拳,\\n坚决整治形式主义\\n作风建设是突破口。")
    ((0, 14), (15, 24))
    """
    lines = _lines(text, start, len(text) if end is None else end)
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    for line_start, line_end, gap in lines:
        if spans and not (gap and width) and _goes_on(text, spans[-1], width):
            spans[-1] = (spans[-1][0], line_end)
        else:
            spans.append((line_start, line_end))
    return tuple(spans)


def _goes_on(text: str, span: Span, width: int | None) -> bool:
    start, end = span
    if _CONTINUES.search(text, end - 1, end):
        return True
    if width is None:
        return False
    last_line = max(start, text.rfind("\n", start, end) + 1)
    return _columns(text, last_line, end) >= width - _SHORT


def sentences(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Split paragraphs into sentences; closing quotes and brackets belong to the sentence they close.

    >>> sentences("“少了。”这是体会。", ((0, 10),))
    ((0, 5), (5, 10))
    """
    found: list[Span] = []
    for start, end in spans:
        at = start
        for match in _END.finditer(text, start, end):
            behind = match.end()
            while text[at] in _SPACE:  # the mark itself is none
                at += 1
            found.append((at, behind))
            at = behind
        if at < end:
            rest = trim(text, at, end)
            if rest[0] < rest[1]:
                found.append(rest)
    return tuple(found)
