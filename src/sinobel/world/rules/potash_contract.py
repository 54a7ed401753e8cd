"""The bargain over a contract with China: what each side expects, what waiting costs it, and what it would sign.

A reservation price is where a side is as well off signing now as holding out for as long as it looks ahead: one
horizon, potash.months_ahead, for what it expects of spot and for what delay costs it until then. Costs of delay are
fractions of a month's trade, a month. Prices are USD per tonne CFR. Mechanisms M13, M14, M17 and M21.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Flags
from sinobel.world.elementary import exp, log, power
from sinobel.world.guards import TINY, at_least

HALF_A_YEAR: Annotated[int, "months"] = 6  # for which the beliefs of both sides are stated
LOGISTIC_DEVIATION: Annotated[float, "fraction"] = 1.813799  # standard deviation of log odds of a uniform number


def reach(*, ahead: Draws) -> Draws:
    """How far the sides look ahead, in half-years: what they expect of a trend goes on as long.

    Parameters
    ----------
    ahead : Draws
        Months; potash.months_ahead.
    """
    return ahead / HALF_A_YEAR


def hoped_part(*, weight: Draws, reach: Draws) -> Draws:
    """What part of a fall sellers hope to see undone as far as they look.

    A level is approached by the same part of what is left in every month, so that half the time brings more than half.

    Parameters
    ----------
    weight : Draws
        Within half a year; potash.memory_weight.
    reach : Draws
        In half-years.
    """
    return 1 - power(1 - weight, reach)


def buyers_outlook(*, price_rise: Draws, largest: Draws, weight: Draws) -> Draws:
    """What buyers expect of spot in half a year: that its trend goes on (log).

    Parameters
    ----------
    price_rise : Draws
        Of spot over three months, log.
    largest : Draws
        Of it that is taken for a trend, either way; potash.largest_price_rise.
    weight : Draws
        potash.momentum_weight.
    """
    return weight * np.clip(price_rise, -largest, largest)


def sellers_hope(*, remembered: Draws, spot: Draws, weight: Draws, waited: Draws, memory: Draws) -> Draws:
    """What sellers hope that spot will rise: a part of its way back to the old contract; it fades as they wait.

    Parameters
    ----------
    remembered : Draws
        Price of the last settlement.
    spot : Draws
        Of today.
    weight : Draws
        Part of that way, as far as they look; from hoped_part.
    waited : Draws
        Months without a contract, by seller.
    memory : Draws
        Months after which a third of the hope is left; potash.memory_months.
    """
    return weight * np.maximum(remembered / spot - 1, 0.0) * exp(-1 / memory * waited)


def buyers_delay(*, usual: Draws, largest: Draws, stock_ratio: Draws, ports_weight: Draws, patience: Draws) -> Draws:
    """What a month without a contract costs the buyers: more with empty ports, up to what a skipped season costs.

    The more patient they are, the less it counts.

    Parameters
    ----------
    usual : Draws
        With stocks on target; potash.delay_cost.
    largest : Draws
        With empty ports; potash.largest_delay_cost.
    stock_ratio : Draws
        Chinese stock over its target.
    ports_weight : Draws
        Elasticity, positive; potash.ports_weight.
    patience : Draws
        Lever china.contract_timing.
    """
    return np.minimum(usual * power(at_least(stock_ratio, TINY), -ports_weight), largest) / patience


def delay_in_talks(*, closed: Draws, supplied: Draws) -> Draws:
    """What a month costs the buyers while the market is open: fields go without what spot does not supply, and no more.

    Parameters
    ----------
    closed : Draws
        What a month costs in which nothing is bought; from buyers_delay.
    supplied : Draws
        Part of what they want that they get without a contract; potash.open_without_contract.
    """
    return (1 - supplied) * closed


def sellers_delay(
    *, spot: Draws, cost: Draws, shipped: Draws, recovered: Draws, following: Flags, diverted: Draws, pressure: Draws
) -> Draws:
    """What a month without a contract costs a seller: the income of what is lost, less the cost that is saved with it.

    Parameters
    ----------
    spot : Draws
        Of today.
    cost : Draws
        That is saved when a tonne is not delivered, by seller; from avoidable_cost.
    shipped : Draws
        Of a normal month without a contract; potash.floor_without_contract.
    recovered : Draws
        Of the rest that is shipped later, unless others have a contract; potash.backlog_recovered.
    following : Flags
        True where another seller has a contract.
    diverted : Draws
        Of the rest that other buyers take; potash.diversion.
    pressure : Draws
        Times that, by seller; from pressure_to_settle.
    """
    gone = (1 - shipped) * (1 - diverted)
    lost = np.where(following, gone, gone * (1 - recovered))
    return lost * np.maximum(1 - cost / spot, 0.0) * pressure


def avoidable_cost(*, cost: Draws, part: Draws, freight: Draws) -> Draws:
    """What a seller saves when a tonne is not delivered, USD per tonne: mines and towns go on costing.

    Parameters
    ----------
    cost : Draws
        Cash cost at the port.
    part : Draws
        Of it that is saved; potash.avoidable_cost.
    freight : Draws
        From the port to where it is delivered, and what export duty is paid for it.
    """
    return part * cost + freight


def pressure_to_settle(
    *,
    cash_need: Draws,
    need_weight: Draws,
    china_share: Draws,
    usual_share: Draws,
    largest_change: Draws,
    outlet_weight: Draws,
    stake: Draws,
    stake_weight: Draws,
) -> Draws:
    """How much more than usual a lost month weighs for Belaruskali: the state is short of cash, outlets are few (M14).

    Buyers who own a part of it press for a settlement as well (M17).

    Parameters
    ----------
    cash_need : Draws
        Of the government, 0 none to 1 greatest.
    need_weight : Draws
        potash.need_weight.
    china_share : Draws
        What China takes under contract over what is sold, a year's averages.
    usual_share : Draws
        The same at the origin.
    largest_change : Draws
        Ratio of the two, or of the second to the first, that counts; potash.largest_outlet_change.
    outlet_weight : Draws
        Elasticity; potash.outlet_weight.
    stake : Draws
        Share that the buyers own, 0 to 1.
    stake_weight : Draws
        potash.stake_weight.
    """
    pressed = (1 + need_weight * cash_need) * (1 + stake_weight * stake)
    change = np.clip(china_share / at_least(usual_share, TINY), 1 / largest_change, largest_change)
    pressure: Draws = pressed * power(change, outlet_weight)
    return pressure


def least_price(*, spot: Draws, hope: Draws, delay: Draws, span: Draws, leading: Draws, cost: Draws) -> Draws:
    """Reservation price of a seller, never below what it saves when it does not deliver.

    Parameters
    ----------
    spot : Draws
        Of today.
    hope : Draws
        From sellers_hope.
    delay : Draws
        From sellers_delay.
    span : Draws
        Months it looks ahead over months of a contract; potash.months_ahead, potash.contract_length.
    leading : Draws
        What the volume of the first to settle is worth, fraction of the contract; 0 once somebody has.
    cost : Draws
        That is saved without delivery.
    """
    return np.maximum(spot * (1 + hope - span * delay - leading), cost)


def highest_price(*, spot: Draws, outlook: Draws, view: Draws, delay: Draws, span: Draws, supplied: Draws) -> Draws:
    """Reservation price of the buyers: above spot they pay for nothing but what the spot market does not supply.

    Parameters
    ----------
    spot : Draws
        Of today.
    outlook : Draws
        From buyers_outlook, times reach.
    view : Draws
        What they alone see of the worth of waiting this month, fraction of spot.
    delay : Draws
        Of a month, for what spot does not supply; from delay_in_talks.
    span : Draws
        As in least_price.
    supplied : Draws
        Part of what they want that they get without a contract; potash.open_without_contract.
    """
    foreseen = outlook + view
    limit: Draws = spot * (1 + foreseen - supplied * np.maximum(foreseen, 0.0) + span * delay)
    return limit


def offered_price(*, least: Draws, highest: Draws, sellers_delay: Draws, buyers_delay: Draws) -> Draws:
    """Price between the two: the side for which waiting costs less takes the larger part of what is between them.

    Parameters
    ----------
    least : Draws
        Reservation price of the seller.
    highest : Draws
        Of the buyers.
    sellers_delay : Draws
        Cost of a month to the seller.
    buyers_delay : Draws
        Of a month to the buyers; from delay_in_talks.
    """
    part = buyers_delay / at_least(buyers_delay + sellers_delay, TINY)
    return least + part * (highest - least)


def private_view(*, chance: Draws, deviation: Draws) -> Draws:
    """What a seller alone sees of the worth of waiting this month: log odds, so that its answer is a quantal response.

    Parameters
    ----------
    chance : Draws
        Between 0 and 1.
    deviation : Draws
        Fraction of spot, standard deviation; potash.private_view.
    """
    view: Draws = deviation / LOGISTIC_DEVIATION * log(chance / (1 - chance))
    return view


def gain_of_leading(*, spot: Draws, cost: Draws, volume: Draws) -> Draws:
    """What settling first is worth to a seller: the margin on the tonnes it wins from those who follow.

    Parameters
    ----------
    spot : Draws
        Of today.
    cost : Draws
        That is saved without delivery.
    volume : Draws
        Won by the first and lost by who follows, fraction; potash.lead_volume.
    """
    margin: Draws = np.maximum(1 - cost / spot, 0.0)
    return (volume + volume) * margin


def cash_cost(*, base: Draws, real_exchange_rate: Draws, base_exchange_rate: Draws, pass_through: Draws) -> Draws:
    """Cash cost at the port in dollars: wages and power follow the real exchange rate.

    Parameters
    ----------
    base : Draws
        USD per tonne in 2016; potash.cash_cost.
    real_exchange_rate : Draws
        Gap now, log.
    base_exchange_rate : Draws
        Gap in 2016, log.
    pass_through : Draws
        Share of cost that is paid in roubles; potash.cost_pass_through.
    """
    return base * exp(pass_through * (real_exchange_rate - base_exchange_rate))
