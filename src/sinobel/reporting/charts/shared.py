"""What charts of projections share: their foot with track record and sources, and which indicators they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sinobel.analysis.summary import Summary
from sinobel.runs.trajectories import Yearly

RecordOf = Mapping[str, Mapping[int, float]]
"""Recorded yearly values by indicator."""

Scored = Mapping[str, Mapping[str, str]]
"""Series -> what its past forecasts scored, and its label."""

SOURCES = (
    "Sources: IMF Direction of Trade (reporter Belarus), World Bank (debt, national accounts, commodity prices), FAO, "
    "customs of China, press on potash settlements, Marin (Ifri, 2017); list in model/record."
)
HEADLINES = (
    "exports_to_china",
    "imports_from_china",
    "balance_with_china",
    "potash_contract_price",
    "debt_to_china",
    "loan_disbursements",
    "debt_to_gdp",
    "reserve_cover",
    "months_without_contract",
)
OPTION_INDICATORS = (
    "income_per_head",
    "real_gdp",
    "reserves",
    "external_public_debt",
    "debt_to_china",
    "potash_revenue",
    "balance_with_china",
    "gdp",
)
"""What options are told by; first a criterion of `model/objectives.toml`, of which more is better whatever else.

A bilateral balance is none, since it also improves when a crisis cuts imports, so that titles never judge by it.
"""
CHANGED_BY_MORE = {"gdp": "mostly the exchange rate"}
"""Indicators whose difference between options is mostly something else than their name says, and what."""


@dataclass(frozen=True)
class Footer:
    """What stands at the foot of every chart of some results.

    Attributes
    ----------
    caption : str
        How they were made.
    scored : Scored
        Past forecasts by series: what `sinobel backtest` found, with the label of each.
    beyond : str
        What their scenarios set beyond experience, in a sentence; empty for most.
    """

    caption: str
    scored: Scored = field(default_factory=dict)
    beyond: str = ""

    def of(self, *indicators: str) -> str:
        """The foot of a chart: what was never seen, how it was made, how past forecasts fared, and the sources."""
        parts = self.beyond, f"{self.caption}.", track(self.scored, indicators), SOURCES
        return " ".join(part for part in parts if part)


def track(scored: Scored, indicators: Sequence[str]) -> str:
    """How past forecasts of some indicators fared, in a sentence; empty where none was scored."""
    rows = [scored[name] for name in indicators if name in scored]
    if not rows:
        return ""
    misses = [f"{row['label']} {float(row['miss_a_year_ahead_percent']):.0f} %" for row in rows]
    held = sum(float(row["inside_80"]) * float(row["forecasts"]) for row in rows)
    made = sum(float(row["forecasts"]) for row in rows)
    return (
        f"Track record from 2009-2015: median miss a year ahead: {'; '.join(misses)}. The 80 % range held "
        f"{100 * held / made:.0f} % of what came within five years."
    )


def label(yearly: Yearly | Summary, indicator: str) -> tuple[str, str]:
    """Name and unit of an indicator, as its values carry them."""
    attributes = yearly[indicator].attrs
    return attributes["long_name"], attributes["units"]
