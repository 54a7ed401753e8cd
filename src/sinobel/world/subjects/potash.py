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
    """Part of a fall of spot below the price last settled that the houses of the cartel hold up by giving up sales
    (fraction of the fall, log).
    """
    houses_share: Draws
    """Share of Belaruskali and Uralkali in sales of potash outside China (fraction)."""
    largest_restraint: Draws
    """Largest part of their sales outside China that the houses of the cartel give up to hold spot (fraction)."""
    flood_discount: Draws
    """Discount on spot at the height of the flood after the cartel breaks, when former partners chase volume (log)."""
    flood_months: Draws
    """Months over which former cartel partners chase volume (months)."""
    houses_memory: Draws
    """Years over which the houses of the cartel take use of the mines as lasting (years)."""
    cartel_discount: Draws
    """Rate at which the houses of the cartel discount income to come (fraction a year)."""
    cartel_precision: Draws
    """How much worse a choice may be for a house of the cartel and still be taken now and then (years of income per
    unit of log odds).
    """
    cartel_return: Draws
    """Chance that the houses of a broken cartel find together again (fraction a year)."""
    price_level_error: Draws
    """Error of the price level of an idle market fitted to the record (log)."""
    spot_noise: Draws
    """Monthly noise of spot (log, scale of a t distribution with 4 degrees of freedom)."""
    supply_shock_hazard: Draws
    """Chance of a supply shock (per year)."""
    supply_shock_size: Draws
    """Size of a supply shock (log price)."""
    supply_shock_rise: Draws
    """Months from a loss of supply to the peak of spot (months)."""
    supply_shock_duration: Draws
    """Months from a loss of supply until its premium is gone (months)."""
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
    momentum_weight: Draws
    """Part of the trend of spot that buyers expect to come once more within half a year (log price per log of the
    three-month change of spot).
    """
    memory_weight: Draws
    """Part of the fall of spot below the old contract that sellers hope to see undone within half a year (fraction)."""
    memory_months: Draws
    """Months of waiting after which a third of that hope is left (months)."""
    months_ahead: Draws
    """Months that both sides of the potash talks look ahead: for what they expect of spot and for what delay costs them
    (months).
    """
    avoidable_cost: Draws
    """Part of the cash cost at the port that is saved when a tonne is not sold (fraction)."""
    contract_length: Draws
    """Months of trade that a contract covers (months)."""
    delay_cost: Draws
    """What a month without a contract costs Chinese buyers with stocks on target (fraction of a month's purchases)."""
    largest_delay_cost: Draws
    """What a month without a contract costs Chinese buyers with empty ports (fraction of a month's purchases)."""
    ports_weight: Draws
    """Elasticity of that cost to Chinese stocks over their target, positive (elasticity)."""
    need_weight: Draws
    """How much more a month without a contract weighs for Belaruskali when the state has no reserves (fraction more at
    the greatest need).
    """
    outlet_weight: Draws
    """Elasticity of what a month without a contract costs Belaruskali to China's share of its sales (elasticity)."""
    largest_outlet_change: Draws
    """Change of China's share of its sales that counts for Belaruskali, either way (ratio)."""
    stake_weight: Draws
    """How much more a month without a contract weighs for Belaruskali per share owned by the buyers (fraction more per
    share sold).
    """
    talks: Draws
    """Chance that buyers and a seller meet in a month without a contract (fraction)."""
    private_view: Draws
    """What each side alone sees of the worth of waiting, from month to month (fraction of spot, standard deviation)."""
    lead_volume: Draws
    """Tonnes that the first to settle wins and who follows loses (fraction of usual shipments to China)."""
    uralkali_cost: Draws
    """Cash cost of Uralkali's potash at the port (USD per tonne)."""
    canpotex_cost: Draws
    """Cash cost of Canpotex's potash at the port (USD per tonne)."""
    closure_effort: Draws
    """What it costs the buyers to keep dozens of importers out of the market (fraction of spot)."""
    closure_precision: Draws
    """How much worse a choice may be for the buyers and still be taken now and then (fraction of spot per unit of log
    odds).
    """
    late_contract: Draws
    """Month of the year from which a contract covers the next year as well (month number)."""
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
    restored_way: Draws
    """Part of the way back to the partner's share under a restored cartel (fraction)."""
    stock_rebuilding: Draws
    """Months in which the mines bring their stock to its target (months)."""
    largest_use: Draws
    """Largest use of the capacity that can be used (fraction)."""
    largest_price_rise: Draws
    """Largest change of spot over three months that buyers run ahead of, up or down (log)."""
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
