"""What the uncertainty of a projection rests on: which parameters, and how much is chance.

Three steps, all on runs of the model: a screening of every uncertain parameter, shares of the variance for the most
important ones, and shares by subject. Chance (all shocks, and what the record leaves open at the origin) is a factor
like a parameter: it is what no better knowledge of parameters would take away.

Shares of variance need factors that are independent. Priors are; calibrated parameters are not quite. Those that
calibration ties together closely form one factor and are drawn together; what ignoring weaker ties does shows in
`variances`, the variance of the runs of this study over that of the ordinary ensemble.

Where a few extreme futures carry most of the variance, shares of it are badly estimated and tell about those few.
Then each value is replaced by its percentile in the ordinary ensemble, and the shares are those of the percentiles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.indicators import chosen
from sinobel.inputs.reading import InputError, Problem, quoted
from sinobel.inputs.values import plain
from sinobel.policies.scenarios import Scenario
from sinobel.runs import designs
from sinobel.runs.designs import Design
from sinobel.runs.request import Progress, Request
from sinobel.studies.extras import need
from sinobel.studies.sensitivity import sobol
from sinobel.studies.sensitivity.sobol import Effect, Share
from sinobel.studies.targets import horizon_for

CHANCE, OTHERS = "chance", "other parameters"
HEAVY = 0.25
"""Share of the variance in the most extreme 1 % of futures above which percentiles are judged instead of values."""
VALUES, PERCENTILES = "values", "percentiles"
SUBJECTS = ("potash", "loans", "trade", "finance", "politics", "environment")


@dataclass(frozen=True)
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
            problems.append(Problem(f"base samples must be a power of two from 16 to 65,536, not {self.base}"))
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


@dataclass(frozen=True)
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

    def rows(self) -> list[dict[str, Any]]:
        """Shares by factor as tidy rows, the largest first."""
        from sinobel.studies.sensitivity.tables import share_rows

        return share_rows(self)

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


def run(plan: Plan, jobs: int = 1, progress: Progress | None = None) -> Findings:
    """Carry out a plan.

    Raises
    ------
    InputError
        When the indicator does not vary, or is no number in some futures.
    """
    need("SALib", "sensitivity")
    names = designs.uncertain()
    tied = designs.correlated(plan.source, months.parse_origin(plan.origin))
    counter = _Counter(plan, len(names), progress)
    evaluate = partial(_values, plan, jobs, counter)
    every = np.arange(2 * plan.base)
    plain = evaluate(Design(every, {}, [(tuple(names), every)]))

    points = sobol.screening_points(names, plan.trajectories, plan.seed)
    futures = np.repeat(np.arange(plan.trajectories), len(names) + 1)
    values = evaluate(Design(futures, dict(zip(names, points.T, strict=True))))
    screening = sobol.screened(names, points, values, plan.seed)

    members = _factors([effect.name for effect in screening[: plan.top]], tied, names)
    shares, variances = _shares(plan, members, plain, evaluate, plan.base)
    groups, _ = _shares(plan, by_subject(names) | {CHANCE: ()}, plain, evaluate, 2 * plan.base)
    return Findings(plan, screening, shares, groups, members, plain, variances, counter.finished)


def _factors(top: Sequence[str], tied: Sequence[tuple[str, ...]], names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Factors and their parameters: the most important ones, tied ones together, all others together, and chance."""
    factors: dict[str, tuple[str, ...]] = {}
    for name in top:
        group = next((each for each in tied if name in each), (name,))
        factors[" and ".join(group)] = group
    taken = {name for group in factors.values() for name in group}
    others = tuple(name for name in names if name not in taken)
    return factors | ({OTHERS: others} if others else {}) | {CHANCE: ()}


def by_subject(names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Uncertain parameters of each subject."""
    return {subject: tuple(name for name in names if name.startswith(f"{subject}.")) for subject in SUBJECTS}


def _shares(
    plan: Plan,
    members: Mapping[str, tuple[str, ...]],
    plain: np.ndarray,
    evaluate: Callable[[Design], np.ndarray],
    base: int,
) -> tuple[dict[str, list[Share]], dict[str, float]]:
    """Shares of factors by measure, and the variance of the runs over that of the ordinary ensemble `plain`."""
    points = sobol.share_points(list(members), base, plan.seed)
    values = evaluate(_design(members, points, 2 * base))
    ordered = np.sort(plain)
    measured = {VALUES: (values, plain)}
    measured[PERCENTILES] = (_percentile(values, ordered), _percentile(plain, ordered))
    shares = {how: sobol.shares(list(members), each, plan.seed) for how, (each, _) in measured.items()}
    return shares, {how: float(each.var() / usual.var()) for how, (each, usual) in measured.items()}


def _percentile(values: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """Share of an ordered ensemble that lies below each value."""
    return np.searchsorted(ordered, values) / len(ordered)


def _design(members: Mapping[str, tuple[str, ...]], points: np.ndarray, draws: int) -> Design:
    """The runs of a scheme's points: a single parameter takes its quantile, a group the values of one draw."""
    quantiles: dict[str, np.ndarray] = {}
    lent: list[tuple[tuple[str, ...], np.ndarray]] = []
    futures = np.zeros(len(points), int)
    for (factor, names), column in zip(members.items(), points.T, strict=True):
        number = np.minimum((column * draws).astype(int), draws - 1)
        if factor == CHANCE:
            futures = number
        elif len(names) == 1:
            quantiles[names[0]] = column
        else:
            lent.append((names, number))
    return Design(futures, quantiles, lent)


def _values(plan: Plan, jobs: int, counter: _Counter, design: Design) -> np.ndarray:
    """The indicator in the year of the plan, or its difference, run by run."""
    found = designs.run(design, plan.request(design.runs), plan.year, jobs, counter.step)[:, 0]
    counter.finished += design.runs
    values = found[0] if plan.against is None else found[1] - found[0]
    lacking = float(np.mean(~np.isfinite(values)))
    if lacking:
        raise InputError(
            f"{plan.indicator} has no value in {plan.year} in {100 * lacking:.1f} % of futures, so its variance is not "
            "defined; choose another indicator or year"
        )
    if not np.ptp(values) > 1e-9 * max(1.0, float(np.abs(values).max())):
        what = plan.indicator if plan.against is None else f"the difference in {plan.indicator}"
        raise InputError(f"{what} is the same in every future of {plan.year}; there is no uncertainty to explain")
    result: np.ndarray = values
    return result


class _Counter:
    """Finished runs of all steps, for one progress bar."""

    def __init__(self, plan: Plan, parameters: int, progress: Progress | None):
        self.finished = 0
        self._progress = progress
        screening = plan.trajectories * (parameters + 1)
        self.total = screening + plan.base * (plan.top + 4 + 2 * (len(SUBJECTS) + 3) + 2)

    def step(self, done: int, _: int) -> None:
        """Tell how many runs are finished in all."""
        if self._progress:
            self._progress(min(self.finished + done, self.total), self.total)
