"""A corpus run: shard after shard, to be stopped at any moment and gone on with by the same call."""

from __future__ import annotations

import datetime
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from jfextract.corpus.columns import Columns
from jfextract.corpus.dataset import COMPLETE, Corpus
from jfextract.corpus.durable import is_leftover, locked, refusal, remove_leftovers, sync_folder, write_json
from jfextract.corpus.job import (
    Compression,
    Job,
    changed_sources,
    differences,
    read_manifest,
    read_sources,
    settings,
    write_manifest,
)
from jfextract.corpus.metadata import Facts, read_metadata
from jfextract.corpus.parts import FOLDERS, Marker, read_marker
from jfextract.corpus.pool import Pool
from jfextract.corpus.report import Failure, Input
from jfextract.corpus.shards import Shard, cut, with_single_ids
from jfextract.corpus.sources import Position, SourceFile, check_columns, find_sources, read_source
from jfextract.dates import iso_date
from jfextract.errors import InputError, OutputError
from jfextract.options import Options

__all__ = ["Progress", "extract_corpus", "run_job"]

_FILES = (COMPLETE, "manifest.json", "inputs.jsonl", "measures.csv", ".lock")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    ``documents``, ``measures`` and ``failures`` count those of earlier sessions as well; ``size`` is the bytes of
    text done in this session and ``seconds`` its length. ``done`` of ``total`` bytes of the input files are done;
    ``left`` is how many seconds the rest will take at the rate of this session, None while that is unknown.
    """

    documents: int
    measures: int
    failures: int
    size: int
    seconds: float
    done: int
    total: int
    left: float | None


def extract_corpus(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    workers: int | None = None,
    options: Options | None = None,
    columns: Columns | None = None,
    metadata: str | Path | None = None,
    date: str | datetime.date | None = None,
    text: bool = False,
    compression: Compression = "zst",
    shard_size: int = 1_000_000,
    seconds: float | None = None,
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Corpus:
    """Extract all reports of ``inputs`` into the folder ``out`` with ``workers`` processes; return the corpus.

    ``inputs`` are folders, files and globs of .txt .html .json .jsonl .csv .tsv .parquet, also compressed (.gz .zst
    .bz2 .xz) or in .zip and .tar archives, and .warc. ``columns`` names the fields that hold text, id, date, title
    and place; ``metadata`` is a CSV file that tells them of text files. ``date`` holds for reports that have none,
    ``text`` puts the source text into the rows, ``seconds`` is how long one report may take.

    A run that was stopped, however, goes on when it is called again with the same arguments; with others it
    raises OutputError unless ``overwrite``. A report that fails is in ``corpus.failures()``; it stops nothing.
    ``progress`` is called several times a second. Raises InputError, OutputError or StoppedError when the run
    cannot go on.
    """
    job = Job(
        options or Options(),
        columns or Columns(),
        iso_date(date, "date="),
        text,
        compression,
        shard_size,
        seconds,
    )
    paths = [inputs] if isinstance(inputs, (str, Path)) else [*inputs]
    return run_job(
        job,
        paths,
        Path(out),
        workers=workers,
        metadata=None if metadata is None else Path(metadata),
        overwrite=overwrite,
        progress=progress,
    )


def run_job(
    job: Job,
    inputs: list[str | Path],
    out: Path,
    *,
    workers: int | None = None,
    metadata: Path | None = None,
    overwrite: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Corpus:
    """Do a job; see ``extract_corpus``."""
    count = _cores() if workers is None else workers
    if count < 1:
        raise InputError(f"{count} workers can do nothing; give 1 or more")
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out} is a file; the output must be a folder")
    _refuse_bad_input(inputs, out, job.columns)
    facts: dict[str, Facts] = {}
    if metadata is not None:
        facts = read_metadata(metadata, [source.name for source in find_sources(inputs, leave_out=out)])
    try:
        out.mkdir(parents=True, exist_ok=True)
        with locked(out) as lock:
            return _Run(job, inputs, out, metadata, facts, progress).go(count, lock, overwrite)
    except OSError as error:
        if isinstance(error, OutputError):
            raise
        raise refusal(out, error) from None


def _cores() -> int:
    """The cores this process may use, where the system tells; those of the machine elsewhere."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _refuse_bad_input(inputs: list[str | Path], out: Path, columns: Columns) -> None:
    """Find a wrong path or column before anything is written: of each kind of table the first file is asked."""
    asked: set[str] = set()
    for source in find_sources(inputs, leave_out=out):
        form = source.kind.format
        if form not in asked:
            asked.add(form)
            check_columns(source, columns)


