"""Terms of Chinese loans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinobel.world.arrays import Draws, Number


@dataclass(frozen=True)
class Terms:
    """Terms of the loans that a month may bring, (draws,)."""

    preferential: Draws  # rate, fraction a year
    commercial: Draws  # rate of commercial credits and bank lines, fraction a year
    concessional: Number  # chance that a loan is preferential
    lines: Number  # chance that one that is not comes as a bank line
    grace: Draws  # years
    repayment: Draws  # years
    guaranteed: Number  # share that a firm or bank owes under a guarantee; the rest is the state's own debt
    tied_limit: Number  # largest tied share the government accepts at the signature
    restricted: Number = 0.0  # 1 while only transport and logistics are financed without a filter

    def kinds(self, luck: Draws) -> tuple[Draws, Draws]:
        """Whether credit of some luck is not preferential, and whether it is a bank line."""
        other: Draws = np.greater_equal(luck, self.concessional)
        line: Draws = np.greater_equal(luck, 1 - (1 - self.concessional) * self.lines)
        return other, line
