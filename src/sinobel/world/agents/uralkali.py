"""Uralkali: in the cartel with Belaruskali or out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import HALF
from sinobel.world.state import state

if TYPE_CHECKING:
    from sinobel.world.agents.russia import Russia

BREAK = months.parse("2013-08")  # first month after the cartel broke


class Uralkali(Institution):
    """Restrains output inside the cartel, chases volume just after it breaks."""

    cartel: Draws = state("index 0-1", "how far the cartel stands")
    was_broken: Draws = state("index 0-1", "1 once the cartel has broken")
    flood: Draws = state("index 0-1", "chase for volume after the break; it fades")

    def __init__(self, russia: Russia):
        super().__init__(russia)
        since = self.world.origin - BREAK + 1
        self.cartel = self.full(self.world.opening_board["russia.cartel"])
        self.was_broken = self.full(float(since > 0))
        left = 1 - since / self.parameters.potash.flood_months
        self.flood = np.clip(np.where(since > 0, left, 0.0), 0.0, 1.0)

    def choose_output(self) -> None:
        """Follow the cartel; when it breaks, chase volume for about a year."""
        cartel = self.full(self.board["russia.cartel"])
        broken = np.maximum(self.cartel - cartel, 0.0)
        self.was_broken = np.maximum(self.was_broken, np.where(broken > 0, 1.0, 0.0))
        decayed = np.maximum(self.flood - 1 / self.parameters.potash.flood_months, 0.0)
        self.flood = np.where(cartel > HALF, 0.0, np.maximum(decayed, broken))
        self.cartel = cartel
