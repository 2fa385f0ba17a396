"""The denominator of a figure that is a rate: 每年500万元, 人均19967元, 每个乡镇近50项."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.scene import Token

__all__ = ["per_of", "yearly"]

_EACH_TEN = re.compile(r"每\d{1,4}(股|人|户|亩)")
_EACH = re.compile(r"每一?(?:个|名|位|家|辆|台|件|套|座|所|间|只|头)?")


@lru_cache(maxsize=1)
def _denominators() -> dict[str, str]:
    return {
        row["word"]: row["per"] for row in room_table("link", "denominators.tsv", ["word", "per"], key="word")
    }


@lru_cache(maxsize=1)
def _denominator_pattern() -> re.Pattern[str]:
    words = sorted(_denominators(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


_YEARLY = re.compile(r"(?:年均|平均每年|每年平均)[^,，。;；、\d]{0,8}$")


def yearly(text: str, start: int) -> str | None:
    """``year`` for a change that is an average over years (平均每年实际增长|8.6%), else None."""
    return "year" if _YEARLY.search(text, max(0, start - 14), start) else None


def per_of(text: str, tokens: Sequence[Token], at: int) -> str | None:
    """Say per what the figure at ``tokens[at]`` counts (year, month, person, or a noun); None when it is no rate.

    Only the stretch between the figure before it and the figure itself counts.
    """
    first = at
    while first > 0 and tokens[first - 1].tag != "fig":
        first -= 1
    if first == at:
        return None
    stretch = text[tokens[first].start : tokens[at].start]
    found = list(_denominator_pattern().finditer(stretch))
    if found:
        return _denominators()[found[-1].group()]
    several = _EACH_TEN.search(text, max(0, tokens[at].start - 14), tokens[at].start)
    if several is not None:
        return several[1]  # 每10股派发现金红利|259元
    each = _EACH.search(stretch)
    if each is None:
        return None
    begin = tokens[first].start + each.end()
    glued = next(
        (token.text for token in tokens[first:at] if token.start + 1 == begin == token.end - 1), None
    )
    if glued is not None and glued[0] == "每":
        return glued[1]  # 每车
    named = next((token for token in tokens[first:at] if token.start >= begin), None)
    return named.text if named is not None and named.start == begin and named.tag[0] == "n" else None
