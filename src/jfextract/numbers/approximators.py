"""Words that say how exact a figure is: 近50项, 约3.5亿元, 93%以上, 25人左右, 约有6亿人次."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, cast

from jfextract.lexicon import room_table
from jfextract.model import Mod

__all__ = ["Approximator", "after", "before", "far_before"]


class Approximator(NamedTuple):
    """``mod`` and the offset where the word starts (before a figure) or ends (after it)."""

    mod: Mod
    at: int


class _Tables(NamedTuple):
    before: dict[str, tuple[Mod, str]]
    pattern_before: re.Pattern[str]
    pattern_verb: re.Pattern[str]
    after: dict[str, Mod]
    pattern_after: re.Pattern[str]


_VERB = "(?:有|需要?|为|達|达到?|要|占|是|合)"
_WINDOW = 9


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    rows = room_table("numbers", "approximators.tsv", ("form", "side", "mod", "after_verb", "unless_after"))
    ahead = {
        row["form"]: (cast("Mod", row["mod"]), row["unless_after"]) for row in rows if row["side"] == "before"
    }
    behind = {row["form"]: cast("Mod", row["mod"]) for row in rows if row["side"] == "after"}
    through = [row["form"] for row in rows if row["after_verb"]]

    def union(forms: list[str]) -> str:
        return "|".join(sorted(forms, key=len, reverse=True))

    return _Tables(
        ahead,
        re.compile(rf"(?:{union(list(ahead))})\s?\Z"),
        re.compile(rf"({union(through)}){_VERB}\s?\Z"),
        behind,
        re.compile(rf"\s?(?:{union(list(behind))})"),
    )


def before(text: str, start: int) -> Approximator | None:
    """Return the approximator that ends where a figure starts.

    One with a verb in between (约有) counts as well, but does not lengthen the span.

    >>> before("近50项", 1)
    Approximator(mod='below', at=0)
    >>> before("约有6亿人次", 2)
    Approximator(mod='approx', at=2)
    """
    tables = _tables()
    begin = max(0, start - _WINDOW)
    window = text[begin:start]
    match = tables.pattern_before.search(window)
    if match is not None:
        mod, unless = tables.before[match.group().strip()]
        at = begin + match.start()
        return None if at and text[at - 1] in unless else Approximator(mod, at)
    match = tables.pattern_verb.search(window)
    if match is not None:
        mod, unless = tables.before[match.group(1)]
        at = begin + match.start()
        return None if at and text[at - 1] in unless else Approximator(mod, start)
    return None


def after(text: str, end: int) -> Approximator | None:
    """Return the approximator that starts where a figure with its unit ends.

    >>> after("93%以上。", 3)
    Approximator(mod='above', at=5)
    """
    tables = _tables()
    match = tables.pattern_after.match(text, end)
    return None if match is None else Approximator(tables.after[match.group().strip()], match.end())


_FAR = re.compile(
    r"(?P<above>不低于|不少于|不小于|至少|最少|高于|多于|大于)|(?P<below>不高于|不超过|不多于|至多|最多|低于|少于|小于)"
)
_CLAUSE = re.compile(r"[^,，。;；:：、!！?？\n\d%％]*\Z")


def far_before(text: str, start: int) -> Mod | None:
    """Return what a bound further ahead in the clause says: 不低于农民人均可支配收入两倍.

    >>> far_before("不低于人均收入两倍", 7)
    'above'
    """
    window = text[max(0, start - 18) : start]
    if _FAR.search(window) is None:
        return None
    clause = _CLAUSE.search(window)
    found = _FAR.search(clause.group()) if clause is not None else None
    return None if found is None else cast("Mod", found.lastgroup)
