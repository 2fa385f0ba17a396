"""A user adds units and number words with a file; a bad file is named with its line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jfextract import numbers, units
from jfextract.errors import LexiconError
from jfextract.lexicon import Lexicon

TOML = """
[[unit]]
form = "万字节"
value = "字节"
kind = "data"
scale = 10000

[[classifier]]
form = "嘎达"

[[number]]
form = "俩"
value = 2
"""
TSV = "type\tform\tvalue\tkind\tscale\nunit\t万字节\t字节\tdata\t10000\nclassifier\t嘎达\nnumber\t俩\t2\n"


@pytest.mark.parametrize(("name", "content"), [("words.toml", TOML), ("words.tsv", TSV)])
def test_a_file_adds_units_classifiers_and_number_words(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    lexicon = Lexicon.from_file(path)
    found = units.find("俩人存了5万字节和3嘎达", lexicon=lexicon)
    assert [(q.text, q.value, q.unit, q.kind) for q in found] == [
        ("俩人", Decimal(2), "人", "count"),
        ("5万字节", Decimal(50000), "字节", "data"),
        ("3嘎达", Decimal(3), "嘎达", "count"),
    ]
    assert [(n.text, n.value) for n in numbers.find("俩人和三人", lexicon=lexicon)] == [("俩", 2), ("三", 3)]
    assert numbers.parse("俩") is None
    assert numbers.parse("俩", lexicon=lexicon).value == 2
    assert hash(lexicon) == hash(Lexicon.from_file(path))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.tsv", "type\tform\tvalue\tkind\tscale\nunit\t箱箱\nunit\t箱箱\n", r"a\.tsv:3.*a\.tsv:2"),
        ("a.tsv", "type\tform\tvalue\tkind\tscale\nnumber\t俩\tzwei\n", r"a\.tsv:2.*zwei"),
        ("a.tsv", "type\tform\tvalue\tkind\tscale\nword\t俩\t2\n", r"a\.tsv:2.*type"),
        ("a.tsv", "type\tform\tvalue\tkind\tscale\nunit\t箱箱\t\tcolour\n", r"a\.tsv:2.*colour"),
        ("a.tsv", "type\tform\n", r"a\.tsv:1"),
        ("a.toml", '[[unit]]\nform = "箱箱"\n\n[[unit]]\nform = "箱箱"\n', r"a\.toml:4.*a\.toml:1"),
        ("a.toml", '[[number]]\nform = "俩"\n', r"a\.toml:1"),
        ("a.toml", '[[unit]]\nform = "俩"\ncolor = "red"\n', r"a\.toml:1.*color"),
        ("a.toml", "[unit\n", r"a\.toml.*line 1"),
        ("a.toml", "unit = 3\n", r"a\.toml.*unit"),
        ("a.txt", "", r"\.toml or a \.tsv"),
    ],
)
def test_a_malformed_file_is_named_with_its_line(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=message):
        Lexicon.from_file(path)


def test_a_missing_file_is_an_error_of_the_lexicon(tmp_path):
    with pytest.raises(LexiconError, match=r"none\.toml"):
        Lexicon.from_file(tmp_path / "none.toml")
