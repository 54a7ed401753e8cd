"""What a model that is exactly right would score: the truth is drawn from its own forecasts, again and again.

Each origin takes one of its futures as the truth of all series and years, so they hang together as the model has it.
Origins are drawn without regard to each other although the years of long forecasts overlap, and what came before an
origin is the record in every world; so the ranges are, if anything, somewhat too narrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.analysis import scores

WORLDS = 1000
"""In which the model is right."""


@dataclass(frozen=True, eq=False)
class Case:
    """One forecast with those it is compared to.

    Attributes
    ----------
    draws : np.ndarray
        (draws,), the same future in the same place in every case of an origin.
    naive : Mapping[str, np.ndarray | None]
        Name -> quantiles of a naive forecast, None where it does not exist.
    """

    series: str
    origin: int
    draws: np.ndarray
    naive: Mapping[str, np.ndarray | None]


@dataclass(frozen=True, eq=False)
class Worlds:
    """Scores of one case in the worlds where the model is right, each of shape (worlds,)."""

    case: Case
    crps: np.ndarray
    pit: np.ndarray
    naive: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Range:
    """What a right model would score: mean, 5 and 95 %, and the standard deviation over worlds."""

    mean: float
    low: float
    high: float
    deviation: float


NOTHING = Range(np.nan, np.nan, np.nan, np.nan)


def simulated(cases: Sequence[Case], seed: int, worlds: int = WORLDS) -> list[Worlds]:
    """The cases scored against truths drawn from their own futures."""
    random = np.random.default_rng(seed)
    taken = {case.origin: len(case.draws) for case in cases}
    chosen = {origin: random.integers(0, draws, worlds) for origin, draws in sorted(taken.items())}
    found = []
    for case in cases:
        ordered = np.sort(case.draws)
        truth = case.draws[chosen[case.origin]]
        below = np.searchsorted(ordered, truth, side="left") + np.searchsorted(ordered, truth, side="right")
        naive = {
            kind: np.full(worlds, np.nan) if forecast is None else crps_of_many(forecast, truth)
            for kind, forecast in case.naive.items()
        }
        found.append(Worlds(case, crps_of_many(case.draws, truth), below / (2 * len(ordered)), naive))
    return found


def crps_of_many(draws: np.ndarray, values: np.ndarray) -> np.ndarray:
    """`scores.crps` of one ensemble against many values, (values,)."""
    ordered = np.sort(draws)
    count = len(ordered)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    below = np.searchsorted(ordered, values, side="right")
    error = values * (2 * below - count) + sums[-1] - 2 * sums[below]
    spread = np.sum((2 * np.arange(1, count + 1) - count - 1) * ordered) / count**2
    result: np.ndarray = error / count - spread
    return result


def skills(worlds: Sequence[Worlds], kinds: Sequence[str]) -> np.ndarray:
    """Skill of a series in each world, against the best of some naive forecasts there, (worlds,)."""
    mine = np.sum([each.crps for each in worlds], axis=0)
    theirs = np.array([np.sum([each.naive[kind] for each in worlds], axis=0) for kind in kinds])
    result: np.ndarray = 1 - mine / np.min(theirs, axis=0)
    return result


def inside(worlds: Sequence[Worlds], level: float) -> np.ndarray:
    """Share of the truths inside the central range of a level in each world, (worlds,)."""
    edge = (1 - level) / 2
    pits = np.array([each.pit for each in worlds])
    result: np.ndarray = np.mean((pits > edge) & (pits < 1 - edge), axis=0)
    return result


def range_of(values: np.ndarray) -> Range:
    """Mean, ends of nine tenths and standard deviation over worlds."""
    low, high = np.quantile(values, (0.05, 0.95))
    return Range(float(values.mean()), float(low), float(high), float(values.std(ddof=1)))


def of_skill(worlds: Sequence[Worlds], kinds: Sequence[str]) -> Range:
    """The range of a skill; of nothing where there is no naive forecast."""
    return range_of(skills(worlds, kinds)) if worlds and kinds else NOTHING


def deflated(skill: float, spread: float, trials: int) -> float:
    """A skill less what the best of some trials would show by luck alone (`scores.luck_of_the_best`)."""
    return skill - spread * scores.luck_of_the_best(trials)
