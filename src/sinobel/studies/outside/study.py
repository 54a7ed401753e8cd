"""The world outside scored on its own record: prices and growth abroad, by the rules that runs use, never on trade.

Each process is opened at every December of its record as a run opens it, simulated years ahead, and held against what
followed. What coverage a process that is exactly right would have is simulated as well: worlds that follow the process
are forecast from the same Decembers, and their shares inside the ranges spread as those of few forecasts that overlap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from sinobel.analysis import scores
from sinobel.analysis.rows import Row, column
from sinobel.inputs.evidence import all_evidence
from sinobel.studies.outside.processes import FROM_QUARTER, PROCESSES, Chance, History, Process
from sinobel.world.draws import draw_from_prior
from sinobel.world.shocks import Shocks

LONGEST = 5  # years ahead
LEVELS = (0.5, 0.8, 0.9)
LEAST_VINTAGES = 4  # earlier ones that a spread of errors can be told from


@dataclass(frozen=True)
class Plan:
    """How much work the scores take.

    Attributes
    ----------
    draws : int
        Futures from each December.
    worlds : int
        Worlds that follow a process exactly, from which coverage is told that a right process has.
    futures : int
        Futures from each December of such a world.
    """

    draws: int = 4000
    worlds: int = 200
    futures: int = 400
    seed: int = 2017


QUICK = Plan(draws=200, worlds=8, futures=40)
"""Too little work to rely on, for tests."""


@dataclass(frozen=True, eq=False, kw_only=True)
class OutsideRow(Row):
    """A forecast of the world outside against what followed."""

    series: str = column("indicator that was forecast")
    origin: int = column(
        "year at whose end the forecast was made, how many years ahead, and of which year",
        listed="origin, horizon, year",
    )
    horizon: int = column()
    year: int = column()
    recorded: float = column("what the record says of the year")
    median: float = column(
        "median and ends of the central 50 and 80 % ranges", listed="median, low_50, high_50, low_80, high_80"
    )
    low_50: float = column()
    high_50: float = column()
    low_80: float = column()
    high_80: float = column()
    crps: float = column("continuous ranked probability score; of prices in logarithms")
    benchmark: float = column("the same of the naive forecast")
    outlook: float = column("the same of the last fall outlook with the errors of its earlier vintages; empty without")
    pit: float = column("share of draws below what followed")


@dataclass(frozen=True, eq=False, kw_only=True)
class OutsideScore(Row):
    """How the forecasts of a process did on its own record."""

    series: str = column(
        "indicator that was forecast, from which first December, and how often",
        listed="series, first_origin, forecasts",
    )
    first_origin: int = column()
    forecasts: int = column()
    benchmark: str = column("naive forecast it is held against")
    crps: float = column("mean score; of prices in logarithms")
    skill: float = column("one less the ratio of the mean scores of the process and of the naive forecast")
    skill_a_year_ahead: float = column("the same a year ahead")
    skill_over_outlook: float = column("the same against the fall outlook of the IMF, where there is one")
    inside_50: float = column(
        "share of what followed inside the central ranges", listed="inside_50, inside_80, inside_90"
    )
    inside_80: float = column()
    inside_90: float = column()
    right_50_low: float = column(
        "5 and 95 % of that share for worlds that follow the process exactly",
        listed="right_50_low, right_50_high, right_80_low, right_80_high, right_90_low, right_90_high",
    )
    right_50_high: float = column()
    right_80_low: float = column()
    right_80_high: float = column()
    right_90_low: float = column()
    right_90_high: float = column()

    @property
    def held(self) -> bool:
        """Whether all its ranges held as often as those of a right process would."""
        return all(
            self[f"right_{level}_low"] <= self[f"inside_{level}"] <= self[f"right_{level}_high"]
            for level in (50, 80, 90)
        )


def years_of(paths: np.ndarray) -> np.ndarray:
    """Means of years: (worlds, months, futures) to (worlds, years, futures)."""
    worlds, length, futures = paths.shape
    result: np.ndarray = paths.reshape(worlds, length // 12, 12, futures).mean(axis=2)
    return result


def forecasts(process: Process, plan: Plan) -> list[OutsideRow]:
    """Forecasts of a process from every December of its record, scored."""
    shocks = Shocks(plan.seed, 0, plan.draws, 12 * LONGEST)
    chance = Chance.of(draw_from_prior(shocks), shocks)
    whole = process.history()
    table = []
    for origin in range(process.first, whole.last):
        known = origin - whole.first + 1
        past = History(whole.first, whole.yearly[:, :known], whole.recent[:, :known])
        ahead = years_of(process.paths(past, chance, 12 * LONGEST, 0))[0]
        for horizon in range(1, min(LONGEST, whole.last - origin) + 1):
            value, drawn = float(whole.yearly[0, known + horizon - 1]), ahead[horizon - 1]
            naive = benchmark(process, past, horizon)
            low_50, high_50, low_80, high_80 = map(float, np.quantile(drawn, (0.25, 0.75, 0.1, 0.9)))
            table.append(
                OutsideRow(
                    series=process.name,
                    origin=origin,
                    horizon=horizon,
                    year=origin + horizon,
                    recorded=value,
                    median=float(np.median(drawn)),
                    low_50=low_50,
                    high_50=high_50,
                    low_80=low_80,
                    high_80=high_80,
                    crps=scores.crps(process.scale(drawn), float(process.scale(np.array(value)))),
                    benchmark=scores.crps(naive, float(process.scale(np.array(value)))),
                    outlook=_outlook(process, whole, origin, horizon, value),
                    pit=scores.pit(drawn, value),
                )
            )
    return table


def benchmark(process: Process, past: History, horizon: int) -> np.ndarray:
    """The naive forecast of a process, as scored: no change from December with errors of the past, or an AR(1).

    Growth that runs open with the last quarter starts there as well, in years before its record with that of the year.
    """
    if process.benchmark == FROM_QUARTER:
        starts = np.where(np.isfinite(past.recent[0]), past.recent[0], past.yearly[0])
        return scores.return_to_mean(starts, past.yearly[0], horizon)
    if not process.logs:
        found = scores.naive("AR(1)", dict(enumerate(past.yearly[0])), horizon)
        assert found is not None
        return found
    return scores.no_change(np.log(past.recent[0]), np.log(past.yearly[0]), horizon)


def _outlook(process: Process, whole: History, origin: int, horizon: int, value: float) -> float:
    """Score of the outlook of an origin some years ahead, spread as its earlier vintages erred there."""
    if not process.outlook:
        return np.nan
    vintages = all_evidence().record.known_at(12 * origin + 11).outlooks(process.outlook)
    errors = [
        float(whole.yearly[0, year + horizon - whole.first]) - said[year + horizon]
        for year, said in vintages.items()
        if year + horizon <= origin
    ]
    if origin not in vintages or len(errors) < LEAST_VINTAGES:
        return np.nan
    return scores.crps(scores.around(vintages[origin][origin + horizon], errors), value)


def right(process: Process, plan: Plan) -> dict[float, np.ndarray]:
    """Share inside the ranges of worlds that follow the process exactly: level -> (worlds,)."""
    whole = process.history()
    count = whole.last - process.first
    own = Shocks(plan.seed + 1, 0, plan.worlds, 12 * count)
    truth = Chance.of(draw_from_prior(own), own, worlds=True)
    shocks = Shocks(plan.seed, 0, plan.futures, 12 * LONGEST)
    chance = Chance.of(draw_from_prior(shocks), shocks)
    known = process.first - whole.first + 1
    past = History(
        whole.first,
        np.repeat(whole.yearly[:, :known], plan.worlds, axis=0),
        np.repeat(whole.recent[:, :known], plan.worlds, axis=0),
    )
    ahead: list[np.ndarray] = []
    came: list[np.ndarray] = []
    for place, origin in enumerate(range(process.first, whole.last)):
        horizons = min(LONGEST, whole.last - origin)
        ahead.append(years_of(process.paths(past, chance, 12 * horizons, 0)))
        fresh = replace(truth, error=partial(_error_of_year, own, origin))
        year = process.paths(past, fresh, 12, 12 * place)[:, :, 0]
        came.append(year.mean(axis=1))
        past = past.then(came[-1], year[:, -process.months_of_recent :].mean(axis=1))
    pits = [
        (drawn[:, horizon] < came[place + horizon][:, None]).mean(axis=1)
        for place, drawn in enumerate(ahead)
        for horizon in range(drawn.shape[1])
    ]
    placed = np.abs(np.array(pits) - 0.5)
    return {level: (placed < level / 2).mean(axis=0) for level in LEVELS}


def _error_of_year(own: Shocks, origin: int, name: str) -> np.ndarray:
    """Errors of the openings of an origin, one future in each world."""
    return own.error_of(f"{name} {origin}")[:, None]


def verdict(process: Process, table: Sequence[OutsideRow], plan: Plan) -> OutsideScore:
    """How a process did, beside what it would do if it were right."""
    mine = [row for row in table if row.series == process.name]
    next_year = [row for row in mine if row.horizon == 1]
    pits = [row.pit for row in mine]
    ends = {round(100 * level): np.quantile(shares, (0.05, 0.95)) for level, shares in right(process, plan).items()}
    return OutsideScore(
        series=process.name,
        first_origin=process.first,
        forecasts=len(mine),
        benchmark=process.benchmark,
        crps=float(np.mean([row.crps for row in mine])),
        skill=_skill(mine, "benchmark"),
        skill_a_year_ahead=_skill(next_year, "benchmark"),
        skill_over_outlook=_skill([row for row in mine if np.isfinite(row.outlook)], "outlook"),
        inside_50=scores.coverage(pits, 0.5),
        inside_80=scores.coverage(pits, 0.8),
        inside_90=scores.coverage(pits, 0.9),
        right_50_low=float(ends[50][0]),
        right_50_high=float(ends[50][1]),
        right_80_low=float(ends[80][0]),
        right_80_high=float(ends[80][1]),
        right_90_low=float(ends[90][0]),
        right_90_high=float(ends[90][1]),
    )


def _skill(rows: Sequence[OutsideRow], against: str) -> float:
    if not rows:
        return np.nan
    return 1 - float(np.mean([row.crps for row in rows])) / float(np.mean([row[against] for row in rows]))


def run(plan: Plan, say: Callable[[str], None]) -> tuple[list[OutsideRow], list[OutsideScore]]:
    """All processes: their forecasts, and how they did."""
    table: list[OutsideRow] = []
    found = []
    for process in PROCESSES:
        mine = forecasts(process, plan)
        table += mine
        found.append(verdict(process, mine, plan))
        say(f"scored {process.name} from {process.history().last - process.first} Decembers")
    return table, found
