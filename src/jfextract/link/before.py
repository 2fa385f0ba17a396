"""The noun phrase in front of a figure: 发至县级以下文件|3759件."""

from __future__ import annotations

from collections.abc import Sequence

from jfextract.link.nouns import (
    BREAKS,
    CLOSING,
    COORDINATORS,
    MEASURES,
    MODIFIER,
    OPENING,
    VERBAL,
    Noun,
    is_nominal,
    is_verbal,
    is_word,
    make_noun,
    names_a_count,
)
from jfextract.link.scene import Token

__all__ = ["noun_before", "object_of", "subject_of"]

_SKIPPED = frozenset(
    {"stative", "d", "ad", "ul", "uz", "aside", "target", "y", "basis", "change", "time", "rate"}
)
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
        "两者",
        "二者",
        "三者",
        "其",
        "总体",
        "整体",
    }
)
_LINKING = frozenset({"的", "到", "至", "时", "中", "较", "比", "与", "同", "相比"})
_AVERAGES = frozenset({"人均", "户均", "日均", "月均", "年均", "亩均"})
_REACHING = frozenset({"至", "于", "往", "向"})
_STANDARD = 8
"""Words that a standard of comparison may have in front of its figure."""
_LIKE = frozenset({"相比", "相较", "比较", "持平", "相当"})
_COMPARISONS = frozenset({"比", "较", "与", "同"})
_ESTIMATES = frozenset({"估计", "估算", "测算", "预估"})
_FINISHED = frozenset({"完成", "实现", "达成"})
_HELD = frozenset({"控制在", "保持在", "维持在", "稳定在", "落在"})
_COMPARATIVES = frozenset({"高", "低", "快", "慢"})
_LEAVING_OUT = frozenset({"扣除", "剔除", "扣减", "除去", "不计", "不含", "不包括", "排除", "考虑", "不考虑"})
_IN_ALL = frozenset({"累计", "共", "共计", "合计", "总共", "总计"})
_LOCATIVES = frozenset({"内", "外", "里", "上", "下", "中", "间"})
_OF_FIGURES = frozenset({"期", "级", "型", "版", "档", "制"})
_CARRIERS = frozenset({"为", "是", "仅为", "达", "达到", "相当于", "约为"})


def noun_before(
    tokens: Sequence[Token], at: int, *, sole_verb: bool = False, share: bool = False
) -> Noun | None:
    """The noun phrase that ends left of ``tokens[at]``, past words that add nothing (共, 达, 同比增长).

    全市发至县级以下文件|3759件 gives 县级以下文件. With ``sole_verb`` a lone verb may stand as a noun (培训|6期); with
    ``share`` the whole that a fraction is taken of is passed over (力气仅为健全人|三分之一 gives 力气).
    """
    last = _skip_left(tokens, at - 1)
    if last > 1 and tokens[last].text == "期" and tokens[last - 1].tag == "fig":
        last = _skip_left(tokens, last - 2)  # 特别国债20年期|400亿元
    while last >= 0 and (tokens[last].tag == "p" or tokens[last].text in _LINKING):
        last = _skip_left(tokens, last - 1)
    if last > 1 and tokens[last].tag == "fig":
        last = _before_standard(tokens, last)
    rate = _rate_that_moved(tokens, max(last + 1, 0), at)
    if rate is not None:
        return _with_owner(tokens, rate)
    if last > 0 and tokens[last].text in _FINISHED and is_nominal(tokens[_skip_left(tokens, last - 1)]):
        last = _skip_left(tokens, last - 1)  # 夏播粮食已完成|60%, 快递业务量累计完成|371亿件
    each = _each_at(tokens, last)
    if each is not None:
        last = _skip_left(tokens, each - 1)
    if share and last > 0 and tokens[last].tag == "place" and tokens[last - 1].text.startswith("占"):
        return noun_before(tokens, last - 1)  # 招聘需求占全国|三成半
    if last < 0 or tokens[last].tag in ("fig", "place", "time") or tokens[last].text in _VAGUE:
        return None
    if share:
        carrier = _carrier_at(tokens, at)
        if carrier is not None:
            return noun_before(tokens, carrier)
    moved = any(token.tag == "change" or token.text in _CARRIERS for token in tokens[last + 1 : at]) or (
        last > 0 and tokens[last - 1].tag == "change"
    )
    deed = tokens[last].tag == "action" and tokens[last].pos != "vn"  # 提出|压减30%: what was done is no item
    found = _collect_left(tokens, last, sole_verb=sole_verb or (moved and not deed), governed=last == at - 1)
    if found is not None and _is_left_out(tokens, found):
        return None  # 扣除|价格因素|实际增长5.1%
    manner = next((k for k in range(last) if found is not None and tokens[k].end == found.start), None)
    if manner is not None and tokens[manner].text in ("按", "按照"):
        return noun_before(tokens, manner)  # 国内生产总值|按年率计算增长1.6%
    if found is not None and found.end < tokens[at].start and _is_served(tokens, found):
        return None
    standard = _standard_at(tokens, found, last)
    if standard is not None:
        return noun_before(tokens, standard, sole_verb=sole_verb, share=share)  # 较7月概估数|增加0.05
    if found is None and tokens[last].tag in VERBAL and last > 1 and tokens[last - 1].tag == "f":
        return _collect_left(tokens, last - 2, sole_verb=False)  # 从市管党费中划拨|500万元
    return found


