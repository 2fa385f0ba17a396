"""Reading: folders, files, JSONL, metadata; every fault is named and stops nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract.corpus import Failure, Input, read_inputs, read_jsonl
from jfextract.corpus.shards import with_single_ids
from jfextract.errors import InputError


def _folder(tmp_path: Path, **texts: str) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def _metadata(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "meta.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_folder_is_read_in_order_of_names_as_bytes(tmp_path: Path) -> None:
    folder = _folder(tmp_path, b="二", a="一")
    (folder / "notes.md").write_text("no report")
    (folder / ".hidden.txt").write_text("no report")
    assert list(read_inputs([folder])) == [
        Input("a", "一".encode(), str(folder / "a.txt")),
        Input("b", "二".encode(), str(folder / "b.txt")),
    ]


def test_reports_in_folders_inside_are_named_by_their_path(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a="一")
    (folder / "2020").mkdir()
    (folder / "2020" / "a.txt").write_text("二")
    assert [report.id for report in read_inputs([folder])] == ["2020/a", "a"]


def test_a_single_file_is_a_report_whatever_its_suffix(tmp_path: Path) -> None:
    path = tmp_path / "report.v2.text"
    path.write_text("一")
    assert list(read_inputs([path])) == [Input("report.v2", "一".encode(), str(path))]


def test_bytes_that_are_no_utf8_are_passed_on_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "gbk.txt"
    path.write_bytes("发文3件".encode("gb18030"))
    (report,) = read_inputs([path])
    assert isinstance(report, Input)
    assert report.text == "发文3件".encode("gb18030")


def test_an_empty_file_is_a_failure_and_the_others_go_on(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a="", b=" \n", c="三")
    first, second, third = read_inputs([folder])
    assert first == Failure(str(folder / "a.txt"), "a", "read", "is empty")
    assert isinstance(second, Failure)
    assert isinstance(third, Input)


def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    folder = _folder(tmp_path, b="二")
    (folder / "a.txt").symlink_to(folder / "nowhere")
    broken, fine = read_inputs([folder])
    assert isinstance(broken, Failure)
    assert "No such file" in broken.reason
    assert isinstance(fine, Input)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nowhere", "does not exist"), ("empty", "holds no reports"), ("page.pdf", "cannot be read")],
)
def test_wrong_paths_are_refused_before_anything_is_read(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "page.pdf").write_text("%PDF")
    with pytest.raises(InputError, match=reason):
        read_inputs([tmp_path / name])


def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    for name in ("a.txt", "b.jsonl"):
        os.mkfifo(tmp_path / name)
        (failure,) = read_inputs([tmp_path / name])
        assert isinstance(failure, Failure)
        assert "is no regular file" in failure.reason


def test_two_files_of_one_id_are_told_apart(tmp_path: Path) -> None:
    first = _folder(tmp_path, a="一")
    second = tmp_path / "a.txt"
    second.write_text("二")
    _, failure = with_single_ids(read_inputs([first, second]))
    assert isinstance(failure, Failure)
    assert "its id 'a' is that of" in failure.reason


def test_jsonl_gives_reports_with_what_is_known_of_them(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    row = {"id": "x", "text": "3件", "date": "2020-01-01", "title": "题", "place": "宝鸡市", "more": 1}
    path.write_text(
        json.dumps(row) + "\n\n" + '{"id": 7, "text": "4件"}\n{"text": "5件"}', encoding="utf-8-sig"
    )
    assert list(read_inputs([path])) == [
        Input("x", "3件", f"{path}:1", "2020-01-01", "题", "宝鸡市"),
        Input("7", "4件", f"{path}:3"),
        Input(f"{path}:4", "5件", f"{path}:4"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not JSON", "is no JSON: Expecting value at column 1"),
        (b'{"id": "a", "text": "3"', "is no JSON: Expecting ',' delimiter"),
        (b"[1, 2]", "is no JSON object"),
        (b'{"id": "a"}', "has no field 'text'; it has id"),
        (b'{"id": "a", "text": null}', "has an empty field text"),
        (b'{"id": "a", "text": 3}', "text that is no string"),
        (b'{"id": "a", "text": " "}', "has an empty field text"),
        (b'{"id": ["a"], "text": "3"}', "id that is no string"),
        (b'{"id": "a", "text": "3", "date": 2020}', "has a field date that is no day: 2020 is no date"),
        (b"\xff\xfe", "is not UTF-8 at byte 1"),
        (b"[" * 100_000, "is no JSON that can be read"),
        (b"1" * 10_000, "is no JSON that can be read"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_done(line: bytes, reason: str) -> None:
    good = '{"id": "g", "text": "好"}'.encode()
    before, failure, after = read_jsonl([good, line, good], "news.jsonl")
    assert isinstance(before, Input)
    assert isinstance(after, Input)
    assert isinstance(failure, Failure)
    assert failure.source == "news.jsonl:2"
    assert reason in failure.reason


@settings(deadline=None)
@given(st.lists(st.binary(max_size=60)))
def test_any_bytes_give_reports_or_failures(lines: list[bytes]) -> None:
    for outcome in read_jsonl(lines, "x"):
        assert isinstance(outcome, (Input, Failure))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_metadata_tells_id_date_title_and_place(tmp_path: Path, encoding: str) -> None:
    folder = _folder(tmp_path, a="一", b="二", c="三")
    path = _metadata(
        tmp_path,
        "file,id,date,title,place\na.txt,A-1,2021-01-15,放开手脚,宝鸡市\nb.txt,,2022/3/5,,\n",
        encoding,
    )
    first, second, third = read_inputs([folder], path)
    assert first == Input("A-1", "一".encode(), str(folder / "a.txt"), "2021-01-15", "放开手脚", "宝鸡市")
    assert second == Input("b", "二".encode(), str(folder / "b.txt"), "2022-03-05")
    assert third == Input("c", "三".encode(), str(folder / "c.txt"))


def test_metadata_may_have_fewer_columns_in_any_order(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a="一")
    (report,) = read_inputs([folder], _metadata(tmp_path, "Date, File\n2021-01-15,a.txt\n\n"))
    assert report == Input("a", "一".encode(), str(folder / "a.txt"), "2021-01-15")


def test_metadata_may_name_a_file_inside_by_its_bare_name(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a="一")
    (folder / "2020").mkdir()
    (folder / "2020" / "b.txt").write_text("二")
    reports = list(read_inputs([folder], _metadata(tmp_path, "file,id\nb.txt,B\na.txt,A\n")))
    assert [report.id for report in reports] == ["B", "A"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "meta.csv is empty"),
        ("file,datum\na.txt,2020\n", "meta.csv:1: the column 'datum' is unknown"),
        ("id,date\na,2020\n", "meta.csv:1: the column 'file' is missing"),
        ("file,date,date\na.txt,1,2\n", "meta.csv:1: the column 'date' stands twice"),
        ("file,date\na.txt,2020-01-01\nnowhere.txt,2020-01-01\n", "meta.csv:3: names the file 'nowhere.txt'"),
        (
            "file,date\na.txt,2020-01-01\na.txt,2021-01-01\n",
            "meta.csv:3: names the file 'a.txt' a second time",
        ),
        ("file,id\na.txt,x\nb.txt,x\n", "meta.csv:3: gives the id 'x', which line 2 has given"),
        ("file,date\na.txt,2020-01-01,more\n", "meta.csv:2: has 3 cells, but there are 2 columns"),
        (
            "file,date\na.txt,3/5/2020\n",
            "meta.csv:2: in the column date, '3/5/2020' does not say which is the month",
        ),
        ('file,date\n"a.txt"x,2020-01-01\n', "meta.csv:2: is no CSV"),
    ],
)
def test_wrong_metadata_is_refused_with_file_and_line(tmp_path: Path, text: str, reason: str) -> None:
    folder = _folder(tmp_path, a="一", b="二")
    with pytest.raises(InputError, match=reason):
        read_inputs([folder], _metadata(tmp_path, text))


def test_metadata_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    folder = _folder(tmp_path, a="一")
    with pytest.raises(InputError, match="cannot be read"):
        read_inputs([folder], tmp_path / "nowhere.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xff\xff")
    with pytest.raises(InputError, match="neither UTF-8 nor GB18030"):
        read_inputs([folder], tmp_path / "bytes.csv")
