"""Tags and entities that a scraper left in the text: half an HTML page, kept with its offsets."""

from __future__ import annotations

import re
from html import unescape

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Edit

__all__ = ["strip_markup"]

_BLOCK = (
    "address|article|aside|blockquote|body|br|center|dd|div|dl|dt|footer|form|h[1-6]|header|hr|html|li|main|nav|ol|"
    "p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_INLINE = "a|b|big|button|cite|code|em|font|i|iframe|img|input|label|link|meta|o:p|s|small|span|strong|sub|sup|u|video"
_DROPPED = "head|noscript|script|style|title"
_MARKUP = lazy_pattern(
    rf"(?P<comment><!--)|<(?P<dropped>{_DROPPED})\b[^<>]{{0,500}}>"
    rf"|</?(?P<block>{_BLOCK})\b[^<>]{{0,1000}}>|</?(?:{_INLINE}|{_DROPPED})\b[^<>]{{0,1000}}>|<!DOCTYPE[^<>]{{0,300}}>"
    r"|&(?P<entity>[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});",
    re.IGNORECASE,
)


def strip_markup(source: str) -> list[Edit]:
    """Return the edits that take tags out and put characters for entities; a block tag becomes a line break.

    >>> [
    ...     (edit.replacement, source[edit.start : edit.end])
    ...     for source in ["<p>数量&lt;5件</p>"]
    ...     for edit in strip_markup(source)
    ... ]
    [('\\n', '<p>'), ('<', '&lt;'), ('\\n', '</p>')]
    """
    edits: list[Edit] = []
    unclosed: set[str] = set()
    at = 0
    while (match := _MARKUP.search(source, at)) is not None:
        at = match.end()
        if match["entity"]:
            plain = unescape(match[0])
            if len(plain) == 1:
                edits.append(Edit(match.start(), at, plain.replace("\xa0", " "), "markup", True))
            continue
        closing = "-->" if match["comment"] else f"</{match['dropped'].lower()}" if match["dropped"] else None
        if closing is not None and closing not in unclosed:
            found = source.find(closing, at)
            if found < 0:
                unclosed.add(closing)  # not to be looked for again
            else:
                at = source.find(">", found) + 1 or len(source)
        edits.append(Edit(match.start(), at, "\n" if match["block"] else "", "markup", True))
    return edits
