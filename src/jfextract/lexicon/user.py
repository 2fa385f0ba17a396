"""A user's own units, classifiers, number words and counted nouns, from one TOML or TSV file."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from jfextract.errors import LexiconError
from jfextract.lexicon.tables import read_table

__all__ = ["Lexicon", "UserNumber", "UserPair", "UserUnit"]

_COLUMNS = ("type", "form", "value", "kind", "scale")
_KINDS = frozenset(
    {
        "age",
        "area",
        "count",
        "data",
        "duration",
        "energy",
        "index",
        "length",
        "mass",
        "money",
        "multiple",
        "other",
        "percent",
        "percentage_point",
        "power",
        "speed",
        "temperature",
        "volume",
    }
)


@dataclass(frozen=True, slots=True)
class UserUnit:
    """A unit or classifier: its written form, the unit of the record, its kind, a factor for the value."""

    form: str
    unit: str
    kind: str
    scale: Decimal


@dataclass(frozen=True, slots=True)
class UserNumber:
    """A word that stands for a number (俩: 2)."""

    form: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class UserPair:
    """A noun and a unit or classifier that counts it, with how often it was met so (件, 文件, 12)."""

    unit: str
    noun: str
    count: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a user adds to the tables of the package; hashable, so that compiled tables are kept.

    A TSV file has the columns ``type form value kind scale``: ``type`` is ``unit``, ``classifier``, ``number`` or
    ``noun``; ``value`` is the unit of the record (empty: the form itself), the number, or for a noun the classifier
    that counts it; ``kind`` is a kind of measure (empty: count); ``scale`` multiplies the written value (empty: 1) or
    says how often the noun was met with its classifier. A TOML file has the same as arrays of tables ``[[unit]]``,
    ``[[classifier]]``, ``[[number]]`` and ``[[noun]]`` with the keys ``form``, ``value``, ``kind``, ``scale``.
    ``jfextract learn`` writes the nouns of a corpus in this form.
    """

    units: tuple[UserUnit, ...] = ()
    numbers: tuple[UserNumber, ...] = ()
    pairs: tuple[UserPair, ...] = ()

    @classmethod
    def from_file(cls, path: Path | str) -> Lexicon:
        """Read a ``.toml`` or ``.tsv`` file; LexiconError names file and line of what is malformed."""
        path = Path(path)
        if path.suffix == ".toml":
            entries = _toml_entries(path)
        elif path.suffix == ".tsv":
            entries = ((dict(row), row.where) for row in read_table(path, _COLUMNS))
        else:
            raise LexiconError(f"{path}: a lexicon is a .toml or a .tsv file")
        units: list[UserUnit] = []
        numbers: list[UserNumber] = []
        pairs: list[UserPair] = []
        seen: dict[tuple[str, ...], str] = {}
        for cells, where in entries:
            form = cells.get("form", "")
            if not form or form != form.strip():
                raise LexiconError(f"{where}: the form is empty or has spaces around it")
            key = (form, cells.get("value", "")) if cells["type"] == "noun" else (form,)
            if key in seen:
                raise LexiconError(f"{where}: {form!r} stands already at {seen[key]}")
            seen[key] = where
            if cells["type"] == "number":
                numbers.append(UserNumber(form, _decimal(cells.get("value", ""), "value", where)))
            elif cells["type"] == "noun":
                pairs.append(_pair(form, cells, where))
            elif cells["type"] in ("unit", "classifier"):
                units.append(_unit(form, cells, where))
            else:
                raise LexiconError(
                    f"{where}: the type must be unit, classifier, number or noun, not {cells['type']!r}"
                )
        return cls(tuple(units), tuple(numbers), tuple(pairs))


def _pair(noun: str, cells: dict[str, str], where: str) -> UserPair:
    if not cells.get("value"):
        raise LexiconError(f"{where}: a noun needs the classifier that counts it as its value")
    return UserPair(cells["value"], noun, int(_decimal(cells.get("scale") or "1", "scale", where)))


def _unit(form: str, cells: dict[str, str], where: str) -> UserUnit:
    kind = cells.get("kind") or "count"
    if kind not in _KINDS:
        raise LexiconError(f"{where}: {kind!r} is no kind; use one of {', '.join(sorted(_KINDS))}")
    return UserUnit(
        form, cells.get("value") or form, kind, _decimal(cells.get("scale") or "1", "scale", where)
    )


def _decimal(written: str, cell: str, where: str) -> Decimal:
    try:
        number = Decimal(written)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise LexiconError(f"{where}: the {cell} {written!r} is no number")
    return number


def _toml_entries(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    # tomllib is in the standard library from 3.11 on; tomli is the same for 3.10
    toml: Any = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        text = path.read_text(encoding="utf-8")
        tables: dict[str, Any] = toml.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path}: cannot be read as UTF-8 ({error})") from error
    except toml.TOMLDecodeError as error:
        raise LexiconError(f"{path.name}: not TOML: {error}") from error
    lines = _table_lines(text)
    for kind, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise LexiconError(f"{path.name}: {kind!r} must be an array of tables, [[{kind}]]")
        for index, row in enumerate(rows):
            where = f"{path.name}:{lines.get((kind, index), 1)}"
            unknown = sorted(set(row) - set(_COLUMNS[1:]))
            if unknown:
                raise LexiconError(
                    f"{where}: unknown key {unknown[0]!r}; the keys are {', '.join(_COLUMNS[1:])}"
                )
            yield {"type": kind, **{key: str(cell) for key, cell in row.items()}}, where


def _table_lines(text: str) -> dict[tuple[str, int], int]:
    """Line number of every ``[[name]]`` header, which the TOML reader does not tell."""
    lines: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        header = line.strip()
        if header.startswith("[[") and "]]" in header:
            name = header[2 : header.index("]]")].strip().strip("\"'")
            lines[name, counts.setdefault(name, 0)] = number
            counts[name] += 1
    return lines
