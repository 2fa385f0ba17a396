"""The stages in order; nothing else knows the order."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from jfextract import places, times, units
from jfextract.checks import check
from jfextract.errors import InputError
from jfextract.link import Link, Scene, affinity_with, link
from jfextract.model import Article, DateSource, Document, Measure, Place, Span, Time
from jfextract.options import Options, Region
from jfextract.resolve import Mentions, resolve
from jfextract.text.article import ArticleText, read_article
from jfextract.text.normalise import normalise, region
from jfextract.text.offsets import IDENTITY, OffsetMap
from jfextract.text.repair import Repaired, in_doubt, repair
from jfextract.text.segment import Segmenter, segmenter

if TYPE_CHECKING:
    from jfextract.text.html import HtmlPage

__all__ = ["Extractor", "extract"]

_Mention = TypeVar("_Mention", Time, Place)


class Extractor:
    """A pipeline with its options, to be used for many texts.

    >>> extractor = Extractor(Options(region="mainland"))
    >>> [measure.value for measure in extractor.extract("发放资金3.5亿元").measures]
    [Decimal('350000000')]
    """

    def __init__(self, options: Options | None = None) -> None:
        if options is not None and not isinstance(options, Options):
            raise InputError(f"options must be Options(…), not {type(options).__name__}")
        self.options = options or Options()
        self._segment: Segmenter = segmenter(self.options.segmenter)
        if self.options.ner:
            places.tagger()  # a missing package shows here, not with the first report

    def extract(
        self,
        text: str | bytes,
        *,
        id: str = "",
        date: str | datetime.date | None = None,
        title: str | None = None,
        place: str | None = None,
        html: bool = False,
    ) -> Document:
        """Read one report; see ``jfextract.extract``."""
        source, decided = _as_text(text)
        given = times.as_day(date, "date")
        for name, value in (("title", title), ("place", place)):
            if value is not None and not isinstance(value, str):
                raise InputError(f"{name}={value!r} must be a str, not {type(value).__name__}")
        markup = _read_html(source) if html else None
        if markup is not None:
            source, title = markup.text, title or markup.title
        decoded = not isinstance(text, str)
        repaired = repair(source, decoded=decoded) if self.options.repair else Repaired(source, (), IDENTITY)
        if not decided:
            repaired = in_doubt(repaired)
        clean = normalise(repaired.text)
        page = read_article(clean, given_title=normalise(title) if title else None)
        if markup is not None:
            page = _with_metadata(page, markup)
        reference, date_source = _reference(clean, page, given)
        found = self._find(clean, page, repaired, reference, place)
        scene = Scene(
            clean,
            _all_sentences(clean, page.sentences, found.mentions.figures),
            page.paragraphs,
            tuple(figure for figure in found.mentions.figures if not figure.optional or _parts(figure)),
            found.mentions.times,
            found.mentions.places,
            found.home,
            reference,
            page.title,
            self._segment,
            affinity_with(self.options.lexicon),
        )
        links = [linked for linked in link(scene) if not linked.figure.optional]
        if self.options.optional:
            # optional figures do not part the words around them: they are linked in a second look
            whole = replace(scene, figures=found.mentions.figures)
            links += [linked for linked in link(whole) if linked.figure.optional]
            links.sort(key=lambda linked: linked.figure.start)
        writer = _Writer(source, clean, repaired.offsets)
        measures = tuple(writer.measure(linked) for linked in links)
        return Document(
            id=id,
            date=reference.isoformat() if reference else None,
            date_source=date_source,
            article=writer.article(page, found.home),
            measures=measures,
            times=tuple(writer.time(time) for time in self._asked(found.mentions.times)),
            places=tuple(writer.place(one) for one in self._asked(found.mentions.places)),
            checks=check(measures, source),
            edits=repaired.edits,
            text=source,
        )

    def _asked(self, mentions: Sequence[_Mention]) -> Sequence[_Mention]:
        return [mention for mention in mentions if self.options.optional or not mention.optional]

    def extract_many(self, texts: Iterable[str | bytes]) -> Iterator[Document]:
        """Read reports one after the other, in order, as they are asked for.

        >>> [len(doc.measures) for doc in Extractor().extract_many(["召开会议144次", "今天没有开会"])]
        [1, 0]
        """
        for text in texts:
            yield self.extract(text)

    def _find(
        self,
        clean: str,
        page: ArticleText,
        repaired: Repaired,
        reference: datetime.date | None,
        place: str | None,
    ) -> _Found:
        year = reference.year if reference else None
        given_home = places.infer_home(clean, given=place) if place else None
        named = places.find(clean, year=year, home=given_home, ner=self.options.ner)
        home = given_home or places.infer_home(
            clean,
            title=page.title,
            source=page.source,
            dateline=page.dateline,
            signature=page.signature,
            places=named,
        )
        where = self.options.region or _region_of(clean, home, named)
        if home is None and where in _OVERSEAS:
            home = places.Home(*_OVERSEAS[where])
        mentions = resolve(
            units.find(clean, region=where, lexicon=self.options.lexicon),
            times.find(clean, reference, region=where),
            places.with_home(named, home, year),
            forbidden=sorted([*page.chrome, *_guessed(repaired)]),
        )
        return _Found(mentions, home)


def extract(
    text: str | bytes,
    *,
    id: str = "",
    date: str | datetime.date | None = None,
    title: str | None = None,
    place: str | None = None,
    html: bool = False,
    options: Options | None = None,
) -> Document:
    """Read one report and return all that is stated in it.

    ``text`` is the page as it was scraped, as text or as bytes in any usual Chinese encoding. ``date`` is the
    report's own date (2022-03-15, 2022/3/15, 2022年3月15日, a date or time of Python or pandas), which 去年 and 3月 are
    resolved against; without it the page is asked. ``title`` and ``place`` (a name or a code: 贵州省六盘水市, 520200)
    stand in for what the page does not say; a name of several places (朝阳区) or of none is an InputError that
    names those near it. All offsets
    are code points of ``text`` (of the decoded text for bytes, which the document carries), end exclusive.
    ``html`` says that ``text`` is a web page: its article is read (extra ``jfextract[html]``), and the document
    carries the extracted text that the offsets then refer to. Raises InputError for what is no text, no date
    and no article.

    >>> doc = extract("2020年,全市发至县级以下文件2482件、同比压减34%", place="六盘水市")
    >>> for m in doc.measures:
    ...     print(m.text, m.value, m.unit, m.item, m.change, m.basis, m.time, m.place, m.adcode)
    2482件 2482 件 发至县级以下文件 None None 2020 贵州省六盘水市 520200
    34% 34 % 发至县级以下文件 decrease yoy 2020 贵州省六盘水市 520200
    """
    return Extractor(options).extract(text, id=id, date=date, title=title, place=place, html=html)


@dataclass(frozen=True, slots=True)
class _Found:
    mentions: Mentions
    home: places.Home | None


def _as_text(text: str | bytes) -> tuple[str, bool]:
    """The text, and whether there is no doubt how its bytes are to be read."""
    if isinstance(text, str):
        return text, True
    if isinstance(text, (bytes, bytearray, memoryview)):
        from jfextract.text.decode import decode

        decoded = decode(bytes(text))
        return decoded.text, decoded.decided
    raise InputError(f"the text must be str or bytes, not {type(text).__name__}")


def _read_html(source: str) -> HtmlPage:
    from jfextract.text.html import extract_html

    page = extract_html(source)
    if not page.text.strip():
        raise InputError("no article was found in the page; give its text instead")
    return page


def _with_metadata(page: ArticleText, markup: HtmlPage) -> ArticleText:
    """What the markup says of the article stands; what it does not say is read from the text."""
    return replace(
        page,
        source=markup.source or page.source,
        published=markup.published or page.published,
        editor=markup.editor or page.editor,
        authors=markup.authors or page.authors,
    )


def _reference(
    clean: str, page: ArticleText, given: datetime.date | None
) -> tuple[datetime.date | None, DateSource | None]:
    """The date that relative times count from, and where it comes from."""
    if given is not None:
        return given, "given"
    found = times.anchor(clean, published=page.published, dateline=page.dateline)
    return found if found is not None else (None, None)


_OVERSEAS: dict[Region, tuple[str, str, str, str]] = {
    "taiwan": ("台湾", "710000", "province", "the wording of Taiwan"),
    "hongkong": ("香港特别行政区", "810000", "province", "the wording of Hong Kong"),
}


def _region_of(clean: str, home: places.Home | None, named: Sequence[Place]) -> Region:
    """Whose units and calendar hold: the report's own place says, else its wording, else all its places."""
    code = home.adcode if home is not None else None
    if code is None:
        found, margin = region(clean, clean=True)
        if margin:
            return found
        # 新北市 places a report as 台湾 does not, which others speak of as well
        codes = [place.adcode for place in named if place.adcode]
        provinces = {code[:2] for code in codes}
        local = len(provinces) == 1 and any(not code.endswith("0000") for code in codes)
        code = codes[0] if local else ""
    return "taiwan" if code.startswith("71") else "hongkong" if code.startswith("81") else "mainland"


