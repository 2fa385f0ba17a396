"""The denominator of a figure that is a rate: 每年500万元, 人均19967元, 每个乡镇近50项."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.scene import Token

__all__ = ["is_total", "per_of", "yearly"]

_EACH_TEN = re.compile(
    r"每(?=[\d十百千万亿])\d{0,6}[十百千万亿]{0,2}(?P<unit>人(?:口|次)?|名|位|股|户|家|亩|吨|公斤|克|平方公里|平方米|公里|公顷|立方米|元|美元|辆|张)"
)
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


_PREFIXED = re.compile(
    r"(?<![去今前明全上本当每近多几同常历逐假节生平末昨首次周作该此隔翌即两\d一二三四五六七八九十])(?P<span>[年月日])"
    r"(?=产[量能值]|交易[量额]|销售?[量额]|吞吐|处理|发电量|接待|营业额|加工|供[水电气]|用[水电气]|活跃|客流)"
)
_SPANS = {"年": "year", "月": "month", "日": "day"}


def yearly(text: str, start: int) -> str | None:
    """``year`` for a change that is an average over years (平均每年实际增长|8.6%), else None."""
    return "year" if _YEARLY.search(text, max(0, start - 14), start) else None


_IN_ALL = frozenset({"共", "共计", "总计", "合计", "总共", "累计", "总额", "一共"})


def is_total(tokens: Sequence[Token], at: int) -> bool:
    """Whether the figure sums up and so has no denominator: 每10股派5元,共计派发|3.2亿元."""
    return any(token.text in _IN_ALL for token in tokens[:at])


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
    prefixed = _PREFIXED.search(stretch)
    if prefixed is not None:
        return _SPANS[prefixed["span"]]  # 日产量突破|2800吨
    several = _EACH_TEN.search(stretch)
    if several is not None:
        behind = tokens[first].start + several.end()
        counted = next(
            (one.text for one in tokens[first:at] if one.start == behind and one.tag[0] == "n"), ""
        )
        noun = counted if several["unit"] in ("名", "位", "家", "户") else ""
        return several.group()[1:] + noun  # 每10股派发现金红利|259元, 每千名老人拥有养老床位|58.4张
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
