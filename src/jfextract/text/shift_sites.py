"""Where text may have been thrown out of step: a cheap search for the trace that it leaves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from jfextract.text.doublebyte import by_lead, common, pair_of, plain, simplified
from jfextract.text.gloss import is_reading_of
from jfextract.text.statistics import bigrams

__all__ = ["LOST_MARKS", "Site", "find_sites", "site_pattern"]

LOST_MARKS = "?\ufffd"


@dataclass(frozen=True, slots=True)
class Site:
    """A place where a shift may begin; one that is not ``firm`` is none where nothing else is damaged."""

    at: int
    kind: str
    firm: bool = True


def find_sites(source: str, *, mirrored: bool = False) -> tuple[list[Site], bool]:
    """Return the places where a shift may begin, and whether a converter was at work.

    A pair site is the ASCII character that replaced a pair; it is firm with Chinese behind it that is hardly
    Chinese. A gloss site is a reading that does not read the character before it; a toneless one may be an
    abbreviation, and is not firm. Nor are the readings of kind ``torn``, which fit the character and have hardly
    Chinese behind them. On a page that is a converter's, as ``mirrored`` says or many such readings do, all count.

    >>> [site.at for site in find_sites("關系更密切了!闭劶盎鶎訙p負,果洛")[0]]
    [6]
    >>> [site.firm for site in find_sites("大家都說好!我們也都說好")[0]]
    [False]
    """
    if _is_quiet(source):
        return [], mirrored
    found: list[Site] = []
    misread = 0
    for match in site_pattern().finditer(source):
        at = match.start()
        after = source[at + 1 : at + 2]
        if match[1] is None and after in LOST_MARKS:
            near = source[max(0, at - 2) : at + 3]
            if "???" in near or "\ufffd\ufffd\ufffd" in near:  # what an encoding lacks, or somebody's own
                continue
            found.append(Site(at, "pair", firm=False))  # between two marks: ?!? may be what somebody wrote
        elif match[1] is None and after == source[at + 2 : at + 3] and not after.isalnum():
            continue  # nobody's loss is doubled: 好吗?。。。。。。
        elif match[1] is None:
            firm = _reads_badly(source, at + 1) or _TORN_LETTER.match(source, at + 1) is not None
            found.append(Site(at, "pair", firm))
        elif at and _misreads(match[1], source[at - 1], marked=source[at] in LOST_MARKS):
            found.append(Site(at, "gloss", not match[1].isascii()))
            misread += 1
        elif at and _torn_behind(source, match, source[at - 1]):
            found.append(Site(at, "torn", firm=False))
    return found, mirrored or misread >= _MISREADINGS


_MISREADINGS = 3
_LOUD = re.compile(r"[!?\ufffd]|\([a-z\u00e0-\u01dc]")
_BEHIND_COMMA = re.compile(",(?=(.{1,2}))", re.DOTALL)


def _is_quiet(source: str) -> bool:
    """Tell text of everyday simplified characters that cannot match ``site_pattern``, which is dear to make.

    >>> _is_quiet("2020年,全市发文2482件,压减34%"), _is_quiet("切了,闭劶盎鶎訙p負")
    (True, False)
    """
    return not _LOUD.search(source) and all(
        char < "@" or char in simplified() for match in _BEHIND_COMMA.finditer(source) for char in match[1]
    )


def _misreads(reading: str, char: str, *, marked: bool) -> bool:
    """Tell whether a gloss reads another character than the one it follows; one behind a lost byte does."""
    pair = pair_of(char)
    if pair is None or pair[1] <= 0x80 or (not marked and is_reading_of(reading, char)):
        return False
    return any(is_reading_of(reading, one, exact=True) for _, one in by_lead(pair[1]))


def _torn_behind(source: str, gloss: re.Match[str], char: str) -> bool:
    """Tell whether a gloss that reads its character may be a false one all the same: 技(ji)踝氨 is 技術裝備, glossed as 際."""
    after = source[gloss.end() : gloss.end() + 2]
    if source[gloss.start()] != "(" or after < "\x80" or after[0] in LOST_MARKS or after[0] == after[-1]:
        return False  # nobody's loss is doubled: 龍行(xíng)龘龘
    if all(one in common() for one in after if one >= "\x80" and one not in LOST_MARKS):
        return False
    pair = pair_of(char)
    return (
        pair is not None
        and pair[1] > 0x80
        and any(is_reading_of(gloss[1], one, exact=True) for _, one in by_lead(pair[1]))
        and _reads_badly(source, gloss.end())
    )


@lru_cache(maxsize=1)
def site_pattern() -> re.Pattern[str]:
    """Match what may open a shift; group 1 is the reading of a gloss.

    A comma does only before a character that everyday text hardly has. The set of first characters
    stands in front of the alternatives, so that the search skips to them.
    """
    quiet = f"\\x00-\\x7f{''.join(sorted(common()))}"
    return re.compile(
        r"[!?,(\ufffd](?:"
        r"(?:(?<=[?\ufffd])\(?|(?<=\())([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,7})\)"
        r"|(?<=[!?\ufffd])(?=[@-~]?[^\x00-\x7f]|[@-~]\()|(?<=[?\ufffd],)|(?<=[?\ufffd][!?])(?=[?\ufffd])|(?<=[\u3400-\u9fff)][?\ufffd])(?=[?\ufffd](?:\n|\Z))"
        rf"|(?<=,)(?=[^{quiet}]|[@-~][^\x00-\x7f]|[@-~]\(|[^\x00-\x7f][^{quiet}]))"
    )


_BAD, _WORSE = -6.5, -8.0


def _reads_badly(source: str, at: int) -> bool:
    """Tell whether the characters from ``at`` on are unlikely neighbours; cheap, and wrong on the safe side."""
    window = _BEFORE_ASCII.match(source, at)
    if window is None:
        return False
    text = "\n" + "".join(map(plain, window[0]))
    if "！" <= window[0][0] <= "～":  # such a letter is a torn pair, unless another one follows
        return not "！" <= source[at + 1 : at + 2] <= "～"
    if window[0][-1] >= "\x80" and source[window.end() : window.end() + 1] in _RARE_ASCII:
        return True
    if window[0][0] not in common() or bigrams().score(text) < _BAD * (len(text) - 1):
        return True
    return any(bigrams().logprob(*pair) < _WORSE for pair in pairwise(text[:3]))


_RARE_ASCII = tuple("[\\]^_`{|}")  # second bytes; hardly ever written behind a Han character
_BEFORE_ASCII = re.compile(r"[@-~]?[^\x00-\x7f]{1,4}")
_TORN_LETTER = re.compile(r"[@-~]\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*\)")  # 現(xiàn) torn to F(xiàn)
