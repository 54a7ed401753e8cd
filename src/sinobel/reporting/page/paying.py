"""Who pays whom on a page: the table of one scenario and year, with the numbers of every other one for the script."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from sinobel.reporting.charts import payments
from sinobel.reporting.charts.payments import BILLION, STEP, Table, as_shown
from sinobel.reporting.page.pictures import Picture, picture
from sinobel.reporting.result_data import ResultData

_LENGTH = re.compile(r'<g class="paid-bar[^>]*><path d="[^"]*?h([\d.]+)')


def picture_of(data: ResultData, key: str, year: int) -> Picture:
    """The table of the scenario in detail in a year, in one scale with all others, and what tells these."""
    tables = {name: payments.tables(data.summary, name) for name in data.titles}
    longest = max(payments.largest(table) for years in tables.values() for table in years.values())
    name = data.detailed
    shown, title = tables[name][year], data.titles[name]
    chart = payments.chart_of(shown, year, data.footer_of(name), title, longest)
    made = picture(chart, key, has_phone=False)
    lengths = [float(length) for length in _LENGTH.findall(made.wide)]
    means = [cell[0] for row in shown.values() for partner, cell in row.items() if partner != payments.ALL]
    most = int(np.argmax(np.abs(means)))
    made.rows = _rows(shown, title, year)
    made.by_year = {
        "years": list(tables[name]),
        "shown": [name, year],
        "names": {each: data.titles[each] for each in tables},
        "sums": [place for place, partner in enumerate(_partners(shown)) if partner == payments.ALL],
        "full": round(lengths[most] * longest / abs(means[most]), 1),
        "longest": longest / STEP,
        "step": int(STEP),
        "billion": int(BILLION / STEP),
        "column": list(made.rows[0]).index("mean"),
        "hair": payments.HAIR,
        "cells": {name: [_numbers(table) for table in years.values()] for name, years in tables.items()},
        "titles": {
            name: [payments.finding(table, each) for each, table in years.items()] for name, years in tables.items()
        },
    }
    return made


def _partners(table: Table) -> list[str]:
    return [partner for row in table.values() for partner in row]


def _numbers(table: Table) -> list[int]:
    """Mean, low and high end of every cell as they are shown."""
    return [number for row in table.values() for cell in row.values() for number in as_shown(cell)]


def _rows(table: Table, title: str, year: int) -> list[dict[str, Any]]:
    """The table behind the chart, to the digits it shows, which is all that the script knows of other years."""
    rows = []
    cells = [cell for row in table.values() for cell in row.values()]
    for row, cell in zip(payments.rows(table, year), cells, strict=True):
        numbers = (int(STEP) * each for each in as_shown(cell))
        rows.append({"scenario": title, **row, **dict(zip(("mean", "p10", "p90"), numbers, strict=True))})
    return rows
