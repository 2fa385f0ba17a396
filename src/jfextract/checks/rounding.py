"""How exactly a figure is known: from the digits that are written and the words of approximation around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from jfextract.model import Measure

__all__ = ["Bounds", "Status", "bounds", "is_slip", "judge", "last_digit", "shown", "written_like"]

Status = Literal["holds", "within rounding", "fails"]

_WRITTEN = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")
_SEPARATORS = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")
_HUNDRED, _LEAST_ROUNDED = Decimal(100), Decimal(1000)
_FEWEST_DIGITS = 3
_COARSEST = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest that a figure can mean."""

    low: Decimal
    high: Decimal

    def meets(self, other: Bounds) -> bool:
        """Whether one number can be both."""
        return self.low <= other.high and other.low <= self.high


def bounds(measure: Measure) -> Bounds | None:
    """What the figure can mean, read generously; None when it is open to one side.

    What is written with a fraction or a scale word was rounded: 1.06万 is 10,550 to 10,650. A whole number
    is exact unless it ends in zeros that may stand for rounding: 13000 is 12,500 to 13,500, 3759 only itself,
    and so is 500, as small counts are seldom rounded without a word that says so.
    余, 多, 超 reach up to the next unit of the last digit that is not zero (4500余 is 4500 to 4600), 近 and 不到
    down to the one before, and 约 both ways.
    """
    value = measure.value
    if value is None:
        return None if measure.low is None or measure.high is None else Bounds(measure.low, measure.high)
    if measure.mod == "exact":
        slack = (_known_to(measure) or min(_zeros(value), abs(value) * _COARSEST)) / 2
        return Bounds(value - slack, value + slack)
    reach = max(_rough_digit(measure), last_digit(measure))
    if measure.mod == "above":
        return Bounds(value, value + reach)
    if measure.mod == "below":
        return Bounds(value - reach, value)
    return Bounds(value - reach, value + reach)


def judge(
    stated: Measure, computed: Decimal, could_be: Bounds, terms: Iterable[Measure], sign: int = 1
) -> Status | None:
    """How a computed figure stands to the stated one; None where the two cannot be compared.

    ``could_be`` is what the computed figure can be, given how its ``terms`` are rounded; ``sign`` is that of
    ``stated``. It holds when the terms, taken as written, give the stated figure to its last digit.
    """
    said = bounds(stated)
    if said is None:
        return None
    if sign < 0:
        said = Bounds(-said.high, -said.low)
    digit = _known_to(stated)
    if stated.mod == "exact" and stated.kind in ("percent", "percentage_point"):
        # a result is often cut off rather than rounded: 66.7 becomes 66
        said = Bounds(said.low - digit / 2, said.high + digit / 2)
    if stated.value is not None and all(term.mod == "exact" for term in (stated, *terms)):
        off = abs(computed - sign * stated.value)
        if off * 2 <= digit or off == 0:
            return "holds"
    return "within rounding" if said.meets(could_be) else "fails"


def last_digit(measure: Measure) -> Decimal:
    """What the last written digit stands for, in base units: 100 in 1.06万; 0 for a whole count, which is exact.

    Percentages and the like are never whole counts: 16% was rounded to ones.
    """
    value = measure.value
    written = _WRITTEN.search(measure.text)
    if value is None:
        return Decimal(0)
    if measure.kind == "fraction":  # 七分之一 is said of anything nearer to it than to a sixth or an eighth
        return abs(value) / 10
    if written is None:
        return (
            Decimal(0) if value == value.to_integral_value() and not _is_rate(measure) else _trailing(value)
        )
    number = Decimal(written.group().translate(_SEPARATORS))
    exponent = number.as_tuple().exponent
    if number == 0 or not isinstance(exponent, int):
        return Decimal(1) if _is_rate(measure) else Decimal(0)
    if value == number and exponent >= 0 and not _is_rate(measure):
        return Decimal(0)
    return abs(value / number) * Decimal(1).scaleb(exponent)


def shown(number: Decimal, like: Measure) -> str:
    """A computed number with as many decimals as the figure it is held against, and one more where it has none.

    >>> from jfextract import extract
    >>> shown(Decimal("-18.1708"), extract("同比压减16%").measures[0])
    '-18.2'
    """
    digit = last_digit(like)
    places = max(1, -digit.adjusted()) if digit else 0
    text = f"{number:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text and not digit else text


def written_like(number: Decimal, like: Measure) -> str:
    """A computed number as the stated figure is written, with its scale word and unit.

    >>> from jfextract import extract
    >>> written_like(Decimal(7542000), extract("共有辅导员754.3万名").measures[0])
    '754.2万名'
    """
    written = _WRITTEN.search(like.text)
    if written is None or not like.value:
        return f"{number.normalize():,f}"
    stated = Decimal(written.group().translate(_SEPARATORS))
    scaled = number * stated / like.value if stated else number
    return f"{scaled.normalize():f}{like.text[written.end() :]}"


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two different numbers look like one that was miswritten.

    >>> is_slip(Decimal(3759), Decimal(3795)), is_slip(Decimal("3.5e6"), Decimal("3.5e7"))
    (True, True)
    >>> is_slip(Decimal(3759), Decimal(2482)), is_slip(Decimal(12), Decimal(13))
    (False, False)
    """
    digits = [_digits(number) for number in (one, other)]
    if digits[0] == digits[1]:
        return True
    width = max(map(len, digits))
    if width < _FEWEST_DIGITS or one.adjusted() != other.adjusted():
        return False
    left, right = (written.ljust(width, "0") for written in digits)
    wrong = [place for place in range(width) if left[place] != right[place]]
    if len(wrong) == 1:
        return True
    return len(wrong) == 2 and wrong[1] - wrong[0] == 1 and sorted(left) == sorted(right)


def _is_rate(measure: Measure) -> bool:
    return measure.kind in ("percent", "percentage_point", "multiple", "fraction", "index")


def _trailing(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _rough_digit(measure: Measure) -> Decimal:
    """What the last digit that is not zero stands for: 100 in 4500, 10,000 in 2万; at most the value itself."""
    value = abs(measure.value or Decimal(0))
    return min(_trailing(value), value) if value else Decimal(1)


def _zeros(value: Decimal) -> Decimal:
    """What a whole number may have been rounded to, two leading digits being meant: 1000 of 13000, 0 of 3759 or 500."""
    if abs(value) < _LEAST_ROUNDED:
        return Decimal(0)
    unit = min(_trailing(value), Decimal(1).scaleb(value.adjusted() - 1))
    return unit if unit >= _HUNDRED else Decimal(0)


def _known_to(measure: Measure) -> Decimal:
    """The last digit of an exact figure, but no more than a tenth of the figure.

    1万 is no number between 5000 and 15000: who writes it knows it better than to its only digit.
    """
    digit = last_digit(measure)
    return digit if _is_rate(measure) else min(digit, abs(measure.value or Decimal(0)) * _COARSEST)


def _digits(number: Decimal) -> str:
    return "".join(map(str, number.normalize().as_tuple().digits))
