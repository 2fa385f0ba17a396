"""A corpus run measured: ``python benchmarks/corpus.py memory|speed TEXTS.jsonl[.gz] [COPIES...]``.

``memory`` prints the peak resident memory of the main process and of each worker for the texts once, 4 and 16
times over (or as many COPIES as are given). ``speed`` prints the seconds and MB/s of one and of two workers on 4
copies, the best of three each, in turn, with the load of the machine; the whole command is timed, from its start
to its end.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

ROUNDS = 3
WORKERS = 2


def main() -> None:
    what, source, *copies = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="jfextract-") as folder:
        if what == "memory":
            print_memory(Path(source), Path(folder), [int(copy) for copy in copies] or [1, 4, 16])
        elif what == "speed":
            print_speed(Path(source), Path(folder), int(copies[0]) if copies else 4)
        else:
            raise SystemExit(__doc__)


def multiply(source: Path, folder: Path, copies: int) -> Path:
    """The texts several times over, each with an id of its own, as one file."""
    data = gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()
    rows = [json.loads(line) for line in data.splitlines()]
    path = folder / f"news-{copies}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for copy in range(copies):
            for number, row in enumerate(rows):
                file.write(json.dumps({**row, "id": f"{number}-{copy}"}, ensure_ascii=False) + "\n")
    return path


def run(source: Path, out: Path, workers: int, peaks: Counter[str] | None = None) -> float:
    """Run the command; return its seconds. ``peaks`` gets the memory in MB of the main process and a worker."""
    command = [sys.executable, "-c", "from jfextract.cli import main; main()", "run", str(source)]
    begun = time.perf_counter()
    told = ["-o", str(out), "--workers", str(workers), "--quiet"]
    process = subprocess.Popen([*command, *told], stdout=subprocess.DEVNULL)
    if peaks is not None:
        threading.Thread(target=watch, args=(process, peaks), daemon=True).start()
    if process.wait() != 0:
        raise SystemExit(f"jfextract run ended with status {process.returncode}")
    return time.perf_counter() - begun


def watch(process: subprocess.Popen[bytes], peaks: Counter[str]) -> None:
    """Note the peak memory of a process and of its children, as the kernel counts it, until it ends."""
    while process.poll() is None:
        tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
        try:
            children = [pid for task in tasks for pid in task.read_text().split()]
        except OSError:
            children = []
        for who, pid in (("main process", str(process.pid)), *(("worker", pid) for pid in children)):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    peaks[who] = max(peaks[who], int(line.split()[1]) // 1000)
        time.sleep(0.05)


def print_memory(source: Path, folder: Path, copies: list[int]) -> None:
    print("| corpus | MB of JSON lines | main process | a worker |\n|---|--:|--:|--:|")
    for number in copies:
        path = multiply(source, folder, number)
        peaks: Counter[str] = Counter()
        run(path, folder / f"out-{number}", WORKERS, peaks)
        size = path.stat().st_size / 1e6
        print(f"| {number}× | {size:.1f} | {peaks['main process']} MB | {peaks['worker']} MB |", flush=True)


def print_speed(source: Path, folder: Path, copies: int) -> None:
    path = multiply(source, folder, copies)
    size = sum(len(json.loads(line)["text"].encode()) for line in path.open("rb")) / 1e6
    seconds: dict[int, list[float]] = {1: [], WORKERS: []}
    for tried in range(ROUNDS):
        for workers, times in seconds.items():
            times.append(run(path, folder / f"out-{workers}-{tried}", workers))
            print(
                f"{workers} workers: {times[-1]:.1f} s, load {os.getloadavg()[0]:.1f}",
                file=sys.stderr,
                flush=True,
            )
    best = {workers: min(times) for workers, times in seconds.items()}
    print(f"{size:.1f} MB of text\n\n| workers | seconds | MB/s | ratio |\n|--:|--:|--:|--:|")
    for workers, least in best.items():
        print(f"| {workers} | {least:.1f} | {size / least:.2f} | {best[1] / least:.2f} |")


if __name__ == "__main__":
    main()
