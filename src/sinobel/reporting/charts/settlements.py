"""Chart of the potash bargain against the record: price over spot, waits, refusals and closures, who settles first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sinobel.analysis import settlements
from sinobel.analysis.settlements import Share, Talks
from sinobel.inputs import months
from sinobel.inputs.settlements import Settlement
from sinobel.reporting.basis import Basis
from sinobel.reporting.charts.chart import Chart, Sheet, told
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, INK, QUIET, SQUARE
from sinobel.reporting.words.wording import percent
from sinobel.runs.trajectories import Yearly

NEEDED = settlements.NEEDED
ALL, PALE, FALLEN, RISEN = COLORS[5], "#9aa0a6", COLORS[1], COLORS[0]
MARK = INK  # of the record: a drawing leaves out what is filled with black, and a dark page could not recolor it
SELLERS = {"belaruskali": "Belaruskali", "uralkali": "Uralkali", "canpotex": "Canpotex"}
RATIOS = np.round(np.arange(0.70, 1.1801, 0.04), 2)  # edges, so that 0.94 and what lies by it is one bar
GROUND = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 1.0}
"""Behind texts within a panel, so that no line of the grid goes through them."""
LONGEST = 15  # months; longer waits are counted with it
MONTHS = np.arange(-0.5, LONGEST + 1)
SOURCE = (
    "Settlements of the record: trade press (Reuters, ICIS and others), closure of 2009: Marin 2017 (F037), listed in "
    "model/record/potash_contracts.csv."
)


@dataclass(frozen=True)
class Record:
    """What the record tells beside the model: settlements, years of falling spot and of a closed market."""

    settlements: tuple[Settlement, ...]
    weak: tuple[int, ...]
    closures: tuple[int, ...]

    @property
    def with_spot(self) -> list[Settlement]:
        """Settlements at which spot is recorded."""
        return settlements.with_spot(self.settlements)

    @property
    def closed(self) -> list[int]:
        """Years of falling spot in which the market was closed."""
        return [year for year in self.weak if year in self.closures]

    @property
    def share_closed(self) -> float:
        """How many of the years of falling spot those are."""
        return len(self.closed) / max(len(self.weak), 1)


def can(yearly: Yearly, basis: Basis, origin: int) -> bool:
    """Whether both the model's talks and the record's can be told: some settled after a fall of spot, some not."""
    spot = basis.recorded.get("potash_spot_price", {})
    if not (all(name in yearly for name in NEEDED) and origin in spot and settlements.with_spot(basis.settlements)):
        return False
    scenarios = [str(name) for name in yearly[NEEDED[0]]["scenario"].values]
    found = [_talks(yearly, name, basis, origin) for name in scenarios]
    return all(len(each.fallen) and len(each.risen) and each.closed.known and each.refused.known for each in found)


def _talks(yearly: Yearly, scenario: str, basis: Basis, origin: int) -> Talks:
    last = [each for each in basis.settlements if each.year <= origin][-1]
    spot = basis.recorded["potash_spot_price"][origin]
    return settlements.talks(yearly, scenario, contract=last.price, spot=spot)


def bargain(yearly: Yearly, scenario: str, basis: Basis, footer: Footer, *, title: str, origin: int) -> Chart:
    """Talks with China in all futures and years, beside the settlements of the record.

    Parameters
    ----------
    origin : int
        Last recorded year.
    """
    found, years = _talks(yearly, scenario, basis, origin), yearly[NEEDED[0]]["year"].values
    weak = settlements.weak_years(basis.recorded["potash_spot_price"], basis.settlements)
    record = Record(basis.settlements, tuple(weak), basis.closures)
    shown = record.with_spot
    return Chart(
        "potash-settlements",
        finding(found, record),
        reading=f"{title or scenario}. Bars: {len(found.over_spot):,} settlements of the model, "
        f"{years[0]}-{years[-1]}. Discs: the record, {shown[0].year}-{shown[-1].year}, each with its year. "
        "The record's prices, waits and closures were in view when priors were set; refusals were not"
        f"{_missed(found, record)}",
        foot=f"{footer.of('potash_contract_price')} {SOURCE}",
        rows=_rows(found, record),
        paint=partial(_paint, found, record),
        size=SQUARE,
        legend_rows=1,
        layout={"nrows": 2, "ncols": 2},
    )


def finding(found: Talks, record: Record) -> str:
    """Price over spot and waits, of the model and of the record."""
    recorded = _mean([each.price / (each.spot or np.nan) for each in record.with_spot])
    fallen, risen = (_mean(_waits(record, fell=fell)) for fell in (True, False))
    return (
        f"Potash for China settles at {_mean(found.over_spot):.2f} of spot (record {recorded:.2f}), after waits of "
        f"{_mean(found.fallen):.1f} months where spot has fallen ({fallen:.1f}) and {_mean(found.risen):.1f} where not "
        f"({risen:.1f})"
    )


def _missed(found: Talks, record: Record) -> str:
    """Sellers whose share of first settlements in the record lies outside eight futures in ten; empty for none."""
    shares, _ = settlements.leaders(record.settlements)
    missed = [
        f"{name} {percent(found.led_by[seller].share)} of times (record {percent(shares[seller])})"
        for seller, name in SELLERS.items()
        if not found.led_by[seller].low <= shares[seller] <= found.led_by[seller].high
    ]
    return f". It does not tell who settles first: {', '.join(missed)}" if missed else ""


def _mean(values: Any) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _waits(record: Record, *, fell: bool) -> list[int]:
    return [each.waited for each in _of_kind(record, fell=fell)]


def _of_kind(record: Record, *, fell: bool) -> list[Settlement]:
    known = [each for each in record.with_spot if each.before is not None]
    return [each for each in known if settlements.fell(each) == fell]


def _paint(found: Talks, record: Record, sheet: Sheet) -> None:
    """Price, waits, shares and leaders, one panel each."""
    price, waits, often, first = np.ravel(sheet.axes)
    _paint_price(price, found, record)
    _paint_waits(waits, found, record)
    _paint_often(often, found, record)
    _paint_first(first, found, record)
    sheet.legend(_handles(), 4)


def _paint_price(axis: Any, found: Talks, record: Record) -> None:
    """How many settlements lie where, those of the record above their places."""
    shares = 100 * _histogram(found.over_spot, RATIOS)
    drawn = axis.bar(_middles(RATIOS), shares, width=0.036, color=ALL)
    _tell(drawn, [f"{low:.2f} to {low + 0.04:.2f} of spot" for low in RATIOS[:-1]], shares)
    points = [(_middle(each.price / (each.spot or np.nan), RATIOS), each.year) for each in record.with_spot]
    top = _discs(axis, points, start=1.14 * shares.max(), step=0.17 * shares.max())
    axis.set_ylim(0, top)
    axis.axvline(1.0, color=INK, linewidth=1, linestyle="--", zorder=0.5)
    axis.set_title("Contract price over spot when settled", fontsize=13)
    axis.set_xlabel("contract over spot (both USD/t CFR)", fontsize=11.5)
    axis.set_ylabel("% of settlements", fontsize=11.5)
    axis.set_xticks(np.round(np.arange(0.7, 1.2, 0.1), 1))


def _paint_waits(axis: Any, found: Talks, record: Record) -> None:
    """Waits where spot has fallen upward, the others downward; those of the record beyond the bars."""
    up, down = (100 * _histogram(values, MONTHS) for values in (found.fallen, found.risen))
    step = 0.16 * (up.max() + down.max())
    for values, color, what in ((up, FALLEN, "spot has fallen"), (-down, RISEN, "spot has not")):
        drawn = axis.bar(_middles(MONTHS), values, width=0.8, color=color)
        _tell(drawn, [f"{month:.0f} months, {what}" for month in _middles(MONTHS)], abs(values))
    ends = []
    for fell, start, sign in ((True, up.max(), 1), (False, -down.max(), -1)):
        points = [(_middle(each.waited, MONTHS), each.year) for each in _of_kind(record, fell=fell)]
        ends.append(_discs(axis, points, start=start + sign * 0.7 * step, step=sign * step))
    axis.set_ylim(ends[1], ends[0])
    axis.axhline(0, color=INK, linewidth=1)
    axis.set_title("Months without a contract before it", fontsize=13)
    axis.set_xlabel(f"months ({LONGEST}: or longer)\nfallen: spot below the old contract", fontsize=11.5)
    axis.set_ylabel("% of settlements", fontsize=11.5)
    axis.yaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    axis.set_xticks(range(0, LONGEST + 1, 3))


def _tell(drawn: Any, names: Sequence[str], shares: np.ndarray) -> None:
    """Give bars that are there to see their names and shares, in percent of settlements."""
    for bar, name, share in zip(drawn.patches, names, shares, strict=True):
        if share:
            told(bar, f"{name}: {share:.1f} % of settlements")


def _histogram(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Shares of values between edges; what lies beyond is counted with the outermost."""
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1] - 1e-9), edges)
    return np.asarray(counts / max(len(values), 1))


