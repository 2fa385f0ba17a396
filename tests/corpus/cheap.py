"""Extractors without rooms: a plain one, and one for worker processes that fails in the ways that a text asks for."""

from __future__ import annotations

import os
import signal
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from jfextract.corpus import job
from jfextract.corpus.run import run_job
from jfextract.errors import InputError
from jfextract.model import Article, Document, Measure
from jfextract.options import Options

NAME = "tests.corpus.cheap:CheapExtractor"


class PlainExtractor:
    """Finds the first 件 and the digit before it; refuses the day 1111-11-11 and breaks on 坏."""

    def __init__(self, options: Options) -> None:
        self.options = options

    def extract(
        self,
        text: str | bytes,
        *,
        id: str = "",
        date: str | None = None,
        title: str | None = None,
        place: str | None = None,
        html: bool = False,
    ) -> Document:
        assert not html, "this extractor reads plain texts"
        read = text.decode("utf-8") if isinstance(text, bytes) else text
        if date == "1111-11-11":
            raise InputError("there was no report on 1111-11-11")
        if "坏" in read:
            raise ZeroDivisionError("a fault of ours")
        article = Article(title, None, (), *[None] * 5, place, None, None, (0, len(read)), (), ())
        end = read.index("件") + 1 if "件" in read else 0
        measure = Measure(
            read[end - 2 : end], end - 2, end, "count", Decimal(read[end - 2 : end - 1]), None, None, "exact",
            "件", None, None, None, "level", None, None, None, place, None, (0, len(read)), "plain", 1.0,
        )  # fmt: skip
        return Document(
            id, date, "given" if date else None, article, (measure,) if end else (), (), (), (), (), read
        )


class CheapExtractor(PlainExtractor):
    """死 kills the process, 慢 takes a minute, 息 takes two milliseconds, 坏 is a fault; else a plain document."""

    def __init__(self, options: Options) -> None:
        if options.region == "taiwan":
            raise SystemExit(7)  # a worker that cannot begin
        super().__init__(options)

    def extract(self, text: str | bytes, **known: Any) -> Document:
        read = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        if "死" in read:
            os.kill(os.getpid(), signal.SIGKILL)
        if "慢" in read:
            time.sleep(60)
        if "息" in read:
            time.sleep(0.002)
        return super().extract(read, **known)


def main(arguments: list[str]) -> None:
    """Do a run: INPUT OUT WORKERS SHARD_SIZE."""
    job._fingerprint_of_tables = lambda: "those of this test"  # whoever edits a table meanwhile
    source, out, workers, size = arguments
    run_job(job.Job(extractor=NAME, shard_size=int(size)), [source], Path(out), workers=int(workers))


if __name__ == "__main__":
    main(sys.argv[1:])
