"""Tables: tidy CSV, the README of a results folder, what the terminal shows."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sinobel.analysis import summary
from sinobel.analysis.attribution import AttributionRow
from sinobel.analysis.rows import meanings
from sinobel.analysis.summary import SummaryRow
from sinobel.inputs import inert
from sinobel.runs.trajectories import BANDS, Yearly

HEADLINES = (
    "exports_to_china",
    "imports_from_china",
    "balance_with_china",
    "potash_contract_price",
    "loan_disbursements",
    "debt_to_china",
    "net_transfer_from_china",
    "reserves",
    "debt_to_gdp",
)


def to_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV text; numbers with seven significant digits, an apostrophe before what could be a formula."""
    if not rows:
        return ""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    columns = list(rows[0])
    known, heads, text = set(columns), columns[:1], cache(inert.csv_text)  # the same names stand in many cells
    writer.writerow([text(key, first=key in heads) for key in columns])
    for row in rows:
        content = dict(row)
        if unknown := content.keys() - known:
            raise ValueError(f"the first row has no column {', '.join(sorted(unknown))}")
        writer.writerow([_cell(content.get(key, ""), text, first=key in heads) for key in columns])
    return stream.getvalue()


def _cell(value: object, text: Callable[..., str], *, first: bool) -> object:
    if isinstance(value, float):
        return f"{value:.7g}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return text(value, first=first) if isinstance(value, str) else value


def head_of(words: str) -> str:
    """Words as the head of a column: "Russia, EFSD mean" is "russia_efsd_mean"."""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def number(value: float) -> str:
    """A number as people read it: no more digits than mean something, and no sign before what these round to 0."""
    if math.isnan(value):
        return "–"
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:z.2f}"


def in_percent(unit: str) -> tuple[float, str]:
    """What a table for people multiplies by, and the unit it shows: sentences tell a fraction in percent."""
    return (100.0, f"%{unit.removeprefix('fraction')}") if unit.startswith("fraction") else (1.0, unit)


def headline_rows(yearly: Yearly, scenario: str, years: Sequence[int], first: Sequence[str] = ()) -> list[list[str]]:
    """For the terminal: label, unit, then "median [80 %]" of each year.

    Parameters
    ----------
    first : Sequence[str]
        Indicators that stand above the headlines.
    """
    table = []
    for name in dict.fromkeys([*first, *HEADLINES]):
        if name not in yearly:
            continue
        variable = yearly[name].sel(scenario=scenario).transpose("year", "draw")
        factor, unit = in_percent(variable.attrs["units"])
        cells = [variable.attrs["long_name"], unit]
        for year in years:
            found = dict(zip(BANDS, factor * summary.bands(variable.sel(year=year).values), strict=True))
            cells.append(f"{number(found['p50'])} [{number(found['p10'])} to {number(found['p90'])}]")
        table.append(cells)
    return table


COLUMNS = meanings(AttributionRow, SummaryRow)
"""Columns of the tables of every folder."""
