"""The refineries of Belarus: buy Russian crude below the world price, sell oil products at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.agents.country import Institution
from sinobel.world.arrays import Draws
from sinobel.world.elementary import exp
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import BELARUS, EU, REST, RUSSIA
from sinobel.world.opening.oil import OilOpening
from sinobel.world.rules import oil
from sinobel.world.rules.environment import around_mean
from sinobel.world.rules.rates import share_a_month
from sinobel.world.state import fixed, state

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus


class Refineries(Institution):
    """Mozyr and Naftan: what they refine for export follows the margin that Russia's discount leaves."""

    base_crude: Draws = fixed("kt a month", "crude refined at the origin")
    base_to_eu: Draws = fixed("kt a month", "crude refined for the European Union at the origin")
    base_to_rest: Draws = fixed("kt a month", "crude refined for the rest of the world at the origin")
    duty_share: Draws = fixed("fraction", "share of exports of oil products passed on to Russia as duty")
    runs: Draws = state("fraction", "refining for export over that of the origin, without swings")
    swing: Draws = state("log", "swing of refining for export")
    crude: Draws = state("kt crude a month", "crude refined", indicator="crude_refined")
    crude_bill: Draws = state("USD mn a month", "paid to Russia for crude", indicator="crude_bill")
    margin: Draws = state("USD/barrel", "refining margin", indicator="refining_margin")
    to_eu: Draws = state("USD mn a month", "oil products to the European Union", indicator="oil_products_to_eu")
    to_rest: Draws = state("USD mn a month", "oil products to the rest of the world")
    duty: Draws = state("USD mn a month", "export duty on oil products passed on to Russia")

    def __init__(self, belarus: Belarus, opening: OilOpening, swing: Draws):
        super().__init__(belarus)
        self.belarus = belarus
        self.base_crude = opening.crude
        self.base_to_eu, self.base_to_rest = opening.crude_to_eu, opening.crude_to_rest
        self.duty_share = opening.duty_share
        self.runs, self.swing = self.full(1.0), swing
        env = self.world.environment
        price, rise = env.oil, env.oil / env.base_oil  # to December, from the mean of the origin's year
        base = self.base_to_eu + self.base_to_rest
        home = self.base_crude - base
        abroad = self._crude_for_export(home)
        self.crude = home + abroad
        rise = rise * abroad / at_least(base, TINY)
        self.to_eu, self.to_rest = rise * opening.products_eu, rise * opening.products_rest
        self.duty = self.duty_share * self.exports
        granted = self._discount(env.oil / env.base_oil * self.world.russia.government.base_subsidy, price)
        self.margin = self._margin(granted, price)
        self.crude_bill = oil.money_worth(volume=self.crude, price=price - granted)

    @property
    def exports(self) -> np.ndarray:
        """Oil products sold abroad, USD mn a month."""
        result: np.ndarray = self.to_eu + self.to_rest
        return result

    def _discount(self, subsidy: Draws, price: Draws) -> Draws:
        """What a subsidy on all energy makes of a barrel of crude."""
        return oil.discount(subsidy=subsidy, share=self.parameters.oil.subsidy_share, volume=self.base_crude, oil=price)

    def _margin(self, discount: Draws, price: Draws) -> Draws:
        p = self.parameters.oil
        return oil.refining_margin(
            oil=price,
            product_value=p.product_value,
            discount=discount,
            processing_cost=p.processing_cost * self.world.environment.price_level,
        )

    def refine(self) -> None:
        """Refine what Belarus uses and what pays to export, and sell it."""
        p, russia, price = self.parameters.oil, self.world.russia.government, self.world.environment.oil
        usual, granted = self._discount(russia.full_subsidy, price), self._discount(russia.subsidy, price)
        self.margin = self._margin(granted, price)
        wanted = oil.wanted_runs(
            margin=self.margin,
            usual_margin=self._margin(usual, price),
            usual_discount=usual,
            response=p.runs_response,
        )
        self.runs = self.runs + share_a_month(p.runs_speed) * (wanted - self.runs)
        self.swing = around_mean(
            level=self.swing,
            mean=0.0,
            persistence=p.runs_persistence,
            spread=p.runs_spread,
            shock=self.world.shock("refineries.runs"),
        )
        self._run(price, granted)
        self._settle_accounts()

    def _crude_for_export(self, home: Draws) -> Draws:
        return oil.crude_for_export(
            base=self.base_to_eu + self.base_to_rest,
            runs=self.runs,
            swing=self.swing,
            home=home,
            capacity=np.maximum(self.parameters.oil.capacity, self.base_crude),
        )

    def _run(self, price: Draws, granted: Draws) -> None:
        """Crude of the month, what it costs and what its products earn abroad."""
        p = self.parameters
        base = self.base_to_eu + self.base_to_rest
        home = (self.base_crude - base) * exp(p.trade.energy_income_elasticity * self.belarus.output)
        abroad = self._crude_for_export(home)
        self.crude = home + abroad
        self.crude_bill = oil.money_worth(volume=self.crude, price=price - granted)
        earned = oil.money_worth(volume=abroad, price=price * p.oil.product_value)
        self.to_eu = earned * self.base_to_eu / at_least(base, TINY)
        self.to_rest = earned - self.to_eu
        self.duty = self.duty_share * earned

    def _settle_accounts(self) -> None:
        """Products are paid by their buyers; crude is booked with all imports, when it is known what can be paid."""
        money = self.world.money
        money.pay("oil products", EU, BELARUS, self.to_eu)
        money.pay("oil products", REST, BELARUS, self.to_rest)
        money.pay("oil duty", BELARUS, RUSSIA, self.duty)
