"""How exactly a figure is known: from the digits that are written and the words of approximation around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.model import Measure

__all__ = [
    "Bounds",
    "Status",
    "bounds",
    "is_slip",
    "judge",
    "last_digit",
    "shown",
    "widest",
    "written_like",
]

Status = Literal["holds", "within rounding", "fails"]

_GROUP = lazy_pattern(r"([0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?)([十百千万萬亿億兆]*)")
_SCALED = re.compile(r"([万萬亿億兆]+)(?![零〇一二两兩三四五六七八九十百千])")
_SCALES = {
    "十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12,
}  # fmt: skip
_SEPARATORS = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")
_NEARLY = re.compile("近|几乎|幾乎")
_THOUSAND = Decimal(1000)
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
    """What the figure means, given how it is written; None when it is open to one side.

    A whole number in digits means itself: 3759, 500, 1200, 13000. What is written with a fraction or a scale word was
    rounded to its last digit: 1.06万 is 10,550 to 10,650, 1.2千 is 1150 to 1250. 约 says that it was rounded to its
    last digit that is not zero (约1200 is 1150 to 1250); 余, 多, 超 reach up by one of that digit (1200多 is 1200 to
    1300), 不到 and 不足 down by one. Rounding, and 近, take no more than a tenth of the figure: 近50 is 45 to 50.
    """
    value = measure.value
    if value is None:
        return None if measure.low is None or measure.high is None else Bounds(measure.low, measure.high)
    tenth = abs(value) * _COARSEST
    if measure.mod == "exact":
        slack = _known_to(measure) / 2
        return Bounds(value - slack, value + slack)
    reach = _reach(measure)
    if measure.mod == "above":
        return Bounds(value, value + reach)
    if measure.mod == "below":
        return Bounds(value - (min(reach, tenth) if _NEARLY.search(measure.text) else reach), value)
    slack = min(reach / 2, tenth)
    return Bounds(value - slack, value + slack)


def widest(measure: Measure) -> Bounds | None:
    """The most that the figure may mean to a writer who is not strict: what lies within is no error.

    A whole number that ends in three zeros may have been rounded without a word that says so (13000 is 12,500 to
    13,500), 约 and 近 may reach as far as one of the last digit that is not zero.
    """
    value = measure.value
    if value is None or measure.mod == "above":
        return bounds(measure)
    if measure.mod == "exact":
        slack = (_known_to(measure) or min(_zeros(value), abs(value) * _COARSEST)) / 2
        return Bounds(value - slack, value + slack)
    reach = _reach(measure)
    return Bounds(value - reach, value if measure.mod == "below" else value + reach)


def judge(
    stated: Measure,
    computed: Decimal,
    could_be: Bounds,
    at_most: Bounds | None,
    terms: Iterable[Measure],
    sign: int = 1,
) -> Status | None:
    """How a computed figure stands to the stated one; None where the two cannot be compared, or nothing can be said.

    ``could_be`` is what the computed figure can be, given the ``bounds`` of its ``terms``, and ``at_most`` what it can
    be given their ``widest``; ``sign`` is that of ``stated``. It holds when the terms, taken as written, give the
    stated figure to its last digit, and fails when not even the widest reading allows it.
    """
    said, most = bounds(stated), widest(stated)
    if said is None or most is None:
        return None
    digit = _known_to(stated)
    if stated.mod == "exact" and stated.kind in ("percent", "percentage_point"):
        # a result is often cut off rather than rounded: 66.7 becomes 66
        said = most = _farther(said, digit / 2)
    elif stated.mod == "approx" and stated.value is not None:
        said = _farther(said, said.high - stated.value)  # and so is what 约 stands before
    if sign < 0:
        said, most = (Bounds(-span.high, -span.low) for span in (said, most))
    if stated.value is not None and all(term.mod == "exact" for term in (stated, *terms)):
        off = abs(computed - sign * stated.value)
        if off * 2 <= digit or off == 0:
            return "holds"
    if said.meets(could_be):
        return "within rounding"
    return None if at_most is None or most.meets(at_most) else "fails"


def last_digit(measure: Measure) -> Decimal:
    """What the last written digit stands for, in base units: 100 in 1.06万; 0 for a whole count, which is exact.

    Percentages and the like are never whole counts: 16% was rounded to ones. In 1万8607 and 3亿5000万 the last digit is
    that of the last part, in 二百万 it is the 万.
    """
    value = measure.value
    if value is None:
        return Decimal(0)
    if measure.kind == "fraction":  # 七分之一 is said of anything nearer to it than to a sixth or an eighth
        return abs(value) / 10
    written = _written(measure.text)
    if written is None:
        scale = _SCALED.search(measure.text)
        if _is_rate(measure):
            return _trailing(value)
        if scale is not None:
            return min(_scale_of(scale[1]), abs(value))
        return Decimal(0) if value == value.to_integral_value() else _trailing(value)
    if written.number == 0:
        return Decimal(1) if _is_rate(measure) else Decimal(0)
    if value == written.number and written.digit == 1 and not _is_rate(measure):
        return Decimal(0)
    return abs(value / written.number) * written.digit


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
    written = _written(like.text)
    if written is None or not like.value:
        return f"{number.normalize():,f}"
    scaled = number * written.number / like.value if written.number else number
    if written.is_mixed:
        return f"{scaled.normalize():f}{like.text[written.end :]}"
    return f"{(scaled / written.scale).normalize():f}{like.text[written.scale_at :]}"


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


@dataclass(frozen=True, slots=True)
class _Written:
    """A numeral in Arabic digits: its number with the scale words, and what its last digit stands for.

    ``scale_at`` is where the scale words of the last part begin and ``end`` where they end; ``scale`` is their product;
    ``is_mixed`` when there are several parts (1万8607).
    """

    number: Decimal
    digit: Decimal
    scale: Decimal
    scale_at: int
    end: int
    is_mixed: bool


def _written(text: str) -> _Written | None:
    number, last = Decimal(0), None
    is_mixed = False
    for part in _GROUP.finditer(text):
        if last is not None and part.start() != last.end():
            break
        is_mixed, last = last is not None, part
        number += Decimal(part[1].translate(_SEPARATORS)) * _scale_of(part[2])
    if last is None:
        return None
    exponent = Decimal(last[1].translate(_SEPARATORS)).as_tuple().exponent
    scale = _scale_of(last[2])
    digit = scale.scaleb(exponent) if isinstance(exponent, int) else scale
    return _Written(number, digit, scale, last.end(1), last.end(), is_mixed)


def _scale_of(words: str) -> Decimal:
    return Decimal(1).scaleb(sum(_SCALES[word] for word in words))


def _farther(span: Bounds, by: Decimal) -> Bounds:
    """The bounds, moved out on the side away from zero."""
    return Bounds(span.low - by, span.high) if span.high < 0 else Bounds(span.low, span.high + by)


def _reach(measure: Measure) -> Decimal:
    """What the last digit that is not zero stands for: 100 in 4500, 10,000 in 2万; at most the value itself."""
    value = abs(measure.value or Decimal(0))
    return max(min(_trailing(value), value) if value else Decimal(1), last_digit(measure))


def _zeros(value: Decimal) -> Decimal:
    """What a whole number may have been rounded to, two leading digits being meant: 1000 of 13000, 0 of 3759 or 1200."""
    if _trailing(value) < _THOUSAND:
        return Decimal(0)
    return min(_trailing(value), Decimal(1).scaleb(value.adjusted() - 1))


def _known_to(measure: Measure) -> Decimal:
    """The last digit of an exact figure, but no more than a tenth of the figure.

    1万 is no number between 5000 and 15000: who writes it knows it better than to its only digit.
    """
    digit = last_digit(measure)
    return digit if _is_rate(measure) else min(digit, abs(measure.value or Decimal(0)) * _COARSEST)


def _digits(number: Decimal) -> str:
    return "".join(map(str, number.normalize().as_tuple().digits))
