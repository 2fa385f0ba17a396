"""Confidence is learnt from annotated reports: plain cases are surer than far-fetched ones."""

from __future__ import annotations

import pytest

from jfextract import extract


def test_a_noun_right_beside_its_figure_is_surer_than_one_carried_over_a_clause() -> None:
    beside, carried = extract("全市发至县级以下文件3759件,同比压减33.2%。").measures
    assert beside.confidence > carried.confidence > 0


@pytest.mark.parametrize("text", ["召开会议144次。", "达到3.5%。", "约有十余名。", "91比79。"])
def test_confidence_is_a_share(text: str) -> None:
    assert all(0 < measure.confidence < 1 for measure in extract(text).measures)
