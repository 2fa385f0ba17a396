"""Which files an input stands for, in an order of their own, and the reports in them one at a time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from jfextract.corpus.archives import read_archive
from jfextract.corpus.columns import Columns
from jfextract.corpus.formats import csv_header, parquet_columns, read_format
from jfextract.corpus.metadata import NO_FACTS, Facts
from jfextract.corpus.report import Failure, Input
from jfextract.corpus.streams import Kind, kind_of, open_plain, open_regular, printable
from jfextract.corpus.walk import note_passed, walk
from jfextract.errors import InputError, JfextractError

__all__ = ["Position", "SourceFile", "check_columns", "find_sources", "read_source"]

_REFUSED = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".rar", ".7z")
_WILDCARDS = "*?["
_ARCHIVES = ("zip", "tar", "warc")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. ``name`` is what messages and ids call it, wherever the corpus lies.

    ``size`` in bytes and ``changed`` in nanoseconds are as found; both are -1 for a file that is not there.
    """

    name: str
    path: str
    size: int
    changed: int

    @property
    def kind(self) -> Kind:
        return kind_of(self.name) or Kind("text", None, str(Path(self.name).with_suffix("")))

    def now(self) -> SourceFile:
        """The same file as it is now."""
        return _source(Path(self.path), self.name)


@dataclass(slots=True)
class Position:
    """How many bytes of the input files have been read: those of whole files, and of the one being read."""

    whole: int = 0
    raw: IO[bytes] | None = None

    def now(self) -> int:
        """The bytes read so far."""
        return self.whole + (self.raw.tell() if self.raw is not None and not self.raw.closed else 0)


def find_sources(
    inputs: Iterable[str | Path], *, leave_out: Path | None = None, passed: Counter[str] | None = None
) -> Iterator[SourceFile]:
    """The files of folders, globs and paths, each folder sorted by name.

    A folder stands for the files in it, at any depth, of a kind that is read, a glob for those that match;
    hidden ones and the folder ``leave_out`` are passed over, and ``passed`` counts what is. Files are named by their
    path inside the folder (of a glob: inside what comes before its first wildcard); with several inputs the folder's
    own name comes first. Raises InputError for what does not exist and for a folder without reports.
    """
    given = [str(path) for path in inputs]
    if not given:
        raise InputError("say what to read: a folder, a file or a glob such as 'news/*.jsonl.gz'")
    if "" in given:
        raise InputError("an input is empty; give a folder, a file or a glob")
    named = _names(given)
    for path in given:
        empty = True
        for source in _files_of(path, named[path], leave_out, passed):
            empty = False
            yield source
        if empty:
            raise InputError(
                f"{path} holds no reports; what is read are .txt .html .json .jsonl .csv .tsv .parquet .zip .tar .warc"
            )


def _names(given: list[str]) -> dict[str, str]:
    """What each input is called: nothing where it is alone, else its last name, its path if others have that."""
    if len(given) == 1:
        return {given[0]: ""}
    roots = {path: _glob_parts(path)[0] if _is_glob(path) else Path(path) for path in given}
    often = Counter(root.absolute().name for root in {*roots.values()})
    return {
        path: name if often[name := root.absolute().name] == 1 else str(root) for path, root in roots.items()
    }


def _is_glob(given: str) -> bool:
    return any(sign in given for sign in _WILDCARDS) and not os.path.lexists(given)


def _glob_parts(given: str) -> tuple[Path, str]:
    """The folder before the first wildcard of a glob, and the pattern inside it."""
    parts = Path(given).parts
    fixed = next(at for at, part in enumerate(parts) if any(sign in part for sign in _WILDCARDS))
    return Path(*parts[:fixed]), "/".join(parts[fixed:])


def _files_of(
    given: str, name: str, leave_out: Path | None, passed: Counter[str] | None
) -> Iterator[SourceFile]:
    path = Path(given)
    left_out = leave_out.resolve() if leave_out else None
    if path.is_dir():
        for file, place in walk(path, leave_out=leave_out, passed=passed):
            if kind_of(file.name) is None:
                note_passed(passed, file.suffix.lower() or "without suffix")
            else:
                yield _source(file, f"{name}/{place}" if name else place)
    elif path.exists() or path.is_symlink():
        if path.suffix.lower() in _REFUSED:
            raise InputError(f"{path} cannot be read: save it as text, HTML, CSV or JSON lines first")
        yield _source(path, name or path.name)
    elif _is_glob(given):
        root, pattern = _glob_parts(given)
        for match in sorted(root.glob(pattern)):
            inside = match.relative_to(root)
            if left_out is not None and left_out in (folder := match.parent.resolve(), *folder.parents):
                continue
            if any(part.startswith(".") for part in inside.parts):
                note_passed(passed, "hidden")
            elif match.is_dir():
                note_passed(passed, "folders (a glob stands for files; **/*.txt takes those inside)")
            elif kind_of(match.name) is None:
                note_passed(passed, match.suffix.lower() or "without suffix")
            else:
                yield _source(match, f"{name}/{inside.as_posix()}" if name else inside.as_posix())
    else:
        raise InputError(f"{path} does not exist")


def _source(path: Path, name: str) -> SourceFile:
    name = printable(name)
    try:
        found = path.stat()
    except OSError:
        return SourceFile(name, str(path), -1, -1)
    return SourceFile(name, str(path), found.st_size, found.st_mtime_ns)


def check_columns(source: SourceFile, columns: Columns) -> None:
    """Raise InputError when a table lacks a column that is asked for; what is no table, or broken, passes."""
    form = source.kind.format
    if form not in ("csv", "tsv", "parquet"):
        return
    import pyarrow.parquet as pq

    try:
        with open_regular(Path(source.path)) as raw:
            if form == "parquet":
                there = parquet_columns(pq.ParquetFile(raw))
            else:
                there = csv_header(open_plain(raw, source.kind.compression), "," if form == "csv" else "\t")
    except Exception:  # however it is damaged, reading it will tell
        return
    if there and (fault := columns.missing(there)) is not None:
        raise InputError(f"{source.path} {fault}; say which to read with --text-column and its like")


def read_source(
    source: SourceFile, columns: Columns, facts: Mapping[str, Facts], position: Position
) -> Iterator[Input | Failure]:
    """The reports of one file; a file that cannot be read is one Failure.

    ``facts`` tell of files that are one report each, by name. ``position`` is kept up to date.
    """
    try:
        with open_regular(Path(source.path)) as raw:
            position.raw = raw
            yield from _read_opened(source, raw, columns, facts.get(source.name, NO_FACTS))
    except JfextractError:
        raise
    except Exception as error:  # a damaged file makes the readers of formats raise nearly anything
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield Failure(source.name, None, "read", f"cannot be read: {reason or type(error).__name__}")
    finally:
        position.raw = None
        position.whole += max(source.size, 0)


def _read_opened(
    source: SourceFile, raw: IO[bytes], columns: Columns, known: Facts
) -> Iterator[Input | Failure]:
    kind = source.kind
    plain = open_plain(raw, kind.compression)
    if kind.format in _ARCHIVES:
        yield from read_archive(kind.format, plain, source.name, kind.stem, columns)
        return
    for report in read_format(kind.format, plain, source.name, known.id or kind.stem, columns):
        yield _with_facts(report, known)


def _with_facts(report: Input | Failure, known: Facts) -> Input | Failure:
    if known is NO_FACTS or isinstance(report, Failure):
        return report
    return replace(
        report,
        date=report.date or known.date,
        title=report.title or known.title,
        place=report.place or known.place,
    )
