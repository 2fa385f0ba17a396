"""Confidence is the measured rate of the rule that linked a figure."""

from __future__ import annotations

from jfextract import extract
from jfextract.link.confidence import confidence_of


def test_a_rule_that_proved_right_more_often_is_surer() -> None:
    assert confidence_of("noun-before", "count") > confidence_of("carried", "count")


def test_a_rule_without_a_record_is_a_coin_toss() -> None:
    assert confidence_of("unheard-of", "count") == 0.5


def test_a_figure_carries_the_rate_of_its_rule() -> None:
    (measure,) = extract("召开会议144次。").measures
    assert measure.confidence == confidence_of("noun-before", "count")
