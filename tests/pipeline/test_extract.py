"""The whole pipeline: offsets on any text, options, dates, bad input, round trips."""

from __future__ import annotations

import datetime
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jfextract
from jfextract import Document, Extractor, Options, extract
from jfextract.errors import InputError, JfextractError, OptionsError

REPORTS = sorted((Path(__file__).parents[1] / "fixtures" / "reports").glob("*.txt"))
EXTRACTORS = [Extractor(), Extractor(Options(optional=True, repair=False, region="taiwan"))]
WORDS = st.sampled_from(
    [
        "2020年",
        "3759件",
        "同比",
        "压减",
        "33.2%",
        "我市",
        "宝鸡市",
        "召开会议",
        "數(shù)百萬元",
        "一些",
        "，",
        "。",
        "\n",
        "�",
        "\x00",
        "😀",
        "＂",
        "１２",
        "第三",
        "至",
        "约",
        "3月5日",
        "《",
        "》",
        "(",
        ")",
        "的",
        "县",
    ]
)


def _mentions(doc: Document) -> list[jfextract.Measure | jfextract.Time | jfextract.Place]:
    return [*doc.measures, *doc.times, *doc.places]


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map("".join)))
def test_every_mention_slices_back_on_any_text(text: str) -> None:
    for extractor in EXTRACTORS:
        doc = extractor.extract(text, date="2022-03-15")
        assert doc.text == text
        for mention in _mentions(doc):
            assert text[mention.start : mention.end] == mention.text
            assert mention.text
        for measure in doc.measures:
            assert measure.sentence[0] <= measure.start < measure.end <= measure.sentence[1]
        for edit in doc.edits:
            assert 0 <= edit.start <= edit.end <= len(text)


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map("".join)))
def test_both_round_trips_are_exact(text: str) -> None:
    doc = EXTRACTORS[1].extract(text, date="2022-03-15")
    assert Document.from_dict(doc.to_dict()) == doc
    assert Document.from_json(doc.to_json()) == doc


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_real_reports_survive_both_round_trips(path: Path) -> None:
    doc = extract(path.read_bytes(), date="2022-03-15")
    assert doc.measures
    assert Document.from_dict(doc.to_dict()) == doc
    assert Document.from_json(doc.to_json()) == doc


def test_the_record_names_its_schema_and_refuses_another() -> None:
    record = extract("召开会议144次").to_dict()
    assert record["schema"] == "jfextract/document/1"
    with pytest.raises(JfextractError, match="jfextract/document/2"):
        Document.from_json('{"schema": "jfextract/document/2"}')


def test_optional_cases_are_left_out_unless_asked_for() -> None:
    text = "这是一项重要政治任务,召开会议144次。"
    assert [m.text for m in extract(text).measures] == ["144次"]
    asked = extract(text, options=Options(optional=True)).measures
    assert [(m.text, m.optional) for m in asked] == [("一项", True), ("144次", False)]


def test_optional_cases_do_not_change_the_others() -> None:
    text = REPORTS[3].read_text(encoding="utf-8")
    plain = extract(text, date="2019-03-30")
    asked = extract(text, date="2019-03-30", options=Options(optional=True))
    assert [m for m in asked.measures if not m.optional] == list(plain.measures)


@pytest.mark.parametrize(
    ("text", "date", "want"),
    [
        ("去年,召开会议144次。", "2022-03-15", ("2022-03-15", "given")),
        ("去年,召开会议144次。", datetime.date(2022, 3, 15), ("2022-03-15", "given")),
        ("去年,召开会议144次。", None, (None, None)),
        ("2021年,召开会议144次,12月召开10次。", None, ("2021-12-31", "newest")),
    ],
)
def test_the_anchor_and_where_it_comes_from(
    text: str, date: str | datetime.date | None, want: tuple[str | None, str | None]
) -> None:
    doc = extract(text, date=date)
    assert (doc.date, doc.date_source) == want


