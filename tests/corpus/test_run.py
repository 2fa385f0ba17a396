"""A corpus run: what it writes, what it refuses, that it goes on, and what a bad document, worker or disk costs."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from jfextract.corpus import Columns, Corpus, Progress, durable, extract_corpus, job, parts, run
from jfextract.corpus.job import Job
from jfextract.corpus.run import run_job
from jfextract.errors import InputError, JfextractError, OutputError, StoppedError
from jfextract.options import Options

from .cheap import NAME
from .outputs import contents

Runner = Callable[..., Corpus]


@pytest.fixture(autouse=True)
def _steady(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "_fingerprint_of_tables", lambda: "those of this test")
    monkeypatch.setattr(durable, "_PATIENCE", 0.2)


def _news(path: Path, texts: list[str]) -> Path:
    rows = [json.dumps({"id": f"r{number}", "text": text}) for number, text in enumerate(texts)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return _news(tmp_path / "news.jsonl", [f"发文{number % 10}件。" for number in range(40)])


def _do(source: object, out: Path, *, workers: int = 2, overwrite: bool = False, **choices: Any) -> Corpus:
    told = {"extractor": NAME, "shard_size": 100, **choices}
    inputs = source if isinstance(source, list) else [source]
    return run_job(Job(**told), inputs, out, workers=workers, overwrite=overwrite)


def _ids(corpus: Corpus) -> list[str]:
    return [doc.id for doc in corpus]


def test_all_tables_are_written_by_shards_and_open_everywhere(news: Path, tmp_path: Path) -> None:
    corpus = _do(news, tmp_path / "out")
    assert (corpus.documents, corpus.measures, corpus.quarantined, corpus.complete) == (40, 40, 0, True)
    assert _ids(corpus) == [f"r{number}" for number in range(40)]
    assert len(corpus.files("measures")) == 5
    assert pq.read_schema(corpus.files("times")[0]).metadata[b"jfextract.schema"] == b"jfextract/times/1"
    values = [float(number % 10) for number in range(40)]
    assert corpus.to_arrow()["value"].to_pylist() == values
    assert corpus.to_pandas(columns=["value"])["value"].tolist() == values
    assert corpus.to_polars().collect()["value"].to_list() == values
    assert [row[0] for row in corpus.to_duckdb().project("value").fetchall()] == values
    assert corpus.scan("documents").count_rows() == 40
    assert repr(Corpus(tmp_path / "out")) == repr(corpus)
    with pytest.raises(InputError, match=r"no table 'figures'; choose documents, measures"):
        corpus.files("figures")


def test_the_number_of_workers_changes_nothing(news: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "four"
    _do(news, first, workers=1)
    _do(news, second, workers=4)
    assert contents(first) == contents(second)


@pytest.mark.parametrize(
    ("compression", "suffix"), [("none", ".jsonl"), ("gz", ".jsonl.gz"), ("zst", ".jsonl.zst")]
)
def test_rows_are_compressed_as_asked(news: Path, tmp_path: Path, compression: str, suffix: str) -> None:
    corpus = _do(news, tmp_path / "out", compression=compression)
    assert (tmp_path / "out" / "records" / f"part-000000{suffix}").exists()
    assert len(_ids(corpus)) == 40


def test_a_csv_for_the_small(news: Path, tmp_path: Path) -> None:
    _do(news, tmp_path / "out").write_csv(tmp_path / "m.csv")
    rows = (tmp_path / "m.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 41
    assert ",2件,2,4,count,2," in rows[3]


def test_a_finished_run_is_not_done_again(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _do(news, tmp_path / "out")
    monkeypatch.setattr(run, "Pool", None)
    assert _do(news, tmp_path / "out").documents == 40


def test_empty_input_is_an_empty_corpus(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n\n")
    corpus = _do(tmp_path / "none.jsonl", tmp_path / "out")
    assert (corpus.documents, corpus.complete, _ids(corpus)) == (0, True, [])
    assert corpus.to_pandas().empty
    assert corpus.to_polars("places").collect().is_empty()
    assert corpus.to_duckdb("times").fetchall() == []


def test_what_cannot_be_done_is_quarantined_with_id_stage_and_reason(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "1件"}, {"id": "b", "text": "坏"}, {"id": "a", "text": "2件"}, {"id": "d"}]
    path = tmp_path / "n.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\nnope\n", encoding="utf-8")
    corpus = _do(path, tmp_path / "out")
    assert _ids(corpus) == ["a"]
    assert [(one.source, one.id, one.stage, one.reason) for one in corpus.failures()] == [
        ("n.jsonl:2", "b", "extract", "ZeroDivisionError: a fault of ours"),
        ("n.jsonl:3", "a", "read", "its id 'a' is that of n.jsonl:1; give each its own"),
        ("n.jsonl:4", "d", "read", "has no field 'text'; it has id"),
        ("n.jsonl:5", None, "read", "is no JSON: Expecting value at column 1"),
    ]


def test_a_report_that_kills_its_worker_costs_itself_alone(tmp_path: Path) -> None:
    texts = [f"发文{number % 10}件。" for number in range(20)]
    texts[3] = texts[4] = "死"
    corpus = _do(_news(tmp_path / "n.jsonl", texts), tmp_path / "out")
    assert _ids(corpus) == [f"r{number}" for number in range(20) if number not in (3, 4)]
    assert [(one.id, one.stage) for one in corpus.failures()] == [("r3", "extract"), ("r4", "extract")]
    assert all("died at it 3 times (SIGKILL)" in one.reason for one in corpus.failures())


def test_a_report_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    corpus = _do(_news(tmp_path / "n.jsonl", ["1件", "慢", "3件"]), tmp_path / "out", seconds=0.5)
    assert _ids(corpus) == ["r0", "r2"]
    assert [one.reason for one in corpus.failures()] == ["it took longer than 0.5 seconds"]


def test_workers_that_cannot_begin_stop_the_run(news: Path, tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match=r"workers ended without having done a report \(exit status 7\)"):
        _do(news, tmp_path / "out", options=Options(region="taiwan"))
    with pytest.raises(JfextractError, match="there is no such extractor"):
        _do(news, tmp_path / "other", extractor="tests.corpus.cheap:Nothing")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"options": Options(optional=True)}, "options.optional was False and is True"),
        ({"text": True}, "text was False and is True"),
        ({"columns": Columns(date="day")}, "columns.date was None and is 'day'"),
        ({"shard_size": 200}, "shard_size was 100 and is 200"),
    ],
)
def test_other_settings_over_an_old_output_are_refused(
    news: Path, tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    _do(news, tmp_path / "out")
    before = contents(tmp_path / "out")
    source = news
    with pytest.raises(OutputError, match=f"{told}.*another folder, or --overwrite"):
        _do(source, tmp_path / "out", **change)
    assert contents(tmp_path / "out") == before


def test_another_version_or_table_is_refused(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _do(news, tmp_path / "out")
    monkeypatch.setattr("jfextract.__version__", "9.9")
    monkeypatch.setattr(job, "_fingerprint_of_tables", lambda: "others")
    with pytest.raises(OutputError, match=r"version was '.*' and is '9.9'; tables of the package was"):
        _do(news, tmp_path / "out")


def test_input_that_has_changed_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text("1件")
    _do(folder, tmp_path / "out")
    (folder / "c.txt").write_text("1件")
    with pytest.raises(OutputError, match=r"has changed since that run began: c.txt is new"):
        _do(folder, tmp_path / "out")
    (folder / "a.txt").rename(folder / "c.txt")
    with pytest.raises(OutputError, match=r"a.txt is gone; c.txt is new"):
        _do(folder, tmp_path / "out")
    (folder / "c.txt").rename(folder / "a.txt")
    (folder / "a.txt").write_text("12件")
    with pytest.raises(OutputError, match=r"a.txt has changed \(from 4 to 5 bytes\)"):
        _do(folder, tmp_path / "out")
    assert _do(folder, tmp_path / "out", overwrite=True).documents == 2


def test_input_whose_contents_alone_have_changed_is_noticed(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _do(news, out)
    (out / "complete.json").unlink()
    (out / "shards" / "part-000004.json").unlink()
    stat = news.stat()
    news.write_bytes(news.read_bytes().replace(b"r0", b"x0"))
    os.utime(news, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    with pytest.raises(OutputError, match="has changed since its shard 0 was done"):
        _do(news, out)


def test_input_that_changes_while_it_is_read_stops_the_run(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = run.read_source

    def touched(source: Any, *rest: Any) -> Any:
        yield from read(source, *rest)
        os.utime(news)

    monkeypatch.setattr(run, "read_source", touched)
    with pytest.raises(InputError, match=r"changed while it was read, at news.jsonl"):
        _do(news, tmp_path / "out")


def test_a_shard_whose_files_were_lost_is_done_again(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _do(news, out)
    before = contents(out)
    (out / "measures" / "part-000002.parquet").write_bytes(b"")
    (out / "records" / "part-000004.jsonl.zst").unlink()
    (out / "shards" / "part-000003.json").write_text("{")
    (out / "times" / ".part-000001.parquet.tmp").write_text("left over")
    _do(news, out)
    assert contents(out) == before


def test_a_folder_with_other_things_is_refused_and_left_alone(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "documents").mkdir(parents=True)
    (out / "documents" / "mine.doc").write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(OutputError, match="is not empty and holds no run"):
            _do(news, out, overwrite=overwrite)
    assert (out / "documents" / "mine.doc").read_text() == "mine"


def test_two_runs_on_one_output_are_refused(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with durable.locked(out), pytest.raises(OutputError, match="another run is writing to"):
        _do(news, out)
    assert _do(news, out).documents == 40


def test_an_output_inside_the_input_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1件")
    assert _do(tmp_path, tmp_path / "out", compression="none").documents == 1
    assert _do(tmp_path, tmp_path / "out", compression="none").documents == 1


def test_a_glob_over_its_own_output_runs_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1件")
    for _ in range(2):
        assert _do(tmp_path / "**" / "*", tmp_path / "out", compression="none").documents == 1


def test_a_damaged_manifest_is_overwritten(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    _do(news, out)
    (out / "manifest.json").write_text("{")
    with pytest.raises(OutputError, match="is damaged; pass --overwrite"):
        _do(news, out)
    assert _do(news, out, overwrite=True).documents == 40


def test_names_with_anything_in_them_are_safe(tmp_path: Path) -> None:
    folder = tmp_path / "报告 $(rm -rf) ' \" 目录"
    folder.mkdir()
    names = ["一 二.txt", "a\nb.txt", "-o.txt", "%s{x}.txt", "🙂.txt"]
    for name in names:
        (folder / name).write_text("1件")
    (folder / os.fsdecode(b"\xff\xfe.txt")).write_text("2件")
    corpus = _do(folder, tmp_path / "出 力", text=True)
    assert corpus.documents == 6
    assert {f"{doc.id}.txt" for doc in corpus} == {*names, "\\xff\\xfe.txt"}


def test_a_disk_that_is_full_is_an_error_and_the_run_goes_on_later(news: Path, tmp_path: Path) -> None:
    _do(news, tmp_path / "whole")
    out = tmp_path / "out"
    script = "import sys; from tests.corpus.cheap import main; main(sys.argv[1:])"
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    # a file may have 1,500 bytes: less than a Parquet file of ours, so that writing fails half way
    failed = subprocess.run(
        [sys.executable, "-c", script, str(news), str(out), "2", "100"],
        capture_output=True, text=True, check=False, timeout=60, cwd=Path(__file__).parents[2],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_500, limit)),
    )  # fmt: skip
    assert "StoppedError: cannot write to" in failed.stderr
    assert "File too large; make room or mend it, then give the same command" in failed.stderr
    assert not [*out.glob("shards/*")]
    assert not (out / "complete.json").exists()
    subprocess.run([sys.executable, "-c", script, str(news), str(out), "2", "100"], check=True, timeout=60,
                   cwd=Path(__file__).parents[2])  # fmt: skip
    assert contents(out) == contents(tmp_path / "whole")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_refuses_in_the_main_process_is_an_error(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(StoppedError, match=os.strerror(code)):
            _do(news, tmp_path / "out")
    assert not (tmp_path / "out" / "manifest.json").exists()
    assert not [*(tmp_path / "out").rglob("*.tmp")]
    assert _do(news, tmp_path / "out").documents == 40


def test_a_place_that_cannot_be_written_to_is_an_error(news: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file; the output must be a folder"):
        _do(news, tmp_path / "file")
    for out in (tmp_path / "file" / "out", Path("/proc/nowhere")):
        with pytest.raises(StoppedError, match="cannot write to"):
            _do(news, out)


def test_ctrl_c_stops_at_once_and_the_run_goes_on_later(tmp_path: Path) -> None:
    source = _news(tmp_path / "n.jsonl", ["1件"] * 30 + ["慢"] + ["2件"] * 30)
    seen: list[Progress] = []

    def stop(now: Progress) -> None:
        seen.append(now)
        if now.documents >= 20:
            raise KeyboardInterrupt

    told = Job(extractor=NAME, shard_size=20)
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run_job(told, [source], tmp_path / "out", workers=2, progress=stop)
    assert time.monotonic() - begun < 20
    assert threading.active_count() == 1
    partial = Corpus(tmp_path / "out")
    assert not partial.complete
    assert 0 < partial.documents < 61
    assert seen[-1].total == source.stat().st_size


def test_metadata_tells_of_text_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("1件")
    (tmp_path / "m.csv").write_text("file,id,date,place\na.txt,A,2021-01-15,宝鸡市\n", encoding="utf-8")
    told = Job(extractor=NAME)
    corpus = run_job(told, [folder], tmp_path / "out", workers=1, metadata=tmp_path / "m.csv")
    (doc,) = corpus
    assert (doc.id, doc.date, doc.article.place) == ("A", "2021-01-15", "宝鸡市")


def test_wrong_metadata_is_refused_before_anything_is_written(news: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"metadata file .* cannot be read"):
        extract_corpus(news, tmp_path / "out", metadata=tmp_path / "none.csv")
    (tmp_path / "m.csv").write_text("file,date\nother.txt,2020-01-01\n")
    with pytest.raises(InputError, match=r"names the file 'other.txt'"):
        extract_corpus(news, tmp_path / "out", metadata=tmp_path / "m.csv")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_a_corpus_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no corpus"):
        Corpus(tmp_path)


@pytest.mark.parametrize(("wrong", "told"), [({"workers": 0}, "0 workers"), ({"shard_size": 0}, "too small")])
def test_senseless_numbers_are_refused(news: Path, tmp_path: Path, wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        extract_corpus(news, tmp_path / "out", **wrong)
    assert not (tmp_path / "out").exists()


def test_parts_are_named_in_order() -> None:
    assert [parts.part_name(number) for number in (0, 999_999)] == ["part-000000", "part-999999"]
