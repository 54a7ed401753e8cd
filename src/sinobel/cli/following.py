"""Commands that follow changes and money: attribute, money, loans."""

from __future__ import annotations

from functools import partial
from typing import Any

import typer

app = typer.Typer()


def follow(run: Any, results: Any, reference: str | None) -> dict[str, str]:
    """Add what every results folder tells about its changes and its loans; returns the files and what they hold."""
    from sinobel.analysis import attribution
    from sinobel.report import flow_tables

    files = {"money.csv": "where each 100 dollars of every Chinese loan went, what was paid back, and its terms"}
    run.add("money.csv", partial(flow_tables.money_table, results.loans))
    if attribution.possible(results.annual):
        run.add("attribution.csv", lambda: flow_tables.attribution_table(flow_tables.splits(results.annual, reference)))
        files["attribution.csv"] = "changes of the balance and of debts split into channels that add up in every draw"
    return files
