"""Charts for the page: a small panel per indicator, with every scenario in it to show and hide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.ticker import MaxNLocator

from sinobel.analysis.summary import INTERVALS
from sinobel.inputs import pairs
from sinobel.reporting.charts.chart import Chart, Medium, Readout, Sheet, mark, subplots
from sinobel.reporting.charts.shared import CHANGED_BY_MORE
from sinobel.reporting.charts.style import INK, QUIET, RECORD, Look, thousands
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words.wording import change_in_amount, scale_of, scale_of_change, scaled, unit_of_change

Styles = Mapping[str, Look]
PANEL = (4.9, 3.3)
LEFT, RIGHT, EDGE = 0.62, 0.06, 0.02
"""Least margins of a panel beside its axes, and around their numbers, in inches."""
FAN_ALPHA = {90: 0.14, 80: 0.18, 50: 0.28}
YEARS_BEFORE = 10
TELLS = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")


def projection(data: ResultData, indicator: str) -> Chart:
    """The record to the origin, medians of all scenarios after it, and the fan of each; one fan shows at first."""
    summary, styles, titles, origin = data.summary, data.styles, data.titles, data.origin
    recorded = data.drawn.get(indicator, {})
    variable = summary[indicator]
    years, unit = variable["year"].values, variable.attrs["units"]
    first = origin - YEARS_BEFORE
    rows: list[dict[str, Any]] = [
        {"scenario": "record", "year": year, **dict.fromkeys(TELLS, ""), "p50": value}
        for year, value in recorded.items()
        if year >= first
    ]
    every = {scenario: summary.bands(indicator, scenario) for scenario in styles}
    for scenario in reversed(list(styles)):
        rows += _rows(scenario, years, every[scenario], TELLS)
    size, (factor, word) = _size(every), scale_of(unit, _size(every))
    series = [
        {"scenario": name, "label": titles[name], "texts": _texts(bands, unit, size)} for name, bands in every.items()
    ]
    before = {year: value for year, value in recorded.items() if first <= year <= origin}
    return Chart(
        f"fan-{pairs.dashed(indicator)}",
        _level(data, indicator, size),
        reading=f"{word}. {_level_reading(data)}",
        foot="",
        rows=rows,
        paint=partial(
            _paint_projection,
            years=years,
            every=every,
            looks=(data.reference, data.detailed, styles),
            recorded=recorded,
            origin=origin,
        ),
        size=PANEL,
        layout={"unit": word, "factor": factor},
        readout=_reading(before, years, series, unit, size),
        open_sheet=_panel,
    )


def _paint_projection(
    sheet: Sheet,
    *,
    years: np.ndarray,
    every: Mapping[str, Mapping[str, np.ndarray]],
    looks: tuple[str, str, Styles],
    recorded: Mapping[int, float],
    origin: int,
) -> None:
    axis, (reference, detailed, styles), first = sheet.axes, looks, origin - YEARS_BEFORE
    before = {year: value for year, value in recorded.items() if first <= year <= origin}
    after = {year: value for year, value in recorded.items() if year > origin}
    start = (origin, before[origin]) if origin in before else None
    for scenario in reversed(list(styles)):  # the first scenario lies on top
        look = styles[scenario]
        x, bands = _started(years, every[scenario], start)
        for level, (low, high) in INTERVALS.items():
            band = axis.fill_between(x, bands[low], bands[high], color=look.color, alpha=FAN_ALPHA[level], linewidth=0)
            mark(band, scenario, "fan" if scenario == detailed else "fan off")
        line = axis.plot(x, bands["p50"], linewidth=2.3 if scenario == reference else 1.8, zorder=3, **look.line)[0]
        end = axis.plot(x[-1], bands["p50"][-1], markersize=6.5, zorder=4, **look.dot)[0]
        mark(line, scenario, "line")
        mark(end, scenario, "line")
    if before:
        axis.plot(list(before), list(before.values()), color=RECORD, linewidth=2, marker="o", markersize=3.6, zorder=5)
    if after:
        axis.plot(
            list(after),
            list(after.values()),
            color=RECORD,
            linestyle="none",
            marker="o",
            markersize=5.5,
            markerfacecolor="white",
            markeredgewidth=1.5,
            zorder=6,
        )
    axis.axvline(origin + 0.5, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    axis.set_xlim((first if before else origin) - 0.4, years[-1] + 0.8)
    _zero(axis)
    _make_room(sheet)


def change(data: ResultData, indicator: str) -> Chart:
    """Paired differences of every option against the reference: median and 80 % of futures, year by year."""
    summary, styles, titles, reference = data.summary, data.styles, data.titles, data.reference
    variable = summary[indicator]
    years, unit = variable["year"].values, variable.attrs["units"]
    options = [name for name in styles if name != reference]
    bands = {scenario: summary.change(indicator, scenario, reference) for scenario in options}
    size, (factor, called) = _size(bands), scale_of_change(unit, _size(bands))
    points, told_as = unit_of_change(unit)
    changes = {name: {band: points * values for band, values in each.items()} for name, each in bands.items()}
    series = [
        {"scenario": name, "label": titles[name], "texts": _texts(each, told_as, points * size, sign=True)}
        for name, each in changes.items()
    ]
    shown, word = [int(year) for year in years], scaled((), told_as, points * size)[1]
    mostly = f", {CHANGED_BY_MORE[indicator]}" if indicator in CHANGED_BY_MORE else ""
    return Chart(
        f"change-{pairs.dashed(indicator)}",
        _most_moved(data, indicator, size),
        reading=f"Change, {called}{mostly}. Chart: median and 80 % of paired differences; bars at the right are the "
        "last year.",
        foot="",
        rows=[row for name, each in bands.items() for row in _rows(name, years, each, ("p10", "p50", "p90"))],
        paint=partial(_paint_change, years, bands, styles),
        size=PANEL,
        layout={"unit": f"change, {called}", "factor": factor},
        readout=Readout(0, shown, names=[str(year) for year in shown], years=shown, series=series, unit=word),
        open_sheet=_panel,
    )


def _paint_change(
    years: np.ndarray, bands: Mapping[str, Mapping[str, np.ndarray]], styles: Styles, sheet: Sheet
) -> None:
    axis = sheet.axes
    for index, (scenario, each) in enumerate(bands.items()):
        look = styles[scenario]
        band = axis.fill_between(years, each["p10"], each["p90"], color=look.color, alpha=0.12, linewidth=0)
        mark(band, scenario, "band")
        every = (index % 3, 4)
        line = axis.plot(years, each["p50"], linewidth=2, markersize=5.5, markevery=every, zorder=3, **look.both)[0]
        x = years[-1] + 0.7 + 0.45 * index
        bar = axis.plot([x, x], [each["p10"][-1], each["p90"][-1]], color=look.color, linewidth=3)[0]
        dot = axis.plot(x, each["p50"][-1], markersize=5.5, **look.dot)[0]
        for artist in (line, bar, dot):
            mark(artist, scenario, "line")
    axis.axhline(0, color=INK, linewidth=1)
    axis.set_xlim(years[0] - 0.4, years[-1] + 1 + 0.45 * len(bands))
    axis.set_xticks([year for year in years if year % 4 == 0])
    _make_room(sheet)


def _level(data: ResultData, name: str, size: float) -> str:
    """What a fan shows, from its numbers: median and 80 % of the reference in the year that is told."""
    variable, year = data.summary[name], data.year
    bands, index = data.summary.bands(name, data.reference), data.years.index(year)
    low, middle, high = (float(bands[band][index]) for band in ("p10", "p50", "p90"))
    unit = variable.attrs["units"]
    (below, between, above), word = scaled((low, middle, high), unit, size)
    return f"{between} {word} in {year} (80 %: {below} to {above})".replace("  ", " ")


def _level_reading(data: ResultData) -> str:
    before = f"record to {data.origin}, then " if data.recorded else ""
    if data.options:
        return f"Chart: {before}medians of the scenarios, and ranges of the one in detail."
    return f"Chart: {before}median and ranges of “{data.titles[data.reference]}”."


def _most_moved(data: ResultData, name: str, size: float) -> str:
    """The option that moves an indicator most, and by how much, where that is enough to tell."""
    asked = name in data.focus.of  # and has its number, large or small
    every = [fact for (fact,) in data.moved(name, data.year).values() if fact.sure and fact.middle]
    facts = [fact for fact in every if asked or fact.material]
    if not facts:
        return f"no change worth telling in {data.year}"
    most = max(facts, key=lambda fact: abs(fact.middle))
    moved = change_in_amount(most.middle, data.summary[name].attrs["units"], sign=True, beside=size)
    return f"Most from “{data.titles[most.option]}”: {moved} in {data.year}"


def _rows(
    scenario: str, years: np.ndarray, bands: Mapping[str, np.ndarray], names: Sequence[str]
) -> list[dict[str, Any]]:
    return [
        {"scenario": scenario, "year": int(year), **{name: float(bands[name][index]) for name in names}}
        for index, year in enumerate(years)
    ]


def _panel(chart: Chart, medium: Medium) -> Sheet:
    """A panel with its least margins; what its numbers need more is found once they are known."""
    fig, axis = subplots(chart.size)
    width, height = chart.size
    fig.subplots_adjust(left=LEFT / width, right=1 - RIGHT / width, top=1 - 0.26 / height, bottom=0.3 / height)
    fig.text(0.01 / width, 1 - 0.02 / height, chart.layout["unit"], fontsize=11.5, color=QUIET, va="top")
    axis.tick_params(labelsize=11.5, length=3)
    thousands(axis.yaxis, chart.layout["factor"])
    axis.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    return Sheet(fig, axis, medium)


def _make_room(sheet: Sheet) -> None:
    """Widen the margins where numbers of the axes would stick out: print cuts off what lies outside a drawing.

    Laying out is the slowest part of drawing, so only the two axes are measured, once.
    """
    figure, axis = sheet.figure, sheet.axes
    canvas: Any = figure.canvas
    renderer, box, edge = canvas.get_renderer(), figure.bbox, EDGE * figure.dpi
    numbers = [shown for each in (axis.xaxis, axis.yaxis) if (shown := each.get_tightbbox(renderer))]
    left = max([0.0, *(box.x0 + edge - each.x0 for each in numbers)]) / box.width
    right = max([0.0, *(each.x1 + edge - box.x1 for each in numbers)]) / box.width
    margins = figure.subplotpars
    figure.subplots_adjust(left=margins.left + left, right=margins.right - right)


def _started(years: np.ndarray, bands: Mapping[str, np.ndarray], start: tuple[int, float] | None) -> tuple[Any, Any]:
    """Years and bands with the last recorded point before them."""
    if start is None:
        return years, bands
    return np.r_[start[0], years], {name: np.r_[start[1], values] for name, values in bands.items()}


def _zero(axis: Any) -> None:
    low, high = axis.get_ylim()
    if low < 0 < high:
        axis.axhline(0, color=INK, linewidth=0.9)


def _texts(bands: Mapping[str, np.ndarray], unit: str, size: float, *, sign: bool = False) -> list[str]:
    """Median and 80 % of every year as text, without the unit."""
    low, middle, high = (scaled(bands[name], unit, size, sign=sign)[0] for name in ("p10", "p50", "p90"))
    return [f"{m} ({a} to {b})" for a, m, b in zip(low, middle, high, strict=True)]


def _size(every: Mapping[str, Mapping[str, np.ndarray]]) -> float:
    """The largest number that a panel tells, which sets the scale of all."""
    return max(float(np.nanmax(np.abs(bands[name]))) for bands in every.values() for name in ("p10", "p50", "p90"))


def _reading(
    before: Mapping[int, float], years: np.ndarray, series: Sequence[dict[str, Any]], unit: str, size: float
) -> Readout:
    """A readout over recorded and simulated years: the record has a row of its own."""
    past, every = list(before), [*before, *map(int, years)]
    recorded, word = scaled(before.values(), unit, size)
    record = {"scenario": "", "label": "record", "texts": recorded + [""] * len(years)}
    full = [{**row, "texts": [""] * len(past) + row["texts"]} for row in series]
    return Readout(
        0,
        every,
        names=[str(year) for year in every],
        years=every,
        series=[record, *full] if before else full,
        unit=word,
    )
