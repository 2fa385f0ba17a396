"""Reports of a small job: folders, text files and JSONL; what cannot be read is named and the rest goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jfextract.corpus.columns import Columns
from jfextract.corpus.formats import read_lines
from jfextract.corpus.metadata import NO_FACTS, Facts, read_metadata
from jfextract.corpus.report import Failure, Input
from jfextract.corpus.streams import LONGEST, kind_of, no_text, open_regular, read_at_most
from jfextract.corpus.walk import note_passed, walk
from jfextract.errors import InputError

__all__ = ["find_files", "read_inputs", "read_jsonl"]

_JSONL = (".jsonl", ".ndjson")
_PAGES = (".html", ".htm")
_REPORTS = (".txt", *_PAGES)
_NO_TEXT = (".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".rtf", ".epub", ".rar", ".7z")
_PACKED = (".gz", ".zst", ".bz2", ".xz", ".tgz", ".zip", ".tar")


def find_files(
    paths: Iterable[str | Path], *, leave_out: Path | None = None, passed: Counter[str] | None = None
) -> list[tuple[Path, str]]:
    """The files to read, with the name each has in a metadata file.

    A folder stands for its .txt and .html files at any depth, sorted, named by their path inside the folder; a file
    stands for itself. Hidden files, files of other kinds and the folder ``leave_out`` are passed over; ``passed`` counts
    them. Raises InputError for a path that does not exist and a folder without reports.
    """
    found: list[tuple[Path, str]] = []
    for given in paths:
        path = Path(given)
        if not str(given):
            raise InputError("an input is empty; give a folder or a file")
        if path.is_dir():
            inside: list[tuple[Path, str]] = []
            for file, name in walk(path, leave_out=leave_out, passed=passed):
                if file.suffix.lower() in _REPORTS:
                    inside.append((file, name))
                else:
                    note_passed(passed, file.suffix.lower() or "without suffix")
            if not inside:
                raise InputError(f"{path} holds no reports: a folder must hold .txt or .html files")
            found += inside
        elif not path.exists():
            raise InputError(f"{path} does not exist")
        elif (reason := _refusal(path)) is not None:
            raise InputError(f"{path} cannot be read: {reason}")
        else:
            found.append((path, path.name))
    return found


def _refusal(path: Path) -> str | None:
    """Why a file is none that is read here; None for text, pages, JSON lines, and files of unknown kinds."""
    if path.suffix.lower() in _NO_TEXT:
        return "save it as text first; what is read are folders of .txt or .html files, such files and .jsonl files"
    kind = kind_of(path.name)
    if path.suffix.lower() in _PACKED or (kind is not None and kind.format not in ("text", "page", "lines")):
        return "jfextract run reads tables, .json, archives and compressed files"
    return None


def read_inputs(
    paths: Iterable[str | Path],
    metadata: str | Path | None = None,
    *,
    leave_out: Path | None = None,
    passed: Counter[str] | None = None,
) -> Iterator[Input | Failure]:
    """The reports of folders, text files and JSONL files, one at a time.

    ``metadata`` is a CSV file with a column ``file`` and any of ``id``, ``date``, ``title``, ``place``. A
    report's id comes from there, else it is the file's path without its suffix. Wrong paths and a wrong
    metadata file raise InputError before anything is read. ``leave_out`` and ``passed`` are those of ``find_files``.
    """
    files = find_files(paths, leave_out=leave_out, passed=passed)
    facts = {} if metadata is None else read_metadata(Path(metadata), [name for _, name in files])
    return _read_files(files, facts)


def _read_files(files: Sequence[tuple[Path, str]], facts: Mapping[str, Facts]) -> Iterator[Input | Failure]:
    for path, name in files:
        if path.suffix.lower() in _JSONL:
            yield from _read_jsonl_file(path)
            continue
        yield _read_text(path, name, facts.get(name, NO_FACTS))


def _read_text(path: Path, name: str, facts: Facts) -> Input | Failure:
    report_id = facts.id or str(Path(name).with_suffix("").as_posix())
    try:
        with open_regular(path) as file:
            text = read_at_most(file)
    except OSError as error:
        return Failure(str(path), report_id, "read", f"cannot be read: {error.strerror or error}")
    if text is None:
        return Failure(str(path), report_id, "read", f"is longer than {LONGEST // 1_000_000} MB")
    if not text.strip():
        return Failure(str(path), report_id, "read", "is empty")
    if (reason := no_text(text)) is not None:
        return Failure(str(path), report_id, "read", reason)
    html = path.suffix.lower() in _PAGES
    return Input(report_id, text, str(path), facts.date, facts.title, facts.place, html)


def _read_jsonl_file(path: Path) -> Iterator[Input | Failure]:
    try:
        with open_regular(path) as lines:
            yield from read_jsonl(lines, str(path))
    except OSError as error:
        yield Failure(str(path), None, "read", f"cannot be read: {error.strerror or error}")


def read_jsonl(lines: Iterable[bytes], source: str) -> Iterator[Input | Failure]:
    r"""The reports of JSONL lines with ``id``, ``text`` and optional ``date``, ``title``, ``place``.

    Blank lines are skipped; a report without ``id`` is known by its source and line. Lines count from 1.

    >>> [report] = read_jsonl([b'{"id": "a", "text": "3\\u4ef6"}'], "news.jsonl")
    >>> report.text, report.source
    ('3件', 'news.jsonl:1')
    >>> [failure] = read_jsonl([b"not JSON"], "news.jsonl")
    >>> failure.source, failure.reason
    ('news.jsonl:1', 'is no JSON: Expecting value at column 1')
    """
    return read_lines(lines, source, Columns())
