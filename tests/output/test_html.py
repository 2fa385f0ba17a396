"""The page: one file, everything escaped, the text whole, marks where the mentions are."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract.model import Check, Document, Edit, Place, Time
from jfextract.output.html import document_html, report_html
from jfextract.output.markup import language, marked_text

from .documents import small_document

VOID = {"meta", "wbr", "line", "circle", "rect", "polyline"}


class Page(HTMLParser):
    """What a browser sees: the text of paragraphs, marks with their text, ids, links; refuses bad nesting."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.marked: dict[str, str] = {}
        self.paragraphs: list[str] = []
        self.tags: list[str] = []
        self.feed(page)
        self.close()
        assert not self.stack, f"unclosed: {self.stack}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        if tag == "p":
            self.paragraphs.append("")
        if tag not in VOID:
            self.stack.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened, _ = self.stack.pop()
            assert opened == tag, f"{opened} closed by {tag}"

    def handle_data(self, data: str) -> None:
        if any(tag == "p" for tag, _ in self.stack):
            self.paragraphs[-1] += data
        for _, attributes in self.stack:
            for index in (attributes.get("data-m") or "").split():
                self.marked[index] = self.marked.get(index, "") + data


def _visible(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def test_the_page_fetches_nothing(reports: tuple[Document, ...]) -> None:
    page = report_html(reports)
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "@import" not in page
    assert "url(" not in page


def test_the_page_is_well_formed_with_unique_ids_and_links_that_lead_somewhere(
    reports: tuple[Document, ...],
) -> None:
    page = Page(report_html(reports))
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


@pytest.mark.parametrize("index", range(5))
def test_the_text_of_a_report_is_shown_whole_and_marked(reports: tuple[Document, ...], index: int) -> None:
    doc = reports[index]
    page = Page(marked_text(doc, "d"))
    assert page.paragraphs == _visible(doc.text or "")
    assert page.marked == {str(number): measure.text for number, measure in enumerate(doc.measures)}


def test_a_row_leads_to_its_figure_and_the_figure_to_its_row(reports: tuple[Document, ...]) -> None:
    page = report_html(reports)
    assert '<a href="#d2m4">3,759 件</a>' in page
    assert '<i id="d2m4"></i>' in page
    assert 'href="#d2r4"' in page
    assert '<tr id="d2r4"' in page


def test_both_scripts_are_named_to_the_browser(reports: tuple[Document, ...]) -> None:
    assert [language(doc.text or "") for doc in reports] == [
        "zh-Hans",
        "zh-Hant",
        "zh-Hans",
        "zh-Hant",
        "zh-Hans",
    ]
    assert '<div class="text" lang="zh-Hant">' in report_html(reports[1:2])


def test_what_a_report_says_cannot_become_markup() -> None:
    attack = "<script>alert(1)</script>\"'&"
    doc = small_document(text=f"{attack}3759件", title=attack, item=attack, place=attack, start=0, end=5)
    doc = replace(doc, id=attack, times=(Time("x", 2, 9, attack, attack),))
    for page in (report_html([doc]), document_html(doc)):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_overlapping_marks_keep_the_text_and_all_their_fields() -> None:
    doc = small_document(text="发文3759件,共五项")
    doc = replace(
        doc,
        times=(Time("文3759", 1, 6, "2019", "r"),),
        places=(Place("件,共", 6, 9, "某市", None, None, "named", "r"),),
        edits=(Edit(0, 11, "", "gloss", certain=False),),
    )
    page = marked_text(doc, "d")
    assert Page(page).paragraphs == ["发文3759件,共五项"]
    assert Page(page).marked == {"0": "3759件"}
    assert re.findall(r'class="([^"]+)"', page) == ["e", "e t", "e m t", "e m p", "e p", "e"]


def test_chrome_is_told_from_the_report() -> None:
    doc = small_document(text="首页 > 新闻\n发文3759件", start=10, end=15)
    doc = replace(doc, article=replace(doc.article, body=(8, 15)))
    assert '<p class="aside"><span class="chrome">首页 &gt; 新闻</span></p>' in marked_text(doc, "d")


@settings(max_examples=150)
@given(st.data())
def test_any_text_with_any_marks_gives_a_well_formed_page(data: st.DataObject) -> None:
    text = data.draw(
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=40)
    )
    offset = st.integers(-2, len(text) + 2)
    times = tuple(
        Time("", data.draw(offset), data.draw(offset), None, "r") for _ in range(data.draw(st.integers(0, 6)))
    )
    doc = replace(small_document(text=text, start=data.draw(offset), end=data.draw(offset)), times=times)
    doc = replace(doc, article=replace(doc.article, body=(data.draw(offset), data.draw(offset))))
    assert Page(marked_text(doc, "d")).paragraphs == _visible(text)


def test_surrogates_and_nulls_are_shown_as_replacements() -> None:
    page = marked_text(small_document(text="发文3759件\ud800\0"), "d")
    assert page.encode("utf-8")
    assert "?\ufffd" in page


def test_a_cut_page_says_so(reports: tuple[Document, ...]) -> None:
    assert "shows the first 5 reports; 7 more are in" in report_html(reports, left_out=7)
    assert "more are in" not in report_html(reports)


def test_a_document_without_text_or_figures_still_has_its_place() -> None:
    bare = replace(small_document(), text=None)
    assert "written without its text" in report_html([bare])
    assert "No figure was found" in report_html([replace(bare, measures=())])
    assert "0 figures in 0 reports" in report_html([])


def test_checks_are_told_with_their_arithmetic_and_lead_to_their_figures() -> None:
    doc = small_document(text="发文3759件", start=2, end=7)
    words = doc.measures[0].text
    fails = Check(
        "growth", "fails", (0,), Decimal(-16), Decimal("-18.2"), f"{words} is <-18.2 %>, stated -16 %"
    )
    holds = Check("parts", "holds", (0,), Decimal(1), Decimal(1), "1 + 1")
    page = report_html([replace(doc, checks=(fails, holds)), doc])
    link = f'<a href="#d0m0">{words}</a>'
    assert f'<li class="fails"><b>fails</b> {link} is &lt;-18.2 %&gt;, stated -16 %</li>' in page
    assert "<h3>Arithmetic: 1 holds, <b>1 fails</b></h3>" in page
    assert "<details><summary>what holds</summary>" in page
    assert "<td>1 holds, <b>1 fails</b></td>" in page
    assert page.count("Arithmetic") == 1
    Page(page)


def test_a_notebook_shows_the_fragment_without_script(reports: tuple[Document, ...]) -> None:
    fragment = document_html(reports[2])
    Page(fragment)
    assert "<script" not in fragment
    assert "<html" not in fragment
    assert "3,759 件" in fragment
