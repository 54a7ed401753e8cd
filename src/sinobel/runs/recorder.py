"""What a world is asked every month: the value of every indicator, written down as it runs, as months and as years."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs.indicators import RECORDED_PER_YEAR
from sinobel.runs.trajectories import LOAN_MEASURES, to_years
from sinobel.world.agents.loan_lives import lives

if TYPE_CHECKING:
    from sinobel.policies.lever_path import Rule
    from sinobel.runs.stepping import Steps


class Recorder:
    """Values of chosen indicators while a world runs: months as they come, and years folded from them.

    Parameters
    ----------
    recorded : Sequence[str]
        Indicators to record, without ratios.
    shown : Sequence[str]
        Indicators to fold into years, ratios among them.
    draws : int
        Number of futures.
    months : np.ndarray | None
        Array (recorded, months, draws) that is filled, or None.
    years : np.ndarray | None
        Array (shown, years, draws) that is filled, or None.
    loans : np.ndarray | None
        Array (measures, loans, draws) that is filled at the horizon, or None.
    held : np.ndarray | None
        Array (rules, years, draws) of the months in which each rule held, or None.
    rules : Sequence[tuple[str, Rule]]
        The rules in the order of `held`.
    """

    def __init__(
        self,
        recorded: Sequence[str],
        shown: Sequence[str],
        draws: int,
        months: np.ndarray | None = None,
        years: np.ndarray | None = None,
        loans: np.ndarray | None = None,
        held: np.ndarray | None = None,
        *,
        rules: Sequence[tuple[str, Rule]] = (),
    ):
        self.recorded, self.shown = list(recorded), list(shown)
        self.months, self.years, self.loans, self.held = months, years, loans, held
        self.rules = list(rules)
        self._year = np.empty((len(self.recorded), RECORDED_PER_YEAR, draws)) if years is not None else None

    def record(self, steps: Steps) -> None:
        """Write down the month that has ended; a year that is folded leaves its months in December."""
        world, place = steps.world, steps.world.place
        year, month = divmod(place, RECORDED_PER_YEAR)
        if self._year is not None:
            steps.write(self.recorded, self._year[:, month])
        elif self.months is not None:
            observed = steps.observe(self.recorded)
            for row, name in enumerate(self.recorded):
                self.months[row, place] = observed[name]
        if self._year is not None and self.years is not None and month == RECORDED_PER_YEAR - 1:
            if self.months is not None:
                self.months[:, place - month : place + 1] = self._year
            folded = to_years(self.recorded, self._year)
            for row, name in enumerate(self.shown):
                self.years[row, year] = folded[name][0]
        if self.held is not None:
            for row, draws in world.levers.holding(world.month, world.memory):
                self.held[row, year] += draws
        if self.loans is not None and not world.running:
            measures = lives(steps.settle().china.policy_banks)
            for row, name in enumerate(LOAN_MEASURES):
                self.loans[row] = measures[name]

    def checkpoint(self) -> Recorder:
        """What is needed to go on from here in another scenario: finished months and years are never written again."""
        twin = copy(self)
        twin.held = None if self.held is None else self.held.copy()  # the year that runs is still added to
        twin._year = None if self._year is None else self._year.copy()
        return twin

    def take_over(self, other: Recorder, months: int) -> None:
        """Begin with the first months of another recorder, for a scenario that departs after them."""
        if self.months is not None and other.months is not None:
            self.months[:, :months] = other.months[:, :months]
        if self.years is not None and other.years is not None:
            finished = months // RECORDED_PER_YEAR
            self.years[:, :finished] = other.years[:, :finished]
        if self.loans is not None and other.loans is not None:
            self.loans[:] = other.loans  # overwritten at the horizon by a scenario that goes its own way
        if self.held is not None and other.held is not None:
            for row, rule in enumerate(self.rules):  # until the departure both follow the same rules
                if rule in other.rules:
                    self.held[row] = other.held[other.rules.index(rule)]
        if self._year is not None and other._year is not None:
            self._year[:] = np.tile(other._year, self._year.shape[-1] // other._year.shape[-1])
