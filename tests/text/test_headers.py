"""What headers, bylines and endings of plain-text pages say, page by page."""

from __future__ import annotations

import pytest

from jfextract.text.article import read_article
from jfextract.text.normalise import normalise
from jfextract.text.repair import repair
from tests.text.test_repair import rows

TITLE = "前三季度全市新增城镇就业3.2万人"
BODY = (
    "记者从市人社局获悉，今年前三季度，全市新增城镇就业3.2万人，完成全年目标的91.4%，就业形势总体稳定。\n"
    "据介绍，全市累计发放创业担保贷款4.6亿元，同比增长12.5%，带动就业9800余人，其中高校毕业生2100人。"
)


@pytest.mark.parametrize(("page", "fields"), rows("headers.tsv"))
def test_header_and_ending_are_read(page: str, fields: str) -> None:
    text = page.replace("{T}", TITLE).replace("{B}", BODY).replace("⏎", "\n")
    article = read_article(normalise(repair(text).text))
    for field in fields.replace("{T}", TITLE).split(" ; "):
        name, _, wanted = field.partition("=")
        found = getattr(article, name)
        assert ("、".join(found) if isinstance(found, tuple) else found or "") == wanted, name
