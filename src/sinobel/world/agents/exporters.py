"""Exporters of Belarus: everything it sells besides potash and oil products, and services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import DECEMBER_AFTER_MEAN, MONTHS_PER_YEAR, YEARLY_TO_MONTHLY
from sinobel.world.elementary import exp
from sinobel.world.ledger import BELARUS, CHINA, EU, REST, RUSSIA
from sinobel.world.opening.trade import TradeOpening
from sinobel.world.rules import economy, residents, trade
from sinobel.world.rules.environment import around_mean, at_origin
from sinobel.world.rules.rates import decay_a_month, fat_tailed_spread_a_month, persistence_a_month, share_left
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.policies.lever_path import LeverBoard
    from sinobel.world.agents.belarus import Belarus


class Exporters(Institution):
    """Other exports by partner, and services. USD mn a month."""

    russia: Draws = state("USD mn a month", "exports to Russia", indicator="exports_to_russia")
    eu_goods: Draws = state("USD mn a month", "exports to the European Union without oil products")
    rest_goods: Draws = state("USD mn a month", "exports to the rest of the world without potash and oil products")
    china_goods: Draws = state("USD mn a month", "exports to China without potash", indicator="other_exports_to_china")
    russia_base: Draws = fixed("USD mn a month", "exports to Russia of the origin's year at its usual share")
    eu_base: Draws = fixed("USD mn a month", "exports to the European Union but oil products at their usual share")
    rest_base: Draws = fixed("USD mn a month", "other exports to the rest of the origin's year at its usual share")
    russia_path: Draws = state("log", "exports to Russia since the origin, common factor and swings apart")
    eu_path: Draws = state("log", "exports to the European Union since the origin, likewise")
    rest_path: Draws = state("log", "other exports to the rest since the origin, likewise")
    russia_swing: Draws = state("log", "share of Russia in exports against its usual one")
    eu_swing: Draws = state("log", "share of the European Union in exports against its usual one")
    rest_swing: Draws = state("log", "share of the rest in exports against its usual one")
    eu_orders: Draws = state(
        "log", "what the European Union orders besides oil products against the usual; it comes and goes"
    )
    common_own: Draws = state("log", "common factor of exports without oil: Russian cycles and what has no other name")
    rouble: Draws = state("log", "exports to Russia that the rouble adds; it fades")
    base_transit: Draws = fixed("USD mn a month", "income from transit at the origin")
    base_services: Draws = fixed("USD mn a month", "balance of other services at the origin")
    services: Draws = state("USD mn a month", "balance of services", indicator="services_balance")
    swing: Draws = state("log", "swing of services")
    reform_gain: Draws = state("log", "exports outside Russia that reform has gained")
    variety: Draws = state("log", "exports to China and the rest of the world that diversification has gained")
    drive: Draws = state("level", "drive for exports to China that is in place")
    opening_drive: Draws = fixed("level", "the same at the origin")
    eu_gain: Draws = state("log", "exports to the European Union that access and growth there off its mean have gained")
    rest_gain: Draws = state(
        "log", "other exports to the rest that diversification and growth there off its mean have gained"
    )
    china_gain: Draws = state(
        "log", "other exports to China that a drive, free trade, diversification and growth off its mean have gained"
    )
    transit_gain: Draws = state("USD mn a month", "income from transit beyond that of the levers of the origin")
    past_exchange_rate: Draws = state("log", "gap of the real exchange rate of the last month")

    def __init__(self, belarus: Belarus, opening: TradeOpening):
        super().__init__(belarus)
        self.belarus = belarus
        p, error_of = self.parameters.trade, self.world.shocks.error_of
        self._open_shares(opening)
        self._open_in_december(opening)
        self.china_goods = opening.exports_china * exp(
            at_origin(spread=p.other_exports_spread, error=error_of("exporters.china"))
        )
        self.base_transit = p.transit_share * opening.services
        self.base_services = (1 - p.transit_share) * opening.services
        self.swing = self.reform_gain = self.variety = self.full(0.0)
        self.eu_gain = self.rest_gain = self.china_gain = self.transit_gain = self.full(0.0)
        self.drive = self.opening_drive = self.full(self.world.opening_board["belarus.export_drive"])
        self.services = self.full(opening.services)
        self.past_exchange_rate = belarus.exchange_rate

    def _open_shares(self, opening: TradeOpening) -> None:
        """Exports at the usual share of each partner, and how far the shares of the origin's year lie from them."""
        p, error_of = self.parameters.trade, self.world.shocks.error_of
        russia, eu, rest = (
            trade.swing_of_share(share=opening.shares[each], usual=opening.usual_shares[each], anchor=p.share_anchor)
            for each in ("RUS", "EU", "rest")
        )
        self.russia_base = opening.exports_russia * exp(-russia)
        self.eu_base = opening.exports_eu * exp(-eu)
        self.rest_base = opening.exports_rest * exp(-rest)
        self.russia_swing = (
            russia
            + opening.departures["RUS"]
            + at_origin(spread=p.russia_share_spread, error=error_of("exporters.russia"))
        )
        self.eu_swing = (
            eu + opening.departures["EU"] + at_origin(spread=p.eu_share_spread, error=error_of("exporters.eu"))
        )
        self.rest_swing = (
            rest + opening.departures["rest"] + at_origin(spread=p.rest_share_spread, error=error_of("exporters.rest"))
        )

    def _open_in_december(self, opening: TradeOpening) -> None:
        """Paths grown since the middle of the year; factor and orders of the last quarter; December's oil and rouble.

        Ordinary growth is in the paths and stays, the rest of the last quarter's departure fades with what made it.
        """
        self.russia_path, self.eu_path, self.rest_path = (
            DECEMBER_AFTER_MEAN * opening.exports_growth[partner] for partner in ("RUS", "EU", "rest")
        )
        self.rouble = self.parameters.trade.rouble_exports * opening.rouble["december"]
        self.common_own, self.eu_orders = opening.departures["common"], opening.departures["orders"]
        self._add_up()

    @property
    def exchange_rate_effect(self) -> np.ndarray:
        """Log of how much the real exchange rate moves other exports from the level of the origin."""
        result: np.ndarray = -self.parameters.trade.competitiveness * (
            self.belarus.exchange_rate - self.belarus.base_exchange_rate
        )
        return result

    @property
    def common(self) -> np.ndarray:
        """Log of what moves exports to Russia and its neighbors together: oil, Russian income and what has no name."""
        return self._common_by(1.0)

    @property
    def common_in_eu(self) -> np.ndarray:
        """Log of what the same is in exports to the Union: oil, and little of the rest."""
        return self._common_by(self.parameters.trade.eu_loading)

    def _common_by(self, loading: Number) -> np.ndarray:
        env = self.world.environment
        return trade.common_factor(
            oil=env.real_oil,
            base_oil=env.base_oil,
            oil_elasticity=self.parameters.trade.common_oil,
            own=loading * self.common_own,
        )

    @property
    def beyond_usual(self) -> np.ndarray:
        """Exports of goods made at home, and transit, beyond what usual growth and the levers of the origin would give.

        USD mn a month: the common factor, the Russian rouble, orders of the Union, levers, access and growth
        abroad. Two things are no part of it: what a devaluation brings, since dearer imports and debts take as much (in
        the record growth goes with a stronger real rouble), and what reform brings, whose gain of output holds its
        exports.
        """
        common, rest = self.common, self.parameters.trade.rest_loading * self.common
        result: np.ndarray = (
            trade.added_by_departure(exports=self.russia, departure=common + self.rouble)
            + trade.added_by_departure(
                exports=self.eu_goods, departure=self.common_in_eu + self.eu_orders + self.eu_gain
            )
            + trade.added_by_departure(exports=self.rest_goods, departure=rest + self.rest_gain)
            + trade.added_by_departure(exports=self.china_goods, departure=self.china_gain)
            + self.transit_gain
        )
        return result

    @property
    def transit(self) -> np.ndarray:
        """Income from transit."""
        result: np.ndarray = self._transit(self.board) * exp(self.swing)
        return result

    @property
    def china(self) -> np.ndarray:
        """Exports to China: potash and other goods."""
        result: np.ndarray = self.belarus.belaruskali.china_revenue + self.china_goods
        return result

    @property
    def eu(self) -> np.ndarray:
        """Exports to the European Union: oil products and other goods."""
        result: np.ndarray = self.belarus.refineries.to_eu + self.eu_goods
        return result

    @property
    def rest(self) -> np.ndarray:
        """Exports to the rest of the world: potash sold outside China, oil products and other goods."""
        belarus = self.belarus
        result: np.ndarray = belarus.belaruskali.rest_revenue + belarus.refineries.to_rest + self.rest_goods
        return result

    @property
    def made_with_parts(self) -> np.ndarray:
        """Exports that call for imported parts and materials: all but potash, which is mined, and oil products."""
        result: np.ndarray = self.china_goods + self.russia + self.eu_goods + self.rest_goods
        return result

    @property
    def total(self) -> np.ndarray:
        """Goods exports."""
        result: np.ndarray = self.china + self.russia + self.eu + self.rest
        return result

    def sell(self) -> None:
        """Other exports of the month, and services."""
        p = self.parameters.trade
        change = self.belarus.exchange_rate - self.past_exchange_rate
        self.past_exchange_rate = self.belarus.exchange_rate
        rate = -p.competitiveness * change
        reform = self._gain_by_reform()  # buyers outside Russia mind how goods are made
        self._follow_the_common_factor()
        variety = self._gain_by_variety()
        self._find_buyers(rate, reform, variety)
        self._shift_shares()
        self._get_orders()
        self._add_up()
        self._sell_to_china(rate + reform, variety)
        self._serve()
        self._get_paid()

    def join(self, eu: Draws, russia: Draws) -> None:
        """January: residents of the park sell more, or less, than a year ago; USD mn a month.

        What they make is in the output that their capital yields, so it is no gain that carries output once more.
        """
        self.eu_path = self.eu_path + residents.joins_path(added=eu, exports=self.eu_goods)
        self.russia_path = self.russia_path + residents.joins_path(added=russia, exports=self.russia)

    def _in_dollars(self, trend: Draws) -> Draws:
        """A trend that was measured in dollars, with the inflation of dollar prices that the draw has."""
        p = self.parameters.finance
        return trade.trend_in_dollars(trend=trend, inflation=p.dollar_inflation, recorded=p.recorded_inflation)

    def _gain_by_reform(self) -> Draws:
        """What reform adds to exports outside Russia this month, log: its gain comes with time, and ends."""
        gain, p = self.reform_gain, self.parameters
        self.reform_gain = economy.next_reform_gain(
            gain=gain,
            whole=p.trade.reform_exports,
            reform=self.belarus.government.reform,
            usual_reform=p.politics.usual_reform,
            years=p.finance.reform_years,
        )
        result: Draws = self.reform_gain - gain
        return result

    def _gain_by_variety(self) -> Draws:
        """What diversification adds this month to exports to China and the rest of the world, log."""
        p = self.parameters.trade
        result = trade.variety_gain(
            gain=self.variety,
            growth=p.other_exports_diversification,
            diversification=self.board["belarus.export_diversification"],
            limit=p.diversification_limit,
        )
        self.variety = self.variety + result
        return result

    def _follow_the_common_factor(self) -> None:
        """Cycles of Russia and shocks move it and fade."""
        p = self.parameters.trade
        cycle = trade.pull_of_income(
            growth=self.world.environment.russia_growth,
            usual_growth=self.parameters.environment.russia_growth,
            elasticity=p.common_income,
        )
        self.common_own = trade.next_swing(
            swing=self.common_own,
            kept=persistence_a_month(p.common_persistence),
            noise=cycle + fat_tailed_spread_a_month(p.common_spread) * self.world.heavy_shock("exporters.common"),
        )

    def _find_buyers(self, rate: Draws, reform: Draws, variety: Draws) -> None:
        """Exports grow with partners' income and prices, and answer competitiveness, access and promotion.

        Growth of the rest of the world lies between that of the Union and of China.
        """
        p, env, usual = self.parameters.trade, self.world.environment, self.parameters.environment
        access, drift = p.eu_access_effect * self.world.eu.access_change, self._in_dollars(p.export_price_trend)
        growth, usual_growth = (env.eu_growth + env.china_growth) / 2, (usual.eu_growth + usual.china_growth) / 2
        self.russia_path = trade.next_export_path(
            path=self.russia_path,
            growth=usual.russia_growth,
            income_elasticity=p.common_income,
            trend=drift,
            policy=rate,
        )
        self.eu_path = trade.next_export_path(
            path=self.eu_path,
            growth=env.eu_growth,
            income_elasticity=p.eu_income,
            trend=drift,
            policy=rate + reform + access,
        )
        self.rest_path = trade.next_export_path(
            path=self.rest_path,
            growth=growth,
            income_elasticity=p.rest_income,
            trend=drift,
            policy=rate + reform + variety,
        )
        eu_pull = trade.pull_of_income(growth=env.eu_growth, usual_growth=usual.eu_growth, elasticity=p.eu_income)
        rest_pull = trade.pull_of_income(growth=growth, usual_growth=usual_growth, elasticity=p.rest_income)
        self.eu_gain = self.eu_gain + eu_pull + access
        self.rest_gain = self.rest_gain + rest_pull + variety

    def _shift_shares(self) -> None:
        """Shares of partners return to their usual levels, and each is hit by its own shocks; so does the rouble."""
        p, world = self.parameters.trade, self.world
        left = share_left(p.share_speed)
        rate = fat_tailed_spread_a_month(p.rouble_spread) * world.heavy_shock("exporters.rouble")
        self.rouble = trade.next_swing(
            swing=self.rouble,
            kept=left,
            noise=trade.by_the_rouble(
                rate=rate, elasticity=p.rouble_exports, oil_change=world.environment.oil_change, with_oil=p.rouble_oil
            ),
        )
        self.russia_swing = trade.next_swing(
            swing=self.russia_swing,
            kept=left,
            noise=p.russia_share_spread * YEARLY_TO_MONTHLY * world.shock("exporters.russia"),
        )
        self.eu_swing = trade.next_swing(
            swing=self.eu_swing, kept=left, noise=p.eu_share_spread * YEARLY_TO_MONTHLY * world.shock("exporters.eu")
        )
        self.rest_swing = trade.next_swing(
            swing=self.rest_swing,
            kept=left,
            noise=p.rest_share_spread * YEARLY_TO_MONTHLY * world.shock("exporters.rest"),
        )

    def _get_orders(self) -> None:
        """What the Union orders swings within a year or two."""
        p = self.parameters.trade
        self.eu_orders = around_mean(
            level=self.eu_orders,
            mean=0.0,
            persistence=p.eu_orders_persistence,
            spread=p.eu_orders_spread,
            shock=self.world.shock("exporters.eu_orders"),
        )

    def _add_up(self) -> None:
        """Exports by partner, potash and oil products apart: path, common factor and share."""
        common, rest = self.common, self.parameters.trade.rest_loading * self.common
        self.russia = trade.exports_to_partner(
            base=self.russia_base, path=self.russia_path, common=common + self.rouble, swing=self.russia_swing
        )
        self.eu_goods = trade.exports_to_partner(
            base=self.eu_base, path=self.eu_path, common=self.common_in_eu, swing=self.eu_swing + self.eu_orders
        )
        self.rest_goods = trade.exports_to_partner(
            base=self.rest_base, path=self.rest_path, common=rest, swing=self.rest_swing
        )

    def _sell_to_china(self, edge: Draws, variety: Draws) -> None:
        """Exports to China besides potash: a trend that fades, Chinese growth, and, as room allows, promotion."""
        p, world = self.parameters.trade, self.world
        wanted = self.board["belarus.export_drive"]
        self.drive = self.drive + decay_a_month(p.drive_years) * (wanted - self.drive)
        growth, usual_growth = (
            trade.other_exports_growth(
                own=self._in_dollars(p.other_exports_growth),
                trend=self._in_dollars(p.other_exports_trend),
                fade_years=p.other_exports_fade,
                years=world.environment.years,
                drive_effect=p.other_exports_drive,
                drive=trade.promotion(drive=drive, halfway=p.drive_halfway),
                elasticity=p.china_growth_elasticity,
                china_growth=china_growth,
                usual_china_growth=self.parameters.environment.china_growth,
                extra=p.fta_exports * levers["china.fta_with_eeu"],
                room=trade.room(exports=self.china_goods, capacity=p.china_export_capacity, gdp=self.belarus.gdp),
            )
            for drive, china_growth, levers in (
                (self.drive, world.environment.china_growth, self.board),
                (self.opening_drive, self.parameters.environment.china_growth, world.opening_board),
            )
        )
        noise = p.other_exports_spread * YEARLY_TO_MONTHLY * world.shock("exporters.china")
        wanted = self.china_goods * exp(growth / MONTHS_PER_YEAR + edge + variety + noise)
        self.china_goods = np.minimum(wanted, p.largest_china_exports * self.belarus.gdp)
        self.china_gain = self.china_gain + (growth - usual_growth) / MONTHS_PER_YEAR + variety

    def _get_paid(self) -> None:
        """Book the goods and services of the month."""
        money = self.world.money
        for partner, goods in (
            (CHINA, self.china_goods),
            (RUSSIA, self.russia),
            (EU, self.eu_goods),
            (REST, self.rest_goods),
        ):
            money.pay("other goods", partner, BELARUS, goods)
        money.pay_net("services", REST, BELARUS, self.services)

    def _serve(self) -> None:
        """Services: what was earned at the origin grows, transit by what is done for it; a drive for exports costs."""
        p, board, env = self.parameters.trade, self.board, self.world.environment
        self.swing = trade.next_swing(
            swing=self.swing,
            kept=persistence_a_month(p.services_persistence),
            noise=p.services_spread * YEARLY_TO_MONTHLY * self.world.shock("exporters.services"),
        )
        transit, usual_transit = self._transit(board), self._transit(self.world.opening_board)
        self.transit_gain = (transit - usual_transit) * exp(self.swing)
        earned = (self.base_services * exp(self._in_dollars(p.services_growth) * env.years) + transit) * exp(self.swing)
        beyond = self.drive - self.opening_drive
        self.services = earned - p.drive_cost * env.price_level * beyond / MONTHS_PER_YEAR

    def _transit(self, levers: LeverBoard) -> Draws:
        """Income from transit of the month under a board of levers, swings apart."""
        p = self.parameters.trade
        return trade.transit_income(
            base=self.base_transit,
            years=self.world.environment.years,
            growth=self._in_dollars(p.services_growth),
            push=levers["belarus.transit_push"],
            push_effect=p.transit_push,
            capture=levers["russia.transit_capture"],
            usual_capture=self.world.opening_board["russia.transit_capture"],
            capture_effect=p.transit_capture,
            demand=levers["eu.transit_demand"],
        )
