"""What the world's arrays are called in its types."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]
"""One number for every future, shape (draws,)."""

Flags = NDArray[np.bool_]
"""Yes or no for every future, shape (draws,)."""

Number = Draws | float
"""One number for every future, or the same for all of them."""


def total(rows: np.ndarray) -> np.ndarray:
    """Sum over loans, added in their order, so that a draw's sum has the same last bit in any ensemble."""
    if rows.shape[1] > 1:
        outcome: np.ndarray = np.add.reduce(rows, axis=0)
        return outcome
    result = np.zeros(rows.shape[1])
    for row in rows:  # one column alone would be summed in pairs
        result = result + row
    return result
