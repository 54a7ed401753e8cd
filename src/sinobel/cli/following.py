"""Commands that follow changes and money: attribute, money, loans."""

from __future__ import annotations

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
    from sinobel.results.following import Followed

app = typer.Typer()
USUAL = "as usual"  # a term that an event does not state


@app.command()
@takes_record
def attribute(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")],
    against: Annotated[
        str | None, typer.Argument(help="The scenario it is compared with, on the same futures.")
    ] = None,
    settings: Settings = None,
    year: Annotated[int, typer.Option(help="Year whose value is explained; a debt counts at its end.")] = 2025,
    since: Annotated[int | None, typer.Option(help="Explain the change since this year instead.")] = None,
    of: Annotated[
        str, typer.Option(help="Indicator: balance_with_china, gdp, reserves, total_exports, debt_to_gdp, a debt.")
    ] = ("balance_with_china"),
    by: Annotated[str | None, typer.Option(help="Kind of split, where there are several, such as need or partner.")] = None,
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
    """Split the change of an indicator into channels that add up in every future."""
    from sinobel.reporting.tables import flows
    from sinobel.results import following

    asked = following.ask_attribution(
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
    folder, results = _made(asked.followed, out, jobs, replace=replace)
    split = asked.asked_of(asked.splits(results.annual))
    if form == "table":
        say(f"{following.title_of(split)}:\n")
    show_table(["channel", "mean", "median [80 %]", "raises it in"], flows.channel_rows(split), form)
    if form == "table":
        say("\nThe means add up to the total, and so do the channels of every single future; medians do not.")
    _told(folder, form, asked.followed.chart)


@app.command()
@takes_record
def money(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")] = "baseline",
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
    """Follow the money: where each 100 dollars of Chinese loans went, and what was paid back for them."""
    from sinobel.analysis.money import BUDGET, STAGES
    from sinobel.reporting.tables import flows
    from sinobel.results import following

    asked = following.ask_money(
        changed(scenario, settings, origin),
        loan=loan,
        draws=draws,
        seed=seed,
        origin=origin,
        horizon=horizon,
        parameters=source(prior=prior),
    )
    folder, results = _made(asked.followed, out, jobs, replace=replace)
    rows, first = (
        flows.story_rows(story := asked.story(results.loans[asked.scenario])),
        months.year(months.parse(origin)),
    )
    if form == "table":
        say(f"{following.signed_in_words(asked.title, story)}\n")
    if form == "table" and not rows:
        say("Nothing of it is signed in any future.")
    else:
        show_table(["stage", "item", "unit", "mean [80 %]", f"of it to {first}", "USD mn"], rows, form)
        if form == "table":
            say(
                f"\nTo {first}: drawings and interest of the record, allocated to loans; an assumed share of tied "
                "goods."
            )
            if any(row[0] == BUDGET for row in rows):
                say(f"\nGuarantees: {STAGES[BUDGET]}.")
    _told(folder, form, asked.followed.chart)


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
    origin: Origin = months.DEFAULT_ORIGIN,
    form: Listed = "table",
) -> None:
    """List the Chinese loans of the record and of a scenario's events: what `sinobel money --loan` can follow."""
    from sinobel.analysis.money import UNGUARANTEED
    from sinobel.results import lookups

    found = lookups.loans(origin, scenario)
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
