"""The uncertain numbers of the model: one table by subject, each with a prior, bounds and where it comes from.

The reader refuses a parameter without evidence or a reasoned assumption, a prior outside its bounds, or evidence that
does not exist. `ParameterDraws` holds the drawn values: draw k has the same value in any ensemble.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sinobel.inputs.early_priors import Early
from sinobel.inputs.evidence import Evidence, all_evidence
from sinobel.inputs.reading import InputError, Problem, digest, model_folder, nearest, read_text, shown
from sinobel.inputs.toml_text import line_of, parse_toml

if TYPE_CHECKING:
    import numpy as np


SQRT2 = math.sqrt(2.0)
P90 = 1.2815515655446004  # standard normal quantile of 0.9
HALVINGS = 60  # of an interval, to the last digits of a number


WIDER = 1.5
"""How much wider than today's a prior is taken to have been in an earlier year: today's saw the record to 2016."""


LAST_YEAR = 2016  # that any prior has seen
_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?!\d|[.,]\d)")
_YEARS = re.compile(r"(?<![\d.,])((?:19|20)\d\d)-(\d\d)(?!\d)")  # 2009-16


class Functions(Protocol):
    """Functions of arrays that quantiles are made of."""

    def log(self, x: Any) -> Any:
        """Natural logarithm."""

    def exp(self, x: Any) -> np.ndarray:
        """Exponential function."""

    def normal_quantile(self, u: Any) -> np.ndarray:
        """Quantile of the standard normal distribution."""


class _Library:
    log = staticmethod(math.log)

    def exp(self, x: Any) -> np.ndarray:
        """Exponential function of numpy."""
        import numpy as np

        result: np.ndarray = np.exp(x)
        return result

    def normal_quantile(self, u: Any) -> np.ndarray:
        """Normal quantile of scipy."""
        from scipy.special import ndtri

        result: np.ndarray = ndtri(u)
        return result


LIBRARY: Functions = _Library()
"""The functions of numpy and scipy, whose last bit differs by processor. A world brings its own."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    def quantile(self, uniform: np.ndarray, functions: Functions = LIBRARY) -> np.ndarray:
        """Values at cumulative probabilities."""
        raise NotImplementedError

    def cumulative(self, value: float) -> float:
        """Probability of a smaller value."""
        raise NotImplementedError

    def words(self) -> str:
        """The prior as a person would say it."""
        raise NotImplementedError


class Constant(_Shape):
    """A number taken as known."""

    shape: Literal["constant"]
    value: float

    def quantile(self, uniform: np.ndarray, functions: Functions = LIBRARY) -> np.ndarray:
        """Values at cumulative probabilities."""
        return uniform * 0.0 + self.value

    def cumulative(self, value: float) -> float:
        """Probability of a smaller value."""
        return float(value > self.value)

    def words(self) -> str:
        """The prior as a person would say it."""
        return f"{self.value:g}"


