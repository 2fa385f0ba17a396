"""Do to clean text what converters do to it: glosses, replaced byte pairs, false glosses, lost bytes.

A test tool: ``damage(text, seed=…)`` returns the damaged text. Everything goes by bytes of GBK, as it does in
the tools that spoil real pages.
"""

from __future__ import annotations

import random
import re

from jfextract.text.doublebyte import pair_of
from jfextract.text.statistics import plain_readings, readings

REPLACED = {b"\xa3\xa1": b"!", b"\xa3\xac": b",", b"\xa3\xbf": b"?"}
SHOWN = ("nothing", "mark", "swallow")


def decode_lossy(data: bytes, shown: str, *, skip_pair: bool = True) -> str:
    """Decode GBK as a careless reader does.

    ``shown``: a lost byte is shown as nothing, as ``?``, or as ``?`` that swallows the ASCII byte behind
    it. ``skip_pair``: an unassigned pair is lost whole (browsers), else its first byte only (Python).
    """
    out: list[str] = []
    at = 0
    while at < len(data):
        lead = data[at]
        if lead < 0x80:
            out.append(chr(lead))
            at += 1
            continue
        trail = data[at + 1] if at + 1 < len(data) else 0
        try:
            out.append(bytes((lead, trail)).decode("gbk"))
            at += 2
            continue
        except UnicodeDecodeError:
            pass
        out.append("" if shown == "nothing" else "?")
        is_pair = trail >= 0x40 and trail != 0x7F and lead != 0x80
        swallowed = shown == "swallow" and 0x20 < trail < 0x80
        at += 2 if swallowed or (is_pair and skip_pair) else 1
    return "".join(out)


def _encode(text: str) -> list[bytes]:
    return [char.encode("gbk", "replace") for char in text]


def _gloss_bytes(char: str, *, toned: bool) -> bytes:
    reading = sorted(readings()[char])[0]
    return f"({reading if toned else plain_readings(reading)})".encode("gbk", "ignore")


def damage(
    text: str, *, seed: int, shown: str, glossed: int = 12, toned: bool = True, skip_pair: bool = True
) -> str:
    """Return a text as a converter would leave it.

    ``glossed`` characters of the text are chosen and glossed wherever their bytes occur, also across a
    boundary; the three pairs of REPLACED likewise. The bytes are then read by ``decode_lossy``.
    """
    chance = random.Random(seed)
    data = b"".join(_encode(text))
    known = sorted({char for char in text if char in readings() and pair_of(char)})
    chosen = chance.sample(known, min(glossed, len(known)))
    glosses = {char.encode("gbk"): _gloss_bytes(char, toned=toned) for char in chosen}
    table = {pair: pair + gloss for pair, gloss in glosses.items()} | REPLACED
    if table:
        pattern = re.compile(b"|".join(map(re.escape, table)))
        data = pattern.sub(lambda match: table[match[0]], data)
    return decode_lossy(data, shown, skip_pair=skip_pair)
