"""Figures in the neutral answer format of other systems' test cases: our numbers and quantities, renamed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from jfextract import numbers, units
from jfextract.lexicon import read_table
from jfextract.numbers import Number
from jfextract.text.normalise import normalise
from jfextract.units import Quantity

__all__ = ["FIGURES", "answer_figures"]

FIGURES = frozenset(
    {"number", "ordinal", "percent", "numberrange", "age", "money", "dimension", "temperature", "distance"}
    | {"volume", "quantity", "duration"}
)
_DIMENSIONS = frozenset({"dimension", "temperature", "distance", "volume", "quantity"})
_PHYSICAL = frozenset(
    {"length", "area", "volume", "mass", "temperature", "energy", "power", "data", "speed", "angle", "other"}
)
_DURATIONS = {
    "秒": "second", "分钟": "minute", "小时": "hour", "天": "day", "日": "day", "周": "week", "星期": "week",
    "礼拜": "week", "个月": "month", "季度": "quarter", "年": "year", "刻钟": "quarter_hour",
}  # fmt: skip
_AGES = {
    "岁": "year",
    "周岁": "year",
    "虚岁": "year",
    "年": "year",
    "个月": "month",
    "月": "month",
    "天": "day",
    "日": "day",
    "周": "week",
}
_SPOONS = {"茶匙": 5, "汤匙": 15}
_ENGLISH = {
    row["unit"]: row["name"]
    for row in read_table(Path(__file__).with_name("units.tsv"), ("unit", "name"), key="unit")
}


def _plain(number: Decimal | None) -> float | int | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _bounds(found: Number | Quantity) -> dict[str, float | int | None]:
    """``value`` beside the bound that 至少 or 以下 states; a true range has bounds alone."""
    low, high = found.low, found.high
    if found.value is not None and found.mod == "above":
        low = found.value
    elif found.value is not None and found.mod == "below":
        high = found.value
    return {"value": _plain(found.value), "low": _plain(low), "high": _plain(high)}


def _mention(found: Number | Quantity, kind: str, unit: str | None = None, **more: Any) -> dict[str, Any]:
    return {"start": found.start, "end": found.end, "type": kind, "unit": unit, **_bounds(found), **more}


def _number(number: Number) -> dict[str, Any]:
    mention = _mention(number, "number")
    if number.value is None and number.form in ("indefinite", "odd"):
        mention["value"] = _plain(number.low)
    return mention


def _percent(quantity: Quantity) -> dict[str, Any]:
    mention = _mention(quantity, "percent", "%")
    if quantity.unit == "‰":
        mention["value"] = _plain(None if quantity.value is None else quantity.value / 10)
    return mention


def _fits(quantity: Quantity, dimension: str) -> dict[str, Any] | None:
    if (
        dimension == "percent"
        and quantity.kind in ("percent", "percentage_point")
        and quantity.value is not None
    ):
        return _percent(quantity)
    if dimension == "percent" and quantity.kind == "fraction" and quantity.rule == "percent":
        return _percent(quantity)
    if dimension == "money" and quantity.kind == "money":
        return _mention(quantity, "money", quantity.unit)
    if dimension == "duration" and quantity.kind == "duration":
        unit = _DURATIONS.get(quantity.unit or "")
        return None if unit is None else _mention(quantity, "duration", unit)
    if dimension in _DIMENSIONS and quantity.kind in _PHYSICAL and quantity.unit in _SPOONS:
        mention = _mention(quantity, "dimension", "milliliter")
        scaled = {
            key: mention[key] and mention[key] * _SPOONS[quantity.unit] for key in ("value", "low", "high")
        }
        return {**mention, **scaled}
    if dimension in _DIMENSIONS and quantity.kind in _PHYSICAL and quantity.unit in _ENGLISH:
        return _mention(quantity, "dimension", _ENGLISH[quantity.unit])
    if dimension == "age" and quantity.kind == "age":
        return _mention(quantity, "age", _AGES.get(quantity.unit or ""))
    return None


def _ranges(text: str) -> list[dict[str, Any]]:
    """Bounds of quantities and of numbers; 等于 N is a range of one."""
    found: list[Number | Quantity] = [quantity for quantity in units.find(text) if quantity.mod != "exact"]
    taken = [
        (mention.start, mention.end) for mention in found if mention.low is None or mention.value is None
    ]
    mentions = []
    for number in numbers.find(text):
        if any(number.start < end and start < number.end for start, end in taken) and number.rule != "bounds":
            continue
        found = [
            mention for mention in found if not (mention.start < number.end and number.start < mention.end)
        ]
        equal = text.endswith("等于", 0, number.start) and number.mod == "exact"
        if number.mod != "exact":
            mentions.append(_mention(number, "numberrange"))
        elif equal:
            mentions.append(
                _mention(number, "numberrange", low=_plain(number.value), high=_plain(number.value))
            )
    mentions += [_mention(quantity, "numberrange") for quantity in found]
    return [{**mention, "value": None} for mention in mentions]


def answer_figures(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Return our mentions for a case of one of the dimensions FIGURES, in the neutral format."""
    text = normalise(case["text"])
    dimension = case["dimension"]
    if dimension == "ordinal":
        return [_mention(number, "ordinal") for number in numbers.find_ordinals(text)]
    if dimension == "number":
        if case["mode"] == "whole" and (whole := numbers.parse(text)) is not None:
            return [_number(whole)]
        return [_number(number) for number in numbers.find(text)]
    if dimension == "numberrange":
        return _ranges(text)
    if case["mode"] == "whole":
        kind = {"distance": "length", "quantity": "mass"}.get(dimension, dimension)
        whole_quantity = units.parse(text, kind=kind)
        if whole_quantity is not None and (mention := _fits(whole_quantity, dimension)):
            return [mention]
    found = [_fits(quantity, dimension) for quantity in units.find(text)]
    return [mention for mention in found if mention is not None]
