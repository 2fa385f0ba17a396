"""An extractor without rooms, so that the tests of reading and writing stay quick and exact."""

from __future__ import annotations

import pytest

from jfextract import pipeline

from .cheap import PlainExtractor


@pytest.fixture
def _plain_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "Extractor", PlainExtractor)
