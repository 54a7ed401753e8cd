"""Forecasts of the next year of every recorded series, scored against what followed and against naive ones.

The macro block comes first: what a reader would look at, and what the choice of headline series left out for long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sinobel.analysis import ideal, scores
from sinobel.analysis.benchmarks import LEAST_CHANGES
from sinobel.analysis.rows import Row, column
from sinobel.inputs.evidence import Evidence, all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.recorded import recorded_values
from sinobel.studies import benchmarks

FIRST = ("gdp", "total_imports", "total_exports", "reserves", "gdp_growth", "external_public_debt", "debt_to_gdp")
"""What comes first in the macro block."""
MACRO = "macro"
FIXED, PUBLISHED = "fixed", "published"


def block_of(indicator: str) -> str:
    """The block that a series is shown in, by what it is."""
    each = all_indicators()[indicator]
    words = each.variable.split("|")
    if indicator in FIRST or each.region == "Belarus":
        return MACRO
    if "Potash" in words:
        return "potash"
    if words[0] in ("Trade", "Trade Balance"):
        return "trade by partner"
    return "loans and investment" if "Belarus" in each.region else "world outside"


def all_series() -> tuple[str, ...]:
    """Series of the record in use that the model simulates, the macro block first, then block by block."""
    return _all_series(all_evidence())


@lru_cache(maxsize=8)
def _all_series(_: Evidence) -> tuple[str, ...]:
    found = [name for name, years in recorded_values().items() if any(year > benchmarks.FIRST_YEAR for year in years)]
    blocks = list(dict.fromkeys((MACRO, *map(block_of, found))))
    order = list(dict.fromkeys((*FIRST, *found)))
    return tuple(sorted(found, key=lambda name: (blocks.index(block_of(name)), order.index(name))))


@dataclass(frozen=True, eq=False, kw_only=True)
class NextYearRow(Row):
    """A forecast of the next year against what followed."""

    series: str = column("indicator that was forecast")
    origin: int = column("year at whose end the forecast was made; of the year after it")
    recorded: float = column("what the record says of the next year")
    median: float = column("median and ends of the central 80 % range over draws", listed="median, low_80, high_80")
    low_80: float = column()
    high_80: float = column()
    crps: float = column("continuous ranked probability score, in the unit of the series; smaller is better")
    pit: float = column("share of draws below what followed")
    fixed: float = column("score of the naive forecast that was fixed beforehand; empty where the past is too short")
    published: float = column("score of the same from what would have been published by the middle of December")
    naive: Mapping[str, float] = column(
        "score of each naive forecast from the last year; empty where it does not exist",
        listed="random walk …",
        each="{}",
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class SeriesRow(Row):
    """How forecasts of the next year of a series did."""

    block: str = column("what the series belongs to")
    series: str = column("indicator that was forecast")
    forecasts: int = column(
        "how often it was forecast, and how often there was a naive forecast to compare with",
        listed="forecasts, compared",
    )
    compared: int = column()
    benchmark: str = column(
        "the naive forecast that was fixed beforehand, and where it starts", listed="benchmark, starts"
    )
    starts: str = column()
    skill: float = column(
        "one less the ratio of mean scores of the model and of the fixed naive forecast, with its 90 % interval",
        listed="skill, skill_low, skill_high",
    )
    skill_low: float = column()
    skill_high: float = column()
    ideal_skill: float = column(
        "what a model that is exactly right would score as skill: mean, 5 and 95 %",
        listed="ideal_skill, ideal_skill_low, ideal_skill_high",
    )
    ideal_skill_low: float = column()
    ideal_skill_high: float = column()
    deflated_skill: float = column("the skill less what the best of as many versions as were tried shows by luck")
    published_skill: float = column("skill against the same naive forecast from what was published by then")
    hindsight: str = column(
        "the best naive forecast of all in hindsight, and the skill against it", listed="hindsight, hindsight_skill"
    )
    hindsight_skill: float = column()
    inside_50: float = column(
        "share of recorded values inside the central ranges", listed="inside_50, inside_80, inside_90"
    )
    inside_80: float = column()
    inside_90: float = column()
    ideal_inside_80_low: float = column(
        "5 and 95 % of the share that the 80 % range of a right model would hold",
        listed="ideal_inside_80_low, ideal_inside_80_high",
    )
    ideal_inside_80_high: float = column()
    miss: float = column("median absolute error of the medians")
    crps: float = column("mean score")


@dataclass(frozen=True, eq=False)
class Made:
    """A forecast of the next year with the naive ones beside it."""

    series: str
    origin: int
    draws: np.ndarray
    naive: Mapping[str, np.ndarray | None]

    @property
    def case(self) -> ideal.Case:
        """What a right model is scored on."""
        return ideal.Case(self.series, self.origin, self.draws, self.naive)


def made(forecasts_of: Mapping[int, np.ndarray]) -> list[Made]:
    """Every forecast of a recorded year.

    Parameters
    ----------
    forecasts_of : Mapping[int, np.ndarray]
        Origin -> (series, draws), in the order of `all_series`.
    """
    return [
        Made(name, origin, forecasts[index].astype(float), _naive(name, origin))
        for index, name in enumerate(all_series())
        for origin, forecasts in sorted(forecasts_of.items())
        if origin + 1 in recorded_values()[name]
    ]


def _naive(name: str, origin: int) -> dict[str, np.ndarray | None]:
    """The naive forecasts of a series: fixed in both vintages, and all kinds from the yearly values."""
    past = {year: value for year, value in recorded_values()[name].items() if benchmarks.FIRST_YEAR <= year <= origin}
    enough = origin in past and len(past) > LEAST_CHANGES
    return {
        FIXED: benchmarks.forecast(name, origin, 1),
        PUBLISHED: benchmarks.forecast(name, origin, 1, published=True),
        **{kind: scores.naive(kind, past, 1) if enough else None for kind in scores.NAIVE},
    }


def rows(forecasts: Sequence[Made]) -> list[NextYearRow]:
    """One row per series and origin: recorded value, median, scores of the model and of naive forecasts."""
    table = []
    for each in forecasts:
        value = recorded_values()[each.series][each.origin + 1]
        naive = {kind: scores.crps_or_nothing(forecast, value) for kind, forecast in each.naive.items()}
        low, median, high = np.quantile(each.draws, (0.1, 0.5, 0.9))
        table.append(
            NextYearRow(
                series=each.series,
                origin=each.origin,
                recorded=value,
                median=float(median),
                low_80=float(low),
                high_80=float(high),
                crps=scores.crps(each.draws, value),
                pit=scores.pit(each.draws, value),
                fixed=naive.pop(FIXED),
                published=naive.pop(PUBLISHED),
                naive=naive,
            )
        )
    return table


def worlds(forecasts: Sequence[Made], seed: int) -> list[ideal.Worlds]:
    """The forecasts scored where the model is right."""
    return ideal.simulated([each.case for each in forecasts], seed)


def verdicts(table: Sequence[NextYearRow], right: Sequence[ideal.Worlds], seed: int, trials: int) -> list[SeriesRow]:
    """One row per series, in the order of `all_series`.

    Parameters
    ----------
    right : Sequence[ideal.Worlds]
        The same forecasts scored where the model is right, in the order of the table.
    trials : int
        How many versions were tried.
    """
    pairs = list(zip(table, right, strict=True))
    return [
        _verdict([pair for pair in pairs if pair[0].series == name], seed, trials)
        for name in dict.fromkeys(row.series for row in table)
    ]


def compared(table: Sequence[NextYearRow]) -> list[NextYearRow]:
    """The forecasts that have a naive one to be compared with, in both vintages."""
    return [row for row in table if np.isfinite(row.fixed)]


def _verdict(pairs: Sequence[tuple[NextYearRow, ideal.Worlds]], seed: int, trials: int) -> SeriesRow:
    mine = [row for row, _ in pairs]
    against = compared(mine)
    right = ideal.of_skill([worlds for row, worlds in pairs if np.isfinite(row.fixed)], [FIXED] if against else [])
    held = ideal.range_of(ideal.inside([worlds for _, worlds in pairs], 0.8))
    skill, (low, high) = _skill(against, FIXED), (np.nan, np.nan)
    if against:
        low, high = scores.skill_interval(against, "crps", FIXED, seed)
    kinds = [FIXED, *scores.existing(against)] if against else []
    hindsight = min(kinds, key=lambda kind: float(np.mean([row[kind] for row in against]))) if kinds else ""
    name = mine[0].series
    return SeriesRow(
        block=block_of(name),
        series=name,
        forecasts=len(mine),
        compared=len(against),
        benchmark=benchmarks.walk_of(name).words,
        starts=benchmarks.started(name),
        skill=skill,
        skill_low=low,
        skill_high=high,
        ideal_skill=right.mean,
        ideal_skill_low=right.low,
        ideal_skill_high=right.high,
        deflated_skill=ideal.deflated(skill, right.deviation, trials),
        published_skill=_skill([row for row in mine if np.isfinite(row.published)], PUBLISHED),
        hindsight=benchmarks.walk_of(name).words + ", fixed" if hindsight == FIXED else hindsight,
        hindsight_skill=_skill(against, hindsight),
        inside_50=scores.coverage([row.pit for row in mine], 0.5),
        inside_80=scores.coverage([row.pit for row in mine], 0.8),
        inside_90=scores.coverage([row.pit for row in mine], 0.9),
        ideal_inside_80_low=held.low,
        ideal_inside_80_high=held.high,
        miss=float(np.median([abs(row.median - row.recorded) for row in mine])),
        crps=float(np.mean([row.crps for row in mine])),
    )


def _skill(rows_: Sequence[NextYearRow], kind: str) -> float:
    return scores.skill(rows_, "crps", kind) if rows_ else np.nan
