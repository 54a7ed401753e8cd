"""Charts of the Chinese loan book: what is paid out and paid back each year, what is owed and what is still to draw."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.analysis.summary import Summary
from sinobel.reporting.charts.chart import Chart, Readout, Sheet
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, INK, thousands
from sinobel.reporting.words.wording import amount, minus, percent, scale_of
from sinobel.runs.trajectories import Yearly

NEEDED = (
    "loan_disbursements",
    "principal_to_china",
    "interest_to_china",
    "net_transfer_from_china",
    "debt_to_china",
    "undrawn_commitments",
)
UNIT = "USD mn"
IN, PRINCIPAL, INTEREST, OWED, UNDRAWN = COLORS[2], COLORS[1], COLORS[6], COLORS[0], COLORS[5]


def finding(yearly: Yearly, scenario: str) -> str:
    """What the book comes to: paid out against paid back, and how often more goes out than comes in."""
    total = {name: _of(yearly, name, scenario).sum(axis=1) for name in NEEDED[:4]}
    paid, back = total["loan_disbursements"].mean(), (total["principal_to_china"] + total["interest_to_china"]).mean()
    years = yearly[NEEDED[0]]["year"].values
    negative = float((total["net_transfer_from_china"] < 0).mean())
    unit = UNIT
    return (
        f"Chinese loans {years[0]}-{years[-1]} on average: {amount(paid, unit, beside=back)} paid out, "
        f"{amount(back, unit, beside=paid)} paid back; Belarus pays more than it gets in {percent(negative)} of futures"
    )


def loan_book(summary: Summary, scenario: str, footer: Footer, title: str = "") -> Chart:
    """Flows of the loan book as means over futures, which add up, with the net transfer; and its stocks as fans."""
    yearly = summary.yearly
    years = yearly[NEEDED[0]]["year"].values
    means = {name: _of(yearly, name, scenario).mean(axis=0) for name in NEEDED[:3]}
    net = summary.bands("net_transfer_from_china", scenario)
    stocks = {name: summary.bands(name, scenario) for name in ("debt_to_china", "undrawn_commitments")}
    return Chart(
        "loan-book",
        finding(yearly, scenario),
        reading=f"{title or scenario}. Left: means over futures, and the net transfer with 80 % of futures. Right: "
        "debt to China and commitments not drawn at year end, median and 80 % of futures",
        foot=footer.of("loan_disbursements", "debt_to_china"),
        rows=_rows(years, means, net, stocks),
        paint=partial(_paint, years, means, net, stocks, scale=_scale(yearly, scenario)),
        size=(13.5, 6.2),
        legend_rows=1,
        layout={"ncols": 2},
        readout=_readout(years, means, net, stocks),
    )


Bands = Mapping[str, np.ndarray]


def _scale(yearly: Yearly, scenario: str) -> float:
    """The factor of the unit that the title tells sums in, for the axes of both panels."""
    paid = _of(yearly, "loan_disbursements", scenario).sum(axis=1).mean()
    back = sum(_of(yearly, name, scenario).sum(axis=1).mean() for name in ("principal_to_china", "interest_to_china"))
    return scale_of(UNIT, max(paid, back))[0]


def _paint(
    years: np.ndarray, means: Bands, net: Bands, stocks: Mapping[str, Bands], sheet: Sheet, *, scale: float
) -> None:
    """Flows at the left, stocks at the right."""
    left, right = sheet.axes
    money = "mn USD" if scale == 1 else "bn USD"
    _paint_flows(left, years, means, net)
    left.set_ylabel(f"{money} a year", fontsize=11.5)
    _paint_stocks(right, years, stocks)
    right.set_ylabel(f"{money} at year end", fontsize=11.5)
    for axis in (left, right):
        thousands(axis.yaxis, scale)
        axis.set_xticks(years[:: 4 if sheet.narrow else 2])
    sheet.legend(_handles(), 6)


def _paint_flows(axis: Axes, years: np.ndarray, means: Bands, net: Bands) -> None:
    """What is paid out above zero and what is paid back below it, with the net transfer of most futures."""
    axis.bar(years, means["loan_disbursements"], color=IN, width=0.7)
    axis.bar(years, -means["principal_to_china"], color=PRINCIPAL, width=0.7)
    axis.bar(
        years,
        -means["interest_to_china"],
        bottom=-means["principal_to_china"],
        color=INTEREST,
        width=0.7,
        hatch="//",
        edgecolor="white",
        linewidth=0,
    )
    axis.errorbar(
        years,
        net["mean"],
        yerr=[net["mean"] - net["p10"], net["p90"] - net["mean"]],
        color=INK,
        marker="o",
        markersize=4.5,
        capsize=3,
        linewidth=1.6,
        zorder=5,
    )
    axis.axhline(0, color=INK, linewidth=1)
    axis.set_title("Paid out and paid back", fontsize=13)


def _paint_stocks(axis: Axes, years: np.ndarray, stocks: Mapping[str, Bands]) -> None:
    """What is owed and what is still to draw, with most futures around them."""
    for name, color in (("debt_to_china", OWED), ("undrawn_commitments", UNDRAWN)):
        axis.fill_between(years, stocks[name]["p10"], stocks[name]["p90"], color=color, alpha=0.2, linewidth=0)
        axis.plot(years, stocks[name]["p50"], color=color, linewidth=2.2)
    axis.set_ylim(bottom=0)
    axis.set_title("Owed, and still to draw", fontsize=13)


def _readout(years: np.ndarray, means: Bands, net: Bands, stocks: Mapping[str, Bands]) -> Readout:
    """Flows and stocks of each year in bn USD, whatever the axes have: loans of an option may be of another size."""

    def told(*bands: np.ndarray) -> list[list[str]]:
        return [[f"{value / 1000:z.2f}" for value in band] for band in bands]

    def ranged(bands: Bands, middle: str) -> list[str]:
        every = zip(*told(bands[middle], bands["p10"], bands["p90"]), strict=True)
        return [minus(f"{between} ({low} to {high})") for between, low, high in every]

    labels = (("paid out", IN), ("principal back", PRINCIPAL), ("interest", INTEREST))
    rows: list[dict[str, Any]] = [
        {"label": label, "color": color, "texts": texts}
        for (label, color), texts in zip(labels, told(*means.values()), strict=True)
    ]
    rows.append({"label": "net transfer (80 %)", "color": INK, "texts": ranged(net, "mean")})
    rows.append({"label": "debt (80 %)", "color": OWED, "texts": ranged(stocks["debt_to_china"], "p50")})
    rows.append({"label": "not drawn (80 %)", "color": UNDRAWN, "texts": ranged(stocks["undrawn_commitments"], "p50")})
    shown = [int(year) for year in years]
    series = [{"scenario": "", **row} for row in rows]
    return Readout(0, shown, [str(year) for year in shown], shown, series=series, unit="bn USD")


def _of(yearly: Yearly, name: str, scenario: str) -> np.ndarray:
    found = yearly[name].sel(scenario=scenario).transpose("draw", "year").values
    return np.asarray(found, dtype=float)


def _handles() -> list[Any]:
    return [
        Patch(color=IN, label="paid out"),
        Patch(color=PRINCIPAL, label="principal back"),
        Patch(facecolor=INTEREST, hatch="//", edgecolor="white", label="interest"),
        Line2D([], [], color=INK, marker="o", markersize=4.5, label="net transfer"),
        Line2D([], [], color=OWED, linewidth=2.2, label="debt"),
        Line2D([], [], color=UNDRAWN, linewidth=2.2, label="not drawn"),
    ]


def _rows(years: np.ndarray, means: Any, net: Any, stocks: Any) -> list[dict[str, Any]]:
    """One row a year of what both panels show."""
    return [
        {
            "year": int(year),
            "unit": "USD mn a year; debt and undrawn USD mn",
            **{f"{name}_mean": float(values[index]) for name, values in means.items()},
            **{f"net_transfer_{band}": float(net[band][index]) for band in ("mean", "p10", "p90")},
            **{
                f"{name}_{band}": float(found[band][index])
                for name, found in stocks.items()
                for band in ("p10", "p50", "p90")
            },
        }
        for index, year in enumerate(years)
    ]
