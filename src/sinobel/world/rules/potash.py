"""The potash market: demand, tightness, spot, waiting for a contract, shipments.

Volumes are thousand tonnes of KCl a month unless said otherwise, prices USD per tonne. Mechanisms M11-M17, M21.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from sinobel.world.arrays import Draws, Flags, Number
from sinobel.world.constants import KT_PRICED_PER_MILLION, MONTHS_PER_YEAR
from sinobel.world.guards import logistic
from sinobel.world.rules.rates import share_a_month_of_quarter

REFERENCE_PRICE: Annotated[float, "USD per tonne"] = 250.0  # at which demand levels are stated
WEIBULL_MEAN: Annotated[float, "fraction"] = 0.886227  # mean over scale of a Weibull distribution with shape 2


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
    trend = level * np.exp(growth * years)
    price = (spot / REFERENCE_PRICE) ** -price_elasticity * crop_index**crop_elasticity
    return trend * price * np.exp(momentum_demand * np.clip(price_rise, -largest_price_rise, largest_price_rise))


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
    trend = level * np.exp(growth * years)
    return trend * crop_index ** (crop_elasticity / 2) * (contract_price / REFERENCE_PRICE) ** -price_elasticity


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
    return np.maximum(use - own_output + adjustment * gap / MONTHS_PER_YEAR, 0.0)


def open_factor(*, has_contract: Flags, closed: Flags, without_contract: Draws, in_closure: Draws) -> Draws:
    """How much of what it wants China lets in: all with a contract, less without, least in a closure.

    Parameters
    ----------
    has_contract : Flags
        True where a contract is in force.
    closed : Flags
        True where the buyers keep the market shut.
    without_contract : Draws
        Share let in, border trade and carry-over of all sellers; potash.open_without_contract.
    in_closure : Draws
        Share let in by a closed market; potash.open_in_closure.
    """
    return np.where(has_contract, 1.0, np.where(closed, in_closure, without_contract))


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
    return -np.log(1.0 - tight)


def spot_change(
    *,
    log_spot: Draws,
    cost_level: Draws,
    cartel: Number,
    cartel_premium: Draws,
    defense: Draws,
    flood: Draws,
    flood_discount: Draws,
    slope: Draws,
    tight: Draws,
    demand_elasticity: Draws,
    speed: Draws,
    noise: Draws,
) -> Draws:
    """Change of the logarithm of spot in a month, towards what tightness and the cartel warrant.

    The step is taken with the slope of the target (a higher price frees capacity), so tight months do not overshoot.
    A cartel cuts output when spot falls, so it falls more slowly.

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
    defense : Draws
        Part of a fall that the cartel holds up; potash.cartel_defense.
    flood : Draws
        0 to 1, in the year after a break.
    flood_discount : Draws
        Log points; potash.flood_discount.
    slope : Draws
        Of the log price on scarcity; potash.tightness_slope.
    tight : Draws
        Share of usable capacity in use.
    demand_elasticity : Draws
        Of world demand, positive; potash.demand_price_elasticity.
    speed : Draws
        Share of the gap closed in a quarter; potash.adjustment_speed.
    noise : Draws
        Log points.
    """
    target = cost_level + cartel_premium * cartel - flood_discount * flood + slope * scarcity(tight)
    monthly = share_a_month_of_quarter(speed) * np.where(target < log_spot, 1 - defense * cartel, 1.0)
    feedback = slope * demand_elasticity * tight / (1 - tight)
    return monthly * (target - log_spot) / (1 + monthly * feedback) + noise


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


def closes_market(
    *, has_contract: Flags, stock_ratio: Draws, closing_stock: Draws, price_rise: Draws, closing_fall: Draws
) -> Flags:
    """True where the buyers close the market by themselves: no contract, full ports, a falling price (M13).

    Parameters
    ----------
    has_contract : Flags
        True where a contract is in force.
    stock_ratio : Draws
        Stock at the ports over its target.
    closing_stock : Draws
        Stock over target above which they can afford it; potash.closing_stock.
    price_rise : Draws
        Of spot over three months, log.
    closing_fall : Draws
        Fall of spot over three months, positive log; potash.closing_fall.
    """
    return np.logical_not(has_contract) & (stock_ratio > closing_stock) & (price_rise < -closing_fall)


def shipment_to_china(
    *,
    normal: Draws,
    has_contract: Flags,
    months_waited: Draws,
    carry_over: Draws,
    floor: Draws,
    backlog: Draws,
    recovered: Draws,
    recovery_months: Draws,
) -> tuple[Draws, Draws]:
    """Potash that leaves Belarus for China, and the backlog left behind.

    Parameters
    ----------
    normal : Draws
        kt a month with a contract in force.
    has_contract : Flags
        True where a contract is in force.
    months_waited : Draws
        0 with a contract, 1 in the first month without.
    carry_over : Draws
        Months of old tonnage after a contract lapses; potash.carry_over.
    floor : Draws
        Share of normal once that has gone; potash.floor_without_contract.
    backlog : Draws
        kt not shipped while waiting.
    recovered : Draws
        Share of the backlog that comes back; potash.backlog_recovered.
    recovery_months : Draws
        Over which it does; potash.recovery_months.

    Returns
    -------
    tuple[Draws, Draws]
        Kt shipped, kt of backlog afterwards.
    """
    carried = np.clip(carry_over - (months_waited - 1.0), 0.0, 1.0)
    waiting = normal * (carried + (1 - carried) * floor)
    cleared = np.where(has_contract, backlog / recovery_months, 0.0)
    shipped = np.where(has_contract, normal + recovered * cleared, waiting)
    missed = np.where(has_contract, 0.0, normal - waiting)
    return shipped, backlog - cleared + missed


def sales_elsewhere(*, share: Draws, demand: Draws, spare: Draws, diversion: Draws) -> Draws:
    """Potash Belarus sells outside China: its share of demand there, and a part of what China does not take.

    Parameters
    ----------
    share : Draws
        Of demand outside China, 0 to 1; record, potash.rest_share_error.
    demand : Draws
        Outside China, kt a month.
    spare : Draws
        kt China would have taken with a contract.
    diversion : Draws
        Part of it that finds other buyers; potash.diversion.
    """
    return share * demand + diversion * np.maximum(spare, 0.0)


def mine_output(
    *,
    expected_sales: Draws,
    stock: Draws,
    capacity: Draws,
    target_months: Draws,
    cap_months: Draws,
    rebuilding: Draws,
    sales: Draws,
) -> Draws:
    """Output of the mines: follow sales, rebuild the stock, stop when the stock is full.

    Parameters
    ----------
    expected_sales : Draws
        kt a month, of the last half-year.
    stock : Draws
        At the mines, kt, before this month.
    capacity : Draws
        Of the mines, kt a month.
    target_months : Draws
        Of sales held; potash.mine_stock_target.
    cap_months : Draws
        Of capacity that can be stored; potash.mine_stock_cap.
    rebuilding : Draws
        Months in which the stock comes to its target; [months]; potash.stock_rebuilding.
    sales : Draws
        Kt this month; never more than stock and output together.
    """
    planned = np.minimum(expected_sales + (target_months * expected_sales - stock) / rebuilding, capacity)
    room = cap_months * capacity - stock + sales
    return np.maximum(np.minimum(planned, room), np.maximum(sales - stock, 0.0))


def export_value(*, volume: Draws, price: Number, freight: Draws) -> Draws:
    """Value of potash at the border of Belarus: tonnes times price less freight, USD mn; never negative.

    Parameters
    ----------
    volume : Draws
        kt.
    price : Number
        USD per tonne CFR.
    freight : Draws
        USD per tonne; potash.freight, potash.freight_elsewhere.
    """
    return volume * np.maximum(price - freight, 0.0) / KT_PRICED_PER_MILLION


def share_of_china_market(
    *,
    share: Draws,
    alone: Draws,
    with_partner: Draws,
    cartel: Draws,
    restored: Draws,
    restored_way: Draws,
    months: Draws,
) -> Draws:
    """Belarus's share of Chinese imports next month, moving over about a year to what the selling regime allows.

    Parameters
    ----------
    share : Draws
        Now, 0 to 1.
    alone : Draws
        When Belaruskali sells by itself; potash.share_alone.
    with_partner : Draws
        When it sold with Uralkali; potash.share_with_partner.
    cartel : Draws
        0 to 1; lever russia.cartel.
    restored : Draws
        True when the cartel had been broken: then it falls only part of the way back.
    restored_way : Draws
        That part; [1]; potash.restored_way.
    months : Draws
        Of the passage; potash.share_adjustment.
    """
    back = np.where(restored, restored_way, 1.0) * cartel
    target = alone + back * (with_partner - alone)
    return share + (target - share) / months


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
