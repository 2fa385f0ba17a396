"""One page for people: each report's text with its marks beside the table of its measures, and charts.

The page is one file that fetches nothing. Links between text and table work without its script, which
adds a card of fields on hover and shows a row's figure in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from zlib import crc32

from jfextract.model import Check, Document, Measure
from jfextract.output.chart import chart_html
from jfextract.output.dating import date_words, is_guessed
from jfextract.output.markup import escape, language, marked_text, measure_lines
from jfextract.output.wording import change_words, check_counts, counted, figure_words

__all__ = ["document_html", "report_html"]

_COLUMNS = ("item", "value", "change", "basis", "per", "time", "place")
_LONG_TIME = len("../2021-11-30")


def report_html(docs: Iterable[Document], *, left_out: int = 0) -> str:
    """The page of the documents; ``left_out`` is how many more there are that it does not show."""
    shown = list(docs)
    measures = sum(len(doc.measures) for doc in shown)
    heading = f"{counted(measures, 'figure')} in {counted(len(shown), 'report')}"
    cut = (
        f'<p class="note">This page shows the first {counted(len(shown), "report")}; '
        f"{left_out} more are in documents.jsonl and measures.csv.</p>"
        if left_out
        else ""
    )
    reports = "\n".join(_report(doc, f"d{index}") for index, doc in enumerate(shown))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{heading} · jfextract</title>
<style>
{_asset("page.css")}</style>
</head>
<body class="jfx">
<header class="top">
<h1>{heading}</h1>
<p class="legend">Marked in the text: <span class="m">figures</span> <span class="t">times</span> <span class="p">places</span></p>
{cut}</header>
<main>
{_contents(shown)}
<section class="years"><h2>Over the years</h2>
{chart_html(shown)}
</section>
{reports}
</main>
<script>
{_asset("page.js")}</script>
</body>
</html>
"""


def document_html(doc: Document) -> str:
    """A fragment for a notebook: the marked text and the table of one document, with its styles."""
    prefix = f"jfx{crc32((doc.id + (doc.text or '')).encode('utf-8', 'replace')):08x}"
    return f'<style>{_asset("page.css")}</style><div class="jfx notebook">{_report(doc, prefix)}</div>'


@lru_cache(maxsize=2)
def _asset(name: str) -> str:
    return resources.files("jfextract.output").joinpath("data").joinpath(name).read_text(encoding="utf-8")


def _contents(docs: list[Document]) -> str:
    if len(docs) < 2:
        return ""
    rows = "".join(
        f'<tr><td><a href="#d{index}" lang="{language(doc.text or "")}">{escape(_title(doc))}</a></td>'
        f"<td>{escape(doc.date or '')}{' (guess)' if is_guessed(doc) else ''}</td><td>{escape(doc.article.place or '')}</td>"
        f'<td class="number">{len(doc.measures)}</td><td>{_check_words(doc)}</td></tr>'
        for index, doc in enumerate(docs)
    )
    return (
        '<nav><div class="scroll"><table class="contents"><thead><tr><th>report</th><th>date</th><th>place</th>'
        f'<th class="number">figures</th><th>checks</th></tr></thead><tbody>{rows}</tbody></table></div></nav>'
    )


def _report(doc: Document, prefix: str) -> str:
    subtitle = f'<p class="subtitle">{escape(doc.article.subtitle)}</p>' if doc.article.subtitle else ""
    body = (
        marked_text(doc, prefix)
        if doc.text is not None
        else '<p class="note">This record was written without its text.</p>'
    )
    return f"""<article id="{prefix}" class="report">
<header lang="zh-Hans"><h2>{escape(_title(doc))}</h2>{subtitle}<p class="facts">{_facts(doc)}</p></header>
<div class="columns">
<div class="text" lang="{language(doc.text or "")}">
{body}
</div>
<div class="side">{_checks(doc, prefix)}{_table(doc, prefix)}</div>
</div>
</article>"""


def _title(doc: Document) -> str:
    return doc.article.title or doc.id or "untitled"


