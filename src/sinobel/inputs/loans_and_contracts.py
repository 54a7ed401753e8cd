"""Rows of the record that are no series: a loan of the book, a settlement of the price of potash."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Loan:
    """One entry of the loan book, amounts in USD mn. Umbrellas and grants are told but not drawn."""

    id: str
    kind: str
    lender: str
    borrower: str
    backing: str
    project: str
    sector: str
    reported: float | None
    committed: float
    signed: int
    first_draw: int
    instrument: str
    interest: float | None
    maturity: float | None
    grace: float | None
    conditions: str
    source: str
    confidence: str
    note: str

    @property
    def guaranteed(self) -> bool:
        """True when the budget pays what the project does not earn."""
        return self.backing in ("guaranteed", "state bank")

    @property
    def drawable(self) -> bool:
        """True for loans and the unidentified part of a year; False for umbrellas and grants."""
        return self.kind in ("loan", "unidentified") and self.committed > 0


@dataclass(frozen=True)
class Contract:
    """One settlement of the potash price with China. Prices in USD per tonne CFR; months as numbers."""

    name: str
    price: float
    settled: int
    valid_from: int
    valid_until: int
    spot: float | None
    confidence: str
    source: str
