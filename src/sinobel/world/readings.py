"""What a world is asked: the value of every indicator in the month that has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sinobel.inputs.indicators import ratios, recorded_names
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.ledger import ARREARS, BONDS, CHINESE_STOCKS, MINE_STOCK, MULTI, OTHER, RUSSIAN, TIED, UNTIED

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus
    from sinobel.world.agents.china import China
    from sinobel.world.agents.european_union import EuropeanUnion
    from sinobel.world.agents.russia import Russia
    from sinobel.world.environment import Environment


class Readable(Surroundings, Protocol):
    """Surroundings that hide nothing: countries with all their institutions."""

    state_debt_share: float
    environment: Environment
    belarus: Belarus
    china: China
    russia: Russia
    eu: EuropeanUnion


class Sight:
    """The agents and books of a world under short names, for the table of indicators below."""

    def __init__(self, world: Readable):
        self.world = world
        self.env = world.environment
        self.belarus = world.belarus
        self.china = world.china
        self.russia = world.russia.government
        self.mine = self.belarus.belaruskali
        self.exporters = self.belarus.exporters
        self.importers = self.belarus.importers
        self.government = self.belarus.government
        self.banks = self.china.policy_banks
        self.buyers = self.china.potash_buyers
        self.claims = world.money.claims


@cache
def readings() -> dict[str, Callable[[Sight], np.ndarray]]:
    """How each indicator of `model/indicators.toml` is read, ratios aside; arrays over draws."""
    return {
        "exports_to_china": lambda see: see.exporters.china,
        "imports_from_china": lambda see: see.importers.china,
        "balance_with_china": lambda see: see.exporters.china - see.importers.china,
        "potash_exports_to_china": lambda see: see.mine.china_revenue,
        "other_exports_to_china": lambda see: see.exporters.china_goods,
        "ordinary_imports_from_china": lambda see: see.importers.china_ordinary,
        "tied_imports": lambda see: see.importers.tied,
        "imports_wanted": lambda see: see.importers.wanted,
        "chinese_goods_wanted": lambda see: see.importers.china_wanted,
        "displaced_chinese_goods": lambda see: see.importers.displaced,
        "investment_goods_from_china": lambda see: see.importers.equipment,
        "exchange_rate_effect_on_imports": lambda see: see.importers.exchange_rate_effect,
        "exchange_rate_effect_on_other_exports": lambda see: see.exporters.exchange_rate_effect,
        "potash_contract_price": lambda see: see.buyers.contract_price,
        "potash_spot_price": lambda see: see.env.spot,
        "potash_volume_to_china": lambda see: see.mine.shipped,
        "potash_volume_elsewhere": lambda see: see.mine.sold_elsewhere,
        "potash_landed_in_china": lambda see: see.buyers.landed,
        "potash_output": lambda see: see.mine.output,
        "potash_mine_stock": lambda see: see.world.tonnes.stocks[MINE_STOCK],
        "potash_stock_in_china": lambda see: see.world.tonnes.stocks[CHINESE_STOCKS],
        "chinese_potash_imports": lambda see: see.buyers.imports,
        "chinese_potash_use": lambda see: see.buyers.use,
        "potash_tightness": lambda see: see.env.tightness,
        "months_without_contract": lambda see: see.buyers.months_waited,
        "without_contract": lambda see: 1.0 - see.buyers.has_contract,
        "market_closed": lambda see: see.buyers.closed * 1.0,
        "potash_revenue": lambda see: see.mine.revenue,
        "loan_pledges": lambda see: see.banks.pledges,
        "loan_commitments": lambda see: see.banks.committed,
        "loan_disbursements": lambda see: see.banks.release + see.government.borrowed[UNTIED],
        "undrawn_commitments": lambda see: see.banks.undrawn,
        "lapsed_commitments": lambda see: see.banks.lapsed,
        "debt_to_china": lambda see: see.claims[TIED] + see.claims[UNTIED],
        "tied_debt_to_china": lambda see: see.claims[TIED],
        "principal_to_china": lambda see: see.banks.principal + see.government.untied_principal,
        "interest_to_china": lambda see: see.banks.interest + see.government.untied_interest,
        "net_transfer_from_china": lambda see: (
            see.banks.release
            + see.government.borrowed[UNTIED]
            - see.banks.principal
            - see.government.untied_principal
            - see.banks.interest
            - see.government.untied_interest
        ),
        "principal_put_off": lambda see: see.banks.rescheduled,
        "untied_loans_signed": lambda see: see.banks.untied_signed,
        "untied_loans_from_china": lambda see: see.government.borrowed[UNTIED],
        "effective_loan_cost": lambda see: see.banks.loan_cost,
        "grant_element": lambda see: see.banks.gift,
        "guarantees_called": lambda see: see.banks.called,
        "total_exports": lambda see: see.exporters.total,
        "total_imports": lambda see: see.importers.total,
        "exports_to_russia": lambda see: see.exporters.russia,
        "imports_from_russia": lambda see: see.importers.russia,
        "exports_to_eu": lambda see: see.exporters.eu,
        "imports_from_eu": lambda see: see.importers.eu,
        "exports_to_rest": lambda see: see.exporters.rest,
        "imports_from_rest": lambda see: see.importers.rest,
        "services_balance": lambda see: see.exporters.services,
        "income_and_other": lambda see: see.government.income - see.government.interest_paid - see.government.profits,
        "current_account": lambda see: see.government.current_account,
        "other_capital": lambda see: see.government.other_capital,
        "stake_receipts": lambda see: see.government.stake_receipts,
        "reserves": lambda see: see.government.reserves,
        "reserve_cover": lambda see: see.government.cover,
        "gdp": lambda see: see.belarus.gdp,
        "gdp_growth": lambda see: see.belarus.growth,
        "real_exchange_rate_gap": lambda see: see.belarus.exchange_rate,
        "external_public_debt": lambda see: see.government.debt,
        "external_state_debt": lambda see: see.government.debt * see.world.state_debt_share,
        "debt_to_russia": lambda see: see.claims[RUSSIAN],
        "debt_to_multilaterals": lambda see: see.claims[MULTI],
        "bonds": lambda see: see.claims[BONDS],
        "other_public_debt": lambda see: see.claims[OTHER],
        "arrears": lambda see: see.claims[ARREARS],
        "untied_borrowing": lambda see: see.government.untied_borrowing,
        "debt_service": lambda see: see.government.service,
        "import_cut": lambda see: see.importers.cut,
        "fdi_from_china": lambda see: see.china.investors.fdi,
        "fdi_from_elsewhere": lambda see: see.government.fdi,
        "russian_energy_subsidy": lambda see: see.russia.subsidy,
        "solvency_risk": lambda see: see.government.risk,
        "reform": lambda see: see.government.reform,
        "tension_with_russia": lambda see: see.russia.tension,
        "partnership_with_china": lambda see: see.china.partnership,
        "eu_access": lambda see: see.world.eu.access,
        "eu_sanctions": lambda see: see.world.eu.sanctions,
        "dependence_on_russia": lambda see: see.belarus.dependence_on_russia,
        "dependence_on_china": lambda see: see.belarus.dependence_on_china,
        "oil_price": lambda see: see.env.oil,
        "crop_price_index": lambda see: see.env.crops[-1],
        "growth_russia": lambda see: see.env.russia_growth,
        "growth_china": lambda see: see.env.china_growth,
        "growth_eu": lambda see: see.env.eu_growth,
    }


def observe(world: Readable, names: Iterable[str] | None = None) -> dict[str, np.ndarray]:
    """Indicators of the month that has ended by name, without ratios; all of them unless some are named."""
    see, table = Sight(world), readings()
    return {name: table[name](see) for name in (table if names is None else names)}


def read(world: Readable, name: str) -> np.ndarray:
    """One indicator of the month that has ended, a ratio or not; (draws,)."""
    parts = observe(world, recorded_names([name]))
    return parts[name] if name in parts else ratios(name, parts, yearly=False)
