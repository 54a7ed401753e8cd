"""The potash market: demand, tightness, spot, waiting for a contract, shipments.

Volumes are thousand tonnes of KCl a month unless said otherwise, prices USD per tonne. Mechanisms M11-M17, M21.
"""

import numpy as np

from sinobel.world.rules.rates import share_a_month_of_quarter

REFERENCE_PRICE = 250.0  # USD per tonne at which demand levels are stated
TIGHTEST = 0.985  # use of usable capacity cannot come closer to the whole


def rest_of_world_demand(
    level, growth, years, crop_index, crop_elasticity, spot, price_elasticity, price_rise, momentum_demand
):
    """Potash wanted outside China.

    level             demand at the reference price and crop index 1, at the origin
    growth            a year                                      potash.demand_growth
    years             since the origin
    crop_index        half a year ago, 1 = mean 2005-2016
    crop_elasticity                                               potash.crop_price_elasticity
    spot              USD per tonne
    price_elasticity  positive                                    potash.demand_price_elasticity
    price_rise        of spot over three months, log
    momentum_demand   buying ahead of a rising price              potash.momentum_demand
    """
    trend = level * np.exp(growth * years)
    price = (spot / REFERENCE_PRICE) ** -price_elasticity * crop_index**crop_elasticity
    return trend * price * np.exp(momentum_demand * np.clip(price_rise, -0.5, 0.5))


def chinese_use(level, growth, years, crop_index, crop_elasticity, contract_price, price_elasticity):
    """Potash used in China; farmers feel the contract price, and crop prices half as much as elsewhere.

    level             use at the reference price and crop index 1, at the origin
    growth            a year                                      potash.chinese_demand_growth
    crop_elasticity                                               potash.crop_price_elasticity
    contract_price    USD per tonne CFR
    price_elasticity  positive                                    potash.chinese_demand_price_elasticity
    """
    trend = level * np.exp(growth * years)
    return trend * crop_index ** (crop_elasticity / 2) * (contract_price / REFERENCE_PRICE) ** -price_elasticity


def wanted_imports(use, own_output, stock, stock_target, adjustment):
    """Imports China wants with a contract in force: what use needs beyond own output, and part of the stock gap.

    use, own_output  kt a month
    stock            kt
    stock_target     in years of use                              potash.stock_target
    adjustment       share of the stock gap closed in a year      potash.stock_adjustment
    """
    gap = stock_target * 12 * use - stock
    return np.maximum(use - own_output + adjustment * gap / 12, 0.0)


def open_factor(has_contract, closed, without_contract, in_closure):
    """How much of what it wants China lets in: all with a contract, less without, least in a closure.

    without_contract  border trade and carry-over of all sellers  potash.open_without_contract
    in_closure                                                    potash.open_in_closure
    """
    return np.where(has_contract, 1.0, np.where(closed, in_closure, without_contract))


def tightness(demand, capacity, usable):
    """Use of the capacity that can be used, below one.

    demand    kt a month, from producers outside China
    capacity  nameplate outside China less what is lost, kt a month
    usable    share of nameplate                                  potash.usable_capacity
    """
    return np.minimum(demand / (usable * capacity), TIGHTEST)


def scarcity(tight):
    """What tightness does to the logarithm of the price: minus the logarithm of the capacity left."""
    return -np.log(1.0 - tight)


def spot_change(
    log_spot, cost_level, cartel, cartel_premium, defense, flood, flood_discount, slope, tight, demand_elasticity,
    speed, noise,
):  # fmt: skip
    """Change of the logarithm of spot in a month, towards what tightness and the cartel warrant.

    The step is taken with the slope of the target (a higher price frees capacity), so tight months do not overshoot.
    A cartel cuts output when spot falls, so it falls more slowly.

    log_spot           without the premium of a supply shock
    cost_level         log price of an idle market               fitted to the record, potash.price_level_error
    cartel             0 broken to 1 whole                       lever russia.cartel
    cartel_premium     log points                                potash.cartel_premium
    defense            part of a fall that the cartel holds up   potash.cartel_defense
    flood              0 to 1, in the year after a break
    flood_discount     log points                                potash.flood_discount
    slope              of the log price on scarcity              potash.tightness_slope
    tight              share of usable capacity in use
    demand_elasticity  of world demand, positive                 potash.demand_price_elasticity
    speed              share of the gap closed in a quarter      potash.adjustment_speed
    noise              log points
    """
    target = cost_level + cartel_premium * cartel - flood_discount * flood + slope * scarcity(tight)
    monthly = share_a_month_of_quarter(speed) * np.where(target < log_spot, 1 - defense * cartel, 1.0)
    feedback = slope * demand_elasticity * tight / (1 - tight)
    return monthly * (target - log_spot) / (1 + monthly * feedback) + noise


