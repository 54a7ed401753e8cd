"""The life of every Chinese loan: what the book and its accounts know, with what the record says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.loan_book import LINE, NO_SECTOR, OWN, PROJECT
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.rules import loan_costs

if TYPE_CHECKING:
    from sinobel.world.agents.loan_book import LoanBook
    from sinobel.world.agents.policy_banks import PolicyBanks

Loans = dict[str, np.ndarray]


def lives(banks: PolicyBanks) -> Loans:
    """The life of every loan to now, the untied credit as the last one: measure -> (loans + 1, draws).

    USD mn, `yields` a year, but for sector, instrument, effective_cost and grant_element; what ends with `_before`
    happened to the origin. Drawings before the origin are the record's, allocated to loans; their tied part is assumed
    to be that of the parameter, principal is what the terms say, interest is the record's, allocated by drawn money and
    stated rate. `revalued` is what the recorded debt is below what the loans would owe by their terms.
    """
    book, p = banks.book, banks.parameters.loans
    whole = _whole(book)
    whole["yields"] = book.projects.yields(book.sector, p.project_efficiency, p.gas_saving)
    usual = _tied_shares(book)
    whole["tied_before"] = usual * whole["drawn_before"]
    tied = whole["tied_before"] + whole["tied"]
    whole["overpaid"] = tied * (p.markup / (1 + p.markup))
    drawn = whole["drawn_before"] + whole["drawn"]
    share = np.divide(tied, drawn, out=usual, where=drawn > 0)
    rate = MONTHS_PER_YEAR * book.monthly_rate
    grace, repayment = (
        np.concatenate([np.broadcast_to(old, (book.old, len(old))), new])
        for old, new in ((p.grace, book.grace), (p.repayment, book.repayment))
    )
    signed = whole["signed"] > 0
    worth = loan_costs.value_received(tied_share=share, markup=p.markup)
    cost = loan_costs.effective_cost(
        rate=rate, grace=grace, repayment=repayment, worth=worth, payments=p.payments_a_year
    )
    gift = loan_costs.grant_element(
        rate=rate, grace=grace, repayment=repayment, discount_rate=p.grant_discount_rate, payments=p.payments_a_year
    )
    whole["effective_cost"], whole["grant_element"] = (np.where(signed, found, np.nan) for found in (cost, gift))
    line = _untied(banks)
    return {name: np.concatenate([rows, line[name][None]]) for name, rows in whole.items()}


def _tied_shares(book: LoanBook) -> np.ndarray:
    """Tied share of every loan by its terms."""
    line, project = book.tied_shares[LINE], book.tied_shares[PROJECT]
    result: np.ndarray = book.lines * line + (1 - book.lines) * project
    result[book.old : book.first_candidate] = book.tied_shares[OWN:]
    return result


def _whole(book: LoanBook) -> Loans:
    """What the loan book and its opening know of every loan."""
    opening = book.opening
    tied, interest, principal, called = book.paid()
    nothing = np.zeros_like(tied)

    def before(rows: np.ndarray) -> np.ndarray:
        full = nothing.copy()
        full[: book.old] = rows if rows.ndim > 1 else rows[:, None]
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
        "called": called,
        "fails": book.projects.fails(book.sector),
        "yields": nothing,
        "sector": book.sector,
        "instrument": book.instrument,
    }


def _untied(banks: PolicyBanks) -> Loans:
    """The untied credit as one loan: nothing of it before the origin, nothing tied, no guarantee, terms that vary."""
    nothing = np.zeros_like(banks.line)
    told = banks.untied
    unknown, no_project = np.full_like(banks.line, np.nan), np.full_like(banks.line, NO_SECTOR)
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
        "fails": nothing,
        "yields": nothing,
        "sector": no_project,
        "instrument": no_project,
        "effective_cost": unknown,
        "grant_element": unknown,
    }
