"""The five reports, extracted once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jfextract import Extractor
from jfextract.model import Document

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture(scope="session")
def gold_reports() -> tuple[Document, ...]:
    extractor = Extractor()
    with (FIXTURES / "reports.csv").open(encoding="utf-8-sig", newline="") as rows:
        return tuple(
            extractor.extract(
                (FIXTURES / "reports" / row["file"]).read_text(encoding="utf-8"),
                id=row["id"],
                date=row["date"],
            )
            for row in csv.DictReader(rows)
        )
