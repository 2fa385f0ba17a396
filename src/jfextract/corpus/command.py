"""The command ``jfextract run``: its options, and what it says and returns at its end."""

from __future__ import annotations

from datetime import date as calendar_date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from jfextract.errors import InputError

if TYPE_CHECKING:
    from jfextract.corpus.job import Compression
    from jfextract.options import Region, SegmenterName

__all__ = ["INTERRUPTED", "SOME_FAILED", "refuse_bad_date", "run"]

SOME_FAILED = 1
INTERRUPTED = 130


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
    metadata: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="What is known of text files: file, id, date, title, place."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The date of the reports that have none given.")
    ] = None,
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
    optional: Annotated[
        bool, typer.Option("--optional", help="Also give the cases that the definition leaves open.")
    ] = False,
    ner: Annotated[
        bool,
        typer.Option("--ner", help="Also take places only a tagger knows: slow, needs jfextract[ner]."),
    ] = False,
    segmenter: Annotated[
        str, typer.Option(metavar="rjieba|jieba", help="What cuts words: the fast one or the reference.")
    ] = "rjieba",
    region: Annotated[
        str | None,
        typer.Option(metavar="mainland|taiwan|hongkong", help="Whose units hold; else the text says."),
    ] = None,
    lexicon: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own units and number words, TOML or TSV.")
    ] = None,
    repair: Annotated[
        bool, typer.Option("--repair/--no-repair", help="Undo damage to the text first.")
    ] = True,
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
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Begin anew over an earlier run.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Extract a corpus of any size with several processes; a run that stops goes on with the same command."""
    from jfextract.corpus import Columns, extract_corpus
    from jfextract.corpus.console import ended_by_sigterm, failure_lines, shown_progress, summary_line
    from jfextract.lexicon import Lexicon
    from jfextract.options import Options

    refuse_bad_date(date)
    options = Options(
        optional=optional,
        ner=ner,
        segmenter=cast("SegmenterName", segmenter),
        region=cast("Region | None", region),
        repair=repair,
        lexicon=None if lexicon is None else Lexicon.from_file(lexicon),
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
                shard_size=round(shard_size * 1e6),
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
    typer.echo(summary_line(corpus))
    if corpus.quarantined:
        raise typer.Exit(SOME_FAILED)


def refuse_bad_date(date: str | None) -> None:
    """Find a wrong --date before any report is read, not in each of them."""
    try:
        if date is not None:
            calendar_date.fromisoformat(date)
    except ValueError:
        raise InputError(f"--date {date!r} is no date; write it as 2022-03-15") from None
