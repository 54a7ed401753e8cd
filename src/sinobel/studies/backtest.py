"""Past forecasts of the model, each made with what was known at its origin, scored against what followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sinobel.analysis import scores
from sinobel.analysis.coverage import HEADLINES
from sinobel.analysis.rows import Row, column
from sinobel.inputs import months
from sinobel.inputs.evidence import LAST_YEAR, all_evidence
from sinobel.inputs.recorded import recorded_values
from sinobel.policies.scenarios import BASELINE, Scenario, load
from sinobel.runs import ensemble, trajectories
from sinobel.runs.request import Request

FIRST_YEAR = 1998  # of what naive forecasts learn from
LONGEST = 5
ORIGINS = tuple(range(2009, 2016))
GIVEN = {
    "world.oil_price": "oil_price_brent",
    "world.crop_prices": "crop_price_index",
    "world.china_growth": "gdp_growth.CHN",
}
"""What conditional forecasts are told besides dated events: lever -> series of the record."""
EVENTS = ("russia.cartel", "china.technology_transfer", "eu.sanctions_on_russia", "eu.ukraine_competition")


@dataclass(frozen=True)
class Plan:
    """What a backtest runs.

    Attributes
    ----------
    source : str
        Where parameters come from: the posterior of each origin, or the priors.
    """

    draws: int = 2000
    seed: int = 2017
    origins: tuple[int, ...] = ORIGINS
    source: str = "posterior"


def as_it_came(origin: int) -> Scenario:
    """The baseline told what the world brought after an origin: prices, Chinese growth, dated events."""
    from sinobel.inputs.levers import all_levers

    policy = load(BASELINE)
    record = all_evidence().record
    for lever, series in GIVEN.items():
        yearly = record.yearly(series)
        for year in range(origin + 1, LAST_YEAR + 1):
            if year in yearly:
                value = all_levers()[lever].written(yearly[year].value)
                policy = policy.with_change(lever, value, start=f"{year}-01", until=f"{year}-12", name="as it came")
    for lever in EVENTS:
        dated = [(each.start, each.value) for each in all_levers()[lever].history]
        for index, (start, value) in enumerate(dated):
            if f"{origin}-12" < start <= f"{LAST_YEAR}-12":
                ends = dated[index + 1][0] if index + 1 < len(dated) else None
                until = months.label(months.parse(ends) - 1) if ends else None
                policy = policy.with_change(lever, value, start=start, until=until, name="as it came")
    return policy


def forecasts(plan: Plan, origin: int, jobs: int) -> dict[str, np.ndarray]:
    """Forecasts of the headline series from an origin: (kinds, series, years, draws), unconditional, conditional."""
    policies = (load(BASELINE), as_it_came(origin))
    request = Request(
        policies,
        plan.draws,
        seed=plan.seed,
        origin=f"{origin}-12",
        horizon=f"{LAST_YEAR}-12",
        indicators=HEADLINES,
        parameters=plan.source,
    )
    sheets = ensemble.run_in_memory(request, jobs)
    yearly = [trajectories.to_years(request.recorded, sheet) for sheet in sheets]
    return {"forecasts": np.array([[each[name] for name in HEADLINES] for each in yearly], np.float32)}


@dataclass(frozen=True, eq=False, kw_only=True)
class ForecastRow(Row):
    """A forecast of a series against what followed."""

    series: str = column("indicator that was forecast")
    origin: int = column(
        "year at whose end the forecast was made, how many years ahead, and of which year",
        listed="origin, horizon, year",
    )
    horizon: int = column()
    year: int = column()
    recorded: float = column("what the record says of the year")
    median: float = column("median and ends of the central 80 % range over draws", listed="median, low_80, high_80")
    low_80: float = column()
    high_80: float = column()
    crps: float = column("continuous ranked probability score, in the unit of the series; smaller is better")
    pit: float = column("share of draws below what followed")
    conditional_median: float = column(
        "the same for forecasts that were told what the world brought",
        listed="conditional_median, conditional_crps, conditional_pit",
    )
    conditional_crps: float = column()
    conditional_pit: float = column()
    naive: Mapping[str, float] = column(
        "score of each naive forecast; empty where it does not exist", listed="random walk …", each="{}"
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class SkillRow(Row):
    """How the forecasts of a series did."""

    series: str = column("indicator that was forecast, and how often", listed="series, forecasts")
    forecasts: int = column()
    benchmark: str = column("the best naive forecast")
    skill: float = column(
        "one less the ratio of the mean scores of the model and of the benchmark, with its 90 % interval",
        listed="skill, skill_low, skill_high",
    )
    skill_low: float = column()
    skill_high: float = column()
    conditional_skill: float = column("the same for forecasts that were told what the world brought")
    skill_a_year_ahead: float = column("the same for forecasts of the next year alone")
    inside_50: float = column(
        "share of recorded values inside the central ranges", listed="inside_50, inside_80, inside_90"
    )
    inside_80: float = column()
    inside_90: float = column()
    miss_a_year_ahead: float = column(
        "median absolute error of the medians of the next year, and in percent of the value",
        listed="miss_a_year_ahead, miss_a_year_ahead_percent",
    )
    miss_a_year_ahead_percent: float = column()
    inside_80_a_year_ahead: float = column("share of values of the next year inside the central 80 % range")


def rows(plan: Plan, forecasts_of: Mapping[int, np.ndarray]) -> list[ForecastRow]:
    """One row per series, origin and horizon: recorded value, median, scores of the model and of naive forecasts."""
    table: list[ForecastRow] = []
    for index, name in enumerate(HEADLINES):
        recorded = recorded_values()[name]
        for origin in plan.origins:
            past = {year: value for year, value in recorded.items() if FIRST_YEAR <= year <= origin}
            for horizon in range(1, min(LONGEST, LAST_YEAR - origin) + 1):
                year = origin + horizon
                if year not in recorded:
                    continue
                value = recorded[year]
                free, informed = forecasts_of[origin][:, index, horizon - 1].astype(float)
                naive = {kind: scores.naive(kind, past, horizon) for kind in scores.NAIVE}
                table.append(
                    ForecastRow(
                        series=name,
                        origin=origin,
                        horizon=horizon,
                        year=year,
                        recorded=value,
                        median=float(np.median(free)),
                        low_80=float(np.quantile(free, 0.1)),
                        high_80=float(np.quantile(free, 0.9)),
                        crps=scores.crps(free, value),
                        pit=scores.pit(free, value),
                        conditional_median=float(np.median(informed)),
                        conditional_crps=scores.crps(informed, value),
                        conditional_pit=scores.pit(informed, value),
                        naive={
                            kind: np.nan if forecast is None else scores.crps(forecast, value)
                            for kind, forecast in naive.items()
                        },
                    )
                )
    return table


def verdicts(table: Sequence[ForecastRow], seed: int) -> list[SkillRow]:
    """One row per series: the best naive forecast, the skill with its interval, coverage, errors a year ahead."""
    scored: list[SkillRow] = []
    for name in dict.fromkeys(row.series for row in table):
        mine = [row for row in table if row.series == name]
        kind = scores.best_naive(mine)
        low, high = scores.skill_interval(mine, "crps", kind, seed)
        pits = [row.pit for row in mine]
        ahead = [row for row in mine if row.horizon == 1]
        miss = [abs(row.median - row.recorded) for row in ahead]
        scored.append(
            SkillRow(
                series=name,
                forecasts=len(mine),
                benchmark=kind,
                skill=scores.skill(mine, "crps", kind),
                skill_low=low,
                skill_high=high,
                conditional_skill=scores.skill(mine, "conditional_crps", kind),
                skill_a_year_ahead=scores.skill(ahead, "crps", kind),
                inside_50=scores.coverage(pits, 0.5),
                inside_80=scores.coverage(pits, 0.8),
                inside_90=scores.coverage(pits, 0.9),
                miss_a_year_ahead=float(np.median(miss)),
                miss_a_year_ahead_percent=float(
                    np.median([100 * each / abs(row.recorded) for each, row in zip(miss, ahead, strict=True)])
                ),
                inside_80_a_year_ahead=scores.coverage([row.pit for row in ahead], 0.8),
            )
        )
    return scored


def run(
    plan: Plan,
    keep: Callable[[str, Callable[[], Mapping[str, np.ndarray]]], Mapping[str, np.ndarray]],
    say: Callable[[str], None],
    jobs: int = 1,
) -> list[ForecastRow]:
    """All forecasts of a plan, scored. `keep` takes finished origins from an interrupted run."""
    made = {}
    for origin in plan.origins:
        step = keep(f"forecasts-{origin}", partial(forecasts, plan, origin, jobs))
        made[origin] = step["forecasts"]
        say(f"forecast {plan.draws:,} futures from the end of {origin}")
    return rows(plan, made)
