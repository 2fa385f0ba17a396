"""Which item a figure counts or measures.

Candidates are the noun behind the figure (1828人次|干部), the noun before it (发至县级以下文件|3759件), the item of
the figure before it in the sentence (同比压减33.2%) and the topic of the sentence; each has a score, the best wins
and its score is the confidence of the link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jfextract.link.after import noun_after
from jfextract.link.before import noun_before, object_of, subject_of
from jfextract.link.change import lasts
from jfextract.link.move import DEGREES, Move
from jfextract.link.nouns import CLOSING, EVENT_UNITS, MEASURES, VERBAL, Noun, is_nominal, names_a_count
from jfextract.link.respective import dealt_name
from jfextract.link.scene import Phrase, Scene, Sentence, Token
from jfextract.units import Quantity

__all__ = ["Item", "item_of"]


@dataclass(frozen=True, slots=True)
class Item:
    """What is counted: spans of full phrase and head in the normalised text, the rule, its score in 0–1.

    ``margin`` is how far the score of the next candidate with another head lies below, the score itself without one.
    """

    start: int
    end: int
    head_start: int
    head_end: int
    rule: str
    score: float
    margin: float = 0.0


_COUNTS = frozenset({"count", "other"})
_PEOPLE = frozenset({"人", "人次"})
_NO_ITEM = frozenset({"duration"})
_NEVER = frozenset({"score"})
_BODIES = ("机关", "法院", "检察院", "部门", "单位", "公司", "学校", "医院", "银行", "政府", "委员会")
_SPANS = ("时间", "时长", "用时", "耗时", "工期", "周期", "期限", "时限", "寿命", "年限", "工时", "时数")
_WEIGHT_BEHIND = {"count": 1.0, "other": 1.0, "age": 1.0, "fraction": 0.7}
_WEIGHT_BEHIND |= dict.fromkeys(("money", "area", "length", "mass", "volume", "energy", "power", "data"), 0.7)
_SUBJECTLESS = frozenset({"stative", "change", "rate", "basis", "time", "d", "ad", "ul", "p", "target"})
_SURE_NOUN = 0.8
_PARTS = frozenset({"percent", "multiple", "fraction"})
_COMPARED = frozenset({"相比", "比较", "相较", "对比"})
_AVERAGES = frozenset({"日均", "月均", "年均", "平均"})
_OPENERS = frozenset({"的", "其中", "总体", "整体"})
_APART = frozenset({"距", "距离", "相距", "海拔"})
_SPENT_ON = frozenset(
    {"用于", "用来", "支持", "作为", "帮助", "开展", "推进", "推动", "建设", "实施", "重点", "专项用于"}
)
_BARE_TOTALS = frozenset({"总额", "总量", "总数", "总值", "总计", "金额", "数额", "价值", "面额"})


def item_of(
    scene: Scene,
    sentence: Sentence,
    phrase_at: int,
    at: int,
    move: Move,
    earlier: Sequence[tuple[Quantity, Item | None]],
) -> Item | None:
    """Choose the item of the figure at token ``at`` of a phrase; None when the text does not say.

    ``earlier`` holds the figures before it in the sentence, in order, with their items.
    """
    phrase = sentence.phrases[phrase_at]
    figure = scene.figures[phrase.tokens[at].at]
    found = [c for c in _candidates(scene, sentence, phrase_at, at, figure, move, earlier) if c.score > 0]
    if not found:
        return None
    best = max(found, key=lambda item: item.score)
    others = [item.score for item in found if item.head_start != best.head_start]
    margin = best.score - max(others, default=0.0)
    return Item(best.start, best.end, best.head_start, best.head_end, best.rule, best.score, margin)


def _candidates(
    scene: Scene,
    sentence: Sentence,
    phrase_at: int,
    at: int,
    figure: Quantity,
    move: Move,
    earlier: Sequence[tuple[Quantity, Item | None]],
) -> list[Item]:
    phrase = sentence.phrases[phrase_at]
    tokens = phrase.tokens
    counted = figure.kind in _COUNTS
    candidates: list[Item] = []
    if figure.kind in _NEVER:
        return candidates
    of_term = at + 1 < len(tokens) and tokens[at + 1].text == "期"  # 50年期|超长期特别国债
    if figure.kind in _NO_ITEM and move.change is None and not lasts(tokens, at, figure) and not of_term:
        span = noun_before(tokens, at)
        spans = span is not None and _text_of(tokens, span).endswith(_SPANS)
        return [_item(span, "noun-before", 1.0)] if span is not None and spans else candidates
    aimed = any(token.text == "目标" and token.tag == "target" for token in tokens[at + 1 :])
    after = noun_after(tokens, at, scene.affinity, figure.unit if counted else None)
    if figure.kind == "money" and at + 1 < len(tokens) and tokens[at + 1].text in _SPENT_ON:
        after = None  # 拨款5000万元|用于河道整治
    if figure.kind == "length" and any(token.text in _APART for token in tokens[max(0, at - 8) : at]):
        after = None  # 距离轮岛市约30公里的|穴水町
    if after is not None and not aimed:
        by_de = at + 1 < len(tokens) and tokens[at + 1].text == "的"
        weight = _WEIGHT_BEHIND.get(figure.kind, 0.0)
        if by_de:
            weight = 0.5 if figure.kind == "money" else 0.95
        if not by_de and figure.kind in ("money", "area") and figure.mod in ("above", "below"):
            weight = 1.0 if tokens[at].text.endswith(("以上", "以下", "以内")) else weight  # 亿元以上|项目
        weight = 0.9 if of_term else weight
        if figure.kind == "percent" and not by_de and _is_governed(tokens, at, after):
            weight = 0.95  # 节省90%|推进剂
        if figure.unit in _PEOPLE and after.score < _SURE_NOUN:
            weight = 0.0  # 6人|死亡 counts nothing further
        candidates.append(_item(after, "noun-after", weight))
    sole_verb = figure.unit in EVENT_UNITS or (
        figure.kind == "money" and at > 0 and tokens[at - 1].pos == "vn"
    )
    shared = _respective(sentence, phrase_at, at, figure, earlier)
    if shared is not None:
        candidates.append(_shared(shared, "partner", 0.95))
    dealt = dealt_name(scene, sentence, phrase_at, figure)
    if dealt is not None:
        candidates.append(_item(dealt, "partner", 1.2))
    before = noun_before(tokens, at, sole_verb=sole_verb, share=figure.kind in _PARTS)
    if before is None and figure.unit in _PEOPLE and at > 1 and tokens[at - 1].text == "等":
        kind = tokens[at - 2].tag
        before = (
            noun_before(tokens, at - 1) if kind[0] == "n" and kind[:2] not in ("nr", "ns", "nt") else None
        )
    if before is not None and " " in scene.text[before.end : figure.start] and figure.unit in _PEOPLE:
        before = None  # 遭遇强降雨 |20人死亡: two headlines
    compared = (
        earlier[-1][1] if earlier and at + 1 < len(tokens) and tokens[at + 1].text in _COMPARED else None
    )
    if compared is not None:
        before = None  # 与2010年人口普查的|133972万人相比
        candidates.append(_shared(compared, "carried", 0.5))
    if before is not None and after is not None and _is_relative(tokens, at, before):
        candidates = []  # 人口超过|1亿人的省份: the clause is about its own noun
    if figure.kind == "index":  # 赵继伟得到|22分: points are nobody's number
        before = None if before is not None and _is_person(tokens, before) else before
        if after is not None and _is_person(tokens, after):
            candidates = []
    if before is not None:
        weight = 0.3 if aimed else 0.9 if counted else 1.0
        if figure.unit in _PEOPLE and move.role == "level" and _is_deed(tokens, before):
            weight = 0.0  # 鼓励激励|1567人次: what was done to them, not who they are
        if after is not None and before.score < _SURE_NOUN and figure.kind == "money":
            weight *= 0.8  # 发行|120亿元国债: a verb in front, what it is about behind
        if figure.kind == "money" and _is_payer(tokens, at, before):
            weight = 0.0  # 中央财政安排|270亿元
        if after is not None and _governs_after(tokens, at, before, counted=counted):
            weight *= 0.5
        if figure.unit in _PEOPLE and any(t.start >= before.end and t.tag == "action" for t in tokens[:at]):
            weight = 0.0  # 恶劣天气造成|5人死亡
        if figure.unit in _PEOPLE and _text_of(tokens, before).endswith(_BODIES):
            weight = 0.0  # 移送检察机关|2.2万人
        candidates.append(_item(before, "noun-before", weight))
    shared_behind = _shared_behind(scene, sentence, phrase_at, at, figure)
    if shared_behind is not None:
        candidates.append(_item(shared_behind, "noun-after", 0.95))
    neighbour = earlier[-1][1] if earlier and at > 0 and tokens[at - 1].tag == "fig" else None
    if neighbour is not None:
        candidates.append(_shared(neighbour, "juxtaposed", 0.85))
    if figure.unit in EVENT_UNITS and at + 1 < len(tokens) and tokens[at + 1].tag in ("p", "v", "action"):
        return candidates  # 当天两次|向基地发射火箭弹: how often, not of what
    candidates.extend(_carried(scene, sentence, phrase_at, at, figure, move, earlier))
    return candidates


def _is_payer(tokens: Sequence[Token], at: int, before: Noun) -> bool:
    """Whether a verb of doing stands between the noun and the sum, so that the noun is who spent or got it."""
    between = [token for token in tokens[:at] if token.start >= before.end]
    doing = any(token.tag == "action" and token.pos != "vn" for token in between)
    return doing and not _text_of(tokens, before).endswith(MEASURES)


def _shared_behind(
    scene: Scene, sentence: Sentence, phrase_at: int, at: int, figure: Quantity
) -> Noun | None:
    """续建3个、新建17个|创新联合体: the noun behind the next figure of the list belongs to this one too."""
    last = at + 1 == len(sentence.phrases[phrase_at].tokens)
    if not last or figure.kind != "count" or phrase_at + 1 >= len(sentence.phrases):
        return None
    following = sentence.phrases[phrase_at + 1]
    places = following.figure_positions()
    if (
        following.opener != "、"
        or not places
        or scene.figures[following.tokens[places[0]].at].unit != figure.unit
    ):
        return None
    if any(
        token.tag not in ("action", "v", "change", "stative", "d") for token in following.tokens[: places[0]]
    ):
        return None  # 文件3件、|会议5次: a noun of its own
    return noun_after(following.tokens, places[0], scene.affinity, figure.unit)


def _is_governed(tokens: Sequence[Token], at: int, after: Noun) -> bool:
    """Whether a verb of change stands right before a figure and its noun right behind."""
    return at > 0 and tokens[at - 1].tag == "change" and after.start == tokens[at].end


def _governs_after(tokens: Sequence[Token], at: int, before: Noun, *, counted: bool) -> bool:
    """Whether the words before the figure lead to the noun behind it.

    前线发生了|上百次交战, 代表团携|197项发明, 71个国家和地区的|1600家展商, 发放总额|6000万元消费券.
    """
    if any(token.start >= before.end and token.tag in VERBAL for token in tokens[:at]):
        return True
    if _text_of(tokens, before) in _BARE_TOTALS:
        return True
    last = next((token for token in reversed(tokens[:at]) if token.tag != "stative"), tokens[at - 1])
    return counted and (
        last.text in CLOSING | {"的"} or (last.tag in VERBAL and last.pos != "vn" and before.end == last.end)
    )


def _is_relative(tokens: Sequence[Token], at: int, before: Noun) -> bool:
    """Whether noun, words of stating, figure and 的 make a relative clause of their own."""
    between = [token for token in tokens[:at] if token.start >= before.end]
    follows = at + 1 < len(tokens) and tokens[at + 1].text == "的"
    said = bool(between) or tokens[at].text[0] in "超逾近"
    return follows and said and all(token.tag == "stative" for token in between)


def _respective(
    sentence: Sentence,
    phrase_at: int,
    at: int,
    figure: Quantity,
    earlier: Sequence[tuple[Quantity, Item | None]],
) -> Item | None:
    """粮食产量8140亿斤,棉花产量12150万担,分别增产|400亿斤和2800万担: each figure goes with one item named before.

    None when the phrase has a subject of its own, or as many items were not named.
    """
    phrase = sentence.phrases[phrase_at]
    said = [k for k, token in enumerate(phrase.tokens[:at]) if token.text.startswith("分别")]
    if not said or not earlier or any(t.tag == "fig" for t in phrase.tokens[: said[-1]]):
        return None
    if not _lacks_subject(phrase, said[-1]):
        return None
    behind = [token for token in phrase.tokens[said[-1] :] if token.tag == "fig"]
    for later in sentence.phrases[phrase_at + 1 :]:
        if later.opener != "、" or later.tokens[0].tag != "fig":
            break
        behind.append(later.tokens[0])
    rank = next((k for k, token in enumerate(behind) if token.start == figure.start), None)
    named: list[Item] = []
    for _, item in earlier[: len(earlier) - (rank or 0)]:
        if item is not None and (not named or item.start != named[-1].start):
            named.append(item)
    if rank is None or len(behind) < 2 or len(named) < len(behind):
        return None
    return named[-len(behind) :][rank]


def _text_of(tokens: Sequence[Token], noun: Noun) -> str:
    return "".join(token.text for token in tokens if noun.start <= token.start and token.end <= noun.end)


def _is_person(tokens: Sequence[Token], noun: Noun) -> bool:
    """Whether the head is the name of a person or of a team."""
    head = next((token for token in tokens if token.start == noun.head_start), None)
    return head is not None and (head.tag.startswith("nr") or head.text.endswith("队"))


def _is_deed(tokens: Sequence[Token], noun: Noun) -> bool:
    """Whether the noun is a lone verb or verbs that open their phrase, and none that names a count (结婚, 就业)."""
    if noun.score >= _SURE_NOUN or any(t.start == noun.head_start and names_a_count(t.text) for t in tokens):
        return False
    return all(
        token.tag not in ("v", "action") for token in tokens if token.end <= noun.start and token.tag != "fig"
    )


def _carried(
    scene: Scene,
    sentence: Sentence,
    phrase_at: int,
    at: int,
    figure: Quantity,
    move: Move,
    earlier: Sequence[tuple[Quantity, Item | None]],
) -> list[Item]:
    """Items taken over from before the phrase, when the phrase itself has none."""
    carried: list[Item] = []
    phrase = sentence.phrases[phrase_at]
    in_phrase = any(token.tag == "fig" for token in phrase.tokens[:at])
    person = figure.unit in _PEOPLE
    told = [one for one in earlier if one[0].kind != "duration" or one[1] is not None]
    last_figure, last_item = told[-1] if told else (None, None)
    if last_figure is not None and last_item is not None:
        if move.role == "to" and in_phrase and last_figure.unit == figure.unit:
            carried.append(_shared(last_item, "carried", 0.85))  # 从0.5平方公里蔓延到|20平方公里
        elif move.role in ("by", "to", "from", "target"):
            carried.append(_shared(last_item, "carried", 0.5))
        elif figure.kind in DEGREES or figure.kind in _NO_ITEM:
            carried.append(_shared(last_item, "carried", 0.3))
        elif person and last_figure.unit == figure.unit and not in_phrase and _restates(phrase, at):
            carried.append(_shared(last_item, "carried", 0.4))  # 增加约2,100人,|达384万600人
        elif (
            person
            and last_figure.unit == figure.unit
            and any(t.text in _AVERAGES for t in phrase.tokens[:at])
        ):
            carried.append(_shared(last_item, "carried", 0.5))  # 518.9万人次中外人员出入境,日均|173万人次
        elif (
            person
            and last_figure.kind in DEGREES
            and _restates(phrase, at)
            and _counts_people(scene, last_item)
        ):
            carried.append(_shared(last_item, "carried", 0.5))  # 死亡人数激增22%,达到|8352人
        elif person and last_figure.unit == figure.unit and phrase.lists(at):
            carried.append(_shared(last_item, "carried", 0.6))  # 分别为3.2万人、|3.5万人和3.8万人
        elif not person and (last_figure.unit == figure.unit or in_phrase or _lacks_subject(phrase, at)):
            carried.append(_shared(last_item, "carried", 0.4))
    if (
        phrase.opener in (",", "，")
        and phrase_at > 0
        and (not person or move.role in ("from", "to", "by"))
        and not in_phrase
        and _lacks_subject(phrase, at)
    ):
        previous = sentence.phrases[phrase_at - 1].tokens
        if not any(token.tag == "fig" for token in previous):
            named = object_of(previous) if _is_one_name(previous) else None
            subject = named or subject_of(previous)
            noun = subject or object_of(previous)
            if noun is not None:
                carried.append(_item(noun, "topic", 0.75 if subject else 0.55))
    return carried


def _is_one_name(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is a noun with its description and says nothing by itself: 尚未解决温饱问题的贫困人口,."""
    if len(tokens) < 3 or tokens[-2].text != "的" or not is_nominal(tokens[-1]):
        return False
    return not any(token.tag in ("ul", "uz", "ug") or token.text in ("了", "着", "过") for token in tokens)


def _counts_people(scene: Scene, item: Item) -> bool:
    return scene.text[item.start : item.end].endswith(("人数", "人口", "人次", "人员"))


def _lacks_subject(phrase: Phrase, at: int) -> bool:
    """Whether only words of stating and changing stand before the figure (达到了|22356元, 从2021年的|53%)."""
    return all(token.tag in _SUBJECTLESS or token.text in _OPENERS for token in phrase.tokens[:at])


def _restates(phrase: Phrase, at: int) -> bool:
    """Whether only words of stating or comparing stand before the figure, and one at least (达|384万人, 比2010年的|3.10人)."""
    return at > 0 and _lacks_subject(phrase, at)


def _item(noun: Noun, rule: str, weight: float) -> Item:
    return Item(noun.start, noun.end, noun.head_start, noun.head_end, rule, noun.score * weight)


def _shared(item: Item, rule: str, weight: float) -> Item:
    return Item(item.start, item.end, item.head_start, item.head_end, rule, weight)