def _before_standard(tokens: Sequence[Token], at: int) -> int:
    """Past a figure that only is what another is compared with: 跌幅|较3月的3.5%收窄1.2个百分点; ``at`` itself otherwise."""
    for position in range(at - 1, max(-1, at - _STANDARD), -1):
        if tokens[position].text in ("较", "比"):
            return _skip_left(tokens, position - 1)
        if tokens[position].tag in ("fig", "change"):
            break
    return at


def _carrier_at(tokens: Sequence[Token], at: int) -> int | None:
    """Where the word stands that says what share or value the noun in front of it has: 支出|占比达85%, 力气|仅为三分之一."""
    found: int | None = None
    for position in range(at - 1, 0, -1):
        token = tokens[position]
        if token.tag in ("fig", "change"):
            break
        if token.text.startswith("占"):
            return position
        if found is None and token.text in _CARRIERS:
            found = position
    return found


def _rate_that_moved(tokens: Sequence[Token], first: int, at: int) -> int | None:
    """涨幅收窄至8.1%, 涨幅比上年回落5.3个百分点: where the rate itself changed, it is what is measured."""
    for position in range(first, at):
        if tokens[position].tag == "rate" and any(
            t.tag == "change" or t.text in _HELD or t.text in _COMPARATIVES for t in tokens[position + 1 : at]
        ):
            return position
    return None


def _with_owner(tokens: Sequence[Token], rate: int) -> Noun:
    """The rate noun with the noun phrase in front of it, if any: 药明康德|涨幅."""
    owner = _collect_left(tokens, rate - 1, sole_verb=False) if rate else None
    start = owner.start if owner is not None else tokens[rate].start
    return Noun(start, tokens[rate].end, tokens[rate].start, tokens[rate].end, 0.8)


def _standard_at(tokens: Sequence[Token], noun: Noun | None, last: int) -> int | None:
    """Where the word of comparison stands whose standard ``noun`` is: |较|上个交易日缩量568亿元."""
    if noun is None:
        return None
    for position in range(last, -1, -1):
        token = tokens[position]
        if token.text in _COMPARISONS and (token.start < noun.start or token.start == noun.start):
            joined = token.text in ("与", "同") and not any(t.text in _LIKE for t in tokens[position:])
            return None if joined else position  # 视听与通信产品出口|增长1倍
        if token.tag in BREAKS and token.tag != "time":
            return None
    return None


def _each_at(tokens: Sequence[Token], last: int) -> int | None:
    """Where the denominator begins that ends at ``last``: 期价报|每盎司|2935美元, |每个乡镇|近50项."""
    word = tokens[last] if last >= 0 else None
    if (
        word is not None
        and word.text.startswith("每")
        and word.tag != "time"
        and not word.text.endswith(MEASURES)
    ):
        return last  # but 每股|收益 is a noun
    if last >= 1 and tokens[last - 1].text in ("每", "每个", "每名", "每位", "每家", "每一个"):
        return last - 1
    return None


def _skip_left(tokens: Sequence[Token], last: int) -> int:
    while last >= 0 and (
        tokens[last].tag in _SKIPPED
        or (tokens[last].tag == "m" and tokens[last].text[0].isdigit())
        or (tokens[last].text in COORDINATORS and last > 0 and tokens[last - 1].tag == "time")
        or tokens[last].text in _AVERAGES
        or (tokens[last].text in _ESTIMATES and last > 0 and tokens[last - 1].tag in _SKIPPED | {"d", "n"})
    ):
        last -= 1
    return last