def settlement_gap(spot, old_contract, discount, price_rise, momentum):
    """How far the price China would sign now lies above the old one, with the trend of spot counted in (log).

    discount    of a contract on spot                             potash.discount
    price_rise  of spot over three months, log
    momentum    weight of that trend                              potash.momentum_weight
    """
    return np.log(spot * (1 - discount) / old_contract) + momentum * price_rise


def expected_wait(gap, wait_falling, wait_rising, width, stock_ratio, patience):
    """Months the two sides can be expected to wait for a contract: long when the price falls, short when it rises.

    gap           from settlement_gap
    wait_falling  months                                          potash.wait_falling
    wait_rising   months                                          potash.wait_rising
    width         of the passage between the two, log             potash.wait_width
    stock_ratio   Chinese stock over its target; full ports wait longer
    patience      lever china.contract_timing
    """
    weight = 1 / (1 + np.exp(-np.clip(gap / width, -40, 40)))
    wait = wait_falling + (wait_rising - wait_falling) * weight
    return np.maximum(wait * np.clip(stock_ratio, 0.5, 2.0) ** 0.25 * patience, 0.25)


def chance_to_settle(months_waited, wait, closed, seller_accepts):
    """Chance that a contract is signed this month. It grows with the wait (Weibull with shape 2, mean `wait`).

    months_waited   1 in the first month without a contract
    wait            expected months, from expected_wait
    closed          the market is closed: no chance
    seller_accepts  share of the buyer's offers the seller takes, 0 to 1
    """
    scale = wait / 0.886227  # mean of a Weibull with shape 2 is 0.886 of its scale
    hazard = (2 * months_waited - 1) / scale**2  # of month m: m² - (m - 1)²
    return np.where(closed, 0.0, (1 - np.exp(-hazard)) * seller_accepts)


def seller_accepts(offer, cash_cost, cash_need, share_at_stake):
    """Share of offers Belaruskali takes: more above its cash cost, when cash is short and when China weighs heavily.

    Even at its cash cost with neither need nor stake it takes 98 %: it refuses only what lies well below.

    offer           USD per tonne at the port, freight and duty off
    cash_cost       USD per tonne at the port                     potash.cash_cost
    cash_need       0 to 1
    share_at_stake  China's share of its sales, 0 to 1
    """
    margin = (offer - cash_cost) / cash_cost
    return 1 / (1 + np.exp(-np.clip(4 + 4 * margin + 4 * cash_need + 4 * share_at_stake, -40, 40)))


def contract_price(spot, discount, extra_discount, noise, cash_cost, freight):
    """Price of a settlement: it ratifies spot less a discount and does not fall below what delivery costs.

    discount        of a contract on spot                         potash.discount
    extra_discount  from weakness or a stake of the buyer
    noise           log points                                    potash.discount_noise
    cash_cost       at the port, with duty, USD per tonne         potash.cash_cost
    freight         to China, USD per tonne                       potash.freight
    """
    ratified = spot * np.clip(1 - discount - extra_discount + noise, 0.3, 1.2)
    return np.maximum(ratified, cash_cost + freight)


def extra_discount(stake, stake_weight, china_share, usual_share, outlet_weight, cash_need, need_weight):
    """Discount beyond the usual one: the buyer owns a stake, Belarus has few outlets, cash is short (M14, M17).

    stake_weight   discount per share sold                        potash.discount_stake
    china_share    of Belarus's sales; usual_share at the origin
    outlet_weight  discount per share of sales                    potash.discount_outlet
    need_weight    discount at the greatest need                  potash.discount_need
    """
    outlet = outlet_weight * np.clip(china_share - usual_share, -0.3, 0.5)
    return stake_weight * stake + outlet + need_weight * cash_need


