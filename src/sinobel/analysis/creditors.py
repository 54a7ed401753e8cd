"""Public external debt by lender: amounts and shares that add up in every future, and what the record knows of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sinobel.runs.trajectories import Yearly

CHINA, RUSSIA, MULTILATERALS, BONDS, OTHERS = (
    "China",
    "Russia, EFSD",
    "multilateral",
    "bonds",
    "others, arrears",
)
LENDERS: Mapping[str, tuple[str, ...]] = {
    CHINA: ("debt_to_china",),
    RUSSIA: ("debt_to_russia",),
    MULTILATERALS: ("debt_to_multilaterals",),
    BONDS: ("bonds",),
    OTHERS: ("other_public_debt", "arrears"),
}
"""Lenders, and the indicators of what is owed to each; together they are the whole debt."""
WHOLE = "external_public_debt"
NEEDED = (WHOLE, *(name for names in LENDERS.values() for name in names))


def owed(yearly: Yearly, scenario: str) -> dict[str, np.ndarray]:
    """What is owed to each lender at the end of each year, USD mn; lender -> (draws, years)."""
    return {lender: sum_of(yearly, names, scenario) for lender, names in LENDERS.items()}


def shares(yearly: Yearly, scenario: str) -> dict[str, np.ndarray]:
    """Share of each lender in the whole debt; lender -> (draws, years). They add up to one in every draw and year.

    Where nothing is owed there are no shares.
    """
    debts = owed(yearly, scenario)
    whole = np.sum(list(debts.values()), axis=0)
    return {
        lender: np.divide(debt, whole, out=np.full_like(whole, np.nan), where=whole > 0)
        for lender, debt in debts.items()
    }


def recorded(record: Mapping[str, Mapping[int, float]], origin: int) -> dict[int, tuple[float, float]]:
    """What was owed to China and to all lenders, USD mn, in the years to the origin that the record tells both of."""
    china, whole = record.get("debt_to_china", {}), record.get(WHOLE, {})
    return {year: (china[year], whole[year]) for year in sorted(china) if year <= origin and whole.get(year, 0.0) > 0}


def sum_of(yearly: Yearly, names: tuple[str, ...], scenario: str) -> np.ndarray:
    """Sum of some indicators under a scenario, (draws, years)."""
    found = [yearly[name].sel(scenario=scenario).transpose("draw", "year").values.astype(float) for name in names]
    return np.asarray(np.sum(found, axis=0))
