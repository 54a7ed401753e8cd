"""What a scenario makes of the levers and of its events month by month, and what its rules of state remember.

`LeverPath` is a scenario's levers over the months of a run; `LeverBoard` is that path as agents see it in one month: a
number for most levers, an array over draws where a rule, or scenarios that run beside each other, make them differ.
`Memory` follows the conditions of the rules.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from sinobel.inputs.levers import Lever, all_levers
from sinobel.policies.changes import Change, by_kind, settings, windows
from sinobel.policies.conditions import Condition
from sinobel.policies.event_path import EventBoard, EventPath
from sinobel.policies.scenarios import Scenario

Watched = tuple[int, Condition]
"""A condition and the first month of the rule it belongs to: two rules that share both share their memory."""


class Levers(Protocol):
    """What a world asks of the levers of its scenario, or of several scenarios beside each other."""

    def board(self, month: int, memory: Memory | None = None) -> LeverBoard:
        """The levers in a month."""

    def watched(self, month: int) -> Sequence[Watched]:
        """Conditions that a month looks back for."""

    def holding(self, month: int, memory: Memory) -> Iterable[tuple[int, np.ndarray]]:
        """Rules that may hold in a month, by number, and in which draws they do."""


class LeverBoard:
    """The levers in one month, as agents see them: numbers, or arrays over draws that may differ.

    Parameters
    ----------
    values, scales : Mapping[str, Any]
        By lever.
    events : EventBoard
        What the events of the scenario come to in the month.
    """

    def __init__(
        self, levers: Mapping[str, Lever], values: Mapping[str, Any], scales: Mapping[str, Any], events: EventBoard
    ):
        self._levers, self._values, self._scales = levers, values, scales
        self.events = events

    @classmethod
    def beside_each_other(cls, boards: Sequence[LeverBoard], draws: int) -> LeverBoard:
        """The plain boards of several scenarios as one, each for so many draws: a number where all of them agree."""

        def spread(numbers: list[float]) -> Any:
            same = np.array_equal(numbers, numbers[:1] * len(numbers), equal_nan=True)
            return numbers[0] if same else np.repeat(numbers, draws)

        levers = boards[0]._levers
        return cls(
            levers,
            {name: spread([board._values[name] for board in boards]) for name in levers},
            {name: spread([board._scales[name] for board in boards]) for name in levers},
            EventBoard.beside_each_other([board.events for board in boards], draws),
        )

    @property
    def settings(self) -> Mapping[str, tuple[Any, Any]]:
        """What each lever replaces, or not a number, and what it scales by; numbers or (draws,)."""
        return {name: (value, self._scales[name]) for name, value in self._values.items()}

    @cached_property
    def setting(self) -> bytes:
        """What tells a plain board from another."""
        return np.array([*self._values.values(), *self._scales.values(), *self.events.values]).tobytes()

    def __getitem__(self, name: str) -> Any:
        """Value of a lever that always has one, as a number (true is 1, an option is its place) or (draws,)."""
        value = self._values[name]
        if math.isnan(value) if isinstance(value, float) else np.isnan(value).any():
            raise KeyError(f"{name} may be left alone; use board.over(name, what is drawn or simulated)")
        return value

    def over(self, name: str, otherwise: np.ndarray) -> np.ndarray:
        """What is drawn or simulated, replaced or scaled as the scenario says; cut to the lever's range.

        Parameters
        ----------
        otherwise : np.ndarray
            Array over draws, in the lever's unit.

        Returns
        -------
        np.ndarray
            Array of the same shape.
        """
        value, scale = self._values[name], self._scales[name]
        low, high = self._levers[name].limits
        if isinstance(value, float) and isinstance(scale, float):
            if not math.isnan(value):
                return otherwise * 0.0 + value
            return otherwise if scale == 1.0 else (otherwise * scale).clip(low, high)
        scaled = np.where(np.equal(scale, 1.0), otherwise, (otherwise * scale).clip(low, high))
        return np.where(np.isnan(value), scaled, value)


@dataclass(frozen=True)
class Rule:
    """A change that holds only under conditions: it replaces the value of a lever or multiplies it."""

    start: int
    when: tuple[Condition, ...]
    value: float | None
    scale: float

    @classmethod
    def of(cls, change: Change) -> Rule:
        """The rule of a change that has conditions."""
        number = None if change.value is None else all_levers()[change.lever].number(change.value)
        return cls(change.start, change.when, number, 1.0 if change.scale is None else float(change.scale))

    @property
    def watched(self) -> list[Watched]:
        """The conditions with the month from which they count."""
        return [(self.start, condition) for condition in self.when]


@dataclass(frozen=True)
class _Track:
    """One lever over the months: `value` where set, else `scale` times the baseline; NaN means left alone.

    rules  by place in the months, the rule that stands on top
    """

    value: np.ndarray
    scale: np.ndarray
    rules: Mapping[int, Rule]

    def same_as(self, other: _Track) -> np.ndarray:
        """True for each month in which another track does the same."""
        same = ((self.value == other.value) | (np.isnan(self.value) & np.isnan(other.value))) & (
            self.scale == other.scale
        )
        for place in {*self.rules, *other.rules}:
            same[place] &= self.rules.get(place) == other.rules.get(place)
        result: np.ndarray = same
        return result


class LeverPath:
    """The levers of a scenario over the months of a run.

    `board(month)` gives the levers of a month. `first_difference(other)` is the first month in which two paths differ.

    Parameters
    ----------
    scenario : Scenario
        What the user wrote.
    origin : int
        Month number of the opening books; recorded baselines stop moving there.
    horizon : int
        Month number of the last month.
    rules
        Its rules with their levers, in the order in which they are written.
    """

    def __init__(self, scenario: Scenario, origin: int, horizon: int):
        self.origin, self.horizon = origin, horizon
        self._levers = all_levers()
        groups = by_kind(scenario.changes)
        self._tracks = {
            name: self._track(lever, groups.get((name, False), []), groups.get((name, True), []))
            for name, lever in self._levers.items()
        }
        self._events = EventPath(scenario.events, origin, horizon)
        self._ruled = [name for name, track in self._tracks.items() if track.rules]
        self.rules = [(change.lever, Rule.of(change)) for change in scenario.changes if change.when]
        self._plain: dict[int, LeverBoard] = {}
        self._settings: dict[bytes, LeverBoard] = {}  # months that are alike share a board

    def _track(self, lever: Lever, changes: list[Change], ruled: list[Change]) -> _Track:
        """One lever over the months from its plain changes, and the rules that stand on them."""
        value, scale = settings(lever, changes, self.origin, self.horizon)
        rules: dict[int, Rule] = {}
        for change, start, end in windows(ruled, self.horizon):
            rules |= dict.fromkeys(range(max(start - self.origin, 0), end - self.origin + 1), Rule.of(change))
        return _Track(np.array(value), np.array(scale), rules)

    @property
    def has_rules(self) -> bool:
        """True where a rule of state may move a lever."""
        return bool(self._ruled)

    def watched(self, month: int) -> list[Watched]:
        """The conditions that decide about levers in a month, without repetition."""
        place = month - self.origin
        found = (self._tracks[name].rules.get(place) for name in self._ruled)
        return list(dict.fromkeys(each for rule in found if rule for each in rule.watched))

    def holding(self, month: int, memory: Memory) -> Iterator[tuple[int, np.ndarray]]:
        """The rules that may hold in a month, by their place in `rules`, and in which draws they do, (draws,)."""
        for place, (name, rule) in enumerate(self.rules):
            if self._tracks[name].rules.get(month - self.origin) == rule:
                yield place, memory.holds(rule)

    def board(self, month: int, memory: Memory | None = None) -> LeverBoard:
        """The levers in a month from the origin to the horizon.

        Parameters
        ----------
        memory : Memory | None
            Knows in which draws the conditions of the month's rules hold; needed where there are rules.
        """
        place = month - self.origin
        if month not in self._plain:
            board = LeverBoard(
                self._levers,
                {name: float(track.value[place]) for name, track in self._tracks.items()},
                {name: float(track.scale[place]) for name, track in self._tracks.items()},
                self._events.month(month),
            )
            self._plain[month] = self._settings.setdefault(board.setting, board)
        rules = {name: self._tracks[name].rules[place] for name in self._ruled if place in self._tracks[name].rules}
        if not rules:
            return self._plain[month]
        assert memory is not None, "a month with rules of state needs their memory"
        values: dict[str, Any] = {name: float(track.value[place]) for name, track in self._tracks.items()}
        scales: dict[str, Any] = {name: float(track.scale[place]) for name, track in self._tracks.items()}
        for name, rule in rules.items():
            holds, (low, high) = memory.holds(rule), self._levers[name].limits
            with_rule = np.clip(values[name] * rule.scale, low, high) if rule.value is None else rule.value
            scales[name] = np.where(holds, scales[name] * rule.scale, scales[name])
            values[name] = np.where(holds, with_rule, values[name])
        return LeverBoard(self._levers, values, scales, self._events.month(month))

    def first_difference(self, other: LeverPath) -> int:
        """First month in which two paths differ, rules and events included; one after the horizon if they never do."""
        first = self.horizon + 1
        same_events = self._events.same_as(other._events)
        if not same_events.all():
            first = self.origin + int(np.argmin(same_events))
        for name, mine in self._tracks.items():
            same = mine.same_as(other._tracks[name])
            if not same.all():
                first = min(first, self.origin + int(np.argmin(same)))
        return first


class Memory:
    """What the rules of state remember: for how long each condition has been so, and whether it holds; (draws,).

    It begins at the end of the month before a rule starts, so that two scenarios are the same until then.
    """

    def __init__(self) -> None:
        self._run: dict[Watched, np.ndarray] = {}
        self._held: dict[Watched, np.ndarray] = {}

    def look(self, watched: Iterable[Watched], read: Callable[[str], np.ndarray]) -> None:
        """Look at the month that has ended.

        Parameters
        ----------
        watched : Iterable[Watched]
            Conditions that decide about the next month.
        read : Callable[[str], np.ndarray]
            Gives an indicator of the month that has ended, (draws,)
        """
        run, held = {}, {}
        for each in watched:
            condition = each[1]
            value = read(condition.indicator)
            unit = read(condition.of) if condition.of else 1.0
            run[each] = np.where(
                _beyond(condition.side, value, condition.threshold * unit), self._run.get(each, 0.0) + 1.0, 0.0
            )
            held[each] = run[each] >= condition.months
            if condition.release is not None:
                back = (
                    value >= condition.release * unit
                    if condition.side == "above"
                    else value <= condition.release * unit
                )
                held[each] = held[each] | (self._held.get(each, False) & back)
        self._run, self._held = run, held

    def holds(self, rule: Rule) -> np.ndarray:
        """True in the draws in which all conditions of a rule hold this month."""
        result = self._held[rule.watched[0]]
        for each in rule.watched[1:]:
            result = result & self._held[each]
        return result

    def state(self) -> tuple[dict[Watched, np.ndarray], dict[Watched, np.ndarray]]:
        """Everything it remembers; arrays are never written again, so none is copied."""
        return dict(self._run), dict(self._held)

    def load_state(self, state: tuple[dict[Watched, np.ndarray], dict[Watched, np.ndarray]]) -> None:
        """Take over what the memory of another world held."""
        self._run, self._held = dict(state[0]), dict(state[1])


def _beyond(side: str, value: np.ndarray, threshold: np.ndarray | float) -> np.ndarray:
    """True where a value lies on the named side of a threshold; what is not defined lies on neither."""
    return value > threshold if side == "above" else value < threshold
