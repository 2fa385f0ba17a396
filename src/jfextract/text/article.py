"""From a clean page to the article: title block, body, paragraphs, sentences, and what is chrome.

Works on normalised text (simplified, width-folded); all offsets refer to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jfextract.model import Span
from jfextract.text import metadata
from jfextract.text.sentences import paragraphs, sentences
from jfextract.text.title_block import (
    DASHES,
    Head,
    Line,
    bare_byline,
    first_body_line,
    read_head,
    read_lines,
)

__all__ = ["ArticleText", "read_article"]

_SPLICE = re.compile(r"[(（【](?:紧接|紧?上接|紧?下转|转|接)第?[^)）】\n]{1,10}?版[^)）】\n]{0,8}[)）】]")
_TAIL_WINDOW = 80
_ORIGINAL = re.compile(r"^[(（]?原标题[:：] ?")


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What was read from a page; every string is simplified, every offset one of the given text.

    None (or an empty tuple) means that the page does not say. ``published`` is an EDTF day. ``dateline`` is
    the opening of the dispatch as it stands (新华社西宁3月2日电), ``dateline_place`` the name in it,
    ``dateline_date`` EDTF with ``XXXX`` where the year is not written. ``signature`` is the line about the
    author below the text (作者系…), ``publisher`` who runs the page. ``body`` is the span without
    title block and chrome; ``paragraphs`` and ``sentences`` cover title, subtitle and body, title and
    subtitle being one each. Mentions inside ``chrome``
    spans are to be ignored; header lines that date the page are not among them.
    """

    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    source: str | None
    published: str | None
    editor: str | None
    dateline: str | None
    dateline_place: str | None
    dateline_date: str | None
    page: str | None
    signature: str | None
    publisher: str | None
    title_span: Span | None
    subtitle_span: Span | None
    body: Span
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    chrome: tuple[Span, ...]


def _tail_start(lines: Sequence[Line], body: int) -> int:
    """Return the index of the line where the page's tail begins."""
    for index in range(body + 1, len(lines)):
        if lines[index].kind in ("tail", "foot"):
            return index
    return len(lines)


def _is_sign_off(last: Line) -> bool:
    """Tell whether a line below the text signs it: (作者系…), 责任编辑:…, 来源:…, 记者 张三."""
    line = last.text
    if len(line) > 120 or line.endswith("。") or (last.kind == "prose" and "。" in line):
        return False
    return (
        metadata.find_editor(line) is not None
        or bool(metadata.find_authors(line))
        or metadata.is_meta_line(line)
        or _SPLICE.fullmatch(line) is not None
        or (line.startswith("《") and metadata.find_page(line) is not None)
        or line.startswith(
            (
                "一审",
                "二审",
                "三审",
                "审核",
                "校对",
                "监制",
                "(作者",
                "(本文",
                "作者系",
                "作者单位",
                "作者:",
                "原标题",
                "(原标题",
                "(原载",
                "(来源",
            )
        )
        or re.fullmatch(r"[(（]?(?:图|摄影|摄|制图|文图)[:/].{1,20}", line) is not None
    )


