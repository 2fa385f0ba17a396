"""A page that was decoded wrongly before it was stored, put right by edits, so that offsets lead back to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, pairwise

from jfextract.model import Edit
from jfextract.text.decode import encode_back, undo_misreading

__all__ = ["reread"]


def reread(source: str) -> tuple[tuple[Edit, ...], bool]:
    """Return the edits that undo a wrong decoding, and whether the text is clearly Chinese then, or shows no damage.

    An edit covers the characters that one character of the true text was misread as; a whole line where bytes
    were lost or the page was misread twice. It is certain when no byte was lost.

    >>> [
    ...     (edit.end, edit.replacement)
    ...     for edit in reread("基层减负工作取得成效".encode("gbk").decode("latin-1"))[0]
    ... ][:3]
    [(2, '基'), (4, '层'), (6, '减')]
    """
    text, steps, clear = undo_misreading(source)
    if not steps:
        return (), clear
    right, wrong = steps[0].split(" read as ")
    pieces = _by_bytes(source, text, right, wrong) if len(steps) == 1 and clear else None
    edits = tuple(
        Edit(start, end, new, "misreading", clear)
        for start, end, new in (pieces or _by_lines(source, text))
        if source[start:end] != new
    )
    return edits, clear


def _by_bytes(source: str, text: str, right: str, wrong: str) -> list[tuple[int, int, str]] | None:
    """Cut both texts wherever characters of both begin, None when they are not of the same bytes."""
    old = list(accumulate((len(encode_back(char, wrong) or b"") for char in source), initial=0))
    new = list(accumulate((len(encode_back(char, right) or b"") for char in text), initial=0))
    if old[-1] != new[-1]:
        return None
    at = {size: index for index, size in enumerate(new)}
    shared = [(index, at[size]) for index, size in enumerate(old) if size in at]
    return [(start, end, text[first:last]) for (start, first), (end, last) in pairwise(shared)]


def _by_lines(source: str, text: str) -> Iterator[tuple[int, int, str]]:
    old, new = source.split("\n"), text.split("\n")
    if len(old) != len(new):
        yield 0, len(source), text
        return
    start = 0
    for line, true in zip(old, new, strict=True):
        yield start, start + len(line), true
        start += len(line) + 1
