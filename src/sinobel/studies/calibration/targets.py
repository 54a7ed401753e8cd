"""What the posterior must reproduce: the public record year by year, and the paper's figures.

Targets of an origin are values that became known in the years after it. The likelihood uses the first of these years
only: what a year brings, given the record before it, is a product over years that counts every value once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from sinobel.inputs import indicators, months
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import InputError, Problem, model_folder, nearest, read_text, shown
from sinobel.inputs.recorded import recorded
from sinobel.inputs.toml_text import line_of, parse_toml
from sinobel.runs import trajectories
from sinobel.studies.calibration import modules
from sinobel.studies.calibration.choices import Choice


@dataclass(frozen=True)
class Target:
    """One value to reproduce.

    Attributes
    ----------
    name : str
        Indicator, or id of a figure.
    year : int
        Of a yearly value.
    value : float
        Recorded; error is its standard deviation.
    module : str
        Name of the module whose parameters learn from it.
    figure : Figure | None
        The figure of the paper that it stands for.
    option : str
        Of a choice, whose part is the value: the options of a choice stand one after the other, behind all numbers.
    """

    name: str
    year: int
    value: float
    error: float
    module: str = ""
    figure: Figure | None = None
    option: str = ""

    @property
    def series(self) -> str:
        """What it measures; values of one series share a lasting error."""
        if self.option:
            return f"{self.name} {self.option}"
        return self.figure.series or self.name if self.figure else self.name

    @property
    def label(self) -> str:
        """What it is called in tables."""
        if self.option:
            return f"{self.name} {self.year} ({self.option})"
        return self.name if self.figure else f"{self.name} {self.year}"


class Window(BaseModel):
    """Indicators added up over a period."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    of: tuple[str, ...]
    less: tuple[str, ...] = ()
    period: str
    recorded: tuple[str, ...] = ()  # yearly series of the record that are added, from `since` to the origin
    since: int = 0


class Figure(BaseModel):
    """A figure of the paper as a quantity of the model: one window, or one over another."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    label: str
    unit: str
    value: float
    low: float | None = None  # at least this, for an inequality or an interval
    high: float | None = None
    error: float  # share of the value
    scale: float = 1.0  # from the model's unit to the figure's
    minus_one: bool = False  # the figure is a change, not a ratio
    top: Window
    bottom: Window | None = None
    fit: bool = True  # in the likelihood; False for what only checks
    series: str = ""  # of which it is a value, where it shares a lasting error with others
    note: str = ""

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows it is made of."""
        return (self.top,) if self.bottom is None else (self.top, self.bottom)

    @property
    def origin(self) -> int:
        """The latest December before its first month, as a month number."""
        return min(_period(window.period)[0] for window in self.windows) // 12 * 12 - 1

    @property
    def last(self) -> int:
        """Its last month."""
        return max(_period(window.period)[1] for window in self.windows)

    @property
    def indicators(self) -> set[str]:
        """Recorded indicators it needs."""
        return {name for window in self.windows for name in (*window.of, *window.less)}

    def of(self, monthly: Mapping[str, np.ndarray], origin: int) -> np.ndarray:
        """The figure in simulated futures.

        Parameters
        ----------
        monthly : Mapping[str, np.ndarray]
            Indicator -> (months, draws), from the month after the origin.

        Returns
        -------
        np.ndarray
            (draws,), in the figure's unit.
        """
        parts = [_over(window, monthly, origin) for window in self.windows]
        result = parts[0] if self.bottom is None else parts[0] / parts[1]
        return self.scale * (result - (1.0 if self.minus_one else 0.0))

    def holds(self, value: float) -> bool:
        """True when a value lies within what the figure says."""
        low = self.value * (1 - self.error) if self.low is None else self.low
        high = self.value * (1 + self.error) if self.high is None else self.high
        return min(low, high) <= value <= max(low, high)

    @property
    def interval(self) -> tuple[float, float]:
        """What the figure says, as an interval; open ends are infinite."""
        if self.low is not None or self.high is not None:
            return (-np.inf if self.low is None else self.low, np.inf if self.high is None else self.high)
        half = abs(self.value) * self.error
        return self.value - half, self.value + half


def _period(text: str) -> tuple[int, int]:
    """First and last month of YYYY, YYYY-MM or YYYY-MM/YYYY-MM."""
    if "/" in text:
        first, last = text.split("/")
        return months.parse(first), months.parse(last)
    if "-" in text:
        return months.parse(text), months.parse(text)
    return 12 * int(text), 12 * int(text) + 11


def _over(window: Window, monthly: Mapping[str, np.ndarray], origin: int) -> np.ndarray:
    """Indicators of a window folded over its months as each declares, added up; the recorded past is added."""
    first, last = (month - origin - 1 for month in _period(window.period))
    indicators = all_indicators()
    total: Any = 0.0
    for names, sign in ((window.of, 1.0), (window.less, -1.0)):
        for name in names:
            rows = list(monthly[name][first : last + 1])
            total = total + sign * trajectories.fold(rows, indicators[name].annual)
    record = all_evidence().record
    for series in window.recorded:
        yearly = record.yearly(series)
        total = total + sum(
            reading.value for year, reading in yearly.items() if window.since <= year <= months.year(origin)
        )
    return np.asarray(total)


