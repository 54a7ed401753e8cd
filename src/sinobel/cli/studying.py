"""Commands that study the model over many futures: solve, sensitivity, discover."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel.cli.setting import Settings, changed
from sinobel.cli.terminal import (
    Draws,
    Jobs,
    Origin,
    Prior,
    Replace,
    Seed,
    bar,
    cores,
    say,
    share,
    show_table,
    takes_record,
    tell,
    tell_aside,
)
from sinobel.inputs import months

if TYPE_CHECKING:
    from sinobel.results.findings import Finding
    from sinobel.results.study_folder import Asked, StudyFolder

app = typer.Typer()

Name = Annotated[str, typer.Option(help="Name of a scenario, or the path of a .toml file.")]
Against = Annotated[str | None, typer.Option(help="Another scenario, on the same futures.")]
StudyOut = Annotated[
    Path | None,
    typer.Option("--out", help="Folder; inside results of the same scenario the study goes to its folder `studies`."),
]


@app.command()
@takes_record
def solve(
    target: Annotated[
        list[str],
        typer.Option(
            help='"exports_to_china[2020] >= 1500", or against the baseline in the same future, '
            '"debt_to_china[2025] <= baseline - 500", "real_gdp[2025] >= baseline * 1.01"; repeat, or join with '
            "`and`: all must hold."
        ),
    ],
    lever: Annotated[list[str], typer.Option(help="NAME, or NAME=LOW:HIGH; twice for two levers.")],
    probability: Annotated[str, typer.Option(help="Share of futures in which the target must hold.")] = "0.8",
    scenario: Name = "baseline",
    settings: Settings = None,
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
    from sinobel.results import solve_folder
    from sinobel.studies.solve.tables import curve_table

    wanted = share("--probability", probability)
    asked = solve_folder.asked(
        target,
        lever,
        probability=wanted,
        scenario=changed(scenario, settings, origin),
        start=start,
        draws=draws,
        seed=seed,
        origin=origin,
        prior=prior,
    )
    for sentence in asked.plan.beyond:
        say(f"{sentence}\n")
    folder, solution, made = _carried_out(asked, out, jobs, replace=replace)
    header, lines = curve_table(solution)  # type: ignore[arg-type]
    show_table(header, lines)
    tell(made.verdicts[len(asked.plan.beyond) :], folder, made.first_chart)


@app.command()
@takes_record
def sensitivity(
    of: Annotated[str, typer.Option("--of", help="Indicator whose uncertainty is explained.")],
    year: Annotated[int, typer.Option(help="Its year.")],
    scenario: Name = "baseline",
    settings: Settings = None,
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
    from sinobel.results import sensitivity_folder

    asked = sensitivity_folder.asked(
        of,
        year,
        scenario=changed(scenario, settings, origin),
        against=against,
        draws=draws,
        top=top,
        trajectories=trajectories,
        seed=seed,
        origin=origin,
        prior=prior,
    )
    folder, found, made = _carried_out(asked, out, jobs, replace=replace)
    show_table(
        ["factor", "alone [90 %]", "with others [90 %]"],
        [[str(row["label"]), _share(row, "first"), _share(row, "total")] for row in found.rows()[:12]],
    )
    tell(made.verdicts, folder, made.first_chart)


def _share(row: Mapping[str, Any], key: str) -> str:
    low, high = max(row[f"{key}_low"], 0.0), max(row[f"{key}_high"], 0.0)
    return f"{100 * max(row[key], 0.0):.0f} % [{100 * low:.0f} to {100 * high:.0f}]"


@app.command()
@takes_record
def discover(
    scenario: Annotated[str, typer.Argument(help="Name of a scenario, or the path of a .toml file.")],
    settings: Settings = None,
    fails: Annotated[
        list[str] | None, typer.Option(help='Failure: "reserves[2025] < 3000"; several with `or`, any one counts.')
    ] = None,
    against: Against = None,
    better: Annotated[
        str | None, typer.Option(help="With --against: indicator that should be better; add `higher` or `lower`.")
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="With --against: year that is judged; that in which it moves most.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Futures; rules are found on half and checked on the other.")] = 4000,
    seed: Seed = 2017,
    origin: Origin = months.DEFAULT_ORIGIN,
    out: StudyOut = None,
    jobs: Jobs = 0,
    prior: Prior = False,
    replace: Replace = False,
) -> None:
    """Say in which futures a policy fails: boxes of parameters and world conditions, checked on unseen futures."""
    from sinobel.results import discover_folder
    from sinobel.studies.discover.study import words_of

    asked = discover_folder.asked(
        changed(scenario, settings, origin),
        fails=fails,
        against=against,
        better=better,
        year=year,
        draws=draws,
        seed=seed,
        origin=origin,
        prior=prior,
    )
    folder, found, made = _carried_out(asked, out, jobs, replace=replace)
    if found.boxes:  # type: ignore[attr-defined]
        show_table(
            ["box", "futures in which", "fail [90 %]", "of all failures"],
            [
                [
                    str(number),
                    "\n".join(words_of(side) for side in box.sides),
                    f"{100 * box.density:.0f} % [{100 * box.density_low:.0f} to {100 * box.density_high:.0f}]",
                    f"{100 * box.coverage:.0f} %",
                ]
                for number, box in enumerate(found.boxes, 1)  # type: ignore[attr-defined]
            ],
        )
    tell(made.verdicts, folder, made.first_chart)


def _carried_out(asked: Asked, out: Path | None, jobs: int, *, replace: bool) -> tuple[Path, Finding, StudyFolder]:
    """Carry a study out and write its folder: where that is, what was found, and what the folder holds."""
    from sinobel.results import findings

    folder, count = asked.place(out, replace=replace), cores(jobs)
    with bar() as progress:
        found = findings.found(asked, count, progress)
    made = found.contents
    tell_aside(made.write(folder, replace=replace))
    return folder, found, made
