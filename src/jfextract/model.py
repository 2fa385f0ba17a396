"""The record: what jfextract says about one report.

Every ``start``/``end`` is a 0-based code-point offset into the text the caller gave, end exclusive,
and ``text`` is exactly that slice. Normalised strings (units, items, names) are simplified Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from dataclasses_json import DataClassJsonMixin

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = [
    "SCHEMA",
    "Article",
    "Candidate",
    "Change",
    "Check",
    "DateSource",
    "Document",
    "Doubt",
    "Edit",
    "Measure",
    "Mod",
    "Place",
    "Role",
    "Span",
    "Time",
]

SCHEMA = "jfextract/document/1"

Span = tuple[int, int]
Mod = Literal["exact", "approx", "above", "below", "range"]
Change = Literal["increase", "decrease", "none"]
Role = Literal["level", "by", "to", "from", "target", "share"]
DateSource = Literal["given", "page", "dateline", "newest"]
Doubt = Literal["future"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One stated quantity and what it is linked to.

    ``value`` is in base units with scale words folded in (1.06万 is 10600); it is None for a range and
    for an indefinite number, whose bounds are ``low`` and ``high`` (None: open), and for a ``score`` or ``ratio``
    (91比79), which is two numbers and has no bounds either. ``unit`` is the
    simplified unit or classifier, ``%`` or an ISO 4217 code, None when none is written. ``item`` is the
    full phrase of what is counted and ``item_head`` its head, None when the text does not say.
    ``change``/``role``/``basis`` say how the figure moved and against what; ``per`` is the denominator
    of a rate; ``time`` is EDTF; ``place`` is the full simplified name and ``adcode`` its GB/T 2260 code.
    ``sentence`` is the span of the sentence, ``rule`` names the rule that found the figure, and
    ``confidence`` is in 0–1.
    """

    text: str
    start: int
    end: int
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    mod: Mod
    unit: str | None
    item: str | None
    item_head: str | None
    change: Change | None
    role: Role
    basis: str | None
    per: str | None
    time: str | None
    place: str | None
    adcode: str | None
    sentence: Span
    rule: str
    confidence: float
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression; ``edtf`` is None when it cannot be resolved (no anchor, or vague).

    ``date_from`` and ``date_to`` are the first and the last day of ``edtf`` as ISO dates, for joins (198X is
    1980-01-01 to 1989-12-31); None for an end that is open or unknown, and before the year 1. ``doubt`` is
    ``future`` where the words name no year of their own and do not look forward, yet what they mean begins
    after the date of the report (今年4月 in a report of January): that date or the words are amiss, or the
    text speaks of a plan without saying so.
    """

    text: str
    start: int
    end: int
    edtf: str | None
    rule: str
    optional: bool = False
    date_from: str | None = None
    date_to: str | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of an ambiguous place name."""

    name: str
    adcode: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One place; ``name`` is the simplified official name with its ancestors (陕西省宝鸡市眉县).

    ``kind`` is ``named``, ``deictic`` (我市, 全省: ``evidence`` says how it was resolved) or ``org`` (a name
    inside the name of an institution, publication, event …). ``level`` is ``country``, ``province``,
    ``prefecture``, ``county``, ``township``, ``village``, ``zone``, ``region``, ``water``, ``mountain``,
    ``city`` (abroad) or None. ``name`` and ``adcode`` are None when undecided; then ``candidates`` has
    the readings. ``adcode`` is today's code, None as well where no code exists (functional zones, abroad);
    ``adcode_at`` is the code of the year of the report, None without a date or when no single unit stood for
    the place then. A township or village has the codes of its county. ``centroid`` is longitude and latitude
    in degrees of the seat of government (of a city abroad: its centre), None where unknown. Abroad it is WGS 84;
    in China the source states no datum: WGS 84 or GCJ-02, up to 0.7 km apart, so good to about 1 km.
    """

    text: str
    start: int
    end: int
    name: str | None
    adcode: str | None
    level: str | None
    kind: Literal["named", "deictic", "org"]
    rule: str
    candidates: tuple[Candidate, ...] = ()
    evidence: str | None = None
    optional: bool = False
    adcode_at: str | None = None
    centroid: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair of the source: ``source[start:end]`` was read as ``replacement``.

    ``certain`` is False for a guess: text under a guess yields no figure and no name.
    """

    start: int
    end: int
    replacement: str
    kind: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One relation that the report's own numbers allow, with the arithmetic spelt out.

    ``measures`` are indices into ``Document.measures``.
    """

    kind: str
    status: Literal["holds", "within rounding", "fails"]
    measures: tuple[int, ...]
    stated: Decimal
    computed: Decimal
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Article:
    """What the page says about itself; strings are simplified, None when the page does not say.

    ``published`` and ``dateline_date`` are EDTF. ``place`` is the report's own place (for 我市, 全县),
    ``place_evidence`` how it is known. ``body`` is the span without title block and page chrome;
    ``paragraphs`` and ``sentences`` are spans inside title block and body.
    """

    title: str | None
    subtitle: str | None
    authors: tuple[str, ...]
    source: str | None
    published: str | None
    editor: str | None
    dateline: str | None
    page: str | None
    place: str | None
    adcode: str | None
    place_evidence: str | None
    body: Span
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Document(DataClassJsonMixin):
    """One report and everything found in it.

    ``date`` is the ISO date that relative times are resolved against, ``date_source`` where it comes
    from; both are None when the text states no date and none was given. ``text`` is the source that all
    offsets refer to; None in a record that was written without it.
    """

    id: str
    date: str | None
    date_source: DateSource | None
    article: Article
    measures: tuple[Measure, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    checks: tuple[Check, ...]
    edits: tuple[Edit, ...]
    text: str | None = None

    def to_dict(self, encode_json: bool = False) -> dict[str, Any]:
        """The record as plain containers, with the schema's version; Decimals stay Decimals."""
        return {"schema": SCHEMA, **super().to_dict(encode_json=encode_json)}

    def to_json(self, **settings: Any) -> str:
        """The record as JSON text with the source text in it; numbers are exact plain JSON numbers.

        It takes no settings. Raises TypeError for any.
        """
        if settings:
            raise TypeError(f"to_json takes no settings, got {', '.join(settings)}")
        from jfextract.output.records import document_row

        return document_row(self, text=True).decode()

    @classmethod
    def from_json(cls, s: str | bytes | bytearray, **settings: Any) -> Document:
        """The document of a JSON record, the exact inverse of ``to_json``; raises JfextractError for anything else.

        But for one thing: where a high surrogate stands before a low one, both became U+FFFD (see ``document_row``).
        """
        if settings:
            raise TypeError(f"from_json takes no settings, got {', '.join(settings)}")
        from jfextract.output.records import read_document

        return read_document(bytes(s) if isinstance(s, bytearray) else s)

    def to_frame(self, table: str = "measures") -> pd.DataFrame:
        """The measures as a pandas DataFrame, one row each; needs the extra ``jfextract[pandas]``.

        ``table`` may also be ``times``, ``places`` or ``checks``.
        """
        from jfextract.output.frames import to_frame

        return to_frame(self, table)

    def to_arrow(self, table: str = "measures") -> pa.Table:
        """The measures as a pyarrow Table, one row each; or the ``times``, ``places`` or ``checks``."""
        from jfextract.output.frames import to_arrow

        return to_arrow(self, table)

    def _repr_html_(self) -> str:
        from jfextract.output.html import document_html

        return document_html(self)
