"""Drawn parameters: what every future holds for true, one array over draws for each parameter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sinobel.inputs.parameters import all_parameters, prior_of
from sinobel.inputs.posterior import SOURCES, calibrated, early_origin
from sinobel.inputs.reading import InputError
from sinobel.world.subjects import SUBJECTS, Subjects

if TYPE_CHECKING:
    import numpy as np

    from sinobel.world.shocks import Shocks


class ParameterDraws(Subjects):
    """Drawn parameters: `draws.loans.tied_share` is an array over draws. They do not change during a run.

    Parameters
    ----------
    values : Mapping[str, np.ndarray]
        Every parameter of the model, "loans.tied_share" and all others; they become read-only.
    """

    def __init__(self, values: Mapping[str, np.ndarray]):
        of_subject: dict[str, dict[str, np.ndarray]] = {subject: {} for subject in SUBJECTS}
        for name, value in values.items():
            subject, _, short = name.partition(".")
            value.flags.writeable = False
            of_subject[subject][short] = value
        for subject, entries in of_subject.items():
            declared = {field.name for field in fields(SUBJECTS[subject])}
            if other := sorted(declared ^ set(entries)):
                names = ", ".join(f"{subject}.{name}" for name in other)
                raise InputError(
                    f"the classes of parameters do not go with model/parameters: {names}; write them anew, as "
                    "CONTRIBUTING.md says of a parameter"
                )
            setattr(self, subject, SUBJECTS[subject](**entries))
        self.values = dict(values)

    def __deepcopy__(self, memo: Any) -> ParameterDraws:
        return self  # read-only

    def __reduce__(self) -> tuple[type[ParameterDraws], tuple[dict[str, np.ndarray]]]:
        return type(self), (self.values,)


def draw_from_prior(shocks: Shocks, *, early: int | None = None) -> ParameterDraws:
    """Parameters of the draws of some shocks, each from its own prior.

    Parameters
    ----------
    shocks : Shocks
        Which draws, and the keyed random numbers that belong to them.
    early : int | None
        From the priors of an earlier origin, a month number.

    Returns
    -------
    ParameterDraws
        Arrays of shape (draws,); draw k depends on the seed, k and the parameter's name alone.
    """
    return ParameterDraws(_prior_values(shocks, all_parameters(), early=early))


def _prior_values(shocks: Shocks, names: Iterable[str], *, early: int | None) -> dict[str, np.ndarray]:
    from sinobel.world import elementary

    return {name: prior_of(name, early=early).quantile(shocks.quantile_of(name), elementary) for name in names}


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
    early = early_origin(source, origin)
    if not found:
        return draw_from_prior(shocks, early=early)
    drawn = _prior_values(shocks, [name for name in all_parameters() if name not in found], early=early)
    count = len(next(iter(found.values())))
    shift = 7919 * int(shocks.parameter_seed) % count  # in whole numbers without end: a large seed does not overflow
    rows = (np.arange(shocks.first, shocks.first + shocks.count) + shift) % count
    chosen = drawn | {name: values[rows] for name, values in found.items()}
    return ParameterDraws({name: chosen[name] for name in all_parameters()})
