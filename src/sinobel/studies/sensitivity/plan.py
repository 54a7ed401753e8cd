"""What is asked of the uncertainty of a result, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.indicators import chosen
from sinobel.inputs.reading import InputError, Problem, quoted
from sinobel.inputs.values import plain
from sinobel.policies.scenarios import Scenario
from sinobel.runs import designs
from sinobel.runs.request import Request
from sinobel.studies.sensitivity.sobol import Effect, Share
from sinobel.studies.targets import horizon_for

CHANCE, OTHERS = "chance", "other parameters"
HEAVY = 0.25
"""Share of the variance in the most extreme 1 % of futures above which percentiles are judged instead of values."""
VALUES, PERCENTILES = "values", "percentiles"
SUBJECTS = ("potash", "loans", "trade", "finance", "politics", "environment")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a sensitivity study asks.

    Attributes
    ----------
    scenario : Scenario
        Whose projection; with `against`, its difference from that scenario on the same futures.
    base : int
        Base samples of the Sobol' scheme, a power of two.
    top : int
        Number of parameters whose shares are computed.
    trajectories : int
        Of the screening, each with its own future.
    source : str
        Where parameters come from.
    """

    indicator: str
    year: int
    scenario: Scenario
    against: Scenario | None = None
    base: int = 1024
    top: int = 20
    trajectories: int = 24
    seed: int = 2017
    origin: str = months.DEFAULT_ORIGIN
    source: str = "posterior"

    def __post_init__(self) -> None:
        for name in ("year", "base", "top", "trajectories", "seed", "source"):
            object.__setattr__(self, name, plain(getattr(self, name)))
        object.__setattr__(self, "origin", months.december_text(self.origin))
        problems: list[Problem] = []
        try:
            chosen([self.indicator])
        except InputError as error:
            problems += error.problems
        for name in ("year", "base", "top", "trajectories"):
            if isinstance(value := getattr(self, name), bool) or not isinstance(value, int):
                raise InputError([*problems, Problem(f"{name} must be a whole number, not {quoted(value)}")])
        first = months.year(months.parse_origin(self.origin)) + 1
        if not first <= self.year <= months.LAST_HORIZON_YEAR:
            message = f"the year {self.year} is not simulated; choose {first} to {months.LAST_HORIZON_YEAR}"
            problems.append(Problem(message))
        if self.base < 16 or self.base & (self.base - 1) or self.base > 2**16:
            problems.append(Problem(f" must be a power of two from 16 to 65,536, not {self.base}", argument="draws"))
        most = len(designs.uncertain())
        if not 1 <= self.top <= most:
            problems.append(Problem(f"the number of parameters must be from 1 to {most}, not {self.top}"))
        if not 2 <= self.trajectories <= 1000:
            problems.append(Problem(f"trajectories of the screening must be from 2 to 1,000, not {self.trajectories}"))
        if problems:
            raise InputError(problems)
        self.request(1)  # its own checks

    def request(self, runs: int) -> Request:
        """The request of some runs to the year of the plan."""
        scenarios = (self.scenario,) if self.against is None else (self.against, self.scenario)
        horizon = horizon_for(scenarios, self.year)
        return Request(
            scenarios,
            runs,
            seed=self.seed,
            origin=self.origin,
            horizon=horizon,
            indicators=(self.indicator,),
            parameters=self.source,
        )


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a sensitivity study found.

    Attributes
    ----------
    screening : list[Effect]
        Effect of every uncertain parameter, the largest first, in the unit of the indicator.
    shares : Mapping[str, list[Share]]
        Measure -> of the most important parameters, of all others together, and of chance.
    groups : Mapping[str, list[Share]]
        Measure -> by subject of the parameters, and of chance.
    members : Mapping[str, tuple[str, ...]]
        Factor -> its parameters.
    ensemble : np.ndarray
        (draws,) what the ordinary ensemble gives.
    variances : Mapping[str, float]
        Measure -> variance of the runs of `shares` over that of the ordinary ensemble.
    runs : int
        Of all steps.
    """

    plan: Plan
    screening: list[Effect]
    shares: Mapping[str, list[Share]]
    groups: Mapping[str, list[Share]]
    members: Mapping[str, tuple[str, ...]]
    ensemble: np.ndarray
    variances: Mapping[str, float]
    runs: int

    @property
    def extremes(self) -> float:
        """Share of the variance that the most extreme 1 % of futures carry."""
        squares = np.sort((self.ensemble - self.ensemble.mean()) ** 2)[::-1]
        return float(squares[: max(len(squares) // 100, 1)].sum() / squares.sum())

    @property
    def measure(self) -> str:
        """What is shared out: the variance of values, or of percentiles where a few futures dominate that of values."""
        return PERCENTILES if self.extremes > HEAVY else VALUES

    @property
    def chance(self) -> Share:
        """The share of chance, from the study by subject, which has twice as many runs for each factor."""
        return next(each for each in self.groups[self.measure] if each.name == CHANCE)

    @property
    def ratio_error(self) -> float:
        """How far from 1 the ratio of variances may lie by sampling alone, 90 %."""
        values = self.ensemble if self.measure == VALUES else np.argsort(np.argsort(self.ensemble))
        squares = (values - values.mean()) ** 2
        kurtosis = float((squares**2).mean() / squares.mean() ** 2)
        result: float = 1.645 * ((kurtosis - 1) / self.plan.base) ** 0.5
        return result


def by_subject(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Uncertain parameters of each subject."""
    return {subject: tuple(name for name in names if name.startswith(f"{subject}.")) for subject in SUBJECTS}
