"""What countries and institutions share: an ordinary Mesa agent whose attributes are arrays over draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.arrays import Draws, Number
from sinobel.world.state import Declared

if TYPE_CHECKING:
    from sinobel.policies.lever_path import LeverBoard
    from sinobel.world.draws import ParameterDraws


class Actor(Declared, mesa.Agent):
    """A Mesa agent that lives in a `World`. State is declared: arrays over draws, one entry per future."""

    model: Surroundings

    @property
    def world(self) -> Surroundings:
        """The model the agent lives in."""
        return self.model

    @property
    def parameters(self) -> ParameterDraws:
        """Drawn parameters, by subject."""
        return self.model.parameters

    @property
    def board(self) -> LeverBoard:
        """The levers of this month."""
        return self.model.board

    def full(self, value: Number) -> Draws:
        """An array over draws that holds a number."""
        return self.model.full(value)


class Country(Actor):
    """A country: `account` is its name in the ledger; its institutions are agents of their own."""

    account: str


class Institution(Actor):
    """An institution that acts for a country."""

    def __init__(self, country: Country):
        super().__init__(country.model)
        self.country = country
        self.account = country.account
