"""The segmenters read nothing that another user could have put in their way."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from pathlib import Path

CUT = "from jfextract.text.segment import segmenter; print(*[word.text for word in segmenter('jieba')('召开会议144次')])"


def test_jieba_unmarshals_no_cache_that_lies_about(tmp_path: Path) -> None:
    poison = marshal.dumps(({"召开会": 10**9}, 10**9))
    folders = [
        tmp_path,
        tmp_path / "cache",
        tmp_path / "cache" / "jfextract",
        tmp_path / ".cache" / "jfextract",
    ]
    for folder in folders:
        folder.mkdir(exist_ok=True, parents=True)
        (folder / "jieba.cache").write_bytes(poison)
        folder.chmod(0o777)
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "TMPDIR": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONIOENCODING": "utf-8",
    }
    before = sorted(path for path in tmp_path.rglob("*"))
    said = subprocess.run([sys.executable, "-c", CUT], capture_output=True, env=environment, check=True)
    assert said.stdout.decode().split() == ["召开", "会议", "144", "次"]
    assert sorted(path for path in tmp_path.rglob("*")) == before
