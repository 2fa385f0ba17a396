"""Reports of one event: a match, a race, a day of trading. What they count holds for that day and that site."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.link.scene import Scene

__all__ = ["HEAD", "day_of", "is_event"]

HEAD = 200
_WORDS = 2
_DAYS = 7
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@lru_cache(maxsize=1)
def _event_pattern() -> re.Pattern[str]:
    return re.compile(
        "|".join(row["word"] for row in room_table("link", "event_words.tsv", ["word"], key="word"))
    )


def is_event(scene: Scene) -> bool:
    """Whether title and head of the text speak of a match or of trading, with two different words at least."""
    return len(set(_event_pattern().findall((scene.title or "") + scene.text[:HEAD]))) >= _WORDS


def day_of(scene: Scene) -> str | None:
    """The first day of the last week named near the head of an event report, else the report's own; ISO 8601.

    None in other reports, and without a date of the report.
    """
    if scene.reference is None or not is_event(scene):
        return None
    for time in scene.times:
        if time.start > HEAD:
            break
        day = _DAY.fullmatch(time.edtf or "")
        if day is not None and 0 <= (scene.reference - datetime.date.fromisoformat(day[0])).days <= _DAYS:
            return day[0]
    return scene.reference.isoformat()
