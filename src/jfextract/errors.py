"""The errors a caller can meet; every message says what to do about it."""

from __future__ import annotations

__all__ = [
    "CodebookError",
    "InputError",
    "JfextractError",
    "LexiconError",
    "OptionsError",
    "OutputError",
    "StoppedError",
]


class JfextractError(Exception):
    """Base of all errors that jfextract raises on purpose."""


class OptionsError(JfextractError, ValueError):
    """An option has an unknown or contradictory value."""


class LexiconError(JfextractError, ValueError):
    """A lexicon table is malformed; the message names the file and the line."""


class CodebookError(JfextractError, ValueError):
    """A codebook is malformed; the message names the file, the line and the variable."""


class InputError(JfextractError, ValueError):
    """An input cannot be read: missing, empty, not text, not JSON."""


class OutputError(JfextractError, OSError):
    """An output cannot be written: it exists already, or the disk refuses."""


class StoppedError(JfextractError, RuntimeError):
    """A run stopped half way: the disk refuses, or worker processes cannot work. The same call goes on from there."""
