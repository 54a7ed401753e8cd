"""What each country gets: its objectives counted in every future, and how its positions weigh what an option changes.

What an option changes is told in the unit of each objective. A position adds up objectives in points: a paired
difference over the declared scale, signed so that more is better, times a weight. A scale is a typical size of change,
never the value of a balance, so nothing divides by what can cross zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sinobel.analysis import weights
from sinobel.inputs.positions import Position
from sinobel.runs.trajectories import Yearly

if TYPE_CHECKING:
    from sinobel.inputs.objective import Objective
    from sinobel.inputs.objectives import Objectives

NOTICEABLE = 0.01
"""Points below which a gain or a loss is called no change: a hundredth of the declared scales. An assumption."""
ROUNDING = 1e-6
"""Points below which a difference is rounding."""
BLOCK = 20
"""Weightings taken at once."""
TOLD = 6
"""Objectives left out that are told by name."""


def discount_factors(years: np.ndarray, rate: float) -> np.ndarray:
    """Worth of a dollar of each year in the first one, which counts in full.

    Parameters
    ----------
    years : np.ndarray
        Calendar years.
    rate : float
        A year, 0.05 is 5 %; 0 adds years up as they are.
    """
    result: np.ndarray = (1.0 + rate) ** -(np.asarray(years) - years[0]).astype(float)
    return result


def counted(values: np.ndarray, counts: str, years: np.ndarray, rate: float = 0.0, sign: float = 1.0) -> np.ndarray:
    """What counts of a path of years, in the unit of a year.

    returns (...)

    Parameters
    ----------
    values : np.ndarray
        (..., years)
    counts : str
        "last year", "mean", "worst year" (the lowest for sign 1, the highest for -1), or "cumulative": the
        discounted sum, told as the level yearly amount of the same present value.
    """
    if counts == "last year":
        return np.array(values[..., -1], dtype=float)
    if counts == "worst year":
        worst: np.ndarray = values.min(axis=-1) if sign > 0 else values.max(axis=-1)
        return worst
    weights = discount_factors(years, rate if counts == "cumulative" else 0.0)
    result: np.ndarray = (values * weights).sum(axis=-1) / weights.sum()
    return result


@dataclass(frozen=True)
class Standing:
    """How options stand with a position, over futures and weights.

    Attributes
    ----------
    leads : np.ndarray
        (scenarios,), share of futures and weights in which each is best; those that tie share. They add up to 1. What
        the country rules out never leads.
    better, worse : np.ndarray
        (scenarios,), share in which each is noticeably better, or worse, than the reference.
    """

    leads: np.ndarray
    better: np.ndarray
    worse: np.ndarray


@dataclass(frozen=True)
class Veto:
    """Why a country rules an option out: the criterion, in which share of futures it is worse, the mean change."""

    objective: Objective
    share: float
    change: float


@dataclass(frozen=True)
class Outcomes:
    """What counts for each objective in every scenario and future, and what positions make of it.

    Attributes
    ----------
    positions : tuple[Position, ...]
        Who weighs the objectives, country by country.
    values : np.ndarray
        (objectives, scenarios, draws), each in the unit of its objective.
    left_out : tuple[Objective, ...]
        Objectives whose indicator is not in the trajectories.
    """

    objectives: tuple[Objective, ...]
    scenarios: tuple[str, ...]
    reference: str
    years: tuple[int, int]
    rate: float
    values: np.ndarray
    left_out: tuple[Objective, ...] = ()
    positions: tuple[Position, ...] = ()

    @property
    def draws(self) -> int:
        """Number of futures."""
        return int(self.values.shape[-1])

    @property
    def options(self) -> list[str]:
        """Scenarios without the reference."""
        return [name for name in self.scenarios if name != self.reference]

    @property
    def countries(self) -> list[str]:
        """Countries with at least one objective that can be counted."""
        return list(dict.fromkeys(each.country for each in self.objectives))

    @cached_property
    def points(self) -> np.ndarray:
        """Gain of every objective in points, (objectives, scenarios, draws); 0 for the reference."""
        base = self.values[:, [self.scenarios.index(self.reference)]]
        signs = np.array([each.sign / each.scale for each in self.objectives])
        gains = (self.values - base) * signs[:, None, None]
        return np.where(np.abs(gains) < ROUNDING, 0.0, gains)

    def rows_of(self, country: str) -> list[int]:
        """Places of the objectives of a country."""
        return [index for index, each in enumerate(self.objectives) if each.country == country]

    def positions_of(self, country: str) -> list[Position]:
        """Positions of a country that weigh something of what is counted."""
        return [each for each in self.positions if each.country == country and self._drawn(each).any()]

    @property
    def all_positions(self) -> list[Position]:
        """Positions of all countries that weigh something of what is counted."""
        return [each for country in self.countries for each in self.positions_of(country)]

    def ruled_out(self, country: str) -> dict[str, Veto]:
        """Scenarios that no position of a country takes, all but surely worse in a criterion with a veto."""
        found: dict[str, Veto] = {}
        for place in self.rows_of(country):
            objective = self.objectives[place]
            if not objective.veto:
                continue
            points, base = self.points[place], self.values[place, self.scenarios.index(self.reference)]
            worse, mean = (points < 0).mean(axis=-1), points.mean(axis=-1)
            for index in np.flatnonzero((worse >= objective.veto) & (mean < 0)):
                loss = float((self.values[place, index] - base).mean())
                found.setdefault(self.scenarios[index], Veto(objective, float(worse[index]), loss))
        return found

    def taken(self, country: str) -> np.ndarray:
        """Which scenarios a country does not rule out, (scenarios,); the reference is always one of them."""
        out = self.ruled_out(country)
        return np.array([name not in out for name in self.scenarios])

    def order(self, position: Position) -> np.ndarray:
        """Points expected over futures and weights, (scenarios,), lowered below all others where it is ruled out."""
        means = self.score(position).mean(axis=-1)
        result: np.ndarray = means - np.where(self.taken(position.country), 0.0, 1.0 + np.ptp(means))
        return result

    def _drawn(self, position: Position) -> np.ndarray:
        shorts = [self.objectives[place].short for place in self.rows_of(position.country)]
        return weights.drawn(position, shorts)

    def weights(self, position: Position) -> np.ndarray:
        """Mean weights of a position for the objectives of its country; they add up to 1."""
        result: np.ndarray = self._drawn(position).mean(axis=0)
        return result

    def score(self, position: Position) -> np.ndarray:
        """Points of a position in each future, expected over its weights, (scenarios, draws)."""
        total = np.zeros(self.values.shape[1:])
        for weight, place in zip(self.weights(position), self.rows_of(position.country), strict=True):
            total += weight * self.points[place]
        return total

    def standing(self, position: Position) -> Standing:
        """How options stand with a position, over all pairs of a future and a weighting."""
        if position.name not in self._standings:
            self._standings[position.name] = self._stand(position)
        return self._standings[position.name]

    @cached_property
    def _standings(self) -> dict[str, Standing]:
        return {}

    def _stand(self, position: Position) -> Standing:
        drawn, mine = self._drawn(position), self.points[self.rows_of(position.country)]
        flat = mine.reshape(len(mine), -1)
        shape = mine.shape[1:]
        leads = better = worse = np.zeros(shape[0])
        taken = self.taken(position.country)[:, None]
        for start in range(0, len(drawn), BLOCK):
            scores = (drawn[start : start + BLOCK] @ flat).reshape(-1, *shape)
            open_to = np.where(taken, scores, -np.inf)
            best = open_to >= open_to.max(axis=1, keepdims=True) - ROUNDING
            leads = leads + (best / best.sum(axis=1, keepdims=True)).sum(axis=(0, 2))
            better = better + (scores > NOTICEABLE).sum(axis=(0, 2))
            worse = worse + (scores < -NOTICEABLE).sum(axis=(0, 2))
        pairs = len(drawn) * shape[1]
        return Standing(leads / pairs, better / pairs, worse / pairs)


def outcomes(yearly: Yearly, objectives: Objectives, reference: str, rate: float = 0.0) -> Outcomes:
    """Objectives counted on yearly values.

    Parameters
    ----------
    yearly : Yearly
        Indicator -> dims (scenario, draw, year); objectives without their indicator are left out and told.
    reference : str
        Scenario the others are compared with.
    rate : float
        Discount rate a year for what counts cumulatively.

    Raises
    ------
    ValueError
        When nothing can be counted.
    """
    weighing = objectives.weighing
    present = tuple(each for each in weighing if each.indicator in yearly)
    if not present:
        needed = ", ".join(dict.fromkeys(each.indicator for each in weighing))
        raise ValueError(f"no objective can be counted; they need one of the indicators {needed}")
    paths = {
        name: yearly[name].transpose("scenario", "draw", "year")
        for name in dict.fromkeys(each.indicator for each in present)
    }
    first = next(iter(paths.values()))
    years, scenarios = first["year"].values, tuple(str(name) for name in first["scenario"].values)
    content = {name: np.asarray(path.values, dtype=float) for name, path in paths.items()}
    values = np.stack([counted(content[each.indicator], each.counts, years, rate, each.sign) for each in present])
    whole = np.isfinite(values).all(axis=(0, 1))  # a ratio without a denominator takes its future out of every option
    left_out = tuple(each for each in weighing if each.indicator not in yearly)
    span = (int(years[0]), int(years[-1]))
    present_countries = dict.fromkeys(each.country for each in present)
    return Outcomes(
        present,
        scenarios,
        reference=reference,
        years=span,
        rate=rate,
        values=values[..., whole],
        left_out=left_out,
        positions=tuple(each for country in present_countries for each in objectives.positions(country)),
    )


def missing(outcomes: Outcomes) -> str:
    """Which objectives could not be counted and what they need, as a sentence; empty when none."""
    if not outcomes.left_out:
        return ""
    missing_ones = [f"{each.name} (needs {each.indicator})" for each in outcomes.left_out[:TOLD]]
    rest = len(outcomes.left_out) - TOLD
    more = f" and {rest} more" if rest > 0 else ""
    return f"Left out, because their indicators are not in the results: {', '.join(missing_ones)}{more}."


def spread(values: np.ndarray) -> dict[str, float]:
    """Median and 80 % of some futures, as columns of a table."""
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
    return {"p10": float(low), "p50": float(middle), "p90": float(high)}


def meets(objective: Objective, values: np.ndarray) -> np.ndarray | None:
    """In which futures an objective is good enough; None without a threshold."""
    if objective.threshold is None:
        return None
    return objective.sign * (values - objective.threshold) >= 0
