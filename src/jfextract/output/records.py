"""A document as one JSON row, and back, with every Decimal exact."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import msgspec

from jfextract.errors import JfextractError
from jfextract.model import SCHEMA, Document

__all__ = ["document_row", "read_document"]

_ROW_KEYS = ("id", "date", "date_source", "article", "measures", "times", "places", "checks", "edits")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class _Version(msgspec.Struct):
    schema: str | None = None


_VERSION_DECODER = msgspec.json.Decoder(_Version)
_DOCUMENT_DECODER = msgspec.json.Decoder(Document)


def document_row(doc: Document, *, text: bool = False) -> bytes:
    """The JSON row of a document, UTF-8, without a newline; ``text=True`` adds the source text last.

    Without the text a row says everything about the figures but cannot be sliced or shown again. Surrogates are escaped.
    Where a high one stands before a low one, every reader of JSON would make one character of the two, and all offsets
    behind them would be wrong: in such a document each surrogate is written as U+FFFD.
    """
    row: dict[str, object] = {"schema": SCHEMA}
    row.update((key, getattr(doc, key)) for key in _ROW_KEYS)
    if text:
        row["text"] = doc.text
    try:
        return _ENCODER.encode(row)
    except UnicodeEncodeError:
        # A lone surrogate has no UTF-8 form; JSON can still carry it as an escape.
        plain = msgspec.to_builtins({**row, "text": doc.text}, builtin_types=(Decimal,))
        if _has_pairs(plain):
            plain = _without_surrogates(plain)
        if not text:
            del plain["text"]
        return _ENCODER.encode(_escape_surrogates(plain))


def read_document(row: bytes | str) -> Document:
    """The document of a JSON row; the exact inverse of ``document_row``, but for surrogates in pairs.

    >>> read_document('{"schema": "jfextract/document/9"}')
    Traceback (most recent call last):
    jfextract.errors.JfextractError: schema 'jfextract/document/9' is unknown; this version reads 'jfextract/document/1'
    """
    data = row.encode("utf-8", "surrogatepass") if isinstance(row, str) else row
    try:
        version = _VERSION_DECODER.decode(data).schema
        refuse_unknown_schema(version)
        return _DOCUMENT_DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _read_escaped(data, error)


def refuse_unknown_schema(version: object) -> None:
    """Raise unless ``version`` is the schema that this release writes."""
    if version != SCHEMA:
        raise JfextractError(f"schema {version!r} is unknown; this version reads {SCHEMA!r}")


def _read_escaped(data: bytes, error: Exception) -> Document:
    """Read a row that msgspec refuses: escaped lone surrogates, which only the standard library accepts."""
    try:
        row = json.loads(data.decode("utf-8", "surrogatepass"), parse_float=Decimal)
    except ValueError:
        raise JfextractError(f"this is no JSON row of a document: {error}") from None
    if not isinstance(row, dict):
        raise JfextractError("this is no JSON row of a document: it must be an object")
    refuse_unknown_schema(row.get("schema"))
    try:
        return msgspec.convert(row, Document)
    except msgspec.ValidationError as invalid:
        raise JfextractError(f"this is no JSON row of a document: {invalid}") from None


def _has_pairs(value: Any) -> bool:
    """Whether two surrogates that JSON takes for one character stand anywhere in the strings."""
    if isinstance(value, str):
        return _PAIR.search(value) is not None
    if isinstance(value, dict):
        return any(map(_has_pairs, value.values()))
    return isinstance(value, (list, tuple)) and any(map(_has_pairs, value))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _without_surrogates(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_surrogates(part) for part in value]
    return value


def _escape_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return msgspec.Raw(json.dumps(value).encode("ascii"))
    if isinstance(value, dict):
        return {key: _escape_surrogates(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_escape_surrogates(part) for part in value]
    return value
