"""Codebooks: which figures are which variable of a panel, in a TOML file that names items, units and roles."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any, get_args

from jfextract.errors import CodebookError
from jfextract.model import Change, Measure, Role
from jfextract.text.normalise import normalise

__all__ = ["Codebook", "Variable", "codebook_text", "shipped_codebooks"]

_BOOK_KEYS = ("name", "description", "confidence", "variable")
_KEYS = (
    "name", "description", "head", "item", "exclude", "unit", "units", "kinds", "roles", "change", "basis", "per",
    "growth",
)  # fmt: skip
_LEVELS: tuple[Role, ...] = ("level", "to")
_KINDS = (
    "count", "percent", "percentage_point", "money", "multiple", "fraction", "duration", "age", "length", "area",
    "volume", "mass", "temperature", "speed", "energy", "power", "data", "index", "score", "ratio", "other",
)  # fmt: skip
_BASES = ("yoy", "mom", "qoq", "vs")
"""``vs`` is any named period (vs:2017)."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a panel and the figures it takes.

    A figure belongs to it when its ``item_head`` ends with one of ``head`` and its ``item`` contains one of ``item``
    (either may be empty: any), the item contains none of ``exclude``, and unit, kind, role, change, basis and
    denominator are among those named. ``units`` says for each unit what one of it is in ``unit``; None takes any
    unit. ``per`` empty takes figures that are no rate. ``growth`` names a second variable, of the percentages by which
    this one changed.
    """

    name: str
    description: str = ""
    head: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    unit: str | None = None
    units: Mapping[str, Decimal] | None = None
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = _LEVELS
    change: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    growth: str | None = None

    @property
    def signed(self) -> bool:
        """Whether a decrease is a negative value: in variables of changes in both directions."""
        return self.roles == ("by",) and len(self.change) != 1

    def takes(self, measure: Measure) -> bool:
        """Whether the figure is one of this variable.

        >>> from jfextract import extract
        >>> Variable("documents", head=("文件",)).takes(extract("印发文件3759件").measures[0])
        True
        """
        item, head = measure.item or "", measure.item_head or ""
        return (
            measure.role in self.roles
            and (not self.change or measure.change in self.change)
            and (not self.basis or (measure.basis or "").partition(":")[0] in self.basis)
            and (measure.per in self.per if self.per else measure.per is None)
            and (not self.kinds or measure.kind in self.kinds)
            and (self.units is None or (measure.unit or "") in self.units)
            and (not self.head or (head != "" and head.endswith(self.head)))
            and (not self.item or any(word in item for word in self.item))
            and not any(word in item for word in self.exclude)
        )

    def factor(self, measure: Measure) -> Decimal:
        """What one unit of the figure is in the unit of the variable."""
        return Decimal(1) if self.units is None else self.units[measure.unit or ""]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Variables in the order in which they are tried; the first that takes a figure has it.

    ``confidence`` is the least that a figure must have to be taken.
    """

    name: str
    variables: tuple[Variable, ...]
    description: str = ""
    confidence: float = 0.0

    @classmethod
    def load(cls, source: Codebook | str | Path) -> Codebook:
        """The codebook of a TOML file, or one that comes with the package, by its name.

        Raises CodebookError, which names file, line and variable of what is wrong.

        >>> Codebook.load("grassroots-burden").variables[0].name
        'documents'
        >>> Codebook.load("grassroots")
        Traceback (most recent call last):
        jfextract.errors.CodebookError: there is no codebook 'grassroots': neither a file nor one of the package (grassroots-burden)
        """
        if isinstance(source, Codebook):
            return source
        path = Path(source)
        if path.suffix == ".toml" or path.exists():
            return cls.from_toml(_read(path), path.name)
        if str(source) in shipped_codebooks():
            return cls.from_toml(codebook_text(str(source)), f"{source}.toml")
        known = ", ".join(shipped_codebooks())
        raise CodebookError(
            f"there is no codebook {str(source)!r}: neither a file nor one of the package ({known})"
        )

    @classmethod
    def from_toml(cls, text: str, file: str = "codebook") -> Codebook:
        """The codebook in TOML text; ``file`` is what errors call it."""
        # tomllib is in the standard library from 3.11 on; tomli is the same for 3.10
        toml: Any = importlib.import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
        try:
            book: dict[str, Any] = toml.loads(text, parse_float=Decimal)
        except toml.TOMLDecodeError as error:
            raise CodebookError(f"{file}: not TOML: {error}") from None
        _refuse_unknown(book, _BOOK_KEYS, file)
        rows = book.get("variable")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise CodebookError(f"{file}: a codebook needs at least one [[variable]]")
        confidence = book.get("confidence", 0)
        if not _is_number(confidence) or not 0 <= confidence <= 1:
            raise CodebookError(f"{file}: confidence must be a number from 0 to 1, not {confidence!r}")
        lines = _headers(text)
        variables: list[Variable] = []
        seen: dict[str, str] = {}
        for index, row in enumerate(rows):
            where = f"{file}:{lines[index]}" if index < len(lines) else file
            for variable in _variables(row, where):
                if variable.name in seen:
                    raise CodebookError(
                        f"{where}: the variable {variable.name!r} stands already at {seen[variable.name]}"
                    )
                seen[variable.name] = where
                variables.append(variable)
        return cls(
            _text(book, "name", file) or file,
            tuple(variables),
            _text(book, "description", file),
            float(confidence),
        )

    def variable_of(self, measure: Measure) -> Variable | None:
        """The first variable that takes the figure; None for none."""
        if measure.confidence < self.confidence:
            return None
        return next((variable for variable in self.variables if variable.takes(measure)), None)


