"""A small job: reports into one folder with a page to read, in this process."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from jfextract.corpus.each import extract_each
from jfextract.corpus.readers import read_inputs
from jfextract.corpus.report import Failure
from jfextract.corpus.shards import with_single_ids
from jfextract.corpus.walk import passed_words
from jfextract.corpus.writers import OutputFolder
from jfextract.dates import iso_date
from jfextract.model import Document
from jfextract.options import Options

__all__ = ["CorpusResult", "extract_files"]


@dataclass(frozen=True, slots=True)
class CorpusResult:
    """What came of a corpus: how many documents and measures were written, and what failed.

    ``out`` is the folder written; with no document done nothing is written and it is None.
    ``passed_over`` says which files of folders were none to read, as ``3 .pdf, 1 hidden``.
    """

    out: Path | None
    documents: int
    measures: int
    failures: tuple[Failure, ...]
    passed_over: str = ""


def extract_files(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    options: Options | None = None,
    metadata: str | Path | None = None,
    date: str | datetime.date | None = None,
    text: bool = False,
    overwrite: bool = False,
    progress: Callable[[Document | Failure], None] | None = None,
) -> CorpusResult:
    """Extract reports and write documents.jsonl, measures.csv, measures.parquet and report.html.

    ``inputs`` are folders, .txt and .jsonl files; ``metadata`` a CSV file (file, id, date, title, place);
    ``date`` holds for the reports that have none given; ``text`` puts the source text into the JSON rows.
    ``out`` must be new or empty unless ``overwrite``. ``progress`` is called with each document and each
    failure. Raises InputError or OutputError when nothing can be done; a report that cannot be done is in
    the result's failures, and in failures.jsonl. The files appear when all is done, never half-written.
    """
    from jfextract.pipeline import Extractor

    paths = [inputs] if isinstance(inputs, (str, Path)) else list(inputs)
    day = iso_date(date, "date=")
    passed: Counter[str] = Counter()
    reports = read_inputs(paths, metadata, leave_out=Path(out), passed=passed)
    extractor = Extractor(options or Options())
    with OutputFolder(Path(out), text=text, overwrite=overwrite) as folder:
        for outcome in extract_each(with_single_ids(reports), extractor, date=day):
            if isinstance(outcome, Failure):
                folder.add_failure(outcome)
            else:
                folder.add(outcome)
            if progress is not None:
                progress(outcome)
        written = folder.finish() if folder.documents else None
    return CorpusResult(
        written, folder.documents, folder.measures, tuple(folder.failures), passed_words(passed)
    )
