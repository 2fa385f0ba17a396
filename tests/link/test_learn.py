"""What a corpus teaches about classifiers, and what a lexicon of it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from jfextract import Extractor, Lexicon, Options
from jfextract.errors import LexiconError
from jfextract.link import affinity_with
from jfextract.link.learn import count_pairs, lexicon_rows
from jfextract.text.segment import segmenter


def _lexicon(folder: Path, *lines: str) -> Lexicon:
    path = folder / "own.tsv"
    path.write_text("\n".join(["type\tform\tvalue\tkind\tscale", *lines]) + "\n", encoding="utf-8")
    return Lexicon.from_file(path)


def test_what_is_learnt_is_a_lexicon_that_adds_to_the_counts(tmp_path: Path) -> None:
    pairs = count_pairs(["新建5座驿站。", "改造3座驿站，", "关闭1条铁路。"], segmenter())
    lexicon = _lexicon(tmp_path, *lexicon_rows(pairs)[1:])
    assert [(pair.unit, pair.noun, pair.count) for pair in lexicon.pairs] == [("座", "驿站", 2)]
    before, after = affinity_with(None).of("座", "驿站"), affinity_with(lexicon).of("座", "驿站")
    assert after == before + 2


def test_a_noun_that_a_classifier_counts_ends_the_compound(tmp_path: Path) -> None:
    sentence = "新建5座文化驿站负责人"
    lexicon = _lexicon(tmp_path, "noun\t驿站\t座\t\t9")
    (plain,) = Extractor().extract(sentence).measures
    (taught,) = Extractor(Options(lexicon=lexicon)).extract(sentence).measures
    assert (plain.item, taught.item) == ("文化驿站负责人", "文化驿站")


def test_a_noun_without_its_classifier_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"own\.tsv:2: a noun needs the classifier"):
        _lexicon(tmp_path, "noun\t驿站\t\t\t9")
