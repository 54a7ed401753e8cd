"""Commands that simulate one scenario: run, rerun."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sinobel.cli.setting import Settings, tell_replaced, words_of
from sinobel.cli.terminal import (
    Draws,
    Format,
    Horizon,
    Jobs,
    Keep,
    Of,
    Origin,
    Out,
    Prior,
    Quick,
    Replace,
    Seed,
    Years,
    bar,
    cores,
    focus_of,
    get_ready,
    say,
    show_table,
    source,
    takes_record,
    tell_aside,
    tell_lost_charts,
    tell_waiting,
)
from sinobel.inputs import months
from sinobel.inputs.characters import printable

SYSTEM = (
    "evidence, model, code and libraries are the same, so it is the system: its own functions may give the bounds of "
    "priors other last digits, which no table or chart shows"
)
"""Why numbers differ where nothing of ours does."""

app = typer.Typer()


@app.command()
@takes_record
def run(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")] = "baseline",
    stacked: Annotated[
        list[str] | None, typer.Option("--with", help="Another scenario on top; may be repeated.")
    ] = None,
    settings: Settings = None,
    draws: Draws = 2000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    horizon: Horizon = months.DEFAULT_HORIZON,
    out: Out = None,
    jobs: Jobs = 0,
    form: Format = "nc",
    keep: Keep = "years",
    of: Of = None,
    year: Years = None,
    quick: Quick = False,
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Simulate one scenario: dataset, charts, summary."""
    from sinobel.policies import what_if
    from sinobel.policies.scenarios import tried_stack
    from sinobel.results import run_folder
    from sinobel.results.formats import formats_of
    from sinobel.runs.request import request_for

    formats, kept = formats_of(form), run_folder.kept(keep)
    below = tried_stack([scenario, *(stacked or [])])
    tried = what_if.tried(below, settings or [], origin)
    request = request_for(tried, draws, seed, origin, horizon, parameters=source(prior=prior))
    (policy,) = request.scenarios
    words = [scenario, *(word for each in stacked or [] for word in ("--with", each)), *words_of(settings)]
    focus = focus_of(of, year, request)
    command = run_folder.command_of_run(words, request, run_folder.words_of_focus(focus))
    called = what_if.folder_name(below.drafts[0], settings) if settings else policy.folder_name
    folder = out or run_folder.name_of_run(called)
    tell_replaced(request.scenarios)
    tell_size(request, kept, formats)
    get_ready(request)
    with bar() as progress:
        made = run_folder.quickly(
            request,
            folder,
            cores(jobs),
            formats,
            command,
            quick=quick,
            keep=kept,
            focus=focus,
            replace=replace,
            progress=progress,
            watched=True,
        )
    tell_aside(made.aside)
    tell_waiting(made.waiting)
    tell_lost_charts(folder, lost=made.lost_charts)
    _report(made.results, folder, policy.name, with_page=kept != "bands")


@app.command()
def rerun(
    manifest: Annotated[Path, typer.Argument(help="manifest.json of a results folder, or the folder.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder to make again as well; without it nothing is written.")
    ] = None,
    jobs: Jobs = 0,
    replace: Replace = False,
) -> None:
    """Make the numbers of a manifest again and say whether they are the same, bit for bit."""
    from sinobel.results import again

    old = again.read(manifest)
    for change in old.changed:
        typer.echo(f"note: {printable(change)}", err=True)
    with bar() as progress:
        done = again.rerun(old, out, cores(jobs), replace=replace, progress=progress)
    tell_aside(done.aside)
    if done.same:
        say(f"The same numbers, bit for bit ({done.what}).")
        return
    why = "the notes above say what has changed since" if old.changed else SYSTEM
    typer.echo(f"The numbers differ from those of the manifest; {why}.", err=True)
    raise typer.Exit(1)


# --- what they share ---


def tell_changes(results: Any) -> None:
    """Say where rules of state held, of which changes nothing can come, and which lie beyond experience."""
    from sinobel.reporting.words import telling

    if told := telling.outcomes(results.manifest):
        say("\nRules of state, changes of which nothing comes, and what has never been seen:\n")
        for line in told:
            say(f"  {line}")


def tell_size(request: Any, keep: str, formats: Any) -> None:
    """Say beforehand what a large folder will hold."""
    from sinobel.results import size

    if told := size.in_words(request, keep, formats):
        say(told)


def tell_place(out: Path, first: Path) -> None:
    """Say where results are and what to look at first, where that was drawn."""
    from sinobel.inputs.reading import shown

    drawn = first.is_file()
    start = f"  (start with {shown(first)})" if drawn else ""
    say(f"\n{'Charts and tables' if drawn else 'Tables'}: {shown(out)}{start}")


def _report(results: Any, out: Path, scenario: str, *, with_page: bool) -> None:
    from sinobel.analysis import coverage
    from sinobel.analysis.round_years import milestones
    from sinobel.inputs.objectives import all_objectives
    from sinobel.inputs.pairs import with_pairs
    from sinobel.inputs.reading import shown
    from sinobel.inputs.recorded import recorded_values
    from sinobel.policies.focus import of_manifest
    from sinobel.reporting.tables import tables
    from sinobel.reporting.words import crossing, facts, wording

    simulated = [int(year) for year in next(iter(results.annual.values()))["year"].values]
    focus = of_manifest(results.manifest)
    years = list(focus.years) or milestones(simulated)
    for sentence in facts.levels(results.annual, scenario, with_pairs(recorded_values()), simulated[0] - 1, focus):
        say(wording.plain(sentence))
    titles = {scenario: results.manifest["request"]["scenarios"][0]["title"]}
    for sentence in crossing.crossings(results.annual, focus.of, years, titles, all_objectives()):
        say(sentence)
    header = ["indicator", "unit", *(f"{year}: median [80 %]" for year in years)]
    show_table(header, tables.headline_rows(results.annual, scenario, years, focus.of))
    followed = coverage.rows(results.annual, recorded_values(), scenario)
    for what, names in (("headline series", coverage.HEADLINES), ("all recorded series", None)):
        parts = [
            f"{inside} of {count} in the {level} % range"
            for level, (inside, count) in coverage.shares(followed, names).items()
            if count
        ]
        if parts:
            say(f"What followed ({what}): {', '.join(parts)}.")
    _tell_events(results)
    tell_changes(results)
    tell_place(out, out / "charts" / "overview.png")
    if with_page:
        say(f"One page to read and send: sinobel report {shown(out)}")


def _tell_events(results: Any) -> None:
    """Say what the events of the scenario did: how much came, what of it is untied, what was paid back for it."""
    from sinobel.reporting.words import event_answer
    from sinobel.reporting.words.wording import plain
    from sinobel.results import contents

    data = contents.data_of(results)
    if told := event_answer.sentences(data.event_rows, data.horizon):
        say("\nWhat its events did:\n")
        for sentence in told:
            say(f"  {plain(sentence)}")
