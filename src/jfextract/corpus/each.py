"""Report after report through an extractor; one that fails becomes a Failure and the others are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from jfextract.corpus.report import Failure, Input
from jfextract.errors import JfextractError
from jfextract.model import Document

__all__ = ["SupportsExtract", "extract_each"]


class SupportsExtract(Protocol):
    """What a corpus needs of an Extractor."""

    def extract(
        self,
        text: str | bytes,
        *,
        id: str = "",
        date: str | None = None,
        title: str | None = None,
        place: str | None = None,
        html: bool = False,
    ) -> Document: ...


def extract_each(
    reports: Iterable[Input | Failure], extractor: SupportsExtract, *, date: str | None = None
) -> Iterator[Document | Failure]:
    """The document of each report, in order; a Failure passes through, and stands for a report that fails."""
    for report in reports:
        yield report if isinstance(report, Failure) else _extract_one(report, extractor, date)


def _extract_one(report: Input, extractor: SupportsExtract, date: str | None) -> Document | Failure:
    try:
        return extractor.extract(
            report.text,
            id=report.id,
            date=report.date or date,
            title=report.title,
            place=report.place,
            html=report.html,
        )
    except JfextractError as error:
        return Failure(report.source, report.id, "extract", str(error))
    except Exception as error:  # a fault of ours in one report must not cost the thousands beside it
        return Failure(report.source, report.id, "extract", f"{type(error).__name__}: {error}")
