"""What a compiled month has to compute: operations after common parts, without what parameters alone decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sinobel.world.readings import observe
from sinobel.world.world import World
from tests.world.units.traced import declared_state
from tests.world.units.tracer import TRACE, Operation, Traced


def after_common_parts(world: World, operations: Iterable[Operation]) -> list[Operation]:
    """Operations of a month that are left, each value once.

    An engine computes a value once however often it is asked for, computes once a run what parameters and fixed state
    alone decide, computes outside the draws what levers and the calendar alone decide, and leaves out what neither the
    state of the next month nor an indicator needs.

    Parameters
    ----------
    world
        After the traced month.
    operations
        Of that month.
    """
    needed = _needed(_numbers(end for part in _ends(world) for end in part))
    apart = _made_of(_lasting(world) | TRACE.plain) | _made_of(TRACE.monthly | TRACE.plain)
    found: dict[int, Operation] = {}
    for each in operations:
        if each.value in needed and each.value not in apart:
            found.setdefault(each.value, each)
    return list(found.values())


def _ends(world: World) -> Iterator[Iterable[Any]]:
    """What lasts beyond a month: state, and what is read of it."""
    yield (getattr(part, name) for _, part, name, _ in declared_state(world))
    yield observe(world).values()


def _lasting(world: World) -> set[int]:
    """Values that stay through a run."""
    values: list[Any] = list(world.parameters.values.values())
    values += [
        getattr(part, name)
        for _, part, name, _ in declared_state(world)
        if part.declared[name].kind in ("fixed", "monthly")
    ]
    return set(_numbers(values))


def _numbers(values: Iterable[Any]) -> Iterator[int]:
    """Numbers of traced values, inside dictionaries and lists too."""
    for value in values:
        if isinstance(value, Traced):
            yield value.number
        elif isinstance(value, dict):
            yield from _numbers(value.values())
        elif isinstance(value, list | tuple):
            yield from _numbers(value)


def _needed(ends: Iterable[int]) -> set[int]:
    """Everything that some values are made of."""
    found: set[int] = set()
    waiting = list(ends)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting.extend(TRACE.made_of[number])
    return found


def _made_of(given: set[int]) -> set[int]:
    """Values that are given or made of given ones alone; what is made of others has the greater number."""
    found = set(given)
    for number, parts in enumerate(TRACE.made_of):
        if parts and found.issuperset(parts):
            found.add(number)
    return found
