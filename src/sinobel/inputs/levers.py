"""The levers: what policy can set, read from `model/levers.toml` and frozen.

What a scenario makes of them month by month is in `lever_path`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sinobel.inputs import months, values
from sinobel.inputs.quantities import with_unit
from sinobel.inputs.reading import InputError, Problem, model_folder, nearest, quoted, read_text, shown
from sinobel.inputs.toml_text import line_of, parse_toml

LISTED = "({levers()} lists them)"
"""Hint for whoever named one that is not there."""

CLOSE = 1e-9
"""Within which a value counts as the end of what has been seen: three times 0.2 is 0.6."""

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
    """One thing policy can set: owner, unit, range, baseline, the sentence it comes from and what it moves.

    Attributes
    ----------
    experience : tuple[Value, ...]
        What the record or other countries have seen: smallest and largest of a number, values of a switch or choice.
    longest : int | None
        Months in a row for which anything but the baseline has been seen; None where that is no matter.
    seen : str
        Where: series, cases, literature.
    needs : str
        Lever that must leave its baseline for this one to act; empty for most.
    sets : tuple[str, ...]
        Indicators that it sets by definition, the volume of the same money: told after what comes of them.
    at_zero : str
        What a limit or volume of zero does, told beside it; empty where zero says enough.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    label: str
    unit: str
    kind: Literal["number", "switch", "choice"]
    baseline: Value
    range: tuple[float, float] | None = None
    options: tuple[str, ...] = ()
    history: tuple[DatedValue, ...] = ()
    rules: Literal["", "percent"] = ""
    parameter: str | None = None
    experience: tuple[Value, ...]
    longest: int | None = None
    seen: str
    sentence: str
    evidence: tuple[str, ...]
    acts: str
    needs: str = ""
    sets: tuple[str, ...] = ()
    at_zero: str = ""

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

    @property
    def experienced(self) -> str:
        """What has been seen, in words."""
        if self.kind == "number":
            low, high = (float(end) for end in self.experience)
            span = f"{low:g} to {high:g}"
        else:
            span = " or ".join(self.in_words(value) for value in self.experience)
        return span if self.longest is None else f"{span}, for {self.longest} months in a row at most"

    def beyond(self, value: Value, months_long: int = 0) -> str:
        """How a value lies beyond experience, in words; empty where it has been seen.

        Parameters
        ----------
        months_long : int
            For how many months in a row it is set, where that is known.
        """
        if self.kind == "number":
            low, high = (float(end) for end in self.experience)
            seen = low - CLOSE <= float(value) <= high + CLOSE
        else:
            seen = value in self.experience
        if not seen:
            return f"beyond what has been seen: {self.experienced} ({self.seen})"
        if self.longest is not None and months_long > self.longest and value != self.baseline:
            return f"longer than has been seen: {self.longest} months ({self.seen})"
        return ""

    def taken(self, value: object) -> Any:
        """A value as this project has it, from what a user handed over: 0.4 for "40 %" of a share."""
        return values.number(value, self.unit if self.kind == "number" else "")

    def refuse(self, value: object, written: object = None) -> str | None:
        """Why a value is not allowed, or None.

        Parameters
        ----------
        written : object
            What `taken` made it of, where that is known.
        """
        if self.kind == "switch":
            return None if isinstance(value, bool) else f"{quoted(value)} is not {self.allowed}"
        if self.kind == "choice":
            if value in self.options and isinstance(value, str):
                return None
            return f"{quoted(value)} is not {self.allowed}{nearest(value, self.options)}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{quoted(value)} is not {self.allowed}"
        if not _is_finite(value):
            return f"{quoted(value)} is not a finite number; allowed is {self.allowed}"
        assert self.range is not None
        if not self.range[0] <= value <= self.range[1]:
            hint = values.in_percent(value, self.unit, *self.range, written)
            told = quoted(written) if values.is_percentage(written) else f"{value:g}"
            return f"{told} is outside its range; allowed is {self.allowed}{hint}"
        return None

    def refuse_scale(self, scale: object) -> str | None:
        """Why a scale is not allowed, or None."""
        if self.kind != "number":
            return f"a {self.kind} lever takes a value, not a scale; allowed is {self.allowed}"
        if isinstance(scale, bool) or not isinstance(scale, int | float):
            return f"scale {quoted(scale)} is not a number"
        if not _is_finite(scale) or not 0 <= scale <= 100:
            return f"scale {quoted(scale)} is not a finite number from 0 to 100"
        if not self.is_left_alone and self.baseline == 0:
            return "its baseline is 0, so a scale would change nothing; set a value"
        return None

    def number(self, value: Value) -> float:
        """A value as the rules see it: true is 1, an option is its place in the list, a rate may be in percent."""
        if self.kind == "choice":
            return float(self.options.index(str(value)))
        return round(100 * float(value), 10) if self.rules == "percent" else float(value)

    @property
    def limits(self) -> tuple[float, float]:
        """Smallest and largest number as the rules see it."""
        if self.range is None:
            return -math.inf, math.inf
        return self.number(self.range[0]), self.number(self.range[1])

    def written(self, number: float) -> float:
        """The value that a scenario writes for a number of the rules."""
        return number / 100 if self.rules == "percent" else number

    def in_words(self, value: Value) -> str:
        """A value as people say it: "40 % of disbursement", on or off for a switch, an option as it is called."""
        if self.kind == "switch":
            return "on" if value else "off"
        return str(value) if self.kind == "choice" else with_unit(float(value), self.unit)

    def baseline_at(self, month: int) -> float:
        """Baseline as a number in a month of the record; NaN where the lever is left alone."""
        if self.is_left_alone:
            return math.nan
        value = self.number(self.baseline)
        for dated in self.history:
            if months.parse(dated.start) <= month:
                value = self.number(dated.value)
        return value

    def recorded_at(self, month: int) -> float:
        """What the record says of a month, as a number; NaN before the first dated value."""
        values = [self.number(dated.value) for dated in self.history if months.parse(dated.start) <= month]
        return values[-1] if values else math.nan


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an integer too large for a float
        return False


