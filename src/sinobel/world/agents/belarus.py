"""Belarus: output, dollar GDP, real exchange rate and dependence of the country; its institutions act."""

from __future__ import annotations

import numpy as np

from sinobel.world import ledger
from sinobel.world.agents.banks_and_firms import BanksAndFirms
from sinobel.world.agents.belaruskali import Belaruskali
from sinobel.world.agents.country import Country
from sinobel.world.agents.exporters import Exporters
from sinobel.world.agents.foreign_owners import ForeignOwners
from sinobel.world.agents.government import Government
from sinobel.world.agents.importers import Importers
from sinobel.world.agents.projects import Projects
from sinobel.world.agents.refineries import Refineries
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.arrays import Draws
from sinobel.world.constants import A_YEAR, DECEMBER_AFTER_MEAN, MONTHS_PER_YEAR, PERCENT
from sinobel.world.elementary import exp, log, log1p
from sinobel.world.ledger import BELARUS, RUSSIAN, UNTIED
from sinobel.world.opening.finance import FinanceOpening
from sinobel.world.opening.oil import OilOpening
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.opening.trade import TradeOpening
from sinobel.world.rules import economy, politics
from sinobel.world.rules.environment import december_of_growth
from sinobel.world.rules.rates import fresh_part, share_a_month, spread_a_month
from sinobel.world.state import Pipeline, fixed, state


