"""How likely it is that a figure and its item are right, learnt from annotated reports.

A log-linear model of a few plain features (which rule gave the item, how far the next candidate lay behind, how long
the phrase is …); its weights stand in ``data/confidence.tsv``, made by scripts/calibrate_confidence.py.
"""

from __future__ import annotations

import math
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.affinity import Affinity
from jfextract.link.item import Item
from jfextract.link.move import Move
from jfextract.units import Quantity

__all__ = ["confidence_of", "features_of"]

_DEGREES = frozenset({"percent", "percentage_point", "multiple", "fraction"})
_LENGTHS = ((4, "4"), (8, "8"), (14, "14"))


def features_of(
    text: str, affinity: Affinity, figure: Quantity, item: Item | None, move: Move
) -> tuple[str, ...]:
    """What speaks for or against a figure of ``text`` being linked rightly, as names of the table."""
    group = "count" if figure.kind == "count" else "degree" if figure.kind in _DEGREES else "other"
    found = ["always", f"group={group}", f"role={move.role}", f"mod={figure.mod}"]
    if item is None:
        return (*found, "rule=none", f"rule=none group={group}")
    head = text[item.head_start : item.head_end]
    size = next((name for most, name in _LENGTHS if item.end - item.start <= most), "more")
    margin = "wide" if item.margin > 0.3 else "fair" if item.margin > 0.1 else "close"
    found += [f"rule={item.rule}", f"rule={item.rule} group={group}", f"length={size}", f"margin={margin}"]
    found.append(f"head={min(len(head), 4)}")
    if group == "count":
        found.append(f"known={affinity.of(figure.unit, head) > 0}")
    if "的" in text[item.start : item.end]:
        found.append("的")
    return tuple(found)


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    rows = room_table("link", "confidence.tsv", ["feature", "weight"], key="feature")
    return {row["feature"]: float(row["weight"]) for row in rows}


def confidence_of(text: str, affinity: Affinity, figure: Quantity, item: Item | None, move: Move) -> float:
    """The likelihood, in 0–1, that span, value, unit, item and change of a figure of ``text`` are all right."""
    known = _weights().get
    total = sum([known(feature, 0.0) for feature in features_of(text, affinity, figure, item, move)])
    return round(1 / (1 + math.exp(-total)), 3)