def _middles(edges: np.ndarray) -> np.ndarray:
    return np.asarray((edges[:-1] + edges[1:]) / 2)


def _middle(value: float, edges: np.ndarray) -> float:
    """Middle of the bar in which a value is counted."""
    place = int(np.clip(np.searchsorted(edges, value, side="right") - 1, 0, len(edges) - 2))
    return float(_middles(edges)[place])


def _discs(axis: Any, points: Sequence[tuple[float, int]], *, start: float, step: float) -> float:
    """Settlements of the record with their years, one beyond the other at a place; returns where the panel ends."""
    heights: dict[float, float] = {}
    for place, year in points:
        height = heights[place] = heights[place] + step if place in heights else start
        axis.plot(place, height, marker="o", markersize=17, color=MARK, clip_on=False, zorder=4)
        shown = {"ha": "center", "va": "center_baseline", "fontsize": 10, "fontweight": "bold", "zorder": 5}
        axis.text(place, height, f"{year % 100:02d}", color="#ffffff", **shown)
    return max(heights.values(), key=abs, default=start) + 0.75 * step


Case = tuple[str, Share, float | None, str]
"""A row of shares: what it is, the model's share, the record's, and what is said of that."""


def _paint_often(axis: Any, found: Talks, record: Record) -> None:
    """Refusals and closures: the model's share, 80 % of futures, and the record where it counts them."""
    closed = record.closed
    told = f"record: {len(closed)} of {len(record.weak)}" + f" ({', '.join(map(str, closed))})" * bool(closed)
    rows: list[Case] = [
        ("Refused, of offers to Belaruskali", found.refused, None, "record: not counted"),
        ("Market closed, of years of falling spot", found.closed, record.share_closed, told),
    ]
    _ranges(axis, rows)
    axis.set_title("How often", fontsize=13)
    axis.set_xlabel("% of offers, % of such years", fontsize=11.5)


