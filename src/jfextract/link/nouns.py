"""Noun phrases beside a figure, read off the tokens of a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.affinity import affinity
from jfextract.link.scene import Token

__all__ = ["Noun", "names_a_count", "noun_after", "noun_before", "object_of", "subject_of"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase: offsets of the whole and of its head; ``score`` is how sure the reading is, 0–1."""

    start: int
    end: int
    head_start: int
    head_end: int
    score: float


_SKIPPED = frozenset(
    {"stative", "d", "ad", "ul", "uz", "aside", "target", "y", "basis", "change", "time", "rate"}
)
_NOMINAL = frozenset({"vn", "an", "eng", "j", "l", "title"})
_MODIFIER = frozenset({"a", "ag", "b", "f", "g", "z", "h", "k", "zg", "tg", "q", "m", "o", "i", "s", "x"})
_VERBAL = frozenset({"action", "v", "vg", "vd"})
_BREAKS = frozenset(
    {"fig", "time", "place", "punct", "aside", "change", "basis", "target", "stative", "p", "r", "ul"}
)
_COORDINATORS = frozenset({"和", "与", "及", "以及", "、"})
_OPENING, _CLOSING = frozenset("“‘「『"), frozenset("”’」』")
_VAGUE = frozenset(
    {
        "其中",
        "等",
        "的",
        "之",
        "各",
        "个",
        "目前",
        "方面",
        "情况下",
        "同时",
        "此外",
        "同期",
        "全年",
        "当年",
        "期间",
    }
)
_AFTER_STOPS = frozenset(
    {
        "了",
        "着",
        "过",
        "被",
        "将",
        "把",
        "均",
        "已",
        "全部",
        "都",
        "也",
        "就",
        "后",
        "前",
        "时",
        "中",
        "内",
        "无法",
        "不得",
        "没有",
        "正在",
        "可以",
    }
)
_LINKING = frozenset({"的", "到", "至", "时", "中", "较", "比", "与", "同", "相比"})
_FAMILIAR = 3
_AVERAGES = frozenset({"人均", "户均", "日均", "月均", "年均", "亩均"})
_DIMENSIONS = frozenset("长宽高深厚重远大")
_PERSONS = frozenset({"人", "人次", "名", "位"})
_REACHING = frozenset({"至", "于", "往", "向"})
_CARRIERS = frozenset({"为", "是", "仅为", "达", "达到", "相当于", "约为"})


def _is_nominal(token: Token) -> bool:
    tag = token.tag
    if tag in _NOMINAL or tag[0] == "n" or (tag == "action" and token.pos == "vn"):
        return True
    return (
        tag == "x" and len(token.text) > 1 and token.text[0].isalpha()
    )  # a new word: segmenters have no tag for it


def _is_verbal(token: Token) -> bool:
    return token.tag in _VERBAL or token.tag == "vn"


def _is_word(token: Token) -> bool:
    return token.text[0].isalnum()


def noun_before(
    tokens: Sequence[Token], at: int, *, sole_verb: bool = False, share: bool = False
) -> Noun | None:
    """The noun phrase that ends left of ``tokens[at]``, past words that add nothing (共, 达, 同比增长).

    全市发至县级以下文件|3759件 gives 县级以下文件. With ``sole_verb`` a lone verb may stand as a noun (培训|6期); with
    ``share`` the whole that a fraction is taken of is passed over (力气仅为健全人|三分之一 gives 力气).
    """
    last = _skip_left(tokens, at - 1)
    while last >= 0 and (tokens[last].tag == "p" or tokens[last].text in _LINKING):
        last = _skip_left(tokens, last - 1)
    each = _each_at(tokens, last)
    if each is not None:
        last = _skip_left(tokens, each - 1)
    if last < 0 or tokens[last].tag in ("fig", "place", "time") or tokens[last].text in _VAGUE:
        return None
    if share:
        for carrier in range(last, 0, -1):
            if tokens[carrier].tag == "fig":
                break
            if tokens[carrier].text in _CARRIERS or tokens[carrier].text.startswith("占"):
                return noun_before(tokens, carrier)
    moved = any(token.tag == "change" or token.text in _CARRIERS for token in tokens[last + 1 : at]) or (
        last > 0 and tokens[last - 1].tag == "change"
    )
    found = _collect_left(tokens, last, sole_verb=sole_verb or moved, governed=last == at - 1)
    if found is None and tokens[last].tag in _VERBAL and last > 1 and tokens[last - 1].tag == "f":
        return _collect_left(tokens, last - 2, sole_verb=False)  # 从市管党费中划拨|500万元
    return found


def _each_at(tokens: Sequence[Token], last: int) -> int | None:
    """Where the denominator begins that ends at ``last``: 期价报|每盎司|2935美元, |每个乡镇|近50项."""
    if last >= 0 and tokens[last].text.startswith("每") and tokens[last].tag != "time":
        return last
    if last >= 1 and tokens[last - 1].text in ("每", "每个", "每名", "每位", "每家", "每一个"):
        return last - 1
    return None


