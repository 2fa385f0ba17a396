"""From the characters of one numeral to its value: 1萬8607, 一千五百五十八点二亿, 几十万, 七八十, 三分之二."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from jfextract.numbers.characters import character_class, characters
from jfextract.numbers.model import Reading

__all__ = ["EXACT", "LONGEST", "divide", "evaluate", "longest_reading", "suffix_scales"]

LONGEST = 64
"""Longer runs of numerals are no number that anybody wrote on purpose."""

EXACT = Context(prec=100)
"""All arithmetic happens with enough digits that no written number is rounded."""

_TOKEN = re.compile(r"\.\d+|\d[\d,，]*(?:[.．]\d+)?|[A-Za-z]{2,}|\S")
_PAIR = re.compile("[两兩]")  # a word for two things, never a digit of a string
_SPACE = re.compile(r"\s+")
_FULLY = re.compile("好(?=[几幾])")  # 三十好几 has the bounds of 三十几
_TEN_HUNDRED_THOUSAND = (Decimal(10), Decimal(100), Decimal(1000))
_LATIN = {"k": 1000, "K": 1000, "w": 10000, "W": 10000, "M": 10**6, "G": 10**9, "T": 10**12, "B": 10**9}
_ENGLISH = {
    "thousand": 1000,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}


class _Token(NamedTuple):
    role: str
    value: Decimal


def divide(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return the quotient to 16 significant digits, as the record writes fractions.

    >>> divide(Decimal(2), Decimal(3))
    Decimal('0.6666666666666667')
    """
    return Context(prec=16).divide(numerator, denominator)


def _tokens(run: str) -> list[_Token] | None:
    table = characters()
    out: list[_Token] = []
    for match in _TOKEN.finditer(run):
        piece = match.group()
        entry = table.get(piece)
        if entry is not None:
            out.append(_Token(entry.role, Decimal(entry.value)))
        elif piece[-1].isdecimal():
            out.append(_Token("figure", Decimal(re.sub("[,，]", "", piece).replace("．", "."))))
        else:
            scale = _LATIN.get(piece) or _ENGLISH.get(piece.lower())
            if scale is None:
                return None
            out.append(_Token("scale", Decimal(scale)))
    return out


def _section(tokens: list[_Token]) -> Decimal | None:
    """Value below 万: 四千零五十, 四百五 (450), 5千4百; None if the order of multipliers is wrong."""
    total, last, pending, zero, written = Decimal(0), Decimal(10000), None, False, False
    for role, value in tokens:
        if role == "digit" and value == 0 and pending is None:
            zero = True
        elif role in ("digit", "figure"):
            if pending is not None:
                return None
            pending, written = value, role == "digit"
        elif role == "fused":
            if pending is not None or last <= 10:
                return None
            total, last, zero = total + value, Decimal(10), False
        elif role == "multiplier":
            if value >= last or (pending is None and total and value != 10):
                return None
            total += (Decimal(1) if pending is None else pending) * value
            last, pending, zero = value, None, False
        else:
            return None
    if pending is not None:
        if total and pending >= last:
            return None
        short = written and total and last > 10 and not zero
        total += pending * last / 10 if short else pending
    return total


def _plain(tokens: list[_Token]) -> Decimal | None:
    """Value of tokens without 点 and indefinite words; scales nest: (二十万)亿, 一万五千亿."""
    scales = [(token.value, index) for index, token in enumerate(tokens) if token.role == "scale"]
    if not scales:
        return _section(tokens)
    scale, at = max(scales)
    left = _plain(tokens[:at]) if at else Decimal(1)
    if left is None:
        return None
    right = tokens[at + 1 :]
    if not right:
        return left * scale
    if right[0].role == "scale" or (right[0].role == "multiplier" and right[0].value > 10):
        return None  # 亿万 and 万千 are no numbers
    rest = _plain(right)
    if rest is None or rest >= scale:
        return None
    if len(right) == 1 and right[0].role == "digit":
        rest = rest * scale / 10  # 一万五 is 15000
    return left * scale + rest


def _multiples(tokens: list[_Token]) -> Decimal | None:
    """Product of pure multipliers (百万, 亿), 1 for none; None if anything else is among them."""
    product = Decimal(1)
    for role, value in tokens:
        if role not in ("multiplier", "scale"):
            return None
        product *= value
    return product


def _decimal(tokens: list[_Token]) -> Decimal | None:
    point = next((index for index, token in enumerate(tokens) if token.role == "point"), None)
    if point is None:
        return _plain(tokens)
    whole = _plain(tokens[:point]) if point else None
    digits = ""
    rest = point + 1
    while rest < len(tokens) and tokens[rest].role in ("digit", "figure"):
        digits += str(tokens[rest].value)
        rest += 1
    factor = _multiples(tokens[rest:])
    if whole is None or not digits.isdigit() or factor is None:
        return None
    return (whole + Decimal("0." + digits)) * factor


def _odd(tokens: list[_Token]) -> Reading | None:
    """十余万, 3000多, 二十来: a number and a little more."""
    at = next(index for index, token in enumerate(tokens) if token.role == "odd")
    base, factor = _decimal(tokens[:at]), _multiples(tokens[at + 1 :])
    if base is None or factor is None or base < 10:
        return None
    low = base * factor
    if base in _TEN_HUNDRED_THOUSAND:
        return Reading(None, low, 2 * low - 1, "approx", "indefinite")
    return Reading(low, None, None, "above", "odd")


