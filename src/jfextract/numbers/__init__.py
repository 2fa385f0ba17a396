"""Number words and figures: exact values, bounds and approximation."""

from jfextract.numbers.find import find, find_ordinals, parse
from jfextract.numbers.model import Number, Reading

__all__ = ["Number", "Reading", "find", "find_ordinals", "parse"]
