"""``jfextract run`` as a user meets it: what it says, its exit status, what it does with signals."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jfextract.corpus import Corpus, Progress
from jfextract.corpus.console import shown_progress

from .outputs import contents

COMMAND = [sys.executable, "-c", "from jfextract.cli import main; main()", "run"]


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.csv"
    path.write_text(
        "编号,正文,日期\nx1,去年召开会议144次。,2020-03-15\nx2,发放资金3.5亿元。,\n", encoding="gb18030"
    )
    return path


COLUMNS = ("--text-column", "正文", "--id-column", "编号", "--date-column", "日期")


def test_a_table_becomes_a_corpus(news: Path, tmp_path: Path) -> None:
    said = _run(
        *(news, "-o", tmp_path / "out", "--workers", "2", "--csv", "--text", "--compression", "none"),
        *("--quiet", *COLUMNS),
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith(f"2 documents, 2 measures -> {tmp_path / 'out'}")
    first, second = Corpus(tmp_path / "out")
    assert (first.id, first.measures[0].time, second.text) == ("x1", "2019", "发放资金3.5亿元。")
    assert (tmp_path / "out" / "measures.csv").read_text(encoding="utf-8-sig").count("\n") == 3
    before = contents(tmp_path / "out")
    assert _run(news, "-o", tmp_path / "out", "--compression", "none", "--text", *COLUMNS).returncode == 0
    assert contents(tmp_path / "out") == before


def test_status_1_when_reports_were_quarantined(tmp_path: Path) -> None:
    rows = [{"id": f"r{number}", "text": ""} for number in range(12)]
    (tmp_path / "n.jsonl").write_text("\n".join(map(json.dumps, [*rows, {"text": "3件"}])))
    said = _run(tmp_path / "n.jsonl", "-o", tmp_path / "out", "--quiet")
    assert said.returncode == 1
    assert said.stderr.splitlines()[0] == "jfextract: n.jsonl:1: has an empty field text"
    assert said.stderr.splitlines()[-1] == f"jfextract: and 2 more, all in {tmp_path / 'out' / 'quarantine'}"
    assert "1 document, 1 measure, 12 quarantined" in said.stdout


def test_dates_of_spreadsheets_are_read_and_guesses_are_told(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(
        "id,day,text\na,2022/3/5,去年召开会议3次。\nb,20220305,去年召开会议3次。\nc,3/5/2022,去年召开会议3次。\n"
        "d,,去年召开会议3次。2021年召开4次。\ne,,去年召开会议3次。\n",
        encoding="utf-8",
    )
    said = _run(tmp_path / "n.csv", "-o", tmp_path / "out", "--quiet", "--date-column", "day")
    assert said.returncode == 1
    first, guessed, left_open = said.stderr.splitlines()
    assert first.startswith(
        "jfextract: n.csv:4: has a field day that is no day: '3/5/2022' does not say which is the month"
    )
    assert "1 report has a guessed date" in guessed
    assert "1 report has no date" in left_open
    corpus = Corpus(tmp_path / "out")
    assert (corpus.guessed_dates, corpus.dates_left_open) == (1, 1)
    dates = corpus.to_arrow("measures").to_pydict()
    assert dates["document_date"] == ["2022-03-05", "2022-03-05", "2021-12-31", "2021-12-31", None]
    assert dates["document_date_source"] == ["given", "given", "newest", "newest", None]
    assert corpus.to_arrow("times").to_pydict()["date_from"][0] == "2021-01-01"


def test_status_2_when_the_call_is_wrong(news: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for arguments, told in (
        (
            [news, "-o", out],
            "has no field 'text'; it has 编号, 正文, 日期; say which to read with --text-column",
        ),
        ([tmp_path / "none", "-o", out], "does not exist"),
        ([news, "-o", out, *COLUMNS, "--segmenter", "x"], "segmenter='x' is unknown; choose rjieba or jieba"),
        (
            [news, "-o", out, *COLUMNS, "--compression", "x"],
            "compression='x' is unknown; choose zst, gz or none",
        ),
        ([news, "-o", out, *COLUMNS, "--date", "x"], "--date 'x' is no date"),
    ):
        said = _run(*arguments)
        assert said.returncode == 2
        assert told in said.stderr
        assert len(said.stderr.splitlines()) == 1
    assert not out.exists()


def test_status_3_when_the_disk_refuses(news: Path) -> None:
    said = _run(news, "-o", "/proc/nowhere", *COLUMNS)
    assert said.returncode == 3
    assert "cannot write to /proc/nowhere" in said.stderr


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_asked_to_stop_says_how_to_go_on(tmp_path: Path, sent: signal.Signals) -> None:
    with (tmp_path / "n.jsonl").open("w", encoding="utf-8") as rows:
        for number in range(50_000):  # some minutes of work: it is never done before the signal comes
            rows.write(json.dumps({"id": f"r{number}", "text": "召开会议144次。" * 20}) + "\n")
    out = tmp_path / "out"
    # what a shell starts in the background ignores SIGINT, and so would all that it starts: here it is heard again
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    run = subprocess.Popen(
        [COMMAND[0], "-c", heard + COMMAND[2], "run", str(tmp_path / "n.jsonl"), "-o", str(out), "--workers", "2",
         "--shard-size", "0.02", "--quiet"],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        while not [*out.glob("shards/*.json")]:
            assert run.poll() is None
            time.sleep(0.02)
        os.killpg(run.pid, sent) if sent == signal.SIGINT else run.send_signal(sent)
        _, errors = run.communicate(timeout=60)
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
    assert run.returncode == 130
    assert errors == "jfextract: stopped; the same command goes on from here\n"
    assert not Corpus(out).complete


def _read_until(terminal: int, wanted: str) -> str:
    """What a terminal shows up to the text that is wanted, or all that comes within ten seconds."""
    shown, end = b"", time.monotonic() + 10
    while wanted.encode() not in shown and (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            shown += os.read(terminal, 100_000)
    return shown.decode(errors="replace")


def test_a_terminal_has_a_live_line_and_a_log_has_plain_ones(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    now = Progress(1200, 5000, 2, 4_000_000, 8.0, 1, 4, 95.0)
    line = "1,200 documents, 0.50 MB/s, 5,000 measures, 2 failed, 1 min 35 s left"
    monkeypatch.setattr("jfextract.corpus.console._PLAIN_EVERY", 0.0)
    with shown_progress() as tell:
        tell(now)
    assert capfd.readouterr().err == f"jfextract: {line}\n"
    with shown_progress(quiet=True) as tell:
        tell(now)
    assert capfd.readouterr().err == ""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("COLUMNS", "140")
        monkeypatch.setenv("TERM", "xterm")
        with shown_progress() as tell:
            tell(now)
        terminal.flush()
        shown = _read_until(ours, line)
    os.close(ours)
    assert line in shown
    assert "25%" in shown
