"""Designed runs: parameters and shocks that a study chooses, where an ensemble would draw them.

An ensemble meets each draw's parameters with that draw's shocks. A sensitivity study needs other mixtures: one
parameter moved while all else stays, or the same parameters under other shocks. Every value still comes from the
distribution or from the draws of the ordinary ensemble.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from sinobel.inputs import months, posterior
from sinobel.inputs.parameters import all_parameters
from sinobel.runs.ensemble import Sheets, block_size, fill
from sinobel.runs.executors import run_blocks
from sinobel.runs.request import Block, Progress, Request, blocks
from sinobel.world.draws import ParameterDraws, draw_parameters
from sinobel.world.shocks import ChosenShocks, Shocks


@dataclass(frozen=True)
class Design:
    """What each run is made of.

    Attributes
    ----------
    futures : np.ndarray
        (runs,) numbers of the draws whose shocks are met.
    quantiles : Mapping[str, np.ndarray]
        Parameter -> (runs,) cumulative probabilities of its own distribution.
    lent : Sequence[tuple[tuple[str, ...], np.ndarray]]
        Groups of parameters with (runs,) numbers of the draws that lend all their values together.
    """

    futures: np.ndarray
    quantiles: Mapping[str, np.ndarray]
    lent: Sequence[tuple[tuple[str, ...], np.ndarray]] = ()

    @property
    def runs(self) -> int:
        """Number of runs."""
        return len(self.futures)

    @property
    def draws(self) -> int:
        """Number of draws of the ordinary ensemble that shocks and values are taken from."""
        return 1 + int(max(numbers.max() for numbers in (self.futures, *(numbers for _, numbers in self.lent))))

    def part(self, block: Block) -> Design:
        """The runs of a block."""
        rows = slice(block.first, block.first + block.count)
        return Design(
            self.futures[rows],
            {name: values[rows] for name, values in self.quantiles.items()},
            [(names, numbers[rows]) for names, numbers in self.lent],
        )


def uncertain() -> list[str]:
    """Names of the parameters that are not known for certain."""
    return [name for name, parameter in all_parameters().items() if parameter.role != "constant"]


def correlated(source: str, origin: int, least: float = 0.3) -> list[tuple[str, ...]]:
    """Groups of parameters that calibration ties together: their correlation in rank order is `least` or more."""
    from scipy.stats import spearmanr

    found = posterior.calibrated(source, origin)
    names = list(found)
    if len(names) < 2:
        return []
    tied = np.abs(np.atleast_2d(spearmanr(np.column_stack([found[name] for name in names])).statistic)) >= least
    from scipy.sparse.csgraph import connected_components

    _, group = connected_components(tied, directed=False)
    members = [tuple(name for name, label in zip(names, group, strict=True) if label == each) for each in set(group)]
    return sorted(each for each in members if len(each) > 1)


def run(design: Design, request: Request, year: int, jobs: int = 1, progress: Progress | None = None) -> np.ndarray:
    """Values of the shown indicators of a request in one year.

    Parameters
    ----------
    request : Request
        Scenarios, origin, horizon, seed and source of parameters; its number of draws is that of the runs.

    Returns
    -------
    np.ndarray
        (scenarios, shown indicators, runs).
    """
    result = np.empty((len(request.scenarios), len(request.shown), design.runs))
    todo = blocks(design.runs, 0, block_size(request, jobs))
    finished = 0
    for block, values in run_blocks(partial(_simulate, design=design, year=year), request, todo, jobs):
        result[:, :, block.first : block.first + block.count] = values
        finished += block.count
        if progress:
            progress(finished, design.runs)
    return result


def _simulate(request: Request, block: Block, design: Design, year: int) -> np.ndarray:
    """The runs of a block: (scenarios, shown indicators, runs)."""
    origin, _ = request.months
    draws = Shocks(request.seed, request.first_draw, design.draws, request.count, request.parameter_seed)
    part = design.part(block)
    drawn = draw_parameters(request.parameters, draws, origin).values
    values = {name: drawn[name][part.futures] for name in drawn}
    for names, numbers in part.lent:
        values |= {name: drawn[name][numbers] for name in names}
    for name, uniform in part.quantiles.items():
        values[name] = posterior.marginal_quantile(name, uniform, request.parameters, origin)
    chosen = {"shocks": ChosenShocks(draws, part.futures), "parameters": ParameterDraws(values)}
    years = [np.empty((len(request.shown), request.count // 12, block.count)) for _ in request.scenarios]
    fill(request, block, Sheets(years=years), chosen)
    place = year - months.year(origin) - 1
    return np.stack([sheet[:, place] for sheet in years])
