"""Bands of an ensemble: mean and quantiles over draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sinobel.analysis.experience import LEVELS as BEYOND_RECORD
from sinobel.analysis.experience import LEVERS as BEYOND_LEVERS
from sinobel.analysis.experience import NOTHING, Experience
from sinobel.analysis.rows import Row, column
from sinobel.runs.trajectories import BANDS, LEVELS, Yearly, with_pairs

if TYPE_CHECKING:
    import xarray as xr

INTERVALS = {90: ("p05", "p95"), 80: ("p10", "p90"), 50: ("p25", "p75")}


def quantiles(values: np.ndarray, levels: tuple[float, ...] = LEVELS) -> np.ndarray:
    """Quantiles over the last axis, linear between neighbors; the result has the levels as its last axis.

    Values that are not numbers (a ratio without a denominator) are left out; without any, the result is not a number.
    """
    ordered = np.sort(values, axis=-1)  # NaN goes to the end
    if not np.isnan(ordered[..., -1]).any():
        return _between(ordered, levels)
    count = np.sum(~np.isnan(ordered), axis=-1)
    top = np.maximum(count - 1, 0)
    result = []
    for level in levels:
        place = level * top
        low = np.floor(place).astype(int)
        high = np.minimum(low + 1, top)
        part = place - low
        below = np.take_along_axis(ordered, low[..., None], axis=-1)[..., 0]
        above = np.take_along_axis(ordered, high[..., None], axis=-1)[..., 0]
        result.append(below + part * (above - below))
    return np.stack(result, axis=-1)


def _between(ordered: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
    """Quantiles of numbers that are in order along the last axis, none of them missing."""
    places = np.array(levels) * (ordered.shape[-1] - 1)
    low = np.floor(places).astype(int)
    below, above = ordered[..., low], ordered[..., np.minimum(low + 1, ordered.shape[-1] - 1)]
    result: np.ndarray = below + (places - low) * (above - below)
    return result


def bands(values: np.ndarray) -> np.ndarray:
    """Mean and quantiles over the last axis, in the order of BANDS as the new last axis."""
    total = values.sum(axis=-1)
    if not np.isnan(total).any():
        return np.concatenate([(total / np.float64(values.shape[-1]))[..., None], quantiles(values)], axis=-1)
    finite = ~np.isnan(values)
    count = np.maximum(finite.sum(axis=-1), 1)
    mean = np.where(finite, values, 0.0).sum(axis=-1) / count
    mean = np.where(finite.any(axis=-1), mean, np.nan)
    return np.concatenate([mean[..., None], quantiles(values)], axis=-1)


def by_year(variable: xr.DataArray, scenario: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Years, and the bands of an indicator in a scenario by name."""
    place = list(variable["scenario"].values).index(scenario)
    found = bands(variable.variable.transpose("scenario", "year", "draw").values[place])
    return variable["year"].values, {name: found[:, index] for index, name in enumerate(BANDS)}


class Summary:
    """Bands of an ensemble by indicator and scenario: made once of its yearly values, and handed to whoever tells them.

    Parameters
    ----------
    yearly : Yearly
        Indicator -> dims (scenario, draw, year); pairs of them are made where they are asked for.
    """

    def __init__(self, yearly: Yearly):
        self.yearly = with_pairs(yearly)
        self._bands: dict[tuple[str, ...], dict[str, np.ndarray]] = {}

    def __contains__(self, indicator: str) -> bool:
        return indicator in self.yearly

    def __iter__(self) -> Iterator[str]:
        return iter(self.yearly)

    def __getitem__(self, indicator: str) -> xr.DataArray:
        return self.yearly[indicator]

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios, in their order."""
        return [str(name) for name in self._first["scenario"].values]

    @property
    def years(self) -> np.ndarray:
        """Simulated years."""
        years: np.ndarray = self._first["year"].values
        return years

    @property
    def _first(self) -> xr.DataArray:
        return next(iter(self.yearly.values()))

    def bands(self, indicator: str, scenario: str) -> dict[str, np.ndarray]:
        """Mean and quantiles of an indicator in a scenario, band -> (years,)."""
        key = indicator, scenario
        if key not in self._bands:
            self._bands[key] = by_year(self.yearly[indicator], scenario)[1]
        return self._bands[key]

    def change(self, indicator: str, scenario: str, reference: str) -> dict[str, np.ndarray]:
        """Mean and quantiles of the paired differences of an indicator from a reference, band -> (years,)."""
        key = indicator, scenario, reference
        if key not in self._bands:
            variable = self.yearly[indicator]
            difference = variable.sel(scenario=scenario) - variable.sel(scenario=reference, drop=True)
            found = bands(difference.transpose("year", "draw").values)
            self._bands[key] = {name: found[:, index] for index, name in enumerate(BANDS)}
        return self._bands[key]


@dataclass(frozen=True, eq=False)
class SummaryRow(Row):
    """Bands of an indicator in a scenario and year."""

    scenario: str = column("name of the scenario")
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
    beyond_record: float | None = column(BEYOND_RECORD)
    beyond_levers: str = column(BEYOND_LEVERS)


def rows(summary: Summary, seen: Experience = NOTHING, also: Sequence[str] = ()) -> list[SummaryRow]:
    """Bands of every indicator, scenario and year as rows of a tidy table, with what lies beyond experience.

    Parameters
    ----------
    also : Sequence[str]
        Pairs of indicators that are told besides.
    """
    table = []
    for name in (*summary, *also):
        variable = summary[name]
        years = [int(year) for year in variable["year"].values]
        every = variable.transpose("scenario", "year", "draw").values
        for scenario, values in zip(summary.scenarios, every, strict=True):
            found = summary.bands(name, scenario)
            beyond = seen.share_beyond(name, values)
            for index, year in enumerate(years):
                bands_of_year = {band: float(values[index]) for band, values in found.items()}
                row = SummaryRow(
                    scenario=scenario,
                    indicator=name,
                    year=year,
                    unit=variable.attrs["units"],
                    beyond_record=None if beyond is None else float(beyond[index]),
                    beyond_levers=seen.levers_by(year, scenario),
                    **bands_of_year,
                )
                table.append(row)
    return table
