"""What Chinese projects do: fail or work, employ people while they are built, yield output, save gas. Money is USD mn.

Capital is counted at what was paid for it. Dollar prices rise, so its wear is less than that of things.
"""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.rules.rates import share_left


def failure_chance(*, usual: Draws, stress: Number) -> Draws:
    """Chance that a project fails (M07, M08).

    Parameters
    ----------
    usual : Draws
        Of its sector; loans.failure_energy and others.
    stress : Number
        Share of those that would work and fail all the same; lever world.project_failure.
    """
    return usual + (1 - usual) * stress


def fails(*, luck: Draws, chance: Draws) -> Draws:
    """1 for a project that fails, 0 for one that works.

    Parameters
    ----------
    luck : Draws
        uniform, one a project.
    chance : Draws
        Of failure; from `failure_chance`.
    """
    return np.where(luck < chance, 1.0, 0.0)


def luck_of_key(*, lucks: tuple[Draws, Draws], key: Draws) -> Draws:
    """Chance that decides on a project with a key, whatever other projects there are.

    Uniform for every key, and independent between any two keys, since whole numbers that differ turn two independent
    numbers on the circle into two independent ones. So two numbers a draw serve every event of every scenario.

    Parameters
    ----------
    lucks : tuple[Draws, Draws]
        uniform, two a draw.
    key : Draws
        Whole number, one a project.
    """
    first, second = lucks
    turned = first + key * second
    return turned - np.floor(turned)


def share_unearned(*, fails: Number, cover: Draws) -> Draws:
    """Share of its service that a project does not earn (M07).

    Parameters
    ----------
    fails : Number
        1 for a project that fails and has to earn, as grace is over.
    cover : Draws
        Share of its service that one earns that works; loans.project_cover.
    """
    return 1 - cover * (1 - fails)


def spent_at_home(*, spent: Draws, tied: Draws, tied_weight: Draws, untied_weight: Draws) -> Draws:
    """Money for projects as if all of it were for works at home, USD mn a month: goods from China count little (M01).

    Parameters
    ----------
    spent : Draws
        Paid out, USD mn a month.
    tied : Draws
        The part of it for goods from China, USD mn a month.
    tied_weight : Draws
        Output per dollar of that part; loans.tied_multiplier.
    untied_weight : Draws
        Output per dollar of the rest; loans.untied_multiplier.
    """
    return spent - (1 - tied_weight / untied_weight) * tied


def next_capital(*, capital: Draws, wear: Draws, built: Draws) -> Draws:
    """Capital next month, at cost, USD mn.

    Parameters
    ----------
    capital : Draws
        This month, USD mn.
    wear : Draws
        Share lost in a year; loans.project_wear.
    built : Draws
        Added, USD mn a month.
    """
    return capital * share_left(wear) + built


def gas_saved(*, capital: Draws, saving: Draws, bill: Draws, largest: Draws) -> Draws:
    """Share of gas that power plants beyond the usual save (M08).

    Parameters
    ----------
    capital : Draws
        Of power plants that work, less what usual lending builds; USD mn.
    saving : Draws
        Gas saved a year per dollar of it, at prices of the origin, fraction a year; loans.gas_saving.
    bill : Draws
        For gas at the origin, USD mn a month.
    largest : Draws
        Share of gas, either way; loans.largest_gas_saving.
    """
    return np.clip(saving / (MONTHS_PER_YEAR * bill) * capital, -largest, largest)


def share_of_mine(*, planned: Draws, drawn: Draws, needed: Draws) -> Draws:
    """Share of the mine that comes on stream: no more than is planned, and no more than is paid for (F061).

    Parameters
    ----------
    planned : Draws
        Fraction; lever belarus.new_mine.
    drawn : Draws
        Of loans for it whose project works, USD mn.
    needed : Draws
        Of loans for the whole mine, USD mn; loans.mine_money.
    """
    return np.minimum(planned, drawn / needed)
