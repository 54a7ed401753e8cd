"""What a world is asked: the value of every indicator in the month that has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

import numpy as np

from sinobel.inputs.indicators import ratios, recorded_names
from sinobel.world.agents import creditor_accounts, national_accounts
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.agents.untied_offers import CHINA, DEVELOPMENT, FUND, MARKETS, RUSSIA
from sinobel.world.ledger import ARREARS, BONDS, CHINESE_STOCKS, MINE_STOCK, MULTI, OTHER, RUSSIAN, TIED, UNTIED
from sinobel.world.places import declarations
from sinobel.world.rules import potash_market

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

    @property
    def opening(self) -> national_accounts.Opening:
        """What the record of the origin says."""


class Sight:
    """The agents and books of a world under short names, for the table of indicators below."""

    def __init__(self, world: Readable):
        self.world = world
        self.env = world.environment
        self.belarus = world.belarus
        self.china = world.china
        self.mine = self.belarus.belaruskali
        self.refineries = self.belarus.refineries
        self.exporters = self.belarus.exporters
        self.importers = self.belarus.importers
        self.government = self.belarus.government
        self.treasury = self.government.treasury
        self.banks = self.china.policy_banks
        self.buyers = self.china.potash_buyers
        self.claims = world.money.claims
        self.rates_asked = self.government.debt_office.rates_agreed

    @property
    def payments_abroad(self) -> np.ndarray:
        """Profits of owners abroad and duty passed on to Russia."""
        return self.government.profits + self.belarus.foreign_owners.profits + self.refineries.duty

    @property
    def income(self) -> np.ndarray:
        """Income from abroad and other current items on balance."""
        result: np.ndarray = self.belarus.banks_and_firms.income - self.treasury.interest_paid - self.payments_abroad
        return result


Reading = Callable[[Sight], np.ndarray]

TRADE: Mapping[str, Reading] = {
    "exports_to_china": lambda see: see.exporters.china,
    "imports_from_china": lambda see: see.importers.china,
    "balance_with_china": lambda see: see.exporters.china - see.importers.china,
    "exchange_rate_effect_on_imports": lambda see: see.importers.exchange_rate_effect,
    "exchange_rate_effect_on_other_exports": lambda see: see.exporters.exchange_rate_effect,
    "oil_product_exports": lambda see: see.refineries.exports,
    "total_exports": lambda see: see.exporters.total,
    "imports_from_russia": lambda see: see.importers.russia,
    "exports_to_eu": lambda see: see.exporters.eu,
    "exports_to_rest": lambda see: see.exporters.rest,
    "transit_income": lambda see: see.exporters.transit,
}
"""Goods by partner, and transit."""

POTASH: Mapping[str, Reading] = {
    "potash_mine_stock": lambda see: see.world.tonnes.stocks[MINE_STOCK],
    "potash_stock_in_china": lambda see: see.world.tonnes.stocks[CHINESE_STOCKS],
    "without_contract": lambda see: 1.0 - see.buyers.has_contract,
    "market_closed": lambda see: see.buyers.closed * 1.0,
    "potash_first_price": lambda see: see.buyers.talks.benchmark,
    "potash_led_by_belaruskali": lambda see: see.buyers.talks.led[0] * 1.0,
    "potash_led_by_uralkali": lambda see: see.buyers.talks.led[1] * 1.0,
    "potash_led_by_canpotex": lambda see: see.buyers.talks.led[2] * 1.0,
    "potash_revenue": lambda see: see.mine.revenue,
    "potash_duty": lambda see: see.mine.duty_paid,
    "chinese_potash_bill": lambda see: potash_market.cost_to_farms(
        use=see.buyers.use,
        missing=see.buyers.missing,
        price=see.buyers.contract_price,
        elasticity=see.world.parameters.potash.chinese_demand_price_elasticity,
    ),
    "crop_price_index": lambda see: see.env.crops[-1],
}
"""Stocks, contract and revenue of potash; crop prices."""

CHINESE_MONEY: Mapping[str, Reading] = {
    "loan_disbursements": lambda see: see.banks.release + see.government.borrowed[UNTIED],
    "project_capital": lambda see: see.belarus.projects.capital,
    "undrawn_commitments": lambda see: see.banks.undrawn,
    "debt_to_china": lambda see: see.claims[TIED] + see.claims[UNTIED],
    "tied_debt_to_china": lambda see: see.claims[TIED],
    "principal_to_china": lambda see: see.banks.principal + see.treasury.untied_principal,
    "interest_to_china": lambda see: see.banks.interest + see.treasury.untied_interest,
    "old_principal_to_china": lambda see: creditor_accounts.principal_of_old_loans(see.banks),
    "net_transfer_from_china": lambda see: (
        see.banks.release
        + see.government.borrowed[UNTIED]
        - see.banks.principal
        - see.treasury.untied_principal
        - see.banks.interest
        - see.treasury.untied_interest
        - see.treasury.rescheduling_fee
    ),
    "untied_loans_from_china": lambda see: see.government.borrowed[UNTIED],
    "contractor_rents": lambda see: creditor_accounts.contractor_rents(see.banks),
    "chinese_lending_return": lambda see: creditor_accounts.lending_return(see.banks, see.belarus),
}
"""Loans of China, tied and untied, and what they cost."""

ACCOUNTS: Mapping[str, Reading] = {
    "income_and_other": lambda see: see.income,
    "reserves": lambda see: see.government.reserves,
    "reserve_cover": lambda see: see.government.cover,
    "external_public_debt": lambda see: see.government.debt,
    "external_state_debt": lambda see: see.government.debt * see.world.state_debt_share,
    "debt_to_russia": lambda see: see.claims[RUSSIAN],
    "debt_to_multilaterals": lambda see: see.claims[MULTI],
    "bonds": lambda see: see.claims[BONDS],
    "other_public_debt": lambda see: see.claims[OTHER],
    "arrears": lambda see: see.claims[ARREARS],
    "untied_borrowing": lambda see: see.government.untied_borrowing,
    "principal_to_russia": lambda see: see.treasury.principal_on[RUSSIAN],
    "interest_to_russia": lambda see: see.treasury.interest_on[RUSSIAN],
    "principal_to_multilaterals": lambda see: see.treasury.principal_on[MULTI],
    "interest_to_multilaterals": lambda see: see.treasury.interest_on[MULTI],
    "principal_on_bonds": lambda see: see.treasury.principal_on[BONDS],
    "interest_on_bonds": lambda see: see.treasury.interest_on[BONDS],
}
"""Income, reserves and debts of Belarus."""

TERMS: Mapping[str, Reading] = {
    "rate_asked_by_russia": lambda see: see.rates_asked[RUSSIA],
    "rate_asked_by_development_banks": lambda see: see.rates_asked[DEVELOPMENT],
    "rate_asked_by_imf": lambda see: see.rates_asked[FUND],
    "rate_asked_by_markets": lambda see: see.rates_asked[MARKETS],
    "rate_asked_by_china": lambda see: see.rates_asked[CHINA],
}
"""What lenders of untied money ask."""

LIVING: Mapping[str, Reading] = {
    "real_gdp": lambda see: national_accounts.real_gdp(see.belarus),
    "trading_gain": lambda see: national_accounts.trading_gain(see.belarus, see.world.opening),
    "absorption_per_head": lambda see: national_accounts.absorption_per_head(see.belarus, see.world.opening),
    "income_per_head": lambda see: national_accounts.income_per_head(see.belarus, see.world.opening, see.income),
}
"""Output, what is consumed and invested, and the income that lasts, at prices of the origin."""


def _declared() -> dict[str, Reading]:
    """Those that are a piece of state as it stands: its declaration names the indicator."""

    def reading(place: str, name: str) -> Reading:
        found = attrgetter(f"{place}.{name}")
        return lambda see: found(see.world)

    return {each.indicator: reading(place, name) for place, name, each in declarations() if each.indicator}


@cache
def readings() -> dict[str, Reading]:
    """How each indicator of `model/indicators.toml` is read, ratios aside; arrays over draws."""
    return {**_declared(), **TRADE, **POTASH, **CHINESE_MONEY, **ACCOUNTS, **TERMS, **LIVING}


def observe(world: Readable, names: Iterable[str] | None = None) -> dict[str, np.ndarray]:
    """Indicators of the month that has ended by name, without ratios; all of them unless some are named."""
    see, table = Sight(world), readings()
    return {name: table[name](see) for name in (table if names is None else names)}


def read(world: Readable, name: str) -> np.ndarray:
    """One indicator of the month that has ended, a ratio or not; (draws,)."""
    parts = observe(world, recorded_names([name]))
    return parts[name] if name in parts else ratios(name, parts, yearly=False)
