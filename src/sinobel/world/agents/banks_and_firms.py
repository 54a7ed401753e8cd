"""Banks and firms of Belarus: the private side of the external accounts, which closes them from month to month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.policies import event_path, events
from sinobel.world import ledger
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import BELARUS, OTHER_CREDITORS, REST
from sinobel.world.opening.finance import FinanceOpening
from sinobel.world.rules import external_accounts
from sinobel.world.rules.environment import around_mean
from sinobel.world.rules.rates import decay_a_month, share_left, spread_a_month
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


class BanksAndFirms(Institution):
    """Earn abroad, borrow with the trade, spend what comes in, attract investment. USD mn a month."""

    income_level: Draws = fixed(
        "USD mn a month", "income and other current items around which they swing, at prices of the origin"
    )
    income: Draws = state("USD mn a month", "income and other current items, interest apart")
    balance: Draws = state(
        "USD mn a month", "goods, services and income without what the state pays", indicator="private_balance"
    )
    spending: Draws = state("log", "imports that easy or tight money adds to what income calls for")
    used_to: Draws = state("index 0-1", "risk of the country that they have become used to")
    other_capital_level: Draws = state(
        "USD mn a month", "other capital beyond what trade calls for, at prices of the origin; it fades"
    )
    swing_of_capital: Draws = state("USD mn a month", "swing of other capital")
    other_capital: Draws = state("USD mn a month", "other capital", indicator="other_capital")
    not_renewed: Draws = state("USD mn a month", "private finance that is not renewed as risk rises")
    base_fdi: Draws = fixed("USD mn a month", "direct investment from elsewhere at the origin")
    usual_fdi: Draws = state("USD mn a month", "what of it no event brings")
    fdi: Draws = state("USD mn a month", "direct investment from elsewhere", indicator="fdi_from_elsewhere")

    def __init__(self, belarus: Belarus, books: FinanceOpening):
        super().__init__(belarus)
        self.belarus = belarus
        nothing = self.full(0.0)
        self.income = self.income_level = self.full(books.income)
        self.other_capital = self.other_capital_level = self.full(books.other_capital)
        self.balance = self.swing_of_capital = self.spending = self.fdi = self.usual_fdi = self.not_renewed = nothing
        self.base_fdi = self.full(books.other_fdi)
        self.used_to = self.full(0.0)  # the risk of the origin, as soon as the government is there

    def act(self) -> None:
        """Income, other capital and direct investment, which close the accounts together with public borrowing."""
        self._earn_abroad()
        self._balance_trade()
        self._move_capital()
        self._attract_investment()

    def _earn_abroad(self) -> None:
        """Income and other current items swing around the level of the origin, which keeps its worth."""
        p, level = self.parameters.finance, self.world.environment.price_level
        self.income = around_mean(
            level=self.income,
            mean=self.income_level * level,
            persistence=p.flow_persistence,
            spread=p.income_spread * level / MONTHS_PER_YEAR,
            shock=self.world.shock("belarus.income"),
        )
        self.world.money.pay_net("income and other", REST, BELARUS, self.income)

    def _balance_trade(self) -> None:
        """What was earned less what is bought but for tied goods; what comes in beyond the usual is spent.

        When lenders doubt the country, credit is scarce at home too, and less is bought before reserves are gone; doubt
        that stays wears off.
        """
        p, country = self.parameters.finance, self.belarus
        exporters, importers = country.exporters, country.importers
        bought = importers.planned - importers.tied
        doubt = country.government.risk - self.used_to
        self.used_to = self.used_to + decay_a_month(p.caution_memory) * doubt
        paid = country.government.profits + country.foreign_owners.profits + country.refineries.duty
        self.balance = exporters.total + exporters.services + self.income - paid - bought
        self.spending = external_accounts.spending_of_surplus(
            spending=self.spending,
            balance=self.balance,
            usual_balance=(p.usual_balance + p.caution * doubt) * country.gdp,
            imports=at_least(bought, TINY),
            speed=p.spending_speed,
            largest=p.largest_spending,
        )

    def _move_capital(self) -> None:
        """Trade brings finance with it; the rest fades and swings; other public debt is rolled over."""
        p, money, government = self.parameters.finance, self.world.money, self.belarus.government
        size = self.belarus.gdp / self.belarus.base_gdp
        self.other_capital_level = self.other_capital_level * share_left(p.other_capital_fade)
        self.swing_of_capital = around_mean(
            level=self.swing_of_capital,
            mean=0.0,
            persistence=p.flow_persistence,
            spread=p.other_capital_spread * size / MONTHS_PER_YEAR,
            shock=self.world.shock("belarus.other_capital"),
        )
        government.count_spare_reserves()
        self.not_renewed = external_accounts.flight_from_risk(
            flight=p.capital_flight,
            yearly_gdp=MONTHS_PER_YEAR * self.belarus.gdp,
            rise=government.risk - government.last_risk,
        )
        finance = external_accounts.private_finance(
            balance=self.balance,
            usual_part=p.private_finance,
            spare=government.spare,
            largest_outflow=p.largest_outflow * self.belarus.gdp,
            not_renewed=self.not_renewed,
        )
        other_debt = np.maximum(
            spread_a_month(p.other_debt_spread) * size * self.world.shock("belarus.other_debt"),
            -money.claims[ledger.OTHER],
        )
        taken_over = government.treasury.take_over()
        money.pay("loan", OTHER_CREDITORS, BELARUS, np.maximum(other_debt, 0.0) + taken_over, claim=ledger.OTHER)
        money.pay("principal", BELARUS, OTHER_CREDITORS, np.maximum(-other_debt, 0.0), claim=ledger.OTHER)
        level = self.other_capital_level * self.world.environment.price_level
        self.other_capital = level + self.swing_of_capital + finance - other_debt - taken_over
        money.pay_net("other capital", REST, BELARUS, self.other_capital)

    def _attract_investment(self) -> None:
        """Direct investment from elsewhere than China: with output and reform, less with risk, more with the Union."""
        p, government = self.parameters.finance, self.belarus.government
        self.usual_fdi = external_accounts.direct_investment(
            base=self.base_fdi * exp(self.belarus.output) * self.world.environment.price_level,
            reform_weight=p.fdi_reform,
            reform=government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            risk_weight=p.fdi_risk,
            risk=government.risk,
            usual_risk=government.opening_risk,
            pull=p.fdi_proximity * (self.world.eu.access - self.world.eu.opening_access),
            noise=p.fdi_spread * self.world.yearly_normal("belarus.fdi"),
            least=p.least_investment,
            largest=p.largest_investment,
        )
        self.fdi = self.usual_fdi + self.board.events(event_path.INVESTED, events.ELSEWHERE)
        self.world.money.pay("direct investment", REST, BELARUS, self.fdi)
