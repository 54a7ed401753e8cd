"""A world whose months run as machine code: its state lies in blocks, and comes back when the world itself is to work.

`World.step` stays the only text of the model. January opens its year in the world, and so does every month that was not
traced: the first one, and those in which a scenario signs a Chinese loan for a project.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.indicators import ratios, recorded_names
from sinobel.runs.compiled.kernels import LEVERS, ONCE, form_name
from sinobel.runs.compiled.layout import WIDTH, Layout
from sinobel.runs.compiled.machine import Call
from sinobel.runs.compiled.program import Program
from sinobel.runs.compiled.trace import (
    AT_ORIGIN,
    CHANCE,
    EVENT,
    LUCK,
    OF_MONTH,
    OF_YEAR,
    OPENING,
    PARAMETER,
    SCALE,
    SET,
    STATE,
    Key,
    parts_of,
)
from sinobel.world.state import Checkpoint
from sinobel.world.world import World


@dataclass(frozen=True)
class Compiled:
    """The months of a span as machine code.

    Attributes
    ----------
    calendars : Mapping[int, Mapping[Key, float]]
        By month number, numbers of the world that a month leaves, the same in all draws.
    """

    program: Program
    layout: Layout
    calls: Mapping[str, Call]
    calendars: Mapping[int, Mapping[Key, float]]


class Stepper:
    """Steps a world with compiled months.

    Parameters
    ----------
    world : World
        At the origin or between two months.
    compiled : Compiled
        Of its origin and horizon.
    """

    def __init__(self, world: World, compiled: Compiled):
        self.world, self._compiled = world, compiled
        self._blocks = -(-world.draws // WIDTH)
        self._memory: np.ndarray | None = None
        self._in_blocks = False
        self._board: Any = None
        self._parts = parts_of(world)
        keys = compiled.layout.keys
        self._state = [(key, row) for key, row in keys.items() if key[0] == STATE and OF_MONTH not in key]
        self._of_month = [(key, row) for key, row in keys.items() if key[0] == STATE and OF_MONTH in key]
        self._chance = [(key, row) for key, row in keys.items() if key[0] == CHANCE]
        self._written = {key for form in compiled.program.forms for key in form.state}
        self.ran = 0

    # --- months ---

    def step(self) -> None:
        """Run a month, compiled if it can be."""
        world, month = self.world, self.world.month + 1
        if month not in self._compiled.program.months or not self._can_run(month):
            self._give_back()
            world.step()
            return
        if months.month_of_year(month) == 1 or world.levers.watched(month):
            self._give_back()
        world.steps += 1
        world._open_month()
        self._take()
        self._pull_levers()
        self._meet(month)
        program = self._compiled.program
        self._call(form_name(program.months[month]), program.numbers[month])
        for (place, name), value in self._compiled.calendars[month].items():
            setattr(self._parts[str(place)], str(name), value)
        world._close_month()
        self.ran += 1

    def _can_run(self, month: int) -> bool:
        board = self.world.levers.board(month, self.world.memory) if not self.world.levers.watched(month) else None
        return board is None or not (board.events.signs)

    def observe(self, names: Iterable[str]) -> dict[str, np.ndarray]:
        """Indicators of the month that has ended, without ratios."""
        if not self._in_blocks:
            from sinobel.world.readings import observe

            return observe(self.world, names)
        return {name: self._row(self._compiled.layout.observed[name]) for name in names}

    def checkpoint(self) -> Checkpoint:
        """As of the world."""
        self._give_back(keep=True)
        return self.world.checkpoint()

    # --- memory ---

    def _call(self, name: str, numbers: np.ndarray) -> None:
        assert self._memory is not None
        self._compiled.calls[name](self._memory, numbers, self._blocks)

    def _row(self, row: int) -> np.ndarray:
        assert self._memory is not None
        return self._memory[:, row].reshape(-1)[: self.world.draws]

    def _fill(self, row: int, value: Any) -> None:
        """Write an array or a number into a row; the last future fills up the last block."""
        assert self._memory is not None
        target = self._memory[:, row]
        if np.ndim(value) == 0 or len(value) == 1:
            target[:] = value
            return
        whole = self.world.draws // WIDTH
        target[:whole] = value[: whole * WIDTH].reshape(whole, WIDTH)
        if whole < self._blocks:
            rest = self.world.draws - whole * WIDTH
            target[whole, :rest] = value[whole * WIDTH :]
            target[whole, rest:] = value[-1]

    def _take(self) -> None:
        """Bring the state of the world into the blocks."""
        if self._in_blocks:
            return
        if self._memory is None:
            self._begin()
        for key, row in self._state:
            self._fill(row, self._find(key))
        if self._board is None:
            self._call(ONCE, np.zeros(1))
        self._in_blocks = True

    def _begin(self) -> None:
        """Memory, and what never changes."""
        world, layout = self.world, self._compiled.layout
        self._memory = np.zeros((self._blocks, layout.rows, WIDTH))
        for key, row in layout.keys.items():
            if key[0] == PARAMETER:
                self._fill(row, world.parameters.values[str(key[1])])
            elif key[0] == OPENING:
                self._fill(row, self._at(world.opening, key[1:]))
            elif key[0] == LUCK:
                self._fill(row, world.shocks.chance_of(str(key[1])))
            elif key[0] == AT_ORIGIN:
                self._fill(row, world.opening_board[str(key[1])])

    def _pull_levers(self) -> None:
        """Levers and events of the month, where they have moved."""
        board = self.world.board
        if board is self._board:
            return
        self._board = board
        for key, row in self._compiled.layout.keys.items():
            if key[0] == SET:
                self._fill(row, board._values[str(key[1])])
            elif key[0] == SCALE:
                self._fill(row, board._scales[str(key[1])])
            elif key[0] == EVENT:
                self._fill(row, board.events._numbers[int(key[1])])
        self._call(LEVERS, np.zeros(1))

    def _meet(self, month: int) -> None:
        """Chance of the month, and rows that are there month by month."""
        world = self.world
        give = {
            "normal": world.shock,
            "heavy": world.heavy_shock,
            "uniform": world.chance,
            "yearly normal": world.yearly_normal,
            "yearly uniform": world.yearly_chance,
        }
        for key, row in self._chance:
            self._fill(row, give[str(key[1])](str(key[2])))
        for key, row in self._of_month:
            self._fill(row, self._find(key))

    # --- state ---

    def _find(self, key: Key) -> Any:
        """What the world holds under a key."""
        _, place, name, *path = key
        return self._at(getattr(self._parts[str(place)], str(name)), tuple(path))

    def _at(self, value: Any, path: tuple[Any, ...]) -> Any:
        for step in self._steps(value, path):
            value = getattr(value, step) if isinstance(step, str) and not isinstance(value, dict) else value[step]
        return value

    def _steps(self, value: Any, path: tuple[Any, ...]) -> list[Any]:
        """A path with rows in the place of marks."""
        if OF_YEAR not in path and OF_MONTH not in path:
            return list(path)
        mark = path.index(OF_YEAR) if OF_YEAR in path else path.index(OF_MONTH)
        since = path[mark + 1]
        for step in path[:mark]:
            value = value[step]
        if path[mark] == OF_YEAR:
            first = self._first_row(len(value))
        else:
            place = self.world.month - self.world.origin
            first = (place - 1) % 12 if isinstance(value, tuple) else place
        return [*path[:mark], first + since, *path[mark + 2 :]]

    def _first_row(self, rows: int) -> int:
        book = self.world.china.policy_banks.book
        return book.current if rows == book.rows else book.current - book.old

    def _give_back(self, keep: bool = False) -> None:
        """Bring the state from the blocks into the world."""
        if not self._in_blocks:
            return
        for key, row in self._state:
            if key in self._written:
                self._put(key, self._row(row).copy())
        self._in_blocks = keep

    def _put(self, key: Key, row: np.ndarray) -> None:
        _, place, name, *path = key
        part = self._parts[str(place)]
        old = getattr(part, str(name))
        steps = self._steps(old, tuple(path))
        setattr(part, str(name), _replaced(old, steps, row))


def _replaced(value: Any, steps: list[Any], row: np.ndarray) -> Any:
    """A value of state with another array in one place of it."""
    if not steps:
        return row != 0.0 if value.dtype == bool else row
    first, *others = steps
    if isinstance(value, np.ndarray):
        value[tuple(steps)] = row
        return value
    new = _replaced(value[first], others, row)
    if isinstance(value, dict):
        return {**value, first: new}
    parts = [new if place == first else each for place, each in enumerate(value)]
    return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
