"""The sheet of what scenarios lend and invest: from whom, on which terms, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from sinobel.reporting.tables.event_rows import EventRow
from sinobel.reporting.workbook.sheets import Book, write

WHAT = "the loans and investments of every scenario: lender, terms, what is paid out, lapses, fails and is called"
HEADER = {
    "scenario": 24,
    "loan or investment": 40,
    "kind": 12,
    "who lends or invests": 20,
    "months": 20,
    "USD mn": 12,
    "a year or in all": 10,
    "sector and instrument": 28,
    "terms": 44,
    "how it is paid out": 24,
    "paid out, USD of 100 signed": 14,
    "lapsed, USD of 100 signed": 14,
    "not yet drawn, USD of 100 signed": 14,
    "called guarantees, USD of 100 signed": 14,
    "project fails, share of futures": 14,
}
"""Columns and their widths."""


def add(book: Book, rows: Sequence[EventRow]) -> None:
    """Write the sheet; numbers are means over futures."""
    sheet = book.sheet("Events", list(HEADER), list(HEADER.values()), 2)
    for line, each in enumerate(rows, start=1):
        words = (each.scenario, each.name, each.kind, each.source, each.dated)
        for column, word in enumerate(words):
            sheet.write(line, column, word)
        sheet.write(line, 5, each.amount, book.number([each.amount]))
        how = each.paid or "as its work goes on"
        for column, word in enumerate(("a year" if each.yearly else "in all", each.purpose, each.terms, how), start=6):
            sheet.write(line, column, word)
        for column, value in enumerate((each.drawn, each.lapsed, each.undrawn, each.called), start=10):
            if value is not None:
                write(sheet, line, column, value, book.number([value]))
        if each.fails is not None:
            sheet.write(line, 14, each.fails / 100, book.percent)
    sheet.autofilter(0, 0, len(rows), len(HEADER) - 1)
