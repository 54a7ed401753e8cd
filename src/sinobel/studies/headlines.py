"""Forecasts of the headline series over up to five years, scored against what followed and against naive ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.analysis import ideal, scores
from sinobel.analysis.coverage import HEADLINES
from sinobel.analysis.rows import Row, column
from sinobel.inputs.recorded import last_recorded_year, recorded_values
from sinobel.studies import benchmarks

LONGEST = 5


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
    fixed: float = column("score of the naive forecast that was fixed beforehand")
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
    fixed_benchmark: str = column(
        "the naive forecast that was fixed beforehand, and the skill against it", listed="fixed_benchmark, fixed_skill"
    )
    fixed_skill: float = column()
    ideal_skill: float = column(
        "what a model that is exactly right would score as skill: mean, 5 and 95 %",
        listed="ideal_skill, ideal_skill_low, ideal_skill_high",
    )
    ideal_skill_low: float = column()
    ideal_skill_high: float = column()
    ideal_inside_80_low: float = column(
        "5 and 95 % of the share that the 80 % range of such a model would hold",
        listed="ideal_inside_80_low, ideal_inside_80_high",
    )
    ideal_inside_80_high: float = column()
    deflated_skill: float = column("the skill less what the best of as many versions as were tried shows by luck")


@dataclass(frozen=True, eq=False)
class Made:
    """A forecast of a headline series with all that it is scored with."""

    series: str
    origin: int
    horizon: int
    free: np.ndarray
    informed: np.ndarray
    naive: Mapping[str, np.ndarray | None]
    fixed: np.ndarray | None

    @property
    def year(self) -> int:
        """The year that is forecast."""
        return self.origin + self.horizon

    @property
    def case(self) -> ideal.Case:
        """What a right model is scored on."""
        return ideal.Case(self.series, self.origin, self.free, self.naive)


def made(forecasts_of: Mapping[int, np.ndarray]) -> list[Made]:
    """Every forecast of a recorded year, beside the naive ones.

    Parameters
    ----------
    forecasts_of : Mapping[int, np.ndarray]
        Origin -> (kinds, series, years, draws), unconditional and conditional.
    """
    found = []
    for index, name in enumerate(HEADLINES):
        recorded = recorded_values()[name]
        for origin, forecasts in forecasts_of.items():
            past = {year: value for year, value in recorded.items() if benchmarks.FIRST_YEAR <= year <= origin}
            for horizon in range(1, min(LONGEST, last_recorded_year() - origin) + 1):
                if origin + horizon in recorded:
                    free, informed = forecasts[:, index, horizon - 1].astype(float)
                    naive = {kind: scores.naive(kind, past, horizon) for kind in scores.NAIVE}
                    fixed = benchmarks.forecast(name, origin, horizon)
                    found.append(
                        Made(
                            series=name,
                            origin=origin,
                            horizon=horizon,
                            free=free,
                            informed=informed,
                            naive=naive,
                            fixed=fixed,
                        )
                    )
    return found


def rows(forecasts: Sequence[Made]) -> list[ForecastRow]:
    """One row per series, origin and horizon: recorded value, median, scores of the model and of naive forecasts."""
    table: list[ForecastRow] = []
    for each in forecasts:
        value = recorded_values()[each.series][each.year]
        table.append(
            ForecastRow(
                series=each.series,
                origin=each.origin,
                horizon=each.horizon,
                year=each.year,
                recorded=value,
                median=float(np.median(each.free)),
                low_80=float(np.quantile(each.free, 0.1)),
                high_80=float(np.quantile(each.free, 0.9)),
                crps=scores.crps(each.free, value),
                pit=scores.pit(each.free, value),
                conditional_median=float(np.median(each.informed)),
                conditional_crps=scores.crps(each.informed, value),
                conditional_pit=scores.pit(each.informed, value),
                fixed=scores.crps_or_nothing(each.fixed, value),
                naive={kind: scores.crps_or_nothing(forecast, value) for kind, forecast in each.naive.items()},
            )
        )
    return table


def verdicts(table: Sequence[ForecastRow], worlds: Sequence[ideal.Worlds], seed: int, trials: int) -> list[SkillRow]:
    """One row per series: the best naive forecast, the skill with its interval, coverage, errors a year ahead.

    Parameters
    ----------
    worlds : Sequence[ideal.Worlds]
        The same forecasts scored where the model is right, in the order of the table.
    trials : int
        How many versions were tried on these forecasts.
    """
    return [
        _verdict(
            [row for row in table if row.series == name],
            [each for each in worlds if each.case.series == name],
            seed,
            trials,
        )
        for name in dict.fromkeys(row.series for row in table)
    ]


def _verdict(mine: Sequence[ForecastRow], worlds: Sequence[ideal.Worlds], seed: int, trials: int) -> SkillRow:
    kind = scores.best_naive(mine)
    low, high = scores.skill_interval(mine, "crps", kind, seed)
    pits = [row.pit for row in mine]
    ahead = [row for row in mine if row.horizon == 1]
    miss = [abs(row.median - row.recorded) for row in ahead]
    shares = [100 * each / abs(row.recorded) for each, row in zip(miss, ahead, strict=True)]
    skill, right = scores.skill(mine, "crps", kind), ideal.of_skill(worlds, scores.existing(mine))
    held = ideal.range_of(ideal.inside(worlds, 0.8))
    return SkillRow(
        series=mine[0].series,
        forecasts=len(mine),
        benchmark=kind,
        skill=skill,
        skill_low=low,
        skill_high=high,
        conditional_skill=scores.skill(mine, "conditional_crps", kind),
        skill_a_year_ahead=scores.skill(ahead, "crps", kind),
        inside_50=scores.coverage(pits, 0.5),
        inside_80=scores.coverage(pits, 0.8),
        inside_90=scores.coverage(pits, 0.9),
        miss_a_year_ahead=float(np.median(miss)),
        miss_a_year_ahead_percent=float(np.median(shares)),
        inside_80_a_year_ahead=scores.coverage([row.pit for row in ahead], 0.8),
        fixed_benchmark=benchmarks.walk_of(mine[0].series).words,
        fixed_skill=scores.skill(mine, "crps", "fixed"),
        ideal_skill=right.mean,
        ideal_skill_low=right.low,
        ideal_skill_high=right.high,
        ideal_inside_80_low=held.low,
        ideal_inside_80_high=held.high,
        deflated_skill=ideal.deflated(skill, right.deviation, trials),
    )
