"""What Python users call to write results, tell them, and make them again; and to judge the model."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel.api.running import DEFAULT_DRAWS, DEFAULT_SEED
from sinobel.inputs.reading import shown
from sinobel.inputs.values import plain
from sinobel.runs.executors import cores
from sinobel.runs.request import Progress

if TYPE_CHECKING:
    import xarray as xr

    from sinobel.results.again import Rerun
    from sinobel.results.judging import Calibration
    from sinobel.results.past_forecasts import Backtest
    from sinobel.results.scoring import Scores


def save(
    results: xr.Dataset,
    folder: str | Path,
    *,
    keep: str = "years",
    formats: str | Sequence[str] = "nc",
    country: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
    charts: bool = True,
    replace: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Path:
    """Write the results folder that the command line writes for the same request; returns where it lies.

    The folder tells more than any dataset holds, the life of every loan and bands of months among it, so the request
    is always simulated again, whatever was kept; of few futures most of the time goes into charts. A terminal or a
    notebook is shown how far it has come. `results.sinobel.save(folder)` is the same.

    Parameters
    ----------
    results : xr.Dataset
        Of `run` or `compare`, or what `annual` made of it, with all its draws and indicators.
    folder : str | Path
        Where the results go.
    keep : str
        What the folder keeps of every draw: "bands" (nothing), "years", or "months" as well.
    formats : str | Sequence[str]
        Data files: nc, csv, parquet, iamc, xlsx.
    country : str | None
        Country whose choice the folder of a comparison tells.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 40}.
    discount : float
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.
    charts : bool
        With the charts; without them a folder is made sooner, with all its numbers.
    replace : bool
        Move what is in the way and not ours aside instead of refusing.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on, in place of what is shown.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        For numbers that are not those of the run any more, and whatever else is not allowed.

    Examples
    --------
    >>> import sinobel, tempfile
    >>> base = sinobel.run("baseline", draws=10, horizon="2017-12")
    >>> sinobel.save(base, tempfile.mkdtemp() + "/base")  # doctest: +SKIP
    """
    from sinobel.results import saving
    from sinobel.results.findings import tell_aside

    made = saving.save(
        results,
        folder,
        keep=keep,
        formats=formats,
        country=country,
        objectives=objectives,
        weights=weights,
        discount=discount,
        charts=charts,
        replace=replace,
        jobs=cores(jobs),
        progress=progress,
    )
    tell_aside(made.aside)
    return made.folder


def report(
    results: xr.Dataset | str | Path,
    out: str | Path | None = None,
    *,
    studies: Sequence[str | Path] = (),
    country: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float | None = None,
    of: str | Sequence[str] | None = None,
    year: int | Sequence[int] | None = None,
    replace: bool = False,
    jobs: int = 1,
) -> Path:
    """Write the report, one HTML file, of a results folder or of results in memory; returns the file.

    Parameters
    ----------
    results : xr.Dataset | str | Path
        A folder of the command line or of `save`, or a dataset of `run` or `compare`.
    out : str | Path | None
        The file; report.html in the folder, or in the current one for a dataset.
    studies : Sequence[str | Path]
        Folders of `sensitivity` or `discover` to tell with it.
    country : str | None
        Of a comparison in memory: whose choice is told; a folder was asked when it was made.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 40}.
    discount : float | None
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.
    of : str | Sequence[str] | None
        Indicators that are told first; without them those of the results.
    year : int | Sequence[int] | None
        Years that are told; without them those of the results.
    replace : bool
        Move a file that is none of ours aside instead of refusing.
    jobs : int
        Processes.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.report("results/baseline", "baseline.html")  # doctest: +SKIP
    """
    from sinobel.results import saving
    from sinobel.results.findings import tell_aside

    question = {"country": country, "objectives": objectives, "weights": weights, "discount": discount}
    made = saving.report(
        results, out, studies=studies, of=of, year=year, replace=replace, jobs=cores(jobs), question=question
    )
    tell_aside(made.aside)
    for place in made.left_out:
        warnings.warn(f"the study in {shown(place)} is of other scenarios and is left out", stacklevel=2)
    return made.file


def brief(
    results: xr.Dataset | str | Path,
    out: str | Path | None = None,
    *,
    title: str = "",
    author: str = "",
    date: str = "",
    logo: str | Path | None = None,
    language: str = "en",
    of: str | Sequence[str] | None = None,
    year: int | Sequence[int] | None = None,
    replace: bool = False,
    jobs: int = 1,
) -> Path:
    """Write two pages to send: the answer, four pictures, a table, what would change it, how wrong the model was.

    Parameters
    ----------
    results : xr.Dataset | str | Path
        A folder of the command line or of `save`, or a dataset of `run` or `compare`.
    out : str | Path | None
        File ending in .html, .docx or .pptx; brief.html in the folder, or in the current one for a dataset.
    title : str
        Its title; by default that of the option.
    author : str
        Who sends it.
    date : str
        Its date, as you write it.
    logo : str | Path | None
        A PNG or JPEG of at most 500 kB.
    language : str
        Of headings and labels: en, ru, be or zh.
    of : str | Sequence[str] | None
        Indicators that are told first; without them those of the results.
    year : int | Sequence[int] | None
        Years that are told; without them those of the results.
    replace : bool
        Move a file that is none of ours aside instead of refusing.
    jobs : int
        Processes.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.brief("results/baseline", "baseline.html", author="A. Author")  # doctest: +SKIP
    """
    from sinobel.results import saving
    from sinobel.results.findings import tell_aside

    head = {"title": title, "author": author, "date": date, "logo": logo, "language": language}
    made = saving.brief(results, out, of=of, year=year, replace=replace, jobs=cores(jobs), **head)
    tell_aside(made.aside)
    return made.file


def workbook(
    results: xr.Dataset | str | Path,
    out: str | Path | None = None,
    *,
    live: bool = False,
    draws: int = 256,
    replace: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Path:
    """Write an Excel workbook: the answer, native charts, differences, who gains, loan book, all numbers as data.

    Parameters
    ----------
    results : xr.Dataset | str | Path
        A folder of the command line or of `save`, or a dataset of `run` or `compare`.
    out : str | Path | None
        File ending in .xlsx; workbook.xlsx in the folder, or in the current one for a dataset.
    live : bool
        With a sheet whose cells are levers, answered by a surface that is fitted to runs of the model: a minute or two.
    draws : int
        Futures that the surface is fitted to.
    replace : bool
        Move a file that is none of ours aside instead of refusing.
    jobs : int
        Processes for the numbers of a dataset.
    progress : Progress | None
        Called with finished and all runs of the surface.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.workbook("results/baseline", "baseline.xlsx", live=True)  # doctest: +SKIP
    """
    from sinobel.results import saving
    from sinobel.results.findings import tell_aside

    asked = {"live": live, "draws": draws}
    made = saving.workbook(results, out, replace=replace, jobs=cores(jobs), progress=progress, **asked)
    tell_aside(made.aside)
    return made.file


def rerun(
    manifest: str | Path,
    out: str | Path | None = None,
    *,
    replace: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Rerun:
    """Make the numbers of a manifest again and say whether they are the same, bit for bit.

    Parameters
    ----------
    manifest : str | Path
        A results folder, its manifest.json, or a dataset with a manifest inside.
    out : str | Path | None
        Folder for what is made again; without one nothing is written.
    replace : bool
        Move what is in the way and not ours aside instead of refusing.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.
    progress : Progress | None
        Called with the number of finished draws and of all draws as the work goes on.

    Returns
    -------
    Rerun
        True when they are the same; it tells what has changed in the program since.

    Raises
    ------
    InputError
        When the manifest is missing or damaged.

    Examples
    --------
    >>> import sinobel
    >>> bool(sinobel.rerun("results/baseline"))  # doctest: +SKIP
    True
    """
    from sinobel.results import again
    from sinobel.results.findings import tell_aside

    old, place = again.read(Path(manifest)), None if out is None else Path(out)
    done = again.rerun(old, place, cores(jobs), replace=replace, progress=progress)
    tell_aside(done.aside)
    return done


def score(
    results: str | Path,
    *,
    record: str | Path | None = None,
    scenario: str | None = None,
) -> Scores:
    """Score forecasts against the record, year by year: CRPS, PIT, coverage of ranges, skill against a naive forecast.

    Parameters
    ----------
    results : str | Path
        A results folder with the years of every draw, or the file of a sealed forecast.
    record : str | Path | None
        Folder of rows that you add to the shipped record; without it, those that the folder was made with.
    scenario : str | None
        Of a folder with several: the one that is scored; the first.

    Returns
    -------
    Scores
        `rows()` and `table()` have every indicator and year, `save(file)` writes them as CSV.

    Raises
    ------
    InputError
        For what cannot be scored, and where the record knows none of its years.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.score("results/track-record/2010-12").verdicts  # doctest: +SKIP
    """
    from sinobel.inputs.evidence import using_record
    from sinobel.results import scoring

    with using_record(record):
        return scoring.score(results, scenario)


def calibrate(
    out: str | Path | None = None,
    *,
    seed: int = DEFAULT_SEED,
    quick: bool = False,
    replace: bool = False,
    jobs: int = 1,
) -> Calibration:
    """Rebuild the posterior from the record and the paper, and check the sampler on known truths.

    Parameters
    ----------
    out : str | Path | None
        Folder; without one the model's own posterior is made anew, as `sinobel calibrate` does.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    quick : bool
        Too little work to rely on, only to see that everything runs.
    replace : bool
        Move what is in the way and not ours aside instead of refusing.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.

    Returns
    -------
    Calibration
        `table()` has prior and posterior of every parameter; it tells how the sampler did.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.calibrate("posterior", quick=True)  # doctest: +SKIP
    """
    from sinobel.results import judging
    from sinobel.results.findings import tell_aside

    place = None if out is None else Path(out)
    made = judging.calibrate(seed=plain(seed), jobs=cores(jobs), out=place, quick=quick, replace=replace)
    for aside in made.aside:
        tell_aside(aside)
    return made


def backtest(
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    prior: bool = False,
    record: str | Path | None = None,
    quick: bool = False,
    jobs: int = 1,
) -> Backtest:
    """Score past forecasts, each from what was known at its origin, against what followed and against naive ones.

    Nothing is written: `save(folder)` of the result does that. The track record of the model is made by the command
    `sinobel backtest` alone.

    Parameters
    ----------
    draws : int
        Futures from each origin.
    seed : int
        Root of all random numbers; the same seed gives the same futures.
    prior : bool
        Forecast from the wide priors, without calibration.
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`: forecasts start from every
        December that it opens and are held against what it tells. Nothing is fitted to it.
    quick : bool
        Too little work to rely on, only to see that everything runs.
    jobs : int
        Processes, 0 takes every core; results do not depend on it.

    Returns
    -------
    Backtest
        `table()` has the scores of the headline series, `series` those of all a year ahead; `charts()` draw them,
        `save()` writes them, `against()` compares with another version.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.backtest(quick=True).table()  # doctest: +SKIP
    """
    from sinobel.inputs.evidence import using_record
    from sinobel.results import past_forecasts

    with using_record(record):
        return past_forecasts.backtest(past_forecasts.plan_of(draws, seed, prior=prior, quick=quick), cores(jobs))
