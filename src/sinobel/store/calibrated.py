"""Writing what a calibration found: posteriors as netCDF that arviz opens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from sinobel.inputs.posterior import Posterior
from sinobel.store.files import write_atomically


def write_posterior(file: Path, found: Posterior, prior: Mapping[str, np.ndarray]) -> None:
    """Write draws with dims (chain, draw) into the groups `posterior` and, unless empty, `prior`.

    Numbers keep about four digits, more than they deserve, so that files stay small.
    """
    notes = dict(found.notes) | {"parameters": list(found.values)}
    write_atomically(file, partial(_write_groups, posterior=found.values, prior=prior, notes=notes))


def _write_groups(
    file: Path, posterior: Mapping[str, np.ndarray], prior: Mapping[str, np.ndarray], notes: Mapping[str, Any]
) -> None:
    import xarray as xr

    file.unlink()  # made by whoever asked for a temporary file; groups are appended to a new one
    for group, values in (("posterior", posterior), ("prior", prior)):
        if not values:
            continue
        content = xr.Dataset(
            {name: (("chain", "draw"), _rounded(drawn)[None]) for name, drawn in values.items()},
            attrs={"notes": json.dumps(notes, sort_keys=True), "inference_library": "sinobel"},
        )
        encoding = {name: {"zlib": True, "complevel": 4, "shuffle": True} for name in content.data_vars}
        content.to_netcdf(file, mode="a", group=group, engine="h5netcdf", encoding=encoding)


def _rounded(values: np.ndarray) -> np.ndarray:
    """Single precision with the last bits at zero, which compress away."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    return ((bits + np.uint32(0x400)) & np.uint32(0xFFFFF800)).view(np.float32)
