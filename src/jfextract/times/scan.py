"""One pass over a text for the pieces of time expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from jfextract.times.piece import Rule
from jfextract.times.rules import (
    absolute,
    centuries,
    clock,
    counts,
    festival,
    fiscal,
    named,
    periods,
    relative,
    whole,
)
from jfextract.times.words import either

__all__ = ["NUMBER_RULES", "WHOLE_RULES", "WORD_RULES", "candidates", "matches", "scanner"]

# At each place the rules are tried in this order, and the first that matches wins. Those that begin with
# a figure or a number word, and those that begin with another word, are two lists, so that a look at
# the first characters spares most places of a text any further trial.
NUMBER_RULES = (
    "plan", "event", "holiday_of_year", "holiday", "lunar_plain", "iso_date", "iso_month", "roc_date", "fiscal", "slashed_date", "years", "years_bare", "months", "months_pair", "month_day", "short_year",
    "decade", "year", "year_short", "vague", "count_since", "distance", "roc_bare", "month", "rates_quarter", "quarter", "century", "hours_clock", "clock", "day",
)  # fmt: skip
WORD_RULES = (
    "event", "reign", "plan", "holiday", "holiday_time", "lunar", "lunar_plain", "stem_year", "year_ad", "roc_year", "first_months", "first_days", "half_year", "vague", "week", "these_years", "recent", "frequency", "this_fiscal", "rates_quarter", "semester",
    "two_years", "glossed", "from_now_on", "this_season", "same_period", "whole_year", "relative", "weekday", "within_year", "year_edge", "month_edge", "edge",
    "ten_days", "quarter", "solar_term", "season", "nth_in_period", "school_break", "half_month", "last_in_period", "decade", "century",
    "part_hours", "part_clock", "part_of_day",
)  # fmt: skip

WHOLE_RULES = (
    "spaced_date", "compact_date", "within", "remaining", "passing", "recent_bare", "holiday", "lunar_day", "month_day_bare", "han_year", "bare_year", "near_day", "now",
)  # fmt: skip

_NUMBER = "0-9〇零○一二三四五六七八九十两俩半廿卅几数多百元"
_AFTER_NUMBER = (
    _NUMBER + "全上下前第旦宵夕“”年月日号天个周星礼季小分秒点时世载余战、,，至到~～:：./— –－QHqh-"
)
# The first character of the word rules and, behind it, the characters that may come second; the words of
# the tables are added. Most places of a text fail here, before any rule is tried.
_NUMERALS = "0-9一二两三四五六七八九十百半几数多"
_HEADS = (
    f"前[{_NUMERALS}半年个]", f"头[{_NUMERALS}]", f"首[{_NUMERALS}季日天个]", f"后[{_NUMERALS}半]", f"上[{_NUMERALS}上个周星礼半世旬中]",
    f"下[{_NUMERALS}下个周星礼半旬]", f"近[{_NUMERALS}些年代]", "最[近后]", "[暑寒][假期]", "[早仲暮晚盛深隆寒初][春夏秋冬]", "昨今", "前昨", "过去", "未来", "今[后明春夏秋冬]", "接下", "随后", "往[后前年常]",
    "这[一几些个周星礼二两三四五六七八九十0-9]", "历年", "常年", "[全当]年", "同[期月季]", "[ ]同[期月季]", "每.", "逐[年月日季周步]", "按[年月日季周]", "去[春夏秋冬今]", "明[春夏秋冬后]", r"中(?:[、旬下的时将和至]|[^\u4e00-\u9fff]|$)",
    "本[周世星礼]", "第[0-9一二三四五六七八九十]", "周[一二三四五六日末1-6]", "星期", "礼拜", "年[初末底内中]", "月[初末底]", "岁末", "[初末底]",
    "[春夏秋冬][季天]", "(?<=年)[春夏秋冬]", "[Qq][1-4]", "公元", "民[ 国]", "农历", "阴历", "夏历", "旧历", "[正腊冬]月", "闰[一二三四五六七八九十正冬腊1]", "大年",
    "[本今这上下]一?个?[财会]", "[上下]学期", "[假节长佳双][期日节假]", "[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]", "现在",
    "[大前昨今明后去上本下][前(（]", "[今明]起", "即日", "[“\"‘「『][十一二三四五六七八九元春清端中国双除劳新]",
)  # fmt: skip
_FIRST = re.compile(r"[\u4e00-\u9fffQq“\"‘「『]")
_GROUP = re.compile(r"\(\?P<\w+>")


@lru_cache(maxsize=1)
def _rules() -> dict[str, Rule]:
    every = (
        *named.rules(), *absolute.RULES, *fiscal.RULES, *counts.RULES, *periods.RULES, *centuries.RULES, *relative.rules(), *festival.rules(),
        *clock.rules(), *whole.RULES,
    )  # fmt: skip
    return {rule.name: rule for rule in every}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The pattern of a rule; most texts need few of them, and all take a tenth of a second to compile."""
    return re.compile(_rules()[name].pattern)


