"""Commands that judge the model: calibrate, backtest."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from sinobel.cli.terminal import Jobs, Replace, cores, say, show_table, tell_aside

app = typer.Typer()

Into = Annotated[Path | None, typer.Option("--out", help="Where it is written; by default the model's own folder.")]
Quick = Annotated[bool, typer.Option("--quick", help="Too little work to rely on, only to see that everything runs.")]
SEED = 2017


def _told(started: float) -> Callable[[str], None]:
    return lambda text: typer.echo(f"{time.monotonic() - started:6.0f} s  {text}", err=True)


@app.command()
def calibrate(
    seed: Annotated[int, typer.Option(help="Root of all random numbers.")] = SEED,
    jobs: Jobs = 0,
    out: Into = None,
    quick: Quick = False,
    replace: Replace = False,
) -> None:
    """Rebuild the posterior from the record and the paper, and check the sampler on known truths."""
    from sinobel.inputs.parameters import prior_of
    from sinobel.inputs.reading import shown
    from sinobel.results import judging

    started = time.monotonic()
    made = judging.calibrate(seed=seed, jobs=cores(jobs), out=out, quick=quick, replace=replace, tell=_told(started))
    for aside in made.aside:
        tell_aside(aside)
    header = ["parameter", "unit", "prior 80 %", "posterior 80 %", "contraction", "moved by"]
    show_table(
        header,
        [
            [
                row["parameter"],
                prior_of(row["parameter"]).unit,
                f"{row['prior_p10']:.3g} to {row['prior_p90']:.3g}",
                f"{row['p10']:.3g} to {row['p90']:.3g}",
                f"{row['contraction']:.2f}",
                row["moved_by"],
            ]
            for row in made.rows()[:20]
        ],
    )
    say()
    for line in made.verdicts:
        say(line)
    say(f"Calibrated in {time.monotonic() - started:.0f} s: {shown(made.folder)}")


@app.command()
def backtest(
    draws: Annotated[int, typer.Option(help="Futures from each origin.")] = 2000,
    seed: Annotated[int, typer.Option(help="Root of all random numbers.")] = SEED,
    jobs: Jobs = 0,
    out: Into = None,
    prior: Annotated[bool, typer.Option("--prior", help="Forecast from the wide priors, without calibration.")] = False,
    refit: Annotated[bool, typer.Option("--refit", help="Calibrate anew for every origin first.")] = False,
    environment: Annotated[
        bool, typer.Option("--environment", help="Only prices and growth abroad, each on its own long record.")
    ] = False,
    quick: Quick = False,
    replace: Replace = False,
) -> None:
    """Score past forecasts, each from what was known at its origin, against what followed and against naive ones."""
    from sinobel.inputs.indicators import all_indicators
    from sinobel.inputs.reading import shown
    from sinobel.results import judging

    if environment:
        _score_outside(seed, out, quick=quick, replace=replace)
        return
    if refit:
        calibrate(seed=seed, jobs=jobs, out=None, quick=False, replace=replace)
    folder, started = out or judging.BACKTEST, time.monotonic()
    headline = out is None and not prior and not quick
    plan = judging.plan_of(draws, seed, prior=prior, quick=quick)
    made = judging.backtest_to(folder, plan, cores(jobs), headline=headline, replace=replace, tell=_told(started))
    for aside in made.aside:
        tell_aside(aside)
    header = ["series", "skill [90 %]", "against", "told what came", "inside 50/80/90 %", "a year ahead: median miss"]
    known = all_indicators()
    show_table(
        header,
        [
            [
                known[row["series"]].label,
                f"{row['skill']:+.2f} [{row['skill_low']:+.2f} to {row['skill_high']:+.2f}]",
                row["benchmark"],
                f"{row['conditional_skill']:+.2f}",
                " / ".join(f"{100 * row[f'inside_{level}']:.0f}" for level in (50, 80, 90)),
                f"{row['miss_a_year_ahead_percent']:.0f} %",
            ]
            for row in made.rows()
        ],
    )
    say()
    for line in made.verdicts:
        say(line)
    say(f"\nScored in {time.monotonic() - started:.0f} s: {shown(folder)}")


def _score_outside(seed: int, out: Path | None, *, quick: bool, replace: bool) -> None:
    from sinobel.inputs.indicators import all_indicators
    from sinobel.inputs.reading import shown
    from sinobel.results import outside

    folder, started = out or outside.FOLDER, time.monotonic()
    headline = out is None and not quick
    plan = outside.plan_of(seed, quick=quick)
    made = outside.score_to(folder, plan, headline=headline, replace=replace, tell=_told(started))
    for aside in made.aside:
        tell_aside(aside)
    known = all_indicators()
    show_table(
        ["process", "skill", "against", "a year ahead", "inside 50/80/90 %", "a right one: 80 %"],
        [
            [
                known[row.series].label,
                f"{row.skill:+.2f}",
                row.benchmark,
                f"{row.skill_a_year_ahead:+.2f}",
                " / ".join(f"{100 * row[f'inside_{level}']:.0f}" for level in (50, 80, 90)),
                f"{100 * row.right_80_low:.0f} to {100 * row.right_80_high:.0f}",
            ]
            for row in made.scores
        ],
    )
    say()
    for line in made.verdicts:
        say(line)
    say(f"\nScored in {time.monotonic() - started:.0f} s: {shown(folder)}")
