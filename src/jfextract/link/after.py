"""The noun phrase behind a figure: 1159名|村党组织书记."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.affinity import Affinity
from jfextract.link.nouns import (
    BREAKS,
    CLOSING,
    COORDINATORS,
    EVENT_UNITS,
    MODIFIER,
    OPENING,
    VERBAL,
    Noun,
    is_nominal,
    is_word,
    make_noun,
)
from jfextract.link.scene import Token

__all__ = ["noun_after"]

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
        "全都",
        "为主",
        "一起",
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
        "相比",
        "之间",
        "不等",
        "不止",
    }
)
_FAMILIAR = 3
_COMPOUND = 3
_RUN = 5
_DEED = 3
_KINDS = frozenset({"各类", "各种", "各式", "各界"})
_GENERAL = frozenset({"项", "个", "种"})
_ADVERBIAL = frozenset("暂位名再又均已未首均将")
_ATTRIBUTES = frozenset({"重点", "骨干", "示范", "特色", "龙头", "高端", "试点"})
_FROM = frozenset({"来自", "参加", "由"})
_DIMENSIONS = frozenset("长宽高深厚重远大")
_PERSONS = frozenset({"人", "人次", "名", "位"})
_HEADS = frozenset({"人", "人次"})


def noun_after(tokens: Sequence[Token], at: int, affinity: Affinity, unit: str | None = None) -> Noun | None:
    """The noun phrase that begins right behind ``tokens[at]``: 1159名|村党组织书记, 26个|直接面向群众办事窗口.

    Where a compound runs on past what ``unit`` counts, it ends there: 5座|国际消费中心城市, not 城市负责人.
    """
    start = at + 1
    if start + 1 < len(tokens) and tokens[start].text in _DIMENSIONS and tokens[start + 1].text == "的":
        start += 1  # 近9米长的|柔性太阳翼
    if start + 2 < len(tokens) and tokens[start].tag == "fig" and tokens[start + 1].text == "期":
        start += 2  # 开展1258亿元|7天期逆回购操作
    elif start < len(tokens) and tokens[start].text == "期":
        start += 1  # 50年期|特别国债
    if start < len(tokens) and tokens[start].text == "的":
        start += 1
    elif start + 1 < len(tokens) and tokens[start].text == "是" and tokens[at - 1].text.endswith("有") and at:
        start += 1 + (tokens[start + 1].tag == "place" and start + 2 < len(tokens))  # 有65万人次是|内地旅客
    while start < len(tokens) and tokens[start].text in _KINDS:
        start += 1  # 20万只|各类候鸟
    if start >= len(tokens):
        return None
    opener = tokens[start]
    if unit in _noun_units() and tokens[start - 1].text != "的":
        return None  # 9部门|近日联合发布意见
    barred = opener.tag in BREAKS - {"place"} or opener.tag == "c" or opener.text in _AFTER_STOPS
    if barred and opener.text not in _FROM:
        return None
    relative = _relative_end(tokens, start)
    if relative is not None and relative < len(tokens) and opener.text in _FROM:
        start, relative = relative, None  # 六位来自教育等领域的|人大代表
        opener = tokens[start]
    if relative is not None and _counts_opener(tokens, start, relative, affinity, unit):
        return make_noun(tokens, start, start, start, 0.85)  # 6个|部门|组成的综合督查组
    if relative is None and unit in _PERSONS and _tells(opener, unit):
        return None  # 约400人|参加开幕式: what follows is what they did
    if relative is None and unit is not None and _is_noun_of(tokens, start, unit):
        return make_noun(tokens, start, start, start, 0.8)  # 197项|发明|参展
    verbs = VERBAL if tokens[start - 1].text == "的" else VERBAL | {"d", "ad"}  # 20%的|长途高速列车
    head = _head_after(
        tokens,
        start if relative is None else relative,
        opened=relative is None and opener.tag in verbs and not is_nominal(opener),
    )
    if head is None and unit is not None and relative is None and opener.tag == "v":
        head = _object_of_opener(tokens, start, affinity)
    if head is not None:
        governed = unit in EVENT_UNITS | _GENERAL and any(token.tag in VERBAL for token in tokens[:at])
        head = _run_on(tokens, head, affinity, governed=governed)
    if head is None:
        final = len(tokens) - 1
        closes = tokens[final].tag == "v" or (final == start and opener.pos == "vn")
        closes = closes or (unit in EVENT_UNITS and tokens[final].tag in VERBAL)  # 30次|空中打击
        plain = all(token.tag in MODIFIER for token in tokens[start:final])
        return make_noun(tokens, start, final, final, 0.6) if closes and plain else None
    head = _counted_head(tokens, start, head, affinity, unit)
    if _is_abstract(tokens[head].text):
        return None
    last = head
    while last + 1 < len(tokens) and tokens[last + 1].text in CLOSING:
        last += 1
    return make_noun(tokens, start, last, head, 0.9)


def _tells(opener: Token, unit: str | None) -> bool:
    """Whether the word behind a count of people says what they did or suffered; 人 alone takes no noun with a verb."""
    if opener.tag == "action" and opener.pos != "vn":
        return True
    if unit not in _HEADS:
        return False
    return (
        opener.tag in ("v", "vd", "i") or opener.text == "受" or (opener.tag == "l" and len(opener.text) == 4)
    )


def _is_noun_of(tokens: Sequence[Token], start: int, unit: str) -> bool:
    """Whether a verb right behind a classifier can only be its noun, since the verb of the clause closes it."""
    if unit in _PERSONS or unit in EVENT_UNITS or start + 2 != len(tokens):
        return False
    return all(token.tag in VERBAL and len(token.text) > 1 for token in tokens[start:])


def _object_of_opener(tokens: Sequence[Token], start: int, affinity: Affinity) -> int | None:
    """The counted noun right behind a verb that describes it: 550家|参展企业参加了, 37个|共建“一带一路”国家."""
    for at in range(start + 1, min(start + _RUN, len(tokens))):
        if is_nominal(tokens[at]) and affinity.counts_at_all(tokens[at].text):
            return at
        if not (is_nominal(tokens[at]) or tokens[at].tag in MODIFIER or tokens[at].text in OPENING | CLOSING):
            return None
    return None


def _run_on(tokens: Sequence[Token], head: int, affinity: Affinity, *, governed: bool) -> int:
    """On to the noun that the classifier counts when it does not count the one in front of a verb.

    30项|人权保障新举措, 46个|国家中医药传承创新中心.
    """
    if affinity.counts_at_all(tokens[head].text):
        return head
    at = head + 1
    while (
        at < len(tokens)
        and at <= head + _RUN
        and (is_nominal(tokens[at]) or tokens[at].tag in VERBAL | MODIFIER)
    ):
        if is_nominal(tokens[at]) and affinity.counts_at_all(tokens[at].text):
            return at
        at += 1
    deed = tokens[-1].tag in VERBAL and tokens[head].tag[0] == "n"
    if governed and deed and at == len(tokens) <= head + _DEED:
        return at - 1  # 30次|集群打击
    return head


def _counts_opener(
    tokens: Sequence[Token], start: int, relative: int, affinity: Affinity, unit: str | None
) -> bool:
    """Whether the noun right behind the figure is what is counted, and not the one behind its relative clause."""
    if unit is None or not is_nominal(tokens[start]) or relative >= len(tokens):
        return False
    if start + 1 < len(tokens) and tokens[start + 1].text in ("组成", "构成", "联合", "参与", "参加"):
        return True
    head = _head_after(tokens, relative, opened=False)
    known = affinity.of(unit, tokens[start].text)
    return known >= _FAMILIAR and head is not None and not affinity.of(unit, tokens[head].text)


def _is_abstract(word: str) -> bool:
    """Whether a noun behind a figure counts nothing; one character may qualify it (低|水平)."""
    return word in _abstract_nouns() or (len(word) > 2 and word[1:] in _abstract_nouns())


@lru_cache(maxsize=1)
def _noun_units() -> frozenset[str]:
    return frozenset(row["unit"] for row in room_table("link", "noun_units.tsv", ["unit"], key="unit"))


@lru_cache(maxsize=1)
def _abstract_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in room_table("link", "abstract_nouns.tsv", ["noun"], key="noun"))


def _counted_head(
    tokens: Sequence[Token], start: int, head: int, affinity: Affinity, unit: str | None
) -> int:
    """The head, or the noun inside the compound that the classifier is known to count when the head is not."""
    if unit is None or affinity.of(unit, tokens[head].text):
        return head
    for at in range(head - 1, start - 1, -1):
        verb_last = at + 1 == head and tokens[head].tag == "v"  # 12个|乡镇|受灾
        if not (verb_last or is_nominal(tokens[at + 1])) or (
            at == start and not verb_last and len(tokens[at].text) < _COMPOUND
        ):
            return head
        if affinity.of(unit, tokens[at].text) >= _FAMILIAR and tokens[at].text not in _ATTRIBUTES:
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
        if token.tag == "aside" and following is not None and is_nominal(following):
            at += 1
            continue
        if token.tag in BREAKS - {"place"} or token.text in _AFTER_STOPS or token.text.startswith("在"):
            break  # 报告会|在京举行: segmenters glue 在 to what follows
        if head is not None and token.tag in ("x", "b") and _is_predicate(tokens, at):
            break
        if (
            is_nominal(token)
            or (token.tag == "zg" and is_word(token))
            or (token.tag == "s" and following is None)
        ):
            head = at
        elif token.tag == "place":
            if head is None and (following is None or not is_nominal(following)):
                head = at
        elif token.tag in VERBAL:
            held = head is None or (opened and verbs < 2)
            if not held and (token.tag != "v" or not _verb_comes_later(tokens, at)):
                break
            verbs += 1
        elif token.text in COORDINATORS:
            if (
                head is None
                or following is None
                or not (is_nominal(following) or following.tag in ("a", "b", "f"))
            ):
                break
        elif token.text in ("的", "之"):
            if head is not None and not opened and not _is_describing(tokens, at):
                break
        elif not _may_stand_inside(token, opened=head is None):
            break
        at += 1
    return None if opened and at < len(tokens) else head


def _is_predicate(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown word behind a noun is its verb: 3枚铜牌|暂列|奖牌榜首位."""
    return tokens[at].text[0] in _ADVERBIAL and at + 1 < len(tokens)


