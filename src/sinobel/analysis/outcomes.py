"""What each country gets: its objectives counted in every future, and gains against a reference in points.

A gain is the paired difference of what counts, divided by the declared scale of the objective and signed so that more
is better. A scale is a typical size of change, never the value of a balance, so nothing divides by what can cross zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sinobel.analysis.rows import Row, column
from sinobel.runs.trajectories import Yearly

if TYPE_CHECKING:
    from sinobel.inputs.objectives import Objective

NOTICEABLE = 0.01
"""Points below which a gain or a loss is called no change: a hundredth of the declared scales. An assumption."""
ROUNDING = 1e-6
"""Points below which a difference is rounding."""
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
class Outcomes:
    """What counts for each objective in every scenario and future, and what it gains against the reference.

    Attributes
    ----------
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

    def weights(self, country: str) -> np.ndarray:
        """Weights of the objectives of a country; they add up to 1."""
        weights = np.array([self.objectives[place].weight for place in self.rows_of(country)])
        result: np.ndarray = weights / weights.sum()
        return result

    def score(self, country: str) -> np.ndarray:
        """Gain of a country: the weighted mean of its points, (scenarios, draws)."""
        total = np.zeros(self.values.shape[1:])
        for weight, place in zip(self.weights(country), self.rows_of(country), strict=True):
            total += weight * self.points[place]
        return total


