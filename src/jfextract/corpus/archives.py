"""The reports in archives, member by member as a stream: nothing is unpacked to disk, so no path can lead astray."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterator
from typing import Any

from jfextract.corpus.columns import Columns
from jfextract.corpus.formats import read_format
from jfextract.corpus.report import Failure, Input
from jfextract.corpus.streams import Steps, kind_of, open_plain, printable, read_at_most
from jfextract.corpus.zips import UTF8_NAME, open_zip
from jfextract.errors import InputError, JfextractError

__all__ = ["read_archive", "read_tar", "read_warc", "read_zip"]

_ENCRYPTED = 0x1
_PAGES = ("text/html", "application/xhtml+xml")


def read_archive(
    form: str, stream: io.BufferedReader, name: str, stem: str, columns: Columns
) -> Iterator[Input | Failure]:
    """The reports of a zip, tar or WARC file; ``stem`` is the beginning of their ids."""
    read = {"zip": read_zip, "tar": read_tar}.get(form)
    try:
        yield from read(stream, name, stem, columns) if read else read_warc(stream, name)
    except JfextractError:
        raise
    except Exception as error:  # whatever a reader of archives makes of damaged names and fields
        yield Failure(name, None, "read", f"the archive is damaged: {_first_line(error)}")


def read_zip(stream: io.BufferedReader, name: str, stem: str, columns: Columns) -> Iterator[Input | Failure]:
    """The reports of a zip file, in its own order; a damaged member costs no other."""
    with open_zip(stream) as archive:
        for member in archive.infolist():
            inside = _name_of(member)
            if member.is_dir() or _is_hidden(inside):
                continue
            if member.flag_bits & _ENCRYPTED:
                yield Failure(f"{name}/{inside}", None, "read", "is encrypted; unpack it first")
                continue
            try:
                checksum = member.CRC
                del member.CRC  # zipfile would lose what it read last where the sum is another
                plain: Any = archive.open(member)
                file: Any = Steps(plain.read1, checksum)
                yield from _read_member(io.BufferedReader(file), name, inside, stem, columns)
            except Exception as error:
                yield Failure(f"{name}/{inside}", None, "read", f"is damaged: {_first_line(error)}")


def read_tar(stream: io.BufferedReader, name: str, stem: str, columns: Columns) -> Iterator[Input | Failure]:
    """The reports of a tar file, read forwards; links and devices in it are passed over; a damaged member costs no other."""
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            inside = printable(member.name)
            if not member.isreg() or _is_hidden(inside):
                continue
            try:
                file: Any = archive.extractfile(member)
                yield from _read_member(file, name, inside, stem, columns)
            except Exception as error:
                yield Failure(f"{name}/{inside}", None, "read", f"is damaged: {_first_line(error)}")


def _read_member(
    file: io.BufferedReader, name: str, inside: str, stem: str, columns: Columns
) -> Iterator[Input | Failure]:
    kind = kind_of(inside)
    if kind is not None:
        plain = open_plain(file, kind.compression)
        yield from read_format(kind.format, plain, f"{name}/{inside}", f"{stem}/{kind.stem}", columns)


def read_warc(stream: io.BufferedReader, name: str) -> Iterator[Input | Failure]:
    """The pages of a WARC file; a report's id is that of its record, its source says the address."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise InputError(f"{name} needs a reader of WARC files: pip install 'jfextract[warc]'") from None
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            said = record.http_headers.get_header("Content-Type", "").lower()
            if not said.startswith(_PAGES) or record.http_headers.get_statuscode() != "200":
                continue
            report_id = record.rec_headers.get_header("WARC-Record-ID", "").strip("<>")
            source = f"{name}/{record.rec_headers.get_header('WARC-Target-URI', '')}"
            data = read_at_most(record.content_stream())
            if data is None:
                yield Failure(source, report_id, "read", "is too long for a page")
            elif data.strip():
                yield Input(report_id or source, data, source, html=True)
    except ArchiveLoadFailed as error:
        yield Failure(name, None, "read", f"the archive is damaged: {_first_line(error)}")


def _name_of(member: zipfile.ZipInfo) -> str:
    """The member's name: archives made on Chinese Windows hold GBK and do not say so."""
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in name.split("/"))


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0]
