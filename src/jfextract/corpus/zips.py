"""Zip files whose directory holds what zipfile refuses: a name that is not in its encoding, a damaged extra field.

One such entry would cost the whole archive, although the directory says well enough where its members are.
"""

from __future__ import annotations

import io
import struct
import zipfile
from bisect import bisect_left
from typing import IO, Any

__all__ = ["UTF8_NAME", "open_zip"]

UTF8_NAME = 0x800
_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LONGEST_END = _END.size + 0xFFFF
_FLAGS_AT, _LOCAL_FLAGS_AT = 8, 6
_UNKNOWN_FIELD = b"\xff\xff"


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """The archive; names that claim to be UTF-8 and are not count as of unknown encoding."""
    try:
        return zipfile.ZipFile(stream)
    except (UnicodeDecodeError, zipfile.BadZipFile):
        found = _directory(stream)
        if found is None:
            raise
        return zipfile.ZipFile(io.BufferedReader(_Overlay(stream, _mended(*found))))


def _directory(stream: IO[bytes]) -> tuple[int, int, bytes] | None:
    """Where the directory of the archive begins, how much stands before the archive, and the directory; None without."""
    size = stream.seek(0, io.SEEK_END)
    tail_at = max(0, size - _LONGEST_END)
    stream.seek(tail_at)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        return None
    *_, length, begin, _ = _END.unpack_from(tail, at)
    end = tail_at + at
    locator = max(0, at - _LOCATOR.size)
    if tail.startswith(b"PK\x06\x07", locator):
        end = _LOCATOR.unpack_from(tail, locator)[2]
        stream.seek(end)
        told = stream.read(_END_64.size)
        if len(told) == _END_64.size and told.startswith(b"PK\x06\x06"):
            *_, length, begin = _END_64.unpack(told)
    stream.seek(max(0, end - length))
    data = stream.read(length)
    return (end - length, end - length - begin, data) if data.startswith(b"PK\x01\x02") else None


def _mended(begin: int, before: int, directory: bytes) -> list[tuple[int, bytes]]:
    """What must stand where so that the archive can be read: flags beside members, then the directory."""
    data = bytearray(directory)
    patches: list[tuple[int, bytes]] = []
    at = 0
    while data.startswith(b"PK\x01\x02", at) and len(data) - at >= _ENTRY.size:
        fields = _ENTRY.unpack_from(data, at)
        flags, name_length, extra_length, comment_length = fields[3], *fields[10:13]
        name_at = at + _ENTRY.size
        extra_at = name_at + name_length
        if flags & UTF8_NAME and not _is_utf8(bytes(data[name_at:extra_at])):
            told = struct.pack("<H", flags & ~UTF8_NAME)
            data[at + _FLAGS_AT : at + _FLAGS_AT + 2] = told
            patches.append((before + fields[-1] + _LOCAL_FLAGS_AT, told))
        if not _is_sound(bytes(data[extra_at : extra_at + extra_length])):
            data[extra_at : extra_at + 4] = _UNKNOWN_FIELD + struct.pack("<H", extra_length - 4)
        at = extra_at + extra_length + comment_length
    return [*sorted(patches), (begin, bytes(data))]


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_sound(extra: bytes) -> bool:
    """Whether the extra fields of an entry fill their space; less than four bytes are no field."""
    at = 0
    while len(extra) - at >= 4:
        at += 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
    return at <= len(extra)


class _Overlay(io.RawIOBase):
    """A file in which some bytes are others; ``patches`` are sorted and all short, but for the last."""

    def __init__(self, file: IO[bytes], patches: list[tuple[int, bytes]]) -> None:
        self._file, self._patches = file, patches
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset += self._place
        elif whence == io.SEEK_END:
            offset += self._file.seek(0, io.SEEK_END)
        self._place = offset
        return offset

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._place)
        data = bytearray(self._file.read(len(buffer)))
        begin = bisect_left(self._patches, (self._place - 1, b""))
        end = bisect_left(self._patches, (self._place + len(data), b""))
        for at, patch in (*self._patches[begin:end], self._patches[-1]):
            first, last = max(at, self._place), min(at + len(patch), self._place + len(data))
            if first < last:
                data[first - self._place : last - self._place] = patch[first - at : last - at]
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)
