"""A corpus cut into shards: the same cuts whoever works on them, each id once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from jfextract.corpus.report import Failure, Input

__all__ = ["MOST_REPORTS", "Shard", "cut", "with_single_ids"]

MOST_REPORTS = 2_000
"""Reports in a shard at most, however short they are."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Reports that are done and written together.

    ``number`` counts from 0; ``size`` is the text's bytes as UTF-8; ``digest`` tells whether the reports are
    the same as those of another day.
    """

    number: int
    reports: tuple[Input | Failure, ...]
    size: int
    digest: str


def cut(reports: Iterable[Input | Failure], size: int) -> Iterator[Shard]:
    """Cut reports into shards: one ends with the report that brings it to ``size`` bytes.

    >>> texts = [Input(str(number), "3件" * 10, "x") for number in range(3)]
    >>> [len(shard.reports) for shard in cut(texts, 50)]
    [2, 1]
    """
    held: list[Input | Failure] = []
    held_size = 0
    number = 0
    digest = blake2b(digest_size=16)
    for report in reports:
        held.append(report)
        held_size += _note(report, digest)
        if held_size >= size or len(held) >= MOST_REPORTS:
            yield Shard(number, tuple(held), held_size, digest.hexdigest())
            held, held_size, number, digest = [], 0, number + 1, blake2b(digest_size=16)
    if held:
        yield Shard(number, tuple(held), held_size, digest.hexdigest())


def _note(report: Input | Failure, digest: blake2b) -> int:
    """Take a report into the digest; return the bytes of its text."""
    if isinstance(report, Failure):
        digest.update(repr(report).encode("utf-8", "surrogatepass"))
        return 0
    text = report.text if isinstance(report.text, bytes) else report.text.encode("utf-8", "surrogatepass")
    known = (report.id, report.source, report.date, report.title, report.place, report.html, len(text))
    digest.update(repr(known).encode("utf-8", "surrogatepass"))
    digest.update(text)
    return len(text)


def with_single_ids(reports: Iterable[Input | Failure]) -> Iterator[Input | Failure]:
    """The reports, with a Failure in the place of one whose id an earlier one has.

    The ids are kept in a database on disk that SQLite removes by itself: memory does not grow with the corpus.
    """
    import sqlite3  # a pipe of one report need not wait for it

    with sqlite3.connect("", isolation_level=None, check_same_thread=False) as ids:
        ids.execute("PRAGMA journal_mode=OFF")
        ids.execute("PRAGMA cache_size=-16000")
        ids.execute("CREATE TABLE ids (id BLOB PRIMARY KEY, source BLOB) WITHOUT ROWID")
        for report in reports:
            if isinstance(report, Input):
                key = blake2b(report.id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
                source = report.source.encode("utf-8", "surrogatepass")
                if not ids.execute("INSERT OR IGNORE INTO ids VALUES (?, ?)", (key, source)).rowcount:
                    (first,) = ids.execute("SELECT source FROM ids WHERE id = ?", (key,)).fetchone()
                    yield _doubled(report, first.decode("utf-8", "surrogatepass"))
                    continue
            yield report


def _doubled(report: Input, first: str) -> Failure:
    return Failure(
        report.source, report.id, "read", f"its id {report.id!r} is that of {first}; give each its own"
    )
