"""Figures over years as small charts in SVG, text kept as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise
from math import floor, log10

from jfextract.model import Document
from jfextract.output.markup import escape
from jfextract.output.series import Aspect, SeriesRow, series_rows
from jfextract.output.wording import number_words, unit_words

__all__ = ["CHART_LIMIT", "Series", "chart_html", "year_series"]

CHART_LIMIT = 12
"""Charts on a page at most; the series with the most years come first."""

_WIDTH, _HEIGHT = 330, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 10, 26, 26
_INSET = 28  # between the axis and the first year, so that labels stay clear of the ticks
_LABELLED = 6
"""Points that all carry their figure; of more, only the first, last, least and greatest do."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one item by year, oldest first, at least two; ``marks`` names the measure behind each."""

    item: str
    unit: str | None
    per: str | None
    place: str | None
    aspect: Aspect
    season: str
    points: tuple[tuple[int, Decimal], ...]


def year_series(docs: Iterable[Document]) -> list[Series]:
    """The items with figures for two years or more, longest first, levels before shares before changes.

    Where a later report states a year's figure anew, the later one counts; where one report has different
    figures for the same item and year, they mean different things and that year is left out. Targets are
    not facts of their year, so they are no points.
    """
    rows = [row for row in series_rows(docs) if row.aspect != "target"]
    found = [
        Series(*key, points)
        for key, group in groupby(rows, key=_series_key)
        if len(points := _points(list(group))) > 1
    ]
    rank = {"level": 0, "share": 1, "change": 2}
    return sorted(found, key=lambda series: (rank[series.aspect], -len(series.points)))


def _series_key(row: SeriesRow) -> tuple[str, str | None, str | None, str | None, Aspect, str]:
    return row.item, row.unit, row.per, row.place, row.aspect, row.season


def _points(rows: list[SeriesRow]) -> tuple[tuple[int, Decimal], ...]:
    points = []
    for year, same_year in groupby(rows, key=lambda row: row.year):
        stated = list(same_year)
        last = stated[-1]
        values = {row.value for row in stated if row.document_id == last.document_id}
        if len(values) == 1:
            points.append((year, last.value))
    return tuple(points)


def chart_html(docs: Iterable[Document]) -> str:
    """The charts of all series as one figure, a sentence when there are none."""
    series = year_series(docs)
    if not series:
        return '<p class="note">No item has figures for two years or more in these reports.</p>'
    rest = len(series) - CHART_LIMIT
    more = f" The {CHART_LIMIT} longest of {len(series)} series." if rest > 0 else ""
    charts = "".join(map(_chart, series[:CHART_LIMIT]))
    caption = f"Items with figures for two years or more. Vertical axes begin at zero; a decrease stands below it.{more}"
    return (
        f'<figure class="charts"><div class="grid">{charts}</div><figcaption>{caption}</figcaption></figure>'
    )


def _chart(series: Series) -> str:
    values = [value for _, value in series.points]
    ticks = axis_ticks(min(0, *map(float, values)), max(0, *map(float, values)))
    first, last = series.points[0][0], series.points[-1][0]

    # Below a negative bar stands its figure, which must not touch the years.
    floor_y = _HEIGHT - _BOTTOM - (14 if ticks[0] < 0 else 0)

    def across(year: int) -> float:
        return round(
            _LEFT + _INSET + (_WIDTH - _LEFT - _RIGHT - 2 * _INSET) * (year - first) / (last - first), 1
        )

    def down(value: float) -> float:
        share = (value - ticks[0]) / (ticks[-1] - ticks[0])
        return round(floor_y - (floor_y - _TOP) * share, 1)

    title, detail = _names(series)
    told = ", ".join(
        f"{year}: {unit_words(number_words(value), series.unit)}" for year, value in series.points
    )
    parts = [_axis(tick, down(tick)) for tick in ticks]
    parts += [
        f'<text class="year" x="{across(year)}" y="{_HEIGHT - 6}" text-anchor="middle">{year}</text>'
        for year in _year_ticks(series)
    ]
    spots = [(across(year), down(float(value)), value) for year, value in series.points]
    parts.append(_bars(spots, down(0)) if series.aspect == "change" else _line(spots))
    parts += _labels(spots, series)
    return (
        f'<div class="chart" lang="zh-Hans"><h3>{title}</h3><p>{detail}</p>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}. {escape(told)}">{"".join(parts)}</svg></div>'
    )


