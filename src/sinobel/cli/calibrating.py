"""Commands that judge the model: calibrate, backtest."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sinobel.cli.terminal import Jobs, Replace, cores, interrupted, say, show_table, tell_aside
from sinobel.inputs.reading import InputError, digest

if TYPE_CHECKING:
    from sinobel.studies.calibration.study import Outcome, Settings

app = typer.Typer()

Into = Annotated[Path | None, typer.Option("--out", help="Where it is written; by default the model's own folder.")]
Quick = Annotated[bool, typer.Option("--quick", help="Too little work to rely on, only to see that everything runs.")]
SEED = 2017
TABLES = ("parameters.csv", "correlations.csv", "sampler-check.json", "figures.csv")
"""What `calibrate` writes beside the posteriors."""
TRACK_RECORD = "track-record.csv"
"""What `backtest` writes beside the posteriors, for charts and TRUST."""


def _told(started: float) -> Any:
    return lambda text: typer.echo(f"{time.monotonic() - started:6.0f} s  {text}", err=True)


def _identity(*parts: object) -> str:
    """Hash of everything that decides what a study finds."""
    from sinobel.inputs import parameters
    from sinobel.inputs.evidence import all_evidence
    from sinobel.runs import manifest

    return digest(
        json.dumps(parts, sort_keys=True, default=str),
        all_evidence().digest,
        parameters.table_digest(),
        manifest.code_digest(),
    )


@app.command()
def calibrate(
    seed: Annotated[int, typer.Option(help="Root of all random numbers.")] = SEED,
    jobs: Jobs = 0,
    out: Into = None,
    quick: Quick = False,
    replace: Replace = False,
) -> None:
    """Rebuild the posterior from the record and the paper, and check the sampler on known truths."""
    import dataclasses

    from sinobel.inputs import posterior
    from sinobel.inputs.reading import shown
    from sinobel.store.checkpoints import Steps
    from sinobel.store.ownership import Owned
    from sinobel.store.publish import publish
    from sinobel.store.work_area import WorkArea
    from sinobel.studies.calibration import study

    if quick and out is None:
        raise InputError("--quick makes a posterior too rough to use; choose another folder for it with --out")
    settings = dataclasses.replace(study.QUICK if quick else study.Settings(), seed=seed)
    folder = out or posterior.folder()
    started, count = time.monotonic(), cores(jobs)
    if not replace:
        Owned(folder).refuse([*(f"{vintage}-12.nc" for vintage in settings.vintages), *TABLES])
    identity = _identity("calibrate", settings.as_written())
    with WorkArea(folder, identity) as area:
        steps = Steps(area)
        try:
            outcome = study.calibrate(settings, steps.keep, _told(started), count)
            _write_calibration(area.results, outcome, settings)
            tell_aside(publish(area.results, area.target, identity, replace=replace, keep=True))
            if out is None:
                posterior.posterior_at.cache_clear()
                _write_figures(folder, settings, count, replace=replace)
        except KeyboardInterrupt:
            raise interrupted(steps.any_finished) from None
        area.done()
    say(f"Calibrated in {time.monotonic() - started:.0f} s: {shown(folder)}")


def _write_calibration(folder: Path, outcome: Outcome, settings: Settings) -> None:
    from sinobel import store
    from sinobel.inputs import posterior
    from sinobel.inputs.parameters import prior_of
    from sinobel.reporting.tables.tables import to_csv
    from sinobel.store.calibrated import write_posterior
    from sinobel.studies.calibration import checks, study

    last = max(settings.vintages)
    found = {vintage: checks.diagnostics(outcome.chains[vintage], outcome.names[vintage]) for vintage in outcome.values}
    sampler_check = checks.uniformity(outcome.ranks, outcome.names[last])
    for vintage, values in outcome.values.items():
        wide = vintage < study.LAST_VINTAGE
        notes = {
            "vintage": f"what was known at the end of {vintage}",
            "settings": settings.as_written(),
            "acceptance": outcome.acceptance[vintage],
            "diagnostics": found[vintage],
            "moved_by": outcome.moved_by[vintage] if vintage == last else {},
        }
        prior = {} if wide else study.prior_values(outcome.names[vintage], settings, wide=False)
        write_posterior(folder / f"{vintage}-12.nc", posterior.Posterior(values, notes), prior)
    rows = checks.parameter_rows(outcome.values[last], found[last], outcome.moved_by[last])
    store.write_text(folder / "parameters.csv", to_csv(rows))
    pairs = checks.correlations(outcome.chains[last], outcome.names[last])
    store.write_text(
        folder / "correlations.csv",
        to_csv(
            [{"parameter": first, "with": second, "correlation": value} for first, second, value in pairs]
            or [{"parameter": "", "with": "", "correlation": ""}]
        ),
    )
    store.write_text(folder / "sampler-check.json", json.dumps(sampler_check, indent=1) + "\n")
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
            for row in rows[:20]
        ],
    )
    say(
        f"\nSampler on {sampler_check['truths']} known truths: {100 * sampler_check['share_below_5_percent']:.0f} % of "
        f"parameters have ranks that would be this uneven less than one time in twenty."
    )
    least, most = min(each["ess"] for each in found[last].values()), max(each["r_hat"] for each in found[last].values())
    say(f"Smallest effective sample size {least:,.0f}, largest R-hat {most:.3f}.")


def _write_figures(folder: Path, settings: Settings, jobs: int, *, replace: bool) -> None:
    """Hold the paper's figures against the new posterior, and against the priors."""
    from sinobel import store
    from sinobel.reporting.tables.tables import to_csv
    from sinobel.studies.calibration import checks

    rows = checks.figure_rows(settings.draws, settings.seed, "posterior", jobs)
    before = {row["figure"]: row for row in checks.figure_rows(settings.draws, settings.seed, "prior", jobs)}
    for row in rows:
        row["prior_low_90"], row["prior_high_90"] = before[row["figure"]]["low_90"], before[row["figure"]]["high_90"]
    tell_aside(store.put(folder, "figures.csv", to_csv(rows), replace=replace))
    inside = sum(row["inside_90"] for row in rows)
    say(f"The paper's figures: {inside} of {len(rows)} targets meet their 90 % range, each from the December before.")


