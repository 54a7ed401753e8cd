"""Opening of the Chinese loan book: who owes what at the origin, loan by loan. USD mn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import Evidence, KnownRecord
from sinobel.inputs.loans_and_contracts import INSTRUMENTS, MINE, SECTORS, SLOTS, Loan, kind_of, place_in
from sinobel.world.arrays import total
from sinobel.world.constants import HALF, PERCENT
from sinobel.world.elementary import power
from sinobel.world.guards import TINY, at_least
from sinobel.world.opening.projects import Odds
from sinobel.world.rules import loan_service
from sinobel.world.subjects.loans import LoansParameters

FIRST_YEAR = 2005  # of the recorded book
ROUNDING: Annotated[float, "USD mn"] = 0.5  # sums of the record are written in whole millions


@dataclass
class Mix:
    """What the named loans of the record were, from which loans to come are drawn. All but `lines` add up to 1."""

    sectors: tuple[float, ...]  # share of the amount, in the order of SECTORS
    counts: tuple[float, ...]  # share of years with one loan, two, and so on, of years with any
    lines: float  # share of the amount in bank lines
    lines_of_commercial: float  # share of it in what is not preferential


@dataclass
class LoansOpening:
    """Loan book at an origin. First axis: loans; then draws where given."""

    loans: tuple[Loan, ...]  # those the state answers for first
    committed: Annotated[np.ndarray, "USD mn"]  # (loans,)
    drawn: Annotated[np.ndarray, "USD mn"]  # (loans,)
    drawn_by_year: Annotated[np.ndarray, "USD mn"]  # (years since FIRST_YEAR, loans)
    outstanding: Annotated[np.ndarray, "USD mn"]  # (loans, draws)
    survivors: Annotated[np.ndarray, "fraction"]  # (draws,), scales drawings to what the record says is owed
    interest: Annotated[np.ndarray, "USD mn"]  # (loans,), recorded interest to the origin, allocated
    rate: Annotated[np.ndarray, "fraction a year"]  # (loans, draws)
    guaranteed: Annotated[np.ndarray, "fraction"]  # (loans,), 1 where the state answers for the loan
    lines: Annotated[np.ndarray, "fraction"]  # (loans,), 1 for a bank line, 0 for others, the mix where not known
    sector: Annotated[np.ndarray, "row"]  # (loans,), place in SECTORS, or -1
    instrument: Annotated[np.ndarray, "row"]  # (loans,), place in INSTRUMENTS, or -1
    built: Annotated[np.ndarray, "USD mn"]  # (loans, draws), what was drawn, less wear
    failed: Annotated[np.ndarray, "fraction"]  # (loans,), 1 where the record says that the project has failed
    failing: Annotated[np.ndarray, "fraction"]  # (draws,), of what is owed with a guarantee, expected to fail
    for_mine: Annotated[float, "USD mn"]  # signed for the Nezhinsky mine; 0 where the record knows no loan for it
    mix: Mix
    disbursed_last_year: Annotated[float, "USD mn a year"]
    draw_rate_last_year: Annotated[float, "fraction a year"]  # disbursement over what could be drawn

    @property
    def guaranteed_share(self) -> np.ndarray:
        """Part of what is owed that the state answers for; (draws,)."""
        total: np.ndarray | float = 0.0
        answered: np.ndarray | float = 0.0
        for owed, part in zip(self.outstanding, self.guaranteed, strict=True):
            total, answered = total + owed, answered + part * owed
        return np.asarray(answered / at_least(np.asarray(total), TINY))


def allocate(known: KnownRecord, loans: tuple[Loan, ...]) -> np.ndarray:
    """Recorded disbursements of each year shared among the loans that could be drawn, in proportion to what was left.

    Returns
    -------
    np.ndarray
        (years since FIRST_YEAR, loans); no loan is drawn beyond its commitment.

    Raises
    ------
    ValueError
        When the record pays out more than the book holds.
    """
    committed = np.array([loan.committed for loan in loans])
    first = np.array([months.year(max(loan.first_draw, loan.signed)) for loan in loans])
    signed = np.array([months.year(loan.signed) for loan in loans])
    drawn = np.zeros(len(loans))
    rows = []
    for year in range(FIRST_YEAR, known.year + 1):
        left = committed - drawn
        paid = known.value("loan_disbursements.CHN", year)
        open_now = np.where(first <= year, left, 0.0)
        if open_now.sum() < paid:  # the record draws before the first date that the sources give
            open_now = np.where(signed <= year, left, 0.0)
        if open_now.sum() < paid - ROUNDING:
            raise ValueError(f"the record pays out {paid} in {year}, the loan book holds {open_now.sum():.1f}")
        row = open_now * min(paid / open_now.sum(), 1.0)
        rows.append(row)
        drawn = drawn + row
    return np.array(rows)


def allocate_interest(known: KnownRecord, drawn_by_year: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Recorded interest to the origin shared among loans, each year by stated rate and money drawn by its middle.

    Parameters
    ----------
    drawn_by_year : np.ndarray
        (years since FIRST_YEAR, loans)
    rate : np.ndarray
        Stated, (loans,)

    Returns
    -------
    np.ndarray
        USD mn, (loans,).
    """
    drawn_by_middle = np.cumsum(drawn_by_year, axis=0) - drawn_by_year / 2
    weight = drawn_by_middle * rate
    paid = [known.value("interest_payments.CHN", FIRST_YEAR + place) for place in range(len(drawn_by_year))]
    result: np.ndarray = total(np.asarray(paid)[:, None] * (weight / at_least(weight.sum(axis=1, keepdims=True), TINY)))
    return result


