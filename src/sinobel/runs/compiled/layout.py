"""Where everything stands in the memory of a compiled program: one row of a block for each thing, one future a column.

The futures of an ensemble lie in blocks of `WIDTH`, so that what a month reads and writes of a block stays in the
cache: (blocks, rows, WIDTH). A row holds an input, something that is kept from a stage for later ones, or an indicator;
what a month leaves in the state stands where the month found it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.runs.compiled.program import INPUT, LEAVES, NUMBER, Program, Stage
from sinobel.runs.compiled.trace import Key

WIDTH = 64
"""Futures in a block."""


@dataclass(frozen=True)
class Layout:
    """Rows of a block.

    Attributes
    ----------
    keys : dict[Key, int]
        Rows of inputs and of state that is only written.
    kept : dict[int, int]
        Rows of nodes that an earlier stage leaves to later ones.
    observed : dict[str, int]
        Rows of indicators.
    rows : int
        Number of them.
    """

    keys: dict[Key, int]
    kept: dict[int, int]
    observed: dict[str, int]
    rows: int

    def inputs(self, first: str) -> dict[Key, int]:
        """Rows of keys that begin with a word."""
        return {key: row for key, row in self.keys.items() if key[0] == first}


def ends_of(program: Program, form: int) -> list[int]:
    """Nodes that the months of a form lead to."""
    ends = program.forms[form]
    return [*ends.state.values(), *ends.observed.values()]


def layout_of(program: Program) -> Layout:
    """Rows for a program."""
    keys: dict[Key, int] = {}
    kept: dict[int, int] = {}
    count = 0
    every = [node for form in range(len(program.forms)) for node in ends_of(program, form)]
    used = program.needed([*every, *(node for form in program.forms for node in form.assumed)])
    for node in used:
        if program.kinds[node] == INPUT:
            keys[program.contents[node]] = count
            count += 1
    for form in program.forms:
        for key in form.state:
            if key not in keys:
                keys[key] = count
                count += 1
    for node in sorted(_handed_on(program, used, every)):
        kept[node] = count
        count += 1
    observed = {}
    for name in program.forms[0].observed:
        observed[name] = count
        count += 1
    return Layout(keys, kept, observed, count)


def _handed_on(program: Program, used: list[int], ends: list[int]) -> set[int]:
    """Operations of the first stages that a later one reads, or a month ends in."""
    early = {node for node in used if program.stages[node] < Stage.MONTHLY and program.kinds[node] not in LEAVES}
    found = early.intersection(ends)
    for node in used:
        if program.kinds[node] not in LEAVES:
            found |= {
                part for part in program.contents[node] if part in early and program.stages[part] < program.stages[node]
            }
    return found


def is_number(program: Program, node: int) -> bool:
    """Whether a node is a number that is the same in all months."""
    return program.kinds[node] == NUMBER
