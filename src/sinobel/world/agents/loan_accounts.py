"""What each Chinese loan has paid for and paid back since the origin, and its life with what the record says of it."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.rules import loans as rules

if TYPE_CHECKING:
    from sinobel.world.agents.china import PolicyBanks
    from sinobel.world.agents.loan_book import LoanBook

Loans = dict[str, np.ndarray]


class LoanAccounts:
    """Sums since the origin by loan, (loans, draws), USD mn: tied goods paid for, interest, principal.

    All loans signed before the year are drawn at one pace and repaid by installments, so a month adds to a few numbers
    per draw, and the loans are written up once a year as in the loan book.
    """

    def __init__(self, loans: int, draws: int):
        self.tied, self.interest, self.principal = (np.zeros((loans, draws)) for _ in range(3))
        self._nothing = np.zeros(draws)
        self._open_year()

    def _open_year(self) -> None:
        # of the loans signed before the year: part of January's undrawn money paid out for tied goods; sums over
        # months of what had been paid out, and of the installments paid, when interest was reckoned
        self._tied_part = self._paid_out = self._installments = self._nothing
        self._new_tied = self._new_interest = self._nothing  # of the row of the current year

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

    def copy(self) -> LoanAccounts:
        """The same accounts, sharing nothing that is written in place."""
        twin = copy(self)
        twin.tied = self.tied.copy()
        return twin


def lives(banks: PolicyBanks) -> Loans:
    """The life of every loan to now, the untied credit as the last one: measure -> (loans + 1, draws).

    USD mn, but for effective_cost and grant_element; what ends with `_before` happened to the origin. Drawings before
    the origin are the record's, allocated to loans; their tied part is assumed to be that of the parameter, principal
    is what the terms say, interest is the record's, allocated by drawn money and stated rate. `revalued` is what
    the recorded debt is below what the loans would owe by their terms.
    """
    book, p = banks.book, banks.parameters.loans
    whole = _whole(book)
    whole["tied_before"] = p.tied_share * whole["drawn_before"]
    tied = whole["tied_before"] + whole["tied"]
    whole["overpaid"] = tied * (p.markup / (1 + p.markup))
    guaranteed = np.zeros_like(whole["interest"])
    guaranteed[: book.guaranteed_rows], guaranteed[book.old :] = 1.0, book.new_guaranteed
    whole["called"] = rules.guarantee_called(
        guaranteed_service=guaranteed * (whole["interest"] + whole["principal"]), project_cover=p.project_cover
    )
    drawn = whole["drawn_before"] + whole["drawn"]
    share = np.divide(tied, drawn, out=p.tied_share + 0.0 * drawn, where=drawn > 0)
    rate = 12 * book.monthly_rate
    grace, repayment = (
        np.concatenate([np.broadcast_to(old, (book.old, len(old))), new])
        for old, new in ((p.grace, book.grace), (p.repayment, book.repayment))
    )
    signed = whole["signed"] > 0
    worth = rules.value_received(tied_share=share, markup=p.markup)
    cost = rules.effective_cost(rate=rate, grace=grace, repayment=repayment, worth=worth, payments=p.payments_a_year)
    gift = rules.grant_element(
        rate=rate, grace=grace, repayment=repayment, discount_rate=p.grant_discount_rate, payments=p.payments_a_year
    )
    whole["effective_cost"], whole["grant_element"] = (np.where(signed, found, np.nan) for found in (cost, gift))
    line = _untied(banks)
    return {name: np.concatenate([rows, line[name][None]]) for name, rows in whole.items()}


def _whole(book: LoanBook) -> Loans:
    """What the loan book and its opening know of every loan."""
    opening = book.opening
    tied, interest, principal = book.paid()
    nothing = np.zeros_like(tied)

    def before(rows: np.ndarray) -> np.ndarray:
        full = nothing.copy()
        full[: book.old] = rows if rows.ndim == 2 else rows[:, None]
        return full

    owed = opening.outstanding / opening.survivors
    drawn_before = before(opening.drawn)
    return {
        "signed": book.committed,
        "drawn_before": drawn_before,
        "drawn": book.drawn - drawn_before,
        "undrawn": book.undrawn,
        "tied": tied,
        "principal_before": before(opening.drawn[:, None] - owed),
        "principal": principal,
        "revalued": before(owed - opening.outstanding),
        "outstanding": book.outstanding,
        "interest_before": before(opening.interest),
        "interest": interest,
    }


def _untied(banks: PolicyBanks) -> Loans:
    """The untied credit as one loan: nothing of it before the origin, nothing tied, no guarantee, terms that vary."""
    nothing = 0.0 * banks.line
    told = banks.untied
    unknown = nothing + np.nan
    return {
        "signed": told["signed"],
        "drawn_before": nothing,
        "drawn": told["drawn"],
        "undrawn": banks.line,
        "tied": nothing,
        "tied_before": nothing,
        "principal_before": nothing,
        "principal": told["principal"],
        "revalued": nothing,
        "outstanding": told["drawn"] - told["principal"],
        "interest_before": nothing,
        "interest": told["interest"],
        "overpaid": nothing,
        "called": nothing,
        "effective_cost": unknown,
        "grant_element": unknown,
    }
