"""The same sentence means the same in simplified and traditional characters and with full-width figures."""

from __future__ import annotations

import datetime
import gzip
import json
import random
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from jfextract import times
from jfextract.text.normalise import normalise

opencc = pytest.importorskip("opencc")
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "news-2024h1.jsonl.gz"
FULL = {ord(figure): ord(figure) + 0xFEE0 for figure in "0123456789"}
REFERENCE = datetime.date(2024, 6, 3)
WRITTEN = [
    "2019年9月以来，全市共压减文件3759件，近三年来同比减少16%，今年前4个月又减少2成。",
    "截至11月底，去年同期，上月末，前三季度，年初，本世纪初，未来3年内，“十四五”时期末，改革开放以来。",
    "二〇一九年三月至二〇二〇年五月，3月1日至5日，1-10月，2011-2015年，2020年第1季度至第3季度。",
    "农历八月十五，正月初五，春节假期前三天，清明节，今冬明春，上周三，下礼拜一，星期五，本周末。",
    "9月8日下午3时30分，昨晚9点半，今早8:30，凌晨两点，当地时间2日上午10时，20世纪五六十年代。",
    "党的十八大以来，新冠疫情发生后，抗战胜利后，民国十年，康熙二十年，约2010年，2018年以前。",
    "文件2031件，1828人次，2000多亩，第2019号令，2019名干部，每年减少会议，近年来，目前。",
]


def meanings(text: str, reference: datetime.date) -> list[tuple[str | None, bool]]:
    return [(time.edtf, time.optional) for time in times.find(normalise(text), reference)]


@lru_cache
def converter(name: str) -> Callable[[str], str]:
    convert: Callable[[str], str] = opencc.OpenCC(name).convert
    return convert


def writings(text: str) -> dict[str, str]:
    converted = {name: converter(name)(text) for name in ("s2t", "s2tw", "s2twp", "s2hk")}
    return {**converted, "full width": text.translate(FULL), "both": converted["s2t"].translate(FULL)}


@pytest.mark.parametrize("text", WRITTEN)
def test_every_writing_of_a_sentence_has_the_same_times(text: str) -> None:
    told = meanings(text, REFERENCE)
    for name, written in writings(text).items():
        assert meanings(written, REFERENCE) == told, name


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not at hand")
def test_sentences_of_the_news_have_the_same_times_in_every_writing() -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    chosen = random.Random(5)
    for document in chosen.sample(documents, 250):
        reference = datetime.date.fromisoformat(document["date"])
        sentence = chosen.choice(re.findall(r"[^。！？\n]+[。！？]?", document["text"]))
        told = meanings(sentence, reference)
        for name, written in writings(sentence).items():
            assert meanings(written, reference) == told, (name, sentence)
