"""Exporters and importers of Belarus: everything that is traded besides potash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.ledger import BELARUS, CHINA, EU, REST, RUSSIA
from sinobel.world.opening.economy import TradeOpening
from sinobel.world.rules import trade
from sinobel.world.rules.environment import around_mean, at_origin, at_origin_of_swing, swing_of_a_year
from sinobel.world.rules.rates import middle_of

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus

MONTHLY = 1 / np.sqrt(12)  # a yearly spread as a monthly one


class Exporters(Institution):
    """Other exports by partner, and services. USD mn a month."""

    def __init__(self, belarus: Belarus, opening: TradeOpening):
        super().__init__(belarus)
        self.belarus = belarus
        like = 0.0 * self.parameters.trade.russia_oil
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
        self.swing = like
        self.services = opening.services + like
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
        p, world, board = self.parameters.trade, self.world, self.board
        env, government = world.environment, self.belarus.government
        change = self.belarus.exchange_rate - self.past_exchange_rate
        self.past_exchange_rate = self.belarus.exchange_rate
        rate = -p.competitiveness * change
        variety = p.other_exports_diversification * board["belarus.export_diversification"]
        reform = p.other_exports_reform * (government.reform - self.parameters.politics.usual_reform)
        edge = rate + reform / 12
        self.russia = trade.next_exports(
            exports=self.russia,
            growth=env.russia_growth,
            income_elasticity=p.russia_income,
            trend=p.export_price_trend,
            oil_change=env.oil_change,
            oil_elasticity=p.russia_oil,
            competitiveness=rate,
            noise=p.russia_spread * MONTHLY * world.shock("exporters.russia"),
        )
        self.eu = trade.next_exports(
            exports=self.eu,
            growth=env.eu_growth,
            income_elasticity=p.eu_income,
            trend=p.export_price_trend,
            oil_change=env.oil_change,
            oil_elasticity=p.eu_oil,
            competitiveness=edge + p.eu_access_effect * world.eu.access_change,
            noise=p.eu_spread * MONTHLY * world.shock("exporters.eu"),
        )
        self.rest_goods = trade.next_exports(
            exports=self.rest_goods,
            growth=(env.eu_growth + env.china_growth) / 2,
            income_elasticity=p.rest_income,
            trend=p.export_price_trend,
            oil_change=env.oil_change,
            oil_elasticity=p.rest_oil,
            competitiveness=edge + variety / 12,
            noise=p.rest_spread * MONTHLY * world.shock("exporters.rest"),
        )
        extra = variety + p.fta_exports * board["china.fta_with_eeu"]
        growth = trade.other_exports_growth(
            own=p.other_exports_growth,
            trend=p.other_exports_trend,
            fade_years=p.other_exports_fade,
            years=env.years,
            reform_effect=p.other_exports_reform,
            reform=government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            drive_effect=p.other_exports_drive,
            drive=board["belarus.export_drive"],
            elasticity=p.china_growth_elasticity,
            china_growth=env.china_growth,
            usual_china_growth=self.parameters.environment.china_growth,
            extra=extra,
        )
        noise = p.other_exports_spread * MONTHLY * world.shock("exporters.china")
        self.china_goods = self.china_goods * np.exp(growth / 12 + rate + noise)
        self._serve()
        money = world.money
        for partner, goods in (
            (CHINA, self.china_goods),
            (RUSSIA, self.russia),
            (EU, self.eu),
            (REST, self.rest_goods),
        ):
            money.pay("other goods", partner, BELARUS, goods)
        money.pay_net("services", REST, BELARUS, self.services)

    def _serve(self) -> None:
        p, board, env = self.parameters.trade, self.board, self.world.environment
        kept = p.services_persistence ** (1 / 12)
        self.swing = self.swing * kept + p.services_spread * MONTHLY * self.world.shock("exporters.services")
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


class Importers(Institution):
    """Imports by partner: Russian energy, tied goods, and what income calls for. USD mn a month."""

    def __init__(self, belarus: Belarus, opening: TradeOpening):
        super().__init__(belarus)
        self.belarus = belarus
        error = at_origin(
            spread=self.parameters.trade.propensity_noise, error=self.world.shocks.error_of("importers.propensity")
        )
        self.propensity = opening.propensity * np.exp(error)
        self.energy_share = opening.energy_share
        error = at_origin(
            spread=self.parameters.trade.china_share_noise, error=self.world.shocks.error_of("importers.china_share")
        )
        p, error_of = self.parameters.trade, self.world.shocks.error_of
        swing = swing_of_a_year(
            persistence=p.china_swing_persistence, spread=p.china_share_swing, error=error_of("importers.china_swing")
        )
        self.china_share = opening.china_share * np.exp(error - swing + middle_of(p.china_share_swing))
        self.china_swing = at_origin_of_swing(
            yearly=swing,
            mean=0.0,
            persistence=p.china_swing_persistence,
            spread=p.china_share_swing,
            error=error_of("importers.china_swing_end"),
        )
        self.supplier_shares = opening.supplier_shares
        self.usual_export_ratio = belarus.exporters.total / belarus.base_gdp
        self.base_energy = opening.energy
        self.opening_subsidy = 0.0 * opening.energy  # set once Russia exists
        self.energy = opening.energy
        self.wanted = wanted = opening.propensity * belarus.base_gdp
        self.tied = opening.tied
        self.china_wanted = opening.china_share * wanted
        self.displaced = trade.displaced(
            tied_imports=opening.tied, additionality=self.parameters.loans.additionality, ordinary=self.china_wanted
        )
        self.china_ordinary = self.china_wanted - self.displaced
        self.equipment = 0.0 * wanted  # Chinese goods for Chinese investment in place of loans
        others = wanted - opening.energy - self.china_wanted
        self.russia_goods, self.eu, self.rest = (share * others for share in opening.supplier_shares)
        self._add_up()
        self.planned = self.total
        self.cut = 0.0 * self.total

    @property
    def russia(self) -> np.ndarray:
        """Imports from Russia: energy and other goods."""
        result: np.ndarray = self.energy + self.russia_goods
        return result

    @property
    def china(self) -> np.ndarray:
        """Imports from China: ordinary and tied."""
        result: np.ndarray = self.china_ordinary + self.tied
        return result

    @property
    def exchange_rate_effect(self) -> np.ndarray:
        """Log of how much the real exchange rate moves imports from the level of the origin."""
        p, country = self.parameters.trade, self.belarus
        return trade.exchange_rate_effect(
            gap=country.exchange_rate - country.base_exchange_rate,
            import_content=p.import_content,
            price_response=p.devaluation_response,
        )

    def _add_up(self) -> None:
        """What can be cut, neither energy nor tied goods, and all goods imports."""
        self.ordinary: np.ndarray = self.russia_goods + self.china_ordinary + self.eu + self.rest
        self.total: np.ndarray = self.energy + self.tied + self.ordinary

    def order(self) -> None:
        """Imports the month calls for, before any cut."""
        p, world, country = self.parameters.trade, self.world, self.belarus
        noise = p.propensity_noise * MONTHLY * world.shock("importers.propensity")
        spare = country.government.cover - self.parameters.finance.reserve_target
        self.propensity = trade.import_propensity(
            propensity=self.propensity,
            mean=p.import_propensity,
            ease=p.propensity_reserves,
            cover_gap=spare,
            speed=p.propensity_speed,
            noise=noise,
        )
        gap = country.exchange_rate - country.base_exchange_rate
        goods = trade.imports_but_energy(
            propensity=self.propensity,
            energy_share=self.energy_share,
            gdp=country.gdp,
            exports=country.exporters.total,
            usual_export_ratio=self.usual_export_ratio,
            import_content=p.import_content,
            real_exchange_rate=gap,
            price_response=p.devaluation_response,
        )
        russia, env = world.russia.government, world.environment
        market = trade.energy_market_value(
            base=self.base_energy + self.opening_subsidy,
            oil=env.oil,
            base_oil=env.base_oil,
            oil_elasticity=p.energy_oil_elasticity,
            real_growth=country.output,
            income_elasticity=p.energy_income_elasticity,
        )
        self.energy = trade.energy_bill(
            market_value=market,
            subsidy=russia.subsidy,
            full_subsidy=russia.full_subsidy,
            pass_through=p.subsidy_pass_through,
        )
        self.china_share = trade.china_share(
            share=self.china_share,
            ceiling=p.china_share_ceiling,
            speed=p.china_share_speed,
            speed_up=p.fta_speed * self.board["china.fta_with_eeu"],
            noise=p.china_share_noise * MONTHLY * world.shock("importers.china_share"),
        )
        self.tied = world.china.policy_banks.tied_goods
        self.wanted = goods + self.energy
        self.china_swing = around_mean(
            level=self.china_swing,
            mean=0.0,
            persistence=p.china_swing_persistence,
            spread=p.china_share_swing,
            shock=world.shock("importers.china_swing"),
        )
        share = self.china_share * np.exp(self.china_swing - middle_of(p.china_share_swing))
        self.china_wanted = china = np.minimum(share * self.wanted, 0.8 * goods)
        self.displaced = trade.displaced(
            tied_imports=self.tied, additionality=self.parameters.loans.additionality, ordinary=china
        )
        self.equipment = p.fdi_import_content * world.china.investors.instead_of_loans
        self.china_ordinary = china - self.displaced + self.equipment
        self.russia_goods, self.eu, self.rest = (share * (goods - china) for share in self.supplier_shares)
        self._add_up()
        self.planned = self.total

    def buy(self, cut: np.ndarray) -> None:
        """Book the imports of the month, the ordinary ones cut by an amount that could not be paid."""
        self.cut = cut
        keep = 1 - cut / np.maximum(self.ordinary, 1e-9)
        self.russia_goods, self.eu, self.rest = self.russia_goods * keep, self.eu * keep, self.rest * keep
        self.china_ordinary = self.china_ordinary * keep
        self._add_up()
        money = self.world.money
        money.pay("energy", BELARUS, RUSSIA, self.energy)
        money.pay("tied goods", BELARUS, CHINA, self.tied)
        for partner, goods in (
            (RUSSIA, self.russia_goods),
            (CHINA, self.china_ordinary),
            (EU, self.eu),
            (REST, self.rest),
        ):
            money.pay("other goods", BELARUS, partner, goods)
