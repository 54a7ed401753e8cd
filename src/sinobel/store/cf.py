"""Datasets as files by the CF conventions 1.8, and back again.

In memory `units` is in the words of the model, "USD mn a year". CF asks for units that UDUNITS knows, and that library
knows no currency, so a file has `units` = "1e6 year-1" and keeps our words in the attribute `unit`, as the columns
`unit` of the tables do. Integers have 32 bits, names are arrays of characters, and months are days since a date.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.inputs.units import udunits
from sinobel.version import __version__

if TYPE_CHECKING:
    import xarray as xr

CONVENTIONS = "CF-1.8"
WORDS = "unit"
"""Attribute that keeps a unit in our words."""

COORDINATES: Mapping[str, Mapping[str, str]] = {
    "scenario": {"long_name": "name of the scenario"},
    "draw": {"long_name": "number of the future, the same in every scenario", "units": "1"},
    "year": {"long_name": "calendar year", "units": "1"},
    "time": {"standard_name": "time", "long_name": "first day of the month", "axis": "T"},
    "band": {"long_name": "mean, or quantile over draws in percent"},
}
DAYS = {"dtype": "int32", "units": "days since 2000-01-01", "calendar": "standard"}
REFERENCES = "A. Marin, Minsk-Beijing: What Kind of Strategic Partnership? (Ifri, 2017); model/ODD.md of sinobel"
COMMENT = (
    "Simulated, not observed, and no forecast: a scenario says what follows if its changes are made. Dollars are those "
    "of the year; UDUNITS knows no currency, so `units` of money is a number such as 1e6, and `unit` has the words."
)
SOURCE = "agent-based scenario model; the record it begins with is cited by the attribute `source` of each variable"


def conforming(content: xr.Dataset) -> tuple[xr.Dataset, dict[str, dict[str, Any]]]:
    """A dataset of ours as a file has it, and how its variables are encoded.

    Numbers are in single precision; compressing such numbers saves a quarter and takes a second. Names of a quantity
    over draws stand left of time, as CF recommends.
    """
    made = content.transpose(*sorted(content.dims, key=lambda dim: (dim == "time", list(content.dims).index(dim))))
    made.attrs = _of_file(content.attrs)
    encoding: dict[str, dict[str, Any]] = {}
    for name in made.data_vars:
        words = made[name].attrs["units"]
        made[name].attrs |= {"units": udunits(words), WORDS: words}
        encoding[str(name)] = {"dtype": "float32"}
    for name, attributes in COORDINATES.items():
        if name in made.coords:
            made[name].attrs = dict(attributes)
            text = made[name].dtype.kind in "OU"
            encoding[name] = {"dtype": "S1"} if text else dict(DAYS) if name == "time" else {"dtype": "int32"}
    return made, encoding


def restored(content: xr.Dataset) -> xr.Dataset:
    """A dataset of ours from one that was read, of this edition or an earlier one that knew no CF."""
    ours = [dim for dim in ("scenario", "draw", "time", "year", "band") if dim in content.dims]
    made = content.transpose(*ours, ...)
    made.attrs = {key: value for key, value in content.attrs.items() if key not in _of_file({})}
    for variable in made.data_vars.values():
        variable.attrs = dict(variable.attrs)
        words = variable.attrs.pop(WORDS, None)
        if words is not None:
            variable.attrs["units"] = words
    for name in made.coords:
        if made[name].dtype.kind == "i":
            made = made.assign_coords({name: made[name].values.astype(np.int64)})
        made[name].attrs = {}
    return made


def _of_file(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of a file: its own, and those CF asks for; no date, so that the same results give the same bytes."""
    command = json.loads(attributes.get("manifest", "{}")).get("command")
    return dict(attributes) | {
        "Conventions": CONVENTIONS,
        "institution": "none; made by whoever ran the open-source program sinobel",
        "source": f"sinobel {__version__}: {SOURCE}",
        "history": f"made by sinobel {__version__}" + (f" with: {command}" if command else ""),
        "references": REFERENCES,
        "comment": COMMENT,
    }
