"""Which dates the reports were read against, in words: a guess must not look like knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jfextract.model import Document
from jfextract.output.wording import counted

__all__ = ["Dating", "date_lines", "date_words", "is_guessed", "is_left_open"]

_SOURCES = {
    "given": "given",
    "page": "from the page",
    "dateline": "from the dateline",
    "newest": "a guess: the newest in the text",
}
_NAMED = 5


def date_words(doc: Document) -> str | None:
    """The date of a report and where it comes from; None when it has none.

    >>> from jfextract import extract
    >>> date_words(extract("召开会议144次", date="2020-03-15")), date_words(extract("2019年召开会议144次"))
    ('2020-03-15 (given)', '2019-12-31 (a guess: the newest in the text)')
    """
    return f"{doc.date} ({_SOURCES[doc.date_source]})" if doc.date and doc.date_source else doc.date


def is_guessed(doc: Document) -> bool:
    """Whether nothing but the newest date in its text tells when the report was written."""
    return doc.date_source == "newest"


def is_left_open(doc: Document) -> bool:
    """Whether the report has no date, and times that would need one."""
    return doc.date is None and any(time.edtf is None for time in doc.times)


def date_lines(
    guessed: int, left_open: int, named: tuple[Sequence[str], Sequence[str]] = ((), ())
) -> list[str]:
    """What a person should know about the dates of reports; ``named`` are the ids of the first of each kind.

    >>> for line in date_lines(2, 1, (["a", "b"], ["c"])):
    ...     print(line)
    2 reports (a, b) have a guessed date, the newest in the text, which 去年 and the like are counted from; give theirs
    1 report (c) has no date, so that 去年 and the like are left open; give its date
    """
    lines = []
    if guessed:
        verb, whose = ("has", "its date") if guessed == 1 else ("have", "theirs")
        lines.append(
            f"{_reports(guessed, named[0])} {verb} a guessed date, the newest in the text, which 去年 and the like are "
            f"counted from; give {whose}"
        )
    if left_open:
        verb, whose = ("has", "its date") if left_open == 1 else ("have", "theirs")
        lines.append(
            f"{_reports(left_open, named[1])} {verb} no date, so that 去年 and the like are left open; give {whose}"
        )
    return lines


def _reports(number: int, ids: Sequence[str]) -> str:
    shown = ", ".join(one for one in ids if one.isprintable())
    more = ", …" if shown and number > len(ids) else ""
    return f"{counted(number, 'report')}{f' ({shown}{more})' if shown else ''}"


@dataclass(slots=True)
class Dating:
    """Counts, document by document, the dates that a person should look at."""

    guessed: int = 0
    left_open: int = 0
    named: tuple[list[str], list[str]] = field(default_factory=lambda: ([], []))

    def note(self, doc: Document) -> None:
        """Take a document into account."""
        if is_guessed(doc):
            self.guessed += 1
            self.named[0].extend([doc.id] if doc.id and self.guessed <= _NAMED else [])
        elif is_left_open(doc):
            self.left_open += 1
            self.named[1].extend([doc.id] if doc.id and self.left_open <= _NAMED else [])

    def lines(self) -> list[str]:
        """What is to be told; nothing when every date is known."""
        return date_lines(self.guessed, self.left_open, self.named)
