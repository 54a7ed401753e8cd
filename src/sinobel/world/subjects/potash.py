"""Drawn parameters of potash, written by `sinobel docs` from `model/parameters`: change it there."""

from __future__ import annotations

from dataclasses import dataclass

from sinobel.world.arrays import Draws


@dataclass(frozen=True, eq=False, repr=False)
class PotashParameters:
    """Parameters of `model/parameters/potash.toml`, one number for every future."""

    demand_price_elasticity: Draws
    """Price elasticity of potash demand outside China (positive, log volume per log price)."""
    chinese_demand_price_elasticity: Draws
    """Price elasticity of potash use in China (positive, log volume per log price)."""
    crop_price_elasticity: Draws
    """Elasticity of potash demand to crop prices half a year before (log volume per log index)."""
    momentum_demand: Draws
    """Buying ahead while spot rises (log volume per log price over three months)."""
    demand_growth: Draws
    """Trend growth of potash demand outside China (fraction a year)."""
    chinese_demand_growth: Draws
    """Trend growth of potash use in China (fraction a year)."""
    demand_level_error: Draws
    """Error of the level of demand outside China at the origin (log)."""
    chinese_demand_level_error: Draws
    """Error of the level of Chinese use at the origin (log)."""
    own_output_growth: Draws
    """Growth of Chinese potash output (fraction a year)."""
    stock_target: Draws
    """Potash stock Chinese buyers want to hold (years of use)."""
    stock_at_origin: Draws
    """Potash stock in China at the origin (years of use)."""
    stock_adjustment: Draws
    """Share of the gap in Chinese stocks closed in a year by imports (fraction a year)."""
    open_without_contract: Draws
    """Chinese imports without a contract (fraction of what is wanted)."""
    open_in_closure: Draws
    """Chinese imports while the market is closed (fraction of what is wanted)."""
    usable_capacity: Draws
    """Capacity that can be used (fraction of nameplate)."""
    tightness_slope: Draws
    """Slope of the log price on scarcity of capacity (log price per unit of -log(1 - use))."""
    adjustment_speed: Draws
    """Share of the gap between spot and its target closed in a quarter (fraction a quarter)."""
    cartel_premium: Draws
    """Premium of the cartel on spot (log)."""
    cartel_defense: Draws
    """Part of a fall of spot that the cartel holds up by cutting output (fraction of the monthly adjustment)."""
    flood_discount: Draws
    """Discount on spot in the year after the cartel breaks, when former partners chase volume (log)."""
    flood_months: Draws
    """Months over which former cartel partners chase volume (months)."""
    price_level_error: Draws
    """Error of the price level of an idle market fitted to the record (log)."""
    spot_noise: Draws
    """Monthly noise of spot (log, scale of a t distribution with 4 degrees of freedom)."""
    supply_shock_hazard: Draws
    """Chance of a supply shock (per year)."""
    supply_shock_size: Draws
    """Size of a supply shock (log price)."""
    supply_shock_duration: Draws
    """Months until a supply shock is gone (months)."""
    project_completion: Draws
    """Share of the announced projects that come on stream (fraction of announced capacity)."""
    project_ramp: Draws
    """Years a new mine takes to reach capacity (years)."""
    capacity_growth_after_plans: Draws
    """Growth of world capacity once the announced projects have ended (fraction a year)."""
    capacity_growth_unknown: Draws
    """Growth of world capacity in years for which an origin holds no plans (fraction a year)."""
    k2o_content: Draws
    """K2O in a tonne of KCl (t per t)."""
    chinese_kcl_share: Draws
    """Share of KCl in Chinese K2O output as FAO counts it (fraction)."""
    chinese_capacity_ratio: Draws
    """Chinese potash capacity over output (ratio)."""
    discount: Draws
    """Usual discount of the Chinese contract on spot at settlement (fraction of spot)."""
    discount_noise: Draws
    """Noise of the discount at one settlement (fraction of spot, standard deviation)."""
    discount_stake: Draws
    """Extra discount when the buyer owns a stake (fraction of spot per share sold)."""
    discount_outlet: Draws
    """Extra discount as China's share of Belarus's potash sales grows (fraction of spot per share of sales)."""
    discount_need: Draws
    """Extra discount when Belarus is short of cash (fraction of spot at the greatest need)."""
    wait_falling: Draws
    """Expected wait for a contract when the price is falling (months)."""
    wait_rising: Draws
    """Expected wait for a contract when the price is rising (months)."""
    wait_width: Draws
    """Width of the passage from a short to a long wait (log of the price change on offer)."""
    late_contract: Draws
    """Month of the year from which a contract covers the next year as well (month number)."""
    momentum_weight: Draws
    """Weight of the trend of spot when buyers decide to wait (log of the price change per log of the three-month change
    of spot).
    """
    closing_stock: Draws
    """Chinese stock above which buyers can afford to close the market (multiple of the target)."""
    closing_fall: Draws
    """Fall of spot over three months that leads buyers to close the market (log, positive)."""
    carry_over: Draws
    """Months of old tonnage shipped after a contract lapses (months)."""
    floor_without_contract: Draws
    """Shipments of Belarus to China without a contract (fraction of normal)."""
    backlog_recovered: Draws
    """Part of what was not shipped while waiting that is shipped after the settlement (fraction)."""
    recovery_months: Draws
    """Months over which the backlog comes back (months)."""
    transit_months: Draws
    """Time from the Belarusian border to Chinese customs (months)."""
    share_alone: Draws
    """Belarus's share of Chinese potash imports when Belaruskali sells alone (fraction)."""
    share_with_partner: Draws
    """Belarus's share of Chinese potash imports when it sold with Uralkali (fraction)."""
    share_swing: Draws
    """Swings of Belarus's share of Chinese imports (log, standard deviation)."""
    shipment_bunching: Draws
    """Bunching of shipments to China within a year (log, standard deviation)."""
    bunching_persistence: Draws
    """Persistence of the bunching of shipments (share left after a year)."""
    chinese_use_swing: Draws
    """Swings of potash use in China (log, standard deviation)."""
    swing_persistence: Draws
    """Persistence of swings of share and use (share of a swing left after a year)."""
    share_adjustment: Draws
    """Months over which Belarus's share moves to a new selling regime (months)."""
    rest_share_error: Draws
    """Error of Belarus's share of potash demand outside China (log)."""
    diversion: Draws
    """Part of what China does not take that finds other buyers (fraction)."""
    diversified_sales: Draws
    """Part of tonnage moved to other markets on purpose that is sold there (fraction)."""
    diversified_discount: Draws
    """Price given up on tonnage moved to other markets on purpose (fraction of the price there)."""
    domestic_use: Draws
    """Potash that stays in Belarus (kt KCl a year)."""
    mine_stock_target: Draws
    """Stock Belaruskali holds (months of sales)."""
    mine_stock_cap: Draws
    """Stock Belaruskali can store (months of capacity)."""
    cash_cost: Draws
    """Cash cost of Belarusian potash at the port in 2016 (USD per tonne)."""
    cost_before_devaluation: Draws
    """Cash cost before the devaluation of 2015 over that of 2016 (ratio)."""
    cost_pass_through: Draws
    """Share of cash cost that follows the real exchange rate (fraction)."""
    freight: Draws
    """Freight from the Baltic to China (USD per tonne)."""
    freight_elsewhere: Draws
    """Freight to other markets (USD per tonne)."""
    india_share: Draws
    """Share of India in Belarus's sales outside China (fraction)."""
    india_premium: Draws
    """Indian contract price over the Chinese one (fraction)."""
    transit_availability_loss: Draws
    """Part of Belarusian potash that cannot leave under extended sanctions (fraction)."""
    transit_freight_increase: Draws
    """Extra freight under extended sanctions (USD per tonne)."""
    new_mine_capacity: Draws
    """Planned capacity of the Nezhinsky mine (kt KCl a year)."""
    new_mine_year: Draws
    """Year in which the Nezhinsky mine starts (calendar year)."""
    sales_memory: Draws
    """Months of sales by which the mines set output (months)."""
    revenue_memory: Draws
    """Months over which Belaruskali sees revenue and China's share of sales (months)."""
    largest_share: Draws
    """Largest share of Chinese imports that one seller can have (fraction)."""
    readiness: Draws
    """Readiness of Belaruskali to settle at its cash cost, and what margin, need and stake each add (log odds)."""
    wait_stock: Draws
    """Elasticity of the wait for a contract to the Chinese stock (elasticity)."""
    restored_way: Draws
    """Part of the way back to the partner's share under a restored cartel (fraction)."""
    stock_rebuilding: Draws
    """Months in which the mines bring their stock to its target (months)."""
    largest_use: Draws
    """Largest use of the capacity that can be used (fraction)."""
    largest_price_rise: Draws
    """Largest change of spot over three months that buyers run ahead of, up or down (log)."""
    emptiest_ports: Draws
    """Chinese stock over its target below which nobody waits less (fraction)."""
    fullest_ports: Draws
    """Chinese stock over its target above which nobody waits more (fraction)."""
    shortest_wait: Draws
    """Shortest wait for a contract (months)."""
    least_of_spot: Draws
    """Lowest contract price against spot (fraction of spot)."""
    largest_of_spot: Draws
    """Highest contract price against spot (fraction of spot)."""
    least_outlet: Draws
    """Lowest change of China's share of sales since the origin that a discount answers (fraction)."""
    largest_outlet: Draws
    """Highest change of China's share of sales since the origin that a discount answers (fraction)."""
    fit_half_life: Draws
    """Years after which a recorded year weighs half as much in the price level (years)."""
    least_sold_elsewhere: Draws
    """Least part of potash sales in recorded years that goes elsewhere than to China (fraction)."""
    least_of_exports: Draws
    """Least part of exports to China at the origin that is potash, where no record tells (fraction)."""
    largest_of_exports: Draws
    """Largest part of exports to China at the origin that is potash, where no record tells (fraction)."""
    belarus_growth_share: Draws
    """Growth of Belarusian capacity against that of the world before plans are known (fraction)."""
