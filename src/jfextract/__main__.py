"""Where the command begins: ``jfextract``, or ``python -m jfextract``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from jfextract.options import SegmenterName

__all__ = ["main"]


def main() -> None:
    """Run the command; ``extract -``, with no option but the segmenter, starts without the parser of command lines.

    The parser (typer, and what it imports) takes 0.2 s, a fourth of what a short report takes in all.
    """
    try:
        if sys.argv[1:] == ["extract", "-"]:
            _extract_pipe(None)
        elif len(sys.argv) == 5 and sys.argv[1:4] == ["extract", "-", "--segmenter"]:
            _extract_pipe(sys.argv[4])
        else:
            from jfextract.cli import main as parse_and_run

            parse_and_run()
    except KeyboardInterrupt:  # before the command has begun; each says for itself what it leaves behind
        print("jfextract: stopped", file=sys.stderr)
        sys.exit(130)


def _extract_pipe(segmenter: str | None) -> None:
    from jfextract.corpus.pipe import extract_pipe, give_up
    from jfextract.errors import JfextractError
    from jfextract.options import Options

    try:
        options = Options() if segmenter is None else Options(segmenter=cast("SegmenterName", segmenter))
        extract_pipe(options, None, False)
    except JfextractError as error:
        give_up(str(error))


if __name__ == "__main__":
    main()
