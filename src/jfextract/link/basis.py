"""What a change is against: 同比, 较2017年, 与一年前相比, and the start of a pair that carries its own time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.rate import yearly
from jfextract.link.scene import Scene, Sentence, Token

__all__ = ["basis_before", "basis_in", "start_named"]

_PHRASES = 8
"""How many phrases back a comparison may stand."""
_WITH = frozenset({"与", "同", "和", "跟"})


@lru_cache(maxsize=1)
def _bases() -> dict[str, str]:
    return {
        row["phrase"]: row["basis"]
        for row in room_table("link", "basis.tsv", ["phrase", "basis"], key="phrase")
    }


def basis_in(scene: Scene, tokens: Sequence[Token], at: int) -> str | None:
    for position in range(at - 1, -1, -1):
        token = tokens[position]
        if token.tag == "basis":
            return _bases()[token.text]
        if (
            token.tag == "time"
            and position > 0
            and tokens[position - 1].text in ("比", "较", "与", "同", "相比", "对比")
        ):
            return _named_basis(scene, token)
    return None


def basis_before(scene: Scene, sentence: Sentence, phrase_at: int, at: int) -> str | None:
    """与2010年相比,|: a phrase that only says what those behind it are compared with."""
    if yearly(scene.text, sentence.phrases[phrase_at].tokens[at].start) is not None:
        return None  # 平均每年增长|8.6%
    for phrase in sentence.phrases[max(0, phrase_at - _PHRASES) : phrase_at]:
        for position, token in enumerate(phrase.tokens[1:], start=1):
            named = token.tag == "time" and phrase.tokens[position - 1].text in _WITH
            if named and any(
                later.text in ("相比", "相较", "比较") for later in phrase.tokens[position + 1 :]
            ):
                return _named_basis(scene, token)
    return None


def start_named(scene: Scene, tokens: Sequence[Token], at: int) -> str | None:
    """由上年的240亿元增至|494亿元: what the change is against when the figure before carries its own time."""
    for position in range(at - 1, 1, -1):
        if tokens[position].tag == "fig":
            named = tokens[position - 1].text == "的" and tokens[position - 2].tag == "time"
            opened = position > 2 and tokens[position - 3].text in ("由", "从")
            return _named_basis(scene, tokens[position - 2]) if named and opened else None
    return None


def _named_basis(scene: Scene, token: Token) -> str | None:
    """较2017年 is vs:2017; 比上年 and 比去年同期 are year on year, 比上月 month on month."""
    text = token.text
    if text.endswith(("同期", "同月", "同季")) and not text.startswith(("上月", "上个月", "上季")):
        return "yoy"
    if text.startswith(("上年", "去年", "上一年", "前一年", "一年前")):
        return "yoy"
    if text.startswith(("上月", "上个月")):
        return "mom"
    if text.startswith(("上季", "上个季度")):
        return "qoq"
    edtf = scene.times[token.at].edtf
    return f"vs:{edtf}" if edtf else None
