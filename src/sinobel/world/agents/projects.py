"""What Chinese money builds in Belarus: work while it is spent, then capital that yields output and saves gas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.opening.projects import Sums
from sinobel.world.rules import economy, loan_service, projects
from sinobel.world.rules.rates import share_a_month
from sinobel.world.state import Pipeline, fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


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
    gas_saved: Draws = state("fraction", "share of gas that power plants save against the usual")
    invested: Draws = state("USD mn", "capital from investment in the place of loans, or by events")
    lent_capital: Draws = state("USD mn", "capital of projects of loans that work, after wear")
    built: Draws = state("USD mn a month", "what the month added to it")
    usual_new: Draws = fixed("fraction", "output of a month of what a dollar of usual new lending builds")
    usual_new_plants: Draws = fixed("fraction", "power plants that work in a dollar of usual new lending")
    usual_undrawn: dict[str, Draws] = state("USD mn", "what usual lending has signed and not drawn, by kind")
    usual_built: dict[str, Draws] = state("USD mn", "what usual lending has built, by kind")
    usual_demand: Pipeline = state("USD mn a month", "demand at home of usual lending in the year's months to come")
    usual_gives: Pipeline = state("USD mn a month", "what its capital yields when well spent, in those months")
    usual_plants: Pipeline = state("USD mn", "its power plants, in those months")

    def __init__(self, belarus: Belarus):
        super().__init__(belarus)
        self.belarus = belarus
        banks = self.world.china.policy_banks
        new, to_build, built = banks.usual_lending()
        _, self.usual_new, self.usual_new_plants = new
        self.usual_undrawn = {PAID: banks.undrawn} | _by_kind(to_build)
        self.usual_built = _by_kind(built)
        self.usual_demand = self.usual_gives = self.usual_plants = Pipeline()
        self.carried = self.gained = self.gas_saved = self.invested = self.built = self.full(0.0)
        self.lent_capital = banks.capital

    @property
    def capital(self) -> np.ndarray:
        """Capital of Chinese projects that work, at cost."""
        result: np.ndarray = self.lent_capital + self.invested
        return result

    def open_year(self) -> None:
        """January: what usual lending pays out and has built in each month of the year, at January's prices."""
        p = self.parameters.loans
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
            self.usual_built = {
                kind: projects.next_capital(capital=capital, wear=p.project_wear, built=paid[kind])
                for kind, capital in self.usual_built.items()
            }
            demand = projects.spent_at_home(
                spent=paid[PAID],
                tied=p.tied_share * paid[PAID],
                tied_weight=p.tied_multiplier,
                untied_weight=p.untied_multiplier,
            )
            months.append((demand, self.usual_built[GIVES], self.usual_built[ENERGY]))
        self.usual_demand, self.usual_gives, self.usual_plants = map(Pipeline, zip(*months, strict=True))

    def build(self, gdp: Draws) -> None:
        """A month of work, and of what stands.

        Parameters
        ----------
        gdp : Draws
            Of the month without what income carries, at the real exchange rate of the origin, USD mn a month.
        """
        p, finance = self.parameters.loans, self.parameters.finance
        carried = economy.carried_by_income(
            change=self._spending() - self.usual_demand[0],
            gdp=gdp,
            multiplier=p.untied_multiplier,
            largest=finance.largest_income_change,
        )
        self.carried = self.carried + share_a_month(finance.income_speed) * (carried - self.carried)
        banks = self.world.china.policy_banks
        capital = banks.capital
        self.built, self.lent_capital = capital - self.lent_capital, capital
        gives, plants = banks.working
        beyond = gives + p.return_park / MONTHS_PER_YEAR * self.invested - self.usual_gives[0]
        self.gained = economy.carried_by_income(
            change=beyond,
            gdp=gdp,
            multiplier=p.project_efficiency,
            largest=finance.largest_income_change,
        )
        self.gas_saved = projects.gas_saved(
            capital=plants - self.usual_plants[0],
            saving=p.gas_saving,
            bill=self.belarus.importers.base_gas,
            largest=p.largest_gas_saving,
        )
        self.usual_demand, self.usual_gives, self.usual_plants = (
            Pipeline(each[1:]) for each in (self.usual_demand, self.usual_gives, self.usual_plants)
        )

    def _spending(self) -> Draws:
        """Spent at home of the month's loans, and of investment that a project needs as it would a loan."""
        p, banks, investors = self.parameters.loans, self.world.china.policy_banks, self.world.china.investors
        invested = investors.instead_of_loans + investors.arranged
        self.invested = projects.next_capital(
            capital=self.invested, wear=p.project_wear, built=invested * (1 - p.failure_park)
        )
        return projects.spent_at_home(
            spent=banks.release + invested,
            tied=banks.tied_paid + self.parameters.trade.fdi_import_content * invested,
            tied_weight=p.tied_multiplier,
            untied_weight=p.untied_multiplier,
        )


def _by_kind(sums: Sums) -> dict[str, Draws]:
    """What matters for output and for gas of sums over projects."""
    return {GIVES: sums[1], ENERGY: sums[2]}
