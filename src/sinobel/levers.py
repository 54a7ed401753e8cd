"""The levers: what policy can set, read from `model/levers.toml` and frozen.

`Lever` is one entry of the table. `LeverPath` is what a scenario makes of all levers month by month; `LeverBoard` is
that path as agents see it in one month.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sinobel import months
from sinobel.reading import (
    InputError,
    Problem,
    line_of,
    model_folder,
    nearest,
    parse_toml,
    read_text,
    shown,
    toml_lines,
)

if TYPE_CHECKING:
    import numpy as np

    from sinobel.scenarios import Scenario

AS_DRAWN, AS_SIMULATED = "as drawn", "as simulated"
Value = float | bool | str


class DatedValue(BaseModel):
    """A recorded value of a lever from a month on."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    value: float
    start: str

    def __init__(self, **data: Any):
        if "from" in data:
            data["start"] = data.pop("from")
        super().__init__(**data)


class Lever(BaseModel):
    """One thing policy can set: owner, unit, range, baseline, the sentence it comes from and what it moves."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    label: str
    unit: str
    kind: Literal["number", "switch", "choice"]
    baseline: Value
    range: tuple[float, float] | None = None
    options: tuple[str, ...] = ()
    history: tuple[DatedValue, ...] = ()
    parameter: str | None = None
    sentence: str
    evidence: tuple[str, ...]
    acts: str

    @property
    def owner(self) -> str:
        """Who sets it: belarus, china, russia, eu or world."""
        return self.name.partition(".")[0]

    @property
    def is_left_alone(self) -> bool:
        """True when the baseline leaves a drawn parameter or a simulated value as it is."""
        return self.baseline in (AS_DRAWN, AS_SIMULATED)

    @property
    def allowed(self) -> str:
        """What a scenario may write, in words."""
        if self.kind == "switch":
            return "true or false"
        if self.kind == "choice":
            return "one of " + ", ".join(f'"{option}"' for option in self.options)
        assert self.range is not None
        return f"a number from {self.range[0]:g} to {self.range[1]:g} ({self.unit})"

    def refuse(self, value: object) -> str | None:
        """Why a value is not allowed, or None."""
        if self.kind == "switch":
            return None if isinstance(value, bool) else f"{value!r} is not {self.allowed}"
        if self.kind == "choice":
            if value in self.options and isinstance(value, str):
                return None
            return f"{value!r} is not {self.allowed}{nearest(value, self.options)}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{value!r} is not {self.allowed}"
        if not _is_finite(value):
            return f"{value!r} is not a finite number; allowed is {self.allowed}"
        assert self.range is not None
        if not self.range[0] <= value <= self.range[1]:
            return f"{value:g} is outside its range; allowed is {self.allowed}"
        return None

    def refuse_scale(self, scale: object) -> str | None:
        """Why a scale is not allowed, or None."""
        if self.kind != "number":
            return f"a {self.kind} lever takes a value, not a scale; allowed is {self.allowed}"
        if isinstance(scale, bool) or not isinstance(scale, int | float):
            return f"scale {scale!r} is not a number"
        if not _is_finite(scale) or not 0 <= scale <= 100:
            return f"scale {scale!r} is not a finite number from 0 to 100"
        if not self.is_left_alone and self.baseline == 0:
            return "its baseline is 0, so a scale would change nothing; set a value"
        return None

    def number(self, value: Value) -> float:
        """A value as the rules see it: true is 1, an option is its place in the list."""
        if self.kind == "choice":
            return float(self.options.index(str(value)))
        return float(value)

    def baseline_at(self, month: int) -> float:
        """Baseline as a number in a month of the record; NaN where the lever is left alone."""
        if self.is_left_alone:
            return math.nan
        value = self.number(self.baseline)
        for dated in self.history:
            if months.parse(dated.start) <= month:
                value = dated.value
        return value


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer too large for a float
        return False


def read_levers(path: Path) -> dict[str, Lever]:
    """Levers of a file by name. Raises InputError with every problem found, file and line."""
    text = read_text(path)
    content = parse_toml(text, path)
    lines = toml_lines(text)
    levers: dict[str, Lever] = {}
    problems: list[Problem] = []
    for owner, entries in content.items():
        for short, entry in entries.items():
            name = f"{owner}.{short}"
            line = line_of(lines, (owner, short))
            try:
                lever = Lever(name=name, **entry)
            except ValidationError as error:
                problems += [
                    Problem(f"{name}: {detail['msg']}", shown(path), line_of(lines, (owner, short, *detail["loc"])))
                    for detail in error.errors()
                ]
                continue
            except TypeError:
                problems.append(Problem(f"{name} is not a table of a lever", shown(path), line))
                continue
            why = _inconsistent(lever)
            if why:
                problems.append(Problem(f"{name}: {why}", shown(path), line))
            levers[name] = lever
    if problems:
        raise InputError(problems)
    return levers


def _inconsistent(lever: Lever) -> str | None:
    if lever.kind == "number" and lever.range is None:
        return "a number needs a range"
    if lever.kind == "choice" and not lever.options:
        return "a choice needs options"
    if lever.baseline == AS_DRAWN and not lever.parameter:
        return 'a lever that is "as drawn" names the parameter it replaces'
    if not lever.is_left_alone and (why := lever.refuse(lever.baseline)):
        return f"baseline {why}"
    if not lever.evidence:
        return "a lever names its evidence"
    return None


@cache
def all_levers() -> Mapping[str, Lever]:
    """The levers of the model by name, in the order of `model/levers.toml`."""
    return read_levers(model_folder() / "levers.toml")


# --- a scenario's levers, month by month -----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Track:
    """One lever over the months: `value` where set, else `scale` times the baseline; NaN means left alone."""

    value: np.ndarray
    scale: np.ndarray


class LeverBoard:
    """The levers in one month, as agents see them."""

    def __init__(self, levers: Mapping[str, Lever], values: Mapping[str, float], scales: Mapping[str, float]):
        self._levers, self._values, self._scales = levers, values, scales

    def __getitem__(self, name: str) -> float:
        """Value of a lever that always has one, as a number (true is 1, an option is its place)."""
        value = self._values[name]
        if math.isnan(value):
            raise KeyError(f"{name} may be left alone; use board.over(name, what is drawn or simulated)")
        return value

    def over(self, name: str, otherwise: np.ndarray) -> np.ndarray:
        """What is drawn or simulated, replaced or scaled as the scenario says; cut to the lever's range.

        otherwise  array over draws, in the lever's unit
        returns    array of the same shape
        """
        value, scale = self._values[name], self._scales[name]
        if not math.isnan(value):
            return otherwise * 0.0 + value
        if scale == 1.0:
            return otherwise
        low, high = self._levers[name].range or (-math.inf, math.inf)
        return (otherwise * scale).clip(low, high)


class LeverPath:
    """The levers of a scenario over the months of a run.

    scenario  what the user wrote
    origin    month number of the opening books; recorded baselines stop moving there
    horizon   month number of the last month

    `board(month)` gives the levers of a month. `first_difference(other)` is the first month in which two paths differ.
    """

    def __init__(self, scenario: Scenario, origin: int, horizon: int):
        import numpy as np

        self.origin, self.horizon = origin, horizon
        count = horizon - origin + 1
        self._levers = all_levers()
        self._tracks: dict[str, _Track] = {}
        by_lever: dict[str, list] = {}
        for change in scenario.changes:
            by_lever.setdefault(change.lever, []).append(change)
        for name, lever in self._levers.items():
            value = np.full(count, lever.baseline_at(origin))
            scale = np.ones(count)
            changes = sorted(by_lever.get(name, []), key=lambda change: change.start)
            for place, change in enumerate(changes):
                following = changes[place + 1].start if place + 1 < len(changes) else horizon + 1
                last = min(change.until if change.until is not None else following - 1, horizon)
                window = slice(max(change.start - origin, 0), last - origin + 1)
                if change.value is not None:
                    value[window] = lever.number(change.value)
                elif lever.is_left_alone:
                    scale[window] = change.scale
                else:
                    low, high = lever.range or (-math.inf, math.inf)
                    value[window] = np.clip(value[window] * change.scale, low, high)
            self._tracks[name] = _Track(value, scale)
        self._boards: dict[int, LeverBoard] = {}

    def board(self, month: int) -> LeverBoard:
        """The levers in a month from the origin to the horizon."""
        if month not in self._boards:
            place = month - self.origin
            self._boards[month] = LeverBoard(
                self._levers,
                {name: float(track.value[place]) for name, track in self._tracks.items()},
                {name: float(track.scale[place]) for name, track in self._tracks.items()},
            )
        return self._boards[month]

    def first_difference(self, other: LeverPath) -> int:
        """First month in which two paths differ; one month after the horizon when they never do."""
        import numpy as np

        first = self.horizon + 1
        for name, mine in self._tracks.items():
            theirs = other._tracks[name]
            same = ((mine.value == theirs.value) | (np.isnan(mine.value) & np.isnan(theirs.value))) & (
                mine.scale == theirs.scale
            )
            if not same.all():
                first = min(first, self.origin + int(np.argmin(same)))
        return first


def names_of(owner: str) -> Sequence[str]:
    """Names of the levers of one owner."""
    return [name for name, lever in all_levers().items() if lever.owner == owner]
