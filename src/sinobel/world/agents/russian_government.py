"""The Russian government: subsidizes energy, lends, retaliates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.elementary import power
from sinobel.world.opening.oil import subsidy_at_origin
from sinobel.world.rules import lenders, politics
from sinobel.world.rules.rates import spread_a_month
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.russia import Russia


class RussianGovernment(Institution):
    """Energy subsidy, loans with the EFSD and their terms, and the tension behind them. USD mn a month."""

    tension: Draws = state("index 0-1", "tension with Belarus", indicator="tension_with_russia")
    base_subsidy: Draws = fixed("USD mn a month", "energy subsidy at the origin")
    full_subsidy: Draws = state("USD mn a month", "energy subsidy by the rule of the origin")
    subsidy: Draws = state("USD mn a month", "energy subsidy", indicator="russian_energy_subsidy")
    lending: Draws = state("USD mn a year", "most that Russia and the EFSD lend in the year while their door is open")
    rate: Draws = state("fraction a year", "interest rate of its loans at usual risk")

    def __init__(self, russia: Russia):
        super().__init__(russia)
        world, p = self.world, self.parameters
        self.tension = self.full(world.known.at_month("tension_with_russia"))
        self.base_subsidy = subsidy_at_origin(world.known, p.politics)
        self.full_subsidy = self.subsidy = self.base_subsidy
        self.lending = p.finance.russia_limit
        self.rate = p.finance.russia_rate

    def decide_support(self) -> None:
        """Subsidy of the month: by oil, tension and retaliation."""
        p, board, environment = self.parameters.politics, self.board, self.world.environment
        oil = environment.real_oil / environment.base_oil
        self.full_subsidy = self.base_subsidy * oil * environment.price_level
        kept = politics.support(
            tension=self.tension,
            usual_tension=p.usual_tension,
            reaction=p.subsidy_reaction,
            retaliation=board["russia.retaliation"],
            largest=p.largest_support,
        )
        self.subsidy = self.full_subsidy * kept * board["russia.energy_subsidy"]

    def bid(self, room: Draws, size: Draws) -> None:
        """First offer of the year: by oil, tension, retaliation and the borrower's size, as far as holdings leave room.

        Parameters
        ----------
        room : Draws
            Below the most that Russia and the EFSD hold, 0 to 1.
        size : Draws
            Real output of Belarus over that of the origin, a fraction.
        """
        p, environment = self.parameters, self.world.environment
        oil = environment.real_oil / environment.base_oil
        support = politics.support(
            tension=self.tension,
            usual_tension=p.politics.usual_tension,
            reaction=p.politics.support_reaction,
            retaliation=self.board["russia.retaliation"],
            largest=p.politics.largest_support,
        )
        means = power(np.clip(oil, p.finance.cheapest_oil, p.finance.dearest_oil), p.finance.lending_oil)
        self.lending = p.finance.russia_limit * environment.price_level * size * support * means * room
        self.rate = p.finance.russia_rate

    def bid_again(self, rival: Draws) -> tuple[Draws, Draws]:
        """Second offer, after the best rival's: more, and cheaper, the more of its place somebody else would take.

        Chinese projects and investment count beside the rival of the tender; the state aims at influence, which is
        worth what it gives up.

        Parameters
        ----------
        rival : Draws
            Share of the need that the best rival would take on terms as good, 0 to 1; see `lenders.best_rival`.

        Returns
        -------
        tuple[Draws, Draws]
            What its offer grows by, a factor, and what its rate falls by, a fraction a year.
        """
        p = self.parameters.finance
        alternative = lenders.either(one=self.world.china.money_weight, other=rival)
        more = lenders.softer_terms(alternative=alternative, weight=p.alternative_limit)
        self.lending = self.lending * more
        discount = p.alternative_rate * alternative
        self.rate = self.rate - discount
        return more, discount

    def react(self) -> None:
        """Tension rises with turns to the EU and, less, to China; it decays in about two years."""
        p, world = self.parameters.politics, self.world
        beyond = self.board["china.technology_transfer"] - world.opening_board["china.technology_transfer"]
        self.tension = politics.tension(
            level=self.tension,
            resting=p.tension_resting,
            years=p.tension_decay,
            eu_turn=world.eu.access_change,
            eu_weight=p.tension_eu,
            china_turn=world.china.partnership_change,
            china_weight=p.tension_eu * p.tension_china,
            technology=beyond,
            technology_weight=p.tension_technology,
            noise=spread_a_month(p.tension_noise) * world.shock("russia.tension"),
        )
