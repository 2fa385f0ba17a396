"""The command line: ``jfextract extract`` for a small job, ``run`` for a corpus, ``panel`` for what they wrote.

Exit status: 0 all done, 1 some reports failed, 2 wrong usage or nothing done, 3 a run stopped that the same
command goes on with, 130 stopped by the user.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
)
from jfextract.corpus.command import run
from jfextract.corpus.pipe import (
    NOTHING_DONE,
    extract_pipe,
    give_up,
    leave,
    refuse_output,
    standard_input,
    stoppable,
    tell,
)
from jfextract.errors import InputError, JfextractError, OutputError, StoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from jfextract.corpus import CorpusResult, Failure, Input
    from jfextract.model import Check, Document
    from jfextract.options import Options

__all__ = ["app", "main"]

STOPPED = 3

_TABLES_SHOWN = 10
"""Reports whose measures are shown on the terminal; all are in the files."""

app = typer.Typer(
    name="jfextract",
    help="Chinese reports into data: every figure with its value, unit, item, change, time and place.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line; errors of ours are one line on standard error."""
    try:
        app()
    except JfextractError as error:
        give_up(str(error), STOPPED if isinstance(error, StoppedError) else NOTHING_DONE)
    except OSError as error:  # what is written to files is told by those who write it
        refuse_output(error)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"jfextract {version('jfextract')}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and leave."),
    ] = False,
) -> None:
    """Chinese reports into data: every figure with its value, unit, item, change, time and place."""


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Folders of .txt and .html files, such files, .jsonl files (id, text, and date, title, place); "
            "- reads JSONL from standard input and writes JSONL to standard output.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FOLDER", help="Where documents.jsonl, measures and the page go."
        ),
    ] = None,
    metadata: Metadata = None,
    date: Date = None,
    overwrite: Overwrite = False,
    optional: Optional = False,
    ner: Ner = False,
    segmenter: Segmenter = "rjieba",
    region: RegionName = None,
    lexicon: LexiconFile = None,
    repair: Repair = True,
    text: Annotated[bool, typer.Option("--text", help="Put the source text into the JSON rows.")] = False,
) -> None:
    """Find the figures, times and places of reports."""
    date = chosen_date(date)
    options = chosen_options(
        optional=optional, ner=ner, segmenter=segmenter, region=region, repair=repair, lexicon=lexicon
    )
    if inputs == ["-"] and out is None:
        if metadata is not None:
            raise InputError(
                "--metadata is about files; with - put date, title and place into the JSON lines"
            )
        extract_pipe(options, date, text)
    elif "-" in inputs:
        raise InputError(
            "- reads standard input and writes standard output; it takes no other INPUT and no -o"
        )
    elif out is None:
        raise InputError("say where the output goes: -o FOLDER")
    else:
        _extract_files(inputs, out, options, metadata, date, overwrite, text)


app.command()(run)


@app.command()
def panel(
    results: Annotated[
        list[str],
        typer.Argument(
            metavar="RESULTS...",
            help="What extract or run wrote: a documents.jsonl, or the folder; - reads such rows from standard input.",
        ),
    ],
    codebook: Annotated[
        str,
        typer.Option(
            "--codebook", metavar="NAME|FILE.toml", help="Which items, units and roles are which variable."
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="A .csv or .parquet file; without it CSV goes to the terminal.",
        ),
    ] = None,
    cells: Annotated[
        bool, typer.Option("--cells", help="One row a cell, the preferred one, instead of one row a figure.")
    ] = False,
    untaken: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Write the items here that no variable of the codebook takes."),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Set the figures of many reports beside each other: place by period by variable."""
    from jfextract.output.codebook import Codebook
    from jfextract.output.panel import panel as build_panel
    from jfextract.output.terminal import panel_summary

    book = Codebook.load(codebook)
    for file in (out, untaken):
        if file is not None and file.exists() and not overwrite:
            raise OutputError(f"{file} exists; choose another file or pass --overwrite")
    documents = _Counting(_results(results))
    with stoppable("the panel was not written"):
        found = build_panel(documents, book)
        if not documents.seen:
            give_up(f"there was no document in {', '.join(results)}; give what extract or run wrote")
        if untaken is not None:
            found.write_untaken(untaken)
        told = found.cells() if cells else found
        if out is None:
            told.write_csv(sys.stdout)
        else:
            told.write(out)
    typer.echo(panel_summary(found, out, untaken), err=True)


@app.command()
def learn(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Texts as extract takes them: folders, .txt, .html, .jsonl."),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE.tsv", help="The lexicon to write, for --lexicon.")
    ],
    overwrite: Overwrite = False,
) -> None:
    """Learn from your own texts which nouns each classifier counts; no annotation is needed."""
    from jfextract.corpus.durable import written_whole
    from jfextract.link.learn import LEAST_PAIRS, count_pairs, lexicon_rows
    from jfextract.output.wording import counted
    from jfextract.text.segment import segmenter

    if out.exists() and not overwrite:
        raise OutputError(f"{out} exists; choose another file or pass --overwrite")
    done: list[bool] = []
    with stoppable(f"{out} was not written"):
        rows = lexicon_rows(count_pairs(_texts(inputs, done), segmenter()))
        if not any(done):
            leave(0, len(done))
        if len(rows) == 1:
            give_up(
                f"no noun was met {LEAST_PAIRS} times behind the same classifier in {counted(sum(done), 'text')}, so "
                f"{out} was not written; give more texts, some hundred of them"
            )
        try:
            with written_whole(out) as file:
                file.write(("\n".join(rows) + "\n").encode())
        except OSError as error:
            raise OutputError(f"{out}: cannot be written ({error.strerror})") from error
    nouns = counted(len(rows) - 1, "noun")
    typer.echo(f"{nouns} with their classifiers in {out}; use them with --lexicon {out}")
    leave(sum(done), done.count(False))


