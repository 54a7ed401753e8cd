"""How a run steps a world and asks what a month came to, whatever works its months out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from sinobel.world.readings import observe

if TYPE_CHECKING:
    import numpy as np

    from sinobel.world.state import Checkpoint
    from sinobel.world.world import World


class Steps(Protocol):
    """A world that is stepped month by month."""

    world: World

    def step(self) -> None:
        """Run a month."""

    def observe(self, names: Iterable[str]) -> dict[str, np.ndarray]:
        """Indicators of the month that has ended, without ratios; (draws,)."""

    def write(self, names: Sequence[str], target: np.ndarray) -> None:
        """Write indicators of the month that has ended into an array (names, draws)."""

    def settle(self) -> World:
        """The world with the state of the month that has ended."""

    def checkpoint(self) -> Checkpoint:
        """Everything that changes, as of the world."""


class PlainSteps:
    """A world that numpy steps.

    Parameters
    ----------
    world : World
        At the origin or between two months.
    """

    def __init__(self, world: World):
        self.world = world

    def step(self) -> None:
        """Run a month."""
        self.world.step()

    def observe(self, names: Iterable[str]) -> dict[str, np.ndarray]:
        """Indicators of the month that has ended, without ratios; (draws,)."""
        return observe(self.world, names)

    def write(self, names: Sequence[str], target: np.ndarray) -> None:
        """Write indicators of the month that has ended into an array (names, draws)."""
        observed = observe(self.world, names)
        for row, name in enumerate(names):
            target[row] = observed[name]

    def settle(self) -> World:
        """The world as it stands."""
        return self.world

    def checkpoint(self) -> Checkpoint:
        """Everything that changes, as of the world."""
        return self.world.checkpoint()
