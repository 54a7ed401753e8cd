"""Capacity of potash mines, from the record and the projects of the trade press: year by year, then by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sinobel.inputs.evidence import Evidence, KnownRecord
from sinobel.world.constants import HALF, MONTHS_PER_YEAR
from sinobel.world.elementary import power
from sinobel.world.opening.potash_record import FIRST_YEAR, chinese_output
from sinobel.world.subjects.potash import PotashParameters

PRODUCED_YEARS = 5  # whose largest output shows what the mines can do at least
PLANS_KNOWN = 2015  # year from which the projects of all producers are known
LAST_PLAN = 2021  # year after which no project is announced

Plans = Sequence[Mapping[str, str]]


def world_capacity(known: KnownRecord, evidence: Evidence, p: PotashParameters, last: int) -> dict[int, np.ndarray]:
    """Nameplate capacity outside China at mid-year, kt KCl a year, from 2003 to `last`, without the Nezhinsky mine.

    Recorded world totals (before the first, what the mines have proven they can do), then the total planned for 2018
    and the named projects after it (known from 2015 on); for earlier origins, growth that nobody announced in our
    sources. Chinese capacity is taken out.
    """
    content = p.k2o_content
    known_points, plans = _counted(known, evidence) or _proven(known, p), evidence.capacity_at(known.year)
    growth = 1 + p.capacity_growth_unknown
    first_known, last_known = min(known_points), max(known_points)
    world: dict[int, np.ndarray] = {}
    for year in range(FIRST_YEAR, last + 1):
        if year <= first_known:
            world[year] = known_points[first_known] / content * power(growth, year - first_known)
        elif year <= last_known:
            before = max(point for point in known_points if point <= year)
            after = min(point for point in known_points if point >= year)
            weight = 0.0 if after == before else (year - before) / (after - before)
            level = power(known_points[before], 1 - weight) * power(known_points[after], weight)
            world[year] = level / content
        elif known.year < PLANS_KNOWN:
            world[year] = world[year - 1] * growth
        else:
            world[year] = world[last_known] + projects(plans, p, last_known, year)
            world[year] = world[year] * power(1 + p.capacity_growth_after_plans, max(year - LAST_PLAN, 0))
    own = {year: chinese_output(known, p, year) for year in range(FIRST_YEAR, known.year + 1)}
    outside = {}
    for year, level in world.items():
        domestic = own[min(year, known.year)] * power(1 + p.own_output_growth, max(year - known.year, 0))
        outside[year] = level - p.chinese_capacity_ratio * domestic
    return outside


def _counted(known: KnownRecord, evidence: Evidence) -> dict[int, float | np.ndarray]:
    """World totals that were published or planned by the origin, kt K2O a year."""
    found: dict[int, float | np.ndarray] = {}
    for row in evidence.capacity_at(known.year):
        year, planned = int(row["year"]), row["kind"] != "record"
        if row["supplier"] == "world" and (year <= known.year or (planned and known.year >= PLANS_KNOWN)):
            found[year] = float(row["capacity_kt"])
    return found


def _proven(known: KnownRecord, p: PotashParameters) -> dict[int, float | np.ndarray]:
    """Capacity at the largest output of the last years, kt K2O a year, of which only a part can be used."""
    output = known.years("k2o_production.WLD", known.year - PRODUCED_YEARS)
    year = max(output, key=lambda each: output[each])
    return {year: output[year] / p.usable_capacity}


def projects(plans: Plans, p: PotashParameters, after: int, year: int, supplier: str = "") -> np.ndarray:
    """Capacity that named projects have added by mid-year, kt KCl a year, without the Nezhinsky mine."""
    added = 0.0 * p.project_completion
    for row in plans:
        start = int(row["year"])
        is_project = row["unit"].endswith("added") and "Nezhinsky" not in row["project"]
        if is_project and start > after and supplier in ("", row["supplier"]):
            ramp = np.clip((year + HALF - start) / p.project_ramp, 0.0, 1.0)
            added = added + float(row["capacity_kt"]) * p.project_completion * ramp
    result: np.ndarray = added
    return result


def belarus_capacity(known: KnownRecord, evidence: Evidence, p: PotashParameters, last: int) -> dict[int, np.ndarray]:
    """Capacity of Belaruskali at mid-year, kt KCl a year, without the Nezhinsky mine."""
    recorded = known.years("belaruskali_capacity", FIRST_YEAR)
    produced = max(known.years("k2o_production.BLR", known.year - PRODUCED_YEARS).values()) / p.k2o_content
    base = np.maximum(produced, max(recorded.values(), default=0.0))
    path = {}
    for year in range(known.year, last + 1):
        if known.year < PLANS_KNOWN:
            path[year] = base * power(1 + p.belarus_growth_share * p.capacity_growth_unknown, year - known.year)
        else:
            path[year] = base + projects(evidence.capacity_at(known.year), p, known.year, year, supplier="Belarus")
    return path


def monthly_path(yearly: dict[int, np.ndarray], origin: int, horizon: int) -> np.ndarray:
    """A yearly path at mid-years as monthly rates, one row per month from the origin to the horizon."""
    rows = []
    for month in range(origin, horizon + 1):
        middle = (month + HALF) / MONTHS_PER_YEAR - HALF  # position among mid-years
        year = int(np.floor(middle))
        part = middle - year
        before = yearly[max(year, min(yearly))]
        after = yearly[min(year + 1, max(yearly))]
        rows.append((before + part * (after - before)) / MONTHS_PER_YEAR)
    return np.stack(rows)
