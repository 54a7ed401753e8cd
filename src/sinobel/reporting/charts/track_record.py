"""How good past forecasts were: charts of the backtest and the track record at the foot of projections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.inputs.indicators import all_indicators
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.style import (
    COLORS,
    QUIET,
    RECORD,
    SQUARE,
    WIDE,
    figure,
    is_narrow,
    keep_drawn,
    legend_above,
    thousands,
)

FOOT = (
    "Forecasts from each December 2009 to 2015, one to five years ahead, with parameters refitted to what was known "
    "then, from priors 1.5 times as wide as today's. Naive forecasts: random walks with and without drift, AR(1), in "
    "levels and logs; the best of them for each series. Sources: model/record."
)


def skill_chart(found: Sequence[Mapping[str, Any]]) -> Figure:
    """Skill of each series against the best naive forecast with its interval, and coverage of the ranges.

    Parameters
    ----------
    found : Sequence[Mapping[str, Any]]
        Rows of `backtest.verdicts`.
    """
    known = all_indicators()
    names = [wrapped(known[row["series"]].label, 16 if is_narrow() else 30) for row in found]
    beaten = sum(row["skill"] > 0 for row in found)
    fig, (left, right) = figure(
        f"Past forecasts beat the best naive one in {beaten} of {len(found)} series",
        "Left: 1 less the ratio of mean CRPS, with its 90 % interval by a block bootstrap over origins; above 0 the "
        "model is better. Right: share of what followed inside the 50 and 80 % ranges; dashed lines are the promise.",
        FOOT,
        WIDE,
        legend_rows=1,
        ncols=2,
        sharey=True,
        gridspec_kw={"width_ratios": [3, 2]},
    )
    places = np.arange(len(found))[::-1]
    for place, row in zip(places, found, strict=True):
        left.plot([row["skill_low"], row["skill_high"]], [place, place], color=COLORS[0], linewidth=3, alpha=0.5)
        left.plot(row["skill"], place, "o", color=COLORS[0], markersize=11)
        left.plot(row["conditional_skill"], place, "D", color=COLORS[1], markersize=8)
        left.annotate(
            f"against {row['benchmark']}",
            (row["skill"], place),
            (0, -17),
            textcoords="offset points",
            fontsize=10.2,
            color=QUIET,
            ha="center",
        )
        right.barh(place + 0.17, 100 * row["inside_80"], 0.3, color=COLORS[4])
        right.barh(place - 0.17, 100 * row["inside_50"], 0.3, color=COLORS[0])
    left.axvline(0, color=RECORD, linewidth=1.2)
    left.set_xlim(min(-0.5, *(row["skill_low"] for row in found)) - 0.05, 1)
    left.set_xlabel("skill (1 = perfect, 0 = as the naive forecast)")
    left.set_yticks(places, names)
    left.grid(visible=True, axis="x")
    right.axvline(80, color=COLORS[4], linestyle="--", linewidth=1.5)
    right.axvline(50, color=COLORS[0], linestyle="--", linewidth=1.5)
    right.set_xlim(0, 100)
    right.set_xlabel("% of what followed inside the range")
    right.grid(visible=True, axis="x")
    told = "told what the world brought" if is_narrow() else "told oil, crops, Chinese growth, dated events"
    legend_above(
        fig,
        [
            Line2D([], [], color=COLORS[0], marker="o", markersize=10, linestyle="none", label="forecast"),
            Line2D([], [], color=COLORS[1], marker="D", markersize=8, linestyle="none", label=told),
            Patch(color=COLORS[4], label="80 % range"),
            Patch(color=COLORS[0], label="50 % range"),
        ],
        4,
    )
    return keep_drawn(fig, found)


def forecast_chart(table: Sequence[Mapping[str, Any]]) -> Figure:
    """Every past forecast beside what happened, one panel per series."""
    known = all_indicators()
    series = list(dict.fromkeys(str(row["series"]) for row in table))
    fig, axes = figure(
        "What the model said each December, and what came",
        "Each colored line is a forecast (median and 80 % range) from one December; black is the record.",
        FOOT,
        SQUARE,
        nrows=-(-len(series) // 2),
        ncols=2,
        sharex=True,
    )
    origins = sorted({int(row["origin"]) for row in table})
    for axis, name in zip(np.ravel(axes), series, strict=False):
        mine = [row for row in table if row["series"] == name]
        recorded = {int(row["year"]): float(row["recorded"]) for row in mine}
        for place, origin in enumerate(origins):
            own = sorted((row for row in mine if row["origin"] == origin), key=lambda row: row["year"])
            years = [row["year"] for row in own]
            color = COLORS[place % 7]
            axis.fill_between(
                years, [row["low_80"] for row in own], [row["high_80"] for row in own], color=color, alpha=0.10
            )
            axis.plot(years, [row["median"] for row in own], color=color, marker="o", markersize=3.5, linewidth=1.4)
        axis.plot(sorted(recorded), [recorded[year] for year in sorted(recorded)], color=RECORD, linewidth=2.6)
        axis.set_title(wrapped(known[name].label, 44))
        axis.set_ylabel(known[name].yearly_unit)
        thousands(axis.yaxis)
    return keep_drawn(fig, table)
