"""Numbers that a verb links to what they measure, without a unit: 中间价报7.1719, 倍差由2.81缩小到2.39, 指数为89.4."""

from __future__ import annotations

import re
from functools import lru_cache

from jfextract.lexicon import room_table

__all__ = ["linked_kind"]

_WINDOW = 28
_VERB = (
    r"(?:(?:收盘|收|暂|现)?[报報]|收于|收於|[为為是达達]|达到|[升降涨跌扩缩减增落滑]\w{0,2}[至到]|[至到由从從自]|跌破|突破)"
    r"(?:约|約|近|超过|了)?|(?:不超过|不低于|不高于|超过|高于|低于|约)"
)
_DECIMAL = re.compile(r"\d+\.\d+")
_LARGE = re.compile(r"\d{2,6}|\d{1,3}(?:,\d{3})+")


@lru_cache(maxsize=1)
def _linked() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {
        row["noun"]: row["kind"] for row in room_table("units", "bare.tsv", ("noun", "kind"), key="noun")
    }
    nouns = "|".join(sorted(kinds, key=len, reverse=True))
    return re.compile(rf"({nouns})(?:[^,，。;；:：、!！?？\n]{{0,12}}{_VERB})?\Z"), kinds


def linked_kind(text: str, start: int, run: str) -> str | None:
    """Return the kind of the bare number ``run`` at ``start``; None if nothing says what it measures.

    >>> linked_kind("中间价报7.1719", 4, "7.1719")
    'other'
    >>> linked_kind("共报7.1719", 2, "7.1719") is None
    True
    """
    decimal = _DECIMAL.fullmatch(run) is not None
    if not decimal and _LARGE.fullmatch(run) is None:
        return None
    pattern, kinds = _linked()
    found = pattern.search(text[max(0, start - _WINDOW) : start])
    if found is None:
        return None
    kind = kinds[found.group(1)]
    return kind if decimal or kind == "index" else None
