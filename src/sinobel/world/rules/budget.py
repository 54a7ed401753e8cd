"""The budget of Belarus: primary balance, what is sought abroad, claims that arrive. Money is USD mn a month."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws
from sinobel.world.constants import PERCENT
from sinobel.world.elementary import exp
from sinobel.world.guards import at_least
from sinobel.world.rules.rates import share_a_month


def primary_balance(
    *,
    usual: Draws,
    debt_reaction: Draws,
    debt_ratio: Draws,
    usual_debt: Draws,
    cycle: Draws,
    growth: Draws,
    usual_growth: Draws,
    swing: Draws,
) -> Draws:
    """Revenue less spending without interest, over GDP of the same months: it leans against debt and with growth.

    Parameters
    ----------
    usual : Draws
        With usual debt and growth; finance.primary_balance.
    debt_reaction : Draws
        Per unit of debt over a year's GDP; finance.fiscal_reaction.
    debt_ratio : Draws
        Public external debt over a year's GDP, a fraction.
    usual_debt : Draws
        The same in usual conditions; finance.usual_debt.
    cycle : Draws
        Per unit of growth a year; finance.fiscal_cycle.
    growth : Draws
        Of output, [% a year].
    usual_growth : Draws
        Of output, [% a year]; finance.trend_growth.
    swing : Draws
        Around all that, a fraction of GDP.
    """
    return usual + debt_reaction * (debt_ratio - usual_debt) + cycle * (growth - usual_growth) / PERCENT + swing


def sought_abroad(*, principal: Draws, deficit: Draws, share: Draws) -> Draws:
    """What the budget looks for from lenders abroad: a part of what falls due and of its deficit (M02).

    Parameters
    ----------
    principal : Draws
        Of the month that the budget repays abroad.
    deficit : Draws
        Of the month, interest and called guarantees included; below 0 a surplus, which repays.
    share : Draws
        The part; finance.financed_abroad.
    """
    return share * at_least(principal + deficit, 0.0)


def claim_that_arrives(
    *,
    chance: Draws,
    slump: Draws,
    growth: Draws,
    usual_growth: Draws,
    luck: Draws,
    middle: Draws,
    spread: Draws,
    shock: Draws,
) -> Draws:
    """Debts of state banks and enterprises that the budget must take over this month, over a year's GDP; mostly none.

    Parameters
    ----------
    chance : Draws
        That some do in a year of usual growth; finance.contingent_chance.
    slump : Draws
        How much likelier per unit of growth a year below the usual; finance.contingent_slump.
    growth : Draws
        Of output, [% a year].
    usual_growth : Draws
        Of output, [% a year]; finance.trend_growth.
    luck : Draws
        0 to 1, of this month.
    middle : Draws
        Half of the claims are smaller, a fraction of a year's GDP; finance.contingent_size.
    spread : Draws
        Of the logarithm; finance.contingent_spread.
    shock : Draws
        Standard normal.
    """
    likelier = 1 + slump * at_least(usual_growth - growth, 0.0) / PERCENT
    arrives = luck < share_a_month(chance) * likelier
    return np.where(arrives, middle * exp(spread * shock), 0.0)
