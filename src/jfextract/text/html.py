"""From an HTML page to the report: trafilatura's body, our own title, date and source for Chinese pages.

The offsets of a document read from HTML are those of the extracted text, which the document carries.
Needs the extra ``html``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from jfextract.errors import JfextractError
from jfextract.text import metadata
from jfextract.text.chrome import classify
from jfextract.text.html_time import choose_time
from jfextract.text.normalise import normalise

__all__ = ["HtmlPage", "extract_html"]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a page says; ``text`` is its body in the page's own script, paragraphs on lines of their own.

    ``published`` is the EDTF day and ``published_time`` ISO 8601 with minutes where the page gives them. None: the
    page does not say.
    """

    text: str
    title: str | None
    published: str | None
    published_time: str | None
    source: str | None
    authors: tuple[str, ...]
    editor: str | None


_META = re.compile(r"<meta\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,40})\s{0,5}=\s{0,5}("[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>]{1,500})""")
_JSON_LD = re.compile(r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-3])\b[^<>]{0,500}>(.{1,1000}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,1000})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SITE_TAIL = re.compile(r"\s*(?:[-_|–—]|--|——|_\s|::|»|\|)\s*(?:[^-_|–—]{2,40})$")
_TITLE_METAS = ("articletitle", "og:title", "twitter:title", "headline")
_TIME_METAS = (
    "article:published_time",
    "pubdate",
    "publishdate",
    "publish_time",
    "og:release_date",
    "firstpublishedtime",
    "weibo: article:create_at",
    "date",
    "og:time",
)
_SOURCE_METAS = ("contentsource", "article:source", "source", "mediaid")
_EDITOR_METAS = ("editor", "contenteditor")
_AUTHOR_METAS = ("author", "article:author")


def extract_html(html: str) -> HtmlPage:
    """Read title, body and metadata of a news or government page.

    Raises JfextractError when the extra is not installed.
    """
    metas = _read_metas(html)
    linked = _read_json_ld(html)
    body_start = html.lower().find("<body")
    visible = _visible_lines(html[max(0, body_start) :])
    title = _choose_title(html, metas, linked, visible)
    stated = [str(linked[key]) for key in ("datePublished", "pubDate", "upDate") if linked.get(key)]
    stated += [metas[name] for name in _TIME_METAS if name in metas]
    moment = choose_time(html, stated, visible, _line_of(title, visible))
    text = _clean_body(_extract_body(html), title)
    folded = [normalise(line) for line in visible]
    return HtmlPage(
        text=text,
        title=title,
        published=moment[:10] if moment else None,
        published_time=moment if moment and len(moment) > 10 else None,
        source=_first(metas, _SOURCE_METAS)
        or _search(metadata.find_source, folded)
        or _search(metadata.find_publisher, folded),
        authors=_choose_authors(metas, folded),
        editor=_search(metadata.find_editor, folded) or _first(metas, _EDITOR_METAS),
    )


def _trafilatura() -> Any:
    try:
        import trafilatura
    except ImportError as error:
        raise JfextractError("reading HTML needs trafilatura: pip install jfextract[html]") from error
    return trafilatura


def _extract_body(html: str) -> str:
    html = _unpack(html)
    found = _extract_text(html)
    if _LONG_ROW.search(
        found
    ):  # a page that is laid out with tables, or an article that is an item of a list
        found = _extract_text(_LAYOUT_TAG.sub(r"<\1div>", html))
    return found


def _extract_text(html: str) -> str:
    trafilatura = _trafilatura()
    options = {"include_comments": False, "include_tables": True, "favor_precision": True}
    found = trafilatura.extract(html, **options)
    if not found:
        found = trafilatura.extract(html, include_comments=False, favor_recall=True)
    return found or ""


_LONG_ROW = re.compile(r"^(?:\|(?:[ \t]{0,9}\|){0,4}[^|\n]{100}|- .{200})", re.MULTILINE)
_LAYOUT_TAG = re.compile(r"<(/?)(?:table|tbody|tr|td|font|center|ul|li)\b[^<>]{0,500}>", re.IGNORECASE)
_SECTION_TAG = re.compile(r"<(/?)section\b", re.IGNORECASE)
_TEXT_AREA = re.compile(r"<textarea\b[^<>]{0,500}>([^<]{0,200000})</textarea>", re.IGNORECASE)


def _unpack(html: str) -> str:
    """Bring out a body that waits in a text area as escaped markup, and paragraphs that are sections."""
    if "&lt;p" in html:
        html = _TEXT_AREA.sub(
            lambda match: f"<div>{unescape(match[1])}</div>" if "&lt;p" in match[1] else match[0], html
        )
    if html.count("<section") > html.count("<p>") + html.count("<p "):
        html = _SECTION_TAG.sub(r"<\1p", html)
    return html


def _read_metas(html: str) -> dict[str, str]:
    metas: dict[str, str] = {}
    for match in _META.finditer(html):
        attributes = {
            name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(match[0])
        }
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = (attributes.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.lower(), content)
    return metas


def _read_json_ld(html: str) -> dict[str, Any]:
    for match in _JSON_LD.finditer(html):
        end = html.find("</script", match.end())
        if end < 0:
            break
        try:
            found = json.loads(html[match.end() : end])
        except ValueError:
            continue
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict) and (
                "headline" in item or "datePublished" in item or "pubDate" in item
            ):
                return item
    return {}


def _visible_lines(html: str) -> list[str]:
    """Return the text of the page line by line, without scripts; enough to find 来源： and the time."""
    parts: list[str] = []
    at = 0
    for opening in re.finditer(r"<(script|style|noscript)\b", html, re.IGNORECASE):
        if opening.start() < at:
            continue
        parts.append(html[at : opening.start()])
        closing = html.lower().find(f"</{opening[1].lower()}", opening.end()) if len(html) < 5_000_000 else -1
        if closing < 0:
            at = opening.end()
            continue
        at = closing
    parts.append(html[at:])
    broken = re.sub(
        r"<(?:/?(?:p|div|li|h\d|tr|td|table|ul|br|section|article|header|footer)\b)", "\n<", "".join(parts)
    )
    lines = (unescape(_TAG.sub(" ", line)).replace("\xa0", " ").strip() for line in broken.split("\n"))
    return [re.sub(r"\s{2,}", "  ", line) for line in lines if line]


def _choose_title(html: str, metas: dict[str, str], linked: dict[str, Any], visible: list[str]) -> str | None:
    """Take the heading that the page's own title agrees with; site names behind a dash are cut off."""
    whole = _TITLE.search(html)
    page_title = _tidy(whole[1]) if whole else None
    if page_title and classify(normalise(page_title)) == "head":  # 欢迎光临某县人民政府网站
        page_title = _above_time(visible)
    stated = _first(metas, _TITLE_METAS) or (
        linked.get("headline") if isinstance(linked.get("headline"), str) else None
    )
    headings = [_tidy(match[2]) for match in _HEADING.finditer(html)]
    for reference in (page_title, _tidy(stated) if stated else None):
        if reference:
            fitting = [one for one in headings if len(one) >= 4 and _squeeze(one) in _squeeze(reference)]
            if fitting:
                return max(fitting, key=len)
            stem = _squeeze(_CUT_SHORT.split(reference)[0]) if _CUT_SHORT.search(reference) else None
            whole_title = next((one for one in headings if stem and _squeeze(one).startswith(stem)), None)
            if whole_title:
                return whole_title
            printed = [line for line in visible if len(line) >= 8 and _squeeze(line) in _squeeze(reference)]
            if printed:
                return _tidy(max(printed, key=len))
    if stated:
        return _cut_site(_tidy(stated))
    if page_title:
        return _cut_site(page_title)
    return next((one for one in headings if len(one) >= 4), None)


