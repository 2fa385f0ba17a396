"""Units, classifiers, currencies and percent: numbers become quantities."""

from jfextract.units.find import find, parse
from jfextract.units.model import Quantity

__all__ = ["Quantity", "find", "parse"]
