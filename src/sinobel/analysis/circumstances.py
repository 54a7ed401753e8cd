"""Which circumstances of the world an outcome goes with: futures sorted by one circumstance after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.analysis.rows import Row, column
from sinobel.analysis.summary import quantiles
from sinobel.runs.trajectories import Yearly

CIRCUMSTANCES = (
    "oil_price",
    "crop_price_index",
    "growth_china",
    "growth_russia",
    "growth_eu",
    "potash_spot_price",
    "real_exchange_rate_gap",
)
"""What the world does to Belarus; an option may move some of it, so the reference is looked at."""


def mean_to(yearly: Yearly, name: str, scenario: str, year: int) -> np.ndarray:
    """Mean of an indicator from the first simulated year to a year, (draws,)."""
    found = yearly[name].sel(scenario=scenario)
    values = found.sel(year=found["year"] <= year).transpose("draw", "year").values
    return np.asarray(values.mean(axis=1), dtype=float)


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's correlation of two rows of draws; 0 where one of them does not vary."""
    ranks = [np.argsort(np.argsort(values, kind="stable"), kind="stable").astype(float) for values in (one, other)]
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(ranks)[0, 1])


@dataclass(frozen=True, eq=False, kw_only=True)
class CircumstanceRow(Row):
    """An outcome in futures with little and with much of a circumstance."""

    circumstance: str = column("indicator of what the world does, its mean from the first simulated year on")
    unit: str = column()
    low: float = column("edges of its lowest and its highest third", listed="low, high")
    high: float = column()
    outcome_low: float = column("median outcome in these thirds", listed="outcome_low, outcome_high")
    outcome_high: float = column()
    rank_correlation: float = column("Spearman's correlation of circumstance and outcome over futures")


def rows(
    yearly: Yearly, outcome: np.ndarray, scenario: str, year: int, names: Sequence[str] = CIRCUMSTANCES
) -> list[CircumstanceRow]:
    """An outcome in the third of futures with the lowest and the highest of each circumstance, strongest first.

    Parameters
    ----------
    outcome : np.ndarray
        (draws,), of `year`.

    Returns
    -------
    list[CircumstanceRow]
        circumstance, edges of its thirds, median outcome in the lowest and the highest third, rank correlation.
    """
    table = []
    for name in names:
        if name not in yearly:
            continue
        values = mean_to(yearly, name, scenario, year)
        low, high = quantiles(values, (1 / 3, 2 / 3))
        table.append(
            CircumstanceRow(
                circumstance=name,
                unit=yearly[name].attrs["units"],
                low=float(low),
                high=float(high),
                outcome_low=float(np.median(outcome[values <= low])),
                outcome_high=float(np.median(outcome[values >= high])),
                rank_correlation=rank_correlation(values, outcome),
            )
        )
    return sorted(table, key=lambda row: -abs(row.rank_correlation))
