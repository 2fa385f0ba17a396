"""Townships and streets: loaded only when a text has something that looks like one."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from jfextract.lexicon import room_table

__all__ = ["LONGEST", "township_codes"]

LONGEST = 14


@lru_cache(maxsize=1)
def _index() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in room_table("places", "townships.tsv", ("code", "units"), key="code"):
        county = row["code"]
        for cell in row["units"].split():
            found[cell[:-3]].append(county + cell[-3:])
    return dict(found)


def township_codes(name: str, area: str = "") -> list[str]:
    """Nine-digit codes of the townships of that name under an area given by the first digits of its code.

    >>> township_codes("凤州镇", "6103"), len(township_codes("城关镇")) > 50
    (['610330101'], True)
    """
    return [code for code in _index().get(name, ()) if code.startswith(area)]
