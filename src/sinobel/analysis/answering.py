"""What an option moves most: the indicators and years that answer a question, or that there is nothing to tell.

A pure search over paired yearly values. Whoever tells the answer puts it into words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sinobel.analysis import differences
from sinobel.analysis.summary import quantiles
from sinobel.inputs.indicators import Indicator, all_indicators
from sinobel.runs.trajectories import Yearly

Recorded = Mapping[str, Mapping[int, float]]
"""Indicator -> year -> value of the record."""

MONEY, A_HEAD, TONNES = "USD mn", "USD per head", "kt KCl"
SHARES = ("share", "ratio")
OF_FIVE_YEARS, OF_LEVEL = 0.10, 0.01
"""Worth telling: a tenth of what the record changed by in five years, and a hundredth of the level at least.

A tenth: what a country sees every half a year; a hundredth: what yearly statistics are revised by.
"""
YEARS = 5
OF_YEAR = 1 / 12
FEW_YEARS = 3
"""Years below which a sum says no more than each of them."""
NOTHING = 1e-12
SURE = 2 / 3
"""Share of futures that a change goes the same way in, at least, to be told."""
OF_FUTURES = 0.05
"""Of what is so or not: the change of its share of futures that is told, which no few draws make by chance."""
YES_NO = ("fraction", "index 0-1")
"""Units in which what is so at the end of a year is 1, and what is not 0."""
OF_ECONOMY = 0.01
"""Of GDP: what a price or an index counts for that moves as usual.

The Chinese contract lost 251 USD/t in the five years to 2016: on two million tonnes a year that is a hundredth.
"""
STATED, COUNTS = 0.01, 1e-3
"""Half a width, over the median, below which a change is an assumption that comes back, and what it counts for then."""
ALIKE = 0.9
"""Correlation over futures above which two changes are one story."""
OUTPUT = "gdp"


@dataclass(frozen=True)
class Fact:
    """A change of one indicator in one year.

    Attributes
    ----------
    year : int
        In which the change of the indicator is largest, at the median.
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
    since : int | None
        First year of a sum to `year`, which is told where no single year is worth telling; None for a year's change.
    level : float
        Size of what is changed, of a year or of the years of a sum.
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
    since: int | None = None
    level: float = 0.0
    held: tuple[float, ...] | None = None

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
    return worth_telling(recorded.get(name, {}), origin, _level(np.asarray(values)))


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
    known = origin in recorded and origin - YEARS in recorded
    return max(worth_telling(recorded, origin, level) / OF_FIVE_YEARS, 0.0 if known else own)


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


def weigh(change: float, noise: float, moves: float, economy: float) -> float:
    """How early an economist would tell of a change: sure, out of the ordinary, and large in the economy.

    The product of three shares. The first two are a half where the change is as large as what it is held against, and
    near one far above it, so that neither certainty nor a small base alone brings a thing to the front. What is the
    same in all futures is no finding but what the option states, such as an investment of so much: it comes last.

    Parameters
    ----------
    change : float
        The median of the paired differences.
    noise : float
        Half of the width that holds eight paired differences in ten.
    moves : float
        What the indicator moves by in five years, from `usual`.
    economy : float
        The change as a share of GDP, from `in_economy`.
    """
    size = abs(change)
    if size == 0:
        return 0.0
    counts = COUNTS if noise < STATED * size else 1.0
    return counts * size / (size + noise) * size / (size + moves) * economy


def in_economy(indicator: Indicator, change: float, *, years: int, moves: float, level: float, output: float) -> float:
    """A change as a share of GDP, so that dollars, incomes and prices can stand in one order.

    Parameters
    ----------
    years : int
        Since the option departs: a debt or reserve is what so many years have added up to, and counts as one of them.
    moves : float
        What the indicator moves by in five years.
    level : float
        Size of the indicator itself: sums a head count as their part of it.
    output : float
        GDP of the origin's year, USD mn; 0 where it is not known.
    """
    size = abs(change)
    if indicator.unit == MONEY and output:
        return size / output / (years if indicator.kind == "stock" else 1)
    if indicator.unit == A_HEAD and level:
        return size / level
    if indicator.kind in SHARES:
        return size
    return OF_ECONOMY * size / moves if moves else 0.0


def of_headlines(
    annual: Yearly, reference: str, recorded: Recorded, origin: int, years: Sequence[int] = ()
) -> dict[str, list[Fact]]:
    """Facts by option among indicators that an answer may lead with; as `find`."""
    told = [name for name, each in all_indicators().items() if each.told]
    return find(annual, reference, recorded, origin, told, years=years)


