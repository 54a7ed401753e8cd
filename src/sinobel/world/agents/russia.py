"""Russia: the government that subsidizes, lends and retaliates, and Uralkali in or out of the cartel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.country import Country, Institution
from sinobel.world.ledger import RUSSIA
from sinobel.world.opening.economy import subsidy_at_origin
from sinobel.world.rules import finance, politics
from sinobel.world.rules.rates import spread_a_month

if TYPE_CHECKING:
    from sinobel.world.world import World

BREAK = months.parse("2013-08")  # first month after the cartel broke


class Russia(Country):
    """The country; its institutions act."""

    account = RUSSIA

    def __init__(self, world: World):
        super().__init__(world)
        self.government = RussianGovernment(self)
        self.uralkali = Uralkali(self)


class RussianGovernment(Institution):
    """Energy subsidy, loans with the EFSD and their terms, and the tension behind them. USD mn a month."""

    def __init__(self, russia: Russia):
        super().__init__(russia)
        world, p = self.world, self.parameters
        like = 0.0 * p.politics.energy_subsidy
        self.tension = world.known.at_month("tension_with_russia") + like
        self.base_subsidy = subsidy_at_origin(world.known, p.politics)
        self.full_subsidy = self.subsidy = self.base_subsidy
        self.lending = p.finance.russia_limit  # USD mn a year at most
        self.rate = p.finance.russia_rate

    def decide_support(self) -> None:
        """Subsidy and lending: by oil, tension, retaliation, and softer where China offers an alternative."""
        p, world, board = self.parameters, self.world, self.board
        oil = world.environment.oil / world.environment.base_oil
        usual = p.politics.usual_tension
        retaliation = board["russia.retaliation"]
        self.full_subsidy = self.base_subsidy * oil
        kept = politics.support(
            tension=self.tension, usual_tension=usual, reaction=p.politics.subsidy_reaction, retaliation=retaliation
        )
        self.subsidy = self.full_subsidy * kept * board["russia.energy_subsidy"]
        alternative = world.china.money_weight
        support = politics.support(
            tension=self.tension, usual_tension=usual, reaction=p.politics.support_reaction, retaliation=retaliation
        )
        self.lending = (
            p.finance.russia_limit
            * world.environment.price_level
            * board["russia.lending"]
            * support
            * finance.softer_terms(alternative=alternative, weight=p.finance.alternative_limit)
            * np.clip(oil, 0.2, 5.0) ** p.finance.lending_oil
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


class Uralkali(Institution):
    """Restrains output inside the cartel, chases volume just after it breaks."""

    def __init__(self, russia: Russia):
        super().__init__(russia)
        like = 0.0 * self.parameters.potash.flood_months
        since = self.world.origin - BREAK + 1
        self.cartel = self.world.opening_board["russia.cartel"] + like
        self.was_broken = like + (since > 0)
        left = 1 - since / self.parameters.potash.flood_months
        self.flood = np.clip(np.where(since > 0, left, 0.0), 0.0, 1.0)

    def choose_output(self) -> None:
        """Follow the cartel; when it breaks, chase volume for about a year."""
        cartel = self.board["russia.cartel"] + 0.0 * self.cartel
        broken = np.maximum(self.cartel - cartel, 0.0)
        self.was_broken = np.maximum(self.was_broken, np.where(broken > 0, 1.0, 0.0))
        decayed = np.maximum(self.flood - 1 / self.parameters.potash.flood_months, 0.0)
        self.flood = np.where(cartel > 0.5, 0.0, np.maximum(decayed, broken))
        self.cartel = cartel
