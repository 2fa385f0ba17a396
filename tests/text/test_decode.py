"""Decoding: every Chinese encoding at several lengths, and wrong decodings undone or flagged."""

from __future__ import annotations

import random
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfextract import extract
from jfextract.model import Edit
from jfextract.text.decode import decode, undo_misreading
from jfextract.text.repair import repair

SIMPLIFIED = [
    "近三年来，我市把开展为基层减负作为一项重要政治任务来抓，及时成立专项工作领导小组，推进有关工作。",
    "全市发至县级以下文件2482件、同比压减34%，召开会议111次、同比压减22.92%。",
    "国家统计局发布数据，一季度国内生产总值同比增长5.3%，居民收入稳步提高。",
    "本报讯（记者 李明）昨日，全县首个智慧农场投入使用，占地1200亩。",
    "村民老王说：“路修好了，日子越过越红火！”",
    "气象台预计，未来三天华北、黄淮等地将出现大到暴雨，请注意防范。",
    "县财政安排专项资金一千二百万元，用于农村道路养护和水利设施维修。",
    "这项工程建成后，可满足周边八个乡镇的生活用水需要",
]
TRADITIONAL = [
    "新竹縣政府今天表示，公共化托育供給量已達3700個，較去年增加3成，編列預算新台幣2億元。",
    "行政院主計總處公布，今年第1季經濟成長率為5.48%，失業率降至3.35%。",
    "香港特區政府宣布，明年起調整公共交通票價，預計涉及市民逾三百萬人次。",
    "整治形式主義，為基層減負，讓幹部有更多時間服務群眾。",
    "中央氣象局發布陸上強風特報，提醒民眾外出留意安全",
]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "hz"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", SIMPLIFIED)
def test_simplified_text_in_every_encoding(text: str, encoding: str) -> None:
    read = decode(text.encode(encoding))
    assert (read.text, read.replaced, read.decided) == (text, 0, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "gbk", "big5", "big5hkscs", "cp950"])
@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_text_in_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "big5", "no-such-code", "", None])
def test_a_wrong_declaration_is_not_believed(declared: str | None) -> None:
    assert decode(TRADITIONAL[0].encode("big5"), declared).text == TRADITIONAL[0]
    assert decode(SIMPLIFIED[0].encode("gbk"), declared).text == SIMPLIFIED[0]


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", SIMPLIFIED + TRADITIONAL)
def test_bytes_read_as_western_letters_are_read_again(text: str, wrong: str) -> None:
    for right in ("gbk", "utf-8", *(["big5"] if text in TRADITIONAL else [])):
        try:
            misread = text.encode(right).decode(wrong)
        except UnicodeDecodeError:
            continue
        read = decode(misread.encode("utf-8"))
        assert read.text == text
        assert len(read.misread) == 1


@pytest.mark.parametrize("text", SIMPLIFIED + TRADITIONAL)
def test_double_encoding_is_undone(text: str) -> None:
    twice = text.encode().decode("latin-1").encode().decode("latin-1")
    undone, steps, clear = undo_misreading(twice)
    assert (undone, len(steps), clear) == (text, 2, True)


@pytest.mark.parametrize("text", SIMPLIFIED + TRADITIONAL)
def test_utf8_read_as_gbk_is_undone_or_flagged(text: str) -> None:
    undone, _, clear = undo_misreading(text.encode().decode("gb18030", "replace"))
    assert undone == text or not clear