def find(
    annual: Yearly,
    reference: str,
    recorded: Recorded,
    origin: int,
    candidates: Iterable[str],
    years: Sequence[int] = (),
) -> dict[str, list[Fact]]:
    """Facts by option, the weightiest first; of changes that are one story the first alone.

    Parameters
    ----------
    annual : Yearly
        Indicator -> values, dims (scenario, draw, year).
    reference : str
        Scenario that the others are held against, future by future.
    recorded : Recorded
        Indicator -> year -> value.
    origin : int
        Last recorded year.
    candidates : Iterable[str]
        Indicators that may be told; those that the results lack are passed over.
    years : Sequence[int]
        Years that may be told; all when empty.

    Returns
    -------
    dict[str, list[Fact]]
        Every option, also one that moves nothing that is large and sure enough. What acts in other years in each future
        moves no single one of them, and is told by sums over years.
    """
    names = [str(name) for name in next(iter(annual.values()))["scenario"].values if name != reference]
    found: dict[str, list[tuple[Fact, np.ndarray]]] = {name: [] for name in names}
    sums: dict[str, list[tuple[Fact, np.ndarray]]] = {name: [] for name in names}
    for moved in _moves(annual, reference, recorded, origin, candidates):
        if fact := moved.shown(years):
            found[fact.option].append((fact, moved.change[moved.years.index(fact.year)]))
        elif not years and (summed := moved.summed()) and summed.material and summed.sure:
            sums[summed.option].append((summed, moved.total))
    return {option: _stories(facts or sums[option]) for option, facts in found.items()}


def asked(
    annual: Yearly,
    reference: str,
    recorded: Recorded,
    origin: int,
    names: Sequence[str],
    years: Sequence[int] = (),
) -> dict[str, list[Fact]]:
    """What each option does to indicators that were asked for, in their order, also where that is small.

    Parameters
    ----------
    names : Sequence[str]
        Indicators; those that the results lack are passed over.
    years : Sequence[int]
        A fact for each; when empty, one for the year in which the indicator changes most, or for the sum over years
        where that alone is worth telling.
    """
    found: dict[str, list[Fact]] = {}
    for moved in _moves(annual, reference, recorded, origin, names):
        places = [moved.years.index(year) for year in years if year in moved.years]
        if places:  # whoever names years is told of no other
            facts = [replace(moved.fact(place), back=None) for place in places]
        else:
            summed = moved.summed()
            sure = summed is not None and summed.material and summed.sure
            facts = [moved.shown() or (summed if summed and sure else moved.fact(moved.largest()))]
        found.setdefault(moved.option, []).extend(facts)
    return found


def departs_most(
    annual: Yearly, scenario: str, recorded: Recorded, origin: int, names: Sequence[str], year: int
) -> str:
    """The indicator whose median of a year lies furthest from the record of the origin, weighed as changes are.

    Parameters
    ----------
    names : Sequence[str]
        Indicators of the results; the first where the record has none of them.
    """
    weights: dict[str, float] = {}
    output = recorded.get(OUTPUT, {}).get(origin, 0.0)
    for name in names:
        before = recorded.get(name, {}).get(origin)
        if before is None:
            continue
        low, middle, high = quantiles(annual[name].sel(scenario=scenario, year=year).values, (0.1, 0.5, 0.9))
        moves = usual(recorded[name], origin, before)
        economy = in_economy(
            all_indicators()[name],
            middle - before,
            years=year - origin,
            moves=moves,
            level=abs(before),
            output=output,
        )
        weights[name] = weigh(middle - before, (high - low) / 2, moves, economy)
    return max(weights, key=weights.__getitem__, default=names[0])


