"""What linking looks at: a sentence as tokens, cut into phrases around its figures."""

from __future__ import annotations

import datetime
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol, TypeVar

from jfextract.lexicon import room_table
from jfextract.link.affinity import Affinity
from jfextract.model import Place, Span, Time
from jfextract.places import Home
from jfextract.text.segment import Segmenter
from jfextract.units import Quantity

__all__ = ["Phrase", "Scene", "Sentence", "Token", "class_of", "read_sentence", "span_at"]

Tag = str
"""A jieba tag, or one of ours: fig, time, place, change, rate, basis, target, stative, action, title, aside, punct."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One normalised text with everything the rooms found in it; offsets refer to ``text``.

    ``home`` is the report's own place, ``reference`` its
    date and ``title`` its title, None when unknown. ``affinity`` knows which classifier counts which noun.
    """

    text: str
    sentences: tuple[Span, ...]
    paragraphs: tuple[Span, ...]
    figures: tuple[Quantity, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    home: Home | None
    reference: datetime.date | None
    title: str | None
    segment: Segmenter
    affinity: Affinity


class Token(NamedTuple):
    """A word, figure or mark of a sentence; ``at`` is its place among the scene's figures, times or places.

    ``pos`` is the segmenter's own tag where ``tag`` is one of ours, empty for figures, times and places. No
    dataclass, for the reason that ``Word`` is none.
    """

    text: str
    start: int
    end: int
    tag: Tag
    at: int = -1
    pos: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of tokens without comma; a list mark 、 parts phrases only behind a figure.

    ``opener`` is the mark before the phrase, empty at the start of the sentence.
    """

    tokens: tuple[Token, ...]
    opener: str

    def lists(self, at: int) -> bool:
        """Whether the figure at ``at`` is a bare item behind another one: 20.2%、|10.6%, 3.5万人和|3.8万人."""
        if at == 0:
            return self.opener == "、"
        return at > 1 and self.tokens[at - 1].text in _AND and self.tokens[at - 2].tag == "fig"

    def figure_positions(self) -> tuple[int, ...]:
        """Positions in ``tokens`` of the figures."""
        return tuple(at for at, token in enumerate(self.tokens) if token.tag == "fig")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that holds at least one figure, as phrases."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]


@lru_cache(maxsize=1)
def _learnt_classes() -> dict[str, Tag]:
    """Words that unlabelled news uses almost only as verbs, or only as nouns (举措), whatever a dictionary says."""
    classes: dict[str, Tag] = {}
    for row in room_table("link", "word_classes.tsv", ["word", "verb", "noun"], key="word"):
        verb, noun = int(row["verb"]), int(row["noun"])
        if verb >= _LEAST_VERB and verb >= _SURE * (verb + noun):
            classes[row["word"]] = "action"
        elif noun >= _SURE * (verb + noun):
            classes[row["word"]] = "n"
    return classes


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Mention = TypeVar("_Mention", bound=_Spanned)


@lru_cache(maxsize=1)
def _cue_words() -> dict[str, Tag]:
    cues: dict[str, Tag] = {
        row["verb"]: "action" for row in room_table("link", "action_verbs.tsv", ["verb"], key="verb")
    }
    cues |= {row["word"]: "stative" for row in room_table("link", "statives.tsv", ["word"], key="word")}
    targets = room_table("link", "targets.tsv", ["word", "place"])
    cues |= {row["word"]: "target" for row in targets if row["place"] == "before"}
    cues |= {
        row["phrase"]: "basis" for row in room_table("link", "basis.tsv", ["phrase", "basis"], key="phrase")
    }
    verbs = room_table(
        "link", "change_verbs.tsv", ["verb", "direction", "role", "object", "basis"], key="verb"
    )
    cues |= {row["verb"]: "change" for row in verbs}
    cues |= {row["term"]: "n" for row in room_table("link", "terms.tsv", ["term"], key="term")}
    cues |= {
        row["noun"]: "rate" for row in room_table("link", "rate_nouns.tsv", ["noun", "direction"], key="noun")
    }
    return cues


@lru_cache(maxsize=1)
def _cue_pattern() -> re.Pattern[str]:
    """Cue words of two characters or more that a segmenter may glue to their neighbours (同比增加) or cut (可|支配|收入).

    减少率 and 增长点 are nouns: a change word before such an ending is left to the segmenter.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(_cue_words(), key=len, reverse=True):
        if len(word) > 1 and _cue_words()[word] in ("change", "basis", "target", "n"):
            tails.setdefault(word[0], []).append(re.escape(word[1:]))
    # one branch for each first character: the search skips to those, and the longest words stand first in each
    branches = {first: "|".join(rest) for first, rest in tails.items()}
    # the set of these characters stands once, at the end: with one for each branch it takes most of the time to compile
    ending = "(?![率幅点极值性型器剂版量额])"
    for group, (first, rest) in enumerate(_AT_FIGURE, 1):
        marked = f"(?:{rest})()"  # any character may follow these: the empty group says so
        branches[first] = f"{branches[first]}|{marked}" if first in branches else marked
        ending = f"(?({group})|{ending})"
    words = "|".join(f"{re.escape(first)}(?:{rest})" for first, rest in branches.items())
    return re.compile(f"(?:{words}){ending}")


_AT_FIGURE = (
    ("达", "(?<=率达)到?|(?<=[比量额数值积]达)到?(?=$)"),
    *((verb, "(?<![公毫每]升)(?=[了到至为逾近超约破达]{0,2}$)") for verb in "跌涨升降增减"),
    *((word, "(?=(?:原来|过去|原先|平均|目前|现在)?的?$)") for word in "由从"),
    ("约", "(?=有?$)|合(?=$)"),
    ("报", "收(?=$)|(?<=[指数价率股金油]报)(?=$)"),
    ("收", "[报于](?=$)"),
    ("可", "达到?(?=$)"),
    ("落", "在(?=$)"),
    ("中", "有(?=$)"),
    *((word, "达(?=到?$)") for word in "高多"),
    ("共", "(?<![公总一]共)(?=接待|计|有|$)"),
    ("以", "(?<![得予足加难可所]以)$"),
)
"""Short cue words, by first character: a look back stands behind it, since a pattern that begins with one is slow."""

_AND = frozenset({"和", "与", "及", "以及", "、", "或"})
_MARKS = frozenset(",;:!?，；：！？。…\n\r—")
_SETTLED = frozenset({"vn", "an", "c", "p", "r", "u", "f"})
_OPEN = frozenset({"n", "v", "l", "x"})
_SURE = 0.85
_LEAST_VERB = 4
_LONGEST_PHRASE = 200
"""Words between two commas; more is no sentence, and would cost time by its square."""
_BEFORE_FIGURE = re.compile(r"[了到至为逾近超约破达]{0,2}")
_AIM_NOUNS = frozenset({"目标", "计划", "规划"})
_GENERAL_CLASSIFIERS = frozenset({"个", "项", "处", "大", "批", "种"})
_AMOUNT_ENDINGS = frozenset({"量", "额", "费", "价", "值", "数", "人次"})
_CONTENT = frozenset({"v", "vn", "action", "n", "target"})
_RATE_ENDINGS = frozenset({"率", "幅", "幅度"})
_ASIDE = re.compile(r"[(（][^()（）\n]{0,80}[)）]")
_MODEL = re.compile(r"(?:(?<![A-Za-z])[A-Za-z]{1,4}|[米苏歼运轰直强图伊安])-[A-Z]?\d{1,4}[A-Z]?(?![\d%.])")
"""Names of machines: 米-8, 歼-20, B-52."""
_QUOTED = re.compile(r"[“「][^“”「」\n。,，;；:：]{5,30}[”」](?=[\u4e00-\u9fff])")
"""A name in quotation marks in front of its noun (“全面推进乡村振兴”报告会); short ones are no riddle to a segmenter."""
_TITLE = re.compile(r"《[^《》\n]{1,120}》")


def _add_words(tokens: list[Token], text: str, start: int, end: int, segment: Segmenter) -> None:
    """Cue words first, then the segmenter on what lies between."""
    if start >= end:
        return
    cues = _cue_words()
    at = start
    for match in _cue_pattern().finditer(text, start, end):
        _add_segmented(tokens, text, at, match.start(), segment)
        word, (begin, at) = match.group(), match.span()
        tokens.append(Token(word, begin, at, cues.get(word) or _tag_at_figure(word)))
    _add_segmented(tokens, text, at, end, segment)


def _tag_at_figure(word: str) -> Tag:
    """The tag of a short word that the cue pattern takes only in front of a figure or behind 率."""
    if word in ("由", "从", "以"):
        return "p"
    return "change" if len(word) == 1 and word not in "达约共报" else "stative"


def _add_segmented(tokens: list[Token], text: str, start: int, end: int, segment: Segmenter) -> None:
    if start >= end:
        return
    cues = _cue_words()
    first = len(tokens)
    for word, left, right, pos in segment(text[start:end]):
        if word.isspace():
            continue
        begin, stop = start + left, start + right
        if _ends_noun(word, tokens, begin):
            # 办结|率, 回收|量, 减少|率: one noun that segmenters cut
            noun = tokens[-1]
            tag = "rate" if noun.tag == "change" and word in _RATE_ENDINGS else "n"
            tokens[-1] = Token(noun.text + word, noun.start, stop, tag, pos="n")
            continue
        if len(tokens) > first and tokens[-1].end == begin and _is_latin(tokens[-1].text + word):
            tokens[-1] = Token(tokens[-1].text + word, tokens[-1].start, stop, "eng", pos="eng")
            continue  # R|&|D
        tag = "punct" if word in _MARKS else cues.get(word) or class_of(word, pos)
        if tag == "change" and len(word) == 1 and not _BEFORE_FIGURE.fullmatch(text, stop, end):
            tag = pos  # 少|工委: one character is a verb of change only in front of its figure
        tokens.append(Token(word, begin, stop, tag, -1, pos))


def _ends_noun(word: str, tokens: Sequence[Token], begin: int) -> bool:
    """Whether the word at ``begin`` is the last syllable of the noun that the last of the tokens begins."""
    if not tokens or tokens[-1].end != begin:
        return False
    return word in _RATE_ENDINGS or (word in _AMOUNT_ENDINGS and tokens[-1].tag in _CONTENT)


def _is_latin(word: str) -> bool:
    """Whether the word is of Latin letters that & joins, or will be when its next letter comes."""
    return "&" in word and word.isascii() and word.replace("&", "").isalpha()


def class_of(word: str, pos: Tag) -> Tag:
    """The segmenter's tag, unless it calls a noun a verb or a verb a noun that news knows better."""
    learnt = _learnt_classes().get(word)
    if pos == "mq" and len(word) > 1:
        return "n"  # 零部件
    if learnt is None or pos in _SETTLED:
        return pos
    return learnt if learnt == "n" or pos in _OPEN else pos


def _fixed_tokens(scene: Scene, start: int, end: int) -> list[Token]:
    """Figures, times, places, titles and asides of a stretch: what no segmenter may cut."""
    fixed: list[Token] = []
    taken = bytearray(end - start)

    def offer(
        first: int, last: int, tag: Literal["fig", "time", "place", "title", "aside"], index: int = -1
    ) -> None:
        if taken.find(1, first - start, last - start) < 0:
            taken[first - start : last - start] = b"\1" * (last - first)
            fixed.append(Token(scene.text[first:last], first, last, tag, index))

    for index, figure in _within(scene.figures, start, end):
        offer(figure.start, figure.end, "fig", index)
    for index, time in _within(scene.times, start, end):
        if _cue_words().get(time.text) != "basis":  # 按年 is what a change is against
            offer(time.start, time.end, "time", index)
    for match in _TITLE.finditer(scene.text, start, end):
        offer(match.start(), match.end(), "title")
    for match in _ASIDE.finditer(scene.text, start, end):
        offer(match.start(), match.end(), "aside")
    for match in _MODEL.finditer(scene.text, start, end):
        offer(match.start(), match.end(), "title")
    for match in _QUOTED.finditer(scene.text, start, end):
        index = first_at(scene.figures, match.end())
        if index == len(scene.figures) or scene.figures[index].start > match.end():
            offer(match.start(), match.end(), "title")
    for index, place in _within(scene.places, start, end):
        if (
            place.kind != "org"
            and place.end - place.start > 1
            and scene.text[place.end : place.end + 1] != "性"
        ):
            offer(place.start, place.end, "place", index)
    return sorted(fixed, key=lambda token: token.start)


def _within(mentions: Sequence[_Mention], start: int, end: int) -> Iterator[tuple[int, _Mention]]:
    for index in range(first_at(mentions, start), len(mentions)):
        mention = mentions[index]
        if mention.start >= end:
            return
        if mention.end <= end:
            yield index, mention


def first_at(mentions: Sequence[_Spanned], start: int) -> int:
    """Index of the first mention that begins at ``start`` or later; mentions are sorted."""
    low, high = 0, len(mentions)
    while low < high:
        middle = (low + high) // 2
        if mentions[middle].start < start:
            low = middle + 1
        else:
            high = middle
    return low


def span_at(spans: Sequence[Span], at: int) -> Span | None:
    """The span that holds the offset ``at``, None between spans; they are sorted and do not overlap."""
    index = bisect_right(spans, (at, sys.maxsize)) - 1
    return spans[index] if index >= 0 and at < spans[index][1] else None


def read_sentence(scene: Scene, span: Span) -> Sentence:
    """Tokenise one sentence and cut it into phrases."""
    tokens: list[Token] = []
    at = span[0]
    for token in _fixed_tokens(scene, *span):
        _add_words(tokens, scene.text, at, token.start, scene.segment)
        tokens.append(token)
        at = token.end
    _add_words(tokens, scene.text, at, span[1], scene.segment)
    _count_aims(tokens, scene.figures)
    return Sentence(span[0], span[1], tuple(_phrases(tokens)))


def _count_aims(tokens: list[Token], figures: Sequence[Quantity]) -> None:
    """Make nouns of the aims that are counted: 打击数十个哈马斯|目标 plans nothing."""
    counted = False
    for at, token in enumerate(tokens):
        if token.tag == "fig":
            counted = figures[token.at].kind == "count" and figures[token.at].unit in _GENERAL_CLASSIFIERS
        elif token.text in _AIM_NOUNS and token.tag == "target":
            if counted:
                tokens[at] = token._replace(tag="n")
            counted = False
        elif token.tag not in ("place", "aside") and token.tag[0] not in "nbajvz":
            counted = False


def _phrases(tokens: Sequence[Token]) -> Iterator[Phrase]:
    current: list[Token] = []
    opener, seen_figure = "", False
    for at, token in enumerate(tokens):
        if token.tag == "punct" or (token.text == "、" and seen_figure and _parts_items(tokens, at)):
            if current:
                yield Phrase(tuple(current), opener)
            current, seen_figure = [], False
            opener = token.text
            continue
        if len(current) >= _LONGEST_PHRASE:
            yield Phrase(tuple(current), opener)
            current, seen_figure, opener = [], False, ""
        seen_figure = seen_figure or token.tag == "fig"
        current.append(token)
    if current:
        yield Phrase(tuple(current), opener)


def _parts_items(tokens: Sequence[Token], at: int) -> bool:
    """Whether the 、 at ``at`` parts two items with a figure each: 证明事项8项、责任状30项.

    In 三名航天员将在材料科学、航天技术等领域开展90余项实验 it parts the words of a phrase that has a verb already.
    """
    near = True
    for token in tokens[at + 1 :]:
        if token.tag == "punct":
            return False
        near = near and token.text not in ("、", "等")
        if token.tag == "fig":
            return near or not _has_verb_since_figure(tokens, at)
    return False


def _has_verb_since_figure(tokens: Sequence[Token], at: int) -> bool:
    for token in reversed(tokens[:at]):
        if token.tag == "fig":
            return False
        if token.tag in ("p", "target", "action", "v"):
            return True
    return False
