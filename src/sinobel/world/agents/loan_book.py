"""The loan book of the Chinese policy banks: every named loan, and one row per year of new commitments.

Rows are loans, columns are draws; money is USD mn. `outstanding` changes only by drawing and repaying, `undrawn`
only by signing, drawing and lapsing, loan by loan. All loans signed before the year are drawn at one pace and repaid in
equal installments within it, so the book is written up loan by loan once a year, and a month moves three numbers per
draw: how much of January's undrawn money has been paid out, how much of it is left, how many installments are paid.
"""

from __future__ import annotations

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.loan_accounts import LoanAccounts
from sinobel.world.arrays import Draws
from sinobel.world.constants import A_YEAR, MONTHS_PER_YEAR
from sinobel.world.opening.loans import FIRST_YEAR, LoansOpening
from sinobel.world.rules import loan_service
from sinobel.world.state import Declared, calendar, fixed, part, state, written


def total(rows: np.ndarray) -> np.ndarray:
    """Sum over loans, added in their order, so that a draw's sum has the same last bit in any ensemble."""
    if rows.shape[1] > 1:
        outcome: np.ndarray = np.add.reduce(rows, axis=0)
        return outcome
    result = np.zeros(rows.shape[1])
    for row in rows:  # one column alone would be summed in pairs
        result = result + row
    return result