def _may_stand_inside(token: Token, *, opened: bool) -> bool:
    """Whether a word that is no noun and no verb may stand before the head; adverbs only at the opening."""
    if token.text in OPENING | CLOSING:
        return True
    if token.tag in ("d", "ad"):
        return opened
    return is_word(token) and token.tag not in ("p", "r", "c")


def _verb_comes_later(tokens: Sequence[Token], at: int) -> bool:
    """Whether the phrase has its verb behind the noun that follows: 基层|扶贫|干部更新了, so 扶贫 is none."""
    rest = tokens[at + 1 :]
    return bool(rest) and is_nominal(rest[0]) and any(t.tag in ("action", "change", "ul") for t in rest[1:4])


def _is_describing(tokens: Sequence[Token], at: int) -> bool:
    """Whether 的 at ``at`` closes a description (新型的平台), not an owner (16个乡镇|的领导班子)."""
    return at > 0 and tokens[at - 1].tag in ("a", "b", "z", "i", "l", "f")


def _relative_end(tokens: Sequence[Token], first: int) -> int | None:
    """Where the noun behind a relative clause begins: 6名|政治坚定、业绩突出、群众公认的|优秀年轻干部."""
    for at in range(first, min(first + 14, len(tokens))):
        token = tokens[at]
        if (token.tag in BREAKS - {"place", "r"} and at > first) or token.text in ("了", "着", "过"):
            return None
        if token.text == "的":
            before = tokens[at - 1]
            described = before.tag in VERBAL or before.tag in ("a", "l", "i", "d")
            described = described or tokens[first].text in _FROM or tokens[first].tag == "action"
            return at + 1 if at > first and described else None
    return None