def _names(series: Series) -> tuple[str, str]:
    """The heading of a chart and the line under it, escaped."""
    what = {"level": "", "share": "share", "change": "change", "target": "target"}
    per = f"per {series.per}" if series.per else ""
    season = f"in {series.season.replace('../', 'until ').replace('-', '', 1)}" if series.season else ""
    parts = [what[series.aspect], series.unit or "", per, season, series.place or ""]
    return escape(series.item), escape(" · ".join(part for part in parts if part))


def _axis(tick: float, y: float) -> str:
    kind = "zero" if tick == 0 else "rule"
    return (
        f'<line class="{kind}" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>'
        f'<text class="tick" x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{short_number(tick)}</text>'
    )


def _line(spots: list[tuple[float, float, Decimal]]) -> str:
    path = " ".join(f"{x},{y}" for x, y, _ in spots)
    dots = "".join(f'<circle class="dot" cx="{x}" cy="{y}" r="3.5"/>' for x, y, _ in spots)
    return f'<polyline class="line" points="{path}"/>{dots}'


def _bars(spots: list[tuple[float, float, Decimal]], zero: float) -> str:
    gaps = [right[0] - left[0] for left, right in pairwise(spots)]
    width = round(min(28, min(gaps) * 0.6), 1)
    return "".join(
        f'<rect class="bar" x="{round(x - width / 2, 1)}" y="{min(y, zero)}" width="{width}" '
        f'height="{round(max(abs(y - zero), 0.5), 1)}"/>'
        for x, y, _ in spots
    )


def _labels(spots: list[tuple[float, float, Decimal]], series: Series) -> list[str]:
    ranked = sorted(range(len(spots)), key=lambda index: spots[index][2])
    chosen = set(range(len(spots))) if len(spots) <= _LABELLED else {0, len(spots) - 1, ranked[0], ranked[-1]}
    sign = "%" if series.unit == "%" else ""
    labels = []
    for index in sorted(chosen):
        x, y, value = spots[index]
        below = value < 0
        text = f"{short_number(float(value))}{sign}"
        labels.append(
            f'<text class="value" x="{x}" y="{round(y + (15 if below else -8), 1)}" text-anchor="middle">{text}</text>'
        )
    return labels


def _year_ticks(series: Series) -> list[int]:
    """The years to write under the axis: all that have a point, or some when they would touch."""
    years = [year for year, _ in series.points]
    room = (_WIDTH - _LEFT - _RIGHT) // 38
    if years[-1] - years[0] < room:
        return years
    step = -(-(years[-1] - years[0]) // (room - 1))
    return list(range(years[-1], years[0] - 1, -step))


def axis_ticks(least: float, most: float) -> list[float]:
    """Three to six round numbers that span ``least`` to ``most``, zero among them.

    >>> axis_ticks(0, 3759), axis_ticks(-33.2, 0)
    ([0.0, 1000.0, 2000.0, 3000.0, 4000.0], [-40.0, -30.0, -20.0, -10.0, 0.0])
    """
    spread = (most - least) or 1.0
    rough = spread / 4
    scale = 10.0 ** floor(log10(rough))
    step = next(factor * scale for factor in (1, 2, 2.5, 5, 10) if factor * scale >= rough * 0.999)
    low, high = floor(least / step + 1e-9), -floor(-most / step + 1e-9)
    return [round(index * step, 10) for index in range(low, max(high, low + 1) + 1)]


def short_number(number: float) -> str:
    """A number for a label: 万 and 亿 from six digits on, three significant figures then.

    >>> [short_number(number) for number in (3759, -33.2, 101943000000, 0.5, 250000)]
    ['3,759', '−33.2', '1,019亿', '0.5', '25万']
    """
    size = abs(number)
    for scale, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if size >= scale * (10 if word == "万" else 1):
            return f"{_plain(number / scale, 3)}{word}"
    return _plain(number, 2)


def _plain(number: float, places: int) -> str:
    digits = places if abs(number) < 10 else 2 if abs(number) < 1000 else 0
    rounded = Decimal(repr(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")
