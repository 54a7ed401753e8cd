"""What a world is asked every month: the value of every indicator, written down as it runs, as months and as years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sinobel.runs.trajectories import LOAN_MEASURES, RECORDED_PER_YEAR, ratios, recorded_names, to_years
from sinobel.world.ledger import ARREARS, BONDS, CHINESE_STOCKS, MINE_STOCK, MULTI, OTHER, RUSSIAN, TIED, UNTIED

if TYPE_CHECKING:
    from sinobel.policies.lever_path import Rule
    from sinobel.world.world import World


class Sight:
    """The agents and books of a world under short names, for the table of indicators below."""

    def __init__(self, world: World):
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


def observe(world: World, names: Iterable[str] | None = None) -> dict[str, np.ndarray]:
    """Indicators of the month that has ended by name, without ratios; all of them unless some are named."""
    see, table = Sight(world), readings()
    return {name: table[name](see) for name in (table if names is None else names)}


def read(world: World, name: str) -> np.ndarray:
    """One indicator of the month that has ended, a ratio or not; (draws,)."""
    parts = observe(world, recorded_names([name]))
    return parts[name] if name in parts else ratios(name, parts, yearly=False)


class Recorder:
    """Values of chosen indicators while a world runs: months as they come, and years folded from them.

    recorded  indicators to record, without ratios
    shown     indicators to fold into years, ratios among them
    draws     number of futures
    months    array (recorded, months, draws) that is filled, or None
    years     array (shown, years, draws) that is filled, or None
    loans     array (measures, loans, draws) that is filled at the horizon, or None
    held      array (rules, years, draws) of the months in which each rule held, or None
    rules     the rules in the order of `held`
    """

    def __init__(
        self, recorded: Sequence[str], shown: Sequence[str], draws: int, months: np.ndarray | None = None,
        years: np.ndarray | None = None, loans: np.ndarray | None = None, held: np.ndarray | None = None,
        *, rules: Sequence[tuple[str, Rule]] = (),
    ):  # fmt: skip
        self.recorded, self.shown = list(recorded), list(shown)
        self.months, self.years, self.loans, self.held = months, years, loans, held
        self.rules = list(rules)
        self._year = np.empty((len(self.recorded), RECORDED_PER_YEAR, draws)) if years is not None else None

    def record(self, world: World) -> None:
        """Write down the month the world has just finished; a year that is folded leaves its months in December."""
        place = world.place
        observed = observe(world, self.recorded)
        year, month = divmod(place, RECORDED_PER_YEAR)
        sheet, column = (self.months, place) if self._year is None else (self._year, month)
        if sheet is not None:
            for row, name in enumerate(self.recorded):
                sheet[row, column] = observed[name]
        if self._year is not None and self.years is not None and month == RECORDED_PER_YEAR - 1:
            if self.months is not None:
                self.months[:, place - month : place + 1] = self._year
            folded = to_years(self.recorded, self._year)
            for row, name in enumerate(self.shown):
                self.years[row, year] = folded[name][0]
        if self.held is not None:
            for row, draws in world.levers.holding(world.month, world.memory):
                self.held[row, year] += draws
        if self.loans is not None and not world.running:
            lives = world.china.policy_banks.lives()
            for row, name in enumerate(LOAN_MEASURES):
                self.loans[row] = lives[name]

    def checkpoint(self) -> Recorder:
        """What is needed to go on from here in another scenario: finished months and years are never written again."""
        twin = copy(self)
        twin.held = None if self.held is None else self.held.copy()  # the year that runs is still added to
        twin._year = None if self._year is None else self._year.copy()
        return twin

    def take_over(self, other: Recorder, months: int) -> None:
        """Begin with the first months of another recorder, for a scenario that departs after them."""
        if self.months is not None and other.months is not None:
            self.months[:, :months] = other.months[:, :months]
        if self.years is not None and other.years is not None:
            finished = months // RECORDED_PER_YEAR
            self.years[:, :finished] = other.years[:, :finished]
        if self.loans is not None and other.loans is not None:
            self.loans[:] = other.loans  # overwritten at the horizon by a scenario that goes its own way
        if self.held is not None and other.held is not None:
            for row, rule in enumerate(self.rules):  # until the departure both follow the same rules
                if rule in other.rules:
                    self.held[row] = other.held[other.rules.index(rule)]
        if self._year is not None and other._year is not None:
            self._year[:] = np.tile(other._year, self._year.shape[-1] // other._year.shape[-1])
