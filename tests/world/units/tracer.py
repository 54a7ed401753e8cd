"""Arrays that carry their unit through the rules, and write down what is done with them.

`Traced` wraps a real array, so everything runs, and numpy hands every operation over to it. It raises where units do
not go together, where Python asks an array for yes or no, where an array is written in place outside the loan book, and
for a function of numpy that nobody has explained here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from sinobel.world import elementary
from tests.world.units.algebra import ControlFlowError, Operand, caller, refuse, together, unit_of_ufunc
from tests.world.units.dimensions import ANY, NUMBER, Unit

IN_PLACE = ("loan_book.py", "loan_accounts.py", "loan_projects.py", "loan_lives.py")
"""Files that may write into arrays and look whether anything is in them."""


@dataclass(frozen=True)
class Operation:
    """One step of the arithmetic: in which rule or method, what, of what shape the result is, and which value it is.

    Two operations of the same kind on the same values give the same value, and so the same number of it.
    """

    owner: str
    name: str
    shape: tuple[int, ...]
    value: int = field(default=-1, compare=False)


@dataclass
class Trace:
    """Operations in their order, and what every value is made of.

    `made_of` lists by value what it is made of, nothing for what comes from outside; `numbers` finds a value by how it
    is made; `held` keeps arrays from outside, since they are known by their address. `plain` are numbers that are the same
    in all draws and months, `monthly` those that are the same in all draws of a month.
    """

    operations: list[Operation] = field(default_factory=list)
    made_of: list[tuple[int, ...]] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)
    held: list[Any] = field(default_factory=list)
    plain: set[int] = field(default_factory=set)
    monthly: set[int] = field(default_factory=set)

    def given(self) -> int:
        """A value from outside that is like no other."""
        self.made_of.append(())
        return len(self.made_of) - 1

    def found(self, key: Any, made_of: tuple[int, ...] = ()) -> int:
        """The value that is made in some way, the same when it was made so before."""
        if key not in self.numbers:
            self.made_of.append(made_of)
            self.numbers[key] = len(self.made_of) - 1
        return self.numbers[key]

    def of(self, given: Any) -> int:
        """Value of an argument: of a traced array its own, of a plain number the same wherever it stands."""
        if isinstance(given, Traced):
            return given.number
        if isinstance(given, list | tuple):
            parts = tuple(self.of(each) for each in given)
            return self.found(("many", parts), parts)
        if isinstance(given, np.ndarray):
            self.held.append(given)
            return self.found(("array", id(given)))
        return self.constant(repr(given))

    def constant(self, *named: Any) -> int:
        """Value of a number that is the same in all draws and months."""
        number = self.found(("plain", *named))
        self.plain.add(number)
        return number

    def forget(self) -> None:
        """How values were made, before arrays from outside are gone and others stand at their addresses."""
        self.numbers.clear()
        self.held.clear()

    def lever(self, board: Any, name: Any) -> int:
        """Value of a lever or an event in the month of a board, one number for all draws."""
        self.held.append(board)
        number = self.found(("lever", id(board), name))
        self.monthly.add(number)
        return number

    def step(self, name: str, arguments: Any, options: Any = None) -> int:
        """Value of an operation on some arguments."""
        parts = tuple(self.of(each) for each in (*arguments, *(options or {}).values()))
        return self.found((name, tuple(options or ()), parts), parts)


TRACE = Trace()


# --- the array ---


def of_the_world(ufunc: np.ufunc, inputs: Any) -> Callable[..., Any]:
    """What the world works a function of numpy out with: its own where the last bit of numpy's differs by processor."""
    if ufunc is np.power and isinstance(inputs[1], int):
        return ufunc  # written as a square, which numpy multiplies
    return getattr(elementary, ufunc.__name__, ufunc)


