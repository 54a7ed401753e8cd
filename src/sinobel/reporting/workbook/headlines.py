"""The sheet of paired differences that goes on paper: headline indicators side by side, options and years below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from sinobel.analysis import differences
from sinobel.analysis.summary import quantiles
from sinobel.reporting.charts.shared import OPTION_INDICATORS
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.workbook.sheets import LINE, Book, pages_for, paper, write

SHEET, ALL = "Differences", "All differences"
WHAT = "paired differences of the headline indicators, future by future: median, 80 % range, share of futures"
MOST = 6
STATISTICS = ("median", "10 % below", "90 % below", "share higher")
_ORDER = (0.5, 0.1, 0.9)


def names(data: ResultData, most: int = MOST) -> list[str]:
    """Headline indicators: what the answer tells first, then what options are told by."""
    found = dict.fromkeys([*data.leading, *OPTION_INDICATORS])
    return [name for name in found if name in data.annual][:most]


def add(book: Book, data: ResultData) -> None:
    """Write the sheet. Each column has one unit and one number of digits."""
    shown = names(data)
    sheet = book.file.add_worksheet(SHEET)
    sheet.write_string(0, 0, f"against {data.reference}", book.header)
    sheet.write_string(0, 1, "", book.header)
    for column, word in enumerate(("scenario", "year")):
        sheet.write_string(1, column, word, book.header)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 6)
    for place, name in enumerate(shown):
        _indicator(book, sheet, data, name, 2 + place * len(STATISTICS))
    for line, (option, year) in enumerate(product(data.options, data.years), start=2):
        sheet.write_string(line, 0, option)
        sheet.write_number(line, 1, year)
    sheet.set_row(0, 3 * LINE)
    sheet.set_row(1, 2 * LINE)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(0, 1)
    paper(sheet, pages=pages_for(len(data.options) * len(data.years)))


def _indicator(book: Book, sheet: Any, data: ResultData, name: str, first: int) -> None:
    """The columns of one indicator."""
    variable = data.annual[name]
    heading = f"{variable.attrs['long_name']}, {variable.attrs['units']}"
    cells = {"first_row": 0, "first_col": first, "last_row": 0, "last_col": first + len(STATISTICS) - 1}
    sheet.merge_range(**cells, data=heading, cell_format=book.header)
    for column, word in enumerate(STATISTICS, start=first):
        sheet.write_string(1, column, word, book.header)
    sheet.set_column(first, first + len(STATISTICS) - 1, 9)
    values, higher = _values(data, name)
    form = book.number([float(np.nanmax(np.abs(values)))] if np.isfinite(values).any() else [])
    for line, (row, share) in enumerate(zip(values, higher, strict=True), start=2):
        for column, value in enumerate(row.tolist(), start=first):
            write(sheet, line, column, value, form)
        write(sheet, line, first + len(STATISTICS) - 1, float(share), book.percent)


def _values(data: ResultData, name: str) -> tuple[np.ndarray, Sequence[float]]:
    """Median and ends (options x years, 3) of the differences of an indicator, and how often it is higher."""
    others, changes = differences.changes(data.annual[name], data.reference)
    rows = np.concatenate([changes[others.index(option)] for option in data.options])
    return quantiles(rows, _ORDER), differences.share(rows > 0).tolist()
