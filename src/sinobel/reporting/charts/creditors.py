"""Chart of the creditor mix: who is owed how much over time, and China's share with its range."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.analysis import creditors
from sinobel.analysis.creditors import BONDS, CHINA, MULTILATERALS, OTHERS, RUSSIA
from sinobel.analysis.round_years import told_year
from sinobel.analysis.summary import Summary, bands
from sinobel.reporting.charts.bars import bars
from sinobel.reporting.charts.chart import Chart, Readout, Sheet
from sinobel.reporting.charts.shared import Footer, RecordOf
from sinobel.reporting.charts.style import COLORS, COUNTRY_COLORS, INK, RECORD, thousands
from sinobel.reporting.tables.tables import head_of
from sinobel.reporting.words.wording import minus
from sinobel.runs.trajectories import BANDS

NEEDED = creditors.NEEDED
LOOKS = {
    CHINA: (COUNTRY_COLORS["China"], ""),
    RUSSIA: (COUNTRY_COLORS["Russia"], "//"),
    MULTILATERALS: (COLORS[0], ""),
    BONDS: (COLORS[4], "\\\\"),
    OTHERS: (COLORS[5], "xx"),
}
"""Color and hatch of each lender, so that neighbors differ without colors too."""
NOT_SPLIT = "#9aa0a6"
BILLION, WIDTH = 1000.0, 0.74


@dataclass(frozen=True)
class Mix:
    """What the chart draws.

    Attributes
    ----------
    recorded : Mapping[int, tuple[float, float]]
        Year -> what was owed to China and to all lenders, USD mn.
    debts : Mapping[str, np.ndarray]
        Lender -> mean over futures, USD mn; (years,).
    whole, share : Mapping[str, np.ndarray]
        Band -> whole debt, USD mn, and share of China, percent; (years,).
    """

    years: np.ndarray
    recorded: Mapping[int, tuple[float, float]]
    debts: Mapping[str, np.ndarray]
    whole: Mapping[str, np.ndarray]
    share: Mapping[str, np.ndarray]


def creditor_mix(
    summary: Summary,
    scenario: str,
    recorded: RecordOf,
    origin: int,
    footer: Footer,
    *,
    title: str = "",
    year: int | None = None,
) -> Chart:
    """Means of the debt to each lender, which add up to the mean debt, and the share of China future by future.

    Parameters
    ----------
    year : int | None
        That the title tells; by default one far from either end.
    """
    mix = mix_of(summary, scenario, recorded, origin)
    before = "" if not mix.recorded else f" To {max(mix.recorded)} the record."
    return Chart(
        "creditor-mix",
        finding(mix, year),
        reading=f"{title or scenario}. Left: public external debt at year end, bn USD, means over futures, which add "
        "up as medians do not; bars: 80 % of futures of the sum. Right: share of China in it future by future, %, "
        f"median and 80 %.{before}",
        foot=footer.of("debt_to_china", "debt_to_gdp"),
        rows=_rows(mix),
        paint=partial(_paint, mix),
        size=(13.5, 6.6),
        legend_rows=2,
        layout={"ncols": 2, "width_ratios": (1.35, 1)},
        readout=_readout(mix),
    )


def mix_of(summary: Summary, scenario: str, recorded: RecordOf, origin: int) -> Mix:
    """What the chart draws of a scenario, in USD mn and percent by year."""
    yearly = summary.yearly
    share = 100 * creditors.shares(yearly, scenario)[CHINA]
    return Mix(
        summary.years,
        creditors.recorded(recorded, origin),
        {lender: values.mean(axis=0) for lender, values in creditors.owed(yearly, scenario).items()},
        summary.bands(creditors.WHOLE, scenario),
        dict(zip(BANDS, bands(share.T).T, strict=True)),
    )


def finding(mix: Mix, year: int | None = None) -> str:
    """China's share in a year, or in one far from either end, with its range and that of the last recorded year."""
    year = year or told_year([int(each) for each in mix.years])
    place = list(mix.years).index(year)
    low, middle, high = (mix.share[band][place] for band in ("p10", "p50", "p90"))
    text = (
        f"China holds {middle:.0f} % of public external debt in {year} ({low:.0f} to {high:.0f} % in 80 % of futures)"
    )
    if not mix.recorded:
        return text
    last = max(mix.recorded)
    china, whole = mix.recorded[last]
    return f"{text}, after {100 * china / whole:.0f} % in {last}"


def _paint(mix: Mix, sheet: Sheet) -> None:
    left, right = sheet.axes
    _stack(left, mix)
    told = {year: 100 * china / whole for year, (china, whole) in mix.recorded.items()}
    start = {year: share for year, share in told.items() if year == mix.years[0] - 1}  # a fan starts at the record
    years = [*start, *mix.years]
    low, middle, high = ([*start.values(), *mix.share[band]] for band in ("p10", "p50", "p90"))
    right.fill_between(years, low, high, color=LOOKS[CHINA][0], alpha=0.22, linewidth=0)
    right.plot(years, middle, color=LOOKS[CHINA][0], linewidth=2.4, marker="o", markersize=4)
    right.plot([*told], [*told.values()], color=RECORD, linewidth=2, marker="s", markersize=4)
    right.set_ylim(bottom=0)
    right.set_title("Share of China", fontsize=13)
    right.set_ylabel("% of public external debt", fontsize=11.5)
    left.set_ylim(bottom=0)
    left.set_title("Owed to each lender", fontsize=13)
    left.set_ylabel("bn USD at year end", fontsize=11.5)
    for axis in (left, right):
        thousands(axis.yaxis)
        first = min([*mix.recorded, int(mix.years[0])])
        axis.set_xticks(
            [year for year in range(first, int(mix.years[-1]) + 1) if year % (5 if sheet.narrow else 4) == 0]
        )
    sheet.legend(_handles(bool(mix.recorded)), 4)


