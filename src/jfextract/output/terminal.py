"""The measures of a report as a table on a terminal, cut to its width; what came of a panel in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jfextract.model import Document, Measure
from jfextract.output.dating import date_words
from jfextract.output.wording import change_words, check_counts, counted, figure_words

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Group
    from rich.text import Text

    from jfextract.output.panel_table import Panel

__all__ = ["measure_table", "panel_summary"]

_COLUMNS = ("item", "value", "change", "basis", "per", "time", "place")
_DROPPED_FIRST = ("per", "basis", "place", "change", "time")
"""Columns that go, in this order, where the terminal is too narrow for all."""

_GAP = 2
_ITEM_MIN, _PLACE_MIN, _PLACE_MAX, _PER_MAX = 16, 10, 26, 12
_ITEM_LAST = 5  # when the figures alone fill the terminal


def measure_table(doc: Document, *, width: int, limit: int = 25) -> Group:
    """The heading of a report and its first ``limit`` measures in ``width`` cells, and how many more there are.

    Figures and times are never cut; items lose their end, places their beginning, as the most specific
    part of 山西省临汾市洪洞县 stands last. Columns that would be empty, or do not fit, are left out. An item
    that the text does not name is shown as the words of the figure itself, in brackets, and ``?`` stands
    behind a time that is in doubt. Under the table stands how many checks hold, and the arithmetic of those that
    fail.
    """
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    # Text, not str: rich would read [brackets] in a report as markup.
    heading = Text(_cut_end(_heading(doc), width), style="bold")
    if not doc.measures:
        return Group(heading, Text("  no measures\n", style="dim"))
    doubted = {time.edtf for time in doc.times if time.doubt}
    rows = [_cells(measure, doubted) for measure in doc.measures[:limit]]
    widths = _fit(rows, width)
    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
    for name, cells in widths.items():
        table.add_column(name, justify="right" if name == "value" else "left", width=cells, no_wrap=True)
    for row in rows:
        table.add_row(*(Text(_cut(name, row[name], cells)) for name, cells in widths.items()))
    rest = len(doc.measures) - len(rows)
    more = [Text(f"and {rest} more", style="dim")] if rest else []
    return Group(heading, table, *more, *_checks(doc), Text())


def panel_summary(found: Panel, out: Path | None, untaken: Path | None) -> str:
    """What came of it: rows, cells, conflicts, and what the codebook may lack."""
    chosen = [row for row in found if row.preferred]
    conflicts = sum(row.conflict for row in chosen)
    lines = [
        f"{counted(len(found), 'figure')} in {counted(len(chosen), 'cell')}" + (f" -> {out}" if out else "")
    ]
    if conflicts:
        lines.append(
            f"{counted(conflicts, 'cell')} with competing values: see the columns conflict and competing"
        )
    left = sum(item.count for item in found.untaken)
    if left:
        first = ", ".join(f"{item.head} {item.count}" for item in found.untaken[:8] if item.head)
        where = f"; all are in {untaken}" if untaken else "; --untaken FILE.csv writes all"
        lines.append(f"{counted(left, 'figure')} belong to no variable: {first}{where}")
    return "\n".join(lines)


def _checks(doc: Document) -> list[Text]:
    """How many checks hold, then a line for each that fails; it may be long and is then broken, not cut."""
    from rich.text import Text

    if not doc.checks:
        return []
    failing = [check for check in doc.checks if check.status == "fails"]
    return [
        Text(f"checks: {check_counts(doc.checks)}", style="bold" if failing else "dim"),
        *(Text.assemble(("  fails  ", "red"), _one_line(check.arithmetic)) for check in failing),
    ]


def _cells(measure: Measure, doubted: set[str | None]) -> dict[str, str]:
    cells = (
        measure.item or f"({measure.text})",
        figure_words(measure),
        change_words(measure),
        measure.basis,
        measure.per,
        f"{measure.time}?" if measure.time and measure.time in doubted else measure.time,
        measure.place,
    )
    return {name: _one_line(cell or "") for name, cell in zip(_COLUMNS, cells, strict=True)}


def _fit(rows: list[dict[str, str]], width: int) -> dict[str, int]:
    """The columns to show and the cells each may take, together no more than ``width`` where possible."""
    from rich.cells import cell_len

    natural = {name: max(cell_len(row[name]) for row in rows) for name in _COLUMNS}
    wanted = {name: max(cells, len(name)) for name, cells in natural.items() if cells}
    for name, most in (("place", _PLACE_MAX), ("per", _PER_MAX)):
        if name in wanted:
            wanted[name] = min(wanted[name], most)
    for dropped in ("", *_DROPPED_FIRST):
        wanted.pop(dropped, None)
        for name, least in (("place", _PLACE_MIN), ("item", _ITEM_MIN)):
            excess = sum(wanted.values()) + _GAP * (len(wanted) - 1) - width
            if name in wanted and excess > 0:
                wanted[name] = max(min(least, wanted[name]), wanted[name] - excess)
        if sum(wanted.values()) + _GAP * (len(wanted) - 1) <= width:
            break
    excess = sum(wanted.values()) + _GAP * (len(wanted) - 1) - width
    wanted["item"] = max(_ITEM_LAST, wanted["item"] - max(excess, 0))
    return wanted


def _cut(name: str, cell: str, cells: int) -> str:
    return _cut_beginning(cell, cells) if name == "place" else _cut_end(cell, cells)


def _cut_end(text: str, cells: int) -> str:
    """The text in at most ``cells`` terminal cells, with … for what is cut; a Chinese character takes two."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= cells else f"{set_cell_size(text, max(cells - 1, 0)).rstrip()}…"


def _cut_beginning(text: str, cells: int) -> str:
    from rich.cells import cell_len

    if cell_len(text) <= cells:
        return text
    start = next(start for start in range(len(text) + 1) if cell_len(text[start:]) < cells)
    return f"…{text[start:]}"


def _heading(doc: Document) -> str:
    known = (doc.id, doc.article.title, date_words(doc), doc.article.place)
    return _one_line("  ".join(part for part in known if part))


def _one_line(text: str) -> str:
    """The text without what would break the line or steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
