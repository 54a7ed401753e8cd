"""What an option moves most: the indicators and years that answer a question, or that there is nothing to tell.

A pure search over paired yearly values. Whoever tells the answer puts it into words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sinobel.analysis.leads import ordered
from sinobel.analysis.moved import moves_of
from sinobel.analysis.summary import quantiles
from sinobel.analysis.weighing import in_economy, weigh
from sinobel.analysis.worth import OUTPUT, Fact, Recorded, usual
from sinobel.inputs.indicators import all_indicators
from sinobel.runs.trajectories import Yearly

Stated = Mapping[str, Collection[str]]
"""Option -> indicators that it sets by definition."""
NONE: Stated = {}


def of_headlines(
    annual: Yearly,
    reference: str,
    recorded: Recorded,
    origin: int,
    years: Sequence[int] = (),
    stated: Stated = NONE,
) -> dict[str, list[Fact]]:
    """Facts by option among indicators that an answer may lead with; as `find`."""
    told = [name for name, each in all_indicators().items() if each.told]
    return find(annual, reference, recorded, origin, told, years=years, stated=stated, unasked=True)


def find(
    annual: Yearly,
    reference: str,
    recorded: Recorded,
    origin: int,
    candidates: Iterable[str],
    years: Sequence[int] = (),
    stated: Stated = NONE,
    *,
    unasked: bool = False,
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
    stated : Stated
        What each option sets by definition: it follows what comes of it.
    unasked : bool
        Nobody asked for the candidates by name: sums of money that are small for the country are not told.

    Returns
    -------
    dict[str, list[Fact]]
        Every option, also one that moves nothing that is large and sure enough. What acts in other years in each future
        moves no single one of them, and is told by sums over years.
    """
    names = [str(name) for name in next(iter(annual.values()))["scenario"].values if name != reference]
    found: dict[str, list[tuple[Fact, np.ndarray]]] = {name: [] for name in names}
    sums: dict[str, list[tuple[Fact, np.ndarray]]] = {name: [] for name in names}
    for moved in moves_of(annual, reference, recorded, origin, candidates, unasked=unasked):
        if fact := moved.shown(years):
            found[fact.option].append((fact, moved.change[moved.years.index(fact.year)]))
        elif not years and (summed := moved.summed()) and summed.material and summed.sure:
            sums[summed.option].append((summed, moved.total))
    return {option: ordered(facts or sums[option], stated.get(option, ())) for option, facts in found.items()}


def seldom(
    annual: Yearly,
    reference: str,
    recorded: Recorded,
    origin: int,
    found: Mapping[str, Sequence[Fact]],
    years: Sequence[int] = (),
    stated: Stated = NONE,
) -> dict[str, Fact]:
    """What options do in some futures, where nothing comes of them in most: whether a mine pays is seen in the former.

    Parameters
    ----------
    found : Mapping[str, Sequence[Fact]]
        What is told of every option, from `of_headlines`; only those are looked at that do nothing but what they state.
    years : Sequence[int]
        Years that may be told; all when empty.

    Returns
    -------
    dict[str, Fact]
        Of an option the change that comes in most futures; no option in which nothing comes in enough of them.
    """
    silent = [name for name, facts in found.items() if all(each.indicator in stated.get(name, ()) for each in facts)]
    told = {name: annual[name] for name, each in all_indicators().items() if each.told and name in annual}
    some = {name: values.sel(scenario=[reference, *silent]) for name, values in told.items()} if silent else {}
    most: dict[str, Fact] = {}
    for moved in moves_of(some, reference, recorded, origin, some, unasked=True):
        fact = moved.seldom(years)
        if fact and fact.indicator not in stated.get(fact.option, ()):
            most[fact.option] = max(most.get(fact.option, fact), fact, key=lambda each: each.often)
    return most


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
    for moved in moves_of(annual, reference, recorded, origin, names):
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
