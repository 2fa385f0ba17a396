"""A worker process: one Extractor, shard after shard, until its parent closes the pipe or dies.

Both directions of the pipe carry frames: eight bytes of length, then a marshalled tuple. The pipe belongs to
the two processes alone, and both run the same Python. A worker says which report it is at before it begins with
it, so that its parent knows which one killed it.
"""

from __future__ import annotations

import marshal
import os
import select
import signal
import struct
import sys
import threading
from importlib import import_module
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO, Any

import msgspec

from jfextract.corpus.each import SupportsExtract, extract_each
from jfextract.corpus.job import OWN_EXTRACTOR, Job
from jfextract.corpus.parts import PartWriter
from jfextract.corpus.report import Failure, Input
from jfextract.corpus.shards import Shard
from jfextract.errors import InputError, JfextractError
from jfextract.model import Document

__all__ = ["main", "pack", "read_frame", "shard_frame"]

_LENGTH = struct.Struct(">Q")

_FIRST = "2020年,全市发文2482件、同比压减34%。"
"""Read before any report, for the tables to be loaded: that time is not to be the first report's own."""


def pack(frame: tuple[Any, ...]) -> bytes:
    """A frame as bytes."""
    data = marshal.dumps(frame)
    return _LENGTH.pack(len(data)) + data


def read_frame(stream: IO[bytes]) -> tuple[Any, ...] | None:
    """The next frame; None when the other side is gone."""
    head = _read_exactly(stream, _LENGTH.size)
    data = None if head is None else _read_exactly(stream, _LENGTH.unpack(head)[0])
    return None if data is None else marshal.loads(data)


def _read_exactly(stream: IO[bytes], length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        part = stream.read(length - len(data))
        if not part:
            return None
        data += part
    return bytes(data)


def shard_frame(shard: Shard, suspects: tuple[int, ...], given_up: dict[int, str]) -> bytes:
    """A shard for a worker. ``suspects`` are tried first; ``given_up`` says which reports not to touch, and why."""
    reports = tuple(
        (one.source, one.id, one.stage, one.reason)
        if isinstance(one, Failure)
        else (one.id, one.text, one.source, one.date, one.title, one.place, one.html)
        for one in shard.reports
    )
    return pack((shard.number, reports, shard.size, shard.digest, suspects, given_up))


def main() -> None:
    """Work for the parent at the other end of standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal; the parent decides
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not get between the frames
    tasks = sys.stdin.buffer
    threading.Thread(target=_leave_with_parent, args=(tasks.fileno(),), daemon=True).start()
    begin = read_frame(tasks)
    if begin is None:
        return
    try:
        job = msgspec.convert(begin[1], Job)
        if job.extractor == OWN_EXTRACTOR:
            _keep_arrow_small()
        extractor = make_extractor(job)
        if job.extractor == OWN_EXTRACTOR:
            extractor.extract(_FIRST)
        answers.write(pack(("ready",)))
        while (task := read_frame(tasks)) is not None:
            answers.write(pack(("done", _work(task, job, Path(os.fsdecode(begin[0])), extractor, answers))))
    except JfextractError as error:
        answers.write(pack(("refused", type(error).__name__, str(error))))
    except OSError as error:
        answers.write(pack(("disk", error.errno or 0, error.strerror or str(error))))


def _keep_arrow_small() -> None:
    """Make Arrow do without pandas, which it loads when it is there (50 MB a worker), and without a pool of its own.

    Arrow looks for pandas once, at the first array. The extractor of somebody else may need the two together.
    """
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())
    sys.meta_path.insert(0, _NoPandas())
    pa.array([0])
    sys.meta_path.pop(0)


class _NoPandas(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("a worker does without pandas", name=fullname)


def make_extractor(job: Job) -> SupportsExtract:
    """The extractor that a job names, made from its options."""
    module, _, name = job.extractor.partition(":")
    try:
        make = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise InputError(f"there is no such extractor as {job.extractor}: {error}") from None
    made: SupportsExtract = make(job.options)
    return made


def _leave_with_parent(descriptor: int) -> None:
    """End this process when the pipe's other end goes: nobody must write into an output without its run."""
    poll = select.poll()
    poll.register(descriptor, 0)
    poll.poll()
    os._exit(1)


def _work(
    task: tuple[Any, ...], job: Job, out: Path, extractor: SupportsExtract, answers: IO[bytes]
) -> dict[str, Any]:
    number, rows, size, digest, suspects, given_up = task
    reports = [Failure(*row) if len(row) == 4 else Input(*row) for row in rows]
    writer: PartWriter | None = None

    def extract(index: int) -> Document | Failure:
        report = reports[index]
        if index in given_up and isinstance(report, Input):
            report = Failure(report.source, report.id, "extract", given_up[index])
        answers.write(pack(("at", index, 0 if writer is None else writer.measures)))
        (outcome,) = extract_each((report,), extractor, date=job.date)
        return outcome

    tried = {index: extract(index) for index in suspects}
    answers.write(pack(("at", None, 0)))
    writer = PartWriter(out, number, job.compression, text=job.text)
    try:
        for index in range(len(reports)):
            outcome = tried.pop(index) if index in tried else extract(index)
            if isinstance(outcome, Failure):
                writer.add_failure(outcome)
            else:
                writer.add(outcome)
        answers.write(pack(("at", None, writer.measures)))
        return writer.finish(digest, size)
    except BaseException:
        writer.discard()
        raise
