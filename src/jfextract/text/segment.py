"""Words with part of speech, on demand and one clause at a time.

``rjieba`` (Rust) is the default, ``jieba`` the reference; both use jieba's dictionary and tag set.
Neither is imported, and no dictionary is loaded, before the first call.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Protocol

__all__ = ["Segmenter", "Word", "segmenter"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word: offsets into the text that was segmented, jieba's tag (n, v, m, q, …)."""

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
        words.append(Word(text, at, at + len(text), tag))
        at += len(text)
    return tuple(words)


@lru_cache(maxsize=1)
def _rjieba() -> Any:
    import rjieba

    return rjieba.Jieba()


@lru_cache(maxsize=1)
def _jieba() -> Any:
    from pathlib import Path

    import jieba
    import jieba.posseg
    import platformdirs

    cache = Path(platformdirs.user_cache_dir("jfextract"))
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache)  # jieba marshals its cache: never a folder that others can write to
    return jieba.posseg.POSTokenizer(tokenizer)


def _cut_rjieba(text: str) -> tuple[Word, ...]:
    return _with_offsets(_rjieba().tag(text))


def _cut_jieba(text: str) -> tuple[Word, ...]:
    return _with_offsets([(pair.word, pair.flag) for pair in _jieba().cut(text)])


def segmenter(name: Literal["rjieba", "jieba"] = "rjieba") -> Segmenter:
    """Return the segmenter of that name; loading waits for the first text.

    >>> [word.text for word in segmenter()("召开会议144次")]
    ['召开', '会议', '144', '次']
    """
    return _cut_rjieba if name == "rjieba" else _cut_jieba
