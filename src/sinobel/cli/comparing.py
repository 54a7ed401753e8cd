"""Commands that compare: compare, first-look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinobel.cli.running import tell_changes, tell_place, tell_size
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
    load,
    say,
    share,
    show_table,
    source,
    takes_record,
    tell_aside,
    tell_lost_charts,
    tell_waiting,
)
from sinobel.inputs import months
from sinobel.inputs.reading import InputError

if TYPE_CHECKING:
    from sinobel.analysis.question import Question
    from sinobel.policies.focus import Focus
    from sinobel.runs.request import Request
    from sinobel.store import Results

FIRST_LOOK = ("baseline", "untied-finance", "reform-with-eu-agreement", "russian-squeeze", "cartel-restored")
SHOWN = ("real_gdp", "income_per_head", "reserves", "debt_to_china", "balance_with_china", "gdp")
WIDEST = 5
"""Options that fit beside each other in a table of changes."""
LEGEND = (
    "Leads: share of futures and weights in which an option is the best for a position, of those that the country\n"
    "does not rule out. Unbeaten: share of futures in which no other is as good in everything the country wants; what\n"
    "is best in one thing alone is unbeaten, however bad in the rest, so it recommends nothing. Meets all: futures\n"
    "that are good enough."
)

app = typer.Typer()


@app.command()
@takes_record
def compare(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="SCENARIO…", help="Two or more scenarios; a+b stacks b on a. One will do with --set."),
    ] = None,
    settings: Settings = None,
    baseline: Annotated[str | None, typer.Option(help="The one the others are compared with; the first.")] = None,
    country: Annotated[
        str | None, typer.Option("--for", help="Whose choice is looked at: belarus (the default), china, russia or eu.")
    ] = None,
    objectives: Annotated[
        Path | None, typer.Option(help="What countries want: a file like model/objectives.toml.")
    ] = None,
    weight: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="Weight of one objective; may be repeated.")
    ] = None,
    discount: Annotated[str, typer.Option(help="Discount rate a year for sums over years, 0.05 is 5 %.")] = "0",
    of: Of = None,
    year: Years = None,
    draws: Draws = 2000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    horizon: Horizon = months.DEFAULT_HORIZON,
    out: Out = None,
    jobs: Jobs = 0,
    form: Format = "nc",
    keep: Keep = "years",
    quick: Quick = False,
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Simulate the same futures under several scenarios: what each changes, who gains, which is best for whom."""
    from sinobel.inputs.reading import nearest
    from sinobel.policies import what_if
    from sinobel.policies.scenarios import tried
    from sinobel.results import run_folder
    from sinobel.results.formats import formats_of
    from sinobel.runs.request import request_for

    names = list(names or (["baseline"] if settings else []))
    if baseline is not None and baseline not in names:
        raise InputError(f"--baseline {baseline!r} is not among the compared scenarios{nearest(baseline, names)}")
    ordered = list(names) if baseline is None else [baseline, *(name for name in names if name != baseline)]
    if len(ordered) < 2 and not settings:
        raise InputError("compare needs at least two scenarios, for example: sinobel compare baseline untied-finance")
    formats = formats_of(form)
    options = what_if.tried(tried(ordered), settings or [], origin, beside=True)
    request = request_for(options, draws, seed, origin, horizon, parameters=source(prior=prior))
    policies = request.scenarios
    tell_replaced(policies)
    rate, weights = share("--discount", discount), weights_of(weight or [])
    question = run_folder.question_for(policies[0].name, country, objectives, weights, rate)
    called = [policy.folder_name for policy in policies]
    if settings:
        called[-1] = what_if.folder_name(policies[0], settings)
    folder = out or run_folder.name_of_comparison(called)
    focus = focus_of(of, year, request)
    asked = [*words_of(settings), *run_folder.options_of(question, country, objectives, weight or [])]
    asked += run_folder.words_of_focus(focus)
    command = run_folder.command_of_run(ordered, request, asked)
    _compare(
        request,
        question,
        folder=folder,
        jobs=jobs,
        formats=formats,
        command=command,
        keep=keep,
        focus=focus,
        quick=quick,
        replace=replace,
    )


@app.command("first-look", hidden=True)
def first_look(
    draws: Draws = 2000, seed: Seed = 2017, jobs: Jobs = 0, out: Out = None, replace: Replace = False
) -> None:
    """The main job of a fresh clone: the baseline against four policy options, with charts and tables."""
    from sinobel.results import run_folder
    from sinobel.runs.request import Request

    policies = load(FIRST_LOOK)
    request = Request(tuple(policies), draws, seed)
    folder = out or run_folder.name_of_run("first-look")
    say(f"Simulating {draws:,} futures to {months.DEFAULT_HORIZON} under {len(policies)} scenarios …")
    question = run_folder.question_for(policies[0].name)
    _compare(
        request,
        question,
        folder=folder,
        jobs=jobs,
        formats=["nc"],
        command="python3 start.py run",
        keep="years",
        page=True,
        replace=replace,
    )


def weights_of(texts: Sequence[str]) -> dict[str, float]:
    """Weights of `--weight NAME=VALUE`.

    Raises
    ------
    InputError
        For what is no number.
    """
    weights = {}
    for text in texts:
        name, equals, value = text.partition("=")
        try:
            weights[name.strip()] = float(value)
        except ValueError:
            equals = ""
        if not equals:
            raise InputError(f"--weight {text!r} is not allowed; write for example --weight belarus.income=40")
    return weights


