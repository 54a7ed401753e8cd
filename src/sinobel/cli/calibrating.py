"""Commands that judge the model: calibrate, backtest."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinobel.cli.terminal import Jobs, Replace, cores, say, show_table, takes_record, tell_aside
from sinobel.inputs.reading import InputError

if TYPE_CHECKING:
    from sinobel.analysis.acceptance import Comparison
    from sinobel.results.past_forecasts import Backtest
    from sinobel.studies.headlines import SkillRow
    from sinobel.studies.next_year import SeriesRow

app = typer.Typer()

Into = Annotated[Path | None, typer.Option("--out", help="Where it is written; by default the model's own folder.")]
Quick = Annotated[bool, typer.Option("--quick", help="Too little work to rely on, only to see that everything runs.")]
Against = Annotated[
    Path | None, typer.Option("--against", help="Folder with past forecasts of another version, to compare with.")
]
SEED, DRAWS = 2017, 2000


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
@takes_record
def backtest(
    draws: Annotated[int, typer.Option(help="Futures from each origin.")] = DRAWS,
    seed: Annotated[int, typer.Option(help="Root of all random numbers.")] = SEED,
    jobs: Jobs = 0,
    out: Into = None,
    prior: Annotated[bool, typer.Option("--prior", help="Forecast from the wide priors, without calibration.")] = False,
    refit: Annotated[bool, typer.Option("--refit", help="Calibrate anew for every origin first.")] = False,
    environment: Annotated[
        bool, typer.Option("--environment", help="Only prices and growth abroad, each on its own long record.")
    ] = False,
    quick: Quick = False,
    against: Against = None,
    replace: Replace = False,
) -> None:
    """Score past forecasts of every recorded series against what followed and against naive ones.

    Each is made from what was known at its origin: all series a year ahead, six headline series over five years.
    With --record, from every December that your rows open and against what they tell; nothing is fitted to them.
    """
    from sinobel.inputs.evidence import added_record
    from sinobel.inputs.reading import shown
    from sinobel.results import past_forecasts

    if environment:
        _refuse_beside_environment(
            {"--prior": prior, "--refit": refit, "--draws": draws != DRAWS, "--against": against is not None}
        )
        _score_outside(seed, out, quick=quick, replace=replace)
        return
    if refit and added_record() is not None:
        raise InputError("--refit makes the model's own posterior, on the record that ships; leave out --record for it")
    if refit:
        calibrate(seed=seed, jobs=jobs, out=None, quick=False, replace=replace)
    plan, started = past_forecasts.plan_of(draws, seed, prior=prior, quick=quick), time.monotonic()
    usual = past_forecasts.usual_place(added_record(), plan)
    folder = out or usual
    made = past_forecasts.backtest_to(
        folder,
        plan,
        cores(jobs),
        headline=out is None and usual == past_forecasts.BACKTEST,
        replace=replace,
        against=against,
        tell=_told(started),
    )
    for aside in made.aside:
        tell_aside(aside)
    _tell_scores(made)
    if made.comparison is not None:
        _tell_comparison(made.comparison)
    say(f"\nScored in {time.monotonic() - started:.0f} s: {shown(folder)}")


def _refuse_beside_environment(options: Mapping[str, bool]) -> None:
    """Raise InputError for options that mean nothing to the world outside, instead of leaving them without effect."""
    if idle := [name for name, given in options.items() if given]:
        goes = "goes" if len(idle) == 1 else "go"
        raise InputError(
            f"{' and '.join(idle)} {goes} not with --environment, which scores prices and growth abroad on their own "
            "record, with one set of parameters"
        )


def _tell_scores(made: Backtest) -> None:
    """All series a year ahead, the headline series over five years, and what they say together."""
    say("All recorded series, a year ahead")
    _tell_series(made.series)
    say("\nHeadline series, one to five years ahead")
    _tell_headlines(made.scores)
    say()
    for line in made.verdicts:
        say(line)


def _score_outside(seed: int, out: Path | None, *, quick: bool, replace: bool) -> None:
    from sinobel.inputs.indicators import all_indicators
    from sinobel.inputs.reading import shown
    from sinobel.results import outside

    folder, started = out or outside.usual_place(quick=quick), time.monotonic()
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


def _tell_series(scores: Sequence[SeriesRow]) -> None:
    from sinobel.inputs.indicators import all_indicators
    from sinobel.reporting.words.scored import between, signed

    known = all_indicators()
    header = "block, series, skill [90 %], a right model, naive from, best naive, inside 50/80 %, right model"
    show_table(
        header.split(", "),
        [
            [
                row.block,
                known[row.series].label,
                f"{signed(row.skill)} [{between(row.skill_low, row.skill_high)}]",
                between(row.ideal_skill_low, row.ideal_skill_high),
                row.starts,
                signed(row.hindsight_skill),
                f"{100 * row.inside_50:.0f} / {100 * row.inside_80:.0f}",
                between(row.ideal_inside_80_low, row.ideal_inside_80_high, percent=True),
            ]
            for row in scores
        ],
    )


def _tell_headlines(scores: Sequence[SkillRow]) -> None:
    from sinobel.inputs.indicators import all_indicators
    from sinobel.reporting.words.scored import between, signed

    known = all_indicators()
    header = "series, skill [90 %], a right model, against, told what came, inside 50/80/90 %, miss in a year"
    show_table(
        header.split(", "),
        [
            [
                known[row.series].label,
                f"{signed(row.skill)} [{between(row.skill_low, row.skill_high)}]",
                between(row.ideal_skill_low, row.ideal_skill_high),
                row.benchmark,
                signed(row.conditional_skill),
                " / ".join(f"{100 * share:.0f}" for share in (row.inside_50, row.inside_80, row.inside_90)),
                f"{row.miss_a_year_ahead_percent:.0f} %",
            ]
            for row in scores
        ],
    )


def _tell_comparison(found: Comparison) -> None:
    """Scores over those of another version."""
    from sinobel.inputs.indicators import all_indicators

    known = all_indicators()
    say("\nA year ahead against the other version (below 1 this one is better)")
    show_table(
        ["series", "forecasts", "ratio of scores [90 %]", "inside 80 %, before"],
        [
            [
                known[row.series].label if row.series in known else row.series,
                str(row.forecasts),
                f"{row.ratio:.3f} [{row.ratio_low:.2f} to {row.ratio_high:.2f}]",
                f"{100 * row.inside_80:.0f}, {100 * row.inside_80_before:.0f}",
            ]
            for row in sorted(found.rows, key=lambda row: row.ratio)
        ],
    )
    say()
    for line in found.lines:
        say(line)
