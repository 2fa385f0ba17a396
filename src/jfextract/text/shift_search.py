"""Search the readings of a stretch that is out of step, and say how much better each is than what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest

from jfextract.text.gloss import GLOSS
from jfextract.text.shift_steps import Path, char_at, context, extend, open_gloss, open_pair, path_score
from jfextract.text.statistics import bigrams

__all__ = ["Reading", "read_site"]

_ZONE = 160  # characters: an unbroken stretch out of step is much shorter
_BEAM = 10
_HOPELESS = 15.0  # a path so far behind what was found already will not win


@dataclass(frozen=True, slots=True)
class Reading:
    """A finished reading: it stands for ``source[start:end]`` and is ``gain`` better than what is there."""

    start: int
    end: int
    gain: float
    chars: tuple[tuple[str, int, bool], ...]

    @property
    def text(self) -> str:
        return "".join(char for char, _, _ in self.chars)


def read_site(source: str, at: int, kind: str, done: int) -> list[Reading]:
    """Return the readings of the zone that begins at a site, with their gain over what stands there."""
    start, opened = open_gloss(source, at) if kind == "gloss" else open_pair(source, at, done)
    waiting: dict[int, list[Path]] = {}
    finished: dict[tuple[int, str], Reading] = {}
    for behind, path in opened:
        waiting.setdefault(behind, []).append(path)
    limit = min(len(source), at + _ZONE)
    line_end = source.find("\n", at, limit)
    limit = line_end if line_end >= 0 else limit
    base = _Base(source, start)
    best = -_HOPELESS
    while waiting:
        here = min(waiting)
        paths = nlargest(_BEAM, waiting.pop(here), key=path_score)
        so_far = base.upto(max(here - _AHEAD, start - _AHEAD))
        for rank, path in enumerate(paths):
            if path.score - so_far < best - _HOPELESS or path.score < paths[0].score - _HOPELESS:
                break
            for behind, longer in extend(source, here, limit, path, rank):
                if longer.pending is None:
                    reading = _finish(source, start, behind, longer, base)
                    best = max(best, reading.gain)
                    key = (behind, reading.text)
                    if key not in finished or finished[key].gain < reading.gain:
                        finished[key] = reading
                elif behind <= limit:
                    waiting.setdefault(behind, []).append(longer)
    return list(finished.values())


class _Base:
    """How well the source reads as it stands, from one offset on; glosses count for nothing."""

    def __init__(self, source: str, start: int) -> None:
        self._source = source
        self._start = start
        self._sums = [0.0]
        self._before, self._ended = context(source, start)
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


def _finish(source: str, start: int, end: int, path: Path, base: _Base) -> Reading:
    gloss = GLOSS.match(source, end)
    behind = gloss.end() if gloss else end
    score, last, ended = path.score, path.last, path.ended
    skipped = behind
    for at in range(behind, behind + _AHEAD):
        if source[at : at + 1] == "(" and (gloss := GLOSS.match(source, at)):
            skipped = gloss.end()
        if at >= skipped:
            after = char_at(source, at)
            chance, ended = bigrams().step(last, ended, after)
            score, last = score + chance, after
    return Reading(start, end, score - base.upto(behind), path.chars)
