"""Scores of forecasts against what followed, and naive forecasts to beat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

GRID = 1001  # quantiles that stand for a naive forecast
NAIVE = {
    "random walk": "no change, errors as large as past changes",
    "random walk with drift": "the mean past change goes on",
    "AR(1)": "a return to the mean at the past pace",
    "random walk in logs": "no change, errors in percent",
    "random walk with drift in logs": "the mean past growth goes on",
    "AR(1) in logs": "a return to the mean in logs",
}
"""Naive forecasts and what they say; those in logs do not exist for series that can be negative."""


def crps(draws: np.ndarray, value: float) -> float:
    """Continuous ranked probability score of an ensemble (Hersbach 2000): mean error less half the mean spread.

    Parameters
    ----------
    draws : np.ndarray
        (draws,)

    Returns
    -------
    float
        In the unit of the draws; 0 is perfect, smaller is better.
    """
    ordered = np.sort(draws)
    count = len(ordered)
    spread = np.sum((2 * np.arange(1, count + 1) - count - 1) * ordered) / count**2
    return float(np.mean(np.abs(ordered - value)) - spread)


def pit(draws: np.ndarray, value: float) -> float:
    """Share of the ensemble below the value, ties counted half: uniform for a forecast that earns its name."""
    return float(np.mean(draws < value) + np.mean(draws == value) / 2)


def naive(kind: str, past: Mapping[int, float], horizon: int) -> np.ndarray | None:
    """A naive forecast some years ahead, as quantiles of its predictive distribution with estimation error.

    Parameters
    ----------
    kind : str
        One of NAIVE.
    past : Mapping[int, float]
        Year -> value, up to the origin; gaps are passed over.

    Returns
    -------
    np.ndarray | None
        (GRID,), or None where the kind does not exist.
    """
    values = np.array([past[year] for year in sorted(past)])
    logs = kind.endswith("in logs")
    if logs and (values <= 0).any():
        return None
    values = np.log(values) if logs else values
    changes = np.diff(values)
    count = len(changes)
    if kind.startswith("AR"):
        middle, deviation, freedom = _autoregression(values, horizon)
    elif "drift" in kind:
        middle, freedom = values[-1] + horizon * changes.mean(), count - 1
        deviation = changes.std(ddof=1) * np.sqrt(horizon + horizon**2 / count)
    else:
        middle, freedom = values[-1], count
        deviation = np.sqrt(np.mean(changes**2) * horizon)
    levels = (np.arange(GRID) + 0.5) / GRID
    forecast = middle + deviation * stdtrit(max(freedom, 2), levels)
    result: np.ndarray | None = np.exp(np.clip(forecast, -50, 50)) if logs else forecast
    return result


def _autoregression(values: np.ndarray, horizon: int) -> tuple[float, float, int]:
    """Mean, deviation and degrees of freedom of an AR(1) forecast, fitted by least squares and kept stationary."""
    line, forecast = _line(values[:-1], values[1:]), float(values[-1])
    for _ in range(horizon):
        forecast = line.constant + line.slope * forecast
    deviation = line.spread * np.sqrt(sum(line.slope ** (2 * k) for k in range(horizon)))
    return forecast, float(deviation), len(values) - 3


def return_to_mean(starts: np.ndarray, values: np.ndarray, horizon: int) -> np.ndarray:
    """A return to the mean from what the end of a year tells, as quantiles: its first step goes from there.

    The first step is fitted to what followed such ends in the past, each further one is that of years.

    Parameters
    ----------
    starts, values : np.ndarray
        (years,) level at the end of each year up to the origin, and the value of the year.

    Returns
    -------
    np.ndarray
        (GRID,)
    """
    first, yearly = _line(starts[:-1], values[1:]), _line(values[:-1], values[1:])
    middle, variance = first.constant + first.slope * float(starts[-1]), first.spread**2
    for _ in range(horizon - 1):
        middle = yearly.constant + yearly.slope * middle
        variance = yearly.slope**2 * variance + yearly.spread**2
    levels = (np.arange(GRID) + 0.5) / GRID
    result: np.ndarray = middle + np.sqrt(variance) * stdtrit(max(len(values) - 3, 2), levels)
    return result


class _Line(NamedTuple):
    constant: float
    slope: float
    spread: float


def _line(before: np.ndarray, after: np.ndarray) -> _Line:
    """What follows on what was before, by least squares and kept stationary."""
    slope = float(np.clip(np.cov(before, after)[0, 1] / np.var(before, ddof=1), -0.99, 0.99))
    constant = float(after.mean() - slope * before.mean())
    residual = after - constant - slope * before
    return _Line(constant, slope, float(np.sqrt(residual @ residual / max(len(after) - 2, 1))))


def around(middle: float, errors: Sequence[float]) -> np.ndarray:
    """A forecast of others with the spread of its past errors, as quantiles: no correction for bias.

    Returns
    -------
    np.ndarray
        (GRID,)
    """
    levels = (np.arange(GRID) + 0.5) / GRID
    spread = float(np.sqrt(np.mean(np.square(errors))))
    result: np.ndarray = middle + spread * stdtrit(max(len(errors), 2), levels)
    return result


def no_change(ends: np.ndarray, means: np.ndarray, horizon: int) -> np.ndarray:
    """No change from the end of a year, as quantiles: a walk whose variance a year the past of the series tells.

    The mean of the next year lies a third of a year's variance from where the year before ended, each further one a
    whole year's more.

    Parameters
    ----------
    ends, means : np.ndarray
        (years,) last value and mean of each year up to the origin, in logarithms where those are wanted.

    Returns
    -------
    np.ndarray
        (GRID,)
    """
    errors = means[1:] - ends[:-1]
    variance = 3 * float(np.mean(errors**2))
    levels = (np.arange(GRID) + 0.5) / GRID
    spread = np.sqrt(variance * (horizon - 2 / 3))
    result: np.ndarray = ends[-1] + spread * stdtrit(max(len(errors), 2), levels)
    return result


def crps_or_nothing(draws: np.ndarray | None, value: float) -> float:
    """`crps`, or no number where there is no forecast."""
    return np.nan if draws is None else crps(draws, value)


def existing(rows: Sequence[Mapping[str, float]]) -> list[str]:
    """The naive forecasts that exist for each of some forecasts."""
    return [kind for kind in NAIVE if all(np.isfinite(row[kind]) for row in rows)]


def best_naive(rows: Sequence[Mapping[str, float]]) -> str:
    """The naive forecast with the smallest mean score over some forecasts."""
    return min(existing(rows), key=lambda kind: float(np.mean([row[kind] for row in rows])))


def skill(rows: Sequence[Mapping[str, float]], column: str, kind: str) -> float:
    """One less the ratio of mean scores: above 0 the model is better than the naive forecast."""
    return 1 - float(np.mean([row[column] for row in rows])) / float(np.mean([row[kind] for row in rows]))


def geometric_mean(ratios: np.ndarray) -> np.ndarray:
    """Over the first axis."""
    result: np.ndarray = np.exp(np.mean(np.log(ratios), axis=0))
    return result


def typical(skills: Sequence[float]) -> float:
    """Typical skill of some series: one less the geometric mean of the ratios of their scores."""
    return 1 - float(geometric_mean(1 - np.array(skills)))


def skill_interval(
    rows: Sequence[Mapping[str, float]], column: str, kind: str, seed: int, block: int = 2, repeats: int = 2000
) -> tuple[float, float]:
    """90 % interval of the skill by a moving-block bootstrap over origins; forecasts of an origin stay together.

    Parameters
    ----------
    block : int
        Neighboring origins drawn together, because their forecasts overlap.
    """
    origins = sorted({int(row["origin"]) for row in rows})
    mine = np.array([sum(row[column] for row in rows if row["origin"] == origin) for origin in origins])
    theirs = np.array([sum(row[kind] for row in rows if row["origin"] == origin) for origin in origins])
    places = blocks_of_origins(len(origins), seed, block, repeats)
    found = 1 - mine[places].sum(axis=1) / theirs[places].sum(axis=1)
    return float(np.quantile(found, 0.05)), float(np.quantile(found, 0.95))


def blocks_of_origins(origins: int, seed: int, block: int = 2, repeats: int = 2000) -> np.ndarray:
    """Places of origins drawn again and again in blocks of neighbors, (repeats, origins)."""
    random = np.random.default_rng(seed)
    starts = random.integers(0, max(origins - block + 1, 1), (repeats, -(-origins // block)))
    places: np.ndarray = (starts[:, :, None] + np.arange(min(block, origins))).reshape(repeats, -1)[:, :origins]
    return places


def coverage(pits: Sequence[float], level: float) -> float:
    """Share of values inside the central range of a level."""
    edge = (1 - level) / 2
    return float(np.mean([(value > edge) & (value < 1 - edge) for value in pits]))


def luck_of_the_best(trials: int) -> float:
    """Expected best of some independent standard normal scores, in standard deviations (Bailey, Lopez de Prado 2014).

    What one must take off the score of the version that was kept: with no version better than another, the best of N
    lies this many standard deviations of a score above them all. Versions that share most of their rules are not
    independent, so the true luck is smaller; scores are taken to be normal and equally uncertain.
    """
    if trials <= 1:
        return 0.0
    ends = ndtri([1 - 1 / trials, 1 - 1 / (trials * np.e)])
    return float((1 - np.euler_gamma) * ends[0] + np.euler_gamma * ends[1])