def test_a_relative_time_without_an_anchor_stays_open() -> None:
    (time,) = extract("去年,召开会议144次。", options=Options(optional=True)).times
    assert (time.text, time.edtf) == ("去年", None)


@pytest.mark.parametrize("date", ["yesterday", "2022-13-01", "15.3.2022", 44635])
def test_a_bad_date_is_a_clear_error(date: str) -> None:
    with pytest.raises(InputError, match="2022-03-15"):
        extract("召开会议144次", date=date)


@pytest.mark.parametrize("text", [None, 5, ["召开会议144次"]])
def test_what_is_no_text_is_a_clear_error(text: str) -> None:
    with pytest.raises(InputError, match="must be str or bytes"):
        extract(text)


def test_unknown_options_are_refused() -> None:
    for bad in ({"segmenter": "thulac"}, {"region": "tw"}, {"optional": "yes"}, {"foo": 1}):
        with pytest.raises(OptionsError):
            Options(**bad)
    with pytest.raises(OptionsError, match="give them by name"):
        Options(*range(7))
    options = Options(region="taiwan")
    assert pickle.loads(pickle.dumps(options)) == options


def test_both_segmenters_find_the_same_figures() -> None:
    text = REPORTS[2].read_text(encoding="utf-8")
    spans = [
        [(m.start, m.end) for m in extract(text, options=Options(segmenter=name)).measures]
        for name in ("rjieba", "jieba")
    ]
    assert spans[0] == spans[1]


def test_many_texts_come_back_in_order() -> None:
    docs = list(Extractor().extract_many(["会议1次", b"\xe4\xbc\x9a\xe8\xae\xae2\xe6\xac\xa1", ""]))
    assert [[m.text for m in doc.measures] for doc in docs] == [["1次"], ["2次"], []]


def test_importing_the_package_loads_no_dictionary_and_no_room() -> None:
    code = "import sys, jfextract; print([m for m in ('jieba', 'rjieba', 'pandas', 'pyarrow', 'opencc', 'jfextract.units') if m in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


def test_the_public_names_are_there() -> None:
    for name in jfextract.__all__:
        assert getattr(jfextract, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'extracts'"):
        _ = jfextract.extracts


@pytest.mark.parametrize(
    "char", ["一", "1", "万", "年", "，", "a", "(", "“", "县", " ", "\n", "\ud800", "\x00", "😀"]
)
def test_a_long_run_of_one_character_is_no_problem(char: str) -> None:
    text = char * 20_000
    doc = extract(text)
    assert all(text[m.start : m.end] == m.text for m in _mentions(doc))


def test_a_users_lexicon_reaches_the_measures(tmp_path: Path) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(
        "type\tform\tvalue\tkind\tscale\nclassifier\t网格站\t网格站\tcount\t\n", encoding="utf-8"
    )
    options = Options(lexicon=jfextract.Lexicon.from_file(table))
    assert [(m.text, m.unit) for m in extract("新建12网格站。", options=options).measures] == [
        ("12网格站", "网格站")
    ]


def test_scaled_values_carry_no_empty_digits() -> None:
    values = [str(m.value) for m in extract("发放1.06万元,占87.0%,共1.2345万件。").measures]
    assert values == ["10600", "87.0", "12345"]


@pytest.mark.parametrize("argument", [{"place": 520200}, {"title": 3}])
def test_what_is_no_text_is_refused_by_name(argument: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="must be a str"):
        extract("发放资金3.5亿元", **argument)


def test_options_of_another_type_are_refused() -> None:
    options: Any = {"region": "taiwan"}
    with pytest.raises(InputError, match="options must be Options"):
        extract("发放资金3.5亿元", options=options)


def test_a_time_that_nothing_resolves_takes_no_other() -> None:
    doc = extract("规划到2035年建成公路500公里。去年完成200公里。")
    assert [measure.time for measure in doc.measures] == ["2035", None]


def test_a_year_that_is_only_compared_with_dates_no_report() -> None:
    doc = extract("去年,全县下发文件186件,比2020年的243件减少57件。")
    assert doc.date is None
