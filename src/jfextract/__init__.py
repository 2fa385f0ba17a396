"""Chinese news and government reports into data.

>>> import jfextract
>>> doc = jfextract.extract(
...     "截至2023年底，全市公路总里程达1.8万公里，比上年末增加320公里。", place="六盘水市"
... )
>>> [(m.item, m.value, m.unit, m.change, m.time) for m in doc.measures]
[('公路总里程', Decimal('18000'), '公里', None, '../2023-12'), ('公路总里程', Decimal('320'), '公里', 'increase', '../2023-12')]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jfextract import numbers as numbers
    from jfextract import places as places
    from jfextract import times as times
    from jfextract import units as units
    from jfextract.corpus import extract_corpus as extract_corpus
    from jfextract.errors import JfextractError as JfextractError
    from jfextract.lexicon import Lexicon as Lexicon
    from jfextract.model import Document as Document
    from jfextract.model import Measure as Measure
    from jfextract.model import Place as Place
    from jfextract.model import Time as Time
    from jfextract.options import Options as Options
    from jfextract.output.codebook import Codebook as Codebook
    from jfextract.output.panel import panel as panel
    from jfextract.pipeline import Extractor as Extractor
    from jfextract.pipeline import extract as extract

__version__ = "0.1.0"

_HOMES = {
    "extract": "pipeline",
    "Extractor": "pipeline",
    "Options": "options",
    "Codebook": "output.codebook",
    "Document": "model",
    "Measure": "model",
    "Time": "model",
    "Place": "model",
    "Lexicon": "lexicon",
    "extract_corpus": "corpus",
    "panel": "output.panel",
    "JfextractError": "errors",
}
_ROOMS = ("numbers", "units", "times", "places")

__all__ = [
    "Codebook",
    "Document",
    "Extractor",
    "JfextractError",
    "Lexicon",
    "Measure",
    "Options",
    "Place",
    "Time",
    "extract",
    "extract_corpus",
    "numbers",
    "panel",
    "places",
    "times",
    "units",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first used, so that importing the package costs nothing."""
    if name in _ROOMS:
        return import_module(f"jfextract.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'jfextract' has no attribute {name!r}")
    return getattr(import_module(f"jfextract.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
