"""The Russian government: subsidizes energy, lends, retaliates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
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
    lending: Draws = state("USD mn a year", "most that Russia lends")
    rate: Draws = state("fraction a year", "interest rate of its loans")

    def __init__(self, russia: Russia):
        super().__init__(russia)
        world, p = self.world, self.parameters
        self.tension = self.full(world.known.at_month("tension_with_russia"))
        self.base_subsidy = subsidy_at_origin(world.known, p.politics)
        self.full_subsidy = self.subsidy = self.base_subsidy
        self.lending = p.finance.russia_limit
        self.rate = p.finance.russia_rate

    def decide_support(self) -> None:
        """Subsidy and lending: by oil, tension, retaliation, and softer where China offers an alternative."""
        p, world, board = self.parameters, self.world, self.board
        environment = world.environment
        oil = environment.real_oil / environment.base_oil
        usual = p.politics.usual_tension
        retaliation = board["russia.retaliation"]
        self.full_subsidy = self.base_subsidy * oil * environment.price_level
        kept = politics.support(
            tension=self.tension,
            usual_tension=usual,
            reaction=p.politics.subsidy_reaction,
            retaliation=retaliation,
            largest=p.politics.largest_support,
        )
        self.subsidy = self.full_subsidy * kept * board["russia.energy_subsidy"]
        alternative = world.china.money_weight
        support = politics.support(
            tension=self.tension,
            usual_tension=usual,
            reaction=p.politics.support_reaction,
            retaliation=retaliation,
            largest=p.politics.largest_support,
        )
        self.lending = (
            p.finance.russia_limit
            * environment.price_level
            * board["russia.lending"]
            * support
            * lenders.softer_terms(alternative=alternative, weight=p.finance.alternative_limit)
            * np.clip(oil, p.finance.cheapest_oil, p.finance.dearest_oil) ** p.finance.lending_oil
        )
        self.rate = p.finance.russia_rate - p.finance.alternative_rate * alternative

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
