"""The contract with China: how long both sides wait for it, and the price they sign.

Prices are USD per tonne. Mechanisms M14, M17 and M21.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Flags
from sinobel.world.guards import logistic

WEIBULL_MEAN: Annotated[float, "fraction"] = 0.886227  # mean over scale of a Weibull distribution with shape 2


def settlement_gap(*, spot: Draws, old_contract: Draws, discount: Draws, price_rise: Draws, momentum: Draws) -> Draws:
    """How far the price China would sign now lies above the old one, with the trend of spot counted in (log).

    Parameters
    ----------
    spot : Draws
        USD per tonne CFR.
    old_contract : Draws
        USD per tonne CFR, of the last settlement.
    discount : Draws
        Of a contract on spot; potash.discount.
    price_rise : Draws
        Of spot over three months, log.
    momentum : Draws
        Weight of that trend; potash.momentum_weight.
    """
    return np.log(spot * (1 - discount) / old_contract) + momentum * price_rise


def expected_wait(
    *,
    gap: Draws,
    wait_falling: Draws,
    wait_rising: Draws,
    width: Draws,
    stock_ratio: Draws,
    emptiest_ports: Draws,
    fullest_ports: Draws,
    wait_stock: Draws,
    patience: Draws,
    shortest: Draws,
) -> Draws:
    """Months the two sides can be expected to wait for a contract: long when the price falls, short when it rises.

    Parameters
    ----------
    gap : Draws
        From settlement_gap.
    wait_falling : Draws
        Months; potash.wait_falling.
    wait_rising : Draws
        Months; potash.wait_rising.
    width : Draws
        Of the passage between the two, log; potash.wait_width.
    stock_ratio : Draws
        Chinese stock over its target; full ports wait longer.
    emptiest_ports : Draws
        That ratio below which nobody waits less; potash.emptiest_ports.
    fullest_ports : Draws
        That ratio above which nobody waits more; potash.fullest_ports.
    wait_stock : Draws
        Elasticity of the wait to that; [1]; potash.wait_stock.
    patience : Draws
        Lever china.contract_timing.
    shortest : Draws
        Months; potash.shortest_wait.
    """
    weight = logistic(gap / width)
    wait = wait_falling + (wait_rising - wait_falling) * weight
    ports = np.clip(stock_ratio, emptiest_ports, fullest_ports) ** wait_stock
    return np.maximum(wait * ports * patience, shortest)


def chance_to_settle(*, months_waited: Draws, wait: Draws, closed: Flags, seller_accepts: Draws) -> Draws:
    """Chance that a contract is signed this month. It grows with the wait (Weibull with shape 2, mean `wait`).

    Parameters
    ----------
    months_waited : Draws
        1 in the first month without a contract.
    wait : Draws
        Expected months, from expected_wait.
    closed : Flags
        The market is closed: no chance.
    seller_accepts : Draws
        Share of the buyer's offers the seller takes, 0 to 1.
    """
    scale = wait / WEIBULL_MEAN
    hazard = (months_waited**2 - (months_waited - 1) ** 2) / scale**2
    return np.where(closed, 0.0, (1 - np.exp(-hazard)) * seller_accepts)


def seller_accepts(
    *, offer: Draws, cash_cost: Draws, cash_need: Draws, share_at_stake: Draws, readiness: Draws
) -> Draws:
    """Share of offers Belaruskali takes: more above its cash cost, when cash is short and when China weighs heavily.

    Even at its cash cost with neither need nor stake it takes 98 %: it refuses only what lies well below.

    Parameters
    ----------
    offer : Draws
        USD per tonne at the port, freight and duty off.
    cash_cost : Draws
        USD per tonne at the port; potash.cash_cost.
    cash_need : Draws
        0 to 1.
    share_at_stake : Draws
        China's share of its sales, 0 to 1.
    readiness : Draws
        At cash cost, and what margin, need and stake each add; [log odds]; potash.readiness.
    """
    margin = (offer - cash_cost) / cash_cost
    return logistic(readiness + readiness * margin + readiness * cash_need + readiness * share_at_stake)


def contract_price(
    *,
    spot: Draws,
    discount: Draws,
    extra_discount: Draws,
    noise: Draws,
    least_of_spot: Draws,
    largest_of_spot: Draws,
    cash_cost: Draws,
    freight: Draws,
) -> Draws:
    """Price of a settlement: it ratifies spot less a discount and does not fall below what delivery costs.

    Parameters
    ----------
    spot : Draws
        USD per tonne CFR.
    discount : Draws
        Of a contract on spot; potash.discount.
    extra_discount : Draws
        From weakness or a stake of the buyer.
    noise : Draws
        Log points; potash.discount_noise.
    least_of_spot : Draws
        Share of spot that is signed for; potash.least_of_spot.
    largest_of_spot : Draws
        The same; potash.largest_of_spot.
    cash_cost : Draws
        At the port, with duty, USD per tonne; potash.cash_cost.
    freight : Draws
        To China, USD per tonne; potash.freight.
    """
    ratified = spot * np.clip(1 - discount - extra_discount + noise, least_of_spot, largest_of_spot)
    return np.maximum(ratified, cash_cost + freight)


def extra_discount(
    *,
    stake: Draws,
    stake_weight: Draws,
    china_share: Draws,
    usual_share: Draws,
    least_outlet: Draws,
    largest_outlet: Draws,
    outlet_weight: Draws,
    cash_need: Draws,
    need_weight: Draws,
) -> Draws:
    """Discount beyond the usual one: the buyer owns a stake, Belarus has few outlets, cash is short (M14, M17).

    Parameters
    ----------
    stake : Draws
        Share of Belaruskali that the buyer owns, 0 to 1.
    stake_weight : Draws
        Discount per share sold; potash.discount_stake.
    china_share : Draws
        Of Belarus's potash sales, 0 to 1.
    usual_share : Draws
        The same at the origin.
    least_outlet : Draws
        Change of that share which a discount answers, negative; potash.least_outlet.
    largest_outlet : Draws
        The same, positive; potash.largest_outlet.
    outlet_weight : Draws
        Discount per share of sales; potash.discount_outlet.
    cash_need : Draws
        Of the government, 0 none to 1 greatest.
    need_weight : Draws
        Discount at the greatest need; potash.discount_need.
    """
    outlet = outlet_weight * np.clip(china_share - usual_share, least_outlet, largest_outlet)
    return stake_weight * stake + outlet + need_weight * cash_need


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
    return base * np.exp(pass_through * (real_exchange_rate - base_exchange_rate))
