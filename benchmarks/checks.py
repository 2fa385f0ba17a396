"""How far checks can be trusted: python benchmarks/checks.py NEWS.jsonl[.gz]

Prints, for the reports of a JSONL file, how many relations are found; how many appear when every figure is exchanged
for one of the same unit and role from elsewhere, so that only chance can make them come out; and what becomes of a
relation that holds when one digit of one of its figures is changed.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from jfextract import Document, Extractor, Measure
from jfextract.checks import check
from jfextract.model import Check

_ROUNDS = 10


def read(path: Path) -> list[Document]:
    extractor = Extractor()
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = [json.loads(line) for line in data.splitlines()]
    return [extractor.extract(row["text"], id=row["id"], date=row.get("date")) for row in rows]


def exchanged(docs: Sequence[Document], rng: random.Random) -> Iterable[tuple[Document, tuple[Measure, ...]]]:
    """The documents with each number exchanged for another of the same kind, unit and role."""
    pool: dict[tuple[str, str | None, str], list[Measure]] = defaultdict(list)
    for doc in docs:
        for measure in doc.measures:
            pool[measure.kind, measure.unit, measure.role].append(measure)
    for doc in docs:
        others = (rng.choice(pool[m.kind, m.unit, m.role]) for m in doc.measures)
        yield (
            doc,
            tuple(
                replace(m, text=o.text, value=o.value, low=o.low, high=o.high, mod=o.mod)
                for m, o in zip(doc.measures, others, strict=True)
            ),
        )


def misprinted(measure: Measure, rng: random.Random) -> Measure | None:
    """The figure with one Arabic digit changed, never the first one to zero."""
    places = [at for at, char in enumerate(measure.text) if char in "0123456789"]
    number = "".join(char for char in measure.text if char in "0123456789.")
    if not places or measure.value is None or not number.strip(".") or not Decimal(number):
        return None
    at = rng.choice(places)
    digit = rng.choice([d for d in "0123456789" if d != measure.text[at] and (d != "0" or at != places[0])])
    text = measure.text[:at] + digit + measure.text[at + 1 :]
    changed = Decimal("".join(char for char in text if char in "0123456789."))
    return replace(measure, text=text, value=measure.value / Decimal(number) * changed)


def tell(name: str, checks: Iterable[Check], rounds: int = 1) -> None:
    counts = Counter((one.kind, one.status) for one in checks)
    print(f"\n{name}: {sum(counts.values()) / rounds:g}")
    for (kind, status), count in sorted(counts.items()):
        print(f"  {kind:15} {status:16} {count / rounds:g}")


def main(path: str) -> None:
    rng = random.Random(1)
    docs = read(Path(path))
    print(f"{len(docs)} reports, {sum(len(doc.measures) for doc in docs)} figures")
    tell("relations", [one for doc in docs for one in doc.checks])
    by_chance = [
        one
        for _ in range(_ROUNDS)
        for doc, measures in exchanged(docs, rng)
        for one in check(measures, doc.text or "")
    ]
    tell(f"by chance (mean of {_ROUNDS} exchanges)", by_chance, _ROUNDS)
    fates: Counter[tuple[str, str]] = Counter()
    for doc in docs:
        for one in doc.checks:
            for at in one.measures * (_ROUNDS if one.status != "fails" else 0):
                changed = misprinted(doc.measures[at], rng)
                if changed is not None:
                    measures = (*doc.measures[:at], changed, *doc.measures[at + 1 :])
                    now = [c.status for c in check(measures, doc.text or "") if c.measures == one.measures]
                    fates[one.kind, now[0] if now else "no longer told"] += 1
    print("\na digit of a true relation changed")
    for (kind, fate), count in sorted(fates.items()):
        print(f"  {kind:15} {fate:16} {count / sum(n for (k, _), n in fates.items() if k == kind):.0%}")


if __name__ == "__main__":
    main(*sys.argv[1:])
