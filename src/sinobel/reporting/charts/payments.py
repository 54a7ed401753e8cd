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
from sinobel.reporting.charts.chart import Chart, Sheet
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
    flows = payments.payments(summary.yearly, scenario, year)
    table = _table(flows, payments.subsidy(summary.yearly, scenario, year))
    return Chart(
        "who-pays-whom",
        finding(table, year),
        reading=f"{title or scenario}, {year}. In bn USD: means over futures, which add up, each with its 80 % range. "
        "Bars as long as the mean: blue comes in, orange goes out. Rest of world: all other countries and lenders, and "
        "services, income and capital, which the model does not split by country. Net balances add up to the change of "
        "reserves. The energy subsidy is a price below the market and in no sum",
        foot=footer.of("exports_to_china", "imports_from_china"),
        rows=_rows(table, year),
        paint=partial(_paint, table),
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


def _table(flows: Mapping[payments.Flow, payments.Amounts], subsidy: np.ndarray) -> Table:
    """Means and ranges of flows, their sums, balances and the subsidy."""
    table: dict[tuple[str, str], dict[str, Cell]] = {}
    order = {side: place for place, side in enumerate(HEADINGS)}
    for side, kind in sorted(flows, key=lambda flow: order[flow[0]]):
        amounts = flows[side, kind]
        table[side, kind] = {partner: _cell(values) for partner, values in amounts.items()}
        table[side, kind][ALL] = _cell(np.sum(list(amounts.values()), axis=0))
    balances = payments.balances(flows)
    table[BALANCE, BALANCE] = {partner: _cell(values) for partner, values in balances.items()}
    table[BALANCE, BALANCE][ALL] = _cell(np.sum(list(balances.values()), axis=0))
    table[BALANCE, SUBSIDY] = {RUSSIA: _cell(subsidy)}
    return table


def _cell(values: np.ndarray) -> Cell:
    low, high = quantiles(values, (0.1, 0.9))
    return float(values.mean()), float(low), float(high)


def _paint(table: Table, sheet: Sheet) -> None:
    axis = sheet.axes
    size, small, width, left = (8.5, 6.8, 13, -1.25) if sheet.narrow else (13.0, 10.0, 22, -1.3)
    longest = max(abs(cell[0]) for row in table.values() for partner, cell in row.items() if partner != ALL)
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
    (x, y), (mean, low, high), (size, small) = corner, cell, sizes
    digits = 1 if max(abs(low), abs(high)) >= BILLION else 2
    between = " to " if low >= 0 else " … "
    told = f"{_number(low, digits)}{between}{_number(high, digits)}"
    axis.text(x, y + 0.25, _number(mean, digits), fontsize=size, color=INK, ha="right", va="center")
    axis.text(x, y + 0.64, told, fontsize=small, color=QUIET, ha="right", va="center")


def _bar(axis: Any, corner: tuple[float, float], share: float, *, out: bool) -> None:
    """A bar as long as the money at the foot of a cell; the longest fills it."""
    (x, y), length = corner, EDGE * abs(share)
    color = OUT if out or share < 0 else IN
    axis.add_patch(Rectangle((x - length, y + 0.87), length, 0.14, color=color, linewidth=0))


def _number(value: float, digits: int) -> str:
    """Of USD mn, in USD bn."""
    return minus(f"{value / BILLION:z.{digits}f}")


def _rows(table: Table, year: int) -> list[dict[str, Any]]:
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