class Uniform(_Shape):
    """Every value between low and high alike."""

    shape: Literal["uniform"]
    low: float
    high: float

    def quantile(self, uniform: np.ndarray, functions: Functions = LIBRARY) -> np.ndarray:
        """Values at cumulative probabilities."""
        return self.low + (self.high - self.low) * uniform

    def cumulative(self, value: float) -> float:
        """Probability of a smaller value."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def words(self) -> str:
        """The prior as a person would say it."""
        return f"{self.low:g} to {self.high:g}, all alike"


class Triangular(_Shape):
    """Most likely at the mode, impossible beyond low and high."""

    shape: Literal["triangular"]
    low: float
    mode: float
    high: float

    def quantile(self, uniform: np.ndarray, functions: Functions = LIBRARY) -> np.ndarray:
        """Values at cumulative probabilities."""
        import numpy as np

        width, left = self.high - self.low, self.mode - self.low
        turn = left / width
        rising = self.low + np.sqrt(uniform * width * left)
        falling = self.high - np.sqrt((1 - uniform) * width * (self.high - self.mode))
        return np.where(uniform < turn, rising, falling)

    def cumulative(self, value: float) -> float:
        """Probability of a smaller value."""
        if value <= self.low:
            return 0.0
        if value >= self.high:
            return 1.0
        width = self.high - self.low
        if value < self.mode:
            return (value - self.low) ** 2 / (width * (self.mode - self.low))
        return 1 - (self.high - value) ** 2 / (width * (self.high - self.mode))

    def words(self) -> str:
        """The prior as a person would say it."""
        return f"{self.low:g} to {self.high:g}, most likely {self.mode:g}"


class Normal(_Shape):
    """Normal, given by its central 80 % range; cut at the bounds of the parameter."""

    shape: Literal["normal"]
    p10: float
    p90: float

    @property
    def mean(self) -> float:
        """Middle of the range."""
        return (self.p10 + self.p90) / 2

    @property
    def deviation(self) -> float:
        """Standard deviation before the cut."""
        return (self.p90 - self.p10) / (2 * P90)

    def quantile(self, uniform: np.ndarray, functions: Functions = LIBRARY) -> np.ndarray:
        """Values at cumulative probabilities."""
        result: np.ndarray = self.mean + self.deviation * functions.normal_quantile(uniform)
        return result

    def cumulative(self, value: float) -> float:
        """Probability of a smaller value."""
        return 0.5 * math.erfc(-(value - self.mean) / (self.deviation * SQRT2))

    def words(self) -> str:
        """The prior as a person would say it."""
        return f"{self.p10:g} to {self.p90:g} with 80 %, normal"


class Lognormal(_Shape):
    """Lognormal, given by its central 80 % range; cut at the bounds of the parameter."""

    shape: Literal["lognormal"]
    p10: float
    p90: float

    def _log(self, log: Callable[[float], Any] = math.log) -> tuple[float, float]:
        low, high = log(self.p10), log(self.p90)
        return (low + high) / 2, (high - low) / (2 * P90)

    def quantile(self, uniform: np.ndarray, functions: Functions = LIBRARY) -> np.ndarray:
        """Values at cumulative probabilities."""
        mean, deviation = self._log(functions.log)
        result: np.ndarray = functions.exp(mean + deviation * functions.normal_quantile(uniform))
        return result

    def cumulative(self, value: float) -> float:
        """Probability of a smaller value."""
        if value <= 0:
            return 0.0
        mean, deviation = self._log()
        return 0.5 * math.erfc(-(math.log(value) - mean) / (deviation * SQRT2))

    def words(self) -> str:
        """The prior as a person would say it."""
        return f"{self.p10:g} to {self.p90:g} with 80 %, lognormal"


Prior = Annotated[Constant | Uniform | Triangular | Normal | Lognormal, Field(discriminator="shape")]


class Parameter(BaseModel):
    """One number of the model with everything needed to defend it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    label: str
    unit: str
    prior: Prior
    bounds: tuple[float, float]
    role: Literal["lever", "uncertainty", "constant"]
    evidence: tuple[str, ...] = ()
    assumption: str = ""
    early: Early | None = None  # where the prior stood at an earlier origin

    @property
    def subject(self) -> str:
        """The file it stands in: potash, loans, trade, finance, politics or environment."""
        return self.name.partition(".")[0]

    @property
    def knows(self) -> int | None:
        """The last year up to the end of the record that its label or assumption names, of data or of literature."""
        text = f"{self.label} {self.assumption}"
        years = [int(year) for year in _YEAR.findall(text)]
        years += [int(first[:2] + last) for first, last in _YEARS.findall(text) if last > first[2:]]
        return max((year for year in years if year <= LAST_YEAR), default=None)

    @model_validator(mode="after")
    def _defensible(self) -> Parameter:
        if not self.evidence and len(self.assumption) < 10:
            raise ValueError("names no evidence, and gives no assumption with a reason")
        low, high = self.bounds
        if not low < high and not (low == high and self.role == "constant"):
            raise ValueError(f"bounds {low:g} to {high:g} leave no room")
        prior = self.prior
        if isinstance(prior, Constant):
            stated: tuple[float, ...] = (prior.value,)
        elif isinstance(prior, Triangular):
            stated = (prior.low, prior.mode, prior.high)
        elif isinstance(prior, Uniform):
            stated = (prior.low, prior.high)
        else:
            stated = (prior.p10, prior.p90)
        if not all(map(math.isfinite, (*stated, low, high))):
            raise ValueError("prior and bounds must be finite numbers")
        if list(stated) != sorted(stated) or (len(stated) > 1 and stated[0] == stated[-1]):
            raise ValueError(f"the prior is not in rising order: {prior.words()}")
        if stated[0] < low or stated[-1] > high:
            raise ValueError(f"the prior ({prior.words()}) lies outside its bounds {low:g} to {high:g}")
        if self.early and f"record:{self.early.of}" not in self.evidence:
            raise ValueError(f"its early prior rests on record:{self.early.of}, which its evidence does not name")
        if (self.role == "constant") != isinstance(prior, Constant):
            raise ValueError('the role "constant" and a constant prior go together')
        return self

    @property
    def middle(self) -> float:
        """Median of the prior inside its bounds, found without numpy for texts that must come at once."""
        low, high = self.bounds
        if isinstance(self.prior, Constant):
            return self.prior.value
        half = (self.prior.cumulative(low) + self.prior.cumulative(high)) / 2
        for _ in range(HALVINGS):
            between = (low + high) / 2
            low, high = (between, high) if self.prior.cumulative(between) < half else (low, between)
        return (low + high) / 2

    def quantile(self, uniform: np.ndarray, functions: Functions = LIBRARY) -> np.ndarray:
        """Values at cumulative probabilities of the prior inside its bounds.

        Parameters
        ----------
        uniform : np.ndarray
            Probabilities, of any shape.
        functions : Functions
            What works out exponentials, logarithms and normal quantiles.

        Returns
        -------
        np.ndarray
            Of the shape of `uniform`.
        """
        if isinstance(self.prior, Constant):
            return self.prior.quantile(uniform, functions)
        low, high = (self.prior.cumulative(bound) for bound in self.bounds)
        return self.prior.quantile(low + (high - low) * uniform, functions).clip(*self.bounds)

    def widened(self, factor: float) -> Parameter:
        """The same parameter with a prior that is wider around its middle, inside its bounds.

        Parameters
        ----------
        factor : float
            Of the range; in logarithms for a lognormal.
        """
        prior = self.prior
        low, high = self.bounds
        if isinstance(prior, Normal):
            half = factor * (prior.p90 - prior.mean)
            wider: Prior = Normal(shape="normal", p10=prior.mean - half, p90=prior.mean + half)
        elif isinstance(prior, Lognormal):
            middle, ratio = math.sqrt(prior.p10 * prior.p90), math.sqrt(prior.p90 / prior.p10) ** factor
            wider = Lognormal(shape="lognormal", p10=middle / ratio, p90=middle * ratio)
        elif isinstance(prior, Uniform | Triangular):
            middle = prior.mode if isinstance(prior, Triangular) else (prior.low + prior.high) / 2
            ends = {
                "low": max(middle - factor * (middle - prior.low), low),
                "high": min(middle + factor * (prior.high - middle), high),
            }
            wider = prior.model_copy(update=ends)
        else:
            return self
        return self.model_copy(update={"prior": wider})

    def at(self, origin: int) -> Parameter:
        """The same parameter with the prior of an earlier origin: wider, in its place by the record to then.

        Where nothing of the record says its place, it stays around today's middle. A middle that the record tells
        poorly makes the prior as wide as its standard error.
        """
        wider = self.widened(WIDER)
        prior, (low, high) = wider.prior, self.bounds
        logs = isinstance(prior, Lognormal)
        middle = self.early.middle(origin, logs=logs) if self.early else None
        if middle is None or isinstance(prior, Constant):
            return wider
        if isinstance(prior, Lognormal):
            half = max(math.log(prior.p90 / prior.p10) / 2, P90 * middle.error)
            center = min(max(math.exp(middle.value), low), high)
            moved: Prior = Lognormal(shape="lognormal", p10=center * math.exp(-half), p90=center * math.exp(half))
        elif isinstance(prior, Normal):
            half = max((prior.p90 - prior.p10) / 2, P90 * middle.error)
            center = min(max(middle.value, low), high)
            moved = Normal(shape="normal", p10=center - half, p90=center + half)
        else:
            stood = prior.mode if isinstance(prior, Triangular) else (prior.low + prior.high) / 2
            by = min(max(middle.value - stood, low - prior.low), high - prior.high)
            ends = ("low", "high") if isinstance(prior, Uniform) else ("low", "mode", "high")
            moved = prior.model_copy(update={end: getattr(prior, end) + by for end in ends})
        return self.model_copy(update={"prior": moved})


