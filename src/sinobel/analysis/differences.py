"""Paired differences: what a policy changes, draw by draw, against a reference scenario on the same futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sinobel.analysis.experience import LEVERS, NOTHING, Experience
from sinobel.analysis.outcomes import discount_factors
from sinobel.analysis.rows import Row, column
from sinobel.analysis.summary import bands, quantiles
from sinobel.runs.trajectories import BANDS, Yearly

if TYPE_CHECKING:
    import xarray as xr

    from sinobel.inputs.objectives import Objectives

ROUNDING = 1e-6
"""Differences below this share of the mean size of an indicator are rounding and count as none."""
SUMS = (0.10, 0.50, 0.90)


def paired(variable: xr.DataArray, reference: str) -> xr.DataArray:
    """Differences of an indicator in every other scenario from a reference, draw by draw.

    Parameters
    ----------
    variable : xr.DataArray
        Dims (scenario, draw, year); the result has the same without the reference.

    Raises
    ------
    KeyError
        When the reference is not among the scenarios.
    """
    base = variable.sel(scenario=reference, drop=True)
    others = [name for name in variable["scenario"].values if name != reference]
    return (variable.sel(scenario=others) - base).assign_attrs(variable.attrs)


def changes(variable: xr.DataArray, reference: str) -> tuple[list[str], np.ndarray]:
    """Names of the other scenarios, and their paired differences with rounding taken as none.

    Returns
    -------
    tuple[list[str], np.ndarray]
        names, (scenarios, years, draws).
    """
    values = np.asarray(variable.transpose("scenario", "year", "draw").values)
    names = [str(name) for name in variable["scenario"].values]
    base = values[names.index(reference)]
    size = np.nan_to_num(np.abs(base)).mean(axis=-1, keepdims=True)
    others = [name for name in names if name != reference]
    found = values[[names.index(name) for name in others]] - base
    found[np.abs(found) <= ROUNDING * size] = 0.0
    return others, found


def cumulative(difference: np.ndarray, years: np.ndarray, rate: float) -> np.ndarray:
    """Discounted sum of differences from the first year, hence from the first change, to each year.

    Parameters
    ----------
    difference : np.ndarray
        (..., years, draws) of a flow; the first simulated year counts in full.
    """
    return np.cumsum(difference * discount_factors(years, rate)[:, None], axis=-2)


def credible_from(signs: Sequence[int], years: Sequence[int]) -> int | None:
    """First year from which a difference is credible, on one side, in every year to the horizon; None for never.

    Parameters
    ----------
    signs : Sequence[int]
        1 or -1 in years whose central 90 % range lies above or below 0, else 0.
    """
    start = len(years)
    while start and signs[start - 1] == signs[-1]:
        start -= 1
    return years[start] if signs[-1] else None


def directions(objectives: Objectives | None) -> dict[str, dict[str, float]]:
    """Country -> indicator -> 1 where it wants more of it, -1 where less; the weightiest objective decides."""
    if objectives is None:
        return {}
    signs: dict[str, dict[str, float]] = {each.country: {} for each in objectives.values()}
    for country, wanted in signs.items():
        most: dict[str, float] = {}
        for position in objectives.positions(country):
            for short, (_, middle, _) in position.weights.items():
                most[short] = most.get(short, 0.0) + middle
        for each in sorted(objectives.weighing, key=lambda objective: most.get(objective.short, 0.0)):
            if each.country == country:
                wanted[each.indicator] = each.sign
    return signs


@dataclass(frozen=True, eq=False)
class DifferenceRow(Row):
    """Paired differences of an indicator in a scenario and year: their bands, how often, for whom, in sum."""

    scenario: str = column("name of the scenario")
    against: str = column("scenario it is compared with, draw by draw")
    indicator: str = column("what is reported; `sinobel explain NAME` tells what it means and where it comes from")
    year: int = column("calendar year; flows are summed over it, stocks are its end, prices are its mean, as declared")
    unit: str = column("unit of the numbers of the row")
    mean: float = column("mean over draws")
    p05: float = column("quantiles over draws: 5, 10, 25, 50, 75, 90 and 95 %", listed="p05 … p95")
    p10: float = column()
    p25: float = column()
    p50: float = column()
    p75: float = column()
    p90: float = column()
    p95: float = column()
    share_higher: float = column(
        "share of draws in which the scenario raises or lowers it; the rest is unchanged",
        listed="share_higher, share_lower",
    )
    share_lower: float = column()
    better_for: Mapping[str, float | None] = column(
        "share of draws in which the change is what the country wants; blank where no objective of its looks at the "
        "indicator",
        listed="better_for_COUNTRY",
        each="better_for_{}",
    )
    sum_p10: float | None = column(
        "quantiles over draws of the discounted sum of differences to that year; blank for what is no flow",
        listed="sum_p10 … sum_p90",
    )
    sum_p50: float | None = column()
    sum_p90: float | None = column()
    beyond_levers: str = column(LEVERS)


@dataclass(frozen=True, eq=False)
class EffectRow(Row):
    """The effect of an option on an indicator: since when, and how much at the horizon."""

    scenario: str = column("name of the scenario")
    against: str = column("scenario it is compared with, draw by draw")
    indicator: str = column("what is reported; `sinobel explain NAME` tells what it means and where it comes from")
    unit: str = column("unit of the numbers of the row")
    changes_from: int | str = column("first year in which any draw differs by more than rounding")
    credible_from: int | str = column(
        "first year from which the central 90 % range of differences stays on one side of 0 to the horizon, or never"
    )
    credible_years: int = column("years in which the range is off 0, whether or not it stays")
    horizon: int = column("last year: the one the quantiles and shares of the row are of")
    p10: float = column()
    p50: float = column()
    p90: float = column()
    share_higher: float = column()
    share_lower: float = column()
    better_for: Mapping[str, float | None] = column(listed="better_for_COUNTRY", each="better_for_{}")
    sum_p10: float | None = column()
    sum_p50: float | None = column()
    sum_p90: float | None = column()
    beyond_levers: str = column()


def rows(
    yearly: Yearly,
    reference: str,
    objectives: Objectives | None = None,
    rate: float = 0.0,
    seen: Experience = NOTHING,
    *,
    also: Sequence[str] = (),
) -> list[DifferenceRow]:
    """Paired differences by scenario, indicator and year, as a tidy table: their bands, how often, for whom, in sum.

    `share_higher` and `share_lower` count draws; what is left is unchanged.

    Parameters
    ----------
    objectives : Objectives | None
        Whose directions say for whom a change is better (`better_for_COUNTRY`, a share of draws)
    rate : float
        Discount rate a year of the sums of flows, `sum_p10` … `sum_p90`.
    seen : Experience
        Which levers scenarios set beyond experience.
    also : Sequence[str]
        Pairs of indicators that are told besides.
    """
    table: list[DifferenceRow] = []
    wanted = directions(objectives)
    for name in (*yearly, *also):
        variable = yearly[name]
        years = variable["year"].values
        others, difference = changes(variable, reference)
        quantiles_of = bands(difference.astype(np.float32))  # sorts twice as fast, and seven digits are told
        higher, lower = share(difference > 0), share(difference < 0)
        sums = None
        if variable.attrs.get("kind") == "flow":
            sums = quantiles(cumulative(difference, years, rate).astype(np.float32), SUMS)
        for index, scenario in enumerate(others):
            for step, year in enumerate(years):
                bands_of_year: dict[str, float] = dict(zip(BANDS, quantiles_of[index, step].tolist(), strict=True))
                low, middle, high = (None, None, None) if sums is None else map(float, sums[index, step])
                row = DifferenceRow(
                    scenario=scenario,
                    against=reference,
                    indicator=name,
                    year=int(year),
                    unit=variable.attrs["units"],
                    share_higher=float(higher[index, step]),
                    share_lower=float(lower[index, step]),
                    better_for=_better(wanted, name, higher[index, step], lower[index, step]),
                    sum_p10=low,
                    sum_p50=middle,
                    sum_p90=high,
                    beyond_levers=seen.levers_by(int(year), scenario, reference),
                    **bands_of_year,
                )
                table.append(row)
    return table


def effects(table: Sequence[DifferenceRow]) -> list[EffectRow]:
    """One row per option and indicator: since when it changes, since when credibly, and how much at the horizon.

    `credible_from` is the first year from which the central 90 % range stays off 0, on one side, to the horizon, or
    "never"; `credible_years` counts all years with a range off 0.

    Parameters
    ----------
    table : Sequence[DifferenceRow]
        Of `rows`.
    """
    paths: dict[tuple[str, str], list[DifferenceRow]] = {}
    for row in table:
        paths.setdefault((row.scenario, row.indicator), []).append(row)
    return [_effect(path) for path in paths.values()]


def _effect(path: Sequence[DifferenceRow]) -> EffectRow:
    """The effect on one indicator, from its years."""
    last = path[-1]
    signs = [(row.p05 > 0) - (row.p95 < 0) for row in path]
    changed = [row.year for row in path if row.share_higher or row.share_lower]
    return EffectRow(
        scenario=last.scenario,
        against=last.against,
        indicator=last.indicator,
        unit=last.unit,
        changes_from=changed[0] if changed else "never",
        credible_from=credible_from(signs, [row.year for row in path]) or "never",
        credible_years=sum(map(bool, signs)),
        horizon=last.year,
        p10=last.p10,
        p50=last.p50,
        p90=last.p90,
        share_higher=last.share_higher,
        share_lower=last.share_lower,
        better_for=last.better_for,
        sum_p10=last.sum_p10,
        sum_p50=last.sum_p50,
        sum_p90=last.sum_p90,
        beyond_levers=last.beyond_levers,
    )


def share(true: np.ndarray) -> np.ndarray:
    """Share of draws (last axis) for which something holds."""
    result: np.ndarray = true.mean(axis=-1)
    return result


def _better(
    wanted: Mapping[str, Mapping[str, float]], name: str, higher: float, lower: float
) -> dict[str, float | None]:
    """Share of draws in which a change is better for each country; None where it declares no direction."""
    sides = {country: found.get(name) for country, found in wanted.items()}
    return {country: None if side is None else float(higher if side > 0 else lower) for country, side in sides.items()}
