"""Which option is best for a position: the order, how often each leads, which are beaten in everything, regret.

An order is that of points expected over futures and weights (`outcomes.Outcomes.order`), with what a country rules out
below all others; the reference itself is an option that scores 0. What is beaten in every objective is beaten under any
weights. Nothing here asks who can choose.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.analysis.outcomes import NOTICEABLE, ROUNDING, Outcomes, meets, spread
from sinobel.analysis.rows import Row, column
from sinobel.analysis.summary import quantiles
from sinobel.inputs.positions import Position

REGRET_LEVEL = 0.95
"""Quantile that stands beside the largest regret, because one freak future should not decide alone."""
DOMINATES = 0.90
"""Share of futures in which an option must be better than another to dominate it."""
TRIALS = 4000
SEED = 2017


def regret(scores: np.ndarray, taken: np.ndarray | None = None) -> np.ndarray:
    """What each option loses in each future against the best one of that future; 0 for the best (Savage 1951).

    Parameters
    ----------
    scores : np.ndarray
        (options, draws)
    taken : np.ndarray | None
        (options,), which of them can be the best one; all. Another that scores higher loses nothing.

    Returns
    -------
    np.ndarray
        (options, draws), in points, never negative.
    """
    best = scores[... if taken is None else taken].max(axis=0)
    result: np.ndarray = np.maximum(best - scores, 0.0)
    return result


def satisficing(outcomes: Outcomes, country: str) -> tuple[np.ndarray, list[tuple[str, np.ndarray]]]:
    """Share of futures in which each scenario meets all thresholds of a country, and each of them.

    Returns
    -------
    tuple[np.ndarray, list[tuple[str, np.ndarray]]]
        (scenarios,), and (objective, (scenarios,)) for each with a threshold; all are met where there is none.
    """
    every = np.ones(outcomes.values.shape[1:], dtype=bool)
    single = []
    for row in outcomes.rows_of(country):
        met = meets(outcomes.objectives[row], outcomes.values[row])
        if met is not None:
            every &= met
            single.append((outcomes.objectives[row].name, met.mean(axis=-1)))
    return every.mean(axis=-1), single


def beats(outcomes: Outcomes, country: str, *, expected: bool) -> np.ndarray:
    """Which scenario is no worse than another in any objective of a country, and noticeably better in one.

    No worse means no worse at all: what is a little worse in one objective is not better in everything.

    returns (scenarios, scenarios, draws), or without draws in expectation; the first beats the second

    Parameters
    ----------
    expected : bool
        Compare what is expected over futures, not each future.
    """
    points = outcomes.points[outcomes.rows_of(country)]
    points = points.mean(axis=-1) if expected else points
    shape = (points.shape[1], *points.shape[1:])
    worse, better = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for each in points:
        apart = each[:, None] - each[None]
        worse |= apart < -ROUNDING
        better |= apart > NOTICEABLE
    result: np.ndarray = better & ~worse
    return result


def ranks(values: Sequence[float]) -> list[int]:
    """Rank of each value, 1 for the largest; values that tie share a rank."""
    return [1 + sum(other > value + ROUNDING for other in values) for value in values]


@dataclass(frozen=True, eq=False)
class DecisionRow(Row):
    """A scenario as a choice for a position."""

    country: str = column()
    position: str = column()
    scenario: str = column()
    rank: int = column("place by what is expected over draws and weights")
    share_leads: float = column("share of draws and weights in which it is the best; ties share. They add up to 1")
    share_better: float = column()
    share_worse: float = column()
    ruled_out: str = column(
        "criterion in which the scenario is worse in so many draws that no position takes it; empty if none"
    )
    unbeaten: bool = column(
        "whether no other scenario is as good in every objective of the country and better in one, in expectation "
        "(Pareto); the share of draws in which that is so; the strongest that beats it, in expectation",
        listed="unbeaten, share_unbeaten, beaten_by",
    )
    share_unbeaten: float = column()
    beaten_by: str = column()
    meets_all: float | None = column(
        "share of draws that meet every threshold of the country; the one met least often", listed="meets_all, hardest"
    )
    hardest: str = column()
    score: float = column(
        "annex, in points: a point is an objective better by its declared scale; the mean over draws and weights, its "
        "Monte-Carlo standard error, quantiles over draws",
        listed="score, score_error, p10, p50, p90",
    )
    score_error: float = column()
    p10: float = column()
    p50: float = column()
    p90: float = column()
    regret_mean: float = column(
        "points lost against the best scenario of the same draw: mean, 95 % quantile, largest",
        listed="regret_mean, regret_p95, regret_max",
    )
    regret_p95: float = column()
    regret_max: float = column()


@dataclass(frozen=True, eq=False)
class DominanceRow(Row):
    """A pair of scenarios for a position: how often one is better."""

    country: str = column()
    position: str = column()
    above: str = column(
        "a pair of scenarios, and the share of draws in which the first scores higher",
        listed="above, below, share_better",
    )
    below: str = column()
    share_better: float = column()
    share_every_objective: float = column("share of draws in which it is no worse in any objective and better in one")
    first_order: bool = column(
        "whether its distribution of scores is nowhere below the other's; whether it is better often enough",
        listed="first_order, dominates",
    )
    dominates: bool = column()


@dataclass(frozen=True, eq=False)
class ConvergenceRow(Row):
    """Whether more draws would change the order of scenarios for a position."""

    country: str = column()
    position: str = column()
    first: str = column(
        "the two best, what is between them in points, its standard error",
        listed="first, second, gap, gap_error, tied",
    )
    second: str = column()
    draws: int = column(
        "draws used; draws at which the gap would be twice its error, 0 for a tie", listed="draws, draws_needed"
    )
    gap: float = column()
    gap_error: float = column()
    flips: float = column(
        "probability that draws without end would turn the two around; that the whole order stays",
        listed="flips, order_holds",
    )
    tied: bool = column()
    order_holds: float = column()
    draws_needed: int = column()


def rows(outcomes: Outcomes, country: str) -> list[DecisionRow]:
    """Every scenario as a choice for each position of a country, best first, as a tidy table."""
    every, single = satisficing(outcomes, country)
    over, open_to = _unbeaten(outcomes, country)
    table, out, taken = [], outcomes.ruled_out(country), outcomes.taken(country)
    for position in outcomes.positions_of(country):
        scores, standing = outcomes.score(position), outcomes.standing(position)
        means, errors, lost = scores.mean(axis=-1), monte_carlo_error(scores), regret(scores, taken)
        high, places = quantiles(lost, (REGRET_LEVEL,))[:, 0], ranks(outcomes.order(position).tolist())
        mine = [
            DecisionRow(
                country=country,
                position=position.short,
                scenario=scenario,
                rank=places[index],
                share_leads=float(standing.leads[index]),
                share_better=float(standing.better[index]),
                share_worse=float(standing.worse[index]),
                ruled_out=out[scenario].objective.name if scenario in out else "",
                unbeaten=not over[index],
                share_unbeaten=float(open_to[index]),
                beaten_by=over[index],
                meets_all=float(every[index]) if single else None,
                hardest=_hardest(single, index),
                score=float(means[index]),
                score_error=float(errors[index]),
                regret_mean=float(lost[index].mean()),
                regret_p95=float(high[index]),
                regret_max=float(lost[index].max()),
                **spread(scores[index]),
            )
            for index, scenario in enumerate(outcomes.scenarios)
        ]
        table += sorted(mine, key=lambda row: row.rank)
    return table


def _hardest(single: Sequence[tuple[str, np.ndarray]], place: int) -> str:
    """The objective whose threshold is met in the fewest futures; empty without thresholds."""
    return min(single, key=lambda item: item[1][place])[0] if single else ""


def _unbeaten(outcomes: Outcomes, country: str) -> tuple[list[str], np.ndarray]:
    """Of each scenario what beats it in expectation, and the share of futures in which nothing does.

    What the country rules out beats nothing.
    """
    taken = outcomes.taken(country)[:, None]
    expected = beats(outcomes, country, expected=True) & taken
    each = beats(outcomes, country, expected=False) & taken[..., None]
    often = each.mean(axis=-1)
    over = []
    for place in range(len(outcomes.scenarios)):
        better = np.flatnonzero(expected[:, place])
        over.append(outcomes.scenarios[better[np.argmax(often[better, place])]] if better.size else "")
    return over, 1.0 - each.any(axis=0).mean(axis=-1)


def unbeaten(outcomes: Outcomes, country: str) -> list[str]:
    """Scenarios that no other beats in every objective of a country, in expectation: its Pareto set."""
    over, _ = _unbeaten(outcomes, country)
    return [name for name, by in zip(outcomes.scenarios, over, strict=True) if not by]


def dominance(outcomes: Outcomes, position: Position, level: float = DOMINATES) -> list[DominanceRow]:
    """Every ordered pair of scenarios: how often one is better for a position, and whether it dominates.

    share_better           futures in which it scores noticeably higher, weights as expected
    share_every_objective  futures in which it is no worse in any objective and better in one
    first_order            whether its distribution of scores is nowhere below the other's (stochastic dominance)
    dominates              better in at least `level` of the futures
    """
    scores, pareto = outcomes.score(position), beats(outcomes, position.country, expected=False).mean(axis=-1)
    ordered = np.sort(scores, axis=-1)
    table: list[DominanceRow] = []
    for a, above in enumerate(outcomes.scenarios):
        for b, below in enumerate(outcomes.scenarios):
            if a == b:
                continue
            better = float((scores[a] - scores[b] > NOTICEABLE).mean())
            gap = ordered[a] - ordered[b]
            table.append(
                DominanceRow(
                    country=position.country,
                    position=position.short,
                    above=above,
                    below=below,
                    share_better=better,
                    share_every_objective=float(pareto[a, b]),
                    first_order=bool((gap >= -ROUNDING).all() and (gap > NOTICEABLE).any()),
                    dominates=better >= level,
                )
            )
    return table


# --- would more draws change the order? ------------------------------------------------------------------------------


def monte_carlo_error(values: np.ndarray) -> np.ndarray:
    """Standard error of the mean over draws (last axis); infinite for a single draw."""
    draws = values.shape[-1]
    return values.std(axis=-1, ddof=1) / math.sqrt(draws) if draws > 1 else np.full(values.shape[:-1], math.inf)


_SETTLED: dict[str, Any] = {
    "gap": 0.0,
    "gap_error": 0.0,
    "flips": 0.0,
    "tied": False,
    "order_holds": 1.0,
    "draws_needed": 0,
}


def convergence(outcomes: Outcomes, position: Position, trials: int = TRIALS, seed: int = SEED) -> ConvergenceRow:
    """Whether more draws would change the order of expected scores, from the error of means over paired draws.

    The error is that of a finite number of draws alone: more draws shrink it, and leave what is unknown unknown. Draws
    beyond the calibrated sets of parameters share them, and the error is then a little too small.
    Where a country rules all but one out, there is nothing to turn around: no second and no gap.

    gap, gap_error  between the two best, points; with its standard error on the same futures
    flips           probability that their order is the other one with draws without end (normal means)
    order_holds     probability that the whole order stays
    draws_needed    draws at which the gap is twice its error; 0 for a tie, which no number of draws settles
    """
    taken = np.flatnonzero(outcomes.taken(position.country))
    scores, names = outcomes.score(position)[taken], [outcomes.scenarios[place] for place in taken]
    means = scores.mean(axis=-1)
    order = np.argsort(-means, kind="stable")
    if len(names) == 1:
        return ConvergenceRow(position.country, position.short, names[0], "", outcomes.draws, **_SETTLED)
    first, second = (int(index) for index in order[:2])
    apart = scores[first] - scores[second]
    gap, error = float(apart.mean()), float(monte_carlo_error(apart))
    tied = gap <= ROUNDING
    if tied or not math.isfinite(error):
        flips, needed = 0.5, 0
    elif error <= ROUNDING * gap:
        flips, needed = 0.0, 2
    else:
        flips = 0.5 * math.erfc(gap / error / math.sqrt(2))
        needed = math.ceil(outcomes.draws * (2 * error / gap) ** 2)
    return ConvergenceRow(
        country=position.country,
        position=position.short,
        first=names[first],
        second=names[second],
        draws=outcomes.draws,
        gap=gap,
        gap_error=error,
        flips=flips,
        tied=tied,
        order_holds=_order_holds(scores, order, trials, seed),
        draws_needed=needed,
    )


def _order_holds(scores: np.ndarray, order: np.ndarray, trials: int, seed: int) -> float:
    """Share of trials, with means moved by their error, in which every option keeps its place."""
    draws = scores.shape[-1]
    if draws < 2:
        return 0.0
    error = np.cov(scores) / draws
    moved = np.random.default_rng(seed).multivariate_normal(scores.mean(axis=-1), error, trials, method="eigh")
    steps = moved[:, order[:-1]] - moved[:, order[1:]]
    return float((steps >= -ROUNDING).all(axis=1).mean())