def outcomes(yearly: Yearly, objectives: Mapping[str, Objective], reference: str, rate: float = 0.0) -> Outcomes:
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
    weighing = [each for each in objectives.values() if each.weight > 0]
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
    return Outcomes(
        present, scenarios, reference=reference, years=span, rate=rate, values=values[..., whole], left_out=left_out
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


@dataclass(frozen=True, eq=False)
class GainRow(Row):
    """The gain of a country under an option."""

    country: str = column(
        'belarus, china, russia or eu; "all" counts futures in which every one gains, or any one loses'
    )
    scenario: str = column("name of the scenario")
    against: str = column("scenario it is compared with, draw by draw")
    mean: float | None = column("mean over draws")
    p10: float | None = column()
    p50: float | None = column()
    p90: float | None = column()
    share_gains: float = column(
        f"share of draws with a gain above {NOTICEABLE} points, within, or a loss",
        listed="share_gains, share_same, share_loses",
    )
    share_same: float = column()
    share_loses: float = column()
    most_from: str = column(
        "objective that adds most to the gain, and that takes most from it", listed="most_from, least_from"
    )
    least_from: str = column()


@dataclass(frozen=True, eq=False)
class ObjectiveRow(Row):
    """An objective under a scenario: its value, its gain in points, what it adds to the score."""

    country: str = column()
    objective: str = column("its name; `sinobel explain NAME` tells what it means and why it is there")
    scenario: str = column()
    against: str = column()
    indicator: str = column()
    unit: str = column()
    direction: str = column(
        "as declared; weights add up to 1 for each country", listed="direction, counts, scale, weight, threshold"
    )
    counts: str = column()
    scale: float = column()
    weight: float = column()
    value_p50: float = column("median of what counts, in the unit of the row")
    difference_p10: float = column(
        "quantiles over draws of its difference against the reference", listed="difference_p10 … difference_p90"
    )
    difference_p50: float = column()
    difference_p90: float = column()
    points: float = column(
        "unit of gains and scores: 1 is an objective better by its declared scale, a typical change of the record over "
        "five years; a country's gain is the weighted mean of its objectives"
    )
    adds: float = column("weight times mean points: these add up to the mean gain of the country")
    share_gains: float = column()
    share_same: float = column()
    share_loses: float = column()
    threshold: float | None = column()
    share_met: float | None = column("share of draws that meet the threshold")


def who_gains(outcomes: Outcomes) -> list[GainRow]:
    """Gain of each country under each option, as a tidy table.

    The rows of the country "all" tell in how many futures every country gains and in how many at least one loses.
    """
    table: list[GainRow] = []
    scores = {country: outcomes.score(country) for country in outcomes.countries}
    for scenario in outcomes.options:
        index = outcomes.scenarios.index(scenario)
        for country, score in scores.items():
            gain = score[index]
            rows = outcomes.rows_of(country)
            parts = outcomes.weights(country) * outcomes.points[rows, index].mean(axis=-1)
            names = [outcomes.objectives[row].name for row in rows]
            gains, same, loses = _shares(gain)
            table.append(
                GainRow(
                    country=country,
                    scenario=scenario,
                    against=outcomes.reference,
                    mean=float(gain.mean()),
                    share_gains=gains,
                    share_same=same,
                    share_loses=loses,
                    most_from=_largest(names, parts),
                    least_from=_largest(names, -parts),
                    **spread(gain),
                )
            )
        table.append(_every_one([score[index] for score in scores.values()], scenario, outcomes.reference))
    return table


def _every_one(gains_of: Sequence[np.ndarray], scenario: str, reference: str) -> GainRow:
    """In how many futures every country gains under an option, and in how many at least one loses."""
    stacked = np.stack(gains_of)
    every, someone = (stacked > NOTICEABLE).all(axis=0), (stacked < -NOTICEABLE).any(axis=0)
    gains, loses = float(every.mean()), float(someone.mean())
    return GainRow(
        country="all",
        scenario=scenario,
        against=reference,
        mean=None,
        p10=None,
        p50=None,
        p90=None,
        share_gains=gains,
        share_same=1.0 - gains - loses,
        share_loses=loses,
        most_from="",
        least_from="",
    )


def parts(outcomes: Outcomes) -> list[ObjectiveRow]:
    """Every objective under every scenario: its value, its gain in points, what it adds to the score."""
    table: list[ObjectiveRow] = []
    for country in outcomes.countries:
        for weight, row in zip(outcomes.weights(country), outcomes.rows_of(country), strict=True):
            objective = outcomes.objectives[row]
            base = outcomes.values[row, outcomes.scenarios.index(outcomes.reference)]
            for index, scenario in enumerate(outcomes.scenarios):
                values, points = outcomes.values[row, index], outcomes.points[row, index]
                met, difference = meets(objective, values), spread(values - base)
                gains, same, loses = _shares(points)
                row_of = ObjectiveRow(
                    country=country,
                    objective=objective.name,
                    scenario=scenario,
                    against=outcomes.reference,
                    indicator=objective.indicator,
                    unit=objective.unit,
                    direction=objective.direction,
                    counts=objective.counts,
                    scale=objective.scale,
                    weight=float(weight),
                    value_p50=float(np.median(values)),
                    difference_p10=difference["p10"],
                    difference_p50=difference["p50"],
                    difference_p90=difference["p90"],
                    points=float(points.mean()),
                    adds=float(weight * points.mean()),
                    share_gains=gains,
                    share_same=same,
                    share_loses=loses,
                    threshold=objective.threshold,
                    share_met=None if met is None else float(met.mean()),
                )
                table.append(row_of)
    return table


def meets(objective: Objective, values: np.ndarray) -> np.ndarray | None:
    """In which futures an objective is good enough; None without a threshold."""
    if objective.threshold is None:
        return None
    return objective.sign * (values - objective.threshold) >= 0


def _shares(points: np.ndarray) -> tuple[float, float, float]:
    """Shares of futures that gain, stay the same, lose."""
    gains, loses = float((points > NOTICEABLE).mean()), float((points < -NOTICEABLE).mean())
    return gains, 1.0 - gains - loses, loses


def _largest(names: Sequence[str], values: np.ndarray) -> str:
    """Name of the largest value; empty where none adds anything noticeable."""
    place = int(np.argmax(values))
    return names[place] if values[place] > ROUNDING else ""
