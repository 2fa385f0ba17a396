"""A second converter that spoils clean text, and scores for what a repair makes of it.

Unlike ``damage`` it keeps account of each byte, so that a score can tell which characters of the truth are whole in
the spoiled text, and what an edit should have said. Its pages differ too: glosses at random places, doubled, toneless,
or everywhere; the pairs replaced in a part of the page only; U+FFFD, ``?`` or nothing for a lost byte.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from jfextract.model import Edit
from jfextract.text.normalise import normalise
from jfextract.text.repair import repair
from jfextract.text.statistics import plain_readings, readings

PAIRS = {b"\xa3\xa1": b"!", b"\xa3\xac": b",", b"\xa3\xbf": b"?"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a converter works and how its reader shows what it cannot read.

    ``glossed`` is the number of different characters that are glossed, ``share`` how many of their occurrences are,
    ``style`` is ``toned``, ``toneless`` or ``doubled``; ``replaced`` is the share of the pairs that are replaced.
    ``shown`` stands for a lost byte; ``swallows`` says that it takes an ASCII byte behind it along; ``by_pair`` that
    an unassigned pair is lost whole.
    """

    glossed: int = 12
    share: float = 1.0
    style: str = "toned"
    replaced: float = 1.0
    shown: str = "?"
    swallows: bool = False
    by_pair: bool = True


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A truth and what became of it: for each character of ``text`` the indices of the truth that it has bytes of."""

    truth: str
    text: str
    origin: tuple[tuple[int, ...], ...]
    whole: frozenset[int]  # characters of the truth that are in the text undamaged


def spoil(truth: str, manner: Manner, seed: int) -> Spoiled:
    """Spoil a text (characters outside of GBK become ``?``)."""
    chance = random.Random(seed)
    data, owner = bytearray(), list[int]()
    truth = truth.encode("gbk", "replace").decode("gbk")
    for index, char in enumerate(truth):
        coded = char.encode("gbk")
        data += coded
        owner += [index] * len(coded)
    table = _glosses(truth, manner, chance)
    out, kept = bytearray(), list[int]()
    at = 0
    while at < len(data):
        pair = bytes(data[at : at + 2])
        if pair in PAIRS and chance.random() < manner.replaced:
            out += PAIRS[pair]
            kept.append(owner[at] if owner[at : at + 2] == [owner[at]] * 2 else -2 - owner[at])
            at += 2
        elif pair in table and chance.random() < manner.share:
            gloss = table[pair]
            out += pair + gloss
            kept += [*owner[at : at + 2], *[-1] * len(gloss)]
            at += 2
        else:
            out.append(data[at])
            kept.append(owner[at])
            at += 1
    return _read(truth, bytes(out), kept, manner)


def _glosses(truth: str, manner: Manner, chance: random.Random) -> dict[bytes, bytes]:
    known = sorted({char for char in truth if char in readings() and len(char.encode("gbk")) == 2})
    table: dict[bytes, bytes] = {}
    for char in chance.sample(known, min(manner.glossed, len(known))):
        toned = chance.choice(sorted(readings()[char]))
        plain = plain_readings(toned)
        plain = plain if chance.random() < 0.5 else plain.replace("v", "u")
        gloss = toned if manner.style == "toned" else plain
        again = 1 if manner.style != "doubled" else chance.choice((1, 2, 2, 3))
        table[char.encode("gbk")] = (f"({gloss})" * again).encode("gbk", "ignore")
    return table


def _read(truth: str, data: bytes, kept: Sequence[int], manner: Manner) -> Spoiled:
    text: list[str] = []
    origin: list[tuple[int, ...]] = []
    whole: set[int] = set()

    def put(char: str, start: int, end: int) -> None:
        if not char:
            return
        owners = tuple(sorted({-2 - one if one < -1 else one for one in kept[start:end]} - {-1}))
        text.append(char)
        origin.append(owners)
        sound = len(set(kept[start:end])) == 1 and kept[start] >= 0
        if sound and normalise(char) == normalise(truth[kept[start]]):
            whole.add(kept[start])

    at = 0
    while at < len(data):
        if data[at] < 0x80:
            put(chr(data[at]), at, at + 1)
            at += 1
            continue
        trail = data[at + 1] if at + 1 < len(data) else 0
        try:
            put(data[at : at + 2].decode("gbk"), at, at + 2)
            at += 2
            continue
        except UnicodeDecodeError:
            pass
        pair_like = trail >= 0x40 and trail != 0x7F and data[at] != 0x80
        size = 2 if (pair_like and manner.by_pair) or (manner.swallows and 0x20 < trail < 0x80) else 1
        put(manner.shown, at, at + size)
        at += size
    return Spoiled(truth, "".join(text), tuple(origin), frozenset(whole))


@dataclass(slots=True)
class Score:
    """Counts over many texts."""

    damaged: int = 0  # characters of the truth that are not whole
    restored: int = 0
    changed: int = 0  # whole characters that the repair changed
    paragraphs: int = 0  # lines with damage (a gloss counts)
    exact: int = 0
    certain: int = 0
    right: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, spoiled: Spoiled) -> None:
        """Repair a text and count."""
        repaired = repair(spoiled.text)
        lines = list(
            zip(*(part.split("\n") for part in (spoiled.truth, spoiled.text, repaired.text)), strict=False)
        )
        for true, bad, good in lines:
            if normalise(true) != normalise(bad):
                self.paragraphs += 1
                self.exact += _plain(true) == _plain(good)
        self.damaged += len(spoiled.truth) - len(spoiled.whole)
        kept = _matched(_plain(spoiled.truth), _plain(repaired.text))
        self.restored += sum(i not in spoiled.whole and i in kept for i in range(len(spoiled.truth)))
        covered: set[int] = set()
        for edit in repaired.edits:
            first, last = _truth_span(spoiled, edit)
            self._judge(spoiled, edit, first, last)
            covered |= set(range(first, last))

    def _judge(self, spoiled: Spoiled, edit: Edit, first: int, last: int) -> None:
        new = _plain(edit.replacement)
        ends = [(*_loose(spoiled, at, -1), *_loose(spoiled, at, 1)) for at in (first, last)]
        spans = [(a, b) for a in ends[0] for b in ends[1] if a <= b]
        right = any(_plain(spoiled.truth[a:b]) == new for a, b in spans)
        if edit.certain:
            self.certain += 1
            self.right += right
        true = _plain(spoiled.truth[first:last])
        lost = [i for i in range(first, last) if i in spoiled.whole and i - first not in _matched(true, new)]
        if not right and lost:
            self.changed += len(lost)
        if not right and (lost or edit.certain):
            around = spoiled.text[max(0, edit.start - 12) : edit.start]
            behind = spoiled.text[edit.end : edit.end + 12]
            self.notes.append(
                f"{'certain' if edit.certain else 'guess'} {edit.kind} lost={''.join(spoiled.truth[i] for i in lost)!r} "
                f"{around}[{spoiled.text[edit.start : edit.end]}]{behind} -> {edit.replacement!r} truth {true!r}"
            )

    def __str__(self) -> str:
        return (
            f"restored {self.restored}/{self.damaged} = {self.restored / max(1, self.damaged):.4f}  "
            f"exact {self.exact}/{self.paragraphs} = {self.exact / max(1, self.paragraphs):.4f}  changed {self.changed}  "
            f"certain right {self.right}/{self.certain} = {self.right / max(1, self.certain):.4f}"
        )


def _plain(text: str) -> str:
    return normalise(text, "t2s")


def _matched(true: str, other: str) -> set[int]:
    blocks = SequenceMatcher(None, true, other, autojunk=False).get_matching_blocks()
    return {i for start, _, size in blocks for i in range(start, start + size)}


def _truth_span(spoiled: Spoiled, edit: Edit) -> tuple[int, int]:
    """The stretch of the truth that an edit stands for; empty for what was put in."""
    inside = [i for owners in spoiled.origin[edit.start : edit.end] for i in owners]
    if inside:
        return min(inside), max(inside) + 1
    before = [i for owners in spoiled.origin[max(0, edit.start - 30) : edit.start] for i in owners]
    at = max(before) + 1 if before else 0
    return at, at


def _loose(spoiled: Spoiled, at: int, step: int) -> Iterable[int]:
    """Where a stretch may end as well: characters beside it that are damaged belong to it or not."""
    yield at
    for _ in range(3):
        inner = at if step > 0 else at - 1
        if not 0 <= inner < len(spoiled.truth) or inner in spoiled.whole:
            return
        at += step
        yield at
