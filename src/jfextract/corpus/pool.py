"""Worker processes over shards: one that dies costs at most the report that killed it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from jfextract import errors
from jfextract.corpus.durable import refusal
from jfextract.corpus.job import Job
from jfextract.corpus.parts import Marker
from jfextract.corpus.shards import Shard
from jfextract.corpus.worker import pack, read_frame, shard_frame
from jfextract.errors import JfextractError, StoppedError

__all__ = ["Pool"]

_STRIKES = 3
"""A report at which so many workers have died is given up: two may have been killed for another's memory."""

_IDLE_DEATHS = 5
"""Workers that may die at no report in particular before the run stops."""

_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from jfextract.corpus.worker import main; main()"


@dataclass(frozen=True, slots=True)
class _Death:
    """How a worker ended: the report it was at (None: at none), what ended it, whether it was too slow."""

    at: int | None
    how: str
    slow: bool = False


class _Worker:
    """One worker process, seen from its parent."""

    def __init__(self, job: Job, out: Path, lock: int) -> None:
        self._seconds = job.seconds
        self._out = out
        # -I: neither the folder of the call nor the environment adds modules that the parent would not have loaded
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            pass_fds=(lock,),
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._to, self._from = self._child.stdin, self._child.stdout
        self._ready = False
        self._begin = pack((os.fsencode(out.absolute()), msgspec.to_builtins(job)))

    def do(
        self,
        shard: Shard,
        suspects: tuple[int, ...],
        given_up: dict[int, str],
        note: Callable[[int, int], None],
    ) -> Marker | _Death:
        """Have a shard done; ``note`` is told the index of each report and the measures found before it."""
        at = None
        with contextlib.suppress(BrokenPipeError):  # it has died, as will be seen at once
            self._write(b"" if self._ready else self._begin)
            self._write(shard_frame(shard, suspects, given_up))
        while True:
            if not self._answers(None if at is None else self._seconds):
                self.kill()
                return _Death(at, f"it took longer than {self._seconds:g} seconds", slow=True)
            frame = read_frame(self._from)
            if frame is None:
                return _Death(at, _ending(self._child.wait()))
            if frame[0] == "at":
                at = frame[1]
                if at is not None:
                    note(at, frame[2])
            elif frame[0] == "done":
                marker: Marker = frame[1]
                return marker
            elif frame[0] == "ready":
                self._ready = True
            elif frame[0] == "disk":
                raise refusal(self._out, OSError(frame[1], frame[2]))
            else:
                raise getattr(errors, frame[1], JfextractError)(frame[2])

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._to.write(view) :]

    def _answers(self, seconds: float | None) -> bool:
        return bool(select.select([self._from], [], [], seconds)[0])

    def kill(self) -> None:
        """End the process at once; what it has not marked as complete does not count."""
        self._child.kill()

    def close(self) -> None:
        """End an idle process."""
        for pipe in (self._to, self._from):
            with contextlib.suppress(OSError):
                pipe.close()
        self._child.kill()
        self._child.wait()


class Pool:
    """Threads of this process, each with a worker process of its own, that do shards until there are no more.

    ``done`` is told each shard's marker, ``note`` the reports and measures that a worker has got to.
    """

    def __init__(
        self,
        shards: Iterator[Shard],
        job: Job,
        out: Path,
        lock: int,
        *,
        done: Callable[[Marker], None],
        note: Callable[[int, int, int], None],
    ) -> None:
        self._shards, self._job, self._out, self._lock = shards, job, out, lock
        self._done, self._note = done, note
        self._reading = threading.Lock()
        self._stopping = threading.Event()
        self._workers: set[_Worker] = set()
        self._error: BaseException | None = None

    def run(self, count: int, tick: Callable[[], None]) -> None:
        """Do all shards with ``count`` workers; ``tick`` is called several times a second meanwhile.

        Raises what stopped the run: an unreadable input, a disk that refuses, workers that cannot work.
        """
        threads = [
            threading.Thread(target=self._serve, args=(number,), name=f"jfextract worker {number}")
            for number in range(count)
        ]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.2)
                    tick()
        finally:
            self._stop()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
        if self._error is not None:
            raise self._error

    def _stop(self) -> None:
        self._stopping.set()
        for worker in [*self._workers]:
            worker.kill()

    def _serve(self, number: int) -> None:
        worker: _Worker | None = None
        try:
            while (shard := self._next()) is not None:
                worker = self._do(shard, worker, number)
        except BaseException as error:  # handed to the main thread, which raises it
            if not self._stopping.is_set():
                self._error = error
            self._stop()
        finally:
            if worker is not None:
                self._workers.discard(worker)
                worker.close()

    def _next(self) -> Shard | None:
        with self._reading:
            return None if self._stopping.is_set() else next(self._shards, None)

    def _do(self, shard: Shard, worker: _Worker | None, number: int) -> _Worker | None:
        """Do one shard, with new workers where they die; return the worker that is left."""
        strikes: Counter[int] = Counter()
        given_up: dict[int, str] = {}
        idle_deaths = 0
        while not self._stopping.is_set():
            if worker is None:
                worker = _Worker(self._job, self._out, self._lock)
                self._workers.add(worker)
                if self._stopping.is_set():
                    worker.kill()
            suspects = tuple(sorted({*strikes} - {*given_up}))
            outcome = worker.do(
                shard, suspects, given_up, lambda index, measures: self._note(number, index, measures)
            )
            if not isinstance(outcome, _Death):
                self._note(number, 0, 0)
                self._done(outcome)
                return worker
            self._workers.discard(worker)
            worker.close()
            worker = None
            if outcome.at is None:
                idle_deaths += 1
                if idle_deaths >= _IDLE_DEATHS and not self._stopping.is_set():
                    raise StoppedError(
                        f"{idle_deaths} workers ended without having done a report ({outcome.how}); what they said "
                        "stands above; give the same command once that is mended"
                    )
            else:
                strikes[outcome.at] += 1
                if outcome.slow:
                    given_up[outcome.at] = outcome.how
                elif strikes[outcome.at] >= _STRIKES:
                    given_up[outcome.at] = (
                        f"its worker died at it {_STRIKES} times ({outcome.how}); it may need more memory than there is"
                    )
        return worker


def _ending(status: int) -> str:
    """How a process ended, by the status that waiting for it gave.

    >>> _ending(-9), _ending(1)
    ('SIGKILL', 'exit status 1')
    """
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
