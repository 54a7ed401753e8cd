"""Where what came lies within the forecasts made of it: a histogram that is level for forecasts that are right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sinobel.analysis.ideal import Worlds

TENTHS = 10
SIDES = (slice(0, 2), slice(-2, None))
"""The lowest and the highest tenths, in one of which too much lies where forecasts lean."""


def tenths(pits: Sequence[float] | np.ndarray) -> np.ndarray:
    """The tenth that each lies in, from 0; an edge belongs to the tenth above it, and 1 to the last.

    Rounded, for in floating point 0.7 and 0.1, or three times 0.1, do not meet the edge that they stand for.
    """
    found: np.ndarray = np.minimum(np.floor(np.round(np.asarray(pits) * TENTHS, 9)).astype(int), TENTHS - 1)
    return found


def counts(pits: Sequence[float] | np.ndarray) -> np.ndarray:
    """How many lie in each tenth, (TENTHS,)."""
    return np.bincount(tenths(pits), minlength=TENTHS)


def sides(shares: Sequence[float] | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the lowest and what the highest tenths hold together, of (TENTHS, ...)."""
    low, high = (np.asarray(shares)[side].sum(axis=0) for side in SIDES)
    return low, high


def of_worlds(worlds: Sequence[Worlds]) -> np.ndarray:
    """Share in each tenth in each world where the model is right, (TENTHS, worlds)."""
    return _shares(np.array([each.pit for each in worlds]))


def of_futures(forecasts: Sequence[np.ndarray]) -> np.ndarray:
    """The same where each future of one run is the truth in turn, (TENTHS, draws).

    Years and indicators of a future hang together, so the counts of few futures stray much further than those of as
    many independent numbers.

    Parameters
    ----------
    forecasts : Sequence[np.ndarray]
        Each (draws,), the same future in the same place.
    """
    ranks = np.argsort(np.argsort(np.array(forecasts), axis=-1), axis=-1)
    return _shares((ranks + 0.5) / ranks.shape[-1])


def _shares(pits: np.ndarray) -> np.ndarray:
    """(forecasts, worlds) to the share of forecasts in each tenth, (TENTHS, worlds)."""
    tenth = tenths(pits)
    return np.array([(tenth == each).mean(axis=0) for each in range(TENTHS)])
