"""The files of a folder at any depth, in an order of their own, and a count of what is passed over."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from jfextract.errors import InputError

__all__ = ["note_passed", "passed_words", "walk"]

_Identity = tuple[int, int]


def walk(
    folder: Path, *, leave_out: Path | None = None, passed: Counter[str] | None = None
) -> Iterator[tuple[Path, str]]:
    """The files of a folder, sorted by name, each with its path inside the folder.

    Links to folders are followed, but for those to a folder that they stand in. Hidden files and folders are passed
    over, and so is the folder ``leave_out``; ``passed`` counts the hidden ones. Raises InputError for a folder that
    cannot be listed.
    """
    yield from _walk(folder, "", leave_out.resolve() if leave_out else None, passed, frozenset())


def _walk(
    folder: Path,
    name: str,
    leave_out: Path | None,
    passed: Counter[str] | None,
    above: frozenset[_Identity],
) -> Iterator[tuple[Path, str]]:
    try:
        found = folder.stat()
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{folder} cannot be listed: {error.strerror}") from None
    here = (found.st_dev, found.st_ino)
    if here in above:
        return
    for entry in entries:
        inside = f"{name}/{entry.name}" if name else entry.name
        path = Path(entry.path)
        if entry.name.startswith("."):
            note_passed(passed, "hidden")
        elif not entry.is_dir():
            yield path, inside
        elif leave_out is None or path.resolve() != leave_out:
            yield from _walk(path, inside, leave_out, passed, above | {here})


def note_passed(passed: Counter[str] | None, what: str) -> None:
    """Count something that is passed over, if anyone asks."""
    if passed is not None:
        passed[what] += 1


def passed_words(passed: Counter[str]) -> str:
    """What was passed over, the most first; empty when nothing was.

    >>> passed_words(Counter({".docx": 2, ".pdf": 11, "hidden": 1}))
    '11 .pdf, 2 .docx, 1 hidden'
    """
    return ", ".join(f"{number:,} {what}" for what, number in passed.most_common())
