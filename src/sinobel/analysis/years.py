"""Years made of the months of a dataset, whatever its user has done to it: what cannot be years any more is refused.

The year of an indicator is made draw by draw: the sum of twelve monthly quantiles is no quantile of the year, the ratio
of two means is not the mean of a ratio. So a dataset must still hold draws, months and what each variable says of
itself. xarray carries attributes through nearly all it does, so they prove little; ratios prove more, for hardly
anything done to months leaves a ratio that of its parts.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.inputs.indicators import RECORDED_PER_YEAR, all_indicators, ratios
from sinobel.inputs.reading import InputError, quoted, with_article
from sinobel.runs import trajectories
from sinobel.runs.trajectories import attributes, fold

if TYPE_CHECKING:
    import xarray as xr

FOLDS = ("sum", "mean", "last", "max")
"""How a year may be made of its months: what a variable's attribute `annual` says."""
STATISTICS = ("quantile", "band")
"""Dims and coordinates that only statistics over draws have."""
SAME = 1e-4
"""Relative difference up to which a ratio is that of its parts; results files keep single precision."""


def annual(monthly: xr.Dataset) -> xr.Dataset:
    """Yearly values of a monthly dataset: flows summed, stocks at year end, prices averaged, each as declared.

    A variable of your own becomes years when it says how, with an attribute `annual` ("sum", "mean", "last" or "max")
    and a `long_name` of its own: xarray copies the attributes of what it was made from, which are no word about it.
    One that says nothing is left out with a UserWarning, since the rest is right without it.

    Take years first in these cases, then reckon with them. What no attribute and no ratio betrays, such as a
    running mean of a dataset without ratios, cannot be told from a run.

    Parameters
    ----------
    monthly : xr.Dataset
        Dataset of `sinobel.run` or `sinobel.compare`: dims in any order, any draws of it, any whole calendar years in
        any order; more dims of your own are carried along.

    Returns
    -------
    xr.Dataset
        The same with dim `year` instead of `time`, years in order. A run that kept its years is returned as it is.

    Raises
    ------
    InputError
        For everything whose years would be wrong numbers: means, quantiles or other statistics over draws, parts of a
        year, months that stand twice, indicators without the attributes of a run, ratios that are not those of their
        parts (differences of runs, running means), a ratio without its parts, one variable, years.

    Examples
    --------
    >>> import sinobel
    >>> yearly = sinobel.annual(sinobel.run("baseline", draws=4, horizon="2018-12"))
    >>> dict(yearly.sizes)
    {'draw': 4, 'year': 2}
    """
    if _is_annual(monthly):
        return monthly
    yearly, undeclared = _annual(monthly)
    if undeclared:
        example = f'dataset[{undeclared[0]!r}].attrs = {{"annual": "sum", "long_name": "…", "units": "…"}}'
        warnings.warn(
            f"left out of the yearly values, because nothing says how their years are made: {_listed(undeclared)}; "
            f"say it, for example {example} (or {', '.join(FOLDS[1:])})",
            stacklevel=2,
        )
    return yearly


def comparison(results: Any, asking: str) -> xr.Dataset:
    """Yearly values of a comparison, dims (scenario, draw, year), from its months or its years.

    Parameters
    ----------
    asking : str
        Function that was called with it, for messages.

    Raises
    ------
    InputError
        As `annual`, and for what holds one scenario, or years that `annual` has not made.
    """
    require_dataset(results, asking)
    if "scenario" not in results.dims:
        raise InputError("this dataset holds one scenario; a choice needs several, from sinobel.compare")
    if "year" not in results.dims or "time" in results.dims:
        results, _ = _annual(results, asking)
    _require_draws(results)
    results = results if "draw" in results.dims else results.expand_dims("draw")
    if "year" not in results.coords:
        raise InputError("the dim year has no coordinate that says which years these are")
    _require_distinct(results["year"].values, "year")
    _require_distinct(results["scenario"].values, "scenario")
    dims = ("scenario", "draw", "year")
    yearly = results[[name for name in results.data_vars if name in all_indicators()]]
    for name, variable in yearly.data_vars.items():
        _require_declared(str(name), variable, yearly=True)
        if set(variable.dims) != set(dims):
            raise InputError(
                f"{asking} takes the dims {', '.join(dims)}; {name} has {_listed(variable.dims)}: choose one entry of "
                "every other dim, and keep these"
            )
    result: xr.Dataset = yearly.sortby("year").transpose(*dims)
    return result


