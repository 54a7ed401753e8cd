"""What Chinese money builds in Belarus: work while it is spent, then capital that yields output and saves gas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs.loans_and_contracts import SECTORS
from sinobel.policies.event_path import INVESTED
from sinobel.policies.events import CHINA, ELSEWHERE, INVESTORS
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import A_YEAR, MONTHS_PER_YEAR
from sinobel.world.opening.projects import Sums
from sinobel.world.rules import economy, external_accounts, loan_service, projects
from sinobel.world.rules.rates import share_a_month
from sinobel.world.state import MonthsOfYear, fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


PARK = SECTORS.index("industrial park")
PAID, GIVES, ENERGY = "paid", "gives", "energy"
"""Kinds of what is lent: all of it; output of a month by what it builds and works; power plants in that."""


class Projects(Institution):
    """Output that Chinese projects carry and yield, beyond that of usual lending.

    Trend growth holds what loans and projects of the past gave. So projects move output as far as they are above or
    below the usual: new commitments of `loans.commitments_a_year`, drawn at the usual pace, working as often as usual.
    """

    carried: Draws = state(
        "log", "output that money for projects carries against the usual", indicator="output_carried_by_projects"
    )
    gained: Draws = state("log", "output that projects yield against the usual", indicator="output_gained_by_projects")
    gas_saved: Draws = state(
        "fraction", "share of gas that power plants save against the usual", indicator="gas_saved_by_projects"
    )
    works: Draws = state("USD mn a month", "works at home, by the budget and the loans, beyond those for usual lending")
    local_cost: Draws = state("USD mn a month", "the budget's part of these")
    lent_capital: Draws = state("USD mn", "capital of projects of loans that work, after wear")
    built: Draws = state("USD mn a month", "what the month added to it")
    begun: Draws = state("USD mn", "invested by events since January, by investor and sector")
    begun_for_loans: Draws = state("USD mn", "invested in the place of loans since January")
    invested: tuple[Draws, ...] = state("USD mn", "what such investment had built to January, less wear, likewise")
    owned: Draws = state("USD mn", "capital that works of it")
    chinese_profits: Draws = state("USD mn a month", "what owners in China take of what such investment yields")
    other_profits: Draws = state("USD mn a month", "what owners elsewhere take of it")
    usual_park: Draws = state("USD mn", "what residents of usual years have built in the park, less wear")
    settled: tuple[Draws, Draws] = state("USD mn", "what residents invest in the year, and in usual ones")
    usual_new: Draws = fixed("fraction", "output of a month of what a dollar of usual new lending builds")
    usual_new_plants: Draws = fixed("fraction", "power plants that work in a dollar of usual new lending")
    usual_undrawn: dict[str, Draws] = state("USD mn", "what usual lending has signed and not drawn, by kind")
    usual_built: dict[str, Draws] = state("USD mn", "what usual lending has built, by kind")
    usual_demand: MonthsOfYear = state("USD mn a month", "demand at home of usual lending, month by month of the year")
    usual_works: MonthsOfYear = state("USD mn a month", "works at home for it, by the budget and the loans, likewise")
    usual_local: MonthsOfYear = state("USD mn a month", "the budget's part of these")
    usual_gives: MonthsOfYear = state(
        "USD mn a month", "what its capital yields when well spent, likewise, less what investment yields"
    )
    usual_plants: MonthsOfYear = state("USD mn", "its power plants, likewise, less those of investment")

    def __init__(self, belarus: Belarus):
        super().__init__(belarus)
        self.belarus = belarus
        banks = self.world.china.policy_banks
        new, to_build, built = banks.usual_lending()
        _, self.usual_new, self.usual_new_plants = new
        self.usual_undrawn = {PAID: banks.undrawn} | _by_kind(to_build)
        self.usual_built = _by_kind(built)
        self.usual_demand = self.usual_works = self.usual_local = self.usual_gives = self.usual_plants = MonthsOfYear()
        self.carried = self.gained = self.gas_saved = self.owned = self.begun_for_loans = self.full(0.0)
        self.works = self.local_cost = self.built = self.full(0.0)
        self.lent_capital = banks.capital
        self.chinese_profits = self.other_profits = self.owned
        self.invested = (self.owned,) * (len(INVESTORS) * len(SECTORS))
        self.begun = np.stack(self.invested)
        self.usual_park, self.settled = self.owned, (self.owned, self.owned)

    @property
    def _usual(self) -> tuple[MonthsOfYear, ...]:
        """Usual lending in the months of the year."""
        return self.usual_demand, self.usual_works, self.usual_local, self.usual_gives, self.usual_plants

    @_usual.setter
    def _usual(self, months: tuple[MonthsOfYear, ...]) -> None:
        self.usual_demand, self.usual_works, self.usual_local, self.usual_gives, self.usual_plants = months

    @property
    def capital(self) -> np.ndarray:
        """Capital that works of Chinese projects, and of investment by events and in the place of loans; at cost."""
        result: np.ndarray = self.lent_capital + self.owned
        return result

    def open_year(self) -> None:
        """January: what usual lending pays out and has built in each month of the year, at January's prices.

        What investment yields is taken off that, so that a month compares both with what loans yield at once.
        """
        p = self.parameters.loans
        self.owned, gives, plants = self._write_up()
        less = {GIVES: gives, ENERGY: plants}
        built = {kind: capital - less[kind] for kind, capital in self.usual_built.items()}
        share = loan_service.share_paid_out(pace=p.draw_pace, largest=p.largest_pace, quality=self.full(1.0))
        kept = 1 - loan_service.share_lapsing(p.lapse_rate)
        new = p.commitments_a_year * self.world.environment.price_level / MONTHS_PER_YEAR
        signed = {PAID: new, GIVES: new * self.usual_new, ENERGY: new * self.usual_new_plants}
        months = []
        for _ in range(int(MONTHS_PER_YEAR)):
            paid = {kind: amount * share for kind, amount in self.usual_undrawn.items()}
            self.usual_undrawn = {
                kind: (amount - paid[kind]) * kept + signed[kind] for kind, amount in self.usual_undrawn.items()
            }
            built = {
                kind: projects.next_capital(capital=capital, wear=p.project_wear, built=paid[kind])
                for kind, capital in built.items()
            }
            demand = projects.spent_at_home(
                spent=paid[PAID],
                tied=p.tied_share * paid[PAID],
                tied_weight=p.tied_multiplier,
                untied_weight=p.untied_multiplier,
            )
            by_budget = self.parameters.finance.local_cost * paid[PAID]
            at_home = by_budget + (1 - p.tied_share) * paid[PAID]
            months.append((demand, at_home, by_budget, built[GIVES], built[ENERGY]))
        left = 1 - A_YEAR * p.project_wear
        self.usual_built = {kind: capital + left * less[kind] for kind, capital in built.items()}
        self._usual = tuple(map(MonthsOfYear, zip(*months, strict=True)))

    def build(self, gdp: Draws) -> None:
        """A month of work, and of what stands.

        Parameters
        ----------
        gdp : Draws
            Of the month without what income carries, at the real exchange rate of the origin, USD mn a month.
        """
        p, finance, month = self.parameters.loans, self.parameters.finance, self.world.month
        carried = economy.carried_by_income(
            change=self._spending() - self.usual_demand.of(month),
            gdp=gdp,
            multiplier=p.untied_multiplier,
            largest=finance.largest_income_change,
        )
        self.carried = self.carried + share_a_month(finance.income_speed) * (carried - self.carried)
        banks = self.world.china.policy_banks
        by_budget = finance.local_cost * banks.release
        self.works = banks.release + by_budget - banks.tied_paid - self.usual_works.of(month)
        self.local_cost = by_budget - self.usual_local.of(month)
        capital = banks.capital
        self.built, self.lent_capital = capital - self.lent_capital, capital
        gives, plants = banks.working
        self.gained = economy.carried_by_income(
            change=gives - self.usual_gives.of(month),
            gdp=gdp,
            multiplier=p.project_efficiency,
            largest=finance.largest_income_change,
        )
        self.gas_saved = projects.gas_saved(
            capital=plants - self.usual_plants.of(month),
            saving=p.gas_saving,
            bill=self.belarus.importers.base_gas,
            largest=p.largest_gas_saving,
        )

    def _write_up(self) -> Sums:
        """January: what was invested in the year is built. As of loans, a share of it fails by the odds of the sector.

        Unlike a loan it is many plants of many owners, of which the share that chance says fails in every future, and
        who spends his own money does not pay too much for what he builds: what is lost of loans for tied goods is not.
        Trend growth holds what residents of usual years build in the park. What failed neither sells abroad nor pays.
        """
        p, banks = self.parameters.loans, self.world.china.policy_banks
        left = 1 - A_YEAR * p.project_wear
        new, usual = self.settled
        self.invested = tuple(
            stood * left + self.begun[place] + (self.begun_for_loans + new if place == PARK else 0.0)
            for place, stood in enumerate(self.invested)
        )
        self.usual_park = self.usual_park * left + usual
        self.begun, self.begun_for_loans = np.zeros_like(self.begun), self.full(0.0)
        self._settle()
        chinese, others = (banks.expected(each) for each in _by_investor(self.invested))
        self.chinese_profits, self.other_profits = (
            external_accounts.profits_of_plants(yielded=gives, part=self.parameters.finance.owners_part)
            for _, gives, _ in (chinese, others)
        )
        capital, gives, plants = (one + other for one, other in zip(chinese, others, strict=True))
        usual = p.return_park / MONTHS_PER_YEAR * (1 - p.failure_park) * self.usual_park
        return capital, (gives - usual) / p.project_efficiency, plants

    def _settle(self) -> None:
        """January: what works of the park sells abroad, beyond usual years; then what residents invest in the year."""
        p, firms = self.parameters.loans, self.world.china.residents
        failing = projects.failure_chance(usual=p.failure_park, stress=self.board["world.project_failure"])
        chinese, others = _by_investor(self.invested)
        works = (1 - failing) * (chinese[PARK] + others[PARK])
        eu, russia = firms.sell(works - (1 - p.failure_park) * self.usual_park)
        self.belarus.exporters.join(eu=eu, russia=russia)
        year = A_YEAR * MONTHS_PER_YEAR
        self.settled = (year * firms.settling, year * firms.usually)

    def _spending(self) -> Draws:
        """Spent at home of the month's loans, and of investment that a project needs as it would a loan."""
        p, banks, content = (
            self.parameters.loans,
            self.world.china.policy_banks,
            self.parameters.trade.fdi_import_content,
        )
        for_loans, said = self.world.china.investors.instead_of_loans, self.board.events
        self.begun = self.begun + said.begun
        self.begun_for_loans = self.begun_for_loans + for_loans
        invested = for_loans + (said(INVESTED, CHINA) + said(INVESTED, ELSEWHERE))
        return projects.spent_at_home(
            spent=banks.release + invested,
            tied=banks.tied_paid + content * invested,
            tied_weight=p.tied_multiplier,
            untied_weight=p.untied_multiplier,
        )


def _by_investor(rows: tuple[Draws, ...]) -> tuple[tuple[Draws, ...], ...]:
    """What is invested by China, and by all others, by sector."""
    return rows[: len(SECTORS)], rows[len(SECTORS) :]


def _by_kind(sums: Sums) -> dict[str, Draws]:
    """What matters for output and for gas of sums over projects."""
    return {GIVES: sums[1], ENERGY: sums[2]}
