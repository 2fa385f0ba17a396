"""HTML pages in twenty layouts: title, time, source and body."""

from __future__ import annotations

import sys
from html import escape
from pathlib import Path

import opencc
import pytest

from jfextract.errors import JfextractError
from jfextract.text.html import extract_html

TITLE = "前三季度全市新增城镇就业3.2万人 完成全年目标九成"
BODY = [
    "记者从市人社局获悉，今年前三季度，全市新增城镇就业3.2万人，完成全年目标的91.4%，就业形势总体稳定。",
    "据介绍，全市累计发放创业担保贷款4.6亿元，同比增长12.5%，带动就业9800余人，其中高校毕业生2100人。",
    "在技能培训方面，各区县组织企业职工培训186期，参训人员达到1.2万人次，取得证书的占87%。",
    "下一步，市人社局将继续落实各项稳就业政策，加大对重点群体的帮扶力度，确保全年目标任务顺利完成。",
]
LINES = (Path(__file__).parent / "cases/html_layouts.tsv").read_text(encoding="utf-8").split("\n")
LAYOUTS = [line.split("\t") for line in LINES if line and not line.startswith("#")][1:]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout[0])
def test_title_time_source_and_body_are_found(layout: list[str]) -> None:
    pytest.importorskip("trafilatura")
    _, head, above, wrap, below, time, source, editor = layout
    body = wrap.replace("{B}", "".join(f"<p>　　{line}</p>" for line in BODY))
    html = f"<html><head><meta charset=utf-8>{head}</head><body>{above}{body}{below}</body></html>".replace(
        "{T}", TITLE
    )
    page = extract_html(html)
    assert page.title == TITLE
    assert (page.published_time or page.published) == time
    assert not source or page.source == source
    assert not editor or page.editor == editor
    assert page.text.replace("\u3000", "").split("\n") == BODY


def read_cases(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@pytest.mark.parametrize("site", read_cases("html_sites.tsv"), ids=lambda site: site[0])
def test_a_page_full_of_other_things_gives_its_title_time_and_body(site: list[str]) -> None:
    pytest.importorskip("trafilatura")
    _, head, above, wrap, below, time, source, editor, script = site
    convert = opencc.OpenCC(script).convert if script else str
    title, body = convert(TITLE), [convert(line) for line in BODY]
    paragraphs = [f"<p>　　{line}</p>" for line in body]
    parts = {
        "{BR}": "<br/>".join(body),
        "{E}": escape("".join(paragraphs)),
        "{S}": "".join(f"<section><section><span>{line}</span></section></section>" for line in body),
        "{B}": "".join(paragraphs),
    }
    for mark, part in parts.items():
        wrap = wrap.replace(mark, part)
    html = f"<html><head><meta charset=utf-8>{head}</head><body>{above}{wrap}{below}</body></html>"
    page = extract_html(html.replace("{T}", title).replace("\\n", "\n"))
    assert page.title == title
    assert (page.published_time or page.published) == time
    assert not source or page.source == source
    assert not editor or page.editor == editor
    lines = page.text.replace("\u3000", "").split("\n")
    assert [line for line in lines if line in body] == body
    assert sum(len(line) for line in lines if line not in body) < 0.1 * sum(map(len, lines))


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(JfextractError, match=r"pip install jfextract\[html\]"):
        extract_html("<html><body><p>文</p></body></html>")