def _guessed(repaired: Repaired) -> list[Span]:
    """The stretches of the clean text that stand on a guess."""
    return [repaired.offsets.to_clean(edit.start, edit.end) for edit in repaired.edits if not edit.certain]


def _parts(figure: units.Quantity) -> bool:
    """Whether an optional figure parts the words around it all the same: in 汇率为1美元兑6.64元 nothing is a 1美元兑."""
    return figure.rule == "exchange"


_LINE = re.compile(r"[^\n]+")


def _all_sentences(
    clean: str, sentences: Sequence[Span], figures: Sequence[units.Quantity]
) -> tuple[Span, ...]:
    """The article's sentences, and the lines of figures that stand outside of them (a header)."""
    spans = sorted(sentences)
    extra: list[Span] = []
    at = 0
    for figure in figures:
        while at < len(spans) and spans[at][1] <= figure.start:
            at += 1
        if at < len(spans) and spans[at][0] <= figure.start:
            continue
        floor = max(
            clean.rfind("\n", 0, figure.start) + 1,
            spans[at - 1][1] if at else 0,
            extra[-1][1] if extra else 0,
        )
        line = clean.find("\n", figure.end)
        ceiling = min(len(clean) if line < 0 else line, spans[at][0] if at < len(spans) else len(clean))
        if floor <= figure.start and figure.end <= ceiling:
            extra.append((floor, ceiling))
    return tuple(sorted([*spans, *extra]))


