"""Linking: which item, change, time and place each figure has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jfextract.link.affinity import affinity_with
from jfextract.link.aims import aims_begin, aims_from, as_aim, is_ahead
from jfextract.link.calendar import Calendar, read_calendar
from jfextract.link.change import move_of
from jfextract.link.confidence import confidence_of
from jfextract.link.item import Item, item_of
from jfextract.link.move import DEGREES, Move
from jfextract.link.period import Period, period_of
from jfextract.link.place import Setting, Where, read_setting, where_of
from jfextract.link.rate import is_total, per_of, yearly
from jfextract.link.scene import Scene, first_at, read_sentence
from jfextract.model import Span
from jfextract.units import Quantity

__all__ = ["Link", "Scene", "affinity_with", "link"]

_SPOKEN = frozenset({"same-sentence", "partner"})
"""Rules of time that read it in the sentence of the figure."""
_REMEMBERED = 12
"""How many figures back an item may be carried from: what keeps a sentence of thousands linear."""


@dataclass(frozen=True, slots=True)
class Link:
    """One figure of a scene with all that it is linked to; None where the text does not say.

    ``confidence`` is how likely figure, item and change are right, in 0–1.
    """

    figure: Quantity
    sentence: Span
    item: Item | None
    move: Move
    per: str | None
    period: Period | None
    where: Where | None
    confidence: float


def link(scene: Scene) -> tuple[Link, ...]:
    """Link every figure of the scene, in the order of the text."""
    calendar, setting = read_calendar(scene), read_setting(scene)
    links = tuple(
        found for span in scene.sentences for found in _link_sentence(scene, calendar, setting, span)
    )
    turn = aims_from(scene)
    if turn is None:
        return links
    return tuple(found if found.sentence[0] < turn else _aimed(scene, found) for found in links)


def _aimed(scene: Scene, found: Link) -> Link:
    edtf = found.period.edtf if found.period is not None else None
    return replace(found, move=as_aim(scene, found.move, found.figure.start, found.figure.end, edtf))


def _link_sentence(scene: Scene, calendar: Calendar, setting: Setting, span: Span) -> Iterator[Link]:
    first = first_at(scene.figures, span[0])
    if first >= len(scene.figures) or scene.figures[first].start >= span[1]:
        return
    sentence = read_sentence(scene, span)
    aims = aims_begin(sentence)
    earlier: list[Link] = []
    for phrase_at, phrase in enumerate(sentence.phrases):
        for at in phrase.figure_positions():
            figure = scene.figures[phrase.tokens[at].at]
            move = move_of(scene, sentence, phrase_at, at, earlier[-1].move if earlier else None, aims)
            item = item_of(
                scene, sentence, phrase_at, at, move, [(e.figure, e.item) for e in earlier[-_REMEMBERED:]]
            )
            per = figure.per
            if per is None:
                per = (
                    yearly(scene.text, figure.start)
                    if figure.kind in DEGREES
                    else per_of(scene.text, phrase.tokens, at)
                )
            if (
                per is None
                and item is not None
                and item.rule == "carried"
                and figure.kind not in DEGREES
                and earlier[-1].figure.unit == figure.unit
                and not is_total(phrase.tokens, at)
            ):
                per = earlier[-1].per
            if per is None and figure.per is None and earlier and phrase.lists(at):
                per = earlier[-1].per if earlier[-1].figure.unit == figure.unit else None
            period = period_of(scene, calendar, figure, move, span)
            if period is not None and period.against and move.role == "to" and move.basis is None:
                move = replace(move, basis=f"vs:{period.against}")
            spoken = period.edtf if period is not None and period.rule in _SPOKEN else None
            if spoken is not None and move.role != "from" and is_ahead(scene, spoken):
                move = replace(move, role="target")
            found = Link(
                figure,
                span,
                item,
                move,
                per,
                period,
                where_of(scene, setting, figure, span),
                confidence_of(scene.text, scene.affinity, figure, item, move),
            )
            earlier.append(found)
            yield found
