"""Codebooks: what they take, and that what is wrong in them is named with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import jfextract
from jfextract.errors import CodebookError
from jfextract.model import Measure
from jfextract.output.codebook import Codebook, Variable, shipped_codebooks

MEETINGS = 'name = "b"\n\n[[variable]]\nname = "meetings"\nhead = ["会议"]\n'


def _measure(text: str) -> Measure:
    return jfextract.extract(text, date="2022-03-15", place="六盘水市").measures[-1]


@pytest.mark.parametrize(
    ("keys", "text", "taken"),
    [
        ('head = "会议"', "召开会议144次", True),
        ('head = ["文件"]', "召开会议144次", False),
        ('head = ["文件"]\nitem = ["县级"]', "发至县级以下文件3759件", True),
        ('head = ["文件"]\nitem = ["乡镇"]', "发至县级以下文件3759件", False),
        ('item = ["文件"]\nexclude = ["县级"]', "发至县级以下文件3759件", False),
        ('head = "會議"', "召开会议144次", True),
        ('head = "会议"\nunits = ["个"]', "召开会议144次", False),
        ('head = "会议"\nunits = ["个", "次"]', "召开会议144次", True),
        ('head = "会议"\nunit = "次"', "召开会议144次", True),
        ('head = "会议"', "2021年,召开会议144次,同比压减40%", False),
        ('head = "会议"\nroles = ["by"]', "2021年,召开会议144次,同比压减40%", True),
        ('head = "会议"\nroles = ["by"]\nbasis = ["yoy"]', "2021年,召开会议144次,同比压减40%", True),
        ('head = "会议"\nroles = ["by"]\nbasis = ["mom"]', "2021年,召开会议144次,同比压减40%", False),
        ('head = "会议"\nroles = ["by"]\nchange = ["increase"]', "2021年,召开会议144次,同比压减40%", False),
        ('head = "会议"\nkinds = ["percent"]', "召开会议144次", False),
        ('item = "可支配收入"', "人均可支配收入2万元", False),
        ('item = "可支配收入"\nper = "person"', "人均可支配收入2万元", True),
    ],
)
def test_a_variable_takes_the_figures_that_it_describes(keys: str, text: str, taken: bool) -> None:
    book = Codebook.from_toml(f'[[variable]]\nname = "v"\n{keys}\n')
    assert (book.variable_of(_measure(text)) is not None) is taken


def test_the_first_variable_that_takes_a_figure_has_it() -> None:
    book = Codebook.from_toml(
        '[[variable]]\nname = "county"\nitem = "县级"\n[[variable]]\nname = "all"\nhead = "文件"\n'
    )
    names = [book.variable_of(_measure(text)) for text in ("发至县级以下文件3759件", "印发文件20件")]
    assert [variable.name for variable in names if variable] == ["county", "all"]


def test_growth_is_a_second_variable_of_the_same_items() -> None:
    book = Codebook.from_toml(MEETINGS + 'growth = "meetings_growth"\n')
    variable = book.variable_of(_measure("2021年,召开会议144次,同比压减40%"))
    assert [one.name for one in book.variables] == ["meetings", "meetings_growth"]
    assert variable is not None
    assert (variable.name, variable.unit, variable.signed) == ("meetings_growth", "%", True)


def test_units_are_converted() -> None:
    book = Codebook.from_toml(
        '[[variable]]\nname = "road"\nitem = "公路"\nunits = {"公里" = 1, "米" = 0.001}\n'
    )
    (variable,) = book.variables
    assert variable.unit == "公里"
    assert variable.factor(_measure("新建公路500米")) == Decimal("0.001")


def test_a_figure_less_sure_than_the_codebook_asks_is_not_taken() -> None:
    measure = _measure("召开会议144次")
    assert Codebook("b", (Variable("v", head=("会议",)),), confidence=0.99).variable_of(measure) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "mine.toml: not TOML:"),
        ('name = "b"\n', r"mine.toml: a codebook needs at least one \[\[variable\]\]"),
        ('variable = "x"\n', r"mine.toml: a codebook needs at least one \[\[variable\]\]"),
        (f"title = 1\n{MEETINGS}", "mine.toml: unknown key 'title'; the keys are name, description"),
        (f"confidence = 2\n{MEETINGS}", "mine.toml: confidence must be a number from 0 to 1, not 2"),
        (
            f'{MEETINGS}unitz = ["次"]\n',
            "mine.toml:3: variable 'meetings': unknown key 'unitz'; the keys are name,",
        ),
        (
            f"{MEETINGS}roles = ['rise']\n",
            "mine.toml:3: variable 'meetings': roles has 'rise'; choose of level, by",
        ),
        (
            f"{MEETINGS}kinds = ['number']\n",
            "mine.toml:3: variable 'meetings': kinds has 'number'; choose of count",
        ),
        (
            f"{MEETINGS}change = 'up'\n",
            "mine.toml:3: variable 'meetings': change has 'up'; choose of increase",
        ),
        (
            f"{MEETINGS}basis = ['year']\n",
            "mine.toml:3: variable 'meetings': basis has 'year'; choose of yoy",
        ),
        (f"{MEETINGS}units = 3\n", "mine.toml:3: variable 'meetings': units must be a list such as"),
        (
            f"{MEETINGS}units = {{'件' = 0}}\n",
            "mine.toml:3: variable 'meetings': units must be a list such as",
        ),
        (
            f"{MEETINGS}units = {{'米' = 0.001}}\n",
            "mine.toml:3: variable 'meetings': say with unit which unit",
        ),
        (
            f"{MEETINGS}item = [1]\n",
            r"mine.toml:3: variable 'meetings': item must be a word or a list .* not \[1\]",
        ),
        (f"{MEETINGS}description = 1\n", "mine.toml:3: variable 'meetings': description must be text, not 1"),
        (f'{MEETINGS}[[variable]]\nhead = "x"\n', "mine.toml:6: the variable has no name"),
        (
            f'{MEETINGS}[[variable]]\nname = "x"\n',
            "mine.toml:6: variable 'x': says of no item which are its figures",
        ),
        (
            f'{MEETINGS}[[variable]]\nname = "meetings"\nhead = "x"\n',
            "mine.toml:6: the variable 'meetings' stands already at mine.toml:3",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        Codebook.load(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"none.toml: cannot be read: No such file"):
        Codebook.load(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes("# 会议".encode("gbk"))
    with pytest.raises(CodebookError, match="it is not UTF-8"):
        Codebook.load(tmp_path / "gbk.toml")


@pytest.mark.parametrize("name", shipped_codebooks())
def test_the_codebooks_of_the_package_are_sound_and_describe_their_variables(name: str) -> None:
    book = Codebook.load(name)
    assert book.name == name
    assert all(variable.description for variable in book.variables)
    assert Codebook.load(book) is book
