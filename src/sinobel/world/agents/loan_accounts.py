"""What each Chinese loan has paid for and paid back since the origin."""

from __future__ import annotations

import numpy as np

from sinobel.inputs.loans_and_contracts import EVENTS
from sinobel.world.arrays import Draws
from sinobel.world.state import Declared, state, written


class LoanAccounts(Declared):
    """Sums since the origin by loan, (loans, draws), USD mn: tied goods paid for, interest, principal, calls.

    All loans are drawn at one pace and repaid by installments, so a month adds to a few numbers per draw, and the loans
    are written up once a year as in the loan book. Loans signed within the year are entered as if they had stood in
    January, less what would have happened before.
    """

    tied: Draws = written("USD mn", "paid for tied goods, loan by loan, to January")
    interest: Draws = written("USD mn", "interest paid, loan by loan, to January")
    principal: Draws = state("USD mn", "principal paid, loan by loan, to January")
    called: Draws = written("USD mn", "paid by the budget for projects that did not earn it, loan by loan, to January")
    _not_due: Draws = written("USD mn", "interest of the year that loans owe not, being signed within it, loan by loan")
    _tied_part: Draws = state("fraction", "part of January's undrawn money paid out for tied goods, by tied share")
    _paid_out: Draws = state("months", "part paid out when interest was reckoned, summed over months")
    _installments: Draws = state("months", "installments paid when interest was reckoned, summed over months")

    def __init__(self, loans: int, ties: int, draws: int):
        self.tied, self.interest, self.principal, self.called = (
            np.zeros((loans, draws)) for _ in ("tied", "interest", "principal", "called")
        )
        self._open_year(np.zeros((ties, draws)), np.zeros(draws))

    def _open_year(self, ties: np.ndarray, nothing: np.ndarray) -> None:
        self._tied_part, self._paid_out, self._installments = ties, nothing, nothing
        self._not_due = np.zeros_like(self.interest)

    def draw(self, tied_part: np.ndarray) -> None:
        """Money of a month: part of January's undrawn sums that pays for tied goods, by tied share."""
        self._tied_part = self._tied_part + tied_part

    def serve(self, paid_out: np.ndarray, installments: np.ndarray) -> None:
        """Interest of a month: what it was reckoned on."""
        self._paid_out = self._paid_out + paid_out
        self._installments = self._installments + installments

    def untie(self, rows: slice, amount: np.ndarray) -> None:
        """Take back money that a limit of the government left untied."""
        self.tied[rows] -= amount

    def enter(self, rows: slice, on_added: np.ndarray, on_ahead: np.ndarray) -> None:
        """Take back the interest that loans would have paid this year before they were signed.

        Parameters
        ----------
        rows : slice
            Of these loans.
        on_added : np.ndarray
            Interest of a month on all that would have been undrawn in January.
        on_ahead : np.ndarray
            Interest so far on what is taken off because they drew nothing before.
        """
        self._not_due[rows] += on_ahead - on_added * self._paid_out

    def not_tied(self, rows: slice, added: np.ndarray, lines: np.ndarray, own: bool) -> None:
        """Take back the tied goods that loans would have paid for this year before they were signed.

        Parameters
        ----------
        own : bool
            Whether these are the loans that have a tied share of their own.
        """
        self.tied[rows] -= added * (self._own_tied if own else self._tied(lines))

    def _tied(self, lines: np.ndarray) -> np.ndarray:
        """Part of January's undrawn money that was paid out for tied goods, loan by loan."""
        result: np.ndarray = lines * self._tied_part[0] + (1 - lines) * self._tied_part[1]
        return result

    @property
    def _own_tied(self) -> np.ndarray:
        """The same of loans that have a tied share of their own."""
        return self._tied_part[len(self._tied_part) - EVENTS :]

    def now(
        self,
        undrawn: np.ndarray,
        owed: np.ndarray,
        installment: np.ndarray,
        rate: np.ndarray,
        lines: np.ndarray,
        unearned: np.ndarray,
        events: slice,
        months: float,
        installments_paid: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Tied goods, interest, principal and calls since the origin, the current year included, loan by loan.

        Parameters
        ----------
        undrawn, owed, installment, rate, lines, unearned : np.ndarray
            Of January; rate a month; lines, the part that is a bank line; unearned, what the budget pays of service.
        events : slice
            Rows of loans that have a tied share of their own.
        months : float
            Of the year that have been served.
        installments_paid : np.ndarray
            Of the year, (draws,)
        """
        part = self._tied(lines)
        part[events] = self._own_tied
        tied: np.ndarray = self.tied + undrawn * part
        owed_for = months * owed + undrawn * self._paid_out - installment * self._installments
        of_year = rate * owed_for + self._not_due
        repaid = installment * installments_paid
        called: np.ndarray = self.called + unearned * (of_year + repaid)
        return tied, self.interest + of_year, self.principal + repaid, called

    def write_up(self, tied: np.ndarray, interest: np.ndarray, principal: np.ndarray, called: np.ndarray) -> None:
        """Begin a year with the sums of `now`."""
        self.tied, self.interest, self.principal, self.called = tied, interest, principal, called
        self._open_year(np.zeros_like(self._tied_part), np.zeros_like(self._paid_out))
