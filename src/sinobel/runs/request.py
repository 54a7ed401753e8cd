"""What a run is asked for: everything that decides its numbers, and the blocks it is simulated in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sinobel.inputs import indicators, months
from sinobel.inputs.added import AddedRecord
from sinobel.inputs.evidence import added_record, evidence_with
from sinobel.inputs.indicators import LISTED, chosen
from sinobel.inputs.loans_and_contracts import new_loans
from sinobel.inputs.posterior import SOURCES
from sinobel.inputs.reading import InputError, Problem, by_line, digest, quoted
from sinobel.inputs.values import names as listed
from sinobel.inputs.values import plain
from sinobel.policies.scenarios import BASELINE, Scenario, Tried
from sinobel.runs import held, openings
from sinobel.runs.trajectories import UNTIED

BLOCK = 4096
"""Most draws simulated at once: enough to spread the fixed cost of a call, few enough for the cache (benchmarks/)."""

STEP = 256
"""Blocks begin at multiples of it, so that a run with other numbers of jobs mostly has the same ones."""


MOST_DRAWS = 1_000_000


@dataclass(frozen=True)
class Request:
    """Everything that decides the numbers of an ensemble.

    Attributes
    ----------
    scenarios : tuple[Scenario, ...]
        The first is the reference the others are compared with.
    indicators : tuple[str, ...] | None
        Names to show; None for all.
    first_draw : int
        Number of the first draw, 0 unless an ensemble is continued.
    parameters : str
        "posterior", "prior", or "wide prior", the one of earlier years.
    parameter_seed : int | None
        Root of the parameters, when the same are to meet other shocks.
    record : AddedRecord | None
        Rows that the user adds to the shipped record, by default those in use; they go where the request goes.

    Raises
    ------
    InputError
        For what is not allowed.
    """

    scenarios: tuple[Scenario, ...]
    draws: int
    seed: int
    origin: str = months.DEFAULT_ORIGIN
    horizon: str = months.DEFAULT_HORIZON
    indicators: tuple[str, ...] | None = None
    first_draw: int = 0
    parameters: str = "posterior"
    parameter_seed: int | None = None
    record: AddedRecord | None = field(default_factory=added_record)

    def __post_init__(self) -> None:
        problems: list[Problem] = []
        taken = {
            name: plain(getattr(self, name)) for name in ("draws", "seed", "first_draw", "parameters", "parameter_seed")
        }
        taken |= {name: months.december_text(getattr(self, name)) for name in ("origin", "horizon")}
        taken["indicators"] = None if self.indicators is None else listed(self.indicators)
        for name, value in taken.items():
            object.__setattr__(self, name, value)
        own = [] if self.parameter_seed is None else [("parameter_seed", self.parameter_seed, 0, 2**63 - 1)]
        for name, value, least, most in (
            ("draws", self.draws, 1, MOST_DRAWS),
            ("seed", self.seed, 0, 2**63 - 1),
            ("first_draw", self.first_draw, 0, MOST_DRAWS),
            *own,
        ):
            whole = isinstance(value, int) and not isinstance(value, bool)
            if not whole or not least <= value <= most:
                problems.append(Problem(f"{name} must be a whole number from {least} to {most:,}, not {quoted(value)}"))
        try:
            self._span()
        except ValueError as error:
            problems += [Problem(str(error)), *self._beyond_the_rows()]
        else:
            for scenario in self.scenarios:
                problems += scenario.check_dates(*self._span())
            problems += openings.why_closed(self.record, self._span()[0])
        if not self.scenarios:
            problems.append(Problem("a run needs at least one scenario"))
        problems += [Problem(why) for scenario in self.scenarios for why in scenario.refuse_texts()]
        names = [scenario.name for scenario in self.scenarios]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            problems.append(Problem(f'two scenarios are called "{twice}"; give each its own name'))
        if self.parameters not in SOURCES:
            problems.append(Problem(f"parameters come from {', '.join(SOURCES)}, not {self.parameters!r}"))
        if not chosen(self.indicators):
            problems.append(Problem("a run needs at least one indicator", hint=LISTED))
        if problems:
            raise InputError(problems)

    def _beyond_the_rows(self) -> list[Problem]:
        """What the rows lack for the December after their last; nothing where it is not this that was asked."""
        next_origin = months.december(evidence_with(self.record).record.last_year + 1)
        asked = self.origin == months.label(next_origin) and months.year(next_origin) < months.LAST_HORIZON_YEAR
        return openings.why_closed(self.record, next_origin) if asked else []

    @property
    def months(self) -> tuple[int, int]:
        """Month numbers of origin and horizon."""
        return self._span()

    def _span(self) -> tuple[int, int]:
        origin = months.parse_origin(self.origin, evidence_with(self.record).record.last_year)
        return origin, months.parse_horizon(self.horizon, origin)

    @property
    def shown(self) -> list[str]:
        """Indicators to show."""
        return chosen(self.indicators)

    @property
    def recorded(self) -> list[str]:
        """Indicators to record for those shown."""
        return indicators.recorded_names(self.shown)

    @property
    def loans(self) -> list[str]:
        """Names of the Chinese loans: those of the record at the origin, rows for new ones, untied credit."""
        origin, horizon = self.months
        return [
            *(loan.id for loan in evidence_with(self.record).loan_book(origin)),
            *new_loans(months.year(origin) + 1, months.year(horizon)),
            UNTIED,
        ]

    def held_shape(self, draws: int) -> tuple[int, int, int]:
        """Shape (rules, years, draws) of the months in which the rules of all scenarios held in some draws."""
        return held.shape(self.scenarios, *self.months, draws)

    @property
    def count(self) -> int:
        """Number of months."""
        origin, horizon = self.months
        return horizon - origin

    def as_written(self) -> dict[str, Any]:
        """The request for a manifest, ready for JSON."""
        of_parameters = {} if self.parameter_seed is None else {"parameter_seed": self.parameter_seed}
        return {
            "scenarios": [scenario.as_written() for scenario in self.scenarios],
            "draws": int(self.draws),
            "first_draw": int(self.first_draw),
            "seed": int(self.seed),
            "origin": self.origin,
            "horizon": self.horizon,
            "indicators": None if self.indicators is None else list(self.indicators),
            "parameters": self.parameters,
            **of_parameters,
            **({} if self.record is None else {"record": self.record.as_written()}),
        }

    @property
    def digest(self) -> str:
        """Hash of the request."""
        return digest(json.dumps(self.as_written(), sort_keys=True))


def request_for(
    tried: Tried,
    draws: int,
    seed: int,
    origin: str = months.DEFAULT_ORIGIN,
    horizon: str = months.DEFAULT_HORIZON,
    **more: Any,
) -> Request:
    """The request of scenarios; what is wrong in their files and with anything else that is asked comes at once.

    Parameters
    ----------
    more : Any
        What else a request takes.

    Raises
    ------
    InputError
        For what is not allowed.
    """
    if not tried.problems:
        return Request(tried.drafts, draws, seed, origin, horizon, **more)
    found: list[Problem] = []
    try:
        Request(tried.drafts or (Scenario(BASELINE),), draws, seed, origin, horizon, **more)
    except InputError as error:
        found = error.problems
    raise InputError(by_line([*tried.problems, *found]))


@dataclass(frozen=True)
class Block:
    """Draws `first` to `first + count - 1` of a request, the block number `number`."""

    number: int
    first: int
    count: int


def blocks(draws: int, first: int = 0, size: int = BLOCK) -> list[Block]:
    """Blocks of an ensemble; their limits are multiples of STEP."""
    size = max(STEP, size // STEP * STEP)
    limits = [first, *range((first // size + 1) * size, first + draws, size), first + draws]
    return [Block(number, start, end - start) for number, (start, end) in enumerate(pairwise(limits))]


Progress = Callable[[int, int], None]
"""Called with the number of finished draws and of all draws."""
