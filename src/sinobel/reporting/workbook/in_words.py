"""The sheet that tells scenarios in words: changes, rules with where they held, events, what came of them, and why."""

from __future__ import annotations

from collections.abc import Sequence

from sinobel.reporting.basis import ChangeBasis
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words.wording import plain
from sinobel.reporting.workbook.sheets import LINE, Book, heights, pages_for

SHEET = "Rules and events"
WHAT = "what each scenario changes, in words: levers, rules and where they held, events, what came of them, why"
HEADER = {
    "scenario": 24,
    "kind": 8,
    "in words": 62,
    "futures in which the rule held, %": 12,
    "months in which it held, %": 12,
    "what came of it": 40,
    "why": 62,
}
"""Columns and their widths."""
APART = 4
"""Column behind which texts keep a distance from the numbers before them."""
LINES_A_PAGE = 80
"""Lines of text on a page."""
NOTHING = "changes nothing"


def add(book: Book, data: ResultData) -> None:
    """Write the sheet."""
    rows = [row for name, found in data.basis.changes.items() for row in _rows(name, found)]
    widths = list(HEADER.values())
    lines = [heights([str(cell) for cell in row], widths) for row in rows]
    sheet = book.sheet(SHEET, list(HEADER), widths, 1, pages=pages_for(sum(lines), LINES_A_PAGE))
    for line, (row, tall) in enumerate(zip(rows, lines, strict=True), start=1):
        sheet.set_row(line, LINE * tall)
        for column, cell in enumerate(row):
            if isinstance(cell, float):
                sheet.write_number(line, column, cell, book.percent)
            else:
                sheet.write_string(line, column, cell, book.apart if column > APART else book.text)


def _rows(name: str, found: Sequence[ChangeBasis]) -> list[list[str | float]]:
    return [_row(name, each) for each in found] or [[name, "", NOTHING, "", "", "", ""]]


def _row(name: str, each: ChangeBasis) -> list[str | float]:
    held: tuple[str | float, str | float] = ("", "") if each.held is None else each.held
    return [name, kind(each), plain(each.sentence), *held, each.outcome, plain(each.why)]


def kind(change: ChangeBasis) -> str:
    """A lever that is set, a rule that sets it where it holds, or an event."""
    if not change.lever:
        return "event"
    return "rule" if change.start or change.held is not None else "lever"
