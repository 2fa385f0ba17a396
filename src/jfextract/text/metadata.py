"""What header, byline and dateline say: date, source, authors, editor, page.

Works on simplified, width-folded lines (half-width ``:`` ``,`` ``(``) without outer white space.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from jfextract.lexicon.lazy import lazy_pattern
from jfextract.text.names import split_names

__all__ = [
    "Dateline",
    "find_authors",
    "find_dateline",
    "find_editor",
    "find_page",
    "find_published",
    "find_publisher",
    "find_source",
    "is_meta_line",
]

_DATE = re.compile(
    r"(?<!\d)(?P<roc>民国)?(?P<year>(?:19|20)\d\d|1\d\d)(?:[-/.]|年) ?(?P<month>[01]?\d)(?:[-/.]|月) ?(?P<day>[0-3]?\d)(?!\d)日?"
)
_DATE_LABEL = r"(?:发布|发表|发稿|发文|更新|刊登|刊出|上稿|上传|出版|成文|公开|张贴|报导|录入|添加)?(?:时间|日期)|发布于|更新于|发布|更新|首次上稿|最新更新"
_LABELLED_DATE = re.compile(rf"(?:{_DATE_LABEL})\]?】? ?[::]? ?")
_CLOCK = re.compile(r"[ T]*\d{1,2}[:时]\d{2}")
_SOURCE = lazy_pattern(
    r"(?:(?:信息|文章|稿件|新闻|内容|本文|资料|消息|文字)?(?:来源|来自|出处)|稿源|转自)(?:于)?】?\]? ?[::] ?(?P<source>[^\s|:,，;；()（）\[\]【】]+(?: [^\s|:()（）\[\]【】]+)??)(?=[\s|;；,，)）\]】]|$)"
)
_NEXT_LABEL = lazy_pattern(
    r"(?:参与互动|我要|订阅|查看|大字体|小字体|作者|记者|编辑|责任编辑|责编|时间|日期|发布|浏览|点击|字号|阅读|打印|分享|【|\[).*$"
)
_AUTHOR = lazy_pattern(
    r"(?:作者|记者|文|撰文|撰稿|撰稿人|供稿|执笔)】? ?[::/] ?(?P<names>[^|:()（）\[\]【】\n]{2,40}?)(?=[|()（）\[\]【】]|  |\s*(?:来源|编辑|责编|责任编辑|时间|日期|发布|摄影|图|浏览|点击|字号|20\d\d)|$)"
)
_REPORTER = lazy_pattern(
    r"^[(\[〔【■□●◎▲△◆◇★☆○ ]*(?:(?:本报|本网|本台|本刊|本社|[一-鿿]{2,8}?(?:社|报|网|台|刊))?(?:特派|见习|实习|全媒体|融媒体|首席|驻[一-鿿]{2,4}?)*(?:记者|通讯员|特约通讯员|评论员|撰稿|文)[::/]? ?)(?P<names>.{2,40}?)[)\]〕】]?(?: ?(?:摄影报道|报道|文/图|文图|摄))?$"
)
_SLASH_REPORTER = lazy_pattern(
    r"[〔【\[(]?(?:[一-鿿]{2,6}(?:报|社|网|新闻|台) ?[/ ] ?)?记者(?P<names>[^/\n]{2,20}?)(?: ?/ ?|(?=[一-鿿]{2,4}报导))(?P<place>[一-鿿]{2,6}?)(?:即时)?(?:报导|报道|电)[〕】\])]?"
)
_ROLE = lazy_pattern(
    r"(?:本报|本网|本台)?(?:特派|见习|实习|全媒体|融媒体|首席)*(?:记者|特约通讯员|通讯员|摄影|(?:文图|文|图)[:/])[::/]?"
)
_EDITOR = lazy_pattern(
    r"(?:责任编辑|责编|网络编辑|本期编辑|执行编辑|值班编辑|责任校对|编辑|编译)】? ?[::/] ?(?P<names>[^|:()（）\[\]【】\n]{1,30}?)(?=[|()（）\[\]【】]|  |\s*(?:来源|作者|记者|校对|校审|审核|复审|终审|监制|审校|值班|时间|日期|发布|\d|核稿|主编|美编|责编|责任编辑|编辑)|$)"
)
_SIGNATURE = lazy_pattern(
    r"^(?P<name>[一-鿿·]{2,15}|)[(（](?:本文)?作者(?:系|为|是|单位|简介|:)(?P<rest>.*)[)）]$"
)
_WORDS_AND_PICTURES = re.compile(r"^(?:文 ?[/、]? ?图|图 ?[/、]? ?文)[:/ ]{0,3}")
_PAGE = lazy_pattern(
    r"(?:当前版 ?: ?|^第? ?|[ :]第) ?(?P<page>[A-Z]?\d{1,3}) ?版|版次 ?[::] ?第?(?P<other>[A-Z]?\d{1,3})版?"
)
_PUBLISHER = lazy_pattern(
    r"(?P<press>[一-鿿]{2,10}?(?:日报|晚报|早报|商报|时报|晨报|都市报|导报|新报|报))社?(?:.{0,4}版权所有|所有)"
    r"|关注(?P<follow>[一-鿿]{2,8}?(?:网|报|社))(?=,|，|微信|公众号|微博|客户端|$| )"
    r"|(?P<owner>[一-鿿]{2,10}?(?:网|在线|新闻社|通讯社|新闻)) ?版权所有"
    r"|版权(?:所有|归)[::]? ?(?P<right>[一-鿿]{2,12}?(?:网|报|在线|社|新闻))(?:社|所有|集团)?(?=[ ,.。,]|$)"
)
_META_LABEL = lazy_pattern(
    rf"^(?:【|\[)?(?:(?:{_DATE_LABEL})|来源|信息来源|文章来源|稿源|作者|责任编辑|责编|编辑|记者|字号|浏览|点击|索引号|发文字号|文号|主题分类|发文机关|发布机构|公开方式|有效性|名称|标题)】?\]? ?[::]"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """How a dispatch begins: ``新华社西宁3月2日电(记者张三)``.

    ``date`` is EDTF with unspecified parts (``XXXX-03-02``); ``place`` is the name as written; ``agency`` who
    sends it. Each is None when it is not stated. ``end`` is the offset behind it.
    """

    text: str
    end: int
    agency: str | None
    place: str | None
    date: str | None
    authors: tuple[str, ...]


_NAMES_IN = r"(?P<{0}>[^()（）〔〕【】\[\]/\n]{{0,40}})"
_DATELINES = tuple(
    lazy_pattern(pattern)
    for pattern in (
        # 新华社西宁3月2日电(记者张三、李四) / 本报北京1月5日电 / 中新网北京1月5日电 / 据新华社北京3月2日电
        r"(?:据|原标题:)?(?P<agency>[一-鿿]{2,8}?(?:社|网|台|报|新闻))(?P<place>[一-鿿/、]{0,12}?) ?(?:(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:专?电|讯|消息)(?: ?[(（]"
        + _NAMES_IN.format("names")
        + r"[)）])?[:,:]?",
        # 本报讯(记者张三) / 【本报讯】 / 本报讯 / 晚报讯
        r"[【\[(]?(?P<agency>[一-鿿]{1,6}?(?:报|网|社|台))(?:讯|消息|快讯)[】\])]?(?: ?[(（]"
        + _NAMES_IN.format("names")
        + r"[)）])?[:,:]?",
        # (中央社记者张三台北15日电)
        r"[(（](?P<agency>[一-鿿]{2,6}?社)(?:记者)?(?P<who>[一-鿿、]{2,20}?)?(?P<day>\d{1,2})日(?:综合)?(?:外电报导|专?电|报导)[)）]",
        # 〔记者张三/台北报导〕 〔财经频道/综合报导〕 【联合报/记者张三/台北报导】 [记者张三/台北报导]
        r"[〔【\[(（](?:(?!记者|本报记者|特约|编译)(?P<agency>[一-鿿]{2,8}) ?/ ?)?(?:(?:(?:本报|特约|特派|驻.{2}特派)?(?:记者|编译|编辑|通讯员|特派员))"
        + _NAMES_IN.format("names")
        + r"/? ?)?(?P<place>[一-鿿]{2,6}?)(?:即时|连线)?(?:报导|报道|专电|电)[〕】\])）]",
        # 记者张三/台北报导 (at the head of the body, no brackets)
        r"(?:本报)?记者(?P<names>[一-鿿、]{2,12}?)(?: ?/ ?)(?P<place>[一-鿿]{2,5}?)(?:即时)?(?:报导|报道)(?=[\s:,]|$)",
        # 央视网消息(新闻联播):
        r"(?P<agency>[一-鿿]{2,6}?(?:网|社|台|报|新闻))(?:消息|讯|综合)(?: ?[(（]"
        + _NAMES_IN.format("names")
        + r"[)）])?[:::]",
    )
)
_DISPATCH = ("电", "讯", "消息", "报导", "报道", "综合")
"""What every dateline has; the patterns are dear."""


def find_dateline(text: str, start: int, end: int) -> Dateline | None:
    """Read the dateline at the beginning of a body, None when there is none.

    >>> find_dateline("新华社西宁3月2日电(记者张三)今年以来", 0, 20).date
    'XXXX-03-02'
    """
    window = text[start : min(end, start + 90)]
    if not any(word in window for word in _DISPATCH):
        return None
    for pattern in _DATELINES:
        match = pattern.match(window)
        if match is None:
            continue
        parts = match.groupdict()
        place = parts.get("place") or None
        names = parts.get("names") or ""
        who = parts.get("who")
        if who:
            names, place = _cut_place(who)
        month, day = parts.get("month"), parts.get("day")
        date = (
            f"{parts.get('year') or 'XXXX'}-{int(month):02d}-{int(day):02d}"
            if month and day
            else (f"XXXX-XX-{int(day):02d}" if day else None)
        )
        if place in ("综合", "综合外电", "特稿", "专题", "本"):
            place = None
        authors = split_names(_ROLE.sub(" ", names).strip())
        return Dateline(match[0], start + match.end(), parts.get("agency"), place, date, authors)
    return None


def _cut_place(who: str) -> tuple[str, str | None]:
    """Cut ``张三台北`` into names and place: the place is what is left when a name is taken."""
    for size in (3, 2, 4):
        if len(who) - size in (2, 3) and split_names(who[:size]):
            return who[:size], who[size:]
    for size in (2, 3):
        if len(who) > size + 2 and split_names(who[:-size]):
            return who[:-size], who[-size:]
    return who, None


def _edtf(match: re.Match[str]) -> str | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if year < 1000:
        year += 1911
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def find_published(line: str) -> str | None:
    """Return the day (EDTF) that a line of the page's header states, None when it states none.

    The line must be about the page: a label, a clock time, or next to nothing beside the date.

    >>> (
    ...     find_published("2019-03-30 09:30:33 来源:临汾新闻网"),
    ...     find_published("2019年3月30日,会议召开并讨论了下一年度的预算"),
    ... )
    ('2019-03-30', None)
    """
    for match in _DATE.finditer(line):
        labelled = _LABELLED_DATE.search(line, max(0, match.start() - 12), match.start())
        if int(match["year"]) < 1000 and not (match["roc"] or labelled):
            continue
        bare = len(line) - len(match[0]) <= 12
        if labelled or bare or _CLOCK.match(line, match.end()) or _SOURCE.search(line):
            return _edtf(match)
    return None


_PAPER = lazy_pattern(r"《([一-鿿]{2,12})》")
_BAR = re.compile(r"(?<=[源辑者文图审对])[丨｜|] ?")
_SIGNED = lazy_pattern(r"(?:(?:编辑|责编|责任编辑|校对|审核|终审|监制) [一-鿿]{2,4}(?: |$)){1,4}$")
_SIGNED_LABEL = re.compile(r"(编辑|责编|校对|审核|终审|监制) ")
_LABEL_GAP = lazy_pattern(r"(?<=[一-鿿]) +(?=[一-鿿 ]{0,8}:)")


def _with_colons(line: str) -> str:
    """Write 编辑丨李明 and a line 编辑 李明 as 编辑:李明."""
    if len(line) < 40 and _SIGNED.match(line):
        line = _SIGNED_LABEL.sub(r"\1:", line)
    return _BAR.sub(":", line)


def find_source(line: str) -> str | None:
    """Return what stands after 来源: and the like.

    >>> find_source("发布时间:2024-10-10 22:43:45 作者:admin   来源: 七一网")
    '七一网'
    """
    match = _SOURCE.search(_with_colons(line))
    if match is None:
        return None
    paper = _PAPER.match(match["source"])
    if paper:
        return paper[1]
    source = _NEXT_LABEL.sub("", match["source"]).strip(" -—·")
    return source.removeprefix("《").removesuffix("》") or None


def find_publisher(line: str) -> str | None:
    """Return the publication that a line of the page's foot names: 宝鸡日报社版权所有 is of 宝鸡日报.

    >>> find_publisher("宝鸡日报社版权所有,未经协议授权"), find_publisher("关注人民网,传播正能量")
    ('宝鸡日报', '人民网')
    """
    match = _PUBLISHER.search(line)
    return next((name for name in match.groups() if name), None) if match else None


def find_editor(line: str) -> str | None:
    """Return the editor a line names.

    >>> find_editor("责任编辑:张茜"), find_editor("(责编:张三、李四)")
    ('张茜', '张三、李四')
    """
    line = _with_colons(line)
    match = _EDITOR.search(line) if _has_mark(line) else None
    if match is None:
        return None
    names = split_names(match["names"].strip(), strict=False)
    return "、".join(names) or None


_REPORTERS = ("记者", "通讯员", "评论员", "撰稿", "文")


def _has_mark(line: str) -> bool:
    """Tell whether a line has a mark that parts a label from a name."""
    return ":" in line or "：" in line or "/" in line


def find_authors(line: str) -> tuple[str, ...]:
    """Return the authors that a byline or signature names; site accounts (admin) are none.

    >>> find_authors("高涛(作者系洪洞县委常委、组织部长)"), find_authors("本报记者 胡红玲 通讯员 魏嘉")
    (('高涛',), ('胡红玲', '魏嘉'))
    """
    line = _WORDS_AND_PICTURES.sub("", _with_colons(line))
    signature = _SIGNATURE.match(line) if "作者" in line else None
    if signature:
        return split_names(signature["name"], strict=False)
    author = _AUTHOR.search(line) if _has_mark(line) else None
    if author:
        names = _ROLE.sub(" ", author["names"]).strip()
        return split_names(names, strict=False) if len(names) <= 30 else ()
    taiwan = _SLASH_REPORTER.search(line) if len(line) <= 60 and "记者" in line else None
    if taiwan:
        return split_names(taiwan["names"])
    reporter = _REPORTER.match(line) if any(word in line for word in _REPORTERS) else None
    if reporter:
        return split_names(_ROLE.sub(" ", reporter["names"]).strip())
    return ()


def find_page(line: str) -> str | None:
    """Return the page of the printed paper: ``01版``.

    >>> find_page("当前版:01版")
    '01版'
    """
    match = _PAGE.search(line) if "版" in line else None
    return f"{match['page'] or match['other']}版" if match else None


def is_meta_line(line: str) -> bool:
    """Tell whether a line of the header is about the page: labelled, or a date with its clock time."""
    line = _with_colons(line)
    if _META_LABEL.match(_LABEL_GAP.sub("", line[:20]) + line[20:]):
        return True
    return len(line) <= 120 and (find_published(line) is not None or find_source(line) is not None)
