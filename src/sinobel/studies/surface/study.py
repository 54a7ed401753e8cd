"""Fit a surface to runs of the model, and measure its error on runs that it never saw.

Every run meets the same futures as the reference. Half of the points fill the whole space of the levers; in the others
each lever stays where it starts with a chance of one half, because whoever moves cells moves a few of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sinobel.analysis import surface
from sinobel.analysis.surface import Answer, Axis, Fit, Surface
from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import digest
from sinobel.policies.scenarios import Scenario
from sinobel.runs import ensemble
from sinobel.runs.request import Progress, Request
from sinobel.studies.targets import horizon_for

FITTED, HELD_OUT = (40, 40), (16, 16)
"""Points that fill the space, and points in which some levers stay where they start."""
AT_ONCE = 16
"""Settings simulated at once, on the same shocks."""
LATER = (2, 4, 9)
"""Years after the origin that are answered."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a surface is fitted to.

    Attributes
    ----------
    reference : Scenario
        What levers are set on, and what is compared with.
    fitted, held_out : tuple[int, int]
        Numbers of points of the two kinds.
    """

    reference: Scenario
    axes: tuple[Axis, ...]
    indicators: tuple[str, ...]
    years: tuple[int, ...]
    draws: int
    seed: int
    origin: str
    source: str = "posterior"
    fitted: tuple[int, int] = FITTED
    held_out: tuple[int, int] = HELD_OUT

    @property
    def first_month(self) -> str:
        """From when on levers are set: a year after the origin."""
        return first_month(self.origin)

    def over(self, axes: Sequence[Axis]) -> Plan:
        """The plan over some levers."""
        return replace(self, axes=tuple(axes))

    def request(self, scenarios: Sequence[Scenario]) -> Request:
        """The ensemble of some scenarios to the last year that is answered."""
        return Request(
            tuple(scenarios),
            self.draws,
            seed=self.seed,
            origin=self.origin,
            horizon=horizon_for([self.reference], max(self.years)),
            indicators=self.indicators,
            parameters=self.source,
        )

    def with_settings(self, values: Sequence[float], place: int) -> Scenario:
        """The reference with values of the levers; one at its start is left alone, also where futures differ in it."""
        policy = self.reference
        for axis, value in zip(self.axes, values, strict=True):
            if value == axis.start:
                continue
            policy = policy.with_change(axis.name, float(value), start=self.first_month)
        return replace(policy, name=f"point {place}")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A surface with what it was made of."""

    plan: Plan
    surface: Surface
    points: str
    runs: int


def first_month(origin: str) -> str:
    """The month from which on levers are set."""
    return months.label(months.parse_origin(origin) + 13)


def years_of(origin: str, last: int) -> tuple[int, ...]:
    """Years that are answered, as far as a horizon allows."""
    start = months.year(months.parse_origin(origin))
    return tuple(dict.fromkeys(min(start + later, last) for later in LATER))


def run(plan: Plan, progress: Progress | None = None) -> Found:
    """Carry out a plan."""
    learned, unseen = settings_of(plan)
    start = np.array([[axis.start for axis in plan.axes]])
    every = np.concatenate([start, learned, unseen])
    before, changes = _simulated(plan, every, progress)
    terms = surface.terms_of(plan.axes)
    columns = surface.columns_of(surface.scaled(plan.axes, every), terms)
    last = 1 + len(learned)
    answers = []
    for name, row, middles in zip(plan.indicators, np.moveaxis(changes, 1, 0), before, strict=True):
        for year, values, middle in zip(plan.years, np.moveaxis(row, 1, 0), middles, strict=True):
            weights = np.array([surface.fitted(columns[1:last], each[1:last], each[0], terms) for each in values.T])
            errors = surface.in_order(columns[last:] @ weights.T) - values[last:]
            answers.append(_answer(name, year, float(middle), (weights, errors)))
    found = Surface(plan.axes, terms, tuple(answers))
    return Found(plan=plan, surface=found, points=digest(every.tobytes().hex()), runs=len(every))


def settings_of(plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Settings (runs, levers) that are fitted, and those that are held out."""
    learned = _points(plan.axes, plan.fitted, plan.seed)
    return learned, _points(plan.axes, plan.held_out, plan.seed + 1)


def _points(axes: Sequence[Axis], counts: tuple[int, int], seed: int) -> np.ndarray:
    """Points of a scrambled Sobol' sequence; in the later ones, twice as wide, half of the levers stay."""
    from scipy.stats import qmc

    full, some = counts
    drawn = qmc.Sobol(2 * len(axes), seed=seed).random(1 << (full + some - 1).bit_length())
    places, stays = drawn[: full + some, : len(axes)], drawn[: full + some, len(axes) :] < 1 / 2
    low, high, start = (np.array([getattr(axis, name) for axis in axes]) for name in ("low", "high", "start"))
    values = low + places * (high - low)
    stays[:full] = False
    return np.where(stays, start, values)


def _simulated(plan: Plan, settings: np.ndarray, progress: Progress | None) -> tuple[np.ndarray, np.ndarray]:
    """Medians (indicators, years) without a change, and quantiles (runs, indicators, years, 3) of what changes."""
    first = months.year(months.parse_origin(plan.origin)) + 1
    places = [year - first for year in plan.years]
    parts, before = [], np.empty(0)
    for done in range(0, len(settings), AT_ONCE):
        some = settings[done : done + AT_ONCE]
        policies = [plan.with_settings(values, done + place) for place, values in enumerate(some)]
        years = ensemble.gather(plan.request([plan.reference, *policies]), ("years",)).years
        assert years is not None
        base, *others = (sheet[:, places].astype(float) for sheet in years)
        before = np.nanmedian(base, axis=-1)
        changes = np.stack(others) - base
        parts.append(np.moveaxis(np.nanquantile(changes, surface.LEVELS, axis=-1), 0, -1))
        if progress:
            progress(min(done + AT_ONCE, len(settings)) * plan.draws, len(settings) * plan.draws)
    return before, np.concatenate(parts)


def _answer(name: str, year: int, before: float, found: tuple[np.ndarray, np.ndarray]) -> Answer:
    known = all_indicators()[name]
    fits = [
        Fit(tuple(map(float, weights)), float(np.sqrt(np.mean(errors**2))), float(np.abs(errors).max()))
        for weights, errors in zip(found[0], found[1].T, strict=True)
    ]
    low, middle, high = fits
    return Answer(
        indicator=name,
        label=known.label,
        unit=known.yearly_unit,
        year=year,
        before=before,
        fits=(low, middle, high),
    )
