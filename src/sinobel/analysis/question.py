"""The question of a comparison: which options, against which, for whom, and how much sampling leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sinobel.analysis import outcomes
from sinobel.analysis.outcomes import Outcomes
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.objectives import Objectives, all_objectives, as_written, countries_of, from_written
from sinobel.inputs.reading import InputError, quoted
from sinobel.runs.manifest import Manifest
from sinobel.runs.trajectories import Yearly

FEW_YEARS = 4
"""Simulated years below which half of them is no horizon of its own."""


@dataclass(frozen=True)
class Question:
    """What a comparison is asked: against which scenario, who wants what, for whom, at which discount rate a year."""

    reference: str
    objectives: Objectives
    country: str = "belarus"
    rate: float = 0.0

    def as_written(self) -> dict[str, Any]:
        """The question for a manifest, ready for JSON."""
        return {
            "reference": self.reference,
            "for": self.country,
            "discount_rate": self.rate,
            "objectives": as_written(self.objectives),
            "positions": as_written(self.objectives.declared),
        }

    def sooner(self, annual: Yearly) -> Outcomes | None:
        """The same counted to the middle of the years, for an order that depends on how far one looks; None for few."""
        years = next(iter(annual.values()))["year"].values
        if len(years) < FEW_YEARS:
            return None
        near = years[: len(years) // 2]
        return self.counted({name: values.sel(year=near) for name, values in annual.items()})

    def counted(self, annual: Yearly) -> Outcomes | None:
        """Objectives counted on yearly values; None where no indicator of theirs is there."""
        try:
            return outcomes.outcomes(annual, self.objectives, self.reference, self.rate)
        except ValueError:
            return None


def question_of(manifest: Manifest) -> Question:
    """The question of a manifest; of one without, what ships is asked against its first scenario.

    Raises
    ------
    InputError
        When the question is damaged.
    """
    written = manifest.get("comparison")
    if written is None:
        shipped = all_objectives()
        return Question(manifest["request"]["scenarios"][0]["name"], shipped, countries_of(shipped)[0])
    try:
        objectives, country = from_written(written["objectives"], written.get("positions", ())), str(written["for"])
        if country not in COUNTRIES:
            raise ValueError(f"no country {country!r}")
        reference, rate = str(written["reference"]), float(written["discount_rate"])
        if reference not in [entry["name"] for entry in manifest["request"]["scenarios"]]:
            raise ValueError(f"no scenario {quoted(reference)}")
        if not 0 <= rate < 1:
            raise ValueError(f"no discount rate {rate:g}")
        return Question(reference, objectives, country, rate)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"the comparison in this manifest is damaged ({error})") from None
