"""A run of the real pipeline, to be killed: ``python -m tests.corpus.real INPUT OUT WORKERS SHARD_SIZE``."""

from __future__ import annotations

import sys
from pathlib import Path

from jfextract.corpus import job
from jfextract.corpus.run import run_job

if __name__ == "__main__":
    job._fingerprint_of_tables = lambda: "those of this test"  # whoever edits a table meanwhile
    source, out, workers, size = sys.argv[1:]
    run_job(job.Job(shard_size=int(size)), [source], Path(out), workers=int(workers))