def operand(value: Any) -> Operand:
    """Unit of an argument; zero, infinity and what is no number fit everywhere."""
    if isinstance(value, Traced):
        return Operand(value.unit, value.literal)
    if isinstance(value, int | float | np.number) and not isinstance(value, bool | np.bool_):
        number = float(value)
        return Operand(ANY if number == 0 or not np.isfinite(number) else NUMBER, number)
    return Operand(NUMBER)


def raw(value: Any) -> Any:
    """What an argument is without its unit, lists and tuples too."""
    if isinstance(value, Traced):
        return value.value
    if isinstance(value, list | tuple):
        return type(value)(raw(each) for each in value)
    if isinstance(value, dict):
        return {name: raw(each) for name, each in value.items()}
    return value


class Traced(NDArrayOperatorsMixin):
    """An array with a unit."""

    __array_priority__ = 1000
    literal: float | None = None

    def __init__(self, value: Any, unit: Unit, number: int | None = None):
        self.value, self.unit = np.asarray(value), unit
        self.number = TRACE.given() if number is None else number

    def __repr__(self) -> str:
        return f"Traced({self.value!r}, {self.unit})"

    # what is done with it

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        compute = of_the_world(ufunc, inputs)
        name = "divide" if ufunc.__name__ == "true_divide" else ufunc.__name__
        out = options.pop("out", ())
        where = options.get("where", True)
        number = TRACE.step(f"{name}.{method}", inputs, options)
        options["where"] = raw(where)
        if where is True:
            options.pop("where")
        if method == "reduce":
            if name not in ("add", "minimum", "maximum", "logical_or", "logical_and"):
                refuse(f"np.{name}.reduce is not explained", ControlFlowError)
            return made(f"{name}.reduce", self.unit, ufunc.reduce(raw(inputs[0]), **options), number)
        if method != "__call__":
            refuse(f"np.{name}.{method} is not explained", ControlFlowError)
        unit = unit_of_ufunc(name, [operand(each) for each in inputs])
        if out:
            if where is True:
                may_write(f"np.{name} with out=")
            target = out[0]
            unit = together("writing", operand(target), Operand(unit)) if where is not True else unit
            if isinstance(target, Traced):
                target.unit = written(target.unit, Operand(unit))
                ufunc(*map(raw, inputs), out=target.value, **options)
                return made(name, target.unit, target.value, number, target)
            return made(name, unit, ufunc(*map(raw, inputs), out=raw(target), **options), number)
        return made(name, unit, compute(*map(raw, inputs), **options), number)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        rule = FUNCTIONS.get(function)
        if rule is None:
            refuse(f"nobody has explained np.{function.__name__} to the tracer", ControlFlowError)
        number = TRACE.step(function.__name__, args, kwargs)
        return made(function.__name__, rule(*args, **kwargs), function(*map(raw, args), **raw(kwargs)), number)

    def __bool__(self) -> bool:
        if self.ndim and caller()[0] not in IN_PLACE:
            refuse("asks an array for yes or no", ControlFlowError)
        return bool(self.value)

    def __index__(self) -> int:
        return int(self.value)

    def __setitem__(self, place: Any, value: Any) -> None:
        may_write("an item is written")
        self.unit = written(self.unit, operand(value))
        self.value[raw(place)] = raw(value)
        self.number = TRACE.step("write", (self, repr(place), value))
        TRACE.operations.append(
            Operation(".".join(caller()[:2]), "write", np.shape(self.value[raw(place)]), self.number)
        )

    def __getitem__(self, place: Any) -> Traced:
        part = Traced.__new__(Traced)
        part.value, part.unit = self.value[raw(place)], self.unit
        part.number = TRACE.step("part", (self, repr(raw(place))))
        return part

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> Any:
        return (self[place] for place in range(len(self.value)))

    def __float__(self) -> float:
        return refuse("becomes a plain number", ControlFlowError)

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return refuse("becomes an array without a unit", ControlFlowError)

    # what arrays are asked for

    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    dtype = property(lambda self: self.value.dtype)
    flags = property(lambda self: self.value.flags)

    def copy(self) -> Traced:
        """A copy."""
        return Traced(self.value.copy(), self.unit, self.number)

    def sum(self, axis: int | None = None, **options: Any) -> Traced:
        """A sum."""
        return made("sum", self.unit, self.value.sum(axis=axis, **options), TRACE.step("sum", (self, axis)))

    def min(self, axis: int | None = None) -> Traced:
        """The least."""
        return made("min", self.unit, self.value.min(axis=axis), TRACE.step("min", (self, axis)))

    def max(self, axis: int | None = None) -> Traced:
        """The largest."""
        return made("max", self.unit, self.value.max(axis=axis), TRACE.step("max", (self, axis)))

    def clip(self, low: Any, high: Any) -> Any:
        """Between bounds."""
        return np.clip(self, low, high)

    def astype(self, kind: Any) -> Traced:
        """Another kind of number."""
        return Traced(self.value.astype(kind), self.unit, TRACE.step("astype", (self, str(kind))))


