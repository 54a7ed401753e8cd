"""Reading the datasets of a results folder: nothing is read that the manifest beside it does not speak of."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel.inputs import hdf5
from sinobel.inputs.characters import printable
from sinobel.inputs.indicators import RECORDED_PER_YEAR, all_indicators
from sinobel.inputs.reading import InputError, Problem, nearest, shown
from sinobel.runs.request import Request
from sinobel.runs.trajectories import BANDS
from sinobel.store import cf

if TYPE_CHECKING:
    import xarray as xr

KINDS = {"scenario": "OUT", "band": "OUT", "draw": "iu", "year": "iu", "time": "M"}
"""Kinds of the values along each dimension: texts, whole numbers, dates."""


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
        with hdf5.opened(path, most):
            pass
        left = [] if only is None else [name for name in all_indicators() if name not in only]
        with _quiet(), xr.open_dataset(path, engine="h5netcdf", drop_variables=left) as content:
            _check(content, most)
            return cf.restored(content.load())
    except MemoryError:  # the machine's fault, not the file's
        raise
    except Exception as error:
        raise InputError(Problem(f"{_damage(error)}; make it again", shown(path))) from None


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
