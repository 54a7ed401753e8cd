"""What each Chinese loan has paid for and paid back since the origin."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws
from sinobel.world.state import Declared, state, written


class LoanAccounts(Declared):
    """Sums since the origin by loan, (loans, draws), USD mn: tied goods paid for, interest, principal.

    All loans signed before the year are drawn at one pace and repaid by installments, so a month adds to a few numbers
    per draw, and the loans are written up once a year as in the loan book.
    """

    tied: Draws = written("USD mn", "paid for tied goods, loan by loan, to January")
    interest: Draws = state("USD mn", "interest paid, loan by loan, to January")
    principal: Draws = state("USD mn", "principal paid, loan by loan, to January")
    _tied_part: Draws = state("fraction", "part of January's undrawn money that was paid out for tied goods")
    _paid_out: Draws = state("months", "part paid out when interest was reckoned, summed over months")
    _installments: Draws = state("months", "installments paid when interest was reckoned, summed over months")
    _new_tied: Draws = state("USD mn", "paid for tied goods by the loan of the current year")
    _new_interest: Draws = state("USD mn", "interest of the loan of the current year")

    def __init__(self, loans: int, draws: int):
        self.tied, self.interest, self.principal = (np.zeros((loans, draws)) for _ in ("tied", "interest", "principal"))
        self._open_year()

    def _open_year(self) -> None:
        nothing = np.zeros(self.tied.shape[1])
        self._tied_part = self._paid_out = self._installments = nothing
        self._new_tied = self._new_interest = nothing

    def draw(self, part: np.ndarray, tied_share: np.ndarray, released: np.ndarray) -> None:
        """Money of a month: a part of January's undrawn sums, and what the row of the current year released."""
        self._tied_part = self._tied_part + part * tied_share
        self._new_tied = self._new_tied + released * tied_share

    def serve(self, paid_out: np.ndarray, installments: np.ndarray, interest: np.ndarray) -> None:
        """Interest of a month: what it was reckoned on, and that of the row of the current year."""
        self._paid_out = self._paid_out + paid_out
        self._installments = self._installments + installments
        self._new_interest = self._new_interest + interest

    def untie(self, loan: int, amount: np.ndarray) -> None:
        """Take back money that a limit of the government left untied."""
        self.tied[loan] -= amount

    def now(
        self,
        undrawn: np.ndarray,
        owed: np.ndarray,
        installment: np.ndarray,
        rate: np.ndarray,
        months: float,
        installments_paid: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Tied goods, interest and principal since the origin, the current year included, loan by loan.

        Parameters
        ----------
        undrawn, owed, installment, rate : np.ndarray
            Of January, loans signed before the year; rate a month.
        months : float
            Of the year that have been served.
        installments_paid : np.ndarray
            Of the year, (draws,)
        """
        row = len(undrawn)
        tied, interest, principal = self.tied.copy(), self.interest.copy(), self.principal.copy()
        tied[:row] += undrawn * self._tied_part
        interest[:row] += rate * (months * owed + undrawn * self._paid_out - installment * self._installments)
        principal[:row] += installment * installments_paid
        tied[row : row + 1] += self._new_tied
        interest[row : row + 1] += self._new_interest
        return tied, interest, principal

    def write_up(self, tied: np.ndarray, interest: np.ndarray, principal: np.ndarray) -> None:
        """Begin a year with the sums of `now`."""
        self.tied, self.interest, self.principal = tied, interest, principal
        self._open_year()
