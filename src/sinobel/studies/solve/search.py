"""What it takes: the value of one or two dated levers that reaches a target with a given probability.

Every value of a lever meets the same futures, so the share of futures that reach the target changes only through the
lever. Where several values would do, the one that changes least is told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.levers import Value
from sinobel.policies.changes import by_kind, settings
from sinobel.policies.scenarios import BASELINE, Scenario, load
from sinobel.runs import ensemble, trajectories
from sinobel.runs.request import Progress
from sinobel.studies.solve import roots
from sinobel.studies.solve.lever_ranges import Handle
from sinobel.studies.solve.plan import Plan, Point, Solution
from sinobel.studies.solve.roots import Trials
from sinobel.world.draws import draw_parameters
from sinobel.world.shocks import Shocks

AT_ONCE = 16  # values of levers simulated on the same shocks at once
MAP = (7, 5)  # values of the first and second lever on the map of two
BEYOND = (0.0, 0.1, 0.0)  # of the bracket, round by round: past the root of a line, so that both ends of it move


class Laboratory:
    """Simulates values of the levers, all on the same futures, and keeps what they do."""

    def __init__(self, plan: Plan, jobs: int = 1, progress: Progress | None = None):
        self.plan, self.jobs, self.progress = plan, jobs, progress
        self.points: dict[tuple[Value, ...], Point] = {}
        self.tried = 0
        self.expected = roots.GRID + 20 if len(plan.handles) == 1 else MAP[0] * (MAP[1] + len(BEYOND)) + 2
        self.scale: np.ndarray | None = None
        self.baseline = self._baseline()
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

    def _baseline(self) -> Mapping[str, np.ndarray] | None:
        """Years of the baseline on the same futures, where a target is against it."""
        if not any(target.against for target in self.plan.targets):
            return None
        request = self.plan.request([load(BASELINE)])
        (sheet,) = ensemble.run_in_memory(request, self.jobs)
        return trajectories.to_years(request.recorded, sheet)

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
            judged = [target.of(yearly, target.year - first, self.baseline) for target in plan.targets]
            each = np.stack([target.margin(of) for target, of in zip(plan.targets, judged, strict=True)])
            if self.scale is None:
                self.scale = np.maximum(np.nanstd(each, axis=1, keepdims=True), 1e-300)
            margins.append((each / (self.scale if len(each) > 1 else 1.0)).min(axis=0))
            p10, median, p90 = np.nanquantile(judged[0], [0.1, 0.5, 0.9])
            share = float(roots.share(margins[-1]))
            points.append(
                Point(values=tuple(value), probability=share, median=float(median), p10=float(p10), p90=float(p90))
            )
        return np.stack(margins), points


def run(plan: Plan, jobs: int = 1, progress: Progress | None = None) -> Solution:
    """Look for what reaches the targets of a plan."""
    if len(plan.handles) == 2 and plan.handles[0].is_number and not plan.handles[1].is_number:
        plan = replace(plan, handles=plan.handles[::-1])  # the needed value is that of a number
    laboratory = Laboratory(plan, jobs, progress)
    last = plan.handles[-1]
    if not last.is_number:
        laboratory.margins(list(product(*(handle.options for handle in plan.handles))))
        return Solution(plan=plan, before=laboratory.before, points=tuple(laboratory.points.values()))
    start = _start(plan, last)
    if len(plan.handles) == 1:
        trials = Trials(lambda values: laboratory.margins([(value,) for value in values]), plan.probability)
        found = roots.search(trials, last.low, last.high, start, roots.GRID)
        points = tuple(laboratory.points[(value,)] for value in trials.values)
        return Solution(plan=plan, before=laboratory.before, points=points, found=found, start=start)
    frontier = _frontier(plan, laboratory, start)
    order = {value: index for index, (value, _) in enumerate(frontier)}
    points = tuple(sorted(laboratory.points.values(), key=lambda point: (order[point.values[0]], point.values[1])))
    return Solution(plan=plan, before=laboratory.before, points=points, frontier=frontier, start=start)


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
