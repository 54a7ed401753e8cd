"""Years that tables and titles tell where nobody asked for one: round ones, whatever is simulated."""

from __future__ import annotations

from collections.abc import Sequence

ROUND, MOST = 5, 3
"""Years that people count in, and how many of them a narrow table tells."""


def told_year(years: Sequence[int]) -> int:
    """The year that titles of levels tell: the middle one of those that tables tell, far from either end."""
    told = milestones(years)
    return told[len(told) // 2]


def milestones(years: Sequence[int]) -> list[int]:
    """Round years, three at most, for tables of a few years; the last year where no round one is simulated."""
    found = [int(year) for year in years if year % ROUND == 0] or [int(years[-1])]
    return found if len(found) <= MOST else [found[0], found[len(found) // 2], found[-1]]
