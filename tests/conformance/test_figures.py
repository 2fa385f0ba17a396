"""Floors on the figures of other systems' test cases, where those cases are at hand."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from jfextract.lexicon import read_table

HERE = Path(__file__).resolve().parent
CASES = next(
    (up / "shared" / "conformance" for up in HERE.parents if (up / "shared" / "conformance").is_dir()), None
)
FLOORS = {"rec_number": 0.95, "rec_percent": 0.95, "jio_money": 0.90}
LARGE = 15
SKIPPED = read_table(HERE / "figures_skipped.tsv", ("case_id", "reason"), key="case_id")

pytestmark = pytest.mark.skipif(CASES is None, reason="the shared conformance cases are not here")


def _module(path: Path) -> ModuleType:
    spec = spec_from_file_location(f"conformance_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def passes() -> dict[str, bool]:
    """Whether each case passes, by ``case_id``; skipped cases are among them and count as failing."""
    assert CASES is not None
    score, figures = _module(CASES / "score.py"), _module(HERE / "figures.py")
    passed: dict[str, bool] = {}
    for path in sorted((CASES / "cases").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if case["dimension"] in figures.FIGURES and "time" not in path.stem:
                passed[case["case_id"]] = score.passes(case, figures.answer_figures(case))
    return passed


@pytest.fixture(scope="module")
def rates(passes: dict[str, bool]) -> dict[str, tuple[int, int]]:
    suites: dict[str, list[bool]] = defaultdict(list)
    for case, ok in passes.items():
        suites[case.partition("#")[0]].append(ok)
    return {suite: (sum(oks), len(oks)) for suite, oks in suites.items()}


def test_figures_hold_the_floor_overall(rates):
    assert sum(ok for ok, _ in rates.values()) / sum(n for _, n in rates.values()) >= 0.93


def test_every_large_suite_holds_its_floor(rates):
    low = {
        suite: ok / n for suite, (ok, n) in rates.items() if n >= LARGE and ok / n < FLOORS.get(suite, 0.85)
    }
    assert low == {}


def test_the_small_suites_hold_the_floor_together(rates):
    small = [(ok, n) for ok, n in rates.values() if n < LARGE]
    assert sum(ok for ok, _ in small) / sum(n for _, n in small) >= 0.85


def test_a_skipped_case_still_contradicts_us(passes):
    assert {row["case_id"] for row in SKIPPED if passes[row["case_id"]]} == set()
