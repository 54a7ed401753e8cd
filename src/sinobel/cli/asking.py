"""Commands that look things up: lists, explain, validate, ledger, docs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sinobel.cli.finding import show_hits
from sinobel.cli.setting import Settings, changed
from sinobel.cli.terminal import Draws, Horizon, Listed, Origin, Seed, say, show_table, takes_record
from sinobel.cli.wording import at_the_terminal
from sinobel.inputs import months
from sinobel.inputs.reading import InputError, Problem

app = typer.Typer()


@app.command()
@takes_record
def validate(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE…", help="Scenario files, or names of scenarios.")
    ] = None,
    settings: Settings = None,
    origin: Origin = months.DEFAULT_ORIGIN,
    horizon: Horizon = months.DEFAULT_HORIZON,
) -> None:
    """Check scenario files: every error at once, with file, line and what is allowed; else what each changes.

    With --set, a what-if on one of them, or on the baseline.
    """
    from sinobel.inputs.quantities import label_and_name
    from sinobel.policies import scenarios
    from sinobel.policies.what_if import tried as with_settings
    from sinobel.reporting.words.telling import told_of
    from sinobel.reporting.words.wording import several

    try:
        span = months.parse_origin(origin), months.parse_horizon(horizon, months.parse_origin(origin))
    except ValueError as error:
        raise InputError(str(error)) from None
    problems: list[Problem] = []
    for name in _to_check(files, settings):
        tried = with_settings(scenarios.tried([name]), settings or (), origin)
        found = tried.against(*span)
        problems += found
        if not found:
            (policy,) = tried.whole()
            count, events = len(policy.changes), len(policy.events)
            more = f", {several(events, 'event')}" if events else ""
            say(f"{name}: valid, {count} change{'s' * (count != 1)} of levers{more}")
            for each in told_of(policy, origin, horizon):
                _indented(each.text(label_and_name))
            for replaced in policy.replaced:
                _indented(f"Replaced: {replaced}.")
    if problems:
        raise InputError(dict.fromkeys(scenarios.at_once(problems)))


def _to_check(files: Sequence[str] | None, settings: Sequence[str] | None) -> Sequence[str]:
    """What is checked: the files named, and with --set one of them or the baseline."""
    if settings and len(files or ()) > 1:
        raise InputError(f"--set changes one scenario, and {len(files or ())} are named; name the one it changes")
    if not files and not settings:
        raise InputError("name a scenario or the path of a .toml file, or a what-if with --set")
    return files or ["baseline"]


@app.command("scenarios")
def list_scenarios(form: Listed = "table") -> None:
    """List the scenarios that ship with the project."""
    from sinobel.results import lookups

    found = lookups.scenarios()
    width = 3 if form == "table" else 4  # a terminal has no room for reasons
    show_table(found.columns[:width], [row[:width] for row in found.rows], form, named=True)
    if form == "table":
        say("\nWhy it does so: sinobel explain SCENARIO")


@app.command("levers")
def list_levers(form: Listed = "table") -> None:
    """List what a scenario may set: range, what has been seen, baseline, unit."""
    from sinobel.results import lookups

    found = lookups.levers()
    rows = [
        [name, label, allowed.removeprefix("a number from "), seen, str(baseline).lower()]
        for name, label, allowed, seen, baseline in found.rows
    ]
    show_table(found.columns, rows, form, named=True)


@app.command("indicators")
def list_indicators(form: Listed = "table") -> None:
    """List what is reported, with units and how a year is made of months."""
    from sinobel.results import lookups

    found = lookups.indicators()
    show_table(found.columns, found.rows, form, named=True)


@app.command("objectives")
def list_objectives(
    file: Annotated[Path | None, typer.Option("--objectives", help="A file of your own.")] = None,
    form: Listed = "table",
) -> None:
    """List what each country wants, with direction, who weighs it and what is good enough; for compare."""
    from sinobel.results import lookups

    rows = [
        [name, label, indicator, better, counts, f"{scale:,g} {unit}", weights, enough]
        for name, label, indicator, better, counts, scale, unit, weights, enough in lookups.objectives(file).rows
    ]
    header = ["objective", "meaning", "indicator", "better", "counts", "a point is", "weights", "good enough"]
    show_table(header, rows, form, named=True)


@app.command()
def explain(
    name: Annotated[
        str,
        typer.Argument(
            help="Parameter, lever, indicator, objective, figure, series, scenario, agent, decision, results."
        ),
    ],
) -> None:
    """Say what a name means, where its number comes from and where it acts; of results, how they were made."""
    from sinobel.results import lookups

    try:
        title, lines = lookups.explained(name, at_the_terminal)
    except InputError:
        if (found := lookups.holding(name)).rows:
            say("These hold it:\n")
            show_hits(found)
        raise
    _tell(title, lines)


def _indented(text: str) -> None:
    import textwrap

    say(textwrap.fill(text, 118, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False))


def _tell(title: str, lines: Sequence[tuple[str, str]]) -> None:
    import textwrap

    say(title)
    width = 14
    for label, text in lines:
        indent = " " * (len(text) - len(text.lstrip()))
        wrapped = textwrap.wrap(text, 100, subsequent_indent=indent, break_on_hyphens=False) or [""]
        say(f"  {label:<{width}}{wrapped[0]}" if len(label) < width else f"  {label}\n  {'':<{width}}{wrapped[0]}")
        for more in wrapped[1:]:
            say(f"  {'':<{width}}{more}")


@app.command()
@takes_record
def ledger(
    year: Annotated[int, typer.Option(help="Calendar year.")],
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")] = "baseline",
    settings: Settings = None,
    draws: Draws = 500,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    form: Listed = "table",
) -> None:
    """Print the transactions matrix of a year: who paid whom for what, mean over draws, USD mn; rows sum to zero."""
    from sinobel.results import lookups

    found = lookups.ledger(year, changed(scenario, settings, origin), draws=draws, seed=seed, origin=origin)
    rows = [[kind, *(f"{round(cell, 1) + 0.0:,.1f}" for cell in cells)] for kind, *cells in found.rows]
    if form == "table":
        say(f"Who paid whom in {year}, mean over {draws:,} futures, USD mn; below zero: paid.\n")
        if year > (usual := months.year(months.parse(months.DEFAULT_HORIZON))):
            say(f"{year} lies beyond {usual}, where runs end unless asked otherwise.\n")
    show_table(found.columns, rows, form)


@app.command()
def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Only say whether the generated texts are up to date.")
    ] = False,
) -> None:
    """Write the pages of model/ (MAGNITUDES, tables of ODD and TRUST), README and the schema of scenarios anew."""
    from sinobel import store
    from sinobel.reporting.documents import odd

    stale = [path for path, text in odd.generated() if store.current_text(path) != text]
    if check:
        if stale:
            names = ", ".join(path.name for path in stale)
            raise InputError(f"these texts are out of date: {names}; run `sinobel docs`")
        say("The generated texts are up to date.")
        return
    for path, text in odd.generated():
        if store.current_text(path) == text:
            continue
        store.write_text(path, text)
        say(f"wrote {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")
