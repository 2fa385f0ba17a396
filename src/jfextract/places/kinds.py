"""Is a place name used as a place, or does it stand inside the name of an institution, event, road …?"""

from __future__ import annotations

from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.places.contexts import context_words
from jfextract.places.words import Clauses

__all__ = ["org_end"]

_NOT_COMMITTEE = frozenset(("委托", "委员", "委派", "委任", "委屈", "委内", "委实", "委婉"))
_LONGEST = 24  # characters between a place and the head of its institution: 中国|证券监督管理委员会
_NOMINAL = {"n", "nz", "nt", "nr", "nrt", "ns", "vn", "j", "b", "a", "an", "ng", "s", "f", "l", "i", "m", "x", "eng", "nrfg", "g"}

@lru_cache(maxsize=1)
def _heads() -> tuple[dict[str, str], int]:
    table = {row["head"]: row["how"] for row in room_table("places", "org_heads.tsv", ("head", "how"), key="head")}
    return table, max(map(len, table))


def _head(word: str, tag: str, first: bool) -> str | None:
    """How ``word`` heads an institution's name (see org_heads.tsv), None if it does not."""
    table, longest = _heads()
    if word in context_words("no head") and not (first and word in context_words("solo head")):
        return None
    for size in range(min(len(word), longest), 0, -1):
        how = table.get(word[-size:])
        if how == "word" and size != len(word):
            continue
        if how == "road" and (len(word) == 1) != first and tag != "ns":
            continue
        if how == "ministry":
            return how if len(word) > 2 or tag == "nt" else None
        if how == "long":
            return "far" if not first else None
        if how:
            return how if how != "never" else None
    return None


def org_end(clauses: Clauses, end: int, mentions: dict[int, int]) -> int | None:
    """End of the institution's name that the place ending at ``end`` opens; None when it opens none.

    ``mentions`` are the other places of the text, start to end: they are stepped over as parts of a name.
    """
    verbs = False
    first = True
    at = end
    for start, stop, tag, word in clauses.after(end):
        if start < at:
            continue
        if start - end > _LONGEST or not word.strip():
            return None
        if start in mentions and mentions[start] >= stop:
            at, first = mentions[start], False
            continue
        if first and word[0] == "委" and word[:2] not in _NOT_COMMITTEE:
            return start + 1  # 洪洞县|委
        how = _head(word, tag, first)
        if how is not None and (how == "far" or not verbs):
            return stop
        if tag in ("m", "q", "mq") and not word.startswith("第"):
            return None  # 上海一所大学
        if tag == "c" and word in "和与及暨" and not first:
            verbs = True
        elif tag in ("v", "vd", "vi", "d", "ad", "zg") and len(word) > 1 and not first:
            verbs = True
        elif tag not in _NOMINAL or word in "、,，·:：()（）《》“”\"'‘’-—":
            return None
        first = False
    return None
