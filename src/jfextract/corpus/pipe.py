"""JSONL from standard input to standard output, and the exit status that says how it went."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NoReturn

from jfextract.corpus.each import extract_each
from jfextract.corpus.readers import read_jsonl
from jfextract.corpus.report import Failure
from jfextract.corpus.shards import with_single_ids
from jfextract.errors import InputError

if TYPE_CHECKING:
    from jfextract.options import Options

__all__ = [
    "INTERRUPTED",
    "NOTHING_DONE",
    "SOME_FAILED",
    "extract_pipe",
    "give_up",
    "leave",
    "refuse_output",
    "standard_input",
    "stoppable",
    "tell",
]

SOME_FAILED = 1
NOTHING_DONE = 2
INTERRUPTED = 130

_ALLOCATIONS = 100_000
"""Between two looks for garbage: the tables are hundreds of thousands of objects, and none of them is any."""


def extract_pipe(options: Options, date: str | None, text: bool) -> None:
    """Standard input to standard output, a row for each line, as soon as it is there."""
    from jfextract.output.dating import Dating
    from jfextract.output.records import document_row
    from jfextract.output.wording import counted
    from jfextract.pipeline import Extractor

    gc.set_threshold(_ALLOCATIONS)
    done = failed = 0
    dating = Dating()
    if sys.stdout is None:
        give_up("there is no standard output to write to")
    rows = sys.stdout.buffer
    try:
        reports = with_single_ids(read_jsonl(standard_input(), "stdin"))
        for outcome in extract_each(reports, Extractor(options), date=date):
            if isinstance(outcome, Failure):
                failed += 1
                tell(outcome)
            else:
                done += 1
                dating.note(outcome)
                rows.write(document_row(outcome, text=text) + b"\n")
                rows.flush()
    except KeyboardInterrupt:
        give_up(
            f"stopped after {counted(done + failed, 'report')}; the rows that were written are whole",
            INTERRUPTED,
        )
    except BrokenPipeError:
        # The reader has had enough (head): no error. Python must find nothing to flush when it ends.
        _forget_output()
        return
    except OSError as error:
        refuse_output(error)
    for line in dating.lines():
        print(f"jfextract: {line} (a field date, or --date)", file=sys.stderr)
    leave(done, failed)


def standard_input() -> IO[bytes]:
    """The bytes of standard input; InputError where there is none."""
    if sys.stdin is None:
        raise InputError("there is no standard input to read from")
    return sys.stdin.buffer


def refuse_output(error: OSError) -> NoReturn:
    """End the program because the system refuses: mostly that what it says can be written."""
    _forget_output()
    where = error.filename or "cannot write to standard output"
    give_up(f"{where}: {error.strerror or error}")


def _forget_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def stoppable(left: str) -> Iterator[None]:
    """Make Ctrl-C one line that says what is ``left`` behind, and status 130."""
    try:
        yield
    except KeyboardInterrupt:
        give_up(f"stopped; {left}", INTERRUPTED)


def tell(failure: Failure) -> None:
    """One line on standard error for a report that failed."""
    print(f"jfextract: {failure.source}: {failure.reason}", file=sys.stderr)


def leave(done: int, failed: int) -> None:
    """End the program unless every report was done: status 2 without any, 1 when some failed."""
    if not done:
        if not failed:
            print("jfextract: there was no report in the input", file=sys.stderr)
        sys.exit(NOTHING_DONE)
    if failed:
        sys.exit(SOME_FAILED)


def give_up(message: str, status: int = NOTHING_DONE) -> NoReturn:
    """End the program with one line on standard error."""
    print(f"jfextract: {message}", file=sys.stderr)
    sys.exit(status)
