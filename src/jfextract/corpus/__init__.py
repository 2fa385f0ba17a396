"""Many reports: read them from files, extract each, write the outputs; a report that fails stops no other."""

from jfextract.corpus.readers import Failure, Input, find_files, read_inputs, read_jsonl
from jfextract.corpus.run import CorpusResult, extract_corpus, extract_each

__all__ = [
    "CorpusResult",
    "Failure",
    "Input",
    "extract_corpus",
    "extract_each",
    "find_files",
    "read_inputs",
    "read_jsonl",
]
