"""What a run has written, to be compared."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def contents(out: Path) -> dict[str, str]:
    """The digest of every file of an output by its name inside it, leftovers included."""
    return {
        path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
