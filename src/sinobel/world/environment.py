"""World prices and growth, and the spot market for potash: what nobody in the model decides alone."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp, log
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import environment as rules
from sinobel.world.rules import potash_market
from sinobel.world.rules.rates import share_a_month
from sinobel.world.state import Declared, Pipeline, calendar, fixed, monthly, state

QUARTER: Annotated[int, "months"] = 3  # between two readings of crop prices
OIL_BY_MONTH = "oil_price_brent_month"  # of the record
QUARTERLY_GROWTH = "gdp_growth_quarter_yoy"  # of the record: over the same quarter a year before
LAST_QUARTER: Annotated[float, "fraction"] = 0.25  # of a year, whose growth the record tells
YEARS_OF_OIL = 10  # whose mean oil may return to
QUARTERS_OF_CROPS = 40  # likewise
FIRST_CROPS = months.parse("2003-03")  # of the record
CROPS_AGO = (6, 6, 3, 3, 3, 0, 0)  # months before the origin, from half a year ago to now: the record has quarters
LONG_AGO: Annotated[float, "months"] = 1200.0  # of a supply shock before the origin: its premium has gone
RISE_SEEN: Annotated[int, "months"] = 3  # over which the trend of spot is seen


def past_mean(values: dict[int, float], count: int) -> float:
    """Geometric mean of the last years of a record."""
    return float(exp(np.mean(log(list(values.values())[-count:]))))


class Environment(Declared):
    """Recorded up to the origin, simulated after. No agent: it decides nothing."""

    months: int = calendar("months", "time since the origin")
    price_level: Draws = state("fraction", "dollar prices against the origin: world prices, cost and loans keep pace")
    russia_growth: Draws = state("% a year", "growth of Russia", indicator="growth_russia")
    china_growth: Draws = state("% a year", "growth of China", indicator="growth_china")
    simulated_china_growth: Draws = state("% a year", "the same without what a scenario sets")
    eu_growth: Draws = state("% a year", "growth of the European Union", indicator="growth_eu")
    oil: Draws = state("USD/barrel", "price of Brent", indicator="oil_price")
    simulated_oil: Draws = state("USD/barrel", "the same without what a scenario sets")
    base_oil: Draws = fixed("USD/barrel", "price of Brent at the origin")
    oil_mean: Draws = fixed("USD/barrel", "price it returns to, at the prices of the origin")
    oil_speed: Draws = fixed("fraction a year", "how fast, 0 where it stays")
    oil_change: Draws = state("log", "change of the oil price this month, dollar inflation apart")
    oil_departure: Draws = state("log", "price a scenario sets over the simulated one")
    oil_surprise: Draws = state("standard deviations", "what a change of that is worth as a shock to oil this month")
    crops: Pipeline = state("2005-2016 = 1", "crop price index from half a year ago to now")
    simulated_crops: Draws = state("2005-2016 = 1", "the last of them without what a scenario sets")
    crop_mean: Draws = fixed("2005-2016 = 1", "index it returns to, at the prices of the origin")
    crop_speed: Draws = fixed("fraction a year", "how fast, 0 where it stays")
    _capacity: Draws = monthly("kt KCl a month", "potash capacity outside China by month, without the Nezhinsky mine")
    demand_level: Draws = fixed("kt KCl a month", "demand for potash outside China at the origin")
    demand: Draws = state("kt KCl a month", "demand for potash outside China")
    tightness: Draws = state("fraction", "demand over what the mines can deliver", indicator="potash_tightness")
    cost_level: Draws = fixed("log of USD/t", "price level of potash that cost sets")
    gap: Draws = state("log", "what tightness and the cartel's level warrant over spot, before demand answers")
    answer: Draws = state("fraction", "how much of a step of spot demand takes back")
    log_spot: Draws = state("log of USD/t", "spot price of potash without the premium of a supply shock")
    premium: Draws = state("log", "premium of a supply shock")
    shock_age: Draws = state("months", "time since a supply shock, 1 in its first month; long ago before the first")
    spot: Draws = state("USD/t CFR", "spot price of potash in Asia", indicator="potash_spot_price")
    past_log_prices: Pipeline = state("log of USD/t", "spot price from three months ago to now")
    price_rise: Draws = state("log", "change of the spot price over three months")

    def __init__(self, world: Surroundings, opening: PotashOpening):
        self.world = world
        self.months = 0
        self.price_level = world.full(1.0)
        self._open_growth()
        self._open_oil()
        self._open_crops()
        self._open_potash(opening)

    def _open_growth(self) -> None:
        """Growth abroad at the end of the origin's year, of which the record tells a mean alone.

        Of Russia and the EU that is growth of the last quarter over the year before, which holds what oil has done
        within the year; of China that of the year, since its quarters have told less of what followed.
        """
        known, error_of = self.world.known, self.world.shocks.error_of
        p = self.world.parameters.environment
        self.russia_growth = rules.at_origin_of_swing(
            yearly=known.at_month(f"{QUARTERLY_GROWTH}.RUS"),
            mean=p.russia_growth,
            persistence=p.russia_growth_persistence,
            spread=p.russia_growth_spread,
            error=error_of("environment.russia"),
            span=LAST_QUARTER,
        )
        self.china_growth = self.simulated_china_growth = rules.at_origin_of_swing(
            yearly=known.value("gdp_growth.CHN"),
            mean=p.china_growth,
            persistence=p.china_growth_persistence,
            spread=p.china_growth_spread,
            error=error_of("environment.china"),
        )
        self.eu_growth = rules.at_origin_of_swing(
            yearly=known.at_month(f"{QUARTERLY_GROWTH}.EU"),
            mean=p.eu_growth,
            persistence=p.eu_growth_persistence,
            spread=p.eu_growth_spread,
            error=error_of("environment.eu"),
            span=LAST_QUARTER,
        )

    def _open_oil(self) -> None:
        """Oil goes on from its price in December, and stays, or returns slowly to a level between it and the past.

        What is recorded by year, trade and the energy bill, was so at the year's mean: `base_oil`.
        """
        world, known, p = self.world, self.world.known, self.world.parameters.environment
        self.base_oil = world.full(known.value("oil_price_brent"))
        self.oil = self.simulated_oil = world.full(known.at_month(OIL_BY_MONTH))
        self.oil_mean = rules.anchor(
            current=self.simulated_oil,
            past_mean=past_mean(known.years("oil_price_brent", known.year - YEARS_OF_OIL + 1), YEARS_OF_OIL),
            weight=p.oil_anchor_weight,
        )
        self.oil_speed = rules.speed_of_process(process=p.oil_process, no_change=p.oil_no_change, speed=p.oil_speed)
        self.oil_change = self.oil_departure = self.oil_surprise = world.full(0.0)

    def _open_crops(self) -> None:
        """Crop prices of the last half-year, and the index they return to."""
        known, p = self.world.known, self.world.parameters.environment
        crops = [known.at_month("crop_price_index", known.origin - ago) for ago in CROPS_AGO]
        self.crops = Pipeline(map(self.world.full, crops))
        self.simulated_crops = self.crops[-1]
        quarters = {month: known.at_month("crop_price_index", month) for month in self._quarters(known.origin)}
        self.crop_mean = rules.anchor(
            current=self.simulated_crops, past_mean=past_mean(quarters, QUARTERS_OF_CROPS), weight=p.crop_anchor_weight
        )
        self.crop_speed = rules.speed_of_process(process=p.crop_process, no_change=p.crop_no_change, speed=p.crop_speed)

    def _open_potash(self, opening: PotashOpening) -> None:
        """The spot market for potash as its opening says."""
        self._capacity = opening.capacity
        self.demand_level = opening.demand_level
        self.cost_level = opening.cost_level
        self.log_spot = opening.log_spot
        self.shock_age = self.world.full(LONG_AGO)
        rise = opening.rise
        self.past_log_prices = Pipeline(self.log_spot - ago * rise for ago in range(RISE_SEEN, -1, -1))
        self.spot = exp(self.log_spot)
        self.price_rise = RISE_SEEN * rise
        self.premium = self.demand = self.tightness = self.gap = self.answer = self.world.full(0.0)

    @staticmethod
    def _quarters(origin: int) -> list[int]:
        first = max(origin - QUARTER * (QUARTERS_OF_CROPS - 1), FIRST_CROPS)
        return list(range(origin - (origin - first) // QUARTER * QUARTER, origin + 1, QUARTER))

    @property
    def years(self) -> float:
        """Years since the origin."""
        return self.months / MONTHS_PER_YEAR

    @property
    def real_oil(self) -> np.ndarray:
        """Price of Brent in dollars of the origin: what goods of the same prices are held against."""
        result: np.ndarray = self.oil / self.price_level
        return result

    @property
    def earlier_crops(self) -> np.ndarray:
        """Crop price index of half a year ago."""
        return self.crops[0]

    @property
    def capacity(self) -> np.ndarray:
        """Nameplate potash capacity outside China that can deliver, kt a month."""
        result: np.ndarray = self._capacity[self.months] + self.new_mine - self.world.belarus.belaruskali.blocked
        return result

    @property
    def new_mine(self) -> np.ndarray:
        """Output the Nezhinsky mine can add, kt a month: what belarus.new_mine plans and loans that work pay for."""
        p, board = self.world.parameters.potash, self.world.board
        share = self.world.china.policy_banks.share_of_mine(self.world.full(board["belarus.new_mine"]))
        running = np.clip((self.world.month / MONTHS_PER_YEAR - p.new_mine_year) / p.project_ramp, 0.0, 1.0)
        result: np.ndarray = p.new_mine_capacity / MONTHS_PER_YEAR * running * share
        return result

    def advance(self) -> None:
        """Move growth, oil, crop prices and supply shocks by a month."""
        self.months += 1
        past = self.price_level
        self.price_level = exp(self.world.parameters.finance.dollar_inflation * self.years)
        dollars = self.price_level / past
        oil_shock = self.world.shock("environment.oil")
        self._move_oil(oil_shock, dollars)
        self._move_russia(oil_shock)
        self._move_growth(oil_shock)
        self._move_crops(oil_shock, dollars)
        self._supply_shock()

    def _move_russia(self, oil_shock: np.ndarray) -> None:
        """Russia grows with oil, whoever sets its price, and loses by sanctions."""
        p, board = self.world.parameters.environment, self.world.board
        shock = rules.correlated(
            common=oil_shock, own=self.world.shock("environment.russia"), correlation=p.russia_oil_correlation
        )
        sanctions = board["eu.sanctions_on_russia"] - self.world.opening_board["eu.sanctions_on_russia"]
        self.russia_growth = rules.around_mean(
            level=self.russia_growth,
            mean=p.russia_growth + board["russia.growth_shock"] - p.sanctions_growth_loss * sanctions,
            persistence=p.russia_growth_persistence,
            spread=p.russia_growth_spread,
            shock=shock + p.russia_oil_correlation * self.oil_surprise,
        )

    def _move_growth(self, oil_shock: np.ndarray) -> None:
        """Growth of the European Union, and of China unless a scenario sets it."""
        p, world = self.world.parameters.environment, self.world
        self.eu_growth = rules.around_mean(
            level=self.eu_growth,
            mean=p.eu_growth,
            persistence=p.eu_growth_persistence,
            spread=p.eu_growth_spread,
            shock=rules.correlated(
                common=oil_shock, own=world.shock("environment.eu"), correlation=p.eu_oil_correlation
            ),
        )
        self.simulated_china_growth = rules.around_mean(
            level=self.simulated_china_growth,
            mean=p.china_growth,
            persistence=p.china_growth_persistence,
            spread=p.china_growth_spread,
            shock=world.shock("environment.china"),
        )
        self.china_growth = world.board.over("world.china_growth", self.simulated_china_growth)

    def _move_crops(self, oil_shock: Draws, dollars: Draws) -> None:
        """Crop prices, unless a scenario sets them; farms buy potash by those of half a year ago."""
        p, world = self.world.parameters.environment, self.world
        self.simulated_crops = rules.next_price(
            price=self.simulated_crops * dollars,
            mean=self.crop_mean * self.price_level,
            speed=self.crop_speed,
            volatility=p.crop_volatility,
            shock=rules.correlated(
                common=oil_shock, own=world.shock("environment.crops"), correlation=p.crop_oil_correlation
            ),
        )
        self.crops = self.crops.then(world.board.over("world.crop_prices", self.simulated_crops))

    def _move_oil(self, shock: Draws, dollars: Draws) -> None:
        """Oil, unless a scenario sets it; what a set price is worth as a shock moves growth."""
        p = self.world.parameters.environment
        past, past_departure = self.oil, self.oil_departure
        moved = rules.next_price(
            price=self.simulated_oil * dollars,
            mean=self.oil_mean * self.price_level,
            speed=self.oil_speed,
            volatility=p.oil_volatility,
            shock=shock,
        )
        self.simulated_oil = rules.back_to_experience(
            price=moved, low=p.oil_low * self.price_level, high=p.oil_high * self.price_level, speed=p.oil_return
        )
        self.oil = self.world.board.over("world.oil_price", self.simulated_oil)
        self.oil_change = log(self.oil / (past * dollars))
        self.oil_departure = log(self.oil / self.simulated_oil)
        self.oil_surprise = rules.surprise(departure=self.oil_departure - past_departure, volatility=p.oil_volatility)

    def _supply_shock(self) -> None:
        p = self.world.parameters.potash
        lost = self.world.chance("environment.supply_shock") < share_a_month(p.supply_shock_hazard)
        self.shock_age = np.where(lost & (self.shock_age > p.supply_shock_duration), 1.0, self.shock_age + 1)
        premium = rules.premium_of_supply_shock(
            age=self.shock_age, size=p.supply_shock_size, rise=p.supply_shock_rise, duration=p.supply_shock_duration
        )
        self.premium = premium + self.world.board["world.potash_supply_shock"]
        self.spot = exp(self.log_spot + self.premium)

    @property
    def ahead(self) -> np.ndarray:
        """How far spot has to go to where it would come to rest if nobody held back supply, log."""
        result: np.ndarray = self.gap / (1 + self.answer)
        return result

    def weigh_potash(self, chinese_imports: Draws, cartel: Draws) -> None:
        """Demand outside China, tightness of the world's mines, and what they warrant over spot.

        Parameters
        ----------
        chinese_imports : np.ndarray
            That the market lets in, kt a month.
        cartel : float
            0 to 1.
        """
        p, level = self.world.parameters.potash, self.price_level
        wanted = potash_market.rest_of_world_demand(
            level=self.demand_level,
            growth=p.demand_growth,
            years=self.years,
            crop_index=self.earlier_crops / level,
            crop_elasticity=p.crop_price_elasticity,
            spot=self.spot / level,
            price_elasticity=p.demand_price_elasticity,
            price_rise=self.price_rise,
            largest_price_rise=p.largest_price_rise,
            momentum_demand=p.momentum_demand,
        )
        self.demand = wanted * self.world.board["world.potash_demand"]
        self.tightness = potash_market.tightness(
            demand=self.demand + chinese_imports,
            capacity=self.capacity,
            usable=p.usable_capacity,
            largest=p.largest_use,
        )
        self.gap = potash_market.spot_gap(
            log_spot=self.log_spot,
            cost_level=self.cost_level + log(level),
            cartel=cartel,
            cartel_premium=p.cartel_premium,
            slope=p.tightness_slope,
            tight=self.tightness,
        )
        self.answer = potash_market.answer_of_demand(
            slope=p.tightness_slope, demand_elasticity=p.demand_price_elasticity, tight=self.tightness
        )

    def price_potash(self, held: Draws) -> None:
        """The spot price of the month, where sellers hold it up by some log points, or press it by chasing volume."""
        p = self.world.parameters.potash
        self.log_spot = self.log_spot + potash_market.spot_change(
            gap=self.gap,
            held=held,
            answer=self.answer,
            speed=p.adjustment_speed,
            noise=p.spot_noise * self.world.heavy_shock("environment.spot"),
        )
        price = self.log_spot + self.premium
        self.spot = exp(price)
        self.past_log_prices = self.past_log_prices.then(price)
        self.price_rise = price - self.past_log_prices[0]
