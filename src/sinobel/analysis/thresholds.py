"""Thresholds that debt, its service and reserves may cross, each with its source, and how many futures cross them."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from sinobel.inputs.literature import FRAMEWORK, OF_DEBT, OF_RESERVES
from sinobel.inputs.objective import Objective
from sinobel.inputs.quantities import with_unit
from sinobel.runs.trajectories import Yearly

SIDES = {">": "above", ">=": "at least", "<": "below", "<=": "at most"}
BEYOND = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


@dataclass(frozen=True)
class Threshold:
    """A level that a yearly value should not pass.

    Attributes
    ----------
    relation : str
        Which side lies beyond it: ">", ">=", "<" or "<=".
    source : str
        Who set it; of an assumption, whose.
    note : str
        What is another measure there than here.
    assumed : bool
        Whether it is an assumption for this use.
    year : int | None
        The only year in which it counts; None for every one.
    """

    indicator: str
    label: str
    level: float
    unit: str
    relation: str
    source: str
    note: str = ""
    assumed: bool = False
    year: int | None = None

    @property
    def words(self) -> str:
        """What stands in a row: name, side and level."""
        when = "" if self.year is None else f" in {self.year}"
        return f"{self.label} {SIDES[self.relation]} {with_unit(self.level, self.unit)}{when}"

    def crossed(self, values: np.ndarray) -> np.ndarray:
        """Where values lie beyond it; what is no number crosses nothing."""
        found: np.ndarray = BEYOND[self.relation](values, self.level)
        return found


SOURCED = (
    Threshold(
        "debt_to_gdp",
        "debt over GDP",
        0.4,
        "fraction",
        relation=">",
        source=FRAMEWORK,
        note="there of present value, here of what is owed",
    ),
    Threshold(
        "debt_to_gdp",
        "debt over GDP",
        0.6,
        "fraction",
        relation=">",
        source=OF_DEBT,
        note="there with private external debt",
        assumed=True,
    ),
    Threshold(
        "debt_service_to_exports",
        "service over exports",
        0.2,
        "fraction",
        relation=">",
        source=FRAMEWORK,
        note="there of goods and services, here of goods",
    ),
    Threshold(
        "debt_service_to_revenue",
        "service over revenue",
        0.2,
        "fraction",
        relation=">",
        source=FRAMEWORK,
    ),
    Threshold(
        "reserve_cover",
        "reserves",
        3.0,
        "months of imports",
        relation="<",
        source=OF_RESERVES,
        note="here months of goods imports",
    ),
)
"""Of the years to 2016. What is set for other countries or another measure says so."""
TAKEN = {"reserves": "reserves", "interest_to_revenue": "interest over revenue"}
"""Indicators of which the threshold of an objective is a threshold of debt or reserves too, and their short names."""


def thresholds(objectives: Mapping[str, Objective], country: str = "belarus") -> list[Threshold]:
    """Those with a source, then those of a country's objectives on its debt and reserves."""
    found = [
        Threshold(
            each.indicator,
            TAKEN[each.indicator],
            each.threshold,
            "USD mn" if each.indicator == "reserves" else "fraction",
            relation="<" if each.sign > 0 else ">",
            source=f"objective of {each.country.title()}: {each.threshold_from.removeprefix('assumption: ')}",
            assumed=each.threshold_from.startswith("assumption"),
        )
        for each in objectives.values()
        if each.country == country and each.indicator in TAKEN and each.threshold is not None
    ]
    return [*SOURCED, *found]


def crossing(yearly: Yearly, threshold: Threshold, scenario: str) -> np.ndarray:
    """Share of futures beyond a threshold, year by year, of those in which the value is a number; (years,).

    Not a number in years in which it does not count.
    """
    values = yearly[threshold.indicator].sel(scenario=scenario).transpose("draw", "year").values.astype(float)
    known = ~np.isnan(values)
    counted = known.sum(axis=0)
    beyond = (threshold.crossed(values) & known).sum(axis=0)
    share: np.ndarray = np.divide(beyond, counted, out=np.full(len(counted), np.nan), where=counted > 0)
    years = yearly[threshold.indicator]["year"].values
    return share if threshold.year is None else np.where(years == threshold.year, share, np.nan)


def held(yearly: Yearly, among: Iterable[Threshold]) -> list[Threshold]:
    """Thresholds on what some results hold."""
    return [each for each in among if each.indicator in yearly]
