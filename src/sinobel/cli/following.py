"""Commands that follow changes and money: attribute, money, loans."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel.cli.terminal import (
    Draws,
    Horizon,
    Jobs,
    Listed,
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
)
from sinobel.inputs import months
from sinobel.inputs.reading import InputError, as_file_name, nearest

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart
    from sinobel.runs.request import Request

app = typer.Typer()

Files = dict[str, str]
Figures = dict[str, Callable[[], "Chart"]]


def follow(run: Any, results: Any, reference: str | None) -> Files:
    """Add what every results folder tells about its changes and its loans; returns the files with what they hold."""
    from sinobel.analysis import attribution
    from sinobel.reporting.tables import flows

    files = {"money.csv": "where each 100 dollars of every Chinese loan went, what was paid back, and its terms"}
    run.add("money.csv", partial(flows.money_table, results.loans))
    if attribution.possible(results.annual):
        run.add("attribution.csv", lambda: flows.attribution_table(flows.splits(results.annual, reference)))
        files["attribution.csv"] = "changes of the balance and of debts split into channels that add up in every draw"
    return files


@app.command()
def attribute(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")],
    against: Annotated[
        str | None, typer.Argument(help="The scenario it is compared with, on the same futures.")
    ] = None,
    year: Annotated[int, typer.Option(help="Year whose value is explained; a debt counts at its end.")] = 2025,
    since: Annotated[int | None, typer.Option(help="Explain the change since this year instead.")] = None,
    of: Annotated[str, typer.Option(help="balance_with_china, debt_to_china or external_public_debt.")] = (
        "balance_with_china"
    ),
    by: Annotated[str | None, typer.Option(help="Kind of split, where there are several: need or creditor.")] = None,
    draws: Draws = 2000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    horizon: Horizon = months.DEFAULT_HORIZON,
    out: Out = None,
    jobs: Jobs = 0,
    form: Listed = "table",
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Split the change of the balance with China or of a debt into channels that add up in every future."""
    from sinobel.reporting.tables import flows
    from sinobel.results import contents
    from sinobel.runs.request import Request

    key = _way(of, by)
    names = [scenario] if against is None else [scenario, against]
    policies = load(names)
    request = Request(
        tuple(reversed(policies)), draws, seed, origin, horizon, parameters="prior" if prior else "posterior"
    )
    first, last = (months.year(month) for month in request.months)
    start = since if since is not None or against is not None else first + 1
    _check_years(year, start, against, first + 1, last)
    told = f"against-{policies[1].name}" if against is not None else f"since-{start}"
    folder = out or Path("results") / as_file_name(f"attribution-{policies[0].name}-{told}")
    ask: dict[str, Any] = {"against": policies[1].name} if against is not None else {"since": start}

    def fill(run: Any, results: Any) -> tuple[Files, Figures]:
        found = flows.splits_of(results.annual, policies[0].name, year, **ask)
        run.write("attribution.csv", flows.attribution_table(found))
        asked = next(split for split in found if (split.of, split.by) == key)
        _show_split(asked, form)
        holds = {"attribution.csv": "the channels and their total: means add up, medians do not"}
        return holds, flows.waterfalls(found, contents.data_of(results))

    command = f"sinobel attribute {shlex.join(names)} --year {year}" + (f" --since {start}" if against is None else "")
    _produce(request, folder, jobs, f"{command} --draws {draws} --seed {seed}", fill, replace=replace)
    _told(folder, form, f"attribution-{_slug(*key)}")


def _show_split(split: Any, form: str) -> None:
    from sinobel.reporting.tables import flows

    if form == "table":
        where = f"against {split.against}" if split.against else f"since {split.since}"
        say(f"Change of {split.of} in {split.year}, {split.scenario} {where}, {split.unit}, by {split.by}:\n")
    header = ["channel", "mean", "median [80 %]", "raises it in"]
    show_table(header, flows.channel_rows(split), form)
    if form == "table":
        say("\nThe means add up to the total, and so do the channels of every single future; medians do not.")


def _way(of: str, by: str | None) -> tuple[str, str]:
    """The split that is asked for. Raises InputError for one that does not exist."""
    from sinobel.analysis.attribution import WAYS

    indicators = list(dict.fromkeys(name for name, _ in WAYS))
    if of not in indicators:
        raise InputError(f"--of {of!r} cannot be split{nearest(of, indicators)}; choose from {', '.join(indicators)}")
    kinds = [kind for name, kind in WAYS if name == of]
    if by is not None and by not in kinds:
        raise InputError(f"--by {by!r} is no way to split {of}{nearest(by, kinds)}; choose from {', '.join(kinds)}")
    return of, by or kinds[0]


def _check_years(year: int, since: int | None, against: str | None, first: int, last: int) -> None:
    if since is not None and against is not None:
        raise InputError("a change is either against another scenario or --since an earlier year, not both")
    if not first <= year <= last:
        raise InputError(f"--year {year} is not simulated; choose {first} to {last}")
    if since is not None and not first <= since < year:
        raise InputError(f"--since {since} must be a simulated year before {year}: {first} to {year - 1}")


