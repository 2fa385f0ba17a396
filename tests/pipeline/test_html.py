"""Web pages through the pipeline: article and metadata from the markup, offsets into the extracted text."""

from __future__ import annotations

from pathlib import Path

import pytest

from jfextract import Extractor, extract, extract_corpus
from jfextract.errors import InputError

pytest.importorskip("trafilatura")

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>市委精简文件会议_六盘水新闻网</title>
<meta name="source" content="六盘水日报"><meta name="pubdate" content="2022-03-15 09:30"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news">新闻</a></div>
<div class="article"><h1>市委精简文件会议</h1><p>来源：六盘水日报 2022-03-15 09:30</p>
<p>2020年，全市发至县级以下文件2482件、同比压减34%，召开会议111次，各级各部门的干部有了更多时间走进基层、服务群众。</p>
<p>2021年，全市发至县级以下文件2031件，召开会议107次，基层干部普遍反映负担明显减轻，作风更加务实，群众更加满意。</p></div>
<div class="foot">版权所有 六盘水新闻网 黔ICP备05006542号</div></body></html>"""


def test_a_page_gives_its_article_and_metadata() -> None:
    doc = extract(PAGE, html=True)
    assert (doc.article.title, doc.article.source, doc.article.published) == (
        "市委精简文件会议",
        "六盘水日报",
        "2022-03-15",
    )
    assert (doc.date, doc.date_source) == ("2022-03-15", "page")
    assert [m.text for m in doc.measures] == ["2482件", "34%", "111次", "2031件", "107次"]


def test_offsets_refer_to_the_text_that_the_document_carries() -> None:
    doc = Extractor().extract(PAGE.encode("gb18030"), html=True)
    assert doc.text is not None
    assert "<" not in doc.text
    for mention in (*doc.measures, *doc.times, *doc.places):
        assert doc.text[mention.start : mention.end] == mention.text


def test_a_page_without_article_is_a_clear_error() -> None:
    with pytest.raises(InputError, match="no article was found"):
        extract("<html><body></body></html>", html=True)


def test_folders_hold_pages_beside_texts(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text("召开会议144次。", encoding="utf-8")
    result = extract_corpus(tmp_path / "in", tmp_path / "out")
    assert (result.documents, result.measures, result.quarantined) == (2, 6, 0)
