"""Every format and packing gives its reports; what is broken in it is named and the rest is read."""

from __future__ import annotations

import bz2
import contextlib
import datetime
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract.corpus import Columns, Failure, Input, formats, streams
from jfextract.corpus.readers import find_files
from jfextract.corpus.shards import cut, with_single_ids
from jfextract.corpus.sources import Position, check_columns, find_sources, read_source
from jfextract.corpus.walk import passed_words
from jfextract.errors import InputError

ROWS = [
    {"id": "a", "text": "发文3件。", "date": "2020-01-01", "title": "题", "place": "宝鸡市"},
    {"id": "b", "text": "开会4次。\n又5次。", "date": None, "title": None, "place": None},
]
WANTED = [
    ("a", "发文3件。", "2020-01-01", "题", "宝鸡市"),
    ("b", "开会4次。\n又5次。", None, None, None),
]


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: pa.compress(data, codec="zstd", asbytes=True),
}


def _lines() -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode()


def _csv(encoding: str = "utf-8") -> bytes:
    rows = 'id,text,date,title,place\na,发文3件。,2020-01-01,题,宝鸡市\nb,"开会4次。\n又5次。",,,\n'
    return rows.encode(encoding)


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), buffer)
    return buffer.getvalue()


TABLES: dict[str, Callable[[], bytes]] = {
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".json": lambda: json.dumps(ROWS).encode(),
    ".csv": _csv,
    ".tsv": lambda: _csv().replace(b",", b"\t"),
    ".parquet": _parquet,
}


def _read(*inputs: Path, columns: Columns | None = None) -> list[Input | Failure]:
    position = Position()
    return [
        report
        for source in find_sources(inputs)
        for report in read_source(source, columns or Columns(), {}, position)
    ]


def _told(reports: list[Input | Failure]) -> list[tuple[object, ...]]:
    assert all(isinstance(report, Input) for report in reports), reports
    return [(one.id, one.text, one.date, one.title, one.place) for one in reports if isinstance(one, Input)]


