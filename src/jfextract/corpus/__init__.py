"""Many reports: read them from files, extract each, write the outputs; a report that fails stops no other.

``extract_corpus`` is for corpora of any size: shards, worker processes, a run that can be killed and gone on
with. ``extract_files`` is for a small job: one folder with a page to read, in this process.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfextract.corpus.columns import Columns as Columns
    from jfextract.corpus.dataset import Corpus as Corpus
    from jfextract.corpus.each import extract_each as extract_each
    from jfextract.corpus.readers import find_files as find_files
    from jfextract.corpus.readers import read_inputs as read_inputs
    from jfextract.corpus.readers import read_jsonl as read_jsonl
    from jfextract.corpus.report import Failure as Failure
    from jfextract.corpus.report import Input as Input
    from jfextract.corpus.run import Progress as Progress
    from jfextract.corpus.run import extract_corpus as extract_corpus
    from jfextract.corpus.small import CorpusResult as CorpusResult
    from jfextract.corpus.small import extract_files as extract_files

_HOMES = {
    "Columns": "columns",
    "Corpus": "dataset",
    "CorpusResult": "small",
    "Failure": "report",
    "Input": "report",
    "Progress": "run",
    "extract_corpus": "run",
    "extract_each": "each",
    "extract_files": "small",
    "find_files": "readers",
    "read_inputs": "readers",
    "read_jsonl": "readers",
}

__all__ = [
    "Columns",
    "Corpus",
    "CorpusResult",
    "Failure",
    "Input",
    "Progress",
    "extract_corpus",
    "extract_each",
    "extract_files",
    "find_files",
    "read_inputs",
    "read_jsonl",
]


def __getattr__(name: str) -> object:
    """Load a name when it is first used: reading a pipe needs none of what a cluster needs."""
    if name not in _HOMES:
        raise AttributeError(f"module 'jfextract.corpus' has no attribute {name!r}")
    return getattr(import_module(f"jfextract.corpus.{_HOMES[name]}"), name)
