"""Text that was read one byte out of step: 了!闭劶盎鶎訙p負 is 了。”談及基層減負.

A converter that replaces bytes in GBK without regard to character boundaries also replaces pairs that lie
across two characters: A3 A1 (the full-width !) in 。” is ``A1 A3 | A1 B1``. Half of each neighbour is
lost, and everything behind is read from the wrong byte until an ASCII byte, or a lost one, brings the
reader back into step. The same happens where it glosses a pair across a boundary (新?lián)斝伦鳛? is
新擔當新作為). What was read is bytes still: this module pairs them again, tries what may have stood for the
lost ones, and keeps the reading that is clearly better Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from heapq import nlargest
from itertools import islice

from jfextract.model import Edit
from jfextract.text.doublebyte import by_lead, by_trail, char_of, common, is_unassigned, pair_of, plain
from jfextract.text.gloss import GLOSS, is_reading_of
from jfextract.text.statistics import bigrams

__all__ = ["find_sites", "repair_shifts"]

_PAIR_TRAIL = {"!": 0xA1, ",": 0xAC, "?": 0xBF}  # A3 A1, A3 AC, A3 BF: the pairs a converter replaces
_LOST_MARKS = "?\ufffd"
_READING_END = re.compile(r"[a-züɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,7}\)")
_ZONE = 160  # characters: an unbroken stretch out of step is much shorter
_BEAM = 10
_HOPELESS = 15.0  # a path so far behind what was found already will not win
_LOST_PAIR = -2.0
_LONGER = 1.5  # a character more is a chance more to be unlikely: the longer reading is the fuller one
_FOLDED = -3.0
_CONFIRMED = 6.0  # a gloss that reads the character it stands behind: one chance in some hundreds


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of the zone so far: ``pending`` is the lead byte that waits for its trail, None in step."""

    score: float
    pending: int | None
    last: str
    ended: float  # chance that a word ends with ``last``
    chars: tuple[tuple[str, int, bool], ...]  # character, source offset behind it, was a byte of it lost

    def add(
        self, char: str, behind: int, pending: int | None, more: float = 0.0, *, lost: bool = False
    ) -> _Path:
        after = plain(char)
        chance, ended = bigrams().step(self.last, self.ended, after)
        score = self.score + chance + more + _LONGER
        return _Path(score, pending, after, ended, (*self.chars, (char, behind, lost)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A finished reading: it stands for ``source[start:end]`` and is ``gain`` better than what is there."""

    start: int
    end: int
    gain: float
    chars: tuple[tuple[str, int, bool], ...]

    @property
    def text(self) -> str:
        return "".join(char for char, _, _ in self.chars)


def find_sites(source: str, *, mirrored: bool = False) -> Iterator[tuple[int, str]]:
    """Yield the places where a shift may begin: offset, and ``pair`` or ``gloss``.

    A pair site is the ASCII character that replaced a pair, with Chinese behind it that is hardly
    Chinese; a gloss site is a reading that does not read the character before it.

    >>> list(find_sites("關系更密切了!闭劶盎鶎訙p負,果洛")), list(find_sites("他說：“好!真好!”大家都笑了"))
    ([(6, 'pair')], [])
    """
    for match in _sites().finditer(source):
        at = match.start()
        if match[1] is None:
            after = source[at + 1 : at + 2]
            if _reads_badly(source, at + 1) or ("@" <= after <= "~" and _TORN_LETTER.match(source, at + 1)):
                yield at, "pair"
        elif at and (mirrored or not match[1].isascii()) and _misreads(match[1], source[at - 1]):
            yield at, "gloss"


def _misreads(reading: str, char: str) -> bool:
    """Tell whether a gloss reads another character than the one it follows."""
    pair = pair_of(char)
    if pair is None or pair[1] <= 0x80 or is_reading_of(reading, char):
        return False
    return any(is_reading_of(reading, one, exact=True) for _, one in by_lead(pair[1]))


@lru_cache(maxsize=1)
def _sites() -> re.Pattern[str]:
    """Match what may open a shift; group 1 is the reading of a gloss.

    A comma does only before a character that everyday text hardly has. The set of first characters
    stands in front of the alternatives, so that the search skips to them.
    """
    quiet = f"\\x00-\\x7f{''.join(sorted(common()))}"
    return re.compile(
        r"[!?,(\ufffd](?:"
        r"(?:(?<=[?\ufffd])\(?|(?<=\())([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,7})\)"
        r"|(?<=[!?])(?=[^\x00-\x7f])|(?<=[?\ufffd],)"
        rf"|(?<=,)(?=[^{quiet}]|[@-~][^\x00-\x7f]|[@-~]\(|[^\x00-\x7f][^{quiet}]))"
    )


_BAD = -9.0


def _reads_badly(source: str, at: int) -> bool:
    """Tell whether the characters from ``at`` on are unlikely neighbours; cheap, and wrong on the safe side."""
    window = _BEFORE_ASCII.match(source, at)
    text = "\n" + "".join(map(plain, window[0] if window else ""))
    return len(text) > 1 and bigrams().score(text) < _BAD * (len(text) - 1)


_BEFORE_ASCII = re.compile(r"[@-~]?[^\x00-\x7f]{1,4}")
_TORN_LETTER = re.compile(r"[@-~]\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\)")  # 現(xiàn) torn to F(xiàn)


def repair_shifts(source: str, *, mirrored: bool) -> tuple[Edit, ...]:
    """Return the edits that put text back into step.

    ``mirrored`` says that the page shows a converter's glosses: then less evidence is asked for. A
    stretch whose lost bytes leave several good readings is a guess (``certain`` False), and only that
    part of it.
    """
    edits: list[Edit] = []
    searched = found_last = 0
    done = -1
    for at, kind in find_sites(source, mirrored=mirrored):
        if at < done or (kind == "gloss" and at == done):  # what it reads has just been put right
            continue
        if searched >= _SEARCHES or searched - found_last >= _MISSES:
            break
        searched += 1
        found = _read_site(source, at, kind, max(done, 0))
        best = max(found, key=_gain, default=None)
        if best is None or best.gain < _NEEDED[kind, mirrored]:
            continue
        edits += _cut_edits(source, best, found)
        done, found_last = best.end, searched
    return tuple(edits)


_SEARCHES = 1000  # a search takes some 20 ms: a bound for pages that are no text at all
_MISSES = 30


_NEEDED = {("pair", False): 16.0, ("pair", True): 8.0, ("gloss", False): 6.0, ("gloss", True): -8.0}
_MARGIN = 5.0


def _gain(reading: _Reading) -> float:
    return reading.gain


def _read_site(source: str, at: int, kind: str, done: int) -> list[_Reading]:
    """Return the readings of the zone that begins at a site, with their gain over what stands there."""
    start, opened = _open_gloss(source, at) if kind == "gloss" else _open_pair(source, at, done)
    waiting: dict[int, list[_Path]] = {}
    finished: dict[tuple[int, str], _Reading] = {}
    for behind, path in opened:
        waiting.setdefault(behind, []).append(path)
    limit = min(len(source), at + _ZONE)
    line_end = source.find("\n", at, limit)
    limit = line_end if line_end >= 0 else limit
    base = _Base(source, start)
    best = -_HOPELESS
    while waiting:
        here = min(waiting)
        paths = nlargest(_BEAM, waiting.pop(here), key=_path_score)
        so_far = base.upto(max(here - _AHEAD, start - _AHEAD))
        for rank, path in enumerate(paths):
            if path.score - so_far < best - _HOPELESS or path.score < paths[0].score - _HOPELESS:
                break
            for behind, longer in _extend(source, here, limit, path, rank):
                if longer.pending is None:
                    reading = _finish(source, start, behind, longer, base)
                    best = max(best, reading.gain)
                    key = (behind, reading.text)
                    if key not in finished or finished[key].gain < reading.gain:
                        finished[key] = reading
                elif behind <= limit:
                    waiting.setdefault(behind, []).append(longer)
    return list(finished.values())


def _path_score(path: _Path) -> float:
    return path.score


def _char(source: str, at: int) -> str:
    return plain(source[at]) if 0 <= at < len(source) else "\n"


def _context(source: str, start: int) -> tuple[str, float]:
    """Return the character before an offset and the chance that a word ends with it."""
    lm = bigrams()
    first = max(0, start - 4)
    last, ended = _char(source, first - 1), 1.0
    for at in range(first, start):
        after = _char(source, at)
        _, ended = lm.step(last, ended, after)
        last = after
    return last, ended


class _Base:
    """How well the source reads as it stands, from one offset on; glosses count for nothing."""

    def __init__(self, source: str, start: int) -> None:
        self._source = source
        self._start = start
        self._sums = [0.0]
        self._before, self._ended = _context(source, start)
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
                after = _char(self._source, at)
                chance, self._ended = bigrams().step(self._before, self._ended, after)
                self._before = after
            self._sums.append(self._sums[-1] + chance)
        return self._sums[end + _AHEAD - self._start]


_AHEAD = 2


def _finish(source: str, start: int, end: int, path: _Path, base: _Base) -> _Reading:
    gloss = GLOSS.match(source, end)
    behind = gloss.end() if gloss else end
    score, last, ended = path.score, path.last, path.ended
    skipped = behind
    for at in range(behind, behind + _AHEAD):
        if source[at : at + 1] == "(" and (gloss := GLOSS.match(source, at)):
            skipped = gloss.end()
        if at >= skipped:
            after = _char(source, at)
            chance, ended = bigrams().step(last, ended, after)
            score, last = score + chance, after
    return _Reading(start, end, score - base.upto(behind), path.chars)


def _open_pair(source: str, at: int, done: int) -> tuple[int, list[tuple[int, _Path]]]:
    """Try every character whose second half a replaced pair took: 。 before ”, 海 before ” …"""
    mark = at > done and source[at - 1] in _LOST_MARKS
    start = at - 1 if mark else at
    empty = _Path(0.0, None, *_context(source, start), ())
    trails = [_PAIR_TRAIL[source[at]]]
    if source[at] == "?" and not mark:  # the mark of the lost byte may have swallowed the ! or , as well
        trails = list(_PAIR_TRAIL.values())
    firsts = nlargest(
        _WIDTH, (empty.add(char, at, 0, lost=True) for _, char in by_trail(0xA3)), key=_path_score
    )
    return start, [(at + 1, replace(path, pending=trail)) for path in firsts for trail in trails]


def _open_gloss(source: str, at: int) -> tuple[int, list[tuple[int, _Path]]]:
    """Try every character that has the reading and begins with the last byte of the character before."""
    match = _sites().match(source, at)
    pair = pair_of(source[at - 1])
    if match is None or pair is None:
        return at, []
    before = _context(source, at)
    opened = [
        (match.end(), _Path(0.0, trail, *before, ()))
        for trail, char in by_lead(pair[1])
        if trail > 0x80 and is_reading_of(match[1], char, exact=True)
    ]
    return at, opened


_WIDTH = 24


def _extend(source: str, here: int, limit: int, path: _Path, rank: int) -> Iterator[tuple[int, _Path]]:
    """Yield each way to read on: the offset behind what was used, and the longer path."""
    lead = path.pending
    if lead is None:
        return
    char = source[here] if here < limit else "\n"
    pair = pair_of(char)
    if pair is not None:
        yield from _pair_up(path, lead, pair, here)
        if rank < 2 * _FEW:
            yield from _lose_trail(path, lead, lambda trail, _: is_unassigned(trail, pair[0]), here)
        if rank < _FEW:
            yield from _lose_pair(path, lead, pair, here + 1)
        return
    if char in _LOST_MARKS:
        yield from _read_mark(source, here, limit, path, lead)
    if "@" <= char <= "~" and (whole := char_of(lead, ord(char))):
        yield here + 1, path.add(whole, here + 1, None)
    if (char in _PAIR_TRAIL or char.isalpha()) and (whole := char_of(lead, 0xA3)):
        more = _FOLDED if char in _PAIR_TRAIL else 3 * _FOLDED
        yield here + 1, path.add(whole, here, ord(char) + 0x80, more)
    gloss = GLOSS.match(source, here) if char == "(" else None
    if gloss is not None and here and is_reading_of(gloss[1], source[here - 1]):
        yield gloss.end(), path  # a gloss that was put in while the text was out of step
    if char < "@":
        if gloss is not None:
            yield from _lose_trail(path, lead, _reads(gloss[1]), here, _CONFIRMED)
        yield from _lose_trail(path, lead, _anything, here)


_FEW = 4


def _anything(_trail: int, _char: str) -> bool:
    return True


def _reads(reading: str) -> Callable[[int, str], bool]:
    return lambda _, char: is_reading_of(reading, char, exact=True)


def _pair_up(path: _Path, lead: int, pair: tuple[int, int], here: int) -> Iterator[tuple[int, _Path]]:
    char = char_of(lead, pair[0])
    if char is None:
        return
    if pair[1] > 0x80:
        yield here + 1, path.add(char, here, pair[1])
    elif pair[1] < 0x80:  # the second byte is a letter of the true text: back in step
        yield here + 1, path.add(char, here + 1, pair[1]).add(chr(pair[1]), here + 1, None)


@lru_cache(maxsize=4096)
def _ranked(last: str, ended: float, chars: tuple[tuple[int, str], ...]) -> list[tuple[int, str]]:
    """Return bytes and characters, the most likely to come next first; nearly all paths of a place ask the same."""
    step = bigrams().step
    return sorted(chars, key=lambda one: -step(last, ended, plain(one[1]))[0])


def _best_next(
    path: _Path, chars: tuple[tuple[int, str], ...], fits: Callable[[int, str], bool], most: int
) -> Iterator[tuple[int, str]]:
    ranked = _ranked(path.last, round(path.ended, 1), chars)
    return islice((one for one in ranked if fits(*one)), most)


def _lose_trail(
    path: _Path, lead: int, fits: Callable[[int, str], bool], behind: int, more: float = 0.0
) -> Iterator[tuple[int, _Path]]:
    """Complete the pending character with every byte that may have been lost; then the text is in step."""
    for _, char in _best_next(
        path, _likely(lead), lambda trail, one: trail >= 0x80 and fits(trail, one), _WIDTH // 3
    ):
        yield behind, path.add(char, behind, None, more, lost=True)


@lru_cache(maxsize=256)
def _likely(lead: int) -> tuple[tuple[int, str], ...]:
    """Return the characters of a lead byte that are not rare; a lost byte is not worth a rare one."""
    starts = bigrams().starts
    return tuple(
        (trail, char)
        for trail, char in by_lead(lead)
        if starts.get(plain(char), 0.0) > _RARE or char in _PUNCTUATION
    )


@lru_cache(maxsize=256)
def _likely_before(trail: int) -> tuple[tuple[int, str], ...]:
    starts = bigrams().starts
    return tuple(
        (lead, char)
        for lead, char in by_trail(trail)
        if starts.get(plain(char), 0.0) > _RARE or char in _PUNCTUATION
    )


_RARE = 3e-7
_PUNCTUATION = "，。、：；！？“”‘’（）《》—…·"


def _lose_pair(path: _Path, lead: int, pair: tuple[int, int], behind: int) -> Iterator[tuple[int, _Path]]:
    """Complete two characters between which an unassigned pair of bytes was dropped."""
    if pair[1] <= 0x80:
        return
    for trail, char in _best_next(path, _likely(lead), lambda trail, _: trail in _DROPPED, _FEW):
        first = path.add(char, behind - 1, trail, _LOST_PAIR, lost=True)
        fits = _lost_before(trail)
        for _, one in _best_next(first, _likely_before(pair[0]), fits, _FEW):
            yield behind, first.add(one, behind - 1, pair[1], lost=True)


def _lost_before(lead: int) -> Callable[[int, str], bool]:
    return lambda trail, _: is_unassigned(lead, trail)


_DROPPED = frozenset((0xA2, *range(0xA4, 0xB0), *range(0xF8, 0xFF)))


def _read_mark(source: str, here: int, limit: int, path: _Path, lead: int) -> Iterator[tuple[int, _Path]]:
    """A ``?`` or U+FFFD stands for a lost byte, a lost pair, or a lost byte and the ASCII that it swallowed."""
    gloss = _READING_END.match(source, here + 1)
    if gloss is not None:
        yield from _lose_trail(path, lead, _reads(gloss[0][:-1]), gloss.end(), _CONFIRMED)
    behind = here + 1
    pair = pair_of(source[behind]) if behind < limit else None
    fits = _anything if pair is None else lambda trail, _: is_unassigned(trail, pair[0])
    yield from _lose_trail(path, lead, fits, behind)
    if source[here] == "?":
        for _, longer in _lose_trail(path, lead, _anything, behind):
            yield behind, longer.add(",", behind, None)
    if behind < limit and source[behind] in _LOST_MARKS:
        behind += 1
        pair = pair_of(source[behind]) if behind < limit else None
    if pair is not None:
        yield from _lose_pair(path, lead, pair, behind + 1)


def _cut_edits(source: str, best: _Reading, found: list[_Reading]) -> Iterator[Edit]:
    """Yield the best reading as edits; a character is certain when every reading that is nearly as good has it."""
    safe = _safe(source, best, found)
    start, text = best.start, ""
    for i, (char, behind, _) in enumerate(best.chars):
        text += char
        last = i + 1 == len(best.chars)
        if last or safe[i + 1] != safe[i]:
            end = best.end if last else behind
            yield Edit(start, end, text, "shift", safe[i])
            start, text = end, ""


def _safe(source: str, best: _Reading, found: list[_Reading]) -> list[bool]:
    """Tell of each character whether it is certain; what stands for a lost byte never is."""
    rivals = [one for one in found if one.gain > best.gain - _MARGIN]
    other_shape = any(one.end != best.end or len(one.chars) != len(best.chars) for one in rivals)
    lost_bytes = sum(lost for _, _, lost in best.chars)
    swallowing = any(mark in source[best.start + 2 : best.end] for mark in _LOST_MARKS)
    if other_shape or swallowing or (lost_bytes > 2 and 4 * lost_bytes > len(best.chars)):
        return [False] * len(best.chars)
    return [
        not lost and all(one.chars[i][0] == char for one in rivals)
        for i, (char, _, lost) in enumerate(best.chars)
    ]