@pytest.mark.parametrize(
    "text", ["", "Plain English text, nothing else.", "café, naïve, Zürich", *SIMPLIFIED, *TRADITIONAL]
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert undo_misreading(text)[:2] == (text, ())


def misreadings() -> list[tuple[str, str, str, bool]]:
    """Each text in each encoding read as each other one: misread text, truth, how, was anything lost."""
    found: list[tuple[str, str, str, bool]] = []
    for text in SIMPLIFIED + TRADITIONAL:
        for right in ("utf-8", "gb18030", *(["big5"] if text in TRADITIONAL else [])):
            for wrong in ("latin-1", "cp1252", "gb18030", "gbk", "big5", "big5hkscs", "cp950"):
                if right == wrong or wrong.startswith(right[:2]):
                    continue
                data = text.encode(right)
                try:
                    found.append((data.decode(wrong), text, f"{right} as {wrong}", False))
                except UnicodeDecodeError:
                    if wrong != "cp1252":
                        found.append((data.decode(wrong, "replace"), text, f"{right} as {wrong}", True))
    return found


def test_misreadings_are_undone_unless_bytes_were_lost_and_are_flagged_otherwise() -> None:
    whole = [case for case in misreadings() if not case[3]]
    assert len(misreadings()) >= 120
    assert len(whole) >= 60
    right = sum(undo_misreading(misread)[0] == text for misread, text, _, _ in whole)
    assert right >= 0.97 * len(whole)
    for misread, text, how, _ in misreadings():
        read = decode(misread.encode("utf-8"))
        assert read.text == text or not read.decided, how


def test_replacement_characters_are_kept_and_counted() -> None:
    read = decode(SIMPLIFIED[0].encode("gbk")[:21] + b"\xff\xff" + SIMPLIFIED[0].encode("gbk")[21:])
    assert read.replaced == read.text.count("\ufffd") > 0


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    assert decode(data) == decode(data)


def read_as(data: bytes, wrong: str, errors: str) -> str:
    """Read as a scraper does; ``browser`` is CP1252 with the C1 controls that browsers put where it has nothing."""
    if wrong == "browser":
        return data.decode("cp1252", "surrogateescape").translate(
            {0xDC00 + byte: byte for byte in range(256)}
        )
    return data.decode(wrong, errors)


PAGE = '<html><head><title>News</title></head><body class="main"><div id="nav"><a href="/">Home</a></div><h1>{}</h1>'


@pytest.mark.parametrize(
    "wrong", ["latin-1", "browser", "cp1252", "gbk", "gb18030", "big5", "cp950", "big5hkscs"]
)
def test_strings_that_were_read_wrongly_without_loss_are_all_undone(wrong: str) -> None:
    for text in [*SIMPLIFIED, *TRADITIONAL, PAGE.format(SIMPLIFIED[3]), PAGE.format(TRADITIONAL[1])]:
        for right in ("utf-8", "gbk", "big5"):
            if right[:2] == wrong[:2] or (right == "big5" and wrong == "cp950"):
                continue
            try:
                misread = read_as(text.encode(right), wrong, "strict")
            except UnicodeError:
                continue
            assert undo_misreading(misread)[::2] == (text, True)


@pytest.mark.parametrize("errors", ["replace", "ignore"])
@pytest.mark.parametrize(
    ("right", "wrong", "least"),
    [("utf-8", "gbk", 0.7), ("utf-8", "cp1252", 0.97), ("gbk", "big5hkscs", 0.75), ("gbk", "cp1252", 0.94)],
)
def test_what_lost_bytes_is_recovered_as_far_as_it_goes(
    right: str, wrong: str, least: float, errors: str
) -> None:
    found = wanted = 0
    for text in SIMPLIFIED:
        misread = read_as(text.encode(right), wrong, errors)
        undone, _, clear = undo_misreading(misread)
        assert undone == text or not clear or errors == "ignore"
        blocks = SequenceMatcher(None, text, undone, autojunk=False).get_matching_blocks()
        found += sum(block.size for block in blocks)
        wanted += len(text)
    assert found >= least * wanted


def test_a_page_with_a_long_head_in_ascii_is_read_by_its_chinese() -> None:
    head = "<script>var page = 'index';</script>\n" * 400
    text = head + SIMPLIFIED[3]
    assert decode(text.encode("gbk"), "big5").text == text
    text = head + TRADITIONAL[1]
    assert decode(text.encode("big5"), "gbk").text == text


def test_bytes_that_are_no_text_are_told_in_the_document() -> None:
    chance = random.Random(7)
    document = extract(bytes(chance.randrange(256) for _ in range(3000)))
    assert [(edit.kind, edit.certain) for edit in document.edits][:1] == [("encoding", False)]


def test_figures_of_a_page_in_doubt_stay_and_the_doubt_is_told() -> None:
    lossy = "近三年来，我市把开展为基层减负作为一项重要政治任务来抓，压减文件12件".encode("gbk").decode(
        "big5", "replace"
    )
    document = extract(lossy.encode())
    assert document.edits[0] == Edit(0, 0, "", "encoding", False)
    assert [measure.text for measure in document.measures] == ["12件"]


@pytest.mark.parametrize("text", ["안녕하세요 오늘은 날씨가 좋습니다", "😀😀😀😀😀😀3件"])
def test_other_scripts_are_no_damage(text: str) -> None:
    assert decode(text.encode()).decided
    assert repair(text).edits == ()


def test_a_text_that_was_read_wrongly_and_cannot_be_put_right_is_told() -> None:
    assert [edit.kind for edit in repair("鷮鸁驫麤齾龘靐齉爩麣" * 3).edits] == ["encoding"]


@pytest.mark.parametrize(
    "text",
    [
        "東京で会いましょう",
        "東京タワーは333メートルです",
        "これはペンです",
        "ありがとう",
        "Привет 12 мир",
        "Καλημέρα 12",
        "대한민국 서울",
    ],
)
def test_other_languages_are_no_wrong_decodings(text: str) -> None:
    assert undo_misreading(text) == (text, (), True)
