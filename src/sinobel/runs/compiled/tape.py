"""Symbols that go through the rules in the place of arrays, and the tape of operations they leave.

A symbol takes part in numpy's own protocols, so that rules and agents run on it as they stand. It stands for an array
whose last axis are the draws: what has rows besides, such as the loan book, is a symbol with a node for every row. An
operation on symbols is written down once for every row, since rows do not meet but in sums over them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

OF_TRUTH = frozenset(
    (
        "greater",
        "greater_equal",
        "less",
        "less_equal",
        "equal",
        "not_equal",
        "logical_not",
        "logical_and",
        "logical_or",
        "logical_xor",
        "isnan",
    )
)
"""Operations that give yes or no."""
OF_BITS = {"invert": "logical_not", "bitwise_and": "logical_and", "bitwise_or": "logical_or"}
"""What operators on yes and no are called as ufuncs, and what they are here."""

OF_TWO_TRUTHS = {"add": "logical_or", "multiply": "logical_and", "maximum": "logical_or", "minimum": "logical_and"}
"""What numpy makes of these where both sides are yes or no."""


class Untraceable(Exception):
    """Something that depends on a draw and cannot be written down as operations; says what and where."""


class Tape:
    """Nodes in the order in which they came: inputs by their key, numbers, and operations on earlier nodes.

    Attributes
    ----------
    kinds : list[str]
        "input", "number" or the name of an operation.
    contents : list[Any]
        Key of an input, value of a number, nodes that an operation takes.
    truths : list[bool]
        Whether a node is yes or no.
    assumed_false : list[int]
        Nodes of the month that were asked whether they hold in any draw, and were said not to.
    made : dict[Hashable, np.ndarray]
        Nodes of the rows of arrays, for the next month.

    Parameters
    ----------
    draws : int
        Of the world that is traced, two or more: an array as long as that holds what differs by draw, and may not
        stand where a symbol ought to.
    """

    def __init__(self, draws: int) -> None:
        self.draws = draws
        self.kinds: list[str] = []
        self.contents: list[Any] = []
        self.truths: list[bool] = []
        self.assumed_false: list[int] = []
        self.made: dict[Hashable, np.ndarray] = {}
        self._inputs: dict[Hashable, int] = {}

    def _add(self, kind: str, content: Any, truth: bool) -> int:
        self.kinds.append(kind)
        self.contents.append(content)
        self.truths.append(truth)
        return len(self.kinds) - 1

    def input(self, key: Hashable, truth: bool = False) -> int:
        """Node of what is handed to a month under a key, the same whenever it is asked for."""
        if key not in self._inputs:
            self._inputs[key] = self._add("input", key, truth)
        return self._inputs[key]

    def number(self, value: float | bool | np.generic) -> int:
        """Node of a number that is the same in all draws."""
        truth = isinstance(value, bool | np.bool_)
        return self._add("number", bool(value) if truth else float(value), truth)

    def operation(self, name: str, nodes: tuple[int, ...]) -> int:
        """Node of an operation on nodes."""
        if name in OF_TWO_TRUTHS and all(self.truths[node] for node in nodes):
            name = OF_TWO_TRUTHS[name]
        truth = name in OF_TRUTH or (name == "where" and self.truths[nodes[1]] and self.truths[nodes[2]])
        return self._add(name, nodes, truth)

    def one(self, key: Hashable, truth: bool = False) -> Symbol:
        """A symbol of one input."""
        return Symbol(self, np.array(self.input(key, truth)))

    def nodes_of(self, value: Any) -> np.ndarray:
        """Nodes of a symbol, a number or a plain array whose last axis holds one draw or none."""
        if isinstance(value, Symbol):
            return value.nodes
        if isinstance(value, float | int):
            return np.array(self.number(value))
        array = np.asarray(value)
        if array.ndim:
            if array.shape[-1] != 1:
                raise Untraceable(f"a plain array of shape {array.shape} among symbols")
            array = array[..., 0]
        return np.array([self.number(each) for each in array.flat], int).reshape(array.shape)

    def apply(self, name: str, *values: Any) -> Symbol:
        """Write down an operation, once for every row."""
        nodes = [self.nodes_of(value) for value in values]
        if not any(each.ndim for each in nodes):
            return Symbol(self, np.array(self.operation(name, tuple([each.item() for each in nodes]))))
        rows = np.broadcast_arrays(*nodes)
        result = np.empty(rows[0].shape, int)
        for place in np.ndindex(result.shape):
            result[place] = self.operation(name, tuple(int(each[place]) for each in rows))
        return Symbol(self, result)


class Symbol(NDArrayOperatorsMixin):
    """An array over draws, or rows of them, that is not known yet.

    Parameters
    ----------
    tape : Tape
        That it writes on.
    nodes : np.ndarray
        One node for every row; of no dimension where there are none. Slices share it, as slices of an array do.
    """

    __array_priority__ = 1000
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, tape: Tape, nodes: np.ndarray):
        self.tape, self.nodes = tape, nodes

    # --- what arrays have ---

    @property
    def shape(self) -> tuple[int, ...]:
        """As of an array in the world that is traced."""
        return (*self.nodes.shape, self.tape.draws)

    @property
    def ndim(self) -> int:
        """Dimensions, that of draws with them."""
        return self.nodes.ndim + 1

    @property
    def dtype(self) -> np.dtype[Any]:
        """Yes or no, or numbers."""
        return np.dtype(bool if self.truth else float)

    @property
    def truth(self) -> bool:
        """Whether it is yes or no."""
        return bool(self.nodes.size) and all(self.tape.truths[node] for node in self.nodes.flat)

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self) -> Any:
        if not self.nodes.ndim:
            raise Untraceable("a loop over draws")
        return (self[row] for row in range(len(self)))

    def __bool__(self) -> bool:
        raise Untraceable("a yes or no of a draw")

    def __getitem__(self, place: Any) -> Symbol:
        """Rows, never draws."""
        if place is Ellipsis:
            return self
        if place is None or (isinstance(place, tuple) and place and place[0] is None):
            return Symbol(self.tape, self.nodes[None])
        if isinstance(place, tuple) and len(place) > self.nodes.ndim:
            if place[-1] != slice(None):
                raise Untraceable(f"draws picked by {place}")
            place = place[:-1]
        if not self.nodes.ndim:
            raise Untraceable(f"draws picked by {place}")
        found = self.nodes[place]
        return Symbol(self.tape, found if isinstance(found, np.ndarray) else np.array(found))

    def __setitem__(self, place: Any, value: Any) -> None:
        if not self.nodes.ndim:
            raise Untraceable("draws written in place")
        self.nodes[place] = self.tape.nodes_of(value)

    def __pow__(self, exponent: Any) -> Symbol:
        """The square; other powers are functions of their own (`world.elementary`)."""
        if isinstance(exponent, Symbol) or exponent != 2:
            raise Untraceable(f"** {exponent}")
        return self.tape.apply("multiply", self, self)

    def copy(self) -> Symbol:
        """The same, whatever is written later into this one."""
        return Symbol(self.tape, self.nodes.copy())

    def astype(self, kind: Any, **_: Any) -> Symbol:
        """As numbers."""
        return self.tape.apply("multiply", self, 1.0) if np.dtype(kind) == float and self.truth else self

    def clip(self, low: Any, high: Any) -> Symbol:
        """Cut to a range."""
        return self.tape.apply("minimum", self.tape.apply("maximum", self, low), high)

    def sum(self, axis: int = 0) -> Symbol:
        """Sum over rows, in their order."""
        return self._reduced("add", axis)

    def min(self, axis: int = 0) -> Symbol:
        """Least of the rows."""
        return self._reduced("minimum", axis)

    def max(self, axis: int = 0) -> Symbol:
        """Greatest of the rows."""
        return self._reduced("maximum", axis)

    def _reduced(self, name: str, axis: int) -> Symbol:
        if axis != 0 or not self.nodes.ndim:
            raise Untraceable(f"{name} over axis {axis} of {self.shape}")
        rows = self.astype(float).nodes if name == "add" else self.nodes  # yes and no are counted
        result = Symbol(self.tape, np.array(rows[0]))
        for row in rows[1:]:
            result = self.tape.apply(name, result, Symbol(self.tape, np.array(row)))
        return result

    # --- numpy's protocols ---

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **named: Any) -> Any:
        name = OF_BITS.get(ufunc.__name__, ufunc.__name__)
        if method == "reduce":
            return self._reduced(name, named.get("axis", 0))
        out = named.pop("out", None)
        if method != "__call__" or named:
            raise Untraceable(f"np.{name}.{method} with {sorted(named)}")
        result = self.tape.apply(name, *inputs)
        if out is None:
            return result
        (target,) = out
        target.nodes[...] = result.nodes
        return target

    def __array_function__(self, function: Any, types: Any, inputs: Any, named: Any) -> Any:
        if function in METHODS:
            return METHODS[function](*inputs, **named)
        if function not in FUNCTIONS:
            raise Untraceable(f"np.{function.__name__}")
        return FUNCTIONS[function](self.tape, *inputs, **named)


def _stacked(tape: Tape, rows: Sequence[Any]) -> Symbol:
    return Symbol(tape, np.stack(np.broadcast_arrays(*[tape.nodes_of(row) for row in rows])))


def _joined(tape: Tape, parts: Sequence[Any]) -> Symbol:
    return Symbol(tape, np.concatenate([np.atleast_1d(tape.nodes_of(part)) for part in parts]))


def _like(value: float) -> Callable[..., Symbol]:
    def made(tape: Tape, like: Symbol, given: float = value) -> Symbol:
        return Symbol(tape, np.full(like.nodes.shape, tape.number(given)))

    return made


def _broadcast(tape: Tape, *values: Any) -> tuple[Symbol, ...]:
    return tuple(Symbol(tape, each.copy()) for each in np.broadcast_arrays(*[tape.nodes_of(value) for value in values]))


def _in_any(tape: Tape, value: Symbol) -> bool:
    """No, which is to be seen before a month is run."""
    tape.assumed_false += [int(node) for node in value.nodes.flat]
    return False


FUNCTIONS: Mapping[Any, Callable[..., Any]] = {
    np.where: lambda tape, *values: tape.apply("where", *values),
    np.clip: lambda tape, value, low, high: tape.apply("minimum", tape.apply("maximum", value, low), high),
    np.stack: _stacked,
    np.concatenate: _joined,
    np.zeros_like: _like(0.0),
    np.ones_like: _like(1.0),
    np.full_like: _like(np.nan),
    np.broadcast_arrays: _broadcast,
    np.any: _in_any,
}
"""Functions of numpy that are no ufuncs, as they write on the tape."""
METHODS: Mapping[Any, Callable[..., Any]] = {
    np.sum: Symbol.sum,
    np.min: Symbol.min,
    np.max: Symbol.max,
    np.copy: Symbol.copy,
    np.atleast_1d: Symbol.copy,
}
"""Those that a symbol has itself."""
