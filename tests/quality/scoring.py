"""Scores of extracted records against gold annotation: spans paired one to one, then field by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

FIELDS = ("value", "unit", "kind", "mod", "item", "change", "role", "basis", "per", "time", "place")
FACT = ("value", "unit", "item", "change")
LAYERS = ("measures", "times", "places")


def scores(gold: Iterable[Record], found: Iterable[Record]) -> dict[str, float]:
    """F1 of each layer, accuracy of each field, and F1 of whole facts and whole records, each in 0–1."""
    by_id = {record["id"]: record for record in found}
    count: Counter[str] = Counter()
    for document in gold:
        for layer in LAYERS:
            _count_layer(layer, document[layer], by_id[document["id"]][layer], count)
    out = {
        f"{layer}_f1": _f1(count[layer], count[f"{layer}:gold"], count[f"{layer}:found"]) for layer in LAYERS
    }
    out["exact_span_f1"] = _f1(count["measures:exact"], count["measures:gold"], count["measures:found"])
    for field in (*FIELDS, "edtf", "place_name"):
        out[field] = count[f"{field}:right"] / count[f"{field}:scored"]
    for whole in ("fact", "record"):
        out[f"{whole}_f1"] = _f1(count[whole], count["measures:gold"], count["measures:found"])
    return {name: round(value, 4) for name, value in out.items()}


def _count_layer(layer: str, gold: Sequence[Record], found: Sequence[Record], count: Counter[str]) -> None:
    pairs = paired(gold, found)
    matched = {at for _, at in pairs}
    count[f"{layer}:gold"] += sum(not _is_optional(layer, entry) for entry in gold)
    count[f"{layer}:found"] += len(found) - len(matched)
    for i, j in pairs:
        if _is_optional(layer, gold[i]):
            continue
        count[layer] += 1
        count[f"{layer}:found"] += 1
        count[f"{layer}:exact"] += (gold[i]["start"], gold[i]["end"]) == (found[j]["start"], found[j]["end"])
        if layer == "measures":
            right = {
                field: _right(field, gold[i], found[j]) for field in FIELDS if _is_scored(field, gold[i])
            }
            for field, good in right.items():
                count[f"{field}:scored"] += 1
                count[f"{field}:right"] += good
            count["fact"] += all(right.get(field, True) for field in FACT)
            count["record"] += all(right.values())
        else:
            wanted, name = ("edtf", "edtf") if layer == "times" else ("name", "place_name")
            if gold[i].get(wanted):
                same = _same_time if layer == "times" else _same_place
                count[f"{name}:scored"] += 1
                count[f"{name}:right"] += same(gold[i][wanted], found[j].get(wanted))


def is_fact(gold: Record, found: Record) -> bool:
    """Whether value, unit, item and change of a paired figure are right; an item that gold leaves open is."""
    return all(_right(field, gold, found) for field in FACT if _is_scored(field, gold))


def _is_optional(layer: str, entry: Record) -> bool:
    return bool(entry.get("optional")) or (layer == "places" and entry.get("kind") == "org")


def paired(gold: Sequence[Record], found: Sequence[Record]) -> list[tuple[int, int]]:
    """One-to-one pairs by largest overlap; half of the longer span must be shared."""
    offers = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
            if shared > 0 and 2 * shared >= max(a["end"] - a["start"], b["end"] - b["start"]):
                offers.append((shared, -abs(a["start"] - b["start"]), i, j))
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(offers, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((i, j))
    return pairs


def _f1(right: int, gold: int, found: int) -> float:
    return 2 * right / (gold + found) if gold + found else 0.0


def _is_scored(field: str, gold: Record) -> bool:
    if field == "item":
        return bool(gold.get("item_head"))
    return field not in ("time", "place") or gold.get(field) is not None


def _right(field: str, gold: Record, found: Record) -> bool:
    if field == "value":
        return _same_value(gold, found)
    if field == "item":
        return _same_item(gold, found)
    if field == "time":
        return _same_time(gold.get("time"), found.get("time"))
    if field == "place":
        return _same_place(gold.get("place"), found.get("place"))
    answers = {_bare(gold.get(field)), *map(_bare, gold.get(f"{field}_alt") or [])}
    return _bare(found.get(field)) in answers


def _close(a: Any, b: Any) -> bool:
    return a is not None and b is not None and abs(float(a) - float(b)) <= 1e-6 * max(1.0, abs(float(a)))


def _same_value(gold: Record, found: Record) -> bool:
    if gold.get("value") is not None:
        return _close(gold["value"], found.get("value"))
    if gold.get("mod") == "range":
        bounds = (_close(gold.get(side), found.get(side)) for side in ("low", "high"))
        return found.get("value") is None and all(bounds)
    return (
        _close(gold["low"], found.get("low")) if gold.get("low") is not None else found.get("value") is None
    )


def _bare(text: Any) -> Any:
    return re.sub(r"\s+", "", text) if isinstance(text, str) else text


def _same_item(gold: Record, found: Record) -> bool:
    head, full, item = _bare(gold["item_head"]), _bare(gold.get("item_full")), _bare(found.get("item"))
    if not item:
        return False
    return item in map(_bare, gold.get("item_alt") or []) or (head in item and item in (full or head))


def _same_place(gold: str | None, found: str | None) -> bool:
    if not gold or not found or min(len(gold), len(found)) < 2:
        return False
    return gold.endswith(found) or found.endswith(gold)


def _same_time(gold: str | None, found: str | None) -> bool:
    """Equal, or a span of whole years whose ends differ by one at most."""
    if gold == found:
        return True
    spans = [re.fullmatch(r"(\d{4})/(\d{4})", text or "") for text in (gold, found)]
    if spans[0] is None or spans[1] is None:
        return False
    return all(abs(int(a) - int(b)) <= 1 for a, b in zip(spans[0].groups(), spans[1].groups(), strict=True))
