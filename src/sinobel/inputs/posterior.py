"""Calibrated draws of the parameters, one file per origin: what was known at an origin, and nothing later.

A file of `model/posterior` is netCDF with the groups `posterior` and `prior`, as arviz reads it; `sinobel calibrate`
makes it. A draw of an ensemble takes one row of it whole, so that correlations between parameters are kept; parameters
that no target moves keep their prior.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.inputs import hdf5, months
from sinobel.inputs.characters import printable
from sinobel.inputs.parameters import all_parameters, prior_of
from sinobel.inputs.reading import InputError, Problem, digest_folder, model_folder, read_csv, refuse_memory, shown

if TYPE_CHECKING:
    import numpy as np


SOURCES = ("posterior", "prior", "wide prior", "latest posterior")
"""Where parameters can come from: the posterior on what was known at the origin (the prior where there is none), the
prior, that of the origin, or today's posterior whatever the origin. An earlier origin's prior is wider than today's and
stands where the record to then puts it; what its posterior does not hold is drawn from it too."""

LATEST = 12 * months.LAST_ORIGIN_YEAR + 11
"""The origin of today's priors, as a month number."""

MADE_WITH = "make it again with {calibrate()}"

MOST_DRAWS = 1_000_000


@dataclass(frozen=True)
class Posterior:
    """Draws of the calibrated parameters.

    Attributes
    ----------
    values : Mapping[str, np.ndarray]
        Parameter -> (draws,)
    notes : Mapping[str, Any]
        How they were made: settings, effective sample size, contraction.
    """

    values: Mapping[str, np.ndarray]
    notes: Mapping[str, Any]

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(next(iter(self.values.values())))


_instead: Path | None = None  # where they lie for the time being


def folder() -> Path:
    """Where calibrated draws lie."""
    return _instead or model_folder() / "posterior"


@contextlib.contextmanager
def read_from(place: Path) -> Iterator[None]:
    """Take calibrated draws from another folder meanwhile, in this process and in those that it forks."""
    global _instead
    before, _instead = _instead, place
    forget()
    try:
        yield
    finally:
        _instead = before
        forget()


def forget() -> None:
    """Read everything anew from now on: for whoever has written a file of the folder."""
    posterior_at.cache_clear()
    table.cache_clear()


def file_of(origin: int) -> Path:
    """The file with what was known at an origin."""
    return folder() / f"{months.label(origin)}.nc"


@cache
def posterior_at(origin: int) -> Posterior | None:
    """Calibrated draws of an origin, or None when nothing was calibrated on what was known then.

    Raises
    ------
    InputError
        When the file is damaged or of another model.
    """
    file = file_of(origin)
    return read_posterior(file) if file.is_file() else None


def read_posterior(file: Path) -> Posterior:
    """The draws of a file.

    Raises
    ------
    InputError
        When it is damaged, or names what is no parameter.
    """
    import numpy as np

    known = all_parameters()
    try:
        with hdf5.opened(file) as content:
            group = content["posterior"]
            notes = json.loads(hdf5.text_of(group, "notes"))
            shapes = {name: group[name].shape for name in notes["parameters"]}
            _refuse_shapes(shapes)
            values = {name: np.asarray(group[name], float).reshape(-1) for name in shapes}
    except (OSError, KeyError, ValueError, TypeError, AttributeError, RuntimeError) as error:
        refuse_memory(error)
        message = f"this posterior is damaged ({printable(str(error))})"
        raise InputError(Problem(message, shown(file), hint=MADE_WITH)) from None
    for name, drawn in list(values.items()):
        low, high = known[name].bounds if name in known else (np.inf, -np.inf)
        slack = 1e-3 * (high - low)  # files round
        if name not in known or not ((drawn >= low - slack) & (drawn <= high + slack)).all():
            message = f"{name} is no parameter, or lies outside its bounds"
            raise InputError(Problem(message, shown(file), hint=MADE_WITH))
        values[name] = np.clip(drawn, low, high)
    return Posterior(values, notes)


def _refuse_shapes(shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Raises hdf5.Refused unless every parameter has the same number of draws, and at least one."""
    counts = {math.prod(shape) for shape in shapes.values()}
    if len(counts) > 1:
        raise hdf5.Refused(f"its parameters have {min(counts):,} to {max(counts):,} draws, where all need as many")
    if not counts or counts == {0}:
        raise hdf5.Refused("it holds no draws")
    if max(counts) > MOST_DRAWS:
        raise hdf5.Refused(f"it holds {max(counts):,} draws; at most {MOST_DRAWS:,} are allowed")


def calibrated(source: str, origin: int) -> Mapping[str, np.ndarray]:
    """The calibrated draws behind a source of parameters, parameter -> (rows,); empty where it is a prior."""
    if not source.endswith("posterior"):
        return {}
    found = posterior_at(LATEST if source == "latest posterior" else min(origin, LATEST))
    return {} if found is None else found.values


def early_origin(source: str, origin: int) -> int | None:
    """The origin whose prior a source means, or None where it is today's.

    After the last origin that ships, to which rows that a user adds may lead, it is that of the last one.
    """
    return min(origin, LATEST) if source == "wide prior" or (source == "posterior" and origin < LATEST) else None


def marginal_quantile(name: str, uniform: np.ndarray, source: str, origin: int) -> np.ndarray:
    """Values of one parameter at cumulative probabilities of its own distribution, whatever the others are.

    Returns
    -------
    np.ndarray
        Of the shape of `uniform`; from the calibrated draws where there are some, else from the prior.
    """
    import numpy as np

    values = calibrated(source, origin).get(name)
    if values is None:
        return prior_of(name, early=early_origin(source, origin)).quantile(uniform)
    result: np.ndarray = np.quantile(values, uniform)
    return result


@cache
def table(name: str) -> tuple[Mapping[str, str], ...]:
    """Rows of a table that `sinobel calibrate` or `sinobel backtest` left; none where it has not run."""
    file = folder() / f"{name}.csv"
    return tuple(read_csv(file)) if file.is_file() else ()


def track_record() -> Mapping[str, Mapping[str, str]]:
    """What `sinobel backtest` found, by headline series."""
    return {row["series"]: row for row in table("track-record")}


def next_year() -> Mapping[str, Mapping[str, str]]:
    """The same of all recorded series a year ahead, the macro block first."""
    return {row["series"]: row for row in table("next-year")}


def past_forecasts() -> tuple[Mapping[str, str], ...]:
    """The same of all forecasts together, measure by measure."""
    return table("track-record-summary")


def in_words(source: str, origin: int) -> str:
    """Where the parameters of a run really come from, for captions."""
    origin = LATEST if source == "latest posterior" else min(origin, LATEST)
    if source.endswith("posterior") and posterior_at(origin) is not None:
        return f"the posterior on the record to {months.label(origin)}"
    return "the priors" if early_origin(source, origin) is None else "the wide priors"


def posterior_digest() -> str:
    """Hash of all calibrated draws."""
    return digest_folder(folder().parent, f"{folder().name}/*.nc")


def tables_digest() -> str:
    """Hash of the tables beside them: checks, figures, scores of past forecasts."""
    return digest_folder(folder().parent, f"{folder().name}/*.csv")
