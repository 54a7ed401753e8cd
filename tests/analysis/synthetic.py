"""Yearly values and objectives made by hand, with known answers."""

import numpy as np
import xarray as xr

from sinobel.inputs.objective import Objective
from sinobel.inputs.objectives import Objectives
from sinobel.inputs.positions import Position

YEARS = (2017, 2018, 2019, 2020)


def objective(name, indicator="exports_to_china", **keys):
    """An objective with plain defaults: higher is better, the last year counts, a point is 1, weight 1."""
    plain = {
        "label": name,
        "direction": "higher",
        "counts": "last year",
        "scale": 1.0,
        "scale_from": "by hand",
        "weight": 1.0,
        "assumption": "made by hand for a test",
    }
    return Objective(name=name, indicator=indicator, **plain | keys)


def named(*objectives, positions=()):
    return Objectives({each.name: each for each in objectives}, {each.name: each for each in positions})


def position(name, **weights):
    """A position made by hand: three numbers or one for each objective."""
    ranges = {short: (each,) * 3 if isinstance(each, int | float) else each for short, each in weights.items()}
    return Position(name=name, label=name, weights=ranges, assumption="made by hand for a test")


def only(found, country="belarus"):
    """The one position of a country."""
    (mine,) = found.positions_of(country)
    return mine


def yearly(values, years=YEARS, kind="flow", units="USD mn a year"):
    """An indicator from {scenario: (draws, years) or (years,)}, dims (scenario, draw, year)."""
    arrays = [np.atleast_2d(np.asarray(each, dtype=float)) for each in values.values()]
    coordinates = {"scenario": list(values), "draw": np.arange(arrays[0].shape[0]), "year": list(years)}
    attributes = {"kind": kind, "units": units, "long_name": "by hand"}
    return xr.DataArray(np.stack(arrays), coordinates, ("scenario", "draw", "year"), attrs=attributes)


def ends(values):
    """An indicator that differs in its last year alone: {scenario: last value of each draw}."""
    return yearly({name: np.stack([[0.0] * 3 + [last] for last in found]) for name, found in values.items()})
