"""Commands that study the model over many futures: solve, sensitivity, discover."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel.cli.terminal import (
    Draws,
    Jobs,
    Origin,
    Prior,
    Replace,
    Seed,
    cores,
    load,
    named,
    share,
    show_table,
    studying,
    tell,
    tell_aside,
)
from sinobel.inputs import months
from sinobel.inputs.reading import InputError
from sinobel.results.study_folder import checked_origin, manifest_of_study, place, write

if TYPE_CHECKING:
    from sinobel.reporting.charts.chart import Chart

app = typer.Typer()

Name = Annotated[str, typer.Option(help="Name of a scenario, or the path of a .toml file.")]
Against = Annotated[str | None, typer.Option(help="Another scenario, on the same futures.")]
StudyOut = Annotated[
    Path | None,
    typer.Option("--out", help="Folder; inside results of the same scenario the study goes to its folder `studies`."),
]


@app.command()
def solve(
    target: Annotated[
        list[str], typer.Option(help='"exports_to_china[2020] >= 1500"; repeat, or join with `and`: all must hold.')
    ],
    lever: Annotated[list[str], typer.Option(help="NAME, or NAME=LOW:HIGH; twice for two levers.")],
    probability: Annotated[str, typer.Option(help="Share of futures in which the target must hold.")] = "0.8",
    scenario: Name = "baseline",
    start: Annotated[
        str | None, typer.Option("--from", help="First month of the change; by default a year after the origin.")
    ] = None,
    draws: Draws = 2000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    out: StudyOut = None,
    jobs: Jobs = 0,
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Say what it takes: the value of one or two levers that reaches a target with a given probability."""
    from sinobel.reporting.tables.tables import to_csv
    from sinobel.results import study_readme
    from sinobel.studies.solve import search as study
    from sinobel.studies.solve import tables as told
    from sinobel.studies.solve.lever_ranges import parse_lever
    from sinobel.studies.targets import parse_all

    policy = load([scenario])[0]
    wanted = share("--probability", str(probability))  # a manifest holds a number
    plan = study.Plan(
        parse_all(target),
        tuple(parse_lever(text) for text in lever),
        policy,
        wanted,
        start,
        draws,
        seed,
        checked_origin(origin),
        "prior" if prior else "posterior",
    )
    levers = [handle.name.partition(".")[2] for handle in plan.handles]
    parts = ["solve", plan.targets[0].indicator, str(plan.targets[0].year), *levers]
    folder = place(
        out, "-".join([*parts, *([policy.name] if policy.name != "baseline" else [])]), [policy], replace=replace
    )
    with studying() as progress:
        solution = study.run(plan, cores(jobs), progress)
    verdicts, rows, needed = told.verdicts(solution), told.curve_rows(solution), told.frontier_rows(solution)
    arguments = {
        "target": list(target),
        "lever": list(lever),
        "probability": wanted,
        "scenario": named(scenario),
        "from": plan.first_month,
        "draws": draws,
        "seed": seed,
        "origin": origin,
        "prior": prior,
    }
    texts = {"answer.csv": to_csv([told.answer_of(solution)]), "trade-off.csv": to_csv(rows)}
    files = {
        "answer.csv": "what was asked and found, in one row",
        "trade-off.csv": "every value tried",
        "charts/trade-off.png, .svg": "the table as a chart",
    }
    if needed:
        texts["frontier.csv"] = to_csv(needed)
        files["frontier.csv"] = "what the second lever must be at each value of the first"
    manifest = manifest_of_study("solve", arguments, plan.request([policy]), texts)
    runs = f"{draws:,} draws"

    def chart() -> Chart:
        from sinobel.reporting.charts import solve as charts

        words = told.chart_words(solution)
        asked = charts.Asked(foot=f"{study_readme.caption(manifest, runs)}. {told.METHOD}", **words)
        found = solution.found
        if found is not None:
            stretches = [(each.low, each.high) for each in found.stretches]
            value = None if solution.met_before else found.value
            stands = (solution.start, solution.before.probability)
            return charts.trade_off(rows, asked, stretches, value, found.interval, stands)
        return (
            charts.frontier(rows, needed, asked) if needed else charts.choices(rows, asked, solution.before.probability)
        )

    title = f"What it takes for {told.asked(plan)}"
    texts["README.md"] = study_readme.readme(title, verdicts, told.METHOD, files, study_readme.SOLVING, manifest, runs)
    tell_aside(write(folder, manifest, texts, {"trade-off": chart}, replace=replace))
    header, lines = told.curve_table(solution)
    show_table(header, lines)
    tell(verdicts, folder, "trade-off")


