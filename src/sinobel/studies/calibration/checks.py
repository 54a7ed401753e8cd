"""What a posterior is worth: how well it was sampled, what moved it, and whether it brings back the targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy import stats

from sinobel.inputs import months
from sinobel.inputs.parameters import prior_of
from sinobel.policies.scenarios import BASELINE, load
from sinobel.runs import ensemble
from sinobel.runs.request import Request
from sinobel.studies.calibration import targets
from sinobel.studies.calibration.emulator import Emulator

MOVERS = 3  # targets told for each parameter
TELLING = 0.4  # correlations above this are worth knowing


def diagnostics(chains: np.ndarray, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Effective sample size, R-hat, and what the data did to each parameter.

    Parameters
    ----------
    chains : np.ndarray
        (chains, steps, parameters), standard normal units of the prior.

    Returns
    -------
    dict[str, dict[str, float]]
        Parameter -> ess, r_hat, shift (prior standard deviations), contraction (1 less the ratio of variances).
    """
    from arviz_stats.base.array import array_stats

    rows = {}
    for index, name in enumerate(names):
        drawn = chains[:, :, index]
        rows[name] = {
            "ess": float(array_stats.ess(drawn, chain_axis=0, draw_axis=1)),
            "r_hat": float(array_stats.rhat(drawn, chain_axis=0, draw_axis=1)),
            "shift": float(drawn.mean()),
            "contraction": float(1 - drawn.var()),
        }
    return rows


def movers(emulators: Sequence[Emulator], origins: Sequence[int], names: Sequence[str]) -> dict[str, list[str]]:
    """The targets that say most about each parameter, by their information taken alone, in words."""
    moved_by: dict[str, dict[str, float]] = {name: {} for name in names}
    for origin, each in zip(origins, emulators, strict=False):
        chosen = targets.targets_after(origin)
        count = len(names)
        information = each.weights[1 : 1 + count] ** 2 / np.exp(each.noise[0])
        information = information + each.noise[1:] ** 2 / 2
        for row, name in enumerate(names):
            for column, target in enumerate(chosen):
                label = f"{target.name} {target.year}" if target.figure is None else target.name
                moved_by[name][label] = float(information[row, column])
    return {
        name: [label for label, size in sorted(found.items(), key=lambda item: -item[1])[:MOVERS] if size > 0.005]
        for name, found in moved_by.items()
    }


def correlations(chains: np.ndarray, names: Sequence[str]) -> list[tuple[str, str, float]]:
    """Pairs of parameters that the data bind together, strongest first."""
    matrix = np.corrcoef(chains.reshape(-1, chains.shape[-1]), rowvar=False)
    rows, columns = np.triu_indices(len(names), 1)
    strong = [
        (names[int(row)], names[int(column)], float(matrix[row, column]))
        for row, column in zip(rows, columns, strict=True)
        if abs(matrix[row, column]) > TELLING
    ]
    return sorted(strong, key=lambda pair: -abs(pair[2]))


def uniformity(ranks: np.ndarray, names: Sequence[str]) -> dict[str, Any]:
    """Whether ranks of known truths are uniform: Kolmogorov-Smirnov by parameter, and the histogram of all.

    Parameters
    ----------
    ranks : np.ndarray
        (truths, parameters), 0 to 1.
    """
    p_values = {name: float(stats.kstest(ranks[:, index], "uniform").pvalue) for index, name in enumerate(names)}
    histogram, _ = np.histogram(ranks, 10, (0, 1))
    return {
        "truths": len(ranks),
        "p": p_values,
        "share_below_5_percent": float(np.mean([p < 0.05 for p in p_values.values()])),
        "smallest_p": min(p_values.values()),
        "histogram": (histogram / histogram.sum()).round(4).tolist(),
    }


def figure_rows(draws: int, seed: int, source: str, jobs: int) -> list[dict[str, Any]]:
    """Each figure of the paper against what the model says from the latest December before it.

    Parameters
    ----------
    source : str
        "posterior" or "prior": of the present, as it stands in `model/posterior`.

    Returns
    -------
    list[dict[str, Any]]
        Rows with the figure's interval, the median, the 50 and 90 % ranges, and whether they meet the figure.
    """
    rows = []
    by_origin: dict[int, list[targets.Figure]] = {}
    for figure in targets.all_figures().values():
        by_origin.setdefault(figure.origin, []).append(figure)
    for origin, figures in sorted(by_origin.items()):
        horizon = max(figure.last for figure in figures) // 12 * 12 + 11
        names = {name for figure in figures for name in figure.indicators}
        request = Request(
            (load(BASELINE),),
            draws,
            seed=seed,
            origin=months.label(origin),
            horizon=months.label(horizon),
            indicators=tuple(sorted(names)),
            parameters="latest posterior" if source == "posterior" else source,
        )
        sheet = ensemble.run_in_memory(request, jobs)[0]
        monthly = dict(zip(request.recorded, sheet, strict=True))
        for figure in figures:
            values = figure.of(monthly, origin)
            low, q1, middle, q3, high = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95))
            least, most = figure.interval
            rows.append(
                {
                    "figure": figure.id,
                    "label": figure.label,
                    "unit": figure.unit,
                    "paper": figure.value,
                    "least": least,
                    "most": most,
                    "origin": months.label(origin),
                    "median": float(middle),
                    "low_50": float(q1),
                    "high_50": float(q3),
                    "low_90": float(low),
                    "high_90": float(high),
                    "inside_90": bool(least <= high and most >= low),
                    "value_inside_90": bool(low <= figure.value <= high),
                    "width": float(high - low),
                    "note": figure.note,
                }
            )
    return sorted(rows, key=lambda row: row["figure"])


def parameter_rows(
    values: Mapping[str, np.ndarray],
    diagnosed: Mapping[str, Mapping[str, float]],
    moved_by: Mapping[str, Sequence[str]],
) -> list[dict[str, Any]]:
    """Prior and posterior of each calibrated parameter side by side."""
    table = []
    for name, drawn in values.items():
        prior = prior_of(name)
        before = prior.quantile(np.array([0.1, 0.5, 0.9]))
        after = np.quantile(drawn, (0.1, 0.5, 0.9))
        table.append(
            {
                "parameter": name,
                "unit": prior.unit,
                "prior_p10": before[0],
                "prior_p50": before[1],
                "prior_p90": before[2],
                "p10": after[0],
                "p50": after[1],
                "p90": after[2],
                **diagnosed[name],
                "moved_by": "; ".join(moved_by[name]),
            }
        )
    return sorted(table, key=lambda row: -row["contraction"])
