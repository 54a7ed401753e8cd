"""Belaruskali, the seller of Belarusian potash: whether to settle with China, what to ship where, what to mine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import KT_PRICED_PER_MILLION, MONTHS_PER_YEAR
from sinobel.world.elementary import exp
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import BELARUS, CHINA, HOME, IN_TRANSIT, MINE_STOCK, MINES, OTHER_USERS, REST
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import potash_contract, potash_shipments
from sinobel.world.rules.environment import around_zero
from sinobel.world.rules.politics import EXTENDED
from sinobel.world.rules.rates import middle_of
from sinobel.world.state import fixed, monthly, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus

PRE_DEVALUATION = months.january(2015)  # from then on the cash cost of 2016, after the devaluation of 2014-15


class Belaruskali(Institution):
    """The producer. Volumes kt KCl a month, revenue USD mn a month at the border."""

    market_share: Draws = state("fraction", "usual share of Chinese imports")
    rest_share: Draws = fixed("fraction", "share of demand outside China")
    share_swing: Draws = state("log", "swing of the share from year to year")
    bunching: Draws = state("log", "bunching of shipments")
    _capacity: Draws = monthly("kt KCl a month", "capacity of the mines month by month, without the Nezhinsky mine")
    base_cost: Draws = fixed("USD/t", "cash cost at the prices and exchange rate of the origin")
    backlog: Draws = state("kt KCl", "shipments to China not made while no seller had a contract")
    made_up: Draws = state("kt KCl", "of it that was shipped after all, ahead of what fills Chinese stores")
    shipped: Draws = state("kt KCl a month", "shipped to China", indicator="potash_volume_to_china")
    sold_elsewhere: Draws = state("kt KCl a month", "sold elsewhere", indicator="potash_volume_elsewhere")
    output: Draws = state("kt KCl a month", "mined", indicator="potash_output")
    sales_share: Draws = state("fraction", "moving average of what China takes under contract over what is sold")
    usual_sales_share: Draws = fixed("fraction", "the same at the origin")
    expected_sales: Draws = state("kt KCl a month", "moving average of sales over half a year")
    china_revenue: Draws = state("USD mn a month", "revenue from China", indicator="potash_exports_to_china")
    rest_revenue: Draws = state("USD mn a month", "revenue from elsewhere")
    expected_revenue: Draws = state("USD mn a month", "moving average of revenue over a year")

    def __init__(self, belarus: Belarus, opening: PotashOpening):
        super().__init__(belarus)
        self.belarus = belarus
        p = self.parameters.potash
        self.market_share = opening.china_share
        self.rest_share = opening.rest_share
        self.share_swing = p.share_swing * self.world.shocks.error_of("belaruskali.share")
        self.bunching = self.full(0.0)
        self._capacity = opening.belarus_capacity
        self.backlog = self.made_up = self.full(0.0)
        self.shipped = opening.shipped
        self.sold_elsewhere = opening.sold_elsewhere
        self.sales_share = opening.shipped / (opening.shipped + opening.sold_elsewhere)
        self.usual_sales_share = self.sales_share
        self.expected_sales = opening.shipped + opening.sold_elsewhere + p.domestic_use / MONTHS_PER_YEAR
        self.china_revenue = opening.china_exports / MONTHS_PER_YEAR
        self.rest_revenue = opening.rest_exports / MONTHS_PER_YEAR
        self.expected_revenue = self.china_revenue + self.rest_revenue
        self.output = self.expected_sales
        before = 1.0 if self.world.origin < PRE_DEVALUATION else 0.0
        self.base_cost = p.cash_cost * (1 + before * (p.cost_before_devaluation - 1))

    # --- what it sees ---

    @property
    def blocked_share(self) -> np.ndarray:
        """Part of its potash that cannot leave, because extended sanctions close the transit."""
        return np.where(self.world.eu.sanctions >= EXTENDED, self.parameters.potash.transit_availability_loss, 0.0)

    @property
    def mine_capacity(self) -> np.ndarray:
        """Capacity of the mines, kt a month, with what the Nezhinsky mine adds."""
        environment = self.world.environment
        result: np.ndarray = self._capacity[environment.months] + environment.new_mine
        return result

    @property
    def blocked(self) -> np.ndarray:
        """Capacity that cannot deliver, kt a month."""
        result: np.ndarray = self.blocked_share * self.mine_capacity
        return result

    @property
    def freight_increase(self) -> np.ndarray:
        """Extra freight under extended sanctions, USD per tonne."""
        return np.where(self.world.eu.sanctions >= EXTENDED, self.parameters.potash.transit_freight_increase, 0.0)

    @property
    def freight(self) -> np.ndarray:
        """Freight to China, USD per tonne."""
        result: np.ndarray = (
            self.parameters.potash.freight + self.freight_increase
        ) * self.world.environment.price_level
        return result

    @property
    def freight_elsewhere(self) -> np.ndarray:
        """Freight to other markets, USD per tonne."""
        result: np.ndarray = (
            self.parameters.potash.freight_elsewhere + self.freight_increase
        ) * self.world.environment.price_level
        return result

    @property
    def cash_cost(self) -> np.ndarray:
        """Cash cost at the port, USD per tonne; it follows the real exchange rate."""
        country = self.belarus
        result: np.ndarray = self.world.environment.price_level * potash_contract.cash_cost(
            base=self.base_cost,
            real_exchange_rate=country.exchange_rate,
            base_exchange_rate=country.base_exchange_rate,
            pass_through=self.parameters.potash.cost_pass_through,
        )
        return result

    @property
    def duty(self) -> float | np.ndarray:
        """Export duty, USD per tonne; it moves money inside Belarus and raises the lowest price accepted."""
        result: float | np.ndarray = self.board["belarus.potash_export_duty"]
        return result

    @property
    def duty_paid(self) -> np.ndarray:
        """Export duty on the tonnes of the month, USD mn."""
        result: np.ndarray = self.duty * (self.shipped + self.sold_elsewhere) / KT_PRICED_PER_MILLION
        return result

    @property
    def revenue(self) -> np.ndarray:
        """Potash revenue of the month at the border."""
        return self.china_revenue + self.rest_revenue

    # --- what it brings to the table ---

    @property
    def pressure(self) -> np.ndarray:
        """How much more than usual a month without a contract weighs."""
        p = self.parameters.potash
        return potash_contract.pressure_to_settle(
            cash_need=self.belarus.government.cash_need,
            need_weight=p.need_weight,
            china_share=self.sales_share,
            usual_share=self.usual_sales_share,
            largest_change=p.largest_outlet_change,
            outlet_weight=p.outlet_weight,
            stake=self.belarus.government.stake,
            stake_weight=p.stake_weight,
        )

    # --- decisions of the month ---

    def ship(self) -> None:
        """Ship to China and sell elsewhere, within what mines and stock can deliver; mine; book tonnes and money."""
        can_leave = 1 - self.blocked_share
        moved = self.board["belarus.potash_market_diversification"]
        buyers, share = self.world.china.potash_buyers, self._compete_in_china() * can_leave
        kept = share * (1 - moved)
        normal, made_up = potash_shipments.claim_on_china(
            share=kept, wanted=buyers.wanted, needed=buyers.needed, made_up=self.made_up
        )
        to_china, late = self._send_to_china(normal, let_in=kept * buyers.let_in)
        self.made_up = made_up + late
        elsewhere = self._sell_on(can_leave=can_leave, spare=normal - to_china)
        placed = self.parameters.potash.diversified_sales * moved * (share * buyers.wanted)
        sales = self._deliver(to_china, elsewhere + placed)
        self._earn(placed / at_least(elsewhere + placed, TINY))
        self._learn(sales, normal)

    def _compete_in_china(self) -> np.ndarray:
        """Its share of what China imports this month: usual, what leading wins, its swing, bunching."""
        p, world, regime = self.parameters.potash, self.world, self.world.russia.uralkali
        self.market_share = potash_shipments.share_of_china_market(
            share=self.market_share,
            alone=p.share_alone,
            with_partner=p.share_with_partner,
            cartel=regime.cartel,
            restored=regime.was_broken,
            restored_way=p.restored_way,
            months=p.share_adjustment,
        )
        self.share_swing = around_zero(
            level=self.share_swing,
            persistence=p.swing_persistence,
            spread=p.share_swing,
            shock=world.shock("belaruskali.share"),
        )
        self.bunching = around_zero(
            level=self.bunching,
            persistence=p.bunching_persistence,
            spread=p.shipment_bunching,
            shock=world.shock("belaruskali.bunching"),
        )
        swing = self.share_swing + self.bunching - (middle_of(p.share_swing) + middle_of(p.shipment_bunching))
        lead = potash_shipments.volume_of_leading(led=world.china.potash_buyers.talks.led, volume=p.lead_volume)
        share: Draws = np.minimum(self.market_share * lead[0] * exp(swing), p.largest_share)
        return share

    def _send_to_china(self, normal: Draws, let_in: Draws) -> tuple[Draws, Draws]:
        """What it would ship to China of a normal shipment, and what of it makes up for a wait for a contract.

        A market that is shut lets in no more than `let_in` of it.
        """
        p, buyers = self.parameters.potash, self.world.china.potash_buyers
        shipment, self.backlog, late = potash_shipments.shipment_to_china(
            normal=normal,
            has_contract=buyers.has_contract,
            begun=buyers.talks.begun,
            months_waited=buyers.months_waited,
            carry_over=p.carry_over,
            floor=p.floor_without_contract,
            closed=buyers.closed,
            let_in=let_in,
            backlog=self.backlog,
            recovered=p.backlog_recovered,
            recovery_months=p.recovery_months,
        )
        return shipment, late

    def _sell_on(self, *, can_leave: Draws, spare: Draws) -> Draws:
        """What it would sell elsewhere: its share of demand less what it gives up, and a part of what China leaves."""
        return potash_shipments.sales_elsewhere(
            share=self.rest_share * can_leave,
            withheld=self.world.russia.uralkali.withheld,
            demand=self.world.environment.demand,
            spare=spare,
            diversion=self.parameters.potash.diversion,
        )

    def _deliver(self, to_china: Draws, elsewhere: Draws) -> Draws:
        """Deliver what stock and mines can give, at home first; mine; book the tonnes. Returns all that is sold."""
        p, tonnes = self.parameters.potash, self.world.tonnes
        stock, capacity = tonnes.stocks[MINE_STOCK], self.mine_capacity
        home = np.minimum(p.domestic_use / MONTHS_PER_YEAR, stock + capacity)
        deliverable = stock + capacity - home
        fits = np.minimum(deliverable / at_least(to_china + elsewhere, TINY), 1.0)
        self.shipped, self.sold_elsewhere = to_china * fits, elsewhere * fits
        sales: Draws = self.shipped + self.sold_elsewhere + home
        self.output = potash_shipments.mine_output(
            expected_sales=self.expected_sales,
            stock=stock,
            capacity=capacity,
            target_months=p.mine_stock_target,
            cap_months=p.mine_stock_cap,
            rebuilding=p.stock_rebuilding,
            sales=sales,
        )
        tonnes.pay("mined", MINES, MINE_STOCK, self.output)
        tonnes.pay("shipped to China", MINE_STOCK, IN_TRANSIT, self.shipped)
        tonnes.pay("sold elsewhere", MINE_STOCK, OTHER_USERS, self.sold_elsewhere)
        tonnes.pay("sold at home", MINE_STOCK, HOME, home)
        return sales

    def _earn(self, placed: Draws) -> None:
        """Revenue at the border: the contract's price in China, spot elsewhere, a premium on the contract in India.

        Tonnes that were moved to other markets on purpose, `placed` of all sold there, fetch less.
        """
        p, money, environment = self.parameters.potash, self.world.money, self.world.environment
        contract = self.world.china.potash_buyers.contract_price
        price = (1 - p.india_share) * environment.spot + p.india_share * (1 + p.india_premium) * contract
        self.china_revenue = potash_shipments.export_value(volume=self.shipped, price=contract, freight=self.freight)
        self.rest_revenue = potash_shipments.export_value(
            volume=self.sold_elsewhere,
            price=potash_shipments.price_elsewhere(price=price, placed=placed, discount=p.diversified_discount),
            freight=self.freight_elsewhere,
        )
        money.pay("potash", CHINA, BELARUS, self.china_revenue)
        money.pay("potash", REST, BELARUS, self.rest_revenue)

    def _learn(self, sales: np.ndarray, normal: np.ndarray) -> None:
        """Moving averages it plans with: sales of half a year, revenue and China's share of a year.

        China weighs by what it takes under contract over what is sold: who stays away is missed all the more.
        """
        p = self.parameters.potash
        sold = at_least(self.shipped + self.sold_elsewhere, TINY)
        self.expected_sales = self.expected_sales + (sales - self.expected_sales) / p.sales_memory
        self.sales_share = self.sales_share + (normal / sold - self.sales_share) / p.revenue_memory
        self.expected_revenue = self.expected_revenue + (self.revenue - self.expected_revenue) / p.revenue_memory
