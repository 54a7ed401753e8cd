"""What Belarus produces, consumes and invests at prices of the origin: readings of the books, no agent sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from sinobel.world.elementary import exp
from sinobel.world.rules import economy

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus
    from sinobel.world.opening.potash import PotashOpening
    from sinobel.world.opening.trade import TradeOpening


class Opening(Protocol):
    """What the record of an origin says about potash and trade."""

    @property
    def potash(self) -> PotashOpening:
        """Prices and tonnes of the origin's year."""

    @property
    def trade(self) -> TradeOpening:
        """Energy of the origin's year."""


def real_gdp(belarus: Belarus) -> np.ndarray:
    """Output at prices and the real exchange rate of the origin's year, USD mn a month."""
    result: np.ndarray = belarus.base_gdp * exp(belarus.output)
    return result


def trading_gain(belarus: Belarus, opening: Opening) -> np.ndarray:
    """What potash, oil products and energy bring more than at prices of the origin's year, USD mn a month."""
    mine, refineries, importers = belarus.belaruskali, belarus.refineries, belarus.importers
    environment, potash = belarus.world.environment, opening.potash
    sold_then = potash.china_volume + potash.rest_volume
    price_then = (potash.china_exports + potash.rest_exports) / sold_then
    gas_then = importers.base_gas * exp(belarus.parameters.trade.energy_income_elasticity * belarus.output)
    crude_then = (opening.trade.energy - importers.base_gas) * refineries.crude / refineries.base_crude
    return economy.trading_gain(
        exports=mine.revenue + refineries.exports,
        exports_then=(mine.shipped + mine.sold_elsewhere) * price_then
        + refineries.exports * environment.base_oil / environment.oil,
        energy=importers.energy,
        energy_then=crude_then + gas_then,
        price_level=environment.price_level,
    )


def absorption_per_head(belarus: Belarus, opening: Opening) -> np.ndarray:
    """Consumption and investment at prices of the origin's year, USD a head a month."""
    exporters = belarus.exporters
    whole = economy.absorption(
        output=real_gdp(belarus),
        net_exports=exporters.total - belarus.importers.total + exporters.services,
        gain=trading_gain(belarus, opening),
        price_level=belarus.world.environment.price_level,
    )
    result: np.ndarray = whole / belarus.parameters.finance.population
    return result


def income_per_head(belarus: Belarus, opening: Opening, income: np.ndarray) -> np.ndarray:
    """Real net national income, USD a head a month; `income` is that from abroad on balance, USD mn a month."""
    whole = economy.net_income(
        output=real_gdp(belarus),
        gain=trading_gain(belarus, opening),
        income=income,
        built=belarus.projects.built,
        spent=belarus.world.china.policy_banks.release,
        price_level=belarus.world.environment.price_level,
    )
    result: np.ndarray = whole / belarus.parameters.finance.population
    return result
