"""Simplified characters and half-width forms, one for one: every offset stays true.

``normalise`` never changes the length of a text, so the rooms may work on its result and report offsets
that hold for the text it was made from. It also removes what later stages cannot stand: lone surrogates
(rjieba, OpenCC and ahocorasick-rs raise on them) and control characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any, Literal, get_args

from jfextract.errors import OptionsError
from jfextract.lexicon import room_table

__all__ = [
    "Region",
    "Script",
    "Variant",
    "fold_width",
    "normalise",
    "region",
    "replace_unsafe",
    "script",
    "telling_characters",
]

Variant = Literal["auto", "t2s", "hk2s", "tw2s", "none"]
Script = Literal["simplified", "traditional", "mixed", "none"]
Region = Literal["mainland", "taiwan", "hongkong"]

_SAMPLE = 20_000  # characters that are enough to know the region
_SCRIPT_SAMPLE = 1_000

# Simplified forms that are traditional characters in their own right (皇后, 公里, 干部 on mirrored pages …)
_SHARED = frozenset(
    "于后里干系台云复面制表才出并曲谷斗丑几机卷术准价克借冲厂广了余发范丰刮胡划回汇伙获家夹姜局困累漓帘蒙弥蔑辟苹仆朴千签秋舍沈胜松苏涂团万系咸向须旋叶佣郁御愿岳征只致制钟朱筑吁尽据当党升群岩床线洒杰占注志采欲仇奸恤涌游唇霉"
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAKS = dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n")
_SPACES = dict.fromkeys(
    [chr(code) for code in (*range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA1), 0xAD)]
    + ["\u1680", *map(chr, range(0x2000, 0x2010)), "\u2060", "\u202f", "\u205f", "\u3000", "\ufeff"],
    " ",
)
_SMALL_FORMS = dict(
    zip("︰﹐﹑﹒﹔﹕﹖﹗﹙﹚﹛﹜﹟﹠﹡﹢﹣﹤﹥﹦﹨﹩﹪﹫", ":,、.;:?!(){}#&*+-<>=\\$%@", strict=True)
)
_FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
_OTHERS = dict(zip("￠￡￥｡｢｣､･−∶‑", "¢£¥。「」、·-:-", strict=True))
_WIDTHS = _LINE_BREAKS | _SPACES | _SMALL_FORMS | _FULL_WIDTH | _OTHERS
_COMMON = "，：（）！？；％\u00a0\u3000"
_UNCOMMON = re.compile(f"[{re.escape(''.join(form for form in _WIDTHS if form not in _COMMON))}]")

_RARE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")  # radicals and compatibility ideographs, from PDFs


def replace_unsafe(text: str) -> str:
    """Replace each lone surrogate by U+FFFD, one for one; anything else stays.

    >>> replace_unsafe("文\\ud800件")
    '文\ufffd件'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def fold_width(text: str) -> str:
    """Fold full-width, small and vertical forms to ASCII, and every kind of space to one space.

    。、“”《》「」 stay; line breaks of other kinds become ``\\n``, control characters spaces. The length
    stays (so not NFKC, under which ㎡ and ½ grow).

    >>> fold_width("２０２４年，增长５．２％（初步）")
    '2024年,增长5.2%(初步)'
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    for form in _COMMON:  # str.replace is faster than any pass that looks at every character in Python
        text = text.replace(form, _WIDTHS[form])
    text = _UNCOMMON.sub(_fold, text)
    if _RARE.search(text):
        text = _RARE.sub(_unify, text)
    return text


def _fold(match: re.Match[str]) -> str:
    return _WIDTHS[match[0]]


def _unify(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    return plain if len(plain) == 1 else match[0]


@lru_cache(maxsize=8)
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)


def _convert_same_length(text: str, name: str) -> str:
    """Convert with OpenCC; where the length would change, line by line, then character by character."""
    convert = _converter(name).convert
    whole: str = convert(text)
    if len(whole) == len(text):
        return whole
    lines: list[str] = []
    for line in text.split("\n"):
        plain: str = convert(line)
        if len(plain) != len(line):
            plain = "".join(_one_character(convert(char), char) for char in line)
        lines.append(plain)
    return "\n".join(lines)


def _one_character(converted: str, char: str) -> str:
    return converted if len(converted) == 1 else char


def _converter_for(text: str) -> str:
    """Hong Kong text has characters of its own (裏, 綫, 説) that ``hk2s`` knows as well."""
    return (
        "hk2s"
        if any(word in text for word in ("香港", "港元", "港府")) and region(text)[0] == "hongkong"
        else "t2s"
    )


@lru_cache(maxsize=1)
def _zhe() -> re.Pattern[str]:
    """Match each 著 that is the particle 着, in simplified text."""
    rows = room_table("text", "zhe.tsv", ("side", "word", "reading"))
    words: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        words.setdefault((row["side"], row["reading"]), []).append(re.escape(row["word"]))
    particle = "|".join(f"(?<={word}著)" for word in words["before", "zhe"])
    after_author = "".join(f"(?<!{word}著)" for word in words["before", "zhu"])
    before_author = f"(?!{'|'.join(words['after', 'zhu'])})"
    # The literal stands first, so that the search skips to it.
    return re.compile(f"著(?:{particle}|{after_author}(?<=[一-鿿]著){before_author})")


def normalise(text: str, variant: Variant = "auto") -> str:
    """Return the text simplified and width-folded, of exactly the same length.

    ``variant`` names the OpenCC conversion; ``auto`` is ``t2s``, or ``hk2s`` for Hong Kong text, and
    ``none`` leaves the script alone. Traditional 著 as a particle becomes 着.

    >>> normalise("數量增長５０％，隨著著名企業")
    '数量增长50%,随着著名企业'
    """
    if variant not in get_args(Variant):
        raise OptionsError(f"variant must be one of {', '.join(get_args(Variant))}; got {variant!r}")
    text = fold_width(replace_unsafe(text))
    if variant == "none" or text.isascii():
        return text
    plain = _convert_same_length(text, _converter_for(text) if variant == "auto" else variant)
    # what the conversion left as it was is simplified: no need to count characters, nor to load what tells them
    changed = plain[:_SCRIPT_SAMPLE] != text[:_SCRIPT_SAMPLE]
    if changed and "著" in plain and script(text) in ("traditional", "mixed"):
        plain = _zhe().sub("着", plain)
    return plain


@lru_cache(maxsize=1)
def telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that only traditional and those that only simplified text has."""
    han = "".join(map(chr, range(0x4E00, 0xA000)))
    simplified = _converter("t2s").convert(han)
    traditional = _converter("s2t").convert(han)
    only_traditional = {char for char, plain in zip(han, simplified, strict=True) if char != plain}
    only_simplified = {char for char, full in zip(han, traditional, strict=True) if char != full}
    # 于, 后, 里 … are in both scripts: a character that t2s gives back is no evidence
    return frozenset(only_traditional - {"乾", "著"}), frozenset(only_simplified & set(simplified) - _SHARED)


