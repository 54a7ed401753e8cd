"""What the folder of a run or a comparison holds, and how it is filled: the same whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.inputs import pairs
from sinobel.inputs.evidence import using
from sinobel.inputs.reading import InputError, Problem, quoted
from sinobel.policies.focus import Focus, of_manifest
from sinobel.results import asking_again, contents, finished, kept_basis, readme
from sinobel.results.basis import basis_of
from sinobel.results.formats import export, formats_of
from sinobel.results.interruption import Interrupted
from sinobel.results.progress import progress_bar
from sinobel.runs.manifest import Manifest, request_of

if TYPE_CHECKING:
    from sinobel.analysis.question import Question
    from sinobel.runs.request import Progress, Request

KEPT = ("bands", "years", "months")
"""What is kept of every draw: nothing beside what all draws have together, its years, its months as well."""
ONCE = {"summary": "bands"}
"""Words for it that were in use before."""

Files = dict[str, str]
Figures = contents.Charts

ALWAYS: Mapping[str, str] = {
    "manifest.json": "request, versions and hashes: everything needed to make the numbers again",
    ".sinobel.json": "what the program made here, with hashes; everything else is yours and stays",
}
"""What every results folder holds."""
YEARS = {"annual.nc": "every indicator per scenario, draw and year"}
BANDS = {"monthly-bands.nc": "mean and quantiles over draws of every month"}


@dataclass(frozen=True)
class Made:
    """A results folder that was made.

    Attributes
    ----------
    results : store.Results
        What it holds.
    aside : Path | None
        Where the user's things went that were in the way.
    waiting : Sequence[Path]
        Unfinished work of other requests for the same folder.
    lost_charts : bool
        Charts of other numbers stood there, and none are drawn of these.
    """

    folder: Path
    results: store.Results
    aside: Path | None
    waiting: Sequence[Path] = ()
    lost_charts: bool = False


def kept(word: object, known: Sequence[str] = KEPT) -> str:
    """What is to be kept of every draw.

    Raises
    ------
    InputError
        For another word.
    """
    found = ONCE.get(word, word) if isinstance(word, str) else word
    if not isinstance(found, str) or found not in known:
        raise InputError(Problem(f" {quoted(word)} is not allowed; choose from {', '.join(known)}", argument="keep"))
    return found


def name_of_run(scenario: str) -> Path:
    """Where results of a scenario go unless told, by the name its folder has."""
    return Path("results") / scenario


def name_of_comparison(folders: Sequence[str]) -> Path:
    """Where a comparison goes unless told, by the names the folders of its scenarios have."""
    return Path("results") / "-against-".join(reversed(folders[:2]))


def command_of_run(named: Sequence[str], request: Request, asked: Sequence[str] = ()) -> str:
    """The command that asks for the folder of a request.

    Parameters
    ----------
    named : Sequence[str]
        Names or files of the scenarios, as the user gave them; `a`, `--with`, `b` where one stands on another.
    asked : Sequence[str]
        More words, of a comparison.
    """
    verb = "run" if len(request.scenarios) == 1 else "compare"
    return asking_again.command(verb, named, request, asked)


def question_for(
    reference: str,
    country: str | None = None,
    file: str | Path | None = None,
    weights: Mapping[str, Any] | None = None,
    discount: Any = 0.0,
) -> Question:
    """What is asked of a comparison. Raises InputError for anything that is not allowed."""
    from sinobel.analysis.question import Question
    from sinobel.inputs import objectives

    chosen = objectives.chosen_objectives(file, weights)
    whose = objectives.countries_of(chosen)[0] if country is None else objectives.country(country, chosen)
    return Question(reference, chosen, whose, objectives.discount_rate(discount))


def options_of(question: Question, country: str | None, file: str | Path | None, weights: Sequence[str]) -> list[str]:
    """Words of the command line that ask the question of a comparison.

    Parameters
    ----------
    country : str | None
        As it was asked, as are the file of objectives and weights, "belarus.income=40".
    """
    asked = ["--for", question.country] if country is not None else []
    asked += ["--discount", f"{question.rate!r}"] if question.rate != 0 else []
    asked += ["--objectives", str(file)] if file is not None else []
    return asked + [word for each in weights for word in ("--weight", each)]


def words_of_focus(focus: Focus) -> list[str]:
    """Words of the command line that ask for what is told first."""
    asked = ["--of", ",".join(focus.of)] if focus.of else []
    return asked + (["--year", ",".join(map(str, focus.years))] if focus.years else [])


def produce(
    request: Request,
    out: Path,
    jobs: int = 1,
    formats: Sequence[str] = ("nc",),
    command: str = "",
    *,
    keep: str = "years",
    question: Question | None = None,
    focus: Focus | None = None,
    page: bool = False,
    charts: bool = True,
    draw: bool = True,
    replace: bool = False,
    progress: Progress | None = None,
    watched: bool = False,
    expected: str | None = None,
    held: finished.Held | None = None,
) -> Made:
    """Simulate into a results folder and fill it with tables and charts.

    Parameters
    ----------
    jobs : int
        Processes.
    command : str
        What asks for the same folder again, without `keep` and `formats`.
    question : Question | None
        What is asked of a comparison; None for a single scenario.
    focus : Focus | None
        What is told first; None leaves that to the scenarios.
    page : bool
        With the report, as `report` writes it.
    charts : bool
        With the charts.
    watched : bool
        With a bar on a terminal for what is written and drawn.
    draw : bool
        Draw them; a folder that is dropped when its page is made can do without.
    expected : str | None
        Hash of the numbers that the caller holds and wants in the folder.
    held : finished.Held | None
        What a finished folder holds of this very request: it is told anew, and nothing is simulated.

    Raises
    ------
    InputError
        For what is not allowed, and for numbers other than those expected: the program has changed since.
    Interrupted
        When the user interrupts it.
    """
    keep = kept(keep)
    with using(request.record), store.Run(request, out, replace=replace) as run:
        run.manifest["made"] = {
            "asked": command,
            "keep": keep,
            "formats": list(formats),
            "charts": charts,
            "page": page,
        }
        command = run.manifest["command"] = _whole_command(command, keep, formats, charts=charts)
        if focus:
            run.manifest["focus"] = focus.as_written()
        results = _simulated(run, jobs, keep, progress) if held is None else run.take(held.results)
        _refuse_others(run, results, expected)
        files = dict(ALWAYS) | (YEARS if keep != "bands" else {}) | BANDS
        if results.examples is not None:
            files["monthly-examples.nc"] = "months of the first draws, for charts of single futures"
        files |= _tables(run, results, question)
        files |= follow(run, results, None if question is None else question.reference, held)
        data = contents.data_of(results, () if held is None else held.rows)
        figures = contents.charts_of(data)
        files |= kept_basis.keep(run, data.basis)
        files |= export(run, data, formats)
        if page:
            run.add("report.html", lambda: store.sealed(contents.report_text(results)))
            files["report.html"] = "the report: one file that opens in any browser, also offline; start here"
        if charts and draw:
            run.add_figures(figures)
            files |= {f"charts/{name}.png, .svg, .csv": "chart, and the numbers drawn" for name in figures}
        elif held is not None and held.charts:
            files |= _still_true(run, held)
        if keep == "months":
            files["monthly-*.nc"] = "every month of every draw, one file per scenario"
        files |= _rules(run)
        run.write("README.md", readme.folder_readme(results.manifest, files, command, _columns(question)))
        _finish(run, jobs, watched=watched)
        return Made(out, results, run.set_aside, run.waiting)


def _simulated(run: store.Run, jobs: int, keep: str, progress: Progress | None) -> store.Results:
    try:
        return run.simulate(jobs, progress=progress, keep=keep)
    except KeyboardInterrupt:
        raise Interrupted(goes_on=run.has_finished_blocks) from None


def _still_true(run: store.Run, held: finished.Held) -> Files:
    """Keep charts that are of the same numbers where none are drawn anew."""
    run.add_figures({})
    for name, content in held.charts.items():
        run.write(name, content)
    return {"charts/*": "charts drawn before, of the same numbers"}


def quickly(
    request: Request,
    out: Path,
    jobs: int = 1,
    formats: Sequence[str] = ("nc",),
    command: str = "",
    *,
    quick: bool,
    keep: str = "years",
    question: Question | None = None,
    focus: Focus | None = None,
    **more: Any,
) -> Made:
    """The same without simulating again what stands there: this result is read, another question of it told anew.

    When it must be quick, without drawing charts.
    """
    asked: dict[str, Any] = {"keep": keep, "question": question, "focus": focus} | more
    drawn = [] if quick else ["charts", *(["page"] if more.get("page") else [])]
    with using(request.record):
        found = finished.results_of(request, out, (question, focus), kept(keep), formats, drawn=drawn)
        if found:
            return Made(out, found, None)
        held = None if more.get("page") else finished.numbers_of(request, out, kept(keep))
    lost = quick and held is None and bool(finished.charts_in(out))
    made = produce(request, out, jobs, formats, command, charts=not quick, held=held, **asked)
    return replaced(made, lost_charts=lost)


def _finish(run: store.Run, jobs: int, *, watched: bool) -> None:
    """Make and write what was added; on a terminal with a bar of its own, since drawing takes as long as simulating."""
    step, end = progress_bar("writing and drawing", "files") if watched else (None, lambda: None)
    try:
        run.finish(jobs, step)
    finally:
        end()


def _whole_command(command: str, keep: str, formats: Sequence[str], *, charts: bool) -> str:
    """A command with what is kept, written and left out, which ANEW reads in the manifest."""
    if command == asking_again.ANEW:
        return command
    kept_as = f" --keep {keep}" * (keep != "years")
    written_as = f" --format {','.join(formats)}" * (list(formats) != ["nc"])
    return command + kept_as + written_as + " --quick" * (not charts)


def _refuse_others(run: store.Run, results: store.Results, expected: str | None) -> None:
    """Raise InputError for numbers other than those expected, and drop them."""
    if expected is not None and results.manifest["result"] != expected:
        run.area.done()
        raise InputError(
            "the program or its model files have changed since these results were made, and today the same request "
            "gives other numbers; nothing is written: simulate again, and save that"
        )


def _columns(question: Question | None) -> dict[str, str]:
    from sinobel.reporting.tables import comparison, flows

    return flows.COLUMNS | (comparison.COLUMNS if question is not None else {})


def _tables(run: store.Run, results: store.Results, question: Question | None) -> Files:
    """Summary, what followed, and what a comparison tells."""
    from sinobel.analysis import coverage
    from sinobel.inputs.recorded import recorded_values
    from sinobel.reporting.tables import comparison, tables
    from sinobel.reporting.tables.seen import experience_of

    first = run.request.scenarios[0].name
    also = pairs.among(of_manifest(results.manifest).of)
    run.add("summary.csv", lambda: contents.summary_table(results.summary, experience_of(results.manifest), also))
    files = {"summary.csv": "bands over draws by scenario, indicator and year, and what lies beyond experience"}
    if followed := coverage.rows(results.annual, recorded_values(), first):
        run.write("what-followed.csv", tables.to_csv(followed))
        files["what-followed.csv"] = "recorded values after the origin against the ranges simulated for them"
    if question is not None:
        run.manifest["comparison"] = question.as_written()
        for name, (make, holds) in comparison.files_of(results.annual, results.manifest, question).items():
            run.add(name, make)
            files[name] = holds
    return files


def _rules(run: store.Run) -> Files:
    """What the rules of state did, where there are any."""
    from sinobel.analysis import rule_shares
    from sinobel.reporting.tables import tables

    if "rules" not in run.manifest:
        return {}
    run.write("rules-held.csv", tables.to_csv(rule_shares.rows(run.manifest)))
    return {"rules-held.csv": "in which share of futures and of months each rule of state held, by year"}


def follow(run: store.Run, results: store.Results, reference: str | None, held: finished.Held | None = None) -> Files:
    """Add what every results folder tells about its changes and its loans; returns the files with what they hold."""
    from sinobel.analysis import attribution
    from sinobel.reporting.tables import flows

    files = {"money.csv": "where each 100 dollars of every Chinese loan went, what was paid back, and its terms"}
    named = flows.named_rows(request_of(results.manifest).scenarios)
    run.add("money.csv", partial(flows.money_table, results.loans or {}, named) if held is None else lambda: held.money)
    if attribution.possible(results.annual):
        run.add("attribution.csv", lambda: flows.attribution_table(flows.splits(results.annual, reference)))
        split = "changes of the balance, debts, reserves, exports and GDP split into channels that add up in every draw"
        files["attribution.csv"] = split
    return files


def produce_part(
    request: Request,
    out: Path,
    jobs: int,
    command: str,
    fill: Callable[[store.Run, store.Results], tuple[Files, Figures]],
    *,
    asked: Mapping[str, Any],
    replace: bool = False,
    progress: Progress | None = None,
) -> Made:
    """Simulate into a results folder and let `fill` add the tables and charts of one question.

    Parameters
    ----------
    asked : Mapping[str, Any]
        The verb of the question and its arguments, for the manifest.
    """
    from sinobel.reporting.tables import flows

    with using(request.record), store.Run(request, out, replace=replace) as run:
        run.manifest["command"], run.manifest["made"] = command, dict(asked)
        try:
            results = run.simulate(jobs, progress=progress)
        except KeyboardInterrupt:
            raise Interrupted(goes_on=run.has_finished_blocks) from None
        files = dict(ALWAYS) | YEARS | BANDS | {"monthly-examples.nc": "months of the first draws"}
        more, figures = fill(run, results)
        files |= kept_basis.keep(run, basis_of(results.manifest))
        run.add_figures(figures)
        files |= more | {f"charts/{name}.png, .svg": "chart" for name in figures}
        run.write("README.md", readme.folder_readme(results.manifest, files, command, flows.COLUMNS))
        run.finish(jobs)
        return Made(out, results, run.set_aside)


def made_again(
    request: Request,
    old: Manifest,
    out: Path | None,
    jobs: int,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> tuple[bool, Path | None]:
    """Whether an ensemble has the numbers of its manifest, and where the user's things went that were in the way.

    With `out` its folder is made again as well, with everything that the manifest says it held.
    """
    import tempfile

    if out is not None:
        from sinobel.analysis.question import question_of

        question = question_of(old) if "comparison" in old else None
        made = old.get("made", {})
        folder = produce(
            request,
            out,
            jobs,
            formats_of(",".join(made.get("formats", ["nc"]))),
            str(made.get("asked", old.get("command", asking_again.ANEW))),
            keep=kept(made.get("keep", "years")),
            question=question,
            focus=of_manifest(old) if "focus" in old else None,
            page=made.get("page", False),
            charts=made.get("charts", True),
            replace=replace,
            progress=progress,
        )
        return folder.results.manifest["result"] == old.get("result"), folder.aside
    with (
        using(request.record),
        tempfile.TemporaryDirectory() as scratch,
        store.Run(request, Path(scratch) / "again") as run,
    ):
        return run.simulate(jobs, progress=progress).manifest["result"] == old.get("result"), None
