"""What the commands of the command line have in common: their options, and how a wrong one is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from jfextract.dates import iso_date
from jfextract.errors import InputError
from jfextract.lexicon import Lexicon
from jfextract.options import Options, Region, SegmenterName

__all__ = [
    "Date",
    "LexiconFile",
    "Metadata",
    "Ner",
    "Optional",
    "Overwrite",
    "RegionName",
    "Repair",
    "Segmenter",
    "chosen_date",
    "chosen_options",
    "chosen_shard_size",
]

Date = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="The date of the reports that have none given.")
]
LexiconFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Your own units and number words, TOML or TSV.")
]
Metadata = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv", help="What is known of text files: file, id, date, title, place."),
]
Ner = Annotated[
    bool,
    typer.Option("--ner", help="Also take places only a tagger knows: slow, needs the extra ner."),
]
Optional = Annotated[
    bool, typer.Option("--optional", help="Also give the cases that the definition leaves open.")
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over an earlier output.")]
RegionName = Annotated[
    str | None,
    typer.Option(metavar="mainland|taiwan|hongkong", help="Whose units hold; else the text says."),
]
Repair = Annotated[bool, typer.Option("--repair/--no-repair", help="Undo damage to the text first.")]
Segmenter = Annotated[
    str, typer.Option(metavar="rjieba|jieba", help="What cuts words: the fast one or the reference.")
]


def chosen_shard_size(megabytes: float) -> int:
    """A --shard-size in bytes."""
    if not 0 < megabytes * 1e6 < 1e12:
        raise InputError(f"--shard-size {megabytes:g} is no size; give MB of text, such as 1")
    return max(1, round(megabytes * 1e6))


def chosen_options(
    *, optional: bool, ner: bool, segmenter: str, region: str | None, repair: bool, lexicon: Path | None
) -> Options:
    """The Options of a command; raises OptionsError for a wrong name and LexiconError for a wrong file."""
    return Options(
        optional=optional,
        ner=ner,
        segmenter=cast("SegmenterName", segmenter),
        region=cast("Region | None", region),
        repair=repair,
        lexicon=None if lexicon is None else Lexicon.from_file(lexicon),
    )


def chosen_date(date: str | None) -> str | None:
    """The --date as 2022-03-15; a wrong one is found before any report is read, not in each of them."""
    return iso_date(date, "--date ")
