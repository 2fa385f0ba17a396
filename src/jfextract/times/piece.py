"""The pieces an expression is made of (2024年 | 3月 | 5日 | 上午 | 9时) and the rules that read them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jfextract.times.expression import Expression, Reading

__all__ = ["Level", "Narrow", "Piece", "Region", "Rule", "Scene"]

Region = Literal["mainland", "taiwan", "hongkong"]
Narrow = Callable[[Reading | None], Reading | None]


class Level:
    """How fine a piece is. A piece joins the one before it only when it is finer."""

    CENTURY = 3
    DECADE = 5
    YEAR = 10
    PERIOD = 15
    MONTH = 20
    EDGE = 25
    WEEK = 27
    DAY = 30
    WEEKDAY = 33
    PART = 40
    CLOCK = 50


@dataclass(frozen=True, slots=True)
class Scene:
    """What an expression is read against: the report's date, its region, and the expression before.

    ``whole`` says that the text is one expression, so that forms too ambiguous for running text count.
    ``reference`` None means that relative words stay unresolved; ``now`` is its time of day in seconds.
    ``future`` is set when the words around the expression look forward (将, 预计). ``last`` is the
    expression before it in the paragraph, ``near`` says that it is in the same sentence, and
    ``governing`` is the year that the sentence speaks of. ``year`` and ``months`` are the year and the part
    of a year (1-7月, 10月底) that the paragraph speaks of, which 上年, 去年同期 and 上月 are measured from.
    ``steady`` says that the paragraph keeps to that year, rather than having named it in passing.
    """

    text: str
    reference: datetime.date | None
    region: Region = "mainland"
    whole: bool = False
    now: int = 0
    last: Expression | None = None
    governing: Reading | None = None
    year: Reading | None = None
    months: Reading | None = None
    steady: bool = True
    near: bool = False
    future: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of an expression.

    ``narrow`` gives its meaning inside a coarser reading (3月 inside 2024), or by itself when that is
    None; it answers None when there is nothing to resolve against. ``alone``: may stand by itself.
    ``follows``: may stand behind a coarser piece. ``closed``: nothing may be joined behind it.
    """

    rule: str
    start: int
    end: int
    level: int
    narrow: Narrow
    alone: bool = True
    follows: bool = True
    closed: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and the function that reads its match; the named groups are the function's to use."""

    name: str
    pattern: str
    build: Callable[[re.Match[str], Scene], Piece | None]
