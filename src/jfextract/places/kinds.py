"""Is a place name used as a place, or does it stand inside the name of an institution, event, road …?"""

from __future__ import annotations

import re
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.places.contexts import context_words
from jfextract.places.words import Clauses

__all__ = ["org_end"]

_NOT_COMMITTEE = frozenset(("委托", "委员", "委派", "委任", "委屈", "委内", "委实", "委婉"))
_NO_INSTITUTION = ("政府", "人民大会堂", "天安门", "饭店", "宾馆", "广场", "公园", "市民", "人民")
_NOT_MINISTRY = frozenset("东西南北中内外上下干局全腹头顶底尾根")  # 中东部, 广大干部, 全部
_DATELINE = frozenset(("报道", "报导", "电", "讯", "专电"))  # 台北报导〕教育部 is a dateline, then a ministry
_LONGEST = 24  # characters between a place and the head of its institution: 中国|证券监督管理委员会
_NOMINAL = {
    "n",
    "nz",
    "nt",
    "nr",
    "nrt",
    "ns",
    "vn",
    "j",
    "b",
    "a",
    "an",
    "ng",
    "s",
    "f",
    "l",
    "i",
    "m",
    "x",
    "eng",
    "nrfg",
    "g",
}

_VERBS = frozenset(("v", "vd", "vi", "d", "ad", "zg"))


@lru_cache(maxsize=1)
def _heads() -> tuple[dict[str, str], int]:
    table = {
        row["head"]: row["how"] for row in room_table("places", "org_heads.tsv", ("head", "how"), key="head")
    }
    return table, max(map(len, table))


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """What heads of three characters and more begin with: most words need no longer look."""
    return frozenset(head[:2] for head in _heads()[0] if len(head) > 2)


@lru_cache(maxsize=1)
def _finals() -> frozenset[str]:
    return frozenset(head[-1] for head in _heads()[0])


@lru_cache(maxsize=1)
def _outlook() -> re.Pattern[str]:
    """Before the next stop there is a character that ends a head (or 委, 政府)."""
    finals = "".join(sorted({head[-1] for head in _heads()[0]} | set("委府")))
    return re.compile(rf"[^的了，,。;；:：!?！？、\n《》“”]{{0,{_LONGEST}}}?[{finals}]")


def _head(text: str, tag: str, word: str, first: bool) -> str | None:
    """How a word heads an institution's name (see org_heads.tsv), None if it does not; ``text`` begins with it."""
    table, longest = _heads()
    if word in context_words("no head") and not (first and word in context_words("solo head")):
        return None
    cut_in_two = range(longest, 2, -1) if text[:2] in _beginnings() else ()
    for size in cut_in_two:  # heads that the segmenter cuts in two: 进博|会, 证券|报
        if len(text) >= size and table.get(text[:size], "never") != "never" and size > len(word):
            return table[text[:size]]
    if word[-1] not in _finals() or (tag in _VERBS and word not in table):
        return None  # 签署 is no 署
    for size in range(min(len(word), longest), 0, -1):
        how = table.get(word[-size:])
        if size == 1 and len(word) == 2:
            continue  # 财政|局 and 公安局, but not 参赛, 领队, 交界|处
        if how == "word" and size != len(word):
            continue
        if how == "road" and (len(word) == 1) != first and tag != "ns":
            continue
        if how == "ministry":
            return how if (len(word) > 2 or tag == "nt") and word[-2:-1] not in _NOT_MINISTRY else None
        if how == "long":
            return "far" if not first else None
        if how:
            return how if how != "never" else None
    return None


def org_end(text: str, clauses: Clauses, start: int, end: int, mentions: dict[int, int]) -> int | None:
    """End of the institution's name that the place at ``start``–``end`` opens; None when it opens none.

    ``mentions`` are the other places of the text, start to end: they are stepped over as parts of a name.
    """
    if _outlook().match(text, end) is None:
        return None  # nothing ahead that could be a head: spares the segmenter most clauses
    covering = clauses.word(start)
    longer = covering[0] == start and covering[1] > end and covering[2] == "nt"
    if longer and not text.startswith(_NO_INSTITUTION, end, covering[1]):
        return covering[1]
    if text[end - 1] in "省市县区州镇乡" and text.startswith(("政府", "人民政府"), end):
        return end + 2
    verbs = False
    first = True
    at = end
    for begin, stop, tag, word in clauses.words(end):
        if begin < at:
            continue
        if begin - end > _LONGEST or not word.strip():
            return None
        if begin in mentions and mentions[begin] >= stop:
            at, first = mentions[begin], False
            continue
        if first and word[0] == "委" and word[:2] not in _NOT_COMMITTEE:
            return begin + 1  # 洪洞县|委
        if word in context_words("no institution") or (not first and word in context_words("deed")):
            return None  # 纽约|股市|道琼斯指数, 印尼三国|接受|国际货币基金组织
        how = _head(text[begin : begin + _LONGEST], tag, word, first)
        if how == "trade":
            after = clauses.after(stop)[:1]
            how = None if after and after[0][2] in ("n", "vn") else "end"
        if how is not None and (how == "far" or not verbs):
            return stop
        if tag in ("m", "q", "mq") and not word.startswith("第"):
            return None  # 上海一所大学
        if not first and ((tag == "c" and word in "和与及暨") or (tag in _VERBS and len(word) > 1)):
            verbs = True
        elif tag not in _NOMINAL or not word[0].isalnum() or (first and word in _DATELINE):
            return None
        first = False
    return None
