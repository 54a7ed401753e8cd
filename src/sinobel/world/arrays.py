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
