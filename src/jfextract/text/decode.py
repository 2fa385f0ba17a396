"""Bytes to text: which of the Chinese encodings it is, told by how good the Chinese is that comes out.

Byte patterns alone cannot tell Big5 from GBK on a short text; character statistics can. The same measure
finds pages that were decoded wrongly before they were stored (``¡i©ú³ø``, ``锘挎柊闂``) and undoes it when the
result is clearly Chinese and what stood there was clearly not.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.text.doublebyte import common, simplified
from jfextract.text.lossy import HOLE, decode_with_holes
from jfextract.text.normalise import normalise
from jfextract.text.statistics import bigrams

__all__ = ["Decoded", "decode", "encode_back", "reads_well", "undo_misreading"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "big5hkscs", "cp950", "utf-8", "utf-16-le", "utf-16-be")
_SAMPLE = 6_000  # bytes looked at to choose an encoding
_LETTERS = 600  # characters scored
_GLANCE = 150  # characters looked at to see whether anything is wrong
_GOOD, _BAD = -10.5, -12.5  # mean logarithm of chance for Chinese, and for what is none
_MARGIN = 1.0
_ALIASES = {
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp936": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read.

    ``encoding`` is the codec's name. ``replaced`` counts U+FFFD, ``misread`` names the wrong decodings that were
    undone (``utf-8 read as gb18030``), outermost first. ``decided`` is False when the text does not read as
    Chinese whatever is tried, or two readings are as good.
    """

    text: str
    encoding: str
    replaced: int
    misread: tuple[str, ...] = ()
    decided: bool = True


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a page; ``declared`` is what its header says, and is believed only if it fits.

    >>> decode("基层减负工作取得成效".encode("gbk")).text
    '基层减负工作取得成效'
    >>> decode("基層減負工作取得成效".encode("big5"), declared="gb2312").encoding
    'big5hkscs'
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _settle(data[len(bom) :].decode(name, "replace"), name, decided=True)
    if b"~{" in data and data.isascii():
        return _settle(data.decode("hz", "replace"), "hz", decided=True)
    wide = _is_wide(data)
    if wide is None:
        try:
            return _settle(data.decode("utf-8"), "utf-8", decided=True)
        except UnicodeDecodeError:
            pass
    name, decided = _choose(_sample(data, wide), _known_codec(declared), wide)
    text = data.decode(name, "replace")
    if name == "big5hkscs" and "\ufffd" in text:  # cp950 has pairs that big5hkscs lacks
        text = min((text, data.decode("cp950", "replace")), key=lambda one: one.count("\ufffd"))
    return _settle(text, name, decided=decided)


def _settle(text: str, encoding: str, *, decided: bool) -> Decoded:
    undone, steps, clear = undo_misreading(text)
    return Decoded(undone, encoding, undone.count("\ufffd"), steps, decided and clear)


