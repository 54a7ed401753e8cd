"""What lies beyond experience: levers set as nobody has seen them, and levels that the record never had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

LEVERS = (
    "levers that the scenario (or the one it is compared with) has set by then beyond what the record or other "
    "countries have seen, and its loans and investments of which no year had as much; empty for most"
)
LEVELS = (
    "share of draws in which the level lies below the lowest or above the highest recorded year to the origin; blank "
    "without a record"
)


@dataclass(frozen=True)
class Experience:
    """What has been seen.

    Attributes
    ----------
    levers : Mapping[str, Mapping[str, int]]
        Scenario -> lever that it sets, or event that it has, beyond experience -> first year in which that may be.
    recorded : Mapping[str, tuple[float, float]]
        Indicator -> lowest and highest recorded year up to the origin.
    """

    levers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    recorded: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def levers_by(self, year: int, *scenarios: str) -> str:
        """Names of levers and events beyond experience by the end of a year, in any of some scenarios."""
        found = {lever for name in scenarios for lever, first in self.levers.get(name, {}).items() if first <= year}
        return ", ".join(sorted(found))

    def share_beyond(self, indicator: str, values: np.ndarray) -> np.ndarray | None:
        """Share of draws (last axis) beyond what is recorded; None where there is no record."""
        if indicator not in self.recorded:
            return None
        low, high = self.recorded[indicator]
        known = np.maximum(np.sum(~np.isnan(values), axis=-1), 1)
        result: np.ndarray = np.sum((values < low) | (values > high), axis=-1) / known
        return result


NOTHING = Experience()
"""Where nobody asks."""
