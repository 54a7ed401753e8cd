"""What an option does to an indicator, future by future: the change of each year, and their sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sinobel.analysis import differences
from sinobel.analysis.summary import quantiles
from sinobel.analysis.weighing import in_economy, weigh
from sinobel.analysis.worth import (
    MONEY,
    NOTHING,
    OF_SOME,
    OF_THOSE,
    OUTPUT,
    Fact,
    Recorded,
    held,
    large_flow,
    level_of,
    moves_by_itself,
    small_flow,
    usual,
    worth_telling,
)
from sinobel.inputs.indicators import Indicator, all_indicators
from sinobel.runs.trajectories import Yearly

TONNES = "kt KCl"
MOST_OF_IT = 0.8
"""Part of the largest median from which on a change is there: a fifth more is what noise and growth in dollars add."""
OF_YEAR = 1 / 12
FEW_YEARS = 3
"""Years below which a sum says no more than each of them."""


@dataclass(frozen=True)
class Move:
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
    floor: float = 0.0

    def largest(self, among: Sequence[int] = ()) -> int:
        """Place of the year in which the median is largest."""
        size = np.abs(self.bands[:, 1])
        open_to = [not among or year in among for year in self.years]
        return int(np.argmax(np.where(open_to, np.nan_to_num(size), -1.0)))

    def shown(self, among: Sequence[int] = ()) -> Fact | None:
        """The change of the year in which it is largest of those in which it is large and sure enough, if any is.

        A year in which eight futures in ten go one way comes before a later, larger one in which they do not. Of a
        change that lasts it is the year in which most of it is there first; whoever names years is told of the largest.
        """
        fact = self._largest_sure(among)
        return fact if fact is None or among else self._there_first(fact)

    def _there_first(self, fact: Fact) -> Fact:
        """The same change in the first year in which most of it is there, where it stays from then on.

        A loss that comes within few years and stays is felt when it comes; in which later year its median is largest by
        a little, growth in dollars and noise decide. It is a level that is reached if it stays for longer than it took
        to come. What still grows when the years end, as a debt at which one borrows on, has not come yet: its last,
        largest year says most.
        """
        toward = np.nan_to_num(self.bands[:, 1]) * np.sign(fact.middle)
        last, place = len(self.years) - 1, self.years.index(fact.year)
        short = np.flatnonzero(toward < MOST_OF_IT * toward.max())
        first = int(short[-1]) + 1 if short.size else 0
        if fact.held or first > place:
            return fact
        for early in range(max(first, self.begins), place + 1):
            there = self.fact(early)
            if there.sure and there.material and there.one_way >= fact.one_way:
                stays = last - early >= max(early - self.begins, 1)
                return replace(there, lasts=(self.years[last], float(self.bands[last, 1]))) if stays else fact
        return fact

    def _largest_sure(self, among: Sequence[int]) -> Fact | None:
        """The change of the largest year that is large and sure enough, if any is; one of one way before any other."""
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

    def seldom(self, among: Sequence[int] = ()) -> Fact | None:
        """The change in those futures in which it is worth telling, of the year in which there are most of them.

        None where there are few, or where they do not go one way; what is so or not is told by its share of futures.
        """
        large = np.abs(self.change) >= max(self.least, NOTHING)
        often = large.mean(axis=1) * [not among or year in among for year in self.years]
        place = int(np.argmax(often))
        if often[place] < OF_SOME or held(self.indicator, self.base[place], self.base[place] + self.change[place]):
            return None
        those = self.change[place][large[place]]
        low, middle, high = (float(each) for each in quantiles(those[None], (0.1, 0.5, 0.9))[0])
        share = float((those * np.sign(middle) > 0).mean())
        if share < OF_THOSE:
            return None
        fact = self.fact(place)
        return replace(fact, low=low, middle=middle, high=high, share=share, back=None, seldom=True)

    @cached_property
    def total(self) -> np.ndarray:
        """Paired differences of each future, (draws,), added up over years."""
        result: np.ndarray = self.change.sum(axis=0)
        return result

    def summed(self) -> Fact | None:
        """The change of a flow over all years since the option departs; None where years do not add up.

        What is worth telling of a sum is that of a year times the root of their number, as of years that do not hang
        together, and what flows in a month at least; each year on the average what is told of a year unasked.
        """
        since = self.years[min(self.begins, len(self.years) - 1) :]
        if self.indicator.kind != "flow" or self.indicator.unit not in (MONEY, TONNES) or len(since) < FEW_YEARS:
            return None
        low, middle, high = (float(each) for each in quantiles(self.total[None], (0.1, 0.5, 0.9))[0])
        root = len(since) ** 0.5
        least = max(root * self.least, OF_YEAR * self.level, len(since) * self.floor)
        moves = len(since) * self.moves
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


def moves_of(
    annual: Yearly,
    reference: str,
    recorded: Recorded,
    origin: int,
    candidates: Iterable[str],
    *,
    unasked: bool = False,
) -> Iterator[Move]:
    """What each option does to each indicator that the results hold.

    Parameters
    ----------
    unasked : bool
        Nobody asked for the indicators by name: sums of money that are small for the country are not told.
    """
    shown = [name for name in candidates if name in annual]
    changes = {name: differences.changes(annual[name], reference) for name in shown}
    begins = _begins(changes.values())
    output = recorded.get(OUTPUT, {}).get(origin, 0.0)
    for name in shown:
        options, change = changes[name]
        base = annual[name].sel(scenario=reference).transpose("year", "draw")
        values = np.asarray(base.values)
        level, own = level_of(values), moves_by_itself(values)
        series, known = recorded.get(name, {}), all_indicators()[name]
        floor = small_flow(known, output) if unasked else 0.0
        least = max(floor, worth_telling(series, origin, level, at_most=large_flow(known, output)))
        for option, differs in zip(options, change, strict=True):
            yield Move(
                option,
                known,
                years=[int(year) for year in base["year"].values],
                base=np.asarray(base.values),
                change=differs,
                bands=quantiles(differs, (0.1, 0.5, 0.9)),
                begins=begins[option],
                level=level,
                least=least,
                moves=usual(series, origin, level, own),
                output=output,
                floor=floor,
            )


def _begins(changes: Iterable[tuple[list[str], np.ndarray]]) -> dict[str, int]:
    """Option -> place of the first year in which it moves anything."""
    first: dict[str, int] = {}
    for options, change in changes:
        for option, differs in zip(options, change, strict=True):
            moved = (np.abs(differs) > NOTHING).any(axis=-1)
            first[option] = min(first.get(option, len(moved)), int(np.argmax(moved)) if moved.any() else len(moved))
    return first
