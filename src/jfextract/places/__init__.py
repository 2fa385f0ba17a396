"""Places: every place name of a report, with the code it has today and had in the year of the report."""

from jfextract.places.deictic import with_home
from jfextract.places.finder import find, parse
from jfextract.places.gazetteer import Unit, at, chain, code_of, current, lookup, parent
from jfextract.places.home import Home, infer_home
from jfextract.places.proposals import tagger
from jfextract.places.years import code_then

__all__ = [
    "Home",
    "Unit",
    "at",
    "chain",
    "code_of",
    "code_then",
    "current",
    "find",
    "infer_home",
    "lookup",
    "parent",
    "parse",
    "tagger",
    "with_home",
]
