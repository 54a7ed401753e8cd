"""Trajectories: what was recorded, as years and as labeled datasets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.indicators import RECORDED_PER_YEAR, all_indicators, ratios
from sinobel.inputs.pairs import Pair, WithPairs

if TYPE_CHECKING:
    import xarray as xr

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
BANDS = ("mean", *(f"p{round(100 * level):02d}" for level in LEVELS))
"""Names of what is kept of an ensemble: its mean and quantiles over draws."""


def to_years(names: Sequence[str], values: np.ndarray) -> dict[str, np.ndarray]:
    """Yearly values of recorded indicators and of the ratios among them, each as declared.

    returns name -> (years, draws)

    Parameters
    ----------
    names : Sequence[str]
        Recorded indicators, the first axis of `values`.
    values : np.ndarray
        (indicators, months, draws), whole years from January.
    """
    known = all_indicators()
    result = {}
    for name, monthly in zip(names, values, strict=True):
        by_month = [monthly[month::RECORDED_PER_YEAR] for month in range(RECORDED_PER_YEAR)]
        result[name] = fold(by_month, known[name].annual)
    for name, indicator in known.items():
        if indicator.ratio and all(part in result for part in indicator.ratio):
            result[name] = ratios(name, result, yearly=True)
    return result


def fold(by_month: Sequence[np.ndarray], how: str) -> np.ndarray:
    """A year made of its twelve months as an indicator declares: sum, mean, max, or the last of them.

    Months are added in order, so that the last bit of a draw does not depend on how arrays are cut.
    """
    if how == "last":
        return by_month[-1].copy()
    total = by_month[0].copy()
    for month in by_month[1:]:
        total = np.maximum(total, month) if how == "max" else total + month
    return total / len(by_month) if how == "mean" else total


LOAN_MEASURES = (
    "signed",
    "drawn_before",
    "drawn",
    "undrawn",
    "tied_before",
    "tied",
    "overpaid",
    "principal_before",
    "principal",
    "revalued",
    "outstanding",
    "interest_before",
    "interest",
    "called",
    "fails",
    "yields",
    "sector",
    "instrument",
    "effective_cost",
    "grant_element",
)
"""What is kept of the life of every Chinese loan, in USD mn but for two places in lists and two fractions at the end.

signed          committed; of it `drawn_before` the origin, `drawn` since, `undrawn` at the horizon, the rest lapsed
tied            money drawn for tied goods since the origin, `tied_before` to it; `overpaid` is what both cost too much
principal       repaid since the origin, `principal_before` to it; what is drawn is repaid, `outstanding` or `revalued`
interest        paid since the origin, `interest_before` to it; `called` is what the budget paid of guaranteed service
fails           1 where the project fails, 0 where it works or nothing is signed
yields          output and gas saved in a year, of what stood in the last January, the mine's tonnes apart
sector          place in SECTORS, instrument in INSTRUMENTS; -1 where nothing is signed or the record does not say
effective_cost  with the price of tied goods, a year; grant_element at the discount rate of the parameters
"""
Loans = Mapping[str, np.ndarray]
"""Lives of the Chinese loans of a scenario by name, each (measures, draws), the measures being LOAN_MEASURES."""
UNTIED = "untied"
"""Name of the untied Chinese credit among the loans."""


# --- labeled datasets -----------------------------------------------------------------------------------------------


def month_stamps(origin: int, horizon: int) -> np.ndarray:
    """First days of the simulated months, as the time coordinate of a dataset."""
    return np.array([f"{months.label(month)}-01" for month in range(origin + 1, horizon + 1)], dtype="datetime64[ns]")


def attributes(name: str, *, yearly: bool) -> dict[str, str]:
    """What every variable of a dataset carries: units, long name, kind, source."""
    indicator = all_indicators()[name]
    carried = {
        "units": indicator.yearly_unit if yearly else indicator.monthly_unit,
        "long_name": indicator.label,
        "kind": indicator.kind,
        "annual": indicator.annual,
        "source": "sinobel simulation; evidence " + ", ".join(indicator.evidence),
    }
    optional = {"sign": indicator.sign, "identity": indicator.identity, "record": indicator.record or ""}
    return carried | {key: value for key, value in optional.items() if value}


def dataset(
    names: Sequence[str],
    recorded: Sequence[str],
    values: Sequence[np.ndarray] | np.ndarray,
    *,
    scenarios: Sequence[str] | None,
    span: tuple[int, int],
    manifest: Mapping[str, Any],
) -> xr.Dataset:
    """Monthly values as a labeled dataset, dims (draw, time), or (scenario, draw, time) for several scenarios.

    Parameters
    ----------
    names : Sequence[str]
        Indicators to show, ratios among them.
    recorded : Sequence[str]
        Indicators on the first axis of each array of `values`.
    values : Sequence[np.ndarray]
        One array (indicators, months, draws) per scenario, or one for all, which is not copied.
    span : tuple[int, int]
        Months of the origin and of the horizon.
    """
    import xarray as xr

    known = all_indicators()
    together = values if isinstance(values, np.ndarray) else values[0][None] if scenarios is None else np.stack(values)
    stacked: np.ndarray = together  # (scenario, indicator, month, draw)
    by_name = {name: stacked[:, row].swapaxes(1, 2) for row, name in enumerate(recorded)}
    dims = ("draw", "time") if scenarios is None else ("scenario", "draw", "time")
    variables = {}
    for name in names:
        content = ratios(name, by_name, yearly=False) if known[name].ratio else by_name[name]
        content = content[0] if scenarios is None else content
        variables[name] = (dims, content, attributes(name, yearly=False))
    coordinates: dict[str, Any] = {
        "draw": np.arange(stacked.shape[-1]) + int(manifest.get("first_draw", 0)),
        "time": month_stamps(*span),
    }
    if scenarios is not None:
        coordinates["scenario"] = list(scenarios)
    return xr.Dataset(variables, coordinates, described(manifest))


def described(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of a dataset: a line for people, and the manifest for machines."""
    titles = ", ".join(entry["name"] for entry in manifest.get("scenarios", []))
    return {
        "title": f"sinobel: {titles}",
        "vintage": str(manifest.get("vintage", "")),
        "manifest": json.dumps(manifest, sort_keys=True),
    }