class _Run:
    """One session of a run, under the lock of its folder."""

    def __init__(
        self,
        job: Job,
        inputs: list[str | Path],
        out: Path,
        metadata: Path | None,
        facts: dict[str, Facts],
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._job, self._inputs, self._out = job, inputs, out
        self._metadata, self._facts = metadata, facts
        self._progress = progress
        self._begun = time.monotonic()
        self._counts = dict.fromkeys(("documents", "measures", "failures", "size"), 0)
        self._going: dict[int, tuple[int, int]] = {}  # what each worker has done of its shard
        self._position = Position()
        self._ends: dict[str, int] = {}  # how far the input was read for each shard that is being done
        self._skipped = self._done = self._total = self._shards = 0

    def go(self, workers: int, lock: int, overwrite: bool) -> Corpus:
        """Begin or go on, until all is done."""
        out = self._out
        if overwrite:
            _remove_output(out)
        self._begin()
        if (out / COMPLETE).exists():
            corpus = Corpus(out)
            if corpus.intact():
                return corpus
            (out / COMPLETE).unlink()
        remove_leftovers(out)
        pool = Pool(self._todo(), self._job, out, lock, done=self._note_shard, note=self._note_report)
        pool.run(workers, self._tell)
        write_json(out / COMPLETE, {"shards": self._shards, **_totals(out, self._shards)})
        self._tell()
        return Corpus(out)

    def _begin(self) -> None:
        """Write the manifest, or hold the run to the one that is there."""
        told = settings(self._job, self._metadata)
        before = read_manifest(self._out)
        if before is None:
            _refuse_occupied(self._out)
            for name in FOLDERS:
                (self._out / name).mkdir(exist_ok=True)
            write_manifest(self._out, told, self._sources())
        elif changes := differences(before, told):
            raise OutputError(
                f"{self._out} was begun otherwise: {'; '.join(changes)}. Give the same settings to go on, another "
                "folder, or --overwrite (overwrite=True) to begin anew"
            )
        elif changes := changed_sources(read_sources(self._out), self._sources()):
            raise OutputError(
                f"the input of {self._out} has changed since that run began: {'; '.join(changes)}. Choose another "
                "folder, or pass --overwrite (overwrite=True) to begin anew"
            )
        self._total = sum(max(source.size, 0) for source in read_sources(self._out))

    def _sources(self) -> Iterator[SourceFile]:
        return find_sources(self._inputs, leave_out=self._out)

    def _todo(self) -> Iterator[Shard]:
        """The shards that are not complete yet."""
        for shard in cut(with_single_ids(self._reports()), self._job.shard_size):
            self._shards = shard.number + 1
            marker = read_marker(self._out, shard.number)
            if marker is None:
                self._ends[shard.digest] = self._position.now()
                yield shard
            elif marker["digest"] != shard.digest:
                raise OutputError(
                    f"the input of {self._out} has changed since its shard {shard.number} was done; choose another "
                    "folder, or pass --overwrite (overwrite=True) to begin anew"
                )
            else:
                self._count({**marker, "size": 0})
                self._skipped = self._done = self._position.now()

    def _reports(self) -> Iterator[Input | Failure]:
        for source, recorded in zip_longest(self._sources(), read_sources(self._out)):
            _refuse_change(source, recorded)
            yield from read_source(source, self._job.columns, self._facts, self._position)
            _refuse_change(source.now(), source)

    def _count(self, marker: Marker) -> None:
        for name in self._counts:
            self._counts[name] += marker[name]

    def _note_report(self, worker: int, index: int, measures: int) -> None:
        self._going[worker] = index, measures

    def _note_shard(self, marker: Marker) -> None:
        self._count(marker)
        self._done = max(self._done, self._ends.pop(marker["digest"], 0))

    def _tell(self) -> None:
        if self._progress is None:
            return
        going = [*self._going.values()]
        seconds = time.monotonic() - self._begun
        new = self._done - self._skipped
        self._progress(
            Progress(
                documents=self._counts["documents"] + sum(index for index, _ in going),
                measures=self._counts["measures"] + sum(measures for _, measures in going),
                failures=self._counts["failures"],
                size=self._counts["size"],
                seconds=seconds,
                done=self._done,
                total=self._total,
                left=(self._total - self._done) * seconds / new if new else None,
            )
        )


def _refuse_change(now: SourceFile | None, before: SourceFile | None) -> None:
    """Input that changes while it is read would give an output that no one could repeat."""
    if (
        now is None
        or before is None
        or (now.name, now.size, now.changed)
        != (
            before.name,
            before.size,
            before.changed,
        )
    ):
        one = now or before
        raise InputError(
            f"the input changed while it was read, at {one.name if one else 'its end'}; wait until it is whole, then "
            "begin anew with --overwrite (overwrite=True)"
        )


def _refuse_occupied(out: Path) -> None:
    """Raise for a folder that holds something else than the beginnings of a run."""
    for entry in out.iterdir():
        ours = entry.name in _FILES or is_leftover(entry)
        if not ours and (entry.name not in FOLDERS or any(entry.iterdir())):
            raise OutputError(f"{out} is not empty and holds no run ({entry.name}); choose another folder")


def _remove_output(out: Path) -> None:
    """Remove what an earlier run wrote, its manifest last: a removal that is interrupted can be repeated."""
    if not (out / "manifest.json").exists():  # it may be damaged: nothing in it is asked for
        return
    for name in FOLDERS:
        shutil.rmtree(out / name, ignore_errors=True)
    for name in (COMPLETE, "measures.csv", "inputs.jsonl", "manifest.json"):
        (out / name).unlink(missing_ok=True)
    sync_folder(out)


def _totals(out: Path, shards: int) -> dict[str, int]:
    """The counts of all shards; raises OutputError should one not be complete."""
    totals: Counter[str] = Counter()
    for number in range(shards):
        marker = read_marker(out, number)
        if marker is None:
            raise OutputError(
                f"shard {number} of {out} has gone while the run went on; give the same command"
            )
        totals.update({name: count for name, count in marker.items() if isinstance(count, int)})
    return dict(totals)
