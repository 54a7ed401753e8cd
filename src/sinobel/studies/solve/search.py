"""What it takes: the value of one or two dated levers that reaches a target with a given probability.

Every value of a lever meets the same futures, so the share of futures that reach the target changes only through the
lever. Where several values would do, the one that changes least is told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.levers import Value
from sinobel.inputs.reading import InputError, Problem, quoted
from sinobel.inputs.values import in_percent, number, plain
from sinobel.policies.changes import Change, by_kind, settings, windows
from sinobel.policies.scenarios import Scenario
from sinobel.runs import ensemble, trajectories
from sinobel.runs.request import Progress, Request
from sinobel.studies.solve import roots
from sinobel.studies.solve.lever_ranges import Handle
from sinobel.studies.solve.roots import Found, Trials
from sinobel.studies.targets import Target, check_years, horizon_for
from sinobel.world.draws import draw_parameters
from sinobel.world.shocks import Shocks

AT_ONCE = 16  # values of levers simulated on the same shocks at once
MAP = (7, 5)  # values of the first and second lever on the map of two
BEYOND = (0.0, 0.1, 0.0)  # of the bracket, round by round: past the root of a line, so that both ends of it move


@dataclass(frozen=True)
class Plan:
    """What is asked: which levers, from when, reach which targets with which probability, in which scenario."""

    targets: tuple[Target, ...]
    handles: tuple[Handle, ...]
    scenario: Scenario
    probability: float = 0.8
    start: str | None = None
    draws: int = 2000
    seed: int = 2017
    origin: str = months.DEFAULT_ORIGIN
    source: str = "posterior"

    def __post_init__(self) -> None:
        problems: list[Problem] = []
        written = self.probability
        taken = {
            "probability": number(self.probability, "fraction"),
            "draws": plain(self.draws),
            "seed": plain(self.seed),
        }
        taken |= {
            "origin": months.december_text(self.origin),
            "start": None if self.start is None else months.text(self.start),
        }
        for name, value in taken.items():
            object.__setattr__(self, name, value)
        share = self.probability
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 < share < 1:
            hint = in_percent(share, "fraction", 0.0, 1.0, written)
            message = f" must lie between 0 and 1, for example 0.8, not {quoted(share)}{hint}"
            problems.append(Problem(message, argument="probability"))
        names = [handle.name for handle in self.handles]
        if not 1 <= len(names) <= 2 or len(set(names)) < len(names):
            problems.append(Problem("one or two different levers can be solved for", hint="name each with {lever}"))
        origin = months.parse_origin(self.origin)
        try:
            start = months.parse(self.first_month)
        except ValueError as error:
            raise InputError([*problems, Problem(f": {error}", argument="start")]) from None
        check_years(self.targets, months.year(origin) + 1, months.LAST_HORIZON_YEAR)
        first = min(self.targets, key=lambda target: target.year)
        if not origin < start <= 12 * first.year + 11:
            span = f"{months.label(origin + 1)} to {first.year}-12"
            asked = f" {self.first_month} is outside the months in which a lever can reach the target: {span}"
            over = (
                f"{first.indicator}[{first.year}] is over before the change begins, in {self.first_month} unless told"
            )
            untold = Problem(over, hint=f"say when with {{start}}, {span}")
            problems.append(Problem(asked, argument="start") if self.start else untold)
        if problems:
            raise InputError(problems)
        self.request((self.scenario,))  # its own checks

    @property
    def first_month(self) -> str:
        """First month of the change; a year after the origin unless told."""
        return self.start or months.label(months.parse_origin(self.origin) + 13)

    def request(self, scenarios: Sequence[Scenario]) -> Request:
        """The ensemble of some scenarios to the last year of the targets."""
        names = tuple(dict.fromkeys(target.indicator for target in self.targets))
        horizon = horizon_for([self.scenario], max(target.year for target in self.targets))
        return Request(
            tuple(scenarios),
            self.draws,
            seed=self.seed,
            origin=self.origin,
            horizon=horizon,
            indicators=names,
            parameters=self.source,
        )

    def with_values(self, values: Sequence[Value]) -> Scenario:
        """The scenario with values of the levers from the first month on, in place of what it does with them."""
        start = months.parse(self.first_month)
        policy = self.scenario
        for handle, value in zip(self.handles, values, strict=True):
            mine = self._lasting(handle)
            ended = [replace(each, until=min(end, start - 1)) for each, end in mine if each.start < start]
            kept = [*(each for each in policy.changes if each.lever != handle.name), *ended]
            policy = replace(policy, changes=tuple(kept)).with_change(handle.name, value, start=self.first_month)
        told = ", ".join(f"{handle.name} = {value}" for handle, value in zip(self.handles, values, strict=True))
        return replace(policy, name=f"{self.scenario.name} with {told}")

    @property
    def replaced(self) -> list[str]:
        """Levers of the plan that the scenario itself moves after the first month."""
        start = months.parse(self.first_month)
        return [each.name for each in self.handles if any(end >= start for _, end in self._lasting(each))]

    def _lasting(self, handle: Handle) -> list[tuple[Change, int]]:
        """What the scenario itself does with a lever, each change with the last month in which it holds."""
        horizon = months.parse(horizon_for([self.scenario], max(target.year for target in self.targets)))
        groups = by_kind(each for each in self.scenario.changes if each.lever == handle.name)
        return [(change, end) for group in groups.values() for change, _, end in windows(group, horizon)]


@dataclass(frozen=True)
class Point:
    """What some values of the levers do: share of futures that reach the target, and the indicator of the first."""

    values: tuple[Value, ...]
    probability: float
    median: float
    p10: float
    p90: float


@dataclass(frozen=True)
class Solution:
    """What was found.

    Attributes
    ----------
    before : Point
        Without any change.
    points : tuple[Point, ...]
        Every value that was tried, in order.
    found : Found | None
        Where the target is reached, for one lever that is a number.
    frontier : tuple[tuple[Value, float | None], ...]
        (value of the first lever, smallest change of the second that reaches the target, or None)
    start : float | None
        Where the lever stands without a change, (of the second one with two); None when it follows the model.
    """

    plan: Plan
    before: Point
    points: tuple[Point, ...]
    found: Found | None = None
    frontier: tuple[tuple[Value, float | None], ...] = ()
    start: float | None = None

    def at(self, *values: Value) -> Point:
        """What some tried values do.

        Parameters
        ----------
        values : Value
            Of the levers, in their order, as they were tried.

        Returns
        -------
        Point
            Share of futures that reach the target, and the indicator.
        """
        return next(point for point in self.points if point.values == values)

    @property
    def best(self) -> Point:
        """The values tried with the highest probability."""
        return max(self.points, key=lambda point: (point.probability, -len(str(point.values))))

    def rows(self) -> list[dict[str, Any]]:
        """The trade-off as tidy rows, one per value tried."""
        from sinobel.studies.solve.tables import curve_rows

        return curve_rows(self)

    @property
    def met_before(self) -> bool:
        """True when the target is reached without any change."""
        return self.before.probability >= self.plan.probability


class Laboratory:
    """Simulates values of the levers, all on the same futures, and keeps what they do."""

    def __init__(self, plan: Plan, jobs: int = 1, progress: Progress | None = None):
        self.plan, self.jobs, self.progress = plan, jobs, progress
        self.points: dict[tuple[Value, ...], Point] = {}
        self.tried = 0
        self.expected = roots.GRID + 20 if len(plan.handles) == 1 else MAP[0] * (MAP[1] + len(BEYOND)) + 2
        self.scale: np.ndarray | None = None
        self.before = self._simulate([plan.scenario], [()])[1][0]

    def margins(self, wanted: Sequence[tuple[Value, ...]]) -> np.ndarray:
        """Margins (values, draws) of some values; of several targets the one that is met least, in its own spread."""
        parts = []
        for first in range(0, len(wanted), AT_ONCE):
            some = wanted[first : first + AT_ONCE]
            found, points = self._simulate([self.plan.with_values(values) for values in some], some)
            parts.append(found)
            self.points |= {point.values: point for point in points}
        return np.concatenate(parts)

    def _simulate(
        self, scenarios: Sequence[Scenario], values: Sequence[tuple[Value, ...]]
    ) -> tuple[np.ndarray, list[Point]]:
        plan = self.plan
        request = plan.request(scenarios)
        sheets = ensemble.run_in_memory(request, self.jobs)
        self.tried += len(scenarios)
        if self.progress:
            self.progress(min(self.tried, self.expected) * plan.draws, self.expected * plan.draws)
        first = months.year(request.months[0]) + 1
        margins, points = [], []
        for sheet, value in zip(sheets, values, strict=True):
            yearly = trajectories.to_years(request.recorded, sheet)
            each = np.stack([target.margin(yearly[target.indicator][target.year - first]) for target in plan.targets])
            if self.scale is None:
                self.scale = np.maximum(np.nanstd(each, axis=1, keepdims=True), 1e-300)
            margins.append((each / (self.scale if len(each) > 1 else 1.0)).min(axis=0))
            told = yearly[plan.targets[0].indicator][plan.targets[0].year - first]
            p10, median, p90 = np.nanquantile(told, [0.1, 0.5, 0.9])
            share = float(roots.share(margins[-1]))
            points.append(Point(tuple(value), share, float(median), float(p10), float(p90)))
        return np.stack(margins), points


def run(plan: Plan, jobs: int = 1, progress: Progress | None = None) -> Solution:
    """Look for what reaches the targets of a plan."""
    if len(plan.handles) == 2 and plan.handles[0].is_number and not plan.handles[1].is_number:
        plan = replace(plan, handles=plan.handles[::-1])  # the needed value is that of a number
    laboratory = Laboratory(plan, jobs, progress)
    last = plan.handles[-1]
    if not last.is_number:
        laboratory.margins(list(product(*(handle.options for handle in plan.handles))))
        return Solution(plan, laboratory.before, tuple(laboratory.points.values()))
    start = _start(plan, last)
    if len(plan.handles) == 1:
        trials = Trials(lambda values: laboratory.margins([(value,) for value in values]), plan.probability)
        found = roots.search(trials, last.low, last.high, start, roots.GRID)
        points = tuple(laboratory.points[(value,)] for value in trials.values)
        return Solution(plan, laboratory.before, points, found, start=start)
    frontier = _frontier(plan, laboratory, start)
    order = {value: index for index, (value, _) in enumerate(frontier)}
    points = tuple(sorted(laboratory.points.values(), key=lambda point: (order[point.values[0]], point.values[1])))
    return Solution(plan, laboratory.before, points, frontier=frontier, start=start)


def _start(plan: Plan, handle: Handle) -> float | None:
    """Where a lever stands when the change would begin: its value, or the median of what is drawn, or None.

    What rules do with it is left out: they differ from future to future.
    """
    lever, origin = handle.lever, months.parse_origin(plan.origin)
    plain_changes = by_kind(plan.scenario.changes).get((lever.name, False), [])
    value, scale = (each[-1] for each in settings(lever, plain_changes, origin, months.parse(plan.first_month)))
    if math.isnan(value):
        if lever.parameter is None:
            return None
        drawn = draw_parameters(plan.source, Shocks(plan.seed, 0, plan.draws, 12), origin)
        low, high = lever.limits
        value = min(max(float(np.median(drawn.values[lever.parameter])) * scale, low), high)
    return float(min(max(lever.written(value), handle.low), handle.high))


def _frontier(plan: Plan, laboratory: Laboratory, start: float | None) -> tuple[tuple[Value, float | None], ...]:
    """The smallest change of the second lever that is needed at each value of the first.

    A map of both levers first; then all needed values move toward their roots at once, on the same futures.
    """
    first, second = plan.handles
    rows, columns = first.grid(MAP[0]), second.grid(MAP[1])
    if start is not None and start not in columns:
        columns = sorted([*columns, start], key=float)
    trials = {row: Trials(_from_the_map, plan.probability) for row in rows}

    def learn(wanted: Sequence[tuple[Value, ...]]) -> None:
        new = [pair for pair in dict.fromkeys(wanted) if float(pair[1]) not in trials[pair[0]].margins]
        if new:
            for pair, margins in zip(new, laboratory.margins(new), strict=True):
                trials[pair[0]].margins[float(pair[1])] = margins

    learn(list(product(rows, columns)))
    for beyond in BEYOND:
        learn([(row, value) for row in rows if (value := _closer(trials[row], second, start, beyond)) is not None])
    return tuple((row, _needed(trials[row], start)) for row in rows)


def _from_the_map(values: Sequence[float]) -> np.ndarray:
    raise AssertionError(f"the map tries all rows at once, not {values}")


def _needed(trials: Trials, start: float | None) -> float | None:
    """The tried value nearest to where the lever stands that reaches the target; None when none does."""
    values = np.array(trials.values)
    reached = values[trials.margins_at(trials.probability) >= 0]
    if not len(reached):
        return None
    if start is None:
        return float(reached[0] if reached[0] > values[0] else reached[-1])
    return float(reached[np.argmin(np.abs(reached - start))])


def _closer(trials: Trials, handle: Handle, start: float | None, beyond: float) -> float | None:
    """A value between the needed one and its neighbor that does not reach the target, where the margin meets zero.

    beyond  of the way between the two, how far past the root of a straight line, toward the one that is farther
    """
    needed = _needed(trials, start)
    if needed is None:
        return None
    values, margins = trials.values, trials.margins_at(trials.probability)
    index = values.index(needed)
    beside = [each for each in (index - 1, index + 1) if 0 <= each < len(values) and margins[each] < 0]
    if not beside:
        return None
    other = min(beside, key=lambda each: abs(values[each] - (needed if start is None else start)))
    fine = roots.step(handle.low, handle.high)
    part = margins[index] / (margins[index] - margins[other]) if np.isfinite(margins[other]) else 0.5
    root = needed + (values[other] - needed) * (part + beyond if part < 0.5 else part - beyond)
    toward = np.sign(needed - values[other])
    value = float(np.round(fine * (np.ceil(root / fine - 1e-9) if toward > 0 else np.floor(root / fine + 1e-9)), 12))
    return value if min(needed, values[other]) < value < max(needed, values[other]) else None
