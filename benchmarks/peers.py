"""jfextract beside its peers, on the same texts in one run: ``python benchmarks/peers.py TEXTS.jsonl[.gz]``.

The peers are heavy, so the first call makes a virtual environment for them, .venv-bench, and goes on in it. All
speeds are processor time of one core; each tool reads texts in the same order until it has had ``BUDGET`` seconds
or all of them. jfextract does everything, from the text to the JSON row.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BUDGET = 20.0
ROUNDS = 2
LENGTHS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
ONE_LINE = b'{"id": "a", "text": "\\u53bb\\u5e74\\u53ec\\u5f00\\u4f1a\\u8bae144\\u6b21\\u3002", "date": "2020-03-15"}\n'

Row = dict[str, Any]


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] in ("jieba", "rjieba"):
        print(peak_memory_of(sys.argv[1], Path(sys.argv[2])))
        return
    if importlib.util.find_spec("jionlp") is None:
        enter_environment()
    rows = read_texts(Path(sys.argv[1]))
    size = sum(len(row["text"].encode()) for row in rows) / 1e6
    print(f"{len(rows)} texts, {size:.2f} MB as UTF-8; load of the machine {os.getloadavg()[0]:.1f}\n")
    print_speeds(rows)
    print_starts(Path(sys.argv[1]))
    print_growth(rows)


def enter_environment() -> None:
    """Go on in .venv-bench, made when it is not there."""
    python = ROOT / ".venv-bench" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ROOT / ".venv-bench")], check=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[bench]"]
        subprocess.run([str(python), *install], check=True)
    os.execv(python, [str(python), *sys.argv])


def read_texts(path: Path) -> list[Row]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.splitlines()]


def our_reader(segmenter: Any) -> Callable[[Row], object]:
    from jfextract import Extractor, Options
    from jfextract.output.records import document_row

    extractor = Extractor(Options(segmenter=segmenter))
    return lambda row: document_row(
        extractor.extract(row["text"], date=(row.get("date") or "")[:10], title=row.get("title"))
    )


def jieba_reader() -> Callable[[Row], object]:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return lambda row: jieba.lcut(row["text"])


def jionlp_reader() -> Callable[[Row], object]:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp
    logging.disable(
        logging.CRITICAL
    )  # it logs a traceback for each phrase that is no time, which would cost it
    return lambda row: jionlp.ner.extract_time(row["text"], time_base=time.time())


def recognizers_reader() -> Callable[[Row], object]:
    from recognizers_number import recognize_number
    from recognizers_text import Culture

    return lambda row: recognize_number(row["text"], Culture.Chinese)


READERS: tuple[tuple[str, Callable[[], Callable[[Row], object]]], ...] = (
    ("`jieba.lcut` (cuts words, nothing else)", jieba_reader),
    ("jfextract with rjieba (everything)", lambda: our_reader("rjieba")),
    ("jfextract with jieba (everything)", lambda: our_reader("jieba")),
    ("JioNLP, times only", jionlp_reader),
    ("Recognizers-Text, numbers only", recognizers_reader),
)


def speed_of(read: Callable[[Row], object], rows: Sequence[Row]) -> float:
    """MB a second of processor time."""
    size, spent = 0, 0.0
    for row in rows:
        begun = time.process_time()
        read(row)
        spent += time.process_time() - begun
        size += len(row["text"].encode())
        if spent > BUDGET:
            break
    return size / 1e6 / spent


def print_speeds(rows: Sequence[Row]) -> None:
    readers = [(name, make()) for name, make in READERS]
    for _, read in readers:
        for row in rows[:20]:
            read(row)  # dictionaries and tables are loaded before the clock runs
    best = dict.fromkeys((name for name, _ in readers), 0.0)
    for _ in range(ROUNDS):
        for name, read in readers:
            best[name] = max(best[name], speed_of(read, rows))
    base = best[readers[0][0]]
    print("| | MB/s | ratio to `jieba.lcut` |\n|---|--:|--:|")
    for name, speed in best.items():
        print(f"| {name} | {speed:.3f} | {speed / base:.3f} |")
    print()


def print_starts(path: Path) -> None:
    """From nothing to the first row, and the peak memory after all texts, in processes of their own."""
    print("| | rjieba | jieba |\n|---|--:|--:|")
    starts = [f"{cold_start(name):.2f} s" for name in ("rjieba", "jieba")]
    print(f"| cold `jfextract extract - < one-line.jsonl` | {' | '.join(starts)} |")
    peaks = [run_self(name, path) for name in ("rjieba", "jieba")]
    print(f"| peak memory after all texts | {' | '.join(peaks)} |\n")


def cold_start(segmenter: str) -> float:
    """The least of five."""
    command = [sys.executable, "-m", "jfextract", "extract", "-"]
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([*command, "--segmenter", segmenter], input=ONE_LINE, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def run_self(segmenter: str, path: Path) -> str:
    command = [sys.executable, __file__, segmenter, str(path)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def peak_memory_of(segmenter: str, path: Path) -> str:
    read = our_reader(segmenter)
    for row in read_texts(path):
        read(row)
    # not getrusage: a process inherits the peak of the one that began it
    status = Path("/proc/self/status").read_text()
    (peak,) = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return f"{int(peak) / 1000:.0f} MB"


def print_growth(rows: Sequence[Row]) -> None:
    """One document of growing length, made of the texts one after another."""
    whole = "\n".join(row["text"] for row in rows).encode()
    whole *= 1 + LENGTHS[-1] // len(whole)
    read = our_reader("rjieba")
    print("| one document of | seconds | MB/s |\n|---|--:|--:|")
    for length in LENGTHS:
        text = whole[:length].decode("utf-8", "ignore")
        times = []
        for _ in range(3 if length < 1_000_000 else 1):
            begun = time.process_time()
            read({"text": text, "date": "2024-06-30"})
            times.append(time.process_time() - begun)
        print(f"| {length / 1000:,.0f} kB | {min(times):.3f} | {length / 1e6 / min(times):.2f} |", flush=True)


if __name__ == "__main__":
    main()
