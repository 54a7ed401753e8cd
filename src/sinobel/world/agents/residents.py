"""Residents of Great Stone: firms that join the park, invest and sell abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import A_YEAR, MONTHS_PER_YEAR
from sinobel.world.elementary import exp
from sinobel.world.rules import external_accounts, loan_offers, residents, trade
from sinobel.world.state import Pipeline, fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.china import China

YEARS_OF_BUILDING = 3
"""Years in which a resident invests in equal parts, of all that it brings."""


class Residents(Institution):
    """Firms in the park: they decide once a year whether to come, invest for three years, and then sell.

    Usual investment of China holds those that come in usual years, so the rest of it is less by their share.
    """

    count: Draws = state("level", "residents that joined since the origin", indicator="great_stone_residents")
    joining: Pipeline = state("fraction", "those of the last three years over the usual")
    settling: Draws = state("USD mn a month", "what residents invest", indicator="fdi_of_residents")
    usually: Draws = state("USD mn a month", "the same in usual years")
    usual_part: Draws = fixed(
        "fraction", "part of usual investment of China that is theirs; none before there is a park"
    )
    exports: Draws = state(
        "USD mn a month", "what the park sells abroad beyond usual years", indicator="exports_of_residents"
    )

    def __init__(self, china: China):
        super().__init__(china)
        open_then = np.minimum(self.full(self.world.opening_board["belarus.zone_law"]), 1.0)
        self.usual_part = self.parameters.finance.residents_part * open_then
        self.joining = Pipeline((open_then,) * YEARS_OF_BUILDING)
        self.count = self.settling = self.usually = self.exports = self.full(0.0)

    def open_year(self) -> None:
        """January: who joins in the year, and what those of three years invest in it."""
        p, world = self.parameters.finance, self.world
        arrived = residents.arrivals(
            expected=self._expected(),
            spread=p.residents_spread,
            shock=world.yearly_normal("china.residents"),
            luck=world.yearly_chance("china.residents, the last one"),
        )
        self.count = self.count + arrived
        self.joining = self.joining.then(arrived / (A_YEAR * p.residents_a_year))
        growth = trade.trend_in_dollars(
            trend=p.china_fdi_growth, inflation=p.dollar_inflation, recorded=p.recorded_inflation
        )
        usual = p.china_fdi / MONTHS_PER_YEAR * exp(growth * world.environment.years)
        several = sum(self.joining[1:], start=self.joining[0]) / YEARS_OF_BUILDING
        self.settling = p.residents_part * usual * several
        self.usually = self.usual_part * usual

    def _expected(self) -> Draws:
        """Residents to be expected: law of the park, reform, risk, the way to the Union, the plans of Beijing."""
        p, board, world, loans = self.parameters.finance, self.board, self.world, self.parameters.loans
        government, usual = world.belarus.government, self.parameters.politics.usual_reform
        openness = residents.openness(
            law=board["belarus.zone_law"],
            deference=loan_offers.deference_cap(
                tension=world.russia.government.tension,
                level=loans.deference_level,
                deference=board["china.deference_to_moscow"],
            ),
            restricted=board["china.obor_restriction"],
            priority=p.residents_priority,
        )
        rivals = board["eu.ukraine_competition"] - world.opening_board["eu.ukraine_competition"]
        return external_accounts.direct_investment(
            base=p.residents_a_year * A_YEAR * openness,
            reform_weight=p.fdi_reform,
            reform=residents.protection(
                reform=government.reform, law=board["belarus.zone_law"], worth=p.zone_protection
            ),
            usual_reform=residents.protection(reform=usual, law=1.0, worth=p.zone_protection),
            risk_weight=p.fdi_risk,
            risk=government.risk,
            usual_risk=loans.usual_risk,
            pull=p.fdi_proximity * (world.eu.access - world.eu.opening_access - rivals),
            noise=self.full(0.0),
            least=p.least_investment,
            largest=p.largest_investment,
        )

    def sell(self, capital: Draws) -> tuple[Draws, Draws]:
        """January: what the park sells more than a year ago to the Union, and to Russia; USD mn a month.

        Parameters
        ----------
        capital : Draws
            Of the park, that works, beyond that of usual years, USD mn.
        """
        p = self.parameters.finance
        exports = p.residents_exports / MONTHS_PER_YEAR * capital
        added, self.exports = exports - self.exports, exports
        return p.residents_eu * added, (1 - p.residents_eu) * added
