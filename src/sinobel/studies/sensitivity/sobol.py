"""Screening and variance shares of a function of independent factors, through SALib.

A factor is a number between 0 and 1; what it stands for is the affair of whoever evaluates. So the same lines that
judge the model are held against functions with known answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.inputs.reading import InputError

Evaluate = Callable[[np.ndarray], np.ndarray]
"""Values (runs,) of a function at points (runs, factors) between 0 and 1."""

LEVELS = 4  # of a factor in the screening
EDGE = 0.05  # the screening moves a factor between these quantiles, so that long tails do not decide alone
CONFIDENCE = 0.90
RESAMPLES = 200


@dataclass(frozen=True)
class Effect:
    """What the screening found about a factor: change when it moves from its 5th to its 95th percentile.

    Attributes
    ----------
    mean : float
        With its sign; the mean of absolute changes is `size`, with half the width of its 90 % interval.
    spread : float
        Standard deviation of the changes: large against `mean` when the effect depends on the other factors.
    """

    name: str
    mean: float
    size: float
    size_error: float
    spread: float


@dataclass(frozen=True)
class Share:
    """Shares of the variance that belong to a factor, with half the widths of their 90 % bootstrap intervals.

    Attributes
    ----------
    first : float
        What knowing it alone would take away.
    total : float
        What would be left if all others were known: `first` and everything it does together with others.
    """

    name: str
    first: float
    first_error: float
    total: float
    total_error: float


def _problem(names: Sequence[str], low: float, high: float) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[low, high]] * len(names)}


def screening_points(names: Sequence[str], trajectories: int, seed: int) -> np.ndarray:
    """Points of Morris's screening, trajectory after trajectory, each of factors + 1 points: (runs, factors)."""
    from SALib.sample import morris

    result: np.ndarray = morris.sample(_problem(names, EDGE, 1 - EDGE), trajectories, num_levels=LEVELS, seed=seed)
    return result


def screened(names: Sequence[str], points: np.ndarray, values: np.ndarray, seed: int) -> list[Effect]:
    """Effect of every factor (Morris 1991, Campolongo 2007), the largest first.

    Parameters
    ----------
    values : np.ndarray
        (runs,) of the function at the screening's points.
    """
    from SALib.analyze import morris

    found = morris.analyze(
        _problem(names, EDGE, 1 - EDGE),
        points,
        values,
        num_levels=LEVELS,
        conf_level=CONFIDENCE,
        num_resamples=RESAMPLES,
        seed=seed,
    )
    effects = [
        Effect(name, *(float(found[key][index]) for key in ("mu", "mu_star", "mu_star_conf", "sigma")))
        for index, name in enumerate(names)
    ]
    return sorted(effects, key=lambda effect: -effect.size)


def share_points(names: Sequence[str], base: int, seed: int) -> np.ndarray:
    """Points of Saltelli's scheme over a scrambled Sobol' sequence: (base * (factors + 2), factors).

    Parameters
    ----------
    base : int
        A power of two. Raises InputError otherwise.
    """
    from SALib.sample import sobol

    if base < 2 or base & (base - 1):
        raise InputError(f"the number of base samples must be a power of two, for example 1024, not {base}")
    result: np.ndarray = sobol.sample(_problem(names, 0, 1), base, calc_second_order=False, seed=seed)
    return result


def shares(names: Sequence[str], values: np.ndarray, seed: int) -> list[Share]:
    """First and total order of every factor (Saltelli 2010, Jansen 1999), in the order of the factors.

    Parameters
    ----------
    values : np.ndarray
        (runs,) of the function at the points. Raises InputError when it does not vary.
    """
    from SALib.analyze import sobol

    if not np.ptp(values) > 1e-9 * max(1.0, float(np.abs(values).max())):
        raise InputError("it is the same in every future, so there is no uncertainty to share out")
    indices = sobol.analyze(
        _problem(names, 0, 1),
        values,
        calc_second_order=False,
        conf_level=CONFIDENCE,
        num_resamples=RESAMPLES,
        seed=seed,
    )
    columns = ("S1", "S1_conf", "ST", "ST_conf")
    return [Share(name, *(float(indices[key][index]) for key in columns)) for index, name in enumerate(names)]
