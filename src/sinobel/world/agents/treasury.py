"""The treasury of Belarus: serves the debt, keeps the budget, pays for guarantees and for banks and firms that fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import numpy as np

from sinobel.policies import event_path
from sinobel.world import ledger
from sinobel.world.agents.country import Institution
from sinobel.world.agents.untied_offers import IN_EVENTS
from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.guards import SMALLEST, TINY, VANISHING, at_least
from sinobel.world.ledger import BELARUS, BONDS, CHINA, MULTI, OTHER_CREDITORS, RUSSIAN, UNTIED
from sinobel.world.opening.finance import FinanceOpening
from sinobel.world.rules import budget, external_accounts
from sinobel.world.rules.environment import around_mean
from sinobel.world.rules.rates import share_a_month
from sinobel.world.state import Pipeline, passing, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus

SHORT_BOND: Annotated[int, "months"] = 60
"""From issue to redemption of the bond of August 2010."""

LONG_BOND: Annotated[int, "months"] = 84
"""The same of January 2011."""


class Treasury(Institution):
    """Debt service, budget and what the budget answers for. USD mn a month; ratios to GDP of the same months."""

    rates: dict[str, Draws] = state("fraction a year", "interest rate of the debt to each creditor")
    bonds_due: Pipeline = state(
        "USD mn",
        "bonds that fall due at once, the next month's first, as if none had been bought back",
    )
    bonds_ahead: Draws = state("USD mn", "those of the twelve months to come")
    bonds_kept: Draws = state("fraction", "part of those bonds that was not bought back")
    service: Draws = state("USD mn a month", "interest and principal, all creditors", indicator="debt_service")
    service_average: Draws = state("USD mn a month", "moving average of the service over a year")
    interest_paid: Draws = state(
        "USD mn a month", "interest to all creditors, and fees for what is put off", indicator="interest_on_public_debt"
    )
    interest_on: dict[str, Draws] = passing("USD mn a month", "interest by claim, that of the Chinese loan book apart")
    principal_on: dict[str, Draws] = passing("USD mn a month", "principal by claim, likewise")
    untied_interest: Draws = state("USD mn a month", "interest on untied Chinese credit")
    untied_principal: Draws = state("USD mn a month", "principal of untied Chinese credit")
    rescheduling_fee: Draws = state("USD mn a month", "paid for principal that was put off")
    revenue: Draws = state("USD mn a month", "revenue of general government", indicator="government_revenue")
    revenue_ratio: Draws = state("fraction", "the same over GDP")
    primary_swing: Draws = state("fraction", "swing of the primary balance over GDP")
    primary_balance: Draws = state(
        "USD mn a month", "revenue less spending without interest", indicator="primary_balance"
    )
    local_cost: Draws = state(
        "USD mn a month", "part of the works for Chinese projects that the budget pays", indicator="local_cost"
    )
    unpaid_claims: Draws = state(
        "USD mn", "debts of state banks and firms that the budget has taken over and not yet paid"
    )
    assumed: Draws = state("USD mn a month", "debts of state banks and firms taken over", indicator="debts_taken_over")
    paid_for_claims: Draws = state("USD mn a month", "paid at home for debts taken over")
    balance: Draws = state("USD mn a month", "overall balance of the budget", indicator="budget_balance")
    sought: Draws = state("USD mn a month", "what the budget looks for abroad")
    burden_average: Draws = state("USD mn a month", "interest, guarantees and claims, moving average over a year")
    put_off_average: Draws = state("USD mn a month", "principal put off, moving average over a year")
    financing_need: Draws = state(
        "USD mn a month", "principal abroad and deficit of the budget", indicator="gross_financing_need"
    )

    def __init__(self, belarus: Belarus, books: FinanceOpening):
        super().__init__(belarus)
        p = self.parameters
        self.belarus = belarus
        self.rates = {
            RUSSIAN: p.finance.russia_rate,
            MULTI: p.finance.multilateral_rate,
            BONDS: p.finance.bond_rate,
            UNTIED: p.loans.untied_line_rate,
            ledger.OTHER: p.finance.other_rate,
        }
        nothing = self.full(0.0)
        longest = max((LONG_BOND, *books.bonds_due))
        self.bonds_due = Pipeline(self.full(books.bonds_due.get(ahead, 0.0)) for ahead in range(1, longest + 1))
        self.bonds_ahead, self.bonds_kept = self._look_ahead(), self.full(1.0)
        self.service = self.interest_paid = self.untied_interest = self.untied_principal = nothing
        self.interest_on, self.principal_on = dict.fromkeys(self.rates, nothing), dict.fromkeys(self.rates, nothing)
        self.service_average = self.full(books.service)
        self.rescheduling_fee = self.put_off_average = nothing
        self.revenue_ratio = self.full(books.revenue_ratio)
        self.revenue = self.revenue_ratio * books.gdp
        self.primary_swing = self.primary_balance = self.balance = self.sought = self.financing_need = nothing
        self.local_cost = self.unpaid_claims = self.assumed = self.paid_for_claims = nothing
        self.burden_average = self.full(books.burden)

    # --- what others see ---

    @property
    def bonds_of_year(self) -> np.ndarray:
        """Bonds that fall due within twelve months."""
        result: np.ndarray = self.bonds_ahead * self.bonds_kept
        return result

    def _look_ahead(self) -> Draws:
        """Bonds of the twelve months to come, as if none had been bought back."""
        due = self.bonds_due[0]
        for later in self.bonds_due[1:MONTHS_PER_YEAR]:
            due = due + later
        return due

    @property
    def burden(self) -> np.ndarray:
        """Interest, called guarantees and claims of the last year over revenue."""
        result: np.ndarray = self.burden_average / at_least(self.revenue, TINY)
        return result

    @property
    def put_off_share(self) -> np.ndarray:
        """Part of what fell due in the last year that was put off."""
        result: np.ndarray = self.put_off_average / at_least(self.put_off_average + self.service_average, TINY)
        return result

    # --- the month ---

    def take_over(self) -> Draws:
        """Debts of state banks and firms that arrive: a part is owed abroad, the rest is paid at home bit by bit."""
        p, country = self.parameters.finance, self.belarus
        share = budget.claim_that_arrives(
            chance=p.contingent_chance,
            slump=p.contingent_slump,
            growth=country.growth_seen,
            usual_growth=p.trend_growth,
            luck=self.world.chance("belarus.contingent"),
            middle=p.contingent_size,
            spread=p.contingent_spread,
            shock=self.world.shock("belarus.contingent"),
        )
        self.assumed = share * MONTHS_PER_YEAR * country.gdp
        abroad = p.contingent_abroad * self.assumed
        self.unpaid_claims = self.unpaid_claims + self.assumed - abroad
        self.paid_for_claims = self.unpaid_claims * share_a_month(p.contingent_pace)
        self.unpaid_claims = self.unpaid_claims - self.paid_for_claims
        return abroad

    def serve_debt(self) -> None:
        """Pay interest and principal to all creditors, and clear arrears bit by bit."""
        p, money, banks = self.parameters.finance, self.world.money, self.world.china.policy_banks
        interest, principal = banks.interest, banks.principal
        self.interest_on, self.principal_on = {}, self._due()
        for claim, due in self.principal_on.items():
            creditor = ledger.CREDITOR[claim]
            own_interest = self._own(event_path.INTEREST, claim)
            paid = self.pooled(claim) * self.rates[claim] / MONTHS_PER_YEAR + own_interest
            money.pay("interest", BELARUS, creditor, paid)
            self.interest_on = self.interest_on | {claim: paid}
            interest = interest + paid
            money.pay("principal", BELARUS, creditor, due, claim=claim)
            principal = principal + due
            if claim == UNTIED:
                self.untied_interest, self.untied_principal = paid, due
                banks.collect_untied(paid, due)
        self.rescheduling_fee = p.rescheduling_fee * banks.rescheduled
        money.pay("interest", BELARUS, CHINA, self.rescheduling_fee)
        cleared = money.claims[ledger.ARREARS] / p.arrears_memory
        money.pay("arrears cleared", BELARUS, OTHER_CREDITORS, cleared, claim=ledger.ARREARS)
        self.interest_paid = interest + self.rescheduling_fee
        self.service = self.interest_paid + principal + cleared
        self.service_average = self._averaged(self.service_average, self.service)
        self.put_off_average = self._averaged(self.put_off_average, banks.rescheduled)
        self._keep_budget(principal)

    def _due(self) -> dict[str, Draws]:
        """Principal of the month by claim: a steady pace, and bonds at once; other debt is rolled over."""
        p = self.parameters.finance
        pace: dict[str, Number] = {
            RUSSIAN: p.russia_amortization,
            MULTI: p.multilateral_amortization,
            UNTIED: 1 / (self.parameters.loans.grace + self.parameters.loans.repayment),
            ledger.OTHER: 0.0,
        }
        due = {
            claim: external_accounts.amortization(stock=self.pooled(claim), yearly_share=share)
            + self._own(event_path.PRINCIPAL, claim)
            for claim, share in pace.items()
        }
        bonds = np.minimum(self.bonds_due[0] * self.bonds_kept, self.pooled(BONDS)) + self._own(
            event_path.PRINCIPAL, BONDS
        )
        self.bonds_due = self.bonds_due.then(self.full(0.0))
        self.bonds_ahead = self._look_ahead()
        return due | {BONDS: bonds}

    def pooled(self, claim: str, *, served: bool = False) -> Draws:
        """What is owed on a claim but for loans of events that have terms of their own and repay themselves, USD mn.

        Parameters
        ----------
        served : bool
            Whether the principal of the month has been paid.
        """
        own = self._own(event_path.LEFT if served else event_path.OWED, claim)
        result: Draws = np.maximum(self.world.money.claims[claim] - own, 0.0)
        return result

    def _own(self, what: str, claim: str) -> Number:
        """What events say of loans with terms of their own; other debt has none."""
        number: Number = self.board.events(what, IN_EVENTS[claim]) if claim in IN_EVENTS else 0.0
        return number

    def issue_bonds(self, amount: Draws) -> None:
        """Enter new bonds where they fall due: some after five years, the others after seven."""
        whole = amount / self.bonds_kept
        late = self.parameters.finance.bond_long_share * whole
        due = list(self.bonds_due)
        due[SHORT_BOND - 1] = due[SHORT_BOND - 1] + whole - late
        due[LONG_BOND - 1] = due[LONG_BOND - 1] + late
        self.bonds_due = Pipeline(due)

    def buy_back(self, retired: Draws, owed: Draws) -> None:
        """Bonds that are bought back fall due no more, whatever their month.

        Where all of them are, next to nothing is kept and not nothing, so that bonds issued later can be told from them
        and be bought back in their turn.
        """
        kept = at_least(1 - retired / at_least(owed, TINY), VANISHING)
        self.bonds_kept = at_least(self.bonds_kept * kept, SMALLEST)

    def _averaged(self, average: Draws, flow: Draws) -> Draws:
        """A moving average over the months that lenders look at."""
        result: Draws = average + (flow - average) / self.parameters.finance.service_memory
        return result

    def _keep_budget(self, principal: Draws) -> None:
        """Revenue, primary balance, what the budget pays for others, and what it looks for abroad.

        Recorded balances, by which the usual one is set, have paid for works beside usual lending already.

        The finance ministry repays loans it took itself, and of those it guarantees what the projects do not earn.
        """
        p, banks = self.parameters.finance, self.world.china.policy_banks
        self._raise_revenue()
        self.local_cost = p.local_cost * banks.release
        tied = banks.interest + banks.principal
        guaranteed = banks.guaranteed / at_least(tied, TINY)
        interest = self.interest_paid - banks.interest * guaranteed
        burden = interest + banks.called + self.paid_for_claims
        self.balance = self.primary_balance - burden - self.belarus.projects.local_cost
        self.burden_average = self._averaged(self.burden_average, burden)
        owed = principal - banks.principal * guaranteed
        self.financing_need = owed - self.balance
        self.sought = budget.sought_abroad(principal=owed, deficit=-self.balance, share=p.financed_abroad)

    def _raise_revenue(self) -> None:
        """Revenue and primary balance swing around what debt and growth call for."""
        p, country, world = self.parameters.finance, self.belarus, self.world
        self.revenue_ratio = around_mean(
            level=self.revenue_ratio,
            mean=p.revenue_ratio,
            persistence=p.revenue_persistence,
            spread=p.revenue_spread,
            shock=world.shock("belarus.revenue"),
        )
        self.revenue = self.revenue_ratio * country.gdp
        self.primary_swing = around_mean(
            level=self.primary_swing,
            mean=0.0,
            persistence=p.flow_persistence,
            spread=p.primary_spread,
            shock=world.shock("belarus.primary_balance"),
        )
        ratio = budget.primary_balance(
            usual=p.primary_balance,
            debt_reaction=p.fiscal_reaction,
            debt_ratio=country.government.debt_ratio,
            usual_debt=p.usual_debt,
            cycle=p.fiscal_cycle,
            growth=country.growth_seen,
            usual_growth=p.trend_growth,
            swing=self.primary_swing,
        )
        self.primary_balance = ratio * country.gdp
