"""Charts of the potash contract: its price against spot, and the months without one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.dates import date2num
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.analysis.round_years import told_year
from sinobel.reporting.charts.bars import bars
from sinobel.reporting.charts.chart import Chart, Readout, Sheet
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, RECORD, SQUARE
from sinobel.reporting.words.wording import percent

if TYPE_CHECKING:
    import xarray as xr


NEEDED = ("potash_spot_price", "potash_contract_price", "without_contract", "market_closed")
WAITING, SHARE_WAITING = "#9aa0a6", "#5f6368"
"""Colors of the months without a contract: of one future, and of all."""


def contract(
    bands: xr.Dataset,
    examples: xr.Dataset,
    scenario: str,
    footer: Footer,
    *,
    title: str = "",
    year: int | None = None,
) -> Chart:
    """Contract price against spot, with the months without a contract shaded: one future above, all of them below.

    Parameters
    ----------
    year : int | None
        That the title tells; by default one far from either end.
    """
    every, one = bands.sel(scenario=scenario), examples.sel(scenario=scenario).isel(draw=0)
    return Chart(
        "contract-and-spot",
        finding(bands, scenario, year),
        reading=f"{title or scenario}. Above: one future (draw {int(examples['draw'].values[0])}), months without a "
        "contract shaded. Below: all futures, shaded darker where more of them wait",
        foot=footer.of("potash_contract_price"),
        rows=_rows(every, one),
        paint=partial(_paint, every, one),
        size=SQUARE,
        legend_rows=2,
        layout={"nrows": 2, "sharex": True, "height_ratios": (1, 1.1)},
        readout=_readout(every),
    )


def _paint(every: xr.Dataset, one: xr.Dataset, sheet: Sheet) -> None:
    """One future above, all of them below."""
    above, below = sheet.axes
    _paint_one(above, one)
    _paint_all(below, every)
    above.set_title("One future", fontsize=13)
    below.set_title("All futures: medians and 80 %", fontsize=13)
    sheet.legend(_handles(every), 3)
    for axis in (above, below):
        axis.set_ylim(bottom=0)
        axis.margins(x=0.005)


def _edges(time: np.ndarray) -> np.ndarray:
    """Where months begin, and where the last one ends."""
    return np.append(time, time[-1] + np.timedelta64(31, "D"))


def _paint_one(axis: Any, one: xr.Dataset) -> None:
    """Prices of one future, its months without a contract shaded by why there is none."""
    time = one["time"].values
    edges = _edges(time)
    waiting = one["without_contract"].values > 0.5
    closed = one["market_closed"].values > 0.5
    _shade(axis, edges, waiting & ~closed, color=WAITING, alpha=0.35)
    _shade(axis, edges, waiting & closed, color=COLORS[1], alpha=0.35)
    axis.plot(time, one["potash_spot_price"].values, color=COLORS[0], linewidth=2)
    axis.step(time, one["potash_contract_price"].values, where="post", color=RECORD, linewidth=2.4)
    axis.set_ylabel("USD/t CFR")


def _shade(axis: Any, edges: np.ndarray, months: np.ndarray, **look: Any) -> None:
    """Shade some months over the height of a panel, as one shape: a page would say the same of each month."""
    ends = np.flatnonzero(np.diff(np.r_[False, months, False].astype(int)))
    if not len(ends):
        return
    number: Any = date2num
    left, right = number(edges)[ends].reshape(-1, 2).T
    foot = np.zeros(len(left))
    patch = bars(axis, (left + right) / 2, foot + 1, foot, width=right - left, linewidth=0, **look)
    patch.set_transform(axis.get_xaxis_transform())


def _paint_all(axis: Any, every: xr.Dataset) -> None:
    """Medians and ranges of all futures, months shaded by how many of them wait."""
    time = every["time"].values
    edges = _edges(time)
    shades = np.round(np.clip(0.6 * _waiting(every), 0, 1), 2)
    for shade in np.unique(shades[shades > 0]):
        _shade(axis, edges, shades == shade, color=SHARE_WAITING, alpha=float(shade))
    for name, color in (("potash_spot_price", COLORS[0]), ("potash_contract_price", RECORD)):
        price = every[name]
        low, high = (price.sel(band=band).values for band in ("p10", "p90"))
        axis.fill_between(time, low, high, color=color, alpha=0.18, linewidth=0)
        axis.plot(time, price.sel(band="p50").values, color=color, linewidth=2.2)
    axis.set_ylabel("USD/t CFR")


def _handles(every: xr.Dataset) -> list[Any]:
    most = 100 * _waiting(every).max()
    return [
        Line2D([], [], color=COLORS[0], linewidth=2.2, label="spot"),
        Line2D([], [], color=RECORD, linewidth=2.4, label="contract, last settled"),
        Patch(color=WAITING, alpha=0.35, label="waiting"),
        Patch(color=COLORS[1], alpha=0.35, label="market closed"),
        Patch(color=SHARE_WAITING, alpha=0.5, label=f"waiting in ≤ {most:.0f} %"),
    ]


def _waiting(every: xr.Dataset) -> np.ndarray:
    """Share of futures without a contract, by month."""
    share: np.ndarray = every["without_contract"].sel(band="mean").values
    return share


def finding(bands: xr.Dataset, scenario: str, year: int | None = None) -> str:
    """Where contract and spot stand in December of the year that titles tell, and how many months pass without one."""
    every = bands.sel(scenario=scenario)
    stamps = [str(stamp)[:7] for stamp in every["time"].values]
    ends = [int(stamp[:4]) for stamp in stamps if stamp.endswith("-12")]
    told = year if year in ends else told_year(ends) if ends else None
    month = stamps[-1] if told is None else f"{told}-12"
    spot, contract = (
        float(every[name].sel(band="p50").values[stamps.index(month)])
        for name in ("potash_spot_price", "potash_contract_price")
    )
    waiting = float(every["without_contract"].sel(band="mean").values.mean())
    return (
        f"Potash for China: contract {contract:.0f}, spot {spot:.0f} USD/t at the median of {month}; "
        f"{percent(waiting)} of months have no contract"
    )


PRICES = (
    ("potash_spot_price", "spot, USD/t: median (80 %)", COLORS[0]),
    ("potash_contract_price", "contract, USD/t: median (80 %)", RECORD),
)


def _months(every: xr.Dataset) -> list[str]:
    return [str(stamp)[:7] for stamp in every["time"].values]


def _readout(every: xr.Dataset) -> Readout:
    """What can be read off the lower panel, month by month."""
    names = _months(every)
    series: list[dict[str, Any]] = []
    for name, label, color in PRICES:
        low, middle, high = (every[name].sel(band=band).values for band in ("p10", "p50", "p90"))
        texts = [f"{m:.0f} ({a:.0f} to {b:.0f})" for a, m, b in zip(low, middle, high, strict=True)]
        series.append({"scenario": "", "label": label, "texts": texts, "color": color})
    waits = {"scenario": "", "label": "futures without a contract", "color": WAITING}
    series.append(waits | {"texts": [f"{100 * part:.0f} %" for part in _waiting(every)]})
    number: Any = date2num
    positions = [float(position) for position in number(every["time"].values)]
    return Readout(1, positions, names, [int(name[:4]) for name in names], series)


def _rows(every: xr.Dataset, one: xr.Dataset) -> list[dict[str, Any]]:
    """What both panels show, a row a month: all futures, and the one drawn above."""
    columns: dict[str, Any] = {}
    for name, _, _ in PRICES:
        columns |= {f"{name}_{band}": every[name].sel(band=band).values for band in ("p10", "p50", "p90")}
        columns[f"{name}_one_future"] = one[name].values
    columns |= {
        "share_waiting": every["without_contract"].sel(band="mean").values,
        "waiting_one_future": one["without_contract"].values,
        "closed_one_future": one["market_closed"].values,
    }
    return [
        {"month": month, **{name: float(values[index]) for name, values in columns.items()}}
        for index, month in enumerate(_months(every))
    ]
