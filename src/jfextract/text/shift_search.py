"""Search the readings of a stretch that is out of step, and say how much better each is than what stands there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from heapq import nlargest

from jfextract.text.doublebyte import char_of, pair_of, plain
from jfextract.text.gloss import GLOSS, is_reading_of
from jfextract.text.shift_losses import Path, char_at, context, path_score
from jfextract.text.shift_page import Page
from jfextract.text.shift_steps import extend, open_gloss, open_pair, start_of_pair
from jfextract.text.statistics import bigrams
from jfextract.text.words import word_score

__all__ = ["Left", "Reading", "read_site"]

_ZONE = 160  # characters: an unbroken stretch out of step is much shorter
_BEAM = 12
_LOST = -10.0  # what a path will pay that finds no character and must take a byte for lost
_SEEN = 40  # paths of which the best are chosen with a look ahead
_HOPELESS = 15.0  # a path so far behind what was found already will not win


@dataclass(frozen=True, slots=True)
class Reading:
    """A finished reading: it stands for ``source[start:end]`` and is ``gain`` better than what is there."""

    start: int
    end: int
    gain: float
    chars: tuple[tuple[str, int, bool], ...]
    evidence: float

    @property
    def text(self) -> str:
        return "".join(char for char, _, _ in self.chars)


@dataclass(frozen=True, slots=True)
class Left:
    """What stands left of a site: the source from ``done`` on, and before it what was put right already."""

    done: int
    fixed: str

    def upto(self, source: str, start: int) -> str:
        """Return the last characters before an offset, without glosses."""
        near = self.fixed + source[max(self.done, start - _NEAR) : start]
        return GLOSS.sub("", near)[-_NEAR:]


_NEAR = 24


def read_site(source: str, at: int, kind: str, left: Left, page: Page) -> list[Reading]:
    """Return the readings of the zone that begins at a site, with their gain over what stands there."""
    start = start_of_pair(source, at, left.done) if kind == "pair" else at
    before = left.upto(source, start)
    empty = Path(0.0, page, None, *context(before), ())
    opened = open_pair(source, at, start, empty) if kind == "pair" else open_gloss(source, at, empty)
    waiting: dict[int, list[Path]] = {}
    finished: dict[tuple[int, str], Reading] = {}
    for behind, path in opened:
        waiting.setdefault(behind, []).append(path)
    limit = min(len(source), at + _ZONE)
    line_end = source.find("\n", at, limit)
    limit = line_end if line_end >= 0 else limit
    base = _Base(source, start, before)
    bare = next((i for i in range(start, limit) if source[i] not in _BARE_MARKS), limit)
    best = found_here = -_HOPELESS
    while waiting:
        here = min(waiting)
        paths = _most_promising(source, here, waiting.pop(here))
        so_far = base.upto(max(here - _AHEAD, start - _AHEAD))
        best = found_here  # what ended further on has been paid for text that the paths of here have not
        for rank, path in enumerate(paths):
            if path.score - so_far < best - _HOPELESS or path.score < paths[0].score - _HOPELESS:
                break
            for behind, longer in extend(source, here, limit, path, rank):
                if longer.pending is None:
                    reading = _finish(source, start, behind, longer, base, _BARE if behind <= bare else 0.0)
                    found_here = max(found_here, reading.gain)
                    key = (behind, reading.text)
                    if key not in finished or finished[key].gain < reading.gain:
                        finished[key] = reading
                elif behind <= limit:
                    waiting.setdefault(behind, []).append(longer)
    return _judge_words(source, before, start, list(finished.values()))


def _most_promising(source: str, here: int, paths: list[Path]) -> list[Path]:
    """Return the best paths, seen with the character that the pending byte of each makes with what stands next."""
    if len(paths) <= _BEAM:
        return sorted(paths, key=path_score, reverse=True)
    pair = pair_of(source[here]) if here < len(source) else None

    def promise(path: Path) -> float:
        if pair is None or path.pending is None:
            return path.score
        after = char_of(path.pending, pair[0])
        return path.score + _LOST if after is None else path.add(after, here, None).score

    return nlargest(_BEAM, nlargest(_SEEN, paths, key=path_score), key=promise)


def _judge_words(source: str, before: str, start: int, found: list[Reading]) -> list[Reading]:
    """Keep the best readings, each with a gain that counts how likely its words are as well."""
    ranked = sorted(found, key=lambda reading: -reading.gain)
    seen: Counter[int] = Counter()
    best: list[Reading] = []
    for reading in ranked:
        seen[reading.end] += 1
        if len(best) < _JUDGED or seen[reading.end] <= _JUDGED_APART:
            best.append(reading)
    if not best:
        return best
    behind = max(reading.end for reading in best)
    left = "".join(map(plain, before[-_MARGINS:]))
    stands = word_score(left + _plain_behind(source, start, behind))
    return [
        replace(reading, gain=_SHARE * (reading.evidence + words - stands) + (1.0 - _SHARE) * reading.gain)
        for reading in best
        for words in (
            word_score(left + "".join(map(plain, reading.text)) + _plain_behind(source, reading.end, behind)),
        )
    ]


_JUDGED = 32
_JUDGED_APART = 2  # of those that end at the same place
_SHARE = 0.8
_MARGINS = 4  # characters on either side that may be of the same word


def _plain_behind(source: str, start: int, end: int) -> str:
    """Return the text from one offset to another and some characters more, without its glosses."""
    behind = GLOSS.sub("", source[start : end + 6 * _MARGINS])
    more = len(GLOSS.sub("", source[end : end + 6 * _MARGINS]))
    return "".join(map(plain, behind[: max(0, len(behind) - more) + _MARGINS]))


class _Base:
    """How well the source reads as it stands, from one offset on; glosses count for nothing."""

    def __init__(self, source: str, start: int, before: str) -> None:
        self._source = source
        self._start = start
        self._sums = [0.0]
        self._before, self._ended = context(before)
        self._gloss_end = start

    def upto(self, end: int) -> float:
        """Return the score of ``source[start:end]`` and of the two characters behind it."""
        while len(self._sums) <= end + _AHEAD - self._start:
            at = self._start + len(self._sums) - 1
            gloss = GLOSS.match(self._source, at) if self._source[at : at + 1] == "(" else None
            if gloss is not None:
                self._gloss_end = gloss.end()
            chance = 0.0
            if at >= self._gloss_end:  # glosses are no Chinese, whatever becomes of the rest
                after = char_at(self._source, at)
                chance, self._ended = bigrams().step(self._before, self._ended, after)
                self._before = after
            self._sums.append(self._sums[-1] + chance)
        return self._sums[end + _AHEAD - self._start]


_AHEAD = 2
_BARE_MARKS = "!?,"
_BARE = -4.0  # nothing of what a reading has is left but the mark: 社?跨省 for 社保卡跨省
_UNREAD = -6.0  # a gloss of another character than the one that a reading ends with


def _finish(source: str, start: int, end: int, path: Path, base: _Base, more: float) -> Reading:
    gloss = GLOSS.match(source, end)
    behind = gloss.end() if gloss else end
    unread = _UNREAD if gloss and not is_reading_of(gloss[1], path.chars[-1][0]) else 0.0
    score, last, ended = path.score + unread + more, path.last, path.ended
    skipped = behind
    for at in range(behind, behind + _AHEAD):
        if source[at : at + 1] == "(" and (gloss := GLOSS.match(source, at)):
            skipped = gloss.end()
        if at >= skipped:
            after = char_at(source, at)
            chance, ended = bigrams().step(last, ended, after)
            score, last = score + chance, after
    return Reading(start, end, score - base.upto(behind), path.chars, path.evidence + unread + more)