def shipped_codebooks() -> list[str]:
    """The names of the codebooks that come with the package.

    >>> shipped_codebooks()
    ['grassroots-burden']
    """
    names = (Path(entry.name) for entry in _folder().iterdir())
    return sorted(name.stem for name in names if name.suffix == ".toml")


def codebook_text(name: str) -> str:
    """The TOML text of a codebook of the package, to be copied and changed."""
    text: str = _folder().joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return text


def _folder() -> Any:
    return resources.files("jfextract.output").joinpath("data").joinpath("codebooks")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CodebookError(f"{path}: cannot be read: {reason}") from None


def _headers(text: str) -> list[int]:
    """The lines of the [[variable]] headers, which the TOML reader does not tell."""
    return [
        n for n, line in enumerate(text.split("\n"), 1) if line.replace(" ", "").startswith("[[variable]]")
    ]


def _variables(row: dict[str, Any], where: str) -> Iterator[Variable]:
    """The variable of a table, and that of its growth."""
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise CodebookError(f"{where}: the variable has no name")
    where = f"{where}: variable {name!r}"
    _refuse_unknown(row, _KEYS, where)
    unit, units = _units(row, where)
    variable = Variable(
        name,
        _text(row, "description", where),
        _words(row, "head", where),
        _words(row, "item", where),
        _words(row, "exclude", where),
        unit,
        units,
        _known(row, "kinds", _KINDS, where),
        _known(row, "roles", get_args(Role), where) or _LEVELS,
        _known(row, "change", get_args(Change), where),
        _known(row, "basis", _BASES, where),
        _words(row, "per", where),
        _text(row, "growth", where) or None,
    )
    if not variable.head and not variable.item:
        raise CodebookError(f"{where}: says of no item which are its figures; give head or item")
    yield variable
    if variable.growth:
        yield replace(
            variable,
            name=variable.growth,
            description=f"Change of {name} in per cent",
            unit="%",
            units={"%": Decimal(1)},
            kinds=("percent",),
            roles=("by",),
            growth=None,
        )


def _units(row: dict[str, Any], where: str) -> tuple[str | None, Mapping[str, Decimal] | None]:
    """The unit of the variable, and of each accepted unit how much one of it is in that."""
    given = row.get("units")
    if given is None:
        unit = _text(row, "unit", where) or None
        return unit, None if unit is None else {unit: Decimal(1)}
    if isinstance(given, list) and given and all(isinstance(unit, str) for unit in given):
        units = dict.fromkeys(map(normalise, given), Decimal(1))
    elif (
        isinstance(given, dict)
        and given
        and all(_is_number(factor) and factor > 0 for factor in given.values())
    ):
        units = {normalise(unit): Decimal(factor) for unit, factor in given.items()}
    else:
        raise CodebookError(
            f'{where}: units must be a list such as ["件", "份"] or a table such as {{"公里" = 1, "米" = 0.001}}'
        )
    unit = _text(row, "unit", where) or next((unit for unit, factor in units.items() if factor == 1), None)
    if unit is None:
        raise CodebookError(f"{where}: say with unit which unit the factors of units lead to")
    return unit, units


def _words(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    """A list of words, simplified; a single word stands for a list of one."""
    given = row.get(key, [])
    words = [given] if isinstance(given, str) else given
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise CodebookError(
            f'{where}: {key} must be a word or a list of words such as ["文件", "发文"], not {given!r}'
        )
    return tuple(map(normalise, words))


def _known(row: dict[str, Any], key: str, known: tuple[str, ...], where: str) -> tuple[str, ...]:
    words = _words(row, key, where)
    for word in words:
        if word not in known:
            raise CodebookError(f"{where}: {key} has {word!r}; choose of {', '.join(known)}")
    return words


def _text(row: dict[str, Any], key: str, where: str) -> str:
    given = row.get(key, "")
    if not isinstance(given, str):
        raise CodebookError(f"{where}: {key} must be text, not {given!r}")
    return given.strip()


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _refuse_unknown(row: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in row:
        if key not in known:
            raise CodebookError(f"{where}: unknown key {key!r}; the keys are {', '.join(known)}")