def _skip_left(tokens: Sequence[Token], last: int) -> int:
    while last >= 0 and (tokens[last].tag in _SKIPPED or tokens[last].text in _AVERAGES):
        last -= 1
    return last


def _collect_left(
    tokens: Sequence[Token], last: int, *, sole_verb: bool, governed: bool = False
) -> Noun | None:
    """Walk left from a head while the words still belong to one noun phrase.

    ``governed`` says that a verb may govern the phrase as its object (检查|企业300家).
    """
    head = last - 1 if tokens[last].text in _CLOSING else last
    if head < 0:
        return None
    chain = head
    while chain >= 0 and _is_verbal(tokens[chain]):
        chain -= 1
    verbs = head - chain
    if (
        verbs == 1
        and tokens[head].tag == "action"
        and tokens[head].pos != "vn"
        and tokens[head].text not in _verbal_nouns()
        and chain >= 0
        and _is_nominal(tokens[chain])
    ):
        return _collect_left(tokens, chain, sole_verb=False)  # 深证成指|失守10700点
    suffix = tokens[head].tag in ("zg", "q", "k", "s") and head > 0 and _is_nominal(tokens[head - 1])
    if not verbs and not _is_nominal(tokens[head]) and not suffix:
        return None
    at, first = chain, chain + 1
    while at >= 0:
        token = tokens[at]
        if token.tag in _BREAKS:
            if token.text in _REACHING and at and tokens[at - 1].tag in _VERBAL:
                first = at - 1  # 发至|县级以下文件
            break
        left = tokens[at - 1] if at else None
        if (
            _is_nominal(token)
            or token.text in _OPENING | _CLOSING
            or (token.tag in _MODIFIER and _is_word(token))
        ):
            first = at
        elif token.text in ("的", "等", "之") or token.text in _COORDINATORS:
            if left is None or left.tag in _BREAKS:
                break
            if left.tag in _VERBAL and not _is_nominal(left):
                if token.text == "等":
                    first = _coordinated(tokens, at - 1)  # 虚报、冒领|等问题
                break
            if not (_is_nominal(left) or left.tag in ("a", "vn", "f", "zg") or left.text in _CLOSING):
                break
            first = at
        else:
            break
        at -= 1
    if verbs and first == chain + 1:
        # a chain of verbs alone: the first governs, the rest are a noun (受理|咨询解答)
        if verbs == 1 and not sole_verb and tokens[first].text not in _verbal_nouns():
            return None
        first += verbs > 1 and tokens[first].pos != "vn"
    elif (
        governed
        and first < head
        and tokens[first].tag == "action"
        and any(t.tag[0] == "n" for t in tokens[first + 1 : last + 1])
    ):
        first += 1  # 检查|企业300家: a verb in front of its object
    while first <= last and (
        tokens[first].text in _COORDINATORS | _CLOSING | {"的", "等", "之"}
        or (tokens[first].tag == "i" and first < head)
    ):
        first += 1
    if first > last:
        return None
    return _noun(tokens, first, last, max(first, head), 0.8 if not verbs else 0.65)


def _coordinated(tokens: Sequence[Token], at: int) -> int:
    """Extend left over one-word conjuncts: 虚报、冒领|等问题."""
    while at >= 2 and tokens[at - 1].text == "、" and tokens[at - 2].tag not in _BREAKS:
        at -= 2
    return at


def noun_after(tokens: Sequence[Token], at: int, unit: str | None = None) -> Noun | None:
    """The noun phrase that begins right behind ``tokens[at]``: 1159名|村党组织书记, 26个|直接面向群众办事窗口.

    Where a compound runs on past what ``unit`` counts, it ends there: 5座|国际消费中心城市, not 城市负责人.
    """
    start = at + 1
    if start + 1 < len(tokens) and tokens[start].text in _DIMENSIONS and tokens[start + 1].text == "的":
        start += 1  # 近9米长的|柔性太阳翼
    if start < len(tokens) and tokens[start].text == "的":
        start += 1
    if start >= len(tokens):
        return None
    opener = tokens[start]
    if opener.tag in _BREAKS - {"place"} or opener.tag == "c" or opener.text in _AFTER_STOPS:
        return None
    relative = _relative_end(tokens, start)
    if relative is None and unit in _PERSONS and opener.tag == "action" and opener.pos != "vn":
        return None  # 约400人|参加开幕式: what follows is what they did
    head = _head_after(
        tokens,
        start if relative is None else relative,
        opened=relative is None and opener.tag in _VERBAL | {"d", "ad"} and not _is_nominal(opener),
    )
    if head is None:
        final = len(tokens) - 1
        closes = tokens[final].tag == "v" or (final == start and opener.pos == "vn")
        plain = all(token.tag in _MODIFIER for token in tokens[start:final])
        return _noun(tokens, start, final, final, 0.6) if closes and plain else None
    head = _counted_head(tokens, start, head, unit)
    if tokens[head].text in _abstract_nouns():
        return None
    last = head
    while last + 1 < len(tokens) and tokens[last + 1].text in _CLOSING:
        last += 1
    return _noun(tokens, start, last, head, 0.9)


@lru_cache(maxsize=1)
def _abstract_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in room_table("link", "abstract_nouns.tsv", ["noun"], key="noun"))


