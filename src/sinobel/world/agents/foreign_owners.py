"""Foreign owners: what has been invested in Belarus belongs to them, and they take profits on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.ledger import BELARUS, CHINA, REST
from sinobel.world.opening.finance import FinanceOpening
from sinobel.world.rules import external_accounts
from sinobel.world.state import state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


class ForeignOwners(Institution):
    """Stocks of usual direct investment by origin, and the profits on them and on plants that are followed one by one.

    What has no sector earns the average of recorded stocks, in which plants that fail are inside. What residents of the
    park, events and investment in the place of loans have built stands with `Projects`, which knows what of it works.
    Chinese investment up to the origin is small and recorded for few years: it stands with that of all others.
    """

    chinese_stock: Draws = state("USD mn", "usual direct investment of China since the origin, outside the park")
    other_stock: Draws = state("USD mn", "usual direct investment of all others, and of China before")
    profits: Draws = state("USD mn a month", "profits of direct investment", indicator="fdi_profits")

    def __init__(self, belarus: Belarus, books: FinanceOpening):
        super().__init__(belarus)
        self.belarus = belarus
        self.chinese_stock = self.full(0.0)
        self.other_stock = books.fdi_stock
        self.profits = external_accounts.profits_of_stock(
            stock=self.other_stock, rate=self.parameters.finance.fdi_return
        )

    def take_profits(self) -> None:
        """Profits on what stood at the end of the last month; then the investment of this month adds to it."""
        p, money, plants = self.parameters.finance, self.world.money, self.belarus.projects
        of_stock = external_accounts.profits_of_stock
        chinese = of_stock(stock=self.chinese_stock, rate=p.fdi_return) + plants.chinese_profits
        other = of_stock(stock=self.other_stock, rate=p.fdi_return) + plants.other_profits
        money.pay("profits", BELARUS, CHINA, chinese)
        money.pay("profits", BELARUS, REST, other)
        self.profits = chinese + other
        self.chinese_stock = external_accounts.next_investment_stock(
            stock=self.chinese_stock, invested=self.world.china.investors.outside, wear=p.fdi_wear
        )
        self.other_stock = external_accounts.next_investment_stock(
            stock=self.other_stock, invested=self.belarus.banks_and_firms.usual_fdi, wear=p.fdi_wear
        )
