"""Ensembles: many futures of one or several scenarios, block by block, on any executor.

Draw k is the same whatever the number of draws, the size of blocks, their order and the number of jobs. All scenarios
of a request see the same draws; one that departs from the first only in 2018 is simulated only from 2018.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.policies.lever_path import LeverPath
from sinobel.runs import held, side_by_side
from sinobel.runs.executors import can_fork, run_blocks
from sinobel.runs.request import BLOCK, Block, Progress, Request, blocks
from sinobel.runs.side_by_side import SideBySideSheet
from sinobel.world.shocks import GROUP, Shocks

if TYPE_CHECKING:
    from sinobel.world.state import Checkpoint
    from sinobel.world.world import World


NUMBERS_AT_ONCE = 64_000_000
"""Most monthly values one process holds at once, whatever the number of scenarios and draws."""


LARGEST_FREED = 31 << 20
"""Bytes of a block of memory that is taken and freed before a simulation. The C library keeps for itself what is freed
later, up to twice the largest block it has seen freed; without this it hands the memory of a month back to the system
and fetches it anew, 300 pages a month with 4,096 draws."""


def block_size(request: Request, jobs: int) -> int:
    """Size of blocks that bounds the memory of a process and keeps all jobs busy to the end, as many blocks each."""
    jobs = max(jobs, 1)
    fitting = NUMBERS_AT_ONCE // (len(request.recorded) * request.count * len(request.scenarios))
    most = min(BLOCK, max(GROUP, fitting // GROUP * GROUP))
    rounds = -(-request.draws // (most * jobs))
    share = -(-request.draws // (rounds * jobs))
    return min(most, -(-share // GROUP) * GROUP)


# --- one block -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheets:
    """Arrays that simulated values are written into, one per scenario; what is None is not kept.

    Attributes
    ----------
    months : Sequence[np.ndarray] | None
        (recorded indicators, months, draws), in any precision.
    years : Sequence[np.ndarray] | None
        (shown indicators, years, draws)
    loans : Sequence[np.ndarray] | None
        (measures, loans, draws)
    held : Sequence[np.ndarray] | None
        (rules of the scenario, years, draws), zeros to begin with: months in which each rule held.
    """

    months: Sequence[np.ndarray] | None = None
    years: Sequence[np.ndarray] | None = None
    loans: Sequence[np.ndarray] | None = None
    held: Sequence[np.ndarray] | None = None

    def of(self, places: Sequence[int]) -> list[Any]:
        """Sheets of some scenarios for months, years, loans and rules, those of several as one wide sheet."""
        parts = (self.months, self.years, self.loans, self.held)
        kept = ([part[place] for place in places] if part else None for part in parts)
        return [part[0] if part and len(part) == 1 else part and SideBySideSheet(part) for part in kept]


def fill(request: Request, block: Block, sheets: Sheets, chosen: Mapping[str, Any] | None = None) -> None:
    """Simulate a block and write what it gives into arrays.

    The first scenario runs from the origin; every other runs from the month in which it first differs, several of them
    beside each other in one world (`side_by_side`).

    Parameters
    ----------
    chosen : Mapping[str, Any] | None
        Shocks and parameters that somebody chose instead of those of the request's draws (`designs`)
    """
    from sinobel.runs.recorder import Recorder
    from sinobel.world.world import World

    origin, horizon = request.months
    np.empty(LARGEST_FREED, np.uint8)
    if chosen is None:
        shocks = Shocks(request.seed, block.first, block.count, horizon - origin, request.parameter_seed)
        chosen = {"shocks": shocks, "parameters": request.parameters}

    def world(places: Sequence[int], **made_of: Any) -> World:
        return World(
            request.scenarios[places[0]],
            seed=request.seed,
            origin=request.origin,
            horizon=request.horizon,
            first_draw=block.first,
            collect=False,
            **made_of,
        )

    def recorder(places: Sequence[int]) -> Recorder:
        rules = paths[places[0]].rules  # scenarios beside each other have none
        return Recorder(request.recorded, request.shown, len(places) * block.count, *sheets.of(places), rules=rules)

    paths = [LeverPath(scenario, origin, horizon) for scenario in request.scenarios]
    groups = side_by_side.groups(paths, BLOCK // block.count)
    alone_until = next((departure for departure, places in groups if 0 in places), horizon + 1)
    first, book = world([0], draws=block.count, levers=paths[0], **chosen), recorder([0])
    checkpoints: dict[int, tuple[Checkpoint, Recorder]] = {}
    for month in range(origin + 1, alone_until + 1):
        if any(month == departure for departure, _ in groups):
            checkpoints[month] = first.checkpoint(), book.checkpoint()
        if month < alone_until:
            first.step()
            book.record(first)
    for departure, places in groups:
        theirs = recorder(places)
        if departure > horizon:
            theirs.take_over(book, request.count)
            continue
        state, before = checkpoints[departure]
        theirs.take_over(before, departure - origin - 1)
        others = world(places, **side_by_side.ingredients(first, [paths[place] for place in places]))
        others.resume(state.repeated(len(places)))
        while others.running:
            others.step()
            theirs.record(others)
        others.close()
        del others
    first.close()
    del world, first
    gc.collect()  # agents and their world hold each other; without this their arrays would outlive the block


def simulate(request: Request, block: Block) -> list[np.ndarray]:
    """Monthly values of a block, one array (recorded indicators, months, draws) per scenario."""
    return _simulate(request, block)[0]


def _simulate(request: Request, block: Block) -> tuple[list[np.ndarray], np.ndarray]:
    """Monthly values of a block, and the months in which rules held, (rules, years, draws)."""
    values = [np.empty((len(request.recorded), request.count, block.count)) for _ in request.scenarios]
    return values, _fill_months(request, block, values)


def _fill_months(request: Request, block: Block, months: Sequence[np.ndarray]) -> np.ndarray:
    """Simulate a block into arrays of months; returns the months in which rules held, (rules, years, draws)."""
    rules = np.zeros(request.held_shape(block.count), np.uint8)
    fill(request, block, Sheets(months=months, held=held.by_scenario(rules, request.scenarios)))
    return rules


# --- many blocks -----------------------------------------------------------------------------------------------------

Work = Callable[[Request, Block], Any]
_shared: list[np.ndarray] = []  # result arrays that this process or its forked workers fill in place


def _fill_shared(request: Request, block: Block) -> tuple[None, np.ndarray]:
    """Simulate a block straight into the result arrays, which a forked worker shares with its parent."""
    columns = slice(block.first - request.first_draw, block.first - request.first_draw + block.count)
    return None, _fill_months(request, block, [sheet[:, :, columns] for sheet in _shared])


def run_in_memory(
    request: Request,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    rules: np.ndarray | None = None,
) -> list[np.ndarray]:
    """Monthly values of a whole ensemble, one array (recorded indicators, months, draws) per scenario.

    Parameters
    ----------
    rules : np.ndarray | None
        Array (rules, years, draws) that takes the months in which each rule of state held, where they are wanted.
    """
    shape = (len(request.recorded), request.count, request.draws)
    todo = blocks(request.draws, request.first_draw, block_size(request, jobs))
    share = executor is None and jobs > 1 and len(todo) > 1 and can_fork()
    sheets = [_shared_array(shape) if share else np.empty(shape) for _ in request.scenarios]
    finished = 0
    alone = executor is None and (jobs <= 1 or len(todo) <= 1)
    _shared[:] = sheets if share or alone else []
    work: Work = _fill_shared if share or alone else _simulate
    try:
        for block, (result, part_of_rules) in run_blocks(work, request, todo, jobs, executor):
            columns = slice(block.first - request.first_draw, block.first - request.first_draw + block.count)
            if result is not None:
                for sheet, part in zip(sheets, result, strict=True):
                    sheet[:, :, columns] = part
            if rules is not None:
                rules[:, :, columns] = part_of_rules
            finished += block.count
            if progress:
                progress(finished, request.draws)
    finally:
        _shared.clear()
    return sheets


def _shared_array(shape: tuple[int, ...]) -> np.ndarray:
    """An array in memory that forked processes share."""
    import mmap

    memory = mmap.mmap(-1, int(np.prod(shape)) * 8)
    return np.frombuffer(memory, dtype=np.float64).reshape(shape)
