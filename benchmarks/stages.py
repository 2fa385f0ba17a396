"""Where the time goes: ``python benchmarks/stages.py [TEXTS.jsonl[.gz]]`` prints the tables of docs/performance.md.

The stages are timed inside the real pipeline: each function that ``jfextract.pipeline`` calls is wrapped in a
clock, and cutting into words is told apart from the stage that asks for it. ``jieba.lcut`` cuts the same texts
in turn with it, so that the ratio hardly depends on the machine. Seconds are those of the processor. Without an
argument the reports of the tests are read.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import logging
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jfextract import Extractor, pipeline
from jfextract.output.records import document_row
from jfextract.places import words

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3

# what the pipeline calls, in its order, under the name that the table gives it
STAGES: tuple[tuple[str, Any, str], ...] = (
    ("repair", pipeline, "repair"),
    ("normalise", pipeline, "normalise"),
    ("normalise", pipeline, "region"),
    ("article", pipeline, "read_article"),
    ("times", pipeline.times, "anchor"),
    ("units and numbers", pipeline.units, "find"),
    ("times", pipeline.times, "find"),
    ("places", pipeline.places, "find"),
    ("places", pipeline.places, "infer_home"),
    ("places", pipeline.places, "with_home"),
    ("resolve", pipeline, "resolve"),
    ("link", pipeline, "link"),
    ("check", pipeline, "check"),
)


class Clock:
    """Seconds by stage; time in a stage inside another counts for the inner one."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inner = [0.0]

    def wrapped(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            begun = time.process_time()
            try:
                return function(*given, **named)
            finally:
                took = time.process_time() - begun
                self.seconds[stage] += took - self._inner.pop()
                self._inner[-1] += took

        return timed


@contextlib.contextmanager
def clocked(clock: Clock) -> Iterator[None]:
    """The pipeline with a clock around every stage."""
    plain = [(owner, name, getattr(owner, name)) for _, owner, name in STAGES]
    plain += [(owner, "segmenter", owner.segmenter) for owner in (pipeline, words)]
    for stage, owner, name in STAGES:
        setattr(owner, name, clock.wrapped(stage, getattr(owner, name)))
    cut = clock.wrapped("segment", pipeline.segmenter())
    for owner in (pipeline, words):
        owner.segmenter = lambda *_: cut
    try:
        yield
    finally:
        for owner, name, function in plain:
            setattr(owner, name, function)


def main() -> None:
    rows = read_texts(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "fixtures" / "reports")
    megabytes = sum(len(row["text"].encode("utf-8", "replace")) for row in rows) / 1e6
    extract_all(rows[:50])  # tables and dictionaries are loaded before the clock runs
    memory = {"tables and dictionary loaded": peak_memory()}
    for row in rows:
        extract_all([row])
    memory["after all texts, one at a time"] = peak_memory()
    clock = Clock()
    best: dict[str, float] = {}
    jieba_seconds: list[float] = []
    for _ in range(ROUNDS):
        clock.seconds.clear()
        with clocked(clock):
            begun = time.process_time()
            documents = extract_all(rows)
            clock.seconds["total"] = time.process_time() - begun
        if not best or clock.seconds["total"] < best["total"]:
            best = dict(clock.seconds)
        jieba_seconds.append(time_jieba([row["text"] for row in rows]))
    begun = time.process_time()
    for document in documents:
        document_row(document)
    best["JSON rows"] = time.process_time() - begun
    best["jieba.lcut"] = min(jieba_seconds)
    print_tables(rows, megabytes, best, documents, memory)


def read_texts(path: Path) -> list[dict[str, Any]]:
    """The texts of a JSONL file (text; id, date, title where they are there) or of a folder of .txt files."""
    if path.is_dir():
        return [{"text": file.read_text(encoding="utf-8")} for file in sorted(path.glob("*.txt"))]
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines()]


def extract_all(rows: Sequence[dict[str, Any]]) -> list[Any]:
    extractor = Extractor()
    return [
        extractor.extract(row["text"], date=(row.get("date") or "")[:10], title=row.get("title"))
        for row in rows
    ]


def time_jieba(texts: Sequence[str]) -> float:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.lcut("读入词典")
    begun = time.process_time()
    for text in texts:
        jieba.lcut(text)
    return time.process_time() - begun


def peak_memory() -> float:
    """Peak resident memory of this process in MB (Linux counts in kB, macOS in bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def run_python(code: str) -> float:
    """The figure that a fresh Python prints: the least of five."""
    command = [sys.executable, "-c", code]
    return min(
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(5)
    )


def print_tables(
    rows: Sequence[dict[str, Any]],
    megabytes: float,
    best: dict[str, float],
    documents: Sequence[Any],
    memory: dict[str, float],
) -> None:
    characters = sum(len(row["text"]) for row in rows)
    measures = sum(len(document.measures) for document in documents)
    print(
        f"{len(rows)} texts, {characters:,} characters, {megabytes:.2f} MB as UTF-8, {measures:,} measures\n"
    )
    print("| stage | MB/s | share of the time | ratio to `jieba.lcut` |\n|---|--:|--:|--:|")
    jieba_speed = megabytes / best["jieba.lcut"]
    stages = [*dict.fromkeys([stage for stage, _, _ in STAGES] + ["segment"])]
    parts = [(stage, best.get(stage, 0.0)) for stage in stages]
    parts.append(("record (offsets, options)", best["total"] - sum(seconds for _, seconds in parts)))
    for stage, seconds in [*parts, ("**extract, in all**", best["total"]), ("JSON rows", best["JSON rows"])]:
        speed = megabytes / max(seconds, 1e-9)
        share = f"{seconds / best['total']:.0%}" if stage != "JSON rows" else ""
        print(f"| {stage} | {speed:.2f} | {share} | {speed / jieba_speed:.2f} |")
    print(f"| `jieba.lcut` | {jieba_speed:.2f} | | 1.00 |\n")
    imported = run_python(
        "import time; t = time.perf_counter(); import jfextract; print(time.perf_counter() - t)"
    )
    first = run_python(
        "import time; t = time.perf_counter(); import jfextract; "
        "jfextract.extract('召开会议144次', date='2022-03-15', place='宝鸡市'); print(time.perf_counter() - t)"
    )
    print("| | |\n|---|--:|")
    print(f"| `import jfextract` | {imported * 1000:.0f} ms |")
    print(f"| import and the first sentence (tables and dictionary are loaded) | {first:.2f} s |")
    for when, size in memory.items():
        print(f"| peak memory: {when} | {size:.0f} MB |")


if __name__ == "__main__":
    main()
