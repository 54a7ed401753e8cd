"""Reading the datasets of a results folder: nothing is read that the manifest beside it does not speak of."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.inputs import hdf5
from sinobel.inputs.characters import printable
from sinobel.inputs.indicators import RECORDED_PER_YEAR, all_indicators
from sinobel.inputs.reading import InputError, Problem, nearest, shown
from sinobel.runs.request import Request
from sinobel.runs.trajectories import BANDS
from sinobel.store import cf

if TYPE_CHECKING:
    import h5py
    import xarray as xr

KINDS = {"scenario": "OUT", "band": "OUT", "draw": "iu", "year": "iu", "time": "M"}
"""Kinds of the values along each dimension: texts, whole numbers, dates."""
OF_NETCDF = {
    "CLASS",
    "NAME",
    "REFERENCE_LIST",
    "DIMENSION_LIST",
    "_Netcdf4Coordinates",
    "_Netcdf4Dimid",
    "_NCProperties",
}
"""Attributes by which netCDF keeps its own books."""
NO_VARIABLE = "This is a netCDF dimension but not a netCDF variable"
"""What a dimension without values says in its attribute NAME."""


def longest(request: Request) -> dict[str, int]:
    """Most values along each dimension that the datasets of a request can have."""
    return {
        "scenario": len(request.scenarios),
        "draw": request.draws,
        "time": request.count,
        "band": len(BANDS),
        "year": request.count // RECORDED_PER_YEAR,
    }


def read_dataset(path: Path, most: Mapping[str, int], only: Collection[str] | None = None) -> xr.Dataset:
    """A dataset of a results folder, in memory, as it was before it was written.

    Parameters
    ----------
    most : Mapping[str, int]
        Most values along each dimension, of `longest`.
    only : Collection[str] | None
        Indicators that are read, which is sooner done than all of them.

    Raises
    ------
    InputError
        When the file is missing, damaged, no plain file of ours, or larger than was asked for.
    """
    import xarray as xr

    if not path.is_file():
        raise InputError(Problem("this results file is missing", shown(path)))
    try:
        left = set() if only is None else set(all_indicators()) - set(only)
        with _quiet(), hdf5.opened(path, most) as file:
            attributes = {key: value for key, value in file.attrs.items() if key not in OF_NETCDF}
            content = xr.decode_cf(xr.Dataset(_variables(file, left), attrs=attributes))
            _check(content, most)
            return cf.restored(content.load())
    except MemoryError:  # the machine's fault, not the file's
        raise
    except Exception as error:
        raise InputError(Problem(f"{_damage(error)}; make it again", shown(path))) from None


def _variables(file: h5py.File, left: Collection[str]) -> dict[str, tuple[list[str], Any, dict[str, Any]]]:
    """Variables of a file of ours, those left out excepted: axes, values and attributes as they stand in it.

    xarray's own reader asks each of 150 variables anew for its axes and takes three times as long.
    """
    from h5py import h5o, h5r

    names = {h5o.get_info(stored.id).addr: name for name, stored in file.items()}

    def axes(name: str, stored: h5py.Dataset) -> list[str]:
        listed = stored.attrs.get("DIMENSION_LIST", ())
        found = [names[h5o.get_info(h5r.dereference(each[0], file.id)).addr] for each in listed]
        return found or [name, f"letters of {name}"][: stored.ndim]  # what gives an axis its values

    def attributes(stored: h5py.Dataset) -> dict[str, Any]:
        said = {key: stored.attrs[key] for key in stored.attrs if key not in OF_NETCDF}
        return {key: value[0] if getattr(value, "shape", ()) == (1,) else value for key, value in said.items()}

    def values(stored: h5py.Dataset) -> Any:
        return stored.asstr()[...] if stored.dtype.kind == "O" else stored[...]  # texts of an earlier edition

    lengths = [name for name, stored in file.items() if str(stored.attrs.get("NAME", "")).find(NO_VARIABLE) >= 0]
    kept = {name: stored for name, stored in file.items() if name not in left and name not in lengths}
    return {name: (axes(name, stored), values(stored), attributes(stored)) for name, stored in kept.items()}


def _damage(error: Exception) -> str:
    """What is wrong with a file, in our words where a library says that it ends too soon or is no HDF5 file."""
    reason = printable(str(error).splitlines()[0]) if str(error) else type(error).__name__
    if hdf5.is_cut_off(error):
        return "this results file is cut off or damaged"
    return f"this results file is damaged ({reason})"


def _quiet() -> warnings.catch_warnings[None]:
    """Without the warnings of xarray: what it warns of is refused."""
    return warnings.catch_warnings(action="ignore")


def _check(content: xr.Dataset, most: Mapping[str, int]) -> None:
    """Raises hdf5.Refused for a dataset that is no dataset of indicators, before its numbers are read."""
    for dim, length in content.sizes.items():
        if length > most.get(str(dim), 0):
            raise hdf5.Refused(f"{dim} has {length:,} values; at most {most.get(str(dim), 0):,} were asked for")
        if dim not in content.coords:
            raise hdf5.Refused(f"the values of {dim} are missing")
        if content[dim].dtype.kind not in KINDS[str(dim)]:
            raise hdf5.Refused(f"the values of {dim} are of another kind")
    known = all_indicators()
    for name, variable in content.data_vars.items():
        if name not in known:
            raise hdf5.Refused(f"{name} is no indicator{nearest(name, known)}")
        if variable.dtype.kind != "f" or "units" not in variable.attrs:
            raise hdf5.Refused(f"{name} is no variable with units")
