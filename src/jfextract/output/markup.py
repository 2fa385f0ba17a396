"""A report's text as HTML with every figure, time and place marked where it stands."""

from __future__ import annotations

import html
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from jfextract.model import Document, Edit, Measure, Place, Span, Time
from jfextract.output.wording import change_words, figure_words

__all__ = ["escape", "language", "marked_text", "measure_lines"]

_TRADITIONAL = "個們這時會國對發開來說過還為與學實現問關業產體經"
_SIMPLIFIED = "个们这时会国对发开来说过还为与学实现问关业产体经"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to mark: ``kind`` is its CSS class (m, t, p, e), ``index`` its place in the record."""

    start: int
    end: int
    kind: str
    index: int
    lines: tuple[str, ...]


def escape(text: str) -> str:
    """The text for HTML content and attributes; what UTF-8 or HTML cannot hold becomes a replacement."""
    holdable = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return html.escape(holdable)


def language(text: str) -> str:
    """``zh-Hant`` or ``zh-Hans``, by which a browser chooses the shapes of characters.

    >>> language("會議減少"), language("会议减少")
    ('zh-Hant', 'zh-Hans')
    """
    traditional = sum(map(text.count, _TRADITIONAL))
    simplified = sum(map(text.count, _SIMPLIFIED))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def marked_text(doc: Document, prefix: str) -> str:
    """The text of the document as paragraphs, one a line that is not blank.

    A measure is a link to its row ``{prefix}r{index}`` and has the id ``{prefix}m{index}``; what is neither
    title block nor body is classed ``chrome``. Marks may overlap: the text is cut wherever one begins or
    ends, and each piece carries all of its marks. Mentions outside the text are left out.
    """
    text = doc.text or ""
    marks = [mark for mark in _marks(doc) if 0 <= mark.start < mark.end <= len(text)]
    readable = _union((doc.article.body, *doc.article.paragraphs))
    lines = _lines(text)
    cuts = {cut for start, end in (*lines, *readable) for cut in (start, end)}
    cuts.update(cut for mark in marks for cut in (mark.start, mark.end))
    ordered = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    pieces = list(_pieces(ordered, marks))
    paragraphs = []
    position = 0
    for start, end in lines:
        while position < len(pieces) and pieces[position][0] < start:
            position += 1
        inside = []
        while position < len(pieces) and pieces[position][1] <= end:
            inside.append(pieces[position])
            position += 1
        paragraphs.append(_paragraph(text, inside, readable, prefix))
    return "\n".join(paragraphs)


def _union(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch made one, empty ones left out."""
    union: list[Span] = []
    for start, end in sorted(spans):
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(end, union[-1][1]))
        elif start < end:
            union.append((start, end))
    return union


def _lines(text: str) -> list[Span]:
    """The spans of the lines without the white space around them; blank lines are left out."""
    lines = []
    start = 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        if stripped := line.strip():
            lines.append((start + lead, start + lead + len(stripped)))
        start += len(line) + 1
    return lines


def _pieces(cuts: list[int], marks: list[Mark]) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """Each stretch between neighbouring cuts with the marks that cover it, outermost first."""
    waiting = deque(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
    covering: list[Mark] = []
    for start, end in pairwise(cuts):
        covering = [mark for mark in covering if mark.end > start]
        while waiting and waiting[0].start <= start:
            covering.append(waiting.popleft())
        yield start, end, tuple(covering)


def _paragraph(
    text: str, pieces: list[tuple[int, int, tuple[Mark, ...]]], readable: list[Span], prefix: str
) -> str:
    written = []
    read = False
    for start, end, marks in pieces:
        piece = _piece(text[start:end], start, marks, prefix)
        around = bisect_right(readable, start, key=itemgetter(0)) - 1
        if around >= 0 and end <= readable[around][1]:
            read = True
        else:
            piece = f'<span class="chrome">{piece}</span>'
        written.append(piece)
    # A line of chrome alone is set small, so that five of them do not push the report off the screen.
    return f"<p>{''.join(written)}</p>" if read else f'<p class="aside">{"".join(written)}</p>'


def _piece(text: str, start: int, marks: tuple[Mark, ...], prefix: str) -> str:
    if not marks:
        return escape(text)
    kinds = " ".join(sorted({mark.kind for mark in marks}))
    tip = escape("\n\n".join("\n".join(mark.lines) for mark in reversed(marks)))
    measures = [mark for mark in marks if mark.kind == "m"]
    if not measures:
        return f'<span class="{kinds}" title="{tip}">{escape(text)}</span>'
    anchors = "".join(f'<i id="{prefix}m{mark.index}"></i>' for mark in measures if mark.start == start)
    indices = " ".join(str(mark.index) for mark in measures)
    href = f"#{prefix}r{measures[-1].index}"
    return f'<a class="{kinds}" href="{href}" data-m="{indices}" title="{tip}">{anchors}{escape(text)}</a>'


def _marks(doc: Document) -> Iterator[Mark]:
    # The order is that of nesting where two begin and end alike: a measure is innermost.
    for index, edit in enumerate(doc.edits):
        yield Mark(edit.start, edit.end, "e", index, _edit_lines(edit))
    for index, place in enumerate(doc.places):
        yield Mark(place.start, place.end, "p", index, _place_lines(place))
    for index, time in enumerate(doc.times):
        yield Mark(time.start, time.end, "t", index, _time_lines(time))
    for index, measure in enumerate(doc.measures):
        yield Mark(measure.start, measure.end, "m", index, measure_lines(measure))


def measure_lines(measure: Measure) -> tuple[str, ...]:
    """The fields of a measure, a line each, the figure first; fields without a value are left out."""
    fields = (
        ("item", measure.item),
        ("change", change_words(measure)),
        ("basis", measure.basis),
        ("per", measure.per),
        ("time", measure.time),
        ("place", measure.place),
        ("kind", measure.kind),
        ("rule", measure.rule),
    )
    return (figure_words(measure), *_told(fields))


def _time_lines(time: Time) -> tuple[str, ...]:
    return (time.edtf or "not resolved", *_told((("doubt", time.doubt), ("rule", time.rule))))


def _place_lines(place: Place) -> tuple[str, ...]:
    candidates = ", ".join(candidate.name for candidate in place.candidates)
    fields = (
        ("code", place.adcode),
        ("code then", place.adcode_at if place.adcode_at != place.adcode else None),
        ("level", place.level),
        ("kind", place.kind),
        ("evidence", place.evidence),
        ("candidates", candidates),
    )
    return (place.name or "undecided", *_told(fields))


def _edit_lines(edit: Edit) -> tuple[str, ...]:
    read = f"read as {edit.replacement}" if edit.replacement else "left out"
    return (read if edit.certain else f"{read}, a guess", *_told((("repair", edit.kind),)))


def _told(fields: Iterable[tuple[str, str | None]]) -> tuple[str, ...]:
    return tuple(f"{name}: {value}" for name, value in fields if value)
