"""What Python users call to simulate: scenarios, runs, comparisons, and their years."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.analysis import rule_shares, years
from sinobel.inputs import months
from sinobel.inputs.evidence import using_record
from sinobel.inputs.reading import InputError, with_article
from sinobel.inputs.values import names as listed
from sinobel.policies import as_toml
from sinobel.policies.scenarios import BASELINE, Scenario, load, tried
from sinobel.runs.executors import cores
from sinobel.runs.request import Progress, Request, request_for
from sinobel.store.scenario_files import write_new

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


DEFAULT_DRAWS = 2000
DEFAULT_SEED = 2017

annual = years.annual
as_toml.write_with(write_new)  # from here on a scenario can be saved


def scenario(name: str | Path | Scenario = BASELINE) -> Scenario:
    """A scenario by name or file; change it with `with_change`.

    Parameters
    ----------
    name : str | Path | Scenario
        Name of a shipped scenario, several joined with +, path of a file, or a `Scenario`.

    Returns
    -------
    Scenario
        It never changes; `with_change` gives another.

    Raises
    ------
    InputError
        When it is not valid.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.scenario("untied-finance").name
    'untied-finance'
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
    record: str | Path | None = None,
    keep: str = "months",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Simulate a scenario: every indicator, dims (draw, time).

    Parameters
    ----------
    policy : str | Path | Scenario
        Name of a scenario, path of a file, or a `Scenario`.
    draws : int
        Number of futures; draw k is the same in any ensemble with the same seed.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    horizon : str
        Last month, "2030-12".
    indicators : str | Sequence[str] | None
        Names to keep; None for all.
    first_draw : int
        Number of the first future, to go on from an earlier ensemble.
    parameters : str
        "posterior", what was known at the origin, or "prior".
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    keep : str
        "months" of every draw; "years", dims (draw, year), which take a twelfth of the memory; or "bands", mean and
        quantiles over draws of every month, dims (time, band), made on disk from blocks and without single draws.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    executor : Executor | None
        Any `concurrent.futures.Executor` instead of own processes.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    xr.Dataset
        With the manifest among its attributes; `.sinobel.save(folder)` and `.sinobel.report(file)` write results.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2018-12")
    >>> dict(base.sizes)
    {'draw': 20, 'time': 24}
    >>> dict(sinobel.run("baseline", draws=20, horizon="2018-12", keep="years").sizes)
    {'draw': 20, 'year': 2}
    """
    with using_record(record):
        names = None if indicators is None else listed(indicators)
        request = request_for(
            tried([policy]),
            draws,
            seed=seed,
            origin=origin,
            horizon=horizon,
            indicators=names,
            first_draw=first_draw,
            parameters=parameters,
        )
        return _simulated(request, [policy], keep=keep, jobs=jobs, executor=executor, progress=progress)


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
    record: str | Path | None = None,
    keep: str = "months",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Simulate the same futures under several scenarios, dims (scenario, draw, time). The first is the reference.

    Draw k has the same parameters and shocks in every scenario, so differences draw by draw are effects of policy.

    Parameters
    ----------
    scenarios : Sequence[str | Path | Scenario]
        Names, files or `Scenario`s, the reference first.
    draws : int
        Number of futures; draw k is the same in any ensemble with the same seed.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    horizon : str
        Last month, "2030-12".
    indicators : str | Sequence[str] | None
        Names to keep; None for all.
    first_draw : int
        Number of the first future, to go on from an earlier ensemble.
    parameters : str
        "posterior", what was known at the origin, or "prior".
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    keep : str
        "months" of every draw, "years" or "bands", as in `run`.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    executor : Executor | None
        Any `concurrent.futures.Executor` instead of own processes.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    xr.Dataset
        With the manifest among its attributes, as of `run`.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2018-12", keep="years")
    >>> dict(pair.sizes)
    {'scenario': 2, 'draw': 20, 'year': 2}
    """
    with using_record(record):
        if isinstance(scenarios, str | Path | Scenario):
            raise InputError('compare takes a list of scenarios, for example ["baseline", "untied-finance"]')
        names, given = None if indicators is None else listed(indicators), list(scenarios)
        request = request_for(
            tried(given),
            draws,
            seed=seed,
            origin=origin,
            horizon=horizon,
            indicators=names,
            first_draw=first_draw,
            parameters=parameters,
        )
        return _simulated(request, given, keep=keep, jobs=jobs, executor=executor, progress=progress, several=True)


def _simulated(
    request: Request,
    given: Sequence[Any],
    keep: str,
    jobs: int,
    executor: Executor | None,
    progress: Progress | None,
    *,
    several: bool = False,
) -> xr.Dataset:
    """Results of a request as a dataset with its manifest; `several` scenarios have a dim of their own."""
    from sinobel.results import accessor, in_memory  # noqa: F401  datasets get `.sinobel` with it

    if executor is not None and not hasattr(executor, "submit"):
        given = with_article(type(executor).__name__)
        raise InputError(
            f"executor must be a concurrent.futures.Executor, not {given}; jobs takes a number of processes"
        )

    return in_memory.simulated(
        request, given, keep=keep, jobs=cores(jobs), executor=executor, progress=progress, several=several
    )


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

    Examples
    --------
    >>> import sinobel
    >>> len(sinobel.rules_held(sinobel.run("baseline", draws=4, horizon="2017-12")))
    0
    """
    from sinobel.results.frames import Readable
    from sinobel.results.saving import manifest_in

    manifest = manifest_in(results, "rules_held")
    rows = [dict(row) for row in rule_shares.rows(manifest)]
    return Readable(rows, columns=["scenario", "lever", "rule", "year", "futures", "months"])
