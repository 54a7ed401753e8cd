"""Seeds of a world, taken as Mesa takes them: a number, anything numpy makes a generator of, or nothing at all."""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from sinobel.inputs.reading import InputError, quoted

Seed = (
    int
    | np.integer
    | float
    | str
    | Sequence[int]
    | np.random.SeedSequence
    | np.random.Generator
    | np.random.BitGenerator
    | None
)

LARGEST = 2**63 - 1
"""Largest number that is itself the root of a world's random numbers; larger ones are folded into a root."""
_BITS = 48  # a root that is drawn stays a whole number in a table, a text or a spreadsheet
_TAKEN = (
    "a whole number from 0, or what numpy.random.default_rng takes: a SeedSequence, a Generator, a BitGenerator, a "
    "list of whole numbers, None for a new one"
)


def arguments(seed: Any, rng: Any) -> dict[str, Any]:
    """What `mesa.Model` is given for a world's `seed` and `rng`.

    A number goes under `rng` whatever its name was: both seed the same two generators, and later versions of Mesa warn
    of `seed`. Raises InputError when both are given.
    """
    if seed is not None and rng is not None:
        raise InputError("give a world either seed or rng, not both")
    given = rng if seed is None else seed
    if isinstance(given, bool | np.bool_):
        raise refused(given)
    if isinstance(given, int | np.integer):
        return {"rng": int(given)}
    return {"seed": given} if isinstance(seed, float | str | bytes) else {"rng": given}


def root(given: Any, *generators: np.random.Generator | random.Random) -> int:
    """The root of a world's own random numbers, from a seed and the generators Mesa has made of it.

    A whole number is the root, so that `World(seed=5)` lives the futures of `sinobel.run(seed=5)`. Of anything else the
    root is drawn, from copies: the generators give their user the numbers they give in any Mesa model.
    """
    if isinstance(given, int | np.integer) and 0 <= given <= LARGEST:
        return int(given)
    drawn = 0
    for each in copy.deepcopy(generators):
        drawn ^= each.getrandbits(_BITS) if isinstance(each, random.Random) else int(each.integers(1 << _BITS))
    return drawn


def refused(given: object) -> InputError:
    """The error for what no generator can be made of."""
    return InputError(f"seed must be {_TAKEN}; not {quoted(given)}")