@cache
def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.toml")))


def read_parameters(paths: tuple[Path, ...], evidence: Evidence) -> dict[str, Parameter]:
    """Parameters of some files by name.

    Raises
    ------
    InputError
        With every problem, file and line.
    """
    parameters: dict[str, Parameter] = {}
    problems: list[Problem] = []
    for path in paths:
        file = shown(path)
        try:
            content, lines = parse_toml(read_text(path), path)
        except InputError as error:
            problems += error.problems
            continue
        for short, entry in content.items():
            name = f"{path.stem}.{short}"
            if not isinstance(entry, dict):
                problems.append(Problem(f"{name} is not a table of a parameter", file, line_of(lines, (short,))))
                continue
            try:
                parameters[name] = Parameter(name=name, **entry)
            except ValidationError as error:
                for detail in error.errors():
                    place = tuple(part for part in detail["loc"] if isinstance(part, str))
                    message = detail["msg"].removeprefix("Value error, ")
                    key = f" ({'.'.join(place)})" if place else ""
                    problems.append(Problem(f"{name}{key}: {message}", file, line_of(lines, (short, *place))))
                continue
            for cited in parameters[name].evidence:
                if cited not in evidence:
                    message = f"{name}: there is no evidence {cited!r}{nearest(cited, evidence.ids)}"
                    problems.append(Problem(message, file, line_of(lines, (short, "evidence"))))
    if problems:
        raise InputError(problems)
    return parameters


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """The parameters of the model by name, subject by subject."""
    return read_parameters(_files(model_folder() / "parameters"), all_evidence())


def table_digest() -> str:
    """Hash of the parameter table as it is read: names, priors, bounds."""
    return digest(*(parameter.model_dump_json() for parameter in all_parameters().values()))


def prior_of(name: str, *, early: int | None = None) -> Parameter:
    """A parameter with its prior, or with that of an earlier origin (a month number)."""
    parameter = all_parameters()[name]
    return parameter if early is None else parameter.at(early)
