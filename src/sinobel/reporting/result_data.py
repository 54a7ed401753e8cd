"""Results as charts, tables and pages take them: their numbers, what was asked, and what they rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.analysis import answering, attribution, money, settlements, worth
from sinobel.analysis.leads import balance_of
from sinobel.analysis.outcomes import Outcomes
from sinobel.analysis.question import Question, question_of
from sinobel.analysis.round_years import told_year
from sinobel.analysis.summary import Summary
from sinobel.analysis.worth import Fact
from sinobel.inputs import months
from sinobel.inputs.loans_and_contracts import year_of_new
from sinobel.inputs.pairs import with_pairs
from sinobel.policies.events import rows_of_projects
from sinobel.policies.focus import Focus, of_manifest
from sinobel.policies.scenarios import from_written
from sinobel.policies.stated import stated
from sinobel.reporting.basis import Basis
from sinobel.reporting.charts.lettering import titles_of
from sinobel.reporting.charts.shared import Footer, RecordOf
from sinobel.reporting.charts.style import Look, scenario_styles
from sinobel.reporting.tables.event_rows import EventRow, told_events
from sinobel.reporting.tables.loan_words import title
from sinobel.reporting.words import facts
from sinobel.runs.manifest import Manifest, caption
from sinobel.runs.trajectories import Loans, Yearly

if TYPE_CHECKING:
    import xarray as xr

Rows = Sequence[Mapping[str, Any]]
ALWAYS_SPLIT = ("balance_with_china", "debt_to_china")
"""Indicators whose split is drawn whatever the answer tells."""


WAITING = "without_contract"
LEAST_WAITING = 0.02
"""Share of months in which an option waits more or less than the reference, from which on its bargain is drawn."""


@dataclass(frozen=True)
class ResultData:
    """Results of a run or a comparison.

    Attributes
    ----------
    summary : Summary
        Bands of the yearly values, made once.
    bands : xr.Dataset
        Of every month over draws; examples, months of the first draws.
    basis : Basis
        What the results rest on.
    loans : Mapping[str, Loans] | None
        Scenario -> the life of every loan; None for results that were read back.
    money : Rows
        Rows of money.csv, of results that were read back.
    """

    manifest: Manifest
    summary: Summary
    bands: xr.Dataset
    examples: xr.Dataset | None
    basis: Basis
    loans: Mapping[str, Loans] | None = None
    money: Rows = ()

    @property
    def annual(self) -> Yearly:
        """Indicator -> dims (scenario, draw, year)."""
        return self.summary.yearly

    @cached_property
    def recorded(self) -> RecordOf:
        """Indicator, or pair of them -> year -> recorded value."""
        return with_pairs(self.basis.recorded)

    @cached_property
    def drawn(self) -> RecordOf:
        """The same for charts, with the months without a contract that the settlements of the record tell.

        No forecast is scored by them, and no answer leads with them.
        """
        waits = settlements.months_without(self.basis.settlements)
        return with_pairs({**self.basis.recorded, settlements.WAITING: waits} if waits else self.basis.recorded)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Title of each scenario by name, in the order of the request."""
        return titles_of(self.manifest)

    @cached_property
    def caption(self) -> str:
        """How the results were made, for the foot of a chart."""
        return caption(self.manifest)

    @cached_property
    def footer(self) -> Footer:
        """The foot of charts."""
        return Footer(self.caption, self.basis.track_record, self.basis.beyond)

    def footer_of(self, *scenarios: str) -> Footer:
        """The foot of a chart that shows some scenarios only: it says nothing of the others."""
        return Footer(self.caption, self.basis.track_record, self.basis.beyond_under(scenarios))

    @property
    def compared(self) -> bool:
        """Whether something was asked of several scenarios."""
        return len(self.titles) > 1

    @cached_property
    def question(self) -> Question:
        """What was asked of a comparison."""
        return question_of(self.manifest)

    @property
    def reference(self) -> str:
        """The scenario others are compared with."""
        return self.question.reference

    @cached_property
    def detailed(self) -> str:
        """The scenario that is shown first where one at a time is: the option that the answer tells first."""
        return max(self.options, key=lambda name: self.told[name].weight, default=self.reference)

    @property
    def options(self) -> list[str]:
        """Scenarios besides the reference."""
        return [name for name in self.titles if name != self.reference]

    @cached_property
    def styles(self) -> dict[str, Look]:
        """Look of each scenario."""
        return scenario_styles(list(self.titles))

    @cached_property
    def origin(self) -> int:
        """Last recorded year."""
        return months.year(months.parse(self.manifest["request"]["origin"]))

    @cached_property
    def horizon(self) -> int:
        """Last simulated year."""
        return months.year(months.parse(self.manifest["request"]["horizon"]))

    @cached_property
    def years(self) -> list[int]:
        """Simulated years."""
        return [int(year) for year in self.summary.years]

    @cached_property
    def focus(self) -> Focus:
        """What answers tell first."""
        return of_manifest(self.manifest)

    @cached_property
    def year(self) -> int:
        """The year that titles and answers tell."""
        found = facts.year_of(self.told, self.focus)
        return found if found in self.years else told_year(self.years)

    @cached_property
    def told(self) -> dict[str, facts.Told]:
        """What is told of every option."""
        return facts.told(self.annual, self.reference, self.recorded, self.origin, self.focus, stated=self.stated)

    @cached_property
    def stated(self) -> Mapping[str, Collection[str]]:
        """What each option sets by definition, told after what comes of it."""
        return stated(map(from_written, self.manifest["request"]["scenarios"]), self.reference)

    def label(self, indicator: str) -> str:
        """What an indicator, or what two of them make, is called."""
        return str(self.summary[indicator].attrs["long_name"])

    def short_label(self, indicator: str) -> str:
        """The same without what stands behind a comma, which says how it is reckoned."""
        return self.label(indicator).partition(",")[0]

    def called(self, indicators: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Indicators with what they are called and their yearly unit; those that are not there are passed over."""
        return {
            name: (self.short_label(name), str(self.summary[name].attrs["units"]))
            for name in indicators
            if name in self.annual
        }

    def moved(self, indicator: str, year: int) -> dict[str, list[Fact]]:
        """What each option does to an indicator in a year."""
        if (indicator, year) not in self._moved:
            self._moved[indicator, year] = answering.asked(
                self.annual, self.reference, self.recorded, self.origin, [indicator], years=[year]
            )
        return self._moved[indicator, year]

    @cached_property
    def _moved(self) -> dict[tuple[str, int], dict[str, list[Fact]]]:
        """What was told of an indicator and a year: seconds of many draws, asked for by chart, title and table."""
        return {}

    def least_told(self, indicator: str) -> float:
        """The smallest change of an indicator that is told, in its unit."""
        return worth.least_told(self.annual, self.reference, self.recorded, self.origin, indicator)

    @cached_property
    def bargains(self) -> str:
        """Scenario whose potash bargain is drawn: the option that changes most of when China waits, if any does.

        Otherwise the reference: a closed market would not be seen in it.
        """
        waiting = self.bands[WAITING].sel(band="mean")
        own = waiting.sel(scenario=self.reference)
        moved = {name: float(np.abs(waiting.sel(scenario=name) - own).mean()) for name in self.options}
        most = max(moved, key=lambda name: moved[name], default=self.reference)
        return most if moved.get(most, 0.0) >= LEAST_WAITING else self.reference

    @cached_property
    def leading(self) -> list[str]:
        """Indicators that the answer tells first."""
        return [name for name in facts.leading(self.told, self.focus) if name in self.annual]

    @cached_property
    def splits(self) -> dict[str, list[list[attribution.AttributionRow]]]:
        """What changes are split into that are drawn, by indicator: the rows of each option's change.

        Those that the answer tells first, in its order and its years, then those that are always drawn; of a side of a
        balance that has no split of its own, that of the balance. Of a single scenario, the rows of its change since
        the first year. Where there are several kinds of splits, the first.
        """
        kinds: dict[str, str] = {}
        for of, by in attribution.possible(self.annual):
            kinds.setdefault(of, by)
        splits = {}
        for of in dict.fromkeys([*self.leading, *ALWAYS_SPLIT]):
            year, split = self._year_of(of), of if of in kinds else balance_of(of)
            if split in kinds and split not in splits and (self.options or year > self.years[0]):
                names = self.options or self.titles
                splits[split] = [attribution.rows(self._split(split, kinds[split], name, year)) for name in names]
        return splits

    def _split(self, of: str, by: str, name: str, year: int) -> attribution.Split:
        if self.options:
            return attribution.attribution(self.annual, of, by, name, year, against=self.reference)
        return attribution.attribution(self.annual, of, by, name, year, since=self.years[0])

    def _year_of(self, indicator: str) -> int:
        """The year in which the answer tells an indicator; that of everything else where it does not lead with it."""
        leads = indicator in self.leading and not self.focus.years
        year = facts.year_of_one(self.told, indicator) if leads else None
        return self.year if year is None else year

    @cached_property
    def book(self) -> Rows:
        """Where the money of the whole loan book went under the reference; none where that is not kept."""
        return self.money_of(self.reference, money.BOOK)

    def money_of(self, scenario: str, loan: str) -> Rows:
        """Where the money of a loan or group of loans went under a scenario; none where that is not kept."""
        if self.loans is not None:
            lives = self.loans[scenario]
            known = loan in lives or loan == money.BOOK
            return money.rows(money.money(lives, scenario, loan)) if known else []
        return [row for row in self.money if row["scenario"] == scenario and row["loan"] == loan]

    @cached_property
    def event_rows(self) -> list[EventRow]:
        """The events of every scenario, with what became of the loans that stand in the loan book."""
        written = map(from_written, self.manifest["request"]["scenarios"])
        return [row for each in written for row in told_events(each, partial(self.money_of, each.name))]

    @cached_property
    def loan_rows(self) -> Rows:
        """The same of every loan by itself and of the loans of each year to come, with titles."""
        if self.loans is not None:
            lives = self.loans[self.reference]
            stories = (money.money(lives, self.reference, name) for name in (*lives, *money.years_of(lives)))
            rows: Rows = [
                {"title": title(row.loan, self._named), **row} for story in stories for row in money.rows(story)
            ]
        else:
            rows = [
                row
                for row in self.money
                if row["scenario"] == self.reference and row["loan"] not in money.GROUPS | money.KINDS
            ]
        return [row for row in rows if not year_of_new(str(row["loan"]))]

    @property
    def _named(self) -> Mapping[str, str]:
        """Row of the loan book -> name of the event of the reference that stands in it."""
        written = self.manifest["request"]["scenarios"]
        return next(rows_of_projects(each.events) for each in map(from_written, written) if each.name == self.reference)

    @cached_property
    def outcomes(self) -> Outcomes | None:
        """Objectives counted on a comparison; None for a single scenario or where none can be counted."""
        return self.question.counted(self.annual) if self.options else None
