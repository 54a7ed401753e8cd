"""The European Union: sanctions, access to its market, and through them the doors of banks and bond markets."""

from __future__ import annotations

import numpy as np

from sinobel.world.agents.council import Council
from sinobel.world.agents.country import Country
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.ledger import EU


class EuropeanUnion(Country):
    """The Union; Council and Commission act for it."""

    account = EU

    def __init__(self, world: Surroundings):
        super().__init__(world)
        self.council = Council(self)

    @property
    def sanctions(self) -> np.ndarray:
        """0 none, 1 political, 2 extended."""
        return self.council.sanctions

    @property
    def access(self) -> np.ndarray:
        """Access of Belarus to the EU, 0 to 1."""
        result: np.ndarray = self.council.access
        return result

    @property
    def access_change(self) -> np.ndarray:
        """Change of access last month."""
        result: np.ndarray = self.council.access_change
        return result

    @property
    def opening_access(self) -> np.ndarray:
        """Access at the origin."""
        result: np.ndarray = self.council.opening_access
        return result
