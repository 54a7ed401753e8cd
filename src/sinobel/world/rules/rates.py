"""Rates of a year as rates of a month, and what else is made of one parameter alone.

Parameters do not change during a run, so what is made of them is kept as long as they live.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from typing import Annotated, Any

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import MONTHS_PER_QUARTER, MONTHS_PER_YEAR
from sinobel.world.elementary import exp, power

VARIANCE_OF_T4: Annotated[int, "fraction"] = 2  # n / (n - 2) with n = 4 degrees of freedom


def kept(function: Callable[[Any], Draws]) -> Callable[[Number], Draws]:
    """A function of one parameter that works each array out once; arrays that may be written are worked out anew.

    Parameters
    ----------
    function : Callable[[Any], Draws]
        Of one parameter alone, on arrays of draws.
    """
    made: dict[int, Draws] = {}

    @functools.wraps(function)
    def look_up(parameter: Number) -> Draws:
        place = id(parameter)
        result = made.get(place)
        if result is None:
            result = function(parameter)
            if isinstance(parameter, np.ndarray) and not parameter.flags.writeable:
                result.flags.writeable = False
                made[place] = result
                weakref.finalize(parameter, made.pop, place).atexit = False
        return result

    return look_up


@kept
def share_a_month(share_a_year: Draws) -> Draws:
    """Share of a gap or stock that goes in a month, when a share of it goes in a year.

    Parameters
    ----------
    share_a_year : Draws
        Fraction.
    """
    return 1 - power(1 - share_a_year, 1 / MONTHS_PER_YEAR)


@kept
def share_a_month_of_quarter(share_a_quarter: Draws) -> Draws:
    """Share of a gap that goes in a month, when a share of it goes in a quarter.

    Parameters
    ----------
    share_a_quarter : Draws
        Fraction.
    """
    return 1 - power(1 - share_a_quarter, 1 / MONTHS_PER_QUARTER)


@kept
def share_left(share_a_year: Draws) -> Draws:
    """Share of something that is left after a month, when a share of it goes in a year.

    Parameters
    ----------
    share_a_year : Draws
        Fraction that goes.
    """
    return power(1 - share_a_year, 1 / MONTHS_PER_YEAR)


@kept
def persistence_a_month(persistence: Draws) -> Draws:
    """Share of a gap that is left after a month, when a share of it is left after a year.

    Parameters
    ----------
    persistence : Draws
        Fraction left after a year.
    """
    return power(persistence, 1 / MONTHS_PER_YEAR)


@kept
def fresh_part(persistence: Draws) -> Draws:
    """Part of a standard deviation that is new every month, when a share of a gap is left after a year.

    Parameters
    ----------
    persistence : Draws
        Fraction of a gap left after a year.
    """
    return np.sqrt(1 - persistence_a_month(persistence) ** 2)


@kept
def own_part(correlation: Draws) -> Draws:
    """Part of a standard normal shock that is its own, when it shares the rest with another.

    Parameters
    ----------
    correlation : Draws
        With the other shock, -1 to 1.
    """
    return np.sqrt(1 - correlation**2)


@kept
def spread_a_month(spread_a_year: Draws) -> Draws:
    """Standard deviation of a month's step in a random walk, from the one of a year.

    Parameters
    ----------
    spread_a_year : Draws
        Standard deviation, in the unit of the walk.
    """
    result: Draws = spread_a_year / np.sqrt(MONTHS_PER_YEAR)
    return result


@kept
def middle_of(spread: Draws) -> Draws:
    """What the logarithm of a lognormal variable with mean one is lowered by: half its variance.

    Parameters
    ----------
    spread : Draws
        Standard deviation of the logarithm.
    """
    return spread**2 / 2


@kept
def decay_a_month(years: Draws) -> Draws:
    """Share of a gap that goes in a month, when all but 1/e of it, 63 %, goes in some years.

    Parameters
    ----------
    years : Draws
        In which 63 % of the gap go.
    """
    return 1 - exp(-1 / (MONTHS_PER_YEAR * years))


@kept
def fat_tailed_spread_a_month(spread_a_year: Draws) -> Draws:
    """What a shock with fat tails, Student's t with 4 degrees of freedom, is worth a month in a random walk.

    Parameters
    ----------
    spread_a_year : Draws
        Standard deviation, in the unit of the walk.
    """
    result: Draws = spread_a_year / np.sqrt(MONTHS_PER_YEAR * VARIANCE_OF_T4)
    return result
