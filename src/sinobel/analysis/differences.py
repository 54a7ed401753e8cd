"""Paired differences: what a policy changes, draw by draw, against a reference scenario on the same futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.analysis.outcomes import discount_factors
from sinobel.analysis.summary import bands, quantiles
from sinobel.runs.trajectories import BANDS, Yearly

if TYPE_CHECKING:
    import xarray as xr

    from sinobel.inputs.objectives import Objective

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


def directions(objectives: Mapping[str, Objective]) -> dict[str, dict[str, float]]:
    """Country -> indicator -> 1 where it wants more of it, -1 where less; the weightiest objective decides."""
    found: dict[str, dict[str, float]] = {each.country: {} for each in objectives.values()}
    for each in sorted(objectives.values(), key=lambda objective: objective.weight):
        if each.weight > 0:
            found[each.country][each.indicator] = each.sign
    return found


def rows(
    yearly: Yearly, reference: str, objectives: Mapping[str, Objective] | None = None, rate: float = 0.0
) -> list[dict[str, object]]:
    """Paired differences by scenario, indicator and year, as a tidy table: their bands, how often, for whom, in sum.

    `share_higher` and `share_lower` count draws; what is left is unchanged.

    Parameters
    ----------
    objectives : Mapping[str, Objective] | None
        Whose directions say for whom a change is better (`better_for_COUNTRY`, a share of draws)
    rate : float
        Discount rate a year of the sums of flows, `sum_p10` … `sum_p90`.
    """
    table: list[dict[str, object]] = []
    wanted = directions(objectives or {})
    for name in yearly:
        variable = yearly[name]
        years = variable["year"].values
        others, difference = changes(variable, reference)
        found = bands(difference.astype(np.float32))  # sorts twice as fast, and seven digits are told
        higher, lower = share(difference > 0), share(difference < 0)
        sums = None
        if variable.attrs.get("kind") == "flow":
            sums = quantiles(cumulative(difference, years, rate).astype(np.float32), SUMS)
        for place, scenario in enumerate(others):
            for step, year in enumerate(years):
                entry: dict[str, object] = {
                    "scenario": scenario,
                    "against": reference,
                    "indicator": name,
                    "year": int(year),
                    "unit": variable.attrs["units"],
                }
                entry |= dict(zip(BANDS, found[place, step].tolist(), strict=True))
                entry |= {"share_higher": float(higher[place, step]), "share_lower": float(lower[place, step])}
                entry |= _better(wanted, name, higher[place, step], lower[place, step])
                table.append(entry | _sums(sums if sums is None else sums[place, step]))
    return table


def effects(table: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """One row per option and indicator: since when it changes, since when credibly, and how much at the horizon.

    `credible_from` is the first year from which the central 90 % range stays off 0, on one side, to the horizon, or
    "never"; `credible_years` counts all years with a range off 0.

    Parameters
    ----------
    table : Sequence[Mapping[str, Any]]
        Of `rows`.
    """
    paths: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in table:
        paths.setdefault((row["scenario"], row["indicator"]), []).append(row)
    return [_effect(path) for path in paths.values()]


def _effect(path: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """The effect on one indicator, from its years."""
    last = path[-1]
    signs = [(row["p05"] > 0) - (row["p95"] < 0) for row in path]
    years = [row["year"] for row in path]
    changed = [row["year"] for row in path if row["share_higher"] or row["share_lower"]]
    entry = {key: last[key] for key in ("scenario", "against", "indicator", "unit")}
    entry |= {
        "changes_from": changed[0] if changed else "never",
        "credible_from": credible_from(signs, years) or "never",
        "credible_years": sum(map(bool, signs)),
        "horizon": last["year"],
    }
    kept = ("p10", "p50", "p90", "share_higher", "share_lower")
    return entry | {key: value for key, value in last.items() if key in kept or key.startswith(("better_for", "sum_"))}


def share(true: np.ndarray) -> np.ndarray:
    """Share of draws (last axis) for which something holds."""
    result: np.ndarray = true.mean(axis=-1)
    return result


def _better(wanted: Mapping[str, Mapping[str, float]], name: str, higher: float, lower: float) -> dict[str, object]:
    """Share of draws in which a change is better for each country; None where it declares no direction."""
    sides = {country: found.get(name) for country, found in wanted.items()}
    return {
        f"better_for_{country}": None if side is None else float(higher if side > 0 else lower)
        for country, side in sides.items()
    }


def _sums(values: np.ndarray | None) -> dict[str, object]:
    """Bands of a sum over years; None for what cannot be summed."""
    return {
        f"sum_p{round(100 * level)}": None if values is None else float(values[place])
        for place, level in enumerate(SUMS)
    }
