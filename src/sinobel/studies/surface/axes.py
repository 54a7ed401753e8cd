"""Which levers a surface is over, and in which ranges: those in which options differ, then those asked for most."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from sinobel.analysis.surface import Axis
from sinobel.inputs.levers import AS_DRAWN, Lever, all_levers
from sinobel.policies.changes import Change
from sinobel.policies.scenarios import Scenario
from sinobel.runs.request import Request
from sinobel.world.draws import draw_parameters
from sinobel.world.shocks import Shocks

LEAST, MOST = 6, 8
HEADLINE = (
    "china.lending_volume",
    "belarus.reform",
    "russia.energy_subsidy",
    "belarus.export_drive",
    "china.tied_share",
    "world.potash_demand",
    "russia.lending",
    "eu.market_access",
)
"""Levers that stand on a sheet where the options leave room: what is asked for most, of several owners."""


def axes_of(reference: Scenario, options: Sequence[Scenario], request: Request, first: int) -> list[Axis]:
    """The levers of a surface.

    Parameters
    ----------
    request : Request
        Of the reference, for the draws of parameters that a lever would replace.
    first : int
        Month from which on levers are set.
    """
    mine = {each.lever for each in reference.changes}
    changes = [each for option in options for each in option.changes if each.lever not in mine]
    often = Counter(each.lever for each in changes)
    wanted = [*(name for name, _ in often.most_common()), *(name for name in HEADLINE if name not in often)]
    found: list[Axis] = []
    for name in wanted:
        room = len(found) < (MOST if name in often else LEAST)
        axis = _axis(all_levers()[name], [each for each in changes if each.lever == name], request, first)
        if room and axis is not None and name not in mine:
            found.append(axis)
    return found


def left_out(axes: Sequence[Axis], reference: Scenario, options: Sequence[Scenario]) -> list[str]:
    """Levers that options set and that are none of the surface: switches, choices, and what follows the model."""
    mine = {each.lever for each in reference.changes}
    names = dict.fromkeys(each.lever for option in options for each in option.changes)
    return [name for name in names if name in mine or name not in {axis.name for axis in axes}]


def _axis(lever: Lever, changes: Sequence[Change], request: Request, first: int) -> Axis | None:
    """A lever with what has been seen of it, as far as options go beyond; None for what is no number to begin with."""
    if lever.kind != "number" or (lever.is_left_alone and lever.baseline != AS_DRAWN):
        return None
    start = _start(lever, request, first)
    set_to = [float(each.value) if each.value is not None else start * float(each.scale or 0.0) for each in changes]
    assert lever.range is not None
    ends = [float(each) for each in lever.experience] + [start, *set_to]
    low, high = (float(np.clip(end, *lever.range)) for end in (min(ends), max(ends)))
    return Axis(
        name=lever.name,
        label=lever.label,
        unit=lever.unit,
        low=low,
        high=high,
        start=start,
        drawn=lever.baseline == AS_DRAWN,
    )


def _start(lever: Lever, request: Request, first: int) -> float:
    """Where a lever stands without a change: its baseline, or the median of what is drawn."""
    number = lever.baseline_at(first)
    if math.isnan(number):
        origin, _ = request.months
        drawn = draw_parameters(request.parameters, Shocks(request.seed, 0, request.draws, 12), origin)
        number = float(np.clip(np.median(drawn.values[str(lever.parameter)]), *lever.limits))
    return round(lever.written(number), 4)
