"""Russia: its government subsidizes, lends and retaliates, Uralkali is in the cartel or out of it."""

from __future__ import annotations

from sinobel.world.agents.country import Country
from sinobel.world.agents.russian_government import RussianGovernment
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.agents.uralkali import Uralkali
from sinobel.world.ledger import RUSSIA
from sinobel.world.opening.potash import PotashOpening


class Russia(Country):
    """The country; its institutions act."""

    account = RUSSIA

    def __init__(self, world: Surroundings, potash: PotashOpening):
        super().__init__(world)
        self.government = RussianGovernment(self)
        self.uralkali = Uralkali(self, potash)
