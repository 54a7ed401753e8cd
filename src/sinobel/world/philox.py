"""Random numbers by counter: what a draw meets in a month follows from seed, decision, draw and month alone.

The generator is Philox4x64-10 (Salmon, Moraes, Dror and Shaw 2011, doi:10.1145/2063384.2063405), whose words numpy
makes at the speed of C. What is made of the words is text over primitives (`world.elementary.chance`), so that every
engine that keeps to it gives the same bits on every machine; with llvmlite words and numbers are compiled as well.

    key      (seed, number of the decision)
    counter  (draw + 1, quadruple, 0, 0); a quadruple is four words
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sinobel.world.arrays import Draws
from sinobel.world.elementary import native_chance
from sinobel.world.elementary.chance import OF_QUADRUPLE, of_quadruple
from sinobel.world.elementary.direct import Direct

Words = NDArray[np.uint64]
"""Words of 64 random bits."""

WORDS = 4  # of a quadruple
LARGEST_SEED = 2**64 - 1
_NUMPY = Direct()


AT_ONCE = 4096  # quadruples, so that what is worked out of them stays in the cache


def numbers(kind: str, seed: int, decision: int, *, rows: int, first: int, count: int) -> Draws:
    """Random numbers of a decision.

    Parameters
    ----------
    kind : str
        "normal"; "heavy", Student's t with 4 degrees of freedom; any other is uniform between 0 and 1.
    seed, decision : int
        The key, as in `words`.
    rows : int
        How many numbers a draw gets.
    first, count : int
        First draw, and number of draws.

    Returns
    -------
    Draws
        Shape (rows, draws).
    """
    made = kind if kind in OF_QUADRUPLE else "uniform"
    of_each = OF_QUADRUPLE[made]
    quadruples, step = -(-rows // of_each), max(1, AT_ONCE // count)
    result = np.empty((quadruples * of_each, count))
    compiled = native_chance.kernels()
    if compiled is not None and count >= compiled[made].lanes:
        native_chance.numbers(compiled[made], (seed, decision), quadruples, first, result)
        return result[:rows]
    for start in range(0, quadruples, step):
        end = min(start + step, quadruples)
        word = words(seed, decision, range(start, end), first, count)
        parts = of_quadruple(_NUMPY, made, [word[:, place] for place in range(WORDS)])
        result[start * of_each : end * of_each] = np.stack(parts, axis=1).reshape(-1, count)
    return result[:rows]


def words(seed: int, decision: int, quadruples: Sequence[int], first: int, count: int) -> Words:
    """Words of a decision.

    Parameters
    ----------
    seed : int
        Root, 0 to 2**64 - 1.
    decision : int
        Number of the decision.
    quadruples : Sequence[int]
        Which.
    first, count : int
        First draw, and number of draws.

    Returns
    -------
    Words
        Shape (quadruples, 4, draws).
    """
    key = np.array([seed, decision], np.uint64)
    result = np.empty((len(quadruples), WORDS, count), np.uint64)
    for row, quadruple in enumerate(quadruples):
        counter = np.array([first, quadruple, 0, 0], np.uint64)  # numpy counts up before it draws: first + 1
        generator = np.random.Philox(counter=counter, key=key)
        result[row] = generator.random_raw(WORDS * count).reshape(count, WORDS).T
    return result
