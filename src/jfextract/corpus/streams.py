"""Which format and compression a file name tells of, and the file as a stream of plain bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

__all__ = [
    "BROKEN",
    "LONGEST",
    "Format",
    "Kind",
    "Steps",
    "kind_of",
    "no_text",
    "open_plain",
    "open_regular",
    "printable",
    "read_at_most",
]

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
_SMALL_STEP = 1 << 10
_COMPRESSIONS = (".gz", ".zst", ".bz2", ".xz")
_SHORT = {".tgz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz", ".tzst": ".tar.zst"}

BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
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
    if compression is None:
        plain: Any = raw
    elif compression == ".zst":
        plain = Steps(_Zstd(raw).read)
    else:
        plain = Steps(_OPENERS[compression](raw).read1)
    return plain if isinstance(plain, io.BufferedReader) else io.BufferedReader(plain, _BUFFER)


_OPENERS: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": lambda raw: gzip.GzipFile(fileobj=raw),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}


class Steps(io.RawIOBase):
    """A stream of what ``read`` gives bit by bit; where it breaks, all that came before is handed out first.

    ``checksum`` is that of the whole (CRC-32), None when there is nothing to check.
    """

    def __init__(self, read: Callable[[int], bytes], checksum: int | None = None) -> None:
        self._read = read
        self._checksum = checksum
        self._sum = 0
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._error is not None:
            raise self._error
        view, got = memoryview(buffer), 0
        try:
            while got < len(view):
                data = self._read(len(view) - got)
                if not data:
                    self._check()
                    break
                self._sum = zlib.crc32(data, self._sum)
                view[got : got + len(data)] = data
                got += len(data)
        except BROKEN as error:
            self._error = error
            if not got:
                raise
        return got

    def _check(self) -> None:
        if self._checksum is not None and self._sum != self._checksum:
            raise zipfile.BadZipFile("its checksum is another")


class _Zstd:
    """Arrow's reader of zstd, which forgets what stands before a break in the very call that meets it."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._place = raw, 0
        self._start = raw.tell() if raw.seekable() else None
        self._stream = self._opened()
        self._step = _BUFFER if self._start is not None else _SMALL_STEP

    def _opened(self) -> Any:
        import pyarrow as pa

        return pa.CompressedInputStream(pa.PythonFile(self._raw, mode="r"), "zstd")

    def read(self, size: int) -> bytes:
        try:
            data: bytes = self._stream.read(min(size, self._step))
        except OSError:
            if self._start is None or self._step == 1:
                raise
            # once more up to here, and from here on byte by byte: then the break costs nothing
            self._raw.seek(self._start)
            self._first = self._stream  # kept: with it the file would be closed
            self._stream, self._step = self._opened(), 1
            rest = self._place
            while rest:
                rest -= len(self._stream.read(min(rest, _BUFFER)))
            return self.read(1)
        self._place += len(data)
        return data


def open_regular(path: Path) -> IO[bytes]:
    """The file, open; OSError for what is none: a pipe would be waited for without end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError("it is no regular file; give what comes through a pipe to jfextract extract -")
    return path.open("rb")


_NO_TEXT = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b\x08", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)


def no_text(data: bytes) -> str | None:
    """Why the bytes of a file cannot be a report, whatever it is called; None where they can.

    >>> no_text(b"%PDF-1.7 ..."), no_text("召开会议3次".encode())
    ('is a PDF file by its contents; save it as text first', None)
    """
    found = next((name for magic, name in _NO_TEXT if data.startswith(magic)), None)
    return None if found is None else f"is {found} by its contents; save it as text first"


def read_at_most(stream: IO[bytes], most: int = LONGEST) -> bytes | None:
    """All of the stream; None when it is longer than ``most`` bytes, however small its archive is."""
    data = stream.read(most + 1)
    return None if len(data) > most else data
