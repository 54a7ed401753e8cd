"""The value of something that reaches a target with a given probability, on futures that are the same for every value.

The share of futures that reach a target moves in steps; the margin that this share of futures has is continuous. So
the root that is sought is that of the margin: the order statistic of the futures' margins that is positive exactly
when enough of them are. Between the points of a grid it is found by Brent's method.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

Evaluate = Callable[[Sequence[float]], np.ndarray]
"""Margins (values, draws) of some values: at or above zero where the target is reached; the same draws every time."""

GRID = 17
Z90 = 1.6448536269514722  # standard normal quantile of 0.95


def margin_at(margins: np.ndarray, probability: float) -> np.ndarray:
    """Largest margin that at least this share of futures has, over the last axis; what is not a number reaches nothing.

    It is at or above zero exactly when the share of futures with a margin at or above zero is `probability` or more.
    """
    count = margins.shape[-1]
    needed = min(max(int(np.ceil(probability * count - 1e-9)), 1), count)
    ordered = np.sort(np.where(np.isnan(margins), -np.inf, margins), axis=-1)
    return ordered[..., count - needed]


def share(margins: np.ndarray) -> np.ndarray:
    """Share of futures that reach the target, over the last axis."""
    result: np.ndarray = (margins >= 0).mean(axis=-1)
    return result


def share_interval(probability: np.ndarray, draws: int) -> tuple[np.ndarray, np.ndarray]:
    """90 % interval of a share for the chance of having drawn these futures (Clopper and Pearson)."""
    from scipy.special import betaincinv

    hits = np.round(np.asarray(probability) * draws)
    low = np.where(hits > 0, betaincinv(np.maximum(hits, 1), draws - hits + 1, 0.05), 0.0)
    high = np.where(hits < draws, betaincinv(hits + 1, np.maximum(draws - hits, 1), 0.95), 1.0)
    return low, high


@dataclass
class Trials:
    """Margins of every value that was tried, so that none is tried twice."""

    evaluate: Evaluate
    probability: float
    margins: dict[float, np.ndarray] = field(default_factory=dict)

    def at(self, values: Sequence[float]) -> np.ndarray:
        """Margin that the wanted share of futures has at some values, (values,)."""
        new = [float(value) for value in dict.fromkeys(values) if float(value) not in self.margins]
        if new:
            self.margins |= dict(zip(new, self.evaluate(new), strict=True))
        return np.array([margin_at(self.margins[float(value)], self.probability) for value in values])

    def one(self, value: float) -> float:
        """The same for one value, never zero, which a root-finder would take for the end of its search."""
        found = float(self.at([value])[0])
        return found if found != 0 else 1e-12

    @property
    def values(self) -> list[float]:
        """What was tried, in order."""
        return sorted(self.margins)

    def margins_at(self, probability: float) -> np.ndarray:
        """Margin that a share of futures has at every tried value, (values,)."""
        return np.array([float(margin_at(self.margins[value], probability)) for value in self.values])


@dataclass(frozen=True)
class Stretch:
    """Values from `low` to `high` that reach the target; an end is open where the range of what may be set ends."""

    low: float
    high: float
    low_open: bool
    high_open: bool

    def nearest(self, start: float | None) -> float:
        """The value in it that is nearest to where one stands; without that, an end that is not open."""
        if start is not None:
            return min(max(start, self.low), self.high)
        return self.low if not self.low_open or self.high_open else self.high


@dataclass(frozen=True)
class Found:
    """Where a target is reached.

    Attributes
    ----------
    stretches : tuple[Stretch, ...]
        Of values, from low to high; none when no value reaches it.
    value : float | None
        Nearest to where one stands, or None.
    interval : tuple[float | None, float | None]
        Its 90 % range for the chance of having drawn these futures; an end is None beyond the range.
    best : float
        The value with the largest margin of those tried.
    """

    stretches: tuple[Stretch, ...]
    value: float | None
    interval: tuple[float | None, float | None]
    best: float


def search(trials: Trials, low: float, high: float, start: float | None = None, grid: int = GRID) -> Found:
    """Where a target is reached between two values.

    Parameters
    ----------
    start : float | None
        Where one stands: the value found is the nearest to it.
    grid : int
        Points that are tried first; what happens only between two of them is not seen.
    """
    trials.at(sorted({*map(float, np.linspace(low, high, grid)), *({start} if start is not None else set())}))
    if (trials.margins_at(trials.probability) < 0).all():
        _climb(trials)
    stretches = _stretches(trials, low, high)
    margins = trials.margins_at(trials.probability)
    best = trials.values[int(np.argmax(margins))]
    if not stretches:
        return Found((), None, (None, None), best)
    nearest = [(stretch.nearest(start), stretch) for stretch in stretches]
    value, stretch = nearest[0] if start is None else min(nearest, key=lambda each: abs(each[0] - start))
    side = (value == stretch.low and not stretch.low_open) - (value == stretch.high and not stretch.high_open)
    interval = _interval(trials, value, side) if side else (value, value)
    return Found(tuple(stretches), value, interval, best)


def _climb(trials: Trials) -> None:
    """Try values around the best of the grid: the largest margin may lie between its points."""
    from scipy.optimize import minimize_scalar

    values = trials.values
    place = int(np.argmax(trials.margins_at(trials.probability)))
    if place in {0, len(values) - 1}:
        return
    low, high = values[place - 1], values[place + 1]
    minimize_scalar(lambda x: -trials.one(float(x)), bounds=(low, high), method="bounded", options={"maxiter": 10})


def _stretches(trials: Trials, low: float, high: float) -> list[Stretch]:
    """Runs of tried values that reach the target, their ends found between the last that does and the next."""
    values = trials.values
    holds = trials.margins_at(trials.probability) >= 0
    stretches: list[Stretch] = []
    begin = None
    for index, value in enumerate(values):
        if holds[index] and begin is None:
            begin = low if index == 0 else _edge(trials, values[index - 1], value, low, high)
        last = index == len(values) - 1
        if holds[index] and (last or not holds[index + 1]):
            end = high if last else _edge(trials, values[index + 1], value, low, high)
            assert begin is not None
            stretches.append(Stretch(begin, end, begin == low, end == high))
            begin = None
    return stretches


def step(low: float, high: float) -> float:
    """How finely a value between two ends is told: a power of ten, a thousandth of the range or less."""
    return float(10.0 ** np.floor(np.log10((high - low) / 1000)))


def _edge(trials: Trials, outside: float, inside: float, low: float, high: float) -> float:
    """The first value from outside that reaches the target, rounded toward the inside as long as that still holds."""
    from scipy.optimize import brentq

    fine = step(low, high)
    root = float(brentq(trials.one, outside, inside, xtol=fine / 4, rtol=1e-12, maxiter=60))
    toward = np.sign(inside - outside)
    first = fine * (np.ceil(root / fine - 1e-9) if toward > 0 else np.floor(root / fine + 1e-9))
    for place in range(3):
        value = float(np.round(first + toward * place * fine, 12))
        if toward * value >= toward * inside:
            break
        if trials.at([value])[0] >= 0:
            return value
    return inside


def _interval(trials: Trials, value: float, side: int) -> tuple[float | None, float | None]:
    """Values that would have been found with a share one sampling error smaller or larger, 90 %.

    side  1 when larger values reach the target, -1 when smaller ones do
    """
    draws = len(trials.margins[value])
    error = Z90 * np.sqrt(trials.probability * (1 - trials.probability) / draws)
    ends: list[float | None] = []
    for level in (trials.probability - error, trials.probability + error):
        for _ in range(2):  # try where the line between two tried values meets zero, then look again
            end = _crossing(trials, level, value, side)
            if end is not None:
                trials.at([end])
        ends.append(end)
    easy, hard = ends
    easy = value if easy is None else easy
    if side > 0:
        return min(easy, value), None if hard is None else max(hard, value)
    return None if hard is None else min(hard, value), max(easy, value)


def _crossing(trials: Trials, probability: float, near: float, side: int) -> float | None:
    """Where the margin of a share passes zero nearest to a value, on straight lines between tried values.

    side  as in `_interval`: only crossings in the same direction count
    """
    if not 0 < probability < 1:
        return None
    values, margins = np.array(trials.values), trials.margins_at(probability)
    below = margins < 0
    change = np.flatnonzero(below[:-1] & ~below[1:] if side > 0 else ~below[:-1] & below[1:])
    if not len(change):
        return None
    before, after = margins[change], margins[change + 1]
    with np.errstate(invalid="ignore"):
        part = np.where(np.isfinite(before) & np.isfinite(after), before / (before - after), 0.5)
    points = values[change] + part * (values[change + 1] - values[change])
    return float(points[np.argmin(np.abs(points - near))])