def _known_codec(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except LookupError:
        return None
    return _ALIASES.get(name, name)


def _is_wide(data: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """Tell UTF-16 without a mark by its line breaks, spaces and digits, half of each being NUL."""
    sample = data[:_SAMPLE]
    if len(sample) < 4 or not sample.count(0):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd >= 4 * max(1, even):
        return "utf-16-le"
    return "utf-16-be" if even >= 4 * max(1, odd) else None


def _sample(data: bytes, wide: str | None) -> bytes:
    """Return the beginning of the page without its long stretches of ASCII (scripts, menus)."""
    if wide or len(data) <= _SAMPLE:
        return data[:_SAMPLE]
    return _LONG_ASCII.sub(rb"\1\n", data[: 50 * _SAMPLE])[:_SAMPLE]


_LONG_ASCII = re.compile(rb"([\x00-\x7f])[\x00-\x7f]{8,}")  # the first one may be half a character


def _choose(sample: bytes, declared: str | None, wide: str | None) -> tuple[str, bool]:
    names = dict.fromkeys((*([declared] if declared else ()), *([wide] if wide else ()), *_CANDIDATES))
    scores = sorted(((_score_bytes(sample, name), name) for name in names), reverse=True)
    best, name = scores[0]
    if declared is not None:
        own = next(score for score, one in scores if one == declared)
        if own >= best - _MARGIN / 2:
            best, name = own, declared
    same = {"cp950", "big5hkscs", "big5"}
    rival = next((score for score, one in scores if one != name and not {one, name} <= same), -99.0)
    return ("big5hkscs" if name == "cp950" else name), best >= _BAD and best - rival >= _MARGIN / 2


def _score_bytes(sample: bytes, name: str) -> float:
    width = 2 if name.startswith("utf-16") else 1
    try:
        text = codecs.getincrementaldecoder(name)("replace").decode(sample[: len(sample) // width * width])
    except (LookupError, UnicodeDecodeError):
        return -99.0
    return _score_text(text)


def _score_text(text: str) -> float:
    """Return how good the Chinese is, as the mean logarithm of chance of what is not ASCII; 0 without any."""
    plain = normalise(_letters(text, 4 * _LETTERS), "t2s")
    lm = bigrams()
    total, count, ended, last = 0.0, 0, 1.0, "\n"
    for char in plain:
        chance, ended = lm.step(last, ended, char)
        last = char
        if char >= "\x80":
            total += chance if char != "\ufffd" and not "\ue000" <= char <= "\uf8ff" else -25.0
            count += 1
            if count >= _LETTERS:
                break
    return total / count if count else 0.0


def _letters(text: str, size: int) -> str:
    """Return so many characters, without long stretches of ASCII where there is little else."""
    start = text[:size]
    if len(text) > size and 4 * len(start.encode("ascii", "ignore")) > 3 * size:
        return _ASCII_RUN.sub("\n", text[: 50 * size])[:size]
    return start


_ASCII_RUN = re.compile(r"[\x00-\x7f]{8,}")


@lru_cache(maxsize=1)
def _everyday_simplified() -> frozenset[str]:
    return simplified() | frozenset(map(chr, range(0x80)))


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    return common() | frozenset(map(chr, range(0x80)))


def _looks_misread(text: str) -> bool:
    """Tell cheaply whether a text may be a wrong decoding: few of its characters are everyday ones."""
    sample = _letters(text, _GLANCE)
    kinds = set(sample)
    # sound text is told without counting, simplified text without loading a conversion
    if any(8 * len(kinds - everyday()) < len(kinds) for everyday in (_everyday_simplified, _everyday)):
        return False
    letters = [char for char in sample if char >= "\x80"]
    known = sum(map(common().__contains__, letters))
    return len(letters) >= 4 and known < 0.72 * len(letters)


def reads_well(text: str) -> bool:
    """Tell whether a text shows no sign of a wrong decoding; a few characters prove nothing.

    >>> reads_well("基层减负"), reads_well("鷮鸁驫麤齾龘靐齉爩麣" * 3)
    (True, False)
    """
    return (
        len(text) < _ENOUGH or not _looks_misread(text) or _score_text(text) >= _BAD or _is_other_script(text)
    )


def _is_other_script(text: str) -> bool:
    """Tell whether a text is Japanese, Korean, Russian, Greek, Arabic, Thai or emoji: no Chinese, and no damage."""
    return _other_script_share(text) >= _SOME


def _other_script_share(text: str) -> float:
    letters = [char for char in text[:_LETTERS] if char >= "\x80"]
    return len(_OTHER_SCRIPTS.findall(text[:_LETTERS])) / len(letters) if letters else 1.0


_SOME, _NEARLY_ALL = 0.25, 0.9
_ENOUGH = 24
_OTHER_SCRIPTS = re.compile(
    "[\u0370-\u06ff\u0e00-\u0e7f\u2600-\u27bf\u3041-\u30ff\uac00-\ud7a3\U0001f000-\U0001faff]"
)


def undo_misreading(text: str) -> tuple[str, tuple[str, ...], bool]:
    """Undo a wrong decoding of a whole page, and a wrong decoding of that.

    Returns the text, the names of what was undone, and whether the result is clearly Chinese with no byte
    lost (True as well for a text that shows no sign of damage).

    >>> undo_misreading("基层减负工作取得成效".encode("gbk").decode("latin-1"))
    ('基层减负工作取得成效', ('gb18030 read as cp1252',), True)
    """
    steps: list[str] = []
    given = text
    if not _looks_misread(text):
        return text, (), True
    score = _score_text(text)
    whole = True
    for _ in range(3):
        found = max(_readings(text), default=None)
        if found is None or found[0] < score + 2 * _MARGIN:
            break
        _, text, step, sound = found
        whole = whole and sound
        steps.append(step)
        score = _score_text(text)
        if score >= _GOOD and not _mostly_latin(text):
            break
    foreign = _other_script_share(given) if steps else 0.0
    if (foreign >= _SOME and (score < _GOOD or _looks_misread(text))) or (
        foreign > _NEARLY_ALL and len(given) < _ENOUGH
    ):
        return (
            given,
            (),
            True,
        )  # 東京で会いましょう: Japanese, and no Chinese whatever its bytes are taken for
    whole = not steps or (
        whole
        and not _LOST.search(text)
        and "\ufffd" not in given
        and text.count("?") <= given.count("?")
        and _is_even(text)
    )
    return text, tuple(steps), whole and (score >= _BAD or (not steps and _is_other_script(text)))


def _is_even(text: str) -> bool:
    """Tell whether no stretch of a text is much worse Chinese than the rest: bytes may have been lost unseen."""
    plain = normalise(text[:_EVEN], "t2s")
    stretches = (match[0] for match in _STRETCH.finditer(plain))
    return all(bigrams().score(stretch) >= _UNEVEN * len(stretch) for stretch in stretches)


_STRETCH = re.compile(r"[^\x00-\x7f]{8,12}")
_EVEN, _UNEVEN = 20_000, -15.0


_LOST = lazy_pattern("[\ufffd\ue000-\uf8ff]")
_LOST_MOST = 4  # one character in so many may have lost its bytes
_WRONG = ("cp1252", "gb18030", "big5hkscs", "cp950")
_RIGHT = ("utf-8", "gb18030", "big5hkscs")


def _readings(text: str) -> Iterator[tuple[float, str, str, bool]]:
    for wrong, width in product(_WRONG, (1, 2) if "\ufffd" in text else (1,)):
        data = encode_back(text, wrong, width)
        if data is None or (wrong == "cp1252" and width == 2):
            continue
        for right in _RIGHT:
            if right == wrong or {right, wrong} == {"big5hkscs", "cp950"}:
                continue
            again, sound = _decode_again(data, right, wrong)
            if again.startswith("\ufeff"):
                again = again[1:]
            step = f"{right} read as {wrong}"
            if right == "utf-8" and wrong == "cp1252" and _mostly_latin(again):
                yield (
                    _score_twice(again),
                    again,
                    step,
                    sound,
                )  # doubly encoded: Chinese only after another round
            else:
                yield _score_text(again), again, step, sound


def _decode_again(data: bytes, right: str, wrong: str) -> tuple[str, bool]:
    """Return the text of the bytes, and whether they decode without a hole."""
    try:
        return data.decode(right), True
    except UnicodeDecodeError:
        return decode_with_holes(data, right, wrong), False


def _mostly_latin(text: str) -> bool:
    sample = text[:_LETTERS]
    return sum("\x80" <= char < "\u2e80" for char in sample) > 0.5 * sum(char >= "\x80" for char in sample)


def _score_twice(text: str) -> float:
    data = encode_back(text, "cp1252")
    if data is None:
        return -99.0
    return max(_score_text(data.decode(right, "replace")) for right in _RIGHT) - 0.5


def encode_back(text: str, wrong: str, width: int = 1) -> bytes | None:
    """Return the bytes that a text was read from, None when too many of its characters have none.

    U+FFFD is a hole of ``width`` bytes, and so is what the encoding has no bytes for.
    """
    if wrong == "cp1252":
        data = b"".join(map(_cp1252_byte, text))
    else:
        # GB 18030 has four bytes for U+FFFD itself; here it stands for a byte that was lost
        parts = (_encode_marked(part, wrong) for part in text.split("\ufffd"))
        data = (_HOLES * width).join(parts)
    return data if data.count(HOLE) * _LOST_MOST <= len(text) * width else None


_HOLES = bytes((HOLE,))


def _encode_marked(text: str, wrong: str) -> bytes:
    try:
        return text.encode(wrong)
    except UnicodeEncodeError:
        return b"".join(_encode_one(char, wrong) for char in text)


def _encode_one(char: str, wrong: str) -> bytes:
    try:
        return char.encode(wrong)
    except UnicodeEncodeError:
        return _HOLES


def _cp1252_byte(char: str) -> bytes:
    """Encode as browsers read: CP1252, and Latin-1 where CP1252 has nothing."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return bytes((ord(char),)) if ord(char) < 0x100 else _HOLES
