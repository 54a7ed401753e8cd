"""The European Union: sanctions, access to its market, and through them the doors of banks and bond markets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Country, Institution
from sinobel.world.ledger import EU
from sinobel.world.rules import politics
from sinobel.world.rules.rates import share_a_month

if TYPE_CHECKING:
    from sinobel.world.world import World

AS_EVENTS_DECIDE, OFF = 0, 1  # options of the lever eu.sanctions; those after OFF are the levels 1 and 2


class EuropeanUnion(Country):
    """The Union; Council and Commission act for it."""

    account = EU

    def __init__(self, world: World):
        super().__init__(world)
        self.council = Council(self)

    @property
    def sanctions(self) -> np.ndarray:
        """0 none, 1 political, 2 extended."""
        return self.council.sanctions

    @property
    def access(self) -> np.ndarray:
        """Access of Belarus to the EU, 0 to 1."""
        result: np.ndarray = self.council.access
        return result

    @property
    def access_change(self) -> np.ndarray:
        """Change of access last month."""
        result: np.ndarray = self.council.access_change
        return result

    @property
    def opening_access(self) -> np.ndarray:
        """Access at the origin."""
        result: np.ndarray = self.council.opening_access
        return result


class Council(Institution):
    """Council and Commission: answer events in Belarus with sanctions, and offers with access."""

    def __init__(self, union: EuropeanUnion):
        super().__init__(union)
        known, p = self.world.known, self.parameters.politics
        like = 0.0 * p.access_speed
        self.access = self.opening_access = known.at_month("eu_access") + like
        self.access_change = like
        in_force = known.at_month("eu_sanctions")  # years they have lasted, 0 without
        left = np.maximum(12 * (p.sanction_years - in_force), 6.0)
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
