"""Chinese investors: direct investment in Belarus, and what of it takes the place of loans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.policies import event_path, events
from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.elementary import exp
from sinobel.world.ledger import (
    BELARUS,
    CHINA,
)
from sinobel.world.rules import external_accounts, loan_service, trade
from sinobel.world.state import state

if TYPE_CHECKING:
    from sinobel.world.agents.china import China


class Investors(Institution):
    """Chinese direct investment, the part of it that replaces loans, and what events bring. USD mn a month."""

    planned: Draws = state("USD mn", "committed as investment instead of a loan, not yet invested")
    instead_of_loans: Draws = state("USD mn a month", "investment out of it")
    arranged: Draws = state("USD mn a month", "investment that an event of the scenario brings")
    outside: Draws = state("USD mn a month", "usual investment outside the park")
    fdi: Draws = state("USD mn a month", "direct investment", indicator="fdi_from_china")
    usual_fdi: Draws = state("USD mn a month", "moving average of it over a year")

    def __init__(self, china: China):
        super().__init__(china)
        self.china = china
        self.planned = self.instead_of_loans = self.arranged = self.full(0.0)
        self.outside = self.planned
        self.fdi = self.usual_fdi = self.parameters.finance.china_fdi / MONTHS_PER_YEAR

    def plan(self, amount: np.ndarray) -> None:
        """Take over a commitment that comes as investment rather than as a loan."""
        self.planned = self.planned + amount

    def invest(self) -> None:
        """Invest what reform, risk, EU access and rivals allow, what residents bring, and what replaces loans."""
        p, world, board = self.parameters.finance, self.world, self.board
        government = world.belarus.government
        pull = p.fdi_proximity * (
            world.eu.access
            - world.eu.opening_access
            - (board["eu.ukraine_competition"] - world.opening_board["eu.ukraine_competition"])
        )
        growth = trade.trend_in_dollars(
            trend=p.china_fdi_growth, inflation=p.dollar_inflation, recorded=p.recorded_inflation
        )
        outside = (1 - self.china.residents.usual_part) * p.china_fdi / MONTHS_PER_YEAR  # of the park
        trend = outside * exp(growth * world.environment.years)
        self.outside = external_accounts.direct_investment(
            base=trend,
            reform_weight=p.fdi_reform,
            reform=government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            risk_weight=p.fdi_risk,
            risk=government.risk,
            usual_risk=self.parameters.loans.usual_risk,
            pull=pull,
            noise=p.china_fdi_spread * world.yearly_normal("china.fdi"),
            least=p.least_investment,
            largest=p.largest_investment,
        )
        quality = loan_service.quality(
            reform=government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            weight=self.parameters.loans.reform_quality,
            sanctions_cut=0.0,
        )
        self.instead_of_loans = self.planned * loan_service.share_paid_out(
            pace=self.parameters.loans.draw_pace, largest=self.parameters.loans.largest_pace, quality=quality
        )
        self.planned = self.planned - self.instead_of_loans
        self.arranged = self.full(self.board.events(event_path.INVESTED, events.CHINA))
        self.fdi = self.outside + self.instead_of_loans + self.arranged + self.china.residents.settling
        self.usual_fdi = self.usual_fdi + (self.fdi - self.usual_fdi) / self.parameters.politics.money_memory
        world.money.pay("direct investment", CHINA, BELARUS, self.fdi)
