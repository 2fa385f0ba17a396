"""Readings in brackets that a converter put after characters: 數(shù)量, 常(chang)(chang)住(zhu).

A mirror that turns simplified pages into traditional ones glosses the characters it was unsure of. Such
a gloss is no part of the text; a gloss in a text *about* readings is. The page decides: one gloss alone
proves nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Edit
from jfextract.text.doublebyte import common, plain
from jfextract.text.statistics import plain_readings, readings

__all__ = ["GLOSS", "Gloss", "find_glosses", "is_reading_of", "judge_glosses", "remove_glosses"]

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\u0300\u0301\u0304\u030c"
_LETTERS = f"a-züɑɡ{_TONED}\u0308"
GLOSS = re.compile(rf"[(（]([{_LETTERS}]{{1,8}}[1-5]?)[)）]")
_TONE = re.compile(f"[{_TONED}]|[1-5]$")
_HAN = lazy_pattern("[㐀-鿿𠀀-𲎯]")
_ABOUT_READINGS = lazy_pattern(
    "讀音|读音|拼音|注音|讀作|读作|讀成|读成|念作|念成|發音|发音|多音字|聲調|声调|普通話水平|普通话水平|加[點点]字|"
    "第[一二三四]声|第[一二三四]聲|生字|字音|音同|通假|(?<![A-Z])A ?[.．、].{1,60}(?<![A-Z])B ?[.．、]"
)
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Gloss:
    """A bracketed reading behind a Han character; ``repeats`` counts the same one before it (常(chang)(chang))."""

    start: int
    end: int
    char: str
    reading: str
    toned: bool
    repeats: int


def is_reading_of(reading: str, char: str, *, exact: bool = False) -> bool:
    """Tell whether a character can be read so; ``exact`` holds a toned reading to its tone.

    >>> is_reading_of("fā", "發"), is_reading_of("nv", "女"), is_reading_of("kg", "斤")
    (True, True, False)
    >>> is_reading_of("yàn", "嚴"), is_reading_of("yàn", "嚴", exact=True)
    (True, False)
    """
    known = readings().get(char, ())
    if reading in known:
        return True
    if exact and _TONE.search(reading):
        return False
    wanted = plain_readings(reading).replace("ve", "ue")
    return any(
        plain_readings(some).replace("ve", "ue") in (wanted, wanted.replace("u", "v")) for some in known
    )


def find_glosses(text: str) -> tuple[Gloss, ...]:
    """Return the bracketed readings that follow the Han character they may read.

    >>> [
    ...     (gloss.char, gloss.reading, gloss.repeats)
    ...     for gloss in find_glosses("常(chang)(chang)住(zhu)50公斤(kg)")
    ... ]
    [('常', 'chang', 0), ('常', 'chang', 1), ('住', 'zhu', 0)]
    """
    found: list[Gloss] = []
    for match in GLOSS.finditer(text):
        start, end = match.span()
        reading = match[1]
        last = found[-1] if found else None
        if last is not None and last.end == start:
            if last.reading == reading:
                found.append(Gloss(start, end, last.char, reading, last.toned, last.repeats + 1))
        elif start and _HAN.match(text, start - 1) and is_reading_of(reading, text[start - 1]):
            char = text[start - 1]
            toned = _TONE.search(reading) is not None or reading in readings()[char]  # 的(de), 了(le)
            found.append(Gloss(start, end, char, reading, toned, 0))
    return tuple(found)


def judge_glosses(
    text: str, glosses: Sequence[Gloss], *, damaged: bool = False
) -> tuple[tuple[Gloss, ...], bool]:
    """Return the glosses that are no part of the text, and whether that is certain.

    Evidence: a converter glosses every occurrence of a character, always alike, and it glosses everyday
    characters, mostly those whose form it changed (toned), or repeats itself (toneless). A text that speaks
    of readings, explains rare characters or is annotated throughout keeps its own. ``damaged`` says that
    other traces of a converter were found: then one gloss is enough.
    """
    if not glosses:
        return (), True
    repeated = any(gloss.repeats for gloss in glosses)
    about = _ABOUT_READINGS.search(text) is not None
    first = [gloss for gloss in glosses if not gloss.repeats]
    toned = [gloss for gloss in first if gloss.toned]
    toneless = [gloss for gloss in first if not gloss.toned]
    removed: list[Gloss] = []
    certain = True
    found = _Evidence.of(text, toned)
    if found.converted(about=about, helped=repeated or damaged):
        removed += toned
    elif found.hinted(text, about=about):
        removed += toned
        certain = False
    if toneless and (repeated or _Evidence.of(text, toneless).converted_toneless(about=about)):
        removed += toneless
        removed += [gloss for gloss in toned if gloss.reading.isascii() and gloss not in removed]
    kept = {(gloss.start, gloss.end) for gloss in first} - {(gloss.start, gloss.end) for gloss in removed}
    chains: list[Gloss] = []
    for gloss in glosses:
        alone = not gloss.repeats
        if (alone and (gloss.start, gloss.end) not in kept) or (
            not alone and chains and chains[-1].end == gloss.start
        ):
            chains.append(gloss)
    return tuple(chains), certain


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the glosses of a page have in common.

    ``changed`` is the share whose character a conversion to traditional changes, ``covered`` the share of the
    occurrences of the characters that are glossed, ``again`` how many characters are glossed more than once.
    """

    glosses: Sequence[Gloss]
    changed: float
    covered: float
    again: int
    natural: bool  # not of a kind that authors write: annotated throughout, rare characters, two readings

    @staticmethod
    def of(text: str, glosses: Sequence[Gloss]) -> _Evidence:
        if not glosses:
            return _Evidence((), 0.0, 0.0, 0, True)
        counts = Counter(gloss.char for gloss in glosses)
        kinds = {(gloss.char, gloss.reading) for gloss in glosses}
        rare = sum(char not in common() for char in counts)
        crowded = 8 * len(glosses) > len(text)  # then it is worth counting
        written = len(_HAN.findall(text)) if crowded else len(text)
        return _Evidence(
            glosses,
            sum(plain(gloss.char) != gloss.char for gloss in glosses) / len(glosses),
            len(glosses) / sum(map(text.count, counts)),
            sum(count > 1 for count in counts.values()),
            5 * (len(kinds) - len(counts)) <= len(counts)
            and 4 * rare <= len(counts)
            and not (written >= _FEW_CHARACTERS and len(glosses) > _THROUGHOUT * written),
        )

    def converted(self, *, about: bool, helped: bool) -> bool:
        """Tell whether toned glosses are a converter's beyond doubt."""
        size = len(self.glosses)
        if about:
            always = self.natural and self.covered >= 0.9 and self.again >= 2 * _ENOUGH
            return size >= 5 * _ENOUGH and (always or (self.changed >= 0.8 and self.covered >= 0.5))
        if helped and size:
            return self.changed >= 0.8 or self.covered >= 0.5
        if size < _ENOUGH or not self.natural:
            return False
        if self.changed >= 0.8:
            return self.covered >= 0.5
        if size >= 4 * _ENOUGH and self.again >= _ENOUGH:  # some of the occurrences, but always alike
            return True
        return self.covered >= 0.7 and (self.again > 0 or size >= 2 * _ENOUGH)

    def hinted(self, text: str, *, about: bool) -> bool:
        """Tell whether a few toned glosses look like a converter's: it changed each of their characters."""
        return (
            len(self.glosses) > 0
            and not about
            and self.natural
            and self.changed >= 1.0
            and self.covered >= 0.99
            and not any(_NAMED.match(text, max(0, gloss.start - 2)) for gloss in self.glosses)
        )

    def converted_toneless(self, *, about: bool) -> bool:
        if about or len(self.glosses) < _ENOUGH or not self.natural:
            return False
        return self.covered >= 0.7 or len(self.glosses) >= 3 * _ENOUGH


_THROUGHOUT = 0.55
_FEW_CHARACTERS = 12
_NAMED = re.compile("[姓名叫讀读念音字]")


def remove_glosses(glosses: Sequence[Gloss], *, certain: bool) -> tuple[Edit, ...]:
    """Return the edits that take glosses out, a doubled one in one edit."""
    edits: list[Edit] = []
    for gloss in glosses:
        if edits and edits[-1].end == gloss.start:
            edits[-1] = Edit(edits[-1].start, gloss.end, "", "gloss", certain)
        else:
            edits.append(Edit(gloss.start, gloss.end, "", "gloss", certain))
    return tuple(edits)
