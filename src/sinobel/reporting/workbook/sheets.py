"""A workbook with the few formats its sheets share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sinobel.reporting.charts.style import INK, QUIET


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
        self.percent = file.add_format({"num_format": "0 %"})
        self._numbers = {digits: file.add_format({"num_format": form}) for digits, form in _FORMS.items()}

    def number(self, values: Iterable[float]) -> Any:
        """Format of a row of numbers: no more digits than mean something."""
        return self._numbers[digits_of(values)]

    def sheet(self, name: str, header: Sequence[str], widths: Sequence[float], frozen: int) -> Any:
        """A sheet for a table: its header stays in sight, with the first columns."""
        sheet = self.file.add_worksheet(name)
        for column, (text, width) in enumerate(zip(header, widths, strict=True)):
            sheet.write(0, column, text, self.header)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, frozen)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet


_FORMS = {0: "#,##0", 1: "#,##0.0", 2: "0.00", 3: "0.000"}


def digits_of(values: Iterable[float]) -> int:
    """Digits after the point for numbers of this size."""
    largest = max((abs(value) for value in values if not math.isnan(value)), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 10 else 2 if largest >= 1 else 3


def write(sheet: Any, row: int, column: int, value: object, form: Any = None) -> None:
    """Write a cell; what is not a number stays empty."""
    if not (isinstance(value, float) and math.isnan(value)):
        sheet.write(row, column, value, form)
