"""The calibration from end to end: simulate around the record, fit stand-ins, sample, check the sampler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.special import ndtr

from sinobel.inputs import months, parameters
from sinobel.studies.calibration import checks, emulator, sampler, targets
from sinobel.studies.calibration.learning import Fits, Learned, Part, key_of, learn, standing, year_after
from sinobel.studies.calibration.settings import LAST_VINTAGE, Settings
from sinobel.world import elementary
from sinobel.world.shocks import Shocks

Keep = Callable[[str, Callable[[], Mapping[str, np.ndarray]]], Mapping[str, np.ndarray]]
"""Makes a step's arrays, or takes them from an interrupted run: (name of the step, how to make them)."""

Say = Callable[[str], None]

BATCH = 16  # known truths that are checked in one step


# --- sampling -------------------------------------------------------------------------------------------------------


def part_chains(
    part: Part, observed: Sequence[np.ndarray], seed: Sequence[int], effort: sampler.Effort
) -> sampler.Chains:
    """Chains of a module's posterior, given its targets of some years: its parameters, others, lasting errors."""
    joint, seen = part.joint(len(observed)), np.concatenate(observed)
    return sampler.sample(lambda points: joint.log_likelihood(points, seen), joint.dimensions, seed, effort)


def vintage_draws(learned: Learned, vintage: int, settings: Settings) -> dict[str, np.ndarray]:
    """Posterior on what was known at the end of a year, each module by itself.

    Returns
    -------
    dict[str, np.ndarray]
        points (chains, steps, parameters) and lasting errors (chains, steps, series), standard normal before the
        data, and the share of steps taken.
    """
    years = learned.years(vintage)
    points, lasting, taken = [], [], []
    for part in learned.parts:
        observed = [each.observed for each in part.emulators[:years]]
        seed = (settings.seed, vintage, key_of(part.module))
        chains = part_chains(part, observed, seed, settings.effort)
        points.append(chains.points[:, :, part.places])
        lasting.append(chains.points[:, :, len(part.names) :])
        taken.append(chains.acceptance)
    return {
        "points": np.concatenate(points, axis=2),
        "lasting": np.concatenate(lasting, axis=2),
        "acceptance": np.array(np.mean(taken)),
    }


def lasting_series(learned: Learned, vintage: int) -> list[str]:
    """Series with a lasting error, in the order of `vintage_draws`."""
    return [name for part in learned.parts for name in part.joint(learned.years(vintage)).lasting]


def parameter_values(
    learned: Learned, points: np.ndarray, settings: Settings, *, early: int | None
) -> dict[str, np.ndarray]:
    """Values of the calibrated parameters, drawn from the chains without order.

    Modules are put together row by row: what binds parameters of a module together is kept, and between modules there
    is nothing to keep.

    Parameters
    ----------
    points : np.ndarray
        (chains, steps, parameters)
    early : int | None
        Month number of the origin whose priors the chains are counted in, unless these are today's.

    Returns
    -------
    dict[str, np.ndarray]
        Parameter -> (draws,).
    """
    flat = points.reshape(-1, points.shape[-1])
    count = settings.draws if early is None else settings.draws // 2
    values: dict[str, np.ndarray] = {}
    for part in learned.parts:
        rows = np.random.default_rng((settings.seed, key_of(part.module))).permutation(len(flat))[:count]
        for name in part.own:
            uniform = ndtr(flat[rows, len(values)])
            values[name] = parameters.prior_of(name, early=early).quantile(uniform, elementary)
    return values


def moved(learned: Learned, vintage: int) -> dict[str, list[str]]:
    """Parameter -> the targets of its module that say most about it, in words."""
    years = learned.years(vintage)
    found: dict[str, list[str]] = {}
    for part in learned.parts:
        labels = [[target.label for target in chosen] for chosen in part.targets[:years]]
        told = checks.movers(part.emulators[:years], labels, part.names)
        found |= {name: told[name] for name in part.own}
    return found


def prior_values(names: Sequence[str], settings: Settings) -> dict[str, np.ndarray]:
    """Values of some parameters from today's priors, to hold the posterior against; parameter -> (draws,)."""
    shocks = Shocks(settings.seed, 0, settings.draws, 12)
    return {name: parameters.prior_of(name).quantile(shocks.quantile_of(name), elementary) for name in names}


def ranks_of_truth(
    learned: Learned, made: Sequence[np.ndarray], origins: Sequence[int], settings: Settings, *, first: int, count: int
) -> dict[str, np.ndarray]:
    """Simulation-based calibration: ranks of known parameters among posterior draws given what they brought about.

    Returns
    -------
    dict[str, np.ndarray]
        Ranks (truths, parameters), each from 0 to 1.
    """
    truth = standing(settings)[settings.futures :]
    ranks = []
    for place in range(first, first + count):
        row = []
        for part in learned.parts:
            observed = _brought(part, made, origins, settings, place)
            seed = (settings.seed, 1000 + place, key_of(part.module))
            chains = part_chains(part, observed, seed, settings.check_effort)
            drawn = chains.points[:, :, part.places].reshape(-1, len(part.own))
            row.append(np.mean(drawn < truth[place, part.columns[part.places]], axis=0))
        ranks.append(np.concatenate(row))
    return {"ranks": np.array(ranks)}


