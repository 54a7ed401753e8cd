"""A world whose months run as machine code: its state lies in blocks, and comes back when the world itself is to work.

`World.step` stays the only text of the model. The world opens every month; the first of a run it works out itself, and
so it does whatever is not as it was traced: months in which a scenario signs a Chinese loan for a project, and those
after it has limited the tied share of a loan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.indicators import ratios, recorded_names
from sinobel.policies.lever_path import LeverBoard
from sinobel.runs.compiled.kernels import LEVERS, ONCE, form_name
from sinobel.runs.compiled.layout import WIDTH, Layout
from sinobel.runs.compiled.machine import Code
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
    Calendar,
    Key,
    parts_of,
    run_opened,
)
from sinobel.runs.stepping import PlainSteps
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.readings import observe
from sinobel.world.state import Checkpoint, MonthsOfYear
from sinobel.world.world import World

NO_NUMBERS = np.zeros(1)


@dataclass(frozen=True)
class Span:
    """The months of a span, traced.

    Attributes
    ----------
    layout : Layout
        Where everything stands.
    forms : Mapping[int, int]
        Form of each month, by month number.
    numbers : Mapping[int, np.ndarray]
        Numbers of the month, likewise.
    calendars : Mapping[int, tuple[Calendar, Calendar]]
        Numbers of the world that are the same in all draws, before and after each month.
    """

    layout: Layout
    forms: Mapping[int, int]
    numbers: Mapping[int, np.ndarray]
    calendars: Mapping[int, tuple[Calendar, Calendar]]


class CompiledSteps:
    """Steps a world with compiled months.

    Parameters
    ----------
    world : World
        At the origin or between two months.
    span : Span
        Months of its origin and horizon.
    code : Code
        Machine code of them.

    Attributes
    ----------
    compiled : int
        Months that were run by machine code.
    """

    def __init__(self, world: World, span: Span, code: Code):
        self.world, self._span, self._code = world, span, code
        self._parts = parts_of(world)
        self._memory = Memory(world, span.layout)
        state = span.layout.inputs(STATE)
        self._by_month = [key for key in state if OF_MONTH in key]
        self._standing = [key for key in state if OF_MONTH not in key and self._stands(key)]
        self._moving = [key for key in state if OF_MONTH not in key and not self._stands(key)]
        self._begun = self._in_blocks = False
        self.compiled = 0
        self._board: LeverBoard | None = None

    # --- a month ---

    def step(self) -> None:
        """Run a month, compiled if it is as it was traced."""
        month = self.world.month + 1
        if month not in self._span.forms:
            self.settle()
            self.world.step()
            return
        if months.month_of_year(month) == 1:
            self.settle()
        self.world.turn_month(self._read if self._in_blocks else None)
        if not self._as_traced(month):
            self.settle()
            run_opened(self.world)
            return
        self.world.steps += 1  # Mesa counts the months that the world steps itself
        self._take()
        self._meet()
        self._run(form_name(self._span.forms[month]), self._span.numbers[month])
        self._turn(month)
        self.world.close_month()
        self.compiled += 1

    def _as_traced(self, month: int) -> bool:
        before, _ = self._span.calendars[month]
        if self.world.board.events.signs:
            return False
        if any(getattr(self._parts[place], name) != value for (place, name), value in before.items()):
            return False
        self._begin()
        self._pull_levers()
        return not any(self._memory.row(row).any() for row in self._span.layout.assumed)

    def _turn(self, month: int) -> None:
        """Leave the numbers that a month leaves."""
        before, after = self._span.calendars[month]
        for (place, name), value in after.items():
            if before[place, name] != value:
                setattr(self._parts[place], name, value)

    def _read(self, name: str) -> np.ndarray:
        """One indicator of the month that has ended, a ratio or not; (draws,)."""
        parts = self.observe(recorded_names([name]))
        return parts[name] if name in parts else ratios(name, parts, yearly=False)

    def observe(self, names: Iterable[str]) -> dict[str, np.ndarray]:
        """Indicators of the month that has ended, without ratios; (draws,)."""
        if not self._in_blocks:
            return observe(self.world, names)
        return {name: self._memory.row(self._span.layout.observed[name]) for name in names}

    def write(self, names: Sequence[str], target: np.ndarray) -> None:
        """Write indicators of the month that has ended into an array (names, draws)."""
        if not self._in_blocks:
            PlainSteps(self.world).write(names, target)
            return
        self._memory.copy([self._span.layout.observed[name] for name in names], target)

    def checkpoint(self) -> Checkpoint:
        """Everything that changes, as of the world."""
        return self.settle().checkpoint()

    # --- what a month is handed ---

    def _run(self, name: str, numbers: np.ndarray = NO_NUMBERS) -> None:
        self._code.calls[name](self._memory.blocks, numbers, len(self._memory.blocks))

    def _begin(self) -> None:
        """Bring in what never changes, once."""
        if self._begun:
            return
        self._begun = True
        world, layout, fill = self.world, self._span.layout, self._memory.fill
        for key, row in layout.inputs(PARAMETER).items():
            fill(row, world.parameters.values[key[1]])
        for key, row in layout.inputs(OPENING).items():
            fill(row, at(world.opening, key[1:]))
        for key, row in layout.inputs(LUCK).items():
            fill(row, world.shocks.chance_of(key[1]))
        for key, row in layout.inputs(AT_ORIGIN).items():
            fill(row, world.opening_board[key[1]])
        for key in self._standing:
            fill(layout.keys[key], self._find(key))
        self._run(ONCE)

    def _pull_levers(self) -> None:
        """Bring in levers and events, where they have moved."""
        board, layout = self.world.board, self._span.layout
        if board is self._board:
            return
        self._board = board
        settings, events = board.settings, board.events.values
        for place, word in enumerate((SET, SCALE)):
            for key, row in layout.inputs(word).items():
                self._memory.fill(row, settings[key[1]][place])
        for key, row in layout.inputs(EVENT).items():
            self._memory.fill(row, events[key[1]])
        self._run(LEVERS)

    def _meet(self) -> None:
        """Bring in the chance of the month, and rows that are there month by month."""
        world = self.world
        give = {
            "normal": world.shock,
            "heavy": world.heavy_shock,
            "uniform": world.chance,
            "yearly normal": world.yearly_normal,
            "yearly uniform": world.yearly_chance,
        }
        for key, row in self._span.layout.inputs(CHANCE).items():
            self._memory.fill(row, give[key[1]](key[2]))
        for key in self._by_month:
            self._memory.fill(self._span.layout.keys[key], self._find(key))

    # --- state ---

    def _take(self) -> None:
        """Bring the state of the world into the blocks."""
        if self._in_blocks:
            return
        for key in self._moving:
            self._memory.fill(self._span.layout.keys[key], self._find(key))
        self._in_blocks = True

    def settle(self) -> World:
        """The world with the state of the month that has ended."""
        if self._in_blocks:
            written = [key for key in self._moving if key in self._span.layout.written]
            self._renew({key[1:3] for key in written if len(key) > 3})  # rows are written into these
            for key in written:
                self._put(key, self._memory.row(self._span.layout.keys[key]))
            self._in_blocks = False
        return self.world

    def _stands(self, key: Key) -> bool:
        """Whether neither a month nor January writes what is under a key."""
        declared = self._parts[key[1]].declared.get(key[2])
        return declared is None or declared.kind in ("fixed", "monthly")

    def _renew(self, places: Iterable[tuple[str, str]]) -> None:
        """Put copies in the place of arrays that somebody may hold."""
        for place, name in places:
            part = self._parts[place]
            value = getattr(part, name)
            if isinstance(value, np.ndarray) and part.declared[name].kind != "written":
                setattr(part, name, value.copy())

    def _find(self, key: Key) -> Any:
        """What the world holds under a key."""
        value = getattr(self._parts[key[1]], key[2])
        return at(value, self._steps(value, key[3:]))

    def _put(self, key: Key, row: np.ndarray) -> None:
        part, name = self._parts[key[1]], key[2]
        value = getattr(part, name)
        setattr(part, name, _replaced(value, self._steps(value, key[3:]), row))

    def _steps(self, value: Any, path: Key) -> Key:
        """A path with the rows of this year or month in the place of marks."""
        for mark, first in ((OF_YEAR, self._first_of_year), (OF_MONTH, self._first_of_month)):
            if mark in path:
                where = path.index(mark)
                row = first(at(value, path[:where])) + path[where + 1]
                return (*path[:where], row, *path[where + 2 :])
        return path

    def _first_of_year(self, rows: np.ndarray) -> int:
        book = self.world.china.policy_banks.book
        return book.current if len(rows) == book.rows else book.current - book.old

    def _first_of_month(self, rows: Any) -> int:
        place = self.world.month - self.world.origin
        return (place - 1) % int(MONTHS_PER_YEAR) if isinstance(rows, MonthsOfYear) else place


class Memory:
    """The blocks of an ensemble, (blocks, rows, WIDTH); the last future fills up the last block.

    Parameters
    ----------
    world : World
        Whose draws they hold.
    layout : Layout
        Its rows.
    """

    def __init__(self, world: World, layout: Layout):
        self._draws = world.draws
        self.blocks = np.zeros((-(-self._draws // WIDTH), layout.rows, WIDTH))

    def row(self, row: int) -> np.ndarray:
        """A row of all futures, (draws,), that is the caller's own."""
        return self.blocks[:, row].flatten()[: self._draws]

    def copy(self, rows: Sequence[int], target: np.ndarray) -> None:
        """Write rows of all futures into an array (rows, draws)."""
        first, whole = rows[0], self._draws // WIDTH
        follow = list(rows) == list(range(first, first + len(rows)))
        found = self.blocks[:, first : first + len(rows)] if follow else self.blocks[:, list(rows)]
        side = found.transpose(1, 0, 2)
        target[:, : whole * WIDTH].reshape(len(rows), whole, WIDTH)[:] = side[:, :whole]
        if whole < len(self.blocks):
            target[:, whole * WIDTH :] = side[:, whole, : self._draws - whole * WIDTH]

    def fill(self, row: int, value: Any) -> None:
        """Write a number or (draws,) into a row."""
        target, whole = self.blocks[:, row], self._draws // WIDTH
        if np.ndim(value) == 0 or len(value) == 1:
            target[:] = value
            return
        target[:whole] = value[: whole * WIDTH].reshape(whole, WIDTH)
        if whole < len(target):
            rest = self._draws - whole * WIDTH
            target[whole, :rest], target[whole, rest:] = value[whole * WIDTH :], value[-1]


def at(value: Any, path: Iterable[Any]) -> Any:
    """What stands at the end of a path of attributes, keys and places."""
    for step in path:
        value = getattr(value, step) if isinstance(step, str) and not isinstance(value, dict) else value[step]
    return value


def _replaced(value: Any, path: Key, row: np.ndarray) -> Any:
    """A value of state with another array at the end of a path; the arrays of the loan book are written in place."""
    if not path:
        return row != 0.0 if value.dtype == bool else row
    if isinstance(value, np.ndarray):
        value[path] = row
        return value
    new = _replaced(value[path[0]], path[1:], row)
    if isinstance(value, dict):
        return {**value, path[0]: new}
    parts = [new if place == path[0] else each for place, each in enumerate(value)]
    return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
