"""What the documents say is true: their snippets run, their links lead somewhere, their table is what comes out."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import jfextract

ROOT = Path(__file__).resolve().parents[2]
TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES = [*TOP, *sorted((ROOT / "docs").rglob("*.md"))]
SNIPPET = re.compile(r"^```(?:python|pycon)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAV_FILE = re.compile(r"^\s*- (?:[^:\n]+: )?([\w/.-]+\.md)$", re.MULTILINE)


def _named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _snippets(page: Path) -> str:
    """The page's doctests with the rest blanked out, so that a failure names the page's line."""
    text = page.read_text(encoding="utf-8")
    kept = ["\n"] * text.count("\n")
    for match in SNIPPET.finditer(text):
        first = text.count("\n", 0, match.start(1))
        kept[first : first + match[1].count("\n")] = match[1].splitlines(keepends=True)
    return "".join(kept)


@pytest.mark.parametrize("page", [page for page in PAGES if ">>> " in _snippets(page)], ids=_named)
def test_the_snippets_of_a_page_run_and_print_what_it_says(page: Path) -> None:
    test = doctest.DocTestParser().get_doctest(_snippets(page), {}, _named(page), str(page), 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert runner.run(test, out=said.append).failed == 0, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    prose = FENCED.sub("", page.read_text(encoding="utf-8"))
    targets = [link.partition("#")[0] for link in LINK.findall(prose) if not link.startswith(("https:", "#"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_pages_of_the_site_exist_and_none_is_left_out() -> None:
    named = set(NAV_FILE.findall((ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert named == {page.relative_to(ROOT / "docs").as_posix() for page in PAGES if page not in TOP}


def test_the_first_table_of_the_readme_is_what_its_sentence_gives() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence = re.search(r"^> (.+)$", readme, re.MULTILINE)
    table = re.search(r"^\| text \|.*?\n\n", readme, re.DOTALL | re.MULTILINE)
    assert sentence is not None
    assert table is not None
    names, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table[0].split("\n")[:-2]
    ]
    measures = jfextract.extract(sentence[1], date="2022-03-15", place="六盘水市").measures
    found = [[getattr(measure, name) for name in names] for measure in measures]
    assert rows == [["" if cell is None else str(cell) for cell in row] for row in found]


def _tables(page: Path) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Head and rows of the page's tables."""
    for table in re.findall(r"(?:^\|.*\n)+", page.read_text(encoding="utf-8"), re.MULTILINE):
        head, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()
        ]
        yield head, rows


def _claims() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Sentence, what is looked for, and its fields, for each row of a table of docs/measures.md under ``sentence``."""
    for head, rows in _tables(ROOT / "docs" / "measures.md"):
        if head[0] == "sentence":
            for row in rows:
                yield row[0], head[1], {"text": row[1], **dict(zip(head[2:], row[2:], strict=True))}


@pytest.mark.parametrize(("sentence", "layer", "fields"), list(_claims()))
def test_a_sentence_is_read_as_the_definition_says(sentence: str, layer: str, fields: dict[str, str]) -> None:
    doc = jfextract.extract(sentence, date="2022-03-15", place="六盘水市")
    if layer == "no figure":
        assert doc.measures == ()
        return
    mentions = {"figure": doc.measures, "time": doc.times, "place": doc.places}[layer]
    mention = next(mention for mention in mentions if mention.text == fields["text"])
    for name, said in fields.items():
        found = getattr(mention, name)
        if isinstance(found, Decimal):
            assert Decimal(said) == pytest.approx(found), name
        else:
            assert said == (found or ""), name