def _file(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("suffix", TABLES)
def test_tables_of_every_kind_and_packing_give_their_rows(tmp_path: Path, suffix: str, packing: str) -> None:
    path = _file(tmp_path / f"新闻{suffix}{packing}", PACKINGS[packing](TABLES[suffix]()))
    assert _told(_read(path)) == WANTED
    assert _told(_read(tmp_path)) == WANTED


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_text_or_page_is_one_report_known_by_its_path(tmp_path: Path, packing: str) -> None:
    _file(tmp_path / "in" / "2020" / f"甲.txt{packing}", PACKINGS[packing]("发文3件".encode("gb18030")))
    _file(tmp_path / "in" / f"z.html{packing}", PACKINGS[packing](b"<p>x</p>"))
    first, second = _read(tmp_path / "in")
    assert first == Input("2020/甲", "发文3件".encode("gb18030"), f"2020/甲.txt{packing}")
    assert second == Input("z", b"<p>x</p>", f"z.html{packing}", html=True)


def test_frames_and_members_joined_by_cat_are_one_file(tmp_path: Path) -> None:
    line = _lines() + b"\n"
    for name, pack in PACKINGS.items():
        path = _file(tmp_path / f"n.jsonl{name}", pack(line) + pack(line))
        assert len(_read(path)) == 4, name


@pytest.mark.parametrize("packing", [".gz", ".bz2", ".xz", ".zst"])
@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".txt", ".json", ".parquet"])
def test_a_packed_file_that_breaks_off_is_told_and_stops_nothing(
    tmp_path: Path, suffix: str, packing: str
) -> None:
    whole = PACKINGS[packing](TABLES[suffix]() if suffix != ".txt" else "发文3件".encode() * 50)
    _file(tmp_path / "in" / f"a{suffix}{packing}", whole[: len(whole) * 2 // 3])
    _file(tmp_path / "in" / f"b{suffix}{packing}", b"garbage" * 20)
    _file(tmp_path / "in" / "z.txt", b"3")
    *broken, last = _read(tmp_path / "in")
    assert isinstance(last, Input)
    failures = [one for one in broken if isinstance(one, Failure)]
    assert {one.source.partition(suffix)[0] for one in failures} == {"a", "b"}
    assert all(one.stage == "read" for one in failures)


def test_a_json_file_may_be_one_report(tmp_path: Path) -> None:
    _file(tmp_path / "甲.json", json.dumps({"text": "3件", "date": "2020-01-01"}).encode())
    _file(tmp_path / "乙.json", json.dumps({"text": "4件", "id": "x"}).encode("utf-8-sig"))
    _file(tmp_path / "丙.json", b"[1, {}]")
    _file(tmp_path / "丁.json", b"7")
    reports = {one.source: one for one in _read(tmp_path)}
    assert reports["甲.json"] == Input("甲", "3件", "甲.json", "2020-01-01")
    assert reports["乙.json"] == Input("x", "4件", "乙.json")
    assert [getattr(reports[name], "reason", None) for name in ("丙.json:1", "丙.json:2", "丁.json")] == [
        "is no JSON object with id and text",
        "has no field 'text'; it has none",
        "is no JSON object with id and text",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_the_encodings_that_excel_saves(tmp_path: Path, encoding: str) -> None:
    assert _told(_read(_file(tmp_path / "a.csv", _csv(encoding)))) == WANTED


def test_csv_in_big5_is_read(tmp_path: Path) -> None:
    rows = "id,text,title\n" + "".join(f"r{n},今年發放補助金額共計三千萬元,縣市政府\n" for n in range(20))
    first, *_ = _told(_read(_file(tmp_path / "a.csv", rows.encode("big5"))))
    assert first == ("r0", "今年發放補助金額共計三千萬元", None, "縣市政府", None)


def test_json_lines_in_gbk_and_utf16_are_read(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": "全市共召开会议一百四十四次"}, ensure_ascii=False)
    for encoding in ("gb18030", "utf-16"):
        (report,) = _read(_file(tmp_path / "a.jsonl", (line + "\n").encode(encoding)))
        assert isinstance(report, Input)
        assert report.text == "全市共召开会议一百四十四次"


def test_broken_rows_of_csv_are_named_by_line(tmp_path: Path) -> None:
    text = 'id,text\na,1件\nb,2件,x,y\nc,\n\nd"x,4件\n"e"x,5件\nf,6件\ng,"never closed\n\n'
    reports = _read(_file(tmp_path / "a.csv", text.encode()))
    assert [one.id if isinstance(one, Input) else (one.source, one.reason[:14]) for one in reports] == [
        "a",
        ("a.csv:3", "has 4 cells, b"),
        ("a.csv:4", "has an empty f"),
        'd"x',
        ("a.csv:7", "is no CSV: ','"),
        "f",
        ("a.csv:9", "is no CSV: une"),
    ]


def test_a_long_cell_and_a_bad_byte_do_no_harm(tmp_path: Path) -> None:
    long = "发文3件。" * 60_000
    data = f"id,text\na,{long}\nb,".encode() + "开会4次全市".encode("gb18030") + b"\nc,3\n"
    first, second, third = _read(_file(tmp_path / "a.csv", data))
    assert isinstance(first, Input)
    assert first.text == long
    assert isinstance(second, Input)
    assert second.text == "开会4次全市"
    assert isinstance(third, Input)


def test_parquet_with_dates_numbers_and_bytes(tmp_path: Path) -> None:
    table = pa.table(
        {
            "docno": pa.array([7, 8]),
            "body": pa.array(["3件".encode("gb18030"), b"4"], pa.binary()),
            "day": pa.array([datetime.date(2020, 1, 2), None]),
            "when": pa.array([datetime.datetime(2020, 1, 2, 3), None]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    for day in ("day", "when"):
        columns = Columns(text="body", id="docno", date=day)
        assert _told(_read(tmp_path / "a.parquet", columns=columns)) == [
            ("7", "3件".encode("gb18030"), "2020-01-02", None, None),
            ("8", b"4", None, None, None),
        ]


def test_rows_without_id_are_known_by_file_and_line(tmp_path: Path) -> None:
    _file(tmp_path / "in" / "a.jsonl", b'\n{"text": "3"}')
    _file(tmp_path / "in" / "b.csv", b"text\n3\n4\n")
    pq.write_table(pa.table({"text": ["5"]}), tmp_path / "in" / "c.parquet")
    assert [one.id for one in _read(tmp_path / "in")] == ["a.jsonl:2", "b.csv:2", "b.csv:3", "c.parquet:1"]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet"])
def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are(
    tmp_path: Path, suffix: str
) -> None:
    path = _file(tmp_path / f"a{suffix}", TABLES[suffix]())
    (source,) = find_sources([path])
    with pytest.raises(
        InputError, match=r"has no field 'content'; it has id, text, date, title, place; say which"
    ):
        check_columns(source, Columns(text="content"))
    with pytest.raises(InputError, match="has no field 'day'"):
        check_columns(source, Columns(date="day"))
    check_columns(source, Columns())
    (failure,) = _read(path, columns=Columns(text="content"))
    assert isinstance(failure, Failure)


def test_json_lines_without_the_field_are_quarantined_one_by_one(tmp_path: Path) -> None:
    path = _file(tmp_path / "a.jsonl", b'{"body": "3"}\n{"content": "3"}\n')
    failure, report = _read(path, columns=Columns(text="content"))
    assert isinstance(failure, Failure)
    assert failure.reason == "has no field 'content'; it has body"
    assert isinstance(report, Input)


def _members() -> dict[str, bytes]:
    return {
        "2020/甲.txt": "发文3件".encode(),
        "2020/b.jsonl": _lines(),
        "c.csv.gz": gzip.compress(_csv()),
        "d.parquet": _parquet(),
        "photo.jpg": b"\xff\xd8",
        ".hidden.txt": b"x",
        "__MACOSX/._e.txt": b"x",
        "../../escape.txt": "逃".encode(),
        "inner.zip": b"PK",
    }


def _as_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("empty/", b"")
        for name, data in _members().items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _as_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in _members().items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("n.zip", _as_zip()),
        ("n.tgz", gzip.compress(_as_tar())),
        *((f"n.tar{suffix}", pack(_as_tar())) for suffix, pack in PACKINGS.items()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_archives_are_read_member_by_member(tmp_path: Path, name: str, data: bytes) -> None:
    reports = _read(_file(tmp_path / "in" / name, data))
    assert [report.id for report in reports] == [
        "n/2020/甲",
        "a",
        "b",
        "a",
        "b",
        "a",
        "b",
        "n/../../escape",
        None,
    ]
    assert reports[0] == Input("n/2020/甲", "发文3件".encode(), f"{name}/2020/甲.txt")
    assert isinstance(reports[-1], Failure)
    assert "archive inside an archive" in reports[-1].reason
    assert [path.name for path in tmp_path.rglob("*")] == ["in", name]


def test_names_in_a_zip_of_chinese_windows_are_read(tmp_path: Path) -> None:
    raw = "报告.txt".encode("gb18030")
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("x" * len(raw), "3件")
    plain = (tmp_path / "m.zip").read_bytes().replace(b"x" * len(raw), raw)
    (report,) = _read(_file(tmp_path / "m.zip", plain))
    assert report.id == "m/报告"


def test_damaged_and_encrypted_archives_are_told(tmp_path: Path) -> None:
    good = _as_zip()
    flipped = bytearray(good)
    at = good.index(b"2020/b.jsonl") + 30
    flipped[at : at + 20] = bytes(20)
    _file(tmp_path / "in" / "a.zip", bytes(flipped))
    _file(tmp_path / "in" / "b.zip", b"no zip")
    _file(tmp_path / "in" / "c.tar", _as_tar()[:1500])
    _file(tmp_path / "in" / "d.tar.gz", gzip.compress(_as_tar())[:300])
    reports = _read(tmp_path / "in")
    failures = {one.source: one.reason for one in reports if isinstance(one, Failure)}
    assert "damaged" in failures["b.zip"]
    assert any(source.startswith("a.zip/2020/b.jsonl") for source in failures)
    assert any(source.startswith("c.tar") for source in failures)
    assert any(source.startswith("d.tar.gz") for source in failures)
    assert [one.id for one in reports if isinstance(one, Input) and one.source.startswith("a.zip")][:2] == [
        "a/2020/甲",
        "a",
    ]


def test_a_bomb_is_told_and_does_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (streams, formats):
        monkeypatch.setattr(module, "LONGEST", 1_000)
    monkeypatch.setattr(streams.read_at_most, "__defaults__", (1_000,))
    bomb = b"0" * 200_000
    _file(tmp_path / "in" / "a.txt.gz", gzip.compress(bomb))
    _file(tmp_path / "in" / "b.jsonl.gz", gzip.compress(_lines() + b"\n" + bomb + b"\n" + _lines()))
    with zipfile.ZipFile(tmp_path / "in" / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", bomb)
    reports = _read(tmp_path / "in")
    assert [one.id if isinstance(one, Input) else one.source for one in reports] == [
        "a.txt.gz", "a", "b", "b.jsonl.gz:3", "a", "b", "c.zip/a.json",
    ]  # fmt: skip
    assert all("is longer than" in one.reason for one in reports if isinstance(one, Failure))


def test_pages_of_a_warc_file_are_reports(tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with (tmp_path / "n.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, (kind, status) in enumerate(
            [("text/html; charset=gbk", "200 OK"), ("image/png", "200 OK"), ("text/html", "404 Not Found")]
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            payload = io.BytesIO("<p>发文3件</p>".encode("gb18030"))
            uri = f"http://example.cn/{number}"
            writer.write_record(
                writer.create_warc_record(uri, "response", payload=payload, http_headers=headers)
            )
    (report,) = _read(tmp_path / "n.warc.gz")
    assert isinstance(report, Input)
    assert report.id.startswith("urn:uuid:")
    assert (report.source, report.html) == ("n.warc.gz/http://example.cn/0", True)
    assert report.text == "<p>发文3件</p>".encode("gb18030")
    _file(tmp_path / "bad.warc", b"WARC/9 nonsense\r\n\r\n")
    assert all(isinstance(one, Failure) for one in _read(tmp_path / "bad.warc"))


def test_globs_folders_and_files_together(tmp_path: Path) -> None:
    for name in ("x/a.txt", "x/b.jsonl", "y/a.txt", "y/deep/c.txt", "z/x/a.txt"):
        _file(tmp_path / name, b'{"text": "3"}')

    def ids(*inputs: Path) -> list[str | None]:
        return [one.id for one in _read(*inputs)]

    assert ids(tmp_path / "x") == ["a", "b.jsonl:1"]
    assert ids(tmp_path / "x", tmp_path / "y") == ["x/a", "x/b.jsonl:1", "y/a", "y/deep/c"]
    assert ids(tmp_path / "y" / "**" / "*.txt") == ["a", "deep/c"]
    same = ids(tmp_path / "x", tmp_path / "z" / "x")
    assert len({*same}) == 3
    with pytest.raises(InputError, match="does not exist"):
        ids(tmp_path / "none")
    with pytest.raises(InputError, match="holds no reports"):
        ids(tmp_path / "*.nothing")
    with pytest.raises(InputError, match="say what to read"):
        ids()
    with pytest.raises(InputError, match="save it as text"):
        ids(_file(tmp_path / "a.pdf", b"%PDF"))


def test_a_file_that_has_gone_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    (failure,) = _read(tmp_path)
    assert failure == Failure("a.txt", None, "read", "cannot be read: No such file or directory")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["text", "page", "json", "lines", "csv", "tsv", "parquet"]), st.binary(max_size=300))
def test_any_bytes_in_any_format_give_reports_or_failures(form: streams.Format, data: bytes) -> None:
    stream = io.BufferedReader(io.BytesIO(data))
    for outcome in formats.read_format(form, stream, "x", "x", Columns()):
        assert isinstance(outcome, (Input, Failure))


@given(st.lists(st.tuples(st.text(max_size=2), st.text(max_size=30))), st.integers(1, 60))
def test_shards_keep_every_report_in_order_once(rows: list[tuple[str, str]], size: int) -> None:
    reports = [*with_single_ids(Input(key, text, f"x:{number}") for number, (key, text) in enumerate(rows))]
    assert len(reports) == len(rows)
    ids = [one.id for one in reports if isinstance(one, Input)]
    assert ids == [*dict.fromkeys(key for key, _ in rows)]
    shards = [*cut(reports, size)]
    assert [one for shard in shards for one in shard.reports] == reports
    assert [shard.number for shard in shards] == [*range(len(shards))]
    assert [*cut(reports, size)] == shards


def _failures(reports: list[Input | Failure]) -> list[tuple[str, str]]:
    return [(one.source, one.reason) for one in reports if isinstance(one, Failure)]


def _ids(reports: list[Input | Failure]) -> list[str]:
    return [one.id for one in reports if isinstance(one, Input)]


def test_whatever_a_reader_raises_is_told_and_stops_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("报.txt", "3件")
    _file(tmp_path / "m.zip", (tmp_path / "m.zip").read_bytes().replace("报".encode(), b"\xff\xff\xff"))
    whole = _as_zip()
    at = whole.index("2020/甲.txt".encode())  # the name beside the member; the list of names is at the end
    _file(tmp_path / "n.zip", whole[:at] + b"\xff" * 5 + whole[at + 5 :])
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive_of_pax:
        member = tarfile.TarInfo("a.txt")
        member.size, member.pax_headers = 3, {"GNU.sparse.size": "x", "GNU.sparse.map": "0,y"}
        archive_of_pax.addfile(member, io.BytesIO(b"abc"))
    _file(tmp_path / "p.tar", buffer.getvalue())
    _file(tmp_path / "z.txt", b"3")
    reports = _read(tmp_path)
    assert "z" in _ids(reports)
    assert "n/../../escape" in _ids(reports)
    told = dict(_failures(reports))
    assert [one.id for one in reports if one.source.startswith("m.zip")] != []
    assert "is damaged: " in told["n.zip/2020/甲.txt"]
    assert "the archive is damaged: invalid literal for int()" in told["p.tar"]


def test_a_bad_name_in_the_directory_of_a_zip_costs_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"报{number}.txt", f"{number}件")
    whole = (tmp_path / "m.zip").read_bytes()
    bad = whole.replace("报1".encode(), b"\xd6\xd0\xff1")
    assert len(bad) == len(whole)
    for data in (bad, b"something before it" + bad):
        reports = _read(_file(tmp_path / "m.zip", data))
        assert [one.text for one in reports if isinstance(one, Input)] == [
            f"{n}件".encode() for n in range(3)
        ]
        assert _failures(reports) == []


def test_a_bad_extra_field_in_the_directory_of_a_zip_costs_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        for number in range(2):
            member = zipfile.ZipInfo(f"{number}.txt")
            member.extra = b"\x99\x99\x04\x00abcd"
            archive.writestr(member, f"{number}件")
    whole = (tmp_path / "m.zip").read_bytes()
    at = whole.rindex(b"\x99\x99\x04\x00")
    _file(tmp_path / "m.zip", whole[: at + 2] + b"\x44" + whole[at + 3 :])
    assert _ids(_read(tmp_path / "m.zip")) == ["m/0", "m/1"]


def test_what_stands_before_a_wrong_checksum_in_a_zip_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as archive:
        archive.writestr("n.jsonl", '{"id": "a", "text": "3"}\n{"id": "b", "text": "4"}\n')
    whole = (tmp_path / "m.zip").read_bytes().replace(b'"4"', b'"5"')
    reports = _read(_file(tmp_path / "m.zip", whole))
    assert _ids(reports) == ["a", "b"]
    assert _failures(reports) == [("m.zip/n.jsonl:3", "breaks off here: its checksum is another")]


@pytest.mark.parametrize("packing", [".gz", ".bz2", ".xz", ".zst"])
@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_every_whole_line_before_a_break_is_read(tmp_path: Path, suffix: str, packing: str) -> None:
    chance = random.Random(7)
    rows = [(f"r{number}", f"{chance.getrandbits(300):x}") for number in range(3_000)]
    if suffix == ".jsonl":
        lines = [json.dumps({"id": name, "text": text}).encode() + b"\n" for name, text in rows]
    else:
        lines = [b"id,text\n", *(f"{name},{text}\n".encode() for name, text in rows)]
    packed = PACKINGS[packing](b"".join(lines))
    cut_off = packed[: len(packed) * 2 // 3]
    *read, failure = _read(_file(tmp_path / f"n{suffix}{packing}", cut_off))
    assert isinstance(failure, Failure)
    assert "breaks off here" in failure.reason or not read
    whole = max(0, _unpacked(packing, cut_off).count(b"\n") - (suffix == ".csv"))
    assert len(read) == whole
    assert _ids(read) == [f"r{number}" for number in range(whole)]


def _unpacked(packing: str, data: bytes) -> bytes:
    """All that a decoder can make of the beginning of a packed file."""
    if packing == ".gz":
        return zlib.decompressobj(31).decompress(data)
    if packing != ".zst":
        return (bz2.BZ2Decompressor() if packing == ".bz2" else lzma.LZMADecompressor()).decompress(data)
    stream, found = pa.CompressedInputStream(pa.BufferReader(data), "zstd"), b""
    with contextlib.suppress(OSError):
        while byte := stream.read(1):
            found += byte
    return found


def test_links_to_folders_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    _file(tmp_path / "elsewhere" / "b.txt", b"3")
    _file(tmp_path / "in" / "a.txt", b"3")
    (tmp_path / "in" / "more").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in")
    assert _ids(_read(tmp_path / "in")) == ["a", "more/b"]
    assert [name for _, name in find_files([tmp_path / "in"])] == ["a.txt", "more/b.txt"]


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.pdf", "c.PDF", ".hidden.txt", "README", ".git/d.txt", "e.jsonl"):
        _file(tmp_path / name, b"3")
    passed: Counter[str] = Counter()
    assert len([*find_sources([tmp_path], passed=passed)]) == 2
    assert passed_words(passed) == "2 hidden, 2 .pdf, 1 without suffix"
    of_files: Counter[str] = Counter()
    assert len(find_files([tmp_path], passed=of_files)) == 1
    assert passed_words(of_files) == "2 hidden, 2 .pdf, 1 without suffix, 1 .jsonl"
    of_glob: Counter[str] = Counter()
    assert len([*find_sources([tmp_path / "*"], passed=of_glob)]) == 2
    assert of_glob["hidden"] == 2


def test_parquet_values_that_python_cannot_hold_cost_their_rows_alone(tmp_path: Path) -> None:
    bad = pa.array(["3件".encode(), b"\xff\xfe", b"5"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"id": ["a", "b", "c"], "text": bad}), tmp_path / "a.parquet")
    days = pa.array([0, 2**62, 0], pa.int64()).view(pa.timestamp("us"))
    pq.write_table(pa.table({"id": ["d", "e", "f"], "text": ["3"] * 3, "date": days}), tmp_path / "b.parquet")
    zone = pa.array([0], pa.int64()).view(pa.timestamp("us", "No/Where"))
    pq.write_table(pa.table({"id": ["g"], "text": ["3"], "date": zone}), tmp_path / "c.parquet")
    reports = _read(tmp_path)
    assert _ids(reports) == ["a", "c", "d", "f"]
    assert [source for source, _ in _failures(reports)] == ["a.parquet:2", "b.parquet:2", "c.parquet:1"]
    (source,) = find_sources([tmp_path / "c.parquet"])
    check_columns(source, Columns())


def test_a_damaged_member_of_a_tar_costs_no_other(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in (("a.txt.gz", b"\x1f\x8b no gzip"), ("b.txt.zst", b"none"), ("c.txt", b"3")):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    reports = _read(_file(tmp_path / "n.tar", buffer.getvalue()))
    assert _ids(reports) == ["n/c"]
    assert [source for source, _ in _failures(reports)] == ["n.tar/a.txt.gz", "n.tar/b.txt.zst"]


def test_file_names_in_no_utf8_are_printable_and_stay_apart(tmp_path: Path) -> None:
    for raw in ("报告".encode("gb18030"), b"\xff\xfe", b"\xff\xff"):
        (tmp_path / os.fsdecode(raw + b".txt")).write_bytes(b"3")
    ids = _ids(_read(tmp_path))
    assert {*ids} == {"报告", r"\xff\xfe", r"\xff\xff"}
    assert streams.printable("\ud800x") == r"\ud800x"


@pytest.mark.parametrize("name", ["b.txt", "b.csv", "b.parquet"])
def test_a_pipe_is_told_and_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    _file(tmp_path / "c.txt", b"3")
    for source in find_sources([tmp_path]):
        check_columns(source, Columns())
    for given_path in (tmp_path, tmp_path / "*"):
        reports = _read(given_path)
        ((source_of_failure, reason),) = _failures(reports)
        assert source_of_failure == name
        assert reason.startswith("cannot be read: it is no regular file")
        assert _ids(reports) == ["c"]


def test_globs_of_several_folders_are_told_apart_and_pass_over_what_folders_do(tmp_path: Path) -> None:
    for name in ("x/a.txt", "y/a.txt", "z/x/a.txt", "x/.h.txt", "x/.d/a.txt", "x/p.jpg", "x/out/b/c.txt"):
        _file(tmp_path / name, b"3")
    assert _ids(_read(tmp_path / "x" / "*.txt", tmp_path / "y" / "*.txt")) == ["x/a", "y/a"]
    same = _ids(_read(tmp_path / "x" / "*.txt", tmp_path / "z" / "x" / "*.txt"))
    assert len({*same}) == 2
    names = [
        one.name for one in find_sources([tmp_path / "x" / "**" / "*"], leave_out=tmp_path / "x" / "out")
    ]
    assert names == ["a.txt"]


@pytest.mark.parametrize("packing", ["", ".gz"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.tsv"])
def test_an_empty_table_is_told(tmp_path: Path, name: str, packing: str) -> None:
    path = _file(tmp_path / f"{name}{packing}", PACKINGS[packing](b""))
    assert _failures(_read(path)) == [(f"{name}{packing}", "is empty")]
