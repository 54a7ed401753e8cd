"""Several scenarios at once in one wide world: the draws of one beside those of the next, (scenarios x draws).

An operation on a thousand numbers costs about as much for its call as for its work, so four scenarios of a thousand
draws take little more than half the time in one world of four thousand. Every scenario meets the shocks and parameters
of the same draws and its own levers, and comes out as it would alone, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from sinobel.policies.lever_path import LeverBoard, LeverPath, Memory, Watched
from sinobel.world.draws import ParameterDraws
from sinobel.world.shocks import Shocks

if TYPE_CHECKING:
    from sinobel.world.world import World


Group = tuple[int, list[int]]
"""The month in which some scenarios depart from the first, and their places in the request."""


def groups(paths: Sequence[LeverPath], most: int) -> list[Group]:
    """Which scenarios run together, in the order in which they depart; those that never do come last.

    A scenario with rules of state runs alone. One that departs late joins a group only when it lives at least half as
    long as the group: a place in a wide world costs about half a world of its own. The first scenario is needed alone
    until the last departure; it goes on from there beside the others, where there is room for it.

    Parameters
    ----------
    paths : Sequence[LeverPath]
        Of all scenarios, the first first.
    most : int
        Scenarios in a group.
    """
    end = paths[0].horizon + 1
    departs = [paths[0].first_difference(path) for path in paths]
    ruled = {place for place, path in enumerate(paths) if path.has_rules}

    def has_room(together: list[int]) -> bool:
        return len(together) < most and not ruled.intersection(together)

    found: list[Group] = []
    for place in sorted(range(1, len(paths)), key=lambda place: (departs[place], place in ruled)):
        lives = end - departs[place]
        if found and place not in ruled and has_room(found[-1][1]) and 2 * lives >= end - found[-1][0]:
            found[-1][1].append(place)
        else:
            found.append((departs[place], [place]))
    last = max((departure for departure, _ in found if departure < end), default=end)
    place_for_first = (together for departure, together in found if departure == last < end and has_room(together))
    if 0 not in ruled and (together := next(place_for_first, None)):
        together.insert(0, 0)
    return found


def ingredients(reference: World, paths: Sequence[LeverPath]) -> dict[str, Any]:
    """What a world of several scenarios is made of, by argument of `World`: the draws of a reference once for each."""
    times = len(paths)
    if times == 1:
        same = {"shocks": reference.shocks, "parameters": reference.parameters, "opening": reference.opening}
        return {"draws": reference.draws, "levers": paths[0], **same}
    values = reference.parameters.values
    return {
        "draws": times * reference.draws,
        "levers": SideBySideLevers(paths, reference.draws),
        "shocks": SideBySideShocks(reference.shocks, times),
        "parameters": ParameterDraws({name: np.tile(value, times) for name, value in values.items()}),
    }


class SideBySideShocks(Shocks):
    """The shocks of some draws once for each of several scenarios; a month is repeated when it is read."""

    def __init__(self, source: Shocks, times: int):
        super().__init__(source.seed, source.first, source.count * times, source.months, source.parameter_seed)
        self._source, self._times = source, times

    def __reduce__(self) -> tuple[type[Shocks], tuple[Any, ...]]:
        return type(self), (self._source, self._times)

    def _make(self, name: str, rows: int, kind: str) -> np.ndarray:
        return cast("np.ndarray", _Rows(self._source._make(name, rows, kind), self._times))


class _Rows:
    """Rows of an array, each repeated when it is asked for."""

    def __init__(self, values: np.ndarray, times: int):
        self._values, self._times = values, times

    def __getitem__(self, row: int) -> np.ndarray:
        return np.concatenate([self._values[row]] * self._times)


class SideBySideLevers:
    """The levers of several scenarios without rules of state, as one wide world reads them.

    Parameters
    ----------
    paths : Sequence[LeverPath]
        One for each scenario.
    draws : int
        Of each.
    """

    def __init__(self, paths: Sequence[LeverPath], draws: int):
        self._paths, self._draws = paths, draws
        self._made: dict[tuple[bytes, ...], LeverBoard] = {}

    def watched(self, month: int) -> list[Watched]:
        """No conditions: none of the scenarios has a rule."""
        return []

    def holding(self, month: int, memory: Memory) -> tuple[()]:
        """No rules, for the same reason."""
        return ()

    def board(self, month: int, memory: Memory | None = None) -> LeverBoard:
        """The levers in a month: a number where the scenarios agree, else an array over all their draws."""
        boards = [path.board(month) for path in self._paths]
        setting = tuple(board.setting for board in boards)
        if setting not in self._made:  # most months are like the month before
            self._made[setting] = LeverBoard.beside_each_other(boards, self._draws)
        return self._made[setting]


class SideBySideSheet:
    """Sheets of several scenarios, written as one that is as wide as all of them.

    Values as wide as one scenario, such as those of the time before it departs, go to every sheet.
    """

    def __init__(self, sheets: Sequence[np.ndarray]):
        self._sheets = sheets

    def __setitem__(self, place: Any, values: np.ndarray) -> None:
        for number, sheet in enumerate(self._sheets):
            width = sheet.shape[-1]
            start = number * width if values.shape[-1] > width else 0
            sheet[place] = values[..., start : start + width]
