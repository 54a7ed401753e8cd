"""Which of a year's candidate projects the Chinese banks lend for, and which of these Minsk signs, each January."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.loan_book import LINE, PROJECT
from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.opening.projects import ENERGY, Odds
from sinobel.world.rules import loan_costs, project_choice

if TYPE_CHECKING:
    from sinobel.world.draws import ParameterDraws
    from sinobel.world.subjects.loans import LoansParameters


@dataclass(frozen=True)
class Credit:
    """On which terms, and with which odds, (draws,)."""

    odds: Odds
    tied_shares: Draws  # rows as in the book
    rates: tuple[Draws, Draws]  # of preferential and of other credit, fraction a year
    grace: Draws  # years
    repayment: Draws  # years


@dataclass(frozen=True)
class Candidates:
    """The projects of a year, (slots, draws)."""

    sector: Draws  # row in SECTORS
    other: Draws  # whether credit is not preferential
    line: Draws  # whether it is a bank line

    def of_sector(self, amounts: tuple[Draws, ...]) -> Draws:
        """What is known by sector, of each candidate."""
        known = amounts[-1]
        for place, amount in enumerate(amounts[:-1]):
            known = np.where(self.sector == place, amount, known)
        return known

    def service(self, credit: Credit, cost: Draws, payments: Draws) -> Draws:
        """Present value of a dollar's service at some cost of money, of each candidate."""
        preferential, other = credit.rates
        rate = np.where(self.other, other, preferential)
        return loan_costs.present_value_of_service(
            cost=cost, rate=rate, grace=credit.grace, repayment=credit.repayment, payments=payments
        )

    def tied_share(self, credit: Credit) -> Draws:
        """Of each candidate."""
        share: Draws = np.where(self.line, credit.tied_shares[LINE], credit.tied_shares[PROJECT])
        return share


@dataclass(frozen=True)
class Offer:
    """Candidates on the terms of the year, beside usual terms; nobody knows which of them will fail."""

    candidates: Candidates
    usual: Credit
    now: Credit


def lent(parameters: ParameterDraws, offer: Offer) -> Draws:
    """Candidates that the banks lend for, over those of usual years; (slots, draws)."""
    p = parameters.loans
    worth, usual = (_worth_to_banks(p, credit, offer.candidates) for credit in (offer.now, offer.usual))
    return project_choice.part_chosen(worth=worth, usual=usual, spread=p.choice_spread, largest=p.largest_choice)


def signed(parameters: ParameterDraws, offer: Offer, elsewhere: Draws, gas_price: Draws) -> Draws:
    """Candidates that Minsk signs, over those of usual years; (slots, draws).

    Parameters
    ----------
    parameters : ParameterDraws
        Of the world.
    offer : Offer
        Candidates and terms.
    elsewhere : Draws
        What money costs Minsk on markets, fraction a year.
    gas_price : Draws
        What gas costs it over the price of the origin, dollar inflation apart.
    """
    p = parameters.loans
    usual = _worth_to_state(p, offer.usual, offer.candidates, (parameters.finance.bond_rate, 1.0))
    worth = _worth_to_state(p, offer.now, offer.candidates, (elsewhere, gas_price))
    return project_choice.part_chosen(worth=worth, usual=usual, spread=p.choice_spread, largest=p.largest_choice)


def _worth_to_banks(p: LoansParameters, credit: Credit, candidates: Candidates) -> Draws:
    return project_choice.worth_to_banks(
        tied_share=candidates.tied_share(credit),
        markup=p.markup,
        service=candidates.service(credit, p.money_cost, p.payments_a_year),
    )


def _worth_to_state(p: LoansParameters, credit: Credit, candidates: Candidates, prices: tuple[Draws, Number]) -> Draws:
    """`prices` are those of money and of gas."""
    elsewhere, gas_price = prices
    yields = [p.project_efficiency * rate * MONTHS_PER_YEAR for rate in credit.odds.returns]
    yields[ENERGY] = yields[ENERGY] + p.gas_saving * gas_price
    return project_choice.worth_to_state(
        tied_share=candidates.tied_share(credit),
        tied_weight=p.tied_multiplier,
        untied_weight=p.untied_multiplier,
        yields=candidates.of_sector(tuple(yields)),
        failure=candidates.of_sector(credit.odds.failure),
        rate=elsewhere,
        wear=p.project_wear,
        service=candidates.service(credit, elsewhere, p.payments_a_year),
    )
