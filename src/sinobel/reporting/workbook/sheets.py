"""A workbook with the few formats its sheets share, and how its sheets go on paper.

A sheet is made for paper, with as many pages as it may take, or it is data: hidden, so that the whole workbook prints
in few pages, and there for whoever looks for all numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sinobel.reporting.charts.shared import SOURCES
from sinobel.reporting.charts.style import INK, QUIET

A4 = 9
LINE = 15  # points
ROWS_A_PAGE = 60
"""Rows of a table on a page in landscape, at the scale that a wide table takes."""
DATA_COLOR, LIVE_COLOR = "#9AA5B1", "#E0B400"
SHARE = "0.00 %"
INPUT = {"valign": "top", "bg_color": "#FFF3B0", "border": 1, "locked": False}
"""A cell to write into, which shows all digits that stand in it."""
LONGEST_FOOT = 255  # letters that Excel takes


class Book:
    """A workbook with the few formats it uses."""

    def __init__(self, file: Any):
        self.file = file
        self.title = file.add_format({"bold": True, "font_size": 16, "font_color": INK})
        self.heading = file.add_format({"bold": True, "font_size": 12, "font_color": INK})
        self.header = file.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF1F4"}
        )
        self.text = file.add_format({"text_wrap": True, "valign": "top"})
        self.quiet = file.add_format({"font_color": QUIET, "text_wrap": True, "valign": "top"})
        self.code = file.add_format({"font_name": "Consolas", "font_size": 9})
        self.top = file.add_format({"valign": "top"})
        self.apart = file.add_format({"text_wrap": True, "valign": "top", "indent": 1})
        self.whole = file.add_format({"num_format": "#,##0", "valign": "top"})
        self.tenth = file.add_format({"num_format": "0.0", "valign": "top"})
        self.percent = file.add_format({"num_format": "0 %", "valign": "top"})
        self.any = file.add_format({"valign": "top"})
        self.share = file.add_format({"num_format": SHARE, "valign": "top"})
        self.input = file.add_format(INPUT)
        self.input_share = file.add_format({**INPUT, "num_format": SHARE})
        self._numbers = {
            digits: file.add_format({"num_format": form, "valign": "top"}) for digits, form in _FORMS.items()
        }
        self._strong = {
            id(self._numbers[digits]): file.add_format({"num_format": form, "bold": True})
            for digits, form in _FORMS.items()
        }
        self._strong[id(self.share)] = file.add_format({"num_format": SHARE, "bold": True})

    def number(self, values: Iterable[float]) -> Any:
        """Format of a row or column of numbers: no more digits than mean something."""
        return self._numbers[digits_of(values)]

    def strong(self, form: Any) -> Any:
        """A format of numbers in bold."""
        return self._strong[id(form)]

    def sheet(self, name: str, header: Sequence[str], widths: Sequence[float], frozen: int, *, pages: int = 0) -> Any:
        """A sheet for a table: its header stays in sight, with the first columns.

        Parameters
        ----------
        pages : int
            On which it is printed at most; 0 for data, which is not.
        """
        sheet = self.file.add_worksheet(name)
        for column, (text, width) in enumerate(zip(header, widths, strict=True)):
            sheet.write(0, column, text, self.header)
            sheet.set_column(column, column, width)
        sheet.set_row(0, LINE * heights(header, widths))
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        paper(sheet, pages=pages)
        if not pages:
            self.is_data(sheet)
        return sheet

    def is_data(self, sheet: Any) -> None:
        """Mark a sheet as data: it is hidden, which keeps it from paper."""
        sheet.set_tab_color(DATA_COLOR)
        sheet.hide()


def pages_for(rows: int, a_page: int = ROWS_A_PAGE) -> int:
    """Pages that a table may take."""
    return max(1, math.ceil(rows / a_page))


def heights(texts: Sequence[str], widths: Sequence[float]) -> int:
    """Lines that a row of wrapped texts takes.

    Words are not broken, so that a text of long words in a narrow column takes a line for each.
    """
    return max(_lines(text, width) for text, width in zip(texts, widths, strict=True))


def _lines(text: str, width: float) -> int:
    lines, left = 1, float(width)
    for word in text.split():
        long = 0.95 * (len(word) + 1)
        if long > left and left < width:
            lines, left = lines + 1, float(width)
        lines += int(long // width) if long > width else 0
        left -= long % width if long > width else long
    return lines


def paper(sheet: Any, *, pages: int, landscape: bool = True) -> None:
    """Lay a sheet out for A4: as wide as a page, with its name and page numbers above and the sources below.

    Parameters
    ----------
    pages : int
        Most pages it takes; 0 for as many as it is long.
    """
    (sheet.set_landscape if landscape else sheet.set_portrait)()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, pages)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
    sheet.set_header("&L&8sinobel: &A&R&8Page &P of &N")
    foot = f"&L&6{SOURCES}"
    assert len(foot) <= LONGEST_FOOT, "Excel drops a longer foot"
    sheet.set_footer(foot)


_FORMS = {0: "#,##0", 1: "#,##0.0", 2: "0.00", 3: "0.000"}


def digits_of(values: Iterable[float]) -> int:
    """Digits after the point for numbers of this size."""
    largest = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 1 else 3


def write(sheet: Any, row: int, column: int, value: object, form: Any = None) -> None:
    """Write a cell; what is not a number stays empty."""
    if not (isinstance(value, float) and math.isnan(value)):
        sheet.write(row, column, value, form)
