"""The Chinese buyers of potash: whether to settle, to wait, or to close the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.agents.potash_talks import PotashTalks
from sinobel.world.arrays import Draws, Flags
from sinobel.world.constants import A_MONTH, MONTHS_PER_YEAR
from sinobel.world.elementary import exp, power
from sinobel.world.guards import logistic
from sinobel.world.ledger import (
    CHINESE_FARMS,
    CHINESE_MINES,
    CHINESE_STOCKS,
    IN_TRANSIT,
    OTHER_PRODUCERS,
)
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import potash_contract, potash_market
from sinobel.world.rules.environment import around_zero
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.china import China


class PotashBuyers(Institution):
    """The consortium of Chinese potash buyers: settle, wait or close the market. Volumes kt KCl a month."""

    use_level: Draws = fixed("kt KCl a month", "use at the origin, without swings")
    use_swing: Draws = state("log", "swing of use")
    use: Draws = state("kt KCl a month", "use of the farms", indicator="chinese_potash_use")
    missing: Draws = state("kt KCl a month", "what farms would use at the price and do not get")
    base_output: Draws = fixed("kt KCl a month", "Chinese output at the origin")
    own_output: Draws = state("kt KCl a month", "Chinese output")
    contract_price: Draws = state(
        "USD/t CFR", "price of the last contract of Belaruskali", indicator="potash_contract_price"
    )
    has_contract: Flags = state("yes or no", "whether a contract with Belaruskali is in force")
    months_waited: Draws = state("months", "time without a contract", indicator="months_without_contract")
    settled_spot: Draws = state(
        "USD/t CFR", "spot when Belaruskali last settled", indicator="potash_spot_at_settlement"
    )
    wait_before: Draws = state("months", "time without a contract before that", indicator="potash_wait")
    closed: Flags = state("yes or no", "whether the market is closed")
    stock_ratio: Draws = state("fraction", "stock over its target")
    outlook: Draws = state(
        "log", "what they expect of spot over half a year, from one season of the fields to the next"
    )
    delay: Draws = state("fraction", "cost of a month in which nothing is bought, of a month's purchases")
    needed: Draws = state("kt KCl a month", "use beyond Chinese output")
    wanted: Draws = state("kt KCl a month", "imports wanted")
    let_in: Draws = state("kt KCl a month", "imports the market lets in")
    landed: Draws = state("kt KCl a month", "Belarusian potash that lands", indicator="potash_landed_in_china")
    imports: Draws = state("kt KCl a month", "imports", indicator="chinese_potash_imports")
    shipped_last_month: Draws = state("kt KCl", "cargo that left in the last month")
    delayed: Draws = state("kt KCl", "cargo of the month before that takes a second month")

    def __init__(self, china: China, opening: PotashOpening):
        super().__init__(china)
        self.china = china
        world = self.world
        self.use_swing = self.parameters.potash.chinese_use_swing * world.shocks.error_of("china.potash_use")
        self.use_level, self.base_output = opening.use_level, opening.own_output
        self.contract_price = self.full(opening.contract)
        self.settled_spot, self.wait_before = self.full(opening.settled_spot), self.full(opening.wait_before)
        self.talks = PotashTalks(self, opening)
        self.months_waited = self.talks.waited[0]
        self.has_contract = self.talks.in_force[0]
        self.closed = np.zeros_like(self.has_contract)
        self.use = self.missing = self.needed = self.wanted = self.imports = self.landed = self.own_output = (
            self.let_in
        ) = self.full(0.0)
        self.stock_ratio = self.outlook = self.delay = self.full(0.0)
        lag = self.parameters.potash.transit_months / A_MONTH - 1  # share that takes two months
        self.shipped_last_month, self.delayed = opening.shipped, opening.shipped * lag

    def plan(self) -> None:
        """What China uses, what it wants to import, and whether the buyers close the market."""
        stock = self.world.tonnes.stocks[CHINESE_STOCKS]
        self.talks.open_month()
        self.has_contract, self.months_waited = self.talks.in_force[0], self.talks.waited[0]
        self._foresee_use()
        self._weigh(stock)
        self._close_or_open()
        self._order(stock)

    def _foresee_use(self) -> None:
        """What farms will use at today's prices, and what Chinese mines give."""
        p, environment = self.parameters.potash, self.world.environment
        self.use_swing = around_zero(
            level=self.use_swing,
            persistence=p.swing_persistence,
            spread=p.chinese_use_swing,
            shock=self.world.shock("china.potash_use"),
        )
        self.use = potash_market.chinese_use(
            level=self.use_level * exp(self.use_swing),
            growth=p.chinese_demand_growth,
            years=environment.years,
            crop_index=environment.earlier_crops / environment.price_level,
            crop_elasticity=p.crop_price_elasticity,
            contract_price=self.contract_price / environment.price_level,
            price_elasticity=p.chinese_demand_price_elasticity,
        )
        self.own_output = self.base_output * power(1 + p.own_output_growth, environment.years)

    def _weigh(self, stock: Draws) -> None:
        """What they expect of spot, that its trend goes on, and what a month without a contract costs them."""
        p = self.parameters.potash
        self.stock_ratio = stock / (p.stock_target * MONTHS_PER_YEAR * self.use)
        self.outlook = potash_contract.buyers_outlook(
            price_rise=self.world.environment.price_rise,
            largest=p.largest_price_rise,
            weight=p.momentum_weight,
        )
        self.delay = potash_contract.buyers_delay(
            usual=p.delay_cost,
            largest=p.largest_delay_cost,
            stock_ratio=self.stock_ratio,
            ports_weight=p.ports_weight,
            patience=self.board["china.contract_timing"],
        )

    def _close_or_open(self) -> None:
        """While no seller has a contract they may shut the market and live off stocks; or policy keeps it shut.

        They choose by quantal response, with one number a year: what is shut stays shut while it is worth it.
        """
        p = self.parameters.potash
        worth = potash_market.worth_of_closing(outlook=self.outlook, delay=self.delay, effort=p.closure_effort)
        chosen = self.world.yearly_chance("china.closure") < logistic(worth / p.closure_precision)
        policy = self.board["china.market_closure"] > 0
        self.closed = np.where(self.talks.begun, False, chosen | policy)

    def _order(self, stock: Draws) -> None:
        """Imports that use and the target of the stock call for, and the part the market lets in."""
        p = self.parameters.potash
        self.needed = np.maximum(self.use - self.own_output, 0.0)
        self.wanted = potash_market.wanted_imports(
            use=self.use,
            own_output=self.own_output,
            stock=stock,
            stock_target=p.stock_target,
            adjustment=p.stock_adjustment,
        )
        self.let_in = self.wanted * potash_market.open_factor(
            covered=self.talks.covered,
            closed=self.closed,
            without_contract=p.open_without_contract,
            in_closure=p.open_in_closure,
        )

    def settle(self) -> None:
        """Talk with the sellers that have no contract."""
        self.talks.settle(outlook=self.outlook, delay=self.delay)

    def take_contract(self, signed: Flags, price: Draws) -> None:
        """Buy from Belaruskali at the price that was signed, and keep in mind where spot stood and how long it took."""
        self.contract_price = np.where(signed, price, self.contract_price)
        self.settled_spot = np.where(signed, self.world.environment.spot, self.settled_spot)
        self.wait_before = np.where(signed, self.months_waited, self.wait_before)
        self.has_contract, self.months_waited = self.talks.in_force[0], self.talks.waited[0]

    def receive(self) -> None:
        """Cargo lands, other producers deliver the rest, farms use; the stock takes the difference."""
        p, tonnes, seller = self.parameters.potash, self.world.tonnes, self.world.belarus.belaruskali
        slow = p.transit_months / A_MONTH - 1  # cargo lands after one or two months
        self.landed = (1 - slow) * self.shipped_last_month + self.delayed
        self.shipped_last_month, self.delayed = seller.shipped, slow * self.shipped_last_month
        self.imports = np.maximum(self.let_in, self.landed)
        others = self.imports - self.landed
        used = np.minimum(self.use, tonnes.stocks[CHINESE_STOCKS] + self.imports + self.own_output)
        tonnes.pay("landed in China", IN_TRANSIT, CHINESE_STOCKS, self.landed)
        tonnes.pay("landed in China", OTHER_PRODUCERS, CHINESE_STOCKS, others)
        tonnes.pay("mined", CHINESE_MINES, CHINESE_STOCKS, self.own_output)
        tonnes.pay("used", CHINESE_STOCKS, CHINESE_FARMS, used)
        self.missing = self.use - used
        self.use = used
