"""Where rules of state held, as a table: in which share of futures and of months, in all and by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sinobel.analysis.rows import Row, column
from sinobel.policies.changes import sentences
from sinobel.policies.scenarios import from_written
from sinobel.runs.held import of_manifest


@dataclass(frozen=True, eq=False, kw_only=True)
class HeldRow(Row):
    """A rule in a year, or in all its months."""

    scenario: str = column()
    lever: str = column("lever that the rule sets")
    rule: str = column("the rule in words, as everywhere")
    year: int | str = column()
    futures: float = column(
        "share of draws in which the rule held in at least one month of the year, or of all its months"
    )
    months: float = column("share of the months of all draws in which it held, of those in which it could")


def rows(manifest: Mapping[str, Any]) -> list[HeldRow]:
    """A row per rule for all its months (year "all"), and one for each year."""
    found = of_manifest(manifest)
    table: list[HeldRow] = []
    for entry in manifest.get("request", {}).get("scenarios", ()):
        changes = from_written(entry).changes
        for place, (change, sentence) in enumerate(zip(changes, sentences(changes), strict=True)):
            held = found.get((entry["name"], place)) if change.when else None
            if held:
                told = {"scenario": entry["name"], "lever": change.lever, "rule": sentence}
                in_all: tuple[int | str, float, float] = ("all", held.futures, held.months)
                for year, futures, share in (in_all, *held.years):
                    table.append(HeldRow(**told, year=year, futures=futures, months=share))
    return table
