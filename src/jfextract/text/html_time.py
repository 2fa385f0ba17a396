"""When a web page was published: what is printed at the title, what its data say, what its scripts say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from itertools import pairwise, takewhile

from jfextract.text import metadata
from jfextract.text.chrome import is_prose
from jfextract.text.normalise import normalise

__all__ = ["choose_time", "find_moment"]

_TIME = re.compile(
    r"(?P<year>20\d\d|19\d\d)(?:\s?[-/.]\s?|年\s?|\s{1,3}(?=\d{1,2}\s?/))(?P<month>\d{1,2})(?:\s?[-/.]\s?|月\s?)(?P<day>\d{1,2})日?"
    r"(?:[\sT ,-]{0,8}(?:\(?(?:星期|周)[一二三四五六日天]\)?[\s,]{0,4})?(?:(?:(?:香港|北京|台北|当地)?时间|HKT)[\s:]{0,4})?"
    r"(?P<half>上午|下午|早上|晚上|凌晨)?\s{0,2}"
    r"(?P<hour>\d{1,2})[:时](?P<minute>\d{2})(?P<zone>(?::\d{2})?(?:\.\d{1,6})?Z)?(?:\s?(?P<noon>[AaPp][Mm])\b)?)?"
)
_BARE_DAY = re.compile(r"(?:19|20)\d\d(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?\s?(?:\(?(?:星期|周).\)?)?$")
_BARE_CLOCK = re.compile(r"(?:(?:香港|北京|台北|当地)?时间\s?)?\d{1,2}[:时]\d\d分?$")
_ROC = re.compile(
    r"(?<!\d)(?P<year>1\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?(?:[\s ]{0,8}(?P<hour>\d{1,2})[:时](?P<minute>\d{2}))?"
)
_COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\d\d")
_SCRIPTED = re.compile(
    r"\b[\w-]{0,20}(?:pub(?:lish)?[-_]?(?:ed)?[-_]?(?:time|date)|news[-_]?time|create[-_]?time|ptime|article-time|\bct)"
    r"[\"']?[^\w<>]{0,3}(?:[:=>]|value=)[^\w<>]{0,3}[\"']?(?P<value>20\d\d[-/年][\d :T/月日-]{4,16}|\d{10}(?:\d{3,4})?)(?!\d)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"<time\b[^<>]{0,300}?\bdatetime=[\"']?([\dT:+./ Z-]{8,40})", re.IGNORECASE)
_CLOCK_INPUT = re.compile(
    r"\bid=[\"']?newsdate[\"']? value=[\"']?(\S{8,10})[\"'].{0,200}?\bid=[\"']?newstime[\"']? value=[\"']?(\d\d:\d\d)"
)
_CALENDAR = re.compile(r"^(?:今天是)?.{0,12}?(?:日|\d) ?星期.(?! ?\d)|^今天是")
_CHINA = timezone(timedelta(hours=8))
_NEAR_BELOW, _NEAR_ABOVE = 15, 4


def choose_time(html: str, stated: Sequence[str], visible: Sequence[str], title_at: int) -> str | None:
    """Return the day or the minute of publication as ISO 8601, None when the page does not say.

    ``stated`` is what metadata say, the best first, ``visible`` the page's lines and ``title_at`` the line of the
    title. The first source that names a day decides, and the first that has the minutes of that day.
    """
    moments = list(_candidates(html, stated, visible, title_at))
    if not moments:
        return None
    return next((one for one in moments if len(one) > 10 and one[:10] == moments[0][:10]), moments[0])


def _candidates(html: str, stated: Sequence[str], visible: Sequence[str], title_at: int) -> Iterator[str]:
    visible = _with_clocks(visible)
    below = visible[title_at + 1 : title_at + _NEAR_BELOW]
    near = [*visible[title_at : title_at + 1], *takewhile(lambda line: not is_prose(normalise(line)), below)]
    above = visible[max(0, title_at - _NEAR_ABOVE) : title_at][::-1]
    printed = [line for line in (*near, *above) if len(line) < 200 and not _CALENDAR.search(normalise(line))]
    yield from _printed(printed, clock=True)
    yield from _found(stated)
    yield from _printed(printed, clock=False)
    yield from _found([" ".join(match.groups()) for match in _CLOCK_INPUT.finditer(html)])
    yield from _found([match["value"] for match in _SCRIPTED.finditer(html)])
    yield from _found([match[1] for match in _MARKED.finditer(html)])
    rest = [line for line in visible if len(line) < 200]
    others = [line for line in rest if not _CALENDAR.search(normalise(line))]
    yield from _printed(others, clock=False)
    yield from _printed(rest, clock=False)


def _with_clocks(lines: Sequence[str]) -> list[str]:
    """Return the lines, each that is a day alone with the clock that stands on the next line."""
    found = list(lines)
    for i, (line, below) in enumerate(pairwise(lines)):
        if len(line) < 30 and len(below) < 20 and _BARE_DAY.search(normalise(line)):
            clock = normalise(below)
            found[i] = f"{line} {clock}" if _BARE_CLOCK.match(clock) else line
    return found


def _printed(lines: Sequence[str], *, clock: bool) -> Iterator[str]:
    for line in lines:
        plain = normalise(line)
        moment = find_moment(plain) if _is_about_page(plain) else None
        if moment is not None and (not clock or len(moment) > 10):
            yield moment


def _is_about_page(plain: str) -> bool:
    if metadata.find_published(plain) is not None:
        return True
    match = _TIME.search(plain)
    return match is not None and match["hour"] is not None and len(plain) < 80


def _found(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        moment = find_moment(text)
        if moment is not None:
            yield moment


def find_moment(text: str) -> str | None:
    """Return the first time in a string, to the minute where it says so; times of Greenwich become China's.

    >>> (
    ...     find_moment("2019年03月05日 10:32"),
    ...     find_moment("2019-03-05T02:32:00.000Z"),
    ...     find_moment("1551753120"),
    ...     find_moment("2021年3月15日（星期一） 5:50 PM"),
    ... )
    ('2019-03-05T10:32', '2019-03-05T10:32', '2019-03-05T10:32', '2021-03-15T17:50')
    """
    text = normalise(text.strip())
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return datetime.fromtimestamp(int(text[:10]), _CHINA).isoformat()[:16]
    match = _COMPACT.fullmatch(text) or _TIME.search(text) or _ROC.search(text)
    if match is None:
        return None
    part = match.groupdict()
    year = int(part["year"]) + (1911 if len(part["year"]) == 3 else 0)
    try:
        day = datetime(year, int(part["month"]), int(part["day"]), tzinfo=timezone.utc)
        if part.get("hour") is None:
            return day.date().isoformat()
        hour = int(part["hour"])
        half = (part.get("noon") or part.get("half") or "").lower()
        if half in ("pm", "下午", "晚上") and 1 <= hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        moment = day.replace(hour=hour, minute=int(part["minute"]))
    except ValueError:
        return None
    if part.get("zone"):
        moment = moment.astimezone(_CHINA)
    return moment.isoformat()[:16]
