"""Which field of a row is what, and a row as a report."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from jfextract.corpus.report import Failure, Input
from jfextract.dates import iso_date
from jfextract.errors import InputError

__all__ = ["Columns", "read_row"]

_KNOWN = ("id", "date", "title", "place")


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields, or columns, that hold a report's text and what is known of it.

    ``None`` stands for the field of that very name, which may then be missing; a field that is named must be
    there. ``html`` says that the texts are web pages.
    """

    text: str = "text"
    id: str | None = None
    date: str | None = None
    title: str | None = None
    place: str | None = None
    html: bool = False

    def missing(self, there: Collection[str]) -> str | None:
        """Which of the fields asked for is not among those ``there``, with those that are; None: none.

        >>> Columns(text="content").missing(["id", "body"])
        "has no field 'content'; it has id, body"
        >>> Columns().missing(["text", "time"])
        """
        named = [self.text, *(name for name in (getattr(self, key) for key in _KNOWN) if name is not None)]
        for name in named:
            if name not in there:
                return f"has no field {name!r}; it has {', '.join(map(str, there)) or 'none'}"
        return None

    def wanted(self, there: Collection[str]) -> list[str]:
        """The fields to read of those that are there."""
        names = [self.text, *(getattr(self, key) or key for key in _KNOWN)]
        return [name for name in dict.fromkeys(names) if name in there]


def read_row(row: Mapping[str, object], source: str, columns: Columns) -> Input | Failure:
    """The report in a row of JSON, CSV or Parquet; a Failure that says what is wrong with it.

    A report without id is known by its source. Numbers make an id; a date may be written in any way that
    ``jfextract.dates.read_date`` takes.

    >>> read_row({"text": "3件", "id": 7}, "news.jsonl:1", Columns())
    Input(id='7', text='3件', source='news.jsonl:1', date=None, title=None, place=None, html=False)
    """
    told: dict[str, str | None] = {}
    for key in _KNOWN:
        name = getattr(columns, key) or key
        value = row.get(name)
        if key == "id" and isinstance(value, int):
            value = str(value)
        elif key == "date":
            try:
                value = iso_date(value, f"has a field {name} that is no day: ")
            except InputError as error:
                return Failure(source, told.get("id"), "read", str(error))
        if not isinstance(value, (str, type(None))):
            return Failure(source, told.get("id"), "read", f"has a field {name} that is no string")
        told[key] = value or None
    text = row.get(columns.text)
    fault = columns.missing(row.keys()) or _fault_of_text(columns.text, text)
    if fault is not None or not isinstance(text, (str, bytes)):
        return Failure(source, told["id"], "read", fault or "has no text")
    return Input(told["id"] or source, text, source, told["date"], told["title"], told["place"], columns.html)


def _fault_of_text(name: str, text: object) -> str | None:
    if text is None:
        return f"has an empty field {name}"
    if not isinstance(text, (str, bytes)):
        return f"has a field {name} that is no string"
    return None if text.strip() else f"has an empty field {name}"
