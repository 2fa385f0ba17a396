"""Undo what converters and printers did to a page: glosses, text out of step, splices, hidden characters.

``repair`` is called on every text and costs a clean one almost nothing: each fixer begins with a search
for the trace that its damage always leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Edit
from jfextract.text.decode import reads_well
from jfextract.text.gloss import find_glosses, judge_glosses, remove_glosses
from jfextract.text.markup import strip_markup
from jfextract.text.offsets import IDENTITY, OffsetMap, apply_edits, offset_map
from jfextract.text.reread import reread
from jfextract.text.shift import repair_shifts

__all__ = ["Repaired", "in_doubt", "repair", "show_edits"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The clean text, the edits that made it (spans in the source), and the map between the two."""

    text: str
    edits: tuple[Edit, ...]
    offsets: OffsetMap


_SPLICE = lazy_pattern(
    r"[ \u3000\n]{0,9}[(（【]紧?(?:下转|下轉)第?[^)）】\n]{1,8}版[)）】]\s{0,9}[(（【]紧?上接第?[^)）】\n]{1,8}版[)）】][ \u3000]{0,9}"
)
_HIDDEN = lazy_pattern("[\u200b\u200e\u200f\u2060\ufeff\u00ad]+|(?<=[\u3400-\u9fff])[\u200c\u200d]+")
_HIDDEN_MARKS = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_TRACE = re.compile(r"[!?\ufffd]|,(?=[^\x00-\x7f]{0,1}[\u4e00-\u9fff])|[a-zü\u00e0-\u01dc][)）]")


_MARKUP_TRACE = re.compile(
    r"</|<br|<p[ >]|&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo|mdash|middot|hellip|ensp|emsp|#\d{2,6});"
)


def repair(source: str, *, decoded: bool = False) -> Repaired:
    """Return the source with the damage undone that can be proved, and the list of edits.

    ``decoded`` says that ``decode`` made the text, which has undone a wrong decoding already.

    >>> repair("社區(qū)減負是一道加減法,減的是超出職責(zé)的行政負擔(dān)").text
    '社區減負是一道加減法,減的是超出職責的行政負擔'
    >>> repair("每袋50公斤(kg)").edits
    ()
    """
    misread, clear = ((), True) if decoded else reread(source)
    if misread:  # what else is wrong with such a page cannot be told apart from it
        return _apply(source, misread)
    edits = _undo_converter(source) if _TRACE.search(source) and not _is_rubble(source) else []
    edits += _remove_all(_SPLICE, source, "splice") if "上接" in source else ()
    if any(mark in source for mark in _HIDDEN_MARKS):
        edits += _remove_all(_HIDDEN, source, "hidden")
    if _MARKUP_TRACE.search(source):
        edits += strip_markup(source)
    if not edits and clear:
        return Repaired(source, (), IDENTITY)
    repaired = _apply(
        source, tuple(_without_overlaps(sorted(edits, key=lambda edit: (edit.start, edit.end))))
    )
    return repaired if clear or reads_well(repaired.text) else in_doubt(repaired)


def in_doubt(repaired: Repaired) -> Repaired:
    """Return the same with an edit that changes nothing and says that the encoding of the whole page is a guess.

    Nothing lies under it: figures in ASCII are the same in each reading, and whoever reads them is told.

    >>> in_doubt(repair("3件")).edits
    (Edit(start=0, end=0, replacement='', kind='encoding', certain=False),)
    """
    return replace(repaired, edits=(Edit(0, 0, "", "encoding", False), *repaired.edits))


def _is_rubble(source: str) -> bool:
    """Tell a text that lost so many bytes that nothing can be told from the rest."""
    return source.count("\ufffd") * 6 > len(source)


def _apply(source: str, ordered: tuple[Edit, ...]) -> Repaired:
    plan = [(edit.start, edit.end, edit.replacement) for edit in ordered]
    return Repaired(apply_edits(source, plan), ordered, offset_map(plan))


def _undo_converter(source: str) -> list[Edit]:
    """Put shifted text into step, then judge the glosses on the result: a shift tears characters from theirs."""
    glosses = find_glosses(source) if ")" in source or "）" in source else ()
    removable, certain = judge_glosses(source, glosses)
    shifts = repair_shifts(source, mirrored=bool(removable))
    if not removable and not shifts:
        return []
    plan = [(edit.start, edit.end, edit.replacement) for edit in shifts]
    in_step = apply_edits(source, plan)
    offsets = offset_map(plan)
    if shifts:
        removable, certain = judge_glosses(in_step, find_glosses(in_step), damaged=True)
    removed = [*remove_glosses(removable, certain=certain), *_close_quotes(in_step)]
    return [*shifts, *(_move(edit, offsets) for edit in removed)] if shifts else removed


def _close_quotes(text: str) -> list[Edit]:
    """Guess 。” where a line of a damaged page ends in ``!`` inside a quotation: the shift had no room to show."""
    return [
        Edit(match.end() - 1, match.end(), "。”", "shift", False)
        for match in _OPEN_END.finditer(text)
        if match[0].count("“") == match[0].count("”") + 1
    ]


_OPEN_END = re.compile(r"^.*“[^“”\n]+!$", re.MULTILINE)


def _move(edit: Edit, offsets: OffsetMap) -> Edit:
    start, end = offsets.to_source(edit.start, edit.end)
    return replace(edit, start=start, end=end)


def _remove_all(pattern: re.Pattern[str], source: str, kind: str) -> list[Edit]:
    return [Edit(match.start(), match.end(), "", kind, True) for match in pattern.finditer(source)]


def _without_overlaps(edits: Iterable[Edit]) -> Iterable[Edit]:
    last = 0
    for edit in edits:
        if edit.start >= last:
            yield edit
            last = edit.end


def show_edits(source: str, edits: Iterable[Edit], *, context: int = 10) -> str:
    """Show edits as lines ``before → after`` with some context; a guess is marked with ``?``.

    >>> text = "業(yè)務、職責(zé)、負擔(dān)"
    >>> print(show_edits(text, repair(text).edits[:1], context=2))
      1+4  業[-(yè)-]務、
    """
    lines: list[str] = []
    for edit in edits:
        before = source[max(0, edit.start - context) : edit.start]
        after = source[edit.end : edit.end + context]
        old = f"[-{source[edit.start : edit.end]}-]" if edit.end > edit.start else ""
        new = f"{{+{edit.replacement}+}}" if edit.replacement else ""
        line = (
            f"{' ' if edit.certain else '?'} {edit.start}+{edit.end - edit.start}  {before}{old}{new}{after}"
        )
        lines.append(line.replace("\n", "⏎"))
    return "\n".join(lines)
