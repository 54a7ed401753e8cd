"""Crude oil from Russia, what is refined of it, and what the products earn. Prices are USD a barrel of crude."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.constants import KT_OF_OIL_PER_MILLION
from sinobel.world.elementary import exp
from sinobel.world.guards import TINY, at_least


def money_worth(*, volume: Draws, price: Number) -> Draws:
    """What an amount of crude is worth, USD mn.

    Parameters
    ----------
    volume : Draws
        [kt].
    price : Number
        [USD/barrel].
    """
    return volume * price / KT_OF_OIL_PER_MILLION


def volume_worth(*, money: Draws, price: Number) -> Draws:
    """Crude that an amount of money buys, kt.

    Parameters
    ----------
    money : Draws
        [USD mn].
    price : Number
        [USD/barrel].
    """
    return money / price * KT_OF_OIL_PER_MILLION


def discount(*, subsidy: Draws, share: Draws, volume: Draws, oil: Draws) -> Draws:
    """What Russia grants on a barrel, never more than the barrel costs.

    Parameters
    ----------
    subsidy : Draws
        On all energy, at the volumes of the origin; [USD mn a month].
    share : Draws
        Of it on crude, a fraction; oil.subsidy_share.
    volume : Draws
        Crude refined at the origin; [kt a month].
    oil : Draws
        Price of Brent; [USD/barrel].
    """
    return np.minimum(share * subsidy / volume * KT_OF_OIL_PER_MILLION, oil)


def refining_margin(*, oil: Draws, product_value: Draws, discount: Draws, processing_cost: Draws) -> Draws:
    """What a refinery earns on a barrel of crude.

    Parameters
    ----------
    oil : Draws
        Price of Brent; [USD/barrel].
    product_value : Draws
        Of the products of a barrel over that, a fraction; oil.product_value.
    discount : Draws
        On the barrel; [USD/barrel].
    processing_cost : Draws
        [USD/barrel]; oil.processing_cost.
    """
    return oil * product_value - (oil - discount) - processing_cost


def wanted_runs(*, margin: Draws, usual_margin: Draws, usual_discount: Draws, response: Draws) -> Draws:
    """Refining for export that the margin calls for, over what it is under the rule of the origin.

    Parameters
    ----------
    margin : Draws
        On a barrel; [USD/barrel].
    usual_margin : Draws
        Under the rule of the origin at the same price of oil; [USD/barrel].
    usual_discount : Draws
        Under that rule; [USD/barrel].
    response : Draws
        Fraction given up when the whole discount is lost; oil.runs_response.
    """
    lost = (usual_margin - margin) / at_least(usual_discount, TINY)
    return np.maximum(1 - response * lost, 0.0)


def crude_for_export(*, base: Draws, runs: Draws, swing: Draws, home: Draws, capacity: Draws) -> Draws:
    """Crude refined for export, kt a month: as much as the refineries can take beside what is used at home.

    Parameters
    ----------
    base : Draws
        At the origin; [kt a month].
    runs : Draws
        Over those of the origin, a fraction.
    swing : Draws
        Log.
    home : Draws
        Crude refined for use in Belarus; [kt a month].
    capacity : Draws
        [kt a month]; oil.capacity, or what was refined at the origin where that was more.
    """
    return np.minimum(base * runs * exp(swing), np.maximum(capacity - home, 0.0))
