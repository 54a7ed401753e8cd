"""Importers of Belarus: Russian energy, tied goods, and what income calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.constants import YEARLY_TO_MONTHLY
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import BELARUS, CHINA, EU, REST, RUSSIA
from sinobel.world.opening.economy import TradeOpening
from sinobel.world.rules import trade
from sinobel.world.rules.environment import around_mean, at_origin, at_origin_of_swing, swing_of_a_year
from sinobel.world.rules.rates import middle_of

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus

MOST_CHINESE: Annotated[float, "fraction"] = 0.8  # of goods other than energy; an assumption


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
        noise = p.propensity_noise * YEARLY_TO_MONTHLY * world.shock("importers.propensity")
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
            noise=p.china_share_noise * YEARLY_TO_MONTHLY * world.shock("importers.china_share"),
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
        self.china_wanted = china = np.minimum(share * self.wanted, MOST_CHINESE * goods)
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
        keep = 1 - cut / at_least(self.ordinary, TINY)
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
