"""Whole pages, invented after real layouts: what the article is, what the page says about itself."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from jfextract.text.article import ArticleText, read_article
from jfextract.text.normalise import normalise
from jfextract.text.repair import repair

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def read_page(path: Path) -> tuple[dict[str, str], str, ArticleText]:
    head, _, text = path.read_text(encoding="utf-8").partition("=====\n")
    wanted = {name: value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
    clean = normalise(repair(text).text)
    return wanted, clean, read_article(clean)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_page_is_read_as_its_header_says(path: Path) -> None:
    wanted, text, article = read_page(path)
    body_start, body_end = wanted["body"].split("|")
    body = text[slice(*article.body)]
    assert body.startswith(normalise(body_start)), body[:60]
    assert normalise(body_end) in body[-40:], body[-60:]
    for field in (
        "title",
        "subtitle",
        "source",
        "published",
        "editor",
        "page",
        "dateline_place",
        "dateline_date",
    ):
        if field in wanted:
            assert (getattr(article, field) or "") == normalise(wanted[field].strip()), field
    if "authors" in wanted:
        assert "、".join(article.authors) == wanted["authors"].strip()
    if "sentences" in wanted:
        inside = [span for span in article.sentences if span[0] >= article.body[0]]
        assert len(inside) == int(wanted["sentences"])
    chrome = "\n".join(text[slice(*span)] for span in article.chrome)
    if "chrome" in wanted:
        assert normalise(wanted["chrome"]) in chrome
    if "no-chrome" in wanted:
        assert normalise(wanted["no-chrome"]) not in chrome


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_spans_lie_inside_the_text_and_in_order(path: Path) -> None:
    _, text, article = read_page(path)
    for spans in (article.paragraphs, article.sentences, article.chrome):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    block = [span for span in (article.title_span, article.subtitle_span) if span is not None]
    assert list(article.paragraphs[: len(block)]) == block
    inside = article.paragraphs[len(block) :]
    assert all(article.body[0] <= start and end <= article.body[1] for start, end in inside)


TITLED = (
    "放开手脚干实事\n——我市减负工作综述\n本报记者 胡红玲\n2020年,我市持续深化基层减负工作,加速为基层减负。"
)


@pytest.mark.parametrize("given", ["我市为基层减负", "放开手脚 干实事", "——我市减负工作综述"])
def test_the_title_that_is_given_wins_over_the_page(given: str) -> None:
    article = read_article(TITLED, given_title=given)
    assert article.title == given
    assert TITLED[slice(*article.body)].startswith("2020年")
    assert article.authors == ("胡红玲",)


@pytest.mark.parametrize("given", [None, ""])
def test_without_a_given_title_the_page_is_asked(given: str | None) -> None:
    article = read_article(TITLED, given_title=given)
    assert article.title == "放开手脚干实事"
    assert [TITLED[slice(*span)] for span in article.paragraphs] == [
        "放开手脚干实事",
        "——我市减负工作综述",
        "2020年,我市持续深化基层减负工作,加速为基层减负。",
    ]


def test_a_given_title_stands_where_the_text_has_none() -> None:
    article = read_article("2020年,我市持续深化基层减负工作,加速为基层减负。", given_title="减负")
    assert (article.title, article.title_span, article.body[0]) == ("减负", None, 0)


@pytest.mark.parametrize(
    "line",
    [
        "点击蓝字 关注我们",
        "点击蓝字，关注我们吧！",
        "點擊藍字關注我們",
        "↑↑点击上方蓝字关注我们",
        "点击上方“贵州发布”可订阅哦",
        "点击上方蓝色字体，快速关注",
        "关注我们",
    ],
)
def test_what_an_account_says_above_its_page_is_no_title(line: str) -> None:
    text = normalise(f"{line}\n六盘水市为基层减负出实招\n2019年,全市召开会议144次、同比压减40%。\n")
    assert read_article(text).title == "六盘水市为基层减负出实招"


@pytest.mark.parametrize("title", ["蓝字里的中国", "点击率背后的基层负担", "关注基层减负", "点击未来"])
def test_a_title_with_such_words_is_one(title: str) -> None:
    text = normalise(f"{title}\n2019年,全市召开会议144次、同比压减40%。\n")
    assert read_article(text).title == title
