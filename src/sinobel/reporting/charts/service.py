"""Chart of the service calendar: what falls due each year, to whom and for what, and how much of revenue it takes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.analysis import service
from sinobel.analysis.creditors import CHINA
from sinobel.analysis.service import INTEREST, NEW, Part, Peak
from sinobel.analysis.summary import Summary
from sinobel.reporting.charts.bars import bars
from sinobel.reporting.charts.chart import Chart, Readout, Sheet
from sinobel.reporting.charts.creditors import LOOKS, spans, tenths
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, INK, thousands
from sinobel.reporting.tables.tables import head_of
from sinobel.reporting.words.wording import amount, percent

NEEDED = service.NEEDED
COLOR = {lender: color for lender, (color, _) in LOOKS.items()}
NEW_LOANS = "#f0c4a3"
LINED = "///"
"""Hatch of interest, of whatever lender."""
BILLION = 1000.0
Bands = Mapping[str, np.ndarray]


def service_calendar(summary: Summary, scenario: str, footer: Footer, title: str = "") -> Chart:
    """Means of the parts of the service, which add up to its mean, with 80 % of futures of the sum and over revenue."""
    parts = service.parts(summary.yearly, scenario)
    means = {part: values.mean(axis=0) for part, values in parts.items()}
    whole = summary.bands(service.WHOLE, scenario)
    burden = {band: 100 * values for band, values in summary.bands("debt_service_to_revenue", scenario).items()}
    peak = service.peak(np.sum(list(parts.values()), axis=0))
    return Chart(
        "service-calendar",
        finding(summary.years, whole, burden, peak),
        reading=f"{title or scenario}. Left: what public external debt costs each year, bn USD, means over futures, "
        "which add up; bars: 80 % of futures of the sum. Principal to China is parted into loans signed before the "
        "origin and since; other lenders' old and new debt the model pools. Right: the sum over revenue of general "
        f"government, %, median and 80 %. The year of the title is the dearest in {percent(peak.dearest)} of futures",
        foot=footer.of("debt_to_china", "debt_to_gdp"),
        rows=_rows(summary.years, means, whole, burden),
        paint=partial(_paint, summary.years, means, whole, burden),
        size=(13.5, 6.9),
        legend_rows=2,
        layout={"ncols": 2, "width_ratios": (1.5, 1)},
        readout=_readout(summary.years, means, whole, burden),
    )


def finding(years: np.ndarray, whole: Bands, burden: Bands, peak: Peak) -> str:
    """The peak year with its amount, and what it takes of revenue; whiskers tell the range."""
    place = peak.place
    mean, high = (float(whole[band][place]) for band in ("mean", "p90"))
    peaks = "is highest at the end of the run, in" if place == len(years) - 1 else "peaks in"
    return (
        f"Debt service {peaks} {years[place]}: {amount(mean, 'USD mn', beside=high)} on average, "
        f"{burden['p50'][place]:.0f} % of revenue at the median"
    )


def _paint(years: np.ndarray, means: Mapping[Part, np.ndarray], whole: Bands, burden: Bands, sheet: Sheet) -> None:
    left, right = sheet.axes
    base = np.zeros(len(years))
    for part, values in means.items():
        bars(left, years.astype(float), values / BILLION, base, width=0.76, **_look(part))
        base = base + values / BILLION
    low, high = (np.abs(whole[band] / BILLION - base) for band in ("p10", "p90"))
    left.errorbar(years, base, yerr=[low, high], color=INK, fmt="none", capsize=3, linewidth=1.4, zorder=5)
    right.fill_between(years, burden["p10"], burden["p90"], color=INK, alpha=0.16, linewidth=0)
    right.plot(years, burden["p50"], color=INK, linewidth=2.2, marker="o", markersize=4)
    left.set_ylim(bottom=0)
    right.set_ylim(bottom=0)
    left.set_title("Falls due, by lender", fontsize=13)
    left.set_ylabel("bn USD a year", fontsize=11.5)
    right.set_title("Over revenue", fontsize=13)
    right.set_ylabel("% of revenue", fontsize=11.5)
    for axis in (left, right):
        thousands(axis.yaxis)
        axis.set_xticks(years[:: 3 if sheet.narrow else 2])
    sheet.legend(_handles(), 4)


def _readout(years: np.ndarray, means: Mapping[Part, np.ndarray], whole: Bands, burden: Bands) -> Readout:
    """What falls due to each lender in bn USD, principal and interest together, and what the sum takes of revenue."""
    lenders = dict.fromkeys(lender for lender, _ in means)
    rows: list[dict[str, Any]] = [
        {
            "label": lender,
            "color": COLOR[lender],
            "texts": tenths(np.sum([values for (who, _), values in means.items() if who == lender], axis=0)),
        }
        for lender in lenders
    ]
    rows.append({"label": "sum (80 %)", "color": INK, "texts": spans(whole, BILLION)})
    rows.append({"label": "of revenue (80 %)", "color": COLORS[5], "texts": spans(burden, 1.0, " %", 0)})
    told = [int(year) for year in years]
    series = [{"scenario": "", **row} for row in rows]
    return Readout(0, told, [str(year) for year in told], told, series=series, unit="bn USD")


def _look(part: Part) -> dict[str, Any]:
    """Color by lender; new Chinese loans are paler, interest is hatched."""
    lender, what = part
    color = NEW_LOANS if what == NEW else COLOR[lender]
    return {"facecolor": color, "hatch": LINED if what == INTEREST else "", "edgecolor": "white", "linewidth": 0}


def _handles() -> list[Any]:
    handles: list[Any] = [
        Patch(color=COLOR[CHINA], label="China, old loans"),
        Patch(color=NEW_LOANS, label="China, new loans"),
    ]
    handles += [Patch(color=color, label=lender) for lender, color in COLOR.items() if lender != CHINA]
    hatched = Patch(facecolor=COLORS[5], hatch=LINED, edgecolor="white", linewidth=0, label="hatched: interest")
    return [
        *handles,
        hatched,
        Line2D([], [], color=INK, marker="|", markersize=9, label="80 % range of sum"),
    ]


def _rows(years: np.ndarray, means: Mapping[Part, np.ndarray], whole: Bands, burden: Bands) -> list[dict[str, Any]]:
    """One row a year: means by lender and kind in USD mn, the sum and its share of revenue with their ranges."""
    return [
        {
            "year": int(year),
            "unit": "USD mn a year; shares %",
            **{head_of(f"{lender} {what} mean"): float(values[place]) for (lender, what), values in means.items()},
            **{f"service_{band}": float(whole[band][place]) for band in ("mean", "p10", "p50", "p90")},
            **{f"percent_of_revenue_{band}": float(burden[band][place]) for band in ("p10", "p50", "p90")},
        }
        for place, year in enumerate(years)
    ]
