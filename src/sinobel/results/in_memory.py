"""Runs and comparisons as datasets in memory, which hold what they were told to keep and a block, and no more."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel import store
from sinobel.inputs.indicators import RECORDED_PER_YEAR, all_indicators, ratios
from sinobel.inputs.reading import digest_stream
from sinobel.results import run_folder
from sinobel.results.interruption import Interrupted
from sinobel.results.saving import command_of, manifest_text
from sinobel.runs import held, trajectories
from sinobel.runs.ensemble import Kept, gather
from sinobel.runs.manifest import manifest_of
from sinobel.runs.request import Progress, Request
from sinobel.runs.trajectories import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    import xarray as xr


def simulated(
    request: Request,
    given: Sequence[Any],
    keep: str,
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
    *,
    several: bool = False,
) -> xr.Dataset:
    """Results of a request as a dataset with its manifest.

    Parameters
    ----------
    given : Sequence[Any]
        The scenarios as the caller named them.
    keep : str
        "months", "years" or "bands".
    several : bool
        Scenarios have a dim of their own.

    Raises
    ------
    InputError
        For a word that is none of these.
    """
    keep = run_folder.kept(keep)
    names = [each.name for each in request.scenarios] if several else None
    command = command_of(request, given)
    if keep == "bands":
        return _bands(request, names, command=command, jobs=jobs, executor=executor, progress=progress)
    kept = gather(request, (keep,), jobs, executor, progress)
    manifest = manifest_of(request)
    manifest["command"] = command
    if counted := held.counted([kept.rules], request.scenarios, *request.months):
        manifest["rules"] = counted
    manifest["result"] = digest_stream(_years(request, kept))
    if kept.years is not None:
        return trajectories.dataset_of_years(
            request.shown, kept.years, scenarios=names, span=request.months, manifest=manifest
        )
    assert kept.months is not None
    return trajectories.dataset(
        request.shown, request.recorded, kept.months, scenarios=names, span=request.months, manifest=manifest
    )


def _years(request: Request, kept: Kept) -> Iterator[bytes]:
    """Yearly values, indicator by indicator, as a manifest hashes them: (scenarios, draws, years) each."""
    if kept.years is not None:
        for row in range(len(request.shown)):
            yield np.ascontiguousarray(kept.years[:, row].swapaxes(1, 2)).tobytes()
        return
    known, months = all_indicators(), kept.months
    assert months is not None

    def folded(name: str) -> np.ndarray:
        monthly = months[:, request.recorded.index(name)]
        return fold([monthly[:, month::RECORDED_PER_YEAR] for month in range(RECORDED_PER_YEAR)], known[name].annual)

    for name in request.shown:
        parts = known[name].ratio
        values = ratios(name, {part: folded(part) for part in parts}, yearly=True) if parts else folded(name)
        yield np.ascontiguousarray(values.swapaxes(1, 2)).tobytes()


def _bands(
    request: Request,
    names: Sequence[str] | None,
    command: str,
    jobs: int,
    executor: Executor | None,
    progress: Progress | None,
) -> xr.Dataset:
    """Mean and quantiles over draws of every month, made of blocks on disk as results folders have them."""
    with tempfile.TemporaryDirectory() as scratch, store.Run(request, Path(scratch) / "results") as run:
        run.manifest["command"] = command
        try:
            results = run.simulate(jobs, executor, progress, keep="bands")
        except KeyboardInterrupt:
            raise Interrupted(goes_on=False) from None
        bands = results.bands if names is not None else results.bands.isel(scenario=0, drop=True)
        return bands.assign_attrs(manifest=manifest_text(results.manifest))