@app.command()
def money(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")] = "baseline",
    loan: Annotated[str, typer.Option(help="book, before, new, a loan (`sinobel loans` lists them) or its name.")] = (
        "book"
    ),
    draws: Draws = 2000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    horizon: Horizon = months.DEFAULT_HORIZON,
    out: Out = None,
    jobs: Jobs = 0,
    form: Listed = "table",
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Follow the money: where each 100 dollars of Chinese loans went, and what was paid back for them."""
    from sinobel.analysis import money as analysis
    from sinobel.reporting.tables import flows
    from sinobel.results import contents
    from sinobel.runs.request import Request

    policy = load([scenario])[0]
    request = Request((policy,), draws, seed, origin, horizon, parameters="prior" if prior else "posterior")
    which = flows.loan_named(loan, request.loans)
    folder = out or Path("results") / as_file_name(f"money-{policy.name}")

    def fill(run: Any, results: Any) -> tuple[Files, Figures]:
        run.write("money.csv", flows.money_table(results.loans))
        story = analysis.money(results.loans[policy.name], policy.name, which)
        _show_story(story, form, months.year(request.months[0]))
        holds = {"money.csv": "where each 100 dollars of every Chinese loan went, what was paid back, and its terms"}
        groups = dict.fromkeys((which, *analysis.GROUPS))
        return holds, flows.sankeys(contents.data_of(results), policy.name, list(groups))

    command = f"sinobel money {shlex.quote(scenario)} --loan {shlex.quote(which)} --draws {draws} --seed {seed}"
    _produce(request, folder, jobs, command, fill, replace=replace)
    _told(folder, form, f"money-{which}")


def _show_story(story: Any, form: str, origin: int) -> None:
    from sinobel.reporting.tables import flows

    rows = flows.story_rows(story)
    if form == "table":
        signed = story.signed.mean()
        mean = " on average over futures" if float(story.signed.max() - story.signed.min()) >= 0.5 else ""
        say(f"{flows.title(story.loan)}: {signed:,.0f} USD mn signed{mean}\n")
        if not rows:
            say("Nothing of it is signed in any future.")
            return
    show_table(["stage", "item", "unit", "mean [80 %]", f"of it to {origin}", "USD mn"], rows, form)
    if form == "table":
        say(f"\nTo {origin}: drawings and interest of the record, allocated to loans; an assumed share of tied goods.")


@app.command("loans")
def list_loans(origin: Origin = months.DEFAULT_ORIGIN, form: Listed = "table") -> None:
    """List the Chinese loans of the record: what `sinobel money --loan` can follow."""
    from sinobel.inputs.evidence import all_evidence

    try:
        month = months.parse_origin(origin)
    except ValueError as error:
        raise InputError(str(error)) from None
    rows = [
        [
            each.id,
            each.project,
            each.lender,
            str(months.year(each.signed)),
            f"{each.committed:,.0f}",
            each.backing,
            "" if each.interest is None else f"{each.interest:g}",
            each.confidence,
        ]
        for each in sorted(all_evidence().loan_book(month), key=lambda each: (each.signed, each.id))
    ]
    header = ["loan", "project", "lender", "signed", "USD mn", "backing", "rate, %", "confidence"]
    show_table(header, rows, form)


# --- what they share ---


def _produce(
    request: Request,
    folder: Path,
    jobs: int,
    command: str,
    fill: Callable[[Any, Any], tuple[Files, Figures]],
    *,
    replace: bool,
) -> None:
    """Simulate into a results folder and let a command fill it with its tables and charts."""
    from sinobel import store
    from sinobel.reporting.tables import flows
    from sinobel.results import readme

    count = cores(jobs)
    step, end = progress_bar("simulating")
    with store.Run(request, folder, replace=replace) as run:
        run.manifest["command"] = command
        try:
            results = run.simulate(count, progress=step)
        except KeyboardInterrupt:
            raise interrupted(run.has_finished_blocks) from None
        finally:
            end()
        files = {
            "manifest.json": "request, versions and hashes: everything needed to make the numbers again",
            ".sinobel.json": "what the program made here, with hashes; everything else is yours and stays",
            "annual.nc": "every indicator per scenario, draw and year",
            "monthly-bands.nc": "mean and quantiles over draws of every month",
            "monthly-examples.nc": "months of the first draws",
        }
        more, figures = fill(run, results)
        run.add_figures(figures)
        files |= more | {f"charts/{name}.png, .svg": "chart" for name in figures}
        run.write("README.md", readme.folder_readme(results.manifest, files, command, flows.COLUMNS))
        run.finish(count)
        tell_aside(run.set_aside)


def _told(folder: Path, form: str, chart: str) -> None:
    from sinobel.inputs.reading import shown

    if form == "table":
        say(f"\nCharts and tables: {shown(folder)}  (start with {shown(folder / 'charts' / f'{chart}.png')})")


def _slug(*words: str) -> str:
    return "-".join(words).replace("_", "-").replace(" ", "-")
