"""Documents that the tests of this room share."""

from __future__ import annotations

import pytest

from jfextract.model import Document

from .documents import gold_documents


@pytest.fixture(scope="session")
def reports() -> tuple[Document, ...]:
    """The five reports with their gold annotation."""
    return gold_documents()
