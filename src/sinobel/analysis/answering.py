"""What an option moves most: the indicators and years that answer a question, or that there is nothing to tell.

A pure search over paired yearly values. Whoever tells the answer puts it into words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.analysis import differences
from sinobel.analysis.summary import quantiles
from sinobel.inputs.indicators import all_indicators
from sinobel.runs.trajectories import Yearly

OF_FIVE_YEARS, OF_LEVEL = 0.10, 0.01
"""Worth telling: a tenth of what the record changed by in five years, and a hundredth of the level at least."""
YEARS = 5
NOTHING = 1e-12
SURE = 2 / 3
"""Share of futures that a change goes the same way in, at least, to be told."""
FROM_NOTHING = 0.2
"""Weight of a change where the level is the same in all futures, as of jobs that no reform sheds."""
ALIKE = 0.9
"""Correlation over futures above which two changes are one story."""


@dataclass(frozen=True)
class Fact:
    """A change that is large and sure enough to be told.

    Attributes
    ----------
    year : int
        In which the change of the indicator is largest, at the median.
    low, middle, high : float
        10, 50 and 90 % of the paired differences of that year, in the unit of the indicator.
    share : float
        Of futures in which the change has the sign of the median.
    weight : float
        The median over the width that holds eight futures in ten of the level itself, times how sure its sign is: what
        facts are ordered by.
    back : tuple[int, float] | None
        A later year in which the median is worth telling and has the other sign, and that median.
    """

    option: str
    indicator: str
    year: int
    low: float
    middle: float
    high: float
    share: float
    weight: float
    back: tuple[int, float] | None = None


def worth_telling(recorded: Mapping[int, float], origin: int, level: float) -> float:
    """The smallest change of an indicator that is told, in its unit.

    Parameters
    ----------
    recorded : Mapping[int, float]
        Year -> value of the record; may be empty.
    origin : int
        Last recorded year.
    level : float
        Size of the indicator itself.
    """
    now, before = recorded.get(origin), recorded.get(origin - YEARS)
    moved = OF_FIVE_YEARS * abs(now - before) if now is not None and before is not None else 0.0
    return max(moved, OF_LEVEL * abs(level))


def of_headlines(
    annual: Yearly, reference: str, recorded: Mapping[str, Mapping[int, float]], origin: int
) -> dict[str, list[Fact]]:
    """Facts by option among indicators that an answer may lead with; as `find`."""
    return find(annual, reference, recorded, origin, [name for name, each in all_indicators().items() if each.told])


def find(
    annual: Yearly,
    reference: str,
    recorded: Mapping[str, Mapping[int, float]],
    origin: int,
    candidates: Iterable[str],
) -> dict[str, list[Fact]]:
    """Facts by option, the weightiest first; of changes that are one story the first alone.

    Parameters
    ----------
    annual : Yearly
        Indicator -> values, dims (scenario, draw, year).
    reference : str
        Scenario that the others are held against, future by future.
    recorded : Mapping[str, Mapping[int, float]]
        Indicator -> year -> value.
    origin : int
        Last recorded year.
    candidates : Iterable[str]
        Indicators that may be told; those that the results lack are passed over.

    Returns
    -------
    dict[str, list[Fact]]
        Every option, also one that moves nothing of that size.
    """
    found: dict[str, list[tuple[Fact, np.ndarray]]] = {
        str(name): [] for name in next(iter(annual.values()))["scenario"].values if name != reference
    }
    for name in candidates:
        if name not in annual:
            continue
        variable = annual[name]
        told = [int(year) for year in variable["year"].values]
        options, change = differences.changes(variable, reference)
        base = quantiles(np.asarray(variable.sel(scenario=reference).transpose("year", "draw").values), (0.1, 0.5, 0.9))
        level = float(np.median(np.abs(base[:, 1])))
        least = worth_telling(recorded.get(name, {}), origin, level)
        for option, differs in zip(options, change, strict=True):
            fact = _fact((option, name), told, differs, width=base[:, 2] - base[:, 0], least=least)
            if fact is not None:
                found[option].append((fact, differs[told.index(fact.year)]))
    return {option: _stories(facts) for option, facts in found.items()}


def _fact(
    names: tuple[str, str], years: list[int], change: np.ndarray, *, width: np.ndarray, least: float
) -> Fact | None:
    """The year in which an option moves an indicator most, (years, draws); None where that is too small to tell."""
    bands = quantiles(change, (0.1, 0.5, 0.9))
    place = int(np.argmax(np.abs(bands[:, 1])))
    low, middle, high = (float(each) for each in bands[place])
    share = float((change[place] * np.sign(middle) > 0).mean())
    if not np.isfinite(middle) or middle == 0 or abs(middle) < least or share < SURE:
        return None
    room = max(float(width[place]), least)
    weight = (abs(middle) / room if room else FROM_NOTHING) * (2 * share - 1)
    later = np.where(np.sign(bands[place:, 1]) == -np.sign(middle), np.abs(bands[place:, 1]), 0.0)
    turned = place + int(np.argmax(later))
    back = (years[turned], float(bands[turned, 1])) if later.max() >= max(least, NOTHING) else None
    option, indicator = names
    return Fact(
        option, indicator, years[place], low=low, middle=middle, high=high, share=share, weight=weight, back=back
    )


def _stories(facts: list[tuple[Fact, np.ndarray]]) -> list[Fact]:
    """By weight, without those that go with one before them in nearly all futures."""
    kept: list[tuple[Fact, np.ndarray]] = []
    for fact, change in sorted(facts, key=lambda each: -each[0].weight):
        if not any(abs(_correlation(change, other)) > ALIKE for _, other in kept):
            kept.append((fact, change))
    return [fact for fact, _ in kept]


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Of two changes over futures; 0 where one of them is the same in all."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