def script(text: str) -> Script:
    """Tell the script of a text from its first characters: ``none`` without a telling character.

    >>> script("數量增長"), script("数量增长"), script("2024")
    ('traditional', 'simplified', 'none')
    """
    only_traditional, only_simplified = telling_characters()
    sample = text[:_SCRIPT_SAMPLE]
    traditional = sum(map(only_traditional.__contains__, sample))
    simplified = sum(map(only_simplified.__contains__, sample))
    if not traditional and not simplified:
        return "none"
    if traditional >= 9 * simplified:
        return "traditional"
    return "simplified" if simplified >= 9 * traditional else "mixed"


@lru_cache(maxsize=1)
def _region_words() -> tuple[tuple[str, Region, int], ...]:
    rows = room_table("text", "regions.tsv", ("word", "region", "weight"), key="word")
    names: dict[str, Region] = {name: name for name in get_args(Region)}
    return tuple((row["word"], names[row["region"]], int(row["weight"])) for row in rows)


_LEAST_EVIDENCE = 2  # one weak word (年增, which 比上年增长 holds as well) proves nothing


def region(text: str, *, clean: bool = False) -> tuple[Region, float]:
    """Tell where a text was written, and by what margin (0: no evidence, 1: no other region has any).

    Words decide, not the script: mainland pages are mirrored in traditional characters. Without
    evidence the answer is mainland with margin 0. ``clean`` says that the text is normalised already.

    >>> region("行政院主計總處公布，新台幣800億元")
    ('taiwan', 1.0)
    """
    sample = text[:_SAMPLE] if clean else normalise(text[:_SAMPLE], "t2s")
    votes: dict[Region, int] = {"mainland": 0, "taiwan": 0, "hongkong": 0}
    for word, name, weight in _region_words():
        if word in sample:
            votes[name] += weight * min(sample.count(word), 5)
    (best, most), (_, second), _ = sorted(votes.items(), key=lambda vote: -vote[1])
    if best != "mainland" and most < _LEAST_EVIDENCE:
        return "mainland", 0.0
    return best, (most - second) / most if most else 0.0
