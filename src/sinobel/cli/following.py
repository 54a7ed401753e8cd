"""Commands that follow changes and money: attribute, money, loans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel.cli.setting import Settings, changed
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
    bar,
    cores,
    say,
    show_table,
    source,
    takes_record,
    tell_aside,
)
from sinobel.inputs import months

if TYPE_CHECKING:
    from sinobel.analysis.attribution import Split
    from sinobel.results.followed import Followed

app = typer.Typer()
USUAL = "as usual"  # a term that an event does not state


OF_A_RUN = ("settings", "draws", "seed", "origin", "record", "horizon", "out", "jobs", "prior", "replace")
"""Options that say how to simulate or where to write."""


@app.command()
@takes_record
def attribute(
    context: typer.Context,
    scenario: Annotated[
        str, typer.Argument(help="Name of a scenario, the path of a .toml file, or a finished results folder.")
    ],
    against: Annotated[
        str | None,
        typer.Argument(help="The scenario it is compared with, on the same futures; of a folder, the option."),
    ] = None,
    settings: Settings = None,
    year: Annotated[
        int | None, typer.Option(help="Year whose value is explained, a debt at its end; that of the largest move.")
    ] = None,
    since: Annotated[int | None, typer.Option(help="Explain the change since this year instead.")] = None,
    of: Annotated[
        str,
        typer.Option(help="Indicator: balance_with_china, gdp, reserves, total_exports, debt_to_gdp, a debt."),
    ] = "balance_with_china",
    by: Annotated[
        str | None, typer.Option(help="Kind of split, where there are several, such as need or partner.")
    ] = None,
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
    """Split the change of an indicator into channels that add up in every future.

    A finished results folder in place of a scenario is read, not simulated again.
    """
    from sinobel.results import why

    if folder := _finished(scenario, context):
        found = why.splits_of_folder(folder, against, year=year, since=since, of=of, by=by)
        _tell_splits(found.each, found.reason, form)
        return
    asked = why.ask_attribution(
        changed(scenario, settings, origin),
        against,
        year=year,
        since=since,
        of=of,
        by=by,
        draws=draws,
        seed=seed,
        origin=origin,
        horizon=horizon,
        parameters=source(prior=prior),
    )
    place, results = _made(asked.followed, out, jobs, replace=replace)
    split = asked.asked_of(asked.splits(results.annual))
    _tell_splits([split], asked.explained(results.annual).reason, form)
    _told(place, form, asked.followed.chart)


def _tell_splits(splits: list[Split], reason: str, form: str) -> None:
    """Tables of channels; in a file one table, with the scenario where there are several."""
    from sinobel.reporting.tables import flows
    from sinobel.results.why import in_short, title_of

    header = ["channel", "mean", "median [80 %]", "raises it in"]
    if form != "table":
        several = len(splits) > 1
        rows = [[*([each.scenario] * several), *row] for each in splits for row in flows.channel_numbers(each)]
        show_table([*(["scenario"] * several), *flows.CHANNEL_NUMBERS], rows, form)
        return
    if reason:
        say(f"{reason}\n")
    for each in splits:
        say(f"{title_of(each)}:\n")
        if told := in_short(each):
            say(f"{told}\n")
        show_table(header, flows.channel_rows(each), form)
        say(f"{still}\n" if (still := flows.still_in_words(each)) else "")
    say("The means add up to the total, and so do the channels of every single future; medians do not.")


def _finished(name: str, context: typer.Context) -> Path | None:
    """The results folder that is named in place of a scenario; what says how to simulate has no place beside it."""
    from sinobel import store
    from sinobel.inputs.reading import InputError

    folder = Path(name).parent if Path(name).name == "manifest.json" else Path(name)
    if not folder.is_dir() or not store.is_started(folder):
        return None
    if given := [each for each in OF_A_RUN if not _is_default(context, each)]:
        called = ", ".join(f"--{'set' if each == 'settings' else each}" for each in given)
        raise InputError(f"{called} cannot change a finished folder, which is read as it is; name a scenario instead")
    return folder


def _is_default(context: typer.Context, name: str) -> bool:
    given = context.get_parameter_source(name)
    return given is None or given.name in ("DEFAULT", "DEFAULT_MAP")


@app.command()
@takes_record
def money(
    context: typer.Context,
    scenario: Annotated[
        str, typer.Argument(help="Name of a scenario, the path of a .toml file, or a finished results folder.")
    ] = "baseline",
    chosen: Annotated[
        str | None, typer.Argument(metavar="[OPTION]", help="Of a folder: which scenario; its first unless told.")
    ] = None,
    settings: Settings = None,
    loan: Annotated[
        str,
        typer.Option(
            help="book, before, new, a sector, N2018, a loan or event (`sinobel loans` lists them) or its name."
        ),
    ] = ("book"),
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
    """Follow the money: where each 100 dollars of Chinese loans went, and what was paid back for them.

    A finished results folder in place of a scenario is read, not simulated again.
    """
    from sinobel.analysis.money import rows
    from sinobel.inputs.reading import InputError
    from sinobel.results import following

    if folder := _finished(scenario, context):
        title, found, first = following.money_of_folder(folder, chosen, loan)
        _tell_money(title, found, first, form)
        return
    if chosen is not None:
        raise InputError(f"{scenario} is no finished results folder, so that there is nothing to choose {chosen} of")
    asked = following.ask_money(
        changed(scenario, settings, origin),
        loan=loan,
        draws=draws,
        seed=seed,
        origin=origin,
        horizon=horizon,
        parameters=source(prior=prior),
    )
    place, results = _made(asked.followed, out, jobs, replace=replace)
    story = asked.story(results.loans[asked.scenario])
    title = following.signed_in_words(asked.title, story)
    _tell_money(title, rows(story), months.year(months.parse(origin)), form)
    _told(place, form, asked.followed.chart)


def _tell_money(title: str, found: Sequence[Mapping[str, Any]], first: int, form: str) -> None:
    """Where the money went, as a table; `first` is the year of the origin."""
    from sinobel.analysis.money import BUDGET, STAGES
    from sinobel.reporting.tables import flows

    if form != "table":
        show_table(flows.STORY_NUMBERS, flows.story_numbers(found), form)
        return
    rows = flows.story_rows(found)
    say(f"{title}\n")
    if not rows:
        say("Nothing of it is signed in any future.")
        return
    show_table(["stage", "item", "unit", "mean [80 %]", f"of it to {first}", "USD mn"], rows, form)
    say(f"\nTo {first}: drawings and interest of the record, allocated to loans; an assumed share of tied goods.")
    if any(row[0] == BUDGET for row in rows):
        say(f"\nGuarantees: {STAGES[BUDGET]}.")


def _made(followed: Followed, out: Path | None, jobs: int, *, replace: bool) -> tuple[Path, Any]:
    """The folder of what was asked, and what it holds."""
    folder = out or followed.place
    with bar() as progress:
        made = followed.write(folder, cores(jobs), replace=replace, progress=progress)
    tell_aside(made.aside)
    return folder, made.results


def _told(folder: Path, form: str, chart: str) -> None:
    from sinobel.inputs.reading import shown

    if form == "table":
        say(f"\nCharts and tables: {shown(folder)}  (start with {shown(folder / 'charts' / f'{chart}.png')})")


@app.command("loans")
@takes_record
def list_loans(
    scenario: Annotated[str, typer.Argument(help="With this scenario, also the Chinese loans that it brings.")] = (
        "baseline"
    ),
    settings: Settings = None,
    origin: Origin = months.DEFAULT_ORIGIN,
    form: Listed = "table",
) -> None:
    """List the Chinese loans of the record and of a scenario's events: what `sinobel money --loan` can follow."""
    from sinobel.analysis.money import UNGUARANTEED
    from sinobel.results import lookups

    found = lookups.loans(origin, changed(scenario, settings, origin))
    rows = [
        [
            *(loan, project, lender, str(signed), f"{amount:,.0f}", sector, instrument),
            "" if fails is None else f"{fails:.0f}",
            *(backing, (USUAL if confidence == "event" else "") if rate is None else f"{rate:g}", confidence),
        ]
        for loan, project, lender, signed, amount, sector, instrument, fails, backing, rate, confidence in found.rows
    ]
    show_table(found.columns, rows, form)
    if form == "table":
        say(
            "\nWho pays where a project fails: of what the state or a state bank guarantees the budget, as guarantor; "
            f"{UNGUARANTEED}.\nLoans of years to come differ from future to future, up to three a year: "
            "sinobel money --loan N2018, or N2018a for the first of them."
        )
