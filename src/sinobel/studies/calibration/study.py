"""The calibration from end to end: simulate around the record, fit stand-ins, sample, check the sampler."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from sinobel.inputs import months, parameters
from sinobel.policies.scenarios import BASELINE, load
from sinobel.runs import ensemble
from sinobel.runs.request import Request
from sinobel.studies.calibration import checks, emulator, sampler, targets
from sinobel.studies.calibration.emulator import Emulator, Joint
from sinobel.world.shocks import Shocks

FIRST_ORIGIN, LAST_VINTAGE = 2008, 2016
SEEDS_APART = 10_000
"""The origins of a calibration have seeds of their own, its seed so often and their year."""
LARGEST_SEED = (2**63 - SEEDS_APART) // SEEDS_APART
LEAST_EFFECT = 0.06
"""A parameter is calibrated when it moves some target by more than this share of the target's spread."""

Keep = Callable[[str, Callable[[], Mapping[str, np.ndarray]]], Mapping[str, np.ndarray]]
"""Makes a step's arrays, or takes them from an interrupted run: (name of the step, how to make them)."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Settings:
    """How much work a calibration does.

    Attributes
    ----------
    futures : int
        Simulated a year and origin to learn from.
    truths : int
        Futures with known parameters that the sampler is checked on.
    draws : int
        Kept of the last posterior, and half as many of the earlier ones.
    """

    futures: int = 16384
    truths: int = 192
    draws: int = 2048
    seed: int = 2017
    effort: sampler.Effort = sampler.USUAL
    check_effort: sampler.Effort = sampler.QUICK
    first_origin: int = FIRST_ORIGIN
    vintages: tuple[int, ...] = tuple(range(FIRST_ORIGIN + 1, LAST_VINTAGE + 1))

    def as_written(self) -> dict[str, Any]:
        """Settings ready for JSON."""
        return asdict(self)


QUICK = Settings(
    futures=1024,
    truths=24,
    draws=256,
    first_origin=2013,
    vintages=(2014, 2016),
    effort=sampler.Effort(chains=128, rounds=4, warm_up=40, kept=4, apart=10),
    check_effort=sampler.Effort(chains=64, rounds=4, warm_up=30, kept=2, apart=10),
)
"""Settings that go through everything in seconds, for tests; their posterior is too rough to use."""


def uncertain() -> list[str]:
    """Parameters that are not constants, in their order."""
    return [name for name, each in parameters.all_parameters().items() if each.role != "constant"]


# --- learning -------------------------------------------------------------------------------------------------------


def year_after(origin: int, settings: Settings, *, wide: bool, jobs: int) -> dict[str, np.ndarray]:
    """Simulated targets of the year after an origin, with parameters from the prior; shocks differ by origin.

    Returns
    -------
    dict[str, np.ndarray]
        Targets (futures + truths, targets).
    """
    chosen = targets.targets_after(origin)
    request = Request(
        (load(BASELINE),),
        settings.futures + settings.truths,
        seed=settings.seed * SEEDS_APART + months.year(origin),
        origin=months.label(origin),
        horizon=months.label(origin + 12),
        indicators=tuple(targets.needed(chosen)),
        parameters="wide prior" if wide else "prior",
        parameter_seed=settings.seed,
    )
    values = ensemble.run_in_memory(request, jobs)[0]
    found, _ = targets.simulated(chosen, request.recorded, values, origin)
    return {"targets": found}


def standing(settings: Settings) -> np.ndarray:
    """Where the draws of the training stand in their priors, standard normal; (futures + truths, parameters)."""
    count = settings.futures + settings.truths
    shocks = Shocks(settings.seed, 0, count, 12)
    return np.column_stack([ndtri(shocks.quantile_of(name)) for name in uncertain()])


@dataclass(frozen=True)
class Learned:
    """Stand-ins of all origins, and the parameters they know.

    Attributes
    ----------
    names : tuple[str, ...]
        Calibrated parameters.
    columns : np.ndarray
        Their places among the uncertain ones.
    emulators : tuple[Emulator, ...]
        One per origin, oldest first.
    """

    names: tuple[str, ...]
    columns: np.ndarray
    emulators: tuple[Emulator, ...]
    first_origin: int

    def until(self, vintage: int) -> tuple[Emulator, ...]:
        """Those of the years up to a vintage."""
        return self.emulators[: vintage - self.first_origin]


def learn(made: Sequence[np.ndarray], origins: Sequence[int], settings: Settings) -> Learned:
    """Stand-ins for simulated targets, first with all parameters, then with those that matter.

    Parameters
    ----------
    made : Sequence[np.ndarray]
        (futures + truths, targets) by origin.
    """
    points = standing(settings)[: settings.futures]
    facts = []
    for origin, simulated in zip(origins, made, strict=True):
        chosen = targets.targets_after(origin)
        recorded = np.array([target.value for target in chosen])
        errors = np.array([target.error for target in chosen])
        facts.append((simulated[: settings.futures], recorded, errors, settings.seed + months.year(origin)))
    rough = [emulator.fit(points, *each) for each in facts]
    columns = np.flatnonzero(emulator.informed(rough, LEAST_EFFECT))
    fitted = tuple(emulator.fit(points[:, columns], *each) for each in facts)
    every = uncertain()
    return Learned(tuple(every[column] for column in columns), columns, fitted, settings.first_origin)


# --- sampling -------------------------------------------------------------------------------------------------------


def posterior_chains(
    emulators: Sequence[Emulator], observed: Sequence[np.ndarray], parameters_: int, seed: int, effort: sampler.Effort
) -> sampler.Chains:
    """Chains of the posterior, given the targets of some years."""
    joint, seen = Joint(emulators), np.concatenate(observed)
    return sampler.sample(lambda points: joint.log_likelihood(points, seen), parameters_, seed, effort)


def vintage_draws(learned: Learned, vintage: int, settings: Settings) -> dict[str, np.ndarray]:
    """Posterior on what was known at the end of a year: chains in standard normal units of the prior."""
    emulators = learned.until(vintage)
    observed = [each.observed for each in emulators]
    chains = posterior_chains(emulators, observed, len(learned.names), settings.seed + vintage, settings.effort)
    return {"points": chains.points, "acceptance": np.array(chains.acceptance)}


def parameter_values(learned: Learned, points: np.ndarray, settings: Settings, *, wide: bool) -> dict[str, np.ndarray]:
    """Values of the calibrated parameters, drawn from the chains without order.

    Parameters
    ----------
    points : np.ndarray
        (chains, steps, parameters)

    Returns
    -------
    dict[str, np.ndarray]
        Parameter -> (draws,).
    """
    flat = points.reshape(-1, points.shape[-1])
    rows = np.random.default_rng(settings.seed).permutation(len(flat))[
        : settings.draws // 2 if wide else settings.draws
    ]
    uniform = ndtr(flat[rows])
    return {
        name: parameters.prior_of(name, wide=wide).quantile(uniform[:, index])
        for index, name in enumerate(learned.names)
    }


def prior_values(names: Sequence[str], settings: Settings, *, wide: bool) -> dict[str, np.ndarray]:
    """Values of some parameters from their priors, to hold the posterior against; parameter -> (draws,)."""
    shocks = Shocks(settings.seed, 0, settings.draws, 12)
    return {name: parameters.prior_of(name, wide=wide).quantile(shocks.quantile_of(name)) for name in names}


def ranks_of_truth(
    learned: Learned, made: Sequence[np.ndarray], origins: Sequence[int], settings: Settings, *, first: int, count: int
) -> dict[str, np.ndarray]:
    """Simulation-based calibration: ranks of known parameters among posterior draws given what they brought about.

    Returns
    -------
    dict[str, np.ndarray]
        Ranks (truths, parameters), each from 0 to 1.
    """
    truth = standing(settings)[settings.futures :][:, learned.columns]
    ranks = []
    for place in range(first, first + count):
        random = np.random.default_rng([settings.seed, 77, place])
        observed = []
        for origin, simulated, each in zip(origins, made, learned.emulators, strict=True):
            errors = np.array([target.error for target in targets.targets_after(origin)])
            brought = simulated[settings.futures + place] + errors * random.standard_normal(len(errors))
            observed.append(each.shaped(brought) + emulator.DISCREPANCY * random.standard_normal(len(errors)))
        chains = posterior_chains(
            learned.emulators, observed, len(learned.names), settings.seed + 1000 + place, settings.check_effort
        )
        drawn = chains.points.reshape(-1, len(learned.names))
        ranks.append(np.mean(drawn < truth[place], axis=0))
    return {"ranks": np.array(ranks)}


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
        Vintage -> parameter -> the targets that say most about it.
    ranks : np.ndarray
        (truths, parameters of `names`), 0 to 1.
    """

    names: Mapping[int, tuple[str, ...]]
    values: Mapping[int, Mapping[str, np.ndarray]]
    chains: Mapping[int, np.ndarray]
    acceptance: Mapping[int, float]
    moved_by: Mapping[int, Mapping[str, list[str]]]
    ranks: np.ndarray


