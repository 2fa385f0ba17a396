"""Runs that are killed at random moments end with every report once, byte by byte as a run that nobody touched."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from jfextract.corpus import Corpus

from .outputs import contents

ROOT = Path(__file__).resolve().parents[2]
CHEAP, REAL = "tests.corpus.cheap", "tests.corpus.real"
KILLS, REAL_KILLS = 50, 4
SHARD = 600


def _begin(module: str, *arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )


def _workers(run: subprocess.Popen[bytes]) -> list[int]:
    """The processes that the run's threads have started."""
    found: list[int] = []
    for task in Path(f"/proc/{run.pid}/task").glob("*/children"):
        found += map(int, task.read_text().split())
    return found


def _kill_somehow(run: subprocess.Popen[bytes], how: str, chance: random.Random) -> bool:
    """Kill the whole session, or the run alone (its workers are orphans), or one worker (the run goes on)."""
    try:
        if how == "session":
            os.killpg(run.pid, signal.SIGKILL)
        elif how == "run":
            run.kill()
        else:
            os.kill(chance.choice(_workers(run)), signal.SIGKILL)
    except (ProcessLookupError, FileNotFoundError, IndexError):
        return False  # it ended by itself just before
    return True


def _traces(out: Path) -> int:
    """How much has been written: shards done, files begun."""
    return len([*out.glob("*/part-*"), *out.glob("*/.part-*")])


def _kill_until_done(
    module: str, arguments: tuple[object, ...], out: Path, kills: int, chance: random.Random
) -> int:
    """Begin a run again and again, and kill it, until it ends by itself; return how often it was killed.

    Most kills fall while shards are being written: when some more files stand in the output. Some fall anywhere,
    as at the very beginning. No run loses three workers: a report at which three have died is given up, rightly.
    """
    killed = 0
    while not (out / "complete.json").exists():
        run = _begin(module, *arguments)
        begun, least = time.monotonic(), _traces(out) + chance.randrange(1, 30)
        ways = ["worker", "worker", chance.choice(["session", "run"])]
        while run.poll() is None:
            assert time.monotonic() - begun < 600, "the run hangs"
            time.sleep(0.005)
            early = chance.random() < 0.0005
            if ways and killed < kills and (early or _traces(out) >= least):
                time.sleep(chance.uniform(0, 0.05))
                how = ways.pop(chance.randrange(len(ways)))
                if not _kill_somehow(run, how, chance):
                    ways.append(how)
                    continue
                killed += 1
                least = _traces(out) + chance.randrange(1, 30)
        run.wait()
    return killed


def test_fifty_kills_at_random_moments_lose_and_double_nothing(tmp_path: Path) -> None:
    source = tmp_path / "news.jsonl"
    with source.open("w", encoding="utf-8") as rows:
        for number in range(1500):
            text = "坏" if number % 97 == 5 else f"发文{number % 10}件。" + "息" * 20
            rows.write(json.dumps({"id": f"r{number}", "text": text}) + "\n")
    _begin(CHEAP, source, tmp_path / "untouched", 1, SHARD).wait(timeout=600)
    expected = contents(tmp_path / "untouched")
    assert len(expected) > 100
    chance = random.Random(20240229)
    kills = rounds = 0
    while kills < KILLS:
        rounds += 1
        out = tmp_path / f"killed-{rounds}"
        kills += _kill_until_done(CHEAP, (source, out, 2, SHARD), out, KILLS - kills, chance)
        assert contents(out) == expected
    corpus = Corpus(out)
    assert [doc.id for doc in corpus] == [f"r{number}" for number in range(1500) if number % 97 != 5]
    assert [failure.id for failure in corpus.failures()] == [f"r{number}" for number in range(5, 1500, 97)]


def test_the_real_pipeline_writes_the_same_after_kills_with_one_worker_and_with_three(tmp_path: Path) -> None:
    source = tmp_path / "reports.jsonl"
    with source.open("w", encoding="utf-8") as rows:
        for path in sorted((ROOT / "tests" / "fixtures" / "reports").glob("*.txt")):
            for number, paragraph in enumerate(path.read_text(encoding="utf-8").split("\n")):
                if paragraph.strip():
                    rows.write(json.dumps({"id": f"{path.stem}-{number}", "text": paragraph}) + "\n")
    _begin(REAL, source, tmp_path / "untouched", 1, 2_000).wait(timeout=600)
    out = tmp_path / "killed"
    kills = _kill_until_done(REAL, (source, out, 3, 2_000), out, REAL_KILLS, random.Random(7))
    assert 1 <= kills <= REAL_KILLS  # a run may be done before the last kill comes
    assert contents(out) == contents(tmp_path / "untouched")
    assert Corpus(out).measures > 50
