"""Names of the people who wrote a report, as they stand in bylines."""

from __future__ import annotations

import re
from functools import lru_cache

from jfextract.lexicon import room_table
from jfextract.lexicon.lazy import lazy_pattern

__all__ = ["split_names"]

_RUN = lazy_pattern(r"[一-鿿·•]+")
_NOBODY = frozenset(
    [
        "佚名",
        "管理员",
        "小编",
        "编辑部",
        "本站",
        "本网",
        "本报",
        "网络",
        "未知",
        "不详",
        "匿名",
        "转载",
        "综合",
        "记者",
        "通讯员",
        "作者",
    ]
)


@lru_cache(maxsize=1)
def _surnames() -> tuple[dict[str, int], frozenset[str]]:
    tiers: dict[str, int] = {}
    doubles: frozenset[str] = frozenset()
    for row in room_table("text", "surnames.tsv", ("tier", "names"), key="tier"):
        if row["tier"] == "double":
            doubles = frozenset(row["names"].split())
        else:
            for name in row["names"]:
                tiers.setdefault(name, int(row["tier"]))
    return tiers, doubles


def _cost(name: str) -> int | None:
    """Return how odd a name would be, None when it is none."""
    tiers, doubles = _surnames()
    if "·" in name or "•" in name:
        return 0 if 3 <= len(name) <= 15 else None
    if name[:2] in doubles:
        return {2: 6, 3: 1, 4: 0}.get(len(name))
    tier = tiers.get(name[:1])
    if tier is None or len(name) not in (2, 3):
        return None
    return 2 * tier + (1 if len(name) == 2 else 0)


def _split_run(run: str) -> tuple[str, ...] | None:
    """Cut names that stand without a separator where the surnames are: 胡红玲魏嘉."""
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ()), *[None] * len(run)]
    for end in range(2, len(run) + 1):
        for size in (2, 3, 4):
            before = best[end - size] if end >= size else None
            cost = _cost(run[end - size : end]) if before is not None else None
            if before is None or cost is None:
                continue
            total = (before[0] + cost, (*before[1], run[end - size : end]))
            current = best[end]
            if current is None or total[0] < current[0]:
                best[end] = total
    last = best[len(run)]
    return last[1] if last is not None else None


@lru_cache(maxsize=4096)  # the same reporters and programmes open thousands of dispatches
def split_names(text: str, *, strict: bool = True) -> tuple[str, ...]:
    """Return the names in a stretch that should hold nothing else; empty when it holds something else.

    ``strict`` asks that every name begin with a known surname; after a label (作者:) it may be False,
    and a single run of two to four characters, or a foreign name with ·, is then a name as it stands.

    >>> split_names("胡红玲魏嘉"), split_names("魏 嘉 胡红玲"), split_names("我市推进"), split_names("admin")
    (('胡红玲', '魏嘉'), ('魏嘉', '胡红玲'), (), ())
    """
    if len(text) > 60:
        return ()
    runs = _RUN.findall(text)
    if not runs or re.sub(r"[\s、,，;；/&和]", "", text) != "".join(runs).replace("和", ""):
        return ()
    names: list[str] = []
    pending = ""
    for piece in runs:
        run = pending + piece
        pending = ""
        if len(run) == 1:  # 魏 嘉: a name of two characters set to the width of three
            pending = run
            continue
        if run in _NOBODY:
            continue
        if (len(run) <= 3 or "·" in run) and _cost(run) is not None:
            names.append(run)
            continue
        found = _split_run(run) if "·" not in run else None
        if found:
            names += found
        elif not strict and 2 <= len(run) <= 4:
            names.append(run)
        else:
            return ()
    return () if pending else tuple(names)
