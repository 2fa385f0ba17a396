"""Which place a figure holds for: the nearest before it in its sentence, then its paragraph, then the report's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jfextract.link.scene import Scene, first_at, span_at
from jfextract.model import Place, Span

__all__ = ["Where", "where_of"]


@dataclass(frozen=True, slots=True)
class Where:
    """Full simplified name, its code (None: no code), the rule that linked it, a score in 0–1."""

    name: str
    adcode: str | None
    rule: str
    score: float


_OFFICIAL_ENDINGS = frozenset("省市县区州旗盟镇乡")
_LEADING_AWAY = (
    "率先在",
    "居",
    "位居",
    "位列",
    "高于",
    "低于",
    "占",
    "来自",
    "来到",
    "前往",
    "走进",
    "飞往",
    "赴",
    "到访",
)
_DATELINE = re.compile(r"(?:\d{1,2}月)?\d{0,2}日?(?:综合)?(?:外电|专电|[电讯]|报道|报导)")
_NEAR = 6
_HEAD = 4
_EARLIER = 600
_NATION = "中国"


def where_of(scene: Scene, start: int, end: int, sentence: Span) -> Where | None:
    """Find the place for the figure at ``start``–``end``; None when it is tied to none."""
    for place in reversed(list(_places(scene, sentence[0], start))):
        if not _is_beside_the_point(scene.text, place) and (
            _is_within_home(scene, place) or _opens_phrase(scene.text, place)
        ):
            return _where(place, "same-sentence", 0.9 if place.kind != "org" else 0.7)
    for place in _places(scene, end, min(end + _NEAR, sentence[1])):
        if place.kind == "named" and not set(scene.text[end : place.start]) & set(",，;；、和"):
            return _where(place, "behind", 0.6)
    home = scene.home
    paragraph = span_at(scene.paragraphs, start) or sentence
    roams = home is not None and home.level == "province"
    reach = max(0, paragraph[0] - _EARLIER) if roams else paragraph[0]
    for place in reversed(list(_places(scene, reach, sentence[0]))):
        if (
            _is_within_home(scene, place)
            and (roams or home is None or _opens_sentence(scene, place))
            and not _is_beside_the_point(scene.text, place)
        ):
            return _where(place, "paragraph", 0.6)
    if home is not None:
        return Where(home.name, home.adcode, "home", 0.7)
    if any(place.name == _NATION and place.kind == "deictic" for place in scene.places):
        return Where(_NATION, None, "nation", 0.5)
    return None


def _is_within_home(scene: Scene, place: Place) -> bool:
    """Whether the place lies in the report's own, or the report has none, or the word itself points to it."""
    if scene.home is None or place.kind == "deictic":
        return True
    return (place.name or "").startswith((scene.home.name, scene.home.name.removesuffix("省")))


def _opens_phrase(text: str, place: Place) -> bool:
    """Whether the place stands at the head of its phrase, where it is what the phrase speaks of (,德国|出口增长2%)."""
    before = text[max(0, place.start - 1) : place.start]
    return not before or not (before.isalnum() or before in "、“《")


def _opens_sentence(scene: Scene, place: Place) -> bool:
    """Whether the place stands at the head of its sentence, so that the next ones may still speak of it."""
    span = span_at(scene.sentences, place.start)
    return span is not None and place.start - span[0] <= _HEAD


def _places(scene: Scene, start: int, end: int) -> Iterator[Place]:
    for index in range(first_at(scene.places, start), len(scene.places)):
        place = scene.places[index]
        if place.start >= end:
            return
        if place.name and (
            place.kind != "org" or place.text[-1] in _OFFICIAL_ENDINGS or place.name == _NATION
        ):
            yield place


def _is_beside_the_point(text: str, place: Place) -> bool:
    """Whether the text only compares with the place (在全省率先), comes from it (来自中国), goes there or deals with it."""
    if place.kind != "deictic" and text[place.end : place.end + 1] == "队":
        return True
    if _DATELINE.match(text, place.end):
        return True
    if text[place.end : place.end + 2] in ("率先", "第一", "领先", "前列", "首位"):
        return True
    return text[max(0, place.start - 3) : place.start].endswith(_LEADING_AWAY)


def _where(place: Place, rule: str, score: float) -> Where:
    return Where(place.name or "", place.adcode, rule, score)
