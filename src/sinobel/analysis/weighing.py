"""How changes are weighed against each other: sure, out of the ordinary, and large in the economy."""

from __future__ import annotations

from sinobel.analysis.worth import MONEY
from sinobel.inputs.indicators import Indicator

A_HEAD = "USD per head"
SHARES = ("share", "ratio")
OF_ECONOMY = 0.01
"""Of GDP: what a price or an index counts for that moves as usual.

The Chinese contract lost 251 USD/t in the five years to 2016: on two million tonnes a year that is a hundredth.
"""
STATED, COUNTS = 0.01, 1e-3
"""Half a width, over the median, below which a change is an assumption that comes back, and what it counts for then."""


def weigh(change: float, noise: float, moves: float, economy: float) -> float:
    """How early an economist would tell of a change: sure, out of the ordinary, and large in the economy.

    The product of three shares. The first two are a half where the change is as large as what it is held against, and
    near one far above it, so that neither certainty nor a small base alone brings a thing to the front. What is the
    same in all futures is no finding but what the option states, such as an investment of so much: it comes last.

    Parameters
    ----------
    change : float
        The median of the paired differences.
    noise : float
        Half of the width that holds eight paired differences in ten.
    moves : float
        What the indicator moves by in five years, from `usual`.
    economy : float
        The change as a share of GDP, from `in_economy`.
    """
    size = abs(change)
    if size == 0:
        return 0.0
    counts = COUNTS if noise < STATED * size else 1.0
    return counts * size / (size + noise) * size / (size + moves) * economy


def in_economy(indicator: Indicator, change: float, *, years: int, moves: float, level: float, output: float) -> float:
    """A change as a share of GDP, so that dollars, incomes and prices can stand in one order.

    Parameters
    ----------
    years : int
        Since the option departs: a debt or reserve is what so many years have added up to, and counts as one of them.
    moves : float
        What the indicator moves by in five years.
    level : float
        Size of the indicator itself: sums a head count as their part of it.
    output : float
        GDP of the origin's year, USD mn; 0 where it is not known.
    """
    size = abs(change)
    if indicator.unit == MONEY and output:
        return size / output / (years if indicator.kind == "stock" else 1)
    if indicator.unit == A_HEAD and level:
        return size / level
    if indicator.kind in SHARES:
        return size
    return OF_ECONOMY * size / moves if moves else 0.0
