"""The Chinese buyers of potash: whether to settle, to wait, or to close the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws, Flags
from sinobel.world.constants import A_MONTH, MONTHS_PER_YEAR
from sinobel.world.ledger import (
    CHINESE_FARMS,
    CHINESE_MINES,
    CHINESE_STOCKS,
    IN_TRANSIT,
    OTHER_PRODUCERS,
)
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import potash_contract, potash_market
from sinobel.world.rules.environment import around_mean
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.china import China


class PotashBuyers(Institution):
    """The consortium of Chinese potash buyers: settle, wait or close the market. Volumes kt KCl a month."""

    use_level: Draws = fixed("kt KCl a month", "use at the origin, without swings")
    use_swing: Draws = state("log", "swing of use")
    use: Draws = state("kt KCl a month", "use of the farms", indicator="chinese_potash_use")
    base_output: Draws = fixed("kt KCl a month", "Chinese output at the origin")
    own_output: Draws = state("kt KCl a month", "Chinese output")
    contract_price: Draws = state("USD/t CFR", "price of the last contract", indicator="potash_contract_price")
    contract_end: Draws = state("month number", "last month of the contract")
    has_contract: Flags = state("yes or no", "whether a contract is in force")
    months_waited: Draws = state("months", "time without a contract", indicator="months_without_contract")
    closed: Flags = state("yes or no", "whether the market is closed")
    stock_ratio: Draws = state("fraction", "stock over its target")
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
        self.contract_end = self.full(opening.contract_end)
        waited = max(world.origin - opening.contract_end, 0)
        self.months_waited = self.full(waited)
        self.has_contract = self.contract_end >= world.origin
        self.closed = np.zeros_like(self.has_contract)
        self.use = self.wanted = self.imports = self.landed = self.own_output = self.let_in = self.full(0.0)
        self.stock_ratio = self.full(0.0)
        lag = self.parameters.potash.transit_months / A_MONTH - 1  # share that takes two months
        self.shipped_last_month, self.delayed = opening.shipped, opening.shipped * lag

    def plan(self) -> None:
        """What China uses, what it wants to import, and whether the buyers close the market."""
        world, stock = self.world, self.world.tonnes.stocks[CHINESE_STOCKS]
        self.has_contract = self.contract_end >= world.month
        self.months_waited = np.where(self.has_contract, 0.0, self.months_waited + 1)
        self._foresee_use()
        self._close_or_open(stock)
        self._order(stock)

    def _foresee_use(self) -> None:
        """What farms will use at today's prices, and what Chinese mines give."""
        p, environment = self.parameters.potash, self.world.environment
        self.use_swing = around_mean(
            level=self.use_swing,
            mean=0.0,
            persistence=p.swing_persistence,
            spread=p.chinese_use_swing,
            shock=self.world.shock("china.potash_use"),
        )
        self.use = potash_market.chinese_use(
            level=self.use_level * np.exp(self.use_swing),
            growth=p.chinese_demand_growth,
            years=environment.years,
            crop_index=environment.earlier_crops / environment.price_level,
            crop_elasticity=p.crop_price_elasticity,
            contract_price=self.contract_price / environment.price_level,
            price_elasticity=p.chinese_demand_price_elasticity,
        )
        self.own_output = self.base_output * (1 + p.own_output_growth) ** environment.years

    def _close_or_open(self, stock: Draws) -> None:
        """Without a contract the market is closed by full ports in a falling market, or by policy."""
        p = self.parameters.potash
        self.stock_ratio = stock / (p.stock_target * MONTHS_PER_YEAR * self.use)
        own_choice = potash_market.closes_market(
            has_contract=self.has_contract,
            stock_ratio=self.stock_ratio,
            closing_stock=p.closing_stock,
            price_rise=self.world.environment.price_rise,
            closing_fall=p.closing_fall,
        )
        closed_by_policy = np.logical_not(self.has_contract) & (self.board["china.market_closure"] > 0)
        self.closed = own_choice | closed_by_policy

    def _order(self, stock: Draws) -> None:
        """Imports that use and the target of the stock call for, and the part the market lets in."""
        p = self.parameters.potash
        self.wanted = potash_market.wanted_imports(
            use=self.use,
            own_output=self.own_output,
            stock=stock,
            stock_target=p.stock_target,
            adjustment=p.stock_adjustment,
        )
        self.let_in = self.wanted * potash_market.open_factor(
            has_contract=self.has_contract,
            closed=self.closed,
            without_contract=p.open_without_contract,
            in_closure=p.open_in_closure,
        )

    def settle(self) -> None:
        """Without a contract both sides compare settling now with waiting; the price ratifies spot."""
        p, world = self.parameters.potash, self.world
        environment, seller = world.environment, world.belarus.belaruskali
        gap = potash_contract.settlement_gap(
            spot=environment.spot,
            old_contract=self.contract_price,
            discount=p.discount,
            price_rise=environment.price_rise,
            momentum=p.momentum_weight,
        )
        wait = potash_contract.expected_wait(
            gap=gap,
            wait_falling=p.wait_falling,
            wait_rising=p.wait_rising,
            width=p.wait_width,
            stock_ratio=self.stock_ratio,
            wait_stock=p.wait_stock,
            emptiest_ports=p.emptiest_ports,
            fullest_ports=p.fullest_ports,
            patience=self.board["china.contract_timing"],
            shortest=p.shortest_wait,
        )
        price = seller.offer_price(world.shock("china.settlement_price"))
        chance = potash_contract.chance_to_settle(
            months_waited=np.maximum(self.months_waited, 1.0),
            wait=wait,
            closed=self.closed,
            seller_accepts=seller.accepts(price),
        )
        signed = np.logical_not(self.has_contract) & (world.chance("china.settlement") < chance)
        year, late = months.year(world.month), months.month_of_year(world.month) >= p.late_contract
        end = np.where(late, float(months.december(year + 1)), float(months.december(year)))
        self.contract_price = np.where(signed, price, self.contract_price)
        self.contract_end = np.where(signed, end, self.contract_end)
        self.has_contract = self.has_contract | signed
        self.months_waited = np.where(signed, 0.0, self.months_waited)

    def receive(self) -> None:
        """Cargo lands, other producers deliver the rest, farms use; the stock takes the difference."""
        p, tonnes, seller = self.parameters.potash, self.world.tonnes, self.world.belarus.belaruskali
        slow = p.transit_months / A_MONTH - 1  # cargo lands after one or two months
        self.landed = (1 - slow) * self.shipped_last_month + self.delayed
        self.shipped_last_month, self.delayed = seller.shipped, slow * self.shipped_last_month
        others = np.maximum(self.let_in - self.landed, 0.0)
        self.imports = self.landed + others
        used = np.minimum(self.use, tonnes.stocks[CHINESE_STOCKS] + self.imports + self.own_output)
        tonnes.pay("landed in China", IN_TRANSIT, CHINESE_STOCKS, self.landed)
        tonnes.pay("landed in China", OTHER_PRODUCERS, CHINESE_STOCKS, others)
        tonnes.pay("mined", CHINESE_MINES, CHINESE_STOCKS, self.own_output)
        tonnes.pay("used", CHINESE_STOCKS, CHINESE_FARMS, used)
        self.use = used
