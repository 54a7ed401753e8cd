"""Where the prior of a parameter stood at an earlier origin, from the record to that origin and nothing later."""

from __future__ import annotations

import itertools
import math
import statistics
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from sinobel.inputs import months
from sinobel.inputs.evidence import all_evidence

LEAST_YEARS = 4
"""Fewer recorded years than these give no middle: the prior then stays where today's is, only wider."""


@dataclass(frozen=True)
class Middle:
    """A middle and its standard error, both in logarithms where these were asked for."""

    value: float
    error: float


class Early(BaseModel):
    """What of the record puts a parameter's prior in its place at an earlier origin."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    of: str  # series of the record
    take: Literal["mean", "median", "growth"]  # of its yearly values, or the mean growth of their logarithms
    since: int  # first year that counts
    scale: float = 1.0  # from the series' unit to the parameter's

    def middle(self, origin: int, *, logs: bool = False) -> Middle | None:
        """The middle that the record to an origin gives, or None when it holds too few years.

        Parameters
        ----------
        origin : int
            Month number; years that end by then are known.
        logs : bool
            As the logarithm of the middle, for a prior that is counted in them.
        """
        yearly = all_evidence().record.yearly(self.of)
        known = [yearly[year].value for year in sorted(yearly) if self.since <= year <= months.year(origin)]
        if len(known) < LEAST_YEARS:
            return None
        if self.take == "growth":
            known = [math.log(after / before) for before, after in itertools.pairwise(known)]
        values = [self.scale * value for value in known]
        middle = statistics.median(values) if self.take == "median" else statistics.fmean(values)
        error = statistics.stdev(values) / math.sqrt(len(values))
        return Middle(math.log(middle), error / middle) if logs else Middle(middle, error)

    def words(self) -> str:
        """What it is, as a person would say it."""
        taken = "mean growth" if self.take == "growth" else self.take
        return f"the {taken} of {self.of} from {self.since} to the origin"
