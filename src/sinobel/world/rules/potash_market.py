"""The potash market outside and inside China: demand, tightness of the mines, spot, what China wants and lets in.

Volumes are thousand tonnes of KCl a month unless said otherwise, prices USD per tonne. Mechanisms M13 and M15.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Flags, Number
from sinobel.world.constants import HALF, KT_PRICED_PER_MILLION, MONTHS_PER_YEAR
from sinobel.world.elementary import exp, log, power
from sinobel.world.guards import TINY, at_least
from sinobel.world.rules.rates import share_a_month_of_quarter

REFERENCE_PRICE: Annotated[float, "USD per tonne"] = 250.0  # at which demand levels are stated


def rest_of_world_demand(
    *,
    level: Number,
    growth: Number,
    years: Number,
    crop_index: Number,
    crop_elasticity: Draws,
    spot: Number,
    price_elasticity: Draws,
    price_rise: Number,
    largest_price_rise: Draws,
    momentum_demand: Number,
) -> Draws:
    """Potash wanted outside China.

    Parameters
    ----------
    level : Number
        Demand at the reference price and crop index 1, at the origin.
    growth : Number
        A year; potash.demand_growth.
    years : Number
        Since the origin.
    crop_index : Number
        Half a year ago, 1 = mean 2005-2016.
    crop_elasticity : Draws
        potash.crop_price_elasticity.
    spot : Number
        USD per tonne.
    price_elasticity : Draws
        Positive; potash.demand_price_elasticity.
    price_rise : Number
        Of spot over three months, log.
    largest_price_rise : Draws
        Either way, that buyers run ahead of; potash.largest_price_rise.
    momentum_demand : Number
        Buying ahead of a rising price; potash.momentum_demand.
    """
    trend = level * exp(growth * years)
    price = power(spot / REFERENCE_PRICE, -price_elasticity) * power(crop_index, crop_elasticity)
    return trend * price * exp(momentum_demand * np.clip(price_rise, -largest_price_rise, largest_price_rise))


def chinese_use(
    *,
    level: Number,
    growth: Number,
    years: Number,
    crop_index: Number,
    crop_elasticity: Draws,
    contract_price: Number,
    price_elasticity: Draws,
) -> Draws:
    """Potash used in China; farmers feel the contract price, and crop prices half as much as elsewhere.

    Parameters
    ----------
    level : Number
        kt a month at the reference price and crop index 1, at the origin.
    growth : Number
        Fraction a year; potash.chinese_demand_growth.
    years : Number
        Since the origin.
    crop_index : Number
        Real crop prices, 1 at the reference.
    crop_elasticity : Draws
        potash.crop_price_elasticity.
    contract_price : Number
        USD per tonne CFR.
    price_elasticity : Draws
        Positive; potash.chinese_demand_price_elasticity.
    """
    trend = level * exp(growth * years)
    return trend * power(crop_index, crop_elasticity / 2) * power(contract_price / REFERENCE_PRICE, -price_elasticity)


def wanted_imports(*, use: Draws, own_output: Draws, stock: Draws, stock_target: Draws, adjustment: Draws) -> Draws:
    """Imports China wants with a contract in force: what use needs beyond own output, and part of the stock gap.

    Parameters
    ----------
    use, own_output : Draws
        kt a month.
    stock : Draws
        kt.
    stock_target : Draws
        In years of use; potash.stock_target.
    adjustment : Draws
        Share of the stock gap closed in a year; potash.stock_adjustment.
    """
    gap = stock_target * MONTHS_PER_YEAR * use - stock
    return np.maximum(use - own_output + adjustment / MONTHS_PER_YEAR * gap, 0.0)


def worth_of_closing(*, outlook: Draws, delay: Draws, effort: Draws) -> Draws:
    """What buyers gain by shutting the market and living off stocks, per tonne not bought and over spot (M13).

    They buy all of it in the end, at the price they expect, instead of month by month on the way there, which costs
    half of the fall more. Each month in which nothing is bought costs a part of what would have been bought in it, and
    they hold dozens of importers together.

    Parameters
    ----------
    outlook : Draws
        Log of the price they expect half a year on over spot.
    delay : Draws
        Cost of a month in which nothing is bought, fraction of a month's purchases.
    effort : Draws
        Of holding the importers together; potash.closure_effort.
    """
    return -HALF * outlook - effort - delay


def open_factor(*, covered: Draws, closed: Flags, without_contract: Draws, in_closure: Draws) -> Draws:
    """How much of what it wants China lets in: all from sellers with a contract, less from others, least in a closure.

    Parameters
    ----------
    covered : Draws
        Part of the market whose sellers have a contract, 0 to 1.
    closed : Flags
        True where the buyers keep the market shut.
    without_contract : Draws
        Share let in, border trade and carry-over of all sellers; potash.open_without_contract.
    in_closure : Draws
        Share let in by a closed market; potash.open_in_closure.
    """
    return np.where(closed, in_closure, without_contract + (1 - without_contract) * covered)


def tightness(*, demand: Draws, capacity: Draws, usable: Draws, largest: Draws) -> Draws:
    """Use of the capacity that can be used, below one.

    Parameters
    ----------
    demand : Draws
        kt a month, from producers outside China.
    capacity : Draws
        Nameplate outside China less what is lost, kt a month.
    usable : Draws
        Share of nameplate; potash.usable_capacity.
    largest : Draws
        Use of what can be used, below one; potash.largest_use.
    """
    return np.minimum(demand / (usable * capacity), largest)


def scarcity(tight: Draws) -> Draws:
    """What tightness does to the logarithm of the price: minus the logarithm of the capacity left.

    Parameters
    ----------
    tight : Draws
        Share of world capacity in use, from 0 to below 1.
    """
    return -log(1.0 - tight)


def answer_of_demand(*, slope: Draws, demand_elasticity: Draws, tight: Draws) -> Draws:
    """How much of a step of spot demand takes back: a higher price frees capacity, so less is warranted by tightness.

    Parameters
    ----------
    slope : Draws
        Of the log price on scarcity; potash.tightness_slope.
    demand_elasticity : Draws
        Of world demand, positive; potash.demand_price_elasticity.
    tight : Draws
        Share of usable capacity in use.
    """
    return slope * demand_elasticity * tight / (1 - tight)


def spot_gap(
    *,
    log_spot: Draws,
    cost_level: Draws,
    cartel: Number,
    cartel_premium: Draws,
    slope: Draws,
    tight: Draws,
) -> Draws:
    """What tightness and the level that the cartel keeps warrant, over spot (log), before demand answers.

    Parameters
    ----------
    log_spot : Draws
        Without the premium of a supply shock.
    cost_level : Draws
        Log price of an idle market; fitted to the record, potash.price_level_error.
    cartel : Number
        0 broken to 1 whole; lever russia.cartel.
    cartel_premium : Draws
        Log points; potash.cartel_premium.
    slope : Draws
        Of the log price on scarcity; potash.tightness_slope.
    tight : Draws
        Share of usable capacity in use.
    """
    return cost_level + cartel_premium * cartel + slope * scarcity(tight) - log_spot


def spot_change(*, gap: Draws, held: Draws, answer: Draws, speed: Draws, noise: Draws) -> Draws:
    """Change of the logarithm of spot in a month, towards where it comes to rest with what sellers hold up.

    The step is taken with the slope of the target (a higher price frees capacity), so tight months do not overshoot.

    Parameters
    ----------
    gap : Draws
        From spot_gap.
    held : Draws
        How much higher spot comes to rest because sellers hold back supply, log; below zero where they chase volume.
    answer : Draws
        From answer_of_demand.
    speed : Draws
        Share of the gap closed in a quarter; potash.adjustment_speed.
    noise : Draws
        Log points.
    """
    monthly = share_a_month_of_quarter(speed)
    return monthly * (gap + held * (1 + answer)) / (1 + monthly * answer) + noise


def cost_to_farms(*, use: Draws, missing: Draws, price: Draws, elasticity: Draws) -> Draws:
    """What farms pay for the potash they use, and what they lose by that which they go without, USD mn a month.

    A tonne that is missing was worth its price at least; the more of them are missing the more each is worth, along a
    straight line with the elasticity of demand: half of what the last one is worth beyond the price.

    Parameters
    ----------
    use : Draws
        [kt KCl a month].
    missing : Draws
        What farms would use at that price and do not get, [kt KCl a month].
    price : Draws
        [USD per tonne].
    elasticity : Draws
        Positive; potash.chinese_demand_price_elasticity.
    """
    wanted = use + missing
    beyond = HALF * missing / at_least(elasticity * wanted, TINY)
    return (wanted + beyond * missing) * price / KT_PRICED_PER_MILLION
