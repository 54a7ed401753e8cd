"""What Python users call: simulate policies, compare them, see who gains, decide, and study many futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sinobel.analysis import years
from sinobel.inputs import months
from sinobel.inputs.reading import InputError, nearest
from sinobel.inputs.values import names as listed
from sinobel.policies.scenarios import BASELINE, Scenario, load
from sinobel.runs import held, trajectories
from sinobel.runs.ensemble import run_in_memory
from sinobel.runs.manifest import manifest_of, parse_manifest
from sinobel.runs.request import Progress, Request

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from sinobel.analysis.outcomes import Outcomes
    from sinobel.inputs.objectives import Objectives
    from sinobel.studies.discover.prim import Findings as FailureFindings
    from sinobel.studies.sensitivity.study import Findings as SensitivityFindings
    from sinobel.studies.solve.search import Solution

DEFAULT_DRAWS = 2000
DEFAULT_SEED = 2017

annual = years.annual


def scenario(name: str | Path | Scenario = BASELINE) -> Scenario:
    """A scenario by name or file; change it with `with_change`.

    Raises
    ------
    InputError
        When it is not valid.
    """
    return load(name)


def run(
    policy: str | Path | Scenario = BASELINE,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    horizon: str = months.DEFAULT_HORIZON,
    indicators: str | Sequence[str] | None = None,
    first_draw: int = 0,
    parameters: str = "posterior",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Simulate a scenario: monthly values of every indicator, dims (draw, time).

    Parameters
    ----------
    policy : str | Path | Scenario
        Name of a scenario, path of a file, or a `Scenario`.
    draws : int
        Number of futures; draw k is the same in any ensemble with the same seed.
    indicators : str | Sequence[str] | None
        Names to keep; None for all.
    parameters : str
        "posterior", what was known at the origin, or "prior".
    jobs : int
        Processes; results do not depend on it.
    executor : Executor | None
        Any `concurrent.futures.Executor` instead of own processes.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.
    """
    names = None if indicators is None else listed(indicators)
    request = Request((load(policy),), draws, seed, origin, horizon, names, first_draw, parameters)
    return _simulated(request, None, jobs, executor, progress)


