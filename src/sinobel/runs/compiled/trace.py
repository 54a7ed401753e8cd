"""One month of a world, traced: its state, parameters, levers and chance become symbols, and `World.step` runs on them.

What is handed to a month has a key, a tuple that begins with one of the words below. A row of the loan book that waits
for loans of the year is known by its place among them, so that the months of all years have one form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.levers import all_levers
from sinobel.inputs.loans_and_contracts import SLOTS
from sinobel.policies.event_path import PLACES as EVENT_PLACES
from sinobel.policies.event_path import EventBoard
from sinobel.runs.compiled.tape import Symbol, Tape, Untraceable
from sinobel.world.draws import ParameterDraws
from sinobel.world.places import declarations
from sinobel.world.readings import observe
from sinobel.world.state import Declared, MonthsOfYear
from sinobel.world.subjects import SUBJECTS
from sinobel.world.world import World

STATE, PARAMETER, OPENING, CHANCE, LUCK = "state", "parameter", "opening", "chance", "luck"
SET, SCALE, AT_ORIGIN, EVENT = "lever set", "lever scaled", "lever at the origin", "event"
"""First words of keys: what a part of the world holds; a drawn parameter; what the record of the origin says; shocks of
the month; chance that stands from the origin on; levers as they are set or scaled (every lever has both, as in
`LeverBoard`), as they were at the origin; events of the month."""
OF_YEAR, OF_MONTH = "of the year", "of the month"
"""Marks of rows: counted from the first candidate of the year, from the month."""
BOOK = "china.policy_banks.book"
"""Where rows are loans."""
Key = tuple[Any, ...]
Calendar = dict[tuple[str, str], float]
"""Numbers of the world that are the same in all draws, by part and attribute."""


@dataclass(frozen=True)
class Month:
    """A traced month.

    Attributes
    ----------
    number : int
        Month number.
    tape : Tape
        Its operations.
    state : Mapping[Key, int]
        Nodes of what it leaves in the state, by key, where it is not what it was.
    observed : Mapping[str, int]
        Nodes of indicators.
    assumed : list[int]
        Nodes that were asked whether they hold in any draw, and were said not to.
    calendars : tuple[Calendar, Calendar]
        Numbers that are the same in all draws, before and after it.
    """

    number: int
    tape: Tape
    state: Mapping[Key, int]
    observed: Mapping[str, int]
    assumed: list[int]
    calendars: tuple[Calendar, Calendar]


class Board:
    """The levers of any month of any scenario: each may be set or scaled, draw by draw."""

    def __init__(self, tape: Tape, events: EventBoard):
        self._tape, self._levers, self.events = tape, all_levers(), events

    def __getitem__(self, name: str) -> Symbol:
        return self._tape.one((SET, name))

    def over(self, name: str, otherwise: Any) -> Any:
        """As `LeverBoard.over` where everything may differ by draw."""
        apply = self._tape.apply
        value, scale = self._tape.one((SET, name)), self._tape.one((SCALE, name))
        scaled = apply("multiply", otherwise, scale).clip(*self._levers[name].limits)
        scaled = apply("where", apply("equal", scale, 1.0), otherwise, scaled)
        return apply("where", apply("isnan", value), scaled, value)


class Events(EventBoard):
    """The events of any month in which no Chinese loan for a project is signed."""

    signs = False


class Symbols:
    """Makes symbols of what a world holds, under the keys of a tape."""

    def __init__(self, world: World, tape: Tape):
        book = world.china.policy_banks.book
        self.tape, self.draws, self.month = tape, world.draws, world.month - world.origin
        self._monthly = {(place, name) for place, name, each in declarations() if each.kind == "monthly"}
        self.month_of_year = months.month_of_year(world.month)
        self._first = {book.rows: book.current, book.rows - book.old: book.current - book.old}

    def of(self, value: Any, key: Key) -> Any:
        """The same with symbols for arrays: of arrays by key, in tuples and in what is told by the record."""
        if isinstance(value, np.ndarray):
            return self._of_array(value, key)
        if isinstance(value, dict):
            return {name: self.of(each, (*key, name)) for name, each in value.items()}
        if isinstance(value, MonthsOfYear):
            rows = enumerate(value, start=1 - self.month_of_year)
            return MonthsOfYear(self.of(each, (*key, OF_MONTH, since)) for since, each in rows)
        if isinstance(value, tuple) and value:
            parts = [self.of(each, (*key, place)) for place, each in enumerate(value)]
            return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
        if is_dataclass(value) and not isinstance(value, type):
            return self._of_record(value, key)
        return value

    def _of_record(self, value: Any, key: Key) -> Any:
        twin = object.__new__(type(value))
        for field in fields(value):
            object.__setattr__(twin, field.name, self.of(getattr(value, field.name), (*key, field.name)))
        return twin

    def _of_array(self, array: np.ndarray, key: Key) -> Any:
        if not array.ndim or array.shape[-1] != self.draws:
            return array
        truth = array.dtype == bool
        if array.ndim == 1:
            return self.tape.one(key, truth)
        marks = (key, array.shape, self._first.get(len(array)), key[1:3] in self._monthly and self.month)
        if marks not in self.tape.made:
            nodes = np.empty(array.shape[:-1], int)
            for place in np.ndindex(nodes.shape):
                nodes[place] = self.tape.input((*key, *self._row(key, len(array), place)), truth)
            self.tape.made[marks] = nodes
        return Symbol(self.tape, self.tape.made[marks].copy())

    def _row(self, key: Key, rows: int, place: tuple[int, ...]) -> Key:
        """Marks of a row."""
        first, *others = place
        if key[1:3] in self._monthly:
            return (OF_MONTH, first - self.month, *others)
        since = first - self._first.get(rows, first + 1) if str(key[1]).startswith(BOOK) else -1
        return (OF_YEAR, since, *others) if 0 <= since < len(SLOTS) else (first, *others)


def parts_of(world: World) -> dict[str, Declared]:
    """Everything with declared state by its place, parts of parts as well."""
    found: dict[str, Declared] = {}

    def add(place: str, part: Declared) -> None:
        found[place] = part
        for name, each in part.declared.items():
            if each.kind == "part":
                add(f"{place}.{name}", getattr(part, name))

    for place, part in world.parts().items():
        add(place, part)
    return found


def _held(part: Declared) -> dict[str, Any]:
    """Attributes of a part that hold numbers; the parts of it, the world and other agents stand aside."""
    aside = {"model", "world", "country", "unique_id", "pos", "entries", "sums"}
    aside |= {name for name, each in part.declared.items() if each.kind == "part"}
    return {
        name: value
        for name, value in vars(part).items()
        if name not in aside and not isinstance(value, Declared | World | str)
    }


@contextmanager
def symbols_in(world: World, tape: Tape) -> Iterator[dict[str, Declared]]:
    """Put symbols in the place of everything that a month reads, and the numbers back afterwards."""
    parts = parts_of(world)
    kept = {place: dict(vars(part)) for place, part in parts.items()}
    stands = dict(vars(world))
    make = Symbols(world, tape)
    try:
        for place, part in parts.items():
            for name, value in _held(part).items():
                setattr(part, name, make.of(value, (STATE, place, name)))
            if hasattr(part, "entries"):
                part.entries = []
        world.__dict__.update(_surroundings(world, tape, make))
        yield parts
    finally:
        for place, part in parts.items():
            part.__dict__.clear()
            part.__dict__.update(kept[place])
        world.__dict__.clear()
        world.__dict__.update(stands)


def _surroundings(world: World, tape: Tape, make: Symbols) -> dict[str, Any]:
    """Attributes of a world that gives symbols for parameters, levers and chance."""

    def chance(kind: str) -> Callable[[str], Symbol]:
        return lambda name: tape.one((CHANCE, kind, name))

    parameters = object.__new__(ParameterDraws)
    for subject, of_subject in SUBJECTS.items():
        drawn = {each.name: tape.one((PARAMETER, f"{subject}.{each.name}")) for each in fields(of_subject)}
        setattr(parameters, subject, of_subject(**drawn))
    return {
        "parameters": parameters,
        "board": Board(tape, Events([tape.one((EVENT, place)) for place in range(len(EVENT_PLACES))])),
        "opening_board": _AtOrigin(tape),
        "opening": make.of(world.opening, (OPENING,)),
        "shocks": SimpleNamespace(chance_of=lambda name: tape.one((LUCK, name))),
        "shock": chance("normal"),
        "heavy_shock": chance("heavy"),
        "chance": chance("uniform"),
        "yearly_normal": chance("yearly normal"),
        "yearly_chance": chance("yearly uniform"),
        "full": lambda value: value if isinstance(value, Symbol) else Symbol(tape, np.array(tape.number(value))),
        "turn_month": lambda: None,
        "close_month": lambda: None,
    }


class _AtOrigin:
    def __init__(self, tape: Tape):
        self._tape = tape

    def __getitem__(self, name: str) -> Symbol:
        return self._tape.one((AT_ORIGIN, name))


def trace(world: World, tape: Tape, indicators: list[str]) -> Month:
    """Trace the month that a world has just opened; it stands as it stood afterwards.

    Parameters
    ----------
    world : World
        With two draws, after `turn_month`.
    tape : Tape
        That is written on, behind the months before.
    indicators : list[str]
        To observe, without ratios.

    Raises
    ------
    Untraceable
        Where a rule depends on a draw in a way that is no operation.
    """
    tape.assumed_false = []
    with symbols_in(world, tape) as parts:
        before = numbers_of(parts)
        entered = {where: _nodes(value) for where, value in _all_held(parts).items()}
        World.step(world)
        left: dict[Key, int] = {}
        for where, value in _all_held(parts).items():
            left |= _changed(where, entered.get(where, {}), _nodes(value), tape)
        observed = {name: int(tape.nodes_of(value)) for name, value in observe(world, indicators).items()}
        return Month(
            number=world.month,
            tape=tape,
            state=left,
            observed=observed,
            assumed=tape.assumed_false,
            calendars=(before, numbers_of(parts)),
        )


def numbers_of(parts: Mapping[str, Declared]) -> Calendar:
    """Numbers of the world that are the same in all draws."""
    return {where: value for where, value in _all_held(parts).items() if isinstance(value, int | float)}


def _all_held(parts: Mapping[str, Declared]) -> dict[tuple[str, str], Any]:
    return {(place, name): value for place, part in parts.items() for name, value in _held(part).items()}


def _nodes(value: Any, path: Key = ()) -> dict[Key, np.ndarray]:
    """Nodes of all symbols in a value, by their place in it, as they are now."""
    if isinstance(value, Symbol):
        return {path: value.nodes.copy()}
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, tuple):
        parts = dict(enumerate(value)).items()
    else:
        return {}
    return {place: nodes for name, each in parts for place, nodes in _nodes(each, (*path, name)).items()}


def _changed(
    where: tuple[str, str], known: Mapping[Key, np.ndarray], now: Mapping[Key, np.ndarray], tape: Tape
) -> dict[Key, int]:
    """Nodes that a month leaves in the place of others, by the key of what stood there."""
    found: dict[Key, int] = {}
    for path, nodes in now.items():
        if path not in known or known[path].shape != nodes.shape:
            raise Untraceable(f"{'.'.join(where)} {path} has another form after the month")
        moved = known[path] != nodes
        for old, new in zip(known[path][moved].tolist(), nodes[moved].tolist(), strict=True):
            found[tape.contents[old]] = new
    return found


def run_opened(world: World) -> None:
    """Run the month that a world has turned to."""
    world.__dict__["turn_month"] = lambda: None
    try:
        world.step()
    finally:
        del world.__dict__["turn_month"]