def _body_end(lines: Sequence[Line], body: int, tail: int) -> int:
    """Return the index behind the last line of the body."""
    end = tail
    while end > body + 1 and (lines[end - 1].kind in ("nav", "head") or _is_sign_off(lines[end - 1])):
        end -= 1
    return end


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _chrome(text: str, lines: Sequence[Line], head: Head, end: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    for index, line in enumerate(lines):
        if index < head.body:
            dated = (
                metadata.find_published(line.text) is not None or metadata.find_source(line.text) is not None
            )
            if line.kind in ("nav", "head", "foot", "tail") and not dated:
                spans.append((line.start, line.end))
        elif index < end:
            if line.kind in ("nav", "head"):
                spans.append((line.start, line.end))
        else:
            spans.append((line.start, line.end))
    if end > head.body:
        spans += [
            match.span() for match in _SPLICE.finditer(text, lines[head.body].start, lines[end - 1].end)
        ]
    return _merge(spans)


def read_article(text: str, given_title: str | None = None) -> ArticleText:
    """Read title block, body and metadata of a page from its normalised text.

    ``given_title`` (already simplified) is the title that the caller knows: it is looked for above
    the body, and is the answer whatever other title the page has (whose line is still no part of the
    body). A text without page furniture is all
    body, with title None.

    >>> article = read_article(
    ...     "放开手脚干实事\\n  胡红玲魏嘉\\n  2020年,我市持续深化基层减负工作,加速为基层减负。\\n责任编辑:张茜"
    ... )
    >>> article.title, article.authors, article.editor, article.body
    ('放开手脚干实事', ('胡红玲', '魏嘉'), '张茜', (18, 45))
    """
    lines = read_lines(text)
    first = first_body_line(text, lines)
    if first is None:
        first = _first_plain_line(lines)
        head = Head(None, None, None, first)
    else:
        head = read_head(lines, first, given_title)
    tail = _tail_start(lines, head.body)
    end = _body_end(lines, head.body, tail)
    body = (lines[head.body].start, lines[end - 1].end) if head.body < end else (0, 0)
    dateline = metadata.find_dateline(text, *body)
    title_line = lines[head.title] if head.title is not None else None
    subtitle_line = lines[head.subtitle] if head.subtitle is not None else None
    above, below = lines[: head.body], lines[end:]
    last = text[max(body[0], body[1] - _TAIL_WINDOW) : body[1]]
    meta_lines = [line.text for line in above if line is not title_line and line is not subtitle_line]
    sign_offs = [line.text for line in lines[end:tail]]
    signature = next((line for line in sign_offs if metadata.find_authors(line) or "作者" in line), None)
    publisher = _first_found(metadata.find_publisher, [line.text for line in (*below, *above)])
    source = (
        _first_found(metadata.find_source, meta_lines)
        or _first_found(metadata.find_source, [line.text for line in below[:12]])
        or metadata.find_source(last[last.rfind("。") + 1 :])
        or publisher
        or (dateline.agency if dateline else None)
    )
    opening = [line.text for line in lines[head.body : min(end, head.body + 3)] if len(line.text) <= 40]
    authors = (
        _authors_above(lines, head)
        or _first_names(sign_offs)
        or (dateline.authors if dateline else ())
        or _first_names(opening)
    )
    dated = sorted(meta_lines, key=lambda line: not line.startswith("发布"))
    title_text = _ORIGINAL.sub("", title_line.text) if title_line else None
    block = [(line.start, line.end) for line in (title_line, subtitle_line) if line is not None]
    body_paragraphs = paragraphs(text, *body)
    subtitle = DASHES.sub("", subtitle_line.text) if subtitle_line else None
    return ArticleText(
        title=given_title or title_text,
        subtitle=subtitle,
        authors=authors,
        source=source,
        published=_first_found(metadata.find_published, dated)
        or _first_found(metadata.find_published, sign_offs),
        editor=_first_found(
            metadata.find_editor, [*meta_lines, *(line.text for line in below), last[last.rfind("。") + 1 :]]
        ),
        dateline=dateline.text if dateline else None,
        dateline_place=dateline.place if dateline else None,
        dateline_date=dateline.date if dateline else None,
        page=_first_found(metadata.find_page, meta_lines),
        signature=signature,
        publisher=publisher,
        title_span=(title_line.start, title_line.end) if title_line else None,
        subtitle_span=(subtitle_line.start, subtitle_line.end) if subtitle_line else None,
        body=body,
        paragraphs=(*block, *body_paragraphs),
        sentences=(*block, *sentences(text, body_paragraphs)),
        chrome=_chrome(text, lines, head, end),
    )


def _first_plain_line(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.kind in ("other", "prose")), 0)


def _first_found(find: Callable[[str], str | None], lines: Sequence[str]) -> str | None:
    return next((found for line in lines if (found := find(line))), None)


def _first_names(lines: Sequence[str]) -> tuple[str, ...]:
    return next((names for line in lines if (names := metadata.find_authors(line))), ())


def _authors_above(lines: Sequence[Line], head: Head) -> tuple[str, ...]:
    labelled = _first_names(
        [line.text for i, line in enumerate(lines[: head.body]) if i not in (head.title, head.subtitle)]
    )
    if labelled or head.byline is None:
        return labelled
    return bare_byline(lines[head.byline].text)
