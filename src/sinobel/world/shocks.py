"""Keyed random numbers: the same future in every scenario.

Each random decision has a name, and what a draw meets in a month follows from the seed, the name, the draw and the
month alone (`philox`). So draw k meets the same shocks whatever the scenario, the size of the ensemble or block, the
order and the number of jobs; a new random decision changes no other; and a longer horizon adds months without changing
those before.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from sinobel.world import elementary, philox

GENERATOR = "Philox4x64-10"
"""What the random numbers of a run come from, for its manifest."""


class Shocks:
    """Random numbers of the draws `first` to `first + count - 1`.

    Parameters
    ----------
    seed : int
        Root of all streams.
    months : int
        Length of the series.
    parameter_seed : int | None
        Root of the numbers behind parameters, when they are to be the same under other shocks.
    """

    def __init__(self, seed: int, first: int, count: int, months: int, parameter_seed: int | None = None):
        self.seed, self.first, self.count, self.months = seed, first, count, months
        self.parameter_seed = seed if parameter_seed is None else parameter_seed
        self._made: dict[str, np.ndarray] = {}

    def __deepcopy__(self, memo: Any) -> Shocks:
        return self  # made once and shared by all scenarios

    def __reduce__(self) -> tuple[type[Shocks], tuple[Any, ...]]:
        # numbers are made again, and read-only again, where they are wanted
        return type(self), (self.seed, self.first, self.count, self.months, self.parameter_seed)

    def _make(self, name: str, rows: int, kind: str) -> np.ndarray:
        key = f"{kind} {name}"
        if key not in self._made:
            root = self.parameter_seed if kind == "quantile" else self.seed
            decision = zlib.crc32(key.encode())
            result = philox.numbers(kind, root, decision, rows=rows, first=self.first, count=self.count)
            result.flags.writeable = False
            self._made[key] = result
        return self._made[key]

    def normal(self, name: str) -> np.ndarray:
        """Standard normal numbers of a decision, shape (months, draws)."""
        return self._make(name, self.months, "normal")

    def heavy(self, name: str) -> np.ndarray:
        """Numbers with fat tails (Student's t with 4 degrees of freedom), shape (months, draws)."""
        return self._make(name, self.months, "heavy")

    def uniform(self, name: str) -> np.ndarray:
        """Numbers between 0 and 1, shape (months, draws)."""
        return self._make(name, self.months, "uniform")

    def yearly_normal(self, name: str) -> np.ndarray:
        """Standard normal numbers of a decision taken once a year, shape (years, draws)."""
        return self._make(f"yearly {name}", self.months // 12, "normal")

    def yearly_uniform(self, name: str) -> np.ndarray:
        """Numbers between 0 and 1 of a decision taken once a year, shape (years, draws)."""
        return self._make(f"yearly {name}", self.months // 12, "uniform")

    def quantile_of(self, name: str) -> np.ndarray:
        """One number between 0 and 1 per draw, shape (draws,): where the draw stands in the prior of a parameter."""
        result: np.ndarray = self._make(name, 1, "quantile")[0]
        return result

    def chance_of(self, name: str) -> np.ndarray:
        """One number between 0 and 1 per draw, shape (draws,): what decides on something that stands at the origin."""
        result: np.ndarray = self._make(name, 1, "opening")[0]
        return result

    def error_of(self, name: str) -> np.ndarray:
        """One standard normal number per draw, shape (draws,): an error in an opening book."""
        return elementary.normal_quantile(self._make(name, 1, "opening")[0])


class ChosenShocks(Shocks):
    """The shocks of chosen draws, in any order and as often as wanted.

    Parameters
    ----------
    source : Shocks
        Shocks of the draws to choose from.
    columns : np.ndarray
        (runs,) places among them, 0 for its first draw.
    """

    def __init__(self, source: Shocks, columns: np.ndarray):
        super().__init__(source.seed, source.first, len(columns), source.months, source.parameter_seed)
        self._source, self._columns = source, columns

    def __reduce__(self) -> tuple[type[Shocks], tuple[Any, ...]]:
        return type(self), (self._source, self._columns)

    def _make(self, name: str, rows: int, kind: str) -> np.ndarray:
        key = f"{kind} {name}"
        if key not in self._made:
            self._made[key] = self._source._make(name, rows, kind)[:, self._columns]
            self._made[key].flags.writeable = False
        return self._made[key]
