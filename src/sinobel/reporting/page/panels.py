"""Charts drawn for the page alone: a small panel per indicator, with every scenario in it to show and hide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from sinobel.analysis import differences, summary
from sinobel.reporting.charts.readouts import Reading, mark, read_by
from sinobel.reporting.charts.style import INK, QUIET, RECORD, Look, keep_drawn, thousands
from sinobel.reporting.fonts import Chart
from sinobel.reporting.words.wording import scaled

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

Styles = Mapping[str, Look]
PANEL = (4.9, 3.3)
FAN_ALPHA = {90: 0.14, 80: 0.18, 50: 0.28}
YEARS_BEFORE = 10
TELLS = ("p05", "p10", "p25", "p50", "p75", "p90", "p95")


def projection(
    variable: xr.DataArray,
    reference: str,
    styles: Styles,
    titles: Mapping[str, str],
    recorded: Mapping[int, float],
    origin: int,
) -> Figure:
    """The record to the origin, medians of all scenarios after it, and the fan of each; one fan shows at first.

    Parameters
    ----------
    variable : xr.DataArray
        Dims (scenario, draw, year); origin is the last recorded year.
    """
    fig, axis = _panel(variable.attrs["units"])
    first = origin - YEARS_BEFORE
    before = {year: value for year, value in recorded.items() if first <= year <= origin}
    after = {year: value for year, value in recorded.items() if year > origin}
    start = (origin, before[origin]) if origin in before else None
    rows: list[dict[str, Any]] = [
        {"scenario": "record", "year": year, **dict.fromkeys(TELLS, ""), "p50": value}
        for year, value in recorded.items()
        if year >= first
    ]
    years, unit = variable["year"].values, variable.attrs["units"]
    every = {scenario: summary.by_year(variable, scenario)[1] for scenario in styles}
    size = _size(every)
    for scenario in reversed(list(styles)):  # the first scenario lies on top
        look, found = styles[scenario], every[scenario]
        x, bands = _started(years, found, start)
        for level, (low, high) in summary.INTERVALS.items():
            band = axis.fill_between(x, bands[low], bands[high], color=look.color, alpha=FAN_ALPHA[level], linewidth=0)
            mark(band, scenario, "fan" if scenario == reference else "fan off")
        line = axis.plot(x, bands["p50"], linewidth=2.3 if scenario == reference else 1.8, zorder=3, **look.line)[0]
        end = axis.plot(x[-1], bands["p50"][-1], markersize=6.5, zorder=4, **look.dot)[0]
        mark(line, scenario, "line")
        mark(end, scenario, "line")
        rows += [
            {"scenario": scenario, "year": int(year), **{name: float(found[name][place]) for name in TELLS}}
            for place, year in enumerate(years)
        ]
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
    series = [
        {"scenario": name, "label": titles[name], "texts": _texts(bands, unit, size)} for name, bands in every.items()
    ]
    read_by(fig, _reading(axis, before, years, series, unit, size))
    return keep_drawn(fig, rows)


def change(variable: xr.DataArray, reference: str, styles: Styles, titles: Mapping[str, str]) -> Figure:
    """Paired differences of every option against a reference: median and 80 % of futures, year by year.

    Parameters
    ----------
    variable : xr.DataArray
        Dims (scenario, draw, year)
    """
    years, unit = variable["year"].values, variable.attrs["units"]
    fig, axis = _panel(f"change, {unit}")
    difference = differences.paired(variable, reference)
    rows: list[dict[str, Any]] = []
    options = [name for name in styles if name != reference]
    bands = {scenario: summary.by_year(difference, scenario)[1] for scenario in options}
    size = _size(bands)
    for place, scenario in enumerate(options):
        look, found = styles[scenario], bands[scenario]
        band = axis.fill_between(years, found["p10"], found["p90"], color=look.color, alpha=0.12, linewidth=0)
        mark(band, scenario, "band")
        every = (place % 3, 4)
        line = axis.plot(years, found["p50"], linewidth=2, markersize=5.5, markevery=every, zorder=3, **look.both)[0]
        x = years[-1] + 0.7 + 0.45 * place
        bar = axis.plot([x, x], [found["p10"][-1], found["p90"][-1]], color=look.color, linewidth=3)[0]
        dot = axis.plot(x, found["p50"][-1], markersize=5.5, **look.dot)[0]
        for artist in (line, bar, dot):
            mark(artist, scenario, "line")
        rows += [
            {
                "scenario": scenario,
                "year": int(year),
                **{name: float(found[name][each]) for name in ("p10", "p50", "p90")},
            }
            for each, year in enumerate(years)
        ]
    axis.axhline(0, color=INK, linewidth=1)
    axis.set_xlim(years[0] - 0.4, years[-1] + 1 + 0.45 * len(options))
    axis.set_xticks([year for year in years if year % 4 == 0])
    series = [
        {"scenario": name, "label": titles[name], "texts": _texts(found, unit, size, sign=True)}
        for name, found in bands.items()
    ]
    shown, word = [int(year) for year in years], scaled((), unit, size)[1]
    read_by(fig, Reading(axis, shown, [str(year) for year in shown], shown, series, word))
    return keep_drawn(fig, rows)


def _panel(unit: str) -> tuple[Figure, Any]:
    """A panel with fixed margins: laying out is the slowest part of drawing."""
    fig, axis = plt.subplots(FigureClass=Chart, figsize=PANEL)
    width, height = PANEL
    fig.subplots_adjust(left=0.62 / width, right=1 - 0.06 / width, top=1 - 0.26 / height, bottom=0.3 / height)
    fig.text(0.01 / width, 1 - 0.02 / height, unit, fontsize=11, color=QUIET, va="top")
    axis.tick_params(labelsize=11.5, length=3)
    thousands(axis.yaxis)
    axis.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    return fig, axis


def _started(years: np.ndarray, found: Mapping[str, np.ndarray], start: tuple[int, float] | None) -> tuple[Any, Any]:
    """Years and bands with the last recorded point before them."""
    if start is None:
        return years, found
    return np.r_[start[0], years], {name: np.r_[start[1], values] for name, values in found.items()}


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
    axis: Any, before: Mapping[int, float], years: np.ndarray, series: Sequence[dict[str, Any]], unit: str, size: float
) -> Reading:
    """A reading over recorded and simulated years: the record has a row of its own."""
    past, every = list(before), [*before, *map(int, years)]
    recorded, word = scaled(before.values(), unit, size)
    record = {"scenario": "", "label": "record", "texts": recorded + [""] * len(years)}
    full = [{**row, "texts": [""] * len(past) + row["texts"]} for row in series]
    return Reading(axis, every, [str(year) for year in every], every, [record, *full] if before else full, word)