@app.command()
def sensitivity(
    of: Annotated[str, typer.Option("--of", help="Indicator whose uncertainty is explained.")],
    year: Annotated[int, typer.Option(help="Its year.")],
    scenario: Name = "baseline",
    against: Against = None,
    draws: Annotated[int, typer.Option(help="Base samples, a power of two; runs are about 45 times as many.")] = 1024,
    top: Annotated[int, typer.Option(help="Parameters that pass the screening.")] = 20,
    trajectories: Annotated[int, typer.Option(help="Of the screening; each is about 217 runs of one future.")] = 24,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    out: StudyOut = None,
    jobs: Jobs = 0,
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Say what the uncertainty of an indicator rests on: which parameters, and how much is chance."""
    from sinobel.reporting.tables.tables import to_csv
    from sinobel.results import study_readme
    from sinobel.studies.extras import need
    from sinobel.studies.sensitivity import study
    from sinobel.studies.sensitivity import tables as told

    need("SALib", "sensitivity")
    policies = load([scenario, *([against] if against else [])])
    plan = study.Plan(
        of,
        year,
        policies[0],
        policies[1] if against else None,
        base=draws,
        top=top,
        trajectories=trajectories,
        seed=seed,
        origin=checked_origin(origin),
        source="prior" if prior else "posterior",
    )
    name = f"sensitivity-{of}-{year}" + f"-{plan.scenario.name}" * (plan.scenario.name != "baseline" or bool(against))
    folder = place(out, name, policies, replace=replace)
    with studying() as progress:
        found = study.run(plan, cores(jobs), progress)
    rows, groups, verdicts = told.share_rows(found), told.group_rows(found), told.verdicts(found)
    arguments = {
        "of": of,
        "year": year,
        "scenario": named(scenario),
        "against": named(against),
        "draws": draws,
        "top": top,
        "trajectories": trajectories,
        "seed": seed,
        "origin": origin,
        "prior": prior,
    }
    texts = {
        "sensitivity.csv": to_csv(rows),
        "sensitivity-groups.csv": to_csv(groups),
        "screening.csv": to_csv(told.screening_rows(found)),
    }
    runs = f"{found.runs:,} runs"
    manifest = manifest_of_study("sensitivity", arguments, plan.request(found.runs), texts)

    def chart() -> Chart:
        from sinobel.reporting.charts import studies as study_charts

        foot = f"{study_readme.caption(manifest, runs)}. {told.METHOD}"
        return study_charts.sensitivity(rows, groups, told.subject_of(plan), foot)

    files = {
        "sensitivity.csv": "shares of the variance by factor",
        "sensitivity-groups.csv": "by subject, and chance",
        "screening.csv": "effect of every uncertain parameter",
        "charts/sensitivity.png, .svg": "both as a chart",
    }
    title = f"What the uncertainty of {told.subject_of(plan)} rests on"
    texts["README.md"] = study_readme.readme(
        title, verdicts, told.METHOD, files, study_readme.SENSITIVITY, manifest, runs
    )
    tell_aside(write(folder, manifest, texts, {"sensitivity": chart}, replace=replace))
    show_table(
        ["factor", "alone [90 %]", "with others [90 %]"],
        [[str(row["label"]), _share(row, "first"), _share(row, "total")] for row in rows[:12]],
    )
    tell(verdicts, folder, "sensitivity")


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
    replace: Replace = False,
) -> None:
    """Say in which futures a policy fails: boxes of parameters and world conditions, checked on unseen futures."""
    from sinobel.reporting.tables.tables import to_csv
    from sinobel.results import study_readme
    from sinobel.studies.discover import study
    from sinobel.studies.extras import need
    from sinobel.studies.targets import parse_all

    need("sklearn", "discover")
    policies = load([scenario, *([against] if against else [])])
    plan = study.Plan(
        policies[0],
        parse_all(fails, option="--fails", word="or") if fails else (),
        policies[1] if against else None,
        study.parse_better(better) if better else None,
        (year or 2025) if against else year,
        draws,
        seed,
        checked_origin(origin),
        "prior" if prior else "posterior",
    )
    judged = plan.fails[0].indicator if plan.fails else str(plan.better and plan.better[0])
    folder = place(out, f"discover-{plan.scenario.name}-{judged}-{plan.last_year}", policies, replace=replace)
    with studying() as progress:
        found = study.run(plan, cores(jobs), progress)
    rows, verdicts = study.box_rows(plan, found), study.verdicts(plan, found)
    arguments = {
        "scenario": named(scenario),
        "fails": list(fails or []),
        "against": named(against),
        "better": better,
        "year": year,
        "draws": draws,
        "seed": seed,
        "origin": origin,
        "prior": prior,
    }
    texts = {"failure-boxes.csv": to_csv(rows) or ",".join(study.COLUMNS) + "\n"}
    manifest = manifest_of_study("discover", arguments, plan.request(), texts)
    runs = f"{draws:,} draws"

    def chart() -> Chart:
        from sinobel.reporting.charts import studies as study_charts

        foot = f"{study_readme.caption(manifest, runs)}. {study.METHOD}"
        return study_charts.failure_boxes(
            rows, found.features, found.failed, study.headline(plan, found), verdicts[0], foot
        )

    files = {"failure-boxes.csv": "boxes of futures in which the policy fails more often, one row per condition"}
    figures: dict[str, Callable[[], Chart]] = {}
    if rows:
        files["charts/failure-boxes.png, .svg"] = "the boxes, and every future"
        figures["failure-boxes"] = chart
    title = f"In which futures does {plan.scenario.name} fail?"
    texts["README.md"] = study_readme.readme(
        title, verdicts, study.METHOD, files, study_readme.DISCOVERY, manifest, runs
    )
    tell_aside(write(folder, manifest, texts, figures, replace=replace))
    if rows:
        show_table(
            ["box", "futures in which", "fail [90 %]", "of all failures"],
            [
                [
                    str(number),
                    "\n".join(study.words_of(side) for side in box.sides),
                    f"{100 * box.density:.0f} % [{100 * box.density_low:.0f} to {100 * box.density_high:.0f}]",
                    f"{100 * box.coverage:.0f} %",
                ]
                for number, box in enumerate(found.boxes, 1)
            ],
        )
    tell(verdicts, folder, "failure-boxes" if rows else "")


STUDIES: Mapping[str, Callable[..., None]] = {"solve": solve, "sensitivity": sensitivity, "discover": discover}


def again(manifest: Mapping[str, Any], out: Path | None, jobs: int, *, replace: bool = False) -> bool:
    """Carry out the study of a manifest anew, with the scenarios it holds; true when its tables are the same.

    Parameters
    ----------
    out : Path | None
        A folder that is written, or None. Raises InputError when the manifest is damaged.
    """
    import contextlib
    import io
    import tempfile

    from sinobel import store
    from sinobel.policies import scenarios

    try:
        command, arguments = STUDIES[manifest["study"]], dict(manifest["arguments"])
        held = [scenarios.from_written(entry) for entry in manifest["request"]["scenarios"]]
        arguments["scenario"] = held[-1]
        if arguments.get("against"):
            arguments["against"] = held[0]
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"this is no complete manifest of a study ({error})") from None
    if "from" in arguments:
        arguments["start"] = arguments.pop("from")
    with tempfile.TemporaryDirectory() as scratch:
        folder = out or Path(scratch) / "again"
        with contextlib.redirect_stdout(io.StringIO()):
            command(**arguments, out=folder, jobs=jobs, replace=replace)
        return bool(store.read_manifest(folder)["result"] == manifest.get("result"))