def _above_time(visible: list[str]) -> str | None:
    """Return the line above the one that says when the page was published."""
    lines = [normalise(line) for line in visible[:200]]
    published = next(
        (i for i, line in enumerate(lines) if len(line) < 200 and metadata.find_published(line)), 0
    )
    above = lines[max(0, published - 1)]
    return visible[published - 1] if published and len(above) >= 6 and classify(above) in _TEXT else None


_TEXT = ("prose", "other")
_CUT_SHORT = re.compile(r"\.{3}|…")


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(_TAG.sub("", text))).strip()


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def _cut_site(title: str) -> str:
    """Cut off the names of section and site: 标题_要闻_某某网."""
    for _ in range(3):
        shorter = _SITE_TAIL.sub("", title)
        if len(shorter) < 4 or shorter == title:
            break
        title = shorter
    return title


def _line_of(title: str | None, visible: list[str]) -> int:
    """Return the index of the line that is the title, or else the first one that holds it."""
    if not title:
        return 0
    wanted = _squeeze(title)
    lines = [_squeeze(line) for line in visible]
    holding = (i for i, line in enumerate(lines) if wanted in line)
    return next((i for i, line in enumerate(lines) if line == wanted), next(holding, 0))


def _choose_authors(metas: dict[str, str], lines: list[str]) -> tuple[str, ...]:
    for line in lines:
        if len(line) < 120 and (names := metadata.find_authors(line)):
            return names
    stated = _first(metas, _AUTHOR_METAS)
    return metadata.find_authors(f"作者:{normalise(stated)}") if stated else ()


def _clean_body(text: str, title: str | None) -> str:
    """Drop the title's repetition, header lines, and everything from the page's tail on."""
    kept: list[str] = []
    for line in (line.strip() for line in text.split("\n")):
        plain = normalise(line).strip("| ")  # a table of the page's data comes as | 索引号: | 0037/2023 |
        kind = classify(plain)
        if not line or kind in ("nav", "head") or (title and _squeeze(line.strip("| ")) == _squeeze(title)):
            continue
        if kind in ("tail", "foot") and kept:
            break
        if kind != "prose" and len(plain) < 120 and (metadata.is_meta_line(plain) or _is_sign(plain)):
            continue
        if _CAPTION.match(plain) or (kind != "prose" and metadata.find_page(plain) and "20" in plain):
            continue
        kept.append(line)
    while len(kept) > 1 and _is_left_over(normalise(kept[-1])):
        kept.pop()
    return "\n".join(kept)


_CAPTION = re.compile(
    r"[▲▼△▽■◆●].{0,60}\((?:图|翻摄|记者|资料|取自|摄)[^()]{0,30}\)$"
    r"|.{0,60}\([^()]{0,16}(?:翻摄|摄|资料照片?|资料图片?|翻拍|供图)\)$"
)
_SENTENCE_END = re.compile(r"[。!?！？;；:：…~～][”’」』)）】\"']*$")


def _is_left_over(line: str) -> bool:
    """Tell whether a last line is no running text: buttons, labels, names of accounts."""
    return len(line) < 40 and not _SENTENCE_END.search(line) and classify(line) != "prose"


def _is_sign(line: str) -> bool:
    return line.startswith(
        ("(责任编辑", "(责编", "责任编辑", "责编", "[责任编辑", "【责任编辑", "编辑:", "(编辑")
    )


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if metas.get(name)), None)


def _search(find: Any, lines: list[str]) -> str | None:
    found: Iterator[str | None] = (find(line) for line in lines if len(line) < 200)
    return next((one for one in found if one), None)
