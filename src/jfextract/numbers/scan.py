"""One linear scan for runs of numeral characters, with what only looks like a number stepped over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from jfextract.lexicon import room_table
from jfextract.numbers.characters import character_class

__all__ = ["FIGURE", "Run", "run_pattern", "scan"]

FIGURE = r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:[.．]\d+)?|\d+(?:[.．]\d+)?|(?<![\w.])\.\d+"

_SKIPPED = (
    r"https?://[!-~]*|www\.[!-~]*|(?:%[0-9A-Fa-f]{2}){2,}"
    r"|(?<![A-Za-z])[A-Z]{0,3}[kK]\d+ ?\+ ?\d+(?:\.\d+)?(?:米|m(?![A-Za-z]))?"  # the milepost K53+200
    r"|(?<![\d.])\d+(?:\.\d+)?[kK](?: ?\+ ?\d+(?:\.\d+)?(?:米|公尺)?|(?=[处處]))"
    # CN61-0008, iPhone14, PM2.5, user@host; but GDP5.4% and APP3个 keep their figure
    r"|(?<!\d)[A-Za-z]+(?:\d+(?:\.\d+)?(?![\d.,]*[%％个個项項万萬亿億家元名款人])[A-Za-z0-9]*)?(?:[-_/.@]+[A-Za-z0-9]+)*"
    r"|[〔\[（(]\s?(?:19|20)\d\d\s?[〕\])）]\s?(?:第\s?)?\d+\s?[号號]"
    r"|\d{4}\s?[-./－]\s?\d{1,2}\s?[-./－]\s?\d{1,2}(?!\d)"
    r"|\d+(?:\.\d+){2,}"
    r"|(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：.．])"
    r"|12306(?!\d)|(?<!\d)(?:12[1-4]\d\d|9[56]\d{3})(?=热线|平台|便民|政务|市民|客服|举报)"
    r"|\d{3,4}-\d{7,8}(?!\d)|[48]00-\d{3,4}-?\d{3,4}(?!\d)|[（(]0\d{2,3}[）)]\s?\d{7,8}"
    r"|\d+(?:[*×·xX]\d+)+(?![\d.])"
    r"|(?:1[89]|20|21)\d\d(?:[-—–~～－至到、/](?:(?:1[89]|20|21)\d\d|\d\d))?(?=\s?(?:年|學年|学年|财年|財年|赛季|賽季|雪季|冰雪季|榨季|供暖季|采暖季))"
    r"|\d{1,2}(?:[-—–~～－至到、]{1,2}\d{1,2}){0,5}\s?月(?:份|底|初|末|\d{1,2}(?:[-—–~～－至到、]{1,2}\d{1,2}){0,5}[日号號])?"
    r"|\d{1,2}[-—–~～－至到、]{1,2}\d{1,2}[日号號]"
    r"|\d{1,2}\s?[时時点點]\s?(?:\d{1,2}\s?分(?!钟|鐘)|[整许半])|[一二三四五六七八九十]{1,3}[时時点點](?:[一二三四五六七八九十]{1,3}分(?!钟|鐘|之)|[整许])"
    r"|[一二三四五六七八九十]{1,3}(?:[至到、][一二三四五六七八九十]{1,3}){0,5}月(?:份|底|初|末|[一二三四五六七八九十]{1,3}[日号])?"
)


class Run(NamedTuple):
    """Numeral characters ``text[start:end]``; ``kind`` is ``run``, ``ratio`` (91比79), ``sum`` (1+6), ``half``, ``turn`` (翻两番) or ``vague`` (几, 多)."""

    kind: str
    start: int
    end: int


def run_pattern() -> str:
    """Return the pattern of one numeral: 1,100万, 1萬8607, 一千五百五十八点二亿, 十几万, 3000多, 二十 億."""
    digits = character_class("digit", "fused").replace("○", "").replace("参", "").replace("參", "")
    single = digits.replace("两", "").replace("兩", "")  # 六斤八两: there 两 is the unit
    powers = character_class("multiplier", "scale")
    some, odd, point = character_class("some"), character_class("odd"), character_class("point")
    circled = character_class("circled")
    start = rf"(?:{FIGURE}|[{digits}{powers}]|[{some}](?=[{powers}])|[参參](?=[拾佰仟])|[{circled}](?=[个個件次名人位项項条條种種家天元倍%％]))"
    going = (
        rf"[{single}{powers}○]|[两兩](?=[{powers}])|(?<=一)[两兩](?=[个個天年周位次名件项句分小月岁歲人家处種种])"
        rf"|(?<=[{powers}零〇])(?:{FIGURE})"
        rf"|(?<=[十拾百佰千仟])[几幾](?![乎何])"
        rf"|(?<=[{powers}零])[几幾](?=[{powers}])"
        rf"|(?<=[拾佰仟零])[参參]"
        rf"|(?<=[十拾])好[几幾](?=[{powers}个個名位人岁歲年天块塊元次斤,，。、;；)]|\Z)"
        rf"|(?<=[百千万萬])(?<![{digits}\d][百千万萬])把(?=[人块塊元斤里公米亩畝])"
        rf"|(?<=[{digits}{powers}])[{point}](?=[{digits}])"
        r"|(?<=\d)[kKwW](?![A-Za-z0-9])|(?<=\d) ?M(?![A-Za-z0-9])"
        r"|(?<=\d) ?(?i:thousand|million|billion|trillion|mn|bn)(?![A-Za-z0-9])"
    )
    more = rf"(?:[{odd}](?!元[化素体體气氣论論一性主文格共治融统統投参參]|[自源看说样边方国额热温震地下生数數])(?:[{powers}]{{1,3}})?)?"
    return rf"{start}(?:{going})*{more}"


def _named_number() -> str:
    """Pattern of a number that ends a name: 北证50; an index stands at 3066.42点."""
    names = [row["name"] for row in room_table("numbers", "names.tsv", ("name",), key="name")]
    last = "".join(sorted({name[-1] for name in names}))
    behind = "|".join(f"(?<={name})" for name in names)
    return rf"(?<=[{last}])(?:{behind})\d{{2,4}}(?!\s?(?:[.,，]?\d|[点點万萬亿億%％家个個只元]))"


@lru_cache(maxsize=8)
def _scanner(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    word = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    known = rf"(?P<word>{word})|" if words else ""
    ratio = r"\d+(?:\.\d+)?(?:[:：∶比]\d+(?:\.\d+)?(?![\d年月]))+|[一二三四五六七八九十]+比[一二三四五六七八九十]+(?![例较重])|(?<![\d-])\d{1,3}-\d{1,3}(?=的?(?:比分|[险大小战完逆惜][胜勝败負负平]|击败|取胜|获胜|领先|落后|不敌|逆转|力克))"
    total = r"\d{1,3}(?:\+[\dNXn]{1,3})+(?![\d.%])"
    whole = re.compile(
        rf"{known}(?P<skip>{_SKIPPED}|{_named_number()})|(?P<ratio>{ratio})|(?P<sum>{total})|(?P<run>{run_pattern()})|(?P<half>半|[对對]折)|(?P<turn>翻了?(?:将?近|约|超过?|逾)?[一二两兩三四1-3]?番)|(?P<vague>[几幾数數多]|若干)"
    )
    numerals = character_class("digit", "fused", "multiplier", "scale", "some", "circled")
    first = "".join(re.escape(word[0]) for word in words)
    # the search for a first character is several times faster than trying all alternatives everywhere
    return re.compile(rf"[\d%A-Za-z〔\[（(.{numerals}半对對翻多若{first}]"), whole


def scan(text: str, words: tuple[str, ...] = ()) -> Iterator[Run]:
    """Yield the runs of a text from left to right; dates, identifiers and addresses are stepped over.

    ``words`` are number words of a user's lexicon; they are yielded with the kind ``word``.

    >>> text = "国办发〔2018〕128号2019年3月压减33.2%"
    >>> [text[run.start : run.end] for run in scan(text)]
    ['33.2']
    """
    first, whole = _scanner(words)
    at = 0
    while (begin := first.search(text, at)) is not None:
        match = whole.match(text, begin.start())
        if match is None:
            at = begin.end()
            continue
        at = match.end()
        kind = match.lastgroup
        if kind != "skip" and kind is not None:
            yield Run(kind, match.start(), at)
