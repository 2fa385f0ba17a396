"""Files that are there whole or not at all, whatever happens to the machine; one run at a time in a folder."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from jfextract.errors import OutputError, StoppedError

__all__ = [
    "Pending",
    "is_leftover",
    "locked",
    "refusal",
    "remove_leftovers",
    "sync_folder",
    "write_json",
    "written_whole",
]

_TEMPORARY = ".tmp"
_PATIENCE = 5.0  # seconds in which the workers of a run that was just killed have gone


def refusal(path: Path, error: OSError) -> StoppedError:
    """What to say when the disk refuses."""
    reason = error.strerror or str(error)
    return StoppedError(f"cannot write to {path}: {reason}; make room or mend it, then give the same command")


class Pending:
    """A file being written under a temporary name beside its own; ``publish`` puts it in place."""

    def __init__(self, path: Path) -> None:
        if path.exists() and not path.is_file():  # a device must not be exchanged for a file
            raise FileExistsError(errno.EEXIST, "it is no regular file")
        self.path = path
        self._aside = path.with_name(f".{path.name}{_TEMPORARY}")
        self.file: IO[bytes] = self._aside.open("wb")

    def close(self) -> int:
        """Get all that was written onto the disk; return how many bytes it is."""
        self.file.flush()
        os.fsync(self.file.fileno())
        size = self.file.tell()
        self.file.close()
        return size

    def publish(self) -> None:
        """Give the closed file its name; the folder is still to be synced."""
        self._aside.replace(self.path)

    def discard(self) -> None:
        """Forget what was written."""
        self.file.close()
        self._aside.unlink(missing_ok=True)


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to, which takes its name when the block ends well, and is forgotten otherwise."""
    pending = Pending(path)
    try:
        yield pending.file
        pending.close()
        pending.publish()
    except BaseException:
        pending.discard()
        raise


def sync_folder(folder: Path) -> None:
    """Get the names in a folder onto the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_json(path: Path, value: Any) -> None:
    """Write a small file whole: odd file names are escaped, so that it is ASCII."""
    with written_whole(path) as file:
        file.write(json.dumps(value, indent=1).encode("ascii") + b"\n")
    sync_folder(path.parent)


def is_leftover(path: Path) -> bool:
    """Whether a file has a temporary name of ours."""
    return path.name.startswith(".") and path.name.endswith(_TEMPORARY)


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed run left under temporary names in a folder and those in it."""
    for path in (*folder.glob(f".*{_TEMPORARY}"), *folder.glob(f"*/.*{_TEMPORARY}")):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[int]:
    """Hold the folder for this run; gives the descriptor of the lock, which its workers hold as well.

    The lock goes with the processes that hold it, however they end. Raises OutputError while another run has it.
    """
    try:
        import fcntl
    except ImportError:
        raise OutputError("jfextract run needs Linux or macOS; elsewhere, use jfextract extract") from None
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise OutputError(
                        f"another run is writing to {folder}; wait for it or choose another folder"
                    ) from None
                time.sleep(0.05)
        yield descriptor
    finally:
        os.close(descriptor)
