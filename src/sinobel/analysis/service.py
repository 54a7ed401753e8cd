"""What falls due on public external debt each year, lender by lender: interest, principal, old loans and new ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinobel.analysis.creditors import BONDS, CHINA, MULTILATERALS, OTHERS, RUSSIA, sum_of
from sinobel.runs.trajectories import Yearly

OLD, NEW, PRINCIPAL, INTEREST = "principal, signed before", "principal, signed since", "principal", "interest"
WHOLE, WHOLE_INTEREST = "debt_service", "interest_on_public_debt"
NAMED = {
    RUSSIA: ("principal_to_russia", "interest_to_russia"),
    MULTILATERALS: ("principal_to_multilaterals", "interest_to_multilaterals"),
    BONDS: ("principal_on_bonds", "interest_on_bonds"),
}
"""Lenders besides China, and what they are paid; the rest of the service goes to others."""
OF_CHINA = ("loan_disbursements", "principal_to_china", "interest_to_china", "net_transfer_from_china")
NEEDED = (
    WHOLE,
    WHOLE_INTEREST,
    "debt_service_to_revenue",
    "old_principal_to_china",
    *OF_CHINA,
    *(name for names in NAMED.values() for name in names),
)
Part = tuple[str, str]
"""Lender, and what it is paid for."""


def parts(yearly: Yearly, scenario: str) -> dict[Part, np.ndarray]:
    """Service by lender and by what it is paid for, USD mn a year; part -> (draws, years).

    The parts add up to the whole service in every draw and year. Interest to China has the fees for what is put off.
    Principal of others is arrears that are cleared, since other debt is rolled over.
    """

    def of(*names: str) -> np.ndarray:
        return sum_of(yearly, names, scenario)

    drawn, principal, interest, net = (of(name) for name in OF_CHINA)
    fees = drawn - principal - interest - net
    old = of("old_principal_to_china")
    found: dict[Part, np.ndarray] = {
        (CHINA, OLD): old,
        (CHINA, NEW): principal - old,
        (CHINA, INTEREST): interest + fees,
    }
    for lender, (repaid, paid) in NAMED.items():
        found[lender, PRINCIPAL], found[lender, INTEREST] = of(repaid), of(paid)
    all_interest = of(WHOLE_INTEREST)
    named = sum(values for (_, what), values in found.items() if what == INTEREST)
    repaid_to_named = sum(values for (_, what), values in found.items() if what != INTEREST)
    found[OTHERS, PRINCIPAL] = of(WHOLE) - all_interest - repaid_to_named
    found[OTHERS, INTEREST] = all_interest - named
    return found


@dataclass(frozen=True)
class Peak:
    """The year in which most falls due on average.

    Attributes
    ----------
    place : int
        Among the simulated years.
    dearest : float
        Share of futures in which no other year is dearer.
    """

    place: int
    dearest: float


def peak(whole: np.ndarray) -> Peak:
    """The peak of the service of some futures, (draws, years)."""
    place = int(whole.mean(axis=0).argmax())
    return Peak(place, float((whole.argmax(axis=1) == place).mean()))
