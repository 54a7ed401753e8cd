"""The random numbers of a world: the seed as Mesa takes it, and the shocks of a month, keyed by decision."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np

from sinobel.inputs import months
from sinobel.world import seeds
from sinobel.world.shocks import Shocks


class ModelOfChance(mesa.Model):
    """A Mesa model whose chance belongs to its seed, the month and the decision, whatever else happens in it."""

    month: int
    origin: int
    shocks: Shocks

    def _seed_model(self, given: dict[str, Any]) -> None:
        """Make Mesa's generators of a seed, and keep the root of all random numbers made of it."""
        try:
            super().__init__(**given)
        except (TypeError, ValueError):
            raise seeds.refused(next(iter(given.values()))) from None
        self.seed = seeds.root(given.get("rng"), self.rng, self.random)
        if isinstance(given.get("rng"), int) and self.seed == given["rng"]:
            self._seed = self.seed  # Mesa 3.3 forgets it, and `reset_randomizer()` goes back to it

    def reset_randomizer(self, seed: int | None = None) -> None:
        """Seed `random` anew as in Mesa; with a seed, the months to come meet the chance that belongs to it.

        What was drawn when the world was made, its parameters and opening books, stays; so do the months behind it.

        Parameters
        ----------
        seed : int | None
            Anything Mesa takes; None goes back to the seed of the world.
        """
        super().reset_randomizer(seed)
        if seed is not None:
            self._meet(seeds.root(seed, self.random))

    def reset_rng(self, rng: seeds.Seed = None) -> None:
        """Make `rng` anew as in Mesa; with a seed, the months to come meet the chance that belongs to it.

        Parameters
        ----------
        rng : seeds.Seed
            A number, or anything `numpy.random.default_rng` takes.
        """
        super().reset_rng(rng)
        if rng is not None:
            self._meet(seeds.root(rng, self.rng))

    def _meet(self, root: int) -> None:
        """From now on the shocks of another root; chance is keyed by the month, so the old root brings back the old."""
        known = self.shocks
        self.seed, self.shocks = root, Shocks(root, known.first, known.count, known.months, known.parameter_seed)

    @property
    def place(self) -> int:
        """Number of the month, 0 for the first simulated one."""
        return self.month - self.origin - 1

    def shock(self, name: str) -> np.ndarray:
        """Standard normal shock of a decision this month, (draws,).

        Parameters
        ----------
        name : str
            Of the decision.

        Returns
        -------
        np.ndarray
            One number a draw; the same under every scenario.
        """
        result: np.ndarray = self.shocks.normal(name)[self.place]
        return result

    def heavy_shock(self, name: str) -> np.ndarray:
        """Shock with fat tails of a decision this month, (draws,): Student's t with 4 degrees of freedom.

        Parameters
        ----------
        name : str
            Of the decision.

        Returns
        -------
        np.ndarray
            One number a draw; the same under every scenario.
        """
        result: np.ndarray = self.shocks.heavy(name)[self.place]
        return result

    def chance(self, name: str) -> np.ndarray:
        """Number between 0 and 1 of a decision this month, (draws,).

        Parameters
        ----------
        name : str
            Of the decision.

        Returns
        -------
        np.ndarray
            One number a draw; the same under every scenario.
        """
        result: np.ndarray = self.shocks.uniform(name)[self.place]
        return result

    def yearly_normal(self, name: str) -> np.ndarray:
        """Standard normal shock of a decision that is taken once a year, (draws,).

        Parameters
        ----------
        name : str
            Of the decision.

        Returns
        -------
        np.ndarray
            One number a draw; the same under every scenario.
        """
        result: np.ndarray = self.shocks.yearly_normal(name)[months.year(self.place)]
        return result

    def yearly_chance(self, name: str) -> np.ndarray:
        """Number between 0 and 1 of a decision that is taken once a year, (draws,).

        Parameters
        ----------
        name : str
            Of the decision.

        Returns
        -------
        np.ndarray
            One number a draw; the same under every scenario.
        """
        result: np.ndarray = self.shocks.yearly_uniform(name)[months.year(self.place)]
        return result
