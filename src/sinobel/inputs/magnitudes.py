"""What 25 levers are expected to do, written before they were measured, from `model/magnitudes.toml`.

What was measured stands in `model/magnitudes-measured.csv`, with the hash of the expectations it was held against.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from sinobel.inputs.reading import InputError, Problem, digest, model_folder, read_csv, read_text, shown
from sinobel.inputs.toml_text import line_of, parse_toml

FILE = "magnitudes.toml"
MEASURED = "magnitudes-measured.csv"
COLUMNS = ("experiment", "indicator", "p10", "p50", "p90", "reference", "draws", "seed", "expectations", "code")
SIGNS = ("+", "-", "0", "?")


class Look(BaseModel):
    """How an indicator is looked at: over which years after the origin, as their mean or the last, in what unit."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    indicator: str
    unit: str
    years: tuple[int, int]
    read: Literal["mean", "end"]
    amount: Literal["amount", "percent"]
    why: str


@dataclass(frozen=True)
class Expectation:
    """The range that the median of paired differences is expected in, and why."""

    indicator: str
    sign: str
    low: float
    high: float
    why: str

    @property
    def inconsistency(self) -> str | None:
        """What does not hold together in it, or None."""
        if self.sign not in SIGNS:
            return f"the sign is one of {' '.join(SIGNS)}, not {self.sign!r}"
        if not self.low < self.high:
            return f"{self.low:g} is not below {self.high:g}"
        if (self.sign == "+" and self.low < 0) or (self.sign == "-" and self.high > 0):
            return f"from {self.low:g} to {self.high:g} does not lie on the side of its sign {self.sign}"
        if self.sign in "0?" and not self.low < 0 < self.high:
            return f"from {self.low:g} to {self.high:g} holds no zero, so it has a sign"
        return None if self.why else "an expectation says why"


class Experiment(BaseModel):
    """One setting against the baseline on the same futures, and what is expected of it.

    Attributes
    ----------
    setting : Mapping[str, Any]
        A lever and its value, or the name of a shipped scenario.
    reason : str
        The chain of arithmetic in words.
    expectations : Mapping[str, Expectation]
        By indicator.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    title: str
    setting: Mapping[str, Any]
    reason: str
    source: str
    expectations: Mapping[str, Expectation]


@dataclass(frozen=True)
class Magnitudes:
    """All expectations, the ways of looking, and the hash of the file they stand in."""

    looks: Mapping[str, Look]
    experiments: Mapping[str, Experiment]
    digest: str


def read_magnitudes(path: Path) -> Magnitudes:
    """Expectations of a file.

    Raises
    ------
    InputError
        With every problem found, file and line: what is missing, has no source or contradicts itself.
    """
    text = read_text(path)
    content, lines = parse_toml(text, path)
    problems: list[Problem] = []

    def complain(message: str, *where: str) -> None:
        problems.append(Problem(message, shown(path), line_of(lines, where)))

    looks: dict[str, Look] = {}
    for name, entry in content.get("indicators", {}).items():
        try:
            looks[name] = Look(indicator=name, amount=entry.pop("as", ""), **entry)
        except (ValidationError, TypeError, AttributeError) as error:
            complain(f"{name}: {_told(error)}", "indicators", name)
    experiments: dict[str, Experiment] = {}
    for name, entry in content.get("experiments", {}).items():
        try:
            found = _experiment(name, entry)
        except (ValidationError, TypeError, AttributeError, ValueError) as error:
            complain(f"{name}: {_told(error)}", "experiments", name)
            continue
        experiments[name] = found
        for message in _wrong(found, looks):
            complain(f"{name}: {message}", "experiments", name)
    if problems:
        raise InputError(problems)
    return Magnitudes(looks, experiments, digest(text.replace("\r\n", "\n")))


def _experiment(name: str, entry: Mapping[str, Any]) -> Experiment:
    expected = {
        indicator: Expectation(indicator, sign, float(low), float(high), why)
        for indicator, (sign, low, high, why) in entry["expect"].items()
    }
    rest = {key: content for key, content in entry.items() if key != "expect"}
    return Experiment(name=name, expectations=expected, **rest)


def _wrong(experiment: Experiment, looks: Mapping[str, Look]) -> list[str]:
    """Whatever an experiment lacks or contradicts."""
    wrong = [f"{part} is empty" for part in ("title", "reason", "source") if not getattr(experiment, part).strip()]
    if set(experiment.setting) not in ({"lever", "value"}, {"scenario"}):
        wrong.append("its setting is a lever with a value, or a scenario")
    wrong += [f"nothing is expected of {name}" for name in looks if name not in experiment.expectations]
    wrong += [f"{name} is not looked at" for name in experiment.expectations if name not in looks]
    wrong += [f"{each.indicator}: {why}" for each in experiment.expectations.values() if (why := each.inconsistency)]
    return wrong


def _told(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, each['loc']))} {each['msg']}" for each in error.errors())
    return "this is no expectation: [sign, low, high, why]" if isinstance(error, ValueError) else str(error)


@cache
def all_magnitudes() -> Magnitudes:
    """The expectations of the model."""
    return read_magnitudes(model_folder() / FILE)


def measured() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """What was measured last, by experiment and indicator; nothing where it never was."""
    path = model_folder() / MEASURED
    if not path.is_file():
        return {}
    return {(row["experiment"], row["indicator"]): row for row in read_csv(path)}