def _annual(monthly: Any, asking: str = "annual") -> tuple[xr.Dataset, list[str]]:
    """The years of a dataset, and the names of its variables that nothing is declared of."""
    import xarray as xr

    require_dataset(monthly, asking)
    _require_months(monthly, asking)
    _require_draws(monthly)
    if (np.diff(monthly["time"].values) < np.timedelta64(0)).any():
        monthly = monthly.sortby("time")  # a copy, which a large dataset in order is spared
    years = _whole_years(monthly["time"].values)
    stamped = ("year", years, {"long_name": trajectories.CALENDAR_YEAR})
    indicators = all_indicators()
    undeclared = [
        str(name) for name, each in monthly.data_vars.items() if name not in indicators and not _declared(each)
    ]
    kept = {str(name): each for name, each in monthly.data_vars.items() if str(name) not in undeclared}
    if not kept:
        raise InputError(f"no variable of the dataset says how a year is made of its months: {_listed(undeclared)}")
    for name, variable in kept.items():
        _require_own_dims(name, variable, monthly)
        if name in indicators:
            _require_declared(name, variable, yearly=False)
    folded = {
        name: _folded(each) for name, each in kept.items() if name not in indicators or not indicators[name].ratio
    }
    variables = {name: folded[name] if name in folded else _yearly_ratio(name, kept, folded) for name in kept}
    coordinates = {name: each for name, each in monthly.coords.items() if "time" not in each.dims}
    yearly = xr.Dataset(variables, coordinates, monthly.attrs).assign_coords(year=stamped)
    return yearly, undeclared


def _is_annual(given: Any) -> bool:
    """True for the years of a run: those of `annual`, or of a run that kept its years."""
    import xarray as xr

    if not isinstance(given, xr.Dataset) or "time" in given.dims or not {"year", "draw"} <= set(given.dims):
        return False
    return "year" in given.coords and given["year"].attrs.get("long_name") == trajectories.CALENDAR_YEAR


# --- one variable ----------------------------------------------------------------------------------------------------


def _declared(variable: xr.DataArray) -> bool:
    """True for a variable of the user's own that says how its year is made, in words xarray did not copy."""
    name = variable.attrs.get("long_name")
    copied = not name or any(name == indicator.label for indicator in all_indicators().values())
    return "time" in variable.dims and variable.attrs.get("annual") in FOLDS and not copied


def _folded(monthly: xr.DataArray) -> xr.Variable:
    """The years of a variable as it declares; its dims keep their places."""
    values = np.moveaxis(monthly.values, monthly.dims.index("time"), -1)
    by_month = [values[..., month::RECORDED_PER_YEAR] for month in range(RECORDED_PER_YEAR)]
    return _as_years(monthly, fold(by_month, str(monthly.attrs["annual"])))


def _as_years(monthly: xr.DataArray, values: np.ndarray) -> xr.Variable:
    """Values with years last as a variable in the place of a monthly one."""
    import xarray as xr

    place, name = monthly.dims.index("time"), str(monthly.name)
    dims = ["year" if dim == "time" else dim for dim in monthly.dims]
    if name in all_indicators():
        about: Mapping[str, Any] = attributes(name, yearly=True)
    else:
        unit = str(monthly.attrs.get("units", ""))
        monthly_flow = unit.endswith(" a month")
        about = monthly.attrs | ({"units": unit.removesuffix(" a month") + " a year"} if monthly_flow else {})
    return xr.Variable(dims, np.moveaxis(values, -1, place), about)


def _yearly_ratio(name: str, monthly: Mapping[str, xr.DataArray], yearly: Mapping[str, xr.Variable]) -> xr.Variable:
    """The years of a ratio, from those of its parts; refused unless its months are the ratio of theirs."""
    parts = all_indicators()[name].ratio or ()
    if missing := [part for part in parts if part not in yearly]:
        raise InputError(f"the yearly value of {name} needs {' and '.join(missing)} in the dataset")
    own = monthly[name]
    others = [dim for dim in own.dims if dim != "time"]
    for part in parts:
        if set(monthly[part].dims) != set(own.dims):
            raise InputError(
                f"{name} has the dims {_listed(own.dims)}, its part {part} has {_listed(yearly[part].dims)}"
            )
    by_month = {part: monthly[part].transpose(*others, "time").values for part in parts}
    shown = own.transpose(*others, "time").values
    if not np.allclose(shown, ratios(name, by_month, yearly=False), rtol=SAME, atol=SAME, equal_nan=True):
        raise InputError(
            f"{name} is not the ratio of {' and '.join(parts)} any more, so these are not the months of a run but were "
            "reckoned from them; take years first, sinobel.annual(run), and reckon with those"
        )
    by_year = {part: yearly[part].transpose(*others, "year").values for part in parts}
    return _as_years(own, ratios(name, by_year, yearly=True))


