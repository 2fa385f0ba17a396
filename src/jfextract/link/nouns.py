"""What a noun phrase beside a figure is made of: which words are nouns, verbs, marks of its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.scene import Token

__all__ = [
    "BREAKS",
    "CLOSING",
    "COORDINATORS",
    "EVENT_UNITS",
    "MEASURES",
    "MODIFIER",
    "OPENING",
    "VERBAL",
    "Noun",
    "is_nominal",
    "is_verbal",
    "is_word",
    "make_noun",
    "names_a_count",
]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase: offsets of the whole and of its head; ``score`` is how sure the reading is, 0–1."""

    start: int
    end: int
    head_start: int
    head_end: int
    score: float


_NOMINAL = frozenset({"vn", "an", "eng", "j", "l", "title"})
MODIFIER = frozenset({"a", "ag", "b", "f", "g", "z", "h", "k", "zg", "tg", "q", "m", "o", "i", "s", "x"})
VERBAL = frozenset({"action", "v", "vg", "vd"})
BREAKS = frozenset(
    {"fig", "time", "place", "punct", "aside", "change", "basis", "target", "stative", "p", "r", "ul"}
)
COORDINATORS = frozenset({"和", "与", "及", "以及", "、", "或"})
EVENT_UNITS = frozenset({"次", "期", "场", "轮", "批次", "场次", "届"})
MEASURES = (
    "率",
    "额",
    "量",
    "值",
    "费",
    "金",
    "价",
    "数",
    "度",
    "面积",
    "收入",
    "收益",
    "利润",
    "成本",
    "支出",
    "规模",
    "余额",
)
"""Endings of nouns that name a measured quantity."""
OPENING, CLOSING = frozenset("“‘「『"), frozenset("”’」』")


def is_nominal(token: Token) -> bool:
    tag = token.tag
    if tag in _NOMINAL or tag[0] == "n" or (tag == "action" and token.pos == "vn"):
        return True
    return (
        tag == "x" and len(token.text) > 1 and token.text[0].isalpha()
    )  # a new word: segmenters have no tag for it


def is_verbal(token: Token) -> bool:
    return token.tag in VERBAL or token.tag == "vn"


def is_word(token: Token) -> bool:
    return token.text[0].isalnum()


@lru_cache(maxsize=1)
def _verbal_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in room_table("link", "verbal_nouns.tsv", ["word"], key="word"))


def names_a_count(word: str) -> bool:
    """Whether a verb stands as the name of what is counted (出口, 结婚)."""
    return word in _verbal_nouns()


def make_noun(tokens: Sequence[Token], first: int, last: int, head: int, score: float) -> Noun:
    return Noun(tokens[first].start, tokens[last].end, tokens[head].start, tokens[head].end, score)