@lru_cache(maxsize=1)
def _verbal_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in room_table("link", "verbal_nouns.tsv", ["word"], key="word"))


def names_a_count(word: str) -> bool:
    """Whether a verb stands as the name of what is counted (出口, 结婚)."""
    return word in _verbal_nouns()


def _counted_head(tokens: Sequence[Token], start: int, head: int, unit: str | None) -> int:
    """The head, or the noun inside the compound that the classifier is known to count when the head is not."""
    if unit is None or affinity(unit, tokens[head].text):
        return head
    for at in range(head - 1, start, -1):
        if not _is_nominal(tokens[at + 1]):
            return head
        if affinity(unit, tokens[at].text) >= _FAMILIAR:
            return at
    return head


def _head_after(tokens: Sequence[Token], first: int, *, opened: bool) -> int | None:
    """Walk right to the head; ``opened`` says that a verb opens the phrase, so that verbs may stand inside it."""
    head: int | None = None
    verbs = 0
    at = first
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.tag == "aside" and following is not None and _is_nominal(following):
            at += 1
            continue
        if token.tag in _BREAKS - {"place"} or token.text in _AFTER_STOPS:
            break
        if (
            _is_nominal(token)
            or (token.tag == "zg" and _is_word(token))
            or (token.tag == "s" and following is None)
        ):
            head = at
        elif token.tag == "place":
            if head is None and (following is None or not _is_nominal(following)):
                head = at
        elif token.tag in _VERBAL:
            if head is not None and not (opened and verbs < 2):
                if token.tag == "v" and (following is None or following.tag == "nr"):
                    head = at  # a phrase that ends in a verb-like noun: 乒乓球|选手
                    break
                if token.tag != "v" or not _verb_comes_later(tokens, at):
                    break
            verbs += 1
        elif token.text in _COORDINATORS:
            if (
                head is None
                or following is None
                or not (_is_nominal(following) or following.tag in ("a", "b", "f"))
            ):
                break
        elif token.text in ("的", "之"):
            if head is not None and not opened and not _is_describing(tokens, at):
                break
        elif not _may_stand_inside(token, opened=head is None):
            break
        at += 1
    return None if opened and at < len(tokens) else head


def _may_stand_inside(token: Token, *, opened: bool) -> bool:
    """Whether a word that is no noun and no verb may stand before the head; adverbs only at the opening."""
    if token.text in _OPENING | _CLOSING:
        return True
    if token.tag in ("d", "ad"):
        return opened
    return _is_word(token) and token.tag not in ("p", "r", "c")


def _verb_comes_later(tokens: Sequence[Token], at: int) -> bool:
    """Whether the phrase has its verb behind the noun that follows: 基层|扶贫|干部更新了, so 扶贫 is none."""
    rest = tokens[at + 1 :]
    return bool(rest) and _is_nominal(rest[0]) and any(t.tag in ("action", "change", "ul") for t in rest[1:4])


def _is_describing(tokens: Sequence[Token], at: int) -> bool:
    """Whether 的 at ``at`` closes a description (新型的平台), not an owner (16个乡镇|的领导班子)."""
    return at > 0 and tokens[at - 1].tag in ("a", "b", "z", "i", "l", "f")


def _relative_end(tokens: Sequence[Token], first: int) -> int | None:
    """Where the noun behind a relative clause begins: 6名|政治坚定、业绩突出、群众公认的|优秀年轻干部."""
    for at in range(first, min(first + 14, len(tokens))):
        token = tokens[at]
        if token.tag in _BREAKS - {"place", "r"} or token.text in ("了", "着", "过"):
            return None
        if token.text == "的":
            before = tokens[at - 1]
            return (
                at + 1
                if at > first and (before.tag in _VERBAL or before.tag in ("a", "l", "i", "d"))
                else None
            )
    return None


def subject_of(tokens: Sequence[Token]) -> Noun | None:
    """The noun that opens a phrase before its verb: 粮食产量|再创历史新高."""
    first = 0
    while first < len(tokens) and tokens[first].tag in ("time", "place", "c", "d", "aside", "stative", "f"):
        first += 1
    end = first
    while end < len(tokens) and tokens[end].tag not in _BREAKS | _VERBAL | {"d", "ad"}:
        end += 1
    closed = end >= len(tokens)
    while end > first and tokens[end - 1].text in _LINKING:
        end -= 1
    if end == first or closed:
        return None
    return _collect_left(tokens, end - 1, sole_verb=False)


def object_of(tokens: Sequence[Token]) -> Noun | None:
    """The noun that closes a phrase: 严格控制|督查检查考核事项的总量和频次."""
    last = len(tokens) - 1
    while last >= 0 and (tokens[last].tag in _SKIPPED or tokens[last].text in _LINKING):
        last -= 1
    return None if last < 0 or tokens[last].tag in _BREAKS else _collect_left(tokens, last, sole_verb=False)


def _noun(tokens: Sequence[Token], first: int, last: int, head: int, score: float) -> Noun:
    return Noun(tokens[first].start, tokens[last].end, tokens[head].start, tokens[head].end, score)
