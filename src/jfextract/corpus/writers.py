"""The output folder of a small job: written aside, renamed when all is done."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from jfextract.corpus.report import Failure, failure_row
from jfextract.errors import OutputError
from jfextract.model import Document
from jfextract.output.records import document_row
from jfextract.output.tables import CsvTable, ParquetTable

__all__ = ["FILES", "PAGE_LIMIT", "OutputFolder"]

PAGE_LIMIT = 200
"""Documents on report.html at most: a browser must still open it, and they are held in memory."""

# In the order of their renaming: when documents.jsonl is there, everything is.
FILES = (
    "failures.jsonl", "report.html", "checks.csv", "measures.csv", "measures.parquet", "documents.jsonl",
)  # fmt: skip
_ASIDE = ".partial"


class OutputFolder:
    """The files of one run, as a context: documents are added, ``finish`` puts the files in place.

    Until then they stand in ``.partial`` inside the folder, which goes when the run stops early.
    """

    def __init__(self, path: Path, *, text: bool, overwrite: bool) -> None:
        self.documents = 0
        self.measures = 0
        self.failures: list[Failure] = []
        self._path = path
        self._text = text
        self._shown: list[Document] = []
        self._files = ExitStack()
        self._was_there = path.exists()
        _refuse_occupied(path, overwrite)

    def __enter__(self) -> OutputFolder:
        aside = self._path / _ASIDE
        try:
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir(parents=True)
            self._rows = self._files.enter_context((aside / "documents.jsonl").open("wb"))
            self._csv = self._files.enter_context(CsvTable(aside / "measures.csv"))
            self._checks = self._files.enter_context(CsvTable(aside / "checks.csv", "checks"))
            self._parquet = self._files.enter_context(ParquetTable(aside / "measures.parquet"))
        except OSError as error:
            raise _refusal(self._path, error) from None
        return self

    def add(self, doc: Document) -> None:
        """Write a document to all files."""
        try:
            self._rows.write(document_row(doc, text=self._text) + b"\n")
            self._csv.add(doc)
            self._checks.add(doc)
            self._parquet.add(doc)
        except OSError as error:
            raise _refusal(self._path, error) from None
        self.documents += 1
        self.measures += len(doc.measures)
        if len(self._shown) < PAGE_LIMIT:
            self._shown.append(doc)

    def add_failure(self, failure: Failure) -> None:
        """Note a failure for failures.jsonl."""
        self.failures.append(failure)

    def finish(self) -> Path:
        """Put the files in place, those of an earlier run away; return the folder."""
        from jfextract.output.html import report_html

        aside = self._path / _ASIDE
        try:
            page = report_html(self._shown, left_out=self.documents - len(self._shown))
            (aside / "report.html").write_text(page, encoding="utf-8", errors="replace")
            if self.failures:
                rows = b"".join(failure_row(failure) + b"\n" for failure in self.failures)
                (aside / "failures.jsonl").write_bytes(rows)
            self._files.close()
            for name in FILES:
                _sync(aside / name)
            with _undisturbed():
                # until all are new, the old ones are no output
                (self._path / FILES[-1]).unlink(missing_ok=True)
                for name in FILES:
                    _put_in_place(aside / name, self._path / name)
        except OSError as error:
            raise _refusal(self._path, error) from None
        return self._path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()
        shutil.rmtree(self._path / _ASIDE, ignore_errors=True)
        if not self._was_there and not any(self._path.iterdir()):
            self._path.rmdir()


def _refuse_occupied(path: Path, overwrite: bool) -> None:
    if not path.exists():
        return
    if not path.is_dir():
        raise OutputError(f"{path} is a file; the output must be a folder")
    if not overwrite and any(entry.name != _ASIDE for entry in path.iterdir()):
        raise OutputError(f"{path} is not empty; choose another folder or pass --overwrite")


def _put_in_place(written: Path, final: Path) -> None:
    if not written.exists():  # no failures this time: those of an earlier run are no longer true
        final.unlink(missing_ok=True)
        return
    written.replace(final)


def _sync(written: Path) -> None:
    if written.exists():
        with written.open("rb+") as file:
            os.fsync(file.fileno())


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _refusal(path: Path, error: OSError) -> OutputError:
    return OutputError(f"cannot write to {path}: {error.strerror or error}")
