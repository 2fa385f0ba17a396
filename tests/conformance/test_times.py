"""How the times room answers the cases of other systems, where those cases are at hand."""

from __future__ import annotations

import datetime
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jfextract import times
from jfextract.times.expression import Expression

CASES = Path(__file__).parents[3] / "shared" / "conformance"
SKIPPED = Path(__file__).parent / "times_skipped.tsv"
SUITES = ("jio_time", "rec_datetime", "rec_datetime_parts", "dk_time")
FLOORS = {
    "jio_time.calendar": 0.82,
    "rec_datetime.calendar": 0.88,
    "dk_time.calendar": 0.80,
    "calendar": 0.835,
    "clock": 0.69,
}

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the conformance cases are not at hand")


def instant(day: datetime.date | None, seconds: int) -> str:
    if day is None:
        return ".."
    try:
        moment = datetime.datetime(day.year, day.month, day.day) + datetime.timedelta(seconds=seconds)
    except OverflowError:
        return ".."
    return moment.isoformat()


def mention(found: Expression) -> dict[str, Any]:
    """An expression in the neutral form: ISO instants, end exclusive, ``..`` for open."""
    reading = found.reading
    if reading is None:
        return {"start": found.start, "end": found.end, "type": "time", "iso": None}
    first, last = reading.clock or (0, 86400)
    iso = f"{instant(reading.begin, first)}/{instant(reading.end, first if last is None else last)}"
    return {"start": found.start, "end": found.end, "type": "time", "iso": iso}


def answer(case: dict[str, Any], simplify: Any) -> list[dict[str, Any]]:
    """Read a case as the pipeline would: simplified, width-folded, against the date of the case."""
    told = case.get("reference_datetime")
    now = datetime.datetime.fromisoformat(told) if told else datetime.datetime(2021, 6, 14)
    seconds = now.hour * 3600 + now.minute * 60 + now.second
    text = simplify(case["text"])
    whole = case["mode"] == "whole" or len(text) <= max(
        (e["end"] - e["start"] for e in case["expected"]), default=0
    )
    found = times.expressions_in(text, now.date(), whole=whole, now=seconds)
    return [mention(expression) for expression in found]


def load_score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("conformance_score", CASES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def simplifier() -> Any:
    opencc = pytest.importorskip("opencc")
    convert = opencc.OpenCC("t2s").convert
    width = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return lambda text: convert(text).translate(width)


def skipped() -> set[str]:
    rows = SKIPPED.read_text(encoding="utf-8").splitlines()
    return {row.split("\t")[0] for row in rows if row and not row.startswith("#")}


def run(suites: tuple[str, ...] = SUITES) -> dict[str, tuple[bool, dict[str, Any], list[dict[str, Any]]]]:
    """Case id -> whether it passes, the case, our answer."""
    score, simplify = load_score(), simplifier()
    results = {}
    for suite in suites:
        for line in (CASES / "cases" / f"{suite}.jsonl").read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            mentions = answer(case, simplify)
            results[case["case_id"]] = (bool(score.passes(case, mentions)), case, mentions)
    return results


@pytest.fixture(scope="module")
def results() -> dict[str, tuple[bool, dict[str, Any], list[dict[str, Any]]]]:
    return run()


@pytest.mark.parametrize("group", FLOORS)
def test_the_share_of_cases_read_rightly_stays_above_its_floor(group: str, results: Any) -> None:
    right = [ok for ok, case, _ in results.values() if f"{case['suite']}.{case.get('group')}".endswith(group)]
    assert sum(right) / len(right) >= FLOORS[group]


def test_the_skip_list_names_only_cases_that_fail(results: Any) -> None:
    passing = {case_id for case_id in skipped() if case_id in results and results[case_id][0]}
    assert not passing
