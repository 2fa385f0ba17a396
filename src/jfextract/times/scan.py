"""One pass over a text for the pieces of time expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jfextract.times.piece import Rule
from jfextract.times.rules import absolute, clock, counts, festival, named, periods, relative

__all__ = ["NUMBER_RULES", "WORD_RULES", "candidates"]

# At each place the rules are tried in this order, and the first that matches wins. Those that begin with
# a figure or a number word, and those that begin with another word, are two lists, so that a look at
# the first characters spares most places of a text any further trial.
NUMBER_RULES = (
    "plan", "event", "holiday_of_year", "holiday", "lunar_plain", "lunar_day", "iso_date", "iso_month", "slashed_date", "years", "months", "month_day", "short_year",
    "roc_year", "year", "vague", "count_since", "distance", "month", "quarter", "decade", "century", "clock", "day",
)  # fmt: skip
WORD_RULES = (
    "event", "plan", "holiday", "holiday_time", "lunar", "lunar_plain", "lunar_day", "stem_year", "year_ad", "roc_year", "first_months", "first_days", "half_year", "vague", "recent", "frequency",
    "two_years", "this_season", "relative", "week", "weekday", "within_year", "year_edge", "month_edge", "edge",
    "ten_days", "quarter", "solar_term", "season", "nth_in_period", "last_in_period", "decade", "century",
    "part_clock", "part_of_day",
)  # fmt: skip

_NUMBER = "0-9〇零○一二三四五六七八九十两俩半廿卅几数多百元"
_AFTER_NUMBER = _NUMBER + "旦宵夕“”年月日号天个周星礼季小分秒点时世载余战、,，至到~～:：./— –－-"
_WORDS = (
    "改中党新建辛鸦抗解文第冷香澳西加入汶国脱本“\"‘「『公民前头首后上下近这往历常全最过未今接此之随每逐按"
    "去明来大次翌同当昨周星礼年月岁初末底春夏秋冬Qq凌拂黎清早正午傍黄晚夜深白晨晏"
    "情和妇植消愚儿寒圣神耶受复东地国劳青母护佛端世父建香七中军教双重光万记感黑宪平行腊小除农阴夏旧正闰假节长佳"
    "甲乙丙丁戊己庚壬癸立雨惊谷芒处霜"
)
_GROUP = re.compile(r"\(\?P<\w+>")


@lru_cache(maxsize=1)
def _rules() -> dict[str, tuple[Rule, re.Pattern[str]]]:
    every = (*named.rules(), *absolute.RULES, *counts.RULES, *periods.RULES, *relative.rules(), *festival.rules(), *clock.rules())
    return {rule.name: (rule, re.compile(rule.pattern)) for rule in every}


@lru_cache(maxsize=1)
def _scanner() -> re.Pattern[str]:
    def either(names: tuple[str, ...], mark: str) -> str:
        patterns = ((name, _GROUP.sub("(?:", _rules()[name][0].pattern)) for name in names)
        return "|".join(f"(?P<{mark}{name}>{pattern})" for name, pattern in patterns)

    numbers = f"(?=[{_NUMBER}][{_AFTER_NUMBER}])(?:{either(NUMBER_RULES, 'n_')})"
    words = f"(?=[{_WORDS}])(?:{either(WORD_RULES, 'w_')})"
    return re.compile(f"{numbers}|{words}")


def candidates(text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield the pieces in ``text`` from left to right, without overlap: the rule and its own match.

    >>> [(rule.name, match[0]) for rule, match in candidates("今年3月")]
    [('relative', '今年'), ('month', '3月')]
    """
    rules = _rules()
    for found in _scanner().finditer(text):
        rule, pattern = rules[(found.lastgroup or "")[2:]]
        match = pattern.match(text, found.start())
        if match is not None:
            yield rule, match
