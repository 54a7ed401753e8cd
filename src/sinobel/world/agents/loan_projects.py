"""What Chinese loans build: whether each project works, what of its service the state pays, what capital it adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sinobel.inputs.loans_and_contracts import SECTORS
from sinobel.world.arrays import Draws, Number, total
from sinobel.world.constants import A_YEAR
from sinobel.world.rules import projects
from sinobel.world.rules.rates import share_left
from sinobel.world.state import Declared, fixed, state, written
from sinobel.world.subjects.loans import LoansParameters

ENERGY = SECTORS.index("energy")
Sums = tuple[Draws, Draws, Draws]
"""Over projects that work: capital, what it yields in a year when well spent, and the part of it in power plants."""


@dataclass(frozen=True)
class Odds:
    """What becomes of projects, by sector in the order of SECTORS."""

    failure: tuple[Draws, ...]  # chance, as long as it is asked in the year
    returns: tuple[Draws, ...]  # output of a year per dollar of capital
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
        return cls(failure, tuple(A_YEAR * rate for rate in returns), p.project_cover, share_left(p.project_wear))

    def expected(self, amounts: tuple[Number, ...]) -> Sums:
        """What amounts by sector come to on average, for those who cannot know which projects fail."""
        works = [amount * (1 - chance) for amount, chance in zip(amounts, self.failure, strict=True)]
        capital, gives = works[0], self.returns[0] * works[0]
        for each, rate in zip(works[1:], self.returns[1:], strict=True):
            capital, gives = capital + each, gives + rate * each
        return capital, gives, works[ENERGY]


class LoanProjects(Declared):
    """One project a loan, (loans, draws). Whether it works is known to the world alone, not to who signs.

    Sums over loans are made in January, so that a month moves a few numbers whatever the number of loans.
    """

    luck: Draws = written("fraction", "chance that decides whether the project works, loan by loan")
    counted: Draws = fixed("fraction", "1, but 0 where the output is reckoned elsewhere, loan by loan")
    fails: Draws = written("yes or no", "whether it fails, loan by loan")
    unearned: Draws = written("fraction", "share of its service that the budget pays this year, loan by loan")
    built: Draws = written("USD mn", "what was built to January, at cost, less wear, loan by loan")
    _odds: tuple[tuple[Draws, ...], tuple[Draws, ...], Draws, Draws] = state("fraction", "odds of the year")
    _new: Sums = state("fraction", "what a dollar for each of the year's candidates counts for in the sums")
    _to_build: Sums = state("USD mn", "undrawn in January for what works")
    _ahead: Sums = state("USD mn", "what loans signed within the year would have drawn before")
    _stood: Sums = state("USD mn", "capital that works, in January")
    _left: Draws = state("fraction", "share of January's capital that has not worn off")

    def __init__(self, odds: Odds, luck: Draws, sector: Draws, built: Draws, counted: Draws):
        self.luck, self.built, self.counted = luck, built, counted
        self.fails, self.unearned = np.zeros_like(luck), np.zeros_like(luck)
        nothing = np.zeros(luck.shape[1])
        self._to_build = self._ahead = self._new = (nothing, nothing, nothing)
        self._left = np.ones_like(nothing)
        self._odds = (odds.failure, odds.returns, odds.cover, odds.left)
        self._stood = self._summed(built, self.weights(slice(0, len(luck)), sector))

    def by_sector(self, amounts: Draws, sector: Draws) -> tuple[Draws, ...]:
        """Sums of amounts over loans by sector, without those whose output is reckoned elsewhere."""
        rows = slice(0, len(amounts))
        return tuple(total(amounts * self.counted[rows] * (sector == place)) for place in range(len(SECTORS)))

    def write_up(self, drawn: Draws) -> None:
        """The year ends: what was drawn in it is built, and what stood in January has worn."""
        rows = slice(0, len(drawn))
        self.built[rows] = self.built[rows] * self._left + drawn

    def open_year(self, odds: Odds, sector: Draws, undrawn: Draws, installment: Draws, guaranteed: Draws) -> None:
        """January: what fails in the year, what the budget pays of each loan, what is built and to be built.

        Parameters
        ----------
        odds : Odds
            Of the year.
        sector, undrawn, installment, guaranteed : np.ndarray
            Of the loans so far, (loans, draws). A project has to earn once principal falls due.
        """
        rows = slice(0, len(sector))
        self._odds = (odds.failure, odds.returns, odds.cover, odds.left)
        weights = self.weights(rows, sector)
        self._to_build, self._stood = self._summed(undrawn, weights), self._summed(self.built[rows], weights)
        self._ahead = self._summed(0.0 * undrawn, weights)
        self._left = np.ones_like(self._left)
        has_to_earn = self.fails[rows] * (installment > 0)
        self.unearned[rows] = guaranteed * projects.share_unearned(fails=has_to_earn, cover=odds.cover)

    def plan(self, rows: slice, sector: Draws, luck: Draws) -> None:
        """What the year's candidates are and what decides on them; (slots, draws)."""
        self.luck[rows] = luck
        self._new = self.weights(rows, sector)

    def weights(self, rows: slice, sector: Draws) -> Sums:
        """What a dollar spent on each project counts for in the sums; writes down which fail."""
        works = np.zeros_like(sector)
        gives, energy = works, works
        for place, (chance, rate) in enumerate(zip(self._odds[0], self._odds[1], strict=True)):
            working = (sector == place) * (1 - projects.fails(luck=self.luck[rows], chance=chance))
            works, gives = works + working, gives + rate * working
            energy = working if place == ENERGY else energy
        self.fails[rows] = (sector >= 0) - works
        counted = self.counted[rows]
        return counted * works, counted * gives, counted * energy

    @staticmethod
    def _summed(amounts: Draws, weights: Sums) -> Sums:
        works, gives, energy = (total(amounts * each) for each in weights)
        return works, gives, energy

    def enter(self, rows: slice, added: Draws, paid_out: Draws, guaranteed: Draws, own: Sums | None = None) -> Draws:
        """Enter loans that are signed within the year; returns what of their service the budget pays in it.

        Parameters
        ----------
        rows : slice
            Of these loans.
        added : np.ndarray
            What would have been undrawn in January, (loans, draws); `paid_out`, the part paid out by now, (draws,)
        guaranteed : np.ndarray
            Share the state answers for, (loans, draws)
        own : Sums | None
            Weights of loans that are none of the year's candidates.
        """
        new = self._summed(added, own or self._new)
        self._to_build = _plus(self._to_build, new)
        self._ahead = _plus(self._ahead, _times(new, paid_out))
        own_part = guaranteed * projects.share_unearned(fails=0.0, cover=self._odds[2])
        self.unearned[rows] = np.where(added > 0, own_part, self.unearned[rows])
        result: Draws = self.unearned[rows]
        return result

    def wear(self) -> None:
        """A month of wear."""
        self._left = self._left * self._odds[3]

    def working(self, paid_out: Draws) -> Sums:
        """Sums over projects that work when a part of January's undrawn money has been paid out."""
        standing = _plus(_times(self._stood, self._left), _times(self._to_build, paid_out))
        capital, gives, energy = (now - ahead for now, ahead in zip(standing, self._ahead, strict=True))
        return capital, gives, energy


def _plus(one: Sums, other: Sums) -> Sums:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _times(sums: Sums, share: Draws) -> Sums:
    return sums[0] * share, sums[1] * share, sums[2] * share
