"""Bytes of which some were lost: a text that was decoded wrongly, read again as far as it goes.

A reader shows U+FFFD for a byte it cannot read. Put back as a hole in the bytes, it leaves the rest in step: one
character is lost, and not the line behind it. Where few bytes can have been lost (CP1252 lacks five), the one that
makes the likelier Chinese is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from jfextract.text.doublebyte import plain
from jfextract.text.statistics import bigrams

__all__ = ["HOLE", "decode_with_holes"]

HOLE = 0xFF  # no byte of UTF-8, GBK or Big5
_CP1252_LACKS = b"\x81\x8d\x8f\x90\x9d"


def decode_with_holes(data: bytes, encoding: str, wrong: str) -> str:
    """Decode bytes with holes; a character that a hole is part of is U+FFFD, or the likeliest one.

    ``wrong`` is the encoding that the bytes were read in before, whose reader made the holes.

    >>> decode_with_holes("基层减负".encode("gbk").replace(b"\\xb2", b"\\xff"), "gb18030", "big5hkscs")
    '基\ufffd减负'
    """
    lacks = _CP1252_LACKS if wrong == "cp1252" else b""
    out: list[str] = []
    last = "\n"
    for piece in _utf8_pieces(data) if encoding == "utf-8" else _pairs(data):
        char = _read(piece, encoding)
        if char is None:
            char = _likeliest(piece, encoding, lacks, last)
        out.append(char)
        last = plain(char[-1:])
    return "".join(out)


def _read(piece: bytes, encoding: str) -> str | None:
    try:
        return piece.decode(encoding)
    except UnicodeDecodeError:
        return None


def _likeliest(piece: bytes, encoding: str, lacks: bytes, last: str) -> str:
    wanted = 3 if encoding == "utf-8" else 2
    if lacks and piece.count(HOLE) <= 1 and wanted - 1 <= len(piece) <= wanted:
        places = [piece.index(HOLE)] if HOLE in piece else range(1, wanted)
        known = piece.replace(bytes((HOLE,)), b"") if len(piece) == wanted else piece
        filled = (known[:at] + bytes((byte,)) + known[at:] for at, byte in product(places, lacks))
        chars = [char for one in filled if (char := _read(one, encoding)) is not None and len(char) == 1]
        if chars:
            return max(chars, key=lambda char: bigrams().logprob(last, plain(char)))
    return "\ufffd"


def _utf8_pieces(data: bytes) -> Iterator[bytes]:
    """Cut at each first byte; what follows a lost first byte belongs to it."""
    at, size = 0, len(data)
    while at < size:
        first = data[at]
        length = 1 if first < 0x80 else 2 if 0xC0 <= first < 0xE0 else 4 if 0xF0 <= first < 0xF8 else 3
        end = at + 1
        while end < min(size, at + length) and (0x80 <= data[end] < 0xC0 or data[end] == HOLE):
            end += 1
        yield data[at:end]
        at = end


def _pairs(data: bytes) -> Iterator[bytes]:
    at, size = 0, len(data)
    while at < size:
        end = at + (2 if data[at] >= 0x80 and at + 1 < size and data[at + 1] >= 0x40 else 1)
        yield data[at:end]
        at = end
