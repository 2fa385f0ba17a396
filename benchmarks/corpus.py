"""A corpus run measured: ``python benchmarks/corpus.py memory|speed TEXTS.jsonl[.gz] [COPIES...]``.

``memory`` prints the peak resident memory of the main process and of each worker for the texts once, 4 and 16
times over (or as many COPIES as are given). ``speed`` prints the seconds and MB/s of one and of two workers on 4
copies, the median of three each, in turn; the whole command is timed, from its start to its end. Where others use the
machine too, these seconds say little; the processor seconds of the busiest worker, which no one waits for less than,
are printed beside them, with the load.
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
from collections import defaultdict
from pathlib import Path
from statistics import median

ROUNDS = 3
WORKERS = 2

Peaks = defaultdict[str, float]


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


def run(source: Path, out: Path, workers: int, peaks: Peaks) -> float:
    """Run the command; return its seconds.

    ``peaks`` gets the memory in MB and the processor seconds of the main process and of the busiest worker.
    """
    command = [sys.executable, "-m", "jfextract", "run", str(source)]
    begun = time.perf_counter()
    told = ["-o", str(out), "--workers", str(workers), "--quiet"]
    process = subprocess.Popen([*command, *told], stdout=subprocess.DEVNULL)
    threading.Thread(target=watch, args=(process, peaks), daemon=True).start()
    if process.wait() != 0:
        raise SystemExit(f"jfextract run ended with status {process.returncode}")
    return time.perf_counter() - begun


def watch(process: subprocess.Popen[bytes], peaks: Peaks) -> None:
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
                ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            except OSError:
                continue
            seconds = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
            peaks[f"{who}, seconds"] = max(peaks[f"{who}, seconds"], seconds)
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    peaks[who] = max(peaks[who], int(line.split()[1]) // 1000)
        time.sleep(0.05)


def print_memory(source: Path, folder: Path, copies: list[int]) -> None:
    print("| corpus | MB of JSON lines | main process | a worker |\n|---|--:|--:|--:|")
    for number in copies:
        path = multiply(source, folder, number)
        peaks: Peaks = defaultdict(float)
        run(path, folder / f"out-{number}", WORKERS, peaks)
        size = path.stat().st_size / 1e6
        print(
            f"| {number}× | {size:.1f} | {peaks['main process']:.0f} MB | {peaks['worker']:.0f} MB |",
            flush=True,
        )


def print_speed(source: Path, folder: Path, copies: int) -> None:
    path = multiply(source, folder, copies)
    size = sum(len(json.loads(line)["text"].encode()) for line in path.open("rb")) / 1e6
    seconds: dict[int, list[float]] = {1: [], WORKERS: []}
    busiest: dict[int, list[float]] = {1: [], WORKERS: []}
    for tried in range(ROUNDS):
        for workers, times in seconds.items():
            peaks: Peaks = defaultdict(float)
            times.append(run(path, folder / f"out-{workers}-{tried}", workers, peaks))
            busiest[workers].append(peaks["worker, seconds"])
            told = f"{times[-1]:.1f} s, busiest worker {busiest[workers][-1]:.1f} s, load {os.getloadavg()[0]:.1f}"
            print(f"{workers} workers: {told}", file=sys.stderr, flush=True)
    print(f"{size:.1f} MB of text\n")
    print("| workers | seconds | MB/s | ratio | processor seconds of the busiest worker | ratio |")
    print("|--:|--:|--:|--:|--:|--:|")
    for workers in seconds:
        clock, busy = median(seconds[workers]), median(busiest[workers])
        ratios = median(seconds[1]) / clock, median(busiest[1]) / busy
        print(
            f"| {workers} | {clock:.1f} | {size / clock:.2f} | {ratios[0]:.2f} | {busy:.1f} | {ratios[1]:.2f} |"
        )


if __name__ == "__main__":
    main()
