"""Drawn parameters: what every future holds for true, one array over draws for each parameter."""

from __future__ import annotations

from collections.abc import Container, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sinobel.inputs.parameters import all_parameters, prior_of
from sinobel.inputs.posterior import SOURCES, calibrated
from sinobel.inputs.reading import InputError

if TYPE_CHECKING:
    import numpy as np

    from sinobel.world.shocks import Shocks


class ParameterDraws(SimpleNamespace):
    """Drawn parameters: `draws.loans.tied_share` is an array over draws. They do not change during a run."""

    def __init__(self, values: Mapping[str, np.ndarray]):
        subjects: dict[str, dict[str, np.ndarray]] = {}
        for name, value in values.items():
            subject, _, short = name.partition(".")
            value.flags.writeable = False
            subjects.setdefault(subject, {})[short] = value
        super().__init__(**{subject: SimpleNamespace(**entries) for subject, entries in subjects.items()})
        self.values = dict(values)

    def __deepcopy__(self, memo: Any) -> ParameterDraws:
        return self  # read-only

    def __reduce__(self) -> tuple[type[ParameterDraws], tuple[dict[str, np.ndarray]]]:
        return type(self), (self.values,)


def draw_from_prior(shocks: Shocks, *, wide: bool = False, without: Container[str] = ()) -> ParameterDraws:
    """Parameters of the draws of some shocks, each from its own prior.

    Parameters
    ----------
    shocks : Shocks
        Which draws, and the keyed random numbers that belong to them.
    wide : bool
        From the wider priors of earlier years.
    without : Container[str]
        Names of those that are drawn from elsewhere.

    Returns
    -------
    ParameterDraws
        Arrays of shape (draws,); draw k depends on the seed, k and the parameter's name alone.
    """
    return ParameterDraws(
        {
            name: prior_of(name, wide=wide).quantile(shocks.quantile_of(name))
            for name in all_parameters()
            if name not in without
        }
    )


def draw_parameters(source: str, shocks: Shocks, origin: int) -> ParameterDraws:
    """Parameters of the draws of some shocks.

    Parameters
    ----------
    source : str
        One of SOURCES.

    Returns
    -------
    ParameterDraws
        Arrays of shape (draws,); draw k depends on the seed, k and the calibration alone.
    """
    import numpy as np

    if source not in SOURCES:
        raise InputError(f"parameters come from {', '.join(SOURCES)}, not {source!r}")
    found = calibrated(source, origin)
    drawn = draw_from_prior(shocks, wide=source == "wide prior", without=found)
    if not found:
        return drawn
    count = len(next(iter(found.values())))
    shift = 7919 * int(shocks.parameter_seed) % count  # in whole numbers without end: a large seed does not overflow
    rows = (np.arange(shocks.first, shocks.first + shocks.count) + shift) % count
    chosen = drawn.values | {name: values[rows] for name, values in found.items()}
    return ParameterDraws({name: chosen[name] for name in all_parameters()})
