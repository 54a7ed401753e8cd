"""What becomes of Chinese projects, by sector: chances of failure and returns."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.inputs.loans_and_contracts import SECTORS
from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.rules import projects
from sinobel.world.rules.rates import share_left
from sinobel.world.subjects.loans import LoansParameters

ENERGY, MINING = SECTORS.index("energy"), SECTORS.index("mining")
Sums = tuple[Draws, Draws, Draws]
"""Over projects that work: capital, what it yields in a month when well spent, and the part of it in power plants."""


@dataclass(frozen=True)
class Odds:
    """What becomes of projects, by sector in the order of SECTORS."""

    failure: tuple[Draws, ...]  # chance, as long as it is asked in the year
    returns: tuple[Draws, ...]  # output of a month per dollar of capital
    cover: Draws  # share of its service that a project earns that works
    left: Draws  # share of capital that is left after a month

    @classmethod
    def of(cls, p: LoansParameters, stress: Number = 0.0) -> Odds:
        """Those of the parameters, with a share of the projects that would work failing all the same."""
        usual = (
            p.failure_energy,
            p.failure_industry,
            p.failure_transport,
            p.failure_telecom,
            p.failure_park,
            p.failure_mining,
            p.failure_multisector,
        )
        returns = (
            p.return_energy,
            p.return_industry,
            p.return_transport,
            p.return_telecom,
            p.return_park,
            p.return_mining,
            p.return_multisector,
        )
        failure = tuple(projects.failure_chance(usual=each, stress=stress) for each in usual)
        return cls(
            failure, tuple(rate / MONTHS_PER_YEAR for rate in returns), p.project_cover, share_left(p.project_wear)
        )

    def kept(self) -> tuple[tuple[Draws, ...], tuple[Draws, ...], Draws, Draws]:
        """What a year needs of them: failure, returns, what is not earned in grace, what a month of wear leaves."""
        return self.failure, self.returns, projects.share_unearned(fails=0.0, cover=self.cover), self.left

    def expected(self, amounts: tuple[Number, ...]) -> Sums:
        """What amounts by sector come to on average, for those who cannot know which projects fail."""
        return expected(amounts, self.failure, self.returns)


def expected(amounts: tuple[Number, ...], failure: tuple[Draws, ...], returns: tuple[Draws, ...]) -> Sums:
    """What amounts by sector come to where the share fails and the rest yields that chances and returns say."""
    works = [amount * (1 - chance) for amount, chance in zip(amounts, failure, strict=True)]
    capital, gives = works[0], returns[0] * works[0]
    for each, rate in zip(works[1:], returns[1:], strict=True):
        capital, gives = capital + each, gives + rate * each
    return capital, gives, works[ENERGY]
