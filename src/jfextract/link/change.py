"""How a figure moved: direction, role and basis.

``2020年,全市发至县级以下文件2482件、同比压减34%``: 34% is a decrease, by, year on year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from jfextract.lexicon import room_table
from jfextract.link.aims import is_target
from jfextract.link.basis import basis_before, basis_in, start_named
from jfextract.link.move import DEGREES, LEVEL, Move
from jfextract.link.scene import Phrase, Scene, Sentence, Token
from jfextract.model import Change, Role
from jfextract.units import Quantity

__all__ = ["lasts", "move_of"]


@dataclass(frozen=True, slots=True)
class _Verb:
    direction: Change | None
    role: Role
    takes_things: bool
    basis: str | None


@lru_cache(maxsize=1)
def _verbs() -> dict[str, _Verb]:
    rows = room_table(
        "link", "change_verbs.tsv", ["verb", "direction", "role", "object", "basis"], key="verb"
    )
    return {
        r["verb"]: _Verb(
            cast(Change, r["direction"]) if r["direction"] else None,
            cast(Role, r["role"]),
            r["object"] == "things",
            r["basis"] or None,
        )
        for r in rows
    }


@lru_cache(maxsize=1)
def _rate_nouns() -> dict[str, Change]:
    rows = room_table("link", "rate_nouns.tsv", ["noun", "direction"], key="noun")
    return {row["noun"]: cast(Change, row["direction"]) for row in rows}


_COUNTED = frozenset({"count"})
_BELONGING = frozenset({"属", "属于", "来自"})
_COMPARATIVES = frozenset("高低快慢大小长短")
_OF_A_WHOLE = frozenset({"percent", "fraction"})
_NO_WHOLE = ("税", "关税", "率", "水平", "速", "速度", "利息", "幅度", "目标", "标准")
_INTO = frozenset({"到", "至", "为", "成", "到了", "剩", "还剩"})


def move_of(
    scene: Scene, sentence: Sentence, phrase_at: int, at: int, previous: Move | None, aims: int | None
) -> Move:
    """Say how the figure at token ``at`` of a phrase of the sentence moved.

    ``aims`` is the offset from which the sentence speaks of plans (``aims_begin``), None when it does not; ``previous`` is the move of the figure before it in the sentence, None for the first; a bare figure behind
    、 or 和 repeats it (分别增长20.2%、10.6%).
    """
    phrase = sentence.phrases[phrase_at]
    tokens = phrase.tokens
    figure = scene.figures[tokens[at].at]
    left = _left_edge(tokens, at)
    following = sentence.phrases[phrase_at + 1] if phrase_at + 1 < len(sentence.phrases) else None
    move = LEVEL if lasts(tokens, at, figure) else _verb_move(scene, tokens, at, left, figure, following)
    if move is LEVEL and previous is not None:
        if previous.role in ("by", "share") and _repeats(phrase, at, figure):
            move = previous
        elif previous.role == "target" and _goes_on(phrase, at):
            move = Move(None, "target", None)  # 将实施40项研究、|40项攻关; 预计开行78班,发送旅客|1.2万人次
        elif previous.role in ("from", "to") and phrase.lists(at):
            move = previous  # 从50只、|60只增长到70只、|80只
        elif previous.role == "from" and _reaches(tokens, at, left):
            move = Move(previous.change, "to", None)
    if move.role == "by" and previous is not None and previous.role == "from" and _reaches(tokens, at, left):
        move = Move(previous.change, "to", None)
    if (
        previous is not None
        and previous.role == "by"
        and left
        and all(token.text in _INTO for token in tokens[left:at])
        and left < at
    ):
        move = Move(previous.change, "to", None)  # 升0.3个百分点至|4.7%
    if move is LEVEL and figure.kind == "multiple" and tokens[at].text.startswith("翻"):
        move = Move("increase", "by", None)  # 产值|翻两番: the verb stands inside the figure
    if move is LEVEL and figure.kind in DEGREES:
        move = _moved_before(sentence, phrase_at, at) or move
    if move.role in ("by", "to"):
        basis = basis_in(scene, tokens, at) or move.basis or basis_before(scene, sentence, phrase_at, at)
        move = replace(move, basis=basis)
        if move.role == "to" and move.basis is None:
            move = replace(move, basis=start_named(scene, tokens, at))
        if (
            move.basis is None
            and move.role == "by"
            and previous is not None
            and previous.role == "by"
            and _bare(tokens, at)
        ):
            move = replace(move, basis=previous.basis)  # 比上年增加167.5亿斤,|增长1.2%
    if move.role == "level" and figure.kind in _OF_A_WHOLE and _says_share(tokens, at, left):
        move = Move(move.change, "share", None)
    started = move.role == "to" and previous is not None and previous.role == "from" and left > 0
    planned = is_target(tokens, at, _left_edge(tokens, left - 1) if started else left)
    if move.role != "from" and (planned or (aims is not None and aims <= tokens[at].start)):
        move = Move(move.change, "target", move.basis)  # 将由3个多小时缩短至|2小时以内
    return move


def _reaches(tokens: Sequence[Token], at: int, left: int) -> bool:
    """Whether 到 or 至 leads to the figure behind one that the change started from."""
    return any(token.text in _INTO or token.text.endswith(("到", "至", "成")) for token in tokens[left:at])


def lasts(tokens: Sequence[Token], at: int, figure: Quantity) -> bool:
    """连续6年, 连跌14个月: how long a change has gone on is no amount of change."""
    return figure.kind == "duration" and any(
        token.text.startswith(("连", "已连")) for token in tokens[max(0, at - 2) : at]
    )


def _left_edge(tokens: Sequence[Token], at: int) -> int:
    """First position that still belongs to the figure: behind the figure before it."""
    edge = at
    while edge > 0 and tokens[edge - 1].tag != "fig":
        edge -= 1
    return edge


def _verb_move(
    scene: Scene, tokens: Sequence[Token], at: int, left: int, figure: Quantity, following: Phrase | None
) -> Move:
    into = weakly = False
    plain_verb = False
    words_between = 0
    for position in range(at - 1, left - 1, -1):
        token = tokens[position]
        if token.tag == "change":
            verb = _verbs()[token.text]
            follows = tokens[position + 1].text if position + 1 < at else ""
            if plain_verb and not verb.takes_things:
                return LEVEL
            if figure.kind in _COUNTED and words_between and not verb.takes_things:
                return LEVEL
            if (
                figure.kind == "duration"
                and position + 1 < at
                and tokens[at + 1 : at + 2]
                and tokens[at + 1].text == "的"
            ):
                return LEVEL  # 取消实行了|三十多年的制度
            rated = any(t.text.endswith("率") for t in tokens[position + 1 : at][:1])
            if rated and figure.kind != "percentage_point":
                return LEVEL  # 经济增长|贡献率接近60%
            if token.text in _COMPARATIVES and not _has_standard(tokens, position):
                return LEVEL  # 塔高5米
            if verb.direction == "none":
                return Move("none", verb.role, None)
            # 新增就业人数为5万人 adds them, 压减会议数量至8个 leaves them
            led = into or (weakly and not (words_between and verb.takes_things))
            role: Role = "to" if led or follows in _INTO else verb.role
            return Move(verb.direction, role, verb.basis)
        if token.text in _INTO:
            into, weakly = into or token.text != "为", True
        elif token.tag == "rate":
            return Move(_rate_direction(token.text), "by", None)
        elif token.text in ("由", "从"):
            return _from_move(scene, tokens, at, following)
        elif (
            token.text == "的"
            and words_between
            and not any(t.text in ("从", "由") for t in tokens[left:position])
        ):
            return LEVEL
        elif token.tag == "action":
            plain_verb = True
            words_between += 1
        elif token.tag not in ("stative", "d", "ad", "ul", "basis", "time", "target"):
            words_between += 1
    if _shrinks_behind(tokens, at):
        return Move("decrease", "from", None)
    fallen = _falls_behind(tokens, at)
    if fallen is not None:
        return Move(fallen, "from", None)
    if tokens[-1].text == "不变" and any(token.text.startswith("保持") for token in tokens[left:at]):
        return Move("none", "level", None)
    return LEVEL if figure.kind == "duration" else _move_behind(tokens, at)


def _has_standard(tokens: Sequence[Token], position: int) -> bool:
    """Whether something to compare with stands before 高, 多, 快: 比上月|高0.18个百分点."""
    return any(token.tag == "basis" or token.text in ("比", "较") for token in tokens[:position])


def _rate_direction(word: str) -> Change | None:
    """降幅, 减少率, 增速: nouns that imply how the figure moved."""
    listed = _rate_nouns().get(word)
    return listed if listed is not None else _verbs()[word.rstrip("率幅度")].direction


def _move_behind(tokens: Sequence[Token], at: int) -> Move:
    """5.6%的增长, 10个百分点的降幅, 保持10%以上增长: a change noun that closes the phrase."""
    behind = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text == "的" else at + 1
    if behind + 1 == len(tokens):
        token = tokens[behind]
        if token.tag == "rate":
            return Move(_rate_direction(token.text), "by", None)
        if token.tag == "change" and _verbs()[token.text].direction != "none":
            return Move(_verbs()[token.text].direction, "by", None)
    return LEVEL


def _moved_before(sentence: Sentence, phrase_at: int, at: int) -> Move | None:
    """跌幅最大,达|15.9%: the phrase before names the change whose size this one only states."""
    phrase = sentence.phrases[phrase_at]
    if not phrase_at or any(token.tag not in ("stative", "d", "ul") for token in phrase.tokens[:at]):
        return None
    before = sentence.phrases[phrase_at - 1]
    if before.figure_positions():
        return None
    rates = [token.text for token in before.tokens if token.tag == "rate"]
    return Move(_rate_direction(rates[-1]), "by", None) if rates else None


def _falls_behind(tokens: Sequence[Token], at: int) -> Change | None:
    """现行16%|的税率降至13%: the direction of a figure whose noun then moves to another one."""
    if at + 1 >= len(tokens) or tokens[at + 1].text != "的":
        return None
    for position in range(at + 2, len(tokens) - 1):
        token = tokens[position]
        if token.tag == "fig":
            return None
        verb = _verbs().get(token.text) if token.tag == "change" else None
        if verb is not None and verb.role == "to" and tokens[position + 1].tag == "fig":
            return verb.direction
    return None


def _shrinks_behind(tokens: Sequence[Token], at: int) -> bool:
    """182项盖章证明精简后就剩|5项: the figure is what there was before."""
    rest = tokens[at + 1 :]
    return any(token.text in ("剩", "仅剩", "只剩", "还剩", "剩下") for token in rest) and any(
        t.tag == "fig" for t in rest
    )


def _from_move(scene: Scene, tokens: Sequence[Token], at: int, following: Phrase | None) -> Move:
    """由54项减至8项, 从0.5平方公里蔓延到20平方公里: the first figure is where the change started.

    Where no verb tells the direction, the two figures do.
    """
    figure = scene.figures[tokens[at].at]
    reached = False
    for token in tokens[at + 1 :]:
        verb = _verbs().get(token.text)
        if (
            verb is not None
            and (verb.direction is not None or verb.role == "to")
            and verb.direction != "none"
        ):
            return Move(verb.direction, "from", None)
        reached = reached or token.text in _INTO or token.text.endswith(("到", "至", "成"))
        if token.tag == "fig" and reached:
            return Move(_direction(figure, scene.figures[token.at]), "from", None)
    direction = _reached_next(following, figure, scene) if at + 1 == len(tokens) else None
    return Move(direction, "from", None) if direction is not None else LEVEL


def _reached_next(following: Phrase | None, figure: Quantity, scene: Scene) -> Change | None:
    """从2005年的969万人次,|增长至2023年的2.5亿人次: the direction of a change whose end stands behind a comma."""
    tokens = following.tokens if following is not None else ()
    for position, token in enumerate(tokens[:-1]):
        if token.tag == "fig":
            if position == 0 and following is not None and following.lists(0):
                continue  # 从50只、|60只增长到70只
            return None
        verb = _verbs().get(token.text) if token.tag == "change" else None
        if verb is not None and (verb.role == "to" or tokens[position + 1].text in _INTO):
            ends = [scene.figures[one.at] for one in tokens[position:] if one.tag == "fig"]
            return verb.direction if ends and ends[0].unit == figure.unit else None
        if verb is not None or token.tag not in ("d", "stative"):
            return None
    return None


def _direction(before: Quantity, after: Quantity) -> Change | None:
    """Whether the second figure is larger or smaller; None when they cannot be compared."""
    if (
        before.unit != after.unit
        or before.value is None
        or after.value is None
        or before.value == after.value
    ):
        return None
    return "increase" if after.value > before.value else "decrease"


def _goes_on(phrase: Phrase, at: int) -> bool:
    """Whether a phrase goes on with what the one before it planned: a further item, or a verb without a subject."""
    if any(token.text in ("了", "已", "已经", "累计") or token.tag == "time" for token in phrase.tokens[:at]):
        return False
    if phrase.opener == "、":
        return at == 0
    return phrase.opener in (",", "，") and phrase.tokens[0].tag in ("action", "v") and at > 0


def _bare(tokens: Sequence[Token], at: int) -> bool:
    """Whether only words of change stand before the figure in its phrase."""
    return all(token.tag in ("change", "stative", "d", "ul") for token in tokens[:at])


def _repeats(phrase: Phrase, at: int, figure: Quantity) -> bool:
    """Whether the phrase is a bare item of a list (20.2%、|10.6%; 事项8项、|责任状30项)."""
    if phrase.lists(at):
        return True
    return (
        phrase.opener == "、"
        and figure.kind in _COUNTED
        and all(token.tag not in ("action", "v", "stative", "change", "p") for token in phrase.tokens[:at])
    )


def _says_share(tokens: Sequence[Token], at: int, left: int) -> bool:
    if any(token.text.startswith("占") or token.text in ("比重", "占比") for token in tokens[left:at]):
        return True
    if at + 1 < len(tokens) and tokens[at + 1].text in _BELONGING:
        return True
    if (
        at - left > 1
        and tokens[at - 1].text == "的"
        and (tokens[at - 2].tag[0] == "n" or tokens[at - 2].text == "中")
    ):
        return True  # 超总任务数的|80%, 农作物中的|85%
    if at + 2 >= len(tokens) or tokens[at + 1].text != "的" or tokens[at + 2].tag == "change":
        return False
    whole = next((t.text for t in reversed(tokens[at + 2 : at + 6]) if t.tag[0] == "n"), "")
    return not whole.endswith(_NO_WHOLE)