def _facts(doc: Document) -> str:
    """Date, place, source and so on, as far as they are known, and how they are known."""
    article = doc.article
    facts = (
        ("date", date_words(doc) or "no date"),
        ("place", article.place),
        ("source", article.source),
        ("by", "、".join(article.authors)),
        ("id", doc.id),
    )
    return "".join(
        f"<span><b>{name}</b> {escape(value)}</span> "
        for name, value in facts
        if value and value != _title(doc)
    )


def _table(doc: Document, prefix: str) -> str:
    if not doc.measures:
        return '<p class="note">No figure was found in this report.</p>'
    kept = [
        name for name in _COLUMNS if name in ("item", "value") or any(_cell(m, name) for m in doc.measures)
    ]
    head = "".join(f'<th class="{name}">{name}</th>' for name in kept)
    rows = "".join(_row(measure, index, kept, prefix) for index, measure in enumerate(doc.measures))
    return (
        '<div class="scroll" tabindex="0"><table class="measures" lang="zh-Hans">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(measure: Measure, index: int, kept: list[str], prefix: str) -> str:
    cells = []
    for name in kept:
        text = escape(_cell(measure, name))
        if name == "time" and len(text) > _LONG_TIME:  # an interval may break between its ends, nowhere else
            text = "/<wbr>".join(f"<span>{end}</span>" for end in text.split("/"))
        elif name == "value":
            text = f'<a href="#{prefix}m{index}">{text}</a>'
        elif name == "item" and not text:
            text = f'<span class="unnamed">{escape(measure.text)}</span>'
        # On a narrow screen a row becomes a card, and its cells show their names.
        cells.append(
            f'<td class="{name}" data-name="{name}">{text}</td>' if text else f'<td class="{name}"></td>'
        )
    tip = escape("\n".join((measure.text, *measure_lines(measure))))
    return f'<tr id="{prefix}r{index}" data-m="{index}" title="{tip}">{"".join(cells)}</tr>'


def _cell(measure: Measure, name: str) -> str:
    if name == "value":
        return figure_words(measure)
    if name == "change":
        return change_words(measure)
    value: str | None = getattr(measure, name)
    return value or ""


def _check_words(doc: Document) -> str:
    """How many checks hold; those that fail stand out."""
    return re.sub(r"\d+ fails?", r"<b>\g<0></b>", check_counts(doc.checks))


def _checks(doc: Document, prefix: str) -> str:
    """The arithmetic between the figures: what fails is told, what holds can be opened."""
    if not doc.checks:
        return ""
    failing = "".join(_check(check, doc, prefix) for check in doc.checks if check.status == "fails")
    others = "".join(_check(check, doc, prefix) for check in doc.checks if check.status != "fails")
    told = f'<ul class="checks">{failing}</ul>' if failing else ""
    rest = f'<ul class="checks">{others}</ul>' if others else ""
    folded = f"<details><summary>what holds</summary>{rest}</details>" if rest else ""
    return f'<section class="arithmetic"><h3>Arithmetic: {_check_words(doc)}</h3>{told}{folded}</section>'


def _check(check: Check, doc: Document, prefix: str) -> str:
    status = check.status.replace(" ", "-")
    return f'<li class="{status}"><b>{check.status}</b> {_linked(check, doc, prefix)}</li>'


def _linked(check: Check, doc: Document, prefix: str) -> str:
    """The arithmetic with each figure that stands in it as a link to its place in the text."""
    text = check.arithmetic
    spans: list[tuple[int, int, int]] = []
    for index in check.measures:
        words = doc.measures[index].text
        start = text.find(words)
        while start >= 0 and any(start < end and begin < start + len(words) for begin, end, _ in spans):
            start = text.find(words, start + 1)
        if start >= 0 and words:
            spans.append((start, start + len(words), index))
    written, at = [], 0
    for start, end, index in sorted(spans):
        written.append(f'{escape(text[at:start])}<a href="#{prefix}m{index}">{escape(text[start:end])}</a>')
        at = end
    return "".join(written) + escape(text[at:])
