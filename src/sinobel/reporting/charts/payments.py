"""Who pays whom: a table of the money between Belarus and its partners in a year, with bars as long as the money.

All money of the model crosses one border, so a map of arrows would be a star whose arrows lie on each other, goods in
tens of billions beside interest in tens of millions. A table keeps every number with its range legible at any width.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle

from sinobel.analysis import payments
from sinobel.analysis.payments import BY_BELARUS, NET, PARTNERS, REST, RUSSIA, TO_BELARUS
from sinobel.analysis.summary import Summary, quantiles
from sinobel.reporting.charts.chart import Chart, Sheet, mark
from sinobel.reporting.charts.lettering import wrapped
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.charts.style import COLORS, GRID, INK, QUIET
from sinobel.reporting.words.wording import amount, minus, span

NEEDED = payments.NEEDED
IN, OUT = COLORS[0], COLORS[1]
ALL = "all partners"
BALANCE, SUBSIDY = "net balance", "energy subsidy"
HEADINGS = {
    TO_BELARUS: "Paid to Belarus",
    BY_BELARUS: "Paid by Belarus",
    NET: "Known on balance alone",
    BALANCE: "Net, and what is no payment",
}
COLUMNS = {
    "China": "China",
    "Russia": "Russia",
    "European Union": "EU",
    "rest of the world": "Rest of world",
    ALL: "All",
}
BILLION, UNIT = 1000.0, "USD mn"
STEP = 10.0
"""USD mn of the last digit that is shown."""
HAIR = 0.002
"""The least part of the longest bar that is drawn."""
EDGE = 0.93
"""Where the numbers of a column end, and how long its longest bar is, of its width."""
LINE = 0.46
"""Inches a row is high."""
Cell = tuple[float, float, float]
"""Mean and 80 % of futures, USD mn."""
Table = Mapping[tuple[str, str], Mapping[str, Cell]]
"""(side, kind) -> partner -> cell."""


def who_pays_whom(summary: Summary, scenario: str, year: int, footer: Footer, title: str = "") -> Chart:
    """Mean and 80 % of futures of every flow of a year, its sums over partners, and the net balance of each.

    Parameters
    ----------
    year : int
        Of `analysis.payments.years`.
    """
    return chart_of(tables(summary, scenario)[year], year, footer, title or scenario)


def chart_of(table: Table, year: int, footer: Footer, title: str, longest: float = 0.0) -> Chart:
    """The chart of a table.

    Parameters
    ----------
    longest : float
        USD mn of the longest bar where several tables share a scale; by default that of this one.
    """
    return Chart(
        "who-pays-whom",
        finding(table, year),
        reading=f"{heading(title, year)} In bn USD: means over futures, which add up, each with its 80 % range. "
        "Bars as long as the mean: blue comes in, orange goes out. Rest of world: all other countries and lenders, and "
        "services, income and capital, which the model does not split by country. Net balances add up to the change of "
        "reserves. The energy subsidy is a price below the market and in no sum",
        foot=footer.of("exports_to_china", "imports_from_china"),
        rows=rows(table, year),
        paint=partial(_paint, table, longest or largest(table)),
        size=(12.0, LINE * (len(table) + 5) + 2.4),
        least_panel=0.38 * (len(table) + 5),
    )


def finding(table: Table, year: int) -> str:
    """Which of the partners known by name takes most on balance: of the rest services and income are not known."""
    net = {partner: table[BALANCE, BALANCE][partner] for partner in PARTNERS if partner != REST}
    taker = min(net, key=lambda partner: net[partner][0])
    mean, low, high = net[taker]
    if mean >= 0:
        return f"Belarus {year}: no partner takes more than it pays for goods, in loans and investment"
    return (
        f"Belarus {year}: goods, loans and their service leave {_told(-mean)} net with {_named(taker)} "
        f"({span(-high, -low, UNIT)}, 80 %)"
    )


def _told(value: float) -> str:
    return amount(value, UNIT)


def _named(partner: str) -> str:
    return partner if partner in (RUSSIA, "China") else f"the {partner}"


def heading(title: str, year: int) -> str:
    """Whose payments are told, and of which year: how the reading begins."""
    return f"{title}, {year}."


def tables(summary: Summary, scenario: str) -> dict[int, Table]:
    """Means and ranges of flows, their sums, balances and the subsidy, in every year that can be told."""
    flows = payments.of_every_year(summary.yearly, scenario)
    balances = payments.balances(flows)
    bands: dict[tuple[str, str], dict[str, np.ndarray]] = {}
    order = {side: place for place, side in enumerate(HEADINGS)}
    for side, kind in sorted(flows, key=lambda flow: order[flow[0]]):
        bands[side, kind] = _bands(flows[side, kind])
    bands[BALANCE, BALANCE] = _bands(balances)
    bands[BALANCE, SUBSIDY] = {RUSSIA: _band(payments.subsidy(summary.yearly, scenario))}
    return {
        year: {flow: {who: _cell(band[:, place]) for who, band in row.items()} for flow, row in bands.items()}
        for place, year in enumerate(payments.years(summary.yearly))
    }


def _bands(amounts: payments.Amounts) -> dict[str, np.ndarray]:
    """Bands of what each partner pays or gets, and of all together."""
    return {**{who: _band(each) for who, each in amounts.items()}, ALL: _band(np.sum(list(amounts.values()), axis=0))}


def _band(values: np.ndarray) -> np.ndarray:
    """Mean and 80 % of futures, (3, years)."""
    return np.stack([values.mean(axis=0), *np.moveaxis(quantiles(values.T, (0.1, 0.9)), -1, 0)])


def _cell(band: np.ndarray) -> Cell:
    mean, low, high = (float(each) for each in band)
    return mean, low, high


def largest(table: Table) -> float:
    """The largest mean of a partner, USD mn."""
    return max(abs(cell[0]) for row in table.values() for partner, cell in row.items() if partner != ALL)


def _paint(table: Table, longest: float, sheet: Sheet) -> None:
    axis = sheet.axes
    size, small, width, left = (8.5, 6.8, 13, -1.25) if sheet.narrow else (13.0, 10.0, 22, -1.3)
    for column, called in enumerate(COLUMNS.values()):
        text = wrapped(called, 8 if sheet.narrow else 20, 2)
        axis.text(column + EDGE, -0.4, text, fontsize=size, fontweight="bold", color=INK, ha="right", va="center")
    line, before = 0.0, ""
    for (side, kind), row in table.items():
        if side != before:
            axis.text(left, line + 0.6, HEADINGS[side], fontsize=size, fontweight="bold", color=INK, va="center")
            line, before = line + 1.0, side
        axis.text(left, line + 0.5, wrapped(kind, width, 2), fontsize=size, color=INK, va="center")
        for column, partner in enumerate(COLUMNS):
            if partner in row:
                _write(axis, (column + EDGE, line), row[partner], sizes=(size, small))
                if partner != ALL:
                    _bar(axis, (column + EDGE, line), row[partner][0] / longest, out=side == BY_BELARUS)
        axis.plot([left, len(COLUMNS)], [line + 1.06] * 2, color=GRID, linewidth=0.8)
        line += 1.1
    axis.set_xlim(left - 0.02, len(COLUMNS))
    axis.set_ylim(line, -1.0)
    axis.set_axis_off()


def _write(axis: Any, corner: tuple[float, float], cell: Cell, *, sizes: tuple[float, float]) -> None:
    """A number and its range under it."""
    (x, y), (told, between), (size, small) = corner, in_words(cell), sizes
    mean = axis.text(x, y + 0.25, told, fontsize=size, color=INK, ha="right", va="center")
    span = axis.text(x, y + 0.64, between, fontsize=small, color=QUIET, ha="right", va="center")
    for text, part in ((mean, "mean"), (span, "span")):
        mark(text, "", f"paid-{part}")


def _bar(axis: Any, corner: tuple[float, float], share: float, *, out: bool) -> None:
    """A bar as long as the money at the foot of a cell, at least a hair; the longest fills it."""
    (x, y), length = corner, EDGE * max(abs(share), HAIR)
    color = OUT if out or share < 0 else IN
    bar = axis.add_patch(Rectangle((x - length, y + 0.87), length, 0.14, color=color, linewidth=0))
    mark(bar, "", "paid-bar out" if out else "paid-bar")


def as_shown(cell: Cell) -> tuple[int, int, int]:
    """Mean and range as they are shown, in hundredths of a billion: tenths of it where an end reaches a billion."""
    step = 10 if max(abs(cell[1]), abs(cell[2])) >= BILLION - STEP / 2 else 1
    mean, low, high = (step * round(each / STEP / step) for each in cell)
    return mean, low, high


def in_words(cell: Cell) -> tuple[str, str]:
    """The mean in USD bn, and its range; the script of the page tells those of another scenario or year likewise."""
    mean, low, high = as_shown(cell)
    digits = 1 if max(abs(low), abs(high)) >= BILLION / STEP else 2
    between = " to " if low >= 0 else " … "
    told, *ends = (minus(f"{each * STEP / BILLION:z.{digits}f}") for each in (mean, low, high))
    return told, between.join(ends)


def rows(table: Table, year: int) -> list[dict[str, Any]]:
    """One row a flow and partner, USD mn."""
    return [
        {
            "year": year,
            "side": "no payment" if kind == SUBSIDY else side,
            "kind": kind,
            "partner": partner,
            "unit": "USD mn",
            "mean": mean,
            "p10": low,
            "p90": high,
        }
        for (side, kind), row in table.items()
        for partner, (mean, low, high) in row.items()
    ]