class Belarus(Country):
    """The country: output, dollar GDP, real exchange rate, dependence; its institutions act."""

    account = BELARUS

    base_gdp: Draws = fixed("USD mn a month", "dollar GDP of the origin's year")
    gdp: Draws = state("USD mn a month", "dollar GDP", indicator="gdp")
    growth: Draws = state("% a year", "growth of output, twelve months over the twelve before", indicator="gdp_growth")
    pace: Draws = state("% a year", "pace of growth, without what moves the level of output")
    output: Draws = state("log", "output since the origin")
    output_of_year: Pipeline = state("fraction", "output of the last twelve months over the mean of the origin's year")
    output_of_year_before: Pipeline = state("fraction", "the same of the twelve before")
    base_potash: Draws = fixed("USD mn a month", "potash revenue at the origin")
    carried_by_potash: Draws = state(
        "log", "output that potash revenue carries against the origin", indicator="output_carried_by_potash"
    )
    carried_by_subsidy: Draws = state(
        "log", "output that Russia's subsidy carries against its rule", indicator="output_carried_by_subsidy"
    )
    carried_by_exports: Draws = state(
        "log", "output that exports beyond the usual carry", indicator="output_carried_by_exports"
    )
    carried_by_finance: Draws = state(
        "log", "output that finance from abroad carries against the usual", indicator="output_carried_by_finance"
    )
    squeezed: Draws = state("log", "output lost to a gap that nobody filled", indicator="output_lost_to_gaps")
    carried: Draws = state("log", "output that potash, subsidy, exports, finance, projects and gaps carry together")
    level: Draws = state("log", "output that they, projects and reform have added to its path since the origin")
    reform_gain: Draws = state("log", "output that reform has gained", indicator="output_gained_by_reform")
    furthest_reform: Draws = state("index 0-1", "furthest that reform has gone")
    jobs_between: Draws = state(
        "fraction", "share of all jobs that reform shed and that are not replaced", indicator="jobs_shed_by_reform"
    )
    base_exchange_rate: Draws = fixed("log", "gap of the real exchange rate in the origin's year")
    exchange_rate: Draws = state("log", "gap of the real exchange rate", indicator="real_exchange_rate_gap")
    catching_up: Draws = state("log", "part of that gap that prices at home have yet to catch up with")
    devaluation: Draws = state("log", "devaluation of this month, decided the month before")
    dependence_on_russia: Draws = state("index 0-1", "dependence on Russia", indicator="dependence_on_russia")
    dependence_on_china: Draws = state("index 0-1", "dependence on China", indicator="dependence_on_china")

    def __init__(
        self,
        world: Surroundings,
        potash: PotashOpening,
        oil: OilOpening,
        trade: TradeOpening,
        books: FinanceOpening,
    ):
        super().__init__(world)
        self.base_gdp = self.full(books.gdp)
        self._open_growth(books)
        self.base_exchange_rate = self.full(books.exchange_rate_gap)
        self.exchange_rate = self.base_exchange_rate + books.exchange_rate_jump
        self.gdp = self._gdp_in_dollars()
        self.catching_up = self.full(books.rouble_catching_up)
        self.devaluation = self.full(0.0)
        self.belaruskali = Belaruskali(self, potash)
        self.base_potash = self.belaruskali.expected_revenue
        self.carried_by_potash = self.carried_by_subsidy = self.carried_by_exports = self.full(0.0)
        self.carried_by_finance = self.squeezed = self.carried = self.level = self.full(0.0)
        self.reform_gain = self.jobs_between = self.full(0.0)
        self.refineries = Refineries(self, oil, trade.departures["products"])
        self.exporters = Exporters(self, trade)
        self.importers = Importers(self, trade)
        self.foreign_owners = ForeignOwners(self, books)
        self.banks_and_firms = BanksAndFirms(self, books)
        self.projects = Projects(self)
        self.government = Government(self, books)
        self.banks_and_firms.used_to = self.government.risk
        self.furthest_reform = self.government.reform
        self.dependence_on_russia, self.dependence_on_china = self._dependence_targets()

    def _open_growth(self, books: FinanceOpening) -> None:
        """Output of two years by month: each is as recorded and grows evenly, the last at a rate that is not known."""
        p, error_of = self.parameters.finance, self.world.shocks.error_of
        self.growth = self.full(books.growth)
        self.pace, within = december_of_growth(
            yearly=books.growth,
            mean=p.trend_growth,
            persistence=p.growth_persistence,
            spread=p.growth_noise,
            error=error_of("belarus.growth"),
            error_within=error_of("belarus.output"),
        )
        self.output_of_year = Pipeline(economy.months_of_a_year(rate=np.maximum(within, p.deepest_fall)))
        year_before = economy.months_of_a_year(rate=self.full(books.growth_before))
        grown = 1 + books.growth * A_YEAR / PERCENT
        self.output_of_year_before = Pipeline(month / grown for month in year_before)
        self.output = log(self.output_of_year[-1])

    def produce(self) -> None:
        """Output, exchange rate and dollar GDP of the month, and what is refined."""
        self._grow()
        self._reprice()
        self.gdp = self._gdp_in_dollars()
        self.refineries.refine()

    def _gdp_in_dollars(self) -> Draws:
        """Dollar GDP of the month: that of the origin's year, with growth and prices since the middle of that year."""
        return self._in_dollars(self.output, self.exchange_rate)

    def _in_dollars(self, output: Draws, exchange_rate: Draws) -> Draws:
        """Dollar GDP of the month with some output since the origin and some gap of the real exchange rate."""
        return economy.gdp_in_dollars(
            base=self.base_gdp,
            real_growth=output,
            years=DECEMBER_AFTER_MEAN + self.world.environment.years,
            dollar_inflation=self.parameters.finance.dollar_inflation,
            exchange_rate=exchange_rate,
            base_exchange_rate=self.base_exchange_rate,
        )

    def _grow(self) -> None:
        """The pace answers Russia; income, gaps that nobody fills, projects and reform move the level of output."""
        p, environment = self.parameters.finance, self.world.environment
        reaction = economy.growth_reaction(
            russia=environment.russia_growth,
            usual_russia=self.parameters.environment.russia_growth,
            russia_weight=p.growth_russia,
        )
        noise = p.growth_noise * fresh_part(p.growth_persistence) * self.world.shock("belarus.growth")
        self.pace = economy.next_growth_rate(
            growth=self.pace, persistence=p.growth_persistence, trend=p.trend_growth, reaction=reaction, noise=noise
        )
        level = self.level
        self._spend()
        self._reform_firms()
        self._add_up_levels()
        added = self.level - level
        grown = log1p(np.maximum(self.pace, p.deepest_fall) / PERCENT) / MONTHS_PER_YEAR
        self.output = self.output + grown + added
        self._measure_growth()

    def _measure_growth(self) -> None:
        """Growth as statistics have it: of twelve months over the twelve before, in December that of the year."""
        self.output_of_year_before = self.output_of_year_before.then(self.output_of_year[0])
        self.output_of_year = self.output_of_year.then(exp(self.output))
        self.growth = economy.yearly_growth(
            output=sum(self.output_of_year, start=self.full(0.0)),
            year_before=sum(self.output_of_year_before, start=self.full(0.0)),
        )

    @property
    def growth_seen(self) -> np.ndarray:
        """Growth that institutions answer: output over that of the same month a year before, % a year.

        That is what is published of a month; its mean over a year is growth of the year, by which the answers were set.
        """
        result: np.ndarray = economy.yearly_growth(
            output=self.output_of_year[-1], year_before=self.output_of_year_before[-1]
        )
        return result

    def _spend(self) -> None:
        """Output goes with income from potash, other exports and subsidy, with finance, and with what can be paid.

        Income is set against GDP of the month in dollars of the month, at the real exchange rate of the origin and
        without what income carries.
        """
        p, environment, russia = self.parameters.finance, self.world.environment, self.world.russia.government
        gdp = self._in_dollars(self.output - self.carried, self.base_exchange_rate)
        self.carried_by_potash = economy.carried_by_income(
            change=self.belaruskali.expected_revenue - self.base_potash * environment.price_level,
            gdp=gdp,
            multiplier=p.potash_multiplier,
            largest=p.largest_income_change,
        )
        lasting = economy.carried_by_income(
            change=russia.subsidy - russia.full_subsidy,
            gdp=gdp,
            multiplier=p.subsidy_multiplier,
            largest=p.largest_income_change,
        )
        earned = economy.carried_by_income(
            change=self.exporters.beyond_usual,
            gdp=gdp,
            multiplier=p.export_multiplier,
            largest=p.largest_export_cycle,
        )
        unpaid = economy.carried_by_income(
            change=-self.government.shortage,
            gdp=gdp,
            multiplier=p.squeeze_multiplier,
            largest=p.largest_income_change,
        )
        withdrawn = economy.carried_by_income(
            change=-self.government.lost_finance,
            gdp=gdp,
            multiplier=p.finance_multiplier,
            largest=p.largest_income_change,
        )
        speed = share_a_month(p.income_speed)
        self.carried_by_subsidy = self.carried_by_subsidy + speed * (lasting - self.carried_by_subsidy)
        self.carried_by_exports = self.carried_by_exports + speed * (earned - self.carried_by_exports)
        self.squeezed = self.squeezed + speed * (unpaid - self.squeezed)
        self.carried_by_finance = self.carried_by_finance + speed * (withdrawn - self.carried_by_finance)
        self.projects.build(gdp)

    def _add_up_levels(self) -> None:
        """What income carries, and with it what projects and reform have gained and lost."""
        earned = self.carried_by_potash + self.carried_by_subsidy + self.carried_by_exports
        self.carried = earned + self.carried_by_finance + self.projects.carried + self.squeezed
        lost = self.parameters.finance.reform_job_output * self.jobs_between
        self.level = self.carried + self.projects.gained + self.reform_gain - lost

    def _reform_firms(self) -> None:
        """Reform sheds jobs in state industry at once, the first time it goes so far; what it gains comes later."""
        p, reform = self.parameters.finance, self.government.reform
        new_reform = np.maximum(reform - self.furthest_reform, 0.0)
        self.furthest_reform = self.furthest_reform + new_reform
        self.jobs_between = economy.next_jobs_between(
            between=self.jobs_between, search_years=p.reform_search, new_reform=new_reform, shed=p.reform_jobs
        )
        self.reform_gain = economy.next_reform_gain(
            gain=self.reform_gain,
            whole=p.reform_gain,
            reform=reform,
            usual_reform=self.parameters.politics.usual_reform,
            years=p.reform_years,
        )

    def _reprice(self) -> None:
        """The real exchange rate answers oil, reserves and a devaluation, with which prices catch up."""
        p, environment = self.parameters.finance, self.world.environment
        target = economy.exchange_rate_target(
            oil_pull=p.exchange_rate_oil,
            oil_gap=log(environment.oil / (environment.oil_mean * environment.price_level)),
        )
        reserves = economy.reserve_pull(
            pull=p.exchange_rate_reserves,
            cover_gap=self.government.cover - p.reserve_target,
            largest_cover_gap=p.largest_cover_gap,
        )
        left = economy.next_catch_up(left=self.catching_up, pace=p.price_catch_up, devaluation=self.devaluation)
        self.exchange_rate, self.catching_up = economy.next_real_exchange_rate(
            gap=self.exchange_rate,
            catching_up=self.catching_up,
            still_to_catch_up=left,
            target=target,
            speed=p.exchange_rate_speed,
            reserves=reserves,
            oil=p.exchange_rate_oil * environment.oil_change,
            noise=spread_a_month(p.exchange_rate_noise) * self.world.shock("belarus.exchange_rate"),
            weakest=p.weakest_rouble,
            strongest=p.strongest_rouble,
        )

    def react(self) -> None:
        """Dependence on Russia and China follows trade, debt and what each of them holds."""
        speed = self.parameters.politics.dependence_speed
        russia, china = self._dependence_targets()
        self.dependence_on_russia = politics.toward(level=self.dependence_on_russia, target=russia, speed=speed)
        self.dependence_on_china = politics.toward(level=self.dependence_on_china, target=china, speed=speed)

    def _dependence_targets(self) -> tuple[np.ndarray, np.ndarray]:
        exporters, importers, debts = self.exporters, self.importers, self.world.money.claims
        trade = exporters.total + importers.total
        debt = self.government.debt
        technology = self.board["china.technology_transfer"] * self.parameters.politics.technology_autonomy
        russia = politics.dependence(
            trade_share=(exporters.russia + importers.russia) / trade,
            debt_share=debts[RUSSIAN] / debt,
            special_share=self.world.russia.government.subsidy / (self.parameters.politics.whole_subsidy * self.gdp),
            autonomy=technology,
        )
        china = politics.dependence(
            trade_share=(exporters.china + importers.china) / trade,
            debt_share=(debts[ledger.TIED] + debts[UNTIED]) / debt,
            special_share=self.belaruskali.sales_share,
            autonomy=0.0,
        )
        return russia, china
