"""Where everything stands in the memory of a compiled program: one row of a block for each thing, one future a column.

The futures of an ensemble lie in blocks of `WIDTH`, so that what a month reads and writes of a block stays in the
cache: (blocks, rows, WIDTH). A row holds an input, something that is kept from a stage for later ones, or an indicator;
what a month leaves in the state stands where the month found it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from sinobel.runs.compiled.program import INPUT, LEAVES, Program, Stage
from sinobel.runs.compiled.tape import Untraceable
from sinobel.runs.compiled.trace import OF_MONTH, Key

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
    assumed : list[int]
        Rows of what must be false, worked out with the levers.
    written : frozenset[Key]
        Keys of the state that months write.
    rows : int
        Number of them.
    """

    keys: dict[Key, int]
    kept: dict[int, int]
    observed: dict[str, int]
    assumed: list[int]
    written: frozenset[Key]
    rows: int

    def inputs(self, first: str) -> dict[Key, int]:
        """Rows of keys that begin with a word."""
        return self._by_word.get(first, {})

    @cached_property
    def _by_word(self) -> dict[str, dict[Key, int]]:
        found: dict[str, dict[Key, int]] = {}
        for key, row in self.keys.items():
            found.setdefault(key[0], {})[key] = row
        return found


def ends_of(program: Program, form: int) -> list[int]:
    """Nodes that the months of a form lead to."""
    ends = program.forms[form]
    return [*ends.state.values(), *ends.observed.values()]


def layout_of(program: Program) -> Layout:
    """Rows for a program.

    Raises
    ------
    Untraceable
        When what must be false for a month follows from more than levers, or a month writes what stands for good.
    """
    row = count()
    ends = [node for form in range(len(program.forms)) for node in ends_of(program, form)]
    assumed = sorted({node for form in program.forms for node in form.assumed})
    if any(program.stages[node] is not Stage.LEVERS for node in assumed):
        raise Untraceable("a branch that follows from more than levers")
    used = program.needed([*ends, *assumed])
    written = {key for form in program.forms for key in form.state}
    read = [program.contents[node] for node in used if program.kinds[node] == INPUT]
    fixed = {program.contents[node] for node in used if program.stages[node] is Stage.ONCE}
    if standing := [key for key in written if OF_MONTH in key or key in fixed]:
        raise Untraceable(f"a month writes {standing[0]}, which is declared to stand")
    keys = {key: next(row) for key in dict.fromkeys([*read, *sorted(written, key=str)])}
    kept = {node: next(row) for node in sorted(_handed_on(program, used, {*ends, *assumed}))}
    observed = {name: next(row) for name in program.forms[0].observed}
    return Layout(
        keys=keys,
        kept=kept,
        observed=observed,
        assumed=[kept[node] for node in assumed],
        written=frozenset(written),
        rows=next(row),
    )


def _handed_on(program: Program, used: Sequence[int], ends: Set[int]) -> set[int]:
    """Operations of the first stages that a later one reads, or that lead nowhere else."""
    early = {node for node in used if program.stages[node] < Stage.MONTHLY and program.kinds[node] not in LEAVES}
    found = early & ends
    for node in used:
        if program.kinds[node] not in LEAVES:
            parts = early.intersection(program.contents[node])
            found |= {part for part in parts if program.stages[part] < program.stages[node]}
    return found
