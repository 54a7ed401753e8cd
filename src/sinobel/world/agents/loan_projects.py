"""What Chinese loans build: whether each project works, what of its service the state pays, what capital it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs.loans_and_contracts import MINE, SECTORS, is_new, year_of_new
from sinobel.world.arrays import Draws, total
from sinobel.world.constants import A_MONTH, MONTHS_PER_YEAR
from sinobel.world.elementary import power
from sinobel.world.opening.projects import ENERGY, MINING, Odds, Sums, expected
from sinobel.world.rules import projects
from sinobel.world.state import Declared, fixed, state, written

if TYPE_CHECKING:
    from sinobel.world.opening.loans import LoansOpening

KNOWN_TO_FAIL = -1.0  # luck below any chance
LuckOf = Callable[[str], Draws]
"""Chance that decides on the project of a loan of the record, by its name; (draws,)"""


class LoanProjects(Declared):
    """One project a loan, (loans, draws). Whether it works is known to the world alone, not to who signs.

    Sums over loans are made in January, so that a month moves a few numbers whatever the number of loans. What a loan
    draws in the year of its signature, little as a rule, counts as built from the January after.
    """

    luck: Draws = written("fraction", "chance that decides whether the project works, loan by loan")
    for_mine: Draws = fixed("fraction", "1 where a loan for mining is one for the Nezhinsky mine, loan by loan")
    unearned: Draws = written("fraction", "share of its service that the project does not earn this year, loan by loan")
    built: Draws = written("USD mn", "what was built to January, at cost, less wear, loan by loan")
    _odds: tuple[tuple[Draws, ...], tuple[Draws, ...], Draws, Draws] = state(
        "fraction", "odds of the year: failure, returns, what is not earned in grace, what a month of wear leaves"
    )
    _to_build: Sums = state("USD mn", "undrawn in January for what works")
    _stood: Sums = state("USD mn", "capital that works, in January")
    _for_mine: tuple[Draws, Draws] = state(
        "USD mn", "drawn in January and undrawn then for the Nezhinsky mine, by loans whose project works"
    )

    def __init__(self, odds: Odds, luck: Draws, sector: Draws, built: Draws, for_mine: Draws):
        self.luck, self.built, self.for_mine = luck, built, for_mine
        self.unearned, nothing = np.zeros_like(luck), np.zeros(luck.shape[1])
        self._to_build = (nothing, nothing, nothing)
        self._for_mine = (nothing, nothing)
        self._odds = odds.kept()
        _, _, *weights = self._weights(sector)
        self._stood = self._summed(built, weights)

    @classmethod
    def of(cls, names: list[str], opening: LoansOpening, sector: Draws, odds: Odds, luck_of: LuckOf) -> LoanProjects:
        """Projects of loans by name; the luck of those to come is drawn as they come."""
        luck, built, for_mine = np.zeros_like(sector), np.zeros_like(sector), np.zeros((len(names), 1))
        for row, name in enumerate(names):
            if not is_new(name):
                luck[row] = luck_of(name)
            if opening.for_mine:  # before its loan is on record the mine comes as a lever plans
                for_mine[row] = name == MINE or (is_new(name) and not year_of_new(name))
        luck[: len(opening.loans)] = np.where(opening.failed[:, None] > 0, KNOWN_TO_FAIL, luck[: len(opening.loans)])
        built[: len(opening.loans)] = opening.built
        return cls(odds, luck, sector, built=built, for_mine=for_mine)

    def by_sector(self, amounts: Draws, sector: Draws) -> tuple[Draws, ...]:
        """Sums of amounts over loans by sector, of projects that may yield output.

        Without those that the record knows to have failed, and those for the mine, whose output is reckoned in tonnes.
        """
        rows = slice(0, len(amounts))
        counted = (self.luck[rows] > KNOWN_TO_FAIL) * (1 - self.for_mine[rows] * (sector == MINING))
        return tuple(total(amounts * counted * (sector == place)) for place in range(len(SECTORS)))

    def write_up(self, drawn: Draws, months: float) -> None:
        """The year ends: what was drawn in it is built, and what stood in January has worn for some months."""
        rows = slice(0, len(drawn))
        self.built[rows] = self.built[rows] * power(self._odds[3], months) + drawn

    def open_year(self, odds: Odds, sector: Draws, money: tuple[Draws, Draws], installment: Draws) -> None:
        """January: what fails in the year, what each project does not earn, what is built and to be built.

        Parameters
        ----------
        odds : Odds
            Of the year.
        sector : np.ndarray
            Of the loans so far, (loans, draws).
        money : tuple[np.ndarray, np.ndarray]
            Drawn and undrawn of each, likewise.
        installment : np.ndarray
            Likewise. A project has to earn once principal falls due.
        """
        rows = slice(0, len(sector))
        self._odds = odds.kept()
        fails, mine, *weights = self._weights(sector)
        drawn, undrawn = money
        self._to_build, self._stood = self._summed(undrawn, weights), self._summed(self.built[rows], weights)
        self._for_mine = (total(drawn * mine), total(undrawn * mine))
        self.unearned[:] = self._odds[2]
        self.unearned[rows] = projects.share_unearned(fails=fails * (installment > 0), cover=odds.cover)

    def fails(self, sector: Draws) -> Draws:
        """1 for every loan whose project fails, by the odds of the year; 0 for those that work or are not signed."""
        return self._weights(sector)[0]

    def yields(self, sector: Draws, efficiency: Draws, gas_saving: Draws) -> Draws:
        """Output and gas saved of what stood in January, USD mn a year, loan by loan; the tonnes of the mine apart.

        Parameters
        ----------
        sector : np.ndarray
            As in `fails`.
        efficiency, gas_saving : Draws
            Output for a dollar that a project gives, and gas saved by a dollar of power plants a year, at the price of
            the origin; loans.project_efficiency, loans.gas_saving.
        """
        _, _, _, gives, energy = self._weights(sector)
        a_year = MONTHS_PER_YEAR / A_MONTH * efficiency * gives + gas_saving * energy
        result: Draws = a_year * self.built[: len(sector)]
        return result

    def _weights(self, sector: Draws) -> tuple[Draws, ...]:
        """Whether projects fail, whether they work for the mine, what a dollar on each counts for in the sums.

        Those for the mine are capital that yields nothing: their output is reckoned in tonnes.
        """
        rows = slice(0, len(sector))
        works = np.zeros_like(sector)
        gives, energy, mine = works, works, works
        for place, (chance, rate) in enumerate(zip(self._odds[0], self._odds[1], strict=True)):
            working = (sector == place) * (1 - projects.fails(luck=self.luck[rows], chance=chance))
            works, gives = works + working, gives + rate * working
            energy = working if place == ENERGY else energy
            if place == MINING:
                mine = self.for_mine[rows] * working
                gives = gives - rate * mine
        return (sector >= 0) - works, mine, works, gives, energy

    @staticmethod
    def _summed(amounts: Draws, weights: Iterable[Draws]) -> Sums:
        works, gives, energy = (total(amounts * each) for each in weights)
        return works, gives, energy

    def expected(self, amounts: tuple[Draws, ...]) -> Sums:
        """What amounts by sector that no loan pays for come to by the odds of the year."""
        return expected(amounts, self._odds[0], self._odds[1])

    @property
    def unearned_in_grace(self) -> Draws:
        """Share of its service that no project earns before principal falls due."""
        return self._odds[2]

    def working(self, paid_out: Draws, months: float) -> tuple[Draws, Draws]:
        """Output of a month and power plants, some months after January, with a part of what was undrawn paid out."""
        _, gives, plants = zip(self._stood, self._to_build, strict=True)
        return self._now(*gives, paid_out, months), self._now(*plants, paid_out, months)

    def capital(self, paid_out: Draws, months: float) -> Draws:
        """Capital that works, likewise."""
        return self._now(self._stood[0], self._to_build[0], paid_out, months)

    def _now(self, stood: Draws, to_build: Draws, paid_out: Draws, months: float) -> Draws:
        result: Draws = power(self._odds[3], months) * stood + to_build * paid_out
        return result

    def drawn_for_mine(self, paid_out: Draws) -> Draws:
        """Drawn by now of loans for the mine whose project works; one that fails brings no tonnes."""
        drawn, undrawn = self._for_mine
        result: Draws = drawn + undrawn * paid_out
        return result
