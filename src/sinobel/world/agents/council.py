"""Council and Commission of the European Union: sanctions, and access to its market."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.rules import politics
from sinobel.world.rules.rates import share_a_month
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.european_union import EuropeanUnion

AS_EVENTS_DECIDE, OFF = 0, 1  # options of the lever eu.sanctions; those after OFF are the levels 1 and 2


class Council(Institution):
    """Council and Commission: answer events in Belarus with sanctions, and offers with access."""

    access: Draws = state("index 0-1", "access of Belarus to the Union", indicator="eu_access")
    opening_access: Draws = fixed("index 0-1", "the same at the origin")
    access_change: Draws = state("index 0-1", "its change over the last month")
    months_left: Draws = state("months", "time that sanctions after a crackdown still last")
    sanctions: Draws = state("level", "0 none, 1 political, 2 extended", indicator="eu_sanctions")

    def __init__(self, union: EuropeanUnion):
        super().__init__(union)
        known, p = self.world.known, self.parameters.politics
        self.access = self.opening_access = self.full(known.at_month("eu_access"))
        self.access_change = self.full(0.0)
        in_force = known.at_month("eu_sanctions")  # years they have lasted, 0 without
        left = np.maximum(MONTHS_PER_YEAR * (p.sanction_years - in_force), p.least_sanctions_left)
        self.months_left = np.where(in_force > 0, left, 0.0)
        self.sanctions = np.where(self.months_left > 0, 1.0, 0.0)

    def decide(self) -> None:
        """Sanctions of the month: as the scenario says, or as events in Belarus decide."""
        p = self.parameters.politics
        crackdown = self.world.chance("eu.crackdown") < share_a_month(p.crackdown_hazard)
        self.months_left = politics.sanctions_after_crackdown(
            months_left=self.months_left, crackdown=crackdown, years=p.sanction_years
        )
        by_events = np.where(self.months_left > 0, 1.0, 0.0)
        option = self.board["eu.sanctions"]
        self.sanctions = np.where(option == AS_EVENTS_DECIDE, by_events, option - OFF)

    def react(self) -> None:
        """Access moves toward what sanctions, offers and the effort of Minsk allow."""
        p, board = self.parameters.politics, self.board
        target = politics.eu_access_target(
            sanctions=self.sanctions,
            closed_level=p.access_under_sanctions,
            open_level=p.access_without_sanctions,
            market_access=board["eu.market_access"],
            access_gain=p.access_agreement,
            rapprochement=board["belarus.eu_rapprochement"],
            effort_gain=p.access_effort,
        )
        before = self.access
        self.access = politics.toward(level=before, target=target, speed=p.access_speed)
        self.access_change = self.access - before
