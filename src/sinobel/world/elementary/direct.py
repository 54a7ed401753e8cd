"""The primitives of elementary functions on numpy's arrays, each done at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from sinobel.world.elementary.functions import Value
from sinobel.world.elementary.tape import COMPARE, WHOLE


class Direct:
    """Primitives on arrays of doubles or of 64 bits."""

    c = staticmethod(np.float64)
    k = staticmethod(np.uint64)
    add, sub, mul, div, sqrt = map(staticmethod, (np.add, np.subtract, np.multiply, np.divide, np.sqrt))
    equal, choose = staticmethod(np.equal), staticmethod(np.where)

    @staticmethod
    def whole(how: str, one: Value, other: Value) -> Any:
        """An operation on 64 bits."""
        return WHOLE[how](one, other)

    @staticmethod
    def compare(how: str, one: Value, other: Value) -> Any:
        """Yes or no."""
        return COMPARE[how](one, other)

    @staticmethod
    def as_bits(one: Value) -> Any:
        """The 64 bits of doubles."""
        return np.asarray(one, np.float64).view(np.uint64)

    @staticmethod
    def as_real(one: Value) -> Any:
        """The doubles of 64 bits."""
        return np.asarray(one, np.uint64).view(np.float64)
