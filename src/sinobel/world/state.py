"""Declared state: what a part of the world holds, said once at the head of its class.

    class Council(Institution):
        access: Draws = state("index 0-1", "access of Belarus to the Union", indicator="eu_access")
        opening_access: Draws = fixed("index 0-1", "access at the origin")

Declarations are gathered when the class is made and taken off it; at run time these are plain attributes, first set in
`__init__`. From the declarations follow checkpoints, scenarios side by side (`repeated`), what is read as an indicator
(`readings`) and the table of state in `model/ODD.md`.

A value is an array whose last axis are the draws, a `Pipeline` or the `MonthsOfYear` of such arrays, or such arrays by
key. It is replaced and no array is written in place, so that whoever holds it may keep it; the loan book alone writes
into arrays, and says so. (The ledgers enter arrays into tables of their own, by key.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal, TypeVar

import numpy as np

from sinobel.inputs import months
from sinobel.world.arrays import Draws

Kept = dict[str, Any]
"""Values of state by attribute, those of a part as another `Kept`."""

Kind = Literal["moves", "written", "calendar", "part", "fixed", "monthly", "passing"]
"""How a value changes: replaced month by month; written in place; a number that is the same in all draws; a thing with
state of its own; never after the origin; never, with a row for each month from the origin on; made anew every month, so
that no checkpoint needs it."""


@dataclass(frozen=True)
class Declaration:
    """One piece of state.

    Attributes
    ----------
    unit : str
        In the words of `model/indicators.toml`.
    meaning : str
        What it is, in a few words.
    kind : Kind
        How it changes.
    indicator : str
        Name of the indicator whose monthly value it is, or nothing.
    of : type[Declared] | None
        Class of a part.
    """

    unit: str
    meaning: str
    kind: Kind
    indicator: str = ""
    of: type[Declared] | None = None


def state(unit: str, meaning: str, *, indicator: str = "") -> Any:
    """Declare what is replaced as months go by."""
    return Declaration(unit, meaning, "moves", indicator)


def written(unit: str, meaning: str) -> Any:
    """Declare an array that is written in place: only in the loan book."""
    return Declaration(unit, meaning, "written")


def calendar(unit: str, meaning: str) -> Any:
    """Declare a number that is the same in all draws."""
    return Declaration(unit, meaning, "calendar")


def fixed(unit: str, meaning: str) -> Any:
    """Declare what the origin sets for good."""
    return Declaration(unit, meaning, "fixed")


def monthly(unit: str, meaning: str) -> Any:
    """Declare what the origin sets for good, month by month: (months, draws), the origin first."""
    return Declaration(unit, meaning, "monthly")


def passing(unit: str, meaning: str) -> Any:
    """Declare what every month makes anew."""
    return Declaration(unit, meaning, "passing")


def part(of: type[Declared], meaning: str) -> Any:
    """Declare a thing that declares state of its own."""
    return Declaration("", meaning, "part", of=of)


class Declared:
    """A part of the world whose state is declared."""

    declared: ClassVar[Mapping[str, Declaration]] = {}

    def __init_subclass__(cls, **arguments: Any):
        super().__init_subclass__(**arguments)
        own = {name: value for name, value in cls.__dict__.items() if isinstance(value, Declaration)}
        for name in own:
            delattr(cls, name)  # what is read before it is set is an error, not a declaration
        cls.declared = {**cls.declared, **own}

    def state(self) -> Kept:
        """Everything that changes, for checkpoints; shares no array that anybody writes into."""
        kept: Kept = {}
        for name, each in self.declared.items():
            if each.kind in ("fixed", "monthly", "passing"):
                continue
            value = getattr(self, name)
            kept[name] = value.state() if each.kind == "part" else _own(value, each)
        return kept

    def load_state(self, kept: Kept) -> None:
        """Take over the state of the same part of another world with as many draws."""
        for name, value in kept.items():
            each = self.declared[name]
            if each.kind == "part":
                getattr(self, name).load_state(value)
            else:
                setattr(self, name, _own(value, each))


def _own(value: Any, declaration: Declaration) -> Any:
    if isinstance(value, dict):
        return dict(value)
    return value.copy() if declaration.kind == "written" else value


class Pipeline(tuple[Draws, ...]):
    """What is under way, one array for each month it takes, the oldest first."""

    __slots__ = ()

    def then(self, newest: Draws) -> Pipeline:
        """The pipeline a month later: the oldest has come out, the newest has gone in."""
        return Pipeline((*self[1:], newest))


class MonthsOfYear(tuple[Draws, ...]):
    """What each month of a year comes to, one array for each, January first."""

    __slots__ = ()

    def of(self, month: int) -> Draws:
        """That of a month, by its number."""
        return self[months.month_of_year(month) - 1]


Value = TypeVar("Value")


def mapped(value: Value, change: Callable[[Draws], Draws]) -> Value:
    """A value of state, or a whole `Kept`, with every array changed."""
    outcome: Any = value
    if isinstance(value, np.ndarray):
        outcome = change(value)
    elif isinstance(value, dict):
        outcome = {key: mapped(each, change) for key, each in value.items()}
    elif isinstance(value, tuple):
        outcome = type(value)(mapped(each, change) for each in value)
    result: Value = outcome
    return result


@dataclass(frozen=True)
class Checkpoint:
    """A world between two months, to go on from.

    Attributes
    ----------
    month : int
        The month that has ended.
    draws : int
        Number of futures.
    parts : dict[str, Kept]
        State by place in the world: `parts["belarus.government"]["risk"]`.
    memory : Any
        What rules of state remember.
    """

    month: int
    draws: int
    parts: dict[str, Kept]
    memory: Any

    def repeated(self, times: int) -> Checkpoint:
        """The same for several scenarios side by side: the draws of every array once for each.

        What rules of state remember stays as it is: scenarios with such rules run alone.
        """
        if times == 1:
            return self
        return replace(self, draws=times * self.draws, parts=mapped(self.parts, lambda array: np.tile(array, times)))
