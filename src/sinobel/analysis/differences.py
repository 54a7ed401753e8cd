"""Paired differences: what a policy changes, draw by draw, against a reference scenario on the same futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.analysis.summary import by_year
from sinobel.trajectories import Yearly

if TYPE_CHECKING:
    import xarray as xr


def paired(variable: xr.DataArray, reference: str) -> xr.DataArray:
    """Differences of an indicator in every other scenario from a reference, draw by draw.

    variable  dims (scenario, draw, year); the result has the same without the reference
    Raises KeyError when the reference is not among the scenarios.
    """
    base = variable.sel(scenario=reference, drop=True)
    others = [name for name in variable["scenario"].values if name != reference]
    return (variable.sel(scenario=others) - base).assign_attrs(variable.attrs)


def rows(yearly: Yearly, reference: str) -> list[dict[str, object]]:
    """Bands of paired differences, and how often a policy raises or lowers an indicator, as a tidy table.

    `share_higher` and `share_lower` count draws; what is left is unchanged.
    """
    table = []
    for name in yearly:
        difference = paired(yearly[name], reference)
        for scenario in difference["scenario"].values:
            years, found = by_year(difference, scenario)
            values = difference.sel(scenario=scenario).transpose("year", "draw").values
            higher, lower = share(values > 0), share(values < 0)
            for place, year in enumerate(years):
                entry: dict[str, object] = {
                    "scenario": str(scenario), "against": reference, "indicator": name, "year": int(year),
                    "unit": difference.attrs["units"],
                }  # fmt: skip
                entry |= {band: float(values[place]) for band, values in found.items()}
                table.append(entry | {"share_higher": float(higher[place]), "share_lower": float(lower[place])})
    return table


def share(true: np.ndarray) -> np.ndarray:
    """Share of draws (last axis) for which something holds."""
    return true.mean(axis=-1)
