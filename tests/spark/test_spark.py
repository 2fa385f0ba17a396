"""A real cluster on this machine, a worker of it killed in mid-run, and the result row by row that of a local run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jfextract.corpus import Columns, Corpus, extract_corpus
from jfextract.corpus.engines import spark as engine
from jfextract.errors import InputError
from jfextract.schema.tables import TABLES

pytestmark = pytest.mark.spark
pyspark_sql = pytest.importorskip("pyspark.sql")

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = str(ROOT / "scripts" / "spark_cluster.sh")
COPIES = 12
PARTS = 24


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a master with two workers, and the folder with their process ids."""
    folder = tmp_path_factory.mktemp("cluster")
    try:
        said = subprocess.run(
            [CLUSTER, "start", folder], check=True, capture_output=True, text=True, timeout=120
        )
        yield said.stdout.strip(), folder
    finally:
        subprocess.run([CLUSTER, "stop", folder], check=True, timeout=60)
        for file in folder.glob("*.pid"):
            assert not Path(f"/proc/{file.read_text().strip()}").exists(), f"{file.stem} is still there"


@pytest.fixture(scope="module")
def session(cluster: tuple[str, Path]) -> Iterator[Any]:
    chosen = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.executor.memory": "512m",
        "spark.executor.cores": "1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
    }
    builder = pyspark_sql.SparkSession.builder.master(cluster[0]).appName("jfextract")
    for name, value in chosen.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paragraphs of the test reports, several times over, with some that fail."""
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    with path.open("w", encoding="utf-8") as rows:
        for copy in range(COPIES):
            for report in sorted((ROOT / "tests" / "fixtures" / "reports").glob("*.txt")):
                for number, text in enumerate(report.read_text(encoding="utf-8").splitlines()):
                    if text.strip():
                        row = {"id": f"{report.stem}-{number}-{copy}", "text": text, "date": "2022-03-15"}
                        rows.write(json.dumps(row) + "\n")
            rows.write(json.dumps({"id": f"bad-{copy}", "text": "3件", "date": "never"}) + "\n")
    return path


@pytest.fixture(scope="module")
def local(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return extract_corpus(news, tmp_path_factory.mktemp("local") / "out", workers=2)


def _sorted(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, sort_keys=True, ensure_ascii=False, default=str) for row in rows)


def _kill_a_worker(folder: Path, out: Path) -> None:
    """SIGKILL a worker with its executor and their Pythons once some tasks have written their part."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and len([*out.glob("extracted/_temporary/0/task_*")]) < PARTS // 6:
        time.sleep(0.02)
    os.killpg(int((folder / "worker-1.pid").read_text()), signal.SIGKILL)
    for executor in _processes_in(folder / "work-1"):
        os.kill(executor, signal.SIGKILL)


def _processes_in(folder: Path) -> list[int]:
    """Processes whose working folder is inside ``folder``: the executors of a worker."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if folder in (process / "cwd").resolve().parents:
                found.append(int(process.name))
        except OSError:
            continue
    return found


def test_the_rows_are_those_of_the_local_run_though_a_worker_is_killed(
    session: Any, cluster: tuple[str, Path], news: Path, local: Corpus, tmp_path: Path
) -> None:
    frame = session.read.json(str(news)).repartition(PARTS)
    killer = threading.Thread(target=_kill_a_worker, args=(cluster[1], tmp_path / "out"))
    killer.start()
    extracted = engine.extract_corpus(frame, str(tmp_path / "out"))
    assert not killer.is_alive(), "the run ended before a worker was killed"
    assert (
        "Removing executor" in (cluster[1] / "master.log").read_text()
        or "Removing worker" in (cluster[1] / "master.log").read_text()
    )
    assert extracted.count() == local.documents + local.quarantined
    for table in TABLES:
        written = session.read.parquet(str(tmp_path / "out" / table))
        rows = [row.asDict(recursive=True) for row in written.collect()]
        assert _sorted(rows) == _sorted(local.to_arrow(table).to_pylist()), table
    records = [row.record for row in extracted.collect() if row.record is not None]
    assert sorted(records) == sorted(record.decode().rstrip("\n") for record in local.records())
    failures = [row.asDict() for row in session.read.json(str(tmp_path / "out" / "quarantine")).collect()]
    assert sorted((one["id"], one["stage"], one["reason"]) for one in failures) == sorted(
        (one.id, one.stage, one.reason) for one in local.failures()
    )


def test_a_frame_without_the_columns_is_refused(session: Any) -> None:
    frame = session.createDataFrame([("a", "3件")], ["docno", "body"])
    with pytest.raises(InputError, match=r"has no field 'text'; it has docno, body; name the columns"):
        engine.extract_frame(frame)
    with pytest.raises(InputError, match="has no field 'id'"):
        engine.extract_frame(frame, columns=Columns(text="body"))
    rows = engine.extract_frame(frame, columns=Columns(text="body", id="docno"))
    (measure,) = engine.table_of(rows, "measures").collect()
    assert (measure.document_id, measure.value, measure.unit) == ("a", 3.0, "件")
    with pytest.raises(InputError, match="no table 'figures'"):
        engine.table_of(rows, "figures")
