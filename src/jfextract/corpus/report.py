"""What a reader hands on: a report to extract, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

__all__ = ["Failure", "Input", "failure_row"]


@dataclass(frozen=True, slots=True)
class Input:
    """One report to extract: the text (bytes: as found in a file, not yet decoded) and what is known of it.

    ``source`` says where it comes from, for messages: a path, or a path and a line (``news.jsonl:7``);
    ``html`` that the text is a web page.
    """

    id: str
    text: str | bytes
    source: str
    date: str | None = None
    title: str | None = None
    place: str | None = None
    html: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be done: where it is, its id if known, the stage (read, extract), and why."""

    source: str
    id: str | None
    stage: str
    reason: str


def failure_row(failure: Failure) -> bytes:
    """The JSON row of a failure, UTF-8, without a newline."""
    try:
        return msgspec.json.encode(failure)
    except UnicodeEncodeError:
        told = {name: _printable(value) for name, value in msgspec.to_builtins(failure).items()}
        return msgspec.json.encode(told)


def _printable(value: object) -> object:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
