"""Words with part of speech, on demand and one clause at a time.

``rjieba`` (Rust) is the default, ``jieba`` the reference; both use jieba's dictionary and tag set.
Neither is imported, and no dictionary is loaded, before the first call.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, NamedTuple, Protocol

from jfextract.text.normalise import replace_unsafe

__all__ = ["Segmenter", "UserWords", "Word", "segmenter"]

_OFTEN = 1_000_000  # a count that keeps a user word whole


class Word(NamedTuple):
    """A word: offsets into the text that was segmented, jieba's tag (n, v, m, q, …).

    No dataclass: a text has a word for every two characters, and a frozen one takes four times as long to make.
    """

    text: str
    start: int
    end: int
    tag: str


class Segmenter(Protocol):
    """Cuts a text into words that cover it without gaps."""

    def __call__(self, text: str) -> tuple[Word, ...]: ...


def _with_offsets(pairs: list[tuple[str, str]]) -> tuple[Word, ...]:
    words: list[Word] = []
    at = 0
    for text, tag in pairs:
        end = at + len(text)
        words.append(_new(Word, (text, at, end, tag)))
        at = end
    return tuple(words)


_new = tuple.__new__  # spares a word the call of its own __new__, half of the time it takes to make one


UserWords = tuple[tuple[str, str], ...]  # word, tag


@lru_cache(maxsize=8)
def _rjieba(words: UserWords) -> Any:
    import rjieba

    if not words:
        return rjieba  # it has loaded its dictionary for itself: a second one costs 0.1 s and 25 MB
    tokenizer = rjieba.Jieba()
    for word, tag in words:
        tokenizer.add_word(word, _OFTEN, tag)
    return tokenizer


@lru_cache(maxsize=8)
def _jieba(words: UserWords) -> Any:
    from tempfile import TemporaryDirectory

    import jieba
    import jieba.posseg

    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    # jieba unmarshals a cache that it finds, whoever wrote it and whenever: it gets an empty folder of its own, which
    # no one else can write to, and builds its dictionary anew, which takes no longer than to load it
    with TemporaryDirectory(prefix="jfextract-") as own:
        tokenizer.tmp_dir = own
        tokenizer.initialize()
    # not made by its own __init__, which reads the tags from the dictionary again: the import has done so
    tagger = jieba.posseg.POSTokenizer.__new__(jieba.posseg.POSTokenizer)
    tagger.tokenizer = tokenizer
    tagger.word_tag_tab = dict(jieba.posseg.dt.word_tag_tab)
    for word, tag in words:
        tokenizer.add_word(word, _OFTEN, tag)
        tagger.word_tag_tab[word] = tag
    return tagger


def _cut_rjieba(text: str, words: UserWords) -> tuple[Word, ...]:
    # rjieba refuses lone surrogates; one stand-in for each keeps the offsets
    safe = replace_unsafe(text)
    cut = _with_offsets(_rjieba(words).tag(safe))
    return cut if safe is text else tuple(_take_from(text, word) for word in cut)


def _cut_jieba(text: str, words: UserWords) -> tuple[Word, ...]:
    return _with_offsets([(pair.word, pair.flag) for pair in _jieba(words).cut(text)])


def _take_from(text: str, word: Word) -> Word:
    return Word(text[word.start : word.end], word.start, word.end, word.tag)


def segmenter(name: Literal["rjieba", "jieba"] = "rjieba", words: UserWords = ()) -> Segmenter:
    """Return the segmenter of that name; loading waits for the first text.

    ``words`` are further words with their tags, kept whole wherever they stand:

    >>> [word.text for word in segmenter()("召开会议144次")]
    ['召开', '会议', '144', '次']
    >>> [word.text for word in segmenter(words=(("三网五线", "nz"),))("坚持三网五线")]
    ['坚持', '三网五线']
    """
    cut = _cut_rjieba if name == "rjieba" else _cut_jieba
    words = tuple(words)
    return lambda text: cut(text, words)
