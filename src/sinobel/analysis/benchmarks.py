"""Naive forecasts that are fixed before a score is seen, and start from what was known when the books opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from sinobel.analysis.scores import GRID

LEAST_CHANGES = 3
"""Past changes that a naive forecast must have seen; with fewer it does not exist."""
LEAST_FREEDOM = 5
"""Degrees of freedom of its errors at least: with fewer, the tails of a forecast in logs are beyond anything, and to
beat it would say nothing."""


@dataclass(frozen=True)
class Walk:
    """A random walk.

    Attributes
    ----------
    drift : bool
        The mean past change goes on.
    logs : bool
        Changes and errors are shares of the value; only for what is always positive.
    words : str
        What people call it.
    """

    drift: bool
    logs: bool
    words: str

    def forecast(
        self, values: Mapping[int, float], starts: Mapping[int, float], origin: int, horizon: int
    ) -> np.ndarray | None:
        """A forecast some years after an origin, as quantiles of its predictive distribution with estimation error.

        Its first step goes from what was known at the end of a year to the value of the next one, and its error is that
        of the same step in the past; every further step is a yearly change.

        Parameters
        ----------
        values : Mapping[int, float]
            Year -> value, as far as it is known.
        starts : Mapping[int, float]
            Year -> what was known of the level at its end, in the unit of the values; up to the origin.

        Returns
        -------
        np.ndarray | None
            (GRID,), or None where too little is known.
        """
        level = np.log if self.logs else np.asarray
        steps = [year for year in sorted(starts) if year + 1 in values and year < origin]
        if origin not in starts or len(steps) < LEAST_CHANGES:
            return None
        first = np.array([level(values[year + 1]) - level(starts[year]) for year in steps])
        yearly = np.array(
            [level(values[year + 1]) - level(values[year]) for year in sorted(values) if year + 1 in values]
        )
        count, more = len(first), horizon - 1
        middle, freedom = float(level(starts[origin])), count
        if self.drift:
            spread, further = first.std(ddof=1), yearly.std(ddof=1)
            middle, freedom = middle + float(first.mean() + more * yearly.mean()), count - 1
            variance = spread**2 + more * further**2 + (spread + more * further) ** 2 / count
        else:
            variance = np.mean(first**2) + more * np.mean(yearly**2)
        levels = (np.arange(GRID) + 0.5) / GRID
        quantiles: np.ndarray = middle + np.sqrt(variance) * stdtrit(max(freedom, LEAST_FREEDOM), levels)
        return np.exp(quantiles) if self.logs else quantiles


GROWING = Walk(drift=True, logs=True, words="random walk with drift in logs")
STILL = Walk(drift=False, logs=False, words="random walk")
LAST_PRICE = Walk(drift=False, logs=True, words="last contract")


def season(monthly: Mapping[tuple[int, int], float], year: int, first: int, last: int, years: int) -> float | None:
    """Some months over the level of their time, mean of some years up to one; None where they are not all known.

    That level is the mean of the year around each month, with half of the months at both ends, so growth is no season.

    Parameters
    ----------
    monthly : Mapping[tuple[int, int], float]
        (year, month of it from 1) -> value.
    """
    by_number = {12 * of + month: value for (of, month), value in monthly.items()}
    found = []
    for each in range(year - years + 1, year + 1):
        asked = range(12 * each + first, 12 * each + last + 1)
        around = [by_number.get(month) for month in range(asked[0] - 6, asked[-1] + 7)]
        known = np.array([np.nan if value is None else value for value in around])
        if np.isnan(known).any():
            return None
        level = np.convolve(known, np.repeat([0.5, 1.0, 0.5], [1, 11, 1]) / 12, "valid")
        found.append(known[6:-6].sum() / level.sum())
    return float(np.mean(found))
