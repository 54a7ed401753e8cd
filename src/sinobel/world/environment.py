"""World prices and growth, and the spot market for potash: what nobody in the model decides alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import environment as rules
from sinobel.world.rules import potash as potash_rules
from sinobel.world.rules.rates import share_a_month

if TYPE_CHECKING:
    from sinobel.world.world import World


def past_mean(values: dict[int, float], years: int = 10) -> float:
    """Geometric mean of the last years of a record."""
    return float(np.exp(np.mean(np.log(list(values.values())[-years:]))))


class Environment:
    """Recorded up to the origin, simulated after. No agent: it decides nothing."""

    def __init__(self, world: World, opening: PotashOpening):
        self.world = world
        known, p = world.known, world.parameters.environment
        self.months = 0  # since the origin
        like = 0.0 * p.russia_growth
        error_of = world.shocks.error_of
        self.russia_growth = rules.at_origin_of_swing(
            known.value("gdp_growth.RUS"), p.russia_growth, p.russia_growth_persistence, p.russia_growth_spread,
            error_of("environment.russia"),
        )  # fmt: skip
        self.china_growth = self.simulated_china_growth = rules.at_origin_of_swing(
            known.value("gdp_growth.CHN"), p.china_growth, p.china_growth_persistence, p.china_growth_spread,
            error_of("environment.china"),
        )  # fmt: skip
        self.eu_growth = rules.at_origin_of_swing(
            known.value("gdp_growth.EU"), p.eu_growth, p.eu_growth_persistence, p.eu_growth_spread,
            error_of("environment.eu"),
        )  # fmt: skip
        self.oil = self.base_oil = known.value("oil_price_brent") + like
        error = error_of("environment.oil")
        self.simulated_oil = self.oil * np.exp(rules.at_origin(p.oil_volatility, error))
        self.oil_mean = rules.anchor(
            self.oil, past_mean(known.years("oil_price_brent", known.year - 9)), p.oil_anchor_weight
        )
        crops = [known.at_month("crop_price_index", known.origin - ago) for ago in (6, 6, 3, 3, 3, 0, 0)]
        self.crops = [value + like for value in crops]  # from half a year ago to now
        self.simulated_crops = self.crops[-1]
        quarters = {month: known.at_month("crop_price_index", month) for month in self._quarters(known.origin)}
        self.crop_mean = rules.anchor(self.simulated_crops, past_mean(quarters, 40), p.crop_anchor_weight)

        self._capacity = opening.capacity
        self.demand_level = opening.demand_level
        self.cost_level = opening.cost_level
        self.log_spot = opening.log_spot
        self.premium = like
        self.shock_age = like - 1.0
        rise = opening.rise
        self.past_log_prices = [self.log_spot - 3 * rise, self.log_spot - 2 * rise, self.log_spot - rise, self.log_spot]
        self.spot = np.exp(self.log_spot)  # of potash, USD per tonne CFR Asia, with the premium of a supply shock
        self.price_rise = 3 * rise  # change of its logarithm over three months
        self.price_level = like + 1.0  # dollar prices against the origin: world prices, cost and loans keep their worth
        self.oil_change = like  # of the log oil price this month
        self.oil_departure = like  # log of the price a scenario sets over the simulated one
        self.oil_surprise = like  # what a change of that is worth as a shock to oil this month, standard deviations
        self.demand = like
        self.tightness = like

    @staticmethod
    def _quarters(origin: int) -> list[int]:
        first = max(origin - 3 * 39, months.parse("2003-03"))
        return list(range(origin - 3 * ((origin - first) // 3), origin + 1, 3))

    @property
    def years(self) -> float:
        """Years since the origin."""
        return self.months / 12

    @property
    def capacity(self) -> np.ndarray:
        """Nameplate potash capacity outside China that can deliver, kt a month."""
        return self._capacity[self.months] + self.new_mine - self.world.belarus.belaruskali.blocked

    @property
    def new_mine(self) -> np.ndarray:
        """Output the Nezhinsky mine can add, kt a month, by the lever belarus.new_mine."""
        p = self.world.parameters.potash
        running = np.clip((self.world.month / 12 - p.new_mine_year) / p.project_ramp, 0.0, 1.0)
        return p.new_mine_capacity / 12 * self.world.board["belarus.new_mine"] * running

    def advance(self) -> None:
        """Move growth, oil, crop prices and supply shocks by a month."""
        self.months += 1
        self.price_level = np.exp(self.world.parameters.finance.dollar_inflation * self.years)
        p, board = self.world.parameters.environment, self.world.board
        oil_shock = self.world.shock("environment.oil")
        eu = rules.correlated(oil_shock, self.world.shock("environment.eu"), p.eu_oil_correlation)
        crop = rules.correlated(oil_shock, self.world.shock("environment.crops"), p.crop_oil_correlation)

        self._move_oil(oil_shock)
        russia = rules.correlated(oil_shock, self.world.shock("environment.russia"), p.russia_oil_correlation)
        russia = russia + p.russia_oil_correlation * self.oil_surprise
        sanctions = board["eu.sanctions_on_russia"] - self.world.opening_board["eu.sanctions_on_russia"]
        mean = p.russia_growth + board["russia.growth_shock"] - p.sanctions_growth_loss * sanctions
        self.russia_growth = rules.around_mean(
            self.russia_growth, mean, p.russia_growth_persistence, p.russia_growth_spread, russia
        )
        self.eu_growth = rules.around_mean(self.eu_growth, p.eu_growth, p.eu_growth_persistence, p.eu_growth_spread, eu)
        self.simulated_china_growth = rules.around_mean(
            self.simulated_china_growth, p.china_growth, p.china_growth_persistence, p.china_growth_spread,
            self.world.shock("environment.china"),
        )  # fmt: skip
        self.china_growth = board.over("world.china_growth", self.simulated_china_growth)

        self.simulated_crops = rules.next_price(
            self.simulated_crops, self.crop_mean * self.price_level, p.crop_speed, p.crop_volatility, crop
        )
        self.crops = [*self.crops[1:], board.over("world.crop_prices", self.simulated_crops)]
        self._supply_shock()

    def _move_oil(self, shock: np.ndarray) -> None:
        p = self.world.parameters.environment
        past, past_departure = self.oil, self.oil_departure
        self.simulated_oil = rules.next_price(
            self.simulated_oil, self.oil_mean * self.price_level, p.oil_speed, p.oil_volatility, shock
        )
        self.oil = self.world.board.over("world.oil_price", self.simulated_oil)
        self.oil_change = np.log(self.oil / past)
        self.oil_departure = np.log(self.oil / self.simulated_oil)
        self.oil_surprise = rules.surprise(self.oil_departure - past_departure, p.oil_volatility)

    def _supply_shock(self) -> None:
        p = self.world.parameters.potash
        lost = self.world.chance("environment.supply_shock") < share_a_month(p.supply_shock_hazard)
        fresh = lost & ((self.shock_age < 0) | (self.shock_age > p.supply_shock_duration))
        self.shock_age = np.where(fresh, 0.0, np.where(self.shock_age >= 0, self.shock_age + 1, self.shock_age))
        premium = rules.premium_of_supply_shock(self.shock_age, p.supply_shock_size, p.supply_shock_duration)
        self.premium = premium + self.world.board["world.potash_supply_shock"]
        self.spot = np.exp(self.log_spot + self.premium)

    def price_potash(self, chinese_imports: np.ndarray, cartel: float, flood: np.ndarray) -> None:
        """Demand outside China, tightness of the world's mines and the spot price of the month.

        chinese_imports  that the market lets in, kt a month
        cartel           0 to 1; flood is 1 just after it broke
        """
        p, level = self.world.parameters.potash, self.price_level
        wanted = potash_rules.rest_of_world_demand(
            self.demand_level, p.demand_growth, self.years, self.crops[0] / level, p.crop_price_elasticity,
            self.spot / level, p.demand_price_elasticity, self.price_rise, p.momentum_demand,
        )  # fmt: skip
        self.demand = wanted * self.world.board["world.potash_demand"]
        self.tightness = potash_rules.tightness(self.demand + chinese_imports, self.capacity, p.usable_capacity)
        noise = p.spot_noise * self.world.shocks.heavy("environment.spot")[self.months - 1]
        self.log_spot = self.log_spot + potash_rules.spot_change(
            self.log_spot, self.cost_level + np.log(level), cartel, p.cartel_premium, p.cartel_defense, flood,
            p.flood_discount, p.tightness_slope,
            self.tightness, p.demand_price_elasticity, p.adjustment_speed, noise,
        )  # fmt: skip
        price = self.log_spot + self.premium
        self.spot = np.exp(price)
        self.past_log_prices = [*self.past_log_prices[1:], price]
        self.price_rise = price - self.past_log_prices[0]
