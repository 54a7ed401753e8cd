"""Importers of Belarus: Russian energy, tied goods, and what income calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.policies import event_path, events
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import DECEMBER_AFTER_MEAN, PERCENT, YEARLY_TO_MONTHLY
from sinobel.world.elementary import exp, log1p
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import BELARUS, CHINA, EU, REST, RUSSIA
from sinobel.world.opening.trade import TradeOpening
from sinobel.world.rules import trade
from sinobel.world.rules.environment import at_origin
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


class Importers(Institution):
    """Imports by partner: Russian energy, tied goods, and what income calls for. USD mn a month."""

    propensity: Draws = state("fraction", "imports without tied goods over GDP")
    energy_share: Draws = fixed("fraction", "Russian energy in imports at the origin")
    china_share: Draws = state("fraction", "Chinese goods in imports but energy, tied ones apart")
    supplier_shares: Draws = fixed("fraction", "shares of Russia, EU and rest in what is neither energy nor Chinese")
    usual_export_ratio: Draws = fixed("fraction", "exports made with imported parts over GDP at the origin")
    base_gas: Draws = fixed("USD mn a month", "bill for Russian energy but crude at the origin")
    opening_subsidy: Draws = fixed("USD mn a month", "Russian subsidy of it at the origin")
    energy: Draws = state("USD mn a month", "bill for Russian energy")
    wanted: Draws = state("USD mn a month", "imports that income calls for", indicator="imports_wanted")
    tied: Draws = state("USD mn a month", "tied goods that arrive", indicator="tied_imports")
    china_wanted: Draws = state("USD mn a month", "Chinese goods wanted", indicator="chinese_goods_wanted")
    displaced: Draws = state(
        "USD mn a month", "ordinary Chinese goods that tied ones displace", indicator="displaced_chinese_goods"
    )
    equipment: Draws = state(
        "USD mn a month", "Chinese goods for Chinese investment", indicator="investment_goods_from_china"
    )
    equipment_from_elsewhere: Draws = state(
        "USD mn a month", "goods of the European Union for what events invest from elsewhere than China"
    )
    china_ordinary: Draws = state("USD mn a month", "ordinary Chinese goods", indicator="ordinary_imports_from_china")
    russia_goods: Draws = state("USD mn a month", "Russian goods without energy")
    eu: Draws = state("USD mn a month", "goods of the European Union", indicator="imports_from_eu")
    rest: Draws = state("USD mn a month", "goods of the rest of the world", indicator="imports_from_rest")
    ordinary: Draws = state("USD mn a month", "what can be cut: neither energy nor tied goods")
    total: Draws = state("USD mn a month", "goods imports", indicator="total_imports")
    usual: Draws = state("USD mn a month", "goods imports, moving average over some years")
    planned: Draws = state("USD mn a month", "goods imports before any cut")
    cut: Draws = state("USD mn a month", "what could not be paid", indicator="import_cut")

    def __init__(self, belarus: Belarus, opening: TradeOpening):
        super().__init__(belarus)
        self.belarus = belarus
        p, error_of = self.parameters.trade, self.world.shocks.error_of
        self.energy_share = opening.energy_share
        error = at_origin(spread=p.china_share_noise, error=error_of("importers.china_share"))
        self.china_share = opening.china_share * exp(error)
        self.supplier_shares = opening.supplier_shares
        made = opening.exports_russia + opening.exports_eu + opening.exports_rest + opening.exports_china
        self.usual_export_ratio = made / belarus.base_gdp
        self.base_gas = (1 - self.parameters.oil.crude_share) * opening.energy
        self.opening_subsidy = (1 - self.parameters.oil.subsidy_share) * self.world.russia.government.base_subsidy
        self.tied = opening.tied
        self.equipment = self.equipment_from_elsewhere = self.cut = self.full(0.0)
        self.propensity = opening.propensity
        self._open_in_december(opening)
        self._divide(self.wanted - self.energy)
        self.planned, self.usual = self.total, self.full(opening.usual_imports)

    def _open_in_december(self, opening: TradeOpening) -> None:
        """Goods of December: the year's with ordinary growth and what lasts of the known departure, less energy.

        Ordinary is usual growth of output and of prices, by which dollar GDP of December lies above its year as well.
        The propensity is the one that makes them so; from there it goes back to its mean. Energy is at December's oil.
        """
        p, env = self.parameters.trade, self.world.environment
        of_year = opening.propensity * self.belarus.base_gdp
        refineries, oil = self.belarus.refineries, opening.oil_of_quarter
        crude = (opening.energy - self.base_gas) * refineries.crude / refineries.base_crude
        energy_of_quarter = crude * exp(oil) + self._gas_at(exp(oil), self.full(0.0))
        finance = self.parameters.finance
        growth = log1p(finance.trend_growth / PERCENT) + finance.dollar_inflation
        beyond = trade.beyond_ordinary(momentum=opening.imports_momentum, growth=growth)
        goods = at_least(
            of_year * exp(DECEMBER_AFTER_MEAN * growth + p.momentum * beyond) - energy_of_quarter,
            p.least_goods * (of_year - opening.energy),
        )
        self.propensity = opening.propensity * goods / self._goods_by_income()
        self.energy = refineries.crude_bill + self._gas_at(env.real_oil / env.base_oil, self.belarus.output)
        self.wanted = goods + self.energy

    def _gas_at(self, oil: Draws, output: Draws) -> Draws:
        """Gas of the origin's rule and prices at an oil price over that of the year, and at an output, log."""
        subsidy = self.opening_subsidy * oil
        market = trade.energy_market_value(
            base=self.base_gas + self.opening_subsidy,
            oil=oil,
            base_oil=self.full(1.0),
            oil_elasticity=self.parameters.oil.gas_oil_elasticity,
            real_growth=output,
            income_elasticity=self.parameters.trade.energy_income_elasticity,
        )
        return trade.energy_bill(
            market_value=market,
            subsidy=subsidy,
            full_subsidy=subsidy,
            pass_through=self.parameters.oil.gas_pass_through,
        )

    @property
    def gas_price(self) -> Draws:
        """What gas costs over the price of the origin, dollar inflation apart; plants that save it do not move it."""
        elasticity = self.parameters.trade.energy_income_elasticity
        burnt = self.base_gas * exp(elasticity * self.belarus.output) * (1 - self.belarus.projects.gas_saved)
        result: Draws = (self.energy - self.belarus.refineries.crude_bill) / burnt / self.world.environment.price_level
        return result

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
        self.ordinary = self.russia_goods + self.china_ordinary + self.eu + self.rest
        self.total = self.energy + self.tied + self.ordinary

    def order(self) -> None:
        """Imports the month calls for, before any cut."""
        goods = self._demand_goods()
        self._order_energy()
        self.wanted = goods + self.energy
        self.china_share = self._chinese_share()
        self.tied = self.world.china.policy_banks.tied_goods
        content, investors = self.parameters.trade.fdi_import_content, self.world.china.investors
        self.equipment = content * (investors.instead_of_loans + investors.arranged)
        self.equipment_from_elsewhere = content * self.board.events(event_path.INVESTED, events.ELSEWHERE)
        self._divide(goods)
        self.planned = self.total

    def _demand_goods(self) -> Draws:
        """Goods but energy that income, exports and works at home call for; the propensity eases with reserves."""
        p, country = self.parameters.trade, self.belarus
        self.propensity = trade.import_propensity(
            propensity=self.propensity,
            mean=p.import_propensity,
            ease=p.propensity_reserves,
            cover_gap=country.government.cover - self.parameters.finance.reserve_target,
            largest_cover_gap=p.largest_cover_gap,
            speed=p.propensity_speed,
            noise=p.propensity_noise * YEARLY_TO_MONTHLY * self.world.shock("importers.propensity"),
        )
        works = self.parameters.finance.works_import_content * country.projects.works
        wanted: Draws = self._goods_by_income() * exp(country.banks_and_firms.spending) + works
        return np.maximum(wanted, 0.0)

    def _goods_by_income(self) -> Draws:
        """Goods but energy at the present propensity; exports that call for parts are all but potash and oil."""
        p, country = self.parameters.trade, self.belarus
        return trade.imports_but_energy(
            propensity=self.propensity,
            energy_share=self.energy_share,
            gdp=country.gdp,
            exports=country.exporters.made_with_parts,
            usual_export_ratio=self.usual_export_ratio,
            import_content=p.import_content,
            real_exchange_rate=country.exchange_rate - country.base_exchange_rate,
            price_response=p.devaluation_response,
        )

    def _order_energy(self) -> None:
        """Russian energy: crude as refined; gas by oil and output, less what Russia subsidizes and plants save."""
        p, russia, env = self.parameters.oil, self.world.russia.government, self.world.environment
        market = trade.energy_market_value(
            base=(self.base_gas + self.opening_subsidy) * env.price_level,
            oil=env.real_oil,
            base_oil=env.base_oil,
            oil_elasticity=p.gas_oil_elasticity,
            real_growth=self.belarus.output,
            income_elasticity=self.parameters.trade.energy_income_elasticity,
        )
        gas = trade.energy_bill(
            market_value=market,
            subsidy=(1 - p.subsidy_share) * russia.subsidy,
            full_subsidy=(1 - p.subsidy_share) * russia.full_subsidy,
            pass_through=p.gas_pass_through,
        )
        self.energy = self.belarus.refineries.crude_bill + gas * (1 - self.belarus.projects.gas_saved)

    def _divide(self, goods: Draws) -> None:
        """Goods but energy by supplier: tied ones displace a part of the Chinese ones; investors bring equipment."""
        self.china_wanted = self.china_share * goods
        self.displaced = trade.displaced(
            tied_imports=self.tied, additionality=self.parameters.loans.additionality, ordinary=self.china_wanted
        )
        self.china_ordinary = self.china_wanted - self.displaced + self.equipment
        self.russia_goods, self.eu, self.rest = (share * (goods - self.china_wanted) for share in self.supplier_shares)
        self.eu = self.eu + self.equipment_from_elsewhere
        self._add_up()

    def _chinese_share(self) -> Draws:
        """Share of Chinese goods in imports but energy: it climbs to its ceiling, and what moves it lasts."""
        p, world = self.parameters.trade, self.world
        return trade.china_share(
            share=self.china_share,
            ceiling=p.china_share_ceiling,
            speed=p.china_share_speed,
            speed_up=p.fta_speed * self.board["china.fta_with_eeu"],
            noise=p.china_share_noise * YEARLY_TO_MONTHLY * world.shock("importers.china_share"),
            largest=p.largest_trend_share,
        )

    def buy(self, cut: np.ndarray) -> None:
        """Book the imports of the month, the ordinary ones cut by an amount that could not be paid."""
        self.cut = cut
        keep = 1 - cut / at_least(self.ordinary, TINY)
        self.russia_goods, self.eu, self.rest = self.russia_goods * keep, self.eu * keep, self.rest * keep
        self.china_ordinary = self.china_ordinary * keep
        self._add_up()
        self.usual = self.usual + (self.total - self.usual) / self.parameters.finance.import_memory
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
