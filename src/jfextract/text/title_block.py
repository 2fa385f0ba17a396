"""The lines of a page, and the title block above its body: title, subtitle, byline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.text import metadata
from jfextract.text.chrome import LineKind, classify
from jfextract.text.names import split_names

__all__ = ["DASHES", "Head", "Line", "bare_byline", "first_body_line", "read_head", "read_lines"]

_NUMBERED = lazy_pattern(
    r"[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.](?!\d)|第[一二三四五六七八九十\d]{1,3}[章节条]"
)
DASHES = re.compile(r"^[—–―─-]{1,4} ?(?=[^\s—-])")
_NOT_A_TITLE = re.compile(r"[。;；,，、:]$|^[\W\d_]*$")
_SITE = lazy_pattern(
    r"^[一-鿿A-Za-z ·|_-]{2,14}(?:网|报|网站|门户|频道|新闻社|客户端|在线|新闻)$|人民政府(?:门户网站)?$"
)
_TITLE_MAX = 80


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int
    text: str
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above the body, sorted; ``body`` is the index of the body's first line."""

    title: int | None
    subtitle: int | None
    byline: int | None
    body: int


def read_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            start = at + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(line), line, classify(line)))
        at += len(raw) + 1
    return lines


def first_body_line(text: str, lines: Sequence[Line]) -> int | None:
    """Return the first line that is running text; a dispatch's opening (央视网消息:) counts as well."""
    for index, line in enumerate(lines):
        if line.kind == "prose" and not (len(line.text) < 120 and metadata.is_meta_line(line.text)):
            return index
        if line.kind == "other" and metadata.find_dateline(text, line.start, line.end) is not None:
            return index
    return None


def bare_byline(line: str) -> tuple[str, ...]:
    line = line.lstrip("■□●◎▲△◆◇★☆○ ")
    return split_names(line) if 2 <= len(line) <= 30 and not DASHES.match(line) else ()


def _is_about_page(line: Line) -> bool:
    return line.kind in ("nav", "head", "tail", "foot") or metadata.is_meta_line(line.text)


def _same_title(line: str, title: str) -> bool:
    return re.sub(r"\s", "", line) == re.sub(r"\s", "", title)


def read_head(lines: Sequence[Line], body: int, given_title: str | None) -> Head:
    """Find title, subtitle and byline among the lines above the running text."""
    free = [i for i in range(body) if not _is_about_page(lines[i]) and not metadata.find_page(lines[i].text)]
    bylines = [i for i in free if metadata.find_authors(lines[i].text)]
    free = [i for i in free if i not in bylines]
    title = next((i for i in free if given_title and _same_title(lines[i].text, given_title)), None)
    if title is None:
        title = next((i for i in free if _can_be_title(lines[i].text)), None)
    if title is None:
        first = next((i for i in free), body) if not bylines else body
        return Head(None, None, bylines[0] if bylines else None, first if free else body)
    after = [i for i in free if i > title]
    if not bylines:  # the title may look like a name, what follows it is a byline only when it is one
        bylines = [i for i in after if bare_byline(lines[i].text)][:1]
        after = [i for i in after if i not in bylines]
    last_of_page = max([i for i in range(title + 1, body) if _is_about_page(lines[i])] + bylines + [title])
    subtitle = next((i for i in after if DASHES.match(lines[i].text)), None)
    if subtitle is None:
        subtitle = next(
            (i for i in after if i == title + 1 and i < last_of_page and not _NUMBERED.match(lines[i].text)),
            None,
        )
    first_body = max(last_of_page, subtitle if subtitle is not None else title) + 1
    return Head(title, subtitle, bylines[0] if bylines else None, min(first_body, body))


def _can_be_title(line: str) -> bool:
    return (
        4 <= len(line) <= _TITLE_MAX
        and not _NOT_A_TITLE.search(line)
        and not _NUMBERED.match(line)
        and not DASHES.match(line)
        and not _SITE.search(line)
    )
