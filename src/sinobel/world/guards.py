"""Guards against overflow and division by zero. They hold no economics."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.elementary import exp

TINY: Annotated[float, "any"] = 1e-9
"""What is divided by is at least this, in whatever unit it has: a thousandth of a dollar or a gram."""

VANISHING: Annotated[float, "fraction"] = 1e-12
"""Where all of a sum is gone this much of it is kept, so that what is added later can be told from it."""

SMALLEST: Annotated[float, "fraction"] = 1e-280
"""A product of such parts is at least this, so that it can be divided by."""

MOST_LOG_ODDS: Annotated[float, "fraction"] = 40.0
"""Beyond it the exponential function adds nothing to one, and far beyond it overflows."""

NO_FORCE: Annotated[float, "log"] = 1e-10
"""A force of discount that is divided by is at least this: the closed form of an annuity has no value at zero."""

LEAST_PERSISTENCE: Annotated[float, "fraction"] = 1e-6
"""The logarithm of what is left of a gap after a year is taken, so something is left."""

MOST_PERSISTENCE: Annotated[float, "fraction"] = 0.999
"""That logarithm is divided by, so something has gone."""


def at_least(value: Draws, least: Number) -> Draws:
    """A number that is divided by, kept above a tiny one of the same unit."""
    result: Draws = np.maximum(value, least)
    return result


def logistic(log_odds: Draws) -> Draws:
    """Share between 0 and 1 that belongs to log odds."""
    result: Draws = 1 / (1 + exp(-np.clip(log_odds, -MOST_LOG_ODDS, MOST_LOG_ODDS)))
    return result
