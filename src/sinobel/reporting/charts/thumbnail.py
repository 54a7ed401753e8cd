"""A small picture of one effect: what an option changes of one indicator, with eight futures in ten around it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
from matplotlib.ticker import MaxNLocator

from sinobel.reporting.charts.chart import Chart, Medium, Sheet, subplots
from sinobel.reporting.charts.style import COLORS, INK, QUIET, thousands

SIZE = (4.6, 2.5)
LEFT, RIGHT, TOP, BOTTOM = 0.72, 0.12, 0.30, 0.30
"""Margins in inches."""
FOURTH = 4  # year that the axis names


def thumbnail(name: str, unit: str, years: np.ndarray, bands: Mapping[str, np.ndarray]) -> Chart:
    """A chart of paired differences without title or legend, for a page that has words beside it.

    Parameters
    ----------
    name : str
        Of the indicator, for people.
    unit : str
        Of the differences.
    years : np.ndarray
        Shape (years,).
    bands : Mapping[str, np.ndarray]
        "p10", "p50" and "p90" of the differences, shape (years,).
    """
    rows = [
        {"year": int(year), **{band: float(values[place]) for band, values in bands.items()}}
        for place, year in enumerate(years)
    ]
    return Chart(
        "thumbnail",
        name,
        reading=f"Change, {unit}: median and 80 % of futures",
        foot="",
        rows=rows,
        paint=partial(_paint, years, bands),
        size=SIZE,
        layout={"unit": f"change, {unit}"},
        open_sheet=_sheet,
    )


def _sheet(chart: Chart, medium: Medium) -> Sheet:
    figure, axis = subplots(chart.size)
    width, height = chart.size
    figure.subplots_adjust(left=LEFT / width, right=1 - RIGHT / width, top=1 - TOP / height, bottom=BOTTOM / height)
    figure.text(0.02 / width, 1 - 0.02 / height, chart.layout["unit"], fontsize=11, color=QUIET, va="top")
    axis.tick_params(labelsize=11, length=3)
    thousands(axis.yaxis)
    axis.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=[1, 2, 2.5, 5, 10]))
    return Sheet(figure, axis, medium)


def _paint(years: np.ndarray, bands: Mapping[str, np.ndarray], sheet: Sheet) -> None:
    axis, color = sheet.axes, COLORS[0]
    axis.fill_between(years, bands["p10"], bands["p90"], color=color, alpha=0.2, linewidth=0)
    axis.plot(years, bands["p50"], color=color, linewidth=2.2)
    axis.axhline(0, color=INK, linewidth=1)
    axis.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    axis.set_xticks([year for year in years if year % FOURTH == 0])