def written(unit: Unit, value: Operand) -> Unit:
    """Unit of an array into which something is written: its own, once it has one."""
    common = together("writing", Operand(unit), value)
    return common if unit.form == "any" else unit


def may_write(words: str) -> None:
    """Raise unless the loan book is at work."""
    if caller()[0] not in IN_PLACE:
        refuse(f"{words} in place", ControlFlowError)


def made(name: str, unit: Unit, value: Any, number: int, whole: Traced | None = None) -> Any:
    """The result of an operation, written down."""
    TRACE.operations.append(Operation(".".join(caller()[:2]), name, np.shape(value), number))
    if whole is None:
        return Traced(value, unit, number)
    whole.number = number
    return whole


def _clip(value: Any, low: Any = None, high: Any = None, **_: Any) -> Unit:
    return together("clip", *(operand(each) for each in (value, low, high) if each is not None))


def _where(condition: Any, one: Any, other: Any) -> Unit:
    return together("where", operand(one), operand(other))


def _many(values: Any, *_: Any, **__: Any) -> Unit:
    return together("stack", *(operand(each) for each in values))


def _first(value: Any, *_: Any, **__: Any) -> Unit:
    return operand(value).unit


FUNCTIONS: dict[Callable[..., Any], Callable[..., Unit]] = {
    np.clip: _clip,
    np.where: _where,
    np.stack: _many,
    np.concatenate: _many,
    np.broadcast_to: _first,
    np.tile: _first,
    np.repeat: _first,
    np.sum: _first,
    np.cumsum: _first,
    np.copy: _first,
    np.zeros_like: lambda value, *_, **__: ANY,
    np.ones_like: lambda value, *_, **__: NUMBER,
    np.full_like: lambda value, filling, *_, **__: operand(filling).unit,
    np.any: lambda *_, **__: NUMBER,
    np.all: lambda *_, **__: NUMBER,
}


class Numpy:
    """numpy for the modules of the world, where empty arrays can take a unit."""

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)

    @staticmethod
    def zeros(shape: Any, *options: Any) -> Traced:
        """Zeros, which fit everywhere."""
        return Traced(np.zeros(shape, *options), ANY, TRACE.constant(0.0))

    @staticmethod
    def ones(shape: Any, *options: Any) -> Traced:
        """Ones, plain numbers."""
        return Traced(np.ones(shape, *options), NUMBER, TRACE.constant(1.0))

    @staticmethod
    def full(shape: Any, value: Any, **options: Any) -> Traced:
        """An array of one number, in its unit."""
        return Traced(np.full(shape, raw(value), **options), operand(value).unit, TRACE.of(value))

    @staticmethod
    def asarray(value: Any, *options: Any, **named: Any) -> Any:
        """What is traced stays so."""
        return value if isinstance(value, Traced) else np.asarray(value, *options, **named)