def _texts(inputs: list[str], done: list[bool]) -> Iterator[str]:
    """The texts of the inputs; ``done`` gets a word for each on whether it could be read."""
    from jfextract.corpus import Failure
    from jfextract.corpus.readers import read_inputs

    for entry in map(_read_bytes, read_inputs(inputs)):
        done.append(not isinstance(entry, Failure))
        if isinstance(entry, Failure):
            tell(entry)
            continue
        text = str(entry.text)
        if entry.html:
            from jfextract.text.html import extract_html

            text = extract_html(text).text
        yield text


def _read_bytes(entry: Input | Failure) -> Input | Failure:
    """An input with its bytes read as text, a failure where they read well in no encoding."""
    from jfextract.corpus import Failure
    from jfextract.text.decode import decode, reads_well

    if isinstance(entry, Failure) or isinstance(entry.text, str):
        return entry
    decoded = decode(entry.text)
    if not decoded.decided and not reads_well(decoded.text):
        return Failure(entry.source, entry.id, "read", "reads well in no encoding")
    return replace(entry, text=decoded.text)


class _Counting:
    """Passes documents on, and counts them."""

    def __init__(self, documents: Iterator[Document | bytes]) -> None:
        self._documents = documents
        self.seen = 0

    def __iter__(self) -> Iterator[Document | bytes]:
        for one in self._documents:
            self.seen += not isinstance(one, bytes) or bool(one.strip())
            yield one


def _results(results: list[str]) -> Iterator[Document | bytes]:
    """The documents of what extract or run wrote, one at a time."""
    from jfextract.output.panel import read_results

    for result in results:
        path = Path(result)
        if result == "-":
            yield from standard_input()
        elif path.is_dir() and not (path / "documents.jsonl").exists():
            from jfextract.corpus.dataset import Corpus

            if not (path / "manifest.json").exists():
                raise InputError(f"{path} holds neither a documents.jsonl of extract nor a corpus of run")
            yield from Corpus(path)
        else:
            yield from read_results(path)


def _extract_files(
    inputs: list[str],
    out: Path,
    options: Options,
    metadata: Path | None,
    date: str | None,
    overwrite: bool,
    text: bool,
) -> None:
    """Files to a folder, with progress and a table of what was found."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    from jfextract.corpus import Failure, extract_files, find_files
    from jfextract.output.dating import Dating

    files = find_files(inputs, leave_out=out)
    total = None if any(path.suffix.lower() != ".txt" for path, _ in files) else len(files)
    shown: list[Document] = []
    checks: list[Check] = []
    dating = Dating()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    errors = Console(stderr=True)
    with (
        stoppable(f"nothing was written to {out}"),
        Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar,
    ):
        task = bar.add_task("reports", total=total)

        def note(outcome: Document | Failure) -> None:
            bar.advance(task)
            if not isinstance(outcome, Failure):
                checks.extend(outcome.checks)
                dating.note(outcome)
                if len(shown) < _TABLES_SHOWN:
                    shown.append(outcome)

        result = extract_files(
            inputs,
            out,
            options=options,
            metadata=metadata,
            date=date,
            text=text,
            overwrite=overwrite,
            progress=note,
        )
    for failure in result.failures:
        tell(failure)
    if result.passed_over:
        typer.echo(f"jfextract: passed over in the folders: {result.passed_over}", err=True)
    for line in dating.lines():
        typer.echo(f"jfextract: {line} (--metadata, --date)", err=True)
    _show(shown, checks, result, Console())
    leave(result.documents, len(result.failures))


def _show(shown: list[Document], checks: list[Check], result: CorpusResult, console: Console) -> None:
    from jfextract.output.terminal import measure_table

    for doc in shown:
        console.print(measure_table(doc, width=console.width))
    if result.documents > len(shown):
        console.print(f"and {result.documents - len(shown)} more reports, see documents.jsonl\n")
    if result.out is not None:
        console.print(_summary(result, checks, result.out), highlight=False, markup=False, soft_wrap=True)


def _summary(result: CorpusResult, checks: list[Check], out: Path) -> str:
    """One line of what was done, then the files."""
    from jfextract.corpus.writers import FILES
    from jfextract.output.wording import check_counts, counted

    counts = [counted(result.documents, "report"), counted(result.measures, "measure")]
    if checks:
        counts.append(f"{counted(len(checks), 'check')} ({check_counts(checks)})")
    if result.failures:
        counts.append(f"{len(result.failures)} failed")
    files = [name for name in reversed(FILES) if (out / name).exists()]
    return f"{', '.join(counts)} -> {out}{os.sep}{{{','.join(files)}}}"
