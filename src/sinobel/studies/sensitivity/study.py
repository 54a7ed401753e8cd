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
from functools import partial

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.reading import InputError
from sinobel.runs import designs
from sinobel.runs.designs import Design
from sinobel.runs.request import Progress
from sinobel.studies.extras import need
from sinobel.studies.sensitivity import sobol
from sinobel.studies.sensitivity.plan import CHANCE, OTHERS, PERCENTILES, SUBJECTS, VALUES, Findings, Plan, by_subject
from sinobel.studies.sensitivity.sobol import Share


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
    return Findings(
        plan=plan,
        screening=screening,
        shares=shares,
        groups=groups,
        members=members,
        ensemble=plain,
        variances=variances,
        runs=counter.finished,
    )


def _factors(top: Sequence[str], tied: Sequence[tuple[str, ...]], names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Factors and their parameters: the most important ones, tied ones together, all others together, and chance."""
    factors: dict[str, tuple[str, ...]] = {}
    for name in top:
        group = next((each for each in tied if name in each), (name,))
        factors[" and ".join(group)] = group
    taken = {name for group in factors.values() for name in group}
    others = tuple(name for name in names if name not in taken)
    return factors | ({OTHERS: others} if others else {}) | {CHANCE: ()}


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
