"""What countries and institutions share: an ordinary Mesa agent whose attributes are arrays over draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sinobel.world.agents.loan_book import LoanBook
from sinobel.world.agents.surroundings import Surroundings

if TYPE_CHECKING:
    from sinobel.policies.lever_path import LeverBoard
    from sinobel.world.draws import ParameterDraws


class Actor(mesa.Agent):
    """A Mesa agent that lives in a `World`. State is arrays over draws, one entry per future."""

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

    def state(self) -> dict[str, Any]:
        """Everything that changes from month to month; for checkpoints."""
        return {name: copied(value) for name, value in vars(self).items() if is_state(value)}

    def load_state(self, state: dict[str, Any]) -> None:
        """Take over the state of the same agent in another world of the same draws."""
        for name, value in state.items():
            if isinstance(getattr(self, name, None), LoanBook):
                getattr(self, name).load_state(value)
            else:
                setattr(self, name, copied(value))


class Country(Actor):
    """A country: `account` is its name in the ledger; its institutions are agents of their own."""

    account: str


class Institution(Actor):
    """An institution that acts for a country."""

    def __init__(self, country: Country):
        super().__init__(country.model)
        self.country = country
        self.account = country.account


def is_state(value: object) -> bool:
    """True for what a checkpoint must keep: arrays, lists of arrays, loan books."""
    if isinstance(value, list):
        return all(isinstance(part, np.ndarray) for part in value)
    return isinstance(value, np.ndarray | LoanBook) or (
        isinstance(value, dict) and all(isinstance(part, np.ndarray) for part in value.values())
    )


def copied(value: Any) -> Any:
    """A copy of a piece of state that shares nothing with it."""
    if isinstance(value, LoanBook):
        return value.state()
    if isinstance(value, list):
        return [part.copy() for part in value]
    if isinstance(value, dict):
        return {name: part.copy() if isinstance(part, np.ndarray) else part for name, part in value.items()}
    return value.copy()