@app.command()
def backtest(
    draws: Annotated[int, typer.Option(help="Futures from each origin.")] = 2000,
    seed: Annotated[int, typer.Option(help="Root of all random numbers.")] = SEED,
    jobs: Jobs = 0,
    out: Into = None,
    prior: Annotated[bool, typer.Option("--prior", help="Forecast from the wide priors, without calibration.")] = False,
    refit: Annotated[bool, typer.Option("--refit", help="Calibrate anew for every origin first.")] = False,
    quick: Quick = False,
    replace: Replace = False,
) -> None:
    """Score past forecasts, each from what was known at its origin, against what followed and against naive ones."""
    from sinobel import store
    from sinobel.inputs import posterior
    from sinobel.inputs.reading import shown
    from sinobel.store.checkpoints import Steps
    from sinobel.store.ownership import Owned
    from sinobel.store.publish import publish
    from sinobel.store.work_area import WorkArea
    from sinobel.studies import backtest as study

    if refit:
        calibrate(seed=seed, jobs=jobs, out=None, quick=False, replace=replace)
    plan = study.Plan(
        100 if quick else draws,
        seed,
        (2013, 2014, 2015) if quick else study.ORIGINS,
        "wide prior" if prior else "posterior",
    )
    folder = out or Path("results") / "backtest"
    started, count = time.monotonic(), cores(jobs)
    headline = out is None and not prior and not quick
    if not replace:
        Owned(folder).refuse()
        if headline:
            Owned(posterior.folder()).refuse([TRACK_RECORD])
    identity = _identity("backtest", plan, posterior.posterior_digest())
    with WorkArea(folder, identity) as area:
        steps = Steps(area)
        try:
            table = study.run(plan, steps.keep, _told(started), count)
        except KeyboardInterrupt:
            raise interrupted(steps.any_finished) from None
        found = _write_backtest(area.results, table, plan.seed)
        tell_aside(publish(area.results, area.target, identity, replace=replace))
        if headline:
            tell_aside(store.put(posterior.folder(), TRACK_RECORD, found, replace=replace))
        area.done()
    say(f"\nScored in {time.monotonic() - started:.0f} s: {shown(folder)}")


def _write_backtest(folder: Path, table: list[dict[str, Any]], seed: int) -> str:
    """Write tables and charts, and say what was found; returns the table of scores."""
    from sinobel import store
    from sinobel.inputs.indicators import all_indicators
    from sinobel.reporting.charts import track_record
    from sinobel.reporting.tables.tables import to_csv
    from sinobel.store.charts import write_chart
    from sinobel.studies import backtest as study

    found = study.verdicts(table, seed)
    store.write_text(folder / "forecasts.csv", to_csv(table))
    store.write_text(folder / "scores.csv", to_csv(found))
    known = all_indicators()
    labels = {row["series"]: known[row["series"]].label for row in found}
    units = {name: known[name].yearly_unit for name in labels}
    write_chart(folder / "skill", track_record.skill_chart(found, labels))
    write_chart(folder / "forecasts", track_record.forecast_chart(table, labels, units))
    header = ["series", "skill [90 %]", "against", "told what came", "inside 50/80/90 %", "a year ahead: median miss"]
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
            for row in found
        ],
    )
    mean = sum(row["skill"] for row in found) / len(found)
    pits = [row["pit"] for row in table]
    from sinobel.analysis.scores import coverage

    say(
        f"\nMean skill {mean:+.2f}; inside the 80 % range {100 * coverage(pits, 0.8):.0f} % of {len(pits)} forecasts, "
        f"inside the 50 % range {100 * coverage(pits, 0.5):.0f} %."
    )
    return to_csv(found)
