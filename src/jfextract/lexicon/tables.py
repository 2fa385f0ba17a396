"""Reading the TSV tables of the rooms: a header of ``#`` lines, a line of column names, then rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from jfextract.errors import LexiconError

if TYPE_CHECKING:
    from importlib.abc import Traversable

__all__ = ["Row", "read_table", "room_cells", "room_table"]


class Row(dict[str, str]):
    """One row of a table, column name to text; ``where`` is ``file:line`` for error messages."""

    __slots__ = ("where",)

    def __init__(self, cells: Iterable[tuple[str, str]], where: str) -> None:
        super().__init__(cells)
        self.where = where


def read_table(path: Path | Traversable, columns: Sequence[str], *, key: str | None = None) -> list[Row]:
    """Read a TSV table and check its shape.

    Lines that begin with ``#`` and empty lines are skipped; the first other line must be ``columns``, tab
    separated. With ``key``, two rows with the same text in that column are an error. Trailing empty
    cells may be left out. Raises LexiconError, naming file and line.
    """
    lines = _lines(path)
    numbers = _numbers(lines)[1:]
    name = _name(path)
    return [
        Row(zip(columns, cells, strict=True), f"{name}:{number}")
        for number, cells in zip(numbers, _cells(lines, name, columns, key), strict=True)
    ]


def room_table(
    room: str, table: str, columns: Sequence[str], *, key: str | None = None
) -> list[dict[str, str]]:
    """Read ``data/TABLE`` of a room of the package, for example ``room_table("units", "units.tsv", …)``.

    ``examples.tsv`` stands beside the rules rather than under ``data/`` and is read by the tests.
    """
    return [dict(zip(columns, cells, strict=True)) for cells in room_cells(room, table, columns, key=key)]


def room_cells(room: str, table: str, columns: Sequence[str], *, key: str | None = None) -> list[list[str]]:
    """Read a table as ``room_table`` does, each row as its cells: for the tables of thousands of rows."""
    path = files("jfextract") / "/".join(room.split(".")) / "data" / table
    return _cells(_lines(path), table, columns, key)


def _name(path: Path | Traversable) -> str:
    return getattr(path, "name", str(path))


def _lines(path: Path | Traversable) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as a UTF-8 table ({error})") from error


def _is_row(line: str) -> bool:
    return bool(line) and line[0] != "#" and not line.isspace()


def _numbers(lines: Sequence[str]) -> list[int]:
    """Line numbers of the column names and of the rows."""
    return [number for number, line in enumerate(lines, 1) if _is_row(line)]


def _cells(lines: Sequence[str], name: str, columns: Sequence[str], key: str | None) -> list[list[str]]:
    """The rows below the column names, every one as wide as ``columns``; all is checked before any is told of."""
    rows = [line.split("\t") for line in lines if _is_row(line)]
    if not rows:
        raise LexiconError(f"{name}: no line of column names ({', '.join(columns)})")
    header = rows.pop(0)
    if header != list(columns):
        raise LexiconError(
            f"{name}:{_numbers(lines)[0]}: the columns must be {', '.join(columns)}; found {', '.join(header)}"
        )
    width = len(columns)
    for at, cells in enumerate(rows, 1):
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        elif len(cells) > width:
            raise LexiconError(
                f"{name}:{_numbers(lines)[at]}: {len(cells)} cells, but there are {width} columns"
            )
    if key is not None:
        column = columns.index(key)
        keys = [cells[column] for cells in rows]
        if len(set(keys)) < len(keys) or "" in keys:
            _refuse_keys(keys, _numbers(lines)[1:], name, key)
    return rows


def _refuse_keys(keys: Sequence[str], numbers: Sequence[int], name: str, key: str) -> None:
    seen: dict[str, int] = {}
    for text, number in zip(keys, numbers, strict=True):
        if not text:
            raise LexiconError(f"{name}:{number}: the column {key!r} is empty")
        if text in seen:
            raise LexiconError(f"{name}:{number}: {text!r} stands already at line {seen[text]}")
        seen[text] = number
