"""GBK as pairs of bytes: which pairs are characters, which characters share a byte."""

from __future__ import annotations

from functools import lru_cache

from jfextract.text.normalise import normalise

__all__ = [
    "LEADS",
    "by_lead",
    "by_trail",
    "char_of",
    "common",
    "is_unassigned",
    "pair_of",
    "plain",
    "simplified",
]

LEADS = range(0x81, 0xFF)
_TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@lru_cache(maxsize=1)
def _pairs() -> dict[int, str]:
    """Return every assigned pair (``lead << 8 | trail``) with its character."""
    found: dict[int, str] = {}
    for lead in LEADS:
        for trail in _TRAILS:
            try:
                found[lead << 8 | trail] = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
    return found


_DIGITS = "0123456789"
_BRACKETS = str.maketrans("「」『』〈〉【】〔〕", "“”‘’《》()()")


@lru_cache(maxsize=1)
def _plain() -> dict[str, str]:
    chars = list(_pairs().values())
    simple = normalise("\n".join(chars), "t2s").translate(_BRACKETS)
    plain = dict(zip(chars, simple.split("\n"), strict=True))
    return {
        **dict.fromkeys(_DIGITS, "0"),
        **{char: "0" if one in _DIGITS else one for char, one in plain.items()},
    }


def plain(char: str) -> str:
    """Return the simplified, half-width form that the statistics know: ``0`` is every digit, “ is 「 too."""
    return _plain().get(char, char)


@lru_cache(maxsize=256)
def by_lead(lead: int) -> tuple[tuple[int, str], ...]:
    """Return the trail bytes and characters that follow a lead byte."""
    return tuple((trail, char) for trail in _TRAILS if (char := _pairs().get(lead << 8 | trail)))


@lru_cache(maxsize=256)
def by_trail(trail: int) -> tuple[tuple[int, str], ...]:
    """Return the lead bytes and characters that end in a trail byte."""
    return tuple((lead, char) for lead in LEADS if (char := _pairs().get(lead << 8 | trail)))


def char_of(lead: int, trail: int) -> str | None:
    """Return the character of a pair, None when GBK has none."""
    return _pairs().get(lead << 8 | trail)


def is_unassigned(lead: int, trail: int) -> bool:
    """Tell whether a decoder would lose this pair."""
    return lead << 8 | trail not in _pairs()


@lru_cache(maxsize=65536)
def pair_of(char: str) -> tuple[int, int] | None:
    """Return the two bytes of a character (private-use ones of GB 18030 too), None when it has no two.

    >>> pair_of("基"), pair_of("a")
    ((187, 249), None)
    """
    try:
        data = char.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@lru_cache(maxsize=1)
def simplified() -> frozenset[str]:
    """Return the characters of everyday simplified text: level 1 of GB 2312, and marks."""
    level = bytes(byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    every = level.decode("gb2312", "ignore")  # the last row is not full
    return frozenset((*every, *"，。、：；！？“”‘’（）《》—…·〔〕「」『』【】％"))


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Return the characters of everyday text in both scripts: level 1 of GB 2312, and what s2t makes of it."""
    import opencc

    plain = sorted(simplified())
    return simplified() | frozenset(opencc.OpenCC("s2t").convert("\n".join(plain)).split("\n"))
