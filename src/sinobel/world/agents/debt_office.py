"""The debt office of Belarus: asks lenders for offers once a year, weighs them, and draws on them month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents import untied_offers
from sinobel.world.agents.country import Institution
from sinobel.world.agents.untied_offers import (
    BIDDERS,
    CHINA,
    CLAIM,
    DEVELOPMENT,
    FUND,
    LENDERS,
    MARKETS,
    RUSSIA,
    Borrower,
)
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp
from sinobel.world.guards import TINY, at_least
from sinobel.world.rules import lenders, loan_offers
from sinobel.world.state import state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus
    from sinobel.world.agents.government import Government


class DebtOffice(Institution):
    """Holds the year's tender for untied money and draws on it. USD mn a month."""

    need: Draws = state("USD mn a month", "what it looks for from lenders of untied money, moving average over a year")
    agreed: dict[str, Draws] = state(
        "USD mn a month", "what each lender gives unasked this year while its door is open; China for a strain of one"
    )
    rates_agreed: dict[str, Draws] = state("fraction a year", "interest rate that each lender asks this year")
    costs: dict[str, Draws] = state("fraction a year", "what each lender's money costs this year, politics included")
    offered: Draws = state("USD mn a month", "what all lenders of untied money together would lend unasked")
    kept: dict[str, Draws] = state(
        "fraction", "months of lending that each lender was not asked for and still gives while its door is open"
    )

    def __init__(self, belarus: Belarus, government: Government):
        super().__init__(belarus)
        self.belarus, self.government = belarus, government
        nothing = self.full(0.0)
        self.need = government.service_average
        self.costs = self.kept = dict.fromkeys(BIDDERS, nothing)
        offers = untied_offers.of_year(self.world, self._as_borrower(self.parameters.loans.usual_risk))
        self.agreed, self.rates_agreed = offers.amounts, offers.rates
        self.offered = untied_offers.unasked(self.world, untied_offers.open_now(self.world, self.agreed))

    @property
    def strain(self) -> np.ndarray:
        """How hard it is to find what is needed with the lenders that are left, log."""
        p = self.parameters.finance
        return lenders.rollover_strain(
            need=self.need, offered=self.offered, usual=p.usual_rollover, largest=p.largest_strain
        )

    @property
    def room_under_ceiling(self) -> Draws:
        """Part of any untied loan that the debt ceiling leaves room for, 0 to 1."""
        return loan_offers.room_under_ceiling(
            debt_ratio=self.government.debt_ratio,
            ceiling=self.board["belarus.debt_ceiling"],
            width=self.parameters.finance.ceiling_width,
        )

    @property
    def rate_of_markets(self) -> Draws:
        """What markets ask today, a fraction a year."""
        return untied_offers.rate_of_markets(self.world, risk=self.government.risk, strain=self.strain)

    def ask_lenders(self) -> None:
        """January: every lender offers, Russia once more after its best rival, and the offers are weighed."""
        if months.month_of_year(self.world.month) == 1:
            self._hold_tender()

    def _hold_tender(self) -> None:
        """Offers for the same need, weighed by rate and political price."""
        offers = untied_offers.of_year(self.world, self._as_borrower(self.government.risk))
        self.agreed, self.rates_agreed = offers.amounts, offers.rates
        self._let_russia_bid_again()
        self.costs = self._costs()

    def _let_russia_bid_again(self) -> None:
        """Moscow hears what the best of its rivals would take of the need, and answers."""
        p, offers, costs = self.parameters.finance, self._on_offer(), self._costs()
        rivals = tuple(bidder for bidder in BIDDERS if bidder != RUSSIA)
        rival = lenders.best_rival(
            amounts=_by_bidder(offers, rivals),
            costs=_by_bidder(costs, rivals),
            own_cost=costs[RUSSIA],
            need=self.need,
            scale=p.lender_scale,
        )
        more, discount = self.world.russia.government.bid_again(rival)
        self.agreed = self.agreed | {RUSSIA: self.agreed[RUSSIA] * more}
        cheaper = np.maximum(self.rates_agreed[RUSSIA] - discount, p.safe_rate)
        self.rates_agreed = self.rates_agreed | {RUSSIA: cheaper}

    def _on_offer(self) -> dict[str, Draws]:
        """What the offers of the year come to this month, with doors as they are and for what is needed.

        What Minsk itself does not let itself owe is offered all the same, so that a debt ceiling strains no lender.
        """
        opened = untied_offers.open_now(self.world, self.agreed)
        self.offered = untied_offers.unasked(self.world, opened)
        return untied_offers.when_asked(self.world, opened, self.strain)

    def _as_borrower(self, risk: Draws) -> Borrower:
        """What lenders see."""
        return Borrower(
            risk=risk,
            reform=self.government.reform,
            need=self.need,
            yearly_gdp=MONTHS_PER_YEAR * self.belarus.gdp,
            size=exp(self.belarus.output),
        )

    def _costs(self) -> dict[str, Draws]:
        """What a loan of each lender costs: its rate, and its price in integration, reform or dependence."""
        p, country = self.parameters.finance, self.belarus
        preference = p.preference_weight * self.board["belarus.borrowing_preference"]
        tension = self.world.russia.government.tension
        political = {
            RUSSIA: p.price_of_integration * (country.dependence_on_russia + tension) / 2 + preference,
            DEVELOPMENT: -preference,
            FUND: p.price_of_reform * (1 - self.government.reform) - preference,
            MARKETS: -preference,
            CHINA: p.price_of_dependence * country.dependence_on_china,
        }
        return {bidder: rate + political[bidder] for bidder, rate in self.rates_agreed.items()}

    def draw(self, need: Draws) -> dict[str, Draws]:
        """Draw what is needed on the offers of the year, by their costs and each up to its limit; by claim.

        What is not asked for waits for some months, while its lender's door is open.
        """
        p = self.parameters.finance
        fresh = _by_bidder(self._on_offer())
        self.need = self.need + (need - self.need) / p.service_memory
        months_on_offer = 1 + _by_bidder(self.kept)
        limits = self.room_under_ceiling * (fresh * months_on_offer)
        amounts = lenders.split_among_lenders(
            need=need, limits=limits, costs=_by_bidder(self.costs), scale=p.lender_scale
        )
        left = np.clip(months_on_offer - amounts / at_least(fresh, TINY), 0.0, p.quota_months * (fresh > 0))
        self.kept = dict(zip(BIDDERS, left, strict=True)) | {CHINA: self.full(0.0)}
        chosen = dict.fromkeys(LENDERS, self.full(0.0))
        for bidder, amount in zip(BIDDERS, amounts, strict=True):
            chosen[CLAIM[bidder]] = chosen[CLAIM[bidder]] + amount
        return chosen


def _by_bidder(amounts: dict[str, Draws], bidders: tuple[str, ...] = BIDDERS) -> Draws:
    """Numbers of bidders as one array, (bidders, draws)."""
    return np.stack([amounts[bidder] for bidder in bidders])