@dataclass(frozen=True)
class _Move:
    """What an option does to an indicator: paired differences, (years, draws), and what they are held against."""

    option: str
    indicator: Indicator
    years: list[int]
    base: np.ndarray
    change: np.ndarray
    bands: np.ndarray
    begins: int
    level: float
    least: float
    moves: float
    output: float

    def largest(self, among: Sequence[int] = ()) -> int:
        """Place of the year in which the median is largest."""
        size = np.abs(self.bands[:, 1])
        open_to = [not among or year in among for year in self.years]
        return int(np.argmax(np.where(open_to, np.nan_to_num(size), -1.0)))

    def shown(self, among: Sequence[int] = ()) -> Fact | None:
        """The change of the year in which it is largest of those in which it is large and sure enough, if any is.

        A year in which eight futures in ten go one way comes before a later, larger one in which they do not.
        """
        size = np.nan_to_num(np.abs(self.bands[:, 1]))
        either: Fact | None = None
        for place in np.argsort(-size, kind="stable"):
            if size[place] < self.least or size[place] == 0:
                break
            if not among or self.years[place] in among:
                fact = self.fact(int(place))
                if fact.sure and fact.material and fact.one_way:
                    return fact
                if fact.sure and fact.material and either is None:
                    either = fact
        return either

    def fact(self, place: int) -> Fact:
        """The change of one year, and whether a later one turns it around."""
        low, middle, high = (float(each) for each in self.bands[place])
        since = max(1, place - self.begins + 1)
        economy = in_economy(
            self.indicator, middle, years=since, moves=self.moves, level=self.level, output=self.output
        )
        later = np.where(np.sign(self.bands[place:, 1]) == -np.sign(middle), np.abs(self.bands[place:, 1]), 0.0)
        turned = place + int(np.argmax(later))
        back = (self.years[turned], float(self.bands[turned, 1])) if later.max() >= max(self.least, NOTHING) else None
        return Fact(
            self.option,
            self.indicator.name,
            self.years[place],
            low=low,
            middle=middle,
            high=high,
            share=float((self.change[place] * np.sign(middle) > 0).mean()),
            least=self.least,
            level=self.level,
            often=float((np.abs(self.change[place]) >= max(self.least, NOTHING)).mean()),
            weight=weigh(middle, (high - low) / 2, self.moves, economy),
            back=back,
            held=held(self.indicator, self.base[place], self.base[place] + self.change[place]),
        )

    @cached_property
    def total(self) -> np.ndarray:
        """Paired differences of each future, (draws,), added up over years."""
        result: np.ndarray = self.change.sum(axis=0)
        return result

    def summed(self) -> Fact | None:
        """The change of a flow over all years since the option departs; None where years do not add up.

        What is worth telling of a sum is that of a year times the root of their number, as of years that do not hang
        together, and what flows in a month at least.
        """
        since = self.years[min(self.begins, len(self.years) - 1) :]
        if self.indicator.kind != "flow" or self.indicator.unit not in (MONEY, TONNES) or len(since) < FEW_YEARS:
            return None
        low, middle, high = (float(each) for each in quantiles(self.total[None], (0.1, 0.5, 0.9))[0])
        root = len(since) ** 0.5
        least, moves = max(root * self.least, OF_YEAR * self.level), len(since) * self.moves
        economy = in_economy(
            self.indicator,
            middle,
            years=1,
            moves=moves,
            level=self.level * len(since),
            output=self.output * len(since),
        )
        return Fact(
            self.option,
            self.indicator.name,
            since[-1],
            low=low,
            middle=middle,
            high=high,
            share=float((self.total * np.sign(middle) > 0).mean()),
            least=least,
            level=self.level * len(since),
            often=float((np.abs(self.total) >= max(least, NOTHING)).mean()),
            weight=weigh(middle, (high - low) / 2, moves, economy),
            since=since[0],
        )


def _moves(
    annual: Yearly, reference: str, recorded: Recorded, origin: int, candidates: Iterable[str]
) -> Iterator[_Move]:
    """What each option does to each indicator that the results hold."""
    shown = [name for name in candidates if name in annual]
    changes = {name: differences.changes(annual[name], reference) for name in shown}
    begins = _begins(changes.values())
    output = recorded.get(OUTPUT, {}).get(origin, 0.0)
    for name in shown:
        options, change = changes[name]
        base = annual[name].sel(scenario=reference).transpose("year", "draw")
        values = np.asarray(base.values)
        level, own = _level(values), moves_by_itself(values)
        series = recorded.get(name, {})
        for option, differs in zip(options, change, strict=True):
            yield _Move(
                option,
                all_indicators()[name],
                years=[int(year) for year in base["year"].values],
                base=np.asarray(base.values),
                change=differs,
                bands=quantiles(differs, (0.1, 0.5, 0.9)),
                begins=begins[option],
                level=level,
                least=worth_telling(series, origin, level),
                moves=usual(series, origin, level, own),
                output=output,
            )


def _level(values: np.ndarray) -> float:
    """Size of an indicator over years: the middle of its medians; values (years, draws)."""
    return float(np.median(np.abs(quantiles(values, (0.5,)))))


def _begins(changes: Iterable[tuple[list[str], np.ndarray]]) -> dict[str, int]:
    """Option -> place of the first year in which it moves anything."""
    first: dict[str, int] = {}
    for options, change in changes:
        for option, differs in zip(options, change, strict=True):
            moved = (np.abs(differs) > NOTHING).any(axis=-1)
            first[option] = min(first.get(option, len(moved)), int(np.argmax(moved)) if moved.any() else len(moved))
    return first


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
