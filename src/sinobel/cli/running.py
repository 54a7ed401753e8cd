"""Commands that simulate one scenario: run, rerun; and how every command fills a results folder."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel.cli.following import follow
from sinobel.cli.terminal import (
    Draws,
    Format,
    Horizon,
    Jobs,
    Keep,
    Origin,
    Out,
    Prior,
    Replace,
    Seed,
    cores,
    interrupted,
    load,
    progress_bar,
    say,
    show_table,
    tell_aside,
    tell_waiting,
)
from sinobel.inputs import months
from sinobel.inputs.characters import printable
from sinobel.inputs.reading import InputError
from sinobel.results.formats import export, formats_of

if TYPE_CHECKING:
    from sinobel.analysis.question import Question
    from sinobel.policies.scenarios import Scenario
    from sinobel.runs.manifest import Manifest
    from sinobel.runs.request import Request

KEPT = ("summary", "years", "months")
MILESTONES = (2020, 2025, 2030)

app = typer.Typer()


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")] = "baseline",
    stacked: Annotated[
        list[str] | None, typer.Option("--with", help="Another scenario on top; may be repeated.")
    ] = None,
    draws: Draws = 2000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    horizon: Horizon = months.DEFAULT_HORIZON,
    out: Out = None,
    jobs: Jobs = 0,
    form: Format = "nc",
    keep: Keep = "years",
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Simulate one scenario: dataset, charts, summary."""
    formats = formats_of(form)
    first, *others = load([scenario, *(stacked or [])])
    policies = [first.with_changes_of(*others)] if others else [first]
    request = request_for(policies, draws, seed, origin, horizon, prior=prior)
    folder = out or Path("results") / policies[0].folder_name
    command = f"sinobel run {' --with '.join(map(shlex.quote, [scenario, *(stacked or [])]))} {flags_of(request)}"
    results = produce(request, folder, jobs, formats, command, keep=keep, replace=replace)
    _report(results, folder, policies[0].name, with_page=keep != "summary")


@app.command()
def rerun(
    manifest: Annotated[Path, typer.Argument(help="manifest.json of a results folder, or the folder.")],
    out: Out = None,
    jobs: Jobs = 0,
    replace: Replace = False,
) -> None:
    """Make the numbers of a manifest again and say whether they are the same, bit for bit."""
    from sinobel import store
    from sinobel.inputs.reading import shown
    from sinobel.runs.manifest import changes_since, request_of

    old = store.read_manifest(manifest)
    request = request_of(old, shown(manifest))
    for change in changes_since(old, request):
        typer.echo(f"note: {printable(change)}", err=True)
    if "study" in old:
        from sinobel.cli.studying import again

        same, what = again(old, out, jobs, replace=replace), f"the study {old['study']}"
    else:
        same, what = _simulated_again(request, old, out, jobs, replace=replace)
    if same:
        say(f"The same numbers, bit for bit ({what}).")
        return
    typer.echo("The numbers differ from those of the manifest; the notes above say what has changed since.", err=True)
    raise typer.Exit(1)


def _simulated_again(
    request: Request, old: Manifest, out: Path | None, jobs: int, *, replace: bool
) -> tuple[bool, str]:
    """Whether an ensemble has the numbers of its manifest, and what was simulated."""
    import tempfile

    from sinobel import store

    with tempfile.TemporaryDirectory() as scratch:
        step, end = progress_bar("simulating")
        with store.Run(request, out or Path(scratch) / "again", replace=replace) as run_:
            try:
                results = run_.simulate(cores(jobs), progress=step)
            finally:
                end()
            if out is not None:
                run_.finish()
                tell_aside(run_.set_aside)
        same = results.manifest["result"] == old.get("result")
    return same, f"{request.draws:,} draws, {len(request.scenarios)} scenarios"


# --- what they share ---


def request_for(
    policies: Sequence[Scenario],
    draws: int,
    seed: int,
    origin: str,
    horizon: str,
    *,
    prior: bool = False,
) -> Request:
    """What to simulate.

    Raises
    ------
    InputError
        For what is not allowed.
    """
    from sinobel.runs.request import Request

    return Request(tuple(policies), draws, seed, origin, horizon, parameters="prior" if prior else "posterior")


def flags_of(request: Request) -> str:
    """Options that ask for the same request again."""
    told = f"--draws {request.draws} --seed {request.seed} --origin {request.origin} --horizon {request.horizon}"
    return told + " --prior" * (request.parameters == "prior")