def mix_of(loans: tuple[Loan, ...]) -> Mix:
    """Frequencies and sizes of the named loans of a book, each kind with one loan of average size added.

    A kind that has not been seen by the origin can still come, the less often the more has been seen.
    """
    named = [loan for loan in loans if loan.kind == "loan"]
    amount = sum(loan.committed for loan in named)
    one = amount / len(named)

    def shares(kinds: tuple[str, ...], own: Callable[[Loan], str]) -> list[float]:
        of_kind = [sum(loan.committed for loan in named if kind_of(own(loan)) == kind) + one for kind in kinds]
        return [part / sum(of_kind) for part in of_kind]

    a_year = Counter(months.year(loan.signed) for loan in named)
    years = [1 + sum(min(count, len(SLOTS)) == most for count in a_year.values()) for most in range(1, len(SLOTS) + 1)]
    _, commercial, lines = shares(INSTRUMENTS, lambda loan: loan.instrument)
    return Mix(
        sectors=tuple(shares(SECTORS, lambda loan: loan.sector)),
        counts=tuple(count / sum(years) for count in years),
        lines=lines,
        lines_of_commercial=lines / (commercial + lines),
    )


def stated_rates(known: KnownRecord, loans: tuple[Loan, ...]) -> np.ndarray:
    """What the sources say a loan costs, or what new ones cost on average in its year; fractions a year, (loans, 1)."""
    stated = [
        loan.interest
        if loan.interest is not None
        else known.value("interest_rate_new_commitments.CHN", months.year(loan.signed))
        for loan in loans
    ]
    return np.array(stated)[:, None] / PERCENT


def built(known: KnownRecord, drawn_by_year: np.ndarray, p: LoansParameters) -> np.ndarray:
    """What the drawings of each year have built, less the wear since its middle; USD mn, (loans, draws)."""
    result: np.ndarray | float = 0.0
    for place, row in enumerate(drawn_by_year):
        age = known.year - (FIRST_YEAR + place) + HALF
        result = result + row[:, None] * power(1 - p.project_wear, age)
    return np.asarray(result)


def failing(sectors: np.ndarray, owed: np.ndarray, failed: np.ndarray, p: LoansParameters) -> np.ndarray:
    """Part of what projects owe with a guarantee that is known or expected to fail; (draws,)."""
    open_still = owed * (1 - failed)[:, None]
    by_sector = [total(open_still * (sectors == place)[:, None]) for place in range(len(SECTORS))]
    works = Odds.of(p).expected(tuple(by_sector))[0]
    return np.asarray(1 - works / at_least(total(owed), TINY))


def open_loans(known: KnownRecord, evidence: Evidence, p: LoansParameters) -> LoansOpening:
    """The loan book at the end of the origin.

    Parameters
    ----------
    known : KnownRecord
        The record at the origin.
    p : LoansParameters
        Drawn parameters of the subject loans.
    """
    loans = evidence.loan_book(known.origin)
    by_year = allocate(known, loans)
    owed: np.ndarray | float = 0.0
    for place, row in enumerate(by_year):
        age = known.year - (FIRST_YEAR + place)
        owed = owed + row[:, None] * (1 - loan_service.share_repaid(age=age, grace=p.grace, repayment=p.repayment))
    survivors = np.asarray(known.value("debt_stock.CHN") / total(np.asarray(owed)))
    outstanding = np.asarray(owed) * survivors

    sectors = np.array([float(place_in(SECTORS, loan.sector)) for loan in loans])
    guaranteed = np.array([float(loan.guaranteed) for loan in loans])
    failed = np.array([float(loan.has_failed(known.origin)) for loan in loans])
    stated_rate = stated_rates(known, loans)
    cost: np.ndarray | float = 0.0
    for row in stated_rate * outstanding:
        cost = cost + row
    mix = mix_of(loans)
    average = cost / known.value("debt_stock.CHN")
    return LoansOpening(
        loans=loans,
        committed=np.array([loan.committed for loan in loans]),
        drawn=by_year.sum(axis=0),
        drawn_by_year=by_year,
        outstanding=outstanding,
        interest=allocate_interest(known, by_year, stated_rate[:, 0]),
        survivors=survivors,
        rate=stated_rate * (p.effective_interest / average),
        guaranteed=guaranteed,
        lines=np.array([float(loan.instrument == INSTRUMENTS[-1]) if loan.instrument else mix.lines for loan in loans]),
        sector=sectors,
        instrument=np.array([float(place_in(INSTRUMENTS, loan.instrument)) for loan in loans]),
        built=built(known, by_year, p),
        failed=failed,
        failing=failing(sectors, guaranteed[:, None] * outstanding, failed, p),
        for_mine=sum(loan.committed for loan in loans if loan.id == MINE),
        mix=mix,
        disbursed_last_year=known.value("loan_disbursements.CHN"),
        draw_rate_last_year=known.value("draw_rate.CHN"),
    )
