"""Why the brief's numbers change: what a change is made of, in a sentence and a small table."""

from __future__ import annotations

from collections.abc import Sequence

from sinobel.analysis.attribution import AttributionRow
from sinobel.analysis.channels import WAYS
from sinobel.reporting.brief.content import Table, Why
from sinobel.reporting.brief.strings import word
from sinobel.reporting.charts.lettering import told_apart
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words import through
from sinobel.reporting.words.wording import change_in_amount, in_text, scaled, unit_of_change

MOST = 3
"""Causes that are told; the others stand together in one row."""
COLUMNS, NAME = 4, 34
"""Options that the table tells, and letters of a title."""

Rows = Sequence[AttributionRow]


def needed() -> list[str]:
    """Indicators whose years a split needs."""
    return list(dict.fromkeys(name for way in WAYS.values() for name in way.needs))


def why(data: ResultData, language: str) -> Why | None:
    """What the change that the answer tells first, of those that can be split, is made of.

    Returns
    -------
    Why | None
        None where results do not hold what a split needs, and where no change is worth telling.
    """
    for of, tables in data.splits.items():
        most = max(tables, key=lambda rows: abs(rows[-1].mean))
        if abs(most[-1].mean) >= data.least_told(of) and through.mostly(most):
            shown = [rows for rows in tables if rows is most or len(tables) <= COLUMNS]
            return Why(_sentence(data, most), _table(data, shown, most, language))
    return None


def _sentence(data: ResultData, rows: Rows) -> str:
    """Which way, by how much, and mostly through what; means, since they alone add up."""
    total, label = rows[-1], in_text(data.short_label(rows[-1].indicator))
    size, parts = change_in_amount(abs(total.mean), total.unit), through.mostly(rows)
    if total.since:
        way = "higher" if total.mean > 0 else "lower"
        told = f"{label[:1].upper()}{label[1:]} is {way} by {size} in {total.year} than in {total.since} in the mean"
    else:
        verb = "raises" if total.mean > 0 else "lowers"
        told = f"“{data.titles[total.scenario]}” {verb} {label} by {size} in {total.year} in the mean"
    return f"{told}, mostly through {parts}."


def _table(data: ResultData, tables: Sequence[Rows], most: Rows, language: str) -> Table:
    """The causes that weigh most with the option of the sentence, any others together, and their sum."""
    total = most[-1]
    names = [row.channel for row in most[:-1]]
    largest = sorted(range(len(names)), key=lambda place: -abs(most[place].mean))[:MOST]
    factor, unit = unit_of_change(total.unit)
    size = factor * max(abs(row.mean) for rows in tables for row in rows)
    kinds = [[factor * rows[place].mean for rows in tables] for place in largest]
    sums = [factor * rows[-1].mean for rows in tables]
    labels = [names[place][:1].upper() + names[place][1:] for place in largest]
    rows = [*zip(labels, kinds, strict=True)]
    if len(names) > MOST:
        rest = [whole - sum(each) for whole, each in zip(sums, zip(*kinds, strict=True), strict=True)]
        rows.append((word("other_causes", language), rest))
    rows.append((word("sum", language), sums))
    called = told_apart({row[-1].scenario: data.titles[row[-1].scenario] for row in tables}, NAME)
    told = scaled((size,), unit, size)[1]
    held = f"since {total.since}" if total.since else f"against “{data.titles[data.reference]}”"
    label = in_text(data.short_label(total.indicator))
    return Table(
        [f"{word('cause', language)}, {told}", *(f"Δ {called[each[-1].scenario]}" for each in tables)],
        [[name, *scaled(values, unit, size, sign=True)[0]] for name, values in rows],
        f"Mean change of {label} in {total.year} {held}; causes add up to it in every future.",
    )
