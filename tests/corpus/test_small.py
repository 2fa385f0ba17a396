"""A corpus run: what is written, what is refused, that nothing is lost or half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jfextract.corpus import Failure, extract_files, writers
from jfextract.errors import InputError, OutputError
from jfextract.model import Document
from jfextract.output.records import read_document

pytestmark = pytest.mark.usefixtures("_plain_extractor")

FILES = {"documents.jsonl", "measures.csv", "measures.parquet", "checks.csv", "report.html"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "reports"
    path.mkdir()
    for name in "abc":
        (path / f"{name}.txt").write_text(f"发文{ord(name) - 96}件", encoding="utf-8")
    return path


def _names(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}


def _documents(out: Path) -> list[Document]:
    return [read_document(line) for line in (out / "documents.jsonl").read_bytes().splitlines()]


def test_a_folder_becomes_rows_tables_and_a_page(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    result = extract_files(folder, out)
    assert (result.out, result.documents, result.measures, result.failures) == (out, 3, 3, ())
    assert _names(out) == FILES
    assert [doc.id for doc in _documents(out)] == ["a", "b", "c"]
    assert pq.read_table(out / "measures.parquet")["value"].to_pylist() == [1.0, 2.0, 3.0]
    assert (out / "measures.csv").read_text(encoding="utf-8-sig").count("件") == 9
    assert "3 figures in 3 reports" in (out / "report.html").read_text(encoding="utf-8")


def test_what_is_known_reaches_the_extractor(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "meta.csv").write_text(
        "file,id,date,title,place\na.txt,A,2021-01-15,题,宝鸡市\n", encoding="utf-8"
    )
    extract_files(folder, tmp_path / "out", metadata=tmp_path / "meta.csv", date="2020-02-02", text=True)
    first, second, _ = _documents(tmp_path / "out")
    assert (first.id, first.date, first.article.title, first.article.place) == (
        "A",
        "2021-01-15",
        "题",
        "宝鸡市",
    )
    assert (first.text, second.date) == ("发文1件", "2020-02-02")


def test_a_report_that_fails_is_listed_and_the_others_are_done(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").write_text("坏3件", encoding="utf-8")
    (folder / "d.txt").write_text("", encoding="utf-8")
    (tmp_path / "meta.csv").write_text("file,date\nc.txt,1111-11-11\n", encoding="utf-8")
    seen: list[Document | Failure] = []
    result = extract_files(folder, tmp_path / "out", metadata=tmp_path / "meta.csv", progress=seen.append)
    assert result.documents == 1
    assert len(seen) == 4
    rows = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_text().splitlines()]
    assert [(row["id"], row["stage"], row["reason"]) for row in rows] == [
        ("b", "extract", "ZeroDivisionError: a fault of ours"),
        ("c", "extract", "there was no report on 1111-11-11"),
        ("d", "read", "is empty"),
    ]
    assert rows[0]["source"] == str(folder / "b.txt")
    assert [failure.id for failure in result.failures] == ["b", "c", "d"]


def test_with_nothing_done_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("nope\n")
    result = extract_files(tmp_path / "bad.jsonl", tmp_path / "out")
    assert (result.out, result.documents, len(result.failures)) == (None, 0, 1)
    assert not (tmp_path / "out").exists()


def test_an_output_that_exists_is_refused_and_left_alone(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"is not empty.*--overwrite"):
        extract_files(folder, out)
    assert _names(out) == {"mine.txt"}
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file"):
        extract_files(folder, tmp_path / "file", overwrite=True)


def test_an_empty_folder_is_taken(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    extract_files(folder, tmp_path / "out")
    assert _names(tmp_path / "out") == FILES


def test_overwriting_replaces_our_files_and_no_others(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (folder / "d.txt").write_text("")
    extract_files(folder, out)
    assert _names(out) == {*FILES, "failures.jsonl"}
    (out / "mine.txt").write_text("mine")
    (folder / "d.txt").unlink()
    (folder / "c.txt").unlink()
    extract_files(folder, out, overwrite=True)
    assert _names(out) == {*FILES, "mine.txt"}
    assert len(_documents(out)) == 2


def test_a_run_that_breaks_off_leaves_the_earlier_output(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract_files(folder, out)
    before = (out / "documents.jsonl").read_bytes()

    def stop(_: Document | Failure) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract_files(folder, out, overwrite=True, progress=stop)
    assert _names(out) == FILES
    assert (out / "documents.jsonl").read_bytes() == before
    with pytest.raises(KeyboardInterrupt):
        extract_files(folder, tmp_path / "new", progress=stop)
    assert not (tmp_path / "new").exists()


def test_what_a_killed_run_left_aside_does_not_stop_the_next(folder: Path, tmp_path: Path) -> None:
    aside = tmp_path / "out" / ".partial"
    aside.mkdir(parents=True)
    (aside / "documents.jsonl").write_text("half a li")
    extract_files(folder, tmp_path / "out")
    assert _names(tmp_path / "out") == FILES
    assert len(_documents(tmp_path / "out")) == 3


def test_a_disk_that_refuses_is_an_error_of_ours(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write to"):
        extract_files(folder, tmp_path / "file" / "out")


def test_the_page_is_cut_and_says_so(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "PAGE_LIMIT", 2)
    extract_files(folder, tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "shows the first 2 reports; 1 more are in" in page
    assert len(_documents(tmp_path / "out")) == 3


def test_several_inputs_make_one_output(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text('{"id": "x", "text": "9\\u4ef6"}\n')
    result = extract_files([folder, str(tmp_path / "more.jsonl")], tmp_path / "out")
    assert result.documents == 4


def test_wrong_input_is_refused_before_the_output_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        extract_files(tmp_path / "nowhere", tmp_path / "out")
    assert not (tmp_path / "out").exists()
