"""What is asked of levers and targets, and what was found: the plan of a search, its points, its solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sinobel.inputs import months
from sinobel.inputs.levers import Value
from sinobel.inputs.reading import InputError, Problem, quoted
from sinobel.inputs.values import in_percent, number, plain
from sinobel.policies.changes import Change, by_kind, windows
from sinobel.policies.scenarios import Scenario
from sinobel.runs.request import Request
from sinobel.studies.solve.lever_ranges import Handle
from sinobel.studies.solve.roots import Found
from sinobel.studies.targets import Target, check_years, horizon_for


@dataclass(frozen=True, kw_only=True)
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
            over = f"{first.quantity}[{first.year}] is over before the change begins, in {self.first_month} unless told"
            untold = Problem(over, hint=f"say when with {{start}}, {span}")
            problems.append(Problem(asked, argument="start") if self.start else untold)
        if problems:
            raise InputError(problems)
        self.request((self.scenario,))  # its own checks

    @property
    def first_month(self) -> str:
        """First month of the change; a year after the origin unless told."""
        return self.start or months.label(months.parse(self.origin) + 13)

    def request(self, scenarios: Sequence[Scenario]) -> Request:
        """The ensemble of some scenarios to the last year of the targets."""
        names = tuple(dict.fromkeys(name for target in self.targets for name in target.names))
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
    def beyond(self) -> list[str]:
        """What is tried of each lever although it was never seen, in sentences; none where all of it was."""
        return [f"Beyond what has been seen: {each.beyond}." for each in self.handles if each.beyond]

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


@dataclass(frozen=True, kw_only=True)
class Point:
    """What some values of the levers do: share of futures that reach the target, and the indicator of the first."""

    values: tuple[Value, ...]
    probability: float
    median: float
    p10: float
    p90: float


@dataclass(frozen=True, kw_only=True)
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
    def best(self) -> tuple[Point, ...]:
        """The values tried with the highest probability: every one of them where several tie."""
        most = max(point.probability for point in self.points)
        return tuple(point for point in self.points if point.probability == most)

    @property
    def none_differs(self) -> bool:
        """True when every value that was tried reaches the target in as many futures."""
        return len(self.best) == len(self.points) > 1

    @property
    def any_does(self) -> bool:
        """True when every value of one lever reaches the target and none is nearer to where it stands."""
        if self.found is None or len(self.found.stretches) != 1 or self.start is not None or self.met_before:
            return False
        (only,) = self.found.stretches
        return only.low_open and only.high_open

    @property
    def met_before(self) -> bool:
        """True when the target is reached without any change."""
        return self.before.probability >= self.plan.probability
