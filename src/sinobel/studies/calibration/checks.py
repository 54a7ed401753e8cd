"""What a posterior is worth: how well it was sampled, what moved it, and whether it brings back the targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from sinobel.analysis.rows import Row, column
from sinobel.inputs import months
from sinobel.inputs.parameters import prior_of
from sinobel.policies.scenarios import BASELINE, load
from sinobel.runs import ensemble
from sinobel.runs.request import Request
from sinobel.studies.calibration import targets
from sinobel.studies.calibration.emulator import LASTING, Emulator

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


def movers(
    emulators: Sequence[Emulator], labels: Sequence[Sequence[str]], names: Sequence[str]
) -> dict[str, list[str]]:
    """The targets that say most about each parameter, by their information taken alone, in words.

    Parameters
    ----------
    labels : Sequence[Sequence[str]]
        What the targets of each emulator are called.
    """
    moved_by: dict[str, dict[str, float]] = {name: {} for name in names}
    for each, called in zip(emulators, labels, strict=True):
        information = each.information
        for row, name in enumerate(names):
            for place, label in enumerate(called):
                moved_by[name][label] = float(information[row, place])
    return {
        name: [label for label, size in sorted(found.items(), key=lambda item: -item[1])[:MOVERS] if size > 0.005]
        for name, found in moved_by.items()
    }


def lasting_errors(points: np.ndarray, series: Sequence[str]) -> dict[str, dict[str, float]]:
    """What the record says of each series' lasting error: series -> mean and spread, as shares of its simulated spread.

    Parameters
    ----------
    points : np.ndarray
        (chains, steps, series), standard normal before the data.
    """
    flat = LASTING * points.reshape(-1, len(series))
    return {
        name: {"mean": float(flat[:, place].mean()), "spread": float(flat[:, place].std())}
        for place, name in enumerate(series)
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


@dataclass(frozen=True, eq=False, kw_only=True)
class FigureRow(Row):
    """A figure of the paper against what the model says from the latest December before it."""

    figure: str = column("number of the figure in the list of the paper's figures")
    label: str = column("what it is of, and its unit", listed="label, unit")
    unit: str = column()
    paper: float = column("what the paper says")
    least: float = column("interval in which the paper's value lies as it is written", listed="least, most")
    most: float = column()
    origin: str = column("month from which the model was run")
    median: float = column("median over draws")
    low_50: float = column(
        "ends of the central 50 and 90 % range over draws", listed="low_50, high_50, low_90, high_90"
    )
    high_50: float = column()
    low_90: float = column()
    high_90: float = column()
    inside_90: bool = column(
        "whether the 90 % range meets the interval, and holds the value itself", listed="inside_90, value_inside_90"
    )
    value_inside_90: bool = column()
    width: float = column("width of the 90 % range")
    note: str = column("what is to be known of it")


@dataclass(frozen=True, eq=False, kw_only=True)
class ComparedFigureRow(FigureRow):
    """The same beside what the priors say."""

    prior_low_90: float = column("ends of the 90 % range under the priors", listed="prior_low_90, prior_high_90")
    prior_high_90: float = column()


@dataclass(frozen=True, eq=False, kw_only=True)
class ParameterRow(Row):
    """Prior and posterior of a calibrated parameter."""

    parameter: str = column("name of the parameter, and its unit", listed="parameter, unit")
    unit: str = column()
    prior_p10: float = column("quantiles of the prior", listed="prior_p10, prior_p50, prior_p90")
    prior_p50: float = column()
    prior_p90: float = column()
    p10: float = column("quantiles of the posterior", listed="p10, p50, p90")
    p50: float = column()
    p90: float = column()
    ess: float = column("effective sample size")
    r_hat: float = column("R-hat: 1 where all chains agree")
    shift: float = column("how far the data moved its mean, in standard deviations of the prior")
    contraction: float = column("one less the ratio of the variances of posterior and prior")
    moved_by: str = column("the targets that say most about it")


def figure_rows(draws: int, seed: int, source: str, jobs: int) -> list[FigureRow]:
    """Each figure of the paper against what the model says from the latest December before it.

    Parameters
    ----------
    source : str
        "posterior" or "prior": of the present, as it stands in `model/posterior`.

    Returns
    -------
    list[FigureRow]
        Rows with the figure's interval, the median, the 50 and 90 % ranges, and whether they meet the figure.
    """
    rows: list[FigureRow] = []
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
        rows += [_figure_row(figure, figure.of(monthly, origin), origin) for figure in figures]
    return sorted(rows, key=lambda row: row.figure)


def _figure_row(figure: targets.Figure, values: np.ndarray, origin: int) -> FigureRow:
    """A figure against values (draws,) of the model."""
    low, q1, middle, q3, high = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95))
    least, most = figure.interval
    return FigureRow(
        figure=figure.id,
        label=figure.label,
        unit=figure.unit,
        paper=figure.value,
        least=least,
        most=most,
        origin=months.label(origin),
        median=float(middle),
        low_50=float(q1),
        high_50=float(q3),
        low_90=float(low),
        high_90=float(high),
        inside_90=bool(least <= high and most >= low),
        value_inside_90=bool(low <= figure.value <= high),
        width=float(high - low),
        note=figure.note,
    )


def beside_priors(rows: Sequence[FigureRow], before: Sequence[FigureRow]) -> list[ComparedFigureRow]:
    """Figures under the posterior, each with its range under the priors."""
    prior = {row.figure: row for row in before}
    return [
        ComparedFigureRow(**row, prior_low_90=prior[row.figure].low_90, prior_high_90=prior[row.figure].high_90)
        for row in rows
    ]


def parameter_rows(
    values: Mapping[str, np.ndarray],
    diagnosed: Mapping[str, Mapping[str, float]],
    moved_by: Mapping[str, Sequence[str]],
) -> list[ParameterRow]:
    """Prior and posterior of each calibrated parameter side by side."""
    table = []
    for name, drawn in values.items():
        prior, told = prior_of(name), diagnosed[name]
        before = prior.quantile(np.array([0.1, 0.5, 0.9]))
        after = np.quantile(drawn, (0.1, 0.5, 0.9))
        table.append(
            ParameterRow(
                parameter=name,
                unit=prior.unit,
                prior_p10=before[0],
                prior_p50=before[1],
                prior_p90=before[2],
                p10=after[0],
                p50=after[1],
                p90=after[2],
                ess=told["ess"],
                r_hat=told["r_hat"],
                shift=told["shift"],
                contraction=told["contraction"],
                moved_by="; ".join(moved_by[name]),
            )
        )
    return sorted(table, key=lambda row: -row.contraction)