def _brought(
    part: Part, made: Sequence[np.ndarray], origins: Sequence[int], settings: Settings, place: int
) -> list[np.ndarray]:
    """The targets of a module in a future that was simulated, with errors of record, year and series."""
    random = np.random.default_rng((settings.seed, 77, place, key_of(part.module)))
    lasting = {name: emulator.LASTING * random.standard_normal() for name in part.joint(len(origins)).lasting}
    observed = []
    for origin, simulated, each, chosen in zip(origins, made, part.emulators, part.targets, strict=True):
        places = [index for index, target in enumerate(targets.targets_after(origin)) if target.module == part.module]
        errors = np.array([0.0 if target.option else target.error for target in chosen])
        brought = simulated[settings.futures + place, places] + errors * random.standard_normal(len(errors))
        yearly = emulator.DISCREPANCY * random.standard_normal(len(errors))
        beside = yearly + np.array([lasting[target.series] for target in chosen])
        beside[[bool(target.option) for target in chosen]] = 0.0  # an option was taken or not
        observed.append(each.shaped(brought) + beside)
    return observed


# --- all of it ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a calibration found.

    Attributes
    ----------
    values : Mapping[int, Mapping[str, np.ndarray]]
        Vintage -> parameter -> (draws,)
    chains : Mapping[int, np.ndarray]
        Vintage -> (chains, steps, parameters), standard normal units of the prior.
    acceptance : Mapping[int, float]
        Vintage -> share of steps taken.
    moved_by : Mapping[int, Mapping[str, list[str]]]
        Vintage -> parameter -> the targets of its module that say most about it.
    lasting : Mapping[int, Mapping[str, Mapping[str, float]]]
        Vintage -> series -> mean and spread of its lasting error, as shares of its simulated spread.
    ranks : np.ndarray
        (truths, parameters of `names`), 0 to 1.
    """

    names: Mapping[int, tuple[str, ...]]
    values: Mapping[int, Mapping[str, np.ndarray]]
    chains: Mapping[int, np.ndarray]
    acceptance: Mapping[int, float]
    moved_by: Mapping[int, Mapping[str, list[str]]]
    lasting: Mapping[int, Mapping[str, Mapping[str, float]]]
    ranks: np.ndarray


def calibrate(settings: Settings, keep: Keep, say: Say, jobs: int = 1) -> Outcome:
    """Posteriors of all vintages and the check of the sampler. The same for the same settings.

    Parameters
    ----------
    keep : Keep
        Takes finished steps from an interrupted run.
    """
    origins = [12 * year + 11 for year in range(settings.first_origin, LAST_VINTAGE)]
    made = {
        wide: [_year_kept(origin, settings, keep, say, wide=wide, jobs=jobs) for origin in origins]
        for wide in (False, True)
    }
    last, fits = learn(made[False], origins, settings), Fits()
    names: dict[int, tuple[str, ...]] = {}
    values, chains, acceptance, moved_by, lasting = {}, {}, {}, {}, {}
    for vintage in settings.vintages:
        wide = vintage < LAST_VINTAGE
        seen = vintage - settings.first_origin  # later origins say nothing to it, not even which parameters matter
        known = learn(made[True][:seen], origins[:seen], settings, fits) if wide else last
        step = keep(f"posterior-{vintage}", partial(vintage_draws, known, vintage, settings))
        names[vintage], chains[vintage] = known.names, step["points"]
        acceptance[vintage] = float(step["acceptance"])
        moved_by[vintage] = moved(known, vintage)
        lasting[vintage] = checks.lasting_errors(step["lasting"], lasting_series(known, vintage))
        values[vintage] = parameter_values(known, step["points"], settings, early=12 * vintage + 11 if wide else None)
        say(f"sampled the posterior on what was known at the end of {vintage}")
    check = partial(ranks_of_truth, last, made[False], origins, settings)
    return Outcome(
        names,
        values,
        chains=chains,
        acceptance=acceptance,
        moved_by=moved_by,
        lasting=lasting,
        ranks=_all_ranks(check, settings.truths, keep, say),
    )


def _year_kept(origin: int, settings: Settings, keep: Keep, say: Say, *, wide: bool, jobs: int) -> np.ndarray:
    """Simulated targets of the year after an origin, made or taken from an interrupted run."""
    name = f"{'wide' if wide else 'prior'}-{months.year(origin)}"
    step = keep(name, partial(year_after, origin, settings, wide=wide, jobs=jobs))
    say(f"simulated {settings.futures:,} futures of {months.year(origin) + 1}{', wide priors' * wide}")
    return step["targets"]


def _all_ranks(check: Callable[..., dict[str, np.ndarray]], truths: int, keep: Keep, say: Say) -> np.ndarray:
    """Ranks of all known truths, some at a time."""
    ranks = []
    for first in range(0, truths, BATCH):
        count = min(BATCH, truths - first)
        ranks.append(keep(f"ranks-{first}", partial(check, first=first, count=count))["ranks"])
        say(f"checked the sampler on {first + count} of {truths} known truths")
    return np.concatenate(ranks)
