"""Charts of projections: fans, small multiples, differences of options, the potash contract, the balance taken apart.

Every function returns a figure; nobody here opens a file. Each chart names scenario, draws, vintage and sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.analysis import balance, differences, summary
from sinobel.indicators import all_indicators
from sinobel.posterior import track_record
from sinobel.report.marks import Reading, read_by
from sinobel.report.style import (
    COLORS,
    INK,
    QUIET,
    RECORD,
    SQUARE,
    WIDE,
    figure,
    is_narrow,
    keep_drawn,
    legend_above,
    scenario_styles,
    thousands,
    wrapped,
)  # fmt: skip
from sinobel.trajectories import BANDS, Yearly

if TYPE_CHECKING:
    import xarray as xr

RecordOf = Mapping[str, Mapping[int, float]]
"""Recorded yearly values by indicator."""

SOURCES = (
    "Sources: IMF Direction of Trade (reporter Belarus), World Bank (debt, national accounts, commodity prices), FAO, "
    "customs of China, press on potash settlements, Marin (Ifri, 2017); list in model/record."
)
FAN_ALPHA = {90: 0.16, 80: 0.20, 50: 0.30}
HEADLINES = (
    "exports_to_china", "imports_from_china", "balance_with_china", "potash_contract_price", "debt_to_china",
    "loan_disbursements", "debt_to_gdp", "reserve_cover", "months_without_contract",
)  # fmt: skip
OPTION_INDICATORS = (
    "balance_with_china", "debt_to_china", "potash_revenue", "reserves", "external_public_debt", "gdp",
)  # fmt: skip


def foot(caption: str, indicators: Sequence[str] = ()) -> str:
    """The foot of a chart: how it was made, how past forecasts of what it shows fared, and the sources."""
    return " ".join(part for part in (f"{caption}.", track(indicators), SOURCES) if part)


def track(indicators: Sequence[str]) -> str:
    """How past forecasts of some indicators fared, in a sentence; empty where none was scored."""
    scored = [track_record()[name] for name in indicators if name in track_record()]
    if not scored:
        return ""
    known = all_indicators()
    misses = [f"{known[row['series']].label} {float(row['miss_a_year_ahead_percent']):.0f} %" for row in scored]
    held = sum(float(row["inside_80"]) * float(row["forecasts"]) for row in scored)
    made = sum(float(row["forecasts"]) for row in scored)
    return (
        f"Track record from 2009-2015: median miss a year ahead: {'; '.join(misses)}. The 80 % range held "
        f"{100 * held / made:.0f} % of what came within five years."
    )


def _draw_fan(axis: Any, years: np.ndarray, found: Mapping[str, np.ndarray], color: str, start: tuple | None) -> None:
    """Fan of a scenario; it starts at the last recorded point where there is one."""

    def with_start(values: np.ndarray) -> np.ndarray:
        return values if start is None else np.concatenate([[start[1]], values])

    x = years if start is None else np.concatenate([[start[0]], years])
    for level, (low, high) in summary.INTERVALS.items():
        axis.fill_between(
            x, with_start(found[low]), with_start(found[high]), color=color, alpha=FAN_ALPHA[level], linewidth=0
        )
    axis.plot(x, with_start(found["p50"]), color=color, linewidth=2.4)


def _draw_record(axis: Any, recorded: Mapping[int, float], origin: int, first: int) -> tuple[int, float] | None:
    """The record to the origin, and what followed as hollow points; returns the point a fan may start from."""
    before = {year: value for year, value in recorded.items() if first <= year <= origin}
    after = {year: value for year, value in recorded.items() if year > origin}
    if before:
        axis.plot(list(before), list(before.values()), color=RECORD, linewidth=2, marker="o", markersize=4)
    if after:
        axis.plot(
            list(after), list(after.values()), color=RECORD, linestyle="none", marker="o", markersize=6,
            markerfacecolor="white", markeredgewidth=1.6, zorder=5,
        )  # fmt: skip
    return (origin, before[origin]) if origin in before else None


def _label(yearly: Yearly, indicator: str) -> tuple[str, str]:
    attributes = yearly[indicator].attrs
    return attributes["long_name"], attributes["units"]


def _finish(axis: Any, years: Sequence[int], origin: int) -> None:
    axis.axvline(origin + 0.5, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)))
    thousands(axis.yaxis)
    low, high = axis.get_ylim()
    if low < 0 < high:
        axis.axhline(0, color=INK, linewidth=0.9)
    axis.set_xlim(years[0] - 0.4, years[-1] + 0.4)


def _fan_legend(color: str, *, after: bool, recorded: bool = True) -> list[Any]:
    entries: list[Any] = []
    if recorded:
        entries.append(Line2D([], [], color=RECORD, marker="o", markersize=4, label="record"))
    entries.append(Line2D([], [], color=color, linewidth=2.4, label="median"))
    shade = 0.0
    patches = []
    for level in (90, 80, 50):
        shade = 1 - (1 - shade) * (1 - FAN_ALPHA[level])
        patches.append(Patch(color=color, alpha=shade, linewidth=0, label=f"{level} % of futures"))
    entries += reversed(patches)
    if after:
        entries.append(
            Line2D([], [], color=RECORD, linestyle="none", marker="o", markerfacecolor="white", label="what followed")
        )
    return entries


def fan(
    yearly: Yearly, indicator: str, scenario: str, recorded: RecordOf, origin: int, caption: str, title: str = ""
) -> Figure:
    """Fan chart of one indicator: the record to the origin, then median and 50, 80 and 90 % of futures.

    origin  the last recorded year
    """
    name, unit = _label(yearly, indicator)
    first = origin - 10
    fig, axis = figure(name, f"{title or scenario}, {unit}", foot(caption, [indicator]))
    series = recorded.get(indicator, {})
    start = _draw_record(axis, series, origin, first)
    years, found = summary.by_year(yearly[indicator], scenario)
    _draw_fan(axis, years, found, COLORS[0], start)
    _finish(axis, [first if series else origin, years[-1]], origin)
    axis.set_ylabel(unit)
    axis.annotate("simulated", (origin + 0.6, 0.98), xycoords=("data", "axes fraction"), va="top", color=QUIET)
    for band, offset in (("p90", "top"), ("p50", "center"), ("p10", "bottom")):
        axis.annotate(
            f"{found[band][-1]:,.0f}" if abs(found[band][-1]) >= 100 else f"{found[band][-1]:.2g}",
            (years[-1] + 0.45, found[band][-1]), va=offset, color=COLORS[0], annotation_clip=False, fontsize=12,
        )  # fmt: skip
    after = any(year > origin for year in series)
    axis.legend(handles=_fan_legend(COLORS[0], after=after, recorded=bool(series)), loc="upper left", ncols=2)
    return fig


def small_multiples(
    yearly: Yearly, scenario: str, recorded: RecordOf, origin: int, caption: str,
    indicators: Sequence[str] = HEADLINES, title: str = "",
) -> Figure:  # fmt: skip
    """Fans of several indicators of one scenario on one page, three in a row."""
    shown = [name for name in indicators if name in yearly]
    rows = -(-len(shown) // 3)
    fig, axes = figure(
        title or scenario, "The record to the origin and the range of futures after it", foot(caption, shown),
        (13.5, 3.0 * rows + 1.6), legend_rows=1, nrows=rows, ncols=3, squeeze=False,
    )  # fmt: skip
    first = origin - 8
    after = False
    for axis, indicator in zip(axes.flat, shown, strict=False):
        series = recorded.get(indicator, {})
        after = after or any(year > origin for year in series)
        start = _draw_record(axis, series, origin, first)
        years, found = summary.by_year(yearly[indicator], scenario)
        _draw_fan(axis, years, found, COLORS[0], start)
        _finish(axis, [first, years[-1]], origin)
        name, unit = _label(yearly, indicator)
        axis.set_title(wrapped(name, 34), fontsize=12.5)
        axis.set_ylabel(unit, fontsize=10.5)
        axis.tick_params(labelsize=10.5)
    for axis in axes.flat[len(shown) :]:
        axis.set_visible(False)
    legend_above(fig, _fan_legend(COLORS[0], after=after), 6)
    return fig


def options(
    yearly: Yearly, reference: str, titles: Mapping[str, str], caption: str,
    indicators: Sequence[str] = OPTION_INDICATORS,
) -> Figure:  # fmt: skip
    """What each option changes against the reference on the same futures: median and 80 % of paired differences."""
    shown = [name for name in indicators if name in yearly]
    rows = -(-len(shown) // 2)
    fig, axes = figure(
        f"What each option changes against {titles.get(reference, reference).lower()}",
        "Same futures in every option. Line: median difference. Bar at the right: 80 % of futures in the last year",
        foot(caption, shown), (13.5, 3.4 * rows + 1.6), legend_rows=1, nrows=rows, ncols=2, squeeze=False,
    )  # fmt: skip
    styles = scenario_styles([str(name) for name in yearly[shown[0]]["scenario"].values])
    names = [name for name in styles if name != reference]
    for axis, indicator in zip(axes.flat, shown, strict=False):
        difference = differences.paired(yearly[indicator], reference)
        for place, scenario in enumerate(names):
            color, marker = styles[scenario]
            years, found = summary.by_year(difference, scenario)
            middle, low, high = (found[band] for band in ("p50", "p10", "p90"))
            axis.fill_between(years, low, high, color=color, alpha=0.10, linewidth=0)
            axis.plot(
                years, middle, color=color, linewidth=2.2, marker=marker, markersize=6,
                markevery=(place % 3, 3),
            )  # fmt: skip
            x = years[-1] + 0.6 + 0.35 * place
            axis.plot([x, x], [low[-1], high[-1]], color=color, linewidth=3, solid_capstyle="butt")
            axis.plot(x, middle[-1], color=color, marker=marker, markersize=6)
        axis.axhline(0, color=INK, linewidth=1)
        thousands(axis.yaxis)
        axis.set_xlim(years[0] - 0.3, years[-1] + 0.8 + 0.35 * len(names))
        axis.set_xticks([year for year in years if year % 2 == 0])
        name, unit = _label(yearly, indicator)
        axis.set_title(wrapped(name, 52), fontsize=13)
        axis.set_ylabel(f"change, {unit}", fontsize=11)
    for axis in axes.flat[len(shown) :]:
        axis.set_visible(False)
    handles = [
        Line2D([], [], color=styles[name][0], marker=styles[name][1], linewidth=2.2, label=titles.get(name, name))
        for name in names
    ]
    legend_above(fig, handles, 4)
    return fig


def contract(bands: xr.Dataset, examples: xr.Dataset, scenario: str, caption: str, title: str = "") -> Figure:
    """Contract price against spot, with the months without a contract shaded: one future above, all of them below."""
    fig, (above, below) = figure(
        "Potash: contract with China against spot",
        f"{title or scenario}. Above: one future (draw {int(examples['draw'].values[0])}), months without a contract "
        "shaded. Below: all futures, shaded darker where more of them wait",
        foot(caption, ["potash_contract_price"]), SQUARE, nrows=2, sharex=True, height_ratios=(1, 1.1),
    )  # fmt: skip
    one = examples.sel(scenario=scenario).isel(draw=0)
    time = one["time"].values
    edges = np.append(time, time[-1] + np.timedelta64(31, "D"))
    waiting = one["without_contract"].values > 0.5
    closed = one["market_closed"].values > 0.5
    for place in np.flatnonzero(waiting):
        above.axvspan(edges[place], edges[place + 1], color=COLORS[1] if closed[place] else "#9aa0a6",
                      alpha=0.35, linewidth=0)  # fmt: skip
    above.plot(time, one["potash_spot_price"].values, color=COLORS[0], linewidth=2)
    above.step(time, one["potash_contract_price"].values, where="post", color=RECORD, linewidth=2.4)
    above.set_ylabel("USD/t CFR")

    every = bands.sel(scenario=scenario)
    share = every["without_contract"].sel(band="mean").values
    for month, part in enumerate(share):
        below.axvspan(
            edges[month], edges[month + 1], color="#5f6368", alpha=float(np.clip(0.6 * part, 0, 1)), linewidth=0
        )
    for name, color in (("potash_spot_price", COLORS[0]), ("potash_contract_price", RECORD)):
        found = every[name]
        below.fill_between(
            time, found.sel(band="p10").values, found.sel(band="p90").values, color=color, alpha=0.18, linewidth=0
        )
        below.plot(time, found.sel(band="p50").values, color=color, linewidth=2.2)
    below.set_ylabel("USD/t CFR")
    few = 2 if is_narrow() else 4
    above.legend(
        handles=[
            Line2D([], [], color=COLORS[0], linewidth=2, label="spot"),
            Line2D([], [], color=RECORD, linewidth=2.4, label="contract, last settled"),
            Patch(color="#9aa0a6", alpha=0.35, label="waiting"),
            Patch(color=COLORS[1], alpha=0.35, label="market closed"),
        ],
        loc="upper left", ncols=few, fontsize=10.5 if is_narrow() else 12,
    )  # fmt: skip
    below.legend(
        handles=[
            Line2D([], [], color=COLORS[0], linewidth=2.2, label="spot: median and 80 %"),
            Line2D([], [], color=RECORD, linewidth=2.2, label="contract: median and 80 %"),
            Patch(color="#5f6368", alpha=0.5, label=f"waiting in up to {100 * share.max():.0f} % of futures"),
        ],
        loc="upper left", ncols=few - 1, fontsize=10.5 if is_narrow() else 12,
    )  # fmt: skip
    for axis in (above, below):
        axis.set_ylim(bottom=0)
        axis.margins(x=0.005)
        low, high = axis.get_ylim()
        axis.set_ylim(low, high * (1.4 if is_narrow() else 1.15))
    _read_contract(fig, below, every, one)
    return fig


def _read_contract(fig: Figure, axis: Any, every: xr.Dataset, one: xr.Dataset) -> None:
    """What the contract chart shows, month by month: all futures, and the one drawn above."""
    stamps = every["time"].values
    names = [str(stamp)[:7] for stamp in stamps]
    share = every["without_contract"].sel(band="mean").values
    series: list[dict[str, Any]] = []
    found: dict[str, Any] = {"month": names}
    for name, label, color in (
        ("potash_spot_price", "spot, USD/t: median (80 %)", COLORS[0]),
        ("potash_contract_price", "contract, USD/t: median (80 %)", RECORD),
    ):
        low, middle, high = (every[name].sel(band=band).values for band in ("p10", "p50", "p90"))
        told = [f"{m:.0f} ({a:.0f} to {b:.0f})" for a, m, b in zip(low, middle, high, strict=True)]
        series.append({"scenario": "", "label": label, "texts": told, "color": color})
        found |= {
            f"{name}_p10": low,
            f"{name}_p50": middle,
            f"{name}_p90": high,
            f"{name}_one_future": one[name].values,
        }
    waits = {"scenario": "", "label": "futures without a contract", "color": "#9aa0a6"}
    series.append(waits | {"texts": [f"{100 * part:.0f} %" for part in share]})
    found |= {"share_waiting": share, "waiting_one_future": one["without_contract"].values,
              "closed_one_future": one["market_closed"].values}  # fmt: skip
    places = [float(place) for place in axis.convert_xunits(stamps)]
    read_by(fig, Reading(axis, places, names, [int(name[:4]) for name in names], series))
    keep_drawn(
        fig,
        [{name: values[row] if name == "month" else float(values[row]) for name, values in found.items()}
         for row in range(len(stamps))],
    )  # fmt: skip


def balance_by_channel(yearly: Yearly, scenario: str, caption: str, title: str = "") -> Figure:
    """Change of the balance with China since the first simulated year, split into five channels that add up."""
    years = yearly["balance_with_china"]["year"].values
    parts = balance.change_by_channel(yearly, scenario)
    means = {name: values.mean(axis=0) for name, values in parts.items()}
    total = yearly["balance_with_china"].sel(scenario=scenario).transpose("draw", "year").values
    change = summary.bands((total - total[:, :1]).T)
    fig, axis = figure(
        f"Why the balance with China moves away from {years[0]}",
        f"{title or scenario}. Mean over futures, USD mn a year; up improves the balance. Line: mean change of the "
        "balance, bars: 80 % of futures",
        foot(caption, ["balance_with_china"]), WIDE,
    )  # fmt: skip
    hatches = ("", "//", "..", "", "\\\\")
    up, down = np.zeros(len(years)), np.zeros(len(years))
    for place, (name, values) in enumerate(means.items()):
        base = np.where(values >= 0, up, down)
        axis.bar(
            years, values, bottom=base, color=COLORS[place], label=name, width=0.72, hatch=hatches[place],
            edgecolor="white", linewidth=0.6,
        )  # fmt: skip
        up, down = up + np.maximum(values, 0), down + np.minimum(values, 0)
    low, high = (change[:, BANDS.index(band)] for band in ("p10", "p90"))
    mean = change[:, BANDS.index("mean")]
    axis.errorbar(
        years, mean, yerr=[mean - low, high - mean], color=INK, marker="o", markersize=5, capsize=4, linewidth=1.8,
        label="balance with China", zorder=6,
    )  # fmt: skip
    axis.axhline(0, color=INK, linewidth=1)
    thousands(axis.yaxis)
    axis.set_ylabel(f"change since {years[0]}, USD mn a year")
    axis.set_xticks(years[:: max(1, len(years) // 14)])
    axis.legend(loc="lower left", ncols=3)
    return fig
