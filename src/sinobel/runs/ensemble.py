"""Ensembles: many futures of one or several scenarios, block by block, on any executor.

Draw k is the same whatever the number of draws, the size of blocks, their order and the number of jobs. All scenarios
of a request see the same draws; one that departs from the first only in 2018 is simulated only from 2018.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.inputs.evidence import using
from sinobel.inputs.indicators import RECORDED_PER_YEAR
from sinobel.policies.lever_path import LeverPath
from sinobel.runs import held, side_by_side
from sinobel.runs.engines import Engine, engine_of, steps_of
from sinobel.runs.executors import can_fork, inherited, of_parent, run_blocks
from sinobel.runs.request import BLOCK, STEP, Block, Progress, Request, blocks
from sinobel.runs.side_by_side import SideBySideSheet
from sinobel.runs.trajectories import LOAN_MEASURES
from sinobel.world.shocks import Shocks

if TYPE_CHECKING:
    from sinobel.runs.recorder import Recorder
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
    most = min(BLOCK, max(STEP, fitting // STEP * STEP))
    rounds = -(-request.draws // (most * jobs))
    share = -(-request.draws // (rounds * jobs))
    return min(most, -(-share // STEP) * STEP)


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


@dataclass(frozen=True)
class _Making:
    """Makes the worlds and recorders of a block."""

    request: Request
    block: Block
    sheets: Sheets
    paths: Sequence[LeverPath]
    engine: Engine | None

    def world(self, places: Sequence[int], **made_of: Any) -> World:
        """A world of some scenarios beside each other, at the origin."""
        from sinobel.world.world import World

        return World(
            self.request.scenarios[places[0]],
            seed=self.request.seed,
            origin=self.request.origin,
            horizon=self.request.horizon,
            first_draw=self.block.first,
            collect=False,
            **made_of,
        )

    def recorder(self, places: Sequence[int]) -> Recorder:
        """What writes the months of some scenarios into their sheets."""
        from sinobel.runs.recorder import Recorder

        request, draws = self.request, len(places) * self.block.count
        rules = self.paths[places[0]].rules  # scenarios beside each other have none
        return Recorder(request.recorded, request.shown, draws, *self.sheets.of(places), rules=rules)

    def go_on(self, first: World, since: tuple[Checkpoint, Recorder], departure: int, places: Sequence[int]) -> None:
        """Run some scenarios from the month in which they depart from the first to the horizon."""
        (state, before), theirs = since, self.recorder(places)
        theirs.take_over(before, departure - self.request.months[0] - 1)
        others = self.world(places, **side_by_side.ingredients(first, [self.paths[place] for place in places]))
        others.resume(state.repeated(len(places)))
        steps = steps_of(others, self.engine)
        while others.running:
            steps.step()
            theirs.record(steps)
        others.close()


def fill(request: Request, block: Block, sheets: Sheets, chosen: Mapping[str, Any] | None = None) -> None:
    """Simulate a block and write what it gives into arrays.

    The first scenario runs from the origin; every other runs from the month in which it first differs, several of them
    beside each other in one world (`side_by_side`).

    Parameters
    ----------
    chosen : Mapping[str, Any] | None
        Shocks and parameters that somebody chose instead of those of the request's draws (`designs`)
    """
    with using(request.record):
        _fill(request, block, sheets, chosen)


def _fill(request: Request, block: Block, sheets: Sheets, chosen: Mapping[str, Any] | None) -> None:
    """The same with the record of the request in use."""
    origin, horizon = request.months
    np.empty(LARGEST_FREED, np.uint8)
    if chosen is None:
        shocks = Shocks(request.seed, block.first, block.count, horizon - origin, request.parameter_seed)
        chosen = {"shocks": shocks, "parameters": request.parameters}
    paths = [LeverPath(scenario, origin, horizon) for scenario in request.scenarios]
    making = _Making(request, block, sheets, paths, engine_of(request))
    groups = side_by_side.groups(paths, BLOCK // block.count)
    alone_until = next((departure for departure, places in groups if 0 in places), horizon + 1)
    departures = {departure for departure, _ in groups}
    first, book = making.world([0], draws=block.count, levers=paths[0], **chosen), making.recorder([0])
    steps = steps_of(first, making.engine)
    checkpoints: dict[int, tuple[Checkpoint, Recorder]] = {}
    for month in range(origin + 1, alone_until + 1):
        if month in departures:
            checkpoints[month] = steps.checkpoint(), book.checkpoint()
        if month < alone_until:
            steps.step()
            book.record(steps)
    for departure, places in groups:
        if departure > horizon:
            making.recorder(places).take_over(book, request.count)
        else:
            making.go_on(first, checkpoints[departure], departure, places)
    first.close()
    del first, steps
    gc.collect()  # agents and their world hold each other; without this their arrays would outlive the block


def simulate(request: Request, block: Block) -> list[np.ndarray]:
    """Monthly values of a block, one array (recorded indicators, months, draws) per scenario."""
    return list(_simulate(request, block, ("months",))[0]["months"])


def _simulate(request: Request, block: Block, keep: Sequence[str]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """What is kept of a block, in arrays of its own, and the months in which rules held, (rules, years, draws)."""
    arrays = {what: np.empty(*form) for what, form in shapes(request, block.count, keep).items()}
    return arrays, _fill_arrays(request, block, arrays)


def _fill_arrays(request: Request, block: Block, arrays: Mapping[str, np.ndarray]) -> np.ndarray:
    """Simulate a block into arrays; returns the months in which rules held, (rules, years, draws)."""
    rules = np.zeros(request.held_shape(block.count), np.uint8)
    sheets = {what: list(array) for what, array in arrays.items()}
    fill(request, block, Sheets(**sheets, held=held.by_scenario(rules, request.scenarios)))
    return rules


# --- many blocks -----------------------------------------------------------------------------------------------------

Work = Callable[[Request, Block], Any]


@dataclass(frozen=True)
class Kept:
    """What is kept of an ensemble, an array for all scenarios each; None for what was not asked for.

    Attributes
    ----------
    months : np.ndarray | None
        (scenarios, recorded indicators, months, draws)
    years : np.ndarray | None
        (scenarios, shown indicators, years, draws)
    loans : np.ndarray | None
        (scenarios, measures, loans, draws), in single precision as results folders have them.
    rules : np.ndarray
        (rules, years, draws): months in which each rule of state held.
    """

    rules: np.ndarray
    months: np.ndarray | None = None
    years: np.ndarray | None = None
    loans: np.ndarray | None = None


def shapes(request: Request, draws: int, keep: Sequence[str]) -> dict[str, tuple[tuple[int, ...], Any]]:
    """Shape and precision of the arrays for "months", "years" and "loans" of some draws, as far as they are kept."""
    scenarios = len(request.scenarios)
    every = {
        "months": ((scenarios, len(request.recorded), request.count, draws), np.float64),
        "years": ((scenarios, len(request.shown), request.count // RECORDED_PER_YEAR, draws), np.float64),
        "loans": ((scenarios, len(LOAN_MEASURES), len(request.loans), draws), np.float32),
    }
    return {what: every[what] for what in keep}


def _columns(request: Request, block: Block) -> slice:
    return slice(block.first - request.first_draw, block.first - request.first_draw + block.count)


def _fill_columns(request: Request, block: Block, arrays: Mapping[str, np.ndarray]) -> tuple[None, np.ndarray]:
    """Simulate a block straight into its columns of the result arrays."""
    columns = _columns(request, block)
    return None, _fill_arrays(request, block, {what: array[..., columns] for what, array in arrays.items()})


def _fill_shared(request: Request, block: Block, number: int) -> tuple[None, np.ndarray]:
    """The same in a forked worker, which shares the arrays with its parent."""
    return _fill_columns(request, block, of_parent(number))


def gather(
    request: Request,
    keep: Sequence[str],
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> Kept:
    """Simulate a whole ensemble in memory: that of a block, and of what is kept.

    Parameters
    ----------
    keep : Sequence[str]
        Of "months", "years", "loans"; the months in which rules held are kept anyway.
    """
    todo = blocks(request.draws, request.first_draw, block_size(request, jobs))
    engine_of(request)  # before processes part, so that they share it
    share = executor is None and jobs > 1 and len(todo) > 1 and can_fork()
    make = _shared_array if share else np.empty
    arrays = {what: make(*form) for what, form in shapes(request, request.draws, keep).items()}
    rules = np.zeros(request.held_shape(request.draws), np.uint8)
    finished = 0
    alone = executor is None and (jobs <= 1 or len(todo) <= 1)
    with inherited(arrays) as number:
        work: Work = partial(_simulate, keep=tuple(keep))
        if share or alone:
            work = partial(_fill_shared, number=number) if share else partial(_fill_columns, arrays=arrays)
        for block, (result, part_of_rules) in run_blocks(work, request, todo, jobs, executor):
            columns = _columns(request, block)
            for what, part in (result or {}).items():
                arrays[what][..., columns] = part
            rules[:, :, columns] = part_of_rules
            finished += block.count
            if progress:
                progress(finished, request.draws)
    return Kept(rules, **arrays)


def run_in_memory(
    request: Request,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> list[np.ndarray]:
    """Monthly values of a whole ensemble, one array (recorded indicators, months, draws) per scenario."""
    months = gather(request, ("months",), jobs, executor, progress).months
    assert months is not None
    return list(months)


def _shared_array(shape: tuple[int, ...], precision: Any) -> np.ndarray:
    """An array in memory that forked processes share."""
    import mmap

    memory = mmap.mmap(-1, max(int(np.prod(shape)) * np.dtype(precision).itemsize, 1))
    return np.frombuffer(memory, dtype=precision, count=int(np.prod(shape))).reshape(shape)