def _stack(axis: Any, mix: Mix) -> None:
    """Bars of the lenders on each other, China at the foot, and of the record China and all others."""
    if mix.recorded:
        told = np.array([*mix.recorded], float)
        china, whole = np.array([*mix.recorded.values()]).T / BILLION
        bars(axis, told, china, np.zeros_like(china), width=WIDTH, facecolor=INK, linewidth=0)
        bars(axis, told, whole - china, china, width=WIDTH, facecolor=NOT_SPLIT, linewidth=0)
    base, years = np.zeros(len(mix.years)), mix.years.astype(float)
    for lender, values in mix.debts.items():
        color, hatch = LOOKS[lender]
        look = {"facecolor": color, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
        bars(axis, years, values / BILLION, base, width=WIDTH, **look)
        base = base + values / BILLION
    low, high = (np.abs(mix.whole[band] / BILLION - base) for band in ("p10", "p90"))
    axis.errorbar(mix.years, base, yerr=[low, high], color=INK, fmt="none", capsize=3, linewidth=1.4, zorder=5)


def _readout(mix: Mix) -> Readout:
    """Debts in bn USD, and the share of China, year by year."""
    before = [*mix.recorded]
    years = [*before, *map(int, mix.years)]
    gap = [""] * len(before)
    told = np.array([*mix.recorded.values()], float).reshape(-1, 2)
    china, whole = (tenths(each) for each in told.T)
    rows: list[dict[str, Any]] = [
        {"label": lender, "color": color, "texts": [*(china if lender == CHINA else gap), *tenths(mix.debts[lender])]}
        for lender, (color, _) in LOOKS.items()
    ]
    rows.append({"label": "sum (80 %)", "color": INK, "texts": [*whole, *spans(mix.whole, BILLION)]})
    share = [f"{100 * owed / whole:.0f} %" for owed, whole in told]
    rows.append({"label": "share of China (80 %)", "color": RECORD, "texts": [*share, *spans(mix.share, 1.0, " %", 0)]})
    series = [{"scenario": "", **row} for row in rows]
    return Readout(0, years, [str(year) for year in years], years, series=series, unit="bn USD")


def tenths(values: np.ndarray) -> list[str]:
    """USD mn as bn USD."""
    return [minus(f"{value / BILLION:z.1f}") for value in values]


def spans(bands: Mapping[str, np.ndarray], unit: float, sign: str = "", digits: int = 1) -> list[str]:
    """Means, or medians of a share, with their 80 % ranges, in a unit."""
    middle = bands["p50" if sign else "mean"]
    return [
        minus(f"{m / unit:z.{digits}f}{sign} ({a / unit:z.{digits}f} to {b / unit:z.{digits}f})")
        for a, m, b in zip(bands["p10"], middle, bands["p90"], strict=True)
    ]


def _handles(has_record: bool) -> list[Any]:
    handles: list[Any] = [
        Patch(facecolor=color, hatch=hatch, edgecolor="white", linewidth=0, label=lender)
        for lender, (color, hatch) in LOOKS.items()
    ]
    handles.append(Line2D([], [], color=INK, marker="|", markersize=9, label="80 % range of sum"))
    if has_record:
        handles += [Patch(facecolor=INK, label="China, record"), Patch(color=NOT_SPLIT, label="others, record")]
    return handles


UNIT = "USD mn; shares %"


def _rows(mix: Mix) -> list[dict[str, Any]]:
    """One row a year: of the record what it knows, of the futures means of debts and the share of China."""
    empty = {_column(lender): "" for lender in LOOKS}
    rows: list[dict[str, Any]] = [
        {
            "year": year,
            "unit": UNIT,
            "part": "record",
            **empty,
            _column(CHINA): china,
            "whole_mean": whole,
            "whole_p10": "",
            "whole_p90": "",
            **{f"china_share_percent_{band}": "" for band in ("mean", "p10", "p90")},
            "china_share_percent_p50": 100 * china / whole,
        }
        for year, (china, whole) in mix.recorded.items()
    ]
    for place, year in enumerate(mix.years):
        rows.append(
            {
                "year": int(year),
                "unit": UNIT,
                "part": "futures",
                **{_column(lender): float(values[place]) for lender, values in mix.debts.items()},
                **{f"whole_{band}": float(mix.whole[band][place]) for band in ("mean", "p10", "p90")},
                **{
                    f"china_share_percent_{band}": float(mix.share[band][place])
                    for band in ("mean", "p10", "p90", "p50")
                },
            }
        )
    return rows


def _column(lender: str) -> str:
    return head_of(f"{lender} mean")