def calibrate(settings: Settings, keep: Keep, say: Say, jobs: int = 1) -> Outcome:
    """Posteriors of all vintages and the check of the sampler. The same for the same settings.

    Parameters
    ----------
    keep : Keep
        Takes finished steps from an interrupted run.
    """
    origins = [12 * year + 11 for year in range(settings.first_origin, LAST_VINTAGE)]
    learned: dict[bool, Learned] = {}
    made: dict[bool, list[np.ndarray]] = {}
    for wide in (False, True):
        made[wide] = []
        for origin in origins:
            name = f"{'wide' if wide else 'prior'}-{months.year(origin)}"
            step = keep(name, partial(year_after, origin, settings, wide=wide, jobs=jobs))
            made[wide].append(step["targets"])
            say(f"simulated {settings.futures:,} futures of {months.year(origin) + 1}{', wide priors' * wide}")
        learned[wide] = learn(made[wide], origins, settings)
    names: dict[int, tuple[str, ...]] = {}
    values, chains, acceptance, moved_by = {}, {}, {}, {}
    for vintage in settings.vintages:
        wide = vintage < LAST_VINTAGE
        known = learned[wide]
        step = keep(f"posterior-{vintage}", partial(vintage_draws, known, vintage, settings))
        names[vintage], chains[vintage] = known.names, step["points"]
        acceptance[vintage] = float(step["acceptance"])
        moved_by[vintage] = checks.movers(known.until(vintage), origins, known.names)
        values[vintage] = parameter_values(known, step["points"], settings, wide=wide)
        say(f"sampled the posterior on what was known at the end of {vintage}")
    ranks = []
    batch = 16
    for first in range(0, settings.truths, batch):
        count = min(batch, settings.truths - first)
        step = keep(
            f"ranks-{first}",
            partial(ranks_of_truth, learned[False], made[False], origins, settings, first=first, count=count),
        )
        ranks.append(step["ranks"])
        say(f"checked the sampler on {first + count} of {settings.truths} known truths")
    return Outcome(names, values, chains=chains, acceptance=acceptance, moved_by=moved_by, ranks=np.concatenate(ranks))
