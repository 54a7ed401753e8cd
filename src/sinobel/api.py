"""What Python users call: run a scenario, compare several, make years of months."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from sinobel import months, trajectories
from sinobel.ensemble import Progress, Request, run_in_memory
from sinobel.manifest import manifest_of
from sinobel.scenarios import BASELINE, Scenario, load

if TYPE_CHECKING:
    import xarray as xr

DEFAULT_DRAWS = 2000
DEFAULT_SEED = 2017

annual = trajectories.annual


def scenario(name: str | Path | Scenario = BASELINE) -> Scenario:
    """A scenario by name or file; change it with `with_change`. Raises InputError when it is not valid."""
    return load(name)


def run(
    policy: str | Path | Scenario = BASELINE,
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    horizon: str = months.DEFAULT_HORIZON,
    indicators: Sequence[str] | None = None,
    first_draw: int = 0,
    parameters: str = "posterior",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Simulate a scenario: monthly values of every indicator, dims (draw, time).

    policy      name of a scenario, path of a file, or a `Scenario`
    draws       number of futures; draw k is the same in any ensemble with the same seed
    indicators  names to keep; None for all
    parameters  "posterior", what was known at the origin, or "prior"
    jobs        processes; results do not depend on it
    executor    any `concurrent.futures.Executor` instead of own processes
    Raises InputError for anything that is not allowed, with what is.
    """
    names = None if indicators is None else tuple(indicators)
    request = Request((load(policy),), draws, seed, origin, horizon, names, first_draw, parameters)
    values = run_in_memory(request, jobs, executor, progress)
    return trajectories.dataset(request.shown, request.recorded, values, None, *request.months, manifest_of(request))


def compare(
    scenarios: Sequence[str | Path | Scenario],
    *,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
    origin: str = months.DEFAULT_ORIGIN,
    horizon: str = months.DEFAULT_HORIZON,
    indicators: Sequence[str] | None = None,
    first_draw: int = 0,
    parameters: str = "posterior",
    jobs: int = 1,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Simulate the same futures under several scenarios, dims (scenario, draw, time). The first is the reference.

    Draw k has the same parameters and shocks in every scenario, so differences draw by draw are effects of policy.
    Arguments as in `run`. Raises InputError for anything that is not allowed, with what is.
    """
    names = None if indicators is None else tuple(indicators)
    request = Request(tuple(map(load, scenarios)), draws, seed, origin, horizon, names, first_draw, parameters)
    values = run_in_memory(request, jobs, executor, progress)
    called = [each.name for each in request.scenarios]
    return trajectories.dataset(request.shown, request.recorded, values, called, *request.months, manifest_of(request))
