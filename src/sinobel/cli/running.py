"""Commands that simulate: run, compare, first-look, rerun."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel import months
from sinobel.cli.exporting import export, formats_of
from sinobel.cli.terminal import (
    Draws,
    Format,
    Horizon,
    Jobs,
    Keep,
    Origin,
    Out,
    Prior,
    Seed,
    cores,
    load,
    progress_bar,
    say,
    show_table,
)  # fmt: skip
from sinobel.reading import Failure, InputError

if TYPE_CHECKING:
    from sinobel.ensemble import Request
    from sinobel.scenarios import Scenario

FIRST_LOOK = ("baseline", "untied-finance", "reform-with-eu-agreement", "russian-squeeze", "cartel-restored")
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
) -> None:
    """Simulate one scenario: dataset, charts, summary."""
    formats = formats_of(form)
    first, *others = load([scenario, *(stacked or [])])
    policies = [first.with_changes_of(*others)] if others else [first]
    request = _request(policies, draws, seed, origin, horizon, prior=prior)
    folder = out or Path("results") / policies[0].name.replace(" + ", "-with-")
    command = f"sinobel run {' --with '.join([scenario, *(stacked or [])])} {_flags(request)}"
    results = _produce(request, folder, jobs, formats, command, keep=keep)
    _report(results, folder, policies[0].name)


@app.command()
def compare(
    names: Annotated[list[str], typer.Argument(metavar="SCENARIO…", help="Two or more scenarios.")],
    baseline: Annotated[str | None, typer.Option(help="The one the others are compared with; the first.")] = None,
    draws: Draws = 2000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    horizon: Horizon = months.DEFAULT_HORIZON,
    out: Out = None,
    jobs: Jobs = 0,
    form: Format = "nc",
    keep: Keep = "years",
    prior: Prior = False,
) -> None:
    """Simulate the same futures under several scenarios and show what each changes."""
    from sinobel.reading import nearest

    if baseline is not None and baseline not in names:
        raise InputError(f"--baseline {baseline!r} is not among the compared scenarios{nearest(baseline, names)}")
    ordered = list(names) if baseline is None else [baseline, *(name for name in names if name != baseline)]
    if len(ordered) < 2:
        raise InputError("compare needs at least two scenarios, for example: sinobel compare baseline untied-finance")
    formats = formats_of(form)
    policies = load(ordered)
    request = _request(policies, draws, seed, origin, horizon, prior=prior)
    folder = out or Path("results") / "-against-".join(policy.name for policy in reversed(policies[:2]))
    command = f"sinobel compare {' '.join(ordered)} {_flags(request)}"
    _compare(request, folder, jobs, formats, command, keep)


def _compare(request: Request, folder: Path, jobs: int, formats: Sequence[str], command: str, keep: str) -> None:
    from sinobel.analysis import differences
    from sinobel.reading import shown
    from sinobel.report import charts, tables

    reference = request.scenarios[0].name
    results = _produce(request, folder, jobs, formats, command, keep=keep, reference=reference)
    simulated = next(iter(results.annual.values()))["year"].values
    year = 2025 if 2025 in simulated else int(simulated[-1])
    shown_names = [name for name in charts.OPTION_INDICATORS if name in results.annual]
    rows = differences.rows({name: results.annual[name] for name in shown_names}, reference)
    say(f"\n{reference}:\n")
    milestones = [each for each in MILESTONES if each in simulated] or [year]
    header = ["indicator", "unit", *(f"{each}: median [80 %]" for each in milestones)]
    show_table(header, tables.headline_rows(results.annual, reference, milestones))
    say(f"\nChange against {reference} in {year}, the same {request.draws:,} futures in every scenario:\n")
    header = ["indicator", "scenario", "unit", "median [80 %]", "higher in"]
    show_table(header, tables.difference_rows(rows, year, shown_names))
    say(f"\nCharts and tables: {shown(folder)}  (start with {shown(folder / 'charts' / 'options.png')})")


@app.command("first-look", hidden=True)
def first_look(draws: Draws = 2000, seed: Seed = 2017, jobs: Jobs = 0, out: Out = None) -> None:
    """The main job of a fresh clone: the baseline against four policy options, with charts and tables."""
    policies = load(FIRST_LOOK)
    request = _request(policies, draws, seed, months.DEFAULT_ORIGIN, months.DEFAULT_HORIZON)
    folder = out or Path("results") / "first-look"
    say(f"Simulating {draws:,} futures to {months.DEFAULT_HORIZON} under {len(policies)} scenarios …")
    _compare(request, folder, jobs, ["nc"], "python3 start.py run", "years")


@app.command()
def rerun(
    manifest: Annotated[Path, typer.Argument(help="manifest.json of a results folder, or the folder.")],
    out: Out = None,
    jobs: Jobs = 0,
) -> None:
    """Make the numbers of a manifest again and say whether they are the same, bit for bit."""
    import tempfile

    from sinobel import store
    from sinobel.manifest import changes_since, request_of
    from sinobel.reading import shown

    old = store.read_manifest(manifest)
    request = request_of(old, shown(manifest))
    for change in changes_since(old, request):
        typer.echo(f"note: {change}", err=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = out or Path(scratch) / "again"
        step, end = progress_bar("simulating")
        with store.Run(request, folder) as run_:
            try:
                results = run_.simulate(cores(jobs), progress=step)
            finally:
                end()
            if out is not None:
                run_.finish()
    if results.manifest["result"] == old.get("result"):
        say(f"The same numbers, bit for bit ({request.draws:,} draws, {len(request.scenarios)} scenarios).")
        return
    typer.echo("The numbers differ from those of the manifest; the notes above say what has changed since.", err=True)
    raise typer.Exit(1)


# --- what they share ---


def _request(
    policies: Sequence[Scenario],
    draws: int,
    seed: int,
    origin: str,
    horizon: str,
    *,
    prior: bool = False,
) -> Request:
    from sinobel.ensemble import Request

    return Request(tuple(policies), draws, seed, origin, horizon, parameters="prior" if prior else "posterior")


def _flags(request: Request) -> str:
    """Options that ask for the same request again."""
    told = f"--draws {request.draws} --seed {request.seed} --origin {request.origin} --horizon {request.horizon}"
    return told + " --prior" * (request.parameters == "prior")


def _produce(
    request: Request, out: Path, jobs: int, formats: Sequence[str], command: str, *, keep: str,
    reference: str | None = None,
) -> Any:  # fmt: skip
    """Simulate into a results folder and fill it with tables and charts; returns the results."""
    from sinobel import store
    from sinobel.analysis import coverage
    from sinobel.recorded import recorded_values
    from sinobel.report import contents, tables

    if keep not in KEPT:
        raise InputError(f"--keep {keep!r} is not allowed; choose from {', '.join(KEPT)}")
    count = cores(jobs)
    step, end = progress_bar("simulating")
    with store.Run(request, out) as run:
        try:
            results = run.simulate(count, progress=step, keep=keep)
        except KeyboardInterrupt:
            raise Failure("interrupted; finished blocks are kept, and the same command goes on from there") from None
        finally:
            end()
        files = {"manifest.json": "request, versions and hashes: everything needed to make the numbers again"}
        if keep != "summary":
            files["annual.nc"] = "every indicator per scenario, draw and year"
        files["monthly-bands.nc"] = "mean and quantiles over draws of every month"
        if results.examples is not None:
            files["monthly-examples.nc"] = "months of the first draws, for charts of single futures"
        names = [scenario.name for scenario in request.scenarios]
        run.write("summary.csv", contents.summary_table(results.annual))
        files["summary.csv"] = "mean and quantiles over draws by scenario, indicator and year"
        figures = contents.of_scenario(
            results.annual, results.bands, results.examples, results.manifest, recorded_values(), names[0]
        )
        followed = coverage.rows(results.annual, recorded_values(), names[0])
        if followed:
            run.write("what-followed.csv", tables.to_csv(followed))
            files["what-followed.csv"] = "recorded values after the origin against the ranges simulated for them"
        if reference is not None and len(names) > 1:
            run.write("differences.csv", contents.difference_table(results.annual, reference))
            files["differences.csv"] = f"paired differences against {reference}, and how often they are positive"
            figures = contents.of_comparison(results.annual, results.manifest, reference) | figures
        files |= export(run, results, formats, reference)
        run.write_figures(figures, count)
        files |= {f"charts/{name}.png, .svg": "chart" for name in figures}
        if keep == "months":
            files["monthly-*.nc"] = "every month of every draw, one file per scenario"
        run.write("README.md", tables.folder_readme(results.manifest, files, command))
        run.finish()
    return results


def _report(results: Any, out: Path, scenario: str) -> None:
    from sinobel.analysis import coverage
    from sinobel.reading import shown
    from sinobel.recorded import recorded_values
    from sinobel.report import tables

    simulated = next(iter(results.annual.values()))["year"].values
    years = [year for year in MILESTONES if year in simulated] or [int(simulated[-1])]
    header = ["indicator", "unit", *(f"{year}: median [80 %]" for year in years)]
    show_table(header, tables.headline_rows(results.annual, scenario, years))
    followed = coverage.rows(results.annual, recorded_values(), scenario)
    for what, names in (("headline series", coverage.HEADLINES), ("all recorded series", None)):
        parts = [f"{inside} of {count} in the {level} % range" for level, (inside, count) in
                 coverage.shares(followed, names).items() if count]  # fmt: skip
        if parts:
            say(f"What followed ({what}): {', '.join(parts)}.")
    say(f"\nCharts and tables: {shown(out)}  (start with {shown(out / 'charts' / 'overview.png')})")
