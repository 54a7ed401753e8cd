"""What Chinese money builds in Belarus: work while it is spent, then capital that yields output and saves gas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinobel.world.agents.country import Institution
from sinobel.world.agents.loan_projects import Sums
from sinobel.world.arrays import Draws
from sinobel.world.constants import A_YEAR, MONTHS_PER_YEAR
from sinobel.world.rules import economy, loan_service, projects
from sinobel.world.rules.rates import share_a_month
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


GIVES, ENERGY = "gives", "energy"
"""Kinds of what is built: output of a year, and power plants."""


class Projects(Institution):
    """Output that Chinese projects carry and yield, beyond that of usual lending.

    Trend growth holds what loans and projects of the past gave. So projects move output as far as they are above or
    below the usual: new commitments of `loans.commitments_a_year`, drawn at the usual pace, working as often as usual.
    """

    capital: Draws = state("USD mn", "capital of Chinese projects that work, at cost", indicator="project_capital")
    carried: Draws = state(
        "log", "output that money for projects carries against the usual", indicator="output_carried_by_projects"
    )
    gained: Draws = state("log", "output that projects yield against the usual", indicator="output_gained_by_projects")
    gas_saved: Draws = state("fraction", "share of gas that power plants save against the usual")
    invested: Draws = state("USD mn", "capital from investment in the place of loans, or by events")
    usual_undrawn: Draws = state("USD mn", "what usual lending has signed and not drawn")
    usual_to_build: dict[str, Draws] = state("USD mn", "what of it will yield, and be power plants, by kind")
    usual_built: dict[str, Draws] = state("USD mn", "what usual lending has built, by kind")
    usual_new: Draws = fixed("fraction", "output of a year of what a dollar of usual new lending builds")
    usual_plants: Draws = fixed("fraction", "power plants that work in a dollar of usual new lending")

    def __init__(self, belarus: Belarus):
        super().__init__(belarus)
        self.belarus = belarus
        banks = self.world.china.policy_banks
        new, to_build, built = banks.usual_lending()
        _, self.usual_new, self.usual_plants = new
        self.usual_to_build, self.usual_built = _by_kind(to_build), _by_kind(built)
        self.usual_undrawn = banks.undrawn
        self.capital = built[0]
        self.carried = self.gained = self.gas_saved = self.invested = self.full(0.0)

    def build(self, gdp: Draws) -> None:
        """A month of work, and of what stands.

        Parameters
        ----------
        gdp : Draws
            Of the month without what income carries, at the real exchange rate of the origin, USD mn a month.
        """
        p, finance = self.parameters.loans, self.parameters.finance
        change, whole = self._spending() - self._usual_spending(), self.full(1.0)
        carried = economy.carried_by_income(
            change=change, gdp=gdp, multiplier=whole, largest=finance.largest_income_change
        )
        self.carried = self.carried + share_a_month(finance.income_speed) * (carried - self.carried)
        loans, gives, energy = self.world.china.policy_banks.working
        self.capital = loans + self.invested
        beyond = gives + A_YEAR * p.return_park * self.invested - self.usual_built[GIVES]
        self.gained = economy.carried_by_income(
            change=projects.output_of_capital(gives=beyond, efficiency=p.project_efficiency),
            gdp=gdp,
            multiplier=whole,
            largest=finance.largest_income_change,
        )
        self.gas_saved = projects.gas_saved(
            capital=energy - self.usual_built[ENERGY],
            saving=p.gas_saving,
            bill=self.belarus.importers.base_gas,
            largest=p.largest_gas_saving,
        )

    def _spending(self) -> Draws:
        """Demand at home of the month's loans, and of investment that a project needs as it would a loan."""
        p, banks, investors = self.parameters.loans, self.world.china.policy_banks, self.world.china.investors
        invested = investors.instead_of_loans + investors.arranged
        self.invested = projects.next_capital(
            capital=self.invested, wear=p.project_wear, built=invested * (1 - p.failure_park)
        )
        abroad = self.parameters.trade.fdi_import_content * invested
        return projects.demand_of_spending(
            tied=banks.tied_paid + abroad,
            untied=banks.release - banks.tied_paid + invested - abroad,
            tied_weight=p.tied_multiplier,
            untied_weight=p.untied_multiplier,
        )

    def _usual_spending(self) -> Draws:
        """A month of usual lending: what it pays out, builds and signs; returns its demand at home."""
        p = self.parameters.loans
        share = loan_service.share_paid_out(pace=p.draw_pace, largest=p.largest_pace, quality=self.full(1.0))
        kept = 1 - loan_service.share_lapsing(p.lapse_rate)
        new = p.commitments_a_year * self.world.environment.price_level / MONTHS_PER_YEAR
        paid = self.usual_undrawn * share
        self.usual_undrawn = (self.usual_undrawn - paid) * kept + new
        built = {kind: amount * share for kind, amount in self.usual_to_build.items()}
        self.usual_built = {
            kind: projects.next_capital(capital=self.usual_built[kind], wear=p.project_wear, built=amount)
            for kind, amount in built.items()
        }
        signed = {GIVES: new * self.usual_new, ENERGY: new * self.usual_plants}
        self.usual_to_build = {
            kind: (amount - built[kind]) * kept + signed[kind] for kind, amount in self.usual_to_build.items()
        }
        return projects.demand_of_spending(
            tied=p.tied_share * paid,
            untied=(1 - p.tied_share) * paid,
            tied_weight=p.tied_multiplier,
            untied_weight=p.untied_multiplier,
        )


def _by_kind(sums: Sums) -> dict[str, Draws]:
    """What matters for output and for gas of sums over projects."""
    return {GIVES: sums[1], ENERGY: sums[2]}
