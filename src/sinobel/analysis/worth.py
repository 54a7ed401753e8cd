"""What is worth telling: how large a change must be beside what its indicator usually does, and how sure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.analysis.summary import quantiles
from sinobel.inputs.indicators import Indicator, all_indicators
from sinobel.runs.trajectories import Yearly

Recorded = Mapping[str, Mapping[int, float]]
"""Indicator -> year -> value of the record."""

MONEY, OUTPUT = "USD mn", "gdp"
OF_FIVE_YEARS, OF_LEVEL = 0.10, 0.01
"""Worth telling: a tenth of what the record changes by in five years, and a hundredth of the level at least.

A tenth: what a country sees every half a year; a hundredth: what yearly statistics are revised by.
"""
OF_OUTPUT = 0.0025
"""Of GDP: worth telling of a yearly sum of money. What an economy that grows by three percent gains in a month."""
OF_OUTPUT_LEAST = 0.0005
"""Of GDP: what a yearly sum of money must come to, however still its record is, to be told unasked.

A record that hardly moves, as of guarantees that nobody had called, makes a few millions out of the ordinary. Half a
thousandth of output, 24 mn USD in 2016, is a fifth of what is large without more; below it no budget is written anew.
"""
YEARS, DECADE = 5, 10
NOTHING = 1e-12
SURE = 2 / 3
"""Share of futures that a change goes the same way in, at least, to be told."""
OF_SOME, OF_THOSE = 0.25, 0.90
"""Of what is small in most futures: the share of them in which it is worth telling, and the share of those one way.