def _some(tokens: list[_Token]) -> Reading | None:
    """几十, 数百万, 十几亿, 一百零几万."""
    at = next(index for index, token in enumerate(tokens) if token.role == "some")
    after = tokens[at + 1 :]
    factor = _multiples(after)
    if factor is None:
        return None
    if at == 0:
        least = 2 if not after or after[0].value == 10 else 1
        return Reading(None, least * factor, 10 * factor - 1, "approx", "indefinite")
    base = _plain(tokens[:at])
    if base is None or base < 10:
        return None
    return Reading(None, base * factor, (base + 10) * factor - 1, "approx", "indefinite")


def _estimate(tokens: list[_Token]) -> Reading | None:
    """两三, 七八十, 十七八, 三五万, 一百二三十: two neighbouring digits are bounds."""
    for at, (first, second) in enumerate(pairwise(tokens)):
        if first.role == second.role == "digit":
            near = first.value + 1 == second.value or (int(first.value), int(second.value)) == (3, 5)
            if not near or not first.value:
                return None
            low, high = (
                _decimal(tokens[: at + 1] + tokens[at + 2 :]),
                _decimal(tokens[:at] + tokens[at + 1 :]),
            )
            if low is None or high is None or low >= high:
                return None
            return Reading(None, low, high, "approx", "estimate")
    return None


def _about(run: str) -> Reading | None:
    """千把人: about a thousand."""
    factor = _multiples(_tokens(run) or [_Token("digit", Decimal(0))])
    return None if factor is None else Reading(factor, None, None, "approx", "indefinite")


def _form(tokens: list[_Token]) -> str:
    roles = {token.role for token in tokens}
    if roles <= {"multiplier", "scale"} and tokens[0].value != 10:
        return "bare"
    if "figure" not in roles:
        return "hanzi"
    return "figure" if len(tokens) == 1 else "mixed"


@lru_cache(maxsize=8192)
def evaluate(run: str) -> Reading | None:
    """Read one numeral (no sign, no approximator in front); None if it is no well-formed number.

    >>> evaluate("1萬8607").value, evaluate("一万五千亿").value
    (Decimal('18607'), Decimal('1500000000000'))
    >>> reading = evaluate("七八十")
    >>> int(reading.low), int(reading.high)
    (70, 80)
    >>> evaluate("十余").mod, evaluate("二十余").mod
    ('approx', 'above')
    """
    if len(run) > LONGEST:
        return None
    with localcontext(EXACT):
        if "分" in run:
            return _fraction(_SPACE.sub("", run))
        if run.endswith("把"):
            return _about(run[:-1])
        tokens = _tokens(_FULLY.sub("", run))
        if not tokens:
            return None
        roles = {token.role for token in tokens}
        if roles == {"circled"} and len(tokens) == 1:
            return Reading(tokens[0].value, None, None, "exact", "circled")
        if "some" in roles:
            return _some(tokens)
        if "odd" in roles:
            return _odd(tokens)
        if len(tokens) > 1 and roles == {"digit"}:
            return _estimate(tokens) or (None if _PAIR.search(run) else _digits(tokens))
        value = _decimal(tokens)
        if value is not None:
            return Reading(value, None, None, "exact", _form(tokens))
        return _estimate(tokens)


def longest_reading(run: str) -> tuple[str, Reading | None]:
    """Return the longest well-formed beginning of a run that is none as a whole, with its reading.

    It never ends between two digits (两两 is no number), so the reading may be None.

    >>> run, reading = longest_reading("五十千")
    >>> run, int(reading.value)
    ('五十', 50)
    """
    digits = character_class("digit")
    rest = ""
    while 1 < len(run) <= LONGEST:
        run, rest = run[:-1], run[-1]
        reading = evaluate(run)
        if reading is not None:
            return run, (None if rest in digits and run[-1] in digits else reading)
    return run, None


def _digits(tokens: list[_Token]) -> Reading | None:
    return Reading(Decimal("".join(str(token.value) for token in tokens)), None, None, "exact", "digits")


_FRACTION = re.compile(r"(?:(?P<whole>[^又分]+)又)?(?P<denominator>[^又分]+)分之?(?P<numerator>[^又分]+)")


def _fraction(run: str) -> Reading | None:
    """三分之二, 二又五分之一; a decimal keeps its 16 digits."""
    match = _FRACTION.fullmatch(run)
    if match is None:
        return None
    whole = evaluate(match["whole"]) if match["whole"] else None
    below, above = evaluate(match["denominator"]), evaluate(match["numerator"])
    if below is None or above is None or not below.value or (match["whole"] and whole is None):
        return None
    denominator = below.value
    base = whole.value if whole is not None and whole.value is not None else Decimal(0)

    def part(number: Decimal | None) -> Decimal | None:
        return None if number is None else divide(base * denominator + number, denominator)

    return Reading(part(above.value), part(above.low), part(above.high), above.mod, "fraction", denominator)


def suffix_scales(run: str) -> list[Decimal]:
    """Return the products of the multipliers at the end of a numeral, the longest first.

    A range lends them to its left side: 七千到九千亿 is 7000 亿 to 9000 亿.

    >>> [int(scale) for scale in suffix_scales("九百亿")]
    [10000000000, 100000000]
    """
    tokens = _tokens(run) or []
    products: list[Decimal] = []
    product = Decimal(1)
    for token in reversed(tokens):
        if token.role not in ("multiplier", "scale"):
            break
        product *= token.value
        products.append(product)
    return products[::-1]
