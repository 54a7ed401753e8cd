"""The elementary functions as lists of numpy calls on buffers that are kept.

A function is written down once, step by step; what no later step needs gives its buffer to the next. Such a list runs
two to three times faster than expressions that make new arrays, and every step is a call of numpy that rounds once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sinobel.world.elementary.functions import FUNCTIONS

WHOLE = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "and": np.bitwise_and,
    "or": np.bitwise_or,
    "xor": np.bitwise_xor,
    "shl": np.left_shift,
    "lshr": np.right_shift,
}
COMPARE = {"olt": np.less, "ogt": np.greater, "ole": np.less_equal, "oge": np.greater_equal, "oeq": np.equal}


@dataclass(frozen=True)
class Place:
    """A value on the tape: which step has made it, and whether it is read as reals, bits or yes and no."""

    made: int
    kind: str


@dataclass(frozen=True)
class Step:
    """A call: what, of which values or constants, giving what."""

    call: Callable[..., Any]
    given: tuple[Any, ...]
    result: Place


def _choose(where: Any, one: Any, other: Any, out: Any) -> None:
    np.copyto(out, other)
    np.copyto(out, one, where=where)


class Tape:
    """The primitives, written down instead of done."""

    def __init__(self, arguments: int):
        self.steps: list[Step] = []
        self.arguments = [Place(number, "real") for number in range(arguments)]

    def _step(self, call: Callable[..., Any], *given: Any, kind: str = "real") -> Place:
        result = Place(len(self.arguments) + len(self.steps), kind)
        self.steps.append(Step(call, given, result))
        return result

    @staticmethod
    def c(number: float) -> np.ndarray:
        """A double."""
        return np.asarray(number, np.float64)

    @staticmethod
    def k(number: int) -> np.ndarray:
        """64 bits."""
        return np.asarray(number, np.uint64)

    def add(self, one: Any, other: Any) -> Place:
        """Sum."""
        return self._step(np.add, one, other)

    def sub(self, one: Any, other: Any) -> Place:
        """Difference."""
        return self._step(np.subtract, one, other)

    def mul(self, one: Any, other: Any) -> Place:
        """Product."""
        return self._step(np.multiply, one, other)

    def div(self, one: Any, other: Any) -> Place:
        """Quotient."""
        return self._step(np.divide, one, other)

    def sqrt(self, one: Any) -> Place:
        """Root."""
        return self._step(np.sqrt, one)

    def whole(self, how: str, one: Any, other: Any) -> Place:
        """An operation on 64 bits."""
        return self._step(WHOLE[how], one, other, kind="bits")

    def compare(self, how: str, one: Any, other: Any) -> Place:
        """Yes or no."""
        return self._step(COMPARE[how], one, other, kind="flag")

    def equal(self, one: Any, other: Any) -> Place:
        """Whether bits are the same."""
        return self._step(np.equal, one, other, kind="flag")

    def choose(self, where: Any, one: Any, other: Any) -> Place:
        """One where yes, the other where no."""
        return self._step(_choose, where, one, other)

    @staticmethod
    def as_bits(one: Place) -> Place:
        """The same value, read as bits."""
        return Place(one.made, "bits")

    @staticmethod
    def as_real(one: Place) -> Place:
        """The same value, read as reals."""
        return Place(one.made, "real")


@dataclass(frozen=True)
class Plan:
    """A tape and the buffers of its values: calls with numbers of buffers.

    Parameters
    ----------
    calls : list[tuple[Callable[..., Any], tuple[Any, ...]]]
        Each with (kind, buffer) for a value and an array for a constant, the result last.
    arguments : list[int]
        Buffers of the arguments.
    result : tuple[str, int]
        Kind and buffer of the result.
    """

    calls: list[tuple[Callable[..., Any], tuple[Any, ...]]]
    arguments: list[int]
    result: tuple[str, int]

    @property
    def buffers(self) -> dict[str, int]:
        """How many buffers it takes: of 64 bits, and of yes and no."""
        used = [part for _, parts in self.calls for part in parts if isinstance(part, tuple)]
        return {
            "wide": max(number for kind, number in used if kind != "flag") + 1,
            "flag": max((number for kind, number in used if kind == "flag"), default=-1) + 1,
        }


def written(name: str, *, inside: bool) -> tuple[Tape, Place]:
    """The tape of a function, and its result.

    Parameters
    ----------
    name : str
        One of FUNCTIONS.
    inside : bool
        Without a look at the edges.
    """
    make, arguments = FUNCTIONS[name]
    tape = Tape(arguments)
    return tape, make(tape, *tape.arguments, inside=inside)


def planned(tape: Tape, result: Place) -> Plan:
    """Buffers for the values of a tape; the last step that reads a value may write its result there."""
    last = {value.made: place for place, step in enumerate(tape.steps) for value in _values(step.given)}
    last[result.made] = len(tape.steps)
    arguments = [value.made for value in tape.arguments]
    held = {made: number for number, made in enumerate(arguments)}
    free: dict[bool, list[int]] = {False: [], True: []}
    count = {False: len(held), True: 0}
    calls = []
    for place, step in enumerate(tape.steps):
        done = {value.made: value.kind == "flag" for value in _values(step.given) if last[value.made] == place}
        given = tuple((each.kind, held[each.made]) if isinstance(each, Place) else each for each in step.given)
        if step.call is not _choose:  # it writes before it has read everything
            _release(done, held, free)
        flag = step.result.kind == "flag"
        if not free[flag]:
            free[flag].append(count[flag])
            count[flag] += 1
        held[step.result.made] = free[flag].pop()
        calls.append((step.call, (*given, (step.result.kind, held[step.result.made]))))
        if step.call is _choose:
            _release(done, held, free)
    return Plan(calls, list(range(len(arguments))), (result.kind, held[result.made]))


def _values(given: Sequence[Any]) -> list[Place]:
    return [each for each in given if isinstance(each, Place)]


def _release(done: dict[int, bool], held: dict[int, int], free: dict[bool, list[int]]) -> None:
    for made, flag in done.items():
        free[flag].append(held[made])
