"""Where what came lies within the forecasts made of it: a histogram that is level for forecasts that are right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sinobel.analysis.ideal import Worlds

TENTHS = 10
ENDS = np.linspace(0, 1, TENTHS + 1)


def counts(pits: Sequence[float] | np.ndarray) -> np.ndarray:
    """How many lie in each tenth, (TENTHS,); 1 is in the last."""
    return np.histogram(pits, ENDS)[0]


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
    tenth = np.minimum((pits * TENTHS).astype(int), TENTHS - 1)
    return np.array([(tenth == each).mean(axis=0) for each in range(TENTHS)])
