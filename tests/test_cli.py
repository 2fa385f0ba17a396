"""The command line as a user meets it: files, pipes, messages, exit status."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jfextract.output.records import read_document

REPORTS = Path(__file__).parent / "fixtures" / "reports"
COMMAND = [sys.executable, "-m", "jfextract"]
ANOTHER = b'{"id": "b", "text": "3\\u4ef6"}\n'
GOOD = b'{"id": "a", "text": "\\u53d1\\u65873759\\u4ef6\\u3002"}\n'


def run(*arguments: str | Path, stdin: bytes = b"", width: int = 100) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "COLUMNS": str(width), "PYTHONIOENCODING": "utf-8"}
    environment.pop("FORCE_COLOR", None)
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[bytes]]:
    """The five reports extracted with metadata, and what the command said."""
    folder = tmp_path_factory.mktemp("cli")
    metadata = folder / "meta.csv"
    metadata.write_text(
        "file,id,date,title,place\n002_6745fcaa3e4bef05.txt,liupanshui,2022-03-15,让基层减中有为,贵州省六盘水市\n",
        encoding="utf-8-sig",
    )
    return folder / "out", run("extract", REPORTS, "-o", folder / "out", "--metadata", metadata)


def test_the_five_reports_become_rows_tables_and_a_page(
    done: tuple[Path, subprocess.CompletedProcess[bytes]],
) -> None:
    out, said = done
    assert said.returncode == 0, said.stderr.decode()
    names = {path.name for path in out.iterdir()}
    assert names == {"documents.jsonl", "measures.csv", "measures.parquet", "checks.csv", "report.html"}
    documents = [read_document(line) for line in (out / "documents.jsonl").read_bytes().splitlines()]
    assert [doc.id for doc in documents] == [
        "000_1ecd2ef5c8f6fde3",
        "001_4a1da81dfb35e536",
        "liupanshui",
        "003_bd5a4e5510936887",
        "004_41b490cabd64ff79",
    ]
    assert (documents[2].date, documents[2].article.title) == ("2022-03-15", "让基层减中有为")
    with (out / "measures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(len(doc.measures) for doc in documents)
    (row,) = [row for row in rows if row["text"] == "3759件"]
    assert (row["document_id"], row["value"], row["unit"], row["time"]) == (
        "liupanshui",
        "3759",
        "件",
        "2019",
    )
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.count('<article id="d') == 5
    assert "</text>" in page


def test_the_terminal_shows_a_table_and_a_summary_no_json(
    done: tuple[Path, subprocess.CompletedProcess[bytes]],
) -> None:
    out, said = done
    text = said.stdout.decode()
    assert "liupanshui  让基层减中有为  2022-03-15" in text
    assert "3,759 件" in text
    assert "5 reports, " in text.splitlines()[-1]
    assert str(out) in text.splitlines()[-1]
    assert "{" not in text.replace(f"{out}{os.sep}{{", "")
    assert "2022-03-15 (given)" in text
    guessed, left_open = said.stderr.decode().splitlines()
    assert guessed.startswith(
        "jfextract: 1 report (000_1ecd2ef5c8f6fde3) has a guessed date, the newest in the text"
    )
    assert "has no date, so that 去年 and the like are left open" in left_open


def test_a_pipe_gives_one_row_a_line_and_nothing_else() -> None:
    said = run("extract", "-", stdin=GOOD + b"\n" + GOOD.replace(b'"a"', b'"b"'))
    assert said.returncode == 0
    assert said.stderr == b""
    first, second = (read_document(line) for line in said.stdout.splitlines())
    assert (first.id, second.id, first.text) == ("a", "b", None)
    assert [str(measure.value) for measure in first.measures] == ["3759"]


def test_options_reach_the_rows() -> None:
    said = run("extract", "-", "--text", "--date", "2022-03-15", stdin=GOOD)
    row = json.loads(said.stdout)
    assert (row["date"], row["date_source"], row["text"]) == ("2022-03-15", "given", "发文3759件。")
    line = '{"id": "a", "text": "这是一项政治任务。"}'.encode()
    assert json.loads(run("extract", "-", stdin=line).stdout)["measures"] == []
    (measure,) = json.loads(run("extract", "-", "--optional", stdin=line).stdout)["measures"]
    assert (measure["text"], measure["optional"]) == ("一项", True)


def test_region_lexicon_and_repair_reach_the_rows_of_both_commands(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[[classifier]]\nform = "畦"\n', encoding="utf-8")
    line = '{"id": "a", "text": "每人4333元。三畦菜地。與14個城市簽訂政務(wù)服務(wù)“跨省通辦”合作協(xié)議,42項高頻事項實現(xiàn)跨省通辦。"}\n'
    (tmp_path / "n.jsonl").write_text(line, encoding="utf-8")
    options = ("--region", "taiwan", "--lexicon", tmp_path / "own.toml", "--no-repair")
    piped = json.loads(run("extract", "-", *options, stdin=line.encode()).stdout)
    assert [(m["text"], m["unit"]) for m in piped["measures"]][:2] == [("4333元", "TWD"), ("三畦", "畦")]
    assert piped["edits"] == []
    plain = json.loads(run("extract", "-", stdin=line.encode()).stdout)
    assert plain["edits"] != []
    assert [m["unit"] for m in plain["measures"]] == ["CNY", "个", "项"]
    for command in ("extract", "run"):
        out = tmp_path / command
        assert run(command, tmp_path / "n.jsonl", "-o", out, *options).returncode == 0
        (table,) = out.glob("measures.parquet") if command == "extract" else out.glob("measures/*.parquet")
        assert pq.read_table(table, columns=["unit"]).to_pydict()["unit"][:2] == ["TWD", "畦"]


@pytest.mark.parametrize("command", ["extract", "run"])
@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--region", "tw", "region='tw' is unknown; choose mainland, taiwan or hongkong"),
        ("--segmenter", "thulac", "segmenter='thulac' is unknown; choose rjieba or jieba"),
        ("--lexicon", "nowhere.toml", "nowhere.toml"),
        ("--date", "3/5/2022", "--date '3/5/2022' does not say which is the month"),
    ],
)
def test_a_wrong_option_is_one_clear_line(
    tmp_path: Path, command: str, option: str, value: str, message: str
) -> None:
    (tmp_path / "a.txt").write_text("发文3件。", encoding="utf-8")
    said = run(command, tmp_path / "a.txt", "-o", tmp_path / "out", option, value)
    assert said.returncode == 2
    (line,) = said.stderr.decode().splitlines()
    assert line.startswith("jfextract: ")
    assert message in line
    assert not (tmp_path / "out").exists()


def test_a_bad_line_is_named_and_the_rest_is_done() -> None:
    said = run(
        "extract", "-", stdin=GOOD + b"nope\n" + ANOTHER + b'{"id": "c", "text": "x", "date": "2022-13-01"}\n'
    )
    assert said.returncode == 1
    assert len(said.stdout.splitlines()) == 2
    first, second = said.stderr.decode().splitlines()
    assert first == "jfextract: stdin:2: is no JSON: Expecting value at column 1"
    assert second.startswith("jfextract: stdin:4: ")
    assert "2022-13-01" in second


def test_a_second_report_of_one_id_is_told_everywhere(tmp_path: Path) -> None:
    (tmp_path / "n.jsonl").write_bytes(GOOD + GOOD)
    piped = run("extract", "-", stdin=GOOD + GOOD)
    assert (piped.returncode, len(piped.stdout.splitlines())) == (1, 1)
    assert "stdin:2: its id 'a' is that of stdin:1; give each its own" in piped.stderr.decode()
    for command in ("extract", "run"):
        said = run(command, tmp_path / "n.jsonl", "-o", tmp_path / command)
        assert said.returncode == 1
        assert "n.jsonl:2: its id 'a' is that of " in said.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ("extract", "-"),
        ("extract", "-", "--text"),
        ("extract", "fifo.jsonl", "-o", "out"),
        ("learn", "fifo.jsonl", "-o", "own.tsv"),
        ("panel", "-", "--codebook", "grassroots-burden", "-o", "panel.csv"),
    ],
)
def test_ctrl_c_is_one_line_and_leaves_nothing_half_written(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    rows = b"".join(GOOD.replace(b'"a"', b'"%d"' % number) for number in range(200_000))
    (tmp_path / "fifo.jsonl").write_bytes(rows)  # some minutes of work
    restored = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    code = f"import sys; {restored} from jfextract.__main__ import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as process:
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        (line,) = process.stderr.read().decode().splitlines()
        assert process.wait(timeout=60) == 130
    assert line.startswith("jfextract: stopped")
    assert [path.name for path in tmp_path.iterdir()] == ["fifo.jsonl"]


def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_bytes(
        b"".join(GOOD.replace(b'"a"', b'"%d"' % number) for number in range(500))
    )  # far more than a pipe holds
    with (
        (tmp_path / "many.jsonl").open("rb") as lines,
        subprocess.Popen(
            [*COMMAND, "extract", "-"], stdin=lines, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere", "-o", "out"), "nowhere does not exist"),
        (("empty", "-o", "out"), "empty holds no reports"),
        (("reports",), "say where the output goes: -o FOLDER"),
        (("reports", "-o", "full"), "full is not empty"),
        (("reports", "-o", "out", "--date", "2022-13-01"), "--date '2022-13-01' is no date"),
        (("reports", "-o", "out", "--metadata", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("reports", "-", "-o", "out"), "- reads standard input"),
        (("-", "--metadata", "meta.csv"), "--metadata is about files"),
        (("blank.txt", "-o", "out"), "blank.txt: is empty"),
        (("-",), "stdin: is empty"),
        (("", "-o", "out"), "an input is empty"),
        (("table.csv", "-o", "out"), "table.csv cannot be read: jfextract run reads tables"),
        (("page.pdf", "-o", "out"), "page.pdf cannot be read: save it as text first"),
        (("pdf.txt", "-o", "out"), "pdf.txt: is a PDF file by its contents; save it as text first"),
        (("reports", "-o", "blank.txt"), "blank.txt is a file; the output must be a folder"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    for name in ("empty", "reports", "full"):
        (tmp_path / name).mkdir()
    (tmp_path / "reports" / "a.txt").write_text("发文3件。", encoding="utf-8")
    (tmp_path / "full" / "mine").write_text("")
    (tmp_path / "blank.txt").write_text("")
    (tmp_path / "table.csv").write_text("id,text\na,3件\n", encoding="utf-8")
    for name in ("page.pdf", "pdf.txt"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    monkeypatch.chdir(tmp_path)
    said = run("extract", *arguments)
    assert said.returncode == 2
    assert said.stdout == b""
    (line,) = said.stderr.decode().splitlines()
    assert line.startswith("jfextract: ")
    assert message in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "a.txt", "-o", "out", "--shard-size", "nan"), "--shard-size nan is no size"),
        (("run", "a.txt", "-o", "a.txt"), "a.txt is a file; the output must be a folder"),
        (("run", "", "-o", "out"), "an input is empty"),
        (("panel", "empty", "--codebook", "grassroots-burden"), "empty holds neither a documents.jsonl"),
        (("learn", "a.txt", "-o", "nowhere/own.tsv"), "nowhere/own.tsv: cannot be written"),
    ],
)
def test_what_the_other_commands_cannot_do_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("印发3份文件。收到5份文件。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    said = run(*arguments)
    assert said.returncode == 2
    (line,) = said.stderr.decode().splitlines()
    assert line.startswith("jfextract: ")
    assert message in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_a_full_disk_and_a_missing_input_are_one_clear_line(
    done: tuple[Path, subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("发文3件。", encoding="utf-8")
    panel = ("panel", str(done[0]), "--codebook", "grassroots-burden")
    for arguments in (
        ("extract", "-"),
        panel,
        ("extract", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")),
    ):
        with Path("/dev/full").open("wb") as full:
            said = subprocess.run(
                [*COMMAND, *arguments], input=GOOD, stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert said.returncode == 2, arguments
        (line,) = said.stderr.decode().splitlines()
        assert line == "jfextract: cannot write to standard output: No space left on device"
    shell = f"{sys.executable} -m jfextract extract - <&-"
    closed = subprocess.run(["sh", "-c", shell], capture_output=True, check=False)
    assert closed.stderr == b"jfextract: there is no standard input to read from\n"


def test_some_failed_is_told_by_status_message_and_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("发文3件。", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text("")
    said = run("extract", tmp_path / "in", "-o", tmp_path / "out")
    assert said.returncode == 1
    assert "b.txt: is empty" in said.stderr.decode()
    assert "1 report, 1 measure, 1 failed" in said.stdout.decode()
    assert json.loads((tmp_path / "out" / "failures.jsonl").read_text())["id"] == "b"
    again = run("extract", tmp_path / "in", "-o", tmp_path / "out", "--overwrite")
    assert again.returncode == 1


def test_the_version_is_printed() -> None:
    said = run("--version")
    assert said.returncode == 0
    assert said.stdout.decode().startswith("jfextract 0.")


def test_wrong_usage_is_status_two_without_traceback() -> None:
    for arguments in (("extract",), ("extract", "x", "--bogus"), ("bogus",)):
        said = run(*arguments)
        assert said.returncode == 2
        assert b"Traceback" not in said.stderr


def test_the_command_line_imports_nothing_dear() -> None:
    code = "import sys, jfextract.cli; print(*sorted({'pyarrow', 'pandas', 'rjieba', 'jieba', 'opencc', 'rich'} & set(sys.modules)))"
    loaded = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.decode().split()
    )
    assert loaded == []


def test_results_become_a_panel(
    done: tuple[Path, subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    out, _ = done
    file, untaken = tmp_path / "panel.csv", tmp_path / "untaken.csv"
    arguments = ("panel", out, "--codebook", "grassroots-burden", "-o", file, "--untaken", untaken)
    said = run(*arguments)
    assert said.returncode == 0, said.stderr.decode()
    assert said.stdout == b""
    lines = said.stderr.decode().splitlines()
    assert lines[0].endswith(f"cells -> {file}")
    assert "belong to no variable: 事项" in lines[-1]
    with file.open(encoding="utf-8-sig", newline="") as rows:
        values = {
            (row["variable"], row["year"]): row["value"]
            for row in csv.DictReader(rows)
            if row["adcode"] == "520200"
        }
    assert values["documents", "2021"] == "2031"
    assert untaken.read_text(encoding="utf-8-sig").startswith("head,count,")
    again = run(*arguments)
    assert (again.returncode, again.stderr.decode()) == (
        2,
        f"jfextract: {file} exists; choose another file or pass --overwrite\n",
    )


def test_a_panel_in_a_pipe(done: tuple[Path, subprocess.CompletedProcess[bytes]]) -> None:
    rows = (done[0] / "documents.jsonl").read_bytes()
    said = run("panel", "-", "--codebook", "grassroots-burden", "--cells", stdin=rows)
    cells = list(csv.DictReader(said.stdout.decode("utf-8").splitlines()))
    assert said.returncode == 0
    assert {cell["preferred"] for cell in cells} == {"true"}
    assert run("panel", "-", "--codebook", "burden").stderr.startswith(
        b"jfextract: there is no codebook 'burden'"
    )


def test_a_panel_of_nothing_says_so(tmp_path: Path) -> None:
    said = run("panel", "-", "--codebook", "grassroots-burden", "-o", tmp_path / "p.csv", stdin=b"\n")
    assert said.returncode == 2
    assert said.stderr == b"jfextract: there was no document in -; give what extract or run wrote\n"
    assert not (tmp_path / "p.csv").exists()


def test_learn_writes_a_lexicon_and_does_not_write_over_one(tmp_path: Path) -> None:
    source = tmp_path / "news.jsonl"
    source.write_text('{"id": "a", "text": "印发3份文件。收到5份文件。"}\n', encoding="utf-8")
    out = tmp_path / "own.tsv"
    assert run("learn", source, "-o", out).returncode == 0
    assert out.read_text("utf-8").splitlines() == ["type\tform\tvalue\tkind\tscale", "noun\t文件\t份\t\t2"]
    (tmp_path / "few.txt").write_text("印发3份文件。", encoding="utf-8")
    few = run("learn", tmp_path / "few.txt", "-o", tmp_path / "few.tsv")
    assert few.returncode == 2
    assert b"no noun was met 2 times behind the same classifier in 1 text" in few.stderr
    assert not (tmp_path / "few.tsv").exists()
    (tmp_path / "empty.txt").write_text("")
    some = run("learn", tmp_path / "empty.txt", source, "-o", tmp_path / "some.tsv")
    assert (some.returncode, b"empty.txt: is empty" in some.stderr) == (1, True)
    (tmp_path / "rubble.txt").write_bytes(random.Random(1).randbytes(400).replace(b"\0", b"\1"))
    some = run("learn", tmp_path / "rubble.txt", source, "-o", tmp_path / "more.tsv")
    assert (some.returncode, b"rubble.txt: reads well in no encoding" in some.stderr) == (1, True)
    assert run("learn", tmp_path / "empty.txt", "-o", tmp_path / "none.tsv").returncode == 2
    again = run("learn", source, "-o", out)
    assert again.returncode == 2
    assert b"exists" in again.stderr
