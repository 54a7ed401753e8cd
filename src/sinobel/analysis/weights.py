"""Weights of a position, drawn from its ranges: the same ones whatever is compared, in any order and number.

Each number comes from a counter under a key made of the names of position and objective, so that an objective that is
added, or another country, moves no weight of what was there before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from sinobel.inputs.positions import Position, Range

DRAWN = 200
"""Weightings of a position."""


def drawn(position: Position, objectives: Sequence[str], count: int = DRAWN) -> np.ndarray:
    """Weights of some objectives under a position; those of a weighting add up to 1.

    returns (count, objectives)

    Parameters
    ----------
    objectives : Sequence[str]
        Names without the country; those the position does not weigh count nothing.
    """
    nothing = np.zeros(count)
    columns = [
        _triangular(position.weights[short], _uniform(f"{position.name} {short}", count))
        if short in position.weights
        else nothing
        for short in objectives
    ]
    weights = np.stack(columns, axis=1)
    total = weights.sum(axis=1, keepdims=True)
    result: np.ndarray = np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    return result


def _uniform(name: str, count: int) -> np.ndarray:
    """Numbers between 0 and 1 under a key made of a name; the first ones are the same whatever their count."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16], "little")
    return np.random.Generator(np.random.Philox(key=key)).random(count)


def _triangular(within: Range, share: np.ndarray) -> np.ndarray:
    """Quantiles of a triangular range."""
    least, middle, most = within
    if least == most:
        return np.full(share.shape, float(least))
    up, down = (middle - least) * (most - least), (most - middle) * (most - least)
    rising = share * (most - least) < middle - least
    result: np.ndarray = np.where(rising, least + np.sqrt(share * up), most - np.sqrt((1 - share) * down))
    return result