# --- what is refused -------------------------------------------------------------------------------------------------


def require_dataset(given: Any, asking: str) -> None:
    """Refuse what is no dataset, in the words of the function that was called with it."""
    import xarray as xr

    if isinstance(given, xr.DataArray):
        name = given.name if isinstance(given.name, str) else "gdp"
        raise InputError(f"{asking} takes a dataset, not one variable; keep it one: run[[{name!r}]]")
    if not isinstance(given, xr.Dataset):
        what = type(given).__name__
        raise InputError(f"{asking} takes the dataset of sinobel.run or sinobel.compare, not {with_article(what)}")


def _require_months(given: xr.Dataset, asking: str) -> None:
    """Refuse what has no months to make years of."""
    if "year" in given.dims and "time" not in given.dims:
        raise InputError(f"these are years already; {asking} makes years of the months along the dim time")
    if "time" not in given.dims:
        raise InputError(f"{asking} needs months along the dim time; the dataset has {_listed(given.dims)}")
    if "time" not in given.coords or given["time"].dtype.kind != "M":
        raise InputError("the coordinate time must hold dates, as in the dataset of sinobel.run, to tell months")


def _require_draws(given: xr.Dataset) -> None:
    """Refuse statistics over draws; some of the draws, or one of them alone, are fine."""
    statistic = [name for name in STATISTICS if name in given.dims or name in given.coords]
    if statistic or "draw" not in {*given.dims, *given.coords}:
        if "band" in given.dims:
            raise InputError('the dataset holds no draws, as it was kept as bands; simulate again with keep="years"')
        has = f" (it has {_listed(statistic)})" if statistic else ""
        raise InputError(
            f"the dataset holds no draws any more{has}; the years of means and quantiles are not the means and "
            'quantiles of years: take years first, for example sinobel.annual(run).quantile([0.1, 0.9], dim="draw")'
        )
    if given.sizes.get("draw") == 0:
        raise InputError("the dataset holds no draw")
    numbers = given["draw"].values
    if numbers.dtype.kind == "f" and (numbers != np.round(numbers)).any():
        odd = numbers.ravel()[numbers.ravel() != np.round(numbers.ravel())][0]
        raise InputError(f"draw {odd:g} is no draw of a run; the draws were averaged: take years first, then averages")


def _whole_years(stamps: np.ndarray) -> np.ndarray:
    """Calendar years of sorted dates. Raises InputError unless each year has each of its months once."""
    of = stamps.astype("datetime64[M]").astype(int)
    _require_distinct(stamps.astype("datetime64[M]"), "month")
    years, counts = np.unique(of // RECORDED_PER_YEAR + 1970, return_counts=True)
    if not len(years) or (counts < RECORDED_PER_YEAR).any():
        part = counts < RECORDED_PER_YEAR
        told = f"; {years[part][0]} has {counts[part][0]} of its 12 months" if len(years) else "; there are no months"
        raise InputError(f"yearly values need whole calendar years, January to December{told}")
    return years


def _require_distinct(entries: Iterable[Any], what: str) -> None:
    found, counts = np.unique(np.asarray(entries), return_counts=True)
    if (counts > 1).any():
        twice = found[counts > 1][0]
        raise InputError(f"{what} {twice} stands {counts[counts > 1][0]} times in the dataset; keep each one once")


def _require_own_dims(name: str, variable: xr.DataArray, given: xr.Dataset) -> None:
    """Refuse a variable that has lost its months or its draws beside others that have theirs."""
    for dim in ("time", "draw"):
        if dim in given.dims and dim not in variable.dims:
            raise InputError(f"{name} has no dim {dim}: leave it out, dataset.drop_vars({name!r})")


def _require_declared(name: str, variable: xr.DataArray, *, yearly: bool) -> None:
    """Refuse an indicator that does not say what a run, or `annual`, says of it: it is something else by now."""
    wanted, says = attributes(name, yearly=yearly), variable.attrs
    words = says.get("unit", says.get("units"))  # files have units for machines, and ours beside them
    if says.get("annual") == wanted["annual"] and words == wanted["units"]:
        return
    maker, instead = (
        ("sinobel.annual", "make years with sinobel.annual")
        if yearly
        else ("sinobel.run", "take years first and reckon with those, or give what you have made a name of its own")
    )
    raise InputError(
        f"{name} does not say of itself what {maker} says of it, annual {wanted['annual']!r} and units "
        f"{wanted['units']!r}, but {quoted(says.get('annual'))} and {quoted(words)}; {instead}"
    )


def _listed(names: Iterable[Hashable]) -> str:
    return ", ".join(map(str, names)) or "none"
