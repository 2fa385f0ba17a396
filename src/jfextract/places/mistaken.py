"""Names of two characters that are no place where they stand: a person's, two countries', part of a longer foreign name."""

from __future__ import annotations

from jfextract.places.contexts import context_ends, context_words
from jfextract.places.words import Clauses

__all__ = ["SOUNDS", "is_no_place"]

_STATE_BODIES = ("防部", "防长", "务院", "务卿")  # 俄|国防部
_BOTH = ("两国", "双边", "两军", "关系", "战略", "建交", "友谊", "友好")
_SIDES = frozenset("中美俄日英法德韩朝印巴越缅泰苏")  # one character each: 英|德 (英德市), 巴|中 (巴中市)
SOUNDS = frozenset(
    "尔斯拉克特德亚巴卡阿里马布利塔纳罗加瓦达萨普格姆尼伊科奥雷维夫托勒鲁波帕埃迪兰贝哈诺洛基乌库塞莱比顿凯"
)


def _surnamed(text: str, clauses: Clauses, start: int, end: int) -> bool:
    """赵太原向记者…, 委员郭吉安说: a surname of its own before a two-character name, not after 在 or a list mark."""
    if end - start != 2 or start == 0 or text[start - 1] not in context_words("surname"):
        return False
    begin, stop, tag = clauses.word(start - 1)
    if (begin, stop) != (start - 1, start) or tag != "nr":
        return False
    before = clauses.before(begin)
    return before is None or not before[0].isalnum() or before[1] in ("n", "nr", "c")


def _titled(text: str, clauses: Clauses, start: int, end: int) -> bool:
    """书记马|西安, 演员黄海波, 吴江同志: a person by the words around, whatever the segmenter makes of the name."""
    if text.startswith(context_ends("after person"), end):
        return True
    surnames, titles = context_words("surname"), context_ends("before person")
    if text[start] in surnames and text.endswith(titles, 0, start):
        return clauses.word(start)[:2] == (start, start + 3)  # 黄海|波
    if start and text[start - 1] in surnames and text.endswith(titles, 0, start - 1):
        return clauses.word(start)[0] in (start, start - 1)  # 马|西安
    return False


def _in_sounds(text: str, clauses: Clauses, start: int, end: int) -> bool:
    """马里|奥, 尼|尼斯|托, 斯|凯里|特: a sound of its own behind a name of sounds, or sounds on both sides."""
    if text[end - 1] not in SOUNDS or text[end : end + 1] not in SOUNDS:
        return False
    both = start > 0 and text[start] in SOUNDS and text[start - 1] in SOUNDS
    return both or clauses.word(end)[1] == end + 1


def is_no_place(text: str, clauses: Clauses, start: int, end: int) -> bool:
    """Whether a name of two characters is a person's or two countries' (英德|两国)."""
    if end - start != 2:
        return False
    return (
        (text.startswith(_BOTH, end) and _SIDES.issuperset(text[start:end]))
        or (text[end - 1] == "国" and text.startswith(_STATE_BODIES, end))
        or _in_sounds(text, clauses, start, end)
        or _surnamed(text, clauses, start, end)
        or _titled(text, clauses, start, end)
    )
