"""Extraction against expert annotation: no score sinks below its floor, every span slices back."""

from __future__ import annotations

import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from jfextract import Extractor
from jfextract.output.records import document_row

from .scoring import scores

try:
    import tomllib
except ModuleNotFoundError:
    import tomli as tomllib

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "gold"
COMMITTED = HERE.parent / "fixtures" / "gold"
# written, genres, held_out: bulletins, work reports, finance, sport and news of Taiwan and Hong Kong, made up in the
# manner of real ones by annotators who did not know the rules; rules were written after reading the errors of the
# first two, never those of held_out
FOLDERS = {
    "reports": COMMITTED,
    "written": COMMITTED,
    "genres": COMMITTED,
    "held_out": COMMITTED,
    "news": SHARED,
}
FLOORS: dict[str, dict[str, float]] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@lru_cache
def gold_and_found(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, str]]:
    folder = FOLDERS[name]
    if not folder.exists():
        pytest.skip(f"no gold annotation at {folder}")
    documents = _lines(folder / f"{name}.docs.jsonl")
    extractor = Extractor()
    found = []
    for entry in documents:
        doc = extractor.extract(entry["text"], id=entry["id"], date=entry["date"], title=entry.get("title"))
        found.append(json.loads(document_row(doc)))
    return _lines(folder / f"{name}.gold.jsonl"), found, {entry["id"]: entry["text"] for entry in documents}


@pytest.mark.parametrize(
    ("name", "score"), [(name, score) for name, floor in FLOORS.items() for score in floor]
)
def test_no_score_sinks_below_its_floor(name: str, score: str) -> None:
    gold, found, _ = gold_and_found(name)
    assert scores(gold, found)[score] >= FLOORS[name][score]


@pytest.mark.parametrize("name", FOLDERS)
def test_every_span_slices_back(name: str) -> None:
    _, found, texts = gold_and_found(name)
    for record in found:
        for layer in ("measures", "times", "places"):
            for mention in record[layer]:
                assert texts[record["id"]][mention["start"] : mention["end"]] == mention["text"]


@pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the reference scorer is not here")
@pytest.mark.parametrize("name", FOLDERS)
def test_the_scores_are_those_of_the_reference_scorer(name: str) -> None:
    spec = importlib.util.spec_from_file_location("reference_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold, found, _ = gold_and_found(name)
    ours = scores(gold, found)
    theirs, _errors = reference.score({g["id"]: g for g in gold}, {f["id"]: f for f in found})
    assert ours["fact_f1"] == pytest.approx(theirs["fact_f1"], abs=2e-4)
    assert ours["record_f1"] == pytest.approx(theirs["record_f1"], abs=2e-4)
    for layer in ("measures", "times", "places"):
        assert ours[f"{layer}_f1"] == pytest.approx(theirs[layer]["f1"], abs=2e-4)
    for field, figure in theirs["fields"].items():
        assert ours[field] == pytest.approx(figure["acc"], abs=2e-4)
