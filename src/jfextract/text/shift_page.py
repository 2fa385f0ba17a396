"""What the rest of a damaged page tells about a stretch of it: its words, and which characters it glosses."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from jfextract.text.doublebyte import common, plain
from jfextract.text.gloss import GLOSS, find_glosses
from jfextract.text.normalise import telling_characters

__all__ = ["Page", "read_page"]

_SHARE = 0.1  # of a character's followers that are taken from the page and not from the dictionary
_GLOSSED_TOO = 4.0
_BARE = -3.0
_EXCERPT = 300  # characters: a shorter text may have the end of a quotation only


@dataclass(frozen=True, slots=True)
class Page:
    """Counts of characters and of neighbours (simplified), and the characters that are glossed or never are.

    ``marked`` says that the page shows lost bytes: where no mark stands none is likely to be missing. ``foreign`` are
    the characters of the script that the page is not in, and quotation marks where it has none.
    """

    followed: dict[str, int]
    pairs: dict[str, int]
    glossed: frozenset[str]
    bare: frozenset[str]
    marked: bool
    foreign: frozenset[str] = frozenset()

    def more_likely(self, before: str, after: str, chance: float) -> float:
        """Return the logarithm of a chance, raised when the page has the two characters side by side elsewhere.

        >>> page = read_page("習近平強調")
        >>> page.more_likely("近", "平", -12.0) > -12.0, page.more_likely("近", "年", -7.0)
        (True, -7.0)
        """
        times = self.pairs.get(before + after)
        if not times:
            return chance
        return log((1.0 - _SHARE) * exp(chance) + _SHARE * times / (self.followed[before] + 2))

    def trust(self, char: str) -> float:
        """Return how much a gloss speaks for a character: a converter glosses each occurrence, or none."""
        if char in self.glossed:
            return _GLOSSED_TOO
        return _BARE if char in self.bare else 0.0


def read_page(source: str) -> Page:
    """Count what a page has."""
    found = find_glosses(source)
    glossed = Counter(gloss.char for gloss in found if not gloss.repeats)
    text = GLOSS.sub("", source)
    simple = "".join(map(plain, text))
    everywhere = Counter(text)
    return Page(
        Counter(simple),
        Counter(before + after for before, after in pairwise(simple)),
        frozenset(char for char, times in glossed.items() if 2 * times >= everywhere[char]),
        frozenset(char for char in everywhere if char not in glossed),
        _MARK.search(source) is not None,
        _foreign(everywhere) | _foreign_quotes(everywhere, len(text)),
    )


def _foreign(everywhere: Counter[str]) -> frozenset[str]:
    """Return the characters of the script that a page is not in, none where that is not clear."""
    traditional, simplified = telling_characters()
    shares = [
        sum(times for char, times in everywhere.items() if char in known and char in common())
        for known in (traditional, simplified)
    ]
    if max(shares) < 10 or max(shares) < 4 * min(shares):
        return frozenset()
    return simplified if shares[0] > shares[1] else traditional


def _foreign_quotes(everywhere: Counter[str], size: int) -> frozenset[str]:
    """Return the quotation marks that a page does not use; an excerpt may use “ once only."""
    curly = (
        frozenset("“”‘’") if not everywhere["“"] and (size >= _EXCERPT or everywhere["「"]) else frozenset()
    )
    corner = frozenset("「」『』") if not everywhere["「"] + everywhere["『"] else frozenset()
    return curly | corner


_MARK = re.compile(r"\ufffd|\?(?:[!?,]|\(?[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}\))")