def read_levers(path: Path) -> dict[str, Lever]:
    """Levers of a file by name.

    Raises
    ------
    InputError
        With every problem found, file and line.
    """
    content, lines = parse_toml(read_text(path), path)
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
                    Problem(
                        f"{name}: {_key(detail)}{detail['msg']}",
                        shown(path),
                        line_of(lines, (owner, short, *detail["loc"])),
                    )
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


def _key(detail: Any) -> str:
    """The key that is missing from a table, which no line of it shows."""
    return f"{detail['loc'][0]}: " if detail["type"] == "missing" else ""


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
    return _without_experience(lever)


def _without_experience(lever: Lever) -> str | None:
    """What is wrong with the declared experience, or None."""
    if not lever.seen.strip():
        return "a lever says where its experience comes from (`seen`)"
    if lever.kind == "number":
        if len(lever.experience) != 2 or any(isinstance(end, bool | str) for end in lever.experience):
            return "experience of a number is its smallest and largest value"
        if not float(lever.experience[0]) < float(lever.experience[1]):
            return "experience does not rise"
    elif not lever.experience:
        return "experience is what has been seen, at least one value"
    for value in lever.experience:
        if why := lever.refuse(value):
            return f"experience {why}"
    if lever.longest is not None and lever.longest < 1:
        return "the longest that has been seen is a month or more"
    if not lever.is_left_alone and lever.beyond(lever.baseline):
        return "its baseline lies beyond its experience"
    return None


@cache
def all_levers() -> Mapping[str, Lever]:
    """The levers of the model by name, in the order of `model/levers.toml`."""
    return read_levers(model_folder() / "levers.toml")


def names_of(owner: str) -> Sequence[str]:
    """Names of the levers of one owner."""
    return [name for name, lever in all_levers().items() if lever.owner == owner]
