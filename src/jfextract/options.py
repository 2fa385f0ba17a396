"""What a caller may choose; wrong values are refused when the options are made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from jfextract.errors import OptionsError
from jfextract.lexicon import Lexicon

__all__ = ["Options", "Region", "SegmenterName"]

SegmenterName = Literal["rjieba", "jieba"]
Region = Literal["mainland", "taiwan", "hongkong"]


@dataclass(frozen=True, slots=True)
class Options:
    """Choices for an Extractor.

    ``optional``: also return the cases that the definition leaves open (一项政治任务, “三项机制”), marked
    ``optional=True``. ``segmenter``: ``rjieba`` (fast) or ``jieba`` (the reference). ``region``: whose units
    and calendar hold; None asks the text itself. ``repair``: undo pinyin glosses and byte damage first.
    ``lexicon``: the caller's own units, classifiers and number words. ``ner``: also take names of places that
    only a tagger knows; needs the extra ``jfextract[ner]`` and is slow.

    >>> Options(segmenter="thulac")
    Traceback (most recent call last):
    jfextract.errors.OptionsError: segmenter='thulac' is unknown; choose rjieba or jieba
    >>> Options(optionals=True)
    Traceback (most recent call last):
    jfextract.errors.OptionsError: there is no option 'optionals'; choose optional, segmenter, region, repair, lexicon or ner
    """

    optional: bool = False
    segmenter: SegmenterName = "rjieba"
    region: Region | None = None
    repair: bool = True
    lexicon: Lexicon | None = None
    ner: bool = False

    def __new__(cls, *values: object, **given: object) -> Options:
        """Refuse what is no option before Python does, which raises TypeError."""
        known = tuple(cls.__dataclass_fields__)
        if len(values) > len(known):
            raise OptionsError(f"there are {len(known)} options, not {len(values)}; give them by name")
        for name in given:
            if name not in known:
                raise OptionsError(
                    f"there is no option {name!r}; choose {', '.join(known[:-1])} or {known[-1]}"
                )
        return object.__new__(cls)

    def __post_init__(self) -> None:
        _refuse_unknown("segmenter", self.segmenter, get_args(SegmenterName))
        if self.region is not None:
            _refuse_unknown("region", self.region, get_args(Region))
        if self.lexicon is not None and not isinstance(self.lexicon, Lexicon):
            raise OptionsError(f"lexicon={self.lexicon!r} must be a Lexicon; read one with Lexicon.from_file")
        for name in ("optional", "repair", "ner"):
            if not isinstance(getattr(self, name), bool):
                raise OptionsError(f"{name}={getattr(self, name)!r} must be True or False")


def _refuse_unknown(name: str, value: object, known: tuple[str, ...]) -> None:
    if value not in known:
        raise OptionsError(f"{name}={value!r} is unknown; choose {', '.join(known[:-1])} or {known[-1]}")
