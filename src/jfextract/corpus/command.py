"""The command ``jfextract run``: its options, and what it says and returns at its end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from jfextract.corpus.arguments import (
    Date,
    LexiconFile,
    Metadata,
    Ner,
    Optional,
    Overwrite,
    RegionName,
    Repair,
    Segmenter,
    chosen_date,
    chosen_options,
    chosen_shard_size,
)
from jfextract.corpus.pipe import INTERRUPTED, SOME_FAILED

if TYPE_CHECKING:
    from jfextract.corpus.job import Compression

__all__ = ["run"]


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Folders, files and globs: .txt .html .json .jsonl .csv .tsv .parquet, compressed (.gz .zst .bz2 .xz) "
            "or in .zip and .tar; .warc.",
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Where the corpus goes.")],
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes that work; as many as cores otherwise.")
    ] = None,
    metadata: Metadata = None,
    date: Date = None,
    text_column: Annotated[
        str, typer.Option(metavar="NAME", help="The field or column of the text.")
    ] = "text",
    id_column: Annotated[str | None, typer.Option(metavar="NAME", help="... of the id.")] = None,
    date_column: Annotated[str | None, typer.Option(metavar="NAME", help="... of the date.")] = None,
    title_column: Annotated[str | None, typer.Option(metavar="NAME", help="... of the title.")] = None,
    place_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="... of the report's place.")
    ] = None,
    html: Annotated[bool, typer.Option("--html", help="The texts in rows are web pages.")] = False,
    optional: Optional = False,
    ner: Ner = False,
    segmenter: Segmenter = "rjieba",
    region: RegionName = None,
    lexicon: LexiconFile = None,
    repair: Repair = True,
    text: Annotated[bool, typer.Option("--text", help="Put the source text into the rows.")] = False,
    compression: Annotated[
        str, typer.Option(metavar="zst|gz|none", help="How the JSON rows are compressed.")
    ] = "zst",
    csv: Annotated[bool, typer.Option("--csv", help="Write all measures into measures.csv as well.")] = False,
    shard_size: Annotated[
        float,
        typer.Option(metavar="MB", help="Text in a shard: what a kill costs at most, and a file holds."),
    ] = 1.0,
    seconds: Annotated[
        float | None, typer.Option(metavar="S", help="Give a report up that takes longer; none otherwise.")
    ] = None,
    overwrite: Overwrite = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Extract a corpus of any size with several processes; a run that stops goes on with the same command."""
    from jfextract.corpus import Columns, extract_corpus
    from jfextract.corpus.console import ended_by_sigterm, failure_lines, shown_progress, summary_line
    from jfextract.corpus.sources import find_sources
    from jfextract.corpus.walk import passed_words
    from jfextract.output.dating import date_lines

    date = chosen_date(date)
    options = chosen_options(
        optional=optional, ner=ner, segmenter=segmenter, region=region, repair=repair, lexicon=lexicon
    )
    try:
        with ended_by_sigterm(), shown_progress(quiet=quiet) as progress:
            corpus = extract_corpus(
                inputs,
                out,
                workers=workers,
                options=options,
                columns=Columns(text_column, id_column, date_column, title_column, place_column, html),
                metadata=metadata,
                date=date,
                text=text,
                compression=cast("Compression", compression),
                shard_size=chosen_shard_size(shard_size),
                seconds=seconds,
                overwrite=overwrite,
                progress=progress,
            )
            if csv:
                corpus.write_csv(out / "measures.csv")
    except KeyboardInterrupt:
        typer.echo("jfextract: stopped; the same command goes on from here", err=True)
        raise typer.Exit(INTERRUPTED) from None
    for line in failure_lines(corpus):
        typer.echo(f"jfextract: {line}", err=True)
    passed: Counter[str] = Counter()
    for _ in find_sources(inputs, leave_out=out, passed=passed):
        pass
    if passed:
        typer.echo(f"jfextract: passed over in the folders: {passed_words(passed)}", err=True)
    for line in date_lines(corpus.guessed_dates, corpus.dates_left_open):
        typer.echo(
            f"jfextract: {line} (--date-column, --metadata, --date); date_source tells which", err=True
        )
    typer.echo(summary_line(corpus))
    if corpus.quarantined:
        raise typer.Exit(SOME_FAILED)