def produce(
    request: Request,
    out: Path,
    jobs: int,
    formats: Sequence[str],
    command: str,
    *,
    keep: str,
    question: Question | None = None,
    page: bool = False,
    replace: bool = False,
) -> Any:
    """Simulate into a results folder and fill it with tables and charts; returns the results.

    Parameters
    ----------
    question : Question | None
        What is asked of a comparison; None for a single scenario.
    page : bool
        With the report, as `sinobel report` writes it.
    """
    from sinobel import store
    from sinobel.analysis import coverage
    from sinobel.inputs.recorded import recorded_values
    from sinobel.reporting.tables import comparison, flows, tables
    from sinobel.results import basis, contents
    from sinobel.runs import held

    if keep not in KEPT:
        raise InputError(f"--keep {keep!r} is not allowed; choose from {', '.join(KEPT)}")
    count = cores(jobs)
    step, end = progress_bar("simulating")
    with store.Run(request, out, replace=replace) as run:
        command += f" --keep {keep}" * (keep != "years") + f" --format {','.join(formats)}" * (list(formats) != ["nc"])
        run.manifest["command"] = command
        try:
            results = run.simulate(count, progress=step, keep=keep)
        except KeyboardInterrupt:
            raise interrupted(run.has_finished_blocks) from None
        finally:
            end()
        files = {
            "manifest.json": "request, versions and hashes: everything needed to make the numbers again",
            ".sinobel.json": "what the program made here, with hashes; everything else is yours and stays",
        }
        if keep != "summary":
            files["annual.nc"] = "every indicator per scenario, draw and year"
        files["monthly-bands.nc"] = "mean and quantiles over draws of every month"
        if results.examples is not None:
            files["monthly-examples.nc"] = "months of the first draws, for charts of single futures"
        names = [scenario.name for scenario in request.scenarios]
        run.add("summary.csv", partial(contents.summary_table, results.summary))
        files["summary.csv"] = "mean and quantiles over draws by scenario, indicator and year"
        followed = coverage.rows(results.annual, recorded_values(), names[0])
        if followed:
            run.write("what-followed.csv", tables.to_csv(followed))
            files["what-followed.csv"] = "recorded values after the origin against the ranges simulated for them"
        if question is not None:
            run.manifest["comparison"] = question.as_written()
            for name, (make, holds) in comparison.files_of(results.annual, results.manifest, question).items():
                run.add(name, make)
                files[name] = holds
        reference = None if question is None else question.reference
        files |= follow(run, results, reference)
        data = contents.data_of(results)
        figures = contents.charts_of(data)
        run.add(basis.FILE, partial(basis.text_of, data.basis))
        files[basis.FILE] = basis.HOLDS
        files |= export(run, data, formats)
        if page:
            run.add("report.html", lambda: store.sealed(contents.report_text(results)))
            files["report.html"] = "the report: one file that opens in any browser, also offline; start here"
        run.add_figures(figures)
        files |= {f"charts/{name}.png, .svg, .csv": "chart, and the numbers drawn" for name in figures}
        if keep == "months":
            files["monthly-*.nc"] = "every month of every draw, one file per scenario"
        if "rules" in run.manifest:
            run.write("rules-held.csv", tables.to_csv(held.rows(run.manifest)))
            files["rules-held.csv"] = "in which share of futures and of months each rule of state held, by year"
        from sinobel.results import readme

        columns = flows.COLUMNS | (comparison.COLUMNS if question is not None else {})
        run.write("README.md", readme.folder_readme(results.manifest, files, command, columns))
        run.finish(count)
        tell_aside(run.set_aside)
        tell_waiting(run.waiting)
    return results


def tell_changes(results: Any) -> None:
    """Say where rules of state held, and of which changes nothing can come."""
    from sinobel.reporting.words import telling

    if told := telling.outcomes(results.manifest):
        say("\nRules of state, and changes of which nothing comes:\n")
        for line in told:
            say(f"  {line}")


def _report(results: Any, out: Path, scenario: str, *, with_page: bool) -> None:
    from sinobel.analysis import coverage
    from sinobel.inputs.reading import shown
    from sinobel.inputs.recorded import recorded_values
    from sinobel.reporting.tables import tables

    simulated = next(iter(results.annual.values()))["year"].values
    years = [year for year in MILESTONES if year in simulated] or [int(simulated[-1])]
    header = ["indicator", "unit", *(f"{year}: median [80 %]" for year in years)]
    show_table(header, tables.headline_rows(results.annual, scenario, years))
    followed = coverage.rows(results.annual, recorded_values(), scenario)
    for what, names in (("headline series", coverage.HEADLINES), ("all recorded series", None)):
        parts = [
            f"{inside} of {count} in the {level} % range"
            for level, (inside, count) in coverage.shares(followed, names).items()
            if count
        ]
        if parts:
            say(f"What followed ({what}): {', '.join(parts)}.")
    tell_changes(results)
    say(f"\nCharts and tables: {shown(out)}  (start with {shown(out / 'charts' / 'overview.png')})")
    if with_page:
        say(f"One page to read and send: sinobel report {shown(out)}")