One future in four: what a planner provides for. Nine in ten: what is as often this way as that way is noise that an
option lets loose, not what it does.
"""
OF_FUTURES = 0.05
"""Of what is so or not: the change of its share of futures that is told, which no few draws make by chance."""
YES_NO = ("fraction", "index 0-1")
"""Units in which what is so at the end of a year is 1, and what is not 0."""


@dataclass(frozen=True)
class Fact:
    """A change of one indicator in one year.

    Attributes
    ----------
    year : int
        In which the change of the indicator is largest, at the median; of one that lasts, in which most of it is there.
    low, middle, high : float
        10, 50 and 90 % of the paired differences of that year, in the unit of the indicator.
    share : float
        Of futures in which the change has the sign of the median.
    least : float
        The smallest change of the indicator that is told.
    often : float
        Share of futures in which it changes by that much, either way.
    weight : float
        What facts are ordered by; from `weigh`.
    back : tuple[int, float] | None
        A later year in which the median is worth telling and has the other sign, and that median.
    lasts : tuple[int, float] | None
        The last year and the median of it, where the change is there from `year` on and stays.
    since : int | None
        First year of a sum to `year`, which is told where no single year is worth telling; None for a year's change.
    level : float
        Size of what is changed, of a year or of the years of a sum.
    seldom : bool
        Whether it is told of those futures alone in which it is worth telling, `often` of all: range, median and share
        are theirs.
    held : tuple[float, ...] | None
        Of what is so or not at the end of a year: share of futures in which it is, without the option and with it.
    """

    option: str
    indicator: str
    year: int
    low: float
    middle: float
    high: float
    share: float
    least: float
    often: float
    weight: float
    back: tuple[int, float] | None = None
    lasts: tuple[int, float] | None = None
    since: int | None = None
    level: float = 0.0
    held: tuple[float, ...] | None = None
    seldom: bool = False

    @property
    def material(self) -> bool:
        """Whether the median is large enough to be told; of what is so or not, the share of futures."""
        if self.held:
            return abs(self.held[1] - self.held[0]) >= OF_FUTURES
        return self.middle != 0 and abs(self.middle) >= self.least

    @property
    def one_way(self) -> bool:
        """Whether eight futures in ten go the same way."""
        return self.low * self.high > 0

    @property
    def sure(self) -> bool:
        """Whether it goes the same way in enough futures; a share of them goes one way only."""
        return self.held is not None or self.share >= SURE


def worth_telling(recorded: Mapping[int, float], origin: int, level: float, at_most: float = math.inf) -> float:
    """The smallest change of an indicator that is told, in its unit.

    Parameters
    ----------
    recorded : Mapping[int, float]
        Year -> value of the record; may be empty.
    origin : int
        Last recorded year.
    level : float
        Size of the indicator itself, a hundredth of which is asked for always.
    at_most : float
        What is told whatever the record did, from `large_flow`.
    """
    moved = OF_FIVE_YEARS * (_of_five_years(recorded, origin) or 0.0)
    return max(min(moved, at_most), OF_LEVEL * abs(level))


def large_flow(indicator: Indicator, output: float) -> float:
    """What is told of a yearly sum of money however its record swings: a part of GDP; infinite of anything else.

    A part of GDP is large for the country also where trade has swung by more: a gain of half a percent is no less one
    because exports had fallen by a third before. Of debts and reserves nothing is: they add up over years.

    Parameters
    ----------
    output : float
        GDP of the origin's year, USD mn; 0 where it is not known.
    """
    return OF_OUTPUT * output if output and indicator.unit == MONEY and indicator.kind == "flow" else math.inf


def small_flow(indicator: Indicator, output: float) -> float:
    """Below what a yearly sum of money is not told unasked: a part of GDP; 0 of anything else.

    A tenth of what is usual may be next to nothing where nothing is usual. Who decides on a budget of billions asks
    for what it can feel; whoever asks for the sum by name is told of it, large or small.

    Parameters
    ----------
    output : float
        GDP of the origin's year, USD mn; 0 where it is not known.
    """
    return OF_OUTPUT_LEAST * output if indicator.unit == MONEY and indicator.kind == "flow" else 0.0


def _of_five_years(recorded: Mapping[int, float], origin: int) -> float | None:
    """What the record changed by in its last five years, yet no more than in its usual five; None where it has a gap.

    The usual five years are the median of those that end in the last ten. The last alone would let one boom that ended
    set what counts for good: exports to the EU fell by 10.8 bn from 2011 to 2016, when oil products that were bought
    cheap ceased to be sold dear, and moved by 5.7 bn in the usual five years. The median alone would let the growth of
    years long past do the same to what has been still since, such as imports from China; and what was small once, in
    dollars of the nineties, says nothing of what is usual now.
    """
    if origin not in recorded or origin - YEARS not in recorded:
        return None
    ends = [year for year in range(origin - DECADE + 1, origin + 1) if {year, year - YEARS} <= recorded.keys()]
    spans = [abs(recorded[year] - recorded[year - YEARS]) for year in ends]
    return min(spans[-1], float(np.median(spans)))


def least_told(annual: Yearly, scenario: str, recorded: Recorded, origin: int, name: str) -> float:
    """The smallest change of an indicator that is told, in its unit, where it stands as it does in a scenario.

    Parameters
    ----------
    annual : Yearly
        Indicator -> values, dims (scenario, draw, year).
    name : str
        The indicator.
    """
    values = annual[name].sel(scenario=scenario).transpose("year", "draw").values
    large = large_flow(all_indicators()[name], recorded.get(OUTPUT, {}).get(origin, 0.0))
    return worth_telling(recorded.get(name, {}), origin, level_of(np.asarray(values)), at_most=large)


def held(indicator: Indicator, *every: np.ndarray) -> tuple[float, ...] | None:
    """In which share of futures what is so or not is so, for several sets of values; None for what is a number.

    A median of such values is 0 or 1 and says little. Whether it is one is seen by its values, (draws,).
    """
    if indicator.annual != "last" or indicator.unit not in YES_NO:
        return None
    if not all(np.isin(values, (0.0, 1.0)).all() for values in every):
        return None
    return tuple(float(values.mean()) for values in every)


def usual(recorded: Mapping[int, float], origin: int, level: float, own: float = 0.0) -> float:
    """What an indicator moves by in five years: by its record, and a tenth of its level at least.

    Parameters
    ----------
    own : float
        What it moves by in five simulated years of the reference, which counts where the record does not say.
    """
    moved = _of_five_years(recorded, origin)
    return max(own if moved is None else moved, OF_LEVEL / OF_FIVE_YEARS * abs(level))


def moves_by_itself(values: np.ndarray) -> float:
    """Size of the change of five years, of one future like another and of one year like another; 0 of fewer years.

    Parameters
    ----------
    values : np.ndarray
        (years, draws).
    """
    changes = np.abs(values[YEARS:] - values[:-YEARS])
    known = changes[~np.isnan(changes)]
    return float(np.median(known)) if known.size else 0.0


def level_of(values: np.ndarray) -> float:
    """Size of an indicator over years: the middle of its medians; values (years, draws)."""
    return float(np.median(np.abs(quantiles(values, (0.5,)))))
