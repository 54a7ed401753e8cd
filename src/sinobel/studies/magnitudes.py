"""Sizes: every experiment of `model/magnitudes.toml` against the baseline, on the same futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sinobel.analysis.differences import ROUNDING
from sinobel.inputs import months
from sinobel.inputs.magnitudes import COLUMNS, Experiment, Look, all_magnitudes
from sinobel.policies.scenarios import BASELINE, Scenario, load
from sinobel.runs import ensemble
from sinobel.runs.manifest import code_digest
from sinobel.runs.request import Progress, Request

DRAWS = 1000
SEED = 2017
BANDS = (10, 50, 90)


def scenario_of(experiment: Experiment, origin: int) -> Scenario:
    """The scenario of an experiment, called by its name: a shipped one, or a lever set from the first month on."""
    if "scenario" in experiment.setting:
        return replace(load(experiment.setting["scenario"]), name=experiment.name)
    lever, value = experiment.setting["lever"], experiment.setting["value"]
    start = months.label(origin + 1)
    return load(BASELINE).with_change(lever, value, start=start, why=experiment.title, name=experiment.name)


def seen(look: Look, years: np.ndarray) -> np.ndarray:
    """What a look sees of each draw, (draws,).

    Parameters
    ----------
    years : np.ndarray
        (years, draws) from the first year after the origin.
    """
    first, last = look.years
    chosen = years[first - 1 : last]
    return np.asarray(chosen[-1] if look.read == "end" else chosen.mean(axis=0))


def difference(look: Look, changed: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Paired differences of what a look sees, (draws,), in its unit; what is no more than rounding is none."""
    after, before = seen(look, changed), seen(look, reference)
    size = np.abs(before).mean()
    found = after - before
    found[np.abs(found) <= ROUNDING * size] = 0.0
    return np.asarray(100 * found / before if look.amount == "percent" else found)


def measure(
    draws: int = DRAWS, seed: int = SEED, jobs: int = 1, progress: Progress | None = None
) -> list[Mapping[str, str]]:
    """Median and 80 % range of the paired differences of every experiment and indicator, and the baseline's median."""
    asked = all_magnitudes()
    origin = months.parse_origin(months.DEFAULT_ORIGIN)
    scenarios = (load(BASELINE), *(scenario_of(each, origin) for each in asked.experiments.values()))
    horizon = months.label(origin + 12 * max(look.years[1] for look in asked.looks.values()))
    request = Request(scenarios, draws, seed=seed, horizon=horizon, indicators=tuple(asked.looks))
    years = ensemble.gather(request, ("years",), jobs, progress=progress).years
    assert years is not None
    places = {name: place for place, name in enumerate(request.shown)}
    same = {"draws": str(draws), "seed": str(seed), "expectations": asked.digest, "code": code_digest()}
    rows: list[Mapping[str, str]] = []
    for number, experiment in enumerate(asked.experiments, 1):
        for name, look in asked.looks.items():
            reference = years[0, places[name]]
            quantiles = np.percentile(difference(look, years[number, places[name]], reference), BANDS)
            told = {f"p{band}": f"{value:.4g}" for band, value in zip(BANDS, quantiles, strict=True)}
            middle = {"reference": f"{np.median(seen(look, reference)):.4g}"}
            row = {"experiment": experiment, "indicator": name} | told | middle | same
            rows.append({column: row[column] for column in COLUMNS})
    return rows
