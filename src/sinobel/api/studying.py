"""What Python users call to study the model: solve, sensitivity, discover, attribute, money."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sinobel.api.running import DEFAULT_DRAWS, DEFAULT_SEED
from sinobel.inputs import months
from sinobel.inputs.evidence import using_record
from sinobel.inputs.reading import InputError, quoted
from sinobel.policies.scenarios import BASELINE, Scenario
from sinobel.runs.executors import cores
from sinobel.runs.request import Progress

if TYPE_CHECKING:
    from sinobel.results.findings import FailureFindings, SensitivityFindings, Solution
    from sinobel.results.following import Money
    from sinobel.results.why import Attribution


def solve(
    target: str | Sequence[str],
    lever: str | Sequence[str],
    *,
    probability: float = 0.8,
    scenario: str | Path | Scenario = BASELINE,
    start: str | None = None,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    parameters: str = "posterior",
    record: str | Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Solution:
    """The value of one or two levers that reaches a target with a given probability.

    Parameters
    ----------
    target : str | Sequence[str]
        "exports_to_china[2020] >= 1500", or against the baseline in the same future, "debt_to_china[2025] <= baseline -
        500", "real_gdp[2025] >= baseline * 1.01"; several, or joined with `and`, must all hold.
    lever : str | Sequence[str]
        A lever, or "belarus.export_drive=0:5" for a part of its range; one or two.
    probability : float
        Share of futures in which the target must hold, 0.8 is 80 %.
    scenario : str | Path | Scenario
        Name of a scenario, path of a file, or a `Scenario`.
    start : str | None
        First month of the change; a year after the origin unless told.
    draws : int
        Number of futures; draw k is the same in any ensemble with the same seed.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    parameters : str
        "posterior", what was known at the origin, or "prior".
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    Solution
        It tells what was found; `rows()` and `table()` are the trade-off, `save()` writes the folder.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.solve("loan_disbursements[2018] <= 100", "china.lending_volume", draws=20)
    >>> list(found.table().columns)[:2]
    ['lever', 'probability']
    """
    from sinobel.results import findings, solve_folder

    with using_record(record):
        asked = solve_folder.asked(
            target,
            lever,
            probability=probability,
            scenario=scenario,
            start=start,
            draws=draws,
            seed=seed,
            origin=origin,
            prior=_prior(parameters),
        )
        return cast("Solution", findings.found(asked, cores(jobs), progress))


def sensitivity(
    of: str,
    year: int,
    *,
    scenario: str | Path | Scenario = BASELINE,
    against: str | Path | Scenario | None = None,
    draws: int = 1024,
    top: int = 20,
    trajectories: int = 24,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    parameters: str = "posterior",
    record: str | Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> SensitivityFindings:
    """What the uncertainty of an indicator in a year rests on: which parameters, and how much is chance.

    Needs the extra `analysis`.

    Parameters
    ----------
    of : str
        The indicator.
    year : int
        Year whose value is explained.
    scenario : str | Path | Scenario
        Name of a scenario, path of a file, or a `Scenario`.
    against : str | Path | Scenario | None
        A scenario whose indicator is subtracted, future by future.
    draws : int
        Base samples of the Sobol' scheme, a power of two.
    top : int
        Number of parameters whose shares are computed after the screening.
    trajectories : int
        Of the screening; each is about 217 runs of one future.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    parameters : str
        "posterior", what was known at the origin, or "prior".
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    SensitivityFindings
        It tells what was found; `rows()` and `table()` are the shares, `save()` writes the folder.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.sensitivity("reserves", 2020)  # doctest: +SKIP
    """
    from sinobel.results import findings, sensitivity_folder

    with using_record(record):
        asked = sensitivity_folder.asked(
            of,
            year,
            scenario=scenario,
            against=against,
            draws=draws,
            top=top,
            trajectories=trajectories,
            seed=seed,
            origin=origin,
            prior=_prior(parameters),
        )
        return cast("SensitivityFindings", findings.found(asked, cores(jobs), progress))


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
    record: str | Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> FailureFindings:
    """In which futures a scenario fails: boxes of parameters and world conditions, checked on unseen futures.

    Needs the extra `analysis`. What a failure is, either `fails` says, or `against` and `better`.

    Parameters
    ----------
    scenario : str | Path | Scenario
        Name of a scenario, path of a file, or a `Scenario`.
    fails : str | Sequence[str] | None
        "reserves[2025] < 3000"; of several, or joined with `or`, any one is a failure.
    against : str | Path | Scenario | None
        A scenario that must be beaten on the same futures, or the future is a failure.
    better : str | None
        Indicator in which it must be beaten, "balance_with_china", or "balance_with_china lower" where less is better;
        without a word, less of what is owed is better, and more of all else.
    year : int | None
        Year in which it must be beaten; unless told that in which the indicator moves most.
    draws : int
        Number of futures; draw k is the same in any ensemble with the same seed.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    parameters : str
        "posterior", what was known at the origin, or "prior".
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    FailureFindings
        It tells what was found; `rows()` and `table()` are the boxes, `save()` writes the folder.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.discover("untied-finance", fails="reserves[2025] < 3000")  # doctest: +SKIP
    """
    from sinobel.results import discover_folder, findings

    with using_record(record):
        asked = discover_folder.asked(
            scenario,
            fails=fails,
            against=against,
            better=better,
            year=year,
            draws=draws,
            seed=seed,
            origin=origin,
            prior=_prior(parameters),
        )
        return cast("FailureFindings", findings.found(asked, cores(jobs), progress))


def _prior(parameters: str) -> bool:
    """Whether parameters come from the prior. Raises InputError for another word."""
    if parameters not in ("posterior", "prior"):
        raise InputError(f"parameters come from posterior or prior, not {quoted(parameters)}")
    return parameters == "prior"


def attribute(
    scenario: str | Path | Scenario,
    against: str | Path | Scenario | None = None,
    *,
    year: int | None = None,
    since: int | None = None,
    of: str = "balance_with_china",
    by: str | None = None,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    horizon: str = months.DEFAULT_HORIZON,
    parameters: str = "posterior",
    record: str | Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Attribution:
    """Split the change of the balance with China, a debt, reserves, exports or GDP into channels that add up.

    Parameters
    ----------
    scenario : str | Path | Scenario
        Name of a scenario, path of a file, or a `Scenario`.
    against : str | Path | Scenario | None
        The scenario it is compared with on the same futures; without one the change is since the year `since`.
    year : int | None
        Year whose value is explained, a debt at its end; unless told that in which the indicator moves most.
    since : int | None
        Without `against`: the year the change is counted from; the first simulated one.
    of : str
        "balance_with_china", "debt_to_china", "external_public_debt", "debt_to_gdp", "reserves", "total_exports"
        or "gdp".
    by : str | None
        Kind of split, where there are several: "need" or "creditor" of debt, "partner" or "product" of exports.
    draws : int
        Number of futures; draw k is the same in any ensemble with the same seed.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    horizon : str
        Last month, "2030-12".
    parameters : str
        "posterior", what was known at the origin, or "prior".
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    Attribution
        `rows()` and `table()` are the channels, `figure()` the waterfall, `save()` writes the folder.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.attribute("untied-finance", "baseline", year=2018, horizon="2018-12", draws=20)
    >>> found.table()["channel"].iloc[-1]
    'total'
    """
    from sinobel.results import why

    with using_record(record):
        asked = why.ask_attribution(
            scenario,
            against,
            year=year,
            since=since,
            of=of,
            by=by,
            draws=draws,
            seed=seed,
            origin=origin,
            horizon=horizon,
            parameters=parameters,
        )
        return why.attribution(asked, cores(jobs), progress)


def money(
    scenario: str | Path | Scenario = BASELINE,
    *,
    loan: str = "book",
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    horizon: str = months.DEFAULT_HORIZON,
    parameters: str = "posterior",
    record: str | Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Money:
    """Follow the money: where each 100 dollars of Chinese loans went, and what was paid back for them.

    Parameters
    ----------
    scenario : str | Path | Scenario
        Name of a scenario, path of a file, or a `Scenario`.
    loan : str
        "book" for all, "before" or "new" for those signed before the origin or after, a sector, an instrument, "N2018"
        for those of a year, a loan of `loans()` or its name.
    draws : int
        Number of futures; draw k is the same in any ensemble with the same seed.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    horizon : str
        Last month, "2030-12".
    parameters : str
        "posterior", what was known at the origin, or "prior".
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    Money
        `rows()` and `table()` are stages and items, `figure()` the flows, `save()` writes the folder.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.money("baseline", horizon="2018-12", draws=20).table()["stage"].iloc[0]
    'signed'
    """
    from sinobel.results import following

    with using_record(record):
        asked = following.ask_money(
            scenario, loan=loan, draws=draws, seed=seed, origin=origin, horizon=horizon, parameters=parameters
        )
        return following.money(asked, cores(jobs), progress)
