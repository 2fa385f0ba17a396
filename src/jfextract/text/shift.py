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
from heapq import nlargest

from jfextract.model import Edit
from jfextract.text.doublebyte import by_lead, by_trail, char_of, is_unassigned, pair_of, plain
from jfextract.text.gloss import GLOSS, is_reading_of
from jfextract.text.statistics import Bigrams, bigrams

__all__ = ["find_sites", "repair_shifts"]

_PAIR_TRAIL = {"!": 0xA1, ",": 0xAC, "?": 0xBF}  # A3 A1, A3 AC, A3 BF: the pairs a converter replaces
_LOST_MARKS = "?\ufffd"
_READING_END = re.compile(r"[a-züɑɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,7}\)")
_ZONE = 160  # characters: an unbroken stretch out of step is much shorter
_BEAM = 24
_LOST_PAIR = -5.0
_FOLDED = -3.0
_CONFIRMED = 6.0  # a gloss that reads the character it stands behind: one chance in some hundreds


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of the zone so far: ``pending`` is the lead byte that waits for its trail, None in step."""

    score: float
    pending: int | None
    last: str
    chars: tuple[tuple[str, int, bool], ...]  # character, source offset behind it, was a byte of it lost

    def add(self, score: float, char: str, behind: int, lost: bool, pending: int | None) -> _Path:
        return _Path(self.score + score, pending, plain(char), (*self.chars, (char, behind, lost)))


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


def find_sites(source: str) -> Iterator[tuple[int, str]]:
    """Yield the places where a shift may begin: offset, and ``pair`` or ``gloss``.

    A pair site is the ASCII character that replaced a pair, with Chinese behind it that is hardly
    Chinese; a gloss site is a reading that does not read the character before it.

    >>> list(find_sites("關系更密切了!闭劶盎鶎訙p負,果洛")), list(find_sites("他說：“好!真好!”大家都笑了"))
    ([(6, 'pair')], [])
    """
    for match in _SITE.finditer(source):
        at = match.start()
        if match[1] is None:
            if _reads_badly(source, at + 1):
                yield at, "pair"
        elif at and pair_of(source[at - 1]) is not None and not is_reading_of(match[1], source[at - 1]):
            yield at, "gloss"


_SITE = re.compile(
    r"[!?](?=[^\x00-\x7f])|(?<=[?\ufffd]),|,(?=[@-~]|.?[^\x00-\x7f])"
    r"|[?\ufffd]?(?:\(|(?<=[?\ufffd]))((?=[a-zü]{0,6}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,7})\)"
)
_BAD = -9.0


def _reads_badly(source: str, at: int) -> bool:
    """Tell whether the characters from ``at`` on are unlikely neighbours; cheap, and wrong on the safe side."""
    window = GLOSS.sub("", source[at : at + 14].split("\n")[0])[:5]
    text = "".join(map(plain, window))
    if len(text) < 2:
        return False
    return bigrams().score("\n" + text) / len(text) < _BAD


def repair_shifts(source: str, *, mirrored: bool) -> tuple[Edit, ...]:
    """Return the edits that put text back into step.

    ``mirrored`` says that the page shows a converter's glosses: then less evidence is asked for. A
    stretch whose lost bytes leave several good readings is a guess (``certain`` False), and only that
    part of it.
    """
    edits: list[Edit] = []
    done = 0
    for at, kind in find_sites(source):
        if at < done:
            continue
        found = _read_site(source, at, kind, done)
        best = max(found, key=_gain, default=None)
        if best is None or best.gain < (_NEEDED_MIRRORED if mirrored else _NEEDED):
            continue
        edits += _cut_edits(best, found)
        done = best.end
    return tuple(edits)


_NEEDED = 16.0
_NEEDED_MIRRORED = 10.0
_MARGIN = 5.0


def _gain(reading: _Reading) -> float:
    return reading.gain


def _read_site(source: str, at: int, kind: str, done: int) -> list[_Reading]:
    """Return the readings of the zone that begins at a site, with their gain over what stands there."""
    lm = bigrams()
    start, opened = _open_gloss(source, at, lm) if kind == "gloss" else _open_pair(source, at, done, lm)
    waiting: dict[int, list[_Path]] = {}
    finished: dict[tuple[int, str], _Reading] = {}
    for behind, path in opened:
        waiting.setdefault(behind, []).append(path)
    limit = min(len(source), at + _ZONE)
    line_end = source.find("\n", at, limit)
    limit = line_end if line_end >= 0 else limit
    base = _Base(source, start, lm)
    while waiting:
        here = min(waiting)
        paths = nlargest(_BEAM, waiting.pop(here), key=_path_score)
        for rank, path in enumerate(paths):
            for behind, longer in _extend(source, here, limit, path, rank, lm):
                if longer.pending is None:
                    reading = _finish(source, start, behind, longer, base, lm)
                    key = (behind, reading.text)
                    if key not in finished or finished[key].gain < reading.gain:
                        finished[key] = reading
                elif behind <= limit:
                    waiting.setdefault(behind, []).append(longer)
    return list(finished.values())


def _path_score(path: _Path) -> float:
    return path.score


class _Base:
    """How well the source reads as it stands, from one offset on."""

    def __init__(self, source: str, start: int, lm: Bigrams) -> None:
        self._source = source
        self._start = start
        self._lm = lm
        self._sums = [0.0]
        self._before = _char(source, start - 1)
        self._gloss_end = start

    def upto(self, end: int) -> float:
        """Return the score of ``source[start:end]`` and of the step to the character behind it."""
        while len(self._sums) <= end - self._start + 1:
            at = self._start + len(self._sums) - 1
            gloss = GLOSS.match(self._source, at) if self._source[at : at + 1] == "(" else None
            if gloss is not None:
                self._gloss_end = gloss.end()
            step = 0.0
            if at >= self._gloss_end:  # glosses are no Chinese, whatever becomes of the rest
                after = _char(self._source, at)
                step = self._lm.logprob(self._before, after)
                self._before = after
            self._sums.append(self._sums[-1] + step)
        return self._sums[end - self._start + 1]


def _char(source: str, at: int) -> str:
    return plain(source[at]) if 0 <= at < len(source) else "\n"


def _finish(source: str, start: int, end: int, path: _Path, base: _Base, lm: Bigrams) -> _Reading:
    gloss = GLOSS.match(source, end)
    score = path.score + lm.logprob(path.last, _char(source, gloss.end() if gloss else end))
    return _Reading(start, end, score - base.upto(gloss.end() if gloss else end), path.chars)


def _open_pair(source: str, at: int, done: int, lm: Bigrams) -> tuple[int, list[tuple[int, _Path]]]:
    """Try every character whose second half a replaced pair took: 。 before ”, 海 before ” …"""
    mark = at > done and source[at - 1] in _LOST_MARKS
    start = at - 1 if mark else at
    before = _char(source, start - 1)
    trails = [_PAIR_TRAIL[source[at]]]
    if source[at] == "?" and not mark:  # the mark of the lost byte may have swallowed the ! or , as well
        trails = list(_PAIR_TRAIL.values())
    paths: list[tuple[int, _Path]] = []
    firsts = nlargest(_WIDTH, ((lm.logprob(before, plain(char)), char) for _, char in by_trail(0xA3)))
    for score, char in firsts:
        for trail in trails:
            paths.append((at + 1, _Path(0.0, trail, before, ()).add(score, char, at, True, trail)))
    return start, paths


def _open_gloss(source: str, at: int, lm: Bigrams) -> tuple[int, list[tuple[int, _Path]]]:
    """Try every character that has the reading and begins with the last byte of the character before."""
    match = _SITE.match(source, at)
    pair = pair_of(source[at - 1])
    if match is None or pair is None:
        return at, []
    before = _char(source, at - 1)
    opened = [
        (match.end(), _Path(0.0, trail, before, ()))
        for trail, char in by_lead(pair[1])
        if trail > 0x80 and is_reading_of(match[1], char)
    ]
    return at, opened


_WIDTH = 24


def _extend(
    source: str, here: int, limit: int, path: _Path, rank: int, lm: Bigrams
) -> Iterator[tuple[int, _Path]]:
    """Yield each way to read on: the offset behind what was used, and the longer path."""
    lead = path.pending
    if lead is None:
        return
    char = source[here] if here < limit else "\n"
    pair = pair_of(char)
    if pair is not None:
        yield from _pair_up(path, lead, pair, here, lm)
        yield from _lose_trail(path, lead, lambda trail, _: is_unassigned(trail, pair[0]), here, lm)
        if rank < 4:
            yield from _lose_pair(path, lead, pair, here + 1, lm)
        return
    if char in _LOST_MARKS:
        yield from _read_mark(source, here, limit, path, lead, lm)
    if "@" <= char <= "~":
        whole = char_of(lead, ord(char))
        if whole is not None:
            yield here + 1, path.add(lm.logprob(path.last, plain(whole)), whole, here + 1, False, None)
    if "!" <= char <= "~":
        whole = char_of(lead, 0xA3)
        if whole is not None:
            score = _FOLDED + lm.logprob(path.last, plain(whole))
            yield here + 1, path.add(score, whole, here, False, ord(char) + 0x80)
    gloss = GLOSS.match(source, here) if char == "(" else None
    if gloss is not None and here and is_reading_of(gloss[1], source[here - 1]):
        yield gloss.end(), path  # a gloss that was put in while the text was out of step
    if char < "@":
        if gloss is not None:
            wanted = gloss[1]
            for behind, longer in _lose_trail(path, lead, lambda _, one: is_reading_of(wanted, one), here, lm):
                yield behind, replace(longer, score=longer.score + _CONFIRMED)
        yield from _lose_trail(path, lead, lambda _trail, _char: True, here, lm)


def _pair_up(path: _Path, lead: int, pair: tuple[int, int], here: int, lm: Bigrams) -> Iterator[tuple[int, _Path]]:
    char = char_of(lead, pair[0])
    if char is None:
        return
    longer = path.add(lm.logprob(path.last, plain(char)), char, here if pair[1] > 0x80 else here + 1, False, pair[1])
    if pair[1] > 0x80:
        yield here + 1, longer
    elif pair[1] < 0x80:  # the second byte is a letter of the true text: back in step
        letter = chr(pair[1])
        yield here + 1, longer.add(lm.logprob(longer.last, letter), letter, here + 1, False, None)


def _lose_trail(
    path: _Path, lead: int, fits: Callable[[int, str], bool], behind: int, lm: Bigrams
) -> Iterator[tuple[int, _Path]]:
    """Complete the pending character with every byte that may have been lost; then the text is in step."""
    chars = ((trail, char) for trail, char in by_lead(lead) if trail >= 0x80 and fits(trail, char))
    for score, char in nlargest(_WIDTH // 2, ((lm.logprob(path.last, plain(char)), char) for _, char in chars)):
        yield behind, path.add(score, char, behind, True, None)


def _lose_pair(
    path: _Path, lead: int, pair: tuple[int, int], behind: int, lm: Bigrams
) -> Iterator[tuple[int, _Path]]:
    """Complete two characters between which an unassigned pair of bytes was dropped."""
    if pair[1] <= 0x80:
        return
    firsts = nlargest(
        6, ((lm.logprob(path.last, plain(char)), trail, char) for trail, char in by_lead(lead) if trail in _DROPPED)
    )
    for score, trail, first in firsts:
        seconds = (
            (lm.logprob(plain(first), plain(char)), char)
            for second, char in by_trail(pair[0])
            if is_unassigned(trail, second)
        )
        for more, char in nlargest(4, seconds):
            longer = path.add(_LOST_PAIR + score, first, behind - 1, True, None)
            yield behind, longer.add(more, char, behind - 1, True, pair[1])


_DROPPED = frozenset((0xA2, *range(0xA4, 0xB0), *range(0xF8, 0xFF)))


def _read_mark(
    source: str, here: int, limit: int, path: _Path, lead: int, lm: Bigrams
) -> Iterator[tuple[int, _Path]]:
    """A ``?`` or U+FFFD stands for a lost byte, for a lost pair, or has swallowed the bracket of a gloss."""
    gloss = _READING_END.match(source, here + 1)
    if gloss is not None:
        reading = gloss[0][:-1]
        for behind, longer in _lose_trail(path, lead, lambda _, one: is_reading_of(reading, one), gloss.end(), lm):
            yield behind, replace(longer, score=longer.score + _CONFIRMED)
    yield from _lose_trail(path, lead, lambda _trail, _char: True, here + 1, lm)
    behind = here + 1
    if behind < limit and source[behind] in _LOST_MARKS:
        behind += 1
    pair = pair_of(source[behind]) if behind < limit else None
    if pair is not None:
        yield from _lose_pair(path, lead, pair, behind + 1, lm)


def _cut_edits(best: _Reading, found: list[_Reading]) -> Iterator[Edit]:
    """Yield the best reading as edits: characters that all good readings share are certain."""
    rivals = [one for one in found if one.gain > best.gain - _MARGIN]
    same_shape = [one for one in rivals if one.end == best.end and len(one.chars) == len(best.chars)]
    safe = [
        len(same_shape) == len(rivals) and all(one.chars[i][0] == char for one in same_shape)
        for i, (char, _, _) in enumerate(best.chars)
    ]
    start, text = best.start, ""
    for i, (char, behind, _) in enumerate(best.chars):
        text += char
        last = i + 1 == len(best.chars)
        end = best.end if last else behind
        if last or safe[i + 1] != safe[i]:
            yield Edit(start, end, text, "shift", safe[i])
            start, text = end, ""
