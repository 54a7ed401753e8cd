"""China: the partnership with Belarus; its policy banks, potash buyers and investors act."""

from __future__ import annotations

import numpy as np

from sinobel.world.agents.country import Country
from sinobel.world.agents.investors import Investors
from sinobel.world.agents.policy_banks import PolicyBanks
from sinobel.world.agents.potash_buyers import PotashBuyers
from sinobel.world.agents.residents import Residents
from sinobel.world.agents.surroundings import Surroundings
from sinobel.world.arrays import Draws
from sinobel.world.ledger import (
    CHINA,
)
from sinobel.world.opening.loans import LoansOpening
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import politics
from sinobel.world.state import state


class China(Country):
    """The country: the partnership with Belarus; its institutions act."""

    account = CHINA

    partnership: Draws = state("index 0-1", "partnership with Belarus", indicator="partnership_with_china")
    partnership_change: Draws = state("index 0-1", "its change over the last month")

    def __init__(self, world: Surroundings, potash_opening: PotashOpening, loan_opening: LoansOpening):
        super().__init__(world)
        self.partnership = self.full(world.known.at_month("partnership_with_china"))
        self.partnership_change = self.full(0.0)
        self.policy_banks = PolicyBanks(self, loan_opening)
        self.potash_buyers = PotashBuyers(self, potash_opening)
        self.residents = Residents(self)
        self.investors = Investors(self)

    @property
    def money_weight(self) -> np.ndarray:
        """Chinese money of a year over GDP, 0 to 1 at 2 %: what Moscow and Minsk see as the Chinese alternative."""
        money = self.policy_banks.usual_release + self.investors.usual_fdi
        result: np.ndarray = np.clip(
            money / (self.parameters.politics.full_chinese_money * self.world.belarus.gdp), 0.0, 1.0
        )
        return result

    def react(self) -> None:
        """Partnership follows military technology and money; it swells pledges and worries Moscow."""
        p = self.parameters.politics
        target = politics.partnership_target(
            resting=p.partnership_resting,
            technology=self.board["china.technology_transfer"],
            technology_gain=p.partnership_technology,
            tied_money=self.money_weight,
            money_gain=p.partnership_money,
        )
        before = self.partnership
        self.partnership = politics.toward(level=before, target=target, speed=p.partnership_speed)
        self.partnership_change = self.partnership - before
