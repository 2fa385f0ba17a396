"""Undo what converters did to a page: pinyin glosses and text read one byte out of step.

``repair`` is called on every text and must cost a clean one almost nothing: each fixer begins with a
cheap search for the trace that its damage always leaves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jfextract.model import Edit
from jfextract.text.offsets import IDENTITY, OffsetMap, apply_edits, offset_map

__all__ = ["Repaired", "repair"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The clean text, the edits that made it (spans in the source), and the map between the two."""

    text: str
    edits: tuple[Edit, ...]
    offsets: OffsetMap


_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_GLOSS = re.compile(rf"(?<=[一-鿿])\((?=[a-zü]*[{_TONED}])[a-zü{_TONED}]{{1,6}}\)")


def repair(source: str) -> Repaired:
    """Return the source with the damage undone that can be proved, and the list of edits."""
    found = [match.span() for match in _GLOSS.finditer(source)]
    if len(found) < 3:
        return Repaired(source, (), IDENTITY)
    edits = tuple(Edit(start, end, "", "gloss", True) for start, end in found)
    plan = [(edit.start, edit.end, edit.replacement) for edit in edits]
    return Repaired(apply_edits(source, plan), edits, offset_map(plan))
