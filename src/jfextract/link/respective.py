"""分别: the first figure goes with the first name, the second with the second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from jfextract.link.before import noun_before
from jfextract.link.nouns import COORDINATORS, MEASURES, Noun
from jfextract.link.scene import Scene, Sentence, Token, first_at
from jfextract.model import Span
from jfextract.units import Quantity

__all__ = ["Row", "dealt_name", "partner", "row_of"]

_RESPECTIVELY = re.compile(r"分别|依次|各自")
_JOINED = re.compile(r"\s*(?:、|和|与|及|以及|,)\s*")
_REACH = 80
_MOST = 12


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Row(NamedTuple):
    """The figures that 分别 deals out: where the word stands, which of them this one is, how many they are."""

    at: int
    rank: int
    length: int


def row_of(scene: Scene, figure: Quantity, sentence: Span) -> Row | None:
    """The row of alike figures behind 分别 that ``figure`` stands in, None without the word."""
    words = list(_RESPECTIVELY.finditer(scene.text, max(sentence[0], figure.start - _REACH), figure.start))
    if not words:
        return None
    at = words[-1].start()
    begin = first_at(scene.figures, at)
    following = [
        one
        for one in scene.figures[begin : begin + _MOST]
        if one.start < sentence[1] and one.kind == figure.kind and one.unit == figure.unit
    ]
    return Row(at, following.index(figure), len(following)) if figure in following else None


def partner(scene: Scene, mentions: Sequence[_Spanned], figure: Quantity, sentence: Span) -> int | None:
    """Index of the mention that ``figure`` goes with in 嘉义县、南投县分别为22.87%和22.5%, None without such a list.

    The list and the figures must be of one length.
    """
    row = row_of(scene, figure, sentence)
    if row is None:
        return None
    last = first_at(mentions, row.at) - 1
    first = last
    while first > 0 and _JOINED.fullmatch(scene.text, mentions[first - 1].end, mentions[first].start):
        first -= 1
    if first < 0 or last - first + 1 != row.length or mentions[first].start < sentence[0] or first == last:
        return None
    return first + row.rank


def dealt_name(scene: Scene, sentence: Sentence, phrase_at: int, figure: Quantity) -> Noun | None:
    """办结率、满意率分别达到98.5%、|99.2%: the name in the list that is this figure's own.

    Only names that all end in one word, or as quantities do: in 清洁能源、新能源装机占比 the last word belongs to both. None without
    分别, or where names and figures are not as many.
    """
    row = row_of(scene, figure, (sentence.start, sentence.end))
    if row is None or row.length < 2:
        return None
    for phrase in sentence.phrases[max(0, phrase_at - _MOST) : phrase_at + 1]:
        if phrase.tokens[0].start <= row.at < phrase.tokens[-1].end:
            first = next((at for at in phrase.figure_positions() if phrase.tokens[at].start > row.at), None)
            noun = None if first is None else noun_before(phrase.tokens, first)
            return None if noun is None else _name_of(phrase.tokens, noun, row)
    return None


def _name_of(tokens: Sequence[Token], noun: Noun, row: Row) -> Noun | None:
    """The name of the row's rank among those joined by 、 and 和 in a noun phrase."""
    names: list[list[Token]] = [[]]
    for token in tokens:
        if noun.start <= token.start and token.end <= noun.end:
            if token.text in COORDINATORS:
                names.append([])
            else:
                names[-1].append(token)
    if len(names) != row.length or not all(names):
        return None
    heads = [name[-1].text for name in names]
    if len(set(heads)) > 1 and not all(head.endswith(MEASURES) for head in heads):
        return None
    words = names[row.rank]
    return Noun(words[0].start, words[-1].end, words[-1].start, words[-1].end, noun.score)
