"""A program for all months of a run: common parts once, dead parts gone, and each part as seldom as may be.

Months of one form do the same operations on other numbers; January, which asks lenders, is of another form than
February. What follows from parameters and the opening alone is worked out once (`ONCE`), what follows from these and
the levers whenever a lever moves (`LEVERS`), and the rest every month (`MONTHLY`), by the form of the month. Numbers
that differ between months of one form are handed over every month.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np

from sinobel.runs.compiled.trace import AT_ORIGIN, EVENT, LUCK, OPENING, PARAMETER, SCALE, SET, STATE, Key, Month

INPUT, NUMBER, NUMBER_OF_MONTH = "input", "number", "number of the month"
LEAVES = frozenset((INPUT, NUMBER, NUMBER_OF_MONTH))
COMMUTATIVE = frozenset(("add", "multiply", "logical_and", "logical_or", "equal", "not_equal"))


class Stage(IntEnum):
    """How often a part of the program is worked out."""

    ONCE = 0
    LEVERS = 1
    MONTHLY = 2


STAGE_OF_INPUT: Mapping[Hashable, Stage] = {
    PARAMETER: Stage.ONCE,
    OPENING: Stage.ONCE,
    LUCK: Stage.ONCE,
    SET: Stage.LEVERS,
    SCALE: Stage.LEVERS,
    AT_ORIGIN: Stage.LEVERS,
    EVENT: Stage.LEVERS,
}


@dataclass(frozen=True)
class Form:
    """A month without its numbers: what two months of one form share.

    Attributes
    ----------
    nodes : tuple[tuple[str, Any, bool], ...]
        Kind, content and truth of every node that an output needs, in order: the content is the key of an input,
        nothing for a number, and the nodes of an operation.
    state, observed : tuple[tuple[Any, int], ...]
        Nodes of what the month leaves in the state, and of its indicators.
    assumed : tuple[int, ...]
        Nodes of what must be false for it.
    """

    nodes: tuple[tuple[str, Any, bool], ...]
    state: tuple[tuple[Key, int], ...]
    observed: tuple[tuple[str, int], ...]
    assumed: tuple[int, ...]


Numbers = list[float | bool]


def form_of(month: Month) -> tuple[Form, Numbers]:
    """The form of a traced month and its numbers in their order."""
    tape = month.tape
    place: dict[int, int] = {}
    nodes: list[tuple[str, Any, bool]] = []
    numbers: Numbers = []
    ends = [*month.state.values(), *month.observed.values(), *month.assumed]
    order = needed(tape.kinds, tape.contents, ends)
    for node in sorted(order, key=lambda node: tape.kinds[node] != INPUT):  # inputs first, whenever they came
        kind, content = tape.kinds[node], tape.contents[node]
        if kind == NUMBER:
            numbers.append(content)
            content = None
        elif kind != INPUT:
            content = tuple(place[each] for each in content)
        place[node] = len(nodes)
        nodes.append((kind, content, tape.truths[node]))
    state = tuple(sorted(((key, place[node]) for key, node in month.state.items()), key=lambda each: str(each[0])))
    observed = tuple((name, place[node]) for name, node in month.observed.items())
    return Form(tuple(nodes), state, observed, tuple(place[node] for node in month.assumed)), numbers


def needed(kinds: Sequence[str], contents: Sequence[Any], ends: Iterable[int]) -> list[int]:
    """Nodes that some ends follow from, in their order."""
    found: set[int] = set()
    todo = list(ends)
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            if kinds[node] not in LEAVES:
                todo += contents[node]
    return sorted(found)


@dataclass(frozen=True)
class Ends:
    """What the months of one form lead to, in nodes of the program.

    Attributes
    ----------
    state : Mapping[Key, int]
        What they leave in the state.
    observed : Mapping[str, int]
        Indicators.
    assumed : Sequence[int]
        What must be false for them; it follows from levers alone.
    """

    state: Mapping[Key, int]
    observed: Mapping[str, int]
    assumed: Sequence[int]


@dataclass
class Program:
    """Nodes of all forms as in a tape, numbers of the month among them; every node is there once.

    Attributes
    ----------
    kinds, contents, truths
        As of a `Tape`; the content of a number of the month is its place among them.
    stages : list[Stage]
        How often each node is worked out.
    forms : list[Ends]
        Where each form leads.
    months : dict[int, int]
        Form of each month number.
    numbers : dict[int, np.ndarray]
        Numbers of the month, by month number.
    """

    kinds: list[str] = field(default_factory=list)
    contents: list[Any] = field(default_factory=list)
    truths: list[bool] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    forms: list[Ends] = field(default_factory=list)
    months: dict[int, int] = field(default_factory=dict)
    numbers: dict[int, np.ndarray] = field(default_factory=dict)

    def needed(self, ends: Iterable[int]) -> list[int]:
        """Nodes that some ends follow from, in their order."""
        return needed(self.kinds, self.contents, ends)


def program_of(forms: Mapping[Form, Mapping[int, Numbers]], fixed: Callable[[Key], bool]) -> Program:
    """Make the program of some months.

    Parameters
    ----------
    forms : Mapping[Form, Mapping[int, Numbers]]
        Forms and the numbers of their months, by month number.
    fixed : Callable[[Key], bool]
        Whether what stands under a key of the state never changes after the origin.
    """
    maker = _Maker(fixed)
    for form, months in forms.items():
        maker.add(form, months)
    return maker.finished()


class _Maker:
    def __init__(self, fixed: Callable[[Key], bool]):
        self._made, self._fixed = Program(), fixed
        self._known: dict[Hashable, int] = {}
        self._columns: list[dict[int, float]] = []

    def add(self, form: Form, months: Mapping[int, Numbers]) -> None:
        """Add the nodes of a form."""
        columns = zip(*months.values(), strict=True)
        place: list[int] = []
        for kind, content, truth in form.nodes:
            if kind == NUMBER:
                place.append(self._number(next(columns), list(months), truth))
            elif kind == INPUT:
                place.append(self._node(INPUT, content, truth, self._stage(content)))
            else:
                place.append(self._operation(kind, tuple(place[each] for each in content), truth))
        self._made.months |= dict.fromkeys(months, len(self._made.forms))
        self._made.forms.append(
            Ends(
                {key: place[node] for key, node in form.state},
                {name: place[node] for name, node in form.observed},
                sorted({place[node] for node in form.assumed}),
            )
        )

    def finished(self) -> Program:
        """The program, with the numbers of every month."""
        for month in self._made.months:
            self._made.numbers[month] = np.array([column.get(month, 0.0) for column in self._columns])
        return self._made

    def _node(self, kind: str, content: Any, truth: bool, stage: Stage) -> int:
        key = (kind, content, truth)
        if key not in self._known:
            made = self._made
            self._known[key] = len(made.kinds)
            made.kinds.append(kind)
            made.contents.append(content)
            made.truths.append(truth)
            made.stages.append(stage)
        return self._known[key]

    def _stage(self, key: Key) -> Stage:
        if key[0] == STATE and self._fixed(key):
            return Stage.ONCE
        return STAGE_OF_INPUT.get(key[0], Stage.MONTHLY)

    def _number(self, column: Sequence[float | bool], months: Sequence[int], truth: bool) -> int:
        if len({repr(value) for value in column}) == 1:
            return self._node(NUMBER, repr(column[0]), truth, Stage.ONCE)
        key = (NUMBER_OF_MONTH, tuple(column), tuple(months))
        if key not in self._known:
            self._known[key] = self._node(NUMBER_OF_MONTH, len(self._columns), truth, Stage.MONTHLY)
            self._columns.append(dict(zip(months, map(float, column), strict=True)))
        return self._known[key]

    def _operation(self, name: str, nodes: tuple[int, ...], truth: bool) -> int:
        if name in COMMUTATIVE:
            nodes = tuple(sorted(nodes))
        return self._node(name, nodes, truth, max(self._made.stages[node] for node in nodes))
