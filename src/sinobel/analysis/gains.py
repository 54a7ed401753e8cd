"""Tables of what options change: for each position, each objective, and how positions weigh and add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.analysis.outcomes import NOTICEABLE, ROUNDING, Outcomes, meets, spread
from sinobel.analysis.rows import Row, column


@dataclass(frozen=True, eq=False)
class GainRow(Row):
    """An option for a position against the reference."""

    country: str = column(
        "belarus, china, russia or eu; all counts futures in which every position gains, or any loses"
    )
    position: str = column(
        "who weighs the objectives of the country; positions.csv tells how, and the paper's sentence"
    )
    scenario: str = column("name of the scenario")
    against: str = column("scenario it is compared with, draw by draw")
    share_better: float = column(
        "share of draws and weights in which the scenario is better for the position than the other, as good, or worse",
        listed="share_better, share_same, share_worse",
    )
    share_same: float = column()
    share_worse: float = column()
    most_from: str = column(
        "objective that adds most to what the position gains, and that takes most from it",
        listed="most_from, least_from",
    )
    least_from: str = column()


@dataclass(frozen=True, eq=False)
class ObjectiveRow(Row):
    """An objective under a scenario: its value and what changes against the reference, in its unit."""

    country: str = column()
    objective: str = column("its name; `sinobel explain NAME` tells what it means and why it is there")
    scenario: str = column()
    against: str = column()
    indicator: str = column()
    unit: str = column()
    direction: str = column("as declared", listed="direction, counts, threshold")
    counts: str = column()
    value_p50: float = column("median of what counts, in the unit of the row")
    difference_mean: float = column(
        "mean and quantiles over draws of its difference against the reference",
        listed="difference_mean, difference_p10 … difference_p90",
    )
    difference_p10: float = column()
    difference_p50: float = column()
    difference_p90: float = column()
    share_better: float = column()
    share_same: float = column()
    share_worse: float = column()
    threshold: float | None = column()
    share_met: float | None = column("share of draws that meet the threshold")


@dataclass(frozen=True, eq=False)
class PositionRow(Row):
    """What a position weighs."""

    country: str = column()
    position: str = column()
    label: str = column("what people call the position")
    objective: str = column()
    weight_least: float = column(
        "triangular range of the weight of a point; the mean weight, those of a position add up to 1",
        listed="weight_least, weight_middle, weight_most, weight",
    )
    weight_middle: float = column()
    weight_most: float = column()
    weight: float = column()
    sentence: str = column("the paper's words")
    assumption: str = column("what is assumed of the weights")


@dataclass(frozen=True, eq=False)
class PointsRow(Row):
    """Annex: how the points of a position add up."""

    country: str = column()
    position: str = column()
    objective: str = column()
    scenario: str = column()
    scale: float = column("difference that is worth a point, in the unit of the objective")
    weight: float = column()
    points: float = column("mean over draws of the difference over the scale, positive is better")
    adds: float = column("weight times points: these add up to the score of the position")


def who_gains(outcomes: Outcomes) -> list[GainRow]:
    """In which share of futures and weights each position is better off under each option, as a tidy table.

    The rows of the country "all" tell in how many futures every position gains, expected over its weights, and in how
    many at least one loses.
    """
    table: list[GainRow] = []
    scores = {each.name: outcomes.score(each) for each in outcomes.all_positions}
    for scenario in outcomes.options:
        index = outcomes.scenarios.index(scenario)
        for position in outcomes.all_positions:
            rows = outcomes.rows_of(position.country)
            adds = outcomes.weights(position) * outcomes.points[rows, index].mean(axis=-1)
            names = [outcomes.objectives[row].name for row in rows]
            standing = outcomes.standing(position)
            better, worse = float(standing.better[index]), float(standing.worse[index])
            table.append(
                GainRow(
                    country=position.country,
                    position=position.short,
                    scenario=scenario,
                    against=outcomes.reference,
                    share_better=better,
                    share_same=max(1.0 - better - worse, 0.0),
                    share_worse=worse,
                    most_from=_largest(names, adds),
                    least_from=_largest(names, -adds),
                )
            )
        table.append(_every_one([score[index] for score in scores.values()], scenario, outcomes.reference))
    return table


def _every_one(gains_of: Sequence[np.ndarray], scenario: str, reference: str) -> GainRow:
    """In how many futures every position gains under an option, and in how many at least one loses."""
    stacked = np.stack(gains_of)
    better = float((stacked > NOTICEABLE).all(axis=0).mean())
    worse = float((stacked < -NOTICEABLE).any(axis=0).mean())
    return GainRow(
        country="all",
        position="",
        scenario=scenario,
        against=reference,
        share_better=better,
        share_same=max(1.0 - better - worse, 0.0),
        share_worse=worse,
        most_from="",
        least_from="",
    )


def parts(outcomes: Outcomes) -> list[ObjectiveRow]:
    """Every objective under every scenario: its value and what changes, in its unit."""
    table: list[ObjectiveRow] = []
    reference = outcomes.scenarios.index(outcomes.reference)
    for row, objective in enumerate(outcomes.objectives):
        for index, scenario in enumerate(outcomes.scenarios):
            values, points = outcomes.values[row, index], outcomes.points[row, index]
            difference = values - outcomes.values[row, reference]
            met, told = meets(objective, values), spread(difference)
            better, worse = float((points > NOTICEABLE).mean()), float((points < -NOTICEABLE).mean())
            row_of = ObjectiveRow(
                country=objective.country,
                objective=objective.name,
                scenario=scenario,
                against=outcomes.reference,
                indicator=objective.indicator,
                unit=objective.unit,
                direction=objective.direction,
                counts=objective.counts,
                value_p50=float(np.median(values)),
                difference_mean=float(difference.mean()),
                difference_p10=told["p10"],
                difference_p50=told["p50"],
                difference_p90=told["p90"],
                share_better=better,
                share_same=max(1.0 - better - worse, 0.0),
                share_worse=worse,
                threshold=objective.threshold,
                share_met=None if met is None else float(met.mean()),
            )
            table.append(row_of)
    return table


def positions(outcomes: Outcomes) -> list[PositionRow]:
    """What each position weighs, of what is counted."""
    table = []
    for position in outcomes.all_positions:
        rows = outcomes.rows_of(position.country)
        for weight, row in zip(outcomes.weights(position), rows, strict=True):
            objective = outcomes.objectives[row]
            least, middle, most = position.weights.get(objective.short, (0.0, 0.0, 0.0))
            table.append(
                PositionRow(
                    country=position.country,
                    position=position.short,
                    label=position.title,
                    objective=objective.name,
                    weight_least=least,
                    weight_middle=middle,
                    weight_most=most,
                    weight=float(weight),
                    sentence=position.sentence,
                    assumption=position.assumption,
                )
            )
    return table


def in_points(outcomes: Outcomes) -> list[PointsRow]:
    """How the points of every position add up under every option, as a tidy table."""
    return [
        PointsRow(
            country=position.country,
            position=position.short,
            objective=outcomes.objectives[row].name,
            scenario=scenario,
            scale=outcomes.objectives[row].scale,
            weight=float(weight),
            points=float(outcomes.points[row, index].mean()),
            adds=float(weight * outcomes.points[row, index].mean()),
        )
        for position in outcomes.all_positions
        for weight, row in zip(outcomes.weights(position), outcomes.rows_of(position.country), strict=True)
        for index, scenario in enumerate(outcomes.scenarios)
    ]


def _largest(names: Sequence[str], values: np.ndarray) -> str:
    """Name of the largest value; empty where none adds anything noticeable."""
    place = int(np.argmax(values))
    return names[place] if values[place] > ROUNDING else ""
