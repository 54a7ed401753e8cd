"""Charts of the balance with China taken apart over the years."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from sinobel.analysis import balance
from sinobel.analysis.summary import Summary, bands
from sinobel.reporting.charts.chart import Chart, Sheet
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, INK, thousands
from sinobel.reporting.tables.tables import head_of
from sinobel.reporting.words.wording import amount, scale_of
from sinobel.runs.trajectories import BANDS

UNIT = "USD mn a year"
HATCHES = ("", "//", "..", "", "\\\\")
"""Of the channels, so that they differ without colors."""


def balance_by_channel(summary: Summary, scenario: str, footer: Footer, title: str = "") -> Chart:
    """Change of the balance with China since the first simulated year, split into five channels that add up."""
    yearly = summary.yearly
    years = yearly["balance_with_china"]["year"].values
    parts = balance.change_by_channel(yearly, scenario)
    means = {name: values.mean(axis=0) for name, values in parts.items()}
    total = yearly["balance_with_china"].sel(scenario=scenario).transpose("draw", "year").values
    change = bands((total - total[:, :1]).T)
    low, high, mean = (change[:, BANDS.index(band)] for band in ("p10", "p90", "mean"))
    rows = [
        {
            "year": int(year),
            "unit": UNIT,
            **{head_of(f"{name} mean"): float(values[index]) for name, values in means.items()},
            "balance_mean": float(mean[index]),
            "balance_p10": float(low[index]),
            "balance_p90": float(high[index]),
        }
        for index, year in enumerate(years)
    ]
    return Chart(
        "balance-by-channel",
        finding(means, years),
        reading=f"{title or scenario}. Mean over futures, {scale_of(UNIT, size_of(means))[1]}; up improves the "
        "balance. Line: mean change of the balance, thin bars: 80 % of futures",
        foot=footer.of("balance_with_china"),
        rows=rows,
        paint=partial(_paint, years, means, (low, mean, high)),
        legend_rows=1,
    )


def _paint(
    years: np.ndarray,
    means: Mapping[str, np.ndarray],
    change: tuple[np.ndarray, np.ndarray, np.ndarray],
    sheet: Sheet,
) -> None:
    """Stacked bars of the channels, and the change of the balance with its range."""
    axis = sheet.axes
    _stack(axis, years, means)
    low, mean, high = change
    axis.errorbar(
        years,
        mean,
        yerr=[mean - low, high - mean],
        color=INK,
        marker="o",
        markersize=5,
        capsize=4,
        linewidth=1.8,
        label="balance",
        zorder=6,
    )
    axis.axhline(0, color=INK, linewidth=1)
    factor, word = scale_of(UNIT, size_of(means))
    thousands(axis.yaxis, factor)
    axis.set_ylabel(f"change since {years[0]}, {word}")
    axis.set_xticks(years[:: max(1, len(years) // 14)])
    sheet.legend(axis.get_legend_handles_labels()[0], 6)


def _stack(axis: Any, years: np.ndarray, means: Mapping[str, np.ndarray]) -> None:
    """Bars of the channels: what improves the balance above zero, what worsens it below."""
    up, down = np.zeros(len(years)), np.zeros(len(years))
    for index, (name, values) in enumerate(means.items()):
        base = np.where(values >= 0, up, down)
        axis.bar(
            years,
            values,
            bottom=base,
            color=COLORS[index],
            label=name,
            width=0.72,
            hatch=HATCHES[index],
            edgecolor="white",
            linewidth=0.6,
        )
        up, down = up + np.maximum(values, 0), down + np.minimum(values, 0)


def size_of(means: Mapping[str, np.ndarray]) -> float:
    """How large the change is that the title tells, which sets the scale of the axis."""
    return abs(sum(float(values[-1]) for values in means.values()))


def finding(means: Mapping[str, np.ndarray], years: np.ndarray) -> str:
    """How the balance of the last year differs from that of the first, and through what most of it."""
    last = {name: float(values[-1]) for name, values in means.items()}
    total = sum(last.values())
    most = max(last, key=lambda name: last[name] * np.sign(total))
    word = "better" if total > 0 else "worse"
    size = amount(abs(total), "USD mn")
    return f"Balance with China: {size} {word} in {years[-1]} than in {years[0]} on average, mostly through {most}"