def _compare(
    request: Request,
    question: Question,
    folder: Path,
    jobs: int,
    formats: Sequence[str],
    command: str,
    keep: str,
    *,
    focus: Focus | None = None,
    page: bool = False,
    quick: bool = False,
    replace: bool = False,
) -> None:
    from sinobel.results import run_folder

    kept = run_folder.kept(keep)
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
            question=question,
            focus=focus,
            page=page,
            replace=replace,
            progress=progress,
            watched=True,
        )
    tell_aside(made.aside)
    tell_waiting(made.waiting)
    tell_lost_charts(folder, lost=made.lost_charts)
    _tell_changes_of_options(request, made.results, question)
    _tell_choice(made.results, question)
    tell_changes(made.results)
    tell_place(folder, folder / "report.html" if page else folder / "charts" / "options.png")
    if not page and kept != "bands":
        from sinobel.inputs.reading import shown

        say(f"One page to read and send: sinobel report {shown(folder)}")


def _tell_changes_of_options(request: Request, results: Results, question: Question) -> None:
    """The answer, the reference in some years, and what every option changes in the years of the answer."""
    import textwrap

    from sinobel.analysis.round_years import milestones, told_year
    from sinobel.inputs.pairs import with_pairs
    from sinobel.inputs.recorded import recorded_values
    from sinobel.policies.focus import of_manifest
    from sinobel.policies.stated import stated
    from sinobel.reporting.tables import comparison, tables
    from sinobel.reporting.words import facts, telling, wording

    annual, against = results.annual, question.reference
    years = [int(year) for year in next(iter(annual.values()))["year"].values]
    titles = {each.name: each.title for each in request.scenarios}
    header, told = comparison.title_table(titles)
    if told:
        say()
        show_table(header, told)
    origin = months.year(months.parse(request.origin))
    focus = of_manifest(results.manifest)
    states = stated(request.scenarios, against)
    found = facts.told(annual, against, with_pairs(recorded_values()), origin, focus, stated=states)
    first = "What was asked for, and what changes most," if focus.of else "What changes most"
    say(f"\n{first} against {against}, on the same futures:\n")
    for sentence in facts.sentences(found, titles, telling.came_of_manifest(results.manifest)):
        say(textwrap.fill(wording.plain(sentence), 100, subsequent_indent="  ", break_on_hyphens=False))
    say(f"\n{against}:\n")
    told_in = list(focus.years) or milestones(years)
    header = ["indicator", "unit", *(f"{each}: median [80 %]" for each in told_in)]
    show_table(header, tables.headline_rows(annual, against, told_in, focus.of))
    changed_in = list(focus.years) or [facts.year_of(found, focus) or told_year(years)]
    _tell_changes(results, question, facts.leading(found, focus), changed_in)


def _tell_changes(results: Results, question: Question, leading: Sequence[str], years: Sequence[int]) -> None:
    """What every option changes in some years, and how often what was asked for lies beyond a threshold."""
    import textwrap

    from sinobel.analysis import differences
    from sinobel.policies.focus import of_manifest
    from sinobel.reporting.tables import comparison
    from sinobel.reporting.words import crossing

    annual, against = results.annual, question.reference
    first = next(iter(annual.values()))
    names, draws = [str(name) for name in first["scenario"].values], first.sizes["draw"]
    shown = dict.fromkeys([*leading, *SHOWN])
    rows = differences.rows({name: annual[name] for name in shown if name in annual}, against)
    few = len(names) - 1 <= WIDEST
    for year in years:
        say(f"\nChange against {against} in {year}, median [80 %] of the same {draws:,} futures:\n")
        show_table(*comparison.change_table(rows, year, few), repeated=2 if few else 1)
    asked = of_manifest(results.manifest).of
    for sentence in crossing.crossings(annual, asked, years, {name: name for name in names}, question.objectives):
        say(f"\n{textwrap.fill(sentence, 100, subsequent_indent='  ', break_on_hyphens=False)}")
    if "gdp" in annual:
        real, current = (comparison.few_words(name) for name in ("real_gdp", "gdp"))
        say(f"\n{real} is output; the change of {current} is mostly that of the exchange rate.")


def _tell_choice(results: Results, question: Question) -> None:
    """Who gains, and the options as a choice of the country that is asked for; nothing where nothing can be counted."""
    from sinobel.analysis import decision
    from sinobel.inputs.countries import COUNTRIES
    from sinobel.reporting.tables import comparison
    from sinobel.reporting.words import choosing

    found = question.counted(results.annual)
    if found is None:
        return
    last, few = found.years[-1], len(found.options) <= WIDEST
    if question.country in found.countries:
        called = COUNTRIES[question.country]
        say(f"\nWhat changes of what {called} wants, {found.years[0]} to {last}, mean [80 % of futures]:\n")
        show_table(*comparison.wants_table(found, question.country, few), repeated=3 if few else 1)
    say(f"\nWho is better off than under {found.reference}, share of futures and weights:\n")
    show_table(*comparison.gain_table(found, few))
    if question.country not in found.countries:
        return
    choices = decision.rows(found, question.country)
    owners = comparison.set_by(results.manifest)
    say(f"\nWhat {called} would rather have, by who decides:\n")
    show_table(*comparison.decision_table(found, question.country, choices, owners))
    say(f"\n{LEGEND}\n")
    names = {name: name for name in found.scenarios}
    earlier = question.sooner(results.annual)
    told = [
        *comparison.sentences(found, question.country, choices),
        choosing.sooner(found, earlier, question.country, names) if earlier else "",
        choosing.nobodys([name for name in found.options if owners[name] == comparison.NOBODY], question.country),
    ]
    for sentence in filter(None, told):
        say(sentence)
