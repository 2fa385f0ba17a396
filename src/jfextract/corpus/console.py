"""How a run shows itself to the person before it: a live line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from jfextract.corpus.dataset import Corpus
from jfextract.corpus.run import Progress
from jfextract.output.wording import counted

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

__all__ = [
    "duration_words",
    "ended_by_sigterm",
    "failure_lines",
    "shown_progress",
    "status_line",
    "summary_line",
]

_PLAIN_EVERY = 10.0
"""Seconds between two lines in a log."""

_FAILURES_SHOWN = 10


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Callable[[Progress], None]]:
    """What to give ``extract_corpus`` as ``progress``: it shows how far the run is on standard error."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task("", total=1)
            yield lambda now: bar.update(
                task, completed=now.done, total=max(now.total, 1), description=status_line(now)
            )
    else:
        last = time.monotonic()

        def tell(now: Progress) -> None:
            nonlocal last
            if time.monotonic() - last >= _PLAIN_EVERY:
                last = time.monotonic()
                print(f"jfextract: {status_line(now)}", file=sys.stderr, flush=True)

        yield tell


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Make the signal that services and clusters stop a program with the same as Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def failure_lines(corpus: Corpus) -> Iterator[str]:
    """The first reports that could not be done, and where the others are told of."""
    for failure in islice(corpus.failures(), _FAILURES_SHOWN):
        yield f"{failure.source}: {failure.reason}"
    if corpus.quarantined > _FAILURES_SHOWN:
        yield f"and {corpus.quarantined - _FAILURES_SHOWN:,} more, all in {corpus.path / 'quarantine'}"


def summary_line(corpus: Corpus) -> str:
    """What a run has come to."""
    counts = [counted(corpus.documents, "document"), counted(corpus.measures, "measure")]
    if corpus.quarantined:
        counts.append(f"{corpus.quarantined:,} quarantined")
    return f"{', '.join(counts)} -> {corpus.path}"


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
    )
    return Bar(*columns, console=Console(stderr=True), transient=True)


def status_line(now: Progress) -> str:
    """Documents, speed, measures, failures and the time left, in one line.

    >>> status_line(Progress(1200, 5000, 2, 4_000_000, 8.0, 1, 4, 95.0))
    '1,200 documents, 0.50 MB/s, 5,000 measures, 2 failed, 1 min 35 s left'
    """
    speed = now.size / 1e6 / now.seconds if now.seconds else 0.0
    parts = [counted(now.documents, "document"), f"{speed:.2f} MB/s", counted(now.measures, "measure")]
    parts.append(f"{now.failures:,} failed")
    if now.left is not None:
        parts.append(f"{duration_words(now.left)} left")
    return ", ".join(parts)


def duration_words(seconds: float) -> str:
    """A duration in its two largest units.

    >>> [duration_words(seconds) for seconds in (8.4, 95, 7300, 200_000)]
    ['8 s', '1 min 35 s', '2 h 1 min', '2 d 7 h']
    """
    rest = round(seconds)
    words: list[str] = []
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        number, rest = divmod(rest, size)
        if number or (name == "s" and not words):
            words.append(f"{number} {name}")
    return " ".join(words[:2])
