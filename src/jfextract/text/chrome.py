"""Which lines are the page talking about itself: navigation, buttons, copyright, lists of other articles.

Works on simplified, width-folded lines without outer white space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from jfextract.lexicon import room_table
from jfextract.lexicon.lazy import lazy_pattern

__all__ = ["LineKind", "classify", "is_prose"]

LineKind = Literal["nav", "head", "tail", "foot", "prose", "other"]

_PROSE_END = re.compile(r"[。!?！？;；…][”’」』)）】\"']*$")
_PROSE_INSIDE = re.compile(r"[。；]|[,，].{4,}[,，]")
_LONG_TAIL = 200  # a line longer than this is an article's, whatever it begins with


_SEPARATOR = re.compile(r" *(?:>+|»|→|›|\|) *")
_SEPARATORS = frozenset(">»→›|")
_MENU_WORD = lazy_pattern(
    "首页|正文|频道|要闻|新闻|时政|国际|国内|财经|社会|体育|娱乐|科技|教育|军事|地方|生活|健康|评论|专题|理论|高层|"
    "政治|即时|热门|视频|图片|政务|互动|公告|无障碍|模式|党建|文化|旅游|房产|汽车|股市|产经|两岸|全球|焦点|滚动"
)


def _is_menu(line: str) -> bool:
    """Tell a menu or a trail of sections: 首页 > 反腐时评, 新华网首页 时政 国际 财经."""
    if _SEPARATORS.isdisjoint(line):
        if line.count(" ") < 3:
            return False
        cells = line.split(" ")
    else:
        cells = _SEPARATOR.split(line)
    if any(len(cell) > 12 for cell in cells):
        return False
    words = sum(_MENU_WORD.search(cell) is not None for cell in cells)
    return len(cells) >= 2 and words >= 2 and words * 2 >= len(cells)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    rows = room_table("text", "chrome.tsv", ("kind", "pattern"))
    parts: dict[str, list[str]] = {}
    for row in rows:
        parts.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("|".join(f"(?:{part})" for part in some)) for kind, some in parts.items()}


def is_prose(line: str) -> bool:
    """Tell whether a line reads as running text: a sentence, or a good part of one.

    >>> is_prose("2020年,全市发至县级以下文件2482件、同比压减34%,召开会议111次。"), is_prose("放开手脚干实事")
    (True, False)
    """
    if len(line) < 12:
        return False
    if len(line) >= 60 or (_PROSE_END.search(line, max(0, len(line) - 4)) and len(line) >= 25):
        return True
    return len(line) >= 20 and _PROSE_INSIDE.search(line) is not None


def classify(line: str) -> LineKind:
    """Say what a line is by its words alone; ``prose`` and ``other`` are not chrome.

    ``tail`` opens the end of the page only below the article; the caller knows where that is.

    >>> [classify(line) for line in ("展开通版", "当前所在:首页 > 反腐时评", "推荐阅读", "陕ICP备05006542号")]
    ['nav', 'head', 'tail', 'foot']
    """
    patterns = _patterns()
    if len(line) <= _LONG_TAIL:
        if len(line) <= 80 and (patterns["nav"].fullmatch(line) or _is_menu(line)):
            return "nav"
        if patterns["foot"].search(line):
            return "foot"
        if len(line) <= 80 and patterns["head"].match(line):
            return "head"
        if patterns["tail"].match(line):
            return "tail"
    return "prose" if is_prose(line) else "other"