def closes_market(has_contract, stock_ratio, closing_stock, price_rise, closing_fall):
    """True where the buyers close the market by themselves: no contract, full ports, a falling price (M13).

    closing_stock  stock over target above which they can afford it   potash.closing_stock
    closing_fall   fall of spot over three months, positive log       potash.closing_fall
    """
    return np.logical_not(has_contract) & (stock_ratio > closing_stock) & (price_rise < -closing_fall)


def shipment_to_china(normal, has_contract, months_waited, carry_over, floor, backlog, recovered, recovery_months):
    """Potash that leaves Belarus for China, and the backlog left behind.

    normal           kt with a contract in force
    months_waited    0 with a contract, 1 in the first month without
    carry_over       months of old tonnage after a contract lapses    potash.carry_over
    floor            share of normal once that has gone               potash.floor_without_contract
    backlog          kt not shipped while waiting
    recovered        share of the backlog that comes back             potash.backlog_recovered
    recovery_months  over which it does                               potash.recovery_months
    returns          kt shipped, kt of backlog afterwards
    """
    carried = np.clip(carry_over - (months_waited - 1.0), 0.0, 1.0)
    waiting = normal * (carried + (1 - carried) * floor)
    cleared = np.where(has_contract, backlog / recovery_months, 0.0)
    shipped = np.where(has_contract, normal + recovered * cleared, waiting)
    missed = np.where(has_contract, 0.0, normal - waiting)
    return shipped, backlog - cleared + missed


def sales_elsewhere(share, demand, spare, diversion):
    """Potash Belarus sells outside China: its share of demand there, and a part of what China does not take.

    share      of demand outside China                            record, potash.rest_share_error
    spare      kt China would have taken with a contract
    diversion  part of it that finds other buyers                 potash.diversion
    """
    return share * demand + diversion * np.maximum(spare, 0.0)


def mine_output(expected_sales, stock, capacity, target_months, cap_months, sales):
    """Output of the mines: follow sales, rebuild the stock, stop when the stock is full.

    expected_sales  kt a month, of the last half-year
    stock           at the mines, kt, before this month
    target_months   of sales held                                 potash.mine_stock_target
    cap_months      of capacity that can be stored                potash.mine_stock_cap
    sales           kt this month; never more than stock and output together
    """
    planned = np.minimum(expected_sales + (target_months * expected_sales - stock) / 6, capacity)
    room = cap_months * capacity - stock + sales
    return np.maximum(np.minimum(planned, room), np.maximum(sales - stock, 0.0))


def export_value(volume, price, freight):
    """Value of potash at the border of Belarus: tonnes times price less freight, USD mn; never negative.

    freight  USD per tonne                                        potash.freight, potash.freight_elsewhere
    """
    return volume * np.maximum(price - freight, 0.0) / 1000


def share_of_china_market(share, alone, with_partner, cartel, restored, months):
    """Belarus's share of Chinese imports next month, moving over about a year to what the selling regime allows.

    alone         when Belaruskali sells by itself                potash.share_alone
    with_partner  when it sold with Uralkali                      potash.share_with_partner
    cartel        0 to 1                                          lever russia.cartel
    restored      True when the cartel had been broken: then it falls only half-way back
    months        of the passage                                  potash.share_adjustment
    """
    back = np.where(restored, 0.5, 1.0) * cartel
    target = alone + back * (with_partner - alone)
    return share + (target - share) / months


def cash_cost(base, real_exchange_rate, base_exchange_rate, pass_through):
    """Cash cost at the port in dollars: wages and power follow the real exchange rate.

    base                USD per tonne in 2016                     potash.cash_cost
    real_exchange_rate  log, now; base_exchange_rate in 2016
    pass_through        share of cost that is paid in roubles     potash.cost_pass_through
    """
    return base * np.exp(pass_through * (real_exchange_rate - base_exchange_rate))
