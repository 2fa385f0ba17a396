"""Learn from annotated reports how sure a linked figure is, and how well that holds on others.

    python scripts/calibrate_confidence.py FOLDER/NAME [...] --source "what the annotation is" [--folds] [--plot FILE]

FOLDER/NAME.docs.jsonl and FOLDER/NAME.gold.jsonl hold texts and annotation with the field names of the record. A
figure is right when span, value, unit, item and change are. Writes link/data/confidence.tsv. ``--folds`` writes
nothing there: each document is answered by what was learnt from the others, and the share of right figures is printed
(and with ``--plot`` drawn) by the confidence that they were given.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.quality.scoring import is_fact, paired

import jfextract.pipeline
from jfextract import Extractor
from jfextract.link import Link, Scene, link
from jfextract.link.confidence import features_of

TABLE = ROOT / "src" / "jfextract" / "link" / "data" / "confidence.tsv"
LEAST_SEEN = 5
PENALTY = 2.0
STEPS = 3000
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)

Case = tuple[tuple[str, ...], bool]


def read(sets: Sequence[Path]) -> list[list[Case]]:
    """For each document, the features of its figures and whether each is right."""
    extractor = Extractor()
    seen: list[tuple[Scene, Sequence[Link]]] = []

    def recording(scene: Scene) -> tuple[Link, ...]:
        seen.append((scene, link(scene)))
        return tuple(seen[-1][1])

    jfextract.pipeline.link = recording
    documents: list[list[Case]] = []
    for each in sets:
        texts, gold = (
            [
                json.loads(line)
                for line in each.with_name(f"{each.name}.{part}.jsonl").read_text("utf-8").splitlines()
            ]
            for part in ("docs", "gold")
        )
        annotation: dict[str, Any] = {entry["id"]: entry["measures"] for entry in gold}
        for text in texts:
            doc = extractor.extract(text["text"], date=text["date"], title=text.get("title"))
            scene, links = seen.pop()
            records = [asdict(measure) for measure in doc.measures]
            matched = {j: i for i, j in paired(annotation[text["id"]], records)}
            cases: list[Case] = []
            for at, one in enumerate(links):
                entry = annotation[text["id"]][matched[at]] if at in matched else None
                if entry is None or not entry.get("optional"):
                    features = features_of(scene.text, scene.affinity, one.figure, one.item, one.move)
                    cases.append((features, entry is not None and is_fact(entry, records[at])))
            documents.append(cases)
    return documents


def learn(cases: Sequence[Case]) -> dict[str, float]:
    """Weights of a logistic regression with a squared penalty, by plain gradient steps."""
    count: dict[str, int] = {}
    for features, _ in cases:
        for name in features:
            count[name] = count.get(name, 0) + 1
    names = sorted(name for name, seen in count.items() if seen >= LEAST_SEEN)
    index = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(cases), len(names)))
    for row, (features, _) in enumerate(cases):
        matrix[row, [index[name] for name in features if name in index]] = 1
    right = np.array([good for _, good in cases], dtype=float)
    weight = np.zeros(len(names))
    for _ in range(STEPS):
        guess = 1 / (1 + np.exp(-matrix @ weight))
        weight += (matrix.T @ (right - guess) - PENALTY * weight) / len(cases)
    return {name: round(float(weight[index[name]]), 3) for name in names}


def confidence(weights: dict[str, float], features: Sequence[str]) -> float:
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) for name in features))))


def table_of(answers: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int, float, float]]:
    """From, to, figures, mean confidence, share right, for each band of confidence that has figures."""
    rows = []
    for low, high in pairwise(EDGES):
        inside = [(c, good) for c, good in answers if low <= c < high or (high == 1.0 and c == 1.0)]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            rows.append((low, high, len(inside), mean, sum(good for _, good in inside) / len(inside)))
    return rows


def draw(rows: Sequence[tuple[float, float, int, float, float]], path: Path) -> None:
    """A reliability plot as SVG: confidence against the share that was right, the size of a dot its figures."""
    size, edge = 320, 40
    most = max(row[2] for row in rows)
    dots = "".join(
        f'<circle cx="{edge + mean * size:.1f}" cy="{edge + (1 - share) * size:.1f}" '
        f'r="{4 + 8 * (n / most) ** 0.5:.1f}" fill="#2a6f97"><title>{n}: {share:.2f}</title></circle>'
        for _, _, n, mean, share in rows
    )
    ticks = "".join(
        f'<text x="{edge + t * size:.0f}" y="{edge + size + 18}" text-anchor="middle">{t:.1f}</text>'
        f'<text x="{edge - 8}" y="{edge + (1 - t) * size + 4:.0f}" text-anchor="end">{t:.1f}</text>'
        for t in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 2 * edge} {size + 2 * edge + 20}" '
        f'width="{size + 2 * edge}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/>'
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#999"/>'
        f'<line x1="{edge}" y1="{edge + size}" x2="{edge + size}" y2="{edge}" stroke="#bbb" stroke-dasharray="4"/>'
        f"{dots}{ticks}"
        f'<text x="{edge + size / 2}" y="{edge + size + 38}" text-anchor="middle">confidence</text>'
        f'<text x="{edge}" y="{edge - 12}">share of figures that were right</text></svg>\n',
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--source", default="")
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--test", nargs="*", type=Path, default=[])
    parser.add_argument("--plot", type=Path)
    arguments = parser.parse_args()
    documents = read(arguments.sets)
    if arguments.folds or arguments.test:
        answers: list[tuple[float, bool]] = []
        if arguments.test:
            weights = learn([case for one in documents for case in one])
            answers += [(confidence(weights, f), good) for one in read(arguments.test) for f, good in one]
        else:
            for held, one in enumerate(documents):
                weights = learn([c for i, other in enumerate(documents) if i != held for c in other])
                answers += [(confidence(weights, f), good) for f, good in one]
        rows = table_of(answers)
        for low, high, n, mean, share in rows:
            print(f"{low:.1f}-{high:.1f}  figures {n:4}  mean confidence {mean:.3f}  right {share:.3f}")
        if arguments.plot:
            draw(rows, arguments.plot)
        return
    weights = learn([case for one in documents for case in one])
    head = f"# source: learnt from {arguments.source}\n# licence: Apache-2.0\n# date: {datetime.date.today():%Y-%m}\n"
    rows_text = "".join(f"{name}\t{weight}\n" for name, weight in weights.items())
    TABLE.write_text(
        f"{head}# made by scripts/calibrate_confidence.py\nfeature\tweight\n{rows_text}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
