"""The CSV file that tells what the reports do not say: their ids, dates, titles, places."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jfextract.dates import iso_date
from jfextract.errors import InputError

__all__ = ["NO_FACTS", "Facts", "read_metadata"]

_COLUMNS = ("file", "id", "date", "title", "place")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a metadata row says of a report; None where it says nothing."""

    id: str | None = None
    date: str | None = None
    title: str | None = None
    place: str | None = None


NO_FACTS = Facts()


def read_metadata(path: Path, names: Sequence[str]) -> dict[str, Facts]:
    """The facts for each of the reports ``names``, by name; reports without a row are absent.

    ``file`` is a report's path inside its folder, or its bare file name when only one report has it. Raises
    InputError, naming file and line, for an unknown column, an unknown or repeated file, a repeated id.
    """
    rows = csv.reader(io.StringIO(_decode(path), newline=""), strict=True)
    try:
        return _read_rows(path, [(rows.line_num, row) for row in rows], names)
    except csv.Error as error:
        raise InputError(f"{path}:{rows.line_num}: is no CSV: {error}") from None


def _read_rows(path: Path, rows: list[tuple[int, list[str]]], names: Sequence[str]) -> dict[str, Facts]:
    if not rows:
        raise InputError(f"{path} is empty; its first line must name columns, of {', '.join(_COLUMNS)}")
    header = [name.strip().lower() for name in rows[0][1]]
    _refuse_columns(path, header)
    reports = _by_any_name(names)
    facts: dict[str, Facts] = {}
    ids: dict[str, int] = {}
    for line, row in rows[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            raise InputError(f"{path}:{line}: has {len(row)} cells, but there are {len(header)} columns")
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
        file = cells.pop("file", "")
        if file not in reports:
            raise InputError(f"{path}:{line}: names the file {file!r}, which is not among the inputs")
        if reports[file] in facts:
            raise InputError(f"{path}:{line}: names the file {file!r} a second time")
        if (report_id := cells.get("id")) is not None and ids.setdefault(report_id, line) != line:
            raise InputError(
                f"{path}:{line}: gives the id {report_id!r}, which line {ids[report_id]} has given"
            )
        facts[reports[file]] = Facts(
            cells.get("id"),
            iso_date(cells.get("date"), f"{path}:{line}: in the column date, "),
            cells.get("title"),
            cells.get("place"),
        )
    return facts


def _refuse_columns(path: Path, header: Sequence[str]) -> None:
    for name in header:
        if name not in _COLUMNS:
            raise InputError(f"{path}:1: the column {name!r} is unknown; choose of {', '.join(_COLUMNS)}")
        if header.count(name) > 1:
            raise InputError(f"{path}:1: the column {name!r} stands twice")
    if "file" not in header:
        raise InputError(f"{path}:1: the column 'file' is missing; it says which report a line is about")


def _by_any_name(names: Sequence[str]) -> dict[str, str]:
    """Each report's name by the names it may be called: its own, and its bare file name when unique."""
    bare = Counter(Path(name).name for name in names)
    called = {Path(name).name: name for name in names if bare[Path(name).name] == 1}
    return {**called, **{name: name for name in names}}


def _decode(path: Path) -> str:
    """The text of the file: UTF-8 with or without a byte order mark, or what Chinese Excel saves."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the metadata file {path} cannot be read: {error.strerror}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"the metadata file {path} is neither UTF-8 nor GB18030; save it as CSV UTF-8")