def _paint_first(axis: Any, found: Talks, record: Record) -> None:
    """Who settles first: the model's share, 80 % of futures, and the record."""
    shares, count = settlements.leaders(record.settlements)
    _ranges(axis, [(name, found.led_by[seller], shares[seller], "") for seller, name in SELLERS.items()])
    axis.set_title("Who settles first", fontsize=13)
    axis.set_xlabel(
        f"% of rounds (record: {count}; to July 2013\nBelaruskali sold for Uralkali too)",
        fontsize=11.5,
    )


def _ranges(axis: Any, rows: Sequence[Case]) -> None:
    """A row a share: what it is, the range, the model's share, and the record's."""
    farthest = max(max(each.high, recorded or 0.0) for _, each, recorded, _ in rows)
    for row, (name, share, recorded, word) in enumerate(rows):
        axis.plot([100 * share.low, 100 * share.high], [row, row], color=PALE, linewidth=8, solid_capstyle="butt")
        square = axis.plot(100 * share.share, row, marker="s", markersize=10, color=ALL, zorder=4)[0]
        compared = "" if recorded is None else f"; record {100 * recorded:.0f} %"
        told(square, f"{name}: {100 * share.share:.0f} % ({100 * share.low:.0f} to {100 * share.high:.0f}){compared}")
        axis.text(0, row - 0.22, name, ha="left", va="bottom", fontsize=11.5, bbox=GROUND)
        if recorded is not None:
            axis.plot(100 * recorded, row, marker="o", markersize=12, color=MARK, zorder=5)
        if word:
            axis.text(0, row + 0.22, word, ha="left", va="top", fontsize=11, color=QUIET, bbox=GROUND)
    axis.set_yticks([])
    axis.spines["left"].set_visible(False)
    axis.set_ylim(len(rows) - 0.4, -0.75)
    axis.set_xlim(-1.5, min(110 * farthest, 104))
    axis.grid(visible=True, axis="x")
    axis.grid(visible=False, axis="y")


def _handles() -> list[Any]:
    model: dict[str, Any] = {"marker": "s", "markersize": 9, "markerfacecolor": ALL, "markeredgecolor": ALL}
    return [
        Line2D([], [], color=PALE, linewidth=7, solid_capstyle="butt", label="model, 80 % of futures", **model),
        Line2D([], [], color=MARK, marker="o", markersize=12, linewidth=0, label="record"),
        Patch(color=FALLEN, label="spot has fallen"),
        Patch(color=RISEN, label="spot has not"),
    ]


def _rows(found: Talks, record: Record) -> list[dict[str, Any]]:
    """Everything drawn: shares of bars and of cases in the model, and the record."""
    rows: list[dict[str, Any]] = []
    bars = (
        ("contract over spot", "fraction", found.over_spot, RATIOS),
        ("months waited, spot below the old contract", "months", found.fallen, MONTHS),
        ("months waited, spot not below it", "months", found.risen, MONTHS),
    )
    for measure, unit, values, edges in bars:
        for middle, share in zip(_middles(edges), _histogram(values, edges), strict=True):
            rows.append({"measure": measure, "case": f"{middle:g} {unit}", "model_share": float(share)})
    leads = settlements.leaders(record.settlements)[0]
    cases: list[tuple[str, str, Share, float | None]] = [
        ("offers refused", "", found.refused, None),
        ("years of falling spot with the market closed", "", found.closed, record.share_closed),
    ]
    cases += [("who settles first", name, found.led_by[seller], leads[seller]) for seller, name in SELLERS.items()]
    for measure, case, share, recorded in cases:
        model = {"model_share": share.share, "model_p10": share.low, "model_p90": share.high}
        rows.append({"measure": measure, "case": case, **model, "record": recorded})
    for each in record.with_spot:
        told = {"contract over spot": each.price / (each.spot or np.nan), "months waited": each.waited}
        rows += [{"measure": name, "case": months.label(each.settled), "record": value} for name, value in told.items()]
    names = ("measure", "case", "model_share", "model_p10", "model_p90", "record")
    return [{name: row.get(name, "") for name in names} for row in rows]
