"""Commands about forecasts and what came of them: score, seal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sinobel.cli.terminal import Draws, Jobs, Listed, Seed, bar, cores, say, show_table, takes_record

if TYPE_CHECKING:
    from sinobel.analysis.forecast_scores import ScoreRow

HEADER = ("indicator", "year", "unit", "recorded", "median [80 %]", "PIT", "inside", "CRPS", "naive", "skill")

app = typer.Typer()


@app.command()
@takes_record
def score(
    results: Annotated[Path, typer.Argument(help="A results folder that keeps years, or a sealed forecast.")],
    scenario: Annotated[str | None, typer.Option(help="Of a folder with several; the first.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="New CSV file for all numbers, and a chart beside it."),
    ] = None,
    form: Listed = "table",
) -> None:
    """Score forecasts against the record, with --record against years that you add: CRPS, PIT, ranges, skill."""
    from sinobel.inputs.reading import shown
    from sinobel.results import scoring

    if out is not None:
        scoring.refuse_place(out)
    found = scoring.score(results, scenario)
    show_table(HEADER, [_cells(row) for row in found.found], form)
    if out is not None:
        found.save(out)
    if form == "table":
        say("")
        for line in found.verdicts:
            say(line)
        if out is not None:
            say(f"All numbers: {shown(out)}, where what came lies: {shown(scoring.beside(out))}.png")


def _cells(row: ScoreRow) -> list[str]:
    from sinobel.reporting.tables.tables import number

    widest = "50 %" if row.inside_50 else "80 %" if row.inside_80 else "90 %" if row.inside_90 else "outside"
    return [
        row.indicator,
        str(row.year),
        row.unit,
        number(row.recorded),
        f"{number(row.median)} [{number(row.low_80)} to {number(row.high_80)}]",
        f"{row.pit:.2f}",
        widest,
        number(row.crps),
        number(row.benchmark_crps) if row.benchmark else "",
        f"{row.skill:+.2f}" if row.benchmark_crps > 0 else "",
    ]


@app.command()
def seal(
    draws: Draws = 10_000,
    seed: Seed = 2017,
    jobs: Jobs = 0,
    out: Annotated[Path | None, typer.Option(help="Folder of seals; results/sealed.")] = None,
) -> None:
    """Seal the forecasts of this version: the fans of the baseline with commit, hashes and date, written once."""
    from sinobel.inputs.reading import shown
    from sinobel.results import sealing

    with bar() as progress:
        file = sealing.seal(draws=draws, seed=seed, out=out or sealing.FOLDER, jobs=cores(jobs), progress=progress)
    say(f"Sealed: {shown(file)}, hash {sealing.read_seal(file).content['hash']}")
    say("Commit it as it is; it is never edited, and the next version has its own.")
