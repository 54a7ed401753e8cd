"""The sheets of what countries want: criteria, who gains, how positions weigh, and scenarios as choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sinobel.analysis import decision, gains
from sinobel.analysis.outcomes import Outcomes
from sinobel.inputs.countries import COUNTRIES
from sinobel.reporting.workbook.sheets import Book, pages_for, write

SHARES = frozenset(
    {
        *("share_better", "share_same", "share_worse", "share_met", "share_leads", "share_unbeaten", "meets_all"),
        "weight",
    }
)
WORDY = {"country": 16, "position": 20, "scenario": 28, "against": 20, "label": 24, "sentence": 70, "assumption": 60}
WIDTH, WIDE = 14, 26
EVERY = "all positions"
Rows = Sequence[Mapping[str, Any]]


GAINS = "Who gains"
HEADER = {
    "country": 18,
    "position": 40,
    "scenario": 34,
    "better, share of futures and weights": 16,
    "as good": 12,
    "worse": 12,
    "gains most from": 62,
    "loses most from": 62,
}
"""Columns of who gains, and their widths."""


def told(found: Outcomes | None, reference: str) -> list[tuple[str, str]]:
    """The sheet for paper and what it holds; nothing without a comparison."""
    if found is None:
        return []
    return [(GAINS, f"in which share of futures and weights each position is better off than under {reference}")]


def told_data(found: Outcomes | None, reference: str) -> list[tuple[str, str]]:
    """The sheets of data and what they hold; nothing without a comparison."""
    if found is None:
        return []
    return [
        ("Wants", f"what changes of everything that countries want, against {reference}, in the unit of each row"),
        ("Positions", "who weighs what in each country, and on what words"),
        ("Choices", "every scenario as a choice for each position: order, how often it leads, what beats it"),
    ]


def add(book: Book, found: Outcomes) -> None:
    """Write who gains, the same rows as who-gains.csv in words."""
    order = [(each.country, each.short) for each in found.all_positions]
    place = {each: number for number, each in enumerate(order)}
    rows = sorted(gains.who_gains(found), key=lambda row: place.get((row.country, row.position), len(order)))
    labels = {each.name: each.label for each in found.objectives} | {
        (each.country, each.short): each.label for each in found.all_positions
    }
    sheet = book.sheet(GAINS, list(HEADER), list(HEADER.values()), 3, pages=pages_for(len(rows)))
    for line, row in enumerate(rows, start=1):
        who = labels.get((row.country, row.position), row.position.replace("_", " "))
        for column, word in enumerate((COUNTRIES.get(row.country, EVERY), who, row.scenario)):
            sheet.write_string(line, column, word)
        for column, share in enumerate((row.share_better, row.share_same, row.share_worse), start=3):
            write(sheet, line, column, share, book.percent)
        for column, name in enumerate((row.most_from, row.least_from), start=6):
            sheet.write_string(line, column, labels.get(name, name), book.apart)
    sheet.autofilter(0, 0, len(rows), len(HEADER) - 1)


def add_data(book: Book, found: Outcomes, owners: Mapping[str, str]) -> None:
    """Write the sheets of data, the same rows as objectives.csv, positions.csv and decision.csv."""
    labels = {each.name: each.label for each in found.objectives}
    choices = [row for country in found.countries for row in decision.rows(found, country)]
    _sheet(book, "Wants", [{"what it wants": labels[row["objective"]], **row} for row in gains.parts(found)])
    _sheet(book, "Positions", gains.positions(found))
    _sheet(book, "Choices", [{**row, "set_by": owners.get(str(row["scenario"]), "")} for row in choices])


def _sheet(book: Book, name: str, rows: Rows) -> None:
    columns = list(rows[0])
    widths = [WORDY.get(each, WIDE if isinstance(rows[0][each], str) else WIDTH) for each in columns]
    sheet = book.sheet(name, [each.replace("_", " ") for each in columns], widths, 2)
    for line, row in enumerate(rows, start=1):
        for column, key in enumerate(columns):
            value = row[key]
            if key == "country":
                value = COUNTRIES.get(value, EVERY)
            if isinstance(value, str):
                sheet.write(line, column, value)
            elif value is not None:
                write(sheet, line, column, value, book.percent if key in SHARES else book.number([float(value)]))
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
