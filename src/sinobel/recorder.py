"""What a world is asked every month: the value of every indicator, written down as it runs, as months and as years."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from sinobel.ledger import ARREARS, BONDS, CHINESE_STOCKS, MINE_STOCK, MULTI, OTHER, RUSSIAN, TIED, UNTIED
from sinobel.trajectories import RECORDED_PER_YEAR, to_years

if TYPE_CHECKING:
    from sinobel.world import World


def observe(world: World) -> dict[str, np.ndarray]:
    """Every indicator of the month by name, arrays over draws; names as in `model/indicators.toml`."""
    belarus, china, env = world.belarus, world.china, world.environment
    mine, exporters, importers = belarus.belaruskali, belarus.exporters, belarus.importers
    government, banks, buyers = belarus.government, china.policy_banks, china.potash_buyers
    claims, russia = world.money.claims, world.russia.government
    debt_to_china = claims[TIED] + claims[UNTIED]
    exports, imports, debt = exporters.total, importers.total, government.debt
    return {
        "exports_to_china": exporters.china,
        "imports_from_china": importers.china,
        "balance_with_china": exporters.china - importers.china,
        "potash_exports_to_china": mine.china_revenue,
        "other_exports_to_china": exporters.china_goods,
        "ordinary_imports_from_china": importers.china_ordinary,
        "tied_imports": importers.tied,
        "imports_wanted": importers.wanted,
        "chinese_goods_wanted": importers.china_wanted,
        "displaced_chinese_goods": importers.displaced,
        "investment_goods_from_china": importers.equipment,
        "exchange_rate_effect_on_imports": importers.exchange_rate_effect,
        "exchange_rate_effect_on_other_exports": exporters.exchange_rate_effect,
        "potash_contract_price": buyers.contract_price,
        "potash_spot_price": env.spot,
        "potash_volume_to_china": mine.shipped,
        "potash_volume_elsewhere": mine.sold_elsewhere,
        "potash_landed_in_china": buyers.landed,
        "potash_output": mine.output,
        "potash_mine_stock": world.tonnes.stocks[MINE_STOCK],
        "potash_stock_in_china": world.tonnes.stocks[CHINESE_STOCKS],
        "chinese_potash_imports": buyers.imports,
        "chinese_potash_use": buyers.use,
        "potash_tightness": env.tightness,
        "months_without_contract": buyers.months_waited,
        "without_contract": 1.0 - buyers.has_contract,
        "market_closed": buyers.closed * 1.0,
        "potash_revenue": mine.revenue,
        "loan_pledges": banks.pledges,
        "loan_commitments": banks.committed,
        "loan_disbursements": banks.release + government.borrowed[UNTIED],
        "undrawn_commitments": banks.undrawn,
        "lapsed_commitments": banks.lapsed,
        "debt_to_china": debt_to_china,
        "tied_debt_to_china": claims[TIED],
        "principal_to_china": banks.principal + government.untied_principal,
        "interest_to_china": banks.interest + government.untied_interest,
        "net_transfer_from_china": banks.release
        + government.borrowed[UNTIED]
        - banks.principal
        - government.untied_principal
        - banks.interest
        - government.untied_interest,
        "principal_put_off": banks.rescheduled,
        "untied_loans_signed": banks.untied_signed,
        "untied_loans_from_china": government.borrowed[UNTIED],
        "effective_loan_cost": banks.loan_cost,
        "grant_element": banks.gift,
        "guarantees_called": banks.called,
        "total_exports": exports,
        "total_imports": imports,
        "exports_to_russia": exporters.russia,
        "imports_from_russia": importers.russia,
        "exports_to_eu": exporters.eu,
        "imports_from_eu": importers.eu,
        "exports_to_rest": exporters.rest,
        "imports_from_rest": importers.rest,
        "services_balance": exporters.services,
        "income_and_other": government.income - government.interest_paid - government.profits,
        "current_account": government.current_account,
        "other_capital": government.other_capital,
        "stake_receipts": government.stake_receipts,
        "reserves": government.reserves,
        "reserve_cover": government.cover,
        "gdp": belarus.gdp,
        "gdp_growth": belarus.growth,
        "real_exchange_rate_gap": belarus.exchange_rate,
        "external_public_debt": debt,
        "external_state_debt": debt * world.state_debt_share,
        "debt_to_russia": claims[RUSSIAN],
        "debt_to_multilaterals": claims[MULTI],
        "bonds": claims[BONDS],
        "other_public_debt": claims[OTHER],
        "arrears": claims[ARREARS],
        "untied_borrowing": government.untied_borrowing,
        "debt_service": government.service,
        "import_cut": importers.cut,
        "fdi_from_china": china.investors.fdi,
        "fdi_from_elsewhere": government.fdi,
        "russian_energy_subsidy": russia.subsidy,
        "solvency_risk": government.risk,
        "reform": government.reform,
        "tension_with_russia": russia.tension,
        "partnership_with_china": china.partnership,
        "eu_access": world.eu.access,
        "eu_sanctions": world.eu.sanctions,
        "dependence_on_russia": belarus.dependence_on_russia,
        "dependence_on_china": belarus.dependence_on_china,
        "oil_price": env.oil,
        "crop_price_index": env.crops[-1],
        "growth_russia": env.russia_growth,
        "growth_china": env.china_growth,
        "growth_eu": env.eu_growth,
    }


class Recorder:
    """Values of chosen indicators while a world runs: months as they come, and years folded from them.

    recorded  indicators to record, without ratios
    shown     indicators to fold into years, ratios among them
    draws     number of futures
    months    array (recorded, months, draws) that is filled, or None
    years     array (shown, years, draws) that is filled, or None
    """

    def __init__(
        self, recorded: Sequence[str], shown: Sequence[str], draws: int, months: np.ndarray | None = None,
        years: np.ndarray | None = None,
    ):  # fmt: skip
        self.recorded, self.shown = list(recorded), list(shown)
        self.months, self.years = months, years
        self._year = np.empty((len(self.recorded), RECORDED_PER_YEAR, draws)) if years is not None else None

    def record(self, world: World) -> None:
        """Write down the month the world has just finished."""
        place = world.place
        observed = observe(world)
        for row, name in enumerate(self.recorded):
            if self.months is not None:
                self.months[row, place] = observed[name]
            if self._year is not None:
                self._year[row, place % RECORDED_PER_YEAR] = observed[name]
        if self._year is not None and self.years is not None and (place + 1) % RECORDED_PER_YEAR == 0:
            folded = to_years(self.recorded, self._year)
            for row, name in enumerate(self.shown):
                self.years[row, place // RECORDED_PER_YEAR] = folded[name][0]

    def checkpoint(self) -> Recorder:
        """What is needed to go on from here in another scenario: finished months and years are never written again."""
        twin = copy(self)
        twin._year = None if self._year is None else self._year.copy()
        return twin

    def take_over(self, other: Recorder, months: int) -> None:
        """Begin with the first months of another recorder, for a scenario that departs after them."""
        if self.months is not None and other.months is not None:
            self.months[:, :months] = other.months[:, :months]
        if self.years is not None and other.years is not None:
            finished = months // RECORDED_PER_YEAR
            self.years[:, :finished] = other.years[:, :finished]
        if other._year is not None:
            self._year = other._year.copy()
