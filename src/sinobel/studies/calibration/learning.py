"""Simulated futures around the record, and stand-ins for them, module by module."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from sinobel.inputs import months, parameters
from sinobel.policies.scenarios import BASELINE, load
from sinobel.runs import ensemble
from sinobel.runs.request import Request
from sinobel.studies.calibration import emulator, targets
from sinobel.studies.calibration.emulator import Emulator, Joint
from sinobel.studies.calibration.settings import SEEDS_APART, Settings
from sinobel.studies.calibration.targets import Target
from sinobel.world.shocks import Shocks

LEAST_EFFECT = 0.06
"""A parameter is calibrated when it moves some target by more than this share of the target's spread."""


def uncertain() -> list[str]:
    """Parameters that are not constants, in their order."""
    return [name for name, each in parameters.all_parameters().items() if each.role != "constant"]


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
class Part:
    """Stand-ins of the targets of a module, at all origins.

    Attributes
    ----------
    names : tuple[str, ...]
        Parameters that move its targets; those of other modules are disturbances that last.
    own : tuple[str, ...]
        Those of the module, which learn.
    columns : np.ndarray
        Places of `names` among the uncertain ones.
    emulators : tuple[Emulator, ...]
        One per origin, oldest first.
    targets : tuple[tuple[Target, ...], ...]
        One tuple per origin.
    """

    module: str
    names: tuple[str, ...]
    own: tuple[str, ...]
    columns: np.ndarray
    emulators: tuple[Emulator, ...]
    targets: tuple[tuple[Target, ...], ...]

    def joint(self, years: int) -> Joint:
        """The likelihood of the first years."""
        series = [[target.series for target in chosen] for chosen in self.targets[:years]]
        return Joint(self.emulators[:years], series)

    @property
    def places(self) -> list[int]:
        """Places of the own parameters among all that move its targets."""
        return [self.names.index(name) for name in self.own]


@dataclass(frozen=True)
class Learned:
    """Stand-ins of all modules."""

    parts: tuple[Part, ...]
    first_origin: int

    @property
    def names(self) -> tuple[str, ...]:
        """Calibrated parameters, module by module."""
        return tuple(name for part in self.parts for name in part.own)

    def years(self, vintage: int) -> int:
        """How many years a vintage has seen."""
        return vintage - self.first_origin


Fits = dict[tuple[str, int, bytes, bool], Emulator]
"""Stand-ins that were fitted, by module, origin, places of parameters, and whether without squares and products."""


def learn(made: Sequence[np.ndarray], origins: Sequence[int], settings: Settings, fits: Fits | None = None) -> Learned:
    """Stand-ins for simulated targets, module by module.

    Which parameters learn is chosen by these origins alone, so a vintage is given those whose outcome it has seen:
    simulations of later ones open from what was recorded later.

    Parameters
    ----------
    made : Sequence[np.ndarray]
        (futures + truths, targets) by origin.
    fits : Fits | None
        Those of the same simulations that other vintages have needed; what is new is added.
    """
    fits = {} if fits is None else fits
    parts = [learn_module(name, made, origins, settings, fits) for name in targets.all_modules().by_name]
    return Learned(tuple(part for part in parts if part.own), settings.first_origin)


def learn_module(
    module: str, made: Sequence[np.ndarray], origins: Sequence[int], settings: Settings, fits: Fits
) -> Part:
    """Stand-ins for the targets of a module, first with all parameters, then with those that matter.

    Nothing but the targets of the module comes in, so that its part stays to the last digit whatever others become.
    """
    points = standing(settings)[: settings.futures]
    facts, of_module = [], []
    for origin, simulated in zip(origins, made, strict=True):
        every_target = targets.targets_after(origin)
        places = [place for place, target in enumerate(every_target) if target.module == module]
        chosen = tuple(every_target[place] for place in places)
        recorded = np.array([target.value for target in chosen])
        errors = np.array([target.error for target in chosen])
        seed = (settings.seed, months.year(origin), key_of(module))
        options = tuple(Counter(target.name for target in chosen if target.option).values())
        facts.append(((simulated[: settings.futures, places], recorded, errors, seed), options))
        of_module.append(chosen)
    if not any(of_module):
        return Part(module, (), (), np.array([], int), emulators=(), targets=tuple(of_module))
    every, owns = uncertain(), targets.all_modules().by_name[module].owns

    def fitted(columns: np.ndarray, *, linear: bool) -> tuple[Emulator, ...]:
        found = []
        for origin, (each, options) in zip(origins, facts, strict=True):
            key = (module, origin, columns.tobytes(), linear)
            if key not in fits:
                fits[key] = emulator.fit(points[:, columns], *each, options=options, linear=linear)
            found.append(fits[key])
        return tuple(found)

    columns = np.flatnonzero(emulator.informed(fitted(np.arange(len(every)), linear=True), LEAST_EFFECT))
    names = tuple(every[column] for column in columns)
    own = tuple(name for name in names if owns(name))
    return Part(module, names, own, columns, emulators=fitted(columns, linear=False), targets=tuple(of_module))


def key_of(module: str) -> int:
    """A number for a name, so that a module has random numbers of its own."""
    return zlib.crc32(module.encode())
