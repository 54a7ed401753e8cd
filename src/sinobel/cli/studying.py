"""Commands that study the model over many futures: solve, sensitivity, discover."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel import months
from sinobel.cli.terminal import Jobs, Origin, Prior, Seed, cores, load, progress_bar, say, show_table
from sinobel.reading import Failure, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

    from sinobel.ensemble import Progress, Request

app = typer.Typer()

Name = Annotated[str, typer.Option(help="Name of a scenario, or the path of a .toml file.")]
Against = Annotated[str | None, typer.Option(help="Another scenario, on the same futures.")]
StudyOut = Annotated[
    Path | None,
    typer.Option("--out", help="Folder; inside results of the same scenario the study goes to its folder `studies`."),
]


@app.command()
def sensitivity(
    of: Annotated[str, typer.Option("--of", help="Indicator whose uncertainty is explained.")],
    year: Annotated[int, typer.Option(help="Its year.")],
    scenario: Name = "baseline",
    against: Against = None,
    draws: Annotated[int, typer.Option(help="Base samples, a power of two; runs are about 37 times as many.")] = 1024,
    top: Annotated[int, typer.Option(help="Parameters that pass the screening.")] = 20,
    trajectories: Annotated[int, typer.Option(help="Of the screening; each is about 217 runs of one future.")] = 24,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    out: StudyOut = None,
    jobs: Jobs = 0,
    prior: Prior = False,
) -> None:
    """Say what the uncertainty of an indicator rests on: which parameters, and how much is chance."""
    from sinobel.experiments import sensitivity as study
    from sinobel.experiments import sensitivity_tables as told
    from sinobel.experiments.extras import need
    from sinobel.report import studies
    from sinobel.report.tables import to_csv

    need("SALib", "sensitivity")
    policies = load([scenario, *([against] if against else [])])
    plan = study.Plan(
        of, year, policies[0], policies[1] if against else None, base=draws, top=top, trajectories=trajectories,
        seed=seed,        origin=_origin(origin), source="prior" if prior else "posterior",
    )  # fmt: skip
    name = f"sensitivity-{of}-{year}" + f"-{plan.scenario.name}" * (plan.scenario.name != "baseline" or bool(against))
    folder = _place(out, name, policies)
    with _studying() as progress:
        found = study.run(plan, cores(jobs), progress)
    rows, groups, verdicts = told.share_rows(found), told.group_rows(found), told.verdicts(found)
    arguments = {
        "of": of, "year": year, "scenario": scenario, "against": against, "draws": draws, "top": top,
        "trajectories": trajectories, "seed": seed, "origin": origin, "prior": prior,
    }  # fmt: skip
    texts = {
        "sensitivity.csv": to_csv(rows), "sensitivity-groups.csv": to_csv(groups),
        "screening.csv": to_csv(told.screening_rows(found)),
    }  # fmt: skip
    runs = f"{found.runs:,} runs"
    manifest = _manifest("sensitivity", arguments, plan.request(found.runs), texts)

    def chart() -> Figure:
        from sinobel.report import study_charts

        foot = f"{studies.caption(manifest, runs)}. {told.METHOD}"
        return study_charts.sensitivity(rows, groups, told.subject_of(plan), foot)

    files = {
        "sensitivity.csv": "shares of the variance by factor", "sensitivity-groups.csv": "by subject, and chance",
        "screening.csv": "effect of every uncertain parameter", "charts/sensitivity.png, .svg": "both as a chart",
    }  # fmt: skip
    title = f"What the uncertainty of {told.subject_of(plan)} rests on"
    texts["README.md"] = studies.readme(title, verdicts, told.METHOD, files, studies.SENSITIVITY, manifest, runs)
    _write(folder, manifest, texts, {"sensitivity": chart})
    show_table(
        ["factor", "alone [90 %]", "with others [90 %]"],
        [[str(row["label"]), _share(row, "first"), _share(row, "total")] for row in rows[:12]],
    )
    _end(verdicts, folder, "sensitivity")


def _share(row: Mapping[str, Any], key: str) -> str:
    low, high = max(row[f"{key}_low"], 0.0), max(row[f"{key}_high"], 0.0)
    return f"{100 * max(row[key], 0.0):.0f} % [{100 * low:.0f} to {100 * high:.0f}]"


@app.command()
def discover(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")],
    fails: Annotated[
        list[str] | None, typer.Option(help='Failure: "reserves[2025] < 3000"; several with `or`, any one counts.')
    ] = None,
    against: Against = None,
    better: Annotated[
        str | None, typer.Option(help="With --against: indicator that should be better; add `higher` or `lower`.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="With --against: year that is judged, 2025 by default.")] = None,
    draws: Annotated[int, typer.Option(help="Futures; rules are found on half and checked on the other.")] = 4000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    out: StudyOut = None,
    jobs: Jobs = 0,
    prior: Prior = False,
) -> None:
    """Say in which futures a policy fails: boxes of parameters and world conditions, checked on unseen futures."""
    from sinobel.experiments import discovery as study
    from sinobel.experiments.extras import need
    from sinobel.experiments.targets import parse_all
    from sinobel.report import studies
    from sinobel.report.tables import to_csv

    need("sklearn", "discover")
    policies = load([scenario, *([against] if against else [])])
    plan = study.Plan(
        policies[0], parse_all(fails, option="--fails", word="or") if fails else (), policies[1] if against else None,
        study.parse_better(better) if better else None, (year or 2025) if against else year, draws, seed,
        _origin(origin), "prior" if prior else "posterior",
    )  # fmt: skip
    judged = plan.fails[0].indicator if plan.fails else str(plan.better and plan.better[0])
    folder = _place(out, f"discover-{plan.scenario.name}-{judged}-{plan.last_year}", policies)
    with _studying() as progress:
        found = study.run(plan, cores(jobs), progress)
    rows, verdicts = study.box_rows(plan, found), study.verdicts(plan, found)
    arguments = {
        "scenario": scenario, "fails": list(fails or []), "against": against, "better": better, "year": year,
        "draws": draws, "seed": seed, "origin": origin, "prior": prior,
    }  # fmt: skip
    texts = {"failure-boxes.csv": to_csv(rows) or ",".join(study.COLUMNS) + "\n"}
    manifest = _manifest("discover", arguments, plan.request(), texts)
    runs = f"{draws:,} draws"

    def chart() -> Figure:
        from sinobel.report import study_charts

        foot = f"{studies.caption(manifest, runs)}. {study.METHOD}"
        return study_charts.failure_boxes(
            rows, found.features, found.failed, study.headline(plan, found), verdicts[0], foot
        )

    files = {"failure-boxes.csv": "boxes of futures in which the policy fails more often, one row per condition"}
    figures: dict[str, Callable[[], Figure]] = {}
    if rows:
        files["charts/failure-boxes.png, .svg"] = "the boxes, and every future"
        figures["failure-boxes"] = chart
    title = f"In which futures does {plan.scenario.name} fail?"
    texts["README.md"] = studies.readme(title, verdicts, study.METHOD, files, studies.DISCOVERY, manifest, runs)
    _write(folder, manifest, texts, figures)
    if rows:
        show_table(
            ["box", "futures in which", "fail [90 %]", "of all failures"],
            [
                [str(number), "\n".join(study.words_of(side) for side in box.sides),
                 f"{100 * box.density:.0f} % [{100 * box.density_low:.0f} to {100 * box.density_high:.0f}]",
                 f"{100 * box.coverage:.0f} %"]
                for number, box in enumerate(found.boxes, 1)
            ],
        )  # fmt: skip
    _end(verdicts, folder, "failure-boxes" if rows else "")


# --- what they share -------------------------------------------------------------------------------------------------


def _origin(text: str) -> str:
    try:
        months.parse_origin(text)
    except ValueError as error:
        raise InputError(str(error)) from None
    return text


@contextmanager
def _studying() -> Iterator[Progress | None]:
    """A progress bar, and a clear end when the user interrupts."""
    step, end = progress_bar("simulating")
    try:
        yield step
    except KeyboardInterrupt:
        raise Failure("interrupted; nothing was written") from None
    finally:
        end()


def _place(out: Path | None, name: str, policies: Sequence[Any]) -> Path:
    from sinobel.store.studies import place_of

    return place_of(out, name, policies)


def _manifest(
    study: str, arguments: Mapping[str, Any], request: Request, texts: Mapping[str, str]
) -> dict[str, Any]:  # fmt: skip
    """The manifest of a study: its command, the ensemble below it, versions, and a hash of its tables."""
    from importlib import metadata

    from sinobel.manifest import manifest_of
    from sinobel.reading import digest

    manifest = manifest_of(request)
    library = {"sensitivity": "SALib", "discover": "scikit-learn"}.get(study)
    if library:
        manifest["versions"][library.lower()] = metadata.version(library)
    return manifest | {
        "study": study, "arguments": dict(arguments), "command": _command(study, arguments),
        "result": digest(*(part for name in sorted(texts) for part in (name, texts[name]))),
    }  # fmt: skip


def _command(study: str, arguments: Mapping[str, Any]) -> str:
    """The command that asks for a study again."""
    import shlex

    words = ["sinobel", study]
    for name, value in arguments.items():
        if study == "discover" and name == "scenario":
            words.append(value)
        elif value is True:
            words.append(f"--{name}")
        elif isinstance(value, list | tuple):
            words += [word for each in value for word in (f"--{name}", str(each))]
        elif value is not None and value is not False:
            words += [f"--{name}", str(value)]
    return shlex.join(words)


def _write(
    folder: Path, manifest: Mapping[str, Any], texts: Mapping[str, str], figures: Mapping[str, Callable[[], Figure]]
) -> None:
    from sinobel.store.studies import write_study

    write_study(folder, manifest, texts, figures)


def _end(verdicts: Sequence[str], folder: Path, chart: str) -> None:
    from sinobel.reading import shown

    say("")
    for line in verdicts:
        say(line)
    first = f"  (start with {shown(folder / 'charts' / f'{chart}.png')})" if chart else ""
    say(f"\nTables and charts: {shown(folder)}{first}")
