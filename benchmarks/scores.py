"""Scores against annotated reports, as Markdown: ``python benchmarks/scores.py [FOLDER]``.

FOLDER holds pairs ``NAME.docs.jsonl`` (id, text, date, title) and ``NAME.gold.jsonl`` (id, measures, times,
places with the record's fields); without it the annotated reports of the tests are scored.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jfextract import Extractor
from jfextract.output.records import document_row

ROOT = Path(__file__).resolve().parent.parent
ROWS = (
    ("figure found", "measures_f1", "F1"),
    ("… with exactly these characters", "exact_span_f1", "F1"),
    ("value and bounds", "value", "share right"),
    ("unit", "unit", "share right"),
    ("item", "item", "share right"),
    ("change", "change", "share right"),
    ("role", "role", "share right"),
    ("basis", "basis", "share right"),
    ("per", "per", "share right"),
    ("time of the figure", "time", "share right"),
    ("place of the figure", "place", "share right"),
    ("figure with value, unit, item and change all right", "fact_f1", "F1"),
    ("figure with every field right", "record_f1", "F1"),
    ("time expression found", "times_f1", "F1"),
    ("time resolved", "edtf", "share right"),
    ("place found", "places_f1", "F1"),
    ("place resolved", "place_name", "share right"),
)


def main() -> None:
    # the scorer of the tests is the only one
    sys.path.insert(0, str(ROOT))
    from tests.quality.scoring import scores

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "fixtures" / "gold"
    for gold_file in sorted(folder.glob("*.gold.jsonl")):
        name = gold_file.name.removesuffix(".gold.jsonl")
        gold = read_rows(gold_file)
        measured = scores(gold, extract_rows(read_rows(folder / f"{name}.docs.jsonl")))
        figures = sum(not measure.get("optional") for row in gold for measure in row["measures"])
        print(f"{name}: {len(gold)} reports, {figures} figures\n\n| what | score | |\n|---|--:|---|")
        for label, score, meaning in ROWS:
            print(f"| {label} | {measured[score]:.3f} | {meaning} |")
        print()


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def extract_rows(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    extractor = Extractor()
    found = []
    for row in documents:
        doc = extractor.extract(row["text"], id=row["id"], date=row.get("date"), title=row.get("title"))
        found.append(json.loads(document_row(doc)))
    return found


if __name__ == "__main__":
    main()