def compare(
    scenarios: Sequence[str | Path | Scenario],
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    horizon: str = months.DEFAULT_HORIZON,
    indicators: str | Sequence[str] | None = None,
    first_draw: int = 0,
    parameters: str = "posterior",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Simulate the same futures under several scenarios, dims (scenario, draw, time). The first is the reference.

    Draw k has the same parameters and shocks in every scenario, so differences draw by draw are effects of policy.
    Arguments as in `run`. Raises InputError for anything that is not allowed, with what is.
    """
    if isinstance(scenarios, str | Path | Scenario):
        raise InputError('compare takes a list of scenarios, for example ["baseline", "untied-finance"]')
    names = None if indicators is None else listed(indicators)
    request = Request(tuple(map(load, scenarios)), draws, seed, origin, horizon, names, first_draw, parameters)
    return _simulated(request, [each.name for each in request.scenarios], jobs, executor, progress)


def _simulated(
    request: Request, called: Sequence[str] | None, jobs: int, executor: Executor | None, progress: Progress | None
) -> xr.Dataset:
    """Monthly values of a request as a dataset with its manifest; `called` names the scenarios of a comparison."""
    rules = np.zeros(request.held_shape(request.draws), np.uint8)
    values = run_in_memory(request, jobs, executor, progress, rules)
    manifest = manifest_of(request)
    if counted := held.counted([rules], request.scenarios, *request.months):
        manifest["rules"] = counted
    return trajectories.dataset(request.shown, request.recorded, values, called, *request.months, manifest)


def rules_held(results: xr.Dataset) -> pd.DataFrame:
    """In which share of futures and of months each rule of state held, one row per rule and year.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, `compare` or `annual`, or a dataset of a results folder.

    Returns
    -------
    pd.DataFrame
        Columns scenario, lever, rule (in words), year ("all" for all months the rule could hold in), futures (share
        in which it held in at least one month) and months (share of the months of all futures); no rows where no
        scenario has a rule.

    Raises
    ------
    InputError
        For a dataset without the manifest that tells it.
    """
    import pandas as pd

    years.require_dataset(results, "rules_held")
    if "manifest" not in results.attrs:
        raise InputError("this dataset has no manifest; take one of sinobel.run, sinobel.compare or a results folder")
    manifest = parse_manifest(str(results.attrs["manifest"]), "manifest of the dataset")
    return pd.DataFrame(held.rows(manifest), columns=["scenario", "lever", "rule", "year", "futures", "months"])


def who_gains(
    results: xr.Dataset,
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> pd.DataFrame:
    """What each country gains under each scenario of a comparison, in points, one row per country and scenario.

    A point is one objective better by its declared scale, a typical change over five years; a country's gain is the
    weighted mean over its objectives. Objectives whose indicator is missing are left out with a warning. The rows of
    the country "all" count futures in which every country gains, or one of them loses. The attributes of the dataset,
    its manifest among them, stand in `.attrs`. Raises InputError for anything that is not allowed, with what is, and
    for what is no longer draws, as `annual` does.

    Parameters
    ----------
    results : xr.Dataset
        Of `compare`, or its yearly values from `annual`; dims in any order, any draws of it.
    reference : str | None
        Scenario the others are compared with; the first.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight, in place of declared ones, for example {"belarus.output": 40}.
    discount : float
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.
    """
    import pandas as pd

    from sinobel.analysis import outcomes

    found, _ = _counted("who_gains", results, reference, objectives, weights, discount)
    return _table(pd.DataFrame(outcomes.who_gains(found)), results)


def decide(
    results: xr.Dataset,
    country: str = "belarus",
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> pd.DataFrame:
    """Every scenario of a comparison as a choice for a country, best expected score first.

    Parameters
    ----------
    country : str
        Belarus, china, russia or eu, or its name; other arguments as in `who_gains`.

    Returns
    -------
    pd.DataFrame
        Expected score in points with its Monte-Carlo error, regret (mean, 95 % quantile, largest), share of futures
        in which it is best and in which it meets all thresholds, share of other weightings under which it is first,
        and what dominates it; `.attrs["convergence"]` says whether more draws would change the order.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.
    """
    import pandas as pd

    from sinobel.analysis import decision
    from sinobel.inputs.objectives import country as country_of

    found, chosen = _counted("decide", results, reference, objectives, weights, discount)
    name = country_of(country, chosen)
    if name not in found.countries:
        needed = ", ".join(each.indicator for each in found.left_out if each.country == name)
        raise InputError(f"nothing that {name} wants is in the dataset; keep one of the indicators {needed}")
    table = _table(pd.DataFrame(decision.rows(found, name)), results)
    table.attrs["convergence"] = decision.convergence(found, name)
    return table


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

    `rows()` of the result is the trade-off.

    Parameters
    ----------
    target : str | Sequence[str]
        "exports_to_china[2020] >= 1500"; several, or joined with `and`, must all hold.
    lever : str | Sequence[str]
        A lever, or "belarus.export_drive=0:5" for a part of its range; one or two.
    start : str | None
        First month of the change; a year after the origin unless told.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.
    """
    from sinobel.studies.solve import search
    from sinobel.studies.solve.lever_ranges import parse_lever
    from sinobel.studies.targets import parse_all

    targets = parse_all([target] if isinstance(target, str) else target)
    handles = tuple(parse_lever(text) for text in ([lever] if isinstance(lever, str) else lever))
    plan = search.Plan(targets, handles, load(scenario), probability, start, draws, seed, origin, parameters)
    return search.run(plan, jobs, progress)


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

    Needs the extra `analysis`. Raises InputError for anything that is not allowed. `rows()` of the result: the shares.

    Parameters
    ----------
    against : str | Path | Scenario | None
        A scenario whose indicator is subtracted, future by future.
    draws : int
        Base samples of the Sobol' scheme, a power of two.
    top : int
        Number of parameters whose shares are computed after the screening.
    """
    from sinobel.studies.sensitivity import study

    other = None if against is None else load(against)
    plan = study.Plan(of, year, load(scenario), other, base=draws, top=top, seed=seed, origin=origin, source=parameters)
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

    Needs the extra `analysis`. Raises InputError for anything that is not allowed.

    Parameters
    ----------
    fails : str | Sequence[str] | None
        "reserves[2025] < 3000"; of several, or joined with `or`, any one is a failure; or instead.
    against : str | Path | Scenario | None
        A scenario that must be beaten on the same futures in `better` ("balance_with_china") in `year`.
    """
    from sinobel.studies.discover import study
    from sinobel.studies.targets import parse_all

    texts = [fails] if isinstance(fails, str) else list(fails or [])
    plan = study.Plan(
        load(scenario),
        parse_all(texts, option="fails", word="or") if texts else (),
        None if against is None else load(against),
        study.parse_better(better) if better else None,
        year,
        draws,
        seed,
        origin,
        parameters,
    )
    return study.run(plan, jobs, progress)


def _counted(
    asking: str,
    results: xr.Dataset,
    reference: str | None,
    file: str | Path | None,
    weights: Mapping[str, float] | None,
    rate: float,
) -> tuple[Outcomes, Objectives]:
    """Objectives counted on the yearly values of a comparison, and the objectives."""
    import warnings

    from sinobel.analysis import outcomes
    from sinobel.inputs.objectives import chosen_objectives, discount_rate

    yearly = years.comparison(results, asking)
    names = [str(name) for name in yearly["scenario"].values]
    against = names[0] if reference is None else reference
    if against not in names:
        raise InputError(f"there is no scenario {against!r} in the dataset{nearest(against, names)}")
    rate = discount_rate(rate)
    chosen = chosen_objectives(file, weights)
    try:
        found = outcomes.outcomes(trajectories.columns_of(yearly), chosen, against, float(rate))
    except ValueError as error:
        raise InputError(str(error)) from None
    if told := outcomes.missing(found):
        warnings.warn(told, stacklevel=3)
    return found, chosen


def _table(table: pd.DataFrame, results: xr.Dataset) -> pd.DataFrame:
    table.attrs.update({str(key): value for key, value in results.attrs.items()})
    return table
