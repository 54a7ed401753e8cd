"""Exporters of Belarus: everything it sells besides potash, and services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR, YEARLY_TO_MONTHLY
from sinobel.world.ledger import BELARUS, CHINA, EU, REST, RUSSIA
from sinobel.world.opening.economy import TradeOpening
from sinobel.world.rules import trade
from sinobel.world.rules.environment import at_origin
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


class Exporters(Institution):
    """Other exports by partner, and services. USD mn a month."""

    russia: Draws = state("USD mn a month", "exports to Russia", indicator="exports_to_russia")
    eu: Draws = state("USD mn a month", "exports to the European Union", indicator="exports_to_eu")
    rest_goods: Draws = state("USD mn a month", "exports to the rest of the world without potash")
    china_goods: Draws = state("USD mn a month", "exports to China without potash", indicator="other_exports_to_china")
    base_transit: Draws = fixed("USD mn a month", "income from transit at the origin")
    base_services: Draws = fixed("USD mn a month", "balance of other services at the origin")
    services: Draws = state("USD mn a month", "balance of services", indicator="services_balance")
    swing: Draws = state("log", "swing of services")
    past_exchange_rate: Draws = state("log", "gap of the real exchange rate of the last month")

    def __init__(self, belarus: Belarus, opening: TradeOpening):
        super().__init__(belarus)
        self.belarus = belarus
        p, error_of = self.parameters.trade, self.world.shocks.error_of
        self.russia = opening.exports_russia * np.exp(
            at_origin(spread=p.russia_spread, error=error_of("exporters.russia"))
        )
        self.eu = opening.exports_eu * np.exp(at_origin(spread=p.eu_spread, error=error_of("exporters.eu")))
        self.rest_goods = opening.exports_rest * np.exp(
            at_origin(spread=p.rest_spread, error=error_of("exporters.rest"))
        )
        self.china_goods = opening.exports_china * np.exp(
            at_origin(spread=p.other_exports_spread, error=error_of("exporters.china"))
        )
        share = self.parameters.trade.transit_share
        self.base_transit = share * opening.services
        self.base_services = (1 - share) * opening.services
        self.swing = self.full(0.0)
        self.services = self.full(opening.services)
        self.past_exchange_rate = belarus.exchange_rate

    @property
    def exchange_rate_effect(self) -> np.ndarray:
        """Log of how much the real exchange rate moves other exports from the level of the origin."""
        result: np.ndarray = -self.parameters.trade.competitiveness * (
            self.belarus.exchange_rate - self.belarus.base_exchange_rate
        )
        return result

    @property
    def china(self) -> np.ndarray:
        """Exports to China: potash and other goods."""
        result: np.ndarray = self.belarus.belaruskali.china_revenue + self.china_goods
        return result

    @property
    def rest(self) -> np.ndarray:
        """Exports to the rest of the world: potash sold outside China and other goods."""
        result: np.ndarray = self.belarus.belaruskali.rest_revenue + self.rest_goods
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
        variety = p.other_exports_diversification * self.board["belarus.export_diversification"]
        reform = p.other_exports_reform * (self.belarus.government.reform - self.parameters.politics.usual_reform)
        edge = rate + reform / MONTHS_PER_YEAR  # buyers outside Russia mind how goods are made
        self._sell_to_russia(rate)
        self._sell_to_union(edge)
        self._sell_to_rest(edge + variety / MONTHS_PER_YEAR)
        self._sell_to_china(rate, variety)
        self._serve()
        self._get_paid()

    def _sell_to_russia(self, competitiveness: Draws) -> None:
        """Exports to Russia follow its growth and the oil price."""
        p, env = self.parameters.trade, self.world.environment
        self.russia = trade.next_exports(
            exports=self.russia,
            growth=env.russia_growth,
            income_elasticity=p.russia_income,
            trend=p.export_price_trend,
            oil_change=env.oil_change,
            oil_elasticity=p.russia_oil,
            competitiveness=competitiveness,
            noise=p.russia_spread * YEARLY_TO_MONTHLY * self.world.shock("exporters.russia"),
        )

    def _sell_to_union(self, competitiveness: Draws) -> None:
        """Exports to the European Union follow its growth, oil (much is refined from it) and access."""
        p, env = self.parameters.trade, self.world.environment
        self.eu = trade.next_exports(
            exports=self.eu,
            growth=env.eu_growth,
            income_elasticity=p.eu_income,
            trend=p.export_price_trend,
            oil_change=env.oil_change,
            oil_elasticity=p.eu_oil,
            competitiveness=competitiveness + p.eu_access_effect * self.world.eu.access_change,
            noise=p.eu_spread * YEARLY_TO_MONTHLY * self.world.shock("exporters.eu"),
        )

    def _sell_to_rest(self, competitiveness: Draws) -> None:
        """Exports to the rest of the world, whose growth lies between that of the Union and of China."""
        p, env = self.parameters.trade, self.world.environment
        self.rest_goods = trade.next_exports(
            exports=self.rest_goods,
            growth=(env.eu_growth + env.china_growth) / 2,
            income_elasticity=p.rest_income,
            trend=p.export_price_trend,
            oil_change=env.oil_change,
            oil_elasticity=p.rest_oil,
            competitiveness=competitiveness,
            noise=p.rest_spread * YEARLY_TO_MONTHLY * self.world.shock("exporters.rest"),
        )

    def _sell_to_china(self, rate: Draws, variety: Draws) -> None:
        """Exports to China besides potash: a trend that fades, reform, promotion, Chinese growth, a trade agreement."""
        p, board, env = self.parameters.trade, self.board, self.world.environment
        growth = trade.other_exports_growth(
            own=p.other_exports_growth,
            trend=p.other_exports_trend,
            fade_years=p.other_exports_fade,
            years=env.years,
            reform_effect=p.other_exports_reform,
            reform=self.belarus.government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            drive_effect=p.other_exports_drive,
            drive=board["belarus.export_drive"],
            elasticity=p.china_growth_elasticity,
            china_growth=env.china_growth,
            usual_china_growth=self.parameters.environment.china_growth,
            extra=variety + p.fta_exports * board["china.fta_with_eeu"],
        )
        noise = p.other_exports_spread * YEARLY_TO_MONTHLY * self.world.shock("exporters.china")
        self.china_goods = self.china_goods * np.exp(growth / MONTHS_PER_YEAR + rate + noise)

    def _get_paid(self) -> None:
        """Book the goods and services of the month."""
        money = self.world.money
        for partner, goods in (
            (CHINA, self.china_goods),
            (RUSSIA, self.russia),
            (EU, self.eu),
            (REST, self.rest_goods),
        ):
            money.pay("other goods", partner, BELARUS, goods)
        money.pay_net("services", REST, BELARUS, self.services)

    def _serve(self) -> None:
        """Services: what was earned at the origin grows, transit by what is done for it, and both swing."""
        p, board, env = self.parameters.trade, self.board, self.world.environment
        kept = p.services_persistence ** (1 / MONTHS_PER_YEAR)
        self.swing = self.swing * kept + p.services_spread * YEARLY_TO_MONTHLY * self.world.shock("exporters.services")
        transit = trade.transit_income(
            base=self.base_transit,
            years=env.years,
            growth=p.services_growth,
            push=board["belarus.transit_push"],
            push_effect=p.transit_push,
            capture=board["russia.transit_capture"],
            usual_capture=self.world.opening_board["russia.transit_capture"],
            capture_effect=p.transit_capture,
            demand=board["eu.transit_demand"],
        )
        self.services = (self.base_services * np.exp(p.services_growth * env.years) + transit) * np.exp(self.swing)
