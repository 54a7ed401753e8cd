"""Foreign owners: what has been invested in Belarus belongs to them, and they take profits on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.constants import MONTHS_PER_YEAR
from sinobel.world.ledger import BELARUS, CHINA, REST
from sinobel.world.opening.finance import FinanceOpening
from sinobel.world.rules import external_accounts
from sinobel.world.state import state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


class ForeignOwners(Institution):
    """Stocks of direct investment by origin, and the profits on them.

    Chinese investment up to the origin is small and recorded for few years: it stands with that of all others.
    """

    chinese_stock: Draws = state("USD mn", "direct investment of China since the origin")
    other_stock: Draws = state("USD mn", "direct investment of all others, and of China before")
    profits: Draws = state("USD mn a month", "profits of direct investment", indicator="fdi_profits")

    def __init__(self, belarus: Belarus, books: FinanceOpening):
        super().__init__(belarus)
        self.belarus = belarus
        self.chinese_stock = self.full(0.0)
        self.other_stock = books.fdi_stock
        self.profits = self.parameters.finance.fdi_return * self.stock / MONTHS_PER_YEAR

    @property
    def stock(self) -> Draws:
        """Direct investment in Belarus, USD mn."""
        return self.chinese_stock + self.other_stock

    def take_profits(self) -> None:
        """Profits on what stood at the end of the last month; then the investment of this month adds to it."""
        p, money = self.parameters.finance, self.world.money
        chinese = p.fdi_return * self.chinese_stock / MONTHS_PER_YEAR
        other = p.fdi_return * self.other_stock / MONTHS_PER_YEAR
        money.pay("profits", BELARUS, CHINA, chinese)
        money.pay("profits", BELARUS, REST, other)
        self.profits = chinese + other
        self.chinese_stock = external_accounts.next_investment_stock(
            stock=self.chinese_stock, invested=self.world.china.investors.fdi, wear=p.fdi_wear
        )
        self.other_stock = external_accounts.next_investment_stock(
            stock=self.other_stock, invested=self.belarus.banks_and_firms.fdi, wear=p.fdi_wear
        )
