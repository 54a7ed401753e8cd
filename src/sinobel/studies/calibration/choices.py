"""Targets that are choices: which of several options a year brought, in the record and in simulated futures."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from pydantic import BaseModel, ConfigDict

from sinobel.inputs.evidence import CONFIDENCE, all_evidence
from sinobel.inputs.settlements import Settlement, settlements

SAME = 1e-9  # of a price, relative: below this it has not changed


class Choice(BaseModel):
    """Who settles the price of potash first, year by year.

    Attributes
    ----------
    among : Mapping[str, str]
        Seller -> indicator that is 1 while it led the last round.
    turns : str
        Indicator that changes when a round begins.
    partner, partnership : str
        A seller that is no house of its own in so far as an indicator is 1.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    label: str
    among: Mapping[str, str]
    turns: str
    partner: str
    partnership: str
    evidence: tuple[str, ...]
    note: str

    @property
    def indicators(self) -> set[str]:
        """Indicators it is computed from."""
        return {*self.among.values(), self.turns, self.partnership}

    def recorded(self, year: int) -> tuple[dict[str, float], float] | None:
        """Parts of the options in a year of the record, which add up to 1, and how far to doubt them; None without any.

        Several rounds of a year count alike.
        """
        found = [each for each in settlements(all_evidence().contracts) if each.year == year and each.led_by]
        if not found:
            return None
        parts = {option: float(np.mean([each.led_by.get(option, 0.0) for each in found])) for option in self.among}
        return parts, max(CONFIDENCE[each.confidence] for each in found)

    def simulated(self, monthly: Mapping[str, np.ndarray], origin: int) -> dict[str, np.ndarray]:
        """Parts of the options in simulated futures; all of them 0 where no round began.

        Parameters
        ----------
        monthly : Mapping[str, np.ndarray]
            Indicator -> (months, draws), from the month after the origin.

        Returns
        -------
        dict[str, np.ndarray]
            Option -> (draws,).
        """
        price = np.vstack([np.full_like(monthly[self.turns][:1], _last(origin).price), monthly[self.turns]])
        began = np.abs(np.diff(price, axis=0)) > SAME * price[1:]
        led = {option: monthly[name] * 1.0 for option, name in self.among.items()}
        led[self.partner] = led[self.partner] * (1 - monthly[self.partnership])
        houses = np.maximum(np.sum(list(led.values()), axis=0), 1.0)
        rounds = np.maximum(began.sum(axis=0), 1)
        return {option: np.sum(began * (part / houses), axis=0) / rounds for option, part in led.items()}


def _last(origin: int) -> Settlement:
    """The last settlement by an origin, with which every future opens."""
    return [each for each in settlements(all_evidence().contracts) if each.settled <= origin][-1]
