"""Text that was read one byte out of step: 了!闭劶盎鶎訙p負 is 了。”談及基層減負.

A converter that replaces bytes in GBK without regard to character boundaries also replaces pairs that lie
across two characters: A3 A1 (the full-width !) in 。” is ``A1 A3 | A1 B1``. Half of each neighbour is
lost, and everything behind is read from the wrong byte until an ASCII byte, or a lost one, brings the
reader back into step. The same happens where it glosses a pair across a boundary (新?lián)斝伦鳛? is
新擔當新作為). What was read is bytes still: this module pairs them again, tries what may have stood for the
lost ones, and keeps the reading that is clearly better Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator

from jfextract.model import Edit
from jfextract.text.doublebyte import common, pair_of, plain
from jfextract.text.gloss import GLOSS
from jfextract.text.shift_losses import next_char
from jfextract.text.shift_page import Page, read_page
from jfextract.text.shift_search import Left, Reading, read_site
from jfextract.text.shift_sites import LOST_MARKS, Site, find_sites
from jfextract.text.statistics import bigrams

__all__ = ["repair_shifts"]


def repair_shifts(source: str, *, mirrored: bool) -> tuple[Edit, ...]:
    """Return the edits that put text back into step.

    ``mirrored`` says that the page shows a converter's glosses: then less evidence is asked for. A
    stretch whose lost bytes leave several good readings is a guess (``certain`` False), and only that
    part of it.
    """
    sites, mirrored = find_sites(source, mirrored=mirrored)
    firm = [site for site in sites if mirrored or site.firm]
    if not firm:
        return ()
    page = read_page(source)
    edits = _put_right(source, sites if mirrored else firm, page, _NEEDED_MIRRORED if mirrored else _NEEDED)
    if edits and not mirrored:
        edits = _put_right(source, sites, page, _NEEDED_TOO)
    return tuple(edits)


def _put_right(source: str, sites: list[Site], page: Page, needed: dict[str, float]) -> list[Edit]:
    """Return the edits at some sites, each a gain of what its kind needs."""
    edits: list[Edit] = []
    searched = found_last = 0
    done, fixed = -1, ""
    for site in sites:
        if site.at < done or (site.at == done and site.kind != "pair"):  # what it reads was just put right
            continue
        if searched >= _SEARCHES or searched - found_last >= _MISSES:
            break
        searched += 1
        left = Left(max(done, 0), fixed)
        found = read_site(source, site.at, site.kind, left, page)
        best = max(found, key=_gain, default=None)
        best = best and _leave_last(source, _stop_before(source, best, found, sites, left, page), found)
        best = best and _stop_at_mark(source, best, found)
        if best is None or _begins_later(source, best, sites, left, page):
            continue
        doubt = 0.0 if site.firm or source.startswith((*LOST_MARKS,), site.at + 1) else _DOUBT
        least = _NEEDED_ODD if _is_odd(best) else needed[site.kind] + doubt
        if best.gain < least:
            continue
        edits += _cut_edits(source, best, found, site.kind)
        fixed = left.upto(source, best.start) + best.text
        done, found_last = best.end, searched
    return edits


def _stop_before(
    source: str, best: Reading, found: list[Reading], sites: list[Site], left: Left, page: Page
) -> Reading:
    """Return a shorter reading where the text came back into step before another site inside of the best one."""
    for site in sites:
        if not best.start + 1 < site.at < best.end:
            continue
        first = max((one for one in found if one.end <= site.at), key=_gain, default=None)
        if first is not None and first.gain + _STEP_GAIN >= 0.0:
            further = Left(first.end, left.upto(source, first.start) + first.text)
            second = max(read_site(source, site.at, site.kind, further, page), key=_gain, default=None)
            if second is not None and first.gain + second.gain > best.gain + _ANOTHER:
                return first
    return best


def _begins_later(source: str, best: Reading, sites: list[Site], left: Left, page: Page) -> bool:
    """Tell whether a site inside of a reading that begins at a comma explains all of it: 力度,佈局?zhōng)屡d."""
    if source[best.start] != "," or not _is_odd(best):
        return False
    inside = (site for site in sites if best.start + 1 < site.at < best.end)
    return any(
        one.gain > best.gain for site in inside for one in read_site(source, site.at, site.kind, left, page)
    )


def _stop_at_mark(source: str, best: Reading, found: list[Reading]) -> Reading:
    """Return a reading that is nearly as good and ends at the last mark, where everyday characters follow it.

    Text that is out of step has odd ones: 廊,移步换景 with 廊, lost is hardly 拉我撇交换景.
    """
    mark = max(source.rfind(one, best.start + 1, best.end) for one in LOST_MARKS)
    tail = GLOSS.sub("", source[mark + 1 : best.end]) if mark > 0 else ""
    if not tail or not all(char in common() and pair_of(char) for char in tail):
        return best
    sparing = [one for one in found if one.end <= mark + 1 and one.gain > best.gain - _SPARING]
    return max(sparing, key=_gain, default=best)


def _leave_last(source: str, best: Reading, found: list[Reading]) -> Reading:
    """Return a reading that is nearly as good and leaves the last character of the best one as it stands.

    A character that is read as the halves of two others, one of them lost, may well be a character.
    """
    while best.chars[-1][2] and pair_of(source[best.end - 1]) is not None:
        least = best.gain - _SPARING * (2 if source[best.end - 2] in LOST_MARKS else 1)
        shorter = [one for one in found if best.end - 2 <= one.end < best.end and one.gain > least]
        if not shorter:
            break
        best = max(shorter, key=_gain)
    return best


_SPARING = 9.0
_ANOTHER = 4.0  # a second loss just there is one chance more to be wrong
_STEP_GAIN = 8.0  # what is far worse than the text as it stands is not looked at twice

_SEARCHES = 1000  # a search takes some 20 ms: a bound for pages that are no text at all
_MISSES = 60


def _is_odd(reading: Reading) -> bool:
    """Tell whether a reading has a character that everyday text lacks."""
    return any(char not in common() for char, _, _ in reading.chars if char >= "\x80")


_NEEDED_ODD = 16.0
_NEEDED = {"pair": 14.0, "gloss": 6.0, "torn": 20.0}
_NEEDED_TOO = {**_NEEDED, "pair": 10.0}  # where something else is damaged
_NEEDED_MIRRORED = {"pair": 4.0, "gloss": -8.0, "torn": 20.0}
_DOUBT = 4.0  # more is asked for where the text does not read badly
_MARGIN = 5.0


def _gain(reading: Reading) -> float:
    return reading.gain


def _cut_edits(source: str, best: Reading, found: list[Reading], kind: str) -> Iterator[Edit]:
    """Yield the best reading as edits; a character is certain when every reading that is nearly as good has it."""
    safe = _safe(source, best, found, kind)
    start, text = best.start, ""
    for i, (char, behind, _) in enumerate(best.chars):
        text += char
        last = i + 1 == len(best.chars)
        if last or safe[i + 1] != safe[i]:
            end = best.end if last else behind
            yield Edit(start, end, text, "shift", safe[i])
            start, text = end, ""


def _is_likely(source: str, reading: Reading, i: int) -> bool:
    """Tell whether a character goes with its neighbours, a rare one well: else it may hide a lost byte."""
    lm = bigrams()
    char = plain(reading.chars[i][0])
    before = plain(reading.chars[i - 1][0]) if i else None
    last = i + 1 == len(reading.chars)
    after = next_char(source, reading.end) if last else plain(reading.chars[i + 1][0])
    chances = [lm.logprob(char, after), *([lm.logprob(before, char)] if before else [])]
    return min(chances) > (_UNLIKELY if lm.starts.get(char, 1.0) > _EVERYDAY else _UNLIKELY_TOO)


_EVERYDAY = 5e-5
_UNLIKELY, _UNLIKELY_TOO = -13.0, -11.0


def _safe(source: str, best: Reading, found: list[Reading], kind: str) -> list[bool]:
    """Tell of each character whether it is certain; what stands for a lost byte never is.

    Nor is the first character behind a false gloss: of the characters with that reading one was chosen.
    """
    rivals = [one for one in found if one.gain > best.gain - _MARGIN]
    other_shape = any(one.end != best.end or len(one.chars) != len(best.chars) for one in rivals)
    lost_bytes = sum(lost for _, _, lost in best.chars)
    swallowing = any(mark in source[best.start + 2 : best.end] for mark in LOST_MARKS)
    if other_shape or swallowing or (lost_bytes > 2 and 4 * lost_bytes > len(best.chars)):
        return [False] * len(best.chars)
    return [
        not lost
        and (i > 0 or kind == "pair")
        and all(one.chars[i][0] == char for one in rivals)
        and _is_likely(source, best, i)
        for i, (char, _, lost) in enumerate(best.chars)
    ]