CALENDAR_YEAR = "calendar year"
"""Name of the years of a run: what was grouped by year in another way has none."""


def dataset_of_years(
    names: Sequence[str],
    values: np.ndarray,
    *,
    scenarios: Sequence[str] | None,
    span: tuple[int, int],
    manifest: Mapping[str, Any],
) -> xr.Dataset:
    """Yearly values as a labeled dataset, dims (draw, year), or (scenario, draw, year) for several scenarios.

    Parameters
    ----------
    values : np.ndarray
        (scenarios, indicators, years, draws), the indicators being `names`; not copied.
    span : tuple[int, int]
        Months of the origin and of the horizon.
    """
    import xarray as xr

    first, last = (months.year(month) for month in span)
    dims = ("draw", "year") if scenarios is None else ("scenario", "draw", "year")
    sheets = values[0][None] if scenarios is None else values
    by_name = {name: sheets[:, row].swapaxes(1, 2) for row, name in enumerate(names)}
    variables = {
        name: (dims, content[0] if scenarios is None else content, attributes(name, yearly=True))
        for name, content in by_name.items()
    }
    coordinates: dict[str, Any] = {
        "draw": np.arange(values.shape[-1]) + int(manifest.get("first_draw", 0)),
        "year": ("year", np.arange(first + 1, last + 1), {"long_name": CALENDAR_YEAR}),
    }
    if scenarios is not None:
        coordinates["scenario"] = list(scenarios)
    return xr.Dataset(variables, coordinates, described(manifest))


Yearly = Mapping[str, "xr.DataArray"]
"""Yearly values by indicator, each with dims (scenario, draw, year): what every analysis takes."""


def yearly_axes(scenarios: Sequence[str], draws: int, first_draw: int, span: tuple[int, int]) -> xr.DataArray:
    """What the yearly values of a run have in common, dims (scenario, draw, year), without any value.

    Made once for all indicators, since making its indexes takes far longer than fetching values.

    Parameters
    ----------
    span : tuple[int, int]
        Months of the origin and of the horizon.
    """
    import xarray as xr

    years = np.arange(months.year(span[0]) + 1, months.year(span[1]) + 1)
    coordinates = {"scenario": list(scenarios), "draw": np.arange(draws) + first_draw, "year": years}
    nothing = np.broadcast_to(np.nan, (len(scenarios), draws, len(years)))
    return xr.DataArray(nothing, coordinates, ("scenario", "draw", "year"))


def yearly_array(name: str, values: np.ndarray, axes: xr.DataArray) -> xr.DataArray:
    """Yearly values of an indicator as a labeled array, dims (scenario, draw, year), on the axes of `yearly_axes`."""
    made = axes.copy(deep=False, data=values)
    made.attrs = dict(attributes(name, yearly=True))
    return made


def yearly_dataset(yearly: Yearly, manifest: Mapping[str, Any]) -> xr.Dataset:
    """Yearly values of all indicators as one dataset, in single precision."""
    import xarray as xr

    return xr.Dataset({name: yearly[name].astype(np.float32) for name in yearly}, attrs=described(manifest))


def columns_of(yearly: xr.Dataset) -> Yearly:
    """A yearly dataset as what analyses take."""
    return {str(name): variable for name, variable in yearly.data_vars.items()}


def band_dataset(
    values: Mapping[str, np.ndarray], *, scenarios: Sequence[str], span: tuple[int, int], manifest: Mapping[str, Any]
) -> xr.Dataset:
    """Monthly bands over draws as a labeled dataset, dims (scenario, time, band).

    Parameters
    ----------
    values : Mapping[str, np.ndarray]
        Name -> (scenarios, months, bands), in the order of BANDS.
    span : tuple[int, int]
        Months of the origin and of the horizon.
    """
    import xarray as xr

    coordinates = {"scenario": list(scenarios), "time": month_stamps(*span), "band": list(BANDS)}
    dims = ("scenario", "time", "band")
    variables = {name: (dims, content, attributes(name, yearly=False)) for name, content in values.items()}
    return xr.Dataset(variables, coordinates, described(manifest))


def with_pairs(yearly: Yearly) -> Yearly:
    """Yearly values that also have what two indicators make, where somebody asks for "debt_to_china / gdp"."""
    return yearly if isinstance(yearly, WithPairs) else WithPairs(yearly, _pair)


def _pair(pair: Pair, first: xr.DataArray, second: xr.DataArray) -> xr.DataArray:
    made: xr.DataArray = pair.of(first, second)
    return made.assign_attrs(attributes(str(pair), yearly=True))