_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Writer:
    """Turns what was found in the clean text into the record, with offsets into the source."""

    source: str
    clean: str
    offsets: OffsetMap

    def measure(self, linked: Link) -> Measure:
        figure, item, where = linked.figure, linked.item, linked.where
        start, end = self.offsets.to_source(figure.start, figure.end)
        return Measure(
            text=self.source[start:end],
            start=start,
            end=end,
            kind=figure.kind,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            mod=figure.mod,
            unit=figure.unit,
            item=self._words(item.start, item.end) if item else None,
            item_head=self._words(item.head_start, item.head_end) if item else None,
            change=linked.move.change,
            role=linked.move.role,
            basis=linked.move.basis,
            per=linked.per,
            time=linked.period.edtf if linked.period else None,
            place=where.name if where else None,
            adcode=_code_then(where.name, where.adcode, linked.period.edtf if linked.period else None)
            if where
            else None,
            sentence=self.offsets.to_source(*linked.sentence),
            rule=f"{figure.rule}+{item.rule}" if item else figure.rule,
            confidence=linked.confidence,
            optional=figure.optional,
        )

    def time(self, time: Time) -> Time:
        start, end = self.offsets.to_source(time.start, time.end)
        text = self.source[start:end]
        if (text, start, end) == (time.text, time.start, time.end):
            return time
        return replace(time, text=text, start=start, end=end)

    def place(self, place: Place) -> Place:
        start, end = self.offsets.to_source(place.start, place.end)
        text = self.source[start:end]
        if (text, start, end) == (place.text, place.start, place.end):
            return place
        return replace(place, text=text, start=start, end=end)

    def article(self, page: ArticleText, home: places.Home | None) -> Article:
        return Article(
            title=page.title,
            subtitle=page.subtitle,
            authors=page.authors,
            source=page.source,
            published=page.published,
            editor=page.editor,
            dateline=page.dateline,
            page=page.page,
            place=home.name if home else None,
            adcode=home.adcode if home else None,
            place_evidence=home.evidence if home else None,
            body=self.offsets.to_source(*page.body),
            paragraphs=self._spans(page.paragraphs),
            sentences=self._spans(page.sentences),
        )

    def _spans(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        if self.offsets is IDENTITY:
            return tuple(spans)
        return tuple(self.offsets.to_source(*span) for span in spans)

    def _words(self, start: int, end: int) -> str:
        return _SPACE.sub("", self.clean[start:end])


_YEAR = re.compile(r"\d{4}")


def _code_then(name: str, adcode: str | None, edtf: str | None) -> str | None:
    """The code the place had in the year its figure holds for; today's when the text gives no year."""
    year = _YEAR.search(edtf or "")
    if adcode is None or year is None:
        return adcode
    return places.code_of(name, int(year.group())) or adcode
