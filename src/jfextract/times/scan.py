"""One pass over a text for the pieces of time expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from jfextract.times.piece import Rule
from jfextract.times.rules import absolute, clock, counts, festival, named, periods, relative, whole

__all__ = ["NUMBER_RULES", "WHOLE_RULES", "WORD_RULES", "candidates"]

# At each place the rules are tried in this order, and the first that matches wins. Those that begin with
# a figure or a number word, and those that begin with another word, are two lists, so that a look at
# the first characters spares most places of a text any further trial.
NUMBER_RULES = (
    "plan", "event", "holiday_of_year", "holiday", "lunar_plain", "iso_date", "iso_month", "slashed_date", "years", "years_bare", "months", "month_day", "short_year",
    "year", "vague", "count_since", "distance", "roc_bare", "month", "quarter", "decade", "century", "hours_clock", "clock", "day",
)  # fmt: skip
WORD_RULES = (
    "event", "reign", "plan", "holiday", "holiday_time", "lunar", "lunar_plain", "stem_year", "year_ad", "roc_year", "first_months", "first_days", "half_year", "vague", "week", "recent", "frequency",
    "two_years", "this_season", "relative", "weekday", "within_year", "year_edge", "month_edge", "edge",
    "ten_days", "quarter", "solar_term", "season", "nth_in_period", "last_in_period", "decade", "century",
    "part_hours", "part_clock", "part_of_day",
)  # fmt: skip

WHOLE_RULES = (
    "spaced_date", "compact_date", "within", "passing", "holiday", "lunar_day", "month_day_bare", "han_year", "bare_year", "near_day", "now",
)  # fmt: skip

_NUMBER = "0-9〇零○一二三四五六七八九十两俩半廿卅几数多百元"
_AFTER_NUMBER = _NUMBER + "旦宵夕“”年月日号天个周星礼季小分秒点时世载余战、,，至到~～:：./— –－-"
_WORDS = '第“"‘「『公民前头首后上下近这往历常全最过未今接此之随每逐按去明中周星礼年月岁初末底春夏秋冬Qq农阴夏旧正腊闰大假节长佳双甲乙丙丁戊己庚辛壬癸'
_GROUP = re.compile(r"\(\?P<\w+>")


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[Rule, re.Pattern[str]]]:
    every = (
        *named.rules(), *absolute.RULES, *counts.RULES, *periods.RULES, *relative.rules(), *festival.rules(),
        *clock.rules(), *whole.RULES,
    )  # fmt: skip
    return {rule.name: (rule, re.compile(rule.pattern)) for rule in every}


def _any_of(names: Iterable[str], mark: str) -> str:
    patterns = ((name, _GROUP.sub("(?:", _rules()[name][0].pattern)) for name in names)
    return "|".join(f"(?P<{mark}{name}>{pattern})" for name, pattern in patterns)


@lru_cache(maxsize=2)
def _scanner(whole: bool) -> re.Pattern[str]:
    if whole:
        return re.compile(
            "|".join((_any_of(WHOLE_RULES, "e_"), _any_of(NUMBER_RULES, "n_"), _any_of(WORD_RULES, "w_")))
        )
    heads = "".join(sorted(set(_WORDS) | festival.heads() | relative.heads() | clock.heads() | named.heads()))
    heads = "".join(re.escape(head) for head in heads if not re.match(f"[{_NUMBER}]", head))
    numbers = f"(?=[{_NUMBER}][{_AFTER_NUMBER}])(?:{_any_of(NUMBER_RULES, 'n_')})"
    return re.compile(f"{numbers}|(?=[{heads}])(?:{_any_of(WORD_RULES, 'w_')})")


def candidates(text: str, *, whole: bool = False) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield the pieces in ``text`` from left to right, without overlap: the rule and its own match.

    >>> [(rule.name, match[0]) for rule, match in candidates("今年3月")]
    [('relative', '今年'), ('month', '3月')]
    """
    rules = _rules()
    for found in _scanner(whole).finditer(text):
        rule, pattern = rules[(found.lastgroup or "")[2:]]
        match = pattern.match(text, found.start())
        if match is not None:
            yield rule, match
