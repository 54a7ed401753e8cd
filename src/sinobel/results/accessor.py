"""`dataset.sinobel`: what a dataset of results can do by itself; xarray knows it once this module is imported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xarray as xr

from sinobel.results import saving
from sinobel.results.findings import tell_aside
from sinobel.runs.manifest import Manifest


@xr.register_dataset_accessor("sinobel")  # type: ignore[no-untyped-call]
class Accessor:
    """What made a dataset of `sinobel.run` or `sinobel.compare`, and its folder and report."""

    def __init__(self, dataset: xr.Dataset):
        self._dataset = dataset

    @property
    def manifest(self) -> Manifest:
        """What made the numbers: request, versions, hashes."""
        return saving.manifest_in(self._dataset, "manifest")

    def save(self, folder: str | Path, **more: Any) -> Path:
        """Write the results folder, as `sinobel.save` does; returns where it lies."""
        made = saving.save(self._dataset, folder, **more)
        tell_aside(made.aside)
        return made.folder

    def report(self, out: str | Path | None = None, **more: Any) -> Path:
        """Write the report, as `sinobel.report` does; returns its file."""
        made = saving.report(self._dataset, out, **more)
        tell_aside(made.aside)
        return made.file

    def __repr__(self) -> str:
        request = self.manifest["request"]
        names = ", ".join(each["name"] for each in request["scenarios"])
        return f"<results of {names}: {request['draws']:,} draws, seed {request['seed']}; save(folder), report(file)>"