def _any_of(names: Iterable[str], mark: str) -> str:
    patterns = ((name, _GROUP.sub("(?:", _rules()[name].pattern)) for name in names)
    return "|".join(f"(?P<{mark}{name}>{pattern})" for name, pattern in patterns)


@lru_cache(maxsize=2)
def scanner(*, whole: bool = False) -> re.Pattern[str]:
    """The one pattern of all rules; ``whole`` adds those that only count where the text is one expression."""
    marks = [(NUMBER_RULES, "n_"), (WORD_RULES, "w_")]
    if whole:
        marks.insert(0, (WHOLE_RULES, "e_"))
    return re.compile("|".join(_any_of(names, mark) for names, mark in marks))


@lru_cache(maxsize=1)
def _numbers() -> re.Pattern[str]:
    """The rules that begin with a figure or a number word; none begins inside a figure."""
    return re.compile(f"(?=[{_NUMBER}][{_AFTER_NUMBER}])(?!(?<=[0-9])[0-9])(?:{_any_of(NUMBER_RULES, 'n_')})")


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    """The rules that begin with another word; a short text may have none, and they are dear to compile."""
    heads = f"(?:{'|'.join(_HEADS)}|{either(_named_heads())})"
    return re.compile(f"(?={heads})(?:{_any_of(WORD_RULES, 'w_')})")


@lru_cache(maxsize=1)
def _beginning() -> re.Pattern[str]:
    """Where a rule may match, group 1 where one of the number rules may; the pattern begins with one set of characters."""
    firsts, seconds, alone = _pairs_of_heads()
    number = f"(?<=[{_NUMBER}])(?=[{_AFTER_NUMBER}])()"
    return re.compile(f"[{_NUMBER}{firsts}{alone}](?:{number}|(?<=[{firsts}])(?=[{seconds}])|(?<=[{alone}]))")


@lru_cache(maxsize=1)
def _word_beginning() -> re.Pattern[str]:
    """Where one of the word rules may match."""
    firsts, seconds, alone = _pairs_of_heads()
    return re.compile(f"[{firsts}](?=[{seconds}])|[{alone}]")


def _named_heads() -> tuple[str, ...]:
    return (*festival.heads(), *relative.heads(), *clock.heads(), *named.heads())


@lru_cache(maxsize=1)
def _pairs_of_heads() -> tuple[str, str, str]:
    """What the word rules begin with, as sets: first characters, second characters, and firsts before anything."""
    named_heads = _named_heads()
    first = sorted({head[0] for head in named_heads} | set(_FIRST.findall("".join(_HEADS))))
    alone = {
        *"中每初末底春夏秋冬",
        *(head for head in named_heads if len(head) == 1),
    }  # what stands behind these is open
    seconds = {head[1] for head in named_heads if len(head) > 1} | set("".join(_HEADS)) | set("0123456789")
    firsts = "".join(char for char in first if char not in alone)
    return firsts, re.escape("".join(sorted(seconds))), "".join(sorted(alone))


def candidates(text: str, *, whole: bool = False) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield the pieces in ``text`` from left to right, without overlap: the rule and its own match.

    >>> [(rule.name, match[0]) for rule, match in candidates("今年3月")]
    [('relative', '今年'), ('month', '3月')]
    """
    rules = _rules()
    for found in scanner(whole=True).finditer(text) if whole else matches(text):
        name = (found.lastgroup or "")[2:]
        match = _pattern(name).match(text, found.start())
        if match is not None:
            yield rules[name], match


def matches(text: str) -> Iterator[re.Match[str]]:
    """What ``scanner().finditer`` gives; a look at two characters first spares most places any further trial."""
    beginning, word_beginning, numbers = _beginning(), _word_beginning(), _numbers()
    at = 0
    while (begin := beginning.search(text, at)) is not None:
        start = begin.start()
        found = numbers.match(text, start) if begin.lastindex else None
        if found is None and (not begin.lastindex or word_beginning.match(text, start)):
            found = _words().match(text, start)
        at = begin.end() if found is None else found.end()
        if found is not None:
            yield found
