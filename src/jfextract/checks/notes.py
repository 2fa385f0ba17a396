"""What the words around figures say about their arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from jfextract.lexicon import room_table
from jfextract.model import Measure
from jfextract.text.normalise import normalise

__all__ = ["by_sentence", "is_comparable", "is_yearly_average", "words_between"]

_YEARLY = re.compile(r"年均|平均每年|年平均|年复合")
_ADJUSTED = re.compile("可比|同口径|剔除|扣除|实际|名义|不变价|年化|折年")
_NEAR = 16
_GLOSS = re.compile(r"\([a-zü\u0101-\u01dc]{1,7}\)")


def by_sentence(measures: Sequence[Measure]) -> Iterator[list[int]]:
    """The indices of the figures of each sentence."""
    for _, group in groupby(range(len(measures)), key=lambda at: measures[at].sentence):
        yield list(group)


def words_between(first: Measure, second: Measure, source: str) -> str:
    """What stands between two figures, simplified and without white space and glosses."""
    return _GLOSS.sub("", "".join(normalise(source[first.end : second.start]).split()))


def is_yearly_average(words: str) -> bool:
    """Whether the change these words lead to is one a year (年均增长5.6%)."""
    return _YEARLY.search(words) is not None


def is_comparable(measure: Measure, source: str) -> bool:
    """Whether the published levels of the item allow to compute its growth.

    Statistics measure that of some items at constant prices or over the same enterprises, and say of others that they
    did (按可比口径增长5%).
    """
    item = measure.item or ""
    before = normalise(source[max(measure.sentence[0], measure.start - _NEAR) : measure.start])
    return not any(name in item for name in _measured_otherwise()) and _ADJUSTED.search(before) is None


@lru_cache(maxsize=1)
def _measured_otherwise() -> tuple[str, ...]:
    return tuple(row["item"] for row in room_table("checks", "measured_otherwise.tsv", ["item"], key="item"))
