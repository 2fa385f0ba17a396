"""An extractor without rooms, so that the tests of reading and writing stay quick and exact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jfextract import pipeline
from jfextract.errors import InputError
from jfextract.model import Article, Document, Measure
from jfextract.options import Options


class PlainExtractor:
    """Finds the first 件 and the digit before it; refuses the date ``never`` and breaks on 坏."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def extract(
        self,
        text: str | bytes,
        *,
        id: str = "",
        date: str | None = None,
        title: str | None = None,
        place: str | None = None,
        html: bool = False,
    ) -> Document:
        assert not html, "this extractor reads plain texts"
        read = text.decode("utf-8") if isinstance(text, bytes) else text
        if date == "never":
            raise InputError("date 'never' is no date")
        if "坏" in read:
            raise ZeroDivisionError("a fault of ours")
        article = Article(title, None, (), *[None] * 5, place, None, None, (0, len(read)), (), ())
        end = read.index("件") + 1 if "件" in read else 0
        measure = Measure(
            read[end - 2 : end], end - 2, end, "count", Decimal(read[end - 2 : end - 1]), None, None, "exact",
            "件", None, None, None, "level", None, None, None, place, None, (0, len(read)), "plain", 1.0,
        )  # fmt: skip
        return Document(
            id, date, "given" if date else None, article, (measure,) if end else (), (), (), (), (), read
        )


@pytest.fixture
def _plain_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Extractor", PlainExtractor)

    return PlainExtractor