def _collect_left(
    tokens: Sequence[Token], last: int, *, sole_verb: bool, governed: bool = False
) -> Noun | None:
    """Walk left from a head while the words still belong to one noun phrase.

    ``governed`` says that a verb may govern the phrase as its object (检查|企业300家).
    """
    head = last - 1 if tokens[last].text in CLOSING else last
    if head < 0:
        return None
    chain = head
    while chain >= 0 and is_verbal(tokens[chain]):
        chain -= 1
    verbs = head - chain
    theme = chain - 1 if chain > 0 and tokens[chain].text in _IN_ALL else chain  # 中欧班列累计开行|6184列
    if (
        verbs == 1
        and tokens[head].tag == "action"
        and tokens[head].pos != "vn"
        and not names_a_count(tokens[head].text)
        and theme >= 0
        and is_nominal(tokens[theme])
    ):
        owner = _collect_left(tokens, theme, sole_verb=False)  # 深证成指|失守10700点
        served = owner is not None and _is_served(tokens, owner)
        return None if served else owner
    suffix = tokens[head].tag in ("zg", "q", "k", "s") and head > 0 and is_nominal(tokens[head - 1])
    if not verbs and not is_nominal(tokens[head]) and not suffix:
        return None
    at, first = chain, chain + 1
    while at >= 0:
        token = tokens[at]
        if token.tag in BREAKS:
            if token.text in _REACHING and at and tokens[at - 1].tag in VERBAL:
                first = at - 1  # 发至|县级以下文件
            break
        left = tokens[at - 1] if at else None
        if is_nominal(token) or token.text in OPENING | CLOSING or (token.tag in MODIFIER and is_word(token)):
            first = at
        elif at + 1 <= head and _is_inside(tokens, at):
            first = at  # 就业|不足率, 直销|收入, 国有|控股|企业
        elif token.text in ("的", "等", "之") or token.text in COORDINATORS:
            if left is None or left.tag in BREAKS:
                break
            if left.tag in VERBAL and not is_nominal(left):
                if token.text == "等":
                    first = _coordinated(tokens, at - 1)  # 虚报、冒领|等问题
                break
            if not (is_nominal(left) or left.tag in ("a", "vn", "f", "zg") or left.text in CLOSING):
                break
            first = at
        else:
            break
        at -= 1
    if verbs and first == chain + 1:
        # a chain of verbs alone: the first governs, the rest are a noun (受理|咨询解答)
        if verbs == 1 and not sole_verb and not names_a_count(tokens[first].text):
            return None
        first += verbs > 1 and tokens[first].pos != "vn"
    elif (
        governed
        and first < head
        and (tokens[first].tag == "action" or (tokens[first].tag == "v" and _follows_adverb(tokens, first)))
        and any(t.tag[0] == "n" for t in tokens[first + 1 : last + 1])
    ):
        first += 1  # 检查|企业300家: a verb in front of its object
    while first <= last and (
        tokens[first].text in COORDINATORS | CLOSING | {"的", "等", "之"}
        or (tokens[first].tag == "i" and first < head)
    ):
        first += 1
    if last > first and last == head and tokens[last].text in _LOCATIVES:
        return None  # 改善区域内|10多万亩水稻
    if first == last and len(tokens[first].text) == 1 and tokens[first].tag[0] != "n":
        return None  # 相|较去年增长
    if first == last and tokens[first].text in _FINISHED:
        return None  # 已整改|完成1053个
    if tokens[last].text in CLOSING and not any(token.text in OPENING for token in tokens[first:last]):
        return None  # “两手发力”|十六字治水思路
    while first < last and (
        tokens[first].tag == "f" or tokens[first].text == "的" or _is_left_over(tokens, first)
    ):
        first += 1  # 预算中|安排120亿元, 期内|就业人数
    if first > last or (
        first == last and tokens[first].tag in VERBAL and first > 0 and tokens[first - 1].tag == "f"
    ):
        return None
    return make_noun(tokens, first, last, max(first, head), 0.8 if not verbs else 0.65)


def _follows_adverb(tokens: Sequence[Token], at: int) -> bool:
    """Whether an adverb makes the verb of the clause of a word that could be part of a name: 实际|利用|外资."""
    return at > 0 and tokens[at - 1].tag in ("d", "ad")


def _is_inside(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb describes the noun behind it and does not govern it."""
    if tokens[at].tag not in VERBAL:
        return False
    left = tokens[at - 1] if at else None
    if left is not None and left.tag == "b":
        return True
    if tokens[at].tag != "v" and (left is None or left.text not in _FINISHED):
        return False  # 完成|造林|面积, but 支出拉动|生产总值
    return tokens[at + 1].text.endswith(MEASURES)


def _is_left_over(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word belongs to the figure in front of it: 10年|期|国债收益率."""
    return at > 0 and tokens[at - 1].tag == "fig" and tokens[at].text in _OF_FIGURES


def _is_left_out(tokens: Sequence[Token], noun: Noun) -> bool:
    """Whether the noun is what the figure was computed without: 扣除|价格因素, 剔除|汽车."""
    return any(one.end == noun.start and one.text in _LEAVING_OUT for one in tokens)


def _is_served(tokens: Sequence[Token], noun: Noun) -> bool:
    """Whether the noun is whom something was done for or to: 为|基层|减负25项."""
    return any(
        one.end == noun.start and one.text in ("为", "给", "向", "对", "被", "由", "让", "使")
        for one in tokens
    )


def _coordinated(tokens: Sequence[Token], at: int) -> int:
    """Extend left over one-word conjuncts: 虚报、冒领|等问题."""
    while at >= 2 and tokens[at - 1].text == "、" and tokens[at - 2].tag not in BREAKS:
        at -= 2
    return at


def subject_of(tokens: Sequence[Token]) -> Noun | None:
    """The noun that opens a phrase before its verb: 粮食产量|再创历史新高."""
    first = 0
    while first < len(tokens) and tokens[first].tag in ("time", "place", "c", "d", "aside", "stative", "f"):
        first += 1
    end = first
    while end < len(tokens) and (
        tokens[end].tag not in BREAKS | VERBAL | {"d", "ad"} or (is_nominal(tokens[end]) and end > first)
    ):
        end += 1
    closed = end >= len(tokens)
    while end > first and tokens[end - 1].tag == "t":
        end -= 1  # 商品|正在热销
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
    return None if last < 0 or tokens[last].tag in BREAKS else _collect_left(tokens, last, sole_verb=False)