class LoanBook(Declared):
    """State of all loans.

    Parameters
    ----------
    opening : LoansOpening
        The book at the origin.
    grace : np.ndarray
        Years, of the loans signed before the origin; (draws,)
    repayment : np.ndarray
        Years, likewise.
    origin, horizon : int
        Month numbers; a row waits for every year in between.
    """

    committed: Draws = written("USD mn", "signed, loan by loan")
    monthly_rate: Draws = written("fraction a month", "interest rate, loan by loan")
    tied_limit: Draws = written("fraction", "largest tied share the government signed, loan by loan")
    grace: Draws = written("years", "grace of new loans, by year of signature")
    repayment: Draws = written("years", "repayment of new loans, by year of signature")
    new_guaranteed: Draws = state("fraction", "share of new loans the state answers for")
    limited: bool = calendar("yes or no", "whether the government has limited the tied share of a loan")
    current: int = calendar("row", "loan of the current year")
    total_undrawn: Draws = state("USD mn", "signed, neither drawn nor lapsed, all loans")

    # written up in January, but for the row of the current year, which is written every month
    _undrawn: Draws = written("USD mn", "signed, neither drawn nor lapsed in January, loan by loan")
    _drawn: Draws = written("USD mn", "drawn to January, loan by loan")
    _outstanding: Draws = written("USD mn", "owed in January, loan by loan")
    installment: Draws = written("USD mn a month", "principal due in the current year, loan by loan")

    # moved every month
    _paid_out: Draws = state("fraction", "part of January's undrawn money that has been paid out")
    _left: Draws = state("fraction", "part of it that is neither paid out nor lapsed")
    _installments_due: float = calendar("months", "installments of the year that have been due")
    _installments_paid: Draws = state("months", "those that were paid; the others start a new grace period")

    # sums over loans of January, with and without a guarantee of the state
    _interest: tuple[Draws, Draws, Draws] = state(
        "USD mn a month", "interest on what is owed, on all that is undrawn, on an installment"
    )
    _guaranteed_interest: tuple[Draws, Draws, Draws] = state("USD mn a month", "the same with a guarantee")
    _installments: Draws = state("USD mn a month", "installments")
    _guaranteed_installments: Draws = state("USD mn a month", "the same with a guarantee")

    # how principal falls due; rows by year, each entered once and never written again
    _due_old: Draws = fixed("fraction a year", "part of a drawing that falls due at each age, loans of the record")
    _due_new: dict[int, Draws] = state("fraction a year", "the same of new loans, by year of signature")
    _recorded: Draws = fixed("USD mn", "recorded drawings of each year, loan by loan")
    _survivors: Draws = fixed("fraction", "part of them that the recorded debt leaves")
    _undrawn_at_origin: Draws = fixed("USD mn", "undrawn at the origin, loan by loan")
    _left_of_origin: Draws = state("fraction", "part of it that is still undrawn in January")
    _drawn_a_year: dict[int, Draws] = state("fraction", "part of it that was drawn, by year")
    _tranches: dict[int, Draws] = state("USD mn", "drawings of new loans, by year; rows are years of signature")
    _put_off: dict[int, Draws] = state("USD mn", "principal of all loans that started anew, by year")
    accounts: LoanAccounts = part(LoanAccounts, "what each loan has paid for and paid back")

    def __init__(self, opening: LoansOpening, grace: np.ndarray, repayment: np.ndarray, origin: int, horizon: int):
        self.opening = opening
        self.first_new_year = months.year(origin) + 1
        self.old = len(opening.loans)
        years = range(self.first_new_year, months.year(horizon) + 1)
        self.names = [loan.id for loan in opening.loans] + [f"N{year}" for year in years]
        self.guaranteed_rows = int(opening.guaranteed.sum())  # the loans the state answers for stand first
        self._enter(opening, grace, repayment, len(years))
        self._open_books(len(grace))
        ages = np.arange(months.year(horizon) - FIRST_YEAR + 1.0)[:, None]
        self._due_old = loan_service.share_due(age=ages, grace=grace, repayment=repayment)
        self._recorded, self._survivors = opening.drawn_by_year, opening.survivors
        self._undrawn_at_origin = self._undrawn[: self.old].copy()
        self.accounts = LoanAccounts(self.rows, len(grace))

    def _enter(self, opening: LoansOpening, grace: Draws, repayment: Draws, years: int) -> None:
        """Rows of all loans: those of the record as they stand, those to come empty."""
        old, draws = self.old, len(grace)

        def with_new(values: np.ndarray) -> np.ndarray:
            full = np.zeros((old + years, draws))
            full[:old] = values if values.ndim > 1 else values[:, None]
            return full

        self.committed = with_new(opening.committed)
        self.monthly_rate = with_new(opening.rate) / MONTHS_PER_YEAR
        self.tied_limit = np.ones((old + years, draws))
        self.grace = np.tile(grace, (years, 1))
        self.repayment = np.tile(repayment, (years, 1))
        self._undrawn = with_new(opening.committed - opening.drawn)
        self._drawn = with_new(opening.drawn)
        self._outstanding = with_new(opening.outstanding)
        self.installment = np.zeros_like(self.committed)

    def _open_books(self, draws: int) -> None:
        """Sums and rows of years as they are before the first January."""
        nothing, all_of_it = np.zeros(draws), np.ones(draws)
        self.new_guaranteed, self.limited, self.current = nothing, False, self.old
        self.total_undrawn = total(self._undrawn)
        self._paid_out, self._left, self._left_of_origin = nothing, all_of_it, all_of_it
        self._installments_due, self._installments_paid = 0.0, nothing
        self._interest = self._guaranteed_interest = (nothing, nothing, nothing)
        self._installments = self._guaranteed_installments = nothing
        self._due_new, self._drawn_a_year, self._tranches, self._put_off = {}, {}, {}, {}

    # --- the book as it stands ---

    @property
    def rows(self) -> int:
        """Number of loans, those to come included."""
        return len(self.names)

    @property
    def undrawn(self) -> np.ndarray:
        """Signed, neither drawn nor lapsed, loan by loan."""
        result = self._undrawn.copy()
        result[: self.current] *= self._left
        return result

    @property
    def drawn(self) -> np.ndarray:
        """Drawn since the signature, loan by loan."""
        result = self._drawn.copy()
        result[: self.current] += self._undrawn[: self.current] * self._paid_out
        return result

    @property
    def outstanding(self) -> np.ndarray:
        """Owed, loan by loan."""
        result = self._outstanding.copy()
        before = slice(0, self.current)
        result[before] += self._undrawn[before] * self._paid_out - self.installment[before] * self._installments_paid
        return result

    @property
    def lapsed(self) -> np.ndarray:
        """Commitments that lapsed undrawn, loan by loan."""
        result: np.ndarray = self.committed - self.drawn - self.undrawn
        return result

    def paid(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Since the origin, loan by loan: drawn for tied goods, interest paid, principal paid."""
        before = slice(0, self.current)
        return self.accounts.now(
            self._undrawn[before],
            self._outstanding[before],
            installment=self.installment[before],
            rate=self.monthly_rate[before],
            months=self._installments_due,
            installments_paid=self._installments_paid,
        )

    # --- January ---

    def open_year(self, year: int) -> None:
        """Write up the year that ends, and find what principal falls due in the one that begins."""
        signed = year - self.first_new_year  # years of new loans so far
        if signed:
            self._write_up(signed)
        self.current = self.old + signed
        before = slice(0, self.current)
        due = self._principal_due(year, signed)
        self.installment[before] = np.minimum(due, self._outstanding[before] / A_YEAR) / MONTHS_PER_YEAR
        rate = self.monthly_rate[before]
        earning = (self._outstanding[before], self._undrawn[before], self.installment[before])
        owed, undrawn, installment = (
            self._sums(loan_service.interest_due(outstanding=rows, monthly_rate=rate)) for rows in earning
        )
        self._interest, self._guaranteed_interest = zip(owed, undrawn, installment, strict=True)
        self._installments, self._guaranteed_installments = self._sums(self.installment[before])
        self._paid_out, self._left = np.zeros_like(self._left), np.ones_like(self._left)
        self._installments_due, self._installments_paid = 0.0, np.zeros_like(self._left)

    def _write_up(self, signed: int) -> None:
        """Bring every loan to the end of the year, and keep what was drawn in it: it starts its own grace period."""
        before, last = slice(0, self.current), signed - 1
        year = self.first_new_year + last
        self.accounts.write_up(*self.paid())
        put_off = self._installments_due - self._installments_paid
        if np.any(put_off):
            self._put_off = self._put_off | {year: self.installment[before] * put_off}
        drawn_in_year = np.zeros_like(self._drawn[self.old :])
        drawn_in_year[:last] = self._undrawn[self.old : self.current] * self._paid_out
        drawn_in_year[last] = self._drawn[self.current]
        self._tranches = self._tranches | {year: drawn_in_year}
        self._drawn_a_year = self._drawn_a_year | {year: self._left_of_origin * self._paid_out}
        self._left_of_origin = self._left_of_origin * self._left
        self._drawn[before] += self._undrawn[before] * self._paid_out
        self._outstanding[before] = self.outstanding[before]
        self._undrawn[before] *= self._left
        ages = np.arange(float(len(self._due_old)))[:, None]
        due = loan_service.share_due(age=ages, grace=self.grace[last], repayment=self.repayment[last])
        self._due_new = self._due_new | {year: due}

    def _principal_due(self, year: int, signed: int) -> np.ndarray:
        """Principal of a year on everything drawn, or put off, before it; (loans, draws)."""
        due = np.zeros_like(self._outstanding[: self.old + signed])
        old, new = due[: self.old], due[self.old :]
        for place, recorded in enumerate(self._recorded):
            old += recorded[:, None] * (self._survivors * self._due_old[year - (FIRST_YEAR + place)])
        later = np.zeros_like(self._left)
        for drawn_in, share in self._drawn_a_year.items():
            later = later + share * self._due_old[year - drawn_in]
        old += self._undrawn_at_origin * later
        for drawn_in, drawn in self._tranches.items():
            age = year - drawn_in
            for vintage in range(drawn_in - self.first_new_year + 1):
                new[vintage] += drawn[vintage] * self._due_new[self.first_new_year + vintage][age]
        for start, principal in self._put_off.items():
            age = year - start
            old += principal[: self.old] * self._due_old[age]
            for vintage, row in enumerate(principal[self.old :]):
                new[vintage] += row * self._due_new[self.first_new_year + vintage][age]
        return due

    def _sums(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Sums over loans signed before this year: of all of them, and of what the state guarantees."""
        guaranteed, others, new = (
            total(part)
            for part in (rows[: self.guaranteed_rows], rows[self.guaranteed_rows : self.old], rows[self.old :])
        )
        return guaranteed + others + new, guaranteed + self.new_guaranteed * new

    # --- the month ---

    def sign(
        self,
        amount: np.ndarray,
        rate: np.ndarray,
        grace: np.ndarray,
        repayment: np.ndarray,
        guaranteed: np.ndarray,
        tied_limit: np.ndarray | float,
    ) -> None:
        """Enter the commitments of a month into the row of the year; the terms count where something is signed.

        Parameters
        ----------
        amount : np.ndarray
            USD mn, 0 in most months; (draws,)
        rate : np.ndarray
            Fraction a year; grace, repayment in years; (draws,)
        guaranteed : np.ndarray
            Share of it the state answers for, the same for every signature.
        tied_limit : np.ndarray | float
            Largest tied share the government accepts at the signature.
        """
        signed, row = amount > 0, self.current
        place = row - self.old
        self.new_guaranteed = guaranteed
        self.committed[row] += amount
        self._undrawn[row] += amount
        self.total_undrawn = self.total_undrawn + amount
        self.monthly_rate[row] = np.where(signed, rate / MONTHS_PER_YEAR, self.monthly_rate[row])
        self.grace[place] = np.where(signed, grace, self.grace[place])
        self.repayment[place] = np.where(signed, repayment, self.repayment[place])
        if self.limited or np.any(np.less(tied_limit, 1.0)):
            self.limited = True
            self.tied_limit[row] = np.where(signed, tied_limit, self.tied_limit[row])

    def draw(
        self, share: np.ndarray, lapsing: np.ndarray, tied_share: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pay out a share of what is undrawn, then let a share of the rest lapse.

        Returns
        -------
        tuple[np.ndarray, np.ndarray, np.ndarray]
            Sums over loans: paid out, the tied part of it, lapsed.
        """
        row, kept = self.current, (1 - share) * (1 - lapsing)
        paid = self.total_undrawn * share
        tied = paid * tied_share
        if self.limited:
            for each in range(self.old, row + 1):
                release = self._undrawn[each] * share * (self._left if each < row else 1.0)
                untied = release * np.maximum(tied_share - self.tied_limit[each], 0.0)
                tied = tied - untied
                self.accounts.untie(each, untied)
        gone = (self.total_undrawn - paid) * lapsing
        self.total_undrawn = self.total_undrawn - paid - gone
        part, release = self._left * share, self._undrawn[row] * share
        self.accounts.draw(part, tied_share, release)
        self._paid_out = self._paid_out + part
        self._left = self._left * kept
        self._drawn[row] += release
        self._outstanding[row] += release
        self._undrawn[row] *= kept
        return paid, tied, gone

    def serve(self, rescheduled: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Pay the month's interest and principal, but for principal that is put off.

        Parameters
        ----------
        rescheduled : np.ndarray
            Share of what is due that starts a new grace period instead; (draws,)

        Returns
        -------
        tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
            interest, principal, principal put off, and the paid part of both that the state guarantees.
        """
        fresh = loan_service.interest_due(
            outstanding=self._outstanding[self.current], monthly_rate=self.monthly_rate[self.current]
        )
        interest = self._interest_now(self._interest) + fresh
        guaranteed = self._interest_now(self._guaranteed_interest) + self.new_guaranteed * fresh
        self.accounts.serve(self._paid_out, self._installments_paid, fresh)
        paid = 1 - rescheduled
        self._installments_due += 1.0
        self._installments_paid = self._installments_paid + paid
        principal, put_off = self._installments * paid, self._installments * rescheduled
        return interest, principal, put_off, guaranteed + self._guaranteed_installments * paid

    def _interest_now(self, sums: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
        """Interest of the month from the sums of January: on what was owed, plus drawn, less repaid since."""
        owed, undrawn, installment = sums
        return owed + undrawn * self._paid_out - installment * self._installments_paid
