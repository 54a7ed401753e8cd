"""What Python users call to study many futures: what it takes, what uncertainty rests on, where a policy fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel import months
from sinobel.ensemble import Progress
from sinobel.scenarios import BASELINE, Scenario, load

if TYPE_CHECKING:
    from sinobel.experiments.boxes import Findings as FailureFindings
    from sinobel.experiments.sensitivity import Findings as SensitivityFindings
    from sinobel.experiments.solving import Solution

DEFAULT_SEED = 2017


def solve(
    target: str | Sequence[str],
    lever: str | Sequence[str],
    *,
    probability: float = 0.8,
    scenario: str | Path | Scenario = BASELINE,
    start: str | None = None,
    draws: int = 2000,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    parameters: str = "posterior",
    jobs: int = 1,
    progress: Progress | None = None,
) -> Solution:
    """The value of one or two levers that reaches a target with a given probability.

    target  "exports_to_china[2020] >= 1500"; several, or joined with `and`, must all hold
    lever   a lever, or "belarus.export_drive=0:5" for a part of its range; one or two
    start   first month of the change; a year after the origin unless told
    Raises InputError for anything that is not allowed, with what is. `rows()` of the result is the trade-off.
    """
    from sinobel.experiments import solving
    from sinobel.experiments.handles import parse_lever
    from sinobel.experiments.targets import parse_all

    targets = parse_all([target] if isinstance(target, str) else target)
    handles = tuple(parse_lever(text) for text in ([lever] if isinstance(lever, str) else lever))
    plan = solving.Plan(targets, handles, load(scenario), probability, start, draws, seed, origin, parameters)
    return solving.run(plan, jobs, progress)


def sensitivity(
    of: str,
    year: int,
    *,
    scenario: str | Path | Scenario = BASELINE,
    against: str | Path | Scenario | None = None,
    draws: int = 1024,
    top: int = 20,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    parameters: str = "posterior",
    jobs: int = 1,
    progress: Progress | None = None,
) -> SensitivityFindings:
    """What the uncertainty of an indicator in a year rests on: which parameters, and how much is chance.

    against  a scenario whose indicator is subtracted, future by future
    draws    base samples of the Sobol' scheme, a power of two
    top      number of parameters whose shares are computed after the screening
    Needs the extra `analysis`. Raises InputError for anything that is not allowed. `rows()` of the result: the shares.
    """
    from sinobel.experiments import sensitivity as study

    other = None if against is None else load(against)
    plan = study.Plan(
        of, year, load(scenario), other, base=draws, top=top, seed=seed, origin=origin, source=parameters
    )  # fmt: skip
    return study.run(plan, jobs, progress)


def discover(
    scenario: str | Path | Scenario,
    *,
    fails: str | Sequence[str] | None = None,
    against: str | Path | Scenario | None = None,
    better: str | None = None,
    year: int | None = None,
    draws: int = 4000,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    parameters: str = "posterior",
    jobs: int = 1,
    progress: Progress | None = None,
) -> FailureFindings:
    """In which futures a scenario fails: boxes of parameters and world conditions, checked on unseen futures.

    fails    "reserves[2025] < 3000"; of several, or joined with `or`, any one is a failure; or instead
    against  a scenario that must be beaten on the same futures in `better` ("balance_with_china") in `year`
    Needs the extra `analysis`. Raises InputError for anything that is not allowed.
    """
    from sinobel.experiments import discovery as study
    from sinobel.experiments.targets import parse_all

    texts = [fails] if isinstance(fails, str) else list(fails or [])
    plan = study.Plan(
        load(scenario), parse_all(texts, option="fails", word="or") if texts else (),
        None if against is None else load(against), study.parse_better(better) if better else None, year, draws, seed,
        origin, parameters,
    )  # fmt: skip
    return study.run(plan, jobs, progress)
