"""Many reports: read them from files, extract each, write the outputs; a report that fails stops no other.

``extract_corpus`` is for corpora of any size: shards, worker processes, a run that can be killed and gone on
with. ``extract_files`` is for a small job: one folder with a page to read, in this process.
"""

from jfextract.corpus.columns import Columns
from jfextract.corpus.dataset import Corpus
from jfextract.corpus.readers import find_files, read_inputs, read_jsonl
from jfextract.corpus.report import Failure, Input
from jfextract.corpus.run import Progress, extract_corpus
from jfextract.corpus.small import CorpusResult, extract_each, extract_files

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
