"""The government of Belarus: fills the gap, devalues, sets the pace of reform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.policies import event_path, events
from sinobel.world import ledger
from sinobel.world.agents import project_choice, untied_offers
from sinobel.world.agents.country import Institution
from sinobel.world.agents.debt_office import DebtOffice
from sinobel.world.agents.treasury import Treasury
from sinobel.world.agents.untied_offers import CLAIM, LENDERS
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import BELARUS, BONDS, OTHER_CREDITORS, RUSSIAN, UNTIED
from sinobel.world.opening.finance import FinanceOpening
from sinobel.world.rules import economy, external_accounts, lenders, loan_offers, politics
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus
    from sinobel.world.agents.project_choice import Offer


class Government(Institution):
    """Finances the gap, accepts or refuses tied loans, devalues, sets the pace of reform."""

    reform: Draws = state("index 0-1", "pace of reform", indicator="reform")
    borrowed: dict[str, Draws] = state("USD mn a month", "borrowed from each lender of untied money")
    months_since_devaluation: Draws = state("months", "time since the last devaluation")
    stake: Draws = state("fraction", "share of Belaruskali that is sold")
    stake_receipts: Draws = state("USD mn a month", "receipts of the sale", indicator="stake_receipts")
    profits: Draws = state("USD mn a month", "profits that go to the owners of the share")
    shortage: Draws = state("USD mn a month", "what no lender and no reserve filled; lowers output a month later")
    arrears: Draws = state("USD mn a month", "new arrears")
    unfunded: Draws = state(
        "USD mn a month", "what the budget looked for abroad and no lender gave, moving average over a year"
    )
    lost_finance: Draws = state(
        "USD mn a month", "finance from abroad that is missing against the usual; lowers output a month later"
    )
    current_account: Draws = state("USD mn a month", "current account", indicator="current_account")
    last_reserves: Draws = state("USD mn", "reserves at the end of the last month")
    spare: Draws = state("USD mn a month", "reserves beyond their target that are used instead of loans from abroad")
    risk: Draws = state("index 0-1", "risk of insolvency as lenders see it", indicator="solvency_risk")
    last_risk: Draws = state("index 0-1", "the same a month before")
    opening_risk: Draws = fixed("index 0-1", "the same at the origin")

    def __init__(self, belarus: Belarus, books: FinanceOpening):
        super().__init__(belarus)
        p = self.parameters
        self.belarus = belarus
        self.reform = self.full(self.world.opening_board["belarus.reform"])
        self.months_since_devaluation = p.finance.since_devaluation
        nothing = self.full(0.0)
        self.stake = self.stake_receipts = self.profits = nothing
        self.borrowed = dict.fromkeys(LENDERS, nothing)
        self.shortage = self.arrears = self.current_account = self.spare = nothing
        self.lost_finance, self.unfunded = nothing, p.finance.usual_unfunded * belarus.gdp
        self.treasury = Treasury(belarus, books)
        self.last_reserves = self.full(books.reserves)
        self.debt_office = DebtOffice(belarus, self)
        self.risk = self.last_risk = self.opening_risk = self._risk()

    # --- what the government sees ---

    @property
    def service_average(self) -> np.ndarray:
        """Debt service, moving average over a year, USD mn a month."""
        return self.treasury.service_average

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
    def lasting_cover(self) -> np.ndarray:
        """Reserves in months of the usual imports, so that a collapse of imports calms no lender."""
        result: np.ndarray = self.last_reserves / self.belarus.importers.usual
        return result

    @property
    def cash_need(self) -> np.ndarray:
        """How badly cash is needed: 0 with reserves on target, 1 without reserves."""
        result: np.ndarray = np.clip(1 - self.cover / self.parameters.finance.reserve_target, 0.0, 1.0)
        return result

    @property
    def untied_borrowing(self) -> np.ndarray:
        """Borrowing of the month from all untied lenders."""
        return untied_offers.of_all(self.borrowed)

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

    def choose(self, offer: Offer) -> Draws:
        """Candidates of the year that it signs, over those of usual years; (slots, draws)."""
        return project_choice.signed(
            self.parameters,
            offer,
            elsewhere=self.debt_office.rate_of_markets,
            gas_price=self.belarus.importers.gas_price,
        )

    def sell_stake(self) -> None:
        """Sell or buy back a share of Belaruskali; its owners get their share of profits."""
        p, money, mine = self.parameters.finance, self.world.money, self.belarus.belaruskali
        wanted = self.board["belarus.stake_sale"]
        self.stake_receipts = (wanted - self.stake) * p.stake_value * MONTHS_PER_YEAR * mine.expected_revenue
        self.stake = self.full(wanted)
        money.pay_net("stake in Belaruskali", self.world.china.account, BELARUS, self.stake_receipts)
        to_debt = p.stake_debt_share * np.maximum(self.stake_receipts, 0.0)
        for claim in (BONDS, RUSSIAN):  # the dearest debt first
            owed = self.treasury.pooled(claim)
            retired = np.minimum(to_debt, owed)
            if claim == BONDS:
                self.treasury.buy_back(retired, owed)
            money.pay("principal", BELARUS, ledger.CREDITOR[claim], retired, claim=claim)
            to_debt = to_debt - retired
        self.profits = self.stake * p.stake_profit * mine.revenue
        money.pay("profits", BELARUS, self.world.china.account, self.profits)

    @property
    def reserve_target(self) -> np.ndarray:
        """What reserves should be: months of imports, and the bonds that fall due within twelve months, USD mn."""
        months_of_imports = self.parameters.finance.reserve_target * self.belarus.importers.planned
        result: np.ndarray = months_of_imports + self.treasury.bonds_of_year
        return result

    def count_spare_reserves(self) -> None:
        """What reserves hold beyond their target before debt is served; banks, firms and the budget use it together."""
        self.spare = external_accounts.spare_reserves(reserves=self.last_reserves, target=self.reserve_target)

    def close_the_gap(self) -> None:
        """Borrow what the plan for reserves needs; what no lender fills is met by reserves, import cuts, arrears.

        In January lenders are asked first what they offer for the year.
        """
        self.debt_office.ask_lenders()
        p, importers = self.parameters.finance, self.belarus.importers
        plan = self.last_reserves + external_accounts.wanted_reserve_change(
            reserves=self.last_reserves, target=self.reserve_target, speed=p.reserve_speed
        )
        arranged = self._arranged()
        brought = untied_offers.of_all(arranged)
        cash = self.reserves - importers.planned + brought
        sought = self.treasury.sought - brought - (1 - p.private_finance) * self.spare
        cash = self._borrow(need=np.maximum(plan - cash, sought), cash=cash, arranged=arranged)
        self._make_ends_meet(cash)
        self._miss_finance()
        self._devalue()
        self._draw_up_accounts()

    def _arranged(self) -> dict[str, Draws]:
        """What the events of the scenario bring of each lender this month."""
        lent = self.board.events
        return {
            claim: self.full(lent(event_path.USUAL, name) + lent(event_path.OWN, name))
            for claim, name in untied_offers.IN_EVENTS.items()
        }

    def _borrow(self, *, need: Draws, cash: Draws, arranged: dict[str, Draws]) -> Draws:
        """Draw what is needed on the offers of the year; returns the cash with what was lent.

        What events have arranged comes in whatever is needed, and counts in `cash` already.
        """
        chosen = self.debt_office.draw(need)
        self._take(chosen, arranged)
        self.world.china.policy_banks.lend_untied(chosen[UNTIED])
        return cash + untied_offers.of_all(chosen)

    def _take(self, chosen: dict[str, Draws], arranged: dict[str, Draws]) -> None:
        """Enter what was borrowed: a loan of an event with terms of its own leaves the rate of all others alone."""
        money, rates = self.world.money, self.treasury.rates
        asked = {CLAIM[bidder]: rate for bidder, rate in self.debt_office.rates_agreed.items()}
        self.borrowed = {claim: chosen[claim] + arranged[claim] for claim in LENDERS}
        for claim, amount in chosen.items():
            owed = self.treasury.pooled(claim, served=True)
            fresh = amount + self.board.events(event_path.USUAL, untied_offers.IN_EVENTS[claim])
            mean = (owed * rates[claim] + fresh * asked[claim]) / at_least(owed + fresh, TINY)
            rates = rates | {claim: mean}
            money.pay("loan", ledger.CREDITOR[claim], BELARUS, self.borrowed[claim], claim=claim)
        self.treasury.rates = rates
        self.treasury.issue_bonds(chosen[BONDS] + self.board.events(event_path.USUAL, events.BONDS))

    def _make_ends_meet(self, cash: Draws) -> None:
        """Pay for imports down to the floor of reserves; beyond it imports are cut, and then bills stay unpaid."""
        p, importers = self.parameters.finance, self.belarus.importers
        floor = np.minimum(p.reserve_floor * importers.planned, self.last_reserves)
        self.shortage, cut, self.arrears = external_accounts.close_the_month(
            cash=cash, floor=floor, imports_that_can_be_cut=importers.ordinary, largest_cut=p.largest_import_cut
        )
        importers.buy(cut)
        self.world.money.pay("arrears", OTHER_CREDITORS, BELARUS, self.arrears, claim=ledger.ARREARS)

    def _miss_finance(self) -> None:
        """What the budget was not lent and what firms could not renew, which both spend less at home."""
        p = self.parameters.finance
        gap = self.treasury.sought - (1 - p.private_finance) * self.spare - self.untied_borrowing
        felt = np.clip(gap, 0.0, self.shortage)  # as imports that are cut and bills that stay unpaid
        self.unfunded = self.unfunded + (gap - felt - self.unfunded) / p.service_memory
        self.lost_finance = external_accounts.lost_finance(
            unfunded=self.unfunded,
            usual=p.usual_unfunded * self.belarus.gdp,
            not_renewed=self.belarus.banks_and_firms.not_renewed,
            shortage=self.shortage - felt,
        )

    def _draw_up_accounts(self) -> None:
        """Current account of the month, and reserves at its end."""
        exporters = self.belarus.exporters
        self.current_account = (
            exporters.total
            + exporters.services
            + self.belarus.banks_and_firms.income
            - self.belarus.importers.total
            - self.treasury.interest_paid
            - self.profits
            - self.belarus.foreign_owners.profits
            - self.belarus.refineries.duty
        )
        self.last_reserves = self.reserves

    def _devalue(self) -> None:
        """Devalue next month when the month ended short and the last devaluation is long enough ago."""
        p = self.parameters.finance
        forced = (self.shortage > 0) & (self.months_since_devaluation >= p.devaluation_pause)
        size = economy.devaluation_by_shortage(
            shortage=self.shortage,
            imports=at_least(self.belarus.importers.planned, TINY),
            smallest=p.devaluation_smallest,
            largest=p.devaluation_largest,
            halfway=p.devaluation_halfway,
        )
        self.belarus.devaluation = np.where(forced, size, 0.0)
        self.months_since_devaluation = np.where(forced, 0.0, self.months_since_devaluation + 1)

    def react(self) -> None:
        """Reform follows the government's stance as growth allows; lenders form their view of solvency."""
        p = self.parameters.politics
        target = politics.reform_target(
            stance=self.board["belarus.reform"], growth=self.belarus.growth_seen, slip=p.reform_slip
        )
        self.reform = politics.toward(level=self.reform, target=target, speed=p.reform_speed)
        self.last_risk = self.risk
        self.risk = politics.toward(level=self.risk, target=self._risk(), speed=self.parameters.finance.risk_speed)

    def _risk(self) -> np.ndarray:
        p = self.parameters.finance
        claims = self.world.money.claims
        pressure = lenders.payment_pressure(
            level=p.risk_level,
            service_ratio=self.service_average / self.belarus.exporters.total,
            usual_service=p.usual_service,
            service_weight=p.risk_service,
            cover=self.lasting_cover,
            usual_cover=p.usual_cover,
            largest_cover=p.largest_cover,
            cover_weight=p.risk_cover,
            lost_subsidy=self.world.lost_subsidy,
            subsidy_weight=p.risk_subsidy,
            strain=self.debt_office.strain,
            strain_weight=p.risk_rollover,
        )
        treasury = self.treasury
        budget = lenders.budget_strain(
            burden=treasury.burden,
            usual_burden=p.usual_burden,
            burden_weight=p.risk_burden,
            put_off=treasury.put_off_share,
            put_off_weight=p.risk_rescheduling,
        )
        return lenders.solvency_risk(
            pressure=pressure,
            budget=budget,
            debt_ratio=self.debt_ratio,
            usual_debt=p.usual_debt,
            debt_weight=p.risk_debt,
            arrears_ratio=claims[ledger.ARREARS] / (MONTHS_PER_YEAR * self.belarus.gdp),
            largest_arrears=p.largest_arrears,
            arrears_weight=p.risk_arrears,
        )
