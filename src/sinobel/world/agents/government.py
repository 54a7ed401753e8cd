"""The government of Belarus: closes its accounts, chooses among lenders, devalues, sets the pace of reform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world import ledger
from sinobel.world.agents import untied_offers
from sinobel.world.agents.country import Institution
from sinobel.world.agents.untied_offers import LENDERS, Offers
from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import BELARUS, BONDS, MULTI, OTHER_CREDITORS, REST, RUSSIAN, UNTIED
from sinobel.world.opening.economy import FinanceOpening, service_of_debts
from sinobel.world.rules import external_accounts, lenders, loan_offers, politics
from sinobel.world.rules.environment import around_mean
from sinobel.world.rules.rates import share_left, spread_a_month
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


class Government(Institution):
    """Finances the gap, chooses among lenders, accepts or refuses tied loans, devalues, sets the pace of reform."""

    reform: Draws = state("index 0-1", "pace of reform", indicator="reform")
    income_level: Draws = fixed("USD mn a month", "income and other current items around which they swing")
    income: Draws = state("USD mn a month", "income and other current items, interest apart")
    other_capital_level: Draws = state("USD mn a month", "other capital around which it swings; it fades")
    other_capital: Draws = state("USD mn a month", "other capital", indicator="other_capital")
    swing_of_capital: Draws = state("USD mn a month", "swing of other capital")
    base_fdi: Draws = fixed("USD mn a month", "direct investment from elsewhere at the origin")
    fdi: Draws = state("USD mn a month", "direct investment from elsewhere", indicator="fdi_from_elsewhere")
    rates: dict[str, Draws] = state("fraction a year", "interest rate of the debt to each creditor")
    borrowed: dict[str, Draws] = state("USD mn a month", "borrowed from each lender of untied money")
    months_since_devaluation: Draws = state("months", "time since the last devaluation")
    stake: Draws = state("fraction", "share of Belaruskali that is sold")
    stake_receipts: Draws = state("USD mn a month", "receipts of the sale", indicator="stake_receipts")
    profits: Draws = state("USD mn a month", "profits that go to the owners of the share")
    service: Draws = state("USD mn a month", "interest and principal, all creditors", indicator="debt_service")
    service_average: Draws = state("USD mn a month", "moving average of the service over a year")
    interest_paid: Draws = state("USD mn a month", "interest to all creditors")
    untied_interest: Draws = state("USD mn a month", "interest on untied Chinese credit")
    untied_principal: Draws = state("USD mn a month", "principal of untied Chinese credit")
    shortage: Draws = state("USD mn a month", "what no lender and no reserve filled; slows growth a month later")
    arrears: Draws = state("USD mn a month", "new arrears")
    current_account: Draws = state("USD mn a month", "current account", indicator="current_account")
    last_reserves: Draws = state("USD mn", "reserves at the end of the last month")
    risk: Draws = state("index 0-1", "risk of insolvency as lenders see it", indicator="solvency_risk")
    opening_risk: Draws = fixed("index 0-1", "the same at the origin")

    def __init__(self, belarus: Belarus, books: FinanceOpening):
        super().__init__(belarus)
        p = self.parameters
        self.belarus = belarus
        self.reform = self.full(self.world.opening_board["belarus.reform"])
        self.income_level = self.full(books.income)
        self.income = self.income_level
        self.other_capital_level = self.full(books.other_capital)
        self.other_capital = self.other_capital_level
        self.swing_of_capital = self.full(0.0)
        self.base_fdi = self.full(books.other_fdi)
        self.rates = {
            RUSSIAN: p.finance.russia_rate,
            MULTI: p.finance.multilateral_rate,
            BONDS: p.finance.bond_rate,
            UNTIED: p.loans.untied_line_rate,
            ledger.OTHER: p.finance.other_rate,
        }
        self.months_since_devaluation = p.finance.since_devaluation
        nothing = self.full(0.0)
        self.stake = self.service = nothing
        self.service_average = service_of_debts(books.debts, p) / MONTHS_PER_YEAR
        self.borrowed = dict.fromkeys(LENDERS, nothing)
        self.shortage = self.arrears = self.fdi = self.stake_receipts = nothing
        self.interest_paid = self.current_account = self.profits = nothing
        self.untied_interest = self.untied_principal = nothing
        self.last_reserves = self.full(books.reserves)
        self.risk = self.opening_risk = self._risk()

    # --- what the government sees ---

    @property
    def reserves(self) -> np.ndarray:
        """International reserves, USD mn."""
        return self.world.money.stocks[BELARUS]

    @property
    def debt(self) -> np.ndarray:
        """Public and publicly guaranteed external debt, the sum over creditors, USD mn."""
        claims = self.world.money.claims
        total = claims[ledger.CLAIMS[0]]
        for name in ledger.CLAIMS[1:]:
            total = total + claims[name]
        return total

    @property
    def debt_ratio(self) -> np.ndarray:
        """Public external debt over a year's GDP."""
        result: np.ndarray = self.debt / (MONTHS_PER_YEAR * self.belarus.gdp)
        return result

    @property
    def cover(self) -> np.ndarray:
        """Reserves in months of goods imports."""
        result: np.ndarray = self.last_reserves / self.belarus.importers.total
        return result

    @property
    def cash_need(self) -> np.ndarray:
        """How badly cash is needed: 0 with reserves on target, 1 without reserves."""
        result: np.ndarray = np.clip(1 - self.cover / self.parameters.finance.reserve_target, 0.0, 1.0)
        return result

    @property
    def untied_borrowing(self) -> np.ndarray:
        """Borrowing of the month from all untied lenders."""
        total = self.borrowed[LENDERS[0]]
        for lender in LENDERS[1:]:
            total = total + self.borrowed[lender]
        result: np.ndarray = total
        return result

    # --- decisions of the month ---

    def accept(self, tied_share: np.ndarray) -> np.ndarray:
        """Share of the Chinese offer it signs: limit on the tied share, guarantees, debt ceiling."""
        return loan_offers.share_accepted(
            tied_share=tied_share,
            limit=self.board["belarus.tied_share_limit"],
            spread=self.parameters.loans.tied_share_spread,
            guarantee_stop=self.board["belarus.guarantee_stop"],
            guaranteed_share=self.parameters.loans.guaranteed_share,
            debt_ratio=self.debt_ratio,
            ceiling=self.board["belarus.debt_ceiling"],
            ceiling_width=self.parameters.finance.ceiling_width,
        )

    def receive_other_income(self) -> None:
        """Income, other capital and direct investment that close the accounts; owners abroad take their profits."""
        self._earn_abroad()
        self._move_capital()
        self._attract_investment()
        self.belarus.foreign_owners.take_profits()

    def _earn_abroad(self) -> None:
        """Income and other current items swing around the level of the origin."""
        p, level = self.parameters.finance, self.world.environment.price_level
        self.income = around_mean(
            level=self.income,
            mean=self.income_level,
            persistence=p.flow_persistence,
            spread=p.income_spread * level / MONTHS_PER_YEAR,
            shock=self.world.shock("belarus.income"),
        )
        self.world.money.pay_net("income and other", REST, BELARUS, self.income)

    def _move_capital(self) -> None:
        """Other capital fades and swings; a surplus of reserves flows out, and other debt is rolled over."""
        p, money, level = self.parameters.finance, self.world.money, self.world.environment.price_level
        self.other_capital_level = self.other_capital_level * share_left(p.other_capital_fade)
        self.swing_of_capital = around_mean(
            level=self.swing_of_capital,
            mean=0.0,
            persistence=p.flow_persistence,
            spread=p.other_capital_spread * level / MONTHS_PER_YEAR,
            shock=self.world.shock("belarus.other_capital"),
        )
        target = p.reserve_target * self.belarus.importers.total
        outflow = external_accounts.surplus_outflow(
            reserves=self.last_reserves, target=target, yearly_share=p.surplus_outflow
        )
        other_debt = np.maximum(
            spread_a_month(p.other_debt_spread) * level * self.world.shock("belarus.other_debt"),
            -money.claims[ledger.OTHER],
        )
        money.pay("loan", OTHER_CREDITORS, BELARUS, np.maximum(other_debt, 0.0), claim=ledger.OTHER)
        money.pay("principal", BELARUS, OTHER_CREDITORS, np.maximum(-other_debt, 0.0), claim=ledger.OTHER)
        self.other_capital = self.other_capital_level + self.swing_of_capital - outflow - other_debt
        money.pay_net("other capital", REST, BELARUS, self.other_capital)

    def _attract_investment(self) -> None:
        """Direct investment from elsewhere than China: with output and reform, less with risk, more with the Union."""
        p = self.parameters.finance
        self.fdi = external_accounts.direct_investment(
            base=self.base_fdi * np.exp(self.belarus.output) * self.world.environment.price_level,
            reform_weight=p.fdi_reform,
            reform=self.reform,
            usual_reform=self.parameters.politics.usual_reform,
            risk_weight=p.fdi_risk,
            risk=self.risk,
            usual_risk=self.opening_risk,
            pull=p.fdi_proximity * (self.world.eu.access - self.world.eu.opening_access),
            noise=p.fdi_spread * self.world.yearly_normal("belarus.fdi"),
            least=p.least_investment,
            largest=p.largest_investment,
        )
        self.world.money.pay("direct investment", REST, BELARUS, self.fdi)

    def sell_stake(self) -> None:
        """Sell or buy back a share of Belaruskali; its owners get their share of profits."""
        p, money, mine = self.parameters.finance, self.world.money, self.belarus.belaruskali
        wanted = self.board["belarus.stake_sale"]
        self.stake_receipts = (wanted - self.stake) * p.stake_value * MONTHS_PER_YEAR * mine.expected_revenue
        self.stake = self.full(wanted)
        money.pay_net("stake in Belaruskali", self.world.china.account, BELARUS, self.stake_receipts)
        to_debt = p.stake_debt_share * np.maximum(self.stake_receipts, 0.0)
        for claim in (BONDS, RUSSIAN):  # the dearest debt first
            retired = np.minimum(to_debt, money.claims[claim])
            money.pay("principal", BELARUS, ledger.CREDITOR[claim], retired, claim=claim)
            to_debt = to_debt - retired
        self.profits = self.stake * p.stake_profit * mine.revenue
        money.pay("profits", BELARUS, self.world.china.account, self.profits)

    def serve_debt(self) -> None:
        """Pay interest and principal to all creditors, and clear arrears bit by bit."""
        p, money, banks = self.parameters.finance, self.world.money, self.world.china.policy_banks
        interest, principal = banks.interest, banks.principal
        pace: dict[str, Number] = {  # other debt is rolled over; its net flow is inside other capital
            RUSSIAN: p.russia_amortization,
            MULTI: p.multilateral_amortization,
            BONDS: p.bond_amortization,
            UNTIED: 1 / (self.parameters.loans.grace + self.parameters.loans.repayment),
            ledger.OTHER: 0.0,
        }
        for claim, share in pace.items():
            owed, creditor = money.claims[claim], ledger.CREDITOR[claim]
            paid = owed * self.rates[claim] / MONTHS_PER_YEAR
            money.pay("interest", BELARUS, creditor, paid)
            interest = interest + paid
            repaid = external_accounts.amortization(stock=owed, yearly_share=share)
            money.pay("principal", BELARUS, creditor, repaid, claim=claim)
            principal = principal + repaid
            if claim == UNTIED:
                self.untied_interest, self.untied_principal = paid, repaid
                banks.collect_untied(paid, repaid)
        cleared = money.claims[ledger.ARREARS] / p.arrears_memory
        money.pay("arrears cleared", BELARUS, OTHER_CREDITORS, cleared, claim=ledger.ARREARS)
        self.interest_paid = interest
        self.service = interest + principal + cleared
        self.service_average = self.service_average + (self.service - self.service_average) / p.service_memory

    def close_the_gap(self) -> None:
        """Borrow what the plan for reserves needs; what no lender fills is met by reserves, import cuts, arrears."""
        p, importers = self.parameters.finance, self.belarus.importers
        target = p.reserve_target * importers.planned
        plan = self.last_reserves + external_accounts.wanted_reserve_change(
            reserves=self.last_reserves, target=target, speed=p.reserve_speed
        )
        cash = self.reserves - importers.planned
        cash = self._borrow(need=np.maximum(plan - cash, 0.0), cash=cash)
        self._make_ends_meet(cash)
        self._devalue()
        self._draw_up_accounts()

    def _borrow(self, *, need: Draws, cash: Draws) -> Draws:
        """Borrow what is needed where it is cheapest, politics included; returns the cash with what was lent."""
        money, offers = self.world.money, self._offers()
        amounts = lenders.split_among_lenders(
            need=need,
            limits=offers.limits,
            costs=self._costs(offers),
            scale=self.parameters.finance.lender_scale,
        )
        self.borrowed = dict(zip(LENDERS, amounts, strict=True))
        for (claim, amount), rate in zip(self.borrowed.items(), offers.rates, strict=True):
            owed = money.claims[claim]
            mean = (owed * self.rates[claim] + amount * rate) / at_least(owed + amount, TINY)
            self.rates = self.rates | {claim: mean}
            money.pay("loan", ledger.CREDITOR[claim], BELARUS, amount, claim=claim)
            cash = cash + amount
        self.world.china.policy_banks.use_line(self.borrowed[UNTIED])
        return cash

    def _offers(self) -> Offers:
        """What lenders offer this month, as far as the debt ceiling leaves room for it."""
        room = loan_offers.room_under_ceiling(
            debt_ratio=self.debt_ratio,
            ceiling=self.board["belarus.debt_ceiling"],
            width=self.parameters.finance.ceiling_width,
        )
        return untied_offers.of_lenders(self.world, risk=self.risk, reform=self.reform, room=room)

    def _costs(self, offers: Offers) -> Draws:
        """What a loan of each lender costs: its rate, and its price in integration, reform or dependence."""
        p, country = self.parameters.finance, self.belarus
        preference = p.preference_weight * self.board["belarus.borrowing_preference"]
        tension = self.world.russia.government.tension
        political = (
            p.price_of_integration * (country.dependence_on_russia + tension) / 2 + preference,
            p.price_of_reform * (1 - self.reform) - preference,
            -preference,
            p.price_of_dependence * country.dependence_on_china,
        )
        return np.stack([rate + price for rate, price in zip(offers.rates, political, strict=True)])

    def _make_ends_meet(self, cash: Draws) -> None:
        """Pay for imports down to the floor of reserves; beyond it imports are cut, and then bills stay unpaid."""
        p, importers = self.parameters.finance, self.belarus.importers
        floor = np.minimum(p.reserve_floor * importers.planned, self.last_reserves)
        self.shortage, cut, self.arrears = external_accounts.close_the_month(
            cash=cash, floor=floor, imports_that_can_be_cut=importers.ordinary, largest_cut=p.largest_import_cut
        )
        importers.buy(cut)
        self.world.money.pay("arrears", OTHER_CREDITORS, BELARUS, self.arrears, claim=ledger.ARREARS)

    def _draw_up_accounts(self) -> None:
        """Current account of the month, and reserves at its end."""
        exporters = self.belarus.exporters
        self.current_account = (
            exporters.total
            + exporters.services
            + self.income
            - self.belarus.importers.total
            - self.interest_paid
            - self.profits
            - self.belarus.foreign_owners.profits
            - self.belarus.refineries.duty
        )
        self.last_reserves = self.reserves

    def _devalue(self) -> None:
        """Devalue next month when the month ended short and the last devaluation is long enough ago."""
        p = self.parameters.finance
        forced = (self.shortage > 0) & (self.months_since_devaluation >= p.devaluation_pause)
        size = p.devaluation_smallest + (p.devaluation_largest - p.devaluation_smallest) * self.world.chance(
            "belarus.devaluation"
        )
        self.belarus.devaluation = np.where(forced, size, 0.0)
        self.months_since_devaluation = np.where(forced, 0.0, self.months_since_devaluation + 1)

    def react(self) -> None:
        """Reform follows the government's stance as growth allows; lenders form their view of solvency."""
        p = self.parameters.politics
        target = politics.reform_target(
            stance=self.board["belarus.reform"], growth=self.belarus.growth, slip=p.reform_slip
        )
        self.reform = politics.toward(level=self.reform, target=target, speed=p.reform_speed)
        self.risk = politics.toward(level=self.risk, target=self._risk(), speed=self.parameters.finance.risk_speed)

    def _risk(self) -> np.ndarray:
        p = self.parameters.finance
        claims = self.world.money.claims
        pressure = lenders.payment_pressure(
            level=p.risk_level,
            service_ratio=self.service_average / self.belarus.exporters.total,
            usual_service=p.usual_service,
            service_weight=p.risk_service,
            cover=self.cover,
            usual_cover=p.usual_cover,
            largest_cover=p.largest_cover,
            cover_weight=p.risk_cover,
            lost_subsidy=self.world.lost_subsidy,
            subsidy_weight=p.risk_subsidy,
        )
        return lenders.solvency_risk(
            pressure=pressure,
            debt_ratio=self.debt_ratio,
            usual_debt=p.usual_debt,
            debt_weight=p.risk_debt,
            arrears_ratio=claims[ledger.ARREARS] / (MONTHS_PER_YEAR * self.belarus.gdp),
            largest_arrears=p.largest_arrears,
            arrears_weight=p.risk_arrears,
        )
