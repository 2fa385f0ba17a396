"""Reading the TSV tables of the rooms: a header of ``#`` lines, a line of column names, then rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from jfextract.errors import LexiconError

if TYPE_CHECKING:
    from importlib.abc import Traversable

__all__ = ["Row", "read_table", "room_table"]


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
    name = getattr(path, "name", str(path))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as a UTF-8 table ({error})") from error
    rows: list[Row] = []
    seen: dict[str, int] = {}
    header = False
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not header:
            if cells != list(columns):
                raise LexiconError(
                    f"{name}:{number}: the columns must be {', '.join(columns)}; found {', '.join(cells)}"
                )
            header = True
            continue
        if len(cells) > len(columns):
            raise LexiconError(f"{name}:{number}: {len(cells)} cells, but there are {len(columns)} columns")
        if len(cells) < len(columns):
            cells += [""] * (len(columns) - len(cells))
        row = Row(zip(columns, cells, strict=True), f"{name}:{number}")
        if key is not None:
            if not row[key]:
                raise LexiconError(f"{name}:{number}: the column {key!r} is empty")
            if row[key] in seen:
                raise LexiconError(f"{name}:{number}: {row[key]!r} stands already at line {seen[row[key]]}")
            seen[row[key]] = number
        rows.append(row)
    if not header:
        raise LexiconError(f"{name}: no line of column names ({', '.join(columns)})")
    return rows


def room_table(room: str, table: str, columns: Sequence[str], *, key: str | None = None) -> list[Row]:
    """Read ``data/TABLE`` of a room of the package, for example ``room_table("units", "units.tsv", …)``.

    ``examples.tsv`` stands beside the rules rather than under ``data/`` and is read by the tests.
    """
    return read_table(files("jfextract") / "/".join(room.split(".")) / "data" / table, columns, key=key)
