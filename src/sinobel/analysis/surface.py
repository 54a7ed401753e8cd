"""A surface through runs of the model: what levers do to an indicator, as a quadratic in them, and how wrong that is.

It passes exactly through the point at which every lever starts, so that its answer there is that of the model. Which
products of two levers it keeps is decided answer by answer, by how well each run is told from the others; how wrong
it is, by runs that it never saw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

Term = tuple[int, ...]
"""Places of the levers that are multiplied: one for a lever, two for a square or a product, none for the start.

`~place` stands for how far that lever is from its start, whichever way: ranges of differences open to both sides.
"""
LEVELS = (0.1, 0.5, 0.9)
HELPS = 0.98
"""A product or a distance is kept where it leaves at most this share of the error of telling a run from the others."""


@dataclass(frozen=True)
class Axis:
    """A lever with the range in which the surface holds; `start` is where it stands without a change."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    start: float
    drawn: bool = False


@dataclass(frozen=True)
class Fit:
    """One quantile of one answer.

    Attributes
    ----------
    weights : tuple[float, ...]
        Of the terms of the surface, 0 for those that are left out.
    rms, worst : float
        Root mean square and largest error on runs that were held out, in the unit of the answer.
    """

    weights: tuple[float, ...]
    rms: float
    worst: float


@dataclass(frozen=True)
class Answer:
    """A paired difference of an indicator in a year: its quantiles over futures, as functions of the levers.

    Attributes
    ----------
    before : float
        Median of the indicator itself without any change.
    fits : tuple[Fit, Fit, Fit]
        10 %, median and 90 %; the ends never cross the median.
    """

    indicator: str
    label: str
    unit: str
    year: int
    before: float
    fits: tuple[Fit, Fit, Fit]


@dataclass(frozen=True)
class Surface:
    """Answers over some levers."""

    axes: tuple[Axis, ...]
    terms: tuple[Term, ...]
    answers: tuple[Answer, ...]

    def at(self, settings: np.ndarray) -> np.ndarray:
        """Quantiles (..., answers, 3) at settings (..., levers); what lies outside a range counts as its nearer end."""
        columns = columns_of(scaled(self.axes, np.asarray(settings, float)), self.terms)
        weights = np.array([[fit.weights for fit in answer.fits] for answer in self.answers])
        return in_order(np.einsum("...t,aqt->...aq", columns, weights))


def in_order(quantiles: np.ndarray) -> np.ndarray:
    """Quantiles whose ends do not cross the median."""
    low, middle, high = np.moveaxis(quantiles, -1, 0)
    return np.stack([np.minimum(low, middle), middle, np.maximum(high, middle)], axis=-1)


def scaled(axes: Sequence[Axis], settings: np.ndarray) -> np.ndarray:
    """Settings as distances from where the levers start, in parts of their ranges."""
    low, high, start = (np.array([getattr(axis, name) for axis in axes]) for name in ("low", "high", "start"))
    result: np.ndarray = (np.clip(settings, low, high) - start) / (high - low)
    return result


def terms_of(axes: Sequence[Axis]) -> tuple[Term, ...]:
    """Terms of a quadratic in some levers: the start, each lever, its square, its distance, each product of two.

    The distance of a lever that starts at an end of its range is the lever itself, and is none.
    """
    places = range(len(axes))
    inside = [place for place, axis in zip(places, axes, strict=True) if axis.low < axis.start < axis.high]
    squares = ((place, place) for place in places)
    return ((), *((place,) for place in places), *squares, *((~place,) for place in inside), *combinations(places, 2))


def columns_of(points: np.ndarray, terms: Sequence[Term]) -> np.ndarray:
    """Values (..., terms) of terms at points (..., levers)."""
    return np.stack([_column(points, term) for term in terms], axis=-1)


def _column(points: np.ndarray, term: Term) -> np.ndarray:
    if is_distance(term):
        distance: np.ndarray = np.abs(points[..., ~term[0]])
        return distance
    result: np.ndarray = points[..., list(term)].prod(axis=-1)
    return result


def is_distance(term: Term) -> bool:
    """True for how far a lever is from its start."""
    return any(place < 0 for place in term)


def is_choice(term: Term) -> bool:
    """True for a term that an answer keeps only where it helps."""
    return is_distance(term) or len(set(term)) == 2


def fitted(columns: np.ndarray, values: np.ndarray, at_start: float, terms: Sequence[Term]) -> np.ndarray:
    """Weights of the terms for one answer.

    Parameters
    ----------
    columns : np.ndarray
        (runs, terms).
    values : np.ndarray
        (runs,)
    at_start : float
        The answer where every lever starts, which is kept exactly.
    """
    weights = np.zeros(len(terms))
    weights[0] = at_start
    rest = values - at_start
    if not np.ptp(rest) > 0:
        return weights
    kept = [place for place, term in enumerate(terms) if term and not is_choice(term)]
    others = [place for place, term in enumerate(terms) if is_choice(term)]
    least = _left_out(columns[:, kept], rest)
    while others:
        errors = [_left_out(columns[:, [*kept, place]], rest) for place in others]
        best = int(np.argmin(errors))
        if not errors[best] < HELPS * least:
            break
        least = errors[best]
        kept.append(others.pop(best))
    weights[kept] = np.linalg.lstsq(columns[:, kept], rest, rcond=None)[0]
    return weights


def _left_out(columns: np.ndarray, values: np.ndarray) -> float:
    """Root mean square error of telling each run from all others, by the identity of linear least squares."""
    basis, _ = np.linalg.qr(columns)
    leverage = np.minimum((basis**2).sum(axis=1), 1 - 1e-9)
    return float(np.sqrt(np.mean(((values - basis @ (basis.T @ values)) / (1 - leverage)) ** 2)))
