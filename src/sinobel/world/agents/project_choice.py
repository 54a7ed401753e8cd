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
    """On which terms, and with which odds, (draws,); as which kind of credit, (slots, draws)."""

    odds: Odds
    tied_shares: Draws  # rows as in the book
    rates: tuple[Draws, Draws]  # of preferential and of other credit, fraction a year
    grace: Draws  # years
    repayment: Draws  # years
    other: Draws  # whether credit for a candidate is not preferential
    line: Draws  # whether it is a bank line

    def service(self, cost: Draws, payments: Draws) -> Draws:
        """Present value of a dollar's service at some cost of money, of each candidate."""
        preferential, other = self.rates
        rate = np.where(self.other, other, preferential)
        return loan_costs.present_value_of_service(
            cost=cost, rate=rate, grace=self.grace, repayment=self.repayment, payments=payments
        )

    def tied_share(self) -> Draws:
        """Of each candidate."""
        share: Draws = np.where(self.line, self.tied_shares[LINE], self.tied_shares[PROJECT])
        return share


@dataclass(frozen=True)
class Offer:
    """A year's candidates on its terms, beside usual terms; nobody knows which of them will fail."""

    sectors: Draws  # row in SECTORS, (slots, draws)
    usual: Credit
    now: Credit

    def of_sector(self, amounts: tuple[Draws, ...]) -> Draws:
        """What is known by sector, of each candidate."""
        known = amounts[-1]
        for place, amount in enumerate(amounts[:-1]):
            known = np.where(self.sectors == place, amount, known)
        return known


def lent(parameters: ParameterDraws, offer: Offer) -> Draws:
    """Candidates that the banks lend for, over those of usual years; (slots, draws)."""
    p = parameters.loans
    worth, usual = (_worth_to_banks(p, credit) for credit in (offer.now, offer.usual))
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
    usual = _worth_to_state(parameters, offer, offer.usual, (parameters.finance.bond_rate, 1.0))
    worth = _worth_to_state(parameters, offer, offer.now, (elsewhere, gas_price))
    return project_choice.part_chosen(worth=worth, usual=usual, spread=p.choice_spread, largest=p.largest_choice)


def _worth_to_banks(p: LoansParameters, credit: Credit) -> Draws:
    return project_choice.worth_to_banks(
        tied_share=credit.tied_share(), markup=p.markup, service=credit.service(p.money_cost, p.payments_a_year)
    )


def _worth_to_state(parameters: ParameterDraws, offer: Offer, credit: Credit, prices: tuple[Draws, Number]) -> Draws:
    """`prices` are those of money and of gas."""
    p, (elsewhere, gas_price) = parameters.loans, prices
    yields = [p.project_efficiency * rate * MONTHS_PER_YEAR for rate in credit.odds.returns]
    yields[ENERGY] = yields[ENERGY] + p.gas_saving * gas_price
    return project_choice.worth_to_state(
        tied_share=credit.tied_share(),
        tied_weight=p.tied_multiplier,
        untied_weight=p.untied_multiplier,
        yields=offer.of_sector(tuple(yields)),
        failure=offer.of_sector(credit.odds.failure),
        rate=elsewhere,
        wear=p.project_wear,
        service=credit.service(elsewhere, p.payments_a_year),
        local_cost=parameters.finance.local_cost,
    )
