"""Story lines: a few futures of an ensemble that span the fans of what is told first, chosen by a rule.

A fan tells how far futures lie apart, but no future runs along its edge. A story line is one future as it was
simulated, with what goes together in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.runs.trajectories import Yearly

WEIGHTS: Mapping[str, float] = {"potash_contract_price": 1.0, "balance_with_china": 1.0, "debt_to_china": 1.0}
"""Indicators whose fans story lines span, and what a step along each counts in the distance."""
LOW, HIGH = 0.1, 0.9
"""Where in each fan the futures that are looked for lie: the edges of 80 % of futures."""
CORNERS = ((HIGH, HIGH, LOW), (HIGH, LOW, HIGH), (LOW, HIGH, HIGH), (LOW, LOW, LOW))
"""Four corners out of eight in which every indicator is twice high and twice low, with either end of any other."""
LEAST = 20
"""Futures that there must be: among fewer the nearest to a corner may lie anywhere."""
THIRD = 1 / 3


@dataclass(frozen=True)
class Story:
    """A future that was simulated.

    Attributes
    ----------
    draw : int
        Its place among the draws.
    values : Mapping[str, float]
        Indicator -> its value in the year that is looked at.
    sides : Mapping[str, int]
        Indicator -> 1 where it lies in the highest third of futures, -1 in the lowest, 0 between.
    """

    draw: int
    values: Mapping[str, float]
    sides: Mapping[str, int]


def stories(yearly: Yearly, scenario: str, year: int, weights: Mapping[str, float] = WEIGHTS) -> list[Story]:
    """The futures nearest to the corners of the fans of some indicators in a year, each taken once.

    A future's place in a fan is the share of futures below it. Its distance from a corner is the weighted sum of
    squares over indicators, so that no unit counts for more than another.

    Parameters
    ----------
    weights : Mapping[str, float]
        Up to three indicators with their weights; those that are missing are left out.

    Returns
    -------
    list[Story]
        Up to four; none where fewer than two indicators or twenty futures are there.
    """
    names = [name for name in weights if name in yearly]
    if len(names) < 2:
        return []
    values = np.array([yearly[name].sel(scenario=scenario, year=year).values for name in names], dtype=float)
    known = ~np.isnan(values).any(axis=0)
    if known.sum() < LEAST:
        return []
    places = _places(values, known)
    weight = np.array([weights[name] for name in names])[:, None]
    found: list[Story] = []
    for corner in dict.fromkeys(each[: len(names)] for each in CORNERS):
        away = (weight * (places - np.array(corner)[:, None]) ** 2).sum(axis=0)
        away[[story.draw for story in found]] = np.inf
        draw = int(np.where(known, away, np.inf).argmin())
        here = dict(zip(names, places[:, draw], strict=True))
        sides = {name: int(place > 1 - THIRD) - int(place < THIRD) for name, place in here.items()}
        found.append(Story(draw, dict(zip(names, map(float, values[:, draw]), strict=True)), sides))
    return found


def _places(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Share of the known futures below each, from 0 to 1; equal values share a place."""
    ordered = np.sort(np.where(known, values, np.nan), axis=-1)[:, : known.sum()]
    below = np.array([np.searchsorted(row, each, "left") for row, each in zip(ordered, values, strict=True)])
    upto = np.array([np.searchsorted(row, each, "right") for row, each in zip(ordered, values, strict=True)])
    found: np.ndarray = (below + upto - 1) / 2 / (known.sum() - 1)
    return found
