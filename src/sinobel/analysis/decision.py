"""Which option is best for a country: expected score, regret, thresholds met, dominance, and how sure the order is.

Scores are gains in points against the reference (`outcomes.Outcomes.score`); the reference itself is an option that
scores 0. Nothing here asks who can choose an option.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.analysis.outcomes import NOTICEABLE, ROUNDING, Outcomes, meets, spread
from sinobel.analysis.rows import Row, column
from sinobel.analysis.summary import quantiles

REGRET_LEVEL = 0.95
"""Quantile that stands beside the largest regret, because one freak future should not decide alone."""
DOMINATES = 0.90
"""Share of futures in which an option must be better than another to dominate it."""
TRIALS = 4000
SEED = 2017


def regret(scores: np.ndarray) -> np.ndarray:
    """What each option loses in each future against the best one of that future; 0 for the best (Savage 1951).

    Parameters
    ----------
    scores : np.ndarray
        (options, draws)

    Returns
    -------
    np.ndarray
        (options, draws), in points, never negative.
    """
    result: np.ndarray = scores.max(axis=0) - scores
    return result


def share_best(scores: np.ndarray) -> np.ndarray:
    """Share of futures in which each option is the best; options that tie share the future. Adds up to 1.

    Parameters
    ----------
    scores : np.ndarray
        (options, cases)
    """
    best = scores >= scores.max(axis=0) - ROUNDING
    result: np.ndarray = (best / best.sum(axis=0)).mean(axis=-1)
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


def best_under_weights(
    parts: np.ndarray, near: np.ndarray | None = None, trials: int = TRIALS, seed: int = SEED
) -> np.ndarray:
    """Share of weightings under which each option has the best expected score (SMAA, Lahdelma and others 1998).

    Parameters
    ----------
    parts : np.ndarray
        (objectives, options), mean points.
    near : np.ndarray | None
        Weights of which each is halved to doubled at random, evenly in logarithms; None takes all weightings that
        add up to 1, evenly.

    Returns
    -------
    np.ndarray
        (options,).
    """
    random = np.random.default_rng(seed)
    if near is None:
        drawn = random.standard_exponential((trials, len(parts)))
    else:
        drawn = near * 2.0 ** random.uniform(-1, 1, (trials, len(parts)))
    return share_best(((drawn / drawn.sum(axis=1, keepdims=True)) @ parts).T)


def ranks(values: Sequence[float]) -> list[int]:
    """Rank of each value, 1 for the largest; values that tie share a rank."""
    return [1 + sum(other > value + ROUNDING for other in values) for value in values]


@dataclass(frozen=True, eq=False)
class DecisionRow(Row):
    """A scenario as a choice for a country."""

    country: str = column()
    scenario: str = column()
    rank: int = column(
        "place by mean score, the score, and its Monte-Carlo standard error", listed="rank, score, score_error"
    )
    score: float = column()
    score_error: float = column()
    p10: float = column()
    p50: float = column()
    p90: float = column()
    share_best: float = column("share of draws in which it is the best; ties share a draw")
    regret_mean: float = column(
        "points lost against the best scenario of the same draw: mean, 95 % quantile, largest",
        listed="regret_mean, regret_p95, regret_max",
    )
    regret_p95: float = column()
    regret_max: float = column()
    meets_all: float | None = column(
        "share of draws that meet every threshold of the country; the one met least often", listed="meets_all, hardest"
    )
    hardest: str = column()
    best_near_weights: float = column(
        "share of weightings under which it has the best mean score: each weight halved to doubled at random; all "
        "weights that add up to 1",
        listed="best_near_weights, best_all_weights",
    )
    best_all_weights: float = column()
    dominated_by: str = column(f"scenario that is better in {100 * DOMINATES:.0f} % of draws or more, the strongest")


@dataclass(frozen=True, eq=False)
class DominanceRow(Row):
    """A pair of scenarios for a country: how often one is better."""

    country: str = column()
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
    """Whether more draws would change the order of scenarios for a country."""

    country: str = column()
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
    """Every scenario as a choice for a country, best expected score first, as a tidy table."""
    scores = outcomes.score(country)
    means, errors = scores.mean(axis=-1), monte_carlo_error(scores)
    lost = regret(scores)
    high = quantiles(lost, (REGRET_LEVEL,))[:, 0]
    every, single = satisficing(outcomes, country)
    points = outcomes.points[outcomes.rows_of(country)].mean(axis=-1)
    near, all_weights = best_under_weights(points, outcomes.weights(country)), best_under_weights(points)
    best = share_best(scores)
    over = _dominating(outcomes, country)
    table = []
    for index, scenario in enumerate(outcomes.scenarios):
        row = DecisionRow(
            country=country,
            scenario=scenario,
            rank=ranks(means.tolist())[index],
            score=float(means[index]),
            score_error=float(errors[index]),
            share_best=float(best[index]),
            regret_mean=float(lost[index].mean()),
            regret_p95=float(high[index]),
            regret_max=float(lost[index].max()),
            meets_all=float(every[index]) if single else None,
            hardest=_hardest(single, index),
            best_near_weights=float(near[index]),
            best_all_weights=float(all_weights[index]),
            dominated_by=over.get(scenario, ""),
            **spread(scores[index]),
        )
        table.append(row)
    return sorted(table, key=lambda row: row.rank)


def _hardest(single: Sequence[tuple[str, np.ndarray]], place: int) -> str:
    """The objective whose threshold is met in the fewest futures; empty without thresholds."""
    return min(single, key=lambda item: item[1][place])[0] if single else ""


def _dominating(outcomes: Outcomes, country: str) -> dict[str, str]:
    """Of each dominated scenario the one that is better than it most often."""
    pairs = [row for row in dominance(outcomes, country) if row.dominates]
    return {row.below: row.above for row in sorted(pairs, key=lambda row: row.share_better)}


def dominance(outcomes: Outcomes, country: str, level: float = DOMINATES) -> list[DominanceRow]:
    """Every ordered pair of scenarios: how often one is better for a country, and whether it dominates.

    share_better           futures in which it scores noticeably higher
    share_every_objective  futures in which it is no worse in any objective and better in one
    first_order            whether its distribution of scores is nowhere below the other's (stochastic dominance)
    dominates              better in at least `level` of the futures
    """
    scores, points = outcomes.score(country), outcomes.points[outcomes.rows_of(country)]
    ordered = np.sort(scores, axis=-1)
    table: list[DominanceRow] = []
    for a, above in enumerate(outcomes.scenarios):
        for b, below in enumerate(outcomes.scenarios):
            if a == b:
                continue
            better = float((scores[a] - scores[b] > NOTICEABLE).mean())
            apart = points[:, a] - points[:, b]
            pareto = (apart >= -NOTICEABLE).all(axis=0) & (apart > NOTICEABLE).any(axis=0)
            gap = ordered[a] - ordered[b]
            table.append(
                DominanceRow(
                    country=country,
                    above=above,
                    below=below,
                    share_better=better,
                    share_every_objective=float(pareto.mean()),
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


def convergence(outcomes: Outcomes, country: str, trials: int = TRIALS, seed: int = SEED) -> ConvergenceRow:
    """Whether more draws would change the order of expected scores, from the error of means over paired draws.

    The error is that of a finite number of draws alone: more draws shrink it, and leave what is unknown unknown. Draws
    beyond the calibrated sets of parameters share them, and the error is then a little too small.
    gap, gap_error  between the two best, points; with its standard error on the same futures
    flips           probability that their order is the other one with draws without end (normal means)
    order_holds     probability that the whole order stays
    draws_needed    draws at which the gap is twice its error; 0 for a tie, which no number of draws settles
    """
    scores = outcomes.score(country)
    means = scores.mean(axis=-1)
    order = np.argsort(-means, kind="stable")
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
        country=country,
        first=outcomes.scenarios[first],
        second=outcomes.scenarios[second],
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
