"""Past forecasts of the model, each made with what was known at its origin, scored against what followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from sinobel.analysis import ideal
from sinobel.analysis.coverage import HEADLINES
from sinobel.inputs import months, trials
from sinobel.inputs.evidence import added_record, all_evidence
from sinobel.inputs.recorded import last_recorded_year
from sinobel.policies.scenarios import BASELINE, Scenario, load
from sinobel.runs import ensemble, openings, trajectories
from sinobel.runs.request import Request
from sinobel.studies import headlines, next_year, summary
from sinobel.studies.headlines import ForecastRow, SkillRow
from sinobel.studies.next_year import NextYearRow, SeriesRow
from sinobel.studies.summary import SummaryRow

FIRST_ORIGIN = 2009
BEFORE = (2008,)
"""Origins of forecasts of the next year alone: nothing can be calibrated on what was known then."""
GIVEN = {
    "world.oil_price": "oil_price_brent",
    "world.crop_prices": "crop_price_index",
    "world.china_growth": "gdp_growth.CHN",
}
"""What conditional forecasts are told besides dated events: lever -> series of the record."""
EVENTS = ("russia.cartel", "china.technology_transfer", "eu.sanctions_on_russia", "eu.ukraine_competition")


def origins() -> tuple[int, ...]:
    """Every December that the record in use can open and is followed by something it tells.

    Rows that a user adds lead on from there. No later posterior exists than that of the last origin that ships, so it
    (or the wide prior of it) stands at later origins too.
    """
    last = months.year(openings.last_origin(added_record()))
    return tuple(range(FIRST_ORIGIN, min(last + 1, last_recorded_year())))


@dataclass(frozen=True)
class Plan:
    """What a backtest runs.

    Attributes
    ----------
    origins : tuple[int, ...]
        Of forecasts of the headline series over five years, and of all series over one; every one of the record in use.
    source : str
        Where parameters come from: the posterior of each origin, or the priors.
    before : tuple[int, ...]
        Origins of forecasts of the next year alone, from the wide priors.
    """

    draws: int = 2000
    seed: int = 2017
    origins: tuple[int, ...] = field(default_factory=origins)
    source: str = "posterior"
    before: tuple[int, ...] = BEFORE


def as_it_came(origin: int) -> Scenario:
    """The baseline told what the world brought after an origin: prices, Chinese growth, dated events."""
    from sinobel.inputs.levers import all_levers

    policy = replace(load(BASELINE), name="as it came")  # of which nothing may be known, in years that a user adds
    record, last = all_evidence().record, last_recorded_year()
    for lever, series in GIVEN.items():
        yearly = record.yearly(series)
        for year in range(origin + 1, last + 1):
            if year in yearly:
                value = all_levers()[lever].written(yearly[year].value)
                policy = policy.with_change(lever, value, start=f"{year}-01", until=f"{year}-12", name="as it came")
    for lever in EVENTS:
        dated = [(each.start, each.value) for each in all_levers()[lever].history]
        for index, (start, value) in enumerate(dated):
            if f"{origin}-12" < start <= f"{last}-12":
                ends = dated[index + 1][0] if index + 1 < len(dated) else None
                until = months.label(months.parse(ends) - 1) if ends else None
                policy = policy.with_change(lever, value, start=start, until=until, name="as it came")
    return policy


def forecasts(plan: Plan, origin: int, jobs: int) -> dict[str, np.ndarray]:
    """Forecasts from an origin: all series over a year, the headline ones over the years that followed.

    Returns
    -------
    dict[str, np.ndarray]
        "next year" (series, draws); "forecasts" (kinds, headline series, years, draws), unconditional and conditional,
        where the origin is one of theirs.
    """
    whole = origin in plan.origins
    names = next_year.all_series()
    request = Request(
        (load(BASELINE), as_it_came(origin)) if whole else (load(BASELINE),),
        plan.draws,
        seed=plan.seed,
        origin=f"{origin}-12",
        horizon=f"{last_recorded_year() if whole else origin + 1}-12",
        indicators=tuple(dict.fromkeys((*HEADLINES, *names))),
        parameters=plan.source if whole else "wide prior",
    )
    sheets = ensemble.run_in_memory(request, jobs)
    yearly = [trajectories.to_years(request.recorded, sheet) for sheet in sheets]
    made = {"next year": np.array([yearly[0][name][0] for name in names], np.float32)}
    if whole:
        made["forecasts"] = np.array([[each[name] for name in HEADLINES] for each in yearly], np.float32)
    return made


@dataclass(frozen=True)
class Found:
    """What a backtest found.

    Attributes
    ----------
    forecasts : list[ForecastRow]
        One row a forecast of a headline series.
    scores : list[SkillRow]
        One row a headline series.
    next_year : list[NextYearRow]
        One row a forecast of the next year.
    series : list[SeriesRow]
        One row a recorded series, the macro block first.
    summary : list[SummaryRow]
        One row a measure of all of them together.
    """

    forecasts: list[ForecastRow]
    scores: list[SkillRow]
    next_year: list[NextYearRow]
    series: list[SeriesRow]
    summary: list[SummaryRow]


def run(
    plan: Plan,
    keep: Callable[[str, Callable[[], Mapping[str, np.ndarray]]], Mapping[str, np.ndarray]],
    say: Callable[[str], None],
    jobs: int = 1,
) -> Found:
    """All forecasts of a plan, scored. `keep` takes finished origins from an interrupted run."""
    steps = {}
    for origin in (*plan.before, *plan.origins):
        steps[origin] = keep(f"forecasts-{origin}", partial(forecasts, plan, origin, jobs))
        say(f"forecast {plan.draws:,} futures from the end of {origin}")
    return scored(
        {origin: steps[origin]["forecasts"] for origin in plan.origins},
        {origin: step["next year"] for origin, step in steps.items()},
        plan.seed,
    )


def scored(over_years: Mapping[int, np.ndarray], over_one: Mapping[int, np.ndarray], seed: int) -> Found:
    """Forecasts by origin against what followed, against naive ones, and against what a right model would score."""
    tried = trials.count()
    long, short = headlines.made(over_years), next_year.made(over_one)
    table, ahead = headlines.rows(long), next_year.rows(short)
    worlds, worlds_ahead = ideal.simulated([each.case for each in long], seed), next_year.worlds(short, seed)
    return Found(
        table,
        headlines.verdicts(table, worlds, seed, tried),
        ahead,
        next_year.verdicts(ahead, worlds_ahead, seed, tried),
        summary.summary(table, worlds, ahead, worlds_ahead, tried),
    )
