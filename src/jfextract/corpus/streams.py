"""Which format and compression a file name tells of, and the file as a stream of plain bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any, Literal

__all__ = ["BROKEN", "LONGEST", "Format", "Kind", "kind_of", "open_plain", "printable", "read_at_most"]

LONGEST = 100_000_000
"""Bytes that one report may have; more is no report but a damaged or hostile file, which must not fill the memory."""

Format = Literal["text", "page", "json", "lines", "csv", "tsv", "parquet", "zip", "tar", "warc"]

_FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".html": "page",
    ".htm": "page",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".zip": "zip",
    ".tar": "tar",
    ".warc": "warc",
}
_BUFFER = 1 << 17
_COMPRESSIONS = (".gz", ".zst", ".bz2", ".xz")
_SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}

BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError)
"""What reading a damaged or unreadable file raises."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is by its name: its format, its compression (None: plain), its name without both."""

    format: Format
    compression: str | None
    stem: str


def kind_of(name: str) -> Kind | None:
    """The kind of a file; None when it is none that is read.

    >>> kind_of("2020/news.jsonl.zst")
    Kind(format='lines', compression='.zst', stem='2020/news')
    >>> kind_of("photo.jpg"), kind_of("notes.gz")
    (None, None)
    """
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix in _SHORT:
        path = path.with_suffix(_SHORT[suffix])
        suffix = path.suffix
    compression = suffix if suffix in _COMPRESSIONS else None
    if compression is not None:
        path = path.with_suffix("")
    kind = _FORMATS.get(path.suffix.lower())
    return None if kind is None else Kind(kind, compression, str(path.with_suffix("")))


def printable(name: str) -> str:
    """A file name as text: bytes that are not in the encoding of the file system are those of Chinese Windows.

    What is in neither encoding is written as its numbers, so that two names stay two.

    >>> printable("2020/" + "报告.txt".encode("gb18030").decode("utf-8", "surrogateescape"))
    '2020/报告.txt'
    """
    return "/".join(map(_printable_part, name.split("/")))


def _printable_part(part: str) -> str:
    try:
        part.encode("utf-8")
        return part
    except UnicodeEncodeError:
        pass
    try:
        raw = os.fsencode(part)
    except UnicodeEncodeError:
        return part.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")


def open_plain(raw: IO[bytes], compression: str | None) -> io.BufferedReader:
    """The stream without its compression, to be read forwards; files of several frames are one stream."""
    plain: Any = raw if compression is None else _OPENERS[compression](raw)
    return plain if isinstance(plain, io.BufferedReader) else io.BufferedReader(plain, _BUFFER)


def _open_zstd(raw: IO[bytes]) -> Any:
    import pyarrow as pa

    return pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), "zstd")


_OPENERS: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": lambda raw: gzip.GzipFile(fileobj=raw),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": _open_zstd,
}


def read_at_most(stream: IO[bytes], most: int = LONGEST) -> bytes | None:
    """All of the stream; None when it is longer than ``most`` bytes, however small its archive is."""
    data = stream.read(most + 1)
    return None if len(data) > most else data
