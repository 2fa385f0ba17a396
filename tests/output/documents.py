"""Documents for the tests of the outer rooms, made from the gold annotation of the five reports."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from jfextract.model import SCHEMA, Article, Document, Measure, Place, Time

GOLD = Path(__file__).parents[1] / "fixtures" / "gold"


def _lines(name: str) -> list[dict[str, Any]]:
    text = (GOLD / name).read_text(encoding="utf-8")
    return [json.loads(line, parse_float=Decimal) for line in text.splitlines()]


def _decimal(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _measure(row: dict[str, Any], text: str) -> Measure:
    start = text.rfind("。", 0, row["start"]) + 1
    end = text.find("。", row["end"]) + 1 or len(text)
    given = {name: row[name] for name in ("text", "start", "end", "kind", "mod", "unit", "item_head")}
    given |= {name: row[name] for name in ("change", "role", "basis", "per", "time", "place")}
    numbers = {name: _decimal(row[name]) for name in ("value", "low", "high")}
    return Measure(
        **given,
        **numbers,
        item=row["item_full"],
        adcode=None,
        sentence=(start, end),
        rule="gold",
        confidence=1.0,
    )


def _article(meta: dict[str, Any]) -> Article:
    body = (meta["body_start"], meta["body_end"])
    known = {name: meta.get(name) for name in ("title", "subtitle", "source", "published", "editor", "place")}
    return Article(
        **known,
        authors=tuple(meta["authors"]),
        dateline=None,
        page=None,
        adcode=None,
        place_evidence=None,
        body=body,
        paragraphs=((0, body[1]),) if body[0] < 60 else (body,),
        sentences=(),
    )


def _document(source: dict[str, Any], gold: dict[str, Any]) -> Document:
    text = source["text"]
    return Document(
        id=source["id"],
        date=source["date"],
        date_source="given",
        article=_article(gold["meta"]),
        measures=tuple(_measure(row, text) for row in gold["measures"] if not row.get("optional")),
        times=tuple(
            Time(row["text"], row["start"], row["end"], row["edtf"], "gold") for row in gold["times"]
        ),
        places=tuple(
            Place(row["text"], row["start"], row["end"], row["name"], None, None, row["kind"], "gold")
            for row in gold["places"]
        ),
        checks=(),
        edits=(),
        text=text,
    )


@lru_cache(maxsize=1)
def gold_documents() -> tuple[Document, ...]:
    """The five reports as the gold annotation has them."""
    pairs = zip(_lines("reports.docs.jsonl"), _lines("reports.gold.jsonl"), strict=True)
    return tuple(_document(source, gold) for source, gold in pairs)


def small_document(text: str = "发文3759件", *, title: str | None = "标题", **changes: Any) -> Document:
    """A document of one measure, 3759件; ``changes`` go to the measure."""
    fields: dict[str, Any] = {
        "text": "3759件",
        "start": 2,
        "end": 7,
        "kind": "count",
        "value": Decimal(3759),
        "low": None,
        "high": None,
        "mod": "exact",
        "unit": "件",
        "item": "文件",
        "item_head": "文件",
        "change": None,
        "role": "level",
        "basis": None,
        "per": None,
        "time": "2019",
        "place": "六盘水市",
        "adcode": "520200",
        "sentence": (0, len(text)),
        "rule": "made",
        "confidence": 0.9,
    }
    article = Article(title, None, (), *[None] * 8, body=(0, len(text)), paragraphs=(), sentences=())
    measures = (Measure(**{**fields, **changes}),)
    return Document("made", "2022-03-15", "given", article, measures, (), (), (), (), text)


__all__ = ["SCHEMA", "gold_documents", "small_document"]
