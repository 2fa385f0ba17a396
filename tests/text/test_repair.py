"""Repair: what was seen in the wild, what must stay, what is known to fail, and synthetic damage."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jfextract.text.normalise import normalise
from jfextract.text.repair import repair, show_edits
from jfextract.text.words import word_score
from tests.text.damage import SHOWN, damage

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[list[str]]:
    lines = [
        line for line in (CASES / name).read_text(encoding="utf-8").split("\n") if not line.startswith("#")
    ]
    return [line.split("\t") for line in lines[1:] if line]


def undo_line_breaks(text: str) -> str:
    return text.replace("\n", " ")


@pytest.mark.parametrize(("damaged", "truth", "guess"), rows("repair_wild.tsv"))
def test_damage_seen_in_the_wild_is_undone(damaged: str, truth: str, guess: str) -> None:
    repaired = repair(damaged)
    assert normalise(undo_line_breaks(repaired.text)) == normalise(truth)
    if guess:
        assert not all(edit.certain for edit in repaired.edits)


@pytest.mark.parametrize("text", [row[0] for row in rows("repair_untouched.tsv")])
def test_clean_text_is_left_alone(text: str) -> None:
    repaired = repair(text)
    assert repaired.edits == ()
    assert repaired.text is text


@pytest.mark.xfail(strict=True, reason="known failure")
@pytest.mark.parametrize(("damaged", "truth"), rows("repair_known_failures.tsv"))
def test_known_failures_still_fail(damaged: str, truth: str) -> None:
    assert normalise(repair(damaged).text) == normalise(truth)


CLEAN = """他说：“基层干部把更多时间用在服务群众上。”调研组走访了12个乡镇。
“今年收入怎么样？”“比去年多了两成。”“还有什么困难？”“盼着把路修好！”老人笑着说。
会议强调，要坚决整治形式主义，切实为基层减负。近年来，全市共取消各类报表186项，压减会议42%。
现在，村里的文化广场每天都很热闹！“大家有了好去处。”村支书介绍，下一步将继续完善设施。
在上海、重庆、深圳等地，消费市场持续回暖。“订单多了，信心足了。”企业负责人表示。"""


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("glossed", [0, 12, 30])
def test_synthetic_damage_is_mostly_undone_and_nothing_else_changes(shown: str, glossed: int) -> None:
    lost = left = 0
    for seed in range(4):
        spoiled = damage(CLEAN, seed=seed, shown=shown, glossed=glossed, skip_pair=seed % 2 == 0)
        repaired = repair(spoiled).text
        truth = normalise(CLEAN)
        lost += missing(truth, normalise(spoiled))
        left += missing(truth, normalise(repaired))
        for before, after, true in zip(*map(str.splitlines, (spoiled, repaired, CLEAN)), strict=True):
            if normalise(before) == normalise(true):
                assert normalise(after) == normalise(true)
    assert left <= 0.08 * lost


def test_torn_pairs_behind_doubled_glosses_are_read_with_the_help_of_the_page() -> None:
    page = (
        "系统(tong)(tong)规范，统(tong)(tong)一要求；事项权限和(tong)(tong)绦(xu)(xu)机制，顺序(xu)(xu)不变"
    )
    assert repair(page).text == "系统规范，统一要求；事项权限和程序机制，顺序不变"


def test_a_place_that_could_be_clean_is_read_anew_where_the_page_is_damaged_elsewhere() -> None:
    alone = "接近四成!癷茅台”数字营销平台"
    page = "關系更密切了!闭劶盎鶎訙p負,果洛藏族。\n" + alone
    assert repair(alone).edits == ()
    assert repair(page).text.endswith("四成。“i茅台”数字营销平台")


@pytest.mark.parametrize("end", ["?,", "?", "!", "?h", "??", "?(", "?好", "!h("])
def test_a_damaged_page_may_end_anywhere(end: str) -> None:
    page = "關系更密切了!闭劶盎鶎訙p負,果洛藏族" + end
    assert repair(page).text.startswith("關系更密切了。”談及基層減負")


def test_figures_and_marks_tell_what_was_lost_beside_them() -> None:
    assert (
        repair("低保标准再提5%?掌质量优良天数比例不低于81%。").text
        == "低保标准再提5%。空气质量优良天数比例不低于81%。"
    )
    assert word_score("每月有12个") > word_score("每月又12个")
    assert word_score("增长94.2%,其中") > word_score("增长94.2%期其中")


def test_a_false_gloss_that_reads_the_character_before_it_is_found_by_what_follows() -> None:
    page = "国际(jì)合作，高技(jì)踝氨钢圃煲(yè)，产业(yè)发展，实际(jì)增长"  # 际 lies across 技 and 术
    assert repair(page).text == "国际合作，高技术装备制造业，产业发展，实际增长"


@pytest.mark.parametrize(("right", "wrong"), [("gbk", "latin-1"), ("utf-8", "latin-1"), ("big5", "latin-1")])
def test_a_page_that_was_decoded_wrongly_is_read_again_and_offsets_lead_back(right: str, wrong: str) -> None:
    truth = "新竹縣政府今天表示，公共化托育供給量已達3700個，\n較去年增加3成，編列預算新台幣2億元。"
    source = truth.encode(right).decode(wrong)
    repaired = repair(source)
    assert repaired.text == truth
    assert all(edit.certain and edit.kind == "misreading" for edit in repaired.edits)
    at = truth.index("3700個")
    start, end = repaired.offsets.to_source(at, at + 5)
    assert source[start:end].encode(wrong) == "3700個".encode(right)


def test_a_page_that_lost_bytes_when_it_was_decoded_wrongly_is_a_guess() -> None:
    source = "近三年来，我市把开展为基层减负作为一项重要政治任务来抓".encode("gbk").decode("big5", "replace")
    assert not any(edit.certain for edit in repair(source).edits)


def missing(truth: str, text: str) -> int:
    """Count the characters of the truth that a text lacks."""
    opcodes = SequenceMatcher(None, truth, text, autojunk=False).get_opcodes()
    return sum(end - start for tag, start, end, _, _ in opcodes if tag != "equal")


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("數發(fā)ùwn!?,。”“閭劶盎鶎訙p負\n \ud800\ufffd<p>&;0"), max_size=60))
def test_edits_rebuild_the_text_and_do_not_overlap(source: str) -> None:
    repaired = repair(source)
    at, parts = 0, []
    for edit in repaired.edits:
        assert at <= edit.start <= edit.end
        parts += [source[at : edit.start], edit.replacement]
        at = edit.end
    assert "".join([*parts, source[at:]]) == repaired.text
    assert show_edits(source, repaired.edits).count("\n") <= max(0, len(repaired.edits) - 1)


@pytest.mark.parametrize("unit", ["!闭", ",創", "數(shù)", "<!--", "(上接第", "“", "?(", "1", "一"])
def test_a_million_odd_characters_take_seconds_at_most(unit: str) -> None:
    repair(unit * (200_000 // len(unit)))
