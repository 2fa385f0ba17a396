"""Patterns that are compiled when they are first used: most texts need few of the rarer ones."""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy_pattern"]

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")


class _LazyPattern:
    """Stands for a compiled pattern; at the first use it takes over its methods, and costs nothing more."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what ``re.compile`` returns, compiled at the first search.

    A class of all Chinese characters alone takes a millisecond to compile, and the package has hundreds of patterns:
    those that a short report does not need are better left alone when the command starts.

    >>> lazy_pattern("[0-9]+").findall("3件, 12次")
    ['3', '12']
    """
    return cast("re.Pattern[str]", _LazyPattern(source, flags))
