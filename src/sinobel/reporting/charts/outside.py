"""How the world outside would have been foretold on its own record: fans of oil, and whether ranges held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.style import COLORS, QUIET, RECORD

SHOWN = (1993, 1998, 2003, 2008, 2011, 2014)
"""Decembers whose fans are drawn, apart enough to be told from each other."""
SHADES = ((50, COLORS[0]), (80, COLORS[4]), (90, COLORS[2]))
"""Central ranges in percent, and their colors."""
TICKS = (10, 20, 40, 80, 160, 320)  # USD a barrel

FOOT = (
    "Forecasts from every December of each record, one to five years ahead, with the priors of today and nothing "
    "fitted to trade. Sources: model/record"
)


def _foot(vintage: str) -> str:
    return f"{FOOT}, with a record added by the user ({vintage})." if vintage else f"{FOOT}."


def coverage_chart(scores: Sequence[Mapping[str, Any]], labels: Mapping[str, str], vintage: str = "") -> Chart:
    """Coverage of all processes beside that of a right one.

    Parameters
    ----------
    scores : Sequence[Mapping[str, Any]]
        What the study of the outside found.
    labels : Mapping[str, str]
        Series -> its label.
    vintage : str
        Whose record it is, where a user added rows to it.
    """
    held = sum(all(_held(row, level) for level, _ in SHADES) for row in scores)
    return Chart(
        "outside-coverage",
        f"The ranges of {held} of {len(scores)} processes outside hold as often as those of a right one would",
        reading="Points: share of what followed inside the central ranges. Bars: 5 to 95 % of what worlds that follow "
        "the process exactly would show in as many forecasts.",
        foot=_foot(vintage),
        rows=scores,
        paint=partial(_paint_coverage, scores, labels),
        legend_rows=1,
    )


def fan_chart(forecasts: Sequence[Mapping[str, Any]], vintage: str = "") -> Chart:
    """Fans of oil from some Decembers with what followed.

    Parameters
    ----------
    forecasts : Sequence[Mapping[str, Any]]
        What the study of the outside found.
    vintage : str
        Whose record it is, where a user added rows to it.
    """
    oil = [row for row in forecasts if row["series"] == "oil_price"]
    shown = [row for row in oil if row["origin"] in SHOWN]
    inside = sum(row["low_80"] <= row["recorded"] <= row["high_80"] for row in oil)
    return Chart(
        "outside-oil",
        f"Oil came inside the 80 % range in {100 * inside / len(oil):.0f} % of {len(oil)} forecasts",
        reading="Median, 50 and 80 % ranges of the yearly price from six of the Decembers; black is the record.",
        foot=_foot(vintage),
        rows=shown,
        paint=partial(_paint_oil, oil),
        legend_rows=1,
    )


def _held(row: Mapping[str, Any], level: int) -> bool:
    return bool(row[f"right_{level}_low"] <= row[f"inside_{level}"] <= row[f"right_{level}_high"])


def _paint_coverage(scores: Sequence[Mapping[str, Any]], labels: Mapping[str, str], sheet: Sheet) -> None:
    axis = sheet.axes
    places = np.arange(len(scores))[::-1]
    for offset, (level, color) in zip((0.24, 0.0, -0.24), SHADES, strict=True):
        for place, row in zip(places + offset, scores, strict=True):
            low, high = 100 * row[f"right_{level}_low"], 100 * row[f"right_{level}_high"]
            axis.plot([low, high], [place, place], color=color, linewidth=9, alpha=0.3, solid_capstyle="butt")
            axis.plot(100 * row[f"inside_{level}"], place, "o", color=color, markersize=9)
    axis.set_xlim(0, 102)
    axis.set_xlabel("% of what followed inside the range")
    axis.set_yticks(places, [wrapped(labels[row["series"]], 18 if sheet.narrow else 26) for row in scores])
    axis.grid(visible=True, axis="x")
    sheet.legend([Patch(color=color, label=f"{level} % range") for level, color in SHADES], 3)


def _paint_oil(oil: Sequence[Mapping[str, Any]], sheet: Sheet) -> None:
    _paint_fans(sheet.axes, oil)
    sheet.legend(
        [
            Line2D([], [], color=RECORD, linewidth=2.4, label="record"),
            Line2D([], [], color=QUIET, linewidth=1.6, label="median"),
            Patch(color=COLORS[0], alpha=0.44, label="50 % range"),
            Patch(color=COLORS[0], alpha=0.16, label="80 % range"),
        ],
        4,
    )


def _paint_fans(axis: Any, oil: Sequence[Mapping[str, Any]]) -> None:
    recorded = {int(row["year"]): float(row["recorded"]) for row in oil}
    for origin in SHOWN:
        own = sorted((row for row in oil if row["origin"] == origin), key=lambda row: row["year"])
        years = [row["year"] for row in own]
        for level, strength in ((80, 0.16), (50, 0.28)):
            ends = [[row[f"{end}_{level}"] for row in own] for end in ("low", "high")]
            axis.fill_between(years, *ends, color=COLORS[0], alpha=strength, linewidth=0)
        axis.plot(years, [row["median"] for row in own], color=QUIET, linewidth=1.6)
    axis.plot(sorted(recorded), [recorded[year] for year in sorted(recorded)], color=RECORD, linewidth=2.4)
    axis.set_yscale("log")
    axis.yaxis.set_major_locator(FixedLocator(TICKS))
    axis.yaxis.set_minor_locator(NullLocator())
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_ylabel("USD a barrel, Brent, mean of the year")
    axis.grid(visible=True, axis="y")
