"""Tables of what a change is made of and of where the money went, for results folders and the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sinobel.analysis import attribution, money
from sinobel.evidence import all_evidence
from sinobel.report.tables import number, to_csv
from sinobel.trajectories import UNTIED, Loans, Yearly

YEARS = (2020, 2025, 2030)
"""Years for which a results folder splits changes, where they are simulated, besides its last year."""


def years_told(annual: Yearly) -> list[int]:
    """The years for which changes are split."""
    simulated = [int(year) for year in next(iter(annual.values()))["year"].values]
    return sorted({year for year in (*YEARS, simulated[-1]) if year in simulated})


def splits(annual: Yearly, reference: str | None) -> list[attribution.Split]:
    """Every split of a results folder: each option against the reference, or without one each scenario in time."""
    ways = attribution.possible(annual)
    needed = {name for key in ways for name in attribution.WAYS[key].needs}
    held = {name: annual[name] for name in sorted(needed)}
    if not held:
        return []
    first = next(iter(held.values()))
    names, start = [str(name) for name in first["scenario"].values], int(first["year"].values[0])
    found = []
    for of, by in ways:
        for scenario in names:
            for year in years_told(held):
                if reference is not None and scenario != reference:
                    found.append(attribution.attribution(held, of, by, scenario, year, against=reference))
                elif reference is None and year > start:
                    found.append(attribution.attribution(held, of, by, scenario, year, since=start))
    return found


def attribution_table(found: Sequence[attribution.Split]) -> str:
    """Splits as CSV, one row a channel and a total."""
    return to_csv([row for split in found for row in attribution.rows(split)])


def money_table(loans: Mapping[str, Loans]) -> str:
    """Where the money of every loan and group of loans went, by scenario, as CSV."""
    return to_csv([
        {"scenario": row.pop("scenario"), "loan": row.pop("loan"), "title": title(story.loan)} | row
        for scenario, lives in loans.items()
        for story in money.every_story(lives, scenario)
        for row in money.rows(story)
    ])  # fmt: skip


def title(loan: str) -> str:
    """What a loan or group of loans is called."""
    if loan in money.GROUPS:
        return money.GROUPS[loan]
    if loan == UNTIED:
        return "Untied Chinese credit"
    for each in all_evidence().loans:
        if each.id == loan:
            return each.project
    return f"Loans signed in {loan.removeprefix('N')}"


def channel_rows(split: attribution.Split) -> list[list[str]]:
    """For the terminal: channel, mean, median with 80 %, share of futures in which it raises the indicator."""
    return [
        [str(row["channel"]), _number(row["mean"]), f"{_number(row['p50'])} [{_span(row)}]",
         f"{100 * float(str(row['share_higher'])):.0f} %"]
        for row in attribution.rows(split)
    ]  # fmt: skip


def story_rows(story: money.Money) -> list[list[str]]:
    """For the terminal: stage, item, mean with 80 %, how much of it is of the record, mean in USD mn."""
    table = []
    for row in money.rows(story):
        terms = row["stage"] == money.TERMS
        dollars = "" if terms else _number(row["usd_mn"])
        recorded = "" if terms else _number(row["to_origin"])
        table.append([str(row["stage"]), str(row["item"]), str(row["unit"]), f"{_number(row['mean'])} [{_span(row)}]",
                      recorded, dollars])  # fmt: skip
    return table


def _span(row: Mapping[str, Any]) -> str:
    return f"{_number(row['p10'])} to {_number(row['p90'])}"


def _number(value: Any) -> str:
    return "0" if abs(value) < 5e-5 else number(float(value))
