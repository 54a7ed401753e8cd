"""Ensembles: many futures of one or several scenarios, block by block, on any executor.

Draw k is the same whatever the number of draws, the size of blocks, their order and the number of jobs. All scenarios
of a request see the same draws; one that departs from the first only in 2018 is simulated only from 2018.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import chosen
from sinobel.inputs.posterior import SOURCES
from sinobel.inputs.reading import InputError, Problem, digest, quoted
from sinobel.inputs.values import names as listed
from sinobel.inputs.values import plain
from sinobel.policies.lever_path import LeverPath
from sinobel.policies.scenarios import Scenario
from sinobel.runs import held, side_by_side, trajectories
from sinobel.runs.executors import can_fork, run_blocks
from sinobel.runs.side_by_side import SideBySideSheet
from sinobel.runs.trajectories import UNTIED
from sinobel.world.shocks import GROUP, Shocks

if TYPE_CHECKING:
    from sinobel.world.world import World

BLOCK = 4096
"""Most draws simulated at once: enough to spread the fixed cost of a call, few enough for the cache (benchmarks/)."""

NUMBERS_AT_ONCE = 64_000_000
"""Most monthly values one process holds at once, whatever the number of scenarios and draws."""

MOST_DRAWS = 1_000_000

LARGEST_FREED = 31 << 20
"""Bytes of a block of memory that is taken and freed before a simulation. The C library keeps for itself what is freed
later, up to twice the largest block it has seen freed; without this it hands the memory of a month back to the system
and fetches it anew, 300 pages a month with 4,096 draws."""


@dataclass(frozen=True)
class Request:
    """Everything that decides the numbers of an ensemble. Raises InputError for what is not allowed.

    scenarios   the first is the reference the others are compared with
    indicators  names to show; None for all
    first_draw  number of the first draw, 0 unless an ensemble is continued
    parameters  "posterior", "prior", or "wide prior", the one of earlier years
    parameter_seed  root of the parameters, when the same are to meet other shocks
    """

    scenarios: tuple[Scenario, ...]
    draws: int
    seed: int
    origin: str = months.DEFAULT_ORIGIN
    horizon: str = months.DEFAULT_HORIZON
    indicators: tuple[str, ...] | None = None
    first_draw: int = 0
    parameters: str = "posterior"
    parameter_seed: int | None = None

    def __post_init__(self) -> None:
        problems: list[Problem] = []
        taken = {
            name: plain(getattr(self, name)) for name in ("draws", "seed", "first_draw", "parameters", "parameter_seed")
        }
        taken |= {name: months.december_text(getattr(self, name)) for name in ("origin", "horizon")}
        taken["indicators"] = None if self.indicators is None else listed(self.indicators)
        for name, value in taken.items():
            object.__setattr__(self, name, value)
        for name, value, least, most in (
            ("draws", self.draws, 1, MOST_DRAWS),
            ("seed", self.seed, 0, 2**63 - 1),
            ("first_draw", self.first_draw, 0, MOST_DRAWS),
        ):
            whole = isinstance(value, int) and not isinstance(value, bool)
            if not whole or not least <= value <= most:
                problems.append(Problem(f"{name} must be a whole number from {least} to {most:,}, not {quoted(value)}"))
        try:
            self._span()
        except ValueError as error:
            problems.append(Problem(str(error)))
        else:
            for scenario in self.scenarios:
                problems += scenario.check_dates(*self._span())
        if not self.scenarios:
            problems.append(Problem("a run needs at least one scenario"))
        problems += [Problem(why) for scenario in self.scenarios for why in scenario.refuse_texts()]
        names = [scenario.name for scenario in self.scenarios]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            problems.append(Problem(f'two scenarios are called "{twice}"; give each its own name'))
        if self.parameters not in SOURCES:
            problems.append(Problem(f"parameters come from {', '.join(SOURCES)}, not {self.parameters!r}"))
        if not chosen(self.indicators):
            problems.append(Problem("a run needs at least one indicator; `sinobel indicators` lists them"))
        if problems:
            raise InputError(problems)

    @property
    def months(self) -> tuple[int, int]:
        """Month numbers of origin and horizon."""
        return self._span()

    def _span(self) -> tuple[int, int]:
        origin = months.parse_origin(self.origin)
        return origin, months.parse_horizon(self.horizon, origin)

    @property
    def shown(self) -> list[str]:
        """Indicators to show."""
        return chosen(self.indicators)

    @property
    def recorded(self) -> list[str]:
        """Indicators to record for those shown."""
        return trajectories.recorded_names(self.shown)

    @property
    def loans(self) -> list[str]:
        """Names of the Chinese loans: those of the record at the origin, a row a year of new ones, untied credit."""
        origin, horizon = self.months
        new = range(months.year(origin) + 1, months.year(horizon) + 1)
        return [*(loan.id for loan in all_evidence().loan_book(origin)), *(f"N{year}" for year in new), UNTIED]

    def held_shape(self, draws: int) -> tuple[int, int, int]:
        """Shape (rules, years, draws) of the months in which the rules of all scenarios held in some draws."""
        return held.shape(self.scenarios, *self.months, draws)

    @property
    def count(self) -> int:
        """Number of months."""
        origin, horizon = self.months
        return horizon - origin

    def as_written(self) -> dict[str, Any]:
        """The request for a manifest, ready for JSON."""
        return {
            "scenarios": [scenario.as_written() for scenario in self.scenarios],
            "draws": int(self.draws), "first_draw": int(self.first_draw), "seed": int(self.seed),
            "origin": self.origin, "horizon": self.horizon,
            "indicators": None if self.indicators is None else list(self.indicators), "parameters": self.parameters,
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """Hash of the request."""
        return digest(json.dumps(self.as_written(), sort_keys=True))


@dataclass(frozen=True)
class Block:
    """Draws `first` to `first + count - 1` of a request, the block number `number`."""

    number: int
    first: int
    count: int


def blocks(draws: int, first: int = 0, size: int = BLOCK) -> list[Block]:
    """Blocks of an ensemble. Their limits fall between the groups of draws that share a random stream."""
    size = max(GROUP, size // GROUP * GROUP)
    limits = [first, *range((first // size + 1) * size, first + draws, size), first + draws]
    return [Block(number, start, end - start) for number, (start, end) in enumerate(pairwise(limits))]


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

    months  (recorded indicators, months, draws), in any precision
    years   (shown indicators, years, draws)
    loans   (measures, loans, draws)
    held    (rules of the scenario, years, draws), zeros to begin with: months in which each rule held
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

    chosen  shocks and parameters that somebody chose instead of those of the request's draws (`designs`)
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
            request.scenarios[places[0]], seed=request.seed, origin=request.origin, horizon=request.horizon,
            first_draw=block.first, collect=False, **made_of,
        )  # fmt: skip

    def recorder(places: Sequence[int]) -> Recorder:
        rules = paths[places[0]].rules  # scenarios beside each other have none
        return Recorder(request.recorded, request.shown, len(places) * block.count, *sheets.of(places), rules=rules)

    paths = [LeverPath(scenario, origin, horizon) for scenario in request.scenarios]
    groups = side_by_side.groups(paths, BLOCK // block.count)
    alone_until = next((departure for departure, places in groups if 0 in places), horizon + 1)
    first, book = world([0], draws=block.count, levers=paths[0], **chosen), recorder([0])
    checkpoints: dict[int, tuple[Any, Recorder]] = {}
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
        others.resume(side_by_side.repeated(state, len(places)))
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


Progress = Callable[[int, int], None]
"""Called with the number of finished draws and of all draws."""


def run_in_memory(
    request: Request, jobs: int = 1, executor: Executor | None = None, progress: Progress | None = None,
    rules: np.ndarray | None = None,
) -> list[np.ndarray]:  # fmt: skip
    """Monthly values of a whole ensemble, one array (recorded indicators, months, draws) per scenario.

    rules  array (rules, years, draws) that takes the months in which each rule of state held, where they are wanted
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