@cache
def all_figures() -> Mapping[str, Figure]:
    """The paper's figures that are targets, by id.

    Raises
    ------
    InputError
        With every problem of `model/targets.toml`.
    """
    path = model_folder() / "targets.toml"
    problems, figures = [], {}
    indicators, cited = all_indicators(), all_evidence()
    content, lines = parse_toml(read_text(path), path)
    for id_, entry in content.items():
        if id_ in modules.TABLES:
            continue
        file, line = shown(path), line_of(lines, (id_,))
        try:
            figure = Figure(id=id_, **entry)
        except (ValidationError, TypeError) as error:
            problems.append(Problem(f"{id_}: {error}", file, line))
            continue
        if id_ not in cited:
            problems.append(Problem(f"there is no figure {id_!r}{nearest(id_, cited.ids)}", file, line))
        problems += [
            Problem(f"{id_}: there is no indicator {name!r}{nearest(name, indicators)}", file, line)
            for name in sorted(figure.indicators - set(indicators))
        ]
        figures[id_] = figure
    if problems:
        raise InputError(problems)
    return figures


@cache
def all_choices() -> Mapping[str, Choice]:
    """The choices that are targets, by name.

    Raises
    ------
    InputError
        With every problem of their tables in `model/targets.toml`.
    """
    path = model_folder() / "targets.toml"
    content, lines = parse_toml(read_text(path), path)
    problems, found, cited = [], {}, all_evidence()
    for name, entry in content.get("choice", {}).items():
        file, line = shown(path), line_of(lines, ("choice", name))
        try:
            found[name] = choice = Choice(id=name, **entry)
        except (ValidationError, TypeError) as error:
            problems.append(Problem(f"choice {name}: {error}", file, line))
            continue
        known = all_indicators()
        unknown = sorted(choice.indicators - set(known)) + sorted({choice.partner} - set(choice.among))
        problems += [Problem(f"choice {name}: there is no {each!r}", file, line) for each in unknown]
        tables = {each.removeprefix("record:") for each in choice.evidence if each.startswith("record:")}
        uncited = [each for each in choice.evidence if each not in cited and each.removeprefix("record:") not in tables]
        problems += [Problem(f"choice {name}: nothing is called {each!r}", file, line) for each in uncited]
    if problems:
        raise InputError(problems)
    return found


@cache
def all_modules() -> modules.Modules:
    """The modules of the posterior, and what nothing learns from.

    Raises
    ------
    InputError
        When a recorded indicator, a fitted figure or a file of parameters belongs to no module, or to two.
    """
    path = model_folder() / "targets.toml"
    content, lines = parse_toml(read_text(path), path)
    fitted = {id_ for id_, figure in all_figures().items() if figure.fit} | set(all_choices())
    found, problems = modules.read(
        content, modules.Known({name for name, values in recorded().items() if values}, fitted)
    )
    if problems:
        line = line_of(lines, ("module",))
        raise InputError([replace(problem, file=shown(path), line=line) for problem in problems])
    return found


def targets_after(origin: int) -> list[Target]:
    """What the first year after an origin brought: the record's values, figures that are fitted, and choices."""
    year = months.year(origin) + 1
    belongs = all_modules().of_target
    targets = [
        Target(name, year, *values[year], module)
        for name, values in recorded().items()
        if year in values and (module := belongs(name)) is not None
    ]
    for figure in all_figures().values():
        if figure.fit and figure.origin == origin and figure.last <= origin + 12:
            low, high = figure.interval
            middle = figure.value if not np.isfinite(high - low) else (low + high) / 2
            error = figure.error * abs(middle)
            module = belongs(figure.id) or ""
            targets.append(Target(figure.id, year, middle, error, module=module, figure=figure))
    for name, choice in all_choices().items():
        if (found := choice.recorded(year)) is not None:
            parts, doubt = found
            module = belongs(name) or ""
            targets += [Target(name, year, part, doubt, module=module, option=each) for each, part in parts.items()]
    return targets


def needed(targets: Sequence[Target]) -> list[str]:
    """Indicators to record for some targets."""
    names = {name for target in targets for name in _indicators_of(target)}
    return indicators.recorded_names(sorted(names))


def _indicators_of(target: Target) -> set[str]:
    if target.option:
        return all_choices()[target.name].indicators
    return target.figure.indicators if target.figure else {target.name}


def simulated(
    targets: Sequence[Target], recorded: Sequence[str], values: np.ndarray, origin: int
) -> tuple[np.ndarray, np.ndarray]:
    """The targets in simulated futures, and as they were recorded.

    Parameters
    ----------
    values : np.ndarray
        (recorded indicators, months, draws), at least a year.

    Returns
    -------
    tuple[np.ndarray, np.ndarray]
        (draws, targets) and (targets,).
    """
    first_year = values[:, :12]
    yearly = trajectories.to_years(recorded, first_year)
    monthly = dict(zip(recorded, first_year, strict=True))
    chosen = {
        name: all_choices()[name].simulated(monthly, origin) for name in {each.name for each in targets if each.option}
    }

    def column(target: Target) -> np.ndarray:
        if target.option:
            return chosen[target.name][target.option]
        return target.figure.of(monthly, origin) if target.figure else yearly[target.name][0]

    return np.column_stack(list(map(column, targets))), np.array([target.value for target in targets])
