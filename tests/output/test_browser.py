"""The page in a real browser: its script runs, its cards and rows answer."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from jfextract.model import Document
from jfextract.output.html import report_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=3000",
    "--window-size=1400,3000",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

HOVER = """<script>
addEventListener("load", () => document.querySelector("#d2 .text [data-m='4']")
  .dispatchEvent(new MouseEvent("mouseover", { bubbles: true })));
</script></body>"""


def _seen(page: str, tmp_path: Path) -> str:
    """The page as the browser has it after its scripts ran."""
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    return subprocess.run(
        [*command, (tmp_path / "report.html").as_uri()], capture_output=True, check=True, timeout=120
    ).stdout.decode()


def test_hovering_a_figure_shows_its_fields_and_lights_its_row(
    reports: tuple[Document, ...], tmp_path: Path
) -> None:
    seen = _seen(report_html(reports).replace("</body>", HOVER), tmp_path)
    card = re.search(r'<div class="card"(?P<state>[^>]*)>(?P<fields>.*?)</div>', seen, re.DOTALL)
    assert card is not None
    assert "hidden" not in card["state"]
    assert "3,759 件" in card["fields"]
    assert "2019" in card["fields"]
    assert re.search(r'<tr id="d2r4"[^>]*class="on"', seen)
    assert " title=" not in seen.split("<main>")[1]  # the card has taken the place of the tooltips
